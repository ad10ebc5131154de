"""The last look at what is handed out: whether it holds anything that the one policy withholds.

It decides nothing. The view decides, and changes as it decides; this reads the tables of `audiences` and asks `may` of
the whole register once more, about everything that stands in the result, so that a fault in what made the result stops
it instead of going out with it. Texts are not searched again: masking names and numbers is the view's alone.
"""

from __future__ import annotations

import functools
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

import attrs

from untoc_network.diagnostics.errors import WouldExpose
from untoc_network.model.extension import declare
from untoc_network.model.register import COLLECTIONS, SIDE_TABLES, Register, is_reference, is_reference_field
from untoc_network.model.traversal import find_wanted
from untoc_network.privacy.audience_policy import (
    GROUNDS,
    LIFTED,
    SCANNED,
    TREATMENTS,
    Treatment,
    may_show_own_field,
)
from untoc_network.privacy.coarsened_fields import CoarsenedFields
from untoc_network.privacy.redactions import REASONS, Redaction, RedactionReason
from untoc_network.privacy.withheld_records import find_withheld
from untoc_network.text.personal_data_patterns import MASK
from untoc_network.values.consent_and_contact import Audience, Consent, Contact, Purpose
from untoc_network.values.consent_evaluation import list_visible_consents, may
from untoc_network.values.dates import PartialDate
from untoc_network.values.extra import Extra
from untoc_network.values.fields import FieldShape, Sensitivity, fields_of, nested_class
from untoc_network.values.sources_and_claims import Blank, BlankReason, Claim

__all__ = ["find_exposed", "refuse_exposed"]

_NONE: Mapping[str, str] = {}


def refuse_exposed(
    register: Register, shown: Register, audience: Audience, on: PartialDate, origins: Mapping[str, str] = _NONE
) -> None:
    """Let nothing pass that exposes somebody: raises `WouldExpose` with the places, where there are any.

    `shown` is what is handed out of the register; `origins` has the ids in the register of records that have others in
    what is shown.
    """
    places = tuple(dict.fromkeys(find_exposed(register, shown, audience, on, origins)))
    if places:
        raise WouldExpose(tuple(f"{one.id} {one.field} ({one.reason})".replace("  ", " ").strip() for one in places))


def find_exposed(
    register: Register, shown: Register, audience: Audience, on: PartialDate, origins: Mapping[str, str] = _NONE
) -> Iterator[Redaction]:
    """Each record and field in what is shown that the audience may not see on the day, and why it may not."""
    return _Guard(register, audience, on).found_in(shown, origins)


@attrs.frozen(kw_only=True)
class _Part:
    """A field that has to be looked at, and what for."""

    shape: FieldShape
    refers: bool
    nested: bool


