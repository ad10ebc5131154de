"""A register as YAML 1.2: the same document as in JSON, for people who write it by hand.

The parser is ruamel.yaml's; from its events the values are built here, so that nothing is resolved that YAML would
guess: an alias is never followed, a tag never obeyed, and a day stays a text. What is written is in block style, in the
one form that every reader takes for the same values.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from untoc_network.diagnostics.codes import reading as shape
from untoc_network.diagnostics.errors import MissingExtra
from untoc_network.diagnostics.findings import Report
from untoc_network.model.form_check import ensure_sound
from untoc_network.model.register import Register
from untoc_network.serializers.source.limits import Limits
from untoc_network.serializers.source.scan_result import (
    MISSING,
    LimitCounter,
    ParseAborted,
    ScannerBase,
    ScanResult,
    decode_utf8,
    encode_utf8,
    to_bytes,
)
from untoc_network.serializers.structure.build_register import build_register
from untoc_network.serializers.structure.structuring import to_document

__all__ = ["dumps", "format_lines", "reads", "scalar_spans", "scan_yaml"]

# -- a register as YAML ------------------------------------------------------------------------------------------------


def reads(data: bytes | str, *, file: str | None = None, limits: Limits = Limits()) -> tuple[Register | None, Report]:
    """Read a register from YAML text. Never raises on content.

    Days and country codes stay texts, also without quotes. Anchors, aliases, tags, merge keys and second documents are
    findings. Else as `untoc_network.reads`. Raises `MissingExtra` where ruamel.yaml is not installed.
    """
    return build_register(scan_yaml(to_bytes(data), limits), file)


def dumps(register: Register) -> bytes:
    """A register as canonical YAML: UTF-8, block style, texts in quotes wherever YAML might read something else.

    Equal registers give the same bytes. Raises `InvalidDocument`, which names record and field, for what could not be
    read again.
    """
    ensure_sound(register)
    return encode_utf8("".join(f"{line}\n" for line in format_lines(to_document(register))))


# -- YAML text to plain values -----------------------------------------------------------------------------------------


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
    return text if isinstance(text, ScanResult) else _YamlBuilder(text, limits, counter).scan()


def scalar_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the scalars of a text that is YAML begin and end."""
    scalars = (event for event in _parse_events(text) if _event_kind(event) == "Scalar")
    return ((_event_start(event), event.end_mark.index) for event in scalars)


class _YamlBuilder(ScannerBase):
    """Builds values from the events of the parser; the limit on depth bounds the recursion."""

    def scan(self) -> ScanResult:
        self.events = _parse_events(self.text)
        try:
            return self.finish(self._build_document())
        except ParseAborted as broken:
            return self.abort(broken)

    def _build_document(self) -> Any:
        _, started = next(self.events), next(self.events)
        if _event_kind(started) == "StreamEnd":
            raise ParseAborted(shape.invalid_yaml, len(self.text), problem="empty")
        if started.version not in (None, (1, 2)):
            self._refuse_yaml_feature("directive", 0)
        event = next(self.events)
        value, self.places.root = self._build_value(event), _event_start(event)
        _, following = next(self.events), next(self.events)
        if _event_kind(following) != "StreamEnd":
            self._refuse_yaml_feature("second-document", _event_start(following))
        return value

    def _build_value(self, event: Any) -> Any:
        """The value that begins with an event."""
        self.counter.count_value(_event_start(event))
        return self._build_content(event)

    def _build_content(self, event: Any) -> Any:
        """The value or the key that begins with an event."""
        start = _event_start(event)
        if _event_kind(event) == "Alias":
            return self._refuse_yaml_feature("alias", start)
        if event.anchor is not None:
            self._refuse_yaml_feature("anchor", start)
        tagged = event.tag is not None
        if tagged:
            self._refuse_yaml_feature("tag", start)
        value = self._BUILDERS[_event_kind(event)](self, event)
        return MISSING if tagged else value

    def _build_mapping(self, opening: Any) -> Any:
        members: dict[str, Any] = {}
        offsets: dict[str, int] = {}
        self.check_depth(_event_start(opening))
        for event in self._iterate_events_until("MappingEnd"):
            key = self._build_key(event)
            self.path.append("" if key is None else key)
            following = next(self.events)
            value = self._build_value(following)
            if key is not None:
                # where there is no value, the parser's mark is that of whatever follows
                there = _event_start(event if _is_unquoted(following) and not following.value else following)
                self.add_member(members, offsets, key, value, (_event_start(event), there))
            self.path.pop()
        return self._keep_offsets_of_container(members, offsets, opening, "empty-object")

    def _build_sequence(self, opening: Any) -> Any:
        items: list[Any] = []
        offsets: list[int] = []
        self.check_depth(_event_start(opening))
        for event in self._iterate_events_until("SequenceEnd"):
            self.path.append(len(items))
            value = self._build_value(event)
            items.append(None if value is MISSING else value)
            offsets.append(_event_start(event))
            self.path.pop()
        return self._keep_offsets_of_container(items, offsets, opening, "empty-list")

    def _iterate_events_until(self, closing: str) -> Iterator[Any]:
        event = next(self.events)
        while _event_kind(event) != closing:
            yield event
            event = next(self.events)

    def _keep_offsets_of_container(self, container: Any, offsets: Any, opening: Any, empty: str) -> Any:
        self.places.keep_offsets(container, offsets)
        if not offsets:
            self.report(shape.empty_value, _event_start(opening), given=empty)
        return container

    def _build_key(self, event: Any) -> str | None:
        """A key, or None where it is no text."""
        if _is_unquoted(event) and event.value == "<<":
            self._refuse_yaml_feature("merge-key", _event_start(event))
            return None
        if _event_kind(event) == "Scalar" and not (_is_unquoted(event) and _is_null_bool_or_number(event.value)):
            key = self._build_content(event)
            return "\ufffd" if key is MISSING else str(key)
        self._refuse_yaml_feature("other-key", _event_start(event))
        self.path.append("")
        if _event_kind(event) != "Alias":
            self._build_content(event)
        self.path.pop()
        return None

    def _build_scalar(self, event: Any) -> Any:
        start, text = _event_start(event), event.value
        if not _is_unquoted(event):
            return self.check_text(_PAIR.sub(_join_surrogates, text), start)
        if text in _WORDS:
            return _WORDS[text]
        if _NUMBER.fullmatch(text):
            return self.parse_number(text, start)
        if _NOT_FINITE.fullmatch(text):
            return self.refuse_number(text, start)
        return self._refuse_yaml_feature("other-number", start) if _OTHER_NUMBER.fullmatch(text) else text

    def _refuse_yaml_feature(self, given: str, start: int) -> Any:
        self.report(shape.unsupported_yaml, start, given=given, remedy=f"mend-{given}")
        return MISSING

    _BUILDERS: ClassVar[dict[str, Callable[..., Any]]] = {
        "Scalar": _build_scalar,
        "MappingStart": _build_mapping,
        "SequenceStart": _build_sequence,
    }


