"""XLSX by openpyxl, in its read-only mode, and not before the sizes that the archive declares are looked at."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Mapping
from typing import Any

from untoc_network.diagnostics.codes import member_lists as importing
from untoc_network.diagnostics.errors import MissingExtra, UnreadableInput
from untoc_network.diagnostics.findings import Finding
from untoc_network.serializers.member_lists.cells import Cell, Form, Range, Sheet, Unreadable, Within
from untoc_network.serializers.member_lists.xlsx_preflight import broken, survey
from untoc_network.serializers.source.limits import Limits

__all__ = ["read_workbook"]

_FORMS = {"f": Form.FORMULA, "e": Form.FAILED}
_MIDNIGHT = dt.time()


def read_workbook(data: bytes, *, file: str | None, limits: Limits, sheet: str | None = None) -> Sheet:
    """The cells of a sheet of a workbook: the one of that name, else the first with content.

    Raises `Unreadable`, `MissingExtra` where openpyxl is not installed, `UnreadableInput` where no sheet has that name.
    """
    openpyxl = _openpyxl()
    merged = survey(data, limits)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    except Exception:  # noqa: BLE001 - openpyxl lets through what it stumbles over: KeyError, TypeError, ParseError …
        raise broken() from None
    if sheet is not None and sheet not in book.sheetnames:
        names = ", ".join(repr(name) for name in book.sheetnames)
        raise UnreadableInput(f"{file or 'the workbook'}: no sheet is called {sheet!r}; there are: {names}")
    try:
        return _chosen(book, merged, file, limits, sheet)
    except Unreadable:
        raise
    except Exception:  # noqa: BLE001 - as above
        raise broken() from None


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError:
        raise MissingExtra(
            'to read .xlsx, openpyxl is needed: pip install "untoc-network[xlsx]", or export the sheet as CSV'
        ) from None
    return openpyxl


def _chosen(
    book: Any, merged: Mapping[str, tuple[Range, ...]], file: str | None, limits: Limits, wanted: str | None
) -> Sheet:
    within = Within(limits)
    read: Sheet | None = None
    left: list[str] = []
    for page in book.worksheets:
        if read is not None or (wanted is not None and page.title != wanted):
            left += [page.title] * _has_content(page, limits)
            continue
        rows = _rows(page, within)
        if rows or page.title == wanted:
            read = Sheet(file=file, name=page.title, rows=rows, merged=_ranges(page, merged))
    read = read or Sheet(file=file)
    return Sheet(file=file, name=read.name, rows=read.rows, merged=read.merged, findings=tuple(_unread(left, read)))


def _unread(titles: list[str], read: Sheet) -> Iterator[Finding]:
    return (read.finding(importing.sheet_not_imported, sheet=title) for title in titles)


def _has_content(page: Any, limits: Limits) -> bool:
    within = Within(limits)
    try:
        return any(_of_row(row, within) for row in _lines(page, within))
    except Unreadable:
        return True


def _lines(page: Any, within: Within) -> Iterator[Any]:
    page.reset_dimensions()  # what a sheet declares of its own size may be wrong, and would fill the rows up
    for number, row in enumerate(page.iter_rows(), 1):
        within.row(number)
        yield row


def _rows(page: Any, within: Within) -> dict[int, tuple[Cell, ...]]:
    found = ((number, _of_row(row, within)) for number, row in enumerate(_lines(page, within), 1))
    return {number: cells for number, cells in found if cells}


def _of_row(row: Any, within: Within) -> tuple[Cell, ...]:
    cells = []
    for cell in row:
        text = "" if cell.value is None else _text_of(cell.value).strip()
        if text:
            within.cell(cell.column, text)
            cells.append(Cell(cell.row, cell.column, text, _FORMS.get(cell.data_type, Form.VALUE)))
    return tuple(cells)


def _text_of(value: Any) -> str:
    """A value as text: days as ISO writes them, whole numbers without a decimal point."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == _MIDNIGHT else value.isoformat(sep=" ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _ranges(page: Any, merged: Mapping[str, tuple[Range, ...]]) -> tuple[Range, ...]:
    """The merged ranges of a sheet, which openpyxl does not tell in its read-only mode."""
    path: str = page._worksheet_path  # noqa: SLF001 - openpyxl has no public way to the part of a sheet
    return merged.get(path, ())
