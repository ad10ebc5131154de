"""`.ods`, the sheets of LibreOffice: one part of XML in an archive, read in pieces by expat, which keeps nothing.

A cell or a row says how often it is repeated, up to a million times in an empty sheet, so only those with content are
spread, and they count with every repetition.
"""

from __future__ import annotations

import functools
import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from xml.parsers import expat

import attrs

from untoc_network.diagnostics.codes import member_lists as importing
from untoc_network.serializers.member_lists.column_mapping import SheetMapping
from untoc_network.serializers.member_lists.hung_content import add_hung_content
from untoc_network.serializers.member_lists.sheet_choice import Page, choose_sheet
from untoc_network.serializers.member_lists.sheet_reading import (
    Cell,
    CellKind,
    MergedRange,
    Place,
    Sheet,
    SizeGuard,
    UnreadableSheet,
)
from untoc_network.serializers.member_lists.workbook import report_hidden_rows
from untoc_network.serializers.source.limits import Limits

__all__ = ["is_opendocument", "read_opendocument"]

Attributes = dict[str, str]
_TYPE = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_CONTENT = "content.xml"
_PIECE = 2**16
_LONGEST_NUMBER = 8
_MOST_SHEETS = 1_000
_MOST_STYLES = 10_000
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0}"


def is_opendocument(data: bytes) -> bool:
    """Whether the bytes are a sheet of OpenDocument: its type is written first, and not packed."""
    return _TYPE in data[:200]


def read_opendocument(data: bytes, *, file: str | None, limits: Limits, mapping: SheetMapping) -> Sheet:
    """The cells of the sheet that the mapping names, else of the first that looks like a list.

    Raises `UnreadableSheet` beyond the limits, `UnreadableInput` where no sheet has the wanted name.
    """
    scanner = _ContentScanner(limits)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            part = archive.getinfo(_CONTENT)
            if part.file_size > limits.max_inflated:
                raise UnreadableSheet(importing.sheet_too_large, problem="inflated", limit=limits.max_inflated)
            with archive.open(part) as opened:
                scanner.read(iter(lambda: opened.read(_PIECE), b""))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, RuntimeError, EOFError, zlib.error, expat.ExpatError):
        raise _tell_damage() from None
    pages = [
        Page(name=table.name, is_hidden=table.is_hidden, read_first=make, read=make)
        for table in scanner.tables
        for make in (functools.partial(table.finish, file),)
    ]
    return choose_sheet(pages, mapping, file)


def _tell_damage() -> UnreadableSheet:
    return UnreadableSheet(importing.unreadable_sheet, problem="damaged", remedy="save-anew")


@attrs.define
class _Table:
    """A sheet while it is read."""

    name: str
    is_hidden: bool
    rows: dict[int, tuple[Cell, ...]] = attrs.field(factory=dict)
    merged: list[MergedRange] = attrs.field(factory=list)
    hidden: list[int] = attrs.field(factory=list)
    comments: list[tuple[Place, str]] = attrs.field(factory=list)
    links: list[tuple[Place, str]] = attrs.field(factory=list)
    struck: list[Place] = attrs.field(factory=list)
    row: int = 0

    def finish(self, file: str | None) -> Sheet:
        """The sheet, with what is told of it."""
        sheet = Sheet(file=file, name=self.name, rows=self.rows, merged=tuple(self.merged))
        sheet = attrs.evolve(sheet, findings=tuple(report_hidden_rows(self.hidden, self.rows, sheet)))
        return add_hung_content(sheet, links=self.links, comments=self.comments, struck=self.struck)


