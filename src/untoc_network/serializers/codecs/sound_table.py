"""The sound rows of a table of a bundle, read column by column, as the JSON that they are.

Cell by cell it takes ten times as long, which is how it is read where anything is to be explained. Here each column is
turned into JSON at once, the cells of a row are put together, and what reads JSON the short way decides: to the same
record, or to none. So this knows of nothing that can be wrong, except how a table is laid out.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Mapping
from typing import Any

from untoc_network.model.register import TABLES
from untoc_network.serializers.codecs.csv_table import WEIGHT_OF_ROW, find_column, restore_unseen, unescape_formula
from untoc_network.serializers.fast.fast_json import REFUSALS, RecordReader, encode_texts, split_items
from untoc_network.serializers.source.limits import Limits

__all__ = ["SoundTable"]

_IN_PLACE = re.compile(r'(?:(?:"[^"]*+(?:""[^"]*+)*+"|[^",\r\n]*+)(?:,|\r\n|\n|\r|\Z))*+')
"""A text in which each quote is in its place, and cells are separated by commas."""


_AT_ONCE = 500
"""So many rows are held cell by cell: few enough for the garbage collector to take no notice of them."""


class SoundTable:
    """Reads the table of one collection, and counts its values: so many at the most as are counted cell by cell."""

    def __init__(self, collection: str, limits: Limits, own_types: Mapping[str, str], reader: RecordReader) -> None:
        self._collection, self._limits, self._own_types, self._reader = collection, limits, own_types, reader
        self.values = 0

    def read(self, data: bytes) -> list[Any] | None:
        """The record of each row, or None; None alone where there may be a word to say about how the table is laid out.

        A table that may have twice as many cells as the limit allows values is not gone through.
        """
        lines = data.count(b"\n") + data.count(b"\r")
        if data.count(b",") + (WEIGHT_OF_ROW + 1) * lines > 2 * self._limits.max_values:
            return None
        try:
            texts = self._to_json(data.decode("utf-8-sig"))
        except (csv.Error, *REFUSALS):
            return None
        return self._reader.read_all(self._collection, texts)

    def _to_json(self, text: str) -> list[bytes]:
        """Each row as JSON. Raises `ValueError` where one is not laid out as the header is."""
        _require(_IN_PLACE.fullmatch(text))
        rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        header = next(rows, [])
        _require(0 < len({*header}) == len(header) <= self._limits.max_columns)
        columns = [find_column(TABLES[self._collection], name, self._own_types) for name in header]
        _require(None not in columns)
        texts: list[bytes] = []
        while some := [*itertools.islice(rows, _AT_ONCE)]:
            _require({*map(len, some)} == {len(header)})
            texts += self._put_rows_together(columns, some)
        _require(all(texts))
        return texts

    def _put_rows_together(self, columns: list[Any], rows: list[list[str]]) -> list[bytes]:
        self.values += WEIGHT_OF_ROW * len(rows)
        tree: dict[str, Any] = {}
        for column, cells in zip(columns, zip(*rows, strict=True), strict=True):
            *way, last = column.path
            branch = tree
            for token in way:
                branch = branch.setdefault(token, {})
            branch[last] = _to_texts(cells) if column.type == "string" else self._to_values(cells)
            self.values += len(cells) - cells.count("")
        return _put_together(tree)

    def _to_values(self, cells: tuple[str, ...]) -> list[bytes]:
        """The cells of a column of JSON. Raises `ValueError` where one is not just one value."""
        values = [cell.encode() for cell in cells]
        there = [value for value in values if value]
        joined = b"[%s]" % b",".join(there)
        _require(split_items(joined) == there)
        self.values += joined.count(b",") + 2 * (joined.count(b"[") + joined.count(b"{")) - 1
        return values


def _require(held: object) -> None:
    if not held:
        raise ValueError


def _to_texts(cells: tuple[str, ...]) -> list[bytes]:
    """The cells of a column of texts as JSON; nothing for those that are empty."""
    joined = "".join(cells)
    held = [restore_unseen(unescape_formula(cell)) for cell in cells] if "'" in joined or "\\u{" in joined else cells
    return [value if cell else b"" for cell, value in zip(cells, encode_texts(held), strict=True)]


def _put_together(tree: Mapping[str, Any]) -> list[bytes]:
    """Of each row the object that its values are, or nothing where it has none."""
    members = []
    for name, values in tree.items():
        key = b'"%s":' % name.encode()
        held = _put_together(values) if isinstance(values, dict) else values
        members.append([key + value if value else b"" for value in held])
    return [b"{%s}" % b",".join(filter(None, row)) if any(row) else b"" for row in zip(*members, strict=True)]
