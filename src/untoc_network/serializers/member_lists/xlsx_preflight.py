"""A look through the parts of a workbook before openpyxl builds trees of them: nothing is kept but the merged ranges.

A reader that builds trees needs a hundred bytes for an element of four, so a part that unpacks to little can still fill
all memory. Here each part runs through expat, which keeps nothing.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping
from xml.parsers import expat

from untoc_network.diagnostics.codes import member_lists as importing
from untoc_network.serializers.member_lists.cells import MergedRange, UnreadableSheet
from untoc_network.serializers.source.limits import Limits

__all__ = ["damaged_workbook", "find_merged_ranges"]

_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")


def damaged_workbook() -> UnreadableSheet:
    """That the workbook is none."""
    return UnreadableSheet(
        importing.unreadable_sheet,
        problem="damaged",
        remedy="save-anew",
    )


def find_merged_ranges(data: bytes, limits: Limits) -> Mapping[str, tuple[MergedRange, ...]]:
    """The merged ranges of each part of a workbook. Raises `Unreadable` beyond the limits.

    The sizes that the archive declares are looked at first; no part unpacks to more than it declares.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > limits.max_inflated:
                raise _beyond_limit("inflated", limits.max_inflated)
            return {part.filename: _PartScanner(limits).read(archive, part) for part in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, RuntimeError, zlib.error):
        raise damaged_workbook() from None


def _beyond_limit(problem: str, limit: int) -> UnreadableSheet:
    return UnreadableSheet(importing.sheet_too_large, problem=problem, limit=limit)


class _PartScanner:
    """Counts the elements of one part, by their names and since the last row."""

    def __init__(self, limits: Limits) -> None:
        self.most = {"row": limits.max_rows, "si": limits.max_cells, "mergeCell": limits.max_rows}
        self.most_in_a_row = 20 * limits.max_columns + limits.max_rows
        self.most_lent = limits.max_cells
        self.counts: Counter[str] = Counter()
        self.in_a_row = 0
        self.merged: list[MergedRange] = []

    def read(self, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> tuple[MergedRange, ...]:
        """Run through the part. What is no XML is left to those who know it."""
        parser = expat.ParserCreate(namespace_separator="}")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._refuse
        try:
            with archive.open(part) as opened:
                parser.ParseFile(opened)
        except expat.ExpatError:
            return ()
        if sum(range_.bottom - range_.top for range_ in self.merged) > self.most_lent:
            raise _beyond_limit("merged-cells", self.most_lent)
        return tuple(self.merged)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        kind = name.rpartition("}")[2]
        self.in_a_row += 1
        if self.in_a_row > self.most_in_a_row:
            raise _beyond_limit("elements", self.most_in_a_row)
        if kind in self.most:
            self.counts[kind] += 1
            if self.counts[kind] > self.most[kind]:
                raise _beyond_limit(_NAMES[kind], self.most[kind])
        if kind == "mergeCell" and (shape := _RANGE.fullmatch(attributes.get("ref", ""))):
            self.merged.append(
                MergedRange(int(shape[2]), _column_number(shape[1]), int(shape[4]), _column_number(shape[3]))
            )

    def _end(self, name: str) -> None:
        if name.endswith(("}row", "}si")):
            self.in_a_row = 0

    def _refuse(self, *_: object) -> None:
        raise damaged_workbook()


_NAMES = {"row": "rows", "si": "texts", "mergeCell": "merged-ranges"}


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
