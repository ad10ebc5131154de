"""The form of a register as JSON Schema 2020-12, made from the model: for editors, forms and programs elsewhere.

It says of every field what the model says: label, description, sensitivity, type, the values of a list. What only the
rules know (that a reference leads somewhere, that a day is in the calendar) it cannot say: a document that the schema
accepts may still have findings. `null` and empty lists, which the reader takes with a warning, it does not accept.

Each class of the model, each enumeration and each form of text is defined once, under its own name, so that programs
generated from the schema have the names of the library.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any

import attrs

from untoc_network.diagnostics.code import read_docstring
from untoc_network.model.extension import DeclaredField, Extension, declare, require_extensions
from untoc_network.model.record import Record
from untoc_network.model.register import COLLECTIONS, REFERENTS, SCHEMA_VERSION, Register, ensure_record_class
from untoc_network.values.dates import Instant, PartialDate
from untoc_network.values.extra import EXTRA_DECIMAL, EXTRA_NAME, Extra
from untoc_network.values.fields import FieldShape, fields_of
from untoc_network.values.ids_and_codes import LanguageTag
from untoc_network.values.multilingual_text import Text
from untoc_network.values.self_checked_classes import TEXT_FORMS

__all__ = ["make_definitions", "openapi_schemas", "record_schema", "register_schema", "schema_text"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DATE = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
_INSTANT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})(\[[A-Za-z0-9_+/-]+\])?$"


_IN_SCHEMA, _IN_OPENAPI = "#/$defs/", "#/components/schemas/"


def register_schema(*, extensions: Iterable[Extension] = ()) -> dict[str, Any]:
    """The schema as plain JSON types, with the own fields that `extensions` declare."""
    definitions = make_definitions(Register, extensions=extensions)
    return {"$schema": _DIALECT, "title": "Register", **definitions.pop("Register"), "$defs": definitions}


def record_schema(cls: type[Record], *, extensions: Iterable[Extension] = ()) -> dict[str, Any]:
    """The schema of one record of a class as plain JSON types; what it is made of stands under `$defs`, by name.

    It has the own fields that `extensions` declare of the class. Raises `ImpossibleValue` for a class that is none of
    records.
    """
    ensure_record_class(cls)
    definitions = make_definitions(cls, extensions=extensions)
    return {"$schema": _DIALECT, "title": cls.__name__, **definitions.pop(cls.__name__), "$defs": definitions}


def _with_own_fields(definitions: dict[str, Any], extensions: Iterable[Extension]) -> dict[str, Any]:
    """The definitions in which each class says which own fields it was declared to have."""
    declared = declare(require_extensions(extensions))
    for cls in COLLECTIONS.values() if declared else ():
        fields = declared.list_of(cls)
        if fields and cls.__name__ in definitions:
            namespaces: dict[str, Any] = {}
            for field in fields:
                held = namespaces.setdefault(field.namespace, {"type": "object", "properties": {}, "minProperties": 1})
                held["properties"][field.name] = _make_own_field_schema(field)
            properties = definitions[cls.__name__]["properties"]
            told = {name: value for name, value in properties["extra"].items() if name != "$ref"}
            properties["extra"] = told | _make_extra_schema() | {"properties": namespaces}
    return definitions


def _make_own_field_schema(field: DeclaredField) -> dict[str, Any]:
    told = {"title": field.name if field.label is None else str(field.label), "x-sensitivity": field.sensitivity.value}
    if field.kind == "choice":
        one: dict[str, Any] = {"type": "string", "enum": [*field.choices]}
    else:
        one = _OWN_VALUES[field.kind]
    return {**told, "type": "array", "items": one, "minItems": 1} if field.many else {**told, **one}


def openapi_schemas(*, extensions: Iterable[Extension] = ()) -> dict[str, Any]:
    """The schemas of an OpenAPI 3.1 description, by name, as plain JSON types: what belongs in `components.schemas`.

    There is one for each class of record and what it is made of, for each enumeration and each form of text, and for
    the register, with the own fields that `extensions` declare. Programs generated from such a description have the
    names of the library.
    """
    return make_definitions(Register, refs=_IN_OPENAPI, extensions=extensions)


def make_definitions(cls: Any, *, refs: str = _IN_SCHEMA, extensions: Iterable[Extension] = ()) -> dict[str, Any]:
    """The schemas of a class of the model and of all that it is made of, by name; `refs` begins what refers to one."""
    held: dict[str, Any] = {}
    _define(cls, held, refs)
    return _with_own_fields(dict(sorted(held.items())), extensions)


def schema_text(*, extensions: Iterable[Extension] = ()) -> str:
    """The schema as JSON text, the same every time."""
    return f"{json.dumps(register_schema(extensions=extensions), ensure_ascii=False, indent=2)}\n"


def _define(kind: Any, held: dict[str, Any], refs: str) -> dict[str, Any]:
    """A reference to the schema of a class, an enumeration or a form of text; where there is none yet, it is made."""
    name = kind.__name__
    if name not in held:
        held[name] = {}  # before what it is made of, which may lead back to it
        held[name] = _make_schema(kind, held, refs)
    return {"$ref": f"{refs}{name}"}


def _make_schema(kind: Any, held: dict[str, Any], refs: str) -> dict[str, Any]:
    if kind in TEXT_FORMS:
        form = TEXT_FORMS[kind]
        told = form.description[0].upper() + form.description[1:]
        return {
            "type": "string",
            "description": f"{told}.",
            "pattern": _anchor_pattern(form.pattern),
            "maxLength": form.longest,
        }
    described = {"description": read_docstring(kind).partition("\n")[0]}
    if attrs.has(kind):
        return _make_object_schema(kind, described, held, refs)
    if issubclass(kind, StrEnum):
        return {"type": "string", **described, "enum": [value.value for value in kind]}
    return {**_VALUES[kind](), **described}


def _make_object_schema(cls: Any, described: dict[str, Any], held: dict[str, Any], refs: str) -> dict[str, Any]:
    shapes = fields_of(cls)
    properties = {shape.name: _make_field_schema(shape, held, refs) for shape in shapes}
    required = [shape.name for shape in shapes if shape.required]
    if cls is Register:
        properties["schema_version"] |= {"const": SCHEMA_VERSION}
        told = "Where editors find this schema. It is taken in a document and not kept: writing leaves it out."
        properties = {"$schema": {"type": "string", "title": "Schema", "description": told}, **properties}
        required = ["schema_version"]
    schema = {"type": "object", **described, "properties": properties, "additionalProperties": False}
    return schema | ({"required": required} if required else {})


def _make_field_schema(shape: FieldShape, held: dict[str, Any], refs: str) -> dict[str, Any]:
    told = {"title": shape.label, "description": _describe_field(shape), "x-sensitivity": shape.sensitivity.value}
    plain = _PLAIN.get(shape.type)
    one = {"type": plain} if plain else _define(shape.type, held, refs)
    several = {"type": "array", "items": one, "minItems": 1}
    if shape.bare_one:
        return {**told, "anyOf": [one, several]}
    return {**told, **(several if shape.many else one)}


def _describe_field(shape: FieldShape) -> str:
    homes = REFERENTS.get(shape.type, ()) if shape.name != "id" else ()
    meant = "any record" if len(homes) > 2 else " or ".join(f"`{name}`" for name in homes)
    return f"{shape.description} The id of a record in {meant}." if homes else shape.description


def _anchor_pattern(pattern: re.Pattern[str]) -> str:
    return f"^(?:{pattern.pattern})$"


def _make_text_schema() -> dict[str, Any]:
    return {
        "type": "object",
        "propertyNames": {"pattern": _anchor_pattern(TEXT_FORMS[LanguageTag].pattern)},
        "additionalProperties": {"type": "string"},
        "minProperties": 1,
    }


def _make_extra_schema() -> dict[str, Any]:
    names = {"pattern": _anchor_pattern(EXTRA_NAME)}
    namespace = {"type": "object", "propertyNames": names, "additionalProperties": True, "minProperties": 1}
    return {"type": "object", "propertyNames": names, "additionalProperties": namespace, "minProperties": 1}


_PLAIN: Mapping[Any, str] = {str: "string", int: "integer", bool: "boolean"}
_OWN_VALUES: Mapping[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "whole-number": {"type": "integer"},
    "boolean": {"type": "boolean"},
    "decimal": {"type": "string", "pattern": f"^(?:{EXTRA_DECIMAL.pattern})$"},
    "day": {"type": "string", "format": "date"},
    "date": {"type": "string", "pattern": _DATE},
    "moment": {"type": "string", "pattern": _INSTANT},
}
"""What each kind of own value is in the schema."""
_VALUES: Mapping[Any, Callable[[], dict[str, Any]]] = {
    Text: _make_text_schema,
    Extra: _make_extra_schema,
    PartialDate: lambda: {"type": "string", "pattern": _DATE},
    Instant: lambda: {"type": "string", "pattern": _INSTANT},
}
"""What each of the values is in the schema that is no class of fields."""
