"""Documents of earlier schema versions as documents of this one: a chain of pure functions, one for each version.

A step takes a document of the version before its own, as plain values, and gives one of its own version, with every
place that it changed. It alters nothing that it is given, and takes whatever a reader may give it: where a list is due,
there may be a text. What it does not understand it leaves to be found later. Its docstring says what became another
and why. A step is never changed again once it was released: `tests/formats/versions` keeps a register of every version
for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

from untoc_network.diagnostics.codes import reading as shape
from untoc_network.diagnostics.findings import Finding
from untoc_network.model.register import SCHEMA_VERSION
from untoc_network.serializers.source.scan_result import Path, ScanResult, SourceMap

__all__ = ["CHAIN", "FieldChange", "Migration", "migrate", "oldest_version"]


@attrs.frozen(kw_only=True)
class FieldChange:
    """One place that a step changed: where it stands now, where it stood before, and what is written otherwise.

    `was` and `now` are names of fields or values of lists, never what somebody wrote into a text.
    """

    path: Path
    before: Path
    was: str
    now: str


Migration = Callable[[Mapping[str, Any]], tuple[dict[str, Any], Sequence[FieldChange]]]

_VERSION: Path = ("schema_version",)

CHAIN: tuple[Migration, ...] = ()
"""The steps in their order; the last one makes documents of this release's version. There has only been one so far."""


def oldest_version(chain: Sequence[Migration]) -> int:
    """The oldest version that a chain starts from."""
    return SCHEMA_VERSION - len(chain)


def migrate(scanned: ScanResult, chain: Sequence[Migration]) -> ScanResult:
    """The document in the form of this release, with a finding on each change; where there is none, as it is.

    Documents of a newer version, or of none, are left to those who refuse them. Places stay those of the text.
    """
    version = scanned.document.get("schema_version") if isinstance(scanned.document, dict) else None
    if type(version) is not int or not oldest_version(chain) <= version < SCHEMA_VERSION:
        return scanned
    document, places = scanned.document, scanned.places
    newest: dict[str, str | int] = {"version": version, "known": SCHEMA_VERSION}
    unchanged = FieldChange(path=_VERSION, before=_VERSION, was="", now="")
    findings = [_locate_change(shape.older_schema_version.finding(_VERSION, newest), unchanged, document, places)]
    for number, step in enumerate(chain[version - SCHEMA_VERSION :], start=version + 1):
        after, changes = step(document)
        findings += _report_changes(changes, number, document, places, scanned)
        places = _SourceMapBefore(document, places, {change.path: change.before for change in changes})
        document = {**after, "schema_version": number}
    return attrs.evolve(scanned, document=document, places=places, findings=(*scanned.findings, *findings))


def _report_changes(
    changes: Sequence[FieldChange], version: int, document: Any, places: SourceMap, scanned: ScanResult
) -> list[Finding]:
    """A finding on each change, as many as may be told."""
    rule = shape.deprecated_field
    return [
        _locate_change(
            rule.finding(one.path, {"was": one.was, "now": one.now, "version": version}), one, document, places
        )
        for one in changes
        if scanned.counter.count_finding(rule, 0)
    ]


def _locate_change(finding: Finding, change: FieldChange, document: Any, places: SourceMap) -> Finding:
    """A finding on a new document with the place that it had in the text: that of a key, or of the version itself."""
    line, column = places.find_position(document, change.before, key=change.before != _VERSION)
    return finding.with_location(line=line, column=column, file=places.find_file(change.before))


@attrs.frozen(eq=False)
class _SourceMapBefore:
    """The places of a migrated document: those that its parts had in the document before."""

    document: Any
    places: SourceMap
    moved: Mapping[Path, Path]

    def find_position(self, document: Any, path: Path, *, key: bool = False) -> tuple[int, int]:  # noqa: ARG002
        """Line and column of what became the value at a path, or of its key."""
        return self.places.find_position(self.document, self._find_earlier_path(path), key=key)

    def find_file(self, path: Path) -> str | None:
        """The file that holds what became the value at a path."""
        return self.places.find_file(self._find_earlier_path(path))

    def _find_earlier_path(self, path: Path) -> Path:
        """The path that the longest part of a path which was moved had before."""
        for depth in range(len(path), 0, -1):
            if path[:depth] in self.moved:
                return (*self.moved[path[:depth]], *path[depth:])
        return path
