"""Checking a file of any length: records as they stream by, and then what only many of them together can tell."""

from __future__ import annotations

import datetime as dt
import functools
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import attrs

from untoc_network.bulk.comparison_needs import compares_records
from untoc_network.bulk.cross_record import CrossRecordCheck
from untoc_network.bulk.id_index import make_shared_hash
from untoc_network.bulk.part_check import (
    CheckedPart,
    LocatedFinding,
    MapFunction,
    Span,
    check_part,
    locate_findings,
    locate_value,
    split_file,
    with_preceding_counts,
)
from untoc_network.diagnostics.code import Explained
from untoc_network.diagnostics.findings import Finding, Report
from untoc_network.model.register import Register
from untoc_network.rules.engine import Progress, RuleSet, report_rules_not_run, run_rules, validate
from untoc_network.serializers.codecs import ndjson
from untoc_network.serializers.files import read
from untoc_network.serializers.source.atomic_write import open_input
from untoc_network.serializers.source.limits import Limits
from untoc_network.values.argument_checks import refuses_by_name
from untoc_network.values.dates import whole_day
from untoc_network.values.garbage_collection import pause_gc

__all__ = ["StreamCheck", "check"]

PARTS_PER_JOB = 4


@refuses_by_name
def check(  # noqa: PLR0913
    path: str | os.PathLike[str],
    *,
    on: dt.date | str | None = None,
    rules: RuleSet | Iterable[Explained] | None = None,
    jobs: int = 1,
    limits: Limits = Limits(),
    progress: Progress | None = None,
    run: MapFunction | None = None,
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
    return StreamCheck(path, on, ruleset, limits, progress).report(jobs, run)


class StreamCheck:
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
        self.records = 0
        self._size = 0

    def report(self, jobs: int = 1, run: MapFunction | None = None) -> Report:
        """Everything found, by one process, by `jobs` of them, or by as many workers that `run` starts elsewhere."""
        frame = self._frame()
        if frame is None:
            register, report = read(self.path, limits=self.limits, form="ndjson")
            self.records = len(register or ())
            found = Report() if register is None else validate(register, on=self.on, rules=self.rules)
            return report.merge(found)
        with pause_gc() if self.limits.hold_back_gc else nullcontext():
            if run is not None:
                return self._by_several(frame, jobs, run)
            if jobs > 1:
                from concurrent.futures import ProcessPoolExecutor

                with ProcessPoolExecutor(jobs) as pool:
                    return self._by_several(frame, jobs, pool.map)
            work = self._work(progress=self._tell)
            return self._found(frame, CrossRecordCheck(self.path, self.limits, map, [(0, self._size)]), work)

    def _by_several(self, frame: Register, jobs: int, run: MapFunction) -> Report:
        spans = split_file(self.path, jobs * PARTS_PER_JOB)
        work = self._work(hash_text=make_shared_hash())
        return self._found(frame, CrossRecordCheck(self.path, self.limits, run, spans), work)

    def _work(self, **how: Any) -> Callable[[Span], CheckedPart]:
        here = Path(self.path).absolute()  # a worker may be in another folder
        return functools.partial(check_part, here, on=self.on, rules=self.rules, limits=self.limits, **how)

    def _found(self, frame: Register, settling: CrossRecordCheck, work: Callable[[Span], CheckedPart]) -> Report:
        settling.join(self._told(settling.run(work, settling.spans)))
        self.records = sum(part.records for part in settling.parts)
        alone = [rule.code for rule in self.rules.rules if not compares_records(rule) and rule.code != "XX004"]
        day = None if self.on is None else whole_day(self.on)
        report = run_rules(settling.register(frame), self.rules.choosing(ignore=alone), day)
        gathered = settling.gathered
        missed = report_rules_not_run(self.rules, day)
        compared = (*locate_findings(report, gathered.records, gathered.spots), *locate_findings(missed, {}, {}))
        together = self._together(settling.parts, compared)
        return attrs.evolve(together, not_run=missed.not_run)

    def _told(self, parts: Iterable[CheckedPart]) -> Iterator[CheckedPart]:
        for part in parts:
            self._tell(part.end)
            yield part

    def _tell(self, end: int) -> None:
        if self.progress is not None:
            self.progress(end, self._size)

    def _frame(self) -> Register | None:
        """The register without records that the first line holds, or None where something is to be said about it."""
        with open_input(self.path) as stream:
            self._size = os.fstat(stream.fileno()).st_size
            register, report = ndjson.reads(stream.readline(self.limits.max_bytes), limits=self.limits)
        return None if register is None or len(report) or len(register) or register.redirects else register

    def _together(self, parts: list[CheckedPart], compared: Iterable[LocatedFinding]) -> Report:
        reading: list[Finding] = []
        found: list[LocatedFinding] = []
        for part, lines, counts in with_preceding_counts(parts):
            reading.extend(_moved(finding, self.path, lines, counts) for finding in part.read)
            found.extend(_moved_found(one, lines, counts) for one in part.found)
        lost = frozenset().union(*(part.unread_ids for part in parts))
        questionable = frozenset(finding.path for finding in reading if finding.code != "IO014")
        on_all = dict.fromkeys(one for one in found if one[1] is None)  # such as that a rule broke down, in each chunk
        on_records = (one for one in found if one[1] is not None)
        placed = (self._placed(one, questionable, lost) for one in (*on_all, *on_records, *compared))
        return Report((*reading, *(finding for finding in placed if finding is not None)))

    def _placed(
        self, found: LocatedFinding, questionable: frozenset[tuple[str | int, ...]], lost: frozenset[str]
    ) -> Finding | None:
        """A finding with its place, or None where it follows from what could not be read."""
        finding, name, spot, inner = found
        if finding.from_absence and questionable:
            return None
        if name is None or spot is None:
            column, _ = locate_value(self.path, 0, inner, self.limits)
            return finding.with_location(line=1, column=column, file=self.path)
        path = (name, spot.position, *inner)
        if any(path[:depth] in questionable for depth in range(1, len(path) + 1)):
            return None
        column, value = locate_value(self.path, spot.offset, ("record", *inner), self.limits)
        if isinstance(value, str) and value in lost:
            return None
        return finding.with_location(path=path, line=spot.line, column=column, file=self.path)


def _moved(finding: Finding, file: str, lines: int, counts: Mapping[str, int]) -> Finding:
    """A finding of a part as one of the file."""
    path = finding.path
    if len(path) > 1 and isinstance(path[1], int):
        path = (path[0], path[1] + counts[str(path[0])], *path[2:])
    line = (finding.line or 0) + lines
    return finding.with_location(file=file, path=path, line=line)


def _moved_found(found: LocatedFinding, lines: int, counts: Mapping[str, int]) -> LocatedFinding:
    finding, name, spot, path = found
    if name is None or spot is None:
        return found
    return finding, name, attrs.evolve(spot, position=spot.position + counts[name], line=spot.line + lines), path
