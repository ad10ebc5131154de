"""Where the values of a document stand, without a word of its text: what a pickled report carries."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from untoc_network.diagnostics.findings import Finding, FindingLocator, Path

if TYPE_CHECKING:
    from untoc_network.serializers.source.scan_result import SourceMap

__all__ = ["LazyLocator", "PositionsLocator", "follows_from_unreadable", "index_positions", "to_document_path"]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PositionsLocator:
    """What `TextLocator` knows of places, without a word of the text: what a pickled report carries."""

    positions: Mapping[Path, tuple[int, int, str | None]] = attrs.field(repr=False)
    kept: Mapping[Path, tuple[int, ...]] = attrs.field(factory=dict, repr=False)
    unreadable: frozenset[Path] = frozenset()
    lost: frozenset[Path] = frozenset()
    """Where something names a record that could not be read."""

    def locate(self, finding: Finding) -> Finding | None:
        """A finding on the register with its place, or None where it follows from what could not be read."""
        path = to_document_path(finding.path, self.kept)
        if follows_from_unreadable(finding, path, self.unreadable) or path in self.lost:
            return None
        there = next(path[:depth] for depth in range(len(path), -1, -1) if path[:depth] in self.positions)
        line, column, file = self.positions[there]
        return finding.with_location(path=path, line=line, column=column, file=file)

    def without_text(self) -> PositionsLocator:
        """Itself."""
        return self


@attrs.define(eq=False, repr=False, slots=False)
class LazyLocator:
    """The places of what was read the short way: its text is gone through when they are first asked for.

    What knows places of single values already is asked for those.
    """

    _find: Callable[[], FindingLocator | None]
    _known: FindingLocator | None = None

    @functools.cached_property
    def _locator(self) -> FindingLocator:
        found = self._find()
        assert found is not None, "the text was read before"
        return found

    def locate(self, finding: Finding) -> Finding | None:
        """A finding with its place, or None where it follows from what could not be read."""
        return (self._known or self._locator).locate(finding)

    def without_text(self) -> FindingLocator:
        """The places alone, each worked out."""
        return self._locator.without_text()


def index_positions(document: Any, places: SourceMap, file: str | None) -> dict[Path, tuple[int, int, str | None]]:
    """Line, column and file of every value of a document by its path."""
    spots: dict[Path, tuple[int, int, str | None]] = {}
    waiting: list[tuple[Path, Any]] = [((), document)]
    while waiting:
        path, value = waiting.pop()
        spots[path] = (*places.find_position(document, path), places.find_file(path) or file)
        inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        waiting.extend(((*path, token), part) for token, part in inner)
    return spots


def follows_from_unreadable(finding: Finding, path: Path, unreadable: frozenset[Path]) -> bool:
    """Whether a finding follows from values that could not be read."""
    if finding.from_absence and unreadable:
        return True
    return any(path[:depth] in unreadable for depth in range(1, len(path) + 1))


def to_document_path(path: Path, kept: Mapping[Path, tuple[int, ...]]) -> Path:
    """A path in the register as a path in the document: lists may have been sorted, or have lost items.

    A finding of one's own may be about an item that is in neither; it keeps its number.
    """
    original: Path = ()
    for token in path:
        positions = kept.get(original, ()) if isinstance(token, int) else ()
        original = (*original, positions[token] if isinstance(token, int) and token < len(positions) else token)
    return original
