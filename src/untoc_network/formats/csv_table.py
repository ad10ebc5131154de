"""One table of a bundle to plain records, with the place of every cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from untoc_network.documents.json_text import scan
from untoc_network.documents.limits import Limits
from untoc_network.documents.places import Part, Path, TextPlaces
from untoc_network.documents.scan import Broken, Scan, decoded
from untoc_network.findings import Finding
from untoc_network.formats.csv_columns import Column, column_named
from untoc_network.formats.csv_text import Cell, rearmed, rows
from untoc_network.rules import shape
from untoc_network.rules.rule import Rule, shown_key

__all__ = ["Table"]


@attrs.frozen(eq=False)
class _RowPlaces:
    """Where the cells of one row stand; what is within a cell stands where the cell does."""

    text: TextPlaces
    start: int
    cells: Mapping[Path, int]

    def of(self, document: Any, path: Path, *, key: bool = False) -> tuple[int, int]:  # noqa: ARG002
        """Line and column of the cell that a path leads into, or of the row."""
        return self.text.line_and_column(self.offset(path))

    def offset(self, path: Path) -> int:
        """The offset of the cell that a path leads into, or of the row."""
        within = (path[:depth] for depth in range(len(path), 0, -1))
        return next((self.cells[part] for part in within if part in self.cells), self.start)


class Table:
    """Reads the table of one collection: its records, the part of the document that each is, and the findings."""

    def __init__(self, collection: str, cls: type, file: str, limits: Limits) -> None:
        self.collection, self.cls, self.file, self.limits = collection, cls, file, limits
        self.records: list[dict[str, Any]] = []
        self.parts: dict[Path, Part] = {}
        self.findings: list[Finding] = []
        self.places = TextPlaces("")

    def read(self, data: bytes) -> None:
        """Read the table; what is wrong is in the findings."""
        text = decoded(data, self.limits)
        if isinstance(text, Scan):
            self.findings.extend(self._in_file(finding) for finding in text.findings)
            return
        self.places = TextPlaces(text)
        try:
            self._rows(rows(text))
        except Broken as broken:
            self._report(broken.rule, (), broken.offset, **broken.params)

    def _rows(self, found: Iterator[list[Cell]]) -> None:
        columns = self._header(next(found, []))
        for row in found:
            if not any(cell.text for cell in row):
                self._misfit(row[0].offset, "blank-row")
                continue
            if len(row) != len(columns):
                self._misfit(row[0].offset, "cells", cells=len(row), columns=len(columns))
            self._row(row, columns)

    def _header(self, row: list[Cell]) -> list[Column | str | None]:
        """The column for each cell of the header: its name where no field has it, None where it stood before."""
        columns: list[Column | str | None] = []
        seen: set[str] = set()
        for cell in row:
            if cell.text in seen:
                self._report(shape.key_stands_once, (), cell.offset, name=shown_key(cell.text))
            columns.append(None if cell.text in seen else column_named(self.cls, cell.text) or cell.text)
            seen.add(cell.text)
        return columns

    def _row(self, row: list[Cell], columns: list[Column | str | None]) -> None:
        record: dict[str, Any] = {}
        path: Path = (self.collection, len(self.records))
        cells: dict[Path, int] = {}
        for cell, column in zip(row, columns, strict=False):
            if column is None or not cell.text:
                continue
            where = (column,) if isinstance(column, str) else column.path
            cells[where] = cell.offset
            if isinstance(column, str) or column.type == "string":
                _put(record, where, rearmed(cell.text))
            else:
                self._put_json(record, (*path, *where), cell)
        self.records.append(record)
        places = _RowPlaces(self.places, row[0].offset, cells)
        self.parts[path] = Part(document=record, places=places, file=self.file)

    def _put_json(self, record: dict[str, Any], path: Path, cell: Cell) -> None:
        scanned = scan(cell.text.encode(), self.limits)
        for finding in scanned.findings:
            line, column = self.places.line_and_column(cell.offset)
            pointer = f"/{path[0]}/{path[1]}/{path[2]}{finding.pointer}"
            location = attrs.evolve(finding.location, pointer=pointer, line=line, column=column, file=self.file)
            self.findings.append(attrs.evolve(finding, location=location))
        if scanned.document is not None:
            _put(record, path[2:], scanned.document)
        elif not scanned.findings:
            self._report(shape.value_says_something, path, cell.offset, given="null")

    def _misfit(self, offset: int, problem: str, **params: int) -> None:
        self._report(shape.files_fit_together, (), offset, problem=problem, **params)

    def _report(self, rule: Rule, path: Path, offset: int, **params: str | int) -> None:
        line, column = self.places.line_and_column(offset)
        self.findings.append(self._in_file(rule.finding(path, params, line=line, column=column)))

    def _in_file(self, finding: Finding) -> Finding:
        return attrs.evolve(finding, location=attrs.evolve(finding.location, file=self.file))


def _put(record: dict[str, Any], path: Path, value: Any) -> None:
    *way, last = path
    for token in way:
        record = record.setdefault(str(token), {})
    record[str(last)] = value
