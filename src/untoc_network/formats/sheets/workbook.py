"""XLSX by openpyxl, in its read-only mode, and not before the sizes that the archive declares are looked at."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import iterparse

from untoc_network.errors import UnreadableInput
from untoc_network.findings import Finding
from untoc_network.formats.limits import Limits
from untoc_network.formats.sheets.cells import Cell, Form, Range, Sheet, Unreadable, Within
from untoc_network.rules import importing

__all__ = ["read_workbook"]

_FORMS = {"f": Form.FORMULA, "e": Form.FAILED}
_MIDNIGHT = dt.time()
_BROKEN = (
    "the workbook is damaged, or no workbook",
    "open it in a spreadsheet and save it anew as .xlsx, or export it as CSV in UTF-8",
)


def read_workbook(data: bytes, *, file: str | None, limits: Limits, sheet: str | None = None) -> Sheet:
    """The cells of a sheet of a workbook: the one of that name, else the first with content.

    Raises `Unreadable`, and `UnreadableInput` where openpyxl is not installed or no sheet has that name.
    """
    openpyxl = _openpyxl()
    _check_sizes(data, limits)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    except Exception:  # noqa: BLE001 - openpyxl lets through what it stumbles over: KeyError, TypeError, ParseError …
        raise _broken() from None
    if sheet is not None and sheet not in book.sheetnames:
        names = ", ".join(repr(name) for name in book.sheetnames)
        raise UnreadableInput(f"{file or 'the workbook'}: no sheet is called {sheet!r}; there are: {names}")
    try:
        return _chosen(book, data, file, limits, sheet)
    except Unreadable:
        raise
    except Exception:  # noqa: BLE001 - as above
        raise _broken() from None


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError:
        raise UnreadableInput(
            'to read .xlsx, openpyxl is needed: pip install "untoc-network[xlsx]", or export the sheet as CSV'
        ) from None
    return openpyxl


def _broken() -> Unreadable:
    problem, remedy = _BROKEN
    return Unreadable(importing.sheet_can_be_read, problem=problem, remedy=remedy)


def _check_sizes(data: bytes, limits: Limits) -> None:
    """Refuse an archive that declares to unpack to more than the limit; no part unpacks to more than it declares."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            declared = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise _broken() from None
    if declared > limits.max_inflated:
        raise Unreadable(
            importing.sheet_is_within_limits, problem=f"it unpacks to more than {limits.max_inflated} bytes"
        )


def _chosen(book: Any, data: bytes, file: str | None, limits: Limits, wanted: str | None) -> Sheet:
    within = Within(limits)
    read: Sheet | None = None
    left: list[str] = []
    for page in book.worksheets:
        if read is not None or (wanted is not None and page.title != wanted):
            left += [page.title] * _has_content(page, limits)
            continue
        rows = _rows(page, within)
        if rows or page.title == wanted:
            read = Sheet(file=file, name=page.title, rows=rows, merged=_merged(page, data))
    read = read or Sheet(file=file)
    return Sheet(file=file, name=read.name, rows=read.rows, merged=read.merged, findings=tuple(_unread(left, read)))


def _unread(titles: list[str], read: Sheet) -> Iterator[Finding]:
    return (read.finding(importing.workbook_is_read_whole, sheet=title) for title in titles)


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


_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")


def _merged(page: Any, data: bytes) -> tuple[Range, ...]:
    """The merged ranges, which openpyxl does not tell in its read-only mode."""
    path = page._worksheet_path  # noqa: SLF001 - openpyxl has no public way to the part of a sheet
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(path) as part:
        for _, element in iterparse(part):  # noqa: S314 - as above
            if element.tag.endswith("}mergeCell"):
                found.append(_RANGE.fullmatch(element.get("ref", "")))
            element.clear()
    return tuple(
        Range(int(shape[2]), _number_of(shape[1]), int(shape[4]), _number_of(shape[3])) for shape in found if shape
    )


def _number_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
