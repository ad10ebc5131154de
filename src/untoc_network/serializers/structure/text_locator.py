"""Where the parts of a register that was read stand in its text: what gives findings their file, line and column.

A sound text needs this alone for its findings, and none of what explains faults.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from untoc_network.diagnostics.findings import Finding, Path
from untoc_network.model.register import COLLECTIONS, Register
from untoc_network.serializers.source.scan_result import PLAIN_TYPES, ScanResult
from untoc_network.serializers.structure.positions_locator import (
    PositionsLocator,
    follows_from_unreadable,
    index_positions,
    to_document_path,
)
from untoc_network.values.ids_and_codes import RecordId
from untoc_network.values.self_checked_classes import TEXT_FORMS

if TYPE_CHECKING:
    from untoc_network.serializers.structure.structuring import StructureProblem

__all__ = ["StructureResult", "TextLocator", "sort_by_id", "sort_records"]


@attrs.frozen(kw_only=True)
class StructureResult:
    """What became of a document.

    `kept` tells, for each list that lost or reordered items, the original position of each item that is left.
    `lost_ids` are the ids of records that could not be read.
    """

    register: Register | None
    problems: tuple[StructureProblem, ...]
    kept: Mapping[Path, tuple[int, ...]]
    unread_ids: frozenset[str]


@attrs.frozen(kw_only=True, eq=False)
class TextLocator:
    """Where a register came from: gives findings on the register their file, line and column in the text."""

    scanned: ScanResult = attrs.field(repr=False)
    reading: StructureResult = attrs.field(repr=False)
    file: str | None
    unreadable: frozenset[Path] = frozenset()
    """The paths of what could not be read."""

    def add_subject(self, finding: Finding) -> Finding:
        """A finding of the scanner with the id of the record it is in."""
        return attrs.evolve(finding, subject=self._find_record_id(finding.path))

    def to_finding(self, problem: StructureProblem) -> Finding:
        """A problem of structuring as a finding with its place."""
        line, column = self.scanned.places.find_position(self.scanned.document, problem.path, key=problem.at_key)
        subject = self._find_record_id(problem.path)
        found = problem.rule.finding(problem.path, problem.params, line=line, column=column, subject=subject)
        file = self.scanned.places.find_file(problem.path)
        return found if file is None else found.with_location(file=file)

    def locate(self, finding: Finding) -> Finding | None:
        """A finding on the register with its place, or None where it follows from what could not be read."""
        path = to_document_path(finding.path, self.reading.kept)
        lost = self.reading.unread_ids | self.scanned.unread_ids
        if follows_from_unreadable(finding, path, self.unreadable) or (lost and self._find_text_at(path) in lost):
            return None
        line, column = self.scanned.places.find_position(self.scanned.document, path)
        file = self.scanned.places.find_file(path) or self.file
        return finding.with_location(path=path, line=line, column=column, file=file)

    def without_text(self) -> PositionsLocator:
        """The places alone, each worked out."""
        document, lost = self.scanned.document, self.reading.unread_ids | self.scanned.unread_ids
        spots = index_positions(document, self.scanned.places, self.file)
        named = frozenset(path for path in spots if self._find_text_at(path) in lost) if lost else frozenset()
        return PositionsLocator(positions=spots, kept=self.reading.kept, unreadable=self.unreadable, lost=named)

    def _find_record_id(self, path: Path) -> str | None:
        in_a_record = len(path) > 1 and path[0] in COLLECTIONS and isinstance(path[1], int)
        record_id = self._find_text_at((*path[:2], "id")) if in_a_record else None
        return record_id if record_id is not None and TEXT_FORMS[RecordId].fits(record_id) else None

    def _find_text_at(self, path: Path) -> str | None:
        here = self.scanned.document
        for token in path:
            try:
                here = _to_plain_values(here)[token]
            except (KeyError, IndexError, TypeError):
                return None
        return here if isinstance(here, str) else None


def _to_plain_values(value: Any) -> Any:
    """What a document holds, also where it is a record that was read already."""
    if isinstance(value, PLAIN_TYPES):
        return value
    from untoc_network.serializers.structure.structuring import to_plain  # where records lie that refer to lost ones

    return to_plain(value)


def sort_records(document: Mapping[str, Any]) -> StructureResult:
    """What reading a sound document makes of the places of its records, of which no more than the ids is needed."""
    kept: dict[Path, tuple[int, ...]] = {
        (name,): tuple(sort_by_id(document[name])) for name in COLLECTIONS if name in document
    }
    return StructureResult(register=None, problems=(), kept=kept, unread_ids=frozenset())


def sort_by_id(records: list[Any]) -> list[int]:
    """Where the records stood that there are, in the order of their ids."""
    ids: list[Any] = [None if record is None else record.id for record in records]
    return sorted([position for position, record_id in enumerate(ids) if record_id is not None], key=ids.__getitem__)
