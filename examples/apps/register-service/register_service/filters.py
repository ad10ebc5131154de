"""What lists can be narrowed by. It is asked of records as the caller sees them: what is hidden narrows nothing."""

from __future__ import annotations

import operator
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs
from pydantic import BaseModel, ConfigDict, Field, create_model

import untoc_network.pydantic as types


def make_query(cls: type[Any], *, page_size: int, max_page_size: int) -> type[BaseModel]:
    """The parameters of a list of records of a class: those by which it can be narrowed, and the page. No others."""
    fields = attrs.fields_dict(cls)
    taken: dict[str, Any] = {}
    if fields.keys() & {"name", "title"}:
        text = Field(
            None, max_length=200, description="Words that the name contains, in any case, with or without accents."
        )
        taken["text"] = (str | None, text)
    if "kind" in fields:
        taken["kind"] = (getattr(types, f"{cls.__name__}Kind") | None, None)
    if fields.keys() & {"country", "countries", "seat", "place"}:
        taken["country"] = (types.CountryCode | None, Field(None, description="Where it is, or what it speaks of."))
    if "themes" in fields:
        taken["theme"] = (types.Theme | None, None)
    return create_model(
        f"{cls.__name__}Query",
        __config__=ConfigDict(extra="forbid"),  # a filter that is misspelt must not show everything
        **taken,
        after=(str | None, Field(None, max_length=200, description="The id after which the page begins.")),
        limit=(int, Field(page_size, ge=1, le=max_page_size, description="How many records a page has.")),
    )


def narrow(records: Iterable[Any], asked: Mapping[str, Any]) -> list[Any]:
    """The records that have what is asked for, in the order of their ids."""
    found = records
    for name, make in _PREDICATES.items():
        if name in asked:
            found = filter(make(asked[name]), found)
    return sorted(found, key=operator.attrgetter("id"))


def _has_words(text: str) -> Callable[[Any], bool]:
    words = _fold(text).split()

    def has(record: Any) -> bool:
        name: Any = getattr(record, "name", None) or getattr(record, "title", "")
        folded = _fold(name if isinstance(name, str) else " ".join(name.values()))
        return all(word in folded for word in words)

    return has


def _is_of_kind(kind: str) -> Callable[[Any], bool]:
    return lambda record: bool(record.kind == kind)


def _names_country(country: str) -> Callable[[Any], bool]:
    def names(record: Any) -> bool:
        places = (getattr(record, name, None) for name in ("seat", "place"))
        named = (getattr(record, "country", None), *(getattr(place, "country", None) for place in places))
        return country in (*named, *getattr(record, "countries", ()))

    return names


def _has_theme(theme: str) -> Callable[[Any], bool]:
    return lambda record: theme in record.themes


def _fold(text: str) -> str:
    """A text without case and accents."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


_PREDICATES: dict[str, Callable[[Any], Callable[[Any], bool]]] = {
    "text": _has_words,
    "kind": _is_of_kind,
    "country": _names_country,
    "theme": _has_theme,
}
