"""The part of a register that anyone may see, made from the sensitivity of every field: deny by default.

Everything that leaves goes through here, whoever looked at it before.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import attrs

from untoc_network.diagnostics.codes.exports import record_not_public
from untoc_network.diagnostics.findings import Finding
from untoc_network.model.register import COLLECTIONS, REFERENTS, SIDE_TABLES, Register
from untoc_network.privacy.export_guard import refuse_exposed
from untoc_network.privacy.view import view
from untoc_network.rules.areas.privacy import public_meeting_link
from untoc_network.rules.rule import Context
from untoc_network.text.personal_data_patterns import is_meeting_link
from untoc_network.values.consent import Audience, Purpose
from untoc_network.values.dates import PartialDate
from untoc_network.values.fields import FieldShape, Sensitivity, fields_of, nested_class
from untoc_network.values.ids import Url
from untoc_network.values.permission import may

__all__ = ["filter_public"]

_TELLTALE = ("claims", "blanks")
"""Fields that speak of other fields of their record, and so could tell what those hide."""


def filter_public(register: Register, on: PartialDate) -> tuple[Register, tuple[Finding, ...]]:
    """The public part of a register on a day, and what was left out.

    It is the view of the public, without every field that is not classified public. A record stays behind where it
    cannot do without such a field, as a person cannot without the name, unless `may` allows it to be published. What
    names a record that stays behind is left out with it, and so are addresses that lead into an online meeting.
    References lead to records by their present ids. Raises `WouldExpose` where what came of it still held anything that
    the public may not see.
    """
    view_of_all = view(register, Audience.PUBLIC, on)
    seen = view_of_all.register
    kept = {name: [one for one in getattr(seen, name) if _may_leave(one, on)] for name in COLLECTIONS}
    while True:
        walk = _Walk(seen.redirected, frozenset(record.id for records in kept.values() for record in records))
        shown = {
            name: [part for record in records if (part := walk.shown(record)) is not None]
            for name, records in kept.items()
        }
        if all(len(shown[name]) == len(kept[name]) for name in COLLECTIONS):
            break
        there = {name: {record.id for record in records} for name, records in shown.items()}
        kept = {name: [record for record in kept[name] if record.id in there[name]] for name in COLLECTIONS}
    collections: dict[str, Any] = {name: tuple(records) for name, records in shown.items()}
    bare: dict[str, Any] = dict.fromkeys(SIDE_TABLES, ())
    part = attrs.evolve(seen, **bare, **collections)
    refuse_exposed(register, part, Audience.PUBLIC, on, view_of_all.origins)
    return part, (*_left_out(register, part), *_meetings(register, part))


@attrs.frozen(kw_only=True)
class _Part:
    """How one field is treated."""

    name: str
    required: bool
    many: bool
    default: Any
    hidden: bool
    address: bool
    nested: bool
    refers: bool


@attrs.frozen(kw_only=True)
class _Plan:
    """How the fields of one class are treated, and what decides whether an object of it leaves at all."""

    parts: tuple[_Part, ...]
    private: bool
    """Whether the class cannot do without a field that is not public."""


@functools.cache
def _plan(cls: Any) -> _Plan:
    shapes = fields_of(cls)
    parts = tuple(_part(cls, shape) for shape in shapes)
    return _Plan(
        parts=tuple(part for part in parts if part.hidden or part.address or part.nested or part.refers),
        private=any(part.hidden and part.required for part in parts),
    )


def _part(cls: Any, shape: FieldShape) -> _Part:
    return _Part(
        name=shape.name,
        required=shape.required,
        many=shape.many,
        default=getattr(attrs.fields(cls), shape.name).default,
        hidden=shape.sensitivity is not Sensitivity.PUBLIC or shape.name in _TELLTALE,
        address=shape.type is Url,
        nested=nested_class(shape) is not None,
        refers=shape.type in REFERENTS and shape.name != "id",
    )


def _may_leave(held: Any, on: PartialDate) -> bool:
    return not _plan(held.__class__).private or may(held, Purpose.PUBLICATION, Audience.PUBLIC, on)


@attrs.frozen
class _Walk:
    """One pass through the records that are kept."""

    redirected: Mapping[str, str]
    kept: Collection[str]

    def shown(self, held: Any) -> Any:
        """The public part of an object; None where a part that it cannot do without is not public."""
        changes: dict[str, Any] = {}
        for part in _plan(held.__class__).parts:
            value = getattr(held, part.name)
            if value is None or value == () or (part.hidden and part.required):
                continue
            left = part.default if part.hidden else self._left(part, value)
            if part.required and left is None:
                return None
            if left != value:
                changes[part.name] = left
        return attrs.evolve(held, **changes) if changes else held

    def _left(self, part: _Part, value: Any) -> Any:
        one = self._reference if part.refers else _address if part.address else self._nested
        return tuple(left for item in value if (left := one(item)) is not None) if part.many else one(value)

    def _reference(self, target: str) -> str | None:
        resolved = self.redirected.get(target, target)
        return resolved if resolved in self.kept else None

    def _nested(self, held: Any) -> Any:
        return None if _plan(held.__class__).private else self.shown(held)


def _address(url: str) -> str | None:
    return None if is_meeting_link(url) else url


def _left_out(register: Register, part: Register) -> Iterator[Finding]:
    missing = Counter({name: len(getattr(register, name)) - len(getattr(part, name)) for name in COLLECTIONS})
    for name, number in missing.items():
        if number:
            yield record_not_public.finding((name,), {"collection": name, "number": number})


def _meetings(register: Register, part: Register) -> Iterator[Finding]:
    """What the rule on addresses finds in the records that leave."""
    rule, context = public_meeting_link, Context(register=register)
    leaving = {record.id for record in part}
    for found in rule.check([record for record in register if record.id in leaving], context) or ():
        yield rule.finding((*context.locate(found.record), *found.path), {}, subject=found.record.id)
