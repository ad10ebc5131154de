"""Checking a file of any length: records as they stream by, and then what only many of them together can tell."""

from __future__ import annotations

import datetime as dt
import functools
import os
import pathlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext
from typing import Any, BinaryIO

import attrs

from untoc_network.bulk.comparison_needs import compares_records
from untoc_network.bulk.cross_record_check import CrossRecordCheck
from untoc_network.bulk.finding_spool import FindingSpool, SpooledFinding
from untoc_network.bulk.id_index import make_shared_hash
from untoc_network.bulk.part_check import (
    CheckedPart,
    MapFunction,
    Span,
    check_part,
    locate_findings,
    split_file,
    with_preceding_counts,
)
from untoc_network.diagnostics.code import CatalogueEntry
from untoc_network.diagnostics.codes import checks
from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.diagnostics.findings import Finding, Report
from untoc_network.model.register import Register
from untoc_network.rules import engine
from untoc_network.rules.engine import MOST_OF_A_RULE, Progress, RuleSet, report_rules_not_run, to_ruleset, validate
from untoc_network.serializers.codecs import ndjson
from untoc_network.serializers.codecs.json_scanner import scan_json
from untoc_network.serializers.files import read
from untoc_network.serializers.source.file_access import open_input
from untoc_network.serializers.source.limits import Limits
from untoc_network.serializers.source.scan_result import Path, ScanResult
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.dates import require_whole_day
from untoc_network.values.garbage_collection import pause_gc

__all__ = ["StreamCheck", "check", "iterate_findings"]

PARTS_PER_JOB = 4
PART_BYTES = 2**24
"""What a part comes to at the most, and so the findings that a worker has in memory."""


@check_arguments
def check(  # noqa: PLR0913
    path: str | os.PathLike[str],
    *,
    on: dt.date | str | None = None,
    rules: RuleSet | Iterable[CatalogueEntry] | None = None,
    jobs: int = 1,
    limits: Limits = Limits(),
    progress: Progress | None = None,
    run: MapFunction | None = None,
    most_of_a_rule: int | None = MOST_OF_A_RULE,
) -> Report:
    """Read and check an NDJSON file without having it in memory; the report is that of reading and validating it.

    Rules that judge each record by itself run on some thousand at a time. Those that compare records run in the end, on
    records without the fields that comparing does not need. `jobs` processes share the first part of the work, or as
    many workers that `run` starts elsewhere: it is called as `map` is, with a function and a list that can be pickled,
    and gives the results in order. `progress` is told bytes.

    Of each rule the report has the first `most_of_a_rule` findings, all where it is None; `XX006` says how many more
    there are. So `ok` and `reaches` are right in any case, and what `counts` lacks is told. Raises `UnreadableInput`
    where the file cannot be opened, `ImpossibleValue` where `most_of_a_rule` is less than one.
    """
    return StreamCheck(path, on, to_ruleset(rules), limits, progress).report(jobs, run, most_of_a_rule)


@check_arguments
def iterate_findings(  # noqa: PLR0913
    path: str | os.PathLike[str],
    *,
    on: dt.date | str | None = None,
    rules: RuleSet | Iterable[CatalogueEntry] | None = None,
    jobs: int = 1,
    limits: Limits = Limits(),
    progress: Progress | None = None,
    run: MapFunction | None = None,
) -> Iterator[Finding]:
    """Every finding of `check`, in the same order, one by one: memory does not grow with their number.

    The file is checked before this returns; until they are asked for, findings wait in a temporary file.
    """
    checking = StreamCheck(path, on, to_ruleset(rules), limits, progress)
    checking.run(jobs, run)
    return checking.findings()


