"""Records as search engines read them: the words of schema.org alone, and each text in one language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

__all__ = ["to_schema_org", "write_script"]

_PREFIX = "schema:"
_ADDRESSES = ("url", "sameAs")
"""What leads to a page; other references are to records."""


def to_schema_org(node: Mapping[str, Any], context: Mapping[str, Any], language: str) -> dict[str, Any]:
    """What a node of JSON-LD says in the words of schema.org, with the terms that its context has for them."""
    made: dict[str, Any] = {}
    for key, value in node.items():
        term = context.get(key, key)
        name = term if isinstance(term, str) else term["@id"]
        if name == "@type":
            kinds = [one.removeprefix(_PREFIX) for one in _to_list(value) if one.startswith(_PREFIX)]
            made[name] = kinds[0]
        elif name == "@id":
            made[name] = value
        elif name.startswith(_PREFIX):
            refers = not isinstance(term, str) and key not in _ADDRESSES
            made[name.removeprefix(_PREFIX)] = _say(value, context, language, refers=refers)
    return made


def _say(value: Any, context: Mapping[str, Any], language: str, *, refers: bool) -> Any:
    if isinstance(value, list):
        wordings = [one for one in value if isinstance(one, dict) and "@value" in one]
        if wordings:
            chosen = next((one for one in wordings if one.get("@language") == language), wordings[0])
            return chosen["@value"]
        return [_say(one, context, language, refers=refers) for one in value]
    if isinstance(value, dict):
        return value["@value"] if "@value" in value else to_schema_org(value, context, language)
    if isinstance(value, str) and value.startswith(_PREFIX):
        return f"https://schema.org/{value.removeprefix(_PREFIX)}"
    return {"@id": value} if refers else value


def _to_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def write_script(document: Mapping[str, Any]) -> str:
    """A document as it can stand in a page: no letter of it ends the script, or turns the reading order."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text if text.isprintable() else "".join(map(_escape, text))


def _escape(letter: str) -> str:
    return letter if letter.isprintable() else json.dumps(letter)[1:-1]
