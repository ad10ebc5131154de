"""YAML 1.2 text to plain values, strictly, keeping the place of each.

The parser is ruamel.yaml's; from its events the values are built here, so that nothing is resolved that YAML would
guess: an alias is never followed, a tag never obeyed, and a day stays a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from untoc_network.diagnostics.codes import reading as shape
from untoc_network.diagnostics.errors import MissingExtra
from untoc_network.serializers.source.limits import Limits
from untoc_network.serializers.source.scan_result import (
    MISSING,
    LimitCounter,
    ParseAborted,
    ScannerBase,
    ScanResult,
    decode_utf8,
)

__all__ = ["scalar_spans", "scan_yaml"]

_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_OTHER_NUMBER = re.compile(r"[-+]?(?:[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?)")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def scan_yaml(data: bytes, limits: Limits, counter: LimitCounter | None = None) -> ScanResult:
    """Read YAML text. Never raises on content: what is wrong is in the findings.

    `counter` is that of the document, where the text is one of its parts. Raises `MissingExtra` where ruamel.yaml is
    not installed.
    """
    text = decode_utf8(data, limits)
    return text if isinstance(text, ScanResult) else _Builder(text, limits, counter).scan()


def scalar_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the scalars of a text that is YAML begin and end."""
    scalars = (event for event in _events(text) if _kind(event) == "Scalar")
    return ((_start(event), event.end_mark.index) for event in scalars)


class _Builder(ScannerBase):
    """Builds values from the events of the parser; the limit on depth bounds the recursion."""

    def scan(self) -> ScanResult:
        self.events = _events(self.text)
        try:
            return self.finish(self._document())
        except ParseAborted as broken:
            return self.abort(broken)

    def _document(self) -> Any:
        _, started = next(self.events), next(self.events)
        if _kind(started) == "StreamEnd":
            raise ParseAborted(shape.invalid_yaml, len(self.text), problem="empty")
        if started.version not in (None, (1, 2)):
            self._refuse("directive", 0)
        event = next(self.events)
        value, self.places.root = self._value(event), _start(event)
        _, following = next(self.events), next(self.events)
        if _kind(following) != "StreamEnd":
            self._refuse("second-document", _start(following))
        return value

    def _value(self, event: Any) -> Any:
        """The value that begins with an event."""
        self.counter.value(_start(event))
        return self._content(event)

    def _content(self, event: Any) -> Any:
        """The value or the key that begins with an event."""
        start = _start(event)
        if _kind(event) == "Alias":
            return self._refuse("alias", start)
        if event.anchor is not None:
            self._refuse("anchor", start)
        tagged = event.tag is not None
        if tagged:
            self._refuse("tag", start)
        value = _BUILT[_kind(event)](self, event)
        return MISSING if tagged else value

    def _mapping(self, opening: Any) -> Any:
        members: dict[str, Any] = {}
        offsets: dict[str, int] = {}
        self.check_depth(_start(opening))
        for event in self._until("MappingEnd"):
            key = self._key(event)
            self.path.append("" if key is None else key)
            following = next(self.events)
            value = self._value(following)
            if key is not None:
                # where there is no value, the parser's mark is that of whatever follows
                there = _start(event if _is_plain(following) and not following.value else following)
                self.add_member(members, offsets, key, value, (_start(event), there))
            self.path.pop()
        return self._kept(members, offsets, opening, "empty-object")

    def _sequence(self, opening: Any) -> Any:
        items: list[Any] = []
        offsets: list[int] = []
        self.check_depth(_start(opening))
        for event in self._until("SequenceEnd"):
            self.path.append(len(items))
            value = self._value(event)
            items.append(None if value is MISSING else value)
            offsets.append(_start(event))
            self.path.pop()
        return self._kept(items, offsets, opening, "empty-list")

    def _until(self, closing: str) -> Iterator[Any]:
        event = next(self.events)
        while _kind(event) != closing:
            yield event
            event = next(self.events)

    def _kept(self, container: Any, offsets: Any, opening: Any, empty: str) -> Any:
        self.places.keep(container, offsets)
        if not offsets:
            self.report(shape.empty_value, _start(opening), given=empty)
        return container

    def _key(self, event: Any) -> str | None:
        """A key, or None where it is no text."""
        if _is_plain(event) and event.value == "<<":
            self._refuse("merge-key", _start(event))
            return None
        if _kind(event) == "Scalar" and not (_is_plain(event) and _says_no_text(event.value)):
            key = self._content(event)
            return "\ufffd" if key is MISSING else str(key)
        self._refuse("other-key", _start(event))
        self.path.append("")
        if _kind(event) != "Alias":
            self._content(event)
        self.path.pop()
        return None

    def _scalar(self, event: Any) -> Any:
        start, text = _start(event), event.value
        if not _is_plain(event):
            return self.check_text(_PAIR.sub(_joined, text), start)
        if text in _WORDS:
            return _WORDS[text]
        if _NUMBER.fullmatch(text):
            return self.number(text, start)
        if _NOT_FINITE.fullmatch(text):
            return self.refuse_number(text, start)
        return self._refuse("other-number", start) if _OTHER_NUMBER.fullmatch(text) else text

    def _refuse(self, given: str, start: int) -> Any:
        self.report(shape.unsupported_yaml, start, given=given, remedy=f"mend-{given}")
        return MISSING


_BUILT = {"Scalar": _Builder._scalar, "MappingStart": _Builder._mapping, "SequenceStart": _Builder._sequence}  # noqa: SLF001


def _says_no_text(text: str) -> bool:
    """Whether a plain scalar is null, true, false or a number."""
    return text in _WORDS or any(form.fullmatch(text) for form in (_NUMBER, _OTHER_NUMBER, _NOT_FINITE))


def _is_plain(event: Any) -> bool:
    return _kind(event) == "Scalar" and event.style is None


def _kind(event: Any) -> str:
    return type(event).__name__.removesuffix("Event")


def _start(event: Any) -> int:
    start: int = event.start_mark.index
    return start


def _joined(pair: re.Match[str]) -> str:
    """The character that two escapes write together, as in JSON."""
    return pair[0].encode("utf-16", "surrogatepass").decode("utf-16")


def _events(text: str) -> Iterator[Any]:
    """The events of the parser. Raises `ParseAborted` where the text is no YAML."""
    try:
        from ruamel.yaml import YAML
        from ruamel.yaml.error import YAMLError
    except ImportError:
        raise MissingExtra(
            'reading YAML needs ruamel.yaml, which is not installed; run: pip install "untoc-network[yaml]"'
        ) from None
    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except (YAMLError, ValueError) as error:
        raise ParseAborted(shape.invalid_yaml, _offset(error), problem=_problem(error)) from None


def _offset(error: Exception) -> int:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    offset: int = mark.index if mark is not None else getattr(error, "position", 0)
    return offset


def _problem(error: Exception) -> str:
    """The key of a phrase, or the parser's own words."""
    if hasattr(error, "character"):
        return "control"
    return getattr(error, "problem", None) or "escape"
