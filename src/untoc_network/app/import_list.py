"""A member list to a register: every cell goes to a field, to the notes under its header, or into a finding."""

from __future__ import annotations

import itertools
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs

from untoc_network.diagnostics.codes import member_list_reimport as reimporting, member_lists as importing
from untoc_network.diagnostics.findings import Finding, Report
from untoc_network.matching.list_memory import make_list_name_from_file
from untoc_network.matching.reimport import list_taken_ids, reimport
from untoc_network.matching.reimport_log import ListEdit, Reimport
from untoc_network.model.extension import Extension, declare, require_extensions
from untoc_network.model.listed_record import ListedRecord
from untoc_network.model.organization_and_person import Organization
from untoc_network.model.register import Change, Register
from untoc_network.model.source import Source, SourceKind
from untoc_network.serializers.member_lists.cell_parsers import FIELD_PARSERS
from untoc_network.serializers.member_lists.column_mapping import (
    ID,
    KEY,
    NAMES,
    UNDETERMINED,
    SheetMapping,
    fold_header,
)
from untoc_network.serializers.member_lists.list_kind import ListKind
from untoc_network.serializers.member_lists.list_language import guess_language
from untoc_network.serializers.member_lists.listed_organization import Member, term_field
from untoc_network.serializers.member_lists.records import find_parents, make_listed_network, make_listed_records
from untoc_network.serializers.member_lists.sheet_files import read_cells
from untoc_network.serializers.member_lists.sheet_reading import (
    CappedFindings,
    Cell,
    CellFate,
    CellKind,
    CellPlace,
    Sheet,
)
from untoc_network.serializers.member_lists.table import (
    Column,
    SheetTable,
    TableRow,
    find_table,
    suggest_columns,
    suggest_headers,
)
from untoc_network.serializers.source.file_access import read_limited
from untoc_network.serializers.source.limits import Limits
from untoc_network.text.folding import fold_to_words
from untoc_network.text.slugs import FreeIdAllocator, make_slug
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.dates import PartialDate
from untoc_network.values.ids_and_codes import SourceId
from untoc_network.values.multilingual_text import Text
from untoc_network.values.sources_and_claims import Citation

__all__ = ["Imported", "import_bytes", "import_sheet"]


Progress = Callable[[int, int], None]


@attrs.frozen(kw_only=True)
class Imported:
    """What came of a member list.

    `register` is None where nothing could be read. `cells` tells for every cell that holds something where its content
    is now. `mapping` names what each column was taken for, ready to be written and corrected. `changes` are those
    against the register that was given, or against an empty one, and `edits` tell them field by field;
    `missing_from_list` are the ids of organizations and persons that the list had when it was last imported and that
    are no longer on it.
    """

    register: Register | None
    report: Report
    cells: tuple[CellFate, ...] = attrs.field(default=(), repr=False)
    mapping: SheetMapping = SheetMapping()
    changes: tuple[Change, ...] = attrs.field(default=(), repr=False)
    edits: tuple[ListEdit, ...] = attrs.field(default=(), repr=False)
    missing_from_list: tuple[str, ...] = attrs.field(default=(), repr=False)


@check_arguments
def import_sheet(  # noqa: PLR0913
    path: str | os.PathLike[str],
    *,
    mapping: SheetMapping = SheetMapping(),
    existing: Register | None = None,
    list: str | None = None,  # noqa: A002 - what users call it
    accept_consents: bool = False,
    limits: Limits = Limits(),
    progress: Progress | None = None,
    extensions: Iterable[Extension] = (),
) -> Imported:
    """Import a member list from a CSV file or a workbook; `-` is standard input. Never raises on content.

    With `existing`, the list is brought into that register, as a three-way merge with what it said last time: what it
    says as before changes nothing, what it says anew and nobody else changed is taken, and what it had last time and
    has not any more is told. `list` is what the register remembers it by; else it is the name of the file, without
    dates and numbers. `accept_consents` writes consents that somebody looked at: without it, a list may give one only
    to a purpose for which none was ever recorded. `progress` is called with the number of members that are done and
    that of all. `extensions` declare own fields, besides those that go with `existing`: a column goes to one where its
    header, or what a mapping names for it, is `extra.NAMESPACE.FIELD`.
    Raises `UnreadableInput` where the file cannot be opened, needs openpyxl that is not installed, or has no sheet of
    the wanted name.
    """
    name = os.fspath(path)
    file = "<stdin>" if name == "-" else name
    data = read_limited(name, limits)
    return import_bytes(
        data,
        file=file,
        mapping=mapping,
        existing=existing,
        list=list,
        accept_consents=accept_consents,
        limits=limits,
        progress=progress,
        extensions=extensions,
    )