def _is_null_bool_or_number(text: str) -> bool:
    """Whether a plain scalar is null, true, false or a number."""
    return text in _WORDS or any(form.fullmatch(text) for form in (_NUMBER, _OTHER_NUMBER, _NOT_FINITE))


def _is_unquoted(event: Any) -> bool:
    return _event_kind(event) == "Scalar" and event.style is None


def _event_kind(event: Any) -> str:
    return type(event).__name__.removesuffix("Event")


def _event_start(event: Any) -> int:
    start: int = event.start_mark.index
    return start


def _join_surrogates(pair: re.Match[str]) -> str:
    """The character that two escapes write together, as in JSON."""
    return pair[0].encode("utf-16", "surrogatepass").decode("utf-16")


def _parse_events(text: str) -> Iterator[Any]:
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
        raise ParseAborted(shape.invalid_yaml, _find_error_offset(error), problem=_choose_error_phrase(error)) from None


def _find_error_offset(error: Exception) -> int:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    offset: int = mark.index if mark is not None else getattr(error, "position", 0)
    return offset


def _choose_error_phrase(error: Exception) -> str:
    """The key of a phrase, or the parser's own words."""
    if hasattr(error, "character"):
        return "control"
    return getattr(error, "problem", None) or "escape"


# -- plain values to YAML text -----------------------------------------------------------------------------------------


_FIRST = ("schema_version", "title", "as_of", "language", "id", "key")
"""What people look for first; other keys stand in alphabetical order."""

_PLAIN = re.compile(r"[^\W\d_](?:[\w.()/'&;-]|,(?=[^\s])|,? (?=[\w(])|:(?=[\w/]))*")
"""Texts that need no quotes: letters first, and nothing that YAML might take for a mark."""

_LONGEST_KEY = 1000
"""A longer key needs a mark of its own: YAML looks for the colon within 1,024 characters."""

_GUESSED = frozenset(["null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf"])
"""Words that YAML 1.1 or 1.2 reads as something else than text."""

_ESCAPED = re.compile("[\x7f-\xa0\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]")


def format_lines(document: Any) -> Iterator[str]:
    """The lines of a document, an object or a list."""
    yield from _format_nested(document, "")


def _format_members(members: dict[str, Any], indent: str) -> Iterator[str]:
    for name in sorted(members, key=_member_sort_key):
        yield from _format_entry(_format_key(name, indent), members[name], indent)


def _format_key(name: str, indent: str) -> str:
    text = _format_text(name)
    return f"{indent}{text}:" if len(text) <= _LONGEST_KEY else f"{indent}? {text}\n{indent}:"


def _format_entry(opening: str, value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, dict | list) and value:
        yield opening
        yield from _format_nested(value, f"{indent}  ")
    else:
        yield f"{opening} {_format_scalar(value)}"


def _format_nested(value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield from _format_members(value, indent)
        return
    for item in value:
        if isinstance(item, dict) and item:
            first, *rest = _format_members(item, f"{indent}  ")
            yield f"{indent}- {first.lstrip(' ')}"
            yield from rest
        else:
            yield f"{indent}- {_format_scalar(item)}"


def _format_scalar(value: Any) -> str:
    return _format_text(value) if isinstance(value, str) else json.dumps(value, allow_nan=False)


def _format_text(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.isprintable() and text.lower() not in _GUESSED:
        return text
    return _ESCAPED.sub(_escape_character, json.dumps(text, ensure_ascii=False))


def _escape_character(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def _member_sort_key(name: str) -> tuple[int, str]:
    return (_FIRST.index(name) if name in _FIRST else len(_FIRST), name)
