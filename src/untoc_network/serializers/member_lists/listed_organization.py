"""What rows say of one organization and its persons, or of a person alone: each cell is known to end up somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from untoc_network.diagnostics.code import Code
from untoc_network.diagnostics.codes import member_lists as importing
from untoc_network.model.extension import OwnFields
from untoc_network.serializers.member_lists.column_mapping import (
    FIELDS_OF_PARTICIPANTS,
    ID,
    IGNORE,
    KEY,
    NOTE,
    OWN_FIELD,
    SheetMapping,
)
from untoc_network.serializers.member_lists.column_reader import ColumnReader, find_parser, group_prefix
from untoc_network.serializers.member_lists.hung_content import is_address
from untoc_network.serializers.member_lists.list_kind import ListKind
from untoc_network.serializers.member_lists.parsed_cell import ParsedCell
from untoc_network.serializers.member_lists.sheet_reading import (
    Cell,
    CellFate,
    CellKind,
    CellPlace,
    CellRemark,
    HungContent,
    Place,
    Sheet,
)
from untoc_network.serializers.member_lists.spoken_fields import SpokenFields
from untoc_network.text.folding import fold_to_words
from untoc_network.values.extra import Extra
from untoc_network.values.multilingual_text import Note

__all__ = ["Member", "SourcedValue", "is_body_field"]


@attrs.frozen(weakref_slot=False)
class SourcedValue:
    """A value of a field, with the cell and the column that gave it."""

    value: Any
    cell: Cell
    column: ColumnReader


_FURTHER_PERSON = re.compile("person[2-9]?(?:#[0-9]+)?[.]")
_OF_ROWS = frozenset({NOTE, IGNORE, KEY, ID, *FIELDS_OF_PARTICIPANTS})


def is_body_field(field: str) -> bool:
    """Whether a field of a mapping is about the organization, or its membership."""
    return not field.startswith("person.") and field not in _OF_ROWS


_LINKED = ("website", "social", "email")
"""Fields of addresses to which a link can lead."""


class Member:
    """What the rows of one organization say of it and its persons; or of persons alone, where `name` is None.

    `cell_outcomes` are those of the cells of its own rows; a merged cell of an earlier row is taken too, and
    counted there.
    """

    def __init__(  # noqa: PLR0913
        self,
        record_id: str,
        sheet: Sheet,
        mapping: SheetMapping,
        name: Cell | None,
        *,
        wanted: str,
        spoken: SpokenFields,
        declared: OwnFields,
        of: ListKind = ListKind.ORGANIZATIONS,
        keys_are_of_persons: bool = False,
    ) -> None:
        self.spoken, self.declared, self.of, self.keys_are_of_persons = spoken, declared, of, keys_are_of_persons
        self.id, self.sheet, self.mapping, self.name = record_id, sheet, mapping, name
        self.constants = mapping.constant_values
        self.wanted = wanted
        """The id that its name gives."""
        self.own_key: str | None = None
        """The key by which the list itself knows it."""
        self.values: dict[str, SourcedValue | list[SourcedValue]] = {}
        """By field; one value, as most have, is held without a list: of a long list these were the most objects."""
        self.notes: dict[str, dict[Note, list[tuple[Cell, ColumnReader]]]] = {}
        """The notes of the body, under "", and of its persons, by their prefixes; with the cells they were made of."""
        self.person_ids: dict[str, str] = {}
        """The ids of the persons that were made, by their prefixes."""
        self.terms = 1
        """How many terms of membership it has; the cells that are taken are about the last one."""
        self.groups: dict[tuple[str, ...], int] = {}
        """The rows that name persons, by their names; the cells that are taken are about the persons of `group`."""
        self.group = 1
        self.person_of_row: dict[int, str] = {}
        self.names_of_rows: dict[tuple[str, int], list[str]] = {}
        """The names of several persons, by their field and row, in the order of the row, which no other row changes."""
        self.remarks: list[CellRemark] = []
        self.cell_outcomes: dict[Cell, tuple[CellPlace, str]] = {}
        self.prefixes_of_cells: dict[Cell, str] = {}
        """Where rows are those of persons, whose each cell is; also of one that says what an earlier row said."""
        self.hung_kept: dict[tuple[Place, HungContent], None] = {}
        """What hangs on cells and is kept; mostly nothing, for which a set would be large."""

    @property
    def is_of_persons(self) -> bool:
        """Whether its rows are those of persons, so that what has no place elsewhere is theirs."""
        return self.name is None or self.of in (ListKind.PERSONS, ListKind.PARTICIPANTS)

    @property
    def notes_are_of_persons(self) -> bool:
        """Whether persons keep notes of their own."""
        return self.name is None or self.of is not ListKind.ORGANIZATIONS

    @property
    def tells_of_persons(self) -> bool:
        """Whether its persons are asked for again: they keep notes of their own, or may have attended an event."""
        return (
            self.notes_are_of_persons
            or self.mapping.event is not None
            or not self.spoken.fields.isdisjoint(FIELDS_OF_PARTICIPANTS)
        )

    def begin_row(self, row: int, persons: Mapping[str, str], *, is_continued: bool) -> None:
        """Take the next cells as those of a row that names these persons, by the prefixes of their columns.

        A row that names the persons of an earlier one is about them again; `is_continued` tells that it belongs to the
        row above.
        """
        names = tuple(" ".join(sorted(fold_to_words(name))) for name in persons.values())
        if persons or not is_continued:
            self.group = self.groups.setdefault(names, len(self.groups) + 1)
        if persons and self.notes_are_of_persons:
            self.person_of_row[row] = group_prefix(next(iter(persons)), self.group)

    def take_cell(self, cell: Cell, column: ColumnReader) -> None:
        """Put a cell where its column goes: into a field, the notes, or a finding."""
        if column.field == IGNORE:
            self.cell_outcomes[cell] = (CellPlace.FINDING, importing.column_left_out.code)
        elif cell.kind is not CellKind.VALUE:
            self.cell_outcomes[cell] = (CellPlace.FINDING, importing.formula_or_error_in_cell.code)
            self.add_finding(importing.formula_or_error_in_cell, cell, what=cell.kind)
        elif column.field == NOTE:
            self.keep_in_notes(cell, column)
        else:
            self._parse_cell(cell, column)
            if column.field == KEY:  # the register remembers no more than a digest of it
                self.keep_in_notes(cell, column)

    def keep_in_notes(self, cell: Cell, column: ColumnReader) -> None:
        """Put the whole cell into the notes, under its header."""
        self._add_note(cell, column)
        self.cell_outcomes[cell] = column.in_notes

    def _add_note(self, cell: Cell, column: ColumnReader) -> None:
        held = self.notes.setdefault(self._find_holder_of_note(cell, column), {})
        held.setdefault(Note(text=cell.text, heading=column.header), []).append((cell, column))

    def take_hung_content(self, place: Place, column: ColumnReader, contents: Iterable[HungContent]) -> None:
        """Keep what hangs on a cell: a link in a column of addresses as one of them, anything else in the notes."""
        for one in contents:
            is_kept = one.text and (one.what == "comments" or is_address(one.text))
            if not is_kept or column.field == IGNORE or column.is_withheld:
                continue
            cell, parsed = Cell(*place, one.text), None
            if one.what == "links" and column.field.rpartition(".")[2] in _LINKED:
                parsed = column.read(one.text)
                field = column.find_field(self.terms, self.group, keys_are_of_persons=self.keys_are_of_persons)
                self._add_values(cell, column, parsed, field)
            if parsed is None or not parsed.is_complete:
                self._add_note(cell, column)
            self.hung_kept[place, one] = None

    def _find_holder_of_note(self, cell: Cell, column: ColumnReader) -> str:
        """Whose note a cell becomes: the prefix of a person, or "" for the body.

        What a list of persons has no field for is theirs: they are forgotten with it, and nobody sees it without them.
        """
        field, person = column.field, self.person_of_row.get(cell.row, "")
        if self.name is None:
            return person
        if self.of is ListKind.ORGANIZATIONS or is_body_field(field):
            return ""
        return person

    def add_finding(self, rule: Code, cell: Cell, /, **params: str | int) -> None:
        """Add a finding on a cell. Its value is not told: columns are shifted in many lists, and it may be personal."""
        self.remarks.append(CellRemark(self.sheet, rule, cell, "cell", params))

    def report_guess(self, cell: Cell, guess: str, **params: str | int) -> None:
        """Tell what was guessed of a cell."""
        self.remarks.append(
            CellRemark(self.sheet, importing.assumption_made, cell, "place", {"guess": guess, **params})
        )

    def values_of(self, field: str) -> Sequence[SourcedValue]:
        """The values of a field, in the order of the cells."""
        held = self.values.get(field, ())
        return (held,) if isinstance(held, SourcedValue) else held

    def names_in_row(self, field: str, row: int) -> list[str]:
        """The names that a row says in a field, in its order, also those that an earlier row said."""
        said = self.names_of_rows.get((field, row))
        return [given.value for given in self.values_of(field) if given.cell.row == row] if said is None else said

    def first_value(self, field: str) -> Any:
        """The value of a field that has one: of its cells, or else of the whole list; None where none was given."""
        if held := self.values.get(field):
            return held.value if isinstance(held, SourcedValue) else held[0].value
        return next(iter(self._values_of_whole_list(field)), None) if self.constants else None

    def all_values(self, field: str) -> tuple[Any, ...]:
        """The values of a field, each once: of its cells, or else of the whole list."""
        if held := self.values.get(field):
            if isinstance(held, SourcedValue):
                return (held.value,)
            return tuple(dict.fromkeys([given.value for given in held])) if len(held) > 1 else (held[0].value,)
        return self._values_of_whole_list(field) if self.constants else ()

    def _values_of_whole_list(self, field: str) -> tuple[Any, ...]:
        """What the list says of all, which of consents is not said of bodies at risk."""
        if field.startswith("consent.") and self.first_value("at_risk"):
            return ()
        return self.constants.get(_FURTHER_PERSON.sub("person.", field), ())

    def move_to_notes(self, given: SourcedValue, wanted: str, remedy: str) -> None:
        """Put a cell whose values turn out not to fit with the others into the notes."""
        self.drop_values(given)
        self.keep_in_notes(given.cell, given.column)
        self.add_finding(
            importing.cell_not_understood, given.cell, header=given.column.header, wanted=wanted, remedy=remedy
        )

    def drop_values(self, given: SourcedValue) -> None:
        """Take what a cell gave out of all fields."""
        for field in self.values:
            held = self.values_of(field)
            if any(one.cell == given.cell for one in held):
                self.values[field] = [one for one in held if one.cell != given.cell]

    def list_cell_outcomes(self, ids: Mapping[str, str | None]) -> Iterator[CellFate]:
        """What became of each cell, with the id in the register of the record that holds it.

        That is the person, where persons keep their own notes; `ids` are those in the register by those of the list.
        """
        held = self.prefixes_of_cells | {cell: holder for holder in self.notes for cell in self.note_cells(holder)}
        own = ids.get(self.id)
        for cell, (place, what) in self.cell_outcomes.items():
            person = self.person_ids.get(held.get(cell, "")) if held else None
            record_id = own if person is None else ids.get(person)
            yield CellFate(row=cell.row, column=cell.column, place=place, what=what, record_id=record_id)

    def notes_of(self, holder: str = "") -> Mapping[Note, list[tuple[Cell, ColumnReader]]]:
        """The notes of the body, or of the person of a prefix."""
        return self.notes.get(holder, {})

    def note_cells(self, holder: str = "") -> tuple[Cell, ...]:
        """The cells that these notes are made of."""
        return tuple(cell for made_of in self.notes_of(holder).values() for cell, _ in made_of)

    @property
    def country(self) -> str | None:
        """The country that the list gives it."""
        country: str | None = self.first_value("country")
        return country

    @property
    def keys(self) -> tuple[str, ...]:
        """What the list knows it by, the best first: its own key, or its name with its country."""
        words = fold_to_words(self.name.text) if self.name is not None else ()
        named = f"name|{' '.join(words)}|{self.country or ''}"
        return (named,) if self.own_key is None else (f"own|{self.own_key}", named)

    def list_own_fields(self) -> Iterator[Extra]:
        """Each own field that the list gives."""
        for field, held in self.values.items():
            if held and (found := OWN_FIELD.fullmatch(field)):
                values = self.all_values(field)
                yield Extra({found[1]: {found[2]: values if find_parser(field, self.declared).many else values[0]}})

    # -- one cell ----------------------------------------------------------------------------------------------------

    def _parse_cell(self, cell: Cell, column: ColumnReader) -> None:
        parser, parsed = column.parser, column.read(cell.text)
        if parsed.guess and parsed.values:
            self.report_guess(cell, parsed.guess)
        field = column.find_field(self.terms, self.group, keys_are_of_persons=self.keys_are_of_persons)
        held = self.values_of(field)
        if held and not parser.many and not _is_known(parsed, held, column.is_loose):
            second = self._choose_second_value(cell, column, parsed, held[0])
            self._put_aside(importing.second_value_for_field, second.cell, second.column)
            if second.cell == cell:
                return
            self.drop_values(second)
        self._add_values(cell, column, parsed, field)
        if field.startswith("person") and self.is_of_persons:
            self.prefixes_of_cells[cell] = field.partition(".")[0]
        if parsed.is_complete:
            self.cell_outcomes[cell] = column.in_field
        elif parsed.is_ambiguous:
            self._put_aside(importing.ambiguous_date, cell, column)
        else:
            choices = {"choices": parser.choices} if parser.choices else {}
            told = {"wanted": parser.wanted, "remedy": parsed.remedy or parser.remedy, **choices}
            told |= {"day": parsed.day} if parsed.day else {}
            self._put_aside(importing.cell_not_understood, cell, column, **told)

    def _put_aside(self, rule: Code, cell: Cell, column: ColumnReader, **params: str | int) -> None:
        """Keep a cell that does not fit its field in the notes, or nowhere where fewer people see the field."""
        if column.is_withheld:
            rule, params = importing.withheld_own_field_not_kept, {}
            self.cell_outcomes[cell] = (CellPlace.FINDING, rule.code)
        else:
            self.keep_in_notes(cell, column)
        self.add_finding(rule, cell, header=column.header, **params)

    def _choose_second_value(
        self, cell: Cell, column: ColumnReader, parsed: ParsedCell, held: SourcedValue
    ) -> SourcedValue:
        """Which of two values goes to the notes: the one that came later, or between rows of persons, the greater one.

        So what becomes of their organization does not hang on the order of the rows.
        """
        is_between_rows = self.of is not ListKind.ORGANIZATIONS and held.cell.row != cell.row and parsed.is_complete
        if is_between_rows and str(parsed.values[0]) < str(held.value):
            return held
        return SourcedValue(parsed.values, cell, column)

    def _add_values(self, cell: Cell, column: ColumnReader, parsed: ParsedCell, field: str) -> None:
        held = self.values.get(field)
        if held is None and len(parsed.values) == 1:
            (value,) = parsed.values
            is_whole = value.__class__ is str and value == cell.text
            self.values[field] = SourcedValue(cell.text if is_whole else value, cell, column)
            return
        if held is None or isinstance(held, SourcedValue):
            held = self.values[field] = [] if held is None else [held]
        if field.startswith("person") and field.endswith(".name"):
            said = [given.value for given in held if given.cell.row == cell.row]
            self.names_of_rows.setdefault((field, cell.row), said).extend(parsed.values)
        for value in parsed.values:
            same = next((at for at, given in enumerate(held) if _is_same(value, given.value, column.is_loose)), None)
            if same is None:
                held.append(SourcedValue(value, cell, column))
            elif column.is_loose:  # which of two spellings stands does not hang on the order of the rows
                held[same] = min(held[same], SourcedValue(value, cell, column), key=_rank_spelling)

    def names_by_language(self) -> Iterator[tuple[str, str]]:
        """The name in each language in which it is given."""
        for field in self.values:
            if field.startswith("name.") and (held := self.values_of(field)):
                yield field.removeprefix("name."), held[0].value


def _is_known(parsed: ParsedCell, held: Sequence[SourcedValue], is_text: bool) -> bool:
    """Whether a cell says the value that a field has."""
    return len(parsed.values) == 1 and _is_same(parsed.values[0], held[0].value, is_text)


def _is_same(one: Any, other: Any, is_text: bool) -> bool:
    """Whether two values are the same; words also but for capitals, accents and signs."""
    return bool(one == other) or (is_text and fold_to_words(one) == fold_to_words(other))


def _rank_spelling(given: SourcedValue) -> tuple[bool, str]:
    """The better spelling first: not in capitals or small letters alone."""
    return given.value.isupper() or given.value.islower(), given.value
