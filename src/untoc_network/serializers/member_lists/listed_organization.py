"""What rows say of one organization and its persons, or of a person alone: each cell is known to end up somewhere.

How values, notes and outcomes of cells are held is in one file with how they are taken and told: of a long list they
are held as numbers, which only the two sides together explain.
"""

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
    TO_PUBLICATION,
    SheetMapping,
)
from untoc_network.serializers.member_lists.column_reader import ColumnReader, find_parser, group_prefix
from untoc_network.serializers.member_lists.hung_content import is_address
from untoc_network.serializers.member_lists.list_kind import LISTS_OF_PERSONS, ListKind
from untoc_network.serializers.member_lists.parsed_cell import ParsedCell
from untoc_network.serializers.member_lists.sheet_reading import (
    BELOW_ROW,
    COLUMN_BITS,
    Cell,
    CellKind,
    CellOutcomes,
    CellPlace,
    CellRemark,
    HungContent,
    Place,
    Sheet,
    number_cell,
)
from untoc_network.serializers.member_lists.spoken_fields import SpokenFields
from untoc_network.text.folding import fold_to_words
from untoc_network.values.extra import Extra
from untoc_network.values.multilingual_text import Note

__all__ = ["HeldValue", "Member", "SourcedValue", "is_body_field"]


@attrs.frozen(weakref_slot=False)
class SourcedValue:
    """A value of a field, with the cell and the column that gave it."""

    value: Any
    cell: Cell
    column: ColumnReader


HeldValue = tuple[Any, int, str]
"""A value as it is held: with the number of its source, and the text of its cell.

Of a long list, values and places of cells are the most objects. Numbers, texts and tuples of them need not be walked by
Python's collector, which otherwise costs more than reading the cells does.
"""

_FURTHER_PERSON = re.compile("person[2-9]?(?:#[0-9]+)?[.]")
_NOT_PARSED = frozenset({NOTE, IGNORE})
_OF_ROWS = frozenset({NOTE, IGNORE, KEY, ID, *FIELDS_OF_PARTICIPANTS})


def is_body_field(field: str) -> bool:
    """Whether a field of a mapping is about the organization, or its membership."""
    return not field.startswith("person.") and field not in _OF_ROWS


_LINKED = ("website", "social", "email")
"""Fields of addresses to which a link can lead."""


