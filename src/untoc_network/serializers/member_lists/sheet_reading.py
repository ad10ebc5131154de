"""A sheet as its cells, however it was stored: what a cell is, and how bytes become cells.

CSV is read here as people really export it: the encoding, the delimiter, and quotes that do not balance. The standard
reader drops quotes and swallows whole rows where they do not balance; here every letter is kept. Workbooks have a
module of their own, which is loaded when one comes.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum

import attrs

from untoc_network.diagnostics.code import Code
from untoc_network.diagnostics.codes import member_lists as importing
from untoc_network.diagnostics.findings import Finding, Location, Severity
from untoc_network.serializers.source.limits import Limits

__all__ = [
    "CappedFindings",
    "Cell",
    "CellFate",
    "CellKind",
    "CellPlace",
    "MergedRange",
    "Sheet",
    "SizeGuard",
    "UnreadableSheet",
    "column_letters",
    "find_delimiter",
    "read_cells",
]


class UnreadableSheet(Exception):
    """A sheet of which nothing can be read: by which rule, and the parameters of its finding."""

    def __init__(self, rule: Code, **params: str | int) -> None:
        super().__init__(rule.code)
        self.rule, self.params = rule, params


class CellKind(StrEnum):
    """What a cell holds."""

    VALUE = "value"
    FORMULA = "formula"
    FAILED = "failed"


@attrs.frozen
class Cell:
    """What stands at a row and a column, both from 1, as text; never empty."""

    row: int
    column: int
    text: str = attrs.field(repr=False)
    kind: CellKind = CellKind.VALUE

    @property
    def position(self) -> tuple[int, int]:
        """Row and column."""
        return self.row, self.column


@attrs.frozen
class MergedRange:
    """A rectangle of cells that are merged into its first one."""

    top: int
    left: int
    bottom: int
    right: int


@attrs.frozen(kw_only=True)
class Sheet:
    """The cells that hold something, row by row, with what was found while they were read.

    `name` is that of the sheet within a workbook; a CSV file has none.
    """

    file: str | None = None
    name: str | None = None
    rows: Mapping[int, tuple[Cell, ...]] = attrs.field(factory=dict, repr=False)
    merged: tuple[MergedRange, ...] = ()
    findings: tuple[Finding, ...] = ()

    def finding(self, rule: Code, row: int | None = None, column: int | None = None, /, **params: str | int) -> Finding:
        """A finding of a rule at a row and column of this sheet; one on a whole row stands at its first column."""
        place = Location(line=row, column=column or (row and 1), file=self.file)
        named = {"sheet": self.name} if self.name else {}
        return attrs.evolve(rule.finding((), named | params), location=place)

    def reference(self, row: int, column: int) -> str:
        """A cell as spreadsheets call it: `B7`, or `Members!B7` where the sheet has a name."""
        return f"{self.prefix}{column_letters(column)}{row}"

    @property
    def prefix(self) -> str:
        """The sheet's name as it stands before the name of a cell."""
        if self.name is None:
            return ""
        return f"{self.name}!" if self.name.isalnum() else f"'{self.name}'!"


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


class CappedFindings:
    """Gathers findings, of each severity as many as the limit; the others are counted."""

    def __init__(self, most: int) -> None:
        self.most, self.held = most, list[Finding]()
        self.counts: Counter[Severity] = Counter()

    def add(self, *findings: Finding) -> None:
        """Keep findings, or count them."""
        for finding in findings:
            self.counts[finding.severity] += 1
            if self.counts[finding.severity] <= self.most:
                self.held.append(finding)

    def report(self, sheet: Sheet) -> tuple[Finding, ...]:
        """All that were kept, with one that says how many were not, as grave as the gravest of those."""
        untold = {severity: number - self.most for severity, number in self.counts.items() if number > self.most}
        if not untold:
            return tuple(self.held)
        gravest = min(untold, key=lambda severity: severity.rank)
        more = sheet.finding(importing.findings_not_shown, number=sum(untold.values()))
        return (*self.held, attrs.evolve(more, severity=gravest))


class SizeGuard:
    """Counts rows, columns and cells while they are read, and stops at the limits. Raises `UnreadableSheet`."""

    def __init__(self, limits: Limits) -> None:
        self.limits, self.cells, self.rows = limits, 0, 0

    def count_row(self, number: int) -> None:
        """A row of that number, full or empty, is there."""
        self.rows = number
        self._refuse_beyond_limit(number, self.limits.max_rows, "rows")

    def count_cell(self, column: int, text: str) -> None:
        """A cell with content is there."""
        self.cells += 1
        self._refuse_beyond_limit(column, self.limits.max_columns, "columns")
        self._refuse_beyond_limit(self.cells, self.limits.max_cells, "cells")
        self._refuse_beyond_limit(len(text), self.limits.max_cell_characters, "characters")

    def _refuse_beyond_limit(self, number: int, limit: int, of: str) -> None:
        if number > limit:
            raise UnreadableSheet(importing.sheet_too_large, problem=of, limit=limit)


