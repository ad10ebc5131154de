"""JSON text to plain values, strictly, keeping the place of each.

The one parser here that explains: every key and value keeps its position in the text, and what JSON or this library
does not allow becomes a finding with line and column instead of being repaired in silence.
"""

from __future__ import annotations

import re
from json.decoder import scanstring  # type: ignore[attr-defined]  # not in the type stubs
from typing import Any

from untoc_network.diagnostics.codes import reading as shape
from untoc_network.serializers.source.limits import Limits
from untoc_network.serializers.source.scan_result import (
    MISSING,
    LimitCounter,
    ParseAborted,
    ScannerBase,
    ScanResult,
    decode_utf8,
)

__all__ = ["scan_json"]

_TOKEN = re.compile(
    r"""[ \t\n\r]*+(?:
    (?P<string>"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+")
    |(?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)
    |(?P<word>-?[A-Za-z]+)
    |(?P<mark>[][{}:,]))""",
    re.VERBOSE,
)
_NEXT = re.compile(r"[ \t\n\r]*+(.?)", re.DOTALL)
_WORDS = {"true": True, "false": False, "null": None}
_NOT_FINITE = {"NaN", "Infinity", "-Infinity"}

_PROBLEMS = {
    "": "ends",
    "'": "single-quotes",
    '"': "unclosed",
    "/": "comment",
    "#": "comment",
    "}": "before-brace",
    "]": "before-bracket",
}


def scan_json(data: bytes, limits: Limits, counter: LimitCounter | None = None) -> ScanResult:
    """Read JSON text. Never raises on content: what is wrong is in the findings.

    `counter` is that of the document, where the text is one of its parts.
    """
    text = decode_utf8(data, limits)
    return text if isinstance(text, ScanResult) else _Scanner(text, limits, counter).scan()


class _Scanner(ScannerBase):
    """A recursive descent over the text; the limit on depth bounds the recursion."""

    def scan(self) -> ScanResult:
        try:
            value, self.places.root, end = self._value(0)
            rest = self._blank_end(end)
            if rest < len(self.text):
                raise ParseAborted(shape.invalid_json, rest, problem="follows")
        except ParseAborted as broken:
            return self.abort(broken)
        return self.finish(value)

    def _value(self, at: int) -> tuple[Any, int, int]:
        """The value that begins at an offset, blanks aside, where it starts, and where it ends."""
        token = self._token(at)
        self.counter.value(at)
        kind = token.lastgroup or ""
        start, end, text = token.start(kind), token.end(), token[kind]
        if kind == "string":
            return self._string(text, start), start, end
        if kind == "number":
            return self.number(text, start), start, end
        if kind == "word":
            return self._word(text, start), start, end
        if text in "{[":
            value, end = self._container(text, start, end)
            return value, start, end
        raise self._unexpected(start)

    def _container(self, mark: str, start: int, at: int) -> tuple[Any, int]:
        self.check_depth(start)
        closing = "}" if mark == "{" else "]"
        end = self._blank_end(at)
        if self.text.startswith(closing, end):
            self.report(shape.empty_value, start, given="empty-object" if mark == "{" else "empty-list")
            return ({} if mark == "{" else []), end + 1
        return self._object(at) if mark == "{" else self._array(at)

    def _object(self, at: int) -> tuple[dict[str, Any], int]:
        members: dict[str, Any] = {}
        offsets: dict[str, int] = {}
        mark = ","
        while mark == ",":
            key, key_start, at = self._key(at)
            self.path.append(key)
            value, start, at = self._value(at)
            self.add_member(members, offsets, key, value, (key_start, start))
            self.path.pop()
            mark, at = self._mark(at, ",}", "comma-or-brace")
        self.places.keep(members, offsets)
        return members, at

    def _array(self, at: int) -> tuple[list[Any], int]:
        items: list[Any] = []
        offsets: list[int] = []
        mark = ","
        while mark == ",":
            self.path.append(len(items))
            value, start, at = self._value(at)
            items.append(None if value is MISSING else value)
            offsets.append(start)
            self.path.pop()
            mark, at = self._mark(at, ",]", "comma-or-bracket")
        self.places.keep(items, offsets)
        return items, at

    def _key(self, at: int) -> tuple[str, int, int]:
        token = self._token(at)
        start = token.start(token.lastgroup or 0)
        if token.lastgroup != "string":
            raise self._unexpected(start)
        key = self._string(token["string"], start)
        _, at = self._mark(token.end(), ":", "colon")
        return ("\ufffd" if key is MISSING else key), start, at

    def _mark(self, at: int, wanted: str, due: str) -> tuple[str, int]:
        following = _NEXT.match(self.text, at)
        assert following is not None, "the pattern matches the empty text"
        mark = following[1]
        if not mark or mark not in wanted:
            raise ParseAborted(shape.invalid_json, following.start(1), problem=due if mark else _PROBLEMS[""])
        return mark, following.end()

    def _string(self, text: str, start: int) -> Any:
        return self.check_text(scanstring(text, 1)[0] if "\\" in text else text[1:-1], start)

    def _word(self, text: str, start: int) -> Any:
        if text in _WORDS:
            return _WORDS[text]
        if text in _NOT_FINITE:
            return self.refuse_number(text, start)
        raise ParseAborted(shape.invalid_json, start, problem="word")

    def _token(self, at: int) -> re.Match[str]:
        token = _TOKEN.match(self.text, at)
        if token is None:
            raise self._unexpected(self._blank_end(at))
        return token

    def _unexpected(self, offset: int) -> ParseAborted:
        problem = _PROBLEMS.get(self.text[offset : offset + 1], "character")
        return ParseAborted(shape.invalid_json, offset, problem=problem)

    def _blank_end(self, at: int) -> int:
        following = _NEXT.match(self.text, at)
        assert following is not None, "the pattern matches the empty text"
        return following.start(1)
