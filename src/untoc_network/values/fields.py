"""What is known of every field besides its type: a label, a description and how sensitive it is.

Schema, docs, forms, views for an audience and error messages are made from this.
"""

from __future__ import annotations

import functools
import inspect
import sys
import types
import typing
from enum import StrEnum
from typing import Any

import attrs

from untoc_network.diagnostics.object_to_dict import BARE_ONE
from untoc_network.diagnostics.shared_methods import SharedMethods

__all__ = [
    "FieldShape",
    "Sensitivity",
    "about",
    "all_fields_of",
    "fields_of",
    "map_field_types",
    "map_type_hints",
    "nested_class",
    "unwrap_type",
]


class Sensitivity(StrEnum):
    """Who may see a field without further thought.

    `public`: anyone. `internal`: the network's own staff. `personal`: about an identifiable person; never in messages,
    logs or `repr`. `at_risk`: could expose a body or person to harm.
    """

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    AT_RISK = "at_risk"


_LABEL, _DESCRIPTION, _SENSITIVITY = (f"untoc_network.{name}" for name in ("label", "description", "sensitivity"))


def about(
    label: str, description: str, sensitivity: Sensitivity = Sensitivity.PUBLIC, *, bare_one: bool = False
) -> dict[str, Any]:
    """The metadata of a field, for `attrs.field(metadata=about(...))`."""
    told = {_LABEL: label, _DESCRIPTION: description, _SENSITIVITY: sensitivity}
    return told | ({BARE_ONE: True} if bare_one else {})


@attrs.frozen(kw_only=True)
class FieldShape(SharedMethods):
    """One field of a model class as tools need it.

    `type` is the type of one value: for `tuple[X, ...]`, where `many` is true, and for `X | None`, where `optional` is
    true, it is `X`. A field that is not `required` has a default. Where `bare_one` is true, documents have a single
    value as it is, without a list around it, and several as a list.
    """

    name: str
    type: Any
    many: bool
    optional: bool
    required: bool
    label: str
    description: str
    sensitivity: Sensitivity
    bare_one: bool = False


def map_type_hints(cls: Any) -> dict[str, Any]:
    """The type of each field of any attrs class, as `typing.get_type_hints` gives it and many times faster."""
    return {name: hint for base in reversed(cls.__mro__) for name, hint in _list_own_hints(base)}


@functools.cache
def _list_own_hints(cls: Any) -> tuple[tuple[str, Any], ...]:
    annotations = inspect.get_annotations(cls).items()
    return tuple((name, _evaluate_annotation(annotation, cls.__module__)) for name, annotation in annotations)


@functools.cache
def _evaluate_annotation(annotation: Any, module: str) -> Any:
    return eval(annotation, vars(sys.modules[module])) if isinstance(annotation, str) else annotation  # noqa: S307


@functools.cache
def all_fields_of(cls: Any) -> tuple[FieldShape, ...]:
    """The fields of any attrs class in their order of definition; the label is empty where a field has none."""
    hints = map_type_hints(cls)
    return tuple(_make_field_shape(field, hints[field.name]) for field in attrs.fields(cls))


@functools.cache
def fields_of(cls: Any) -> tuple[FieldShape, ...]:
    """The fields of a model class in their order of definition, as documents have them."""
    return tuple(shape for shape in all_fields_of(cls) if shape.label)


def nested_class(shape: FieldShape) -> Any:
    """The model class that the field holds, where it holds one."""
    return _as_model_class(shape.type)


@functools.cache
def _as_model_class(kind: Any) -> Any:
    return kind if isinstance(kind, type) and attrs.has(kind) else None


def map_field_types(cls: Any) -> dict[str, Any]:
    """The type of one value of each field of any attrs class, without what makes it optional or many."""
    return {name: unwrap_type(hint)[0] for name, hint in map_type_hints(cls).items()}


def _make_field_shape(field: attrs.Attribute[Any], hint: Any) -> FieldShape:
    inner, many, optional = unwrap_type(hint)
    return FieldShape(
        name=field.name,
        type=inner,
        many=many,
        optional=optional,
        required=field.default is attrs.NOTHING,
        label=field.metadata.get(_LABEL, ""),
        description=field.metadata.get(_DESCRIPTION, ""),
        sensitivity=field.metadata.get(_SENSITIVITY, Sensitivity.PUBLIC),
        bare_one=BARE_ONE in field.metadata,
    )


@functools.cache
def unwrap_type(hint: Any) -> tuple[Any, bool, bool]:
    """The type of one value of a field, whether the field holds many, and whether it may hold None."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return next(part for part in typing.get_args(hint) if part is not types.NoneType), False, True
    if typing.get_origin(hint) is tuple:
        return typing.get_args(hint)[0], True, False
    return hint, False, False
