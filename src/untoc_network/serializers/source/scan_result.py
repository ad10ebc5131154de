"""What every reader makes of a text: plain values, the place of each, and what was wrong with the text."""

from __future__ import annotations

import codecs
import math
import re
from array import array
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import attrs

from untoc_network.diagnostics.code import Code, mask_key
from untoc_network.diagnostics.codes import reading as shape
from untoc_network.diagnostics.findings import Finding, Path, Severity
from untoc_network.diagnostics.shared_methods import SharedMethods
from untoc_network.serializers.source.limits import Limits

__all__ = [
    "MISSING",
    "PLAIN_TYPES",
    "DocumentPart",
    "JoinedSourceMap",
    "LimitCounter",
    "LimitReached",
    "ParseAborted",
    "Path",
    "Positions",
    "ScanResult",
    "ScannerBase",
    "SourceMap",
    "TextSourceMap",
    "decode_utf8",
    "refuse_document",
    "to_number",
]

_SHIFT = 2**40
_BLOCK = 2**12
"""So many letters of a text are gone through to find the line of one."""
PLAIN_TYPES = (dict, list, str, int, float, type(None))
"""What scanned documents are made of; anything else stands for a record that was read without being scanned."""


def pack_offsets(of_key: int, of_value: int) -> int:
    """The offsets of a key and its value in one number: a third of the memory that a pair takes."""
    return of_key * _SHIFT + of_value


class Positions(Protocol):
    """Knows where the parts of a document stand in its text."""

    def find_position(self, document: Any, path: Path, *, key: bool = False) -> tuple[int, int]:
        """Line and column of the value at a path, or of its key; where the path ends early, of what is there."""


class SourceMap(Positions, Protocol):
    """Knows where the parts of a document stand, also where it was read from several files."""

    def find_file(self, path: Path) -> str | None:
        """The file that holds what is at a path, where the document was read from several."""


class TextSourceMap:
    """Where keys and values stand in a text: offsets by container, lines by offset.

    Lines are counted block by block: to know where each starts takes longer than to read a text that has one fault.
    """

    __slots__ = ("_blocks", "_containers", "_offsets", "_scanned_last", "_text", "root", "scan_record")

    def __init__(self, text: str) -> None:
        self.root = 0
        self.scan_record: Callable[[int], tuple[Any, TextSourceMap]] | None = None
        """Scans a record that was read without being scanned, which starts at an offset: its values and places."""
        self._scanned_last: tuple[int, tuple[Any, TextSourceMap]] | None = None
        self._offsets: dict[int, Any] = {}
        self._containers: list[Any] = []
        self._text = text
        self._blocks: tuple[array[int], array[int]] | None = None

    def keep_offsets(self, container: dict[str, Any] | list[Any], offsets: Any) -> None:
        """Keep the offsets of a container's parts: `pack_offsets` by key, or that of each value.

        The container is kept too, so that no later one can take its identity.
        """
        self._offsets[id(container)] = offsets
        self._containers.append(container)

    def narrow_root(self, document: dict[str, Any], key: str) -> None:
        """Make a member of an object the whole that places are asked of, where it is there, and forget the object."""
        offsets = self._offsets.pop(id(document))
        self.root = offsets.get(key, self.root) % _SHIFT

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of an offset."""
        text, block = self._text, offset // _BLOCK
        if self._blocks is None:
            self._blocks = _count_lines(text)
        lines, ends = self._blocks
        start = block * _BLOCK
        end = text.rfind("\n", start, offset)
        return lines[block] + text.count("\n", start, offset) + 1, offset - (ends[block] if end < 0 else end)

    def find_position(self, document: Any, path: Path, *, key: bool = False) -> tuple[int, int]:
        """Line and column of the value at a path, or of its key; where the path ends early, of what is there."""
        return self.line_and_column(self._find_offset(document, path, key=key))

    def _find_offset(self, document: Any, path: Path, *, key: bool) -> int:
        offset, here = self.root, document
        for depth, token in enumerate(path):
            if self.scan_record is not None and not isinstance(here, PLAIN_TYPES):
                here, places = self._scan_once(offset, self.scan_record)
                return places._find_offset(here, path[depth:], key=key)  # noqa: SLF001 - of its own class
            offsets = self._offsets.get(id(here))
            if isinstance(offsets, dict) and token in offsets:
                of_key, of_value = divmod(offsets[token], _SHIFT)
                offset = of_key if key and token is path[-1] else of_value
                here = here.get(token)
            elif isinstance(offsets, list) and isinstance(token, int) and token < len(offsets):
                offset, here = offsets[token], here[token]
            else:
                break
        return offset

    def _scan_once(
        self, offset: int, scan_record: Callable[[int], tuple[Any, TextSourceMap]]
    ) -> tuple[Any, TextSourceMap]:
        """A record that was not scanned, once for all that is asked of it in turn."""
        if self._scanned_last is None or self._scanned_last[0] != offset:
            self._scanned_last = offset, scan_record(offset)
        return self._scanned_last[1]

    def find_file(self, path: Path) -> str | None:  # noqa: ARG002
        """None: it is one text."""
        return None


def _count_lines(text: str) -> tuple[array[int], array[int]]:
    """Of each block of a text how many lines end before it, and where the last of them does; -1 where none does."""
    lines, ends = array("q", (0,)), array("q", (-1,))
    for start in range(0, len(text), _BLOCK):
        end = text.rfind("\n", start, start + _BLOCK)
        lines.append(lines[-1] + text.count("\n", start, start + _BLOCK))
        ends.append(ends[-1] if end < 0 else end)
    return lines, ends


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DocumentPart:
    """A part of a document that was read by itself: its own document and places, and where its text stands.

    `root` is the path in its own document at which the part begins, `line` the line of the file on which it does.
    """

    document: Any
    places: Positions
    root: Path = ()
    line: int = 1
    file: str | None = None


@attrs.frozen(eq=False, repr=False)
class JoinedSourceMap:
    """The places of a document that was put together: each part by the path at which it stands."""

    parts: Mapping[Path, DocumentPart]

    def find_position(self, document: Any, path: Path, *, key: bool = False) -> tuple[int, int]:  # noqa: ARG002
        """Line and column of the value at a path, or of its key, in the file of its part."""
        depth = self._find_depth_of_part(path)
        if depth is None:
            return 1, 1
        part = self.parts[path[:depth]]
        line, column = part.places.find_position(part.document, (*part.root, *path[depth:]), key=key)
        return part.line + line - 1, column

    def find_file(self, path: Path) -> str | None:
        """The file of the part that a path leads into."""
        depth = self._find_depth_of_part(path)
        return None if depth is None else self.parts[path[:depth]].file

    def _find_depth_of_part(self, path: Path) -> int | None:
        return next((depth for depth in range(len(path), -1, -1) if path[:depth] in self.parts), None)


MISSING: Any = object()
"""Stands for a value that a finding says was not read."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_MOST_DIGITS = 15


