"""Whose row each is: rows to organizations with their persons, to persons alone, and to nobody.

In a list of persons, of contacts or of participants, rows of one name and country are of one organization; in one of
organizations only those are that a merged name, a key or terms of membership join. A row that names a person and no
organization is a person alone, and so is one whose name is that of a person: no organization is made of one.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from untoc_network.diagnostics.codes import member_list_reimport as reimporting, member_lists as importing
from untoc_network.diagnostics.findings import Finding
from untoc_network.model.extension import OwnFields
from untoc_network.model.organization_and_person import Organization, Person
from untoc_network.serializers.member_lists.cell_content import CellSort, find_sorts, is_name_of_person
from untoc_network.serializers.member_lists.cell_parsers import FIELD_PARSERS
from untoc_network.serializers.member_lists.column_mapping import (
    CONSENT_PARTS,
    KEY,
    NAMES,
    NOTE,
    TO_PUBLICATION,
    ColumnTarget,
    SheetMapping,
)
from untoc_network.serializers.member_lists.column_reader import ColumnReader, term_field
from untoc_network.serializers.member_lists.hung_content import report_hung_content
from untoc_network.serializers.member_lists.list_kind import LISTS_OF_PERSONS, PERSON_NAMES, ListKind
from untoc_network.serializers.member_lists.listed_organization import Member, is_body_field
from untoc_network.serializers.member_lists.sheet_reading import (
    Cell,
    CellKind,
    HungContent,
    Place,
    Sheet,
)
from untoc_network.serializers.member_lists.spoken_fields import SpokenFields
from untoc_network.serializers.member_lists.table import Column, SheetTable, TableRow
from untoc_network.serializers.member_lists.vocabulary import individuals, no_names
from untoc_network.text.folding import fold, fold_to_words
from untoc_network.text.slugs import FreeIdAllocator, make_slug
from untoc_network.values.dates import PartialDate

__all__ = ["ListedMembers", "make_members"]


@attrs.frozen(kw_only=True)
class ListedMembers:
    """The members of a list, what it is of after all, and the rows that name nobody."""

    members: tuple[Member, ...]
    of: ListKind
    findings: tuple[Finding, ...]
    left_out: tuple[Cell, ...]
    """Cells of which a finding tells that their rows name nobody."""


@attrs.frozen(kw_only=True)
class _Row:
    """A row as it is read: the cell that names the organization, the persons that it names, and its columns.

    `guess` is what was concluded of it, as a key of the phrases of IM010, about the cell `at`.
    """

    line: TableRow
    columns: Mapping[int, ColumnReader]
    name: Cell | None
    persons: Mapping[str, str]
    words_of_persons: Mapping[str, tuple[str, ...]]
    """The words of their names, by the prefixes of their columns."""
    words: tuple[str, ...] = ()
    """The words of the organization's name."""
    country: str = ""
    """The country of the organization, if it is known."""
    guess: str | None = None
    at: Cell | None = None

    def texts(self, *fields: str) -> Iterator[str]:
        """The texts of its cells in the columns of some fields."""
        return (cell.text for cell in self.line.cells if self.columns[cell.column].field in fields)


def make_members(
    sheet: Sheet, mapping: SheetMapping, table: SheetTable, ids: FreeIdAllocator, declared: OwnFields
) -> ListedMembers:
    """The members of a list, each with its cells."""
    return _RowSorting(sheet, mapping, table, ids, declared).run()


_ALONE = frozenset({"email", "phone", *(f"consent.{part}" for part in CONSENT_PARTS)})
_ALSO_ALONE = {"messaging": "person.phone"}
"""What is the person's in a row that is about nobody else."""
_TELLING_OF_BODIES = ("kind", "acronym", "website", "founded", "dissolved", "identifier", "parent", "alias", "flags")


