"""A register as YAML 1.2: the same document as in JSON, for people who write it by hand.

What is sound and read by libyaml as by the parser that explains goes the short way. What is written is in block style,
in the one form that every reader takes for the same values.
"""

from __future__ import annotations

import json
import re
from typing import Any

from untoc_network.diagnostics.findings import Report
from untoc_network.model.form_check import ensure_sound
from untoc_network.model.register import Register
from untoc_network.serializers.codecs.yaml_scanner import read_sound_yaml, scan_yaml
from untoc_network.serializers.fast.fast_json import convert_plain
from untoc_network.serializers.source.limits import Limits
from untoc_network.serializers.source.scan_result import LimitCounter
from untoc_network.serializers.source.text_bytes import encode_utf8, to_bytes
from untoc_network.serializers.structure.build_register import build_register
from untoc_network.serializers.structure.positions_locator import LazyLocator
from untoc_network.serializers.structure.structuring import to_document

__all__ = ["dumps", "format_document", "reads"]

# -- a register as YAML ------------------------------------------------------------------------------------------------


def reads(data: bytes | str, *, file: str | None = None, limits: Limits = Limits()) -> tuple[Register | None, Report]:
    """Read a register from YAML text. Never raises on content.

    Days and country codes stay texts, also without quotes. Anchors, aliases, tags, merge keys and second documents are
    findings. Else as `untoc_network.reads`. Raises `MissingExtra` where ruamel.yaml is not installed.
    """
    content = to_bytes(data)
    register, by_libyaml = _read_sound(content, limits)

    def explain() -> tuple[Register | None, Report]:
        return build_register(scan_yaml(content, limits, by_libyaml=by_libyaml), file)

    if register is None:
        return explain()
    return register, Report((), LazyLocator(lambda: explain()[1].origin))


def _read_sound(content: bytes, limits: Limits) -> tuple[Register | None, bool]:
    """The register of a text of which nothing is to be said, else None, and whether libyaml reads it as it is to be.

    Its plain values are let go before it is read anew.
    """
    document, by_libyaml = read_sound_yaml(content, limits, LimitCounter(limits))
    return None if document is None else convert_plain(document, Register), by_libyaml


def dumps(register: Register) -> bytes:
    """A register as canonical YAML: UTF-8, block style, texts in quotes wherever YAML might read something else.

    Equal registers give the same bytes. Raises `InvalidDocument`, which names record and field, for what could not be
    read again.
    """
    ensure_sound(register)
    return format_document(to_document(register))


# -- plain values to YAML text -----------------------------------------------------------------------------------------


_RANKS = {name: rank for rank, name in enumerate(("schema_version", "title", "as_of", "language", "id", "key"))}
"""What people look for first; other keys stand in alphabetical order."""

_PLAIN = re.compile(r"[^\W\d_](?:[\w.()/'&;-]|,(?=[^\s])|,? (?=[\w(])|:(?=[\w/]))*")
"""Texts that need no quotes: letters first, and nothing that YAML might take for a mark."""

_LONGEST_KEY = 1000
"""A longer key needs a mark of its own: YAML looks for the colon within 1,024 characters."""

_GUESSED = frozenset(["null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf"])
"""Words that YAML 1.1 or 1.2 reads as something else than text."""

_ESCAPED = re.compile("[\x7f-\xa0\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]")


def format_document(document: Any) -> bytes:
    """A document, an object or a list, as the lines of a file."""
    writer = _LineWriter()
    writer.add_nested(document, "")
    return encode_utf8("\n".join([*writer.lines, ""]))


class _LineWriter:
    """Gathers the lines of plain values."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._keys: dict[str, str] = {}
        """How the keys are written, of which most recur."""

    def add_nested(self, value: dict[str, Any] | list[Any], indent: str) -> None:
        """Add the lines of an object or a list."""
        if isinstance(value, dict):
            self._add_members(value, indent)
            return
        inner = f"{indent}  "
        for item in value:
            if isinstance(item, dict) and item:
                first = len(self.lines)
                self._add_members(item, inner)
                self.lines[first] = f"{indent}- {self.lines[first][len(inner) :]}"
            else:
                self.lines.append(f"{indent}- {_format_scalar(item)}")

    def _add_members(self, members: dict[str, Any], indent: str) -> None:
        for name in sorted(members, key=_member_sort_key):
            value, opening = members[name], self._format_key(name, indent)
            if isinstance(value, dict | list) and value:
                self.lines.append(opening)
                self.add_nested(value, f"{indent}  ")
            else:
                self.lines.append(f"{opening} {_format_scalar(value)}")

    def _format_key(self, name: str, indent: str) -> str:
        text = self._keys.get(name)
        if text is None:
            text = self._keys[name] = _format_text(name)
        return f"{indent}{text}:" if len(text) <= _LONGEST_KEY else f"{indent}? {text}\n{indent}:"


def _format_scalar(value: Any) -> str:
    return _format_text(value) if isinstance(value, str) else json.dumps(value, allow_nan=False)


def _format_text(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.isprintable() and text.lower() not in _GUESSED:
        return text
    return _ESCAPED.sub(_escape_character, json.dumps(text, ensure_ascii=False))


def _escape_character(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def _member_sort_key(name: str) -> tuple[int, str]:
    return _RANKS.get(name, len(_RANKS)), name
