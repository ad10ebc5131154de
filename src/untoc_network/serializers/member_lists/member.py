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
from untoc_network.serializers.member_lists.cell_parsers import READINGS, Understood
from untoc_network.serializers.member_lists.cells import Cell, Form, Sheet
from untoc_network.serializers.member_lists.headers import IGNORE, KEY, NOTE
from untoc_network.serializers.member_lists.mapping import SheetMapping
from untoc_network.serializers.member_lists.table import Column
from untoc_network.text.folding import fold_to_words
from untoc_network.text.slugs import make_slug
from untoc_network.values.text import Note

__all__ = ["CellFate", "CellPlace", "Given", "Member", "term_field"]


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
class Given:
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

    `fates` are those of the cells of its own rows; a merged cell of an earlier row is taken too, and counted there.
    """

    def __init__(self, record_id: str, sheet: Sheet, mapping: SheetMapping, name: Cell) -> None:
        self.id, self.sheet, self.mapping, self.name = record_id, sheet, mapping, name
        self.wanted = make_slug(name.text)
        """The id that its name gives."""
        self.own_key: str | None = None
        """The key by which the list itself knows it."""
        self.values: dict[str, list[Given]] = {}
        self.notes: dict[Note, list[tuple[Cell, Column]]] = {}
        """The notes, each with the cells that it was made of."""
        self.spoken: set[str] = set()
        """The fields that the list has columns for, whether or not this member's cells are full."""
        self.headings: set[str] = set()
        """The headers under which the list keeps notes."""
        self.terms = 1
        """How many terms of membership it has; the cells that are taken are about the last one."""
        self.findings: list[Finding] = []
        self.fates: dict[tuple[int, int], CellFate] = {}

    def take(self, cell: Cell, column: Column) -> None:
        """Put a cell where its column goes: into a field, the notes, or a finding."""
        if column.target.field == IGNORE:
            self._settle(cell, CellPlace.FINDING, importing.column_left_out.code)
        elif cell.form is not Form.VALUE:
            self._settle(cell, CellPlace.FINDING, importing.formula_or_error_in_cell.code)
            self.say(importing.formula_or_error_in_cell, cell, what=cell.form)
        elif column.target.field == NOTE:
            self.keep(cell, column)
        else:
            self._read(cell, column)
            if column.target.field == KEY:  # the register remembers no more than a digest of it
                self.keep(cell, column)

    def keep(self, cell: Cell, column: Column) -> None:
        """Put the whole cell into the notes, under its header."""
        self.notes.setdefault(Note(text=cell.text, heading=column.header), []).append((cell, column))
        self._settle(cell, CellPlace.NOTE, column.header)

    def say(self, rule: Code, cell: Cell, /, **params: str | int) -> None:
        """Add a finding on a cell. Its value is not told: columns are shifted in many lists, and it may be personal."""
        reference = self.sheet.reference(*cell.position)
        self.findings.append(self.sheet.finding(rule, *cell.position, cell=reference, **params))

    def guess(self, cell: Cell, guess: str, **params: str | int) -> None:
        """Tell what was guessed of a cell."""
        place = self.sheet.reference(*cell.position)
        rule = importing.assumption_made
        self.findings.append(self.sheet.finding(rule, *cell.position, place=place, guess=guess, **params))

    def given(self, field: str) -> list[Given]:
        """The values of a field, in the order of the cells."""
        return self.values.get(field, [])

    def one(self, field: str) -> Any:
        """The value of a field that has one; None where it was not given."""
        return next((given.value for given in self.given(field)), None)

    def all(self, field: str) -> tuple[Any, ...]:
        """The values of a field, each once."""
        return tuple(dict.fromkeys(given.value for given in self.given(field)))

    def refuse(self, given: Given, wanted: str, remedy: str) -> None:
        """Put a cell whose values turn out not to fit with the others into the notes."""
        for held in self.values.values():
            held[:] = [one for one in held if one.cell != given.cell]
        self.keep(given.cell, given.column)
        self.say(importing.cell_not_understood, given.cell, header=given.column.header, wanted=wanted, remedy=remedy)

    def cells(self) -> tuple[Cell, ...]:
        """The cells that its notes are made of."""
        return tuple(cell for made_of in self.notes.values() for cell, _ in made_of)

    @property
    def country(self) -> str | None:
        """The country that the list gives it."""
        country: str | None = self.one("country")
        return country

    @property
    def keys(self) -> tuple[str, ...]:
        """What the list knows it by, the best first: its own key, or its name with its country."""
        named = f"name|{' '.join(fold_to_words(self.name.text))}|{self.country or ''}"
        return (named,) if self.own_key is None else (f"own|{self.own_key}", named)

    # -- one cell ----------------------------------------------------------------------------------------------------

    def _read(self, cell: Cell, column: Column) -> None:
        reading = READINGS[column.target.field]
        understood = reading.read(_BLANKS.sub(" ", cell.text), self.mapping.dates)
        if understood.guess and understood.values:
            self.guess(cell, understood.guess)
        if not reading.many and self._differs(column, understood):
            self.keep(cell, column)
            self.say(importing.second_value_for_field, cell, header=column.header)
            return
        self._add(cell, column, understood)
        if understood.whole:
            self._settle(cell, CellPlace.FIELD, str(column.target))
            return
        self.keep(cell, column)
        if understood.ambiguous:
            self.say(importing.ambiguous_date, cell, header=column.header)
        else:
            choices = {"choices": reading.choices} if reading.choices else {}
            told = {"wanted": reading.wanted, "remedy": understood.remedy or reading.remedy, **choices}
            self.say(importing.cell_not_understood, cell, header=column.header, **told)

    def _differs(self, column: Column, understood: Understood) -> bool:
        held = self.given(self._field(column))
        return bool(held) and understood.values != (held[0].value,)

    def _add(self, cell: Cell, column: Column, understood: Understood) -> None:
        held = self.values.setdefault(self._field(column), [])
        known = {given.value for given in held}
        held += [Given(value, cell, column) for value in understood.values if value not in known]

    def _field(self, column: Column) -> str:
        """The field of a column; a plain name is that in the language of the list."""
        field = str(column.target)
        if field.startswith("member."):
            return term_field(field, self.terms)
        return f"name.{self.mapping.language}" if field == "name" else field

    def _settle(self, cell: Cell, place: CellPlace, what: str) -> None:
        self.fates[cell.position] = CellFate(
            row=cell.row, column=cell.column, place=place, what=what, record_id=self.id
        )

    def wordings(self) -> Iterator[tuple[str, str]]:
        """The name in each language in which it is given."""
        for field, held in self.values.items():
            if field.startswith("name.") and held:
                yield field.removeprefix("name."), held[0].value
