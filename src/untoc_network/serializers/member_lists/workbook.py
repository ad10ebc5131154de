"""XLSX by openpyxl, in its read-only mode, and not before every part of the archive was looked through."""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any
from xml.etree import ElementTree as ET

import attrs

from untoc_network.diagnostics.codes import member_lists as importing
from untoc_network.diagnostics.errors import MissingExtra
from untoc_network.diagnostics.findings import Finding
from untoc_network.serializers.member_lists.column_mapping import SheetMapping
from untoc_network.serializers.member_lists.hung_content import add_hung_content
from untoc_network.serializers.member_lists.sheet_choice import FIRST_ROWS, Page, choose_sheet
from untoc_network.serializers.member_lists.sheet_reading import (
    Cell,
    CellKind,
    Place,
    Sheet,
    SizeGuard,
    UnreadableSheet,
)
from untoc_network.serializers.member_lists.shown_values import show_value
from untoc_network.serializers.member_lists.xlsx_preflight import SheetExtras, damaged_workbook, survey_workbook
from untoc_network.serializers.source.limits import Limits

__all__ = ["read_workbook", "report_hidden_rows"]

_FORMS = {"f": CellKind.FORMULA, "e": CellKind.FAILED}


def read_workbook(data: bytes, *, file: str | None, limits: Limits, mapping: SheetMapping) -> Sheet:
    """The cells of a sheet of a workbook: the one that the mapping names, else the first that looks like a list.

    Raises `UnreadableSheet`, `MissingExtra` where openpyxl is not installed, `UnreadableInput` where no sheet has the
    wanted name.
    """
    openpyxl = _import_openpyxl()
    extras = survey_workbook(data, limits)
    book = _load(openpyxl, data)
    guard = SizeGuard(limits)
    pages = [_make_page(page, extras, guard, file) for page in book.worksheets]
    return choose_sheet(pages, mapping, file)


def _load(openpyxl: Any, data: bytes) -> Any:
    """The workbook; where openpyxl stumbles, once more without the styles that say nothing of values."""
    for is_bare in (False, True):
        try:
            stored = io.BytesIO(_drop_decoration(data) if is_bare else data)
            return openpyxl.load_workbook(stored, read_only=True, keep_links=False)
        except Exception:  # noqa: BLE001, S112 - openpyxl lets through what it stumbles over: KeyError, TypeError …
            continue
    raise damaged_workbook()


_STYLES = "xl/styles.xml"
_DECORATION = ("dxfs", "tableStyles", "colors", "extLst")


def _drop_decoration(data: bytes) -> bytes:
    """The workbook without colours and borders, which some programs write as only spreadsheets read them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as written:
        for part in archive.infolist():
            content = archive.read(part)
            written.writestr(part.filename, _make_styles_bare(content) if part.filename == _STYLES else content)
    return out.getvalue()


def _make_styles_bare(content: bytes) -> bytes:
    styles = ET.fromstring(content)  # noqa: S314 - the survey refused declarations, and counted the elements
    for child in [*styles]:
        space, _, name = child.tag.rpartition("}")
        if name in _DECORATION:
            styles.remove(child)
        for one in child if name in ("fills", "borders") else ():
            one[:] = [ET.Element(f"{space}}}patternFill")] if name == "fills" else []
            one.attrib.clear()
    return ET.tostring(styles)


def _import_openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError:
        raise MissingExtra(
            'to read .xlsx, openpyxl is needed: pip install "untoc-network[xlsx]", or export the sheet as CSV'
        ) from None
    return openpyxl


def _make_page(page: Any, extras: Mapping[str, SheetExtras], guard: SizeGuard, file: str | None) -> Page:
    # openpyxl tells none of this in its read-only mode, and has no public way to the part of a sheet
    beside = extras.get(page._worksheet_path, SheetExtras())  # noqa: SLF001
    blank = Sheet(file=file, name=page.title, merged=beside.merged)

    def read_first() -> Sheet:
        rows, _ = _read_rows(itertools.islice(_iterate_rows(page, guard), FIRST_ROWS), SizeGuard(guard.limits))
        return attrs.evolve(blank, rows=rows)

    def read() -> Sheet:
        rows, struck = _read_rows(_iterate_rows(page, guard), guard)
        sheet = attrs.evolve(blank, rows=rows, findings=tuple(report_hidden_rows(beside.hidden_rows, rows, blank)))
        return add_hung_content(sheet, links=beside.links.items(), comments=beside.comments.items(), struck=struck)

    def guarded(make: Any) -> Any:
        return lambda: _refuse_damage(make)

    return Page(
        name=page.title, is_hidden=page.sheet_state != "visible", read_first=guarded(read_first), read=guarded(read)
    )


def _refuse_damage(make: Any) -> Sheet:
    try:
        read: Sheet = make()
    except UnreadableSheet:
        raise
    except Exception:  # noqa: BLE001 - as above
        raise damaged_workbook() from None
    return read


def report_hidden_rows(hidden: Iterable[int], rows: Container[int], sheet: Sheet) -> Iterator[Finding]:
    """That rows with content are hidden."""
    hidden = [row for row in hidden if row in rows]
    if hidden:
        yield sheet.finding(importing.rows_are_hidden, min(hidden), number=len(hidden))


def _iterate_rows(page: Any, guard: SizeGuard) -> Iterator[Any]:
    """The rows of a sheet; they count with those that were read before, of which there may be many."""
    before = guard.rows
    page.reset_dimensions()  # what a sheet declares of its own size may be wrong, and would fill the rows up
    for number, row in enumerate(page.iter_rows(), before + 1):
        guard.count_row(number)
        yield row


def _read_rows(rows: Iterable[Any], guard: SizeGuard) -> tuple[dict[int, tuple[Cell, ...]], list[Place]]:
    """The cells by row, and those that are struck out."""
    read: dict[int, tuple[Cell, ...]] = {}
    struck: list[Place] = []
    for number, row in enumerate(rows, 1):
        cells = [(cell, text) for cell in row if cell.value is not None and (text := _show(cell).strip())]
        if cells:
            for cell, text in cells:
                guard.count_cell(cell.column, text)
            kinds = (_FORMS.get(cell.data_type, CellKind.VALUE) for cell, _ in cells)
            read[number] = tuple(
                Cell(number, cell.column, text, kind) for (cell, text), kind in zip(cells, kinds, strict=True)
            )
            struck += ((number, cell.column) for cell, _ in cells if cell.has_style and cell.font.strike)
    return read, struck


def _show(cell: Any) -> str:
    value = cell.value
    return value if isinstance(value, str) else show_value(value, cell.number_format)
