"""Plain JSON types to the classes of a record, strictly: nothing is converted, and every problem has its place."""

from __future__ import annotations

from collections.abc import Hashable
from enum import StrEnum
from typing import Any, TypeVar, cast

import attrs

from untoc_network.diagnostics.object_to_dict import BLANK, HasPlainForm, PlainForm
from untoc_network.values.fields import FieldShape, all_fields_of

__all__ = ["PartOfRecord", "Path", "Problems", "from_plain"]

Path = tuple[str | int, ...]
Problems = list[tuple[Path, str]]
"""Where something has not its form, and what is wrong with it."""

T = TypeVar("T")


class PartOfRecord(HasPlainForm):
    """A part of the record of a draw: what need not be given and says nothing is left out of its plain form."""

    __slots__ = ()
    plain_form = PlainForm(left_out=BLANK)


_EXPECTED = {str: "expected a text", int: "expected a whole number"}


def from_plain(cls: type[T], value: Any, path: Path, problems: Problems) -> T | None:
    """An object of a frozen class from plain JSON types; None, and the problems, where it has not that form."""
    if not isinstance(value, dict):
        problems.append((path, "expected an object"))
        return None
    before = len(problems)
    parts = {part.name: part for part in all_fields_of(cast("Hashable", cls))}
    problems += (((*path, name), "no such field is known") for name in value if name not in parts)
    read = {
        name: _read_collection(part, value[name], (*path, name), problems)
        for name, part in parts.items()
        if name in value
    }
    problems += (
        ((*path, name), "the field is missing") for name, part in parts.items() if part.required and name not in value
    )
    if len(problems) > before:
        return None
    try:
        return cls(**read)
    except ValueError as error:
        problems.append((path, str(error)))
        return None


def _read_collection(part: FieldShape, value: Any, path: Path, problems: Problems) -> Any:
    if not part.many:
        return _read_value(part.type, value, path, problems)
    if not isinstance(value, list):
        problems.append((path, "expected a list"))
        return ()
    return tuple(_read_value(part.type, item, (*path, at), problems) for at, item in enumerate(value))


def _read_value(kind: Any, value: Any, path: Path, problems: Problems) -> Any:
    if attrs.has(kind):
        return from_plain(kind, value, path, problems)
    if issubclass(kind, StrEnum):
        if isinstance(value, str) and value in set(kind):
            return kind(value)
        problems.append((path, f"expected one of {', '.join(kind)}"))
    elif type(value) is not kind or (isinstance(value, str) and not _is_encodable(value)):
        problems.append((path, _EXPECTED[kind]))
    return value


def _is_encodable(text: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in text)
