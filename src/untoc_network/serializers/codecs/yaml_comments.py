"""Comments of a YAML file, kept when the library writes the file anew: each stays with what it stood at."""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import attrs

from untoc_network.serializers.codecs.yaml_scanner import find_scalars, scan_yaml
from untoc_network.serializers.source.limits import Limits
from untoc_network.serializers.source.scan_result import (
    Path,
    ScanResult,
    TextSourceMap,
    decode_utf8,
)

__all__ = ["count_comments", "keep_comments"]

_COMMENT = re.compile(r"(?P<lead>^[ \t]*|[ \t]+)(?P<comment>#[^\r\n]*)", re.MULTILINE)
_TRUSTED = attrs.evolve(Limits.large(), max_depth=200)


@attrs.frozen(kw_only=True)
class _Comment:
    """A comment: on a line of its own before something, or at the end of something's line."""

    text: str
    line: int
    alone: bool


def keep_comments(old: bytes, new: bytes) -> bytes:
    """The new content of a file, with the comments of the old one.

    A comment on a line of its own stays before what followed it, one at the end of a line stays at that line, and those
    at the head and the end of the file stay there. Records and items are known by `id` or `key`, others by their
    position. Where something is gone, its comment moves to what it was part of. An old file that is no YAML has none.
    """
    comments = _list_comments(old)
    return _insert_comments(new, comments, _list_marks(scan_yaml(old, _TRUSTED))) if comments else new


def count_comments(data: bytes) -> int:
    """How many comments a file has; none where it is no YAML."""
    return len(_list_comments(data))


def _list_comments(data: bytes) -> list[_Comment]:
    text = decode_utf8(data, _TRUSTED)
    if isinstance(text, ScanResult) or "#" not in text:
        return []
    scalars = find_scalars(text, _TRUSTED)
    return [] if scalars is None else [*_find_comments(text, scalars)]


def _find_comments(text: str, scalars: list[tuple[int, int]]) -> Iterator[_Comment]:
    bare, places = _blank_scalars(text, scalars), TextSourceMap(text)
    for found in _COMMENT.finditer(bare):
        alone = found.start() == 0 or bare[found.start() - 1] == "\n"
        line, _ = places.line_and_column(found.start())
        yield _Comment(text=found["comment"].rstrip(), line=line, alone=alone)


def _blank_scalars(text: str, scalars: list[tuple[int, int]]) -> str:
    """The text with each # inside of a scalar made another letter, so that those left begin comments."""
    pieces, end = list[str](), 0
    for start, stop in scalars:
        if text.find("#", start, stop) >= 0:
            pieces += text[end:start], text[start:stop].replace("#", "_")
            end = stop
    return "".join((*pieces, text[end:]))


def _list_marks(scanned: ScanResult) -> list[tuple[int, Path]]:
    """Each key and item with its line, in their order; the outermost first where several begin on one line."""
    marks = [
        (scanned.places.find_position(scanned.document, place, key=key)[0], path)
        for place, path, key in _iter_marks(scanned.document, (), ())
    ]
    return sorted(marks, key=lambda mark: (mark[0], len(mark[1])))


def _iter_marks(value: Any, place: Path, path: Path) -> Iterator[tuple[Path, Path, bool]]:
    """Every key and item: its place by positions, its path by ids, and whether it is a key."""
    keyed = isinstance(value, dict)
    for token, inner in value.items() if keyed else enumerate(value) if isinstance(value, list) else ():
        known = token if keyed else _identify_item(inner, token)
        yield (*place, token), (*path, known), keyed
        yield from _iter_marks(inner, (*place, token), (*path, known))


def _identify_item(item: Any, position: int) -> str | int:
    named = (item.get("id") or item.get("key")) if isinstance(item, dict) else None
    return f"={named}" if isinstance(named, str) else position


def _insert_comments(new: bytes, comments: list[_Comment], old: list[tuple[int, Path]]) -> bytes:
    lines = new.decode().splitlines()
    there: dict[Path, int] = {}
    for line, path in _list_marks(scan_yaml(new, _TRUSTED)):
        there.setdefault(path, line)
    before, behind = defaultdict[int, list[str]](list), defaultdict[int, list[str]](list)
    for comment in comments:
        line = _find_line(comment, old, there, len(lines))
        (before if comment.alone else behind)[line].append(comment.text)
    return "".join(_weave_comments_in(lines, before, behind)).encode()


def _find_line(comment: _Comment, old: list[tuple[int, Path]], there: dict[Path, int], last: int) -> int:
    """The line of the new text before or behind which a comment goes."""
    following = bisect.bisect(old, comment.line, key=_mark_line)
    if comment.alone and following == len(old):
        return last + 1
    if following == 0:
        return 1
    at = following if comment.alone else bisect.bisect_left(old, old[following - 1][0], key=_mark_line)
    path = old[at][1]
    while path and path not in there:
        path = path[:-1]
    return there.get(path, 1)


def _mark_line(mark: tuple[int, Path]) -> int:
    return mark[0]


def _weave_comments_in(lines: list[str], before: dict[int, list[str]], behind: dict[int, list[str]]) -> Iterator[str]:
    for number, line in enumerate((*lines, ""), start=1):
        indent = line[: len(line) - len(line.lstrip(" "))]
        yield from (f"{indent}{text}\n" for text in before.get(number, ()))
        if number <= len(lines):
            yield f"{'  '.join((line, *behind.get(number, ())))}\n"
