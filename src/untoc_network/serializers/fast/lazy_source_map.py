"""Where the records of a JSON text stand: looked for when the first finding needs it, and only as far as needed."""

from __future__ import annotations

import functools
import re
from typing import Any

import attrs

from untoc_network.diagnostics.findings import Finding, Origin
from untoc_network.model.register import COLLECTIONS, TABLES
from untoc_network.serializers.source.json_scanner import scan_json
from untoc_network.serializers.source.limits import Limits
from untoc_network.serializers.source.scan_result import Path
from untoc_network.serializers.structure.build_register import build_register

__all__ = ["LazySourceMap"]

_BETWEEN = re.compile(rb"[ \t\n\r,]*")


@attrs.define(eq=False, repr=False, slots=False)
class LazySourceMap:
    """The origin of a register that was read without a single finding: gives findings on it their places.

    It keeps the bytes and goes through a record of them only when something is found in it.
    """

    _data: bytes
    _limits: Limits
    _file: str | None
    _spans: dict[str, list[tuple[int, int, int]]] = attrs.field(factory=dict, init=False)
    _orders: dict[str, list[int]] = attrs.field(factory=dict, init=False)

    def place(self, finding: Finding) -> Finding | None:
        """A finding on the register with its place in the text."""
        path = finding.path
        if len(path) < 2 or path[0] not in self._records:
            return self._whole.place(finding)
        collection, position = path[:2]
        assert isinstance(collection, str)
        assert isinstance(position, int)
        number = self._order(collection)[position]
        line, column = self._place_in(collection, number, path[2:])
        where = (collection, number, *path[2:])
        return finding.with_location(path=where, line=line, column=column, file=self._file)

    def mapped(self) -> Origin:
        """The places alone, each worked out."""
        return self._whole.mapped()

    def _place_in(self, collection: str, number: int, path: Path) -> tuple[int, int]:
        start, end, line = self._spans_of(collection)[number]
        scanned = scan_json(self._data[start:end], self._limits)
        further, column = scanned.places.of(scanned.document, path)
        if further == 1:
            column += len(self._data[self._data.rfind(b"\n", 0, start) + 1 : start].decode())
        return line + further - 1, column

    @functools.cached_property
    def _whole(self) -> Origin:
        """The origin as the thorough way has it, for what stands in no record."""
        origin = build_register(scan_json(self._data, self._limits), self._file)[1].origin
        assert origin is not None
        return origin

    @functools.cached_property
    def _records(self) -> dict[str, tuple[int, bytes]]:
        """Of each collection where its list starts, and the list."""
        import msgspec

        lists = {}
        end = 0
        for name, raw in msgspec.json.decode(self._data, type=dict[str, msgspec.Raw]).items():
            value = bytes(raw)
            start = _start(self._data, self._data.index(b":", end) + 1)
            end = start + len(value)
            if name in TABLES:
                lists[name] = start, value
        return lists

    def _spans_of(self, collection: str) -> list[tuple[int, int, int]]:
        """Of each record of a collection where it starts and ends, and on which line it starts."""
        if collection not in self._spans:
            self._spans[collection] = self._found(collection)
        return self._spans[collection]

    def _found(self, collection: str) -> list[tuple[int, int, int]]:
        import msgspec

        before, value = self._records[collection]
        line = 1 + self._data.count(b"\n", 0, before)
        end = before + 1
        spans = []
        for raw in msgspec.json.decode(value, type=list[msgspec.Raw]):
            start = _start(self._data, end)
            end = start + len(bytes(raw))
            line += self._data.count(b"\n", before, start)
            spans.append((start, end, line))
            before = start
        return spans

    def _order(self, collection: str) -> list[int]:
        """Of each record, as the register has them, its number in the text."""
        if collection not in self._orders:
            import msgspec

            ids: list[Any] = [one.get("id") for one in msgspec.json.decode(self._records[collection][1])]
            order = sorted(range(len(ids)), key=ids.__getitem__) if collection in COLLECTIONS else [*range(len(ids))]
            self._orders[collection] = order
        return self._orders[collection]


def _start(data: bytes, at: int) -> int:
    """Where the next value starts, blanks and a comma aside."""
    found = _BETWEEN.match(data, at)
    assert found is not None, "the pattern matches the empty text"
    return found.end()
