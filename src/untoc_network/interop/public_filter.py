"""The part of a register that anyone may see, made from the sensitivity of every field: deny by default.

Everything that leaves goes through here, whoever looked at it before.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import attrs

from untoc_network.diagnostics.codes.exports import record_not_public, unsafe_address
from untoc_network.diagnostics.errors import WouldExpose
from untoc_network.diagnostics.findings import Finding
from untoc_network.model.register import COLLECTIONS, SIDE_TABLES, Register, is_reference_field
from untoc_network.model.traversal import GONE, Change, Path, Rewriter, locate_values
from untoc_network.privacy.export_guard import refuse_exposed
from untoc_network.privacy.view import view
from untoc_network.rules.areas.privacy import public_meeting_link
from untoc_network.rules.rule import Context
from untoc_network.text.personal_data_patterns import is_meeting_link
from untoc_network.values.consent_and_contact import Audience, Purpose
from untoc_network.values.consent_evaluation import may
from untoc_network.values.dates import PartialDate, require_whole_day
from untoc_network.values.fields import FieldShape, Sensitivity, fields_of, nested_class
from untoc_network.values.ids_and_codes import Url

__all__ = ["filter_public"]

_LEADS_SAFELY = re.compile("(?:https?|mailto|tel):", re.IGNORECASE)
"""Other addresses run code, or open files and programs, on the machine of whoever follows them."""
_TELLTALE = ("claims", "blanks")
"""Fields that speak of other fields of their record, and so could tell what those hide."""


def filter_public(register: Register, on: dt.date | str) -> tuple[Register, tuple[Finding, ...]]:
    """The public part of a register on a day, and what was left out.

    It is the view of the public, without every field that is not classified public. A record stays behind where it
    cannot do without such a field, as a person cannot without the name, unless `may` allows it to be published. What
    names a record that stays behind is left out with it, and so are addresses that lead into an online meeting, or
    anywhere but to the web, to a mailbox or a telephone.
    References lead to records by their present ids. Raises `WouldExpose` where what came of it still held anything that
    the public may not see, `ImpossibleValue` where `on` is no whole day.
    """
    day = require_whole_day(on)
    view_of_all = view(register, Audience.PUBLIC, day)
    seen = view_of_all.register
    if view_of_all.exposed:
        raise WouldExpose(tuple(" ".join(place) for place in view_of_all.exposed))
    kept = {name: [one for one in getattr(seen, name) if _may_be_exported(one, day)] for name in COLLECTIONS}
    while True:
        ids = _collect_ids(kept)
        rewrite = _make_public_rewriter(seen.redirected, ids).rewrite
        shown: dict[str, Any] = {
            name: tuple(part for record in records if (part := rewrite(record)) is not GONE)
            for name, records in kept.items()
        }
        if (left := _collect_ids(shown)) == ids:
            break
        kept = {name: [record for record in records if record.id in left] for name, records in kept.items()}
    part = attrs.evolve(seen, **dict.fromkeys(SIDE_TABLES, ()) | shown)
    refuse_exposed(register, part, Audience.PUBLIC, day, view_of_all.origins)
    left_out = (
        *_report_left_out_records(register, part),
        *_report_public_meeting_links(register, part),
        *_report_unsafe_addresses(register, part),
    )
    return part, left_out


def _collect_ids(collections: Mapping[str, Iterable[Any]]) -> frozenset[str]:
    return frozenset(record.id for records in collections.values() for record in records)


@functools.cache
def _requires_private_field(cls: Any) -> bool:
    """Whether a class cannot do without a field that is not public."""
    return any(shape.required and _is_hidden_field(shape) for shape in fields_of(cls))


def _is_hidden_field(shape: FieldShape) -> bool:
    return shape.sensitivity is not Sensitivity.PUBLIC or shape.name in _TELLTALE


def _may_be_exported(held: Any, on: PartialDate) -> bool:
    return not _requires_private_field(held.__class__) or may(held, Purpose.PUBLICATION, Audience.PUBLIC, on)


def _make_public_rewriter(redirected: Mapping[str, str], kept: Collection[str]) -> Rewriter:
    """What leaves nothing but the public part of a record, where records of these ids are kept."""

    def reference(_: Any, target: str) -> Any:
        resolved = redirected.get(target, target)
        return resolved if resolved in kept else GONE

    def choose(cls: Any, shape: FieldShape, _path: Path) -> Change | None:
        if _is_hidden_field(shape):
            # what a record cannot do without stays: whether the record leaves was asked of its consents
            default = getattr(attrs.fields(cls), shape.name).default
            return None if shape.required else lambda _, value: value if value == default else GONE
        if is_reference_field(shape):
            return reference
        if shape.type is Url:
            return lambda _, url: GONE if is_meeting_link(url) or not _LEADS_SAFELY.match(url) else url
        inner = nested_class(shape)
        return None if inner is None or not _requires_private_field(inner) else lambda *_: GONE

    return Rewriter(choose)


def _report_left_out_records(register: Register, part: Register) -> Iterator[Finding]:
    missing = Counter({name: len(getattr(register, name)) - len(getattr(part, name)) for name in COLLECTIONS})
    for name, number in missing.items():
        if number:
            yield record_not_public.finding((name,), {"collection": name, "number": number})


def _report_public_meeting_links(register: Register, part: Register) -> Iterator[Finding]:
    """What the rule on addresses finds in the records that leave."""
    rule, context = public_meeting_link, Context(register=register)
    leaving = {record.id for record in part}
    for found in rule.check([record for record in register if record.id in leaving], context) or ():
        yield rule.finding((*context.locate(found.record), *found.path), {}, subject=found.record.id)


def _report_unsafe_addresses(register: Register, part: Register) -> Iterator[Finding]:
    """The addresses of records that leave which do not, since they are none of the web, of mail or of a telephone."""
    leaving, context = {record.id for record in part}, Context(register=register)
    for record in register:
        if record.id in leaving:
            for path, url in locate_values(record, Url):
                if not _LEADS_SAFELY.match(url):
                    yield unsafe_address.finding((*context.locate(record), *path), {}, subject=record.id)
