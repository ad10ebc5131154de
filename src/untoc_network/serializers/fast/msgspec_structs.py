"""Carriers: the classes that msgspec decodes into, one for each class of the model that a register holds."""

from __future__ import annotations

import functools
from typing import Annotated, Any

import attrs

from untoc_network.model.register import Register
from untoc_network.values.dates import Instant, PartialDate
from untoc_network.values.fields import FieldShape, fields_of, nested_class
from untoc_network.values.text import Text

__all__ = ["build_struct", "field_default", "list_model_classes"]

_LARGEST = 10**15 - 1


@functools.cache
def build_struct(cls: Any) -> Any:
    """A class that carries the plain values of a class of the model, and takes nothing that deserves a finding.

    It has no unknown fields, no null and no empty list, and no number that programs do not keep.
    """
    import msgspec

    fields: list[Any] = []
    for shape in sorted(fields_of(cls), key=lambda shape: shape.name):
        one: Any = _struct_field_type(shape)
        hint: Any = Annotated[tuple[one, ...], msgspec.Meta(min_length=1)] if shape.many else one
        needed = shape.required or shape.name == "schema_version"
        fields.append((shape.name, hint) if needed else (shape.name, hint, field_default(cls, shape.name)))
    if cls is Register:  # what tells editors of the schema is taken, and not kept
        fields.insert(0, ("editors_schema", str, ""))
    return msgspec.defstruct(
        cls.__name__,
        fields,
        rename={"editors_schema": "$schema"} if cls is Register else None,
        kw_only=True,
        forbid_unknown_fields=True,
        omit_defaults=True,
        frozen=True,
        gc=False,
    )


def _struct_field_type(shape: FieldShape) -> Any:
    import msgspec

    nested = nested_class(shape)
    if nested is not None:
        return build_struct(nested)
    if shape.type is int:
        return Annotated[int, msgspec.Meta(ge=-_LARGEST, le=_LARGEST)]
    return {Text: dict[str, str], PartialDate: str, Instant: str}.get(shape.type, shape.type)


def field_default(cls: Any, name: str) -> Any:
    """The default of a field of a class of the model."""
    return getattr(attrs.fields(cls), name).default


def list_model_classes() -> tuple[Any, ...]:
    """Every class of the model that a register holds, and the register."""
    found: dict[Any, None] = {}

    def gather(cls: Any) -> None:
        if cls not in found:
            found[cls] = None
            for shape in fields_of(cls):
                if (nested := nested_class(shape)) is not None:
                    gather(nested)

    gather(Register)
    return tuple(found)
