"""JSON text to plain values, strictly, keeping the place of each.

The one parser here that explains: every key and value keeps its position in the text, and what JSON or this library
does not allow becomes a finding with line and column instead of being repaired in silence.
"""

from __future__ import annotations

import bisect
import codecs
import math
import re
from json.decoder import scanstring  # type: ignore[attr-defined]  # not in the type stubs
from typing import Any

import attrs

from untoc_network.findings import Finding
from untoc_network.formats.limits import Limits
from untoc_network.rules import shape
from untoc_network.rules.rule import Rule, shown_key

__all__ = ["Places", "Scan", "scan"]

_TOKEN = re.compile(
    r"""[ \t\n\r]*(?:
    (?P<string>"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*")
    |(?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)
    |(?P<word>-?[A-Za-z]+)
    |(?P<mark>[][{}:,]))""",
    re.VERBOSE,
)
_NEXT = re.compile(r"[ \t\n\r]*(.?)", re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")
_WORDS = {"true": True, "false": False, "null": None}
_NOT_FINITE = {"NaN", "Infinity", "-Infinity"}
_MOST_DIGITS = 15
_DROPPED: Any = object()
"""Stands for a value that a finding says was not read."""

_PROBLEMS = {
    "": "the document ends too early",
    "'": "text stands in double quotes",
    '"': "the text is not closed, or holds a line break or an unknown escape",
    "/": "JSON has no comments",
    "#": "JSON has no comments",
    "}": "a comma stands before the closing brace, or a value is missing",
    "]": "a comma stands before the closing bracket, or a value is missing",
}

Path = tuple[str | int, ...]


class Places:
    """Where keys and values stand in a text: offsets by container, lines by offset."""

    def __init__(self, text: str) -> None:
        self.root = 0
        self._offsets: dict[int, tuple[Any, Any]] = {}
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def keep(self, container: dict[str, Any] | list[Any], offsets: Any) -> None:
        """Keep the offsets of a container's parts: of key and value by key, or of each value.

        The container is kept too, so that no later one can take its identity.
        """
        self._offsets[id(container)] = container, offsets

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of an offset."""
        line = bisect.bisect(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def of(self, document: Any, path: Path, *, key: bool = False) -> tuple[int, int]:
        """Line and column of the value at a path, or of its key; where the path ends early, of what is there."""
        offset, here = self.root, document
        for token in path:
            _, offsets = self._offsets.get(id(here), (None, None))
            if isinstance(offsets, dict) and token in offsets:
                of_key, of_value = offsets[token]
                offset = of_key if key and token is path[-1] else of_value
                here = here.get(token)
            elif isinstance(offsets, list) and isinstance(token, int) and token < len(offsets):
                offset, here = offsets[token], here[token]
            else:
                break
        return self.line_and_column(offset)


@attrs.frozen(kw_only=True)
class Scan:
    """A document as plain values, the places of its parts, and what was wrong with its text.

    `readable` is False where the text breaks the rules of JSON, so that there is no document. Members whose value is
    null, or was refused, are left out of `document`; refused items of a list are None in it.
    """

    places: Places
    document: Any = None
    findings: tuple[Finding, ...] = ()
    readable: bool = True


class _Broken(Exception):
    """The text cannot be read on from an offset."""

    def __init__(self, rule: Rule, offset: int, **params: str | int) -> None:
        super().__init__(rule.code)
        self.rule, self.offset, self.params = rule, offset, params


def scan(data: bytes, limits: Limits) -> Scan:
    """Read JSON text. Never raises on content: what is wrong is in the findings."""
    if len(data) > limits.max_bytes:
        refusal = shape.document_is_not_too_large.finding((), {"limit": limits.max_bytes})
        return Scan(places=Places(""), findings=(refusal,), readable=False)
    body = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        before = body[: error.start].decode()
        line, column = Places(before).line_and_column(len(before))
        offset = error.start + len(data) - len(body)
        refusal = shape.document_is_utf8.finding((), {"offset": offset}, line=line, column=column)
        return Scan(places=Places(before), findings=(refusal,), readable=False)
    return _Scanner(text, limits).scan()


class _Scanner:
    """A recursive descent over the text; the limit on depth bounds the recursion."""

    def __init__(self, text: str, limits: Limits) -> None:
        self.text, self.limits = text, limits
        self.places = Places(text)
        self.findings: list[Finding] = []
        self.path: list[str | int] = []

    def scan(self) -> Scan:
        try:
            value, self.places.root, end = self._value(0)
            rest = self._blank_end(end)
            if rest < len(self.text):
                raise _Broken(shape.document_is_json, rest, problem="something follows after the document")
        except _Broken as broken:
            self.path.clear()
            self._report(broken.rule, broken.offset, **broken.params)
            return Scan(places=self.places, findings=tuple(self.findings), readable=False)
        document = None if value is _DROPPED else value
        return Scan(places=self.places, document=document, findings=tuple(self.findings))

    def _value(self, at: int) -> tuple[Any, int, int]:
        """The value that begins at an offset, blanks aside, where it starts, and where it ends."""
        token = self._token(at)
        kind = token.lastgroup or ""
        start, end, text = token.start(kind), token.end(), token[kind]
        if kind == "string":
            return self._string(text, start), start, end
        if kind == "number":
            return self._number(text, start), start, end
        if kind == "word":
            return self._word(text, start), start, end
        if text in "{[":
            value, end = self._container(text, start, end)
            return value, start, end
        raise self._unexpected(start)

    def _container(self, mark: str, start: int, at: int) -> tuple[Any, int]:
        if len(self.path) >= self.limits.max_depth:
            raise _Broken(shape.document_is_not_too_deep, start, limit=self.limits.max_depth)
        closing = "}" if mark == "{" else "]"
        end = self._blank_end(at)
        if self.text.startswith(closing, end):
            self._report(shape.value_says_something, start, given=f"an empty {'object' if mark == '{' else 'list'}")
            return ({} if mark == "{" else []), end + 1
        return self._object(at) if mark == "{" else self._array(at)

    def _object(self, at: int) -> tuple[dict[str, Any], int]:
        members: dict[str, Any] = {}
        offsets: dict[str, tuple[int, int]] = {}
        mark = ","
        while mark == ",":
            key, key_start, at = self._key(at)
            self.path.append(key)
            value, start, at = self._value(at)
            if key in offsets:
                self._report(shape.key_stands_once, key_start, name=shown_key(key))
            else:
                offsets[key] = key_start, start
                if value is None:
                    self._report(shape.value_says_something, start, given="null")
                elif value is not _DROPPED:
                    members[key] = value
            self.path.pop()
            mark, at = self._mark(at, ",}", "a comma or the closing brace")
        self.places.keep(members, offsets)
        return members, at

    def _array(self, at: int) -> tuple[list[Any], int]:
        items: list[Any] = []
        offsets: list[int] = []
        mark = ","
        while mark == ",":
            self.path.append(len(items))
            value, start, at = self._value(at)
            items.append(None if value is _DROPPED else value)
            offsets.append(start)
            self.path.pop()
            mark, at = self._mark(at, ",]", "a comma or the closing bracket")
        self.places.keep(items, offsets)
        return items, at

    def _key(self, at: int) -> tuple[str, int, int]:
        token = self._token(at)
        start = token.start(token.lastgroup or 0)
        if token.lastgroup != "string":
            raise self._unexpected(start)
        key = self._string(token["string"], start)
        _, at = self._mark(token.end(), ":", "a colon")
        return ("\ufffd" if key is _DROPPED else key), start, at

    def _mark(self, at: int, wanted: str, described: str) -> tuple[str, int]:
        following = _NEXT.match(self.text, at)
        assert following is not None, "the pattern matches the empty text"
        mark = following[1]
        if not mark or mark not in wanted:
            problem = f"{described} is due here" if mark else _PROBLEMS[""]
            raise _Broken(shape.document_is_json, following.start(1), problem=problem)
        return mark, following.end()

    def _string(self, text: str, start: int) -> Any:
        value = scanstring(text, 1)[0] if "\\" in text else text[1:-1]
        if _SURROGATE.search(value):
            self._report(shape.text_can_be_written, start)
            return _DROPPED
        return value

    def _number(self, text: str, start: int) -> Any:
        whole = text.lstrip("-").isdigit()
        if whole and len(text.lstrip("-")) <= _MOST_DIGITS:
            return int(text)
        if not whole and math.isfinite(number := float(text)):
            return number
        self._report(shape.number_is_a_number, start, given="this")
        return _DROPPED

    def _word(self, text: str, start: int) -> Any:
        if text in _WORDS:
            return _WORDS[text]
        if text in _NOT_FINITE:
            self._report(shape.number_is_a_number, start, given=text)
            return _DROPPED
        raise _Broken(shape.document_is_json, start, problem="only true, false and null stand without quotes")

    def _token(self, at: int) -> re.Match[str]:
        token = _TOKEN.match(self.text, at)
        if token is None:
            raise self._unexpected(self._blank_end(at))
        return token

    def _unexpected(self, offset: int) -> _Broken:
        problem = _PROBLEMS.get(self.text[offset : offset + 1], "this character has no place here")
        return _Broken(shape.document_is_json, offset, problem=problem)

    def _blank_end(self, at: int) -> int:
        following = _NEXT.match(self.text, at)
        assert following is not None, "the pattern matches the empty text"
        return following.start(1)

    def _report(self, rule: Rule, offset: int, **params: str | int) -> None:
        line, column = self.places.line_and_column(offset)
        self.findings.append(rule.finding(self.path, params, line=line, column=column))
