"""JSON written piece by piece, so that a long list needs no more memory than one of its items."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

__all__ = ["encode_array", "encode_value"]

_SURROGATES = re.compile("[\ud800-\udfff]")
_STEP = "  "


def encode_value(value: object, depth: int | None = None) -> str:
    """A value as JSON: laid out as it stands `depth` levels deep in a document, or on one line.

    A half of a surrogate pair, which no encoding can hold, is written as its escape.
    """
    text = json.dumps(value, ensure_ascii=False, indent=None if depth is None else _STEP, allow_nan=False)
    text = _SURROGATES.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return text if depth is None else text.replace("\n", f"\n{_STEP * depth}")


def encode_array(items: Iterable[object], depth: int, *, a_line_each: bool = False) -> Iterator[str]:
    """A list as JSON, `depth` levels deep in a document; its items laid out as well, or on one line each."""
    opening = f"[\n{_STEP * (depth + 1)}"
    closing = "[]"
    for item in items:
        yield f"{opening}{encode_value(item, None if a_line_each else depth + 1)}"
        opening, closing = f",\n{_STEP * (depth + 1)}", f"\n{_STEP * depth}]"
    yield closing
