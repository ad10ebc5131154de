"""Of what a list says of its members: which fields of records it speaks of, and in which cells their values stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from untoc_network.diagnostics.findings import Location
from untoc_network.model.listed_record import ListPlace, Where
from untoc_network.serializers.member_lists.column_mapping import ID, KEY, is_own_field
from untoc_network.serializers.member_lists.listed_organization import Member, SourcedValue, term_field
from untoc_network.serializers.member_lists.sheet_reading import Cell
from untoc_network.values.consent_and_contact import ContactKind, Purpose
from untoc_network.values.multilingual_text import AliasKind, Note, Text
from untoc_network.values.place_and_link import LinkKind

__all__ = [
    "fields_spoken_of_body",
    "fields_spoken_of_membership",
    "fields_spoken_of_person",
    "find_exposing_notes",
    "locate_body_fields",
    "locate_membership_fields",
    "locate_person_fields",
]


def _map_to_same_paths(*names: str) -> dict[str, str]:
    return {name: name for name in names}


_BODY: Mapping[str, str] = {
    **_map_to_same_paths(
        "kind", "flags", "countries", "regions", "themes", "languages", "expertise", "founded", "dissolved"
    ),
    **_map_to_same_paths("at_risk"),
    "acronym": f"aliases.{AliasKind.ACRONYM}",
    "alias": f"aliases.{AliasKind.OTHER}",
    "former_name": f"aliases.{AliasKind.FORMER}",
    "parent": "parent_id",
    **{part: f"seat.{part}" for part in ("country", "city", "address")},
    "tools": "engagement_tools",
    "identifier": "identifiers",
    "website": f"links.{LinkKind.WEBSITE}",
    "social": f"links.{LinkKind.SOCIAL}",
    **{kind.value: f"contacts.{kind}" for kind in ContactKind},
    **{f"consent.{purpose}": f"consents.{purpose}" for purpose in Purpose},
}
"""For each field of a list, the field of an organization that it gives; behind the dot the kind of an item."""
_PERSON: Mapping[str, str] = {
    **_map_to_same_paths("name", "gender"),
    **dict.fromkeys(("given_name", "family_name"), "name"),
    "post": "posts",
    "email": f"contacts.{ContactKind.EMAIL}",
    "phone": f"contacts.{ContactKind.PHONE}",
    **{f"consent.{purpose}": f"consents.{purpose}" for purpose in Purpose},
}
_MEMBERSHIP: Mapping[str, str] = {
    "member.class": "membership_class",
    "member.role": "role",
    "member.since": "period.start",
    "member.until": "period.end",
    **dict.fromkeys(("member.active", "member.status"), "period.end"),
}
_STANDINGS = ("member.active", "member.status")
"""Fields that may tell the first day and the reason of the end as well."""
_EXPOSING = frozenset(
    {"country", "city", "address", "website", "social", "identifier", "person.email", "person.phone", KEY, ID}
).union(ContactKind)
"""Columns that lead to the door of a body."""


def _map_paths_to_fields(table: Mapping[str, str]) -> Mapping[str, list[str]]:
    """For each path, and for the list that its items stand in, the fields that give it."""
    found: dict[str, list[str]] = {}
    for field, path in table.items():
        for one in dict.fromkeys((path, path.partition(".")[0])):
            found.setdefault(one, []).append(field)
    return found


_FIELDS_OF_BODIES, _FIELDS_OF_PERSONS, _FIELDS_OF_MEMBERSHIPS = map(_map_paths_to_fields, (_BODY, _PERSON, _MEMBERSHIP))


def fields_spoken_of_body(member: Member) -> frozenset[str]:
    """The fields of an organization for which the list has columns."""
    names = {field for field in member.spoken_fields if field.startswith("name.")}
    notes = {f"notes.{heading}" for heading in member.note_headings}
    left = {
        f"contacts.{kind}"
        for kind in (ContactKind.EMAIL, ContactKind.PHONE)
        if f"person.{kind}" in member.spoken_fields
    }
    own = set(filter(is_own_field, member.spoken_fields))
    return frozenset({*names, *notes, *left, *own, *_list_paths_of_fields(_BODY, member.spoken_fields)})


def fields_spoken_of_person(member: Member, prefix: str) -> frozenset[str]:
    """The fields of a person for which the list has columns, and the notes where persons have their own."""
    whose = f"{prefix.partition('#')[0]}."
    own = {field.removeprefix(whose) for field in member.spoken_fields if field.startswith(whose)}
    notes = {f"notes.{heading}" for heading in member.note_headings} if member.notes_are_of_persons else ()
    return frozenset({"affiliations", *notes, *_list_paths_of_fields(_PERSON, own)})


def fields_spoken_of_membership(member: Member) -> frozenset[str]:
    """The fields of a membership for which the list has columns."""
    more = () if member.spoken_fields.isdisjoint(_STANDINGS) else ("period.start", "end_reason")
    return frozenset({*_list_paths_of_fields(_MEMBERSHIP, member.spoken_fields), *more})


def _list_paths_of_fields(table: Mapping[str, str], spoken: Iterable[str]) -> Iterator[str]:
    return (table[field] for field in spoken if field in table)


# -- where it stands -------------------------------------------------------------------------------------------------


def locate_body_fields(member: Member) -> Where:
    """The cells of an organization's fields."""

    def where(path: str, item: Any) -> Iterator[ListPlace]:
        if not path:
            return _list_places_of_member(
                member, (given.cell for held in member.values.values() for given in held), member.note_cells()
            )
        if path == "notes":
            return _list_places_of_member(member, (cell for cell, _ in member.notes_of().get(item, ())))
        if path.startswith("name"):
            named = (held for field, held in member.values.items() if field.startswith(path))
            return _list_places_of_member(member, (given.cell for held in named for given in held))
        if path.startswith("extra"):
            return _list_places_of_fields(member, (field for field in member.values if field.startswith(path)), None)
        more = ("person.email", "person.phone") if path == "contacts" else ()
        return _list_places_of_fields(member, (*_FIELDS_OF_BODIES.get(path, ()), *more), item)

    return where


