"""CSV text to rows of cells, strictly, with the place of each cell; and cells to text that no spreadsheet runs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import attrs

from untoc_network.diagnostics.codes import reading as shape
from untoc_network.serializers.source.scan_result import ParseAborted

__all__ = ["Cell", "escape_formula", "format_row", "scan_rows", "unescape_formula"]

_CELL = re.compile(r'(?:"(?P<quoted>[^"]*+(?:""[^"]*+)*+)"|(?P<bare>[^",\r\n]*+))(?P<end>,|\r\n|\n|\r|\Z)')
_QUOTED = re.compile(r'[",\r\n]|^\s|\s$')
_ARMED = tuple("=+-@\t\r\n'\uff1d\uff0b\uff0d\uff20")
"""A cell that begins so is run as a formula by some spreadsheet, or would be taken for a cell that was disarmed."""


@attrs.frozen
class Cell:
    """The text of a cell and the offset at which it begins."""

    text: str
    offset: int


def scan_rows(text: str, most_columns: int) -> Iterator[list[Cell]]:
    """The rows of a table. Raises `ParseAborted` where a quote is out of place, or a row has too many cells."""
    at, row = 0, list[Cell]()
    while at < len(text) or row:
        found = _CELL.match(text, at)
        if found is None:
            raise ParseAborted(shape.invalid_file_bundle, at, problem="quote")
        quoted = found["quoted"]
        row.append(Cell(found["bare"] if quoted is None else quoted.replace('""', '"'), at))
        at = found.end()
        if len(row) > most_columns:
            raise ParseAborted(shape.invalid_file_bundle, at, problem="wide-row", limit=most_columns)
        if found["end"] != ",":
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
    return f"'{text}" if not text or text.startswith(_ARMED) else text


def unescape_formula(cell: str) -> str:
    """The text that a cell holds."""
    return cell.removeprefix("'")