class _RowSorting:
    """One walk through the rows of a list."""

    def __init__(
        self, sheet: Sheet, mapping: SheetMapping, table: SheetTable, ids: FreeIdAllocator, declared: OwnFields
    ) -> None:
        self.sheet, self.mapping, self.table, self.ids, self.declared = sheet, mapping, table, ids, declared
        self.of = table.of
        self.findings: list[Finding] = []
        self.left_out: list[Cell] = []
        self.members: list[Member] = []
        self.alone: dict[object, Member] = {}
        """Persons without an organization, by their names and addresses."""
        self.hung = defaultdict[int, list[tuple[Place, tuple[HungContent, ...]]]](list)
        for place, contents in sheet.hung.items():
            self.hung[place[0]].append((place, contents))
        self.columns = {number: ColumnReader(column, mapping, declared) for number, column in table.columns.items()}
        individual = self._columns_alone(individual=True)
        self.columns_alone = {True: individual, False: self._columns_alone(individual=False)}
        self.readers = tuple(
            dict.fromkeys(
                reader for columns in (self.columns, *self.columns_alone.values()) for reader in columns.values()
            )
        )
        for number, reader in enumerate(self.readers):
            reader.number = number
        self.spoken = {False: self._list_spoken_fields(self.columns), True: self._list_spoken_fields(individual)}
        """The fields that the list speaks of, of organizations and of persons alone."""
        self.countries: dict[str, str] = {}
        self.individual: dict[str, bool] = {}
        """Which kinds of members are those of persons, by what cells say."""
        self.kinds = {number for number, column in table.columns.items() if _is_kind(column)}
        self.naming = {number for number, reader in self.columns.items() if reader.field in NAMES}
        self.no_names = no_names(of_bodies=self.of in LISTS_OF_PERSONS)

    def run(self) -> ListedMembers:
        """Read the rows, see what the list is of, and give each row to its member."""
        rows = self._read_rows()
        self._see_whether_contacts(rows)
        if self.of is ListKind.ORGANIZATIONS:
            self._join_rows_of_organizations(rows)
        else:
            self._join_rows_of_persons(rows)
        for member in self.members:
            member.own_key = member.first_value(KEY)
        kept = {one for member in self.members for one in member.hung_kept}
        self.findings += report_hung_content(self.sheet, kept)
        self._drop_shared_keys(self.members)
        self._doubt_namesakes_of_hidden()
        return ListedMembers(
            members=tuple(self.members),
            of=self.of,
            findings=tuple(self.findings),
            left_out=tuple(self.left_out),
        )

    # -- columns -----------------------------------------------------------------------------------------------------

    def _columns_alone(self, *, individual: bool) -> Mapping[int, ColumnReader]:
        """The columns of a row about a person alone; of an individual member, the name is the person's."""

        def change(reader: ColumnReader) -> ColumnReader:
            if individual and reader.field in NAMES:
                return self._retarget(reader, "person.name")
            if not is_body_field(reader.field):
                return reader
            field = f"person.{reader.field}" if reader.field in _ALONE else _ALSO_ALONE.get(reader.field, NOTE)
            return self._retarget(reader, field)

        return {number: change(reader) for number, reader in self.columns.items()}

    def _retarget(self, reader: ColumnReader, field: str) -> ColumnReader:
        column = attrs.evolve(reader.column, target=ColumnTarget(field))
        return ColumnReader(column, self.mapping, self.declared)

    def _list_spoken_fields(self, columns: Mapping[int, ColumnReader]) -> SpokenFields:
        """A plain name is spoken of in the language of the list."""
        fields = (reader.path for reader in columns.values())
        named = (f"name.{self.mapping.language}" if field == "name" else field for field in fields)
        return SpokenFields((*named, *self.mapping.constants), (reader.header for reader in columns.values()))

    # -- rows --------------------------------------------------------------------------------------------------------

    def _read_rows(self) -> list[_Row]:
        rows = []
        for line in self.table.lines:
            row = self._read_row(line)
            guess = self._find_reason_to_be_alone(row)
            if (guess is None and row.name is None) or (guess == "personal-body" and not row.persons):
                self._leave_out(line)
            elif guess is None:
                rows.append(row)
            else:
                alone = self.columns_alone[guess in ("individual", "personal-name")]
                at = row.name or line.cells[0]
                told = guess if guess != "nobodys" else None
                persons = _name_persons(line, alone)
                words = _fold_names(persons)
                rows.append(
                    _Row(
                        line=line, columns=alone, name=None, persons=persons, words_of_persons=words, guess=told, at=at
                    )
                )
        return rows

    def _read_row(self, line: TableRow) -> _Row:
        name, words = self._find_name(line)
        persons = _name_persons(line, self.columns)
        return _Row(
            line=line,
            columns=self.columns,
            name=name,
            persons=persons,
            words_of_persons=_fold_names(persons),
            words=words,
            country=self._find_country(line),
        )

    def _find_country(self, line: TableRow) -> str:
        for cell in line.cells:
            if self.columns[cell.column].field == "country":
                if cell.text not in self.countries:
                    self.countries[cell.text] = next(iter(FIELD_PARSERS["country"].parse(cell.text, None).values), "")
                if self.countries[cell.text]:
                    return self.countries[cell.text]
        return ""

    def _find_name(self, line: TableRow) -> tuple[Cell | None, tuple[str, ...]]:
        """The cell that names the organization: its plain name, else its name in a language; no sign, no `n/a`.

        And the words of the name.
        """
        found = {
            self.columns[cell.column].field: cell
            for cell in reversed(line.cells)
            if cell.column in self.naming and cell.kind is CellKind.VALUE and any(map(str.isalpha, cell.text))
        }
        for field in NAMES:
            if field in found and " ".join(words := fold_to_words(found[field].text)) not in self.no_names:
                return found[field], words
        return None, ()

    def _find_reason_to_be_alone(self, row: _Row) -> str | None:
        """Why a row is about a person alone, a key of the phrases of IM010; None where it is not."""
        is_individual = self.of not in LISTS_OF_PERSONS and any(
            self._is_individual(cell.text) for cell in row.line.cells if cell.column in self.kinds
        )
        if row.name is None:
            return self._find_reason_of_nobodys(row, is_individual=is_individual)
        is_same_name = {*row.words} == {*itertools.chain.from_iterable(row.words_of_persons.values())}
        if self.of in LISTS_OF_PERSONS:
            return "personal-body" if is_same_name or is_name_of_person(row.name.text) else None
        if is_same_name and len(row.words) > 1 and CellSort.BODY not in find_sorts(row.name.text):
            return "same-name"
        if is_individual:
            return "individual"
        is_said = self.mapping.of is not None or row.persons or any(True for _ in row.texts(*_TELLING_OF_BODIES))
        if is_said or not is_name_of_person(row.name.text):
            return None
        mailboxes = (CellSort.MAILBOX in find_sorts(text) for text in row.texts("email"))
        return None if any(mailboxes) else "personal-name"

    def _is_individual(self, kind: str) -> bool:
        if kind not in self.individual:
            self.individual[kind] = fold(kind) in individuals()
        return self.individual[kind]

    def _find_reason_of_nobodys(self, row: _Row, *, is_individual: bool) -> str | None:
        """Why a row without an organization is about a person; in a list of organizations it may be a mistake."""
        if not row.persons:
            return None
        if is_individual:
            return "individual"
        if self.of is ListKind.ORGANIZATIONS:
            return None
        return "nobodys" if self.of in LISTS_OF_PERSONS else "person-without-body"

    def _leave_out(self, line: TableRow) -> None:
        rule = importing.row_without_organization
        what = "body" if self.of is ListKind.ORGANIZATIONS else "anybody"
        self.findings.append(self.sheet.finding(rule, line.number, row=line.number, cells=len(line.own), what=what))
        self.left_out += line.own

    # -- what the list is of -----------------------------------------------------------------------------------------

    def _see_whether_contacts(self, rows: Sequence[_Row]) -> None:
        """A list of organizations in which most that have several rows differ in persons alone is one of contacts."""
        if self.of is not ListKind.ORGANIZATIONS or self.mapping.of is not None:
            return
        named = defaultdict[tuple[object, ...], list[_Row]](list)
        for row in rows:
            if row.name is not None and row.persons:
                named[row.words, row.country].append(row)
        several = [group for group in named.values() if len({row.line.number for row in group}) > 1]
        alike = sum(_differ_in_persons_alone(group) for group in several)
        if alike and 2 * alike >= len(several):
            self.of = ListKind.CONTACTS
            row_number = self.table.header[0].row
            told = {"kind": ListKind.CONTACTS, "reason": "repeated"}
            self.findings.append(self.sheet.finding(importing.assumed_list_kind, row_number, **told))

    # -- rows to members ---------------------------------------------------------------------------------------------

    def _join_rows_of_organizations(self, rows: Sequence[_Row]) -> None:
        """One member for each name; rows that a merged name reaches over are one member's, and so are its terms."""
        by_name: dict[tuple[int, int], Member] = {}
        namesakes = defaultdict[tuple[str, ...], list[Member]](list)
        keyed = any(column.target.field == KEY for column in self.table.columns.values())
        is_looked_for = keyed or self.mapping.network is not None
        for row in rows:
            if row.name is None:
                self._fill(self._find_person_alone(row), row)
                continue
            if row.name.position not in by_name:
                earlier = namesakes[row.words] if is_looked_for else []
                by_name[row.name.position] = self._find_same_member(earlier, row) or self._make_member(row)
            member = by_name[row.name.position]
            if is_looked_for and member not in namesakes[row.words]:
                namesakes[row.words].append(member)
            self._fill(member, row)

    def _join_rows_of_persons(self, rows: Sequence[_Row]) -> None:
        """One member for each name and country; where only one country is said, also those that say none."""
        countries = defaultdict[tuple[str, ...], set[str]](set)
        for row in rows:
            countries[row.words] |= {row.country} - {""}
        by_place: dict[object, Member] = {}
        for row in rows:
            if row.name is None:
                self._fill(self._find_person_alone(row), row)
                continue
            said = countries[row.words]
            key = (row.words, row.country or (next(iter(said)) if len(said) == 1 else ""))
            member = by_place.get(row.name.position) or by_place.get(key)
            if member is None:
                member = by_place[key] = self._make_member(row)
            elif self.mapping.network is not None:
                member.terms += _are_separate_terms(member, self._read_alone(row))
            by_place[row.name.position] = member
            self._fill(member, row)

    def _find_person_alone(self, row: _Row) -> Member:
        """The person of this name and address, or a new one: nothing else tells that two of a name are one."""
        addresses = tuple(sorted(text.casefold() for text in row.texts("person.email")))
        names = sorted(" ".join(sorted(words)) for words in row.words_of_persons.values())
        key = (tuple(names), addresses) if addresses else object()
        if key not in self.alone:
            self.alone[key] = self._make(self.ids.give("person", Person, numbered=True), None)
            self.members.append(self.alone[key])
        return self.alone[key]

    def _find_same_member(self, earlier: Sequence[Member], row: _Row) -> Member | None:
        """The member of an earlier row of this name: with the same key, or the country and another term."""
        if not earlier:
            return None
        term = self._read_alone(row)
        for member in earlier:
            key, is_term = member.first_value(KEY), _are_separate_terms(member, term)
            if key == term.first_value(KEY) and (key is not None or (is_term and member.keys == term.keys)):
                member.terms += is_term
                return member
        return None

    def _read_alone(self, row: _Row) -> Member:
        """What a row says, apart from all others."""
        member = self._make("", row.name, words=row.words)
        self._fill(member, row)
        return member

    def _make_member(self, row: _Row) -> Member:
        wanted = make_slug(row.name.text if row.name is not None else "", row.words)
        country = row.country or next(iter(self.mapping.constant_values.get("country", ())), None)
        member = self._make(self.ids.give(wanted, Organization, country), row.name, wanted, row.words)
        self.members.append(member)
        return member

    def _make(self, record_id: str, name: Cell | None, wanted: str = "person", words: tuple[str, ...] = ()) -> Member:
        return Member(
            record_id,
            self.sheet,
            self.mapping,
            name,
            self.readers,
            words=words,
            wanted=wanted,
            spoken=self.spoken[name is None],
            declared=self.declared,
            of=self.of,
            keys_are_of_persons=self.of is not ListKind.ORGANIZATIONS or name is None,
        )

    def _fill(self, member: Member, row: _Row) -> None:
        """Give a member the cells of a row; those that are lent by an earlier row were counted there."""
        member.begin_row(row.line.number, row.words_of_persons, is_continued=row.name in row.line.lent)
        member.take_cells(row.line.cells, row.columns, row.line.lent)
        for place, contents in self.hung.get(row.line.number, ()):
            if (column := row.columns.get(place[1])) is not None:
                member.take_hung_content(place, column, contents)
        if row.guess is not None and row.at is not None:
            member.report_guess(row.at, row.guess)

    def _drop_shared_keys(self, members: Iterable[Member]) -> None:
        """A key that rows of two names have is no key."""
        holders: dict[str, list[Member]] = {}
        for member in members:
            if member.own_key is not None:
                holders.setdefault(member.own_key, []).append(member)
        for member in itertools.chain.from_iterable(twins for twins in holders.values() if len(twins) > 1):
            member.own_key = None
            cell = member.values_of(KEY)[0].cell
            member.add_remark(reimporting.duplicate_row_key, cell, "place")

    def _doubt_namesakes_of_hidden(self) -> None:
        """Whoever may be another of the same name that is not to be shown is not shown either.

        Two contacts of one body answer in two rows, and one of them says no: the other row must not show its name.
        """
        by_words = defaultdict[str, list[Member]](list)
        for member in self.members:
            if member.has_name:
                by_words[member.folded_name].append(member)
        for namesakes in by_words.values():
            hidden = {one.country for one in namesakes if one.is_hidden} if len(namesakes) > 1 else set()
            for one in namesakes if hidden else ():
                may_be_hidden = one.country is None or not hidden.isdisjoint((None, one.country))
                one.is_doubted = may_be_hidden and not one.is_hidden
                if one.is_doubted and one.name is not None and not one.all_values(TO_PUBLICATION):
                    one.report_guess(one.name, "namesake-hidden")


