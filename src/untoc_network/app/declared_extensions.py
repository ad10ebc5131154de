"""Own fields that the settings of a project declare: a table for each namespace and kind of record.

[[extensions]]
namespace = "coalition"
of = "organizations"
sensitivity = "internal"

[extensions.fields]
fee = "whole-number"
tags = ["text"]
standing = { one-of = ["active", "lapsed"] }

[extensions.labels.fee]
en = "Membership fee"
"""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from untoc_network.diagnostics.code import to_message_text
from untoc_network.diagnostics.errors import ImpossibleValue, UnusableConfiguration
from untoc_network.model.extension import Extension
from untoc_network.model.register import COLLECTIONS
from untoc_network.text.nearest_names import NearestNames
from untoc_network.values.dates import Instant, PartialDate
from untoc_network.values.fields import Sensitivity

__all__ = ["read_extensions"]

TYPES: Mapping[str, Any] = {
    "text": str,
    "whole-number": int,
    "boolean": bool,
    "decimal": Decimal,
    "day": dt.date,
    "date": PartialDate,
    "moment": Instant,
}
_KEYS = ("namespace", "of", "fields", "sensitivity", "labels")
_CHOICES = ("one-of", "many-of")
_CLASSES: Mapping[str, Any] = {**COLLECTIONS, **{cls.__name__: cls for cls in COLLECTIONS.values()}}


def read_extensions(origin: Any, given: Any) -> tuple[Extension, ...]:
    """The extensions in the settings of a file. Raises `UnusableConfiguration`, which names file, place and problem."""
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise UnusableConfiguration(f"{origin}: extensions must be tables, each begun with [[extensions]]")
    return tuple(_read_extension(f"{origin}: extensions[{place}]", one) for place, one in enumerate(given))


def _read_extension(origin: str, given: Mapping[str, Any]) -> Extension:
    for name in given:
        if name not in _KEYS:
            raise UnusableConfiguration(f"{origin}: there is no key {to_message_text(name)!r}; {_suggest(name, _KEYS)}")
    cls = _CLASSES.get(given.get("of", "")) if isinstance(given.get("of", ""), str) else None
    if cls is None:
        raise UnusableConfiguration(f"{origin}: of must be a kind of records; {_suggest(given.get('of'), COLLECTIONS)}")
    fields = given.get("fields")
    if not isinstance(fields, dict):
        raise UnusableConfiguration(f"{origin}: fields must be a table from names to types")
    held = {name: _read_type(f"{origin}: fields.{to_message_text(name)}", one) for name, one in fields.items()}
    try:
        return Extension(
            given.get("namespace", ""),
            cls,
            held,
            sensitivity=given.get("sensitivity", Sensitivity.INTERNAL),
            labels=given.get("labels"),
        )
    except (ImpossibleValue, AttributeError) as problem:
        told = problem if isinstance(problem, ImpossibleValue) else "labels must be a table for each field"
        raise UnusableConfiguration(f"{origin}: {told}") from None


def _read_type(origin: str, given: Any) -> Any:
    """The type that a field is declared to have: a name, a list of one name, or the texts that there may be."""
    if isinstance(given, list) and len(given) == 1:
        return _make_tuple_type(_read_type(origin, given[0]))
    if isinstance(given, dict) and len(given) == 1:
        ((key, choices),) = given.items()
        if key in _CHOICES and isinstance(choices, list) and choices and all(isinstance(one, str) for one in choices):
            return tuple(choices) if key == "one-of" else _make_tuple_type(tuple(choices))
    if isinstance(given, str) and given in TYPES:
        return TYPES[given]
    near = f"one of {', '.join(TYPES)}, a list of one of these, or a table one-of or many-of with a list of texts"
    raise UnusableConfiguration(f"{origin} must be {near}")


def _make_tuple_type(one: Any) -> Any:
    return types.GenericAlias(tuple, (one, ...))


def _suggest(name: Any, known: Any) -> str:
    near = NearestNames(known).to(str(name))
    return f"did you mean {near!r}?" if near else f"there are: {', '.join(known)}"