@check_arguments
def import_bytes(  # noqa: PLR0913
    data: bytes,
    *,
    file: str | None = None,
    mapping: SheetMapping = SheetMapping(),
    existing: Register | None = None,
    list: str | None = None,  # noqa: A002 - what users call it
    accept_consents: bool = False,
    limits: Limits = Limits(),
    progress: Progress | None = None,
    extensions: Iterable[Extension] = (),
) -> Imported:
    """Import a member list from the bytes of a CSV file or a workbook, as `import_sheet` does.

    `file` is how findings call it. Nothing is written: what would change is in `edits`.
    """
    mapping = mapping if list is None else attrs.evolve(mapping, list=list)
    sheet, readable = read_cells(data, file=file, limits=limits, sheet=mapping.sheet, encoding=mapping.encoding)
    if not readable:
        return Imported(register=None, report=Report(sheet.findings), mapping=mapping)
    known = () if existing is None else existing.extensions
    existing = attrs.evolve(existing or Register(), extensions=require_extensions((*known, *extensions)))
    table = find_table(sheet, mapping)
    if table is None:
        return _report_missing_headers(sheet, mapping, limits)
    if table.of in (ListKind.PERSONS, ListKind.PARTICIPANTS):
        mapping = attrs.evolve(
            mapping, constants={_name_constant_of_persons(f): t for f, t in mapping.constants.items()}
        )
    mapping, told = _settle_language(sheet, mapping, table, existing)
    table = attrs.evolve(table, findings=(*table.findings, *told))
    importing_ = _ListImport(
        sheet, mapping, table, existing=existing, limits=limits, data=data, accept_consents=accept_consents
    )
    return importing_.run(progress)


def _settle_language(
    sheet: Sheet, mapping: SheetMapping, table: SheetTable, existing: Register
) -> tuple[SheetMapping, tuple[Finding, ...]]:
    """The language of the names: as the mapping says, as last time, or as the names look; told as a guess."""
    if mapping.language != UNDETERMINED:
        return mapping, ()
    list_name = mapping.list or make_list_name_from_file(sheet.file)
    last_time = existing.by_id.get(make_source_id(list_name))
    if isinstance(last_time, Source):
        return attrs.evolve(mapping, language=next(iter(last_time.title))), ()
    named = {number for number, column in table.columns.items() if column.target.field == "name"}
    names = (cell.text for line in table.lines for cell in line.own if cell.column in named)
    language = guess_language(names, (cell.text for cell in table.header))
    if language is None:
        return mapping, ()
    row, column = table.header[0].row, min(named)
    told = {"place": sheet.reference(row, column), "guess": "language", "language": language}
    return attrs.evolve(mapping, language=language), (sheet.finding(importing.assumption_made, row, column, **told),)


def _name_constant_of_persons(field: str) -> str:
    """In a list of persons, what is said of consents is said of those of the persons."""
    return f"person.{field}" if field.startswith("consent.") else field


def make_source_id(list_name: str) -> str:
    """The id of the source that stands for a list, unless something else has it."""
    return f"sheet-{make_slug(list_name)}"


def _report_missing_headers(sheet: Sheet, mapping: SheetMapping, limits: Limits) -> Imported:
    """Nothing but findings, and a mapping of the likely headers for somebody to complete."""
    finding = sheet.finding(importing.no_header_row, min(sheet.rows, default=1))
    told = CappedFindings(limits.max_findings)
    told.add(*sheet.findings, finding)
    cells = (cell for cells in sheet.rows.values() for cell in cells)
    return Imported(
        register=None,
        report=Report(told.report(sheet)),
        cells=tuple(_set_cells_aside(cells, finding.code)),
        mapping=suggest_headers(sheet, mapping),
    )


def _set_cells_aside(cells: Iterable[Cell], code: str) -> Iterator[CellFate]:
    return (CellFate(row=cell.row, column=cell.column, place=CellPlace.FINDING, what=code) for cell in cells)


