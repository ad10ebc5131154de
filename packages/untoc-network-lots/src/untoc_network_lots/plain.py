"""Frozen classes as plain JSON types and back, strictly: nothing is converted, and every problem has its place."""

from __future__ import annotations

import functools
import types
import typing
from collections.abc import Hashable, Mapping
from enum import StrEnum
from typing import Any, TypeVar, cast

import attrs

__all__ = ["Path", "Problems", "from_plain", "to_plain"]

Path = tuple[str | int, ...]
Problems = list[tuple[Path, str]]
"""Where something has not its form, and what is wrong with it."""

T = TypeVar("T")
_NAMES: Mapping[type, str] = {str: "a text", int: "a whole number"}


def to_plain(value: Any) -> Any:
    """A frozen object as plain JSON types; what need not be given and is None or empty is left out."""
    if attrs.has(type(value)):
        items = ((name, due, getattr(value, name)) for name, (_, due) in _fields(type(value)).items())
        return {name: to_plain(item) for name, due, item in items if due or item not in (None, (), "")}
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    return str(value) if isinstance(value, str) else value


def from_plain(cls: type[T], value: Any, path: Path, problems: Problems) -> T | None:
    """An object of a frozen class from plain JSON types; None, and the problems, where it has not that form."""
    if not isinstance(value, dict):
        problems.append((path, "an object is due here"))
        return None
    before = len(problems)
    fields = _fields(cls)
    problems += (((*path, name), "no such field is known") for name in value if name not in fields)
    read = {
        name: _value(kind, value[name], (*path, name), problems) for name, (kind, _) in fields.items() if name in value
    }
    problems += (
        ((*path, name), "the field is missing") for name, (_, due) in fields.items() if due and name not in value
    )
    return _made(cls, read, path, problems) if len(problems) == before else None


def _made(cls: type[T], read: dict[str, Any], path: Path, problems: Problems) -> T | None:
    try:
        return cls(**read)
    except ValueError as error:
        problems.append((path, str(error)))
        return None


def _value(kind: Any, value: Any, path: Path, problems: Problems) -> Any:
    origin = typing.get_origin(kind)
    if origin is tuple:
        return _items(typing.get_args(kind)[0], value, path, problems)
    if origin is types.UnionType:
        return _value(typing.get_args(kind)[0], value, path, problems)
    if attrs.has(kind):
        return from_plain(kind, value, path, problems)
    return _scalar(kind, value, path, problems)


def _items(kind: Any, value: Any, path: Path, problems: Problems) -> tuple[Any, ...]:
    if not isinstance(value, list):
        problems.append((path, "a list is due here"))
        return ()
    return tuple(_value(kind, item, (*path, at), problems) for at, item in enumerate(value))


def _scalar(kind: Any, value: Any, path: Path, problems: Problems) -> Any:
    if issubclass(kind, StrEnum):
        if isinstance(value, str) and value in set(kind):
            return kind(value)
        problems.append((path, f"one of {', '.join(kind)} is due here"))
    elif type(value) is not kind or (isinstance(value, str) and not _can_be_written(value)):
        problems.append((path, f"{_NAMES[kind]} is due here"))
    return value


def _can_be_written(text: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def _fields(cls: type[Any]) -> Mapping[str, tuple[Any, bool]]:
    return _cached_fields(cast("Hashable", cls))


@functools.cache
def _cached_fields(cls: Hashable) -> Mapping[str, tuple[Any, bool]]:
    """The fields of a class by name: the type of each, and whether it must be given."""
    assert isinstance(cls, type), "only classes have fields"
    hints = typing.get_type_hints(cls)
    return {field.name: (hints[field.name], field.default is attrs.NOTHING) for field in attrs.fields(cls)}
