"""Where in a sheet each thing stands that a record got from it, and which fields the sheet has columns for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from untoc_network.diagnostics.findings import Location
from untoc_network.model.listed_record import Place, Where
from untoc_network.serializers.member_lists.cells import Cell
from untoc_network.serializers.member_lists.headers import ID, KEY
from untoc_network.serializers.member_lists.member import Member, SourcedValue, term_field
from untoc_network.values.consent import ContactKind, Purpose
from untoc_network.values.place import LinkKind
from untoc_network.values.text import AliasKind, Note, Text

__all__ = [
    "exposing_notes",
    "gives_of_body",
    "gives_of_membership",
    "gives_of_person",
    "where_of_body",
    "where_of_membership",
    "where_of_person",
]

_BODY: Mapping[str, tuple[str, ...]] = {
    "kind": ("kind",),
    "acronym": (f"aliases.{AliasKind.ACRONYM}",),
    "alias": (f"aliases.{AliasKind.OTHER}",),
    "former_name": (f"aliases.{AliasKind.FORMER}",),
    "flags": ("flags",),
    "parent": ("parent_id",),
    "country": ("seat.country",),
    "city": ("seat.city",),
    "address": ("seat.address",),
    "countries": ("countries",),
    "regions": ("regions",),
    "themes": ("themes",),
    "languages": ("languages",),
    "expertise": ("expertise",),
    "tools": ("engagement_tools",),
    "identifier": ("identifiers",),
    "founded": ("founded",),
    "dissolved": ("dissolved",),
    "website": (f"links.{LinkKind.WEBSITE}",),
    "social": (f"links.{LinkKind.SOCIAL}",),
    **{kind.value: (f"contacts.{kind}",) for kind in ContactKind},
    **{f"consent.{purpose}": (f"consents.{purpose}",) for purpose in Purpose},
    "at_risk": ("at_risk",),
}
"""For each field of a list, the fields of an organization that it gives; behind the dot the kind of an item."""
_PERSON: Mapping[str, tuple[str, ...]] = {
    "name": ("name",),
    "gender": ("gender",),
    "post": ("posts", "affiliations"),
    "email": (f"contacts.{ContactKind.EMAIL}",),
    "phone": (f"contacts.{ContactKind.PHONE}",),
    **{f"consent.{purpose}": (f"consents.{purpose}",) for purpose in Purpose},
}
_MEMBERSHIP: Mapping[str, tuple[str, ...]] = {
    "member.class": ("membership_class",),
    "member.role": ("role",),
    "member.since": ("period.start",),
    "member.until": ("period.end",),
    "member.active": ("period.end",),
}
_EXPOSING = frozenset(
    {"country", "city", "address", "website", "social", "identifier", "person.email", "person.phone", KEY, ID}
)
"""Columns that lead to the door of a body, beside those of its contacts."""


def _fields_by_path(table: Mapping[str, tuple[str, ...]]) -> Mapping[str, list[str]]:
    """For each path, and for the list that its items stand in, the fields that give it."""
    found: dict[str, list[str]] = {}
    for field, paths in table.items():
        for path in paths:
            for one in {path, path.partition(".")[0]}:
                found.setdefault(one, []).append(field)
    return found


_FIELDS_OF_BODIES, _FIELDS_OF_PERSONS, _FIELDS_OF_MEMBERSHIPS = map(_fields_by_path, (_BODY, _PERSON, _MEMBERSHIP))


# -- what the list speaks of -------------------------------------------------------------------------------------------


def gives_of_body(member: Member) -> frozenset[str]:
    """The fields of an organization for which the list has columns."""
    names = {field for field in member.spoken_fields if field.startswith("name.")}
    notes = {f"notes.{heading}" for heading in member.note_headings}
    left = {
        f"contacts.{kind}"
        for kind in (ContactKind.EMAIL, ContactKind.PHONE)
        if f"person.{kind}" in member.spoken_fields
    }
    return frozenset({*names, *notes, *left, *_given(_BODY, member.spoken_fields)})


def gives_of_person(member: Member, prefix: str) -> frozenset[str]:
    """The fields of a contact person for which the list has columns."""
    own = {field.removeprefix(f"{prefix}.") for field in member.spoken_fields if field.startswith(f"{prefix}.")}
    return frozenset({"affiliations", *_given(_PERSON, own)})


def gives_of_membership(member: Member) -> frozenset[str]:
    """The fields of a membership for which the list has columns."""
    return frozenset(_given(_MEMBERSHIP, member.spoken_fields))


def _given(table: Mapping[str, tuple[str, ...]], spoken: Iterable[str]) -> Iterator[str]:
    return (path for field in spoken for path in table.get(field, ()))


# -- where it stands ---------------------------------------------------------------------------------------------------


def where_of_body(member: Member) -> Where:
    """The cells of an organization's fields."""

    def where(path: str, item: Any) -> Iterator[Place]:
        if not path:
            return _places(
                member, (given.cell for held in member.values.values() for given in held), member.note_cells()
            )
        if path == "notes":
            return _places(member, (cell for cell, _ in member.notes.get(item, ())))
        if path.startswith("name"):
            named = (held for field, held in member.values.items() if field.startswith(path))
            return _places(member, (given.cell for held in named for given in held))
        more = ("person.email", "person.phone") if path == "contacts" else ()
        return _saying(member, (*_FIELDS_OF_BODIES.get(path, ()), *more), item)

    return where


def where_of_person(member: Member, prefix: str, said: tuple[SourcedValue, ...]) -> Where:
    """The cells of a contact person's fields."""

    def where(path: str, item: Any) -> Iterator[Place]:
        own = [given.cell for given in said]
        if not path:
            reached = [f"{prefix}.{field}" for field in ("email", "phone")]
            return _places(member, own, (given.cell for field in reached for given in member.values_of(field)))
        if path in ("name", "affiliations"):
            return _places(member, own[:1])
        return _saying(member, [f"{prefix}.{field}" for field in _FIELDS_OF_PERSONS.get(path, ())], item)

    return where


def where_of_membership(member: Member, term: int) -> Where:
    """The cells of the fields of a term of membership."""

    def where(path: str, item: Any) -> Iterator[Place]:
        wanted = _FIELDS_OF_MEMBERSHIPS.get(path, ()) if path else tuple(_MEMBERSHIP)
        return _saying(member, [term_field(field, term) for field in wanted], item)

    return where


def exposing_notes(member: Member) -> frozenset[Note]:
    """The notes that are made of cells which lead to the door of a body."""
    return frozenset(
        note
        for note, made_of in member.notes.items()
        if any(_leads_to_the_door(column.target.field) for _, column in made_of)
    )


def _leads_to_the_door(field: str) -> bool:
    return field in _EXPOSING or field in set(ContactKind)


def _saying(member: Member, fields: Iterable[str], item: Any) -> Iterator[Place]:
    """The cells of these fields; where an item is meant, those of them that say it."""
    held = [given for field in fields for given in member.values_of(field)]
    exact = [given for given in held if item is not None and _says(given.value, item)]
    return _places(member, (given.cell for given in exact or held))


def _says(value: Any, item: Any) -> bool:
    if isinstance(item, Text):
        return value in item.values()
    if attrs.has(item.__class__):
        return any(_says(value, getattr(item, field.name)) for field in attrs.fields(item.__class__))
    return bool(value == item)


def _places(member: Member, *cells: Iterable[Cell]) -> Iterator[Place]:
    for cell in dict.fromkeys(cell for some in cells for cell in some):
        location = Location(line=cell.row, column=cell.column, file=member.sheet.file)
        yield Place(name=member.sheet.reference(*cell.position), location=location)