class Member:
    """What the rows of one organization say of it and its persons; or of persons alone, where `name` is None.

    It tells what becomes of the cells of its own rows; a merged cell of an earlier row is taken too, and told there.
    """

    def __init__(  # noqa: PLR0913
        self,
        record_id: str,
        sheet: Sheet,
        mapping: SheetMapping,
        name: Cell | None,
        readers: Sequence[ColumnReader],
        *,
        words: tuple[str, ...] = (),
        wanted: str,
        spoken: SpokenFields,
        declared: OwnFields,
        of: ListKind = ListKind.ORGANIZATIONS,
        keys_are_of_persons: bool = False,
    ) -> None:
        self.spoken, self.declared, self.of, self.keys_are_of_persons = spoken, declared, of, keys_are_of_persons
        self.is_of_persons = name is None or of in LISTS_OF_PERSONS
        """Whether its rows are those of persons, so that what has no place elsewhere is theirs."""
        self.id, self.sheet, self.mapping, self.readers = record_id, sheet, mapping, readers
        self._name = None if name is None else (name.row, name.column, name.text)
        self._words = " ".join(words)
        self.constants = mapping.constant_values
        self.wanted = wanted
        """The id that its name gives."""
        self.own_key: str | None = None
        """The key by which the list itself knows it."""
        self.is_doubted = False
        """Whether it may be another of its name, who is not to be shown."""
        self.values: dict[str, HeldValue | list[HeldValue]] = {}
        """By field; one value, as most have, is held without a list."""
        self._notes: dict[str, dict[Note, int | list[int]]] = {}
        """The notes of the body, under "", and of its persons, by their prefixes; with the sources they are made of."""
        self.person_ids: dict[str, str] = {}
        """The ids of the persons that were made, by their prefixes."""
        self.terms = 1
        """How many terms of membership it has; the cells that are taken are about the last one."""
        self.groups: dict[str, int] = {}
        """The rows that name persons, by their names; the cells that are taken are about the persons of `group`."""
        self.group = 1
        self.person_of_row: dict[int, str] = {}
        self.names_of_rows: dict[tuple[str, int], list[str]] = {}
        """The names of several persons, by their field and row, in the order of the row, which no other row changes."""
        self.remarks: list[CellRemark] | tuple[()] = ()
        self._outcomes: dict[int, int | str] = {}
        """By the numbers of the cells: that of the reader whose field has it, or `~` that of the one under whose header
        it is a note, or the code of a finding."""
        self._prefixes_of_cells: dict[int, str] = {}
        """Where rows are those of persons, whose each cell is; also of one that says what an earlier row said."""
        self.hung_kept: dict[tuple[Place, HungContent], None] = {}
        """What hangs on cells and is kept; mostly nothing, for which a set would be large."""

    @property
    def name(self) -> Cell | None:
        """The cell that names the organization."""
        return None if self._name is None else Cell(*self._name)

    @property
    def folded_name(self) -> str:
        """The words of its name, as names are compared."""
        return self._words

    @property
    def has_name(self) -> bool:
        """Whether it is an organization, or else persons alone."""
        return self._name is not None

    @property
    def notes_are_of_persons(self) -> bool:
        """Whether persons keep notes of their own."""
        return self._name is None or self.of is not ListKind.ORGANIZATIONS

    @property
    def tells_of_persons(self) -> bool:
        """Whether its persons are asked for again: they keep notes of their own, or may have attended an event."""
        return self.notes_are_of_persons or self.mapping.event is not None or self.spoken.has_participants

    def begin_row(self, row: int, persons: Mapping[str, tuple[str, ...]], *, is_continued: bool) -> None:
        """Take the next cells as those of a row that names persons of these words, by the prefixes of their columns.

        A row that names the persons of an earlier one is about them again; `is_continued` tells that it belongs to the
        row above.
        """
        if persons or not is_continued:
            names = "".join([f"{' '.join(sorted(words))}\0" for words in persons.values()])
            self.group = self.groups.setdefault(names, len(self.groups) + 1)
        if persons and self.notes_are_of_persons:
            self.person_of_row[row] = group_prefix(next(iter(persons)), self.group)

    def take_cells(self, cells: Iterable[Cell], columns: Mapping[int, ColumnReader], lent: Sequence[Cell] = ()) -> None:
        """Take the cells of a row; what becomes of those that an earlier row lends is told there."""
        before = dict(self._outcomes) if lent else {}
        for cell in cells:
            self._take_cell(cell, columns[cell.column])
        for number in (number_cell(*cell.position) for cell in lent):
            self._outcomes.pop(number, None)
            if number in before:
                self._outcomes[number] = before[number]

    def _take_cell(self, cell: Cell, column: ColumnReader) -> None:
        """Put a cell where its column goes: into a field, the notes, or a finding."""
        field = column.field
        if cell.kind is CellKind.VALUE and field not in _NOT_PARSED:
            self._parse_cell(cell, column)
            if field == KEY:  # the register remembers no more than a digest of it
                self.keep_in_notes(cell, column)
        elif field == IGNORE:
            self._outcomes[number_cell(cell.row, cell.column)] = importing.column_left_out.code
        elif cell.kind is not CellKind.VALUE:
            self._outcomes[number_cell(cell.row, cell.column)] = importing.formula_or_error_in_cell.code
            self.add_finding(importing.formula_or_error_in_cell, cell, what=cell.kind)
        else:
            self.keep_in_notes(cell, column)

    def keep_in_notes(self, cell: Cell, column: ColumnReader) -> None:
        """Put the whole cell into the notes, under its header."""
        self._add_note(cell, column)
        self._outcomes[number_cell(cell.row, cell.column)] = ~column.number

    def _add_note(self, cell: Cell, column: ColumnReader) -> None:
        held = self._notes.setdefault(self._find_holder_of_note(cell, column), {})
        note, source = Note(text=cell.text, heading=column.header), number_cell(cell.row, column.number)
        known = held.setdefault(note, source)
        if isinstance(known, list):
            known.append(source)
        elif known != source:
            held[note] = [known, source]

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
        if self._name is None:
            return person
        if self.of is ListKind.ORGANIZATIONS or is_body_field(field):
            return ""
        return person

    def add_finding(self, rule: Code, cell: Cell, /, **params: str | int) -> None:
        """Add a finding on a cell. Its value is not told: columns are shifted in many lists, and it may be personal."""
        self.add_remark(rule, cell, "cell", **params)

    def add_remark(self, rule: Code, cell: Cell, named: str, /, **params: str | int) -> None:
        """Add what is to be said of a cell, which the parameter of the finding that is `named` so calls."""
        self.remarks = self.remarks or []
        self.remarks.append(CellRemark(self.sheet, rule, cell, named, params))

    def report_guess(self, cell: Cell, guess: str, **params: str | int) -> None:
        """Tell what was guessed of a cell."""
        self.add_remark(importing.assumption_made, cell, "place", guess=guess, **params)

    def held_values(self, field: str) -> Sequence[HeldValue]:
        """The values of a field as they are held, in the order of the cells."""
        held = self.values.get(field)
        if held is None:
            return ()
        return (held,) if isinstance(held, tuple) else held

    def values_of(self, field: str) -> Sequence[SourcedValue]:
        """The values of a field, in the order of the cells."""
        return [self.find_source(held) for held in self.held_values(field)]

    def find_source(self, held: HeldValue) -> SourcedValue:
        """A value that is held, with its cell and its column."""
        return SourcedValue(held[0], self.find_cell(held), self.readers[held[1] & COLUMN_BITS])

    def find_cell(self, held: HeldValue) -> Cell:
        """The cell that gave a value that is held."""
        _, source, text = held
        return Cell(source >> BELOW_ROW, self.readers[source & COLUMN_BITS].column.number, text)

    def replace_value(self, field: str, value: Any) -> None:
        """Put another value in the place of the one of a field that has one."""
        _, source, text = self.held_values(field)[0]
        self.values[field] = (value, source, text)

    def names_in_row(self, field: str, row: int) -> list[str]:
        """The names that a row says in a field, in its order, also those that an earlier row said."""
        said = self.names_of_rows.get((field, row))
        if said is not None:
            return said
        return [value for value, source, _ in self.held_values(field) if source >> BELOW_ROW == row]

    def first_value(self, field: str) -> Any:
        """The value of a field that has one: of its cells, or else of the whole list; None where none was given."""
        if held := self.values.get(field):
            return held[0] if isinstance(held, tuple) else held[0][0]
        return next(iter(self._values_of_whole_list(field)), None) if self.constants else None

    def all_values(self, field: str) -> tuple[Any, ...]:
        """The values of a field, each once: of its cells, or else of the whole list."""
        if held := self.values.get(field):
            return (held[0],) if isinstance(held, tuple) else tuple(dict.fromkeys([value for value, *_ in held]))
        return self._values_of_whole_list(field) if self.constants else ()

    def _values_of_whole_list(self, field: str) -> tuple[Any, ...]:
        """What the list says of all, which of consents is not said of bodies at risk."""
        if field.startswith("consent.") and any(value is not False for value in self.all_values("at_risk")):
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
            held = self.held_values(field)
            kept = [one for one in held if one[2] != given.cell.text or self.find_cell(one) != given.cell]
            if len(kept) < len(held):
                self.values[field] = kept

    def tell_cell_outcomes(self, outcomes: CellOutcomes, ids: Mapping[str, str | None]) -> None:
        """Tell what became of each cell, with the id in the register of the record that holds it.

        That is the person, where persons keep their own notes; `ids` are those in the register by those of the list.
        """
        whose = dict(self._prefixes_of_cells)
        for holder in self._notes:
            whose |= {number_cell(*cell.position): holder for cell in self.note_cells(holder)}
        record_ids = [ids.get(self.id)] * len(self._outcomes)
        if whose and self.person_ids:
            persons = [self.person_ids.get(whose.get(number, ""), self.id) for number in self._outcomes]
            record_ids = [ids.get(person) for person in persons]
        outcomes.add(self._outcomes, map(self._describe_outcome, self._outcomes.values()), record_ids)

    def _describe_outcome(self, outcome: int | str) -> tuple[CellPlace, str]:
        if isinstance(outcome, str):
            return CellPlace.FINDING, outcome
        return self.readers[outcome].in_field if outcome >= 0 else self.readers[~outcome].in_notes

    def list_understood_columns(self) -> Iterator[int]:
        """The columns of which a cell gave a value, or is in a field."""
        for field in self.values:
            for _, source, _ in self.held_values(field):
                yield self.readers[source & COLUMN_BITS].column.number
        yield from (
            number & COLUMN_BITS
            for number, outcome in self._outcomes.items()
            if not isinstance(outcome, str) and outcome >= 0
        )

    def notes_of(self, holder: str = "") -> Iterable[Note]:
        """The notes of the body, or of the person of a prefix."""
        return self._notes.get(holder, ())

    def list_sources_of_note(self, note: Note, holder: str = "") -> Iterator[tuple[Cell, ColumnReader]]:
        """The cells that a note is made of, with their columns."""
        sources = self._notes.get(holder, {}).get(note, [])
        for source in [sources] if isinstance(sources, int) else sources:
            yield self.find_cell((None, source, note.text)), self.readers[source & COLUMN_BITS]

    def note_cells(self, holder: str = "") -> tuple[Cell, ...]:
        """The cells that these notes are made of."""
        return tuple(cell for note in self.notes_of(holder) for cell, _ in self.list_sources_of_note(note, holder))

    @property
    def country(self) -> str | None:
        """The country that the list gives it."""
        country: str | None = self.first_value("country")
        return country

    @property
    def is_hidden(self) -> bool:
        """Whether its rows say no to publication, or that it is at risk, or leave either open."""
        risks = self.all_values("at_risk")
        return not all(self.all_values(TO_PUBLICATION)) or any(risk is not False for risk in risks)

    @property
    def keys(self) -> tuple[str, ...]:
        """What the list knows it by, the best first: its own key, or its name with its country."""
        named = f"name|{self._words}|{self.country or ''}"
        return (named,) if self.own_key is None else (f"own|{self.own_key}", named)

    def list_own_fields(self) -> Iterator[Extra]:
        """Each own field that the list gives."""
        for field in self.spoken.own_fields:
            if self.values.get(field) and (found := OWN_FIELD.fullmatch(field)):
                values = self.all_values(field)
                yield Extra({found[1]: {found[2]: values if find_parser(field, self.declared).many else values[0]}})

    # -- one cell ----------------------------------------------------------------------------------------------------

    def _parse_cell(self, cell: Cell, column: ColumnReader) -> None:
        parsed = column.read(cell.text)
        if parsed.guess and parsed.values:
            self.report_guess(cell, parsed.guess)
        field = column.find_field(self.terms, self.group, keys_are_of_persons=self.keys_are_of_persons)
        held, parser = self.values.get(field), column.parser
        if held and not parser.many and not _is_known(parsed, held, column.is_loose):
            second = self._choose_second_value(cell, column, parsed, self.values_of(field)[0])
            self._put_aside(importing.second_value_for_field, second.cell, second.column)
            if second.cell == cell:
                return
            self.drop_values(second)
        self._add_values(cell, column, parsed, field)
        number = cell.row << BELOW_ROW | cell.column
        if self.is_of_persons and field.startswith("person"):
            self._prefixes_of_cells[number] = field.partition(".")[0]
        if parsed.is_complete:
            self._outcomes[number] = column.number
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
            self._outcomes[number_cell(cell.row, cell.column)] = rule.code
        else:
            self.keep_in_notes(cell, column)
        self.add_finding(rule, cell, header=column.header, **params)

    def _choose_second_value(
        self, cell: Cell, column: ColumnReader, parsed: ParsedCell, held: SourcedValue
    ) -> SourcedValue:
        """Which of two values goes to the notes: the one that came later, or between rows of persons, the greater one.

        So what becomes of their organization does not hang on the order of the rows. Of answers that decide on what is
        shown the one that shows less stands.
        """
        order = column.parser.stands
        if order:
            return held if order.index(parsed.values[0]) < order.index(held.value) else SourcedValue(None, cell, column)
        is_between_rows = self.of is not ListKind.ORGANIZATIONS and held.cell.row != cell.row and parsed.is_complete
        if is_between_rows and str(parsed.values[0]) < str(held.value):
            return held
        return SourcedValue(parsed.values, cell, column)

    def _add_values(self, cell: Cell, column: ColumnReader, parsed: ParsedCell, field: str) -> None:
        held, source = self.values.get(field), number_cell(cell.row, column.number)
        if held is None and len(parsed.values) == 1:
            (value,) = parsed.values
            is_whole = value.__class__ is str and value == cell.text
            self.values[field] = (cell.text if is_whole else value, source, cell.text)
            return
        if held is None or isinstance(held, tuple):
            held = self.values[field] = [] if held is None else [held]
        if field.startswith("person") and field.endswith(".name"):
            said = [value for value, of, _ in held if of >> BELOW_ROW == cell.row]
            self.names_of_rows.setdefault((field, cell.row), said).extend(parsed.values)
        for value in parsed.values:
            same = next((at for at, (one, *_) in enumerate(held) if _is_same(value, one, column.is_loose)), None)
            if same is None:
                held.append((value, source, cell.text))
            elif column.is_loose:  # which of two spellings stands does not hang on the order of the rows
                held[same] = min(held[same], (value, source, cell.text), key=_rank_spelling)

    def map_names_by_language(self) -> dict[str, Any]:
        """The name in each language in which it is given."""
        fields = [field for field in self.spoken.names if self.values.get(field)]
        return {field.removeprefix("name."): self.first_value(field) for field in fields}


def _is_known(parsed: ParsedCell, held: HeldValue | list[HeldValue], is_text: bool) -> bool:
    """Whether a cell says the value that a field has."""
    first = held if isinstance(held, tuple) else held[0]
    return len(parsed.values) == 1 and _is_same(parsed.values[0], first[0], is_text)


def _is_same(one: Any, other: Any, is_text: bool) -> bool:
    """Whether two values are the same; words also but for capitals, accents and signs."""
    return bool(one == other) or (is_text and fold_to_words(one) == fold_to_words(other))


def _rank_spelling(held: HeldValue) -> tuple[bool, str]:
    """The better spelling first: not in capitals or small letters alone."""
    text: str = held[0]
    return text.isupper() or text.islower(), text
