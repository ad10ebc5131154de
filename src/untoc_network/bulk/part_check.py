"""A part of a file checked by itself: a pure function that any pool of processes, or a cluster, can run."""

from __future__ import annotations

import datetime as dt
import itertools
import os
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from typing import Any

import attrs

from untoc_network.bulk.comparison_needs import compares_records, needs_whole_records
from untoc_network.bulk.finding_spool import FindingSpool, SpooledFinding
from untoc_network.bulk.id_index import TextHash
from untoc_network.bulk.record_stream import Chunk, RecordPositions, read_chunks
from untoc_network.bulk.retained_records import RetainedPart
from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.diagnostics.findings import Finding
from untoc_network.model.register import COLLECTIONS, Register
from untoc_network.rules.engine import RuleSet, run_rules
from untoc_network.serializers.source.file_access import open_input
from untoc_network.serializers.source.limits import Limits
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.dates import require_whole_day
from untoc_network.values.garbage_collection import pause_gc

__all__ = [
    "CheckedPart",
    "MapFunction",
    "Span",
    "check_part",
    "locate_findings",
    "split_file",
    "with_preceding_counts",
]

Span = tuple[int, int]
"""The offsets between which a part stands."""

MapFunction = Callable[[Callable[[Any], Any], Sequence[Any]], Iterable[Any]]
"""Called as `map` is: starts the work on all parts, wherever, and gives the results in their order when asked."""


@attrs.frozen(kw_only=True)
class CheckedPart:
    """What was found in a part by the rules that judge each record by itself, and by reading.

    Positions and lines count within the part; `lines` and `counts` tell how far those of the next part are moved.
    """

    findings: tuple[SpooledFinding, ...]
    unread_ids: frozenset[str]
    all_read: bool
    """Whether nothing stood there that could not be read, so that what is not there is absent."""
    lines: int
    counts: dict[str, int]
    records: int
    end: int
    kept: RetainedPart | None = attrs.field(default=None, repr=False, eq=False)
    """What comparing needs of the records of the part, until it is joined with that of the others."""


@check_arguments
def split_file(path: str | os.PathLike[str], parts: int) -> tuple[Span, ...]:
    """Offsets at which a file falls into parts of about equal size: whole lines, and none begins with a blank one.

    Raises `UnreadableInput` where the file cannot be opened.
    """
    cuts = [0]
    with open_input(os.fspath(path)) as stream:
        size = stream.seek(0, os.SEEK_END)
        for number in range(1, parts):
            stream.seek(max(size * number // parts, cuts[-1]))
            stream.readline()
            start = stream.tell()
            while (line := stream.readline()) and not line.strip():
                start = stream.tell()
            if start < size and start > cuts[-1]:
                cuts.append(start)
    return tuple(zip(cuts, [*cuts[1:], size], strict=True))


@check_arguments
def check_part(  # noqa: PLR0913
    path: str | os.PathLike[str],
    span: Span,
    *,
    on: dt.date | str | None = None,
    rules: RuleSet | None = None,
    limits: Limits = Limits(),
    hash_text: TextHash = hash,
    progress: Callable[[int], None] | None = None,
    spool: FindingSpool | None = None,
) -> CheckedPart:
    """Check the lines between two offsets with the rules that judge each record by itself.

    Pure but for reading the file, so that parts can be checked anywhere, in any order. What is kept of several parts
    can be compared where all were given the same `hash_text`. `progress` is told the offsets that were reached. Where
    there is a `spool`, it takes the findings, and the part has none.
    """
    chosen, day = rules or RuleSet.default(), None if on is None else require_whole_day(on)
    alone = chosen.choosing(
        ignore=[rule.code for rule in chosen.rules if compares_records(rule) and rule.code != "XX004"]
    )
    findings: list[SpooledFinding] = []
    unread: set[str] = set()
    all_read = True
    counts: dict[str, int] = {}
    if len(span) != 2:
        raise ImpossibleValue("span: expected two offsets, as the parts of a file have them")
    start, end = span
    lines, records, last = 1, 0, start
    kept = RetainedPart(whole=any(map(needs_whole_records, chosen.active)), hash_text=hash_text)
    with pause_gc() if limits.hold_back_gc else nullcontext():
        for chunk in read_chunks(path, start, end, limits=limits):
            report = run_rules(_make_chunk_register(chunk), alone, day)
            found = itertools.chain(
                (SpooledFinding(one.line or 0, one.path, one, None) for one in chunk.findings),
                locate_findings(report, chunk.records, chunk.spots),
            )
            findings.extend(found) if spool is None else spool.add(found)
            unread |= chunk.unread_ids
            all_read &= all(one.code == "IO014" for one in chunk.findings)
            counts.update(chunk.counts)
            records += sum(map(len, chunk.records.values()))
            lines, last = chunk.lines, chunk.end
            kept.take(chunk)
            if progress is not None:
                progress(last)
    return CheckedPart(
        findings=tuple(findings),
        unread_ids=frozenset(unread),
        all_read=all_read,
        lines=lines - 1,
        counts=counts,
        records=records,
        end=last,
        kept=kept,
    )


def with_preceding_counts(parts: Iterable[CheckedPart]) -> Iterator[tuple[CheckedPart, int, Mapping[str, int]]]:
    """Each part with the number of lines, and of records of each collection, in those before it."""
    lines = 0
    counts: defaultdict[str, int] = defaultdict(int)
    for part in parts:
        yield part, lines, counts
        lines += part.lines
        for name, number in part.counts.items():
            counts[name] += number


def _make_chunk_register(chunk: Chunk) -> Register:
    lists = {name: tuple(records) for name, records in chunk.records.items()}
    return Register(**lists)  # type: ignore[arg-type]


def locate_findings(
    report: Iterable[Finding], records: Mapping[str, list[Any]], spots: Mapping[str, RecordPositions]
) -> Iterator[SpooledFinding]:
    """Findings on a register made of records, each with the line of its record; those on no record stand in the first.

    The register has its records in the order of their ids, `records` and `spots` have them in that of the file.
    """
    orders: dict[str, array[int]] = {}
    for finding in report:
        path = finding.path
        if len(path) < 2 or path[0] not in spots:
            yield SpooledFinding(1, path, finding, 0)
            continue
        name, number = path[:2]
        assert isinstance(name, str)
        assert isinstance(number, int)
        if name not in orders:
            held = records[name]
            ids = [record.id for record in held] if name in COLLECTIONS else range(len(held))
            orders[name] = array("I", sorted(range(len(held)), key=ids.__getitem__))
        spot = spots[name][orders[name][number]]
        yield SpooledFinding(spot.line, (name, spot.position, *path[2:]), finding, spot.offset)
