"""The record of a draw in a file: read strictly, as a document that `lots.verify` judges."""

from __future__ import annotations

import os
from typing import Any

import attrs

from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.diagnostics.errors import UnreadableInput
from untoc_network.diagnostics.findings import Finding, Location, Report, Severity
from untoc_network.serializers.codecs.json_scanner import scan_json
from untoc_network.serializers.source.file_access import read_limited
from untoc_network.serializers.source.limits import Limits
from untoc_network.serializers.source.scan_result import SourceMap
from untoc_network.serializers.structure.positions_locator import PositionsLocator, index_positions
from untoc_network_lots.verification import NOT_A_RECORD

__all__ = ["read_commitments", "read_draw"]

_NO_RECORD = Finding(
    code=NOT_A_RECORD,
    slug="invalid-draw-record",
    severity=Severity.ERROR,
    message="this is not a record of a draw",
    location=Location(),
)
_RECORDS = Limits(max_bytes=2**26)
"""64 MiB: a draw among 1,000 parties takes about ten."""


def read_draw(path: str | os.PathLike[str], *, limits: Limits = _RECORDS) -> tuple[dict[str, Any] | None, Report]:
    """The document in a file, or on standard input where the path is `-`. Never raises on content.

    It is None where the text cannot be read whole, or holds no object; the report says why. Otherwise merging the
    report of `lots.verify` into this one gives those findings their lines. Raises `UnreadableInput` where the file
    cannot be opened.
    """
    name = os.fspath(path)
    file = "<stdin>" if name == "-" else name
    scanned = scan_json(read_limited(name, limits), limits)
    origin = _RecordPositions(document=scanned.document, places=scanned.places, file=file)
    whole = scanned.readable and not scanned.findings
    sound = whole and isinstance(scanned.document, dict)
    findings = (_NO_RECORD,) if whole and not sound else scanned.findings
    return scanned.document if sound else None, Report(tuple(map(origin.in_file, findings)), origin)


def read_commitments(path: str | os.PathLike[str]) -> dict[str, str]:
    """The commitments in a file, by the names of those who published them: a JSON object of texts.

    Raises `UnreadableInput` where the file cannot be opened, or holds anything else.
    """
    document, report = read_draw(path)
    if document is None or not report.ok or not all(isinstance(one, str) for one in document.values()):
        raise UnreadableInput(
            f"{escape_unprintable(os.fspath(path))}: expected a JSON object from names to commitments"
        )
    return document


@attrs.frozen(kw_only=True, eq=False)
class _RecordPositions:
    """Gives findings on a document their line and column."""

    document: Any = attrs.field(repr=False)
    places: SourceMap = attrs.field(repr=False)
    file: str

    def in_file(self, finding: Finding) -> Finding:
        return finding.with_location(file=self.file)

    def without_text(self) -> PositionsLocator:
        return PositionsLocator(positions=index_positions(self.document, self.places, self.file))

    def locate(self, finding: Finding) -> Finding:
        line, column = self.places.find_position(self.document, finding.path)
        return finding.with_location(line=line, column=column, file=self.file)
