"""What leads to the door of a body at risk, and how a record of it is kept from saying more than one that is guarded.

Whatever puts records together asks here, so that there is one answer to what stays out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from untoc_network.model.extension import OwnFields
from untoc_network.model.organization_and_person import Organization
from untoc_network.model.traversal import Change, Path, Rewriter
from untoc_network.privacy.identifying_traces import Traces, list_names, mask_own_fields, mask_text
from untoc_network.values.consent_and_contact import Contact
from untoc_network.values.extra import Extra
from untoc_network.values.fields import FieldShape, fields_of
from untoc_network.values.multilingual_text import Text
from untoc_network.values.place_and_link import Place

__all__ = ["LEADING_TO_A_DOOR", "GuardedRecord", "guard_like", "mask_details"]

LEADING_TO_A_DOOR = ("seat.city", "seat.venue", "seat.address", "contacts", "links", "identifiers")
"""The fields of a body that lead to where it is: those of `AT_RISK`, and of the seat all that is closer than a country.

A view shows contacts by what was agreed to for each; where records are put together nobody has agreed to anything yet.
"""

_PARTS = ("city", "venue", "address")
_LISTS = ("contacts", "links", "identifiers")
_WORDS = ("notes", "expertise", "extra")
"""Texts of a body in which its town is looked for: names of bodies hold towns, and all other texts tell of others."""


@attrs.frozen(kw_only=True)
class GuardedRecord:
    """A record that leads no closer to a body at risk, the fields of which something stays out, and what that was.

    `details` are streets, addresses, numbers, which are traces wherever they stand: a town is a word of many texts.
    """

    record: Organization
    fields: tuple[str, ...]
    details: tuple[str, ...] = attrs.field(repr=False)


def guard_like(record: Organization, known: Organization, *others: Organization, declared: OwnFields) -> GuardedRecord:
    """A record of a body of which another record knows that it is at risk, with no more of what leads to its door.

    Of the fields in `LEADING_TO_A_DOOR` is left what `known` has as well. What stays out of it, or would of `others`,
    further versions of the same body, is masked in the texts of the record too. Pure.
    """
    lists: dict[str, Any] = {name: _shared(getattr(record, name), getattr(known, name)) for name in _LISTS}
    seat = _seat(record.seat, known.seat)
    told = (
        *(f"seat.{part}" for part in _PARTS if getattr(record.seat, part, None) != getattr(seat, part, None)),
        *(name for name in _LISTS if getattr(record, name) != lists[name]),
    )
    claims = tuple(one for one in record.claims if one in known.claims or not one.field.startswith(LEADING_TO_A_DOOR))
    far: dict[str, None] = {}
    near: dict[str, None] = {}
    for version in (record, *others):
        far |= dict.fromkeys(_details(version, known))
        near |= dict.fromkeys(_words(version, known))
    left = attrs.evolve(record, **lists, seat=seat, claims=claims)
    left = mask_details(left, Traces.of_values(far), declared)
    left = mask_details(left, Traces.of_values(near, others=list_names(record)), declared, only=_WORDS)
    return GuardedRecord(record=left, fields=told, details=tuple(far))


def mask_details(record: Any, traces: Traces, declared: OwnFields, *, only: Iterable[str] = ()) -> Any:
    """A record in whose texts nothing stands that leads to a door; where fields are named, in the texts of these."""

    def spans(wording: str) -> list[tuple[int, int]]:
        return list(traces.spans(wording))

    def change(_: Any, value: Any) -> Any:
        return mask_text(value, spans)

    def change_own_fields(holder: Any, extra: Extra) -> Any:
        return mask_own_fields(type(holder), extra, spans, declared)

    def choose(cls: Any, shape: FieldShape, _: Path) -> Change | None:
        if shape.type is Extra:
            return change_own_fields
        return change if shape.type is Text or (shape.type is str and cls not in (Contact, Place)) else None

    return Rewriter(choose).rewrite(record, only=tuple(only)) if traces else record


def _shared(items: tuple[Any, ...], known: tuple[Any, ...]) -> tuple[Any, ...]:
    """The items that the other record has too, however else it describes them."""
    there = set(map(_essence, known))
    return tuple(item for item in items if _essence(item) in there)


def _essence(item: Any) -> tuple[Any, ...]:
    return tuple(getattr(item, shape.name) for shape in fields_of(item.__class__) if shape.required)


def _seat(seat: Place | None, known: Place | None) -> Place | None:
    """A seat with nothing closer than the country but what the other record has."""
    if seat is None:
        return None
    closer = {part: getattr(known, part, None) if getattr(seat, part) else None for part in _PARTS}
    left = attrs.evolve(seat, **closer)
    return None if left == Place() else left


def _details(version: Organization, known: Organization) -> Iterator[str]:
    address = getattr(version.seat, "address", None)
    if address is not None and address != getattr(known.seat, "address", None):
        yield address
    pairs: tuple[tuple[Any, Any], ...] = ((version.contacts, known.contacts), (version.links, known.links))
    for items, there in pairs:
        left = {_essence(item) for item in _shared(items, there)}
        yield from (getattr(item, "url", "") or item.value for item in items if _essence(item) not in left)


def _words(version: Organization, known: Organization) -> Iterator[str]:
    for part in ("city", "venue"):
        word = getattr(version.seat, part, None)
        if word is not None and word != getattr(known.seat, part, None):
            yield word
    there = {one.value for one in known.identifiers}
    # the number alone: the code of its list leads nowhere, and texts give the number without it
    yield from (one.value.rpartition(":")[2] for one in version.identifiers if one.value not in there)
