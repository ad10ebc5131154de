"""In which cells of a list the values of its records stand."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from types import MethodType
from typing import Any

import attrs

from untoc_network.diagnostics.findings import Location
from untoc_network.model.listed_record import ListPlace, Where
from untoc_network.serializers.member_lists.column_mapping import ID, KEY
from untoc_network.serializers.member_lists.column_reader import term_field
from untoc_network.serializers.member_lists.listed_organization import HeldValue, Member
from untoc_network.serializers.member_lists.sheet_reading import Cell
from untoc_network.serializers.member_lists.spoken_fields import BODY_PATHS, MEMBERSHIP_PATHS, PERSON_PATHS
from untoc_network.values.consent_and_contact import ContactKind
from untoc_network.values.multilingual_text import Note, Text

__all__ = [
    "find_exposing_notes",
    "locate_body_fields",
    "locate_membership_fields",
    "locate_person_fields",
]


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


_FIELDS_OF_BODIES, _FIELDS_OF_PERSONS, _FIELDS_OF_MEMBERSHIPS = map(
    _map_paths_to_fields, (BODY_PATHS, PERSON_PATHS, MEMBERSHIP_PATHS)
)


def locate_body_fields(member: Member) -> Where:
    """The cells of an organization's fields."""
    return MethodType(_locate_body_field, member)  # the least that holds both: each row has one


def _locate_body_field(member: Member, path: str, item: Any) -> Iterator[ListPlace]:
    if not path:
        return _list_places_of_member(
            member, (given.cell for field in member.values for given in member.values_of(field)), member.note_cells()
        )
    if path == "notes":
        return _list_places_of_member(member, (cell for cell, _ in member.list_sources_of_note(item)))
    if path.startswith(("name", "extra")):
        return _list_places_of_fields(member, (field for field in member.values if field.startswith(path)), None)
    more = ("person.email", "person.phone") if path == "contacts" else ()
    return _list_places_of_fields(member, (*_FIELDS_OF_BODIES.get(path, ()), *more), item)


def locate_person_fields(member: Member, prefix: str, said: tuple[HeldValue, ...]) -> Where:
    """The cells of a contact person's fields; `said` are the values that are this person's alone."""
    return _PersonPlaces(member, prefix, said)


@attrs.define(eq=False, weakref_slot=False)
class _PersonPlaces:
    """Finds the cells of one person's fields."""

    member: Member
    prefix: str
    said: tuple[HeldValue, ...]

    def __call__(self, path: str, item: Any) -> Iterator[ListPlace]:
        return _locate_person_field(self.member, self.prefix, self.said, path, item)


def _locate_person_field(
    member: Member, prefix: str, said: tuple[HeldValue, ...], path: str, item: Any
) -> Iterator[ListPlace]:
    own = [member.find_cell(held) for held in said]
    if not path:
        reached = [f"{prefix}.{field}" for field in ("email", "phone")]
        contacts = (given.cell for field in reached for given in member.values_of(field))
        return _list_places_of_member(member, own, contacts, member.note_cells(prefix))
    if path == "notes":
        return _list_places_of_member(member, (cell for cell, _ in member.list_sources_of_note(item, prefix)))
    if path in ("name", "affiliations"):
        return _list_places_of_member(member, own[:1])
    return _list_places_of_fields(member, [f"{prefix}.{field}" for field in _FIELDS_OF_PERSONS.get(path, ())], item)


def locate_membership_fields(member: Member, term: int) -> Where:
    """The cells of the fields of a term of membership."""
    return functools.partial(_locate_membership_field, member, term)


def _locate_membership_field(member: Member, term: int, path: str, item: Any) -> Iterator[ListPlace]:
    wanted = _FIELDS_OF_MEMBERSHIPS.get(path, ()) if path else tuple(MEMBERSHIP_PATHS)
    return _list_places_of_fields(member, [term_field(field, term) for field in wanted], item)


def find_exposing_notes(member: Member) -> frozenset[Note]:
    """The notes that are made of cells which lead to the door of a body."""
    found = {
        note
        for note in member.notes_of()
        if any(column.field in _EXPOSING for _, column in member.list_sources_of_note(note))
    }
    return frozenset(found) if found else _NO_NOTES


_NO_NOTES: frozenset[Note] = frozenset()


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