class ParseAborted(Exception):
    """The text cannot be read on from an offset."""

    def __init__(self, rule: Code, offset: int, **params: str | int) -> None:
        super().__init__(rule.code)
        self.rule, self.offset, self.params = rule, offset, params


class LimitReached(Exception):
    """The reading was stopped at a limit, which a finding tells already."""


class LimitCounter:
    """Counts values and findings over all parts of one document, and stops the reading at the limits.

    `limit_reached` tells that it was stopped, `suppressed_count` how many findings, none of them errors, were only
    counted.
    """

    def __init__(self, limits: Limits) -> None:
        self.most_values, self.most_findings = limits.max_values, limits.max_findings
        self.values = self.errors = self.others = 0
        self.limit_reached = False

    @property
    def suppressed_count(self) -> int:
        """How many findings were counted and not told."""
        return max(self.others - self.most_findings, 0)

    def count_value(self, offset: int, *, weight: int = 1) -> None:
        """Count a value, or what takes as much memory as several. Raises `ParseAborted` beyond the limit."""
        self.values += weight
        if self.values > self.most_values:
            self.limit_reached = True
            raise ParseAborted(shape.too_many_values, offset, limit=self.most_values)

    def count_finding(self, rule: Code, offset: int) -> bool:
        """Count a finding, and whether to report it. Raises `ParseAborted` where it is an error beyond the limit."""
        if rule.severity is not Severity.ERROR:
            self.others += 1
            return self.others <= self.most_findings
        self.errors += 1
        if self.errors > self.most_findings:
            self.limit_reached = True
            raise ParseAborted(shape.too_many_errors, offset, limit=self.most_findings)
        return True


@attrs.frozen(kw_only=True)
class ScanResult(SharedMethods):
    """A document as plain values, the places of its parts, and what was wrong with its text.

    `readable` is False where the text breaks the rules of its format, so that there is no document. Members whose value
    is null, or was refused, are left out of `document`; refused items of a list are None in it.
    """

    places: SourceMap
    document: Any = None
    findings: tuple[Finding, ...] = ()
    readable: bool = True
    unread_ids: frozenset[str] = frozenset()
    """The ids that stand in parts of the text which could not be read."""
    counter: LimitCounter = attrs.field(factory=lambda: LimitCounter(Limits()), eq=False, repr=False)
    """What was counted so far, for those who read on."""


