"""A member list to a register: every cell goes to a field, to the notes under its header, or into a finding."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import attrs

from untoc_network.documents.limits import Limits
from untoc_network.documents.whole_files import bytes_of
from untoc_network.findings import Report
from untoc_network.formats.sheets.cells import Cell, Findings, Form, Sheet
from untoc_network.formats.sheets.headers import NAMES
from untoc_network.formats.sheets.mapping import SheetMapping, mapping_of
from untoc_network.formats.sheets.member import CellFate, CellPlace, Member
from untoc_network.formats.sheets.opening import read_cells
from untoc_network.formats.sheets.parents import find_parents
from untoc_network.formats.sheets.readings import READINGS
from untoc_network.formats.sheets.records import records_of
from untoc_network.formats.sheets.renewal import no_longer_listed, renewed
from untoc_network.formats.sheets.table import Line, Table, table_of
from untoc_network.model.register import AnyRecord, Change, Register
from untoc_network.model.stakeholder import Organization
from untoc_network.rules import importing
from untoc_network.values.ids import SourceId
from untoc_network.values.slugs import Ids, slug_of
from untoc_network.values.source import Citation, Source, SourceKind
from untoc_network.values.text import Text

__all__ = ["Imported", "import_bytes", "import_sheet"]


Progress = Callable[[int, int], None]


@attrs.frozen(kw_only=True)
class Imported:
    """What came of a member list.

    `register` is None where nothing could be read. `cells` tells for every cell that holds something where its content
    is now. `mapping` names what each column was taken for, ready to be written and corrected. `changes` are those
    against the register that was given, or against an empty one; `gone` are the ids of organizations and persons that
    the register has from this list and that are no longer on it.
    """

    register: Register | None
    report: Report
    cells: tuple[CellFate, ...] = attrs.field(default=(), repr=False)
    mapping: SheetMapping = SheetMapping()
    changes: tuple[Change, ...] = attrs.field(default=(), repr=False)
    gone: tuple[str, ...] = attrs.field(default=(), repr=False)


def import_sheet(
    path: str | os.PathLike[str],
    *,
    mapping: SheetMapping = SheetMapping(),
    existing: Register | None = None,
    limits: Limits = Limits(),
    progress: Progress | None = None,
) -> Imported:
    """Import a member list from a CSV file or a workbook; `-` is standard input. Never raises on content.

    With `existing`, the list is brought into that register: what the list does not speak of stays as it is, and what
    the register has from a list of the same name that is no longer on it is told. `progress` is called with the number
    of members that are done and that of all.
    Raises `UnreadableInput` where the file cannot be opened, needs openpyxl that is not installed, or has no sheet of
    the wanted name.
    """
    name = os.fspath(path)
    file = "<stdin>" if name == "-" else name
    data = bytes_of(name, limits)
    return import_bytes(data, file=file, mapping=mapping, existing=existing, limits=limits, progress=progress)


def import_bytes(  # noqa: PLR0913
    data: bytes,
    *,
    file: str | None = None,
    mapping: SheetMapping = SheetMapping(),
    existing: Register | None = None,
    limits: Limits = Limits(),
    progress: Progress | None = None,
) -> Imported:
    """Import a member list from the bytes of a CSV file or a workbook; `file` is how findings call it."""
    sheet, readable = read_cells(data, file=file, limits=limits, sheet=mapping.sheet)
    if not readable:
        return Imported(register=None, report=Report(sheet.findings), mapping=mapping)
    table = table_of(sheet, mapping)
    if table is None:
        return _without_headers(sheet, mapping)
    return _Import(sheet, mapping, table, existing, limits).run(progress or _unseen)


def _unseen(_done: int, _of: int) -> None:
    """Progress that nobody looks at."""


def _without_headers(sheet: Sheet, mapping: SheetMapping) -> Imported:
    """Nothing but findings, and a mapping of the fullest row for somebody to complete."""
    finding = sheet.finding(importing.header_names_the_columns, min(sheet.rows, default=1))
    cells = (cell for cells in sheet.rows.values() for cell in cells)
    row, likely = max(sheet.rows.items(), key=lambda pair: len(pair[1]), default=(None, ()))
    return Imported(
        register=None,
        report=Report((*sheet.findings, finding)),
        cells=tuple(_aside(cells, finding.code)),
        mapping=mapping_of((cell.text for cell in likely), attrs.evolve(mapping, header_row=row)),
    )


def _aside(cells: Iterable[Cell], code: str) -> Iterator[CellFate]:
    return (CellFate(row=cell.row, column=cell.column, place=CellPlace.FINDING, what=code) for cell in cells)


class _Import:
    """One import: rows to members, members to records, records to a register."""

    def __init__(
        self, sheet: Sheet, mapping: SheetMapping, table: Table, existing: Register | None, limits: Limits
    ) -> None:
        self.sheet, self.mapping, self.table = sheet, mapping, table
        self.existing = existing or Register()
        self.findings = Findings(limits.max_findings)
        self.findings.add(*sheet.findings, *table.findings)
        self.fates = [*self._header_fates(), *_aside(table.aside, importing.row_is_a_member.code)]

    def run(self, progress: Progress) -> Imported:
        ids = Ids(_held(self.existing))
        source = self._source(ids)
        records: list[AnyRecord] = [source]
        members = self._members(ids)
        find_parents(members, self.existing)
        for number, member in enumerate(members, start=1):
            records += records_of(member, ids, (Citation(source_id=source.id),))
            self.findings.add(*member.findings)
            member.findings.clear()
            self.fates += member.fates.values()
            progress(number, len(members))
        gone = no_longer_listed(self.existing, source.id, {record.id for record in records})
        for record_id in gone:
            told = self.sheet.finding(importing.member_is_still_on_the_list, id=record_id)
            self.findings.add(attrs.evolve(told, subject=record_id))
        register, changes = renewed(self.existing, records)
        return Imported(
            register=register,
            report=Report(self.findings.told(self.sheet)),
            cells=tuple(sorted(self.fates, key=lambda fate: (fate.row, fate.column))),
            mapping=mapping_of((cell.text for cell in self.table.header), self.mapping),
            changes=changes,
            gone=gone,
        )

    def _header_fates(self) -> Iterator[CellFate]:
        for cell in self.table.header:
            what = str(self.table.columns[cell.column].target)
            yield CellFate(row=cell.row, column=cell.column, place=CellPlace.HEADER, what=what)

    def _source(self, ids: Ids) -> Source:
        name = Path(self.sheet.file or "member list").name
        slug = ids.give(f"sheet-{slug_of(Path(name).stem)}", Source)
        return Source(id=SourceId(slug), title=Text({self.mapping.language: name}), kind=SourceKind.DOCUMENT)

    # -- members -----------------------------------------------------------------------------------------------------

    def _members(self, ids: Ids) -> list[Member]:
        """One member for each name; rows that a merged name reaches over are one member's."""
        members: list[Member] = []
        by_name: dict[tuple[int, int], Member] = {}
        for line in self.table.lines:
            name = self._name(line)
            if name is None:
                self._refuse(line)
                continue
            if name.position not in by_name:
                members.append(self._member(line, name, ids))
                by_name[name.position] = members[-1]
            self._fill(by_name[name.position], line)
        return members

    def _name(self, line: Line) -> Cell | None:
        """The cell that names the organization: its plain name, else its name in a language."""
        found = {
            self.table.columns[cell.column].target.field: cell
            for cell in reversed(line.cells)
            if cell.form is Form.VALUE
        }
        return next((found[field] for field in NAMES if field in found), None)

    def _refuse(self, line: Line) -> None:
        rule = importing.row_names_an_organization
        self.findings.add(self.sheet.finding(rule, line.number, row=line.number, cells=len(line.own)))
        self.fates += _aside(line.own, rule.code)

    def _member(self, line: Line, name: Cell, ids: Ids) -> Member:
        wanted = slug_of(name.text)
        member = Member(ids.give(wanted, Organization, self._country(line)), self.sheet, self.mapping)
        if member.id != wanted:
            member.guess(name, "id-taken", id=member.id)
        return member

    def _country(self, line: Line) -> str | None:
        texts = [cell.text for cell in line.cells if self.table.columns[cell.column].target.field == "country"]
        values = READINGS["country"].read(texts[0], None).values if texts else ()
        return values[0] if values else None

    def _fill(self, member: Member, line: Line) -> None:
        """Give a member the cells of a row; those that are lent by an earlier row were counted there."""
        before = dict(member.fates)
        for cell in line.cells:
            member.take(cell, self.table.columns[cell.column])
        for cell in line.lent:
            member.fates.pop(cell.position, None)
            if cell.position in before:
                member.fates[cell.position] = before[cell.position]


def _held(existing: Register) -> dict[str, type[Any]]:
    """The ids of a register with the class of their records; an id that leads elsewhere is no record's."""
    return dict.fromkeys(existing.redirected, type(None)) | {record.id: type(record) for record in existing}
