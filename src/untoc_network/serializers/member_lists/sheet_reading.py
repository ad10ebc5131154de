"""A sheet as its cells, however it was stored: what a cell is, what becomes of it, and how many a sheet may have."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

import attrs

from untoc_network.diagnostics.code import Code
from untoc_network.diagnostics.codes import member_lists as importing
from untoc_network.diagnostics.findings import Finding, Location, Severity
from untoc_network.serializers.source.limits import Limits

__all__ = [
    "BELOW_ROW",
    "COLUMN_BITS",
    "CappedFindings",
    "Cell",
    "CellFate",
    "CellKind",
    "CellOutcomes",
    "CellPlace",
    "CellRemark",
    "HungContent",
    "MergedRange",
    "Place",
    "Sheet",
    "SizeGuard",
    "UnreadableSheet",
    "column_letters",
    "number_cell",
]


class UnreadableSheet(Exception):
    """A sheet of which nothing can be read: by which rule, and the parameters of its finding."""

    def __init__(self, rule: Code, **params: str | int) -> None:
        super().__init__(rule.code)
        self.rule, self.params = rule, params


Place = tuple[int, int]
"""The row and the column of a cell, both from 1."""


BELOW_ROW = 32
"""The bits below the row in the number of a cell, where its column is: of a long list, numbers are held, no objects."""
COLUMN_BITS = (1 << BELOW_ROW) - 1


def number_cell(row: int, column: int) -> int:
    """The number that stands for a cell."""
    return row << BELOW_ROW | column


class CellKind(StrEnum):
    """What a cell holds."""

    VALUE = "value"
    FORMULA = "formula"
    FAILED = "failed"


@attrs.frozen(weakref_slot=False)
class Cell:
    """What stands at a row and a column, both from 1, as text; never empty."""

    row: int
    column: int
    text: str = attrs.field(repr=False)
    kind: CellKind = CellKind.VALUE

    def __hash__(self) -> int:
        return self.row << 14 | self.column  # a sheet has one cell at a place, and its text may be long

    @property
    def position(self) -> Place:
        """Row and column."""
        return self.row, self.column


@attrs.frozen
class HungContent:
    """What hangs on a cell beside its text: `links` lead to the text, `comments` say it; `struck` has none."""

    what: str
    text: str = attrs.field(default="", repr=False)


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
    struck: frozenset[int] = frozenset()
    """Rows that are struck out."""
    hung: Mapping[Place, tuple[HungContent, ...]] = attrs.field(factory=dict, repr=False)
    """What hangs on cells beside their text."""
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


@attrs.frozen(kw_only=True, weakref_slot=False)
class CellFate:
    """What became of a cell: its place, the record it is in, and its field, heading or code of a finding."""

    row: int
    column: int
    place: CellPlace
    what: str
    record_id: str | None = None


class CellOutcomes:
    """What became of many cells; objects are made of it only when somebody goes through them."""

    def __init__(self) -> None:
        self._places: list[int] = []
        self._outcomes: list[tuple[CellPlace, str]] = []
        self._record_ids: list[str | None] = []
        self.told: Mapping[tuple[int | None, int | None], str] = {}
        """Codes of the findings that tell of cells which were left out after all."""

    def add(
        self, places: Iterable[int], outcomes: Iterable[tuple[CellPlace, str]], record_ids: Iterable[str | None]
    ) -> None:
        """Note what became of cells, by their numbers: place, and field, heading or code; and the record it is in."""
        self._places += places
        self._outcomes += outcomes
        self._record_ids += record_ids

    def add_all(self, cells: Iterable[Cell], place: CellPlace, what: str) -> None:
        """Note that the same became of cells, which are in no record."""
        numbers = [number_cell(cell.row, cell.column) for cell in cells]
        self.add(numbers, [(place, what)] * len(numbers), [None] * len(numbers))

    def __iter__(self) -> Iterator[CellFate]:
        """What became of each cell, in the order of their rows and columns."""
        held = zip(self._places, self._outcomes, self._record_ids, strict=True)
        for number, (place, what), record_id in sorted(held, key=operator.itemgetter(0)):
            row, column = number >> BELOW_ROW, number & COLUMN_BITS
            if (row, column) in self.told:
                yield CellFate(row=row, column=column, place=CellPlace.FINDING, what=self.told[row, column])
            else:
                yield CellFate(row=row, column=column, place=place, what=what, record_id=record_id)


@attrs.frozen(weakref_slot=False, eq=False)
class CellRemark:
    """What is to be said of a cell: a finding is made of it only where it is told, and not for each of thousands.

    `named` is the parameter that names the cell.
    """

    sheet: Sheet
    rule: Code
    cell: Cell
    named: str
    params: Mapping[str, str | int] = {}

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return self.rule.told_severity

    def to_finding(self) -> Finding:
        """The finding that tells it."""
        place = {self.named: self.sheet.reference(*self.cell.position)}
        return self.sheet.finding(self.rule, *self.cell.position, **place, **self.params)


class CappedFindings:
    """Gathers findings, of each severity as many as the limit; the others are counted."""

    def __init__(self, most: int) -> None:
        self.most, self.held = most, list[Finding]()
        self.counts: Counter[Severity] = Counter()

    def add(self, *findings: Finding | CellRemark) -> None:
        """Keep findings, or count them."""
        for finding in findings:
            self.counts[finding.severity] += 1
            if self.counts[finding.severity] <= self.most:
                self.held.append(finding.to_finding() if isinstance(finding, CellRemark) else finding)

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
        if column > self.limits.max_columns or self.cells > self.limits.max_cells:
            self._refuse_beyond_limit(column, self.limits.max_columns, "columns")
            self._refuse_beyond_limit(self.cells, self.limits.max_cells, "cells")
        if len(text) > self.limits.max_cell_characters:
            self.count_letters(len(text))

    def count_letters(self, number: int) -> None:
        """A cell has so many letters."""
        self._refuse_beyond_limit(number, self.limits.max_cell_characters, "characters")

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