class _ContentScanner:
    """Goes through the content once, and keeps cells with content."""

    def __init__(self, limits: Limits) -> None:
        self.limits, self.guard = limits, SizeGuard(limits)
        self.tables: list[_Table] = []
        self.hidden_styles: set[str] = set()
        self.struck_styles: set[str] = set()
        self.style = ""
        self.depth = self.table_depth = self.note_depth = self.column = self.letters = self.reach = 0
        self.cells: list[Cell] = []
        self.row: Attributes = {}
        self.hung_before_row = self.hung_before_cell = (0, 0, 0)
        self.cell: Attributes | None = None
        self.texts: list[str] = []
        self.note_texts: list[str] | None = None
        self.handlers = {
            f"{_STYLE}style": self._keep_style,
            f"{_STYLE}table-properties": self._keep_hidden_style,
            f"{_STYLE}text-properties": self._keep_struck_style,
            f"{_TABLE}table-row": self._start_row,
            f"{_TABLE}table-cell": self._start_cell,
            f"{_TABLE}covered-table-cell": self._start_cell,
            f"{_OFFICE}annotation": self._start_annotation,
            f"{_TEXT}p": self._break_line,
            f"{_TEXT}line-break": self._break_line,
            f"{_TEXT}s": self._keep_blank,
            f"{_TEXT}tab": self._keep_blank,
            f"{_TEXT}a": self._keep_link,
        }

    def read(self, pieces: Iterable[bytes]) -> None:
        """Go through the part."""
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._keep_text
        parser.StartDoctypeDeclHandler = self._refuse
        for piece in pieces:
            parser.Parse(piece)
        parser.Parse(b"", True)

    def _refuse(self, *_: object) -> None:
        raise _tell_damage()

    def _start(self, name: str, attributes: Attributes) -> None:
        self.depth += 1
        if self.depth > self.limits.max_depth:
            raise _tell_damage()
        if name == f"{_TABLE}table":
            self.table_depth += 1
            if self.table_depth == 1:
                self._start_table(attributes)
        elif self.note_depth:
            self.note_texts = [] if name == f"{_TEXT}p" else self.note_texts
        elif name in self.handlers and self.table_depth < 2 and not self.note_depth:
            self.handlers[name](attributes)

    def _end(self, name: str) -> None:
        if self.note_depth and name == f"{_TEXT}p":
            self._keep_note()
        if self.note_depth == self.depth:
            self.note_depth = 0
        self.depth -= 1
        if name == f"{_TABLE}table":
            self.table_depth -= 1
        elif self.table_depth == 1 and not self.note_depth:
            if name == f"{_TABLE}table-row":
                self._end_row()
            elif name in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                self._end_cell()

    def _keep_style(self, attributes: Attributes) -> None:
        self.style = attributes.get(f"{_STYLE}name", "")

    def _keep_hidden_style(self, attributes: Attributes) -> None:
        if attributes.get(f"{_TABLE}display") == "false" and len(self.hidden_styles) < _MOST_SHEETS:
            self.hidden_styles.add(self.style)

    def _keep_struck_style(self, attributes: Attributes) -> None:
        line = attributes.get(f"{_STYLE}text-line-through-style", "none")
        if line != "none" and len(self.struck_styles) < _MOST_STYLES:
            self.struck_styles.add(self.style)

    def _start_table(self, attributes: Attributes) -> None:
        if len(self.tables) == _MOST_SHEETS:
            raise UnreadableSheet(importing.sheet_too_large, problem="sheets", limit=_MOST_SHEETS)
        is_hidden = attributes.get(f"{_TABLE}style-name") in self.hidden_styles
        self.tables.append(_Table(attributes.get(f"{_TABLE}name", ""), is_hidden))

    def _start_row(self, attributes: Attributes) -> None:
        self.row, self.cells, self.column = attributes, [], 0
        self.hung_before_row = self._count_hung()

    def _start_cell(self, attributes: Attributes) -> None:
        self.cell, self.texts, self.letters = attributes, [], 0
        self.hung_before_cell = self._count_hung()

    def _start_annotation(self, _: Attributes) -> None:
        self.note_depth = self.depth
        if self.cell is not None:
            self.tables[-1].comments.append((self._place, ""))

    def _keep_note(self) -> None:
        """A line of a comment; who wrote it and when stands beside, and is not what it says."""
        if self.note_texts is not None and self.cell is not None:
            place, earlier = self.tables[-1].comments.pop()
            text = "\n".join(filter(None, (earlier, "".join(self.note_texts).strip())))
            self.guard.count_letters(len(text))
            self.tables[-1].comments.append((place, text))
        self.note_texts = None

    def _keep_link(self, attributes: Attributes) -> None:
        target = attributes.get("http://www.w3.org/1999/xlink}href", "")
        if self.cell is not None and target:
            self.guard.count_letters(len(target))
            self.tables[-1].links.append((self._place, target))

    def _count_hung(self) -> tuple[int, int, int]:
        table = self.tables[-1]
        return len(table.comments), len(table.links), len(table.struck)

    def _repeat_hung(self, before: tuple[int, int, int], times: int, *, down: int = 0, right: int = 0) -> None:
        """Hang what was hung since then on the cells that stand for more of the same too: each counts as a cell."""
        table = self.tables[-1]
        texts = (table.comments, table.links)
        held = [items[start:] for items, start in zip(texts, before, strict=False)]
        struck = table.struck[before[2] :]
        for step in range(1, times) if any(held) or struck else ():
            for items, repeated in zip(texts, held, strict=True):
                for (row, column), text in repeated:
                    self.guard.count_cell(column + right * step, text)
                    items.append(((row + down * step, column + right * step), text))
            table.struck.extend((row + down * step, column + right * step) for row, column in struck)

    @property
    def _place(self) -> Place:
        return self.tables[-1].row + 1, self.column + 1

    def _keep_text(self, text: str) -> None:
        if self.note_texts is not None:
            self.note_texts.append(text)
        if self.cell is not None and not self.note_depth:
            self.letters += len(text)
            self.guard.count_letters(self.letters)
            self.texts.append(text)

    def _break_line(self, _: Attributes) -> None:
        self._keep_text("\n")

    def _keep_blank(self, _: Attributes) -> None:
        self._keep_text(" ")

    def _end_cell(self) -> None:
        """Keep the cell, as often as it says that it is there."""
        cell, self.cell = self.cell or {}, None
        times = _read_number(cell.get(f"{_TABLE}number-columns-repeated"))
        lines = (" ".join(line.split()) for line in "".join(self.texts).split("\n"))
        text = _show(cell, "\n".join(line for line in lines if line))
        if text:
            kind = CellKind.FORMULA if f"{_TABLE}formula" in cell else CellKind.VALUE
            if cell.get(f"{_TABLE}style-name") in self.struck_styles:
                self.tables[-1].struck.append(self._place)
            for column in range(self.column + 1, self.column + times + 1):
                self.guard.count_cell(column, text)
                self.cells.append(Cell(self.tables[-1].row + 1, column, text, kind))
            self._repeat_hung(self.hung_before_cell, times, right=1)
        self._keep_merged(cell)
        self.column += times

    def _keep_merged(self, cell: Attributes) -> None:
        wide, high = (_read_number(cell.get(f"{_TABLE}number-{of}-spanned")) for of in ("columns", "rows"))
        if wide * high > 1:
            self.reach += wide * high
            if self.reach > self.limits.max_cells:
                raise UnreadableSheet(importing.sheet_too_large, problem="merged-cells", limit=self.limits.max_cells)
            row, column = self.tables[-1].row + 1, self.column + 1
            self.tables[-1].merged.append(MergedRange(row, column, row + high - 1, column + wide - 1))

    def _end_row(self) -> None:
        table, times = self.tables[-1], _read_number(self.row.get(f"{_TABLE}number-rows-repeated"))
        if self.cells:
            for row in range(table.row + 1, table.row + times + 1):
                self.guard.count_row(row)
                if row > table.row + 1:
                    for cell in self.cells:
                        self.guard.count_cell(cell.column, cell.text)
                table.rows[row] = tuple(attrs.evolve(cell, row=row) for cell in self.cells)
                if self.row.get(f"{_TABLE}visibility", "visible") != "visible":
                    table.hidden.append(row)
            self._repeat_hung(self.hung_before_row, times, down=1)
        table.row += times


def _read_number(text: str | None) -> int:
    """How often something is there, or how far it reaches."""
    return max(1, int(text)) if text and text.isascii() and text.isdigit() and len(text) < _LONGEST_NUMBER else 1


def _show(cell: Attributes, shown: str) -> str:
    """What a cell shows; a date as ISO writes it, without the parts that are not shown, and a number by its value."""
    kind = cell.get(f"{_OFFICE}value-type")
    if kind == "date" and (value := cell.get(f"{_OFFICE}date-value")):
        return _show_date(value, shown)
    if kind == "float" and not shown.isdigit() and (value := cell.get(f"{_OFFICE}value")):
        return value.removesuffix(".0")
    return shown or cell.get(f"{_OFFICE}string-value", "")


def _show_date(value: str, shown: str) -> str:
    day, _, time = value.partition("T")
    year, month, number = (*day.split("-"), "", "")[:3]
    numbers = {part.lstrip("0") for part in re.findall(r"\d+", shown)}
    if numbers == {year}:
        return year
    if numbers and number.lstrip("0") not in numbers:
        return f"{year}-{month}"
    return day if time.strip("0:") == "" else f"{day} {time}"
