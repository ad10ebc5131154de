"""A record written anew, value by value: what every view and every erasure is made with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from untoc_network.model.register import REFERENTS, TABLES, Redirect, Register
from untoc_network.text.personal_data_patterns import mask
from untoc_network.values.fields import FieldShape, fields_of, nested_class
from untoc_network.values.text import Text

__all__ = ["GONE", "Change", "is_reference", "mask_spans", "rebuild_register", "rewritten"]

GONE: Any = object()
"""What a change gives where a value is to go."""

Path = tuple[str, ...]
Change = Callable[[Any, FieldShape, Any, Path], Any]
"""Gives the new value for (its holder, its field, the value, the names of the fields that lead to it), or `GONE`."""


def rewritten(held: Any, change: Change, path: Path = ()) -> Any:
    """The object with every value changed, first what holds others and then what is held; itself where nothing did.

    Where a value goes that its holder cannot be without, the holder goes; so does one that has nothing left to say.
    """
    changes: dict[str, Any] = {}
    for shape in fields_of(held.__class__):
        value = getattr(held, shape.name)
        if value is None or value == ():
            continue
        new = _many(held, shape, value, change, path) if shape.many else _one(held, shape, value, change, path)
        if new is GONE and shape.required:
            return GONE
        if new is not value:
            changes[shape.name] = attrs.NOTHING if new is GONE else new
    return _evolved(held, changes) if changes else held


def _many(held: Any, shape: FieldShape, values: tuple[Any, ...], change: Change, path: Path) -> Any:
    new = [_one(held, shape, value, change, path) for value in values]
    if all(after is before for after, before in zip(new, values, strict=True)):
        return values
    return tuple(value for value in new if value is not GONE)


def _one(held: Any, shape: FieldShape, value: Any, change: Change, path: Path) -> Any:
    here = (*path, shape.name)
    new = change(held, shape, value, here)
    return rewritten(new, change, here) if new is not GONE and nested_class(shape) else new


def _evolved(held: Any, changes: dict[str, Any]) -> Any:
    values = {field.name: getattr(held, field.name) for field in attrs.fields(held.__class__)} | changes
    said = {name: value for name, value in values.items() if value is not attrs.NOTHING}
    new = held.__class__(**said)
    return GONE if _says_nothing(new) else new


def _says_nothing(held: Any) -> bool:
    return all(getattr(held, shape.name) in (None, ()) for shape in fields_of(held.__class__))


def rebuild_register(
    register: Register, records: Mapping[str, tuple[Any, ...]], redirects: tuple[Redirect, ...], change: Change
) -> Register:
    """A register with these records and redirects, with what is said of the whole changed, and nothing remembered."""
    bare: dict[str, Any] = dict.fromkeys(TABLES, ())
    held: dict[str, Any] = {**records, "redirects": redirects}
    frame: Register = rewritten(attrs.evolve(register, **bare), change)
    return attrs.evolve(frame, **held)


def is_reference(shape: FieldShape) -> bool:
    """Whether the field names other records."""
    return shape.type in REFERENTS and shape.name != "id"


def mask_spans(value: Any, spans: Callable[[str], list[tuple[int, int]]]) -> Any:
    """A text or `Text` with what stands in the spans masked; itself where there are none."""
    if isinstance(value, Text):
        new = {language: mask(wording, spans(wording)) for language, wording in value.items()}
        return value if new == dict(value) else Text(new)
    found = spans(value)
    return mask(value, found) if found else value