class _ListImport:
    """One import: rows to members, members to records, records to a register."""

    def __init__(  # noqa: PLR0913
        self,
        sheet: Sheet,
        mapping: SheetMapping,
        table: SheetTable,
        *,
        existing: Register,
        limits: Limits,
        data: bytes,
        accept_consents: bool,
    ) -> None:
        self.sheet, self.mapping, self.table = sheet, mapping, table
        self.existing, self.declared = existing, declare(existing.extensions)
        self.data, self.accept_consents = data, accept_consents
        self.list_name = mapping.list or make_list_name_from_file(sheet.file)
        self.ids = FreeIdAllocator(dict.fromkeys(list_taken_ids(self.existing), type(None)))
        self.findings = CappedFindings(limits.max_findings)
        self.findings.add(*sheet.findings, *table.findings)
        self.cell_outcomes = [
            *self._list_header_outcomes(),
            *_set_cells_aside(table.aside, importing.row_not_a_member.code),
        ]

    def run(self, progress: Progress | None) -> Imported:
        members = self._make_members()
        parents = find_parents(members, self.existing)
        source = self._make_source()
        listed = [ListedRecord(record=source, keys=(source.id,), stated_id=source.id)]
        citations = (Citation(source_id=source.id),)
        network = make_listed_network(self.mapping, self.existing, (one.country for one in members), citations)
        listed += [] if network is None else [network]
        for number, member in enumerate(members, start=1):
            listed += make_listed_records(member, self.ids, citations)
            if progress is not None:
                progress(number, len(members))
        done = reimport(
            self.existing,
            listed,
            list_name=self.list_name,
            seed=self.data,
            headers=(fold_header(cell.text) for cell in self.table.header),
            accept_consents=self.accept_consents,
        )
        self._report_findings(members, parents, done)
        return Imported(
            register=done.register,
            report=Report(self.findings.report(self.sheet)),
            cells=self._list_cell_outcomes(done),
            mapping=suggest_columns(self.table, self.mapping),
            changes=done.changes,
            edits=done.edits,
            missing_from_list=done.missing_from_list,
        )

    def _report_findings(
        self, members: Iterable[Member], parents: Iterable[tuple[Member, Cell, str]], done: Reimport
    ) -> None:
        """What was found, member by member, and then what the register has to say."""
        for member, cell, parent in parents:
            member.report_guess(cell, "organization", id=done.ids.get(parent) or parent)
        for member in members:
            new_id = done.ids.get(member.id)
            if new_id not in (None, member.wanted, member.first_value(ID)) and new_id not in self.existing.by_id:
                member.report_guess(member.name, "id-taken", id=str(new_id))
            self.findings.add(*member.findings)
            outcomes = member.cell_outcomes.values()
            self.cell_outcomes += (
                outcomes if new_id == member.id else (attrs.evolve(fate, record_id=new_id) for fate in outcomes)
            )
        self.findings.add(*(finding.with_location(file=self.sheet.file) for finding in done.findings))

    def _list_cell_outcomes(self, done: Reimport) -> tuple[CellFate, ...]:
        """What became of each cell; of those that were left out, a finding tells."""
        out = {(left.place.location.line, left.place.location.column): left.code for left in done.left_out}
        for at, fate in enumerate(self.cell_outcomes):
            if code := out.get((fate.row, fate.column)):
                self.cell_outcomes[at] = attrs.evolve(fate, place=CellPlace.FINDING, what=code, record_id=None)
        return tuple(sorted(self.cell_outcomes, key=lambda fate: (fate.row, fate.column)))

    def _list_header_outcomes(self) -> Iterator[CellFate]:
        for cell in self.table.header:
            what = str(self.table.columns[cell.column].target)
            yield CellFate(row=cell.row, column=cell.column, place=CellPlace.HEADER, what=what)

    def _make_source(self) -> Source:
        name = Path(self.sheet.file or "member list").name
        held: dict[str, type[Any]] = {record.id: type(record) for record in self.existing}
        slug = FreeIdAllocator(held).give(make_source_id(self.list_name), Source)
        return Source(id=SourceId(slug), title=Text({self.mapping.language: name}), kind=SourceKind.DOCUMENT)

    # -- members -----------------------------------------------------------------------------------------------------

    def _make_members(self) -> list[Member]:
        """One member for each name; rows that a merged name reaches over are one member's, and so are its terms."""
        members: list[Member] = []
        by_name: dict[tuple[int, int], Member] = {}
        namesakes = defaultdict[tuple[str, ...], list[Member]](list)
        keyed = any(column.target.field == KEY for column in self.table.columns.values())
        is_looked_for = keyed or self.mapping.network is not None
        for line in self.table.lines:
            name = self._find_name_cell(line)
            if name is None:
                self._leave_row_out(line)
                continue
            if name.position not in by_name:
                earlier = namesakes[fold_to_words(name.text)] if is_looked_for else []
                by_name[name.position] = self._find_same_member(earlier, line, name) or self._make_member(line, name)
            member = by_name[name.position]
            if member not in namesakes[fold_to_words(name.text)]:
                namesakes[fold_to_words(name.text)].append(member)
                members.append(member)
            self._fill_from_row(member, line)
        spoken = {_find_field_of_column(column, self.mapping.language) for column in self.table.columns.values()}
        spoken |= {*self.mapping.constants}
        headings = {column.header for column in self.table.columns.values()}
        for member in members:
            member.spoken_fields, member.note_headings = spoken, headings
            member.own_key = member.first_value(KEY)
        self._drop_shared_keys(members)
        return members

    def _find_same_member(self, earlier: Sequence[Member], line: TableRow, name: Cell) -> Member | None:
        """The member of an earlier row of this name: with the same key, or the country and another term."""
        if not earlier:
            return None
        term = Member("", self.sheet, self.mapping, name, self.declared)
        self._fill_from_row(term, line)
        for member in earlier:
            key, is_term = member.first_value(KEY), _are_separate_terms(member, term)
            if key == term.first_value(KEY) and (key is not None or (is_term and member.keys == term.keys)):
                member.terms += is_term
                return member
        return None

    def _drop_shared_keys(self, members: Iterable[Member]) -> None:
        """A key that rows of two names have is no key."""
        holders: dict[str, list[Member]] = {}
        for member in members:
            if member.own_key is not None:
                holders.setdefault(member.own_key, []).append(member)
        for member in itertools.chain.from_iterable(twins for twins in holders.values() if len(twins) > 1):
            member.own_key = None
            position = member.values_of(KEY)[0].cell.position
            place = self.sheet.reference(*position)
            member.findings.append(self.sheet.finding(reimporting.duplicate_row_key, *position, place=place))

    def _find_name_cell(self, line: TableRow) -> Cell | None:
        """The cell that names the organization: its plain name, else its name in a language."""
        found = {
            self.table.columns[cell.column].target.field: cell
            for cell in reversed(line.cells)
            if cell.kind is CellKind.VALUE
        }
        return next((found[field] for field in NAMES if field in found), None)

    def _leave_row_out(self, line: TableRow) -> None:
        rule = importing.row_without_organization
        self.findings.add(self.sheet.finding(rule, line.number, row=line.number, cells=len(line.own)))
        self.cell_outcomes += _set_cells_aside(line.own, rule.code)

    def _make_member(self, line: TableRow, name: Cell) -> Member:
        slug = make_slug(name.text)
        given = self.ids.give(slug, Organization, self._find_country(line))
        return Member(given, self.sheet, self.mapping, name, self.declared)

    def _find_country(self, line: TableRow) -> str | None:
        texts = [cell.text for cell in line.cells if self.table.columns[cell.column].target.field == "country"]
        values = FIELD_PARSERS["country"].parse(texts[0], None).values if texts else ()
        values = values or self.mapping.constant_values.get("country", ())
        return values[0] if values else None

    def _fill_from_row(self, member: Member, line: TableRow) -> None:
        """Give a member the cells of a row; those that are lent by an earlier row were counted there."""
        before = dict(member.cell_outcomes)
        for cell in line.cells:
            member.take_cell(cell, self.table.columns[cell.column])
        for cell in line.lent:
            member.cell_outcomes.pop(cell.position, None)
            if cell.position in before:
                member.cell_outcomes[cell.position] = before[cell.position]


def _find_field_of_column(column: Column, language: str) -> str:
    """The field that a column gives; a plain name is that in the language of the list."""
    field = str(column.target)
    return f"name.{language}" if field == "name" else field


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
