"""Settings and mappings, small files in TOML: read within limits on size, depth and number of values."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from untoc_network.diagnostics.errors import UnusableConfiguration
from untoc_network.serializers.source.file_access import read_limited
from untoc_network.serializers.source.limits import Limits

__all__ = ["check_size", "read_settings"]

_LIMITS = Limits(max_bytes=2**20, max_depth=16, max_values=10_000)
_TEXT = re.compile(
    r'"""(?:[^\\]|\\.)*?(?:"""|\Z)|' + r"'''.*?(?:'''|\Z)|" + r'"(?:[^"\\\n]|\\.)*+"?|' + r"'[^'\n]*+'?|#[^\n]*+",
    re.DOTALL,
)
"""Texts and comments, in which dots and brackets nest nothing; one that is not closed ends where its line does."""
_DOTTED = re.compile(rf"(?:\.[^.=,\[\]{{}}\n]*+){{{_LIMITS.max_depth}}}")
_BRACKETS = re.compile(r"[\[\]{}]")


def read_settings(path: Path) -> dict[str, Any]:
    """The content of a settings file. Raises `UnusableConfiguration` for what is not TOML or is beyond the limits.

    Keys that are dotted without end take the parser of Python time that grows with the square of them, so the depth is
    looked at first. Raises `UnreadableInput` where the file cannot be opened.
    """
    data = read_limited(str(path), _LIMITS)
    if len(data) > _LIMITS.max_bytes:
        raise UnusableConfiguration(f"{path}: the file is larger than {_LIMITS.max_bytes:,} bytes")
    try:
        text = data.decode("utf-8-sig")
        if _is_too_deep(_TEXT.sub("x", text)):
            raise UnusableConfiguration(f"{path}: the file is nested more than {_LIMITS.max_depth:,} levels deep")
        return tomllib.loads(text)
    except (ValueError, RecursionError) as problem:
        place = re.search(r"line (\d+), column (\d+)", str(problem))  # the parser's own words are English
        if place:
            line, column = place.groups()
            raise UnusableConfiguration(f"{path}: the file is not TOML: line {line}, column {column}") from None
        raise UnusableConfiguration(f"{path}: the file is not TOML: something in it cannot be read") from None


def check_size(path: Path, value: Any) -> None:
    """Refuse more values than settings have. Raises `UnusableConfiguration`."""
    left, count = [value], 0
    while left:
        one = left.pop()
        count += 1
        if count > _LIMITS.max_values:
            raise UnusableConfiguration(f"{path}: the file has more than {_LIMITS.max_values:,} values")
        if isinstance(one, (dict, list)):
            left.extend(one.values() if isinstance(one, dict) else one)


def _is_too_deep(text: str) -> bool:
    if _DOTTED.search(text):
        return True
    depth = 0
    for bracket in _BRACKETS.finditer(text):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > _LIMITS.max_depth:
            return True
    return False
