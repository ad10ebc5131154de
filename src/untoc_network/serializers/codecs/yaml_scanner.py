"""YAML 1.2 text to plain values with the place of each, and what is wrong with the text.

The parser is ruamel.yaml's; from its events the values are built here, so that nothing is resolved that YAML would
guess: an alias is never followed, a tag never obeyed, and a day stays a text. Where libyaml reads a text alike, the
events are libyaml's, which come many times as fast.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from untoc_network.diagnostics.codes import reading as shape
from untoc_network.diagnostics.errors import MissingExtra
from untoc_network.serializers.codecs.yaml_scalars import NOT_FINITE, NUMBER, WORDS, is_text
from untoc_network.serializers.source.limits import Limits
from untoc_network.serializers.source.scan_result import (
    MISSING,
    LimitCounter,
    ParseAborted,
    ScannerBase,
    ScanResult,
    decode_utf8,
)

if TYPE_CHECKING:
    from untoc_network.serializers.codecs.libyaml_events import LibyamlReading

__all__ = ["find_scalars", "read_sound_yaml", "scan_yaml"]

_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def read_sound_yaml(data: bytes, limits: Limits, counter: LimitCounter) -> tuple[Any, bool]:
    """The plain values of YAML text of which nothing is to be said, and whether libyaml reads it as it is to be read.

    None where `scan_yaml` has to tell, or to read. The number of the values is added to the counter.
    """
    text = decode_utf8(data, limits)
    reading = None if isinstance(text, ScanResult) else _read_by_libyaml(text, limits, counter)
    if reading is None or not reading.is_sound:
        return None, reading is not None
    counter.values += reading.weight
    return reading.document, True


def scan_yaml(
    data: bytes, limits: Limits, counter: LimitCounter | None = None, *, by_libyaml: bool | None = None
) -> ScanResult:
    """Read YAML text. Never raises on content: what is wrong is in the findings.

    `counter` is that of the document, where the text is one of its parts. `by_libyaml` tells whether libyaml reads it
    alike, where that is known. Raises `MissingExtra` where ruamel.yaml is not installed.
    """
    text = decode_utf8(data, limits)
    if isinstance(text, ScanResult):
        return text
    builder = _YamlBuilder(text, limits, counter)
    is_alike = _read_by_libyaml(text, limits, builder.counter) is not None if by_libyaml is None else by_libyaml
    return builder.scan(_parse(text, by_libyaml=is_alike))


def find_scalars(text: str, limits: Limits) -> list[tuple[int, int]] | None:
    """Where the scalars of a text begin and end; None where it is no YAML, or beyond the limits."""
    is_alike = _read_by_libyaml(text, limits, LimitCounter(limits)) is not None
    if not is_alike and not _YamlBuilder(text, limits).scan(_parse(text, by_libyaml=False)).readable:
        return None
    events = _parse(text, by_libyaml=is_alike)
    return [(_event_start(event), event.end_mark.index) for event in events if _kind(event) == "ScalarEvent"]


def _read_by_libyaml(text: str, limits: Limits, counter: LimitCounter) -> LibyamlReading | None:
    """What libyaml reads of a text, where it is there and reads it as the parser in Python does."""
    _require_parser()
    try:
        from untoc_network.serializers.codecs.libyaml_events import read_by_libyaml
    except ImportError:
        return None
    return read_by_libyaml(text, limits, counter.most_values - counter.values)


def _require_parser() -> None:
    try:
        there = importlib.util.find_spec("ruamel.yaml") is not None
    except ImportError:
        there = False
    if not there:
        raise MissingExtra(
            'reading YAML needs ruamel.yaml, which is not installed; run: pip install "untoc-network[yaml]"'
        )


def _parse(text: str, *, by_libyaml: bool) -> Iterator[Any]:
    """The events of the parser, or the same from libyaml. They raise `ParseAborted` where the text is no YAML."""
    if not by_libyaml:
        return _parse_in_python(text)
    from untoc_network.serializers.codecs.libyaml_events import iter_libyaml_events

    return iter_libyaml_events(text)


class _YamlBuilder(ScannerBase):
    """Builds values from the events of the parser; the limit on depth bounds the recursion."""

    def scan(self, events: Iterator[Any]) -> ScanResult:
        self.events = events
        try:
            return self.finish(self._build_document())
        except ParseAborted as broken:
            return self.abort(broken)

    def _build_document(self) -> Any:
        _, started = next(self.events), next(self.events)
        if _kind(started) == "StreamEndEvent":
            raise ParseAborted(shape.invalid_yaml, len(self.text), problem="empty")
        if started.version not in (None, (1, 2)):
            self._refuse_yaml_feature("directive", 0)
        event = next(self.events)
        value, self.places.root = self._build_value(event), _event_start(event)
        _, following = next(self.events), next(self.events)
        if _kind(following) != "StreamEndEvent":
            self._refuse_yaml_feature("second-document", _event_start(following))
        return value

    def _build_value(self, event: Any) -> Any:
        """The value that begins with an event."""
        self.counter.count_value(_event_start(event))
        return self._build_content(event)

    def _build_content(self, event: Any) -> Any:
        """The value or the key that begins with an event."""
        build = self._BUILDERS.get(_kind(event))
        if build is None:
            return self._refuse_yaml_feature("alias", _event_start(event))
        if event.anchor is not None:
            self._refuse_yaml_feature("anchor", _event_start(event))
        if event.tag is None:
            return build(self, event)
        self._refuse_yaml_feature("tag", _event_start(event))
        build(self, event)
        return MISSING

    def _build_mapping(self, opening: Any) -> Any:
        members: dict[str, Any] = {}
        offsets: dict[str, int] = {}
        self.check_depth(_event_start(opening))
        for event in self._iterate_events_until("MappingEndEvent"):
            key = self._build_key(event)
            self.path.append("" if key is None else key)
            following = next(self.events)
            value = self._build_value(following)
            if key is not None:
                # where there is no value, the parser's mark is that of whatever follows
                is_there = getattr(following, "value", "there") or following.style
                there = _event_start(following if is_there else event)
                self.add_member(members, offsets, key, value, (_event_start(event), there))
            self.path.pop()
        return self._keep_offsets_of_container(members, offsets, opening, "empty-object")

    def _build_sequence(self, opening: Any) -> Any:
        items: list[Any] = []
        offsets: list[int] = []
        self.check_depth(_event_start(opening))
        for event in self._iterate_events_until("SequenceEndEvent"):
            self.path.append(len(items))
            value = self._build_value(event)
            items.append(None if value is MISSING else value)
            offsets.append(_event_start(event))
            self.path.pop()
        return self._keep_offsets_of_container(items, offsets, opening, "empty-list")

    def _iterate_events_until(self, closing: str) -> Iterator[Any]:
        event = next(self.events)
        while _kind(event) != closing:
            yield event
            event = next(self.events)

    def _keep_offsets_of_container(self, container: Any, offsets: Any, opening: Any, empty: str) -> Any:
        self.places.keep_offsets(container, offsets)
        if not offsets:
            self.report(shape.empty_value, _event_start(opening), given=empty)
        return container

    def _build_key(self, event: Any) -> str | None:
        """A key, or None where it is no text."""
        is_scalar = _kind(event) == "ScalarEvent"
        if is_scalar and not event.style and event.value == "<<":
            self._refuse_yaml_feature("merge-key", _event_start(event))
            return None
        if is_scalar and (event.style or is_text(event.value)):
            key = self._build_content(event)
            return "\ufffd" if key is MISSING else str(key)
        self._refuse_yaml_feature("other-key", _event_start(event))
        self.path.append("")
        if _kind(event) != "AliasEvent":
            self._build_content(event)
        self.path.pop()
        return None

    def _build_scalar(self, event: Any) -> Any:
        start, text = _event_start(event), event.value
        if event.style:
            return self.check_text(_PAIR.sub(_join_surrogates, text), start)
        if is_text(text):
            return text
        if text in WORDS:
            return WORDS[text]
        if NUMBER.fullmatch(text):
            return self.parse_number(text, start)
        if NOT_FINITE.fullmatch(text):
            return self.refuse_number(text, start)
        return self._refuse_yaml_feature("other-number", start)

    def _refuse_yaml_feature(self, given: str, start: int) -> Any:
        self.report(shape.unsupported_yaml, start, given=given, remedy=f"mend-{given}")
        return MISSING

    _BUILDERS: ClassVar[dict[str, Callable[..., Any]]] = {
        "ScalarEvent": _build_scalar,
        "MappingStartEvent": _build_mapping,
        "SequenceStartEvent": _build_sequence,
    }


def _kind(event: Any) -> str:
    name: str = event.__class__.__name__
    return name


def _event_start(event: Any) -> int:
    start: int = event.start_mark.index
    return start


def _join_surrogates(pair: re.Match[str]) -> str:
    """The character that two escapes write together, as in JSON."""
    return pair[0].encode("utf-16", "surrogatepass").decode("utf-16")


def _parse_in_python(text: str) -> Iterator[Any]:
    """The events of the parser that explains. Raises `ParseAborted` where the text is no YAML."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except (YAMLError, ValueError) as error:
        raise ParseAborted(shape.invalid_yaml, _find_error_offset(error), problem=_choose_error_phrase(error)) from None


def _find_error_offset(error: Exception) -> int:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    offset: int = mark.index if mark is not None else getattr(error, "position", 0)
    return offset


def _choose_error_phrase(error: Exception) -> str:
    """The key of a phrase for what the parser says in its own words."""
    if hasattr(error, "character"):
        return "control"
    said = getattr(error, "problem", None) or ""
    return next((key for part, key in _PROBLEMS.items() if part in said), "unexpected") if said else "escape"


_PROBLEMS = {
    "<block end>": "indentation",
    "expected ':'": "colon",
    "end of stream": "not-closed",
    "',' or": "not-closed",
    "'\\t'": "tab",
    "mapping values": "mapping",
    "escape": "escape",
}
"""The phrase for what the parser says, by a part of that; the first that is there decides."""
