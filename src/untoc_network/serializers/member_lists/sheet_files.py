"""A file to the cells of a sheet, whatever its form: which one it is tells its first bytes, never its name."""

from __future__ import annotations

import re

from untoc_network.diagnostics.codes import member_lists as importing
from untoc_network.serializers.member_lists.column_mapping import SheetMapping
from untoc_network.serializers.member_lists.delimited_text import read_delimited
from untoc_network.serializers.member_lists.html_tables import is_html, read_html_tables
from untoc_network.serializers.member_lists.sheet_reading import Sheet, UnreadableSheet
from untoc_network.serializers.member_lists.text_encoding import decode_list
from untoc_network.serializers.source.limits import Limits

__all__ = ["read_cells"]

_ZIP = b"PK\x03\x04"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


def read_cells(
    data: bytes, *, file: str | None, limits: Limits, mapping: SheetMapping = SheetMapping()
) -> tuple[Sheet, bool]:
    """The cells of a sheet, and whether it could be read; where not, the sheet's one finding says why.

    Raises `MissingExtra` where openpyxl is needed and not there, `UnreadableInput` where no sheet has the wanted name.
    """
    try:
        return _read_sheet(data, file, limits, mapping), True
    except UnreadableSheet as problem:
        blank = Sheet(file=file)
        return Sheet(file=file, findings=(blank.finding(problem.rule, **problem.params),)), False


def _read_sheet(data: bytes, file: str | None, limits: Limits, mapping: SheetMapping) -> Sheet:
    if len(data) > limits.max_bytes:
        raise UnreadableSheet(importing.sheet_too_large, problem="bytes", limit=limits.max_bytes)
    if data.startswith(_OLD_WORKBOOK):
        raise UnreadableSheet(importing.unreadable_sheet, problem="old-workbook", remedy="save-as-xlsx")
    if data.startswith(_ZIP):
        return _read_archive(data, file, limits, mapping)
    decoded = decode_list(data, mapping.encoding)
    if _JSON.match(decoded.text):
        raise UnreadableSheet(importing.unreadable_sheet, problem="json", remedy="name-form")
    if is_html(decoded.text):
        return read_html_tables(decoded.text, file=file, limits=limits, mapping=mapping)
    return read_delimited(decoded, file=file, limits=limits)


def _read_archive(data: bytes, file: str | None, limits: Limits, mapping: SheetMapping) -> Sheet:
    from untoc_network.serializers.member_lists.opendocument import is_opendocument, read_opendocument
    from untoc_network.serializers.member_lists.workbook import read_workbook

    if _NUMBERS in data[:_FIRST_BYTES] or _NUMBERS in data[-_FIRST_BYTES:]:
        raise UnreadableSheet(importing.unreadable_sheet, problem="numbers", remedy="export-xlsx")
    read = read_opendocument if is_opendocument(data) else read_workbook
    return read(data, file=file, limits=limits, mapping=mapping)


_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]])")
"""How a document of JSON begins, and no row of a list: read as rows, what it holds would be told as headers."""
_NUMBERS = b"Index/Document.iwa"
"""A part that only the documents of Apple's programs have."""
_FIRST_BYTES = 100_000
