"""Where the parts of a document stand in the text, or in the several texts, that it was read from."""

from __future__ import annotations

import bisect
import re
from array import array
from collections.abc import Mapping
from typing import Any, Protocol

import attrs

__all__ = ["Part", "Path", "Places", "PlacesOfParts", "Spots", "TextPlaces", "both_offsets"]

Path = tuple[str | int, ...]


_SHIFT = 2**40


def both_offsets(of_key: int, of_value: int) -> int:
    """The offsets of a key and its value in one number: a third of the memory that a pair takes."""
    return of_key * _SHIFT + of_value


class Spots(Protocol):
    """Knows where the parts of a document stand in its text."""

    def of(self, document: Any, path: Path, *, key: bool = False) -> tuple[int, int]:
        """Line and column of the value at a path, or of its key; where the path ends early, of what is there."""


class Places(Spots, Protocol):
    """Knows where the parts of a document stand, also where it was read from several files."""

    def file_of(self, path: Path) -> str | None:
        """The file that holds what is at a path, where the document was read from several."""


class TextPlaces:
    """Where keys and values stand in a text: offsets by container, lines by offset."""

    __slots__ = ("_line_starts", "_offsets", "_text", "root")

    def __init__(self, text: str) -> None:
        self.root = 0
        self._offsets: dict[int, tuple[Any, Any]] = {}
        self._text = text
        self._line_starts: array[int] | None = None

    def keep(self, container: dict[str, Any] | list[Any], offsets: Any) -> None:
        """Keep the offsets of a container's parts: `both_offsets` by key, or that of each value.

        The container is kept too, so that no later one can take its identity.
        """
        self._offsets[id(container)] = container, offsets

    def narrow(self, document: dict[str, Any], key: str) -> None:
        """Make a member of an object the whole that places are asked of, where it is there, and forget the object."""
        _, offsets = self._offsets.pop(id(document))
        self.root = offsets.get(key, self.root) % _SHIFT

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of an offset."""
        starts = self._line_starts
        if starts is None:
            starts = self._line_starts = array("I" if len(self._text) < 2**32 else "Q", (0,))
            starts.extend(match.end() for match in re.finditer("\n", self._text))
        line = bisect.bisect(starts, offset)
        return line, offset - starts[line - 1] + 1

    def of(self, document: Any, path: Path, *, key: bool = False) -> tuple[int, int]:
        """Line and column of the value at a path, or of its key; where the path ends early, of what is there."""
        offset, here = self.root, document
        for token in path:
            _, offsets = self._offsets.get(id(here), (None, None))
            if isinstance(offsets, dict) and token in offsets:
                of_key, of_value = divmod(offsets[token], _SHIFT)
                offset = of_key if key and token is path[-1] else of_value
                here = here.get(token)
            elif isinstance(offsets, list) and isinstance(token, int) and token < len(offsets):
                offset, here = offsets[token], here[token]
            else:
                break
        return self.line_and_column(offset)

    def file_of(self, path: Path) -> str | None:  # noqa: ARG002
        """None: it is one text."""
        return None


@attrs.frozen(kw_only=True, eq=False)
class Part:
    """A part of a document that was read by itself: its own document and places, and where its text stands.

    `root` is the path in its own document at which the part begins, `line` the line of the file on which it does.
    """

    document: Any
    places: Spots
    root: Path = ()
    line: int = 1
    file: str | None = None


@attrs.frozen(eq=False)
class PlacesOfParts:
    """The places of a document that was put together: each part by the path at which it stands."""

    parts: Mapping[Path, Part]

    def of(self, document: Any, path: Path, *, key: bool = False) -> tuple[int, int]:  # noqa: ARG002
        """Line and column of the value at a path, or of its key, in the file of its part."""
        depth = self._depth(path)
        if depth is None:
            return 1, 1
        part = self.parts[path[:depth]]
        line, column = part.places.of(part.document, (*part.root, *path[depth:]), key=key)
        return part.line + line - 1, column

    def file_of(self, path: Path) -> str | None:
        """The file of the part that a path leads into."""
        depth = self._depth(path)
        return None if depth is None else self.parts[path[:depth]].file

    def _depth(self, path: Path) -> int | None:
        return next((depth for depth in range(len(path), -1, -1) if path[:depth] in self.parts), None)