def column_letters(column: int) -> str:
    """The letters by which spreadsheets call a column, counted from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


# -- from bytes ------------------------------------------------------------------------------------------------------

_ZIP = b"PK\x03\x04"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


def read_cells(data: bytes, *, file: str | None, limits: Limits, sheet: str | None = None) -> tuple[Sheet, bool]:
    """The cells of a sheet, and whether it could be read; where not, the sheet's one finding says why.

    Raises `MissingExtra` where openpyxl is needed and not there, `UnreadableInput` where no sheet has the wanted name.
    """
    try:
        return _read_sheet(data, file, limits, sheet), True
    except UnreadableSheet as problem:
        blank = Sheet(file=file)
        return Sheet(file=file, findings=(blank.finding(problem.rule, **problem.params),)), False


def _read_sheet(data: bytes, file: str | None, limits: Limits, sheet: str | None) -> Sheet:
    if len(data) > limits.max_bytes:
        raise UnreadableSheet(importing.sheet_too_large, problem="bytes", limit=limits.max_bytes)
    if data.startswith(_OLD_WORKBOOK):
        raise UnreadableSheet(
            importing.unreadable_sheet,
            problem="old-workbook",
            remedy="save-as-xlsx",
        )
    if data.startswith(_ZIP):
        from untoc_network.serializers.member_lists.workbook import read_workbook

        return read_workbook(data, file=file, limits=limits, sheet=sheet)
    return _read_delimited(data, file=file, limits=limits)


# -- CSV -------------------------------------------------------------------------------------------------------------

_DELIMITERS = ";\t,"
_FIRST_LINES = 30
_FIRST_LETTERS = 100_000
_QUOTED = re.compile(r'(?<![^;,\t\r\n])"[^"]*+(?:""[^"]*+)*+"(?![^;,\t\r\n])')
_BYTE_ORDER_MARKS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n")
_LINE_ENDS = re.compile(r"\r\n|\r|\n")


def _read_delimited(data: bytes, *, file: str | None, limits: Limits) -> Sheet:
    """The cells of a CSV file. Raises `Unreadable`."""
    sheet = Sheet(file=file)
    text, guesses = _decode_csv(data)
    if "\0" in text:
        raise UnreadableSheet(importing.unreadable_sheet, problem="nul", remedy="export")
    delimiter, certain = find_delimiter(text)
    if not certain:
        guesses.append(_NAMES[delimiter])
    rows, oddities = _read_rows(text, delimiter, SizeGuard(limits))
    place = file or "the sheet"
    findings = [sheet.finding(importing.assumption_made, place=place, guess=guess) for guess in guesses]
    for row, column in oddities:
        cell = sheet.reference(row, column)
        findings.append(sheet.finding(importing.assumption_made, row, column, place=cell, guess="quotes"))
    return Sheet(file=file, rows=rows, findings=tuple(findings))


_NAMES = {";": "semicolon", "\t": "tab", ",": "comma"}


def _decode_csv(data: bytes) -> tuple[str, list[str]]:
    """The text, and what had to be guessed of its encoding. Raises `Unreadable`."""
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), "utf-8-sig")
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), ["windows"]
    except UnicodeDecodeError:
        raise UnreadableSheet(
            importing.unreadable_sheet,
            problem="encoding",
            remedy="export",
        ) from None


def find_delimiter(text: str) -> tuple[str, bool]:
    """What separates the columns, and whether that is certain: no other mark would divide the lines as evenly.

    Of each mark it is counted, outside quotes, on how many of the first lines it stands equally often. A first line
    such as `sep=;`, which spreadsheets write, settles it.
    """
    said = _SEPARATOR_LINE.match(text)
    if said and said[1] in _DELIMITERS:
        return said[1], True
    lines = _LINE_ENDS.split(_QUOTED.sub("", text[:_FIRST_LETTERS]))[:_FIRST_LINES]
    scores = {mark: _score_evenness([line.count(mark) for line in lines]) for mark in _DELIMITERS}
    best = max(scores, key=lambda mark: scores[mark])
    if not any(scores[best]):
        return ",", True
    return best, sum(score[0] == scores[best][0] for score in scores.values()) == 1


def _score_evenness(counts: list[int]) -> tuple[int, int]:
    """On how many lines a mark stands equally often, and how often."""
    usual = Counter(count for count in counts if count)
    return max(((lines, count) for count, lines in usual.items()), default=(0, 0))


def _read_rows(
    text: str, delimiter: str, guard: SizeGuard
) -> tuple[dict[int, tuple[Cell, ...]], list[tuple[int, int]]]:
    """The cells by row, and the places of quotes that do not balance."""
    rows: dict[int, list[Cell]] = {}
    oddities = []
    start = said.end() if (said := _SEPARATOR_LINE.match(text)) else 0
    for row, column, value, odd in _scan_values(text, delimiter, start):
        guard.count_row(row)
        if value.strip():
            guard.count_cell(column, value)
            kind = CellKind.FORMULA if value.lstrip().startswith("=") else CellKind.VALUE
            rows.setdefault(row, []).append(Cell(row, column, value.strip(), kind))
        if odd:
            oddities.append((row, column))
    return {row: tuple(cells) for row, cells in rows.items()}, oddities


def _scan_values(text: str, delimiter: str, start: int) -> Iterator[tuple[int, int, str, bool]]:
    """Row, column and value of each cell, and whether its quotes do not balance; rows count as in a spreadsheet."""
    end = rf"(?={delimiter}|\r|\n|\Z)"
    quoted = re.compile(rf'[ ]*"([^"]*+(?:""[^"]*+)*+)"[ ]*{end}')
    plain = re.compile(rf"[^{delimiter}\r\n]*")
    row, column, at = 1 + (start > 0), 1, start
    while at < len(text):
        found = quoted.match(text, at)
        if found:
            yield row, column, found[1].replace('""', '"'), False
        else:
            found = plain.match(text, at)
            assert found is not None, "the pattern matches the empty text"
            yield row, column, found[0], found[0].lstrip().startswith('"')
        at = found.end()
        if text[at : at + 1] == delimiter:
            column, at = column + 1, at + 1
        elif line_end := _LINE_ENDS.match(text, at):
            row, column, at = row + 1, 1, line_end.end()
