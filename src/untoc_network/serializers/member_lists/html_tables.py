"""Tables of HTML, which many programs write and call `.xls`: read by the standard library, nothing run or fetched."""

from __future__ import annotations

import functools
from html.parser import HTMLParser

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
from untoc_network.serializers.source.limits import Limits

__all__ = ["is_html", "read_html_tables"]

_BEGINNINGS = ("<html", "<!doctype html", "<table", "<meta", "<head", "<body", "<style", "<div")
_CELLS = ("td", "th")
_UNSEEN = ("script", "style", "title")
_MOST_TABLES = 1_000
_STRUCK = ("s", "strike", "del")


def is_html(text: str) -> bool:
    """Whether a text is HTML with a table."""
    begin = text[:2000].lstrip("\ufeff \t\r\n").casefold()
    return begin.startswith(_BEGINNINGS) and "<table" in text.casefold()


def read_html_tables(text: str, *, file: str | None, limits: Limits, mapping: SheetMapping) -> Sheet:
    """The cells of the table that the mapping names by its number, else the first one that looks like a list.

    Raises `UnreadableSheet` beyond the limits, `UnreadableInput` where no table has the wanted number.
    """
    parser = _TableParser(limits)
    parser.feed(text)
    parser.close()
    makers = [functools.partial(table.finish, file, f"{number}") for number, table in enumerate(parser.tables, start=1)]
    pages = [Page(name=f"{number}", read_first=make, read=make) for number, make in enumerate(makers, start=1)]
    return choose_sheet(pages, mapping, file)


class _Table:
    """A table while it is read: its cells, and how far those of earlier rows reach down."""

    def __init__(self) -> None:
        self.rows: dict[int, list[Cell]] = {}
        self.merged: list[MergedRange] = []
        self.row = self.column = 0
        self.covered: dict[int, int] = {}
        self.struck: list[Place] = []
        self.links: list[tuple[Place, str]] = []

    def start_row(self) -> None:
        self.row, self.column = self.row + 1, 0

    def start_cell(self, wide: int, high: int) -> tuple[int, int]:
        """The place of a cell, behind those that reach down from above."""
        self.column += 1
        while self.covered.get(self.column, 0) >= self.row:
            self.column += 1
        place = self.row, self.column
        if wide > 1 or high > 1:
            self.merged.append(MergedRange(self.row, self.column, self.row + high - 1, self.column + wide - 1))
        for column in range(self.column, self.column + wide):
            self.covered[column] = self.row + high - 1
        self.column += wide - 1
        return place

    def finish(self, file: str | None, name: str) -> Sheet:
        rows = {row: tuple(cells) for row, cells in self.rows.items()}
        sheet = Sheet(file=file, name=name, rows=rows, merged=tuple(self.merged))
        return add_hung_content(sheet, links=self.links, struck=self.struck)


class _TableParser(HTMLParser):
    """Gathers the tables; a table within a cell is text of that cell."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.limits, self.guard = limits, SizeGuard(limits)
        self.tables: list[_Table] = []
        self.depth = self.unseen = self.all_rows = self.reach = 0
        self.texts: list[str] | None = None
        self.place = (0, 0)
        self.is_struck = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen += tag in _UNSEEN
        if tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.tables.append(_Table())
                if len(self.tables) > _MOST_TABLES:
                    raise UnreadableSheet(importing.sheet_too_large, problem="sheets", limit=_MOST_TABLES)
        if self.depth == 1 and tag == "tr":
            self._end_cell()
            self.all_rows += 1
            self.guard.count_row(self.all_rows)
            self.tables[-1].start_row()
        elif self.depth == 1 and tag in _CELLS and self.tables[-1].row:
            self._end_cell()
            self._start_cell({name: value or "" for name, value in attrs})
        elif self.texts is not None and tag in ("br", "p", "div", "li"):
            self.texts.append("\n")
        self.is_struck = self.is_struck or (self.texts is not None and tag in _STRUCK)
        target = dict(attrs).get("href") if self.texts is not None and tag == "a" else None
        if target:
            self.guard.count_letters(len(target))
            self.tables[-1].links.append((self.place, target))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        wide, high = (_read_span(attributes.get(name, "")) for name in ("colspan", "rowspan"))
        wide, high = min(wide, self.limits.max_columns), min(high, self.limits.max_rows)
        self.reach += wide * high if wide * high > 1 else 0
        if self.reach > self.limits.max_cells:
            raise UnreadableSheet(importing.sheet_too_large, problem="merged-cells", limit=self.limits.max_cells)
        self.place = self.tables[-1].start_cell(wide, high)
        self.texts, self.is_struck = [], False

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in _UNSEEN and self.unseen > 0
        if self.depth == 1 and tag in (*_CELLS, "tr", "table"):
            self._end_cell()
        if tag == "table" and self.depth:
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        if self.texts is not None and not self.unseen:
            self.texts.append(data)

    def close(self) -> None:
        super().close()
        self._end_cell()

    def _end_cell(self) -> None:
        """Keep what the cell holds, its lines apart."""
        if self.texts is None:
            return
        lines = (" ".join(line.split()) for line in "".join(self.texts).split("\n"))
        text = "\n".join(line for line in lines if line)
        self.texts = None
        if text:
            row, column = self.place
            self.guard.count_cell(column, text)
            kind = CellKind.FORMULA if text.startswith("=") else CellKind.VALUE
            self.tables[-1].rows.setdefault(row, []).append(Cell(row, column, text, kind))
            self.tables[-1].struck += [self.place] if self.is_struck else []


def _read_span(text: str) -> int:
    """How many columns or rows a cell reaches over."""
    digits = text.strip()
    return max(1, int(digits)) if digits.isascii() and digits.isdigit() and len(digits) < 7 else 1
