"""One table of a bundle to plain records, with the place of every cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import attrs

from untoc_network.diagnostics.code import Code, mask_key
from untoc_network.diagnostics.codes import reading as shape
from untoc_network.diagnostics.findings import Finding
from untoc_network.serializers.codecs.csv_columns import find_column
from untoc_network.serializers.codecs.csv_scanner import Cell, scan_rows, unescape_formula
from untoc_network.serializers.source.json_scanner import scan_json
from untoc_network.serializers.source.limits import Limits
from untoc_network.serializers.source.scan_result import (
    DocumentPart,
    LimitCounter,
    LimitReached,
    ParseAborted,
    Path,
    ScanResult,
    TextSourceMap,
    decode_utf8,
)

__all__ = ["Table"]


_WEIGHT_OF_ROW = 3
"""A row takes as much memory as three values, beside its cells."""


@attrs.frozen(eq=False)
class _RowPlaces:
    """Where the cells of one row stand; what is within a cell stands where the cell does."""

    text: TextSourceMap
    start: int
    cells: Mapping[Path, int]

    def of(self, document: Any, path: Path, *, key: bool = False) -> tuple[int, int]:  # noqa: ARG002
        """Line and column of the cell that a path leads into, or of the row."""
        return self.text.line_and_column(self.offset(path))

    def offset(self, path: Path) -> int:
        """The offset of the cell that a path leads into, or of the row."""
        within = (path[:depth] for depth in range(len(path), 0, -1))
        return next((self.cells[part] for part in within if part in self.cells), self.start)


class _Heading(NamedTuple):
    """Where the cells of a column go in a record, and whether they hold text; that of an unknown field does."""

    path: tuple[str, ...]
    of_text: bool


class Table:
    """Reads the table of one collection: its records, the part of the document that each is, and the findings."""

    def __init__(self, collection: str, cls: type, file: str, limits: Limits, counter: LimitCounter) -> None:
        self.collection, self.cls, self.file, self.limits, self.counter = collection, cls, file, limits, counter
        self.records: list[dict[str, Any]] = []
        self.parts: dict[Path, DocumentPart] = {}
        self.findings: list[Finding] = []
        self.places = TextSourceMap("")

    def read(self, data: bytes) -> None:
        """Read the table; what is wrong is in the findings."""
        text = decode_utf8(data, self.limits)
        if isinstance(text, ScanResult):
            self.findings.extend(self._in_file(finding) for finding in text.findings)
            return
        self.places = TextSourceMap(text)
        try:
            self._rows(scan_rows(text, self.limits.max_columns))
        except LimitReached:
            return
        except ParseAborted as broken:
            self._add(broken.rule, (), broken.offset, broken.params)

    def _rows(self, found: Iterator[list[Cell]]) -> None:
        columns = self._header(next(found, []))
        for row in found:
            if not any(cell.text for cell in row):
                self._misfit(row[0].offset, "blank-row")
                continue
            if len(row) != len(columns):
                self._misfit(row[0].offset, "cells", cells=len(row), columns=len(columns))
            self._row(row, columns)

    def _header(self, row: list[Cell]) -> list[_Heading | None]:
        """What each cell of the header says; None where it stood before."""
        columns: list[_Heading | None] = []
        seen: set[str] = set()
        for cell in row:
            if cell.text in seen:
                self._report(shape.duplicate_key, (), cell.offset, name=mask_key(cell.text))
            column = find_column(self.cls, cell.text)
            path, of_text = (column.path, column.type == "string") if column else ((cell.text,), True)
            columns.append(None if cell.text in seen else _Heading(path, of_text))
            seen.add(cell.text)
        return columns

    def _row(self, row: list[Cell], columns: list[_Heading | None]) -> None:
        record: dict[str, Any] = {}
        path: Path = (self.collection, len(self.records))
        cells: dict[Path, int] = {}
        self.counter.value(row[0].offset, weight=_WEIGHT_OF_ROW)
        for cell, column in zip(row, columns, strict=False):
            if column is None or not cell.text:
                continue
            self.counter.value(cell.offset)
            cells[column.path] = cell.offset
            if column.of_text:
                _put(record, column.path, unescape_formula(cell.text))
            else:
                self._put_json(record, (*path, *column.path), cell)
        self.records.append(record)
        places = _RowPlaces(self.places, row[0].offset, cells)
        self.parts[path] = DocumentPart(document=record, places=places, file=self.file)

    def _put_json(self, record: dict[str, Any], path: Path, cell: Cell) -> None:
        scanned = scan_json(cell.text.encode(), self.limits, self.counter)
        for finding in scanned.findings:
            line, column = self.places.line_and_column(cell.offset)
            within = (*path[:3], *finding.path)
            self.findings.append(finding.with_location(path=within, line=line, column=column, file=self.file))
        if self.counter.limit_reached:
            raise LimitReached
        if scanned.document is not None:
            _put(record, path[2:], scanned.document)
        elif not scanned.findings:
            self._report(shape.empty_value, path, cell.offset, given="null")

    def _misfit(self, offset: int, problem: str, **params: int) -> None:
        self._report(shape.invalid_file_bundle, (), offset, problem=problem, **params)

    def _report(self, rule: Code, path: Path, offset: int, **params: str | int) -> None:
        """Add a finding. Raises `ParseAborted` where there are too many."""
        if self.counter.count_finding(rule, offset):
            self._add(rule, path, offset, params)

    def _add(self, rule: Code, path: Path, offset: int, params: dict[str, str | int]) -> None:
        line, column = self.places.line_and_column(offset)
        self.findings.append(self._in_file(rule.finding(path, params, line=line, column=column)))

    def _in_file(self, finding: Finding) -> Finding:
        return finding.with_location(file=self.file)


def _put(record: dict[str, Any], path: Path, value: Any) -> None:
    *way, last = path
    for token in way:
        record = record.setdefault(str(token), {})
    record[str(last)] = value