class _Guard:
    """One look at what is shown."""

    def __init__(self, register: Register, audience: Audience, on: PartialDate) -> None:
        self.register, self.audience, self.on = register, audience, on
        self.treatments = TREATMENTS[audience]
        self.declared = declare(register.extensions)
        self.guarded = self.treatments[Sensitivity.AT_RISK] is not Treatment.SHOW
        withheld = find_withheld(register, filter(audience.reaches, Audience), on)
        self.withheld = dict(withheld[audience])
        self.coarsened = CoarsenedFields(register, withheld, guards_doors=self.guarded, on=on).find_all()
        self.withheld |= {
            redirect.old_id: self.withheld[new]
            for redirect in register.redirects
            if (new := register.resolved(redirect.old_id)) in self.withheld
        }
        self.record_id = ""

    def found_in(self, shown: Register, origins: Mapping[str, str]) -> Iterator[Redaction]:
        """Each place that is not for the audience."""
        for name, cls in COLLECTIONS.items():
            records = getattr(shown, name)
            for place in sorted({*self.find_questionable(records, cls, origins)}):
                yield from self._record(records[place], origins.get(records[place].id, records[place].id))
        self.record_id = ""
        for name in SIDE_TABLES:
            for row in getattr(shown, name):
                if name != "redirects":
                    yield self._make_redaction((name,), RedactionReason.INTERNAL)
                elif row.old_id in self.withheld or row.new_id in self.withheld:
                    yield self._make_redaction((name,), RedactionReason.NAMES_WITHHELD)

    def find_questionable(self, records: Sequence[Any], cls: Any, origins: Mapping[str, str]) -> Iterator[int]:
        """The places of the records that have anything which is not for everybody; all others need no look."""
        ids = (origins.get(one.id, one.id) for one in records)
        yield from (place for place, one in enumerate(ids) if one in self.withheld or one in self.coarsened)
        yield from find_wanted(records, cls, _is_guarded, _is_filled)
        if self.withheld:
            yield from find_wanted(records, cls, is_reference, self.withheld.__contains__)

    def _record(self, record: Any, origin_id: str) -> Iterator[Redaction]:
        self.record_id = record.id
        if origin_id in self.withheld:
            yield self._make_redaction((), RedactionReason(self.withheld[origin_id]))
            return
        origin = self.register.by_id.get(origin_id, record)
        coarsened = self.coarsened.get(origin_id, {})
        yield from self._held(record, origin, ())
        for name, coarsening in coarsened.items():
            if any(coarsening.change(item) != item for item in _items(getattr(record, name))):
                yield self._make_redaction((name,), coarsening.reason)
        for name in ("claims", "blanks"):
            said = (one.field for one in getattr(record, name, ()) if not _is_withheld(one))
            if any(self._is_hidden(field, origin, coarsened) for field in said):
                yield self._make_redaction((name,), RedactionReason.INTERNAL)

    def _is_hidden(self, field: str, origin: Any, coarsened: Container[str]) -> bool:
        """Whether what is said of a field, named with dots, tells what the field itself would."""
        cls: Any = type(origin)
        for name in field.split("."):
            shape = next((one for one in fields_of(cls) if one.name == name), None) if cls else None
            if shape is None or not self._is_class_open(type(origin), origin, shape):
                return shape is not None or self.audience in SCANNED
            cls = nested_class(shape)
        return field.partition(".")[0] in coarsened

    def _held(self, held: Any, origin: Any, path: tuple[str, ...]) -> Iterator[Redaction]:
        for part in _plan(held.__class__):
            items = _items(getattr(held, part.shape.name))
            if not items:
                continue
            here = (*path, part.shape.name)
            if part.shape.type is Extra:
                yield from self._own_fields(items[0], origin)
                continue
            reason = self._why(held, origin, part, items)
            if reason is not None:
                yield self._make_redaction(here, reason)
            elif part.nested:
                for item in items:
                    yield from self._held(item, self._origin_of(item, origin), here)

    def _own_fields(self, extra: Extra, origin: Any) -> Iterator[Redaction]:
        """Each own field that the audience may not see, as it was declared."""
        for namespace, name, _ in extra.fields():
            sensitivity = self.declared.get_sensitivity(type(origin), namespace, name)
            if not may_show_own_field(origin, sensitivity, self.audience, self.on):
                yield self._make_redaction(("extra", namespace, name), REASONS[sensitivity])

    def _why(self, held: Any, origin: Any, part: _Part, items: tuple[Any, ...]) -> RedactionReason | None:
        if part.refers or part.shape.type is Claim:
            named = (item.value if part.shape.type is Claim else item for item in items)
            return RedactionReason.NAMES_WITHHELD if any(one in self.withheld for one in named) else None
        if self._is_open(held, origin, part, items):
            return None
        return REASONS[part.shape.sensitivity]

    def _is_open(self, held: Any, origin: Any, part: _Part, items: tuple[Any, ...]) -> bool:
        """Whether the field may be shown, of what it is in the whole register."""
        if items == (MASK,) or self._is_class_open(type(held), origin, part.shape):
            return True
        if part.shape.type is Consent:
            seen = {attrs.evolve(one, given=None) for one in list_visible_consents(origin, self.audience, self.on)}
            return seen.issuperset(items)
        return part.shape.type is Contact

    def _is_class_open(self, cls: Any, origin: Any, shape: FieldShape) -> bool:
        treatment, key = self.treatments[shape.sensitivity], (cls, shape.name)
        lifting = _LIFTING if key in LIFTED else None
        purposes = GROUNDS.get(key) if treatment is Treatment.CONSENT else lifting
        return treatment is Treatment.SHOW or (purposes is not None and may(origin, purposes, self.audience, self.on))

    def _origin_of(self, held: Any, origin: Any) -> Any:
        """What part of a record is in the whole register, where it has consents of its own; else itself."""
        if not isinstance(held, Contact):
            return held
        same = [one for one in getattr(origin, "contacts", ()) if (one.kind, one.value) == (held.kind, held.value)]
        same.sort(key=lambda one: (one.label != held.label, not may(one, _REACHED, self.audience, self.on)))
        return next(iter(same), held)

    def _make_redaction(self, path: tuple[str, ...], reason: RedactionReason) -> Redaction:
        return Redaction(id=self.record_id, field=".".join(path), reason=reason)


_LIFTING = frozenset({Purpose.PUBLICATION})
_REACHED = GROUNDS[Contact, "value"]


@functools.cache
def _plan(cls: Any) -> tuple[_Part, ...]:
    """The fields of a class that could hold something which is not for everybody, at any depth."""
    parts = []
    for shape in fields_of(cls):
        inner = nested_class(shape)
        part = _Part(shape=shape, refers=is_reference_field(shape), nested=inner is not None and bool(_plan(inner)))
        if part.refers or part.nested or shape.type is Claim or shape.sensitivity is not Sensitivity.PUBLIC:
            parts.append(part)
    return tuple(parts)


def _is_guarded(_cls: Any, shape: FieldShape) -> bool:
    """Whether what a field holds has to be looked at whatever it is; an id only where it is that of who is withheld."""
    is_said = shape.type in (Claim, Blank)
    return is_said or (shape.sensitivity is not Sensitivity.PUBLIC and not is_reference_field(shape))


def _is_filled(value: Any) -> bool:
    return value is not False


def _items(value: Any) -> tuple[Any, ...]:
    """What a field holds, whether one thing or many; nothing where it is empty or says no."""
    return value if isinstance(value, tuple) else () if value is None or value is False else (value,)


def _is_withheld(said: Claim | Blank) -> bool:
    """Whether it says of a field no more than that it is withheld."""
    return isinstance(said, Blank) and said.reason is BlankReason.WITHHELD
