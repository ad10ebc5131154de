"""Findings in the order of their lines, however many: memory holds some thousand of them, a temporary file the rest.

An external sort: what comes is sorted some thousand at a time, each such run is written to a temporary file that
has no name, and the runs are read side by side, a few findings of each at a time.
"""

from __future__ import annotations

import contextlib
import heapq
import io
import itertools
import operator
import pickle
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from typing import IO, NamedTuple

from untoc_network.diagnostics.findings import Finding
from untoc_network.serializers.source.scan_result import Path

__all__ = ["FindingSpool", "SpooledFinding"]

RUN, BATCH = 10_000, 50
"""So many findings are sorted at once; so many of each run are in memory while the runs are read."""


class SpooledFinding(NamedTuple):
    """A finding with its line and its path in the register, before it is known in which column it stands."""

    line: int
    path: Path
    finding: Finding
    offset: int | None
    """Where its line begins in the file; None for what reading found, of which the column is known."""


class FindingSpool:
    """Takes findings in any order and gives them, line by line, once."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._runs: list[tuple[int, int]] = []
        self._waiting: list[SpooledFinding] = []

    def add(self, findings: Iterable[SpooledFinding]) -> None:
        """Take findings in."""
        for finding in findings:
            self._waiting.append(finding)
            if len(self._waiting) == RUN:
                self._write_run()

    def _write_run(self) -> None:
        if self._file is None:  # without a name, so that it is gone with the process
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed once it is read
        self._waiting.sort(key=_LINE)
        start = self._file.tell()
        for first in range(0, RUN, BATCH):
            pickle.dump(zlib.compress(pickle.dumps(self._waiting[first : first + BATCH]), 1), self._file)
        self._runs.append((start, self._file.tell()))
        self._waiting = []

    def lines(self) -> Iterator[list[SpooledFinding]]:
        """The findings of each line that has some. What was taken in is used up."""
        self._waiting.sort(key=_LINE)
        with self._file or contextlib.nullcontext(io.BytesIO()) as file:
            runs = (_read_run(file, start, end) for start, end in self._runs)
            for _, findings in itertools.groupby(heapq.merge(*runs, self._waiting, key=_LINE), key=_LINE):
                yield [*findings]


def _read_run(file: IO[bytes], start: int, end: int) -> Iterator[SpooledFinding]:
    while start < end:
        file.seek(start)
        batch = pickle.load(file)  # noqa: S301 - what was written here
        start = file.tell()
        yield from pickle.loads(zlib.decompress(batch))  # noqa: S301


_LINE = operator.itemgetter(0)
