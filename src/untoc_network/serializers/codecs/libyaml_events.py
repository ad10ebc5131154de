"""YAML by libyaml, where PyYAML brings it: the events of its parser, and the plain values of a text without places.

The parser in Python takes 200 times as long as JSON, and most texts have nothing to explain. libyaml is a parser of
YAML 1.1, and of some texts it makes something else than YAML 1.2 has there, or takes what is none. So nothing is left
to it but the parting of a text into scalars, lists and objects, and that only where the two are known to do it alike:
what a scalar means is decided here, as for the other parser, and anything on which they differ, or which is refused,
is left to the other. Tests compare the two over texts that were changed at random.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import repeat, starmap
from typing import Any

from yaml import CSafeLoader, YAMLError
from yaml.events import (
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from untoc_network.serializers.codecs.yaml_scalars import NUMBER, NUMBER_BEGINNINGS, WORDS, is_text
from untoc_network.serializers.source.limits import Limits
from untoc_network.serializers.source.scan_result import to_number

__all__ = ["LibyamlReading", "iter_libyaml_events", "read_by_libyaml"]

_READ_OTHERWISE = "\t\x85\u2028\u2029\ufeff"
"""Tabs, which libyaml takes between tokens, what ends a line in YAML 1.1 alone, and marks of the order of bytes."""

_LOST_TAG = re.compile(r"(?:^|[-?:,[{]) *!(?:[ ,\]}\r\n]|\Z)", re.MULTILINE)
"""A tag without a name, of which libyaml tells nothing."""

_ODD_BLOCK = re.compile(r"[|>][-+0-9]*#|^ +\r?$", re.MULTILINE)
"""A comment too close to the mark of a block of text, and lines of blanks, which may tell its indentation."""


class _ReadOtherwiseError(Exception):
    """The two parsers may differ, or the text is beyond the limits."""


def iter_libyaml_events(text: str) -> Iterator[Any]:
    """The events of a text that `read_by_libyaml` reads."""
    return iter(CSafeLoader(text).get_event, None)


def read_by_libyaml(text: str, limits: Limits, most_values: int) -> LibyamlReading | None:
    """What libyaml reads of a text; None where the parser in Python has to be asked."""
    if any(mark in text for mark in _READ_OTHERWISE) or ("!" in text and _LOST_TAG.search(text)):
        return None
    reading = LibyamlReading(text, limits.max_depth)
    try:
        # A value counts at least half as often as it has events, its key included.
        reading.read(starmap(CSafeLoader(text).get_event, repeat((), 2 * most_values + 4)))
    except (_ReadOtherwiseError, YAMLError, ValueError, StopIteration, RecursionError):
        return None
    odd = reading.has_blocks and _ODD_BLOCK.search(text)
    return None if odd or reading.weight > most_values else reading


class LibyamlReading:
    """The plain values of a text, how many they are as the limits count them, and whether nothing is to be said of it.

    Where there is something to be said, `document` may lack values.
    """

    def __init__(self, text: str, most_depth: int) -> None:
        self.document: Any = None
        self.weight = 1
        self.is_sound = True
        self.has_blocks = False
        self._text, self._most_depth = text, most_depth
        self._is_marked = any(mark in text for mark in "&*!")
        """Whether there may be anchors, aliases or tags."""
        self._keys: set[str] = set()
        """The keys so far that are text without quotes."""

    def read(self, events: Iterator[Any]) -> None:
        """Read the one document that the events are. Raises `_ReadOtherwiseError` where the parsers may differ."""
        self._events = events
        next(events)
        started = next(events)
        if started.__class__ is not DocumentStartEvent or started.version or started.tags:
            raise _ReadOtherwiseError
        self.document = self._read_container(next(events), 0)
        if next(events).explicit or next(events).__class__ is not StreamEndEvent:
            raise _ReadOtherwiseError

    def _read_container(self, event: Any, depth: int) -> Any:
        kind = event.__class__
        if kind is not MappingStartEvent and kind is not SequenceStartEvent:
            raise _ReadOtherwiseError
        if event.anchor is not None or event.tag is not None or depth >= self._most_depth:
            raise _ReadOtherwiseError
        held = self._read_mapping(depth + 1) if kind is MappingStartEvent else self._read_sequence(depth + 1)
        self.weight += len(held) + 1
        if not held:
            self.is_sound = False
        return held

    def _read_mapping(self, depth: int) -> dict[str, Any]:
        members: dict[str, Any] = {}
        events, known, is_marked = self._events, self._keys, self._is_marked
        for event in events:  # most scalars are read without a call
            if event.__class__ is not ScalarEvent:
                if event.__class__ is MappingEndEvent:
                    return members
                break
            key = event.value
            if is_marked or key not in known:
                key = self._read_key(event)
            if key in members:
                self.is_sound = False
            value = next(events)
            if value.__class__ is not ScalarEvent:
                members[key] = self._read_container(value, depth)
                continue
            text = value.value
            if is_marked or value.style or text in WORDS or text[0] in NUMBER_BEGINNINGS:
                self._read_member(members, key, value)
            else:
                members[key] = text
        raise _ReadOtherwiseError

    def _read_key(self, event: Any) -> Any:
        key = self._read_scalar(event)
        if not event.style:
            if key.__class__ is not str or key == "<<":
                self.is_sound = False
            else:
                self._keys.add(key)
        return key

    def _read_member(self, members: dict[str, Any], key: Any, event: Any) -> None:
        if event.value or event.style or event.anchor is not None or event.tag is not None:
            members[key] = self._read_scalar(event)
        else:
            self.is_sound = False

    def _read_sequence(self, depth: int) -> list[Any]:
        items: list[Any] = []
        text = self._text
        for event in self._events:
            if event.__class__ is ScalarEvent:
                items.append(self._read_scalar(event))
            elif event.__class__ is SequenceEndEvent:
                return items
            elif event.__class__ is MappingStartEvent and event.flow_style and text[event.start_mark.index] != "{":
                break  # a pair without braces, where libyaml needs no blank behind the colon
            else:
                items.append(self._read_container(event, depth))
        raise _ReadOtherwiseError

    def _read_scalar(self, event: Any) -> Any:
        text, style = event.value, event.style
        if event.anchor is not None or event.tag is not None or not (text or style):
            raise _ReadOtherwiseError  # where nothing stands, libyaml tells another place
        if style:
            if style in "|>":
                self.has_blocks = True
            return text
        return text if is_text(text) else self._read_word_or_number(text)

    def _read_word_or_number(self, text: str) -> Any:
        value = WORDS[text] if text in WORDS else to_number(text) if NUMBER.fullmatch(text) else None
        if value is None:
            self.is_sound = False
        return value
