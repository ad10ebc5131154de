"""Plain values as YAML in block style, in the one form that every reader takes for the same values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

__all__ = ["format_lines"]

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
    yield from _nested(document, "")


def _members(members: dict[str, Any], indent: str) -> Iterator[str]:
    for name in sorted(members, key=_order):
        yield from _entry(_key(name, indent), members[name], indent)


def _key(name: str, indent: str) -> str:
    text = _text(name)
    return f"{indent}{text}:" if len(text) <= _LONGEST_KEY else f"{indent}? {text}\n{indent}:"


def _entry(opening: str, value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, dict | list) and value:
        yield opening
        yield from _nested(value, f"{indent}  ")
    else:
        yield f"{opening} {_scalar(value)}"


def _nested(value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield from _members(value, indent)
        return
    for item in value:
        if isinstance(item, dict) and item:
            first, *rest = _members(item, f"{indent}  ")
            yield f"{indent}- {first.lstrip(' ')}"
            yield from rest
        else:
            yield f"{indent}- {_scalar(item)}"


def _scalar(value: Any) -> str:
    return _text(value) if isinstance(value, str) else json.dumps(value, allow_nan=False)


def _text(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.isprintable() and text.lower() not in _GUESSED:
        return text
    return _ESCAPED.sub(_escape, json.dumps(text, ensure_ascii=False))


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def _order(name: str) -> tuple[int, str]:
    return (_FIRST.index(name) if name in _FIRST else len(_FIRST), name)