# -- columns ---------------------------------------------------------------------------------------------------------


def _is_kind(column: Column) -> bool:
    return column.wanted is not None and column.wanted.field in ("kind", "member.class")


# -- rows ------------------------------------------------------------------------------------------------------------


def _name_persons(line: TableRow, columns: Mapping[int, ColumnReader]) -> Mapping[str, str]:
    """The persons that a row names, by the prefixes of their columns."""
    named: dict[str, list[str]] = {}
    for cell in line.cells:
        reader = columns[cell.column]
        is_name = reader.field in PERSON_NAMES and cell.kind is CellKind.VALUE
        if is_name and "@" not in cell.text and any(map(str.isalpha, cell.text)):
            named.setdefault(reader.path.partition(".")[0], []).append(cell.text)
    return {prefix: " ".join(texts) for prefix, texts in named.items()}


def _fold_names(persons: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    return {prefix: fold_to_words(name) for prefix, name in persons.items()}


def _differ_in_persons_alone(rows: Sequence[_Row]) -> bool:
    """Whether rows of one organization name different persons, and say nothing of it that differs."""
    said: dict[str, set[tuple[str, ...]]] = {}
    for row in rows:
        for cell in row.line.cells:
            field = row.columns[cell.column].field
            if field in FIELD_PARSERS and not FIELD_PARSERS[field].many and is_body_field(field):
                said.setdefault(field, set()).add(fold_to_words(cell.text))
    persons = {tuple(sorted(row.persons.items())) for row in rows}
    return len(persons) == len(rows) and all(len(texts) == 1 for texts in said.values())


def _are_separate_terms(one: Member, other: Member) -> bool:
    """Whether two rows of one member tell of two terms: the one had surely ended before the other began."""
    first, second = (
        [
            tuple(row.first_value(term_field(f"member.{part}", term)) for part in ("since", "until"))
            for term in range(1, row.terms + 1)
        ]
        for row in (one, other)
    )
    return all(
        _surely_ended_before(mine, theirs) or _surely_ended_before(theirs, mine) for mine in first for theirs in second
    )


def _surely_ended_before(one: tuple[PartialDate | None, ...], other: tuple[PartialDate | None, ...]) -> bool:
    return one[1] is not None and other[0] is not None and one[1].certainly_before(other[0])
