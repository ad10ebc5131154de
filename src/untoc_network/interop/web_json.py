"""JSON as other tools read it: every letter kept, safe to stand in a page or a script, the same bytes every time."""

from __future__ import annotations

import json
from typing import Any

from untoc_network.serializers.source.scan_result import encode_utf8, escape_marks

__all__ = ["drop_blanks", "encode_json"]

_IN_A_PAGE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def encode_json(document: Any) -> bytes:
    """A document as bytes. Raises `ImpossibleValue` where a text holds half a surrogate pair."""
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2)
    return escape_marks(encode_utf8(f"{text.translate(_IN_A_PAGE)}\n"))


def drop_blanks(**members: Any) -> dict[str, Any]:
    """An object without the members that say nothing."""
    return {name: value for name, value in members.items() if value not in (None, "", [], {}, ())}
