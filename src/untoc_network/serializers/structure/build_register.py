"""From plain values with their places to a register and its report: what all readers have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from untoc_network.diagnostics.codes.reading import (
    deprecated_field,
    duplicate_key,
    too_many_errors,
    warnings_not_shown,
)
from untoc_network.diagnostics.errors import InvalidDocument
from untoc_network.diagnostics.findings import Finding, Report, Severity
from untoc_network.model.register import COLLECTIONS, Register
from untoc_network.serializers.source.scan_result import Path, ScanResult, SourceMap
from untoc_network.serializers.structure import migrations
from untoc_network.serializers.structure.structuring import StructureProblem, StructureResult, structure_document
from untoc_network.values.ids import TEXT_FORMS, RecordId

__all__ = ["PositionsOrigin", "TextOrigin", "build_register", "index_positions", "require_valid"]


_KEPT_BESIDE_OTHERS = {duplicate_key.code, too_many_errors.code, deprecated_field.code}
"""Findings that are kept beside others on the same value, since they do not follow from each other."""


def build_register(scanned: ScanResult, file: str | None) -> tuple[Register | None, Report]:
    """The register that a scanned text holds, and the report on it, whatever its format.

    Never raises on content. Findings get their places; of those that follow from each other the first is kept.
    """
    if not scanned.readable:
        return None, Report(_add_file((*scanned.findings, *_report_suppressed(scanned)), file))
    scanned = migrations.migrate(scanned, migrations.CHAIN)
    reading = structure_document(scanned.document, scanned.counter)
    origin = TextOrigin(scanned=scanned, reading=reading, file=file)
    hollow = {finding.path[:-1] for finding in scanned.findings if finding.severity is Severity.ERROR}
    shaped = (
        finding
        for finding in map(origin.finding_of, reading.problems)
        if finding.path not in hollow or finding.code in _KEPT_BESIDE_OTHERS
    )
    found = (*_keep_gravest((*map(origin.named, scanned.findings), *shaped)), *_report_suppressed(scanned))
    origin = attrs.evolve(origin, unreadable=frozenset(finding.path for finding in found if finding.code != "IO014"))
    return reading.register, Report(_add_file(found, file), origin)


def require_valid(read: tuple[Register | None, Report]) -> Register:
    """The register that was read. Raises `InvalidDocument`, whose `.report` holds everything, on any error."""
    register, report = read
    if register is None or not report.ok:
        raise InvalidDocument(report)
    return register


@attrs.frozen(kw_only=True, eq=False)
class TextOrigin:
    """Where a register came from: gives findings on the register their file, line and column in the text."""

    scanned: ScanResult = attrs.field(repr=False)
    reading: StructureResult = attrs.field(repr=False)
    file: str | None
    unreadable: frozenset[Path] = frozenset()
    """The paths of what could not be read."""

    def named(self, finding: Finding) -> Finding:
        """A finding of the scanner with the id of the record it is in."""
        return attrs.evolve(finding, subject=self._subject(finding.path))

    def finding_of(self, problem: StructureProblem) -> Finding:
        """A problem of structuring as a finding with its place."""
        line, column = self.scanned.places.of(self.scanned.document, problem.path, key=problem.at_key)
        subject = self._subject(problem.path)
        found = problem.rule.finding(problem.path, problem.params, line=line, column=column, subject=subject)
        return found.with_location(file=self.scanned.places.file_of(problem.path))

    def place(self, finding: Finding) -> Finding | None:
        """A finding on the register with its place, or None where it follows from what could not be read."""
        path = _to_document_path(finding.path, self.reading.kept)
        lost = self.reading.unread_ids | self.scanned.unread_ids
        if _follows_from_unreadable(finding, path, self.unreadable) or self._value_at(path) in lost:
            return None
        line, column = self.scanned.places.of(self.scanned.document, path)
        file = self.scanned.places.file_of(path) or self.file
        return finding.with_location(path=path, line=line, column=column, file=file)

    def mapped(self) -> PositionsOrigin:
        """The places alone, each worked out."""
        document, lost = self.scanned.document, self.reading.unread_ids | self.scanned.unread_ids
        spots = index_positions(document, self.scanned.places, self.file)
        named = frozenset(path for path in spots if self._value_at(path) in lost) if lost else frozenset()
        return PositionsOrigin(spots=spots, kept=self.reading.kept, unreadable=self.unreadable, lost=named)

    def _subject(self, path: Path) -> str | None:
        in_a_record = len(path) > 1 and path[0] in COLLECTIONS and isinstance(path[1], int)
        record_id = self._value_at((*path[:2], "id")) if in_a_record else None
        return record_id if record_id is not None and TEXT_FORMS[RecordId].fits(record_id) else None

    def _value_at(self, path: Path) -> str | None:
        here = self.scanned.document
        for token in path:
            try:
                here = here[token]
            except (KeyError, IndexError, TypeError):
                return None
        return here if isinstance(here, str) else None


@attrs.frozen(kw_only=True, eq=False)
class PositionsOrigin:
    """What `TextOrigin` knows of places, without a word of the text: what a pickled report carries."""

    spots: Mapping[Path, tuple[int, int, str | None]] = attrs.field(repr=False)
    kept: Mapping[Path, tuple[int, ...]] = attrs.field(factory=dict, repr=False)
    unreadable: frozenset[Path] = frozenset()
    lost: frozenset[Path] = frozenset()
    """Where something names a record that could not be read."""

    def place(self, finding: Finding) -> Finding | None:
        """A finding on the register with its place, or None where it follows from what could not be read."""
        path = _to_document_path(finding.path, self.kept)
        if _follows_from_unreadable(finding, path, self.unreadable) or path in self.lost:
            return None
        there = next(path[:depth] for depth in range(len(path), -1, -1) if path[:depth] in self.spots)
        line, column, file = self.spots[there]
        return finding.with_location(path=path, line=line, column=column, file=file)

    def mapped(self) -> PositionsOrigin:
        """Itself."""
        return self


def index_positions(document: Any, places: SourceMap, file: str | None) -> dict[Path, tuple[int, int, str | None]]:
    """Line, column and file of every value of a document by its path."""
    spots: dict[Path, tuple[int, int, str | None]] = {}
    waiting: list[tuple[Path, Any]] = [((), document)]
    while waiting:
        path, value = waiting.pop()
        spots[path] = (*places.of(document, path), places.file_of(path) or file)
        inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        waiting.extend(((*path, token), part) for token, part in inner)
    return spots


def _follows_from_unreadable(finding: Finding, path: Path, unreadable: frozenset[Path]) -> bool:
    """Whether a finding follows from values that could not be read."""
    if finding.from_absence and unreadable:
        return True
    return any(path[:depth] in unreadable for depth in range(1, len(path) + 1))


def _to_document_path(path: Path, kept: Mapping[Path, tuple[int, ...]]) -> Path:
    """A path in the register as a path in the document: lists may have been sorted, or have lost items."""
    original: Path = ()
    for token in path:
        positions = kept.get(original) if isinstance(token, int) else None
        original = (*original, positions[token] if positions is not None and isinstance(token, int) else token)
    return original


def _keep_gravest(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Of several findings on one value the gravest, and of equals the first: the others follow from it.

    That a key stands twice says nothing of the value that was read, and what is wrong with two lines or tables of
    one document are two things.
    """
    chosen: dict[object, Finding] = {}
    for finding in findings:
        place = finding.location
        apart = finding.code in _KEPT_BESIDE_OTHERS or not place.path
        value: object = place if apart else place.path
        held = chosen.get(value)
        if held is None or finding.severity.rank < held.severity.rank:
            chosen[value] = finding
    return tuple(chosen.values())


def _report_suppressed(scanned: ScanResult) -> Iterator[Finding]:
    """How many findings are not told, where there are such."""
    if scanned.counter.suppressed_count:
        yield warnings_not_shown.finding((), {"number": scanned.counter.suppressed_count})


def _add_file(findings: tuple[Finding, ...], file: str | None) -> tuple[Finding, ...]:
    return tuple(finding.with_location(file=finding.location.file or file) for finding in findings)
