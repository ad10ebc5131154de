"""One organization in the making: its cells are taken one by one, and each is known to end up somewhere.

Of each value it stays known in which cell it stands, for the findings, and of the list which fields it speaks of. That
is read together with the taking, so both are here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from untoc_network.diagnostics.code import Code
from untoc_network.diagnostics.codes import member_lists as importing
from untoc_network.diagnostics.findings import Finding, Location
from untoc_network.model.extension import OwnFields
from untoc_network.model.listed_record import ListPlace, Where
from untoc_network.serializers.member_lists.cell_parsers import FIELD_PARSERS, FieldParser
from untoc_network.serializers.member_lists.column_mapping import (
    ID,
    IGNORE,
    KEY,
    NOTE,
    OWN_FIELD,
    SheetMapping,
    is_own_field,
)
from untoc_network.serializers.member_lists.own_field_parsers import find_own_field_parser
from untoc_network.serializers.member_lists.parsed_cell import ParsedCell
from untoc_network.serializers.member_lists.sheet_reading import Cell, CellFate, CellKind, CellPlace, Sheet
from untoc_network.serializers.member_lists.table import Column
from untoc_network.text.folding import fold_to_words
from untoc_network.text.slugs import make_slug
from untoc_network.values.consent_and_contact import ContactKind, Purpose
from untoc_network.values.extra import Extra
from untoc_network.values.multilingual_text import AliasKind, Note, Text
from untoc_network.values.place_and_link import LinkKind

__all__ = [
    "Member",
    "SourcedValue",
    "fields_spoken_of_body",
    "fields_spoken_of_membership",
    "fields_spoken_of_person",
    "find_exposing_notes",
    "locate_body_fields",
    "locate_membership_fields",
    "locate_person_fields",
    "term_field",
]


@attrs.frozen
class SourcedValue:
    """A value of a field, with the cell and the column that gave it."""

    value: Any
    cell: Cell
    column: Column


_FURTHER_PERSON = re.compile("person[2-9][.]")
_BLANKS = re.compile(r"[^\S\n\r]+")


def term_field(field: str, term: int) -> str:
    """A field of a membership, of its first term or a further one."""
    return field if term == 1 else f"{field}#{term}"


class Member:
    """What the rows of one organization say.

    `cell_outcomes` are those of the cells of its own rows; a merged cell of an earlier row is taken too, and
    counted there.
    """

    def __init__(self, record_id: str, sheet: Sheet, mapping: SheetMapping, name: Cell, declared: OwnFields) -> None:
        self.declared = declared
        self.id, self.sheet, self.mapping, self.name = record_id, sheet, mapping, name
        self.wanted = make_slug(name.text)
        """The id that its name gives."""
        self.own_key: str | None = None
        """The key by which the list itself knows it."""
        self.values: dict[str, list[SourcedValue]] = {}
        self.notes: dict[Note, list[tuple[Cell, Column]]] = {}
        """The notes, each with the cells that it was made of."""
        self.spoken_fields: set[str] = set()
        """The fields that the list has columns for, whether or not this member's cells are full."""
        self.note_headings: set[str] = set()
        """The headers under which the list keeps notes."""
        self.terms = 1
        """How many terms of membership it has; the cells that are taken are about the last one."""
        self.findings: list[Finding] = []
        self.cell_outcomes: dict[tuple[int, int], CellFate] = {}

    def take_cell(self, cell: Cell, column: Column) -> None:
        """Put a cell where its column goes: into a field, the notes, or a finding."""
        if column.target.field == IGNORE:
            self._record_cell_outcome(cell, CellPlace.FINDING, importing.column_left_out.code)
        elif cell.kind is not CellKind.VALUE:
            self._record_cell_outcome(cell, CellPlace.FINDING, importing.formula_or_error_in_cell.code)
            self.add_finding(importing.formula_or_error_in_cell, cell, what=cell.kind)
        elif column.target.field == NOTE:
            self.keep_in_notes(cell, column)
        else:
            self._parse_cell(cell, column)
            if column.target.field == KEY:  # the register remembers no more than a digest of it
                self.keep_in_notes(cell, column)

    def keep_in_notes(self, cell: Cell, column: Column) -> None:
        """Put the whole cell into the notes, under its header."""
        self.notes.setdefault(Note(text=cell.text, heading=column.header), []).append((cell, column))
        self._record_cell_outcome(cell, CellPlace.NOTE, column.header)

    def add_finding(self, rule: Code, cell: Cell, /, **params: str | int) -> None:
        """Add a finding on a cell. Its value is not told: columns are shifted in many lists, and it may be personal."""
        reference = self.sheet.reference(*cell.position)
        self.findings.append(self.sheet.finding(rule, *cell.position, cell=reference, **params))

    def report_guess(self, cell: Cell, guess: str, **params: str | int) -> None:
        """Tell what was guessed of a cell."""
        place = self.sheet.reference(*cell.position)
        rule = importing.assumption_made
        self.findings.append(self.sheet.finding(rule, *cell.position, place=place, guess=guess, **params))

    def values_of(self, field: str) -> list[SourcedValue]:
        """The values of a field, in the order of the cells."""
        return self.values.get(field, [])

    def first_value(self, field: str) -> Any:
        """The value of a field that has one: of its cells, or else of the whole list; None where none was given."""
        return next(iter(self.all_values(field)), None)

    def all_values(self, field: str) -> tuple[Any, ...]:
        """The values of a field, each once: of its cells, or else of the whole list."""
        own = tuple(dict.fromkeys(given.value for given in self.values_of(field)))
        return own or self.mapping.constant_values.get(_FURTHER_PERSON.sub("person.", field), ())

    def move_to_notes(self, given: SourcedValue, wanted: str, remedy: str) -> None:
        """Put a cell whose values turn out not to fit with the others into the notes."""
        for held in self.values.values():
            held[:] = [one for one in held if one.cell != given.cell]
        self.keep_in_notes(given.cell, given.column)
        self.add_finding(
            importing.cell_not_understood, given.cell, header=given.column.header, wanted=wanted, remedy=remedy
        )

    def note_cells(self) -> tuple[Cell, ...]:
        """The cells that its notes are made of."""
        return tuple(cell for made_of in self.notes.values() for cell, _ in made_of)

    @property
    def country(self) -> str | None:
        """The country that the list gives it."""
        country: str | None = self.first_value("country")
        return country

    @property
    def keys(self) -> tuple[str, ...]:
        """What the list knows it by, the best first: its own key, or its name with its country."""
        named = f"name|{' '.join(fold_to_words(self.name.text))}|{self.country or ''}"
        return (named,) if self.own_key is None else (f"own|{self.own_key}", named)

    def find_parser(self, field: str) -> FieldParser:
        """What reads the cells of a field."""
        return find_own_field_parser(field, self.declared) or FIELD_PARSERS[field]

    def list_own_fields(self) -> Iterator[Extra]:
        """Each own field that the list gives."""
        for field, held in self.values.items():
            if held and (found := OWN_FIELD.fullmatch(field)):
                values = self.all_values(field)
                yield Extra({found[1]: {found[2]: values if self.find_parser(field).many else values[0]}})

    # -- one cell ----------------------------------------------------------------------------------------------------

    def _parse_cell(self, cell: Cell, column: Column) -> None:
        parser = self.find_parser(column.target.field)
        parsed = parser.parse(_BLANKS.sub(" ", cell.text), self.mapping.dates)
        if parsed.guess and parsed.values:
            self.report_guess(cell, parsed.guess)
        if not parser.many and self._differs_from_known_value(column, parsed):
            self.keep_in_notes(cell, column)
            self.add_finding(importing.second_value_for_field, cell, header=column.header)
            return
        self._add_values(cell, column, parsed)
        if parsed.is_complete:
            self._record_cell_outcome(cell, CellPlace.FIELD, str(column.target))
            return
        self.keep_in_notes(cell, column)
        if parsed.is_ambiguous:
            self.add_finding(importing.ambiguous_date, cell, header=column.header)
        else:
            choices = {"choices": parser.choices} if parser.choices else {}
            told = {"wanted": parser.wanted, "remedy": parsed.remedy or parser.remedy, **choices}
            self.add_finding(importing.cell_not_understood, cell, header=column.header, **told)

    def _differs_from_known_value(self, column: Column, parsed: ParsedCell) -> bool:
        held = self.values_of(self._find_field_of_column(column))
        return bool(held) and parsed.values != (held[0].value,)

    def _add_values(self, cell: Cell, column: Column, parsed: ParsedCell) -> None:
        held = self.values.setdefault(self._find_field_of_column(column), [])
        known = {given.value for given in held}
        held += [SourcedValue(value, cell, column) for value in parsed.values if value not in known]

    def _find_field_of_column(self, column: Column) -> str:
        """The field of a column; a plain name is that in the language of the list."""
        field = str(column.target)
        if field.startswith("member."):
            return term_field(field, self.terms)
        return f"name.{self.mapping.language}" if field == "name" else field

    def _record_cell_outcome(self, cell: Cell, place: CellPlace, what: str) -> None:
        self.cell_outcomes[cell.position] = CellFate(
            row=cell.row, column=cell.column, place=place, what=what, record_id=self.id
        )

    def names_by_language(self) -> Iterator[tuple[str, str]]:
        """The name in each language in which it is given."""
        for field, held in self.values.items():
            if field.startswith("name.") and held:
                yield field.removeprefix("name."), held[0].value


# -- which fields of records the list speaks of ----------------------------------------------------------------------


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
    """The fields of a contact person for which the list has columns."""
    own = {field.removeprefix(f"{prefix}.") for field in member.spoken_fields if field.startswith(f"{prefix}.")}
    return frozenset({"affiliations", *_list_paths_of_fields(_PERSON, own)})


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
            return _list_places_of_member(member, (cell for cell, _ in member.notes.get(item, ())))
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
            return _list_places_of_member(
                member, own, (given.cell for field in reached for given in member.values_of(field))
            )
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
        note for note, made_of in member.notes.items() if any(column.target.field in _EXPOSING for _, column in made_of)
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