def refuse_document(rule: Code, **params: str | int) -> ScanResult:
    """The scan of what is no document at all, with the finding that says why."""
    refusal = rule.finding((), params, line=1, column=1)
    return ScanResult(places=JoinedSourceMap({}), findings=(refusal,), readable=False)


def decode_utf8(data: bytes, limits: Limits) -> str | ScanResult:
    """The text of an input, without its byte order mark; where it is too large or not UTF-8, the scan that says so."""
    if len(data) > limits.max_bytes:
        refusal = shape.document_too_large.finding((), {"limit": limits.max_bytes})
        return ScanResult(places=TextSourceMap(""), findings=(refusal,), readable=False)
    body = data.removeprefix(codecs.BOM_UTF8)
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        before = body[: error.start].decode()
        line, column = TextSourceMap(before).line_and_column(len(before))
        offset = error.start + len(data) - len(body)
        refusal = shape.invalid_utf8.finding((), {"offset": offset}, line=line, column=column)
        return ScanResult(places=TextSourceMap(before), findings=(refusal,), readable=False)


def to_number(text: str) -> int | float | None:
    """The number that a text in the form of JSON writes; None where programs would not keep it exactly."""
    whole = text.lstrip("-").isdigit()
    if whole and len(text.lstrip("-")) <= _MOST_DIGITS:
        return int(text)
    return number if not whole and math.isfinite(number := float(text)) else None


class ScannerBase:
    """Gathers values, places and findings on the way through one text; what holds for values of every format.

    In a patch null says something: it is kept, and nothing that is empty is told.
    """

    def __init__(
        self, text: str, limits: Limits, counter: LimitCounter | None = None, *, is_patch: bool = False
    ) -> None:
        self.text, self.limits, self.is_patch = text, limits, is_patch
        self.counter = counter or LimitCounter(limits)
        self.places = TextSourceMap(text)
        self.findings: list[Finding] = []
        self.path: list[str | int] = []

    def finish(self, value: Any) -> ScanResult:
        """The scan of a text that could be read to its end."""
        document = None if value is MISSING else value
        return self._make_scan_result(document=document)

    def abort(self, broken: ParseAborted) -> ScanResult:
        """The scan of a text that could not be read on."""
        self.path.clear()
        if not self.counter.limit_reached:
            try:
                self.counter.count_finding(broken.rule, broken.offset)
            except ParseAborted as too_many:
                broken = too_many
        self._add_finding_at(broken.rule, broken.offset, broken.params)
        return self._make_scan_result(readable=False)

    def _make_scan_result(self, *, document: Any = None, readable: bool = True) -> ScanResult:
        findings = tuple(self.findings)
        return ScanResult(
            places=self.places, document=document, findings=findings, readable=readable, counter=self.counter
        )

    def check_depth(self, start: int) -> None:
        """Refuse to go deeper than the limit. A list or object counts once more, since it takes twice the memory."""
        self.counter.count_value(start)
        if len(self.path) >= self.limits.max_depth:
            raise ParseAborted(shape.document_too_deep, start, limit=self.limits.max_depth)

    def add_member(
        self, members: dict[str, Any], offsets: dict[str, int], key: str, value: Any, at: tuple[int, int]
    ) -> None:
        """Keep a member of an object, unless its key stood there before or its value says nothing."""
        if key in offsets:
            self.report(shape.duplicate_key, at[0], name=mask_key(key))
            return
        offsets[key] = pack_offsets(*at)
        if value is None:
            self.report(shape.empty_value, at[1], given="null")
        if value is not MISSING and (value is not None or self.is_patch):
            members[key] = value

    def check_text(self, value: str, start: int) -> Any:
        """A text, unless no file could carry it."""
        if _SURROGATE.search(value):
            self.report(shape.unpaired_surrogate, start)
            return MISSING
        return value

    def parse_number(self, text: str, start: int) -> Any:
        """The number that a text in the form of JSON writes, unless programs would not keep it exactly."""
        number = to_number(text)
        return self.refuse_number("this", start) if number is None else number

    def refuse_number(self, given: str, start: int) -> Any:
        """Refuse what is not a number that can be kept."""
        self.report(shape.inexact_number, start, given=given)
        return MISSING

    def report(self, rule: Code, offset: int, **params: str | int) -> None:
        """Add a finding at an offset of the text and the present path. Raises `ParseAborted` beyond the limit."""
        if self.is_patch and rule is shape.empty_value:  # in a patch it says what to leave out
            return
        if self.counter.count_finding(rule, offset):
            self._add_finding_at(rule, offset, params)

    def _add_finding_at(self, rule: Code, offset: int, params: dict[str, str | int]) -> None:
        line, column = self.places.line_and_column(offset)
        self.findings.append(rule.finding(self.path, params, line=line, column=column))
