"""What the readers' messages call the parts of a register, in English: its objects, its fields and kinds of values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType

from untoc_network.model.register import TABLES, Register
from untoc_network.values.fields import FieldShape, fields_of, nested_class

__all__ = ["DESCRIPTIONS", "KINDS", "OBJECTS", "classes"]

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "text": "text",
        "boolean": "true or false",
        "whole-number": "a whole number",
        "number": "a number",
        "list": "a list",
        "object": "an object",
        "wordings": 'an object such as {{"en": "…", "es": "…"}}',
        "null": "null",
        "nothing": "nothing",
        "tuple": "a tuple",
        "choice": "a value of its enumeration",
        "date": "a partial date",
        "moment": "a moment with its offset",
        "text-in-languages": "a text in languages",
        "part": "an object of the class of this field",
        "other": "a value of another class",
    }
)
"""The kinds of plain values, and of those that objects of the model hold in their place."""


def classes() -> Iterator[type]:
    """Every class that a register is made of, each once."""
    seen: dict[type, None] = {}
    waiting: list[type] = [Register, *TABLES.values()]
    while waiting:
        cls = waiting.pop()
        if cls not in seen:
            seen[cls] = None
            waiting.extend(nested for shape in fields_of(cls) if (nested := nested_class(shape)) is not None)
    return iter(seen)


def _called(cls: type) -> str:
    name = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in cls.__name__).strip()
    return f"{'an' if name[0] in 'aeio' else 'a'} {name}"


def _is_choice(shape: FieldShape) -> bool:
    return isinstance(shape.type, type) and issubclass(shape.type, StrEnum)


def _descriptions() -> Iterator[tuple[str, str]]:
    for cls in classes():
        for shape in fields_of(cls):
            if shape.required and not _is_choice(shape):
                said = shape.description[0].lower() + shape.description[1:].rstrip(".")
                yield f"{cls.__name__}.{shape.name}", said.replace("{", "{{").replace("}", "}}")


DESCRIPTIONS: Mapping[str, str] = MappingProxyType(
    {
        "one-of": "one of {choices}",
        "version": "the version of the form, {version} in this release",
        **dict(sorted(_descriptions())),
    }
)
"""What goes into each field that a record cannot do without, by `Class.field`."""

OBJECTS: Mapping[str, str] = MappingProxyType(
    {
        "near": "did you mean '{near}'?",
        "fields": "its fields are: {fields}",
        **{cls.__name__: _called(cls) for cls in sorted(classes(), key=lambda cls: cls.__name__)},
    }
)
"""What a message calls an object of each class, and what it advises on an unknown field."""
