"""One organization in the making: its cells are taken one by one, and each is known to end up somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import attrs

from untoc_network.diagnostics.code import Code
from untoc_network.diagnostics.codes import member_lists as importing
from untoc_network.diagnostics.findings import Finding
from untoc_network.serializers.member_lists.cell_parsers import FIELD_PARSERS
from untoc_network.serializers.member_lists.cells import Cell, CellKind, Sheet
from untoc_network.serializers.member_lists.headers import IGNORE, KEY, NOTE
from untoc_network.serializers.member_lists.mapping import SheetMapping
from untoc_network.serializers.member_lists.parsed_cell import ParsedCell
from untoc_network.serializers.member_lists.table import Column
from untoc_network.text.folding import fold_to_words
from untoc_network.text.slugs import make_slug
from untoc_network.values.text import Note

__all__ = ["CellFate", "CellPlace", "Member", "SourcedValue", "term_field"]


class CellPlace(StrEnum):
    """Where the whole of a cell's content can be found after an import."""

    FIELD = "field"
    NOTE = "note"
    FINDING = "finding"
    """It is in the sheet only, and a finding says so."""
    HEADER = "header"
    """It names a column."""


@attrs.frozen(kw_only=True)
class CellFate:
    """What became of a cell: its place, the record it is in, and its field, heading or code of a finding."""

    row: int
    column: int
    place: CellPlace
    what: str
    record_id: str | None = None


@attrs.frozen
class SourcedValue:
    """A value of a field, with the cell and the column that gave it."""

    value: Any
    cell: Cell
    column: Column


_BLANKS = re.compile(r"[^\S\n\r]+")


def term_field(field: str, term: int) -> str:
    """A field of a membership, of its first term or a further one."""
    return field if term == 1 else f"{field}#{term}"


class Member:
    """What the rows of one organization say.

    `cell_outcomes` are those of the cells of its own rows; a merged cell of an earlier row is taken too, and
    counted there.
    """

    def __init__(self, record_id: str, sheet: Sheet, mapping: SheetMapping, name: Cell) -> None:
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
            self._settle(cell, CellPlace.FINDING, importing.column_left_out.code)
        elif cell.kind is not CellKind.VALUE:
            self._settle(cell, CellPlace.FINDING, importing.formula_or_error_in_cell.code)
            self.add_finding(importing.formula_or_error_in_cell, cell, what=cell.kind)
        elif column.target.field == NOTE:
            self.keep_in_notes(cell, column)
        else:
            self._read(cell, column)
            if column.target.field == KEY:  # the register remembers no more than a digest of it
                self.keep_in_notes(cell, column)

    def keep_in_notes(self, cell: Cell, column: Column) -> None:
        """Put the whole cell into the notes, under its header."""
        self.notes.setdefault(Note(text=cell.text, heading=column.header), []).append((cell, column))
        self._settle(cell, CellPlace.NOTE, column.header)

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
        """The value of a field that has one; None where it was not given."""
        return next((given.value for given in self.values_of(field)), None)

    def all_values(self, field: str) -> tuple[Any, ...]:
        """The values of a field, each once."""
        return tuple(dict.fromkeys(given.value for given in self.values_of(field)))

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

    # -- one cell ----------------------------------------------------------------------------------------------------

    def _read(self, cell: Cell, column: Column) -> None:
        parser = FIELD_PARSERS[column.target.field]
        parsed = parser.parse(_BLANKS.sub(" ", cell.text), self.mapping.dates)
        if parsed.guess and parsed.values:
            self.report_guess(cell, parsed.guess)
        if not parser.many and self._differs(column, parsed):
            self.keep_in_notes(cell, column)
            self.add_finding(importing.second_value_for_field, cell, header=column.header)
            return
        self._add(cell, column, parsed)
        if parsed.is_complete:
            self._settle(cell, CellPlace.FIELD, str(column.target))
            return
        self.keep_in_notes(cell, column)
        if parsed.is_ambiguous:
            self.add_finding(importing.ambiguous_date, cell, header=column.header)
        else:
            choices = {"choices": parser.choices} if parser.choices else {}
            told = {"wanted": parser.wanted, "remedy": parsed.remedy or parser.remedy, **choices}
            self.add_finding(importing.cell_not_understood, cell, header=column.header, **told)

    def _differs(self, column: Column, parsed: ParsedCell) -> bool:
        held = self.values_of(self._field(column))
        return bool(held) and parsed.values != (held[0].value,)

    def _add(self, cell: Cell, column: Column, parsed: ParsedCell) -> None:
        held = self.values.setdefault(self._field(column), [])
        known = {given.value for given in held}
        held += [SourcedValue(value, cell, column) for value in parsed.values if value not in known]

    def _field(self, column: Column) -> str:
        """The field of a column; a plain name is that in the language of the list."""
        field = str(column.target)
        if field.startswith("member."):
            return term_field(field, self.terms)
        return f"name.{self.mapping.language}" if field == "name" else field

    def _settle(self, cell: Cell, place: CellPlace, what: str) -> None:
        self.cell_outcomes[cell.position] = CellFate(
            row=cell.row, column=cell.column, place=place, what=what, record_id=self.id
        )

    def names_by_language(self) -> Iterator[tuple[str, str]]:
        """The name in each language in which it is given."""
        for field, held in self.values.items():
            if field.startswith("name.") and held:
                yield field.removeprefix("name."), held[0].value
