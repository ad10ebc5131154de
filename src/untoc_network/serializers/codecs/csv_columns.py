"""The columns of a table: how each field of a record stands in cells, and what a Data Package says of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

import attrs

from untoc_network.serializers.codecs.csv_scanner import escape_formula
from untoc_network.values.fields import FieldShape, fields_of, nested_class
from untoc_network.values.text import Text

__all__ = ["Column", "find_column", "plan_columns"]


@attrs.frozen(kw_only=True)
class Column:
    """One column: a field of the record, or one language of a field with wordings.

    The cells of a column of text hold the text itself, those of any other JSON.
    """

    shape: FieldShape
    language: str | None = None

    @property
    def name(self) -> str:
        """What stands in the header: `founded`, `name.en`."""
        return self.shape.name if self.language is None else f"{self.shape.name}.{self.language}"

    @property
    def path(self) -> tuple[str, ...]:
        """Where the value stands in the record."""
        return (self.shape.name,) if self.language is None else (self.shape.name, self.language)

    @property
    def type(self) -> str:
        """The type of the column in a Data Package."""
        if self.shape.many:
            return "array"
        if nested_class(self.shape) is not None:
            return "object"
        return {int: "integer", bool: "boolean"}.get(self.shape.type, "string")

    def cell(self, record: Mapping[str, Any]) -> str:
        """The cell of a record, given as plain values."""
        value: Any = record
        for token in self.path:
            value = value.get(token) if value is not None else None
        if value is None:
            return ""
        return escape_formula(value) if self.type == "string" else _json(value)

    def described(self) -> dict[str, Any]:
        """The column as a Data Package describes it."""
        field = {"name": self.name, "type": self.type, "title": self.shape.label, "description": self.shape.description}
        constraints: dict[str, Any] = {"required": True} if self.shape.required and self.language is None else {}
        if isinstance(self.shape.type, type) and issubclass(self.shape.type, StrEnum) and not self.shape.many:
            constraints["enum"] = [choice.value for choice in self.shape.type]
        return field | ({"constraints": constraints} if constraints else {})


def plan_columns(cls: type, records: Iterable[Mapping[str, Any]]) -> list[Column]:
    """The columns that records need, in the order of their fields; one for each language of a field with wordings."""
    used: dict[str, set[str]] = {}
    for record in records:
        for name, value in record.items():
            used.setdefault(name, set()).update(value if isinstance(value, dict) else ())
    return [
        Column(shape=shape, language=language)
        for shape in fields_of(cls)
        if shape.name in used
        for language in (sorted(used[shape.name]) if _has_wordings(shape) else (None,))
    ]


def find_column(cls: type, name: str) -> Column | None:
    """The column of that name, where a record has the field."""
    shapes = {shape.name: shape for shape in fields_of(cls)}
    field, _, language = name.partition(".")
    shape = shapes.get(field)
    if shape is None or _has_wordings(shape) is not bool(language):
        return None
    return Column(shape=shape, language=language or None)


def _has_wordings(shape: FieldShape) -> bool:
    return shape.type is Text and not shape.many


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
