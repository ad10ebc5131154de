"""A baseline: findings that were known on some day, so that only new ones are told."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping

import attrs

from untoc_network.diagnostics.errors import UnreadableInput
from untoc_network.diagnostics.findings import Finding, Report
from untoc_network.serializers.codecs.json_scanner import scan_json
from untoc_network.serializers.source.file_access import read_limited
from untoc_network.serializers.source.file_replacement import write_atomically
from untoc_network.serializers.source.limits import Limits
from untoc_network.values.argument_checks import check_arguments

__all__ = ["Baseline", "load_baseline", "write_baseline"]

_VERSION = 1


@attrs.frozen
class Baseline:
    """Known findings by their fingerprints, with how often each was there.

    A finding keeps its fingerprint when lines or records move. Where there are more findings of one fingerprint than
    were known, the surplus is new.
    """

    known: Mapping[str, int]

    @classmethod
    def of(cls, report: Iterable[Finding]) -> Baseline:
        """All findings of a report, as known."""
        return cls(Counter(finding.fingerprint for finding in report))

    def new_in(self, report: Report) -> Report:
        """The findings that are not known."""
        left = Counter(self.known)
        new = []
        for finding in report:
            if left[finding.fingerprint] > 0:
                left[finding.fingerprint] -= 1
            else:
                new.append(finding)
        return Report(tuple(new), report.origin)


@check_arguments
def load_baseline(path: str | os.PathLike[str]) -> Baseline:
    """Read a baseline. Raises `UnreadableInput` where the file is none."""
    scanned = scan_json(read_limited(os.fspath(path), Limits()), Limits())
    document = scanned.document if scanned.readable and not scanned.findings else None
    known = document.get("known") if isinstance(document, dict) and document.get("baseline") == _VERSION else None
    if not isinstance(known, dict) or not all(type(times) is int and times > 0 for times in known.values()):
        raise UnreadableInput(f"{os.fspath(path)}: the file is not a baseline")
    return Baseline(known)


@check_arguments
def write_baseline(report: Report, path: str | os.PathLike[str]) -> None:
    """Write the findings of a report as the baseline; the file is replaced as a whole. Raises `UnwritableOutput`."""
    known = dict(sorted(Baseline.of(report).known.items()))
    text = json.dumps({"baseline": _VERSION, "known": known}, indent=2)
    write_atomically(path, [f"{text}\n".encode()])
