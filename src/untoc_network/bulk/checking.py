"""Checking a file of any length: records as they stream by, and then what only many of them together can tell."""

from __future__ import annotations

import datetime as dt
import functools
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import attrs

from untoc_network.bulk.comparing import compares
from untoc_network.bulk.keeping import Kept
from untoc_network.bulk.parts import Found, PartChecked, Span, check_part, parts_of, place_in, spotted
from untoc_network.bulk.streaming import Chunk, chunks
from untoc_network.documents.limits import Limits
from untoc_network.documents.whole_files import opened
from untoc_network.findings import Finding, Report, pointer_to, typed_path
from untoc_network.formats import ndjson
from untoc_network.formats.files import read
from untoc_network.model.register import Register
from untoc_network.rules.catalogue import catalogue
from untoc_network.rules.engine import Progress, validate
from untoc_network.rules.rule import Rule
from untoc_network.rules.ruleset import RuleSet
from untoc_network.values.collector import gc_held_back

__all__ = ["Checking", "check"]

PARTS_PER_JOB = 4

Run = Callable[[Callable[[Span], PartChecked], Sequence[Span]], Iterable[PartChecked]]
"""Called as `map` is: starts the work on all spans, wherever, and gives the results in their order when asked."""


def check(  # noqa: PLR0913
    path: str | os.PathLike[str],
    *,
    on: dt.date | str | None = None,
    rules: RuleSet | Iterable[Rule] | None = None,
    jobs: int = 1,
    limits: Limits = Limits(),
    progress: Progress | None = None,
    run: Run | None = None,
) -> Report:
    """Read and check an NDJSON file without having it in memory; the report is that of reading and validating it.

    Rules that judge each record by itself run on some thousand at a time. Those that compare records run in the end, on
    records without the fields that comparing does not need. `jobs` processes share the first part of the work, or as
    many workers that `run` starts elsewhere: it is called as `map` is, with a function and a list that can be pickled,
    and gives the results in order. `progress` is told bytes. Raises `UnreadableInput` where the file cannot be opened.
    """
    ruleset = (
        rules if isinstance(rules, RuleSet) else RuleSet.default() if rules is None else RuleSet(rules=tuple(rules))
    )
    return Checking(path, on, ruleset, limits, progress).report(jobs, run)


class Checking:
    """One check of one file."""

    def __init__(
        self,
        path: str | os.PathLike[str],
        on: dt.date | str | None,
        rules: RuleSet,
        limits: Limits,
        progress: Progress | None,
    ) -> None:
        self.path, self.on, self.rules, self.limits = os.fspath(path), on, rules, limits
        self.progress = progress
        here = Path(path).absolute()  # a worker may be in another folder
        self._check = functools.partial(check_part, here, on=on, rules=rules, limits=limits)
        self._size = 0
        self._kept = Kept(self.path, limits, whole=not frozenset(catalogue()).issuperset(rules.active))
        self.records = 0

    def report(self, jobs: int = 1, run: Run | None = None) -> Report:
        """Everything found, by one process, by `jobs` of them, or by as many workers that `run` starts elsewhere."""
        frame = self._frame()
        if frame is None:
            register, report = read(self.path, limits=self.limits, form="ndjson")
            self.records = len(register or ())
            found = Report() if register is None else validate(register, on=self.on, rules=self.rules)
            return report.merge(found)
        with gc_held_back(self.limits.hold_back_gc):
            if run is not None:
                parts = self._shared(jobs, run)
            elif jobs > 1:
                from concurrent.futures import ProcessPoolExecutor

                with ProcessPoolExecutor(jobs) as pool:
                    parts = self._shared(jobs, pool.map)
            else:
                parts = [self._check((0, self._size), each=self._keep)]
            self.records = sum(part.records for part in parts)
            return self._together(parts, self._compared(frame))

    def _shared(self, jobs: int, run: Run) -> list[PartChecked]:
        """What was found in the parts; while they are checked elsewhere, the records are gathered here."""
        checked = run(self._check, parts_of(self.path, jobs * PARTS_PER_JOB))
        for chunk in chunks(self.path, 0, None, limits=self.limits):
            self._keep(chunk)
        return [*checked]

    def _frame(self) -> Register | None:
        """The register without records that the first line holds, or None where something is to be said about it."""
        with opened(self.path) as stream:
            self._size = os.fstat(stream.fileno()).st_size
            register, report = ndjson.reads(stream.readline(self.limits.max_bytes), limits=self.limits)
        return None if register is None or len(report) or len(register) or register.redirects else register

    def _keep(self, chunk: Chunk) -> None:
        self._kept.take(chunk)
        if self.progress is not None:
            self.progress(chunk.end, self._size)

    def _compared(self, frame: Register) -> list[Found]:
        """What the rules found that compare records."""
        alone = [rule.code for rule in self.rules.rules if not compares(rule) and rule.code != "XX004"]
        report = validate(self._kept.compared(frame), on=self.on, rules=self.rules.choosing(ignore=alone))
        return [*spotted(report, self._kept.records, self._kept.spots)]

    def _together(self, parts: list[PartChecked], compared: list[Found]) -> Report:
        lines = 0
        counts: defaultdict[str, int] = defaultdict(int)
        reading: list[Finding] = []
        found: list[Found] = []
        for part in parts:
            reading.extend(_moved(finding, self.path, lines, counts) for finding in part.read)
            found.extend(_moved_found(one, lines, counts) for one in part.found)
            lines += part.lines
            for name, number in part.counts.items():
                counts[name] += number
        lost = frozenset().union(*(part.lost_ids for part in parts))
        troubled = frozenset(finding.pointer for finding in reading if finding.code != "IO014")
        on_all = dict.fromkeys(one for one in found if one[1] is None)  # such as that a rule broke down, in each chunk
        on_records = (one for one in found if one[1] is not None)
        placed = (self._placed(one, troubled, lost) for one in (*on_all, *on_records, *compared))
        return Report((*reading, *(finding for finding in placed if finding is not None)))

    def _placed(self, found: Found, troubled: frozenset[str], lost: frozenset[str]) -> Finding | None:
        """A finding with its place, or None where it follows from what could not be read."""
        finding, name, spot, inner = found
        if finding.from_absence and troubled:
            return None
        if name is None or spot is None:
            column, _ = place_in(self.path, 0, inner, self.limits)
            return attrs.evolve(finding, location=attrs.evolve(finding.location, line=1, column=column, file=self.path))
        path = (name, spot.position, *inner)
        if any(pointer_to(path[:depth]) in troubled for depth in range(1, len(path) + 1)):
            return None
        column, value = place_in(self.path, spot.offset, ("record", *inner), self.limits)
        if isinstance(value, str) and value in lost:
            return None
        location = attrs.evolve(
            finding.location, pointer=pointer_to(path), line=spot.line, column=column, file=self.path
        )
        return attrs.evolve(finding, location=location)


def _moved(finding: Finding, file: str, lines: int, counts: dict[str, int]) -> Finding:
    """A finding of a part as one of the file."""
    path = typed_path(finding.pointer)
    if len(path) > 1 and isinstance(path[1], int):
        path = (path[0], path[1] + counts[str(path[0])], *path[2:])
    line = (finding.line or 0) + lines
    location = attrs.evolve(finding.location, file=file, pointer=pointer_to(path), line=line)
    return attrs.evolve(finding, location=location)


def _moved_found(found: Found, lines: int, counts: dict[str, int]) -> Found:
    finding, name, spot, path = found
    if name is None or spot is None:
        return found
    return finding, name, attrs.evolve(spot, position=spot.position + counts[name], line=spot.line + lines), path
