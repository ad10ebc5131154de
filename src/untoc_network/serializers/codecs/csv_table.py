"""One table of a bundle as CSV: its cells, its columns, and the records that its rows are.

Rows are scanned strictly, with the place of each cell, and cells written so that no spreadsheet runs them. A column
is a field of the record, or one language of it, and has what a Data Package says of it. A table that a spreadsheet
saved again in its own habits (semicolons, TRUE, days as people write them) is read, and each habit told.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

import attrs

from untoc_network.diagnostics.code import Code, mask_key
from untoc_network.diagnostics.codes import reading as shape
from untoc_network.diagnostics.findings import Finding
from untoc_network.model.extension import OwnFields
from untoc_network.model.register import TABLES
from untoc_network.serializers.codecs.json_scanner import scan_json
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
from untoc_network.values.dates import PartialDate
from untoc_network.values.extra import Extra
from untoc_network.values.fields import FieldShape, fields_of, nested_class
from untoc_network.values.multilingual_text import Text

__all__ = [
    "WEIGHT_OF_ROW",
    "Column",
    "Table",
    "find_column",
    "format_row",
    "plan_columns",
    "restore_unseen",
    "unescape_formula",
]

# -- cells -------------------------------------------------------------------------------------------------------------


def _compile_cell(mark: str) -> re.Pattern[str]:
    bare = rf'(?P<bare>[^"{mark}\r\n]*+)'
    return re.compile(rf'(?:"(?P<quoted>[^"]*+(?:""[^"]*+)*+)"|{bare})(?P<end>{mark}|\r\n|\n|\r|\Z)')


_CELLS = {",": _compile_cell(","), ";": _compile_cell(";"), "\t": _compile_cell("\t")}
"""A cell and what ends it, by what separates the cells."""
_QUOTED = re.compile(r'[",\r\n]|^\s|\s$')
_ARMED = re.compile(
    r"""\Z|[\t\r\n']"""
    r"""|[\s"'\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x1f\x7f-\x9f]*[=+@\uff1d\uff0b\uff0d\uff20-]"""
)
"""A cell that begins so is run as a formula by some spreadsheet, which strips quotes and what is not seen first, or
would be taken for a cell that was disarmed."""


@attrs.frozen
class Cell:
    """The text of a cell and the offset at which it begins."""

    text: str
    offset: int


def find_separator(text: str) -> str:
    """What separates the cells: a comma, unless the header has none and has semicolons or tabs."""
    header = _HEADER.match(text)
    assert header is not None, "the pattern matches the empty text"
    return "," if "," in header[0] else max(_CELLS, key=header[0].count)


_HEADER = re.compile(r"[^\r\n]*")


def scan_rows(text: str, most_columns: int, separator: str = ",") -> Iterator[list[Cell]]:
    """The rows of a table. Raises `ParseAborted` where a quote is out of place, or a row has too many cells."""
    at, row = 0, list[Cell]()
    pattern = _CELLS[separator]
    while at < len(text) or row:
        found = pattern.match(text, at)
        if found is None:
            raise ParseAborted(shape.invalid_file_bundle, at, problem="quote")
        quoted = found["quoted"]
        row.append(Cell(found["bare"] if quoted is None else quoted.replace('""', '"'), at))
        at = found.end()
        if len(row) > most_columns:
            raise ParseAborted(shape.invalid_file_bundle, at, problem="wide-row", limit=most_columns)
        if found["end"] != separator:
            yield row
            row = []


def format_row(cells: Iterable[str]) -> str:
    """A row after RFC 4180."""
    quoted = (f'"{cell.replace(chr(34), chr(34) * 2)}"' if _QUOTED.search(cell) else cell for cell in cells)
    return f"{','.join(quoted)}\r\n"


def escape_formula(text: str) -> str:
    """A text as a cell that no spreadsheet takes for a formula: with an apostrophe in front where it might.

    An apostrophe alone is the empty text; an empty cell is no text at all.
    """
    return f"'{text}" if _ARMED.match(text) else text


def unescape_formula(cell: str) -> str:
    """The text that a cell holds: an apostrophe goes only where it disarms, and stays where it is that of a name."""
    return cell[1:] if cell.startswith("'") and _ARMED.match(cell, 1) else cell