class StreamCheck:
    """One check of one file: `run` it, and its findings can be had once."""

    def __init__(
        self,
        path: str | os.PathLike[str],
        on: dt.date | str | None,
        rules: RuleSet,
        limits: Limits,
        progress: Progress | None,
    ) -> None:
        self.path, self.on, self.rules, self.limits = os.fspath(path), on, rules, limits
        self.day = None if on is None else require_whole_day(on)
        self.progress = progress
        self.records = 0
        self.left_out: Counter[str] = Counter()
        """How many findings of a rule there were more than were asked for."""
        self.not_run: tuple[str, ...] = ()
        self._whole: Report | None = None
        self._spool = FindingSpool()
        self._unread_ids: set[str] = set()
        self._all_read = True
        self._size = 0

    def report(
        self, jobs: int = 1, run: MapFunction | None = None, most_of_a_rule: int | None = MOST_OF_A_RULE
    ) -> Report:
        """Run the check, and give what was found; of each rule so much at the most, and how much more there is."""
        if most_of_a_rule is not None and most_of_a_rule < 1:
            raise ImpossibleValue("one finding of each rule is told at the least, or a report would hide errors")
        self.run(jobs, run)
        found = tuple(self.findings(most_of_a_rule))
        more = (
            checks.findings_left_out.finding((), {"rule": code, "number": number}).with_location(file=self.path)
            for code, number in sorted(self.left_out.items())
        )
        return Report((*found, *more), None, self.not_run)

    def run(self, jobs: int = 1, run: MapFunction | None = None) -> None:
        """Check the file in one process, in `jobs` of them, or by as many workers that `run` starts elsewhere."""
        frame = self._read_frame()
        if frame is None:
            register, report = read(self.path, limits=self.limits, form="ndjson")
            self.records = len(register or ())
            found = Report() if register is None else validate(register, on=self.on, rules=self.rules)
            self._whole = report.merge(found)
            self.not_run = self._whole.not_run
            return
        with pause_gc() if self.limits.hold_back_gc else nullcontext():
            if run is not None:
                self._run_in_parts(frame, jobs, run)
            elif jobs > 1:
                from concurrent.futures import ProcessPoolExecutor

                with ProcessPoolExecutor(jobs) as pool:
                    self._run_in_parts(frame, jobs, pool.map)
            else:
                work = self._make_part_check(progress=self._report_progress, spool=self._spool)
                self._run_checks(frame, CrossRecordCheck(self.path, self.limits, map, [(0, self._size)]), work)

    def _run_in_parts(self, frame: Register, jobs: int, run: MapFunction) -> None:
        spans = split_file(self.path, max(jobs * PARTS_PER_JOB, self._size // PART_BYTES))
        work = self._make_part_check(hash_text=make_shared_hash())
        self._run_checks(frame, CrossRecordCheck(self.path, self.limits, run, spans), work)

    def _make_part_check(self, **how: Any) -> Callable[[Span], CheckedPart]:
        here = pathlib.Path(self.path).absolute()  # a worker may be in another folder
        return functools.partial(check_part, here, on=self.on, rules=self.rules, limits=self.limits, **how)

    def _run_checks(self, frame: Register, comparing: CrossRecordCheck, work: Callable[[Span], CheckedPart]) -> None:
        comparing.join(self._spool_findings_of_parts(comparing.run(work, comparing.spans)))
        self.records = sum(part.records for part in comparing.parts)
        alone = [rule.code for rule in self.rules.rules if not compares_records(rule) and rule.code != "XX004"]
        register = comparing.register(frame)
        found = engine.iterate_findings(register, self.rules.choosing(ignore=alone), self.day)
        self._spool.add(locate_findings(found, comparing.gathered.records, comparing.gathered.spots))
        missed = report_rules_not_run(self.rules, self.day)
        self._spool.add(locate_findings(missed, {}, {}))
        self.not_run = missed.not_run

    def _spool_findings_of_parts(self, parts: Iterable[CheckedPart]) -> Iterator[CheckedPart]:
        """The parts as they come; what was found in each goes to the others."""
        for part, lines, counts in with_preceding_counts(parts):
            self._report_progress(part.end)
            self._unread_ids |= part.unread_ids
            self._all_read &= part.all_read
            self._spool.add(_move_to_whole_file(one, lines, counts) for one in part.findings)
            yield attrs.evolve(part, findings=(), unread_ids=frozenset())

    def _report_progress(self, end: int) -> None:
        if self.progress is not None:
            self.progress(end, self._size)

    def _read_frame(self) -> Register | None:
        """The register without records that the first line holds, or None where something is to be said about it."""
        with open_input(self.path) as stream:
            self._size = os.fstat(stream.fileno()).st_size
            register, report = ndjson.reads(stream.readline(self.limits.max_bytes), limits=self.limits)
        return None if register is None or len(report) or len(register) or register.redirects else register

    # -- findings with their places ------------------------------------------------------------------------------------

    def findings(self, most_of_a_rule: int | None = None) -> Iterator[Finding]:
        """What was found, ordered by place; of each rule the first so many, and `left_out` counts the others."""
        told: Counter[str] = Counter()

        def is_full(code: str) -> bool:
            return most_of_a_rule is not None and told[code] >= most_of_a_rule

        for finding in self._locate_findings_by_line(is_full) if self._whole is None else self._whole:
            if is_full(finding.code):
                self.left_out[finding.code] += 1
            else:
                told[finding.code] += 1
                yield finding

    def _locate_findings_by_line(self, is_full: Callable[[str], bool]) -> Iterator[Finding]:
        """The findings of each line with their columns; of rules that are `is_full` only their number will matter."""
        with open_input(self.path) as stream:
            for line in self._spool.lines():
                yield from Report(tuple(self._locate_findings_in_line(line, stream, is_full)))

    def _locate_findings_in_line(
        self, line: list[SpooledFinding], stream: BinaryIO, is_full: Callable[[str], bool]
    ) -> Iterator[Finding]:
        """The findings of one line, without those that follow from what could not be read."""
        questionable = {one.path for one in line if one.offset is None and one.finding.code != "IO014"}
        scanned: ScanResult | None = None
        for one in dict.fromkeys(line) if line[0].line == 1 else line:  # in each part, a rule may have broken down
            if one.offset is None:
                yield self._give_position(one, one.finding.column)
            elif one.finding.from_absence and not self._all_read:
                continue
            elif not any(one.path[:depth] in questionable for depth in range(1, len(one.path) + 1)):
                if is_full(one.finding.code) and not self._unread_ids:
                    yield one.finding
                    continue
                scanned = scanned or self._scan_line_at(stream, one.offset)
                way = ("record", *one.path[2:]) if one.offset else one.path
                if _find_text_at(scanned.document, way) not in self._unread_ids:
                    yield self._give_position(one, scanned.places.find_position(scanned.document, way)[1])

    def _scan_line_at(self, stream: BinaryIO, offset: int) -> ScanResult:
        stream.seek(offset)
        return scan_json(stream.readline().removesuffix(b"\n"), self.limits)

    def _give_position(self, one: SpooledFinding, column: int | None) -> Finding:
        return one.finding.with_location(path=one.path, line=one.line, column=column, file=self.path)


def _find_text_at(document: Any, way: Path) -> str | None:
    """The text at a place in a document; None where there is none."""
    for token in way:
        try:
            document = document[token]
        except (KeyError, IndexError, TypeError):
            return None
    return document if isinstance(document, str) else None


def _move_to_whole_file(one: SpooledFinding, lines: int, counts: Mapping[str, int]) -> SpooledFinding:
    """A finding of a part as one of the file."""
    if one.offset == 0:
        return one
    name, *rest = one.path or ("",)
    if rest and isinstance(rest[0], int):
        rest[0] += counts[str(name)]
    return one._replace(line=one.line + lines, path=(name, *rest) if one.path else ())
