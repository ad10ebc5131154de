"""The records in JSON that are sound, where the whole is not, and where they stand.

The thorough way takes many times as long as the short one. It passes over what is read here, as if it had read it
itself: to the same objects, and without a word to say about them. So a document with a fault costs little more than one
without, and each record that has one costs what it costs alone.

Nothing here decides what is wrong. Where records end is msgspec's word, and taken only where the thorough way comes to
the very place at which one starts.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import re
from collections.abc import Callable
from typing import Any

import attrs

from untoc_network.diagnostics.shared_methods import SharedMethods
from untoc_network.model.register import TABLES, Register
from untoc_network.serializers.fast.fast_json import (
    DEEPEST,
    REFUSALS,
    Decoder,
    RecordReader,
    is_usable,
    make_reading_cache,
    may_hold_more_values_than,
    split_items,
)
from untoc_network.serializers.source.limits import Limits

__all__ = ["RecordFinder", "RecordRun", "read_ids", "read_register"]


def read_register(data: bytes, limits: Limits) -> tuple[Register | None, RecordFinder | None]:
    """The register that bytes hold; where the short way does not take them as a whole, what finds sound records.

    Neither of them where all must go the thorough way.
    """
    if limits.max_depth < DEEPEST or not is_usable():
        return None, None
    cache = make_reading_cache()
    decoder = Decoder(Register, limits, cache)
    struct = None
    with contextlib.suppress(*REFUSALS):
        struct = decoder.decode(data, at_length=False)
        return decoder.build(struct), None
    if may_hold_more_values_than(limits.max_values, data):
        return None, None
    reader = RecordReader(limits, cache)
    if struct is None:
        return None, RecordFinder(data, reader.read_all)
    return None, RecordFinder(data, lambda name, _: reader.build_all(name, getattr(struct, name)))


def read_ids(collection: str, texts: list[bytes]) -> list[Any]:  # noqa: ARG001
    """In the place of each record what has its id, and nothing else."""
    return [*map(_make_id_decoder().decode, texts)]


@functools.cache
def _make_id_decoder() -> Any:
    import msgspec

    return msgspec.json.Decoder(msgspec.defstruct("Identified", [("id", str, "")], gc=False))


@attrs.frozen
class RecordRun(SharedMethods):
    """Sound records that follow each other: where each starts, and where the last ends, in letters of the text."""

    records: list[Any]
    starts: list[int]
    end: int


_BETWEEN = re.compile(rb"[ \t\n\r,]*")
_STOPPED = re.compile(r"\(byte (\d+)\)\Z")
_MOST_ENDS = 32
"""So many places are tried at which the last whole record of a broken list may end."""


class RecordFinder:
    """Finds the sound records in the lists of a document, which are asked for in the order of the text.

    `read` makes of a collection's texts what is to stand for each record, and None of those that are not sound.
    """

    def __init__(self, data: bytes, read: Callable[[str, list[bytes]], list[Any]]) -> None:
        self._data, self._read = data, read
        self._letters = self._bytes = 0

    def find_runs(self, collection: str, text: str, start: int) -> dict[int, RecordRun]:
        """The runs in the list of a collection which starts at an offset of the text, by where they start."""
        if collection not in TABLES:
            return {}
        self._bytes += len(text[self._letters : start].encode())
        self._letters = start
        texts = _split_list(self._data, self._bytes)
        records = self._read(collection, texts)
        starts, ends = self._find_ends(texts)
        gone = [number for number, record in enumerate(records) if record is None]
        runs = {}
        for before, after in zip((-1, *gone), (*gone, len(records)), strict=True):
            there = slice(before + 1, after)
            if records[there]:
                runs[starts[there.start]] = RecordRun(records[there], starts[there], ends[after - 1])
        return runs

    def _find_ends(self, texts: list[bytes]) -> tuple[list[int], list[int]]:
        """Where each item of the list that was come to starts, and where it ends, in letters."""
        data, at, letters = self._data, self._bytes + 1, self._letters + 1
        lengths = [len(text) if text.isascii() else len(text.decode()) for text in texts]
        gaps = [len(_find_gap(data, at))] if texts else []
        second = at + gaps[0] + len(texts[0]) if texts else at
        between = _find_gap(data, second)
        if data.startswith(between.join(texts), at + sum(gaps)):
            gaps += [len(between)] * (len(texts) - 1)
        else:  # the items are not all as far apart as the first two
            for text in texts[:-1]:
                at += gaps[-1] + len(text)
                gaps.append(len(_find_gap(data, at)))
        edges = [*itertools.accumulate(itertools.chain.from_iterable(zip(gaps, lengths, strict=True)), initial=letters)]
        return edges[1::2], edges[2::2]


def _find_gap(data: bytes, at: int) -> bytes:
    """What stands between two items of a list, or before the first, from an offset on."""
    found = _BETWEEN.match(data, at)
    assert found is not None, "the pattern matches the empty text"
    return found[0]


def _split_list(data: bytes, at: int) -> list[bytes]:
    """The items of the list that starts at an offset; of a broken one those that stand before the place where it is."""
    import msgspec

    end = len(data)
    try:
        msgspec.json.decode(memoryview(data)[at:], type=msgspec.Raw)
    except msgspec.DecodeError as stopped:  # after the letter with which it goes on after the list, or at a wrong one
        found = _STOPPED.search(str(stopped))
        end = at + int(found[1]) - 1 if found else end
    except RecursionError:
        return []
    text = data[at:end]
    for _ in range(_MOST_ENDS):
        with contextlib.suppress(msgspec.DecodeError):
            return split_items(text)
        end = data.rfind(b"}", at, end)
        text = data[at : end + 1] + b"]"
    return []
