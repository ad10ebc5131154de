"""Where the lists and records of a JSON text stand, by msgspec, which passes over them without making anything of them.

The text is one that was read as a register already, without a word to say about it.
"""

from __future__ import annotations

import re
from typing import Any

from untoc_network.model.register import TABLES

__all__ = ["find_lists", "find_records", "read_ids"]

_BETWEEN = re.compile(rb"[ \t\n\r,]*")


def find_lists(data: bytes) -> dict[str, tuple[int, bytes]]:
    """Of each list of a register where it starts, and the list itself."""
    import msgspec

    lists = {}
    end = 0
    for name, raw in msgspec.json.decode(data, type=dict[str, msgspec.Raw]).items():
        value = bytes(raw)
        start = _find_start(data, data.index(b":", end) + 1)
        end = start + len(value)
        if name in TABLES:
            lists[name] = start, value
    return lists


def find_records(data: bytes, before: int, value: bytes) -> list[tuple[int, int, int]]:
    """Of each record of a list, which starts there, where it starts and ends, and on which line it starts."""
    import msgspec

    line = 1 + data.count(b"\n", 0, before)
    end = before + 1
    spans = []
    for raw in msgspec.json.decode(value, type=list[msgspec.Raw]):
        start = _find_start(data, end)
        end = start + len(bytes(raw))
        line += data.count(b"\n", before, start)
        spans.append((start, end, line))
        before = start
    return spans


def read_ids(value: bytes) -> list[Any]:
    """The id of each record of a list."""
    import msgspec

    return [one.get("id") for one in msgspec.json.decode(value)]


def _find_start(data: bytes, at: int) -> int:
    """Where the next value starts, blanks and a comma aside."""
    found = _BETWEEN.match(data, at)
    assert found is not None, "the pattern matches the empty text"
    return found.end()