_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""Controls and marks that turn the order of reading."""
_TO_ESCAPE = re.compile(rf"{_UNSEEN.pattern}|\\(?=u\{{)")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]{1,4})\}")


def escape_unseen(text: str) -> str:
    """A text as a cell in which nothing acts unseen: such letters are written by their numbers, as in messages."""
    return _TO_ESCAPE.sub(lambda found: f"\\u{{{ord(found[0]):x}}}", text)


def restore_unseen(cell: str) -> str:
    """The text that such a cell holds; what is written so but could be seen stays as it is."""
    return _ESCAPED.sub(_restore_letter, cell)


def _restore_letter(found: re.Match[str]) -> str:
    letter = chr(int(found[1], 16))
    return letter if letter == "\\" or _UNSEEN.match(letter) else found[0]


# -- columns -----------------------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Column:
    """One column: a field of the record, one language of a field with wordings, or one of its own fields.

    The cells of a column of text hold the text itself, those of any other JSON.
    """

    shape: FieldShape
    within: tuple[str, ...] = ()
    """The language, or the namespace and the name of an own field."""
    own_type: str = ""
    """The type of an own field in a Data Package, of which the record says nothing."""
    own_label: str = ""
    """What an own field is called, where it is declared."""

    @property
    def name(self) -> str:
        """What stands in the header: `founded`, `name.en`, `extra.coalition.fee`."""
        return ".".join(self.path)

    @property
    def path(self) -> tuple[str, ...]:
        """Where the value stands in the record."""
        return self.shape.name, *self.within

    @property
    def type(self) -> str:
        """The type of the column in a Data Package."""
        if self.own_type:
            return self.own_type
        if self.shape.many:
            return "array"
        if nested_class(self.shape) is not None:
            return "object"
        return {int: "integer", bool: "boolean"}.get(self.shape.type, "string")

    @property
    def is_day(self) -> bool:
        """Whether the cells hold dates."""
        return self.shape.type is PartialDate and not self.shape.many

    def format_cell(self, record: Mapping[str, Any]) -> str:
        """The cell of a record, given as plain values."""
        value: Any = record
        for token in self.path:
            value = value.get(token) if value is not None else None
        if value is None:
            return ""
        return escape_formula(escape_unseen(value)) if self.type == "string" else _format_json(value)

    def to_descriptor(self) -> dict[str, Any]:
        """The column as a Data Package describes it."""
        title = self.own_label or self.shape.label
        field = {"name": self.name, "type": self.type, "title": title, "description": self.shape.description}
        constraints: dict[str, Any] = {"required": True} if self.shape.required and not self.within else {}
        if isinstance(self.shape.type, type) and issubclass(self.shape.type, StrEnum) and not self.shape.many:
            constraints["enum"] = [choice.value for choice in self.shape.type]
        return field | ({"constraints": constraints} if constraints else {})


def plan_columns(cls: type, records: Iterable[Mapping[str, Any]], declared: OwnFields) -> list[Column]:
    """The columns that records need, in the order of their fields.

    There is one for each language of a field with wordings, and one for each of the own fields, which stand last.
    """
    used: dict[str, set[str]] = {}
    own: dict[tuple[str, str], set[str]] = {}
    for record in records:
        for name, value in record.items():
            used.setdefault(name, set()).update(value if isinstance(value, dict) else ())
        for namespace, held in record.get(OWN_FIELDS, {}).items():
            for name, value in held.items():
                own.setdefault((namespace, name), set()).add(_TYPES[type(value)])
    columns = [
        Column(shape=shape, within=within)
        for shape in fields_of(cls)
        if shape.name in used and shape.type is not Extra
        for within in ([(language,) for language in sorted(used[shape.name])] if _has_wordings(shape) else [()])
    ]
    shapes = {shape.name: shape for shape in fields_of(cls)}
    for within, types in sorted(own.items()):
        own_type = min(types) if len(types) == 1 else _ANY
        found = declared.find(cls, *within)
        label = str(found.label or found.name) if found else ""
        columns.append(Column(shape=shapes[OWN_FIELDS], within=within, own_type=own_type, own_label=label))
    return columns


OWN_FIELDS = "extra"
_ANY = "any"
_TYPES = {str: "string", bool: "boolean", int: "integer", list: "array", dict: "object"}
"""What plain values are in a Data Package."""


def find_column(cls: type, name: str, own_types: Mapping[str, str]) -> Column | None:
    """The column of that name, where a record has the field; one of own fields has the type that is given, or text."""
    shapes = {shape.name: shape for shape in fields_of(cls)}
    field, _, rest = name.partition(".")
    shape = shapes.get(field)
    if shape is not None and shape.type is Extra:
        namespace, _, own = rest.partition(".")
        return Column(shape=shape, within=(namespace, own), own_type=own_types.get(name, "string")) if own else None
    if shape is None or _has_wordings(shape) is not bool(rest):
        return None
    return Column(shape=shape, within=(rest,) if rest else ())


def _has_wordings(shape: FieldShape) -> bool:
    return shape.type is Text and not shape.many


def _format_json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


# -- a table -----------------------------------------------------------------------------------------------------------


_SEPARATORS = {";": "semicolons", "\t": "tabs"}
_LOCAL_DAY = re.compile(r"(0?[1-9]|[12][0-9]|3[01])[/.-](0?[1-9]|1[0-2])[/.-]([12][0-9]{3})")
_TRUTHS = {
    word: truth
    for truth, words in (("true", "TRUE VERDADERO VERDADEIRO VRAI"), ("false", "FALSE FALSO FAUX"))
    for word in words.split()
}
"""What spreadsheets make of true and false in our four languages."""
_DECIMAL = re.compile(r"(-?[0-9]+)[.,]0{1,2}")
"""A whole number with decimals that say nothing; three noughts may be thousands."""
WEIGHT_OF_ROW = 3
"""A row takes as much memory as three values, beside its cells."""


@attrs.frozen(eq=False)
class _RowPositions:
    """Where the cells of one row stand; what is within a cell stands where the cell does."""

    text: TextSourceMap
    start: int
    cells: Mapping[Path, int]

    def find_position(self, document: Any, path: Path, *, key: bool = False) -> tuple[int, int]:  # noqa: ARG002
        """Line and column of the cell that a path leads into, or of the row."""
        return self.text.line_and_column(self.offset(path))

    def offset(self, path: Path) -> int:
        """The offset of the cell that a path leads into, or of the row."""
        within = (path[:depth] for depth in range(len(path), 0, -1))
        return next((self.cells[part] for part in within if part in self.cells), self.start)


class _ColumnTarget(NamedTuple):
    """Where the cells of a column go in a record, and what they hold; those of an unknown field hold text."""

    path: tuple[str, ...]
    type: str = "string"
    is_day: bool = False


class Table:
    """Reads the table of one collection: its records, the part of the document that each is, and the findings."""

    def __init__(
        self,
        collection: str,
        file: str,
        limits: Limits,
        counter: LimitCounter,
        own_types: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.collection, self.file, self.limits, self.counter = collection, file, limits, counter
        self.cls, self.own_types = TABLES[collection], own_types
        self.records: list[Any] = []
        self.parts: dict[Path, DocumentPart] = {}
        self.findings: list[Finding] = []
        self.places = TextSourceMap("")
        self.habits: set[str] = set()
        self.has_local_days = False

    def read(self, data: bytes, sound: Sequence[Any] | None = None) -> None:
        """Read the table; what is wrong is in the findings.

        `sound` has for each row the record that it was read as, or None where it is to be explained.
        """
        text = decode_utf8(data, self.limits)
        if isinstance(text, ScanResult):
            self.findings.extend(finding.with_location(file=self.file) for finding in text.findings)
            return
        self.places = TextSourceMap(text)
        separator = find_separator(text)
        self.has_local_days = separator == ";"
        try:
            if separator != ",":
                self._tell_habit(0, _SEPARATORS[separator])
            self._read_rows(scan_rows(text, self.limits.max_columns, separator), sound)
        except LimitReached:
            return
        except ParseAborted as broken:
            self._add_finding_at(broken.rule, (), broken.offset, broken.params)

    def _read_rows(self, found: Iterator[list[Cell]], sound: Sequence[Any] | None) -> None:
        columns = self._read_header(next(found, []))
        for row in found:
            if sound and (record := sound[len(self.records)]) is not None:
                self.records.append(record)
                continue
            if not any(cell.text for cell in row):
                self._tell_habit(row[0].offset, "blank-rows")
                continue
            if len(row) != len(columns):
                self._report_misfit(row[0].offset, "cells", cells=len(row), columns=len(columns))
            self._read_row(row, columns)

    def _read_header(self, row: list[Cell]) -> list[_ColumnTarget | None]:
        """What each cell of the header says; None where it stood before, or lacks the language that others have."""
        columns: list[_ColumnTarget | None] = []
        seen: set[str] = set()
        in_languages = {name for name, dot, _ in (cell.text.partition(".") for cell in row) if dot}
        for cell in row:
            column = find_column(self.cls, cell.text, self.own_types)
            target = _ColumnTarget(column.path, column.type, column.is_day) if column else _ColumnTarget((cell.text,))
            if cell.text in seen:
                self._report(shape.duplicate_key, (), cell.offset, name=mask_key(cell.text))
            elif cell.text in in_languages and column is None:
                self._report_misfit(cell.offset, "no-language", name=mask_key(cell.text))
            columns.append(None if cell.text in seen | (in_languages if column is None else set()) else target)
            seen.add(cell.text)
        return columns

    def _read_row(self, row: list[Cell], columns: list[_ColumnTarget | None]) -> None:
        record: dict[str, Any] = {}
        path: Path = (self.collection, len(self.records))
        cells: dict[Path, int] = {}
        self.counter.count_value(row[0].offset, weight=WEIGHT_OF_ROW)
        for cell, column in zip(row, columns, strict=False):
            if column is None or not cell.text:
                continue
            self.counter.count_value(cell.offset)
            cells[column.path] = cell.offset
            if column.type == "string":
                _set_at_path(record, column.path, self._read_text(cell, column))
            else:
                self._put_json_cell(record, (*path, *column.path), self._undo_habit(cell, column))
        self.records.append(record)
        places = _RowPositions(self.places, row[0].offset, cells)
        self.parts[path] = DocumentPart(document=record, places=places, file=self.file)

    def _read_text(self, cell: Cell, column: _ColumnTarget) -> str:
        """The text of a cell; a day in the order of day, month and year as ISO writes it, where semicolons are."""
        day = _LOCAL_DAY.fullmatch(cell.text) if column.is_day and self.has_local_days else None
        if day is None:
            return restore_unseen(unescape_formula(cell.text))
        self._tell_habit(cell.offset, "days")
        return f"{day[3]}-{day[2]:0>2}-{day[1]:0>2}"

    def _undo_habit(self, cell: Cell, column: _ColumnTarget) -> Cell:
        """The cell of a truth or a number as JSON writes it, where a spreadsheet wrote it in its own way."""
        if column.type == "boolean" and (truth := _TRUTHS.get(cell.text)):
            self._tell_habit(cell.offset, "truths")
            return Cell(truth, cell.offset)
        if column.type == "integer" and (number := _DECIMAL.fullmatch(cell.text)):
            self._tell_habit(cell.offset, "decimals")
            return Cell(number[1], cell.offset)
        return cell

    def _tell_habit(self, offset: int, habit: str) -> None:
        """Tell a habit of spreadsheets where it is first met."""
        if habit not in self.habits:
            self.habits.add(habit)
            self._report(shape.saved_by_spreadsheet, (), offset, habit=habit)

    def _put_json_cell(self, record: dict[str, Any], path: Path, cell: Cell) -> None:
        scanned = scan_json(cell.text.encode(), self.limits, self.counter)
        for finding in scanned.findings:
            line, column = self.places.line_and_column(cell.offset)
            within = (*path[:3], *finding.path)
            self.findings.append(finding.with_location(path=within, line=line, column=column, file=self.file))
        if self.counter.limit_reached:
            raise LimitReached
        if scanned.document is not None:
            _set_at_path(record, path[2:], scanned.document)
        elif not scanned.findings:
            self._report(shape.empty_value, path, cell.offset, given="null")

    def _report_misfit(self, offset: int, problem: str, **params: str | int) -> None:
        self._report(shape.invalid_file_bundle, (), offset, problem=problem, **params)

    def _report(self, rule: Code, path: Path, offset: int, **params: str | int) -> None:
        """Add a finding. Raises `ParseAborted` where there are too many."""
        if self.counter.count_finding(rule, offset):
            self._add_finding_at(rule, path, offset, params)

    def _add_finding_at(self, rule: Code, path: Path, offset: int, params: dict[str, str | int]) -> None:
        line, column = self.places.line_and_column(offset)
        self.findings.append(rule.finding(path, params, line=line, column=column).with_location(file=self.file))


def _set_at_path(record: dict[str, Any], path: Path, value: Any) -> None:
    *way, last = path
    for token in way:
        record = record.setdefault(str(token), {})
    record[str(last)] = value
