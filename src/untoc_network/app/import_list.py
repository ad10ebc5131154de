"""A member list to a register: every cell goes to a field, to the notes under its header, or into a finding."""

from __future__ import annotations

import functools
import itertools
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import attrs

from untoc_network.diagnostics.codes import member_lists as importing
from untoc_network.diagnostics.findings import Finding, Report
from untoc_network.matching.list_memory import make_list_name_from_file
from untoc_network.matching.reimport import list_taken_ids, reimport
from untoc_network.matching.reimport_log import ListEdit, Reimport
from untoc_network.model.extension import Extension, declare, require_extensions
from untoc_network.model.listed_record import ListedRecord
from untoc_network.model.organization_and_person import Organization
from untoc_network.model.register import Change, Register
from untoc_network.model.source import Source, SourceKind
from untoc_network.privacy.withheld_records import is_listed_with_persons
from untoc_network.serializers.member_lists.attendance import (
    find_attended_events,
    find_event_of_list,
    make_event_records,
    tell_why_no_event,
)
from untoc_network.serializers.member_lists.column_mapping import ID, UNDETERMINED, SheetMapping, fold_header
from untoc_network.serializers.member_lists.hung_content import report_hung_content
from untoc_network.serializers.member_lists.list_kind import LISTS_OF_PERSONS
from untoc_network.serializers.member_lists.list_language import guess_language
from untoc_network.serializers.member_lists.listed_organization import Member
from untoc_network.serializers.member_lists.records import (
    drop_shared_keys,
    find_parents,
    find_refusals_by_name,
    make_listed_network,
    make_listed_records,
)
from untoc_network.serializers.member_lists.rows_to_members import make_members
from untoc_network.serializers.member_lists.sheet_files import read_cells
from untoc_network.serializers.member_lists.sheet_reading import (
    CappedFindings,
    Cell,
    CellFate,
    CellOutcomes,
    CellPlace,
    Sheet,
)
from untoc_network.serializers.member_lists.table import SheetTable, find_table, suggest_columns, suggest_headers
from untoc_network.serializers.member_lists.whole_columns import gather_whole_columns
from untoc_network.serializers.source.file_access import read_limited
from untoc_network.serializers.source.limits import Limits
from untoc_network.text.slugs import FreeIdAllocator, make_slug
from untoc_network.values.argument_checks import check_arguments
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
    _cells: Iterable[CellFate] = attrs.field(default=(), repr=False, eq=tuple)
    mapping: SheetMapping = SheetMapping()
    changes: tuple[Change, ...] = attrs.field(default=(), repr=False)
    edits: tuple[ListEdit, ...] = attrs.field(default=(), repr=False)
    missing_from_list: tuple[str, ...] = attrs.field(default=(), repr=False)

    @functools.cached_property
    def cells(self) -> tuple[CellFate, ...]:
        """What became of each cell, in the order of rows and columns; made when it is first asked for."""
        return tuple(self._cells)


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
    sheet, readable = read_cells(data, file=file, limits=limits, mapping=mapping)
    if not readable:
        return Imported(register=None, report=Report(sheet.findings), mapping=mapping)
    known = () if existing is None else existing.extensions
    existing = attrs.evolve(existing or Register(), extensions=require_extensions((*known, *extensions)))
    table = find_table(sheet, mapping)
    if table is None:
        return _report_missing_headers(sheet, mapping, limits)
    if table.of in LISTS_OF_PERSONS:
        mapping = attrs.evolve(
            mapping, constants={_name_constant_of_persons(f): t for f, t in mapping.constants.items()}
        )
    mapping, told = _settle_language(sheet, mapping, table, existing)
    table = attrs.evolve(table, findings=(*table.findings, *told))
    importing_ = _ListImport(
        sheet, mapping, table, existing=existing, limits=limits, data=data, accept_consents=accept_consents
    )
    del sheet, table  # whose rows are let go once they are members
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
    told.add(*sheet.findings, finding, *report_hung_content(sheet))
    outcomes = CellOutcomes()
    outcomes.add_all(itertools.chain.from_iterable(sheet.rows.values()), CellPlace.FINDING, finding.code)
    return Imported(
        register=None,
        report=Report(told.report(sheet)),
        cells=outcomes,
        mapping=suggest_headers(sheet, mapping),
    )


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
        named = (make_source_id(self.list_name), mapping.network, mapping.event)
        taken = (*list_taken_ids(self.existing), *(one for one in named if one is not None))
        self.ids = FreeIdAllocator(dict.fromkeys(taken, type(None)))
        self.findings = CappedFindings(limits.max_findings)
        self.findings.add(*sheet.findings, *table.findings)
        self.outcomes = CellOutcomes()
        for cell in table.header:
            self.outcomes.add_all([cell], CellPlace.HEADER, str(table.columns[cell.column].target))
        for code, cells in table.aside.items():
            self.outcomes.add_all(cells, CellPlace.FINDING, code)

    def run(self, progress: Progress | None) -> Imported:
        lines, self.table = self.table.lines, attrs.evolve(self.table, lines=(), aside={})
        self.sheet = attrs.evolve(self.sheet, rows={})
        listing = make_members(self.sheet, self.mapping, attrs.evolve(self.table, lines=lines), self.ids, self.declared)
        del lines
        self.findings.add(*listing.findings)
        self.outcomes.add_all(listing.left_out, CellPlace.FINDING, importing.row_without_organization.code)
        members, table = [*listing.members], attrs.evolve(self.table, of=listing.of)
        del listing
        parents = find_parents(members, self.existing)
        self._report_missing_event(table)
        source = self._make_source()
        done = reimport(
            self.existing,
            iter(self._make_listed_records(members, source, progress)),
            list_name=self.list_name,
            seed=self.data,
            headers=(fold_header(cell.text) for cell in self.table.header),
            accept_consents=self.accept_consents,
        )
        self._report_findings(members, parents, done)
        del parents
        self._gather_cell_outcomes(members, done)
        self._report_bodies_not_shown(done.register, source.id)
        return Imported(
            register=done.register,
            report=Report(self.findings.report(self.sheet)),
            cells=self.outcomes,
            mapping=suggest_columns(table, self.mapping),
            changes=done.changes,
            edits=done.edits,
            missing_from_list=done.missing_from_list,
        )

    def _make_listed_records(
        self, members: Sequence[Member], source: Source, progress: Progress | None
    ) -> tuple[ListedRecord, ...]:
        """What the list says, record by record: of itself, its network, its members, the events of its persons."""
        attended = []
        listed = [ListedRecord(record=source, keys=(source.id,), stated_id=source.id)]
        citations = (Citation(source_id=source.id),)
        network = make_listed_network(self.mapping, self.existing, (one.country for one in members), citations)
        listed += [] if network is None else [network]
        refusals = find_refusals_by_name(members)
        of_list = find_event_of_list(self.mapping, self.existing, citations)
        for number, member in enumerate(members, start=1):
            if events := find_attended_events(member, self.existing, of_list):
                attended.append((member, events))
            listed += make_listed_records(member, self.ids, citations, refusals)
            if progress is not None:
                progress(number, len(members))
        listed += make_event_records(attended, self.existing, of_list, citations)
        return drop_shared_keys(listed)

    def _report_missing_event(self, table: SheetTable) -> None:
        fields = (column.target.field for column in table.columns.values())
        why = tell_why_no_event(table.of, fields, self.mapping, self.existing)
        if why is not None:
            rule = importing.attendance_without_event
            self.findings.add(self.sheet.finding(rule, table.header[0].row, what=why, id=self.mapping.event or ""))

    def _report_findings(
        self, members: Sequence[Member], parents: Iterable[tuple[Member, Cell, str]], done: Reimport
    ) -> None:
        """What was found, member by member, and then what the register has to say."""
        for member, cell, parent in parents:
            member.report_guess(cell, "organization", id=done.ids.get(parent) or parent)
        for member in members:
            new_id = done.ids.get(member.id)
            is_other = new_id not in (None, member.wanted, member.first_value(ID)) and new_id not in self.existing.by_id
            if is_other and member.name is not None:
                member.report_guess(member.name, "id-taken", id=str(new_id))
        self.findings.add(*gather_whole_columns(members, self.sheet))
        self.findings.add(*(finding.with_location(file=self.sheet.file) for finding in done.findings))

    def _gather_cell_outcomes(self, members: list[Member], done: Reimport) -> None:
        """What became of the cells of members, each of which is let go of; of what was left out, a finding tells."""
        members.reverse()
        while members:
            members.pop().tell_cell_outcomes(self.outcomes, done.ids)
        self.outcomes.told = {
            (left.place.location.line, left.place.location.column): left.code for left in done.left_out
        }

    def _make_source(self) -> Source:
        name = Path(self.sheet.file or "member list").name
        held: dict[str, type[Any]] = {record.id: type(record) for record in self.existing}
        slug = FreeIdAllocator(held).give(make_source_id(self.list_name), Source)
        # what was a list of persons is one until somebody says otherwise: a guess shows nobody who was not shown
        known = self.existing.get(Source, slug) if self.mapping.of is None else None
        is_of_persons = self.table.of in LISTS_OF_PERSONS or (known and known.kind is SourceKind.LIST_OF_PERSONS)
        kind = SourceKind.LIST_OF_PERSONS if is_of_persons else SourceKind.DOCUMENT
        return Source(id=SourceId(slug), title=Text({self.mapping.language: name}), kind=kind)

    def _report_bodies_not_shown(self, register: Register, source_id: str) -> None:
        """How many bodies of the list nobody outside is shown, since lists of persons alone name them."""
        own = register.get(Source, source_id)
        if own is not None and own.kind is not SourceKind.LIST_OF_PERSONS:
            return
        citing = (one for one in register.referring_records.get(source_id, ()) if isinstance(one, Organization))
        number = sum(is_listed_with_persons(register, body) for body in citing)
        if number:
            rule = importing.listed_with_persons_alone
            self.findings.add(self.sheet.finding(rule, self.table.header[0].row, number=number))