def locate_person_fields(member: Member, prefix: str, said: tuple[SourcedValue, ...]) -> Where:
    """The cells of a contact person's fields."""

    def where(path: str, item: Any) -> Iterator[ListPlace]:
        own = [given.cell for given in said]
        if not path:
            reached = [f"{prefix}.{field}" for field in ("email", "phone")]
            contacts = (given.cell for field in reached for given in member.values_of(field))
            return _list_places_of_member(member, own, contacts, member.note_cells(prefix))
        if path == "notes":
            return _list_places_of_member(member, (cell for cell, _ in member.notes_of(prefix).get(item, ())))
        if path in ("name", "affiliations"):
            return _list_places_of_member(member, own[:1])
        return _list_places_of_fields(member, [f"{prefix}.{field}" for field in _FIELDS_OF_PERSONS.get(path, ())], item)

    return where


def locate_membership_fields(member: Member, term: int) -> Where:
    """The cells of the fields of a term of membership."""

    def where(path: str, item: Any) -> Iterator[ListPlace]:
        wanted = _FIELDS_OF_MEMBERSHIPS.get(path, ()) if path else tuple(_MEMBERSHIP)
        return _list_places_of_fields(member, [term_field(field, term) for field in wanted], item)

    return where


def find_exposing_notes(member: Member) -> frozenset[Note]:
    """The notes that are made of cells which lead to the door of a body."""
    return frozenset(
        note
        for note, made_of in member.notes_of().items()
        if any(column.target.field in _EXPOSING for _, column in made_of)
    )


def _list_places_of_fields(member: Member, fields: Iterable[str], item: Any) -> Iterator[ListPlace]:
    """The cells of these fields; where an item is meant, those of them that say it."""
    held = [given for field in fields for given in member.values_of(field)]
    exact = [given for given in held if item is not None and _is_value_of_item(given.value, item)]
    return _list_places_of_member(member, (given.cell for given in exact or held))


def _is_value_of_item(value: Any, item: Any) -> bool:
    if isinstance(item, Text):
        return value in item.values()
    if attrs.has(item.__class__):
        return any(_is_value_of_item(value, getattr(item, field.name)) for field in attrs.fields(item.__class__))
    return bool(value == item)


def _list_places_of_member(member: Member, *cells: Iterable[Cell]) -> Iterator[ListPlace]:
    for cell in dict.fromkeys(cell for some in cells for cell in some):
        location = Location(line=cell.row, column=cell.column, file=member.sheet.file)
        yield ListPlace(name=member.sheet.reference(*cell.position), location=location)
