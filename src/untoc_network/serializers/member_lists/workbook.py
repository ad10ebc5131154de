"""XLSX by openpyxl, in its read-only mode, and not before the sizes that the archive declares are looked at."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Mapping
from typing import Any

from untoc_network.diagnostics.codes import member_lists as importing
from untoc_network.diagnostics.errors import MissingExtra, UnreadableInput
from untoc_network.diagnostics.findings import Finding
from untoc_network.serializers.member_lists.cells import Cell, CellKind, MergedRange, Sheet, SizeGuard, UnreadableSheet
from untoc_network.serializers.member_lists.xlsx_preflight import damaged_workbook, find_merged_ranges
from untoc_network.serializers.source.limits import Limits

__all__ = ["read_workbook"]

_FORMS = {"f": CellKind.FORMULA, "e": CellKind.FAILED}
_MIDNIGHT = dt.time()


def read_workbook(data: bytes, *, file: str | None, limits: Limits, sheet: str | None = None) -> Sheet:
    """The cells of a sheet of a workbook: the one of that name, else the first with content.

    Raises `Unreadable`, `MissingExtra` where openpyxl is not installed, `UnreadableInput` where no sheet has that name.
    """
    openpyxl = _import_openpyxl()
    merged = find_merged_ranges(data, limits)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    except Exception:  # noqa: BLE001 - openpyxl lets through what it stumbles over: KeyError, TypeError, ParseError …
        raise damaged_workbook() from None
    if sheet is not None and sheet not in book.sheetnames:
        names = ", ".join(repr(name) for name in book.sheetnames)
        raise UnreadableInput(f"{file or 'the workbook'}: no sheet is called {sheet!r}; the sheets are: {names}")
    try:
        return _read_chosen_sheet(book, merged, file, limits, sheet)
    except UnreadableSheet:
        raise
    except Exception:  # noqa: BLE001 - as above
        raise damaged_workbook() from None


def _import_openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError:
        raise MissingExtra(
            'to read .xlsx, openpyxl is needed: pip install "untoc-network[xlsx]", or export the sheet as CSV'
        ) from None
    return openpyxl


def _read_chosen_sheet(
    book: Any, merged: Mapping[str, tuple[MergedRange, ...]], file: str | None, limits: Limits, wanted: str | None
) -> Sheet:
    guard = SizeGuard(limits)
    read: Sheet | None = None
    left: list[str] = []
    for page in book.worksheets:
        if read is not None or (wanted is not None and page.title != wanted):
            left += [page.title] * _has_content(page, limits)
            continue
        rows = _read_rows(page, guard)
        if rows or page.title == wanted:
            read = Sheet(file=file, name=page.title, rows=rows, merged=_merged_ranges(page, merged))
    read = read or Sheet(file=file)
    return Sheet(
        file=file, name=read.name, rows=read.rows, merged=read.merged, findings=tuple(_report_unread_sheets(left, read))
    )


def _report_unread_sheets(titles: list[str], read: Sheet) -> Iterator[Finding]:
    return (read.finding(importing.sheet_not_imported, sheet=title) for title in titles)


def _has_content(page: Any, limits: Limits) -> bool:
    guard = SizeGuard(limits)
    try:
        return any(_read_row(row, guard) for row in _iterate_rows(page, guard))
    except UnreadableSheet:
        return True


def _iterate_rows(page: Any, guard: SizeGuard) -> Iterator[Any]:
    page.reset_dimensions()  # what a sheet declares of its own size may be wrong, and would fill the rows up
    for number, row in enumerate(page.iter_rows(), 1):
        guard.count_row(number)
        yield row


def _read_rows(page: Any, guard: SizeGuard) -> dict[int, tuple[Cell, ...]]:
    found = ((number, _read_row(row, guard)) for number, row in enumerate(_iterate_rows(page, guard), 1))
    return {number: cells for number, cells in found if cells}


def _read_row(row: Any, guard: SizeGuard) -> tuple[Cell, ...]:
    cells = []
    for cell in row:
        text = "" if cell.value is None else _to_text(cell.value).strip()
        if text:
            guard.count_cell(cell.column, text)
            cells.append(Cell(cell.row, cell.column, text, _FORMS.get(cell.data_type, CellKind.VALUE)))
    return tuple(cells)


def _to_text(value: Any) -> str:
    """A value as text: days as ISO writes them, whole numbers without a decimal point."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == _MIDNIGHT else value.isoformat(sep=" ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _merged_ranges(page: Any, merged: Mapping[str, tuple[MergedRange, ...]]) -> tuple[MergedRange, ...]:
    """The merged ranges of a sheet, which openpyxl does not tell in its read-only mode."""
    path: str = page._worksheet_path  # noqa: SLF001 - openpyxl has no public way to the part of a sheet
    return merged.get(path, ())
