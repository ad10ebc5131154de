"""The form of a register as JSON Schema 2020-12, made from the model: for editors, forms and programs elsewhere.

It says of every field what the model says: label, description, sensitivity, type, the values of a list. What only the
rules know (that a reference leads somewhere, that a day is in the calendar) it cannot say: a document that the schema
accepts may still have findings. `null` and empty lists, which the reader takes with a warning, it does not accept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from untoc_network.diagnostics.code import read_docstring
from untoc_network.model.register import REFERENTS, SCHEMA_VERSION, Register
from untoc_network.values.dates import Instant, PartialDate
from untoc_network.values.fields import FieldShape, fields_of, nested_class
from untoc_network.values.ids_and_codes import LanguageTag
from untoc_network.values.multilingual_text import Text
from untoc_network.values.self_checked_classes import TEXT_FORMS

__all__ = ["register_schema", "schema_text"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DATE = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
_INSTANT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})(\[[A-Za-z0-9_+/-]+\])?$"


def register_schema() -> dict[str, Any]:
    """The schema as plain JSON types."""
    held: dict[str, Any] = {}
    root = _make_object_schema(Register, held)
    root["properties"]["schema_version"] |= {"const": SCHEMA_VERSION}
    told = "Where editors find this schema. It is taken in a document and not kept: writing leaves it out."
    root["properties"] = {"$schema": {"type": "string", "title": "Schema", "description": told}, **root["properties"]}
    root["required"] = ["schema_version"]
    return {"$schema": _DIALECT, "title": "Register", **root, "$defs": dict(sorted(held.items()))}


def schema_text() -> str:
    """The schema as JSON text, the same every time."""
    return f"{json.dumps(register_schema(), ensure_ascii=False, indent=2)}\n"


def _make_object_schema(cls: Any, held: dict[str, Any]) -> dict[str, Any]:
    shapes = fields_of(cls)
    schema: dict[str, Any] = {
        "type": "object",
        "description": read_docstring(cls).partition("\n")[0],
        "properties": {shape.name: _make_field_schema(shape, held) for shape in shapes},
        "additionalProperties": False,
    }
    required = [shape.name for shape in shapes if shape.required]
    return schema | ({"required": required} if required else {})


def _make_field_schema(shape: FieldShape, held: dict[str, Any]) -> dict[str, Any]:
    told = {"title": shape.label, "description": _describe_field(shape), "x-sensitivity": shape.sensitivity.value}
    one = _make_value_schema(shape, held)
    return {**told, "type": "array", "items": one, "minItems": 1} if shape.many else {**told, **one}


def _describe_field(shape: FieldShape) -> str:
    homes = REFERENTS.get(shape.type, ()) if shape.name != "id" else ()
    meant = "any record" if len(homes) > 2 else " or ".join(f"`{name}`" for name in homes)
    return f"{shape.description} The id of a record in {meant}." if homes else shape.description


def _make_value_schema(shape: FieldShape, held: dict[str, Any]) -> dict[str, Any]:
    cls = nested_class(shape)
    if cls is not None:
        if cls.__name__ not in held:
            held[cls.__name__] = {}
            held[cls.__name__] = _make_object_schema(cls, held)
        return {"$ref": f"#/$defs/{cls.__name__}"}
    if shape.type in TEXT_FORMS:
        form = TEXT_FORMS[shape.type]
        return {"type": "string", "pattern": _anchor_pattern(form.pattern), "maxLength": form.longest}
    if isinstance(shape.type, type) and issubclass(shape.type, StrEnum):
        return {"type": "string", "enum": [value.value for value in shape.type]}
    return _PLAIN[shape.type]()


def _anchor_pattern(pattern: re.Pattern[str]) -> str:
    return f"^(?:{pattern.pattern})$"


def _make_text_schema() -> dict[str, Any]:
    return {
        "type": "object",
        "propertyNames": {"pattern": _anchor_pattern(TEXT_FORMS[LanguageTag].pattern)},
        "additionalProperties": {"type": "string"},
        "minProperties": 1,
    }


_PLAIN: Mapping[Any, Callable[[], dict[str, Any]]] = {
    str: lambda: {"type": "string"},
    int: lambda: {"type": "integer"},
    bool: lambda: {"type": "boolean"},
    Text: _make_text_schema,
    PartialDate: lambda: {"type": "string", "pattern": _DATE},
    Instant: lambda: {"type": "string", "pattern": _INSTANT},
}
"""What each of the plain types is in the schema."""
