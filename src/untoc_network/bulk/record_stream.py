"""The lines of an NDJSON file from any offset on, some thousand at a time, each read the short way where it can be."""

from __future__ import annotations

import os
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs

from untoc_network.diagnostics.findings import Finding
from untoc_network.model.register import SCHEMA_VERSION, AnyRecord, Redirect
from untoc_network.serializers.codecs.ndjson import read_record_line
from untoc_network.serializers.codecs.ndjson_lines import (
    Line,
    make_compiled_line_reader,
    make_frame_line,
    parse_line,
)
from untoc_network.serializers.source.file_access import open_input
from untoc_network.serializers.source.limits import Limits
from untoc_network.serializers.source.scan_result import LimitCounter
from untoc_network.values.argument_checks import check_arguments

__all__ = ["CHUNK", "Chunk", "RecordPosition", "RecordPositions", "read_chunks", "read_records_at", "stream_records"]

CHUNK = 5_000
"""So many lines are in memory at once."""

_BLANKS = b" \t\r\n"


@attrs.frozen
class RecordPosition:
    """Where a record stands: its position in its collection, its line and the offset of that line."""

    position: int
    line: int
    offset: int


class RecordPositions:
    """Where the records of a collection stand, in a few bytes each."""

    def __init__(self) -> None:
        self._columns = array("I"), array("I"), array("Q")

    def __getitem__(self, number: int) -> RecordPosition:
        position, line, offset = (column[number] for column in self._columns)
        return RecordPosition(position, line, offset)

    def append(self, position: int, line: int, offset: int) -> None:
        """Add the spot of the next record."""
        for column, value in zip(self._columns, (position, line, offset), strict=True):
            column.append(value)

    def add(self, others: RecordPositions, number: int) -> None:
        """Add one of others after these."""
        for column, more in zip(self._columns, others._columns, strict=True):
            column.append(more[number])

    def extend(self, others: RecordPositions, positions: int = 0, lines: int = 0) -> None:
        """Add others after these, moved by so many positions and lines."""
        moves = (positions, lines, 0)
        for column, more, move in zip(self._columns, others._columns, moves, strict=True):
            column.extend(array(more.typecode, (one + move for one in more)) if move else more)

    def __len__(self) -> int:
        return len(self._columns[0])


@attrs.frozen(kw_only=True)
class Chunk:
    """Some lines in a row: the records, where each stands, what reading found, and where the next chunk starts.

    Positions and lines count from where the reading began; the line there is the second, as the first is the frame's.
    """

    records: dict[str, list[Any]]
    spots: dict[str, RecordPositions]
    findings: list[Finding]
    unread_ids: set[str]
    counts: dict[str, int]
    """How many records of each collection there were so far, those that could not be read too."""
    end: int
    lines: int


@check_arguments
def stream_records(
    path: str | os.PathLike[str], offset: int = 0, *, limits: Limits = Limits()
) -> Iterator[tuple[int, AnyRecord | Redirect]]:
    """Every record that can be read from an offset on, each with the offset after it, to go on from another time.

    The frame, and lines that cannot be read, are passed over; `check` tells what is wrong with them. Raises
    `UnreadableInput` where the file cannot be opened.
    """
    for chunk in read_chunks(path, offset, None, limits=limits, size=1):
        for records in chunk.records.values():
            for record in records:
                yield chunk.end, record


def read_chunks(
    path: str | os.PathLike[str], start: int, end: int | None, *, limits: Limits, size: int = CHUNK
) -> Iterator[Chunk]:
    """The lines from one offset to another, a chunk at a time; the frame at offset 0 is passed over.

    The limits hold for each line: a file may have any number of them. All are read as of the version in the frame.
    """
    with open_input(os.fspath(path)) as stream:
        first = stream.readline()
        frame, short = _make_line_readers(first, limits)
        start = start or len(first)
        stream.seek(start)
        counts: defaultdict[str, int] = defaultdict(int)
        line = 1
        blank = False
        while end is None or start < end:
            chunk = Chunk(
                records=defaultdict(list),
                spots=defaultdict(RecordPositions),
                findings=[],
                unread_ids=set(),
                counts=counts,
                end=start,
                lines=line,
            )
            for _ in range(size):
                content = stream.readline(limits.max_bytes + 2)
                if not content or (end is not None and start >= end):
                    break
                while not content.endswith(b"\n") and (more := stream.readline(limits.max_bytes + 2)):
                    content = content[: limits.max_bytes + 1] + more
                line += 1
                blank, blank_before = not content.strip(_BLANKS), blank
                if not (blank and blank_before):
                    _add_line_to_chunk(
                        chunk, content.removesuffix(b"\n"), line, start, counts, short, frame, limits, os.fspath(path)
                    )
                start = stream.tell()
            chunk = attrs.evolve(chunk, end=start, lines=line)
            yield chunk
            if not content:
                return


def read_records_at(path: str | os.PathLike[str], offsets: Iterable[int], *, limits: Limits) -> Iterator[Any]:
    """The records in the lines at these offsets, which are known to hold records that can be read."""
    with open_input(os.fspath(path)) as stream:
        frame, short = _make_line_readers(stream.readline(), limits)
        for offset in offsets:
            stream.seek(offset)
            content = stream.readline().removesuffix(b"\n")
            taken = short(content)
            if taken is None:
                line = parse_line(1, content, limits, LimitCounter(limits))
                taken = "", read_record_line(line, frame, Counter(), os.fspath(path)).record
            yield taken[1]


def _make_line_readers(first: bytes, limits: Limits) -> tuple[Line, Callable[[bytes], Any]]:
    """How the lines after the first, which names the version, are read: the frame for the thorough way, the short."""
    line = parse_line(1, first.removesuffix(b"\n"), limits, LimitCounter(limits))
    version = (line.frame or {}).get("schema_version", SCHEMA_VERSION)
    return make_frame_line(version), make_compiled_line_reader(version, limits)


def _add_line_to_chunk(  # noqa: PLR0913, PLR0917
    chunk: Chunk,
    content: bytes,
    number: int,
    offset: int,
    counts: Any,
    short: Any,
    frame: Line,
    limits: Limits,
    file: str,
) -> None:
    """Put a line into the chunk."""
    taken = short(content)
    if taken is None:
        line = parse_line(number, content, limits, LimitCounter(limits))
        read = read_record_line(line, frame, counts, file)
        chunk.unread_ids.update(line.scan.unread_ids)
        chunk.findings.extend(read.report)
        if read.record is None and isinstance(line.record, dict) and isinstance(line.record.get("id"), str):
            chunk.unread_ids.add(line.record["id"])
        if read.collection is None:
            return
        position = counts[read.collection] - 1
        taken = read.collection, read.record
    else:
        position = counts[taken[0]]
        counts[taken[0]] += 1
    collection, record = taken
    if record is not None:
        chunk.records[collection].append(record)
        chunk.spots[collection].append(position, number, offset)
