"""JSON text to plain values: every key and value keeps its position in the text.

What JSON or this library does not allow becomes a finding with line and column instead of being repaired in silence.
"""

from __future__ import annotations

import re
from json.decoder import scanstring  # type: ignore[attr-defined]  # not in the type stubs
from typing import Any

from untoc_network.diagnostics.code import mask_key
from untoc_network.diagnostics.codes import reading as shape
from untoc_network.serializers.fast.sound_records import RecordFinder, RecordRun
from untoc_network.serializers.source.limits import Limits
from untoc_network.serializers.source.scan_result import (
    MISSING,
    LimitCounter,
    ParseAborted,
    ScannerBase,
    ScanResult,
    TextSourceMap,
    decode_utf8,
    pack_offsets,
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
_MEMBER = re.compile(
    r"""[ \t\n\r]*+"(?P<key>[^"\\\x00-\x1f]*+)"[ \t\n\r]*+:(?P<after>[ \t\n\r]*+)
    (?:(?:"(?P<text>[^"\\\x00-\x1f]*+)"|(?P<word>true|false))[ \t\n\r]*+(?P<mark>[,}])|(?P<opening>[{[]))""",
    re.VERBOSE,
)
"""A key with a text or a truth, as most are, and what follows: at once, and nothing of it can be wrong by itself.

Of a list or an object it is the key and the opening bracket.
"""
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


def scan_json(
    data: bytes,
    limits: Limits,
    counter: LimitCounter | None = None,
    *,
    is_patch: bool = False,
    finder: RecordFinder | None = None,
) -> ScanResult:
    """Read JSON text. Never raises on content: what is wrong is in the findings.

    `counter` is that of the document, where the text is one of its parts. In a patch null is kept. The records that a
    `finder` finds are passed over, and stand in the document as it has read them.
    """
    text = decode_utf8(data, limits)
    if isinstance(text, ScanResult):
        return text
    return _JsonScanner(text, limits, counter, is_patch=is_patch, finder=finder).scan()


class _JsonScanner(ScannerBase):
    """A recursive descent over the text; the limit on depth bounds the recursion."""

    def __init__(
        self,
        text: str,
        limits: Limits,
        counter: LimitCounter | None = None,
        *,
        is_patch: bool = False,
        finder: RecordFinder | None = None,
    ) -> None:
        super().__init__(text, limits, counter, is_patch=is_patch)
        self.finder = finder
        if finder is not None:
            self.places.scan_record = self._scan_alone

    def _scan_alone(self, offset: int) -> tuple[Any, TextSourceMap]:
        """The values and places of a record that was passed over."""
        scanner = _JsonScanner(self.text, self.limits)
        value, scanner.places.root, _ = scanner._scan_value(offset)
        return value, scanner.places

    def scan(self) -> ScanResult:
        try:
            value, self.places.root, end = self._scan_value(0)
            rest = self._skip_blanks(end)
            if rest < len(self.text):
                raise ParseAborted(shape.invalid_json, rest, problem="follows")
        except ParseAborted as broken:
            return self.abort(broken)
        return self.finish(value)

    def _scan_value(self, at: int) -> tuple[Any, int, int]:
        """The value that begins at an offset, blanks aside, where it starts, and where it ends."""
        token = self._next_token(at)
        self.counter.count_value(at)
        kind = token.lastgroup or ""
        start, end, text = token.start(kind), token.end(), token[kind]
        if kind == "string":
            return self._scan_string(text, start), start, end
        if kind == "number":
            return self.parse_number(text, start), start, end
        if kind == "word":
            return self._scan_number_or_literal(text, start), start, end
        if text in "{[":
            value, end = self._scan_container(text, start, end)
            return value, start, end
        raise self._unexpected_character(start)

    def _scan_container(self, mark: str, start: int, at: int) -> tuple[Any, int]:
        self.check_depth(start)
        if mark == "{":
            return self._scan_object(start, at)
        if self.text.startswith("]", end := self._skip_blanks(at)):
            self.report(shape.empty_value, start, given="empty-list")
            return [], end + 1
        if self.finder is None or len(self.path) != 1:
            return self._scan_array(at, {})
        return self._scan_array(at, self.finder.find_runs(str(self.path[0]), self.text, start))

    def _scan_object(self, opening: int, at: int) -> tuple[dict[str, Any], int]:
        members: dict[str, Any] = {}
        offsets: dict[str, int] = {}
        mark = ","
        while mark == ",":
            member = _MEMBER.match(self.text, at)
            if member is None:
                if not offsets and self.text.startswith("}", end := self._skip_blanks(at)):
                    self.report(shape.empty_value, opening, given="empty-object")
                    return {}, end + 1
                key, key_start, at = self._scan_key(at)
                self.path.append(key)
                value, start, at = self._scan_value(at)
            else:
                key, after, text, word, mark, bracket = member.groups()
                key_start, start, at = member.start("key") - 1, member.end("after"), member.end()
                self.counter.count_value(start - len(after))
                if bracket is None:
                    if key in offsets:
                        self._refuse_key(key, key_start)
                    else:
                        offsets[key] = pack_offsets(key_start, start)
                        members[key] = _WORDS[word] if text is None else text
                    continue
                self.path.append(key)
                value, at = self._scan_container(bracket, start, at)
            self.add_member(members, offsets, key, value, (key_start, start))
            self.path.pop()
            mark, at = self._scan_punctuation(at, ",}", "comma-or-brace")
        self.places.keep_offsets(members, offsets)
        return members, at

    def _refuse_key(self, key: str, at: int) -> None:
        self.path.append(key)
        self.report(shape.duplicate_key, at, name=mask_key(key))
        self.path.pop()

    def _scan_array(self, at: int, runs: dict[int, RecordRun]) -> tuple[list[Any], int]:
        items: list[Any] = []
        offsets: list[int] = []
        mark = ","
        while mark == ",":
            run = runs.get(self._skip_blanks(at)) if runs else None
            if run is None:
                self.path.append(len(items))
                value, start, at = self._scan_value(at)
                items.append(None if value is MISSING else value)
                offsets.append(start)
                self.path.pop()
            else:
                items += run.records
                offsets += run.starts
                at = run.end
            mark, at = self._scan_punctuation(at, ",]", "comma-or-bracket")
        self.places.keep_offsets(items, offsets)
        return items, at

    def _scan_key(self, at: int) -> tuple[str, int, int]:
        token = self._next_token(at)
        start = token.start(token.lastgroup or 0)
        if token.lastgroup != "string":
            raise self._unexpected_character(start)
        key = self._scan_string(token["string"], start)
        _, at = self._scan_punctuation(token.end(), ":", "colon")
        return ("\ufffd" if key is MISSING else key), start, at

    def _scan_punctuation(self, at: int, wanted: str, due: str) -> tuple[str, int]:
        following = _NEXT.match(self.text, at)
        assert following is not None, "the pattern matches the empty text"
        mark = following[1]
        if not mark or mark not in wanted:
            raise ParseAborted(shape.invalid_json, following.start(1), problem=due if mark else _PROBLEMS[""])
        return mark, following.end()

    def _scan_string(self, text: str, start: int) -> Any:
        return self.check_text(scanstring(text, 1)[0] if "\\" in text else text[1:-1], start)

    def _scan_number_or_literal(self, text: str, start: int) -> Any:
        if text in _WORDS:
            return _WORDS[text]
        if text in _NOT_FINITE:
            return self.refuse_number(text, start)
        raise ParseAborted(shape.invalid_json, start, problem="word")

    def _next_token(self, at: int) -> re.Match[str]:
        token = _TOKEN.match(self.text, at)
        if token is None:
            raise self._unexpected_character(self._skip_blanks(at))
        return token

    def _unexpected_character(self, offset: int) -> ParseAborted:
        problem = _PROBLEMS.get(self.text[offset : offset + 1], "character")
        return ParseAborted(shape.invalid_json, offset, problem=problem)

    def _skip_blanks(self, at: int) -> int:
        following = _NEXT.match(self.text, at)
        assert following is not None, "the pattern matches the empty text"
        return following.start(1)
