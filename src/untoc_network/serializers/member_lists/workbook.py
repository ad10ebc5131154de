"""XLSX by openpyxl, in its read-only mode, and not before every part of the archive was looked through."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from untoc_network.diagnostics.codes import member_lists as importing
from untoc_network.diagnostics.errors import MissingExtra, UnreadableInput
from untoc_network.diagnostics.findings import Finding
from untoc_network.serializers.member_lists.sheet_reading import (
    Cell,
    CellKind,
    Sheet,
    SizeGuard,
    UnreadableSheet,
    column_letters,
)
from untoc_network.serializers.member_lists.xlsx_preflight import SheetExtras, damaged_workbook, survey_workbook
from untoc_network.serializers.source.limits import Limits

__all__ = ["read_workbook"]

_FORMS = {"f": CellKind.FORMULA, "e": CellKind.FAILED}
_MIDNIGHT = dt.time()


def read_workbook(data: bytes, *, file: str | None, limits: Limits, sheet: str | None = None) -> Sheet:
    """The cells of a sheet of a workbook: the one of that name, else the first with content.

    Raises `Unreadable`, `MissingExtra` where openpyxl is not installed, `UnreadableInput` where no sheet has that name.
    """
    openpyxl = _import_openpyxl()
    extras = survey_workbook(data, limits)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    except Exception:  # noqa: BLE001 - openpyxl lets through what it stumbles over: KeyError, TypeError, ParseError …
        raise damaged_workbook() from None
    if sheet is not None and sheet not in book.sheetnames:
        names = ", ".join(repr(name) for name in book.sheetnames)
        raise UnreadableInput(f"{file or 'the workbook'}: no sheet is called {sheet!r}; the sheets are: {names}")
    try:
        return _read_chosen_sheet(book, extras, file, limits, sheet)
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
    book: Any, extras: Mapping[str, SheetExtras], file: str | None, limits: Limits, wanted: str | None
) -> Sheet:
    guard = SizeGuard(limits)
    read: Sheet | None = None
    beside = SheetExtras()
    left: list[str] = []
    for page in book.worksheets:
        if read is not None or (wanted is not None and page.title != wanted):
            left += [page.title] * _has_content(page, guard)
            continue
        rows = _read_rows(page, guard)
        if rows or page.title == wanted:
            # openpyxl tells none of this in its read-only mode, and has no public way to the part of a sheet
            beside = extras.get(page._worksheet_path, beside)  # noqa: SLF001
            read = Sheet(file=file, name=page.title, rows=rows, merged=beside.merged)
    read = read or Sheet(file=file)
    findings = (*_report_extras(beside, read), *_report_unread_sheets(left, read))
    return Sheet(file=file, name=read.name, rows=read.rows, merged=read.merged, findings=findings)


def _report_extras(beside: SheetExtras, read: Sheet) -> Iterator[Finding]:
    """What hangs on cells and is not imported, a finding for each column: never what it says."""
    texts = {cell.position: cell.text for cells in read.rows.values() for cell in cells}
    links = [place for place, target in beside.links.items() if not _is_link_to_own_text(target, texts.get(place, ""))]
    for what, places in (("links", links), ("comments", beside.comments)):
        yield from _report_hung(what, places, read)


def _report_hung(what: str, places: Iterable[tuple[int, int]], read: Sheet) -> Iterator[Finding]:
    first: dict[int, int] = {}
    for row, column in sorted(places):
        first.setdefault(column, row)
    counts = Counter(column for _, column in places)
    for column, row in sorted(first.items()):
        told: dict[str, str | int] = {"what": what, "letters": column_letters(column), "number": counts[column]}
        yield read.finding(importing.cells_hold_more, row, column, **told)


def _is_link_to_own_text(target: str, text: str) -> bool:
    """Whether a link only says what the cell does, as spreadsheets make one of every address."""
    return _bare(target) == _bare(text)


def _bare(address: str) -> str:
    return address.casefold().strip().removeprefix("mailto:").rpartition("://")[2].rstrip("/")


def _report_unread_sheets(titles: list[str], read: Sheet) -> Iterator[Finding]:
    return (read.finding(importing.sheet_not_imported, sheet=title) for title in titles)


def _has_content(page: Any, guard: SizeGuard) -> bool:
    """Whether a sheet holds anything, or too much to look."""
    try:
        return any(_read_row(row, SizeGuard(guard.limits)) for row in _iterate_rows(page, guard))
    except UnreadableSheet:
        return True


def _iterate_rows(page: Any, guard: SizeGuard) -> Iterator[Any]:
    """The rows of a sheet; they count with those of the sheets before, of which there may be many."""
    before = guard.rows
    page.reset_dimensions()  # what a sheet declares of its own size may be wrong, and would fill the rows up
    for number, row in enumerate(page.iter_rows(), before + 1):
        guard.count_row(number)
        yield row


def _read_rows(page: Any, guard: SizeGuard) -> dict[int, tuple[Cell, ...]]:
    found = ((number, _read_row(row, guard)) for number, row in enumerate(_iterate_rows(page, guard), 1))
    return {number: cells for number, cells in found if cells}


def _read_row(row: Any, guard: SizeGuard) -> tuple[Cell, ...]:
    cells = []
    for cell in row:
        text = "" if cell.value is None else _cell_value_to_text(cell.value).strip()
        if text:
            guard.count_cell(cell.column, text)
            cells.append(Cell(cell.row, cell.column, text, _FORMS.get(cell.data_type, CellKind.VALUE)))
    return tuple(cells)


def _cell_value_to_text(value: Any) -> str:
    """A value as text: days as ISO writes them, whole numbers without a decimal point."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == _MIDNIGHT else value.isoformat(sep=" ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
