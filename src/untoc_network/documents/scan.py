"""What every reader makes of a text: plain values, the place of each, and what was wrong with the text."""

from __future__ import annotations

import codecs
import math
import re
from typing import Any

import attrs

from untoc_network.documents.limits import Limits
from untoc_network.documents.places import Places, TextPlaces
from untoc_network.findings import Finding
from untoc_network.rules import shape
from untoc_network.rules.rule import Rule, shown_key

__all__ = ["DROPPED", "Broken", "Gatherer", "Scan", "decoded"]

DROPPED: Any = object()
"""Stands for a value that a finding says was not read."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_MOST_DIGITS = 15


@attrs.frozen(kw_only=True)
class Scan:
    """A document as plain values, the places of its parts, and what was wrong with its text.

    `readable` is False where the text breaks the rules of its format, so that there is no document. Members whose value
    is null, or was refused, are left out of `document`; refused items of a list are None in it.
    """

    places: Places
    document: Any = None
    findings: tuple[Finding, ...] = ()
    readable: bool = True
    lost_ids: frozenset[str] = frozenset()
    """The ids that stand in parts of the text which could not be read."""


class Broken(Exception):
    """The text cannot be read on from an offset."""

    def __init__(self, rule: Rule, offset: int, **params: str | int) -> None:
        super().__init__(rule.code)
        self.rule, self.offset, self.params = rule, offset, params


def decoded(data: bytes, limits: Limits) -> str | Scan:
    """The text of an input, without its byte order mark; where it is too large or not UTF-8, the scan that says so."""
    if len(data) > limits.max_bytes:
        refusal = shape.document_is_not_too_large.finding((), {"limit": limits.max_bytes})
        return Scan(places=TextPlaces(""), findings=(refusal,), readable=False)
    body = data.removeprefix(codecs.BOM_UTF8)
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        before = body[: error.start].decode()
        line, column = TextPlaces(before).line_and_column(len(before))
        offset = error.start + len(data) - len(body)
        refusal = shape.document_is_utf8.finding((), {"offset": offset}, line=line, column=column)
        return Scan(places=TextPlaces(before), findings=(refusal,), readable=False)


class Gatherer:
    """Gathers values, places and findings on the way through one text; what holds for values of every format."""

    def __init__(self, text: str, limits: Limits) -> None:
        self.text, self.limits = text, limits
        self.places = TextPlaces(text)
        self.findings: list[Finding] = []
        self.path: list[str | int] = []

    def scanned(self, value: Any) -> Scan:
        """The scan of a text that could be read to its end."""
        document = None if value is DROPPED else value
        return Scan(places=self.places, document=document, findings=tuple(self.findings))

    def broken_off(self, broken: Broken) -> Scan:
        """The scan of a text that could not be read on."""
        self.path.clear()
        self.report(broken.rule, broken.offset, **broken.params)
        return Scan(places=self.places, findings=tuple(self.findings), readable=False)

    def refuse_depth(self, start: int) -> None:
        """Refuse to go deeper than the limit."""
        if len(self.path) >= self.limits.max_depth:
            raise Broken(shape.document_is_not_too_deep, start, limit=self.limits.max_depth)

    def keep_member(
        self, members: dict[str, Any], offsets: dict[str, tuple[int, int]], key: str, value: Any, at: tuple[int, int]
    ) -> None:
        """Keep a member of an object, unless its key stood there before or its value says nothing."""
        if key in offsets:
            self.report(shape.key_stands_once, at[0], name=shown_key(key))
            return
        offsets[key] = at
        if value is None:
            self.report(shape.value_says_something, at[1], given="null")
        elif value is not DROPPED:
            members[key] = value

    def text_value(self, value: str, start: int) -> Any:
        """A text, unless no file could carry it."""
        if _SURROGATE.search(value):
            self.report(shape.text_can_be_written, start)
            return DROPPED
        return value

    def number(self, text: str, start: int) -> Any:
        """The number that a text in the form of JSON writes, unless programs would not keep it exactly."""
        whole = text.lstrip("-").isdigit()
        if whole and len(text.lstrip("-")) <= _MOST_DIGITS:
            return int(text)
        if not whole and math.isfinite(number := float(text)):
            return number
        return self.no_number("this", start)

    def no_number(self, given: str, start: int) -> Any:
        """Refuse what is not a number that can be kept."""
        self.report(shape.number_is_a_number, start, given=given)
        return DROPPED

    def report(self, rule: Rule, offset: int, **params: str | int) -> None:
        """Add a finding at an offset of the text and the present path."""
        line, column = self.places.line_and_column(offset)
        self.findings.append(rule.finding(self.path, params, line=line, column=column))
