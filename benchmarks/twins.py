"""The schema of the register, generated from the model for other libraries: same fields, same forms, same defaults."""

from __future__ import annotations

import functools
import re
import typing
from collections.abc import Callable, Mapping
from dataclasses import field, make_dataclass
from enum import StrEnum
from typing import Any, Optional

from untoc_network.model.register import Register
from untoc_network.values.dates import Instant, PartialDate
from untoc_network.values.extra import Extra
from untoc_network.values.fields import FieldShape, fields_of, nested_class
from untoc_network.values.ids_and_codes import LanguageTag
from untoc_network.values.multilingual_text import Text
from untoc_network.values.self_checked_classes import TEXT_FORMS

__all__ = ["marshmallow_schema", "mashumaro_class", "msgspec_struct", "pydantic_model"]

DATE = r"^[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?$"
INSTANT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}"

Constrained = Callable[[str, int], Any]
"""Makes the type of a text of a pattern and a greatest length."""


def leaf(kind: Any, constrained: Constrained) -> Any:
    """The type of a value that is no class of the model, as a library writes it that knows neither dates nor texts."""
    if kind in TEXT_FORMS:
        return constrained(f"^(?:{TEXT_FORMS[kind].pattern.pattern})$", TEXT_FORMS[kind].longest)
    if kind is PartialDate:
        return constrained(DATE, 10)
    if kind is Text:
        return dict[leaf(LanguageTag, constrained), str]  # type: ignore[misc]
    if kind is Instant:
        return constrained(INSTANT, 100)
    return dict[str, dict[str, Any]] if kind is Extra else kind


def hint_of(shape: FieldShape, one: Any) -> Any:
    """The hint of a field whose single values have a type."""
    if shape.many:
        return tuple[one, ...]
    return Optional[one] if shape.optional else one  # noqa: UP045 - `one` need not be a class


def default_of(cls: type[Any], name: str) -> Any:
    """The default of a field of the model."""
    return next(own.default for own in cls.__attrs_attrs__ if own.name == name)


def twin(cls: Any, make: Callable[[Any, dict[str, tuple[Any, FieldShape]]], Any], constrained: Constrained) -> Any:
    """A class of another library with the fields of a class of the model, and so for every class within it."""
    made: dict[Any, Any] = {}

    def one(kind: Any) -> Any:
        if kind not in made:
            made[kind] = make(kind, {shape.name: (hint_of(shape, part(shape)), shape) for shape in fields_of(kind)})
        return made[kind]

    def part(shape: FieldShape) -> Any:
        nested = nested_class(shape)
        return leaf(shape.type, constrained) if nested is None else one(nested)

    return one(cls)


@functools.cache
def pydantic_model() -> Any:
    """Pydantic models, which forbid unknown fields."""
    import pydantic

    def make(cls: Any, fields: Mapping[str, tuple[Any, FieldShape]]) -> Any:
        given = {
            name: (hint, ... if shape.required else default_of(cls, name)) for name, (hint, shape) in fields.items()
        }
        config = pydantic.ConfigDict(extra="forbid", strict=False, frozen=True)
        return pydantic.create_model(cls.__name__, __config__=config, **given)

    def constrained(pattern: str, longest: int) -> Any:
        return typing.Annotated[str, pydantic.StringConstraints(pattern=pattern, max_length=longest)]

    return twin(Register, make, constrained)


@functools.cache
def msgspec_struct(*, forbidding: bool) -> Any:
    """Structs of msgspec, with patterns and without unknown fields, or bare of both."""
    import msgspec

    def make(cls: Any, fields: Mapping[str, tuple[Any, FieldShape]]) -> Any:
        given = [
            (name, hint) if shape.required else (name, hint, default_of(cls, name))
            for name, (hint, shape) in fields.items()
        ]
        return msgspec.defstruct(
            cls.__name__, given, kw_only=True, frozen=True, forbid_unknown_fields=forbidding, omit_defaults=True
        )

    def constrained(pattern: str, longest: int) -> Any:
        meta = msgspec.Meta(pattern=pattern, max_length=longest)
        return typing.Annotated[str, meta] if forbidding else str

    return twin(Register, make, constrained)


@functools.cache
def mashumaro_class() -> Any:
    """Dataclasses of mashumaro, which forbid unknown keys; it has no patterns."""
    from mashumaro.config import BaseConfig
    from mashumaro.mixins.orjson import DataClassORJSONMixin

    class Strict(BaseConfig):
        forbid_extra_keys = True
        omit_default = True

    def make(cls: Any, fields: Mapping[str, tuple[Any, FieldShape]]) -> Any:
        given: list[Any] = [
            (name, hint) if shape.required else (name, hint, field(default=default_of(cls, name)))
            for name, (hint, shape) in fields.items()
        ]
        bases = (DataClassORJSONMixin,)
        return make_dataclass(cls.__name__, given, bases=bases, kw_only=True, namespace={"Config": Strict})

    return twin(Register, make, lambda _pattern, _longest: str)


@functools.cache
def marshmallow_schema() -> Any:
    """A schema of marshmallow, which raises on unknown fields."""
    from marshmallow import RAISE, Schema, fields as marsh, validate

    def make(cls: Any, fields: Mapping[str, tuple[Any, FieldShape]]) -> Any:
        given = {name: _marshmallow_field(marsh, validate, shape, hint) for name, (hint, shape) in fields.items()}
        meta = type("Meta", (), {"unknown": RAISE})
        return Schema.from_dict({**given, "Meta": meta}, name=cls.__name__)

    return twin(Register, make, lambda _pattern, _longest: str)()


def _marshmallow_field(marsh: Any, validate: Any, shape: FieldShape, hint: Any) -> Any:
    one = hint
    if shape.many or (shape.optional and typing.get_origin(hint) is typing.Union):
        one = typing.get_args(hint)[0]
    more = {"required": shape.required, "allow_none": False}
    if shape.type in TEXT_FORMS or shape.type is PartialDate:
        pattern = DATE if shape.type is PartialDate else f"^(?:{TEXT_FORMS[shape.type].pattern.pattern})$"
        made = marsh.String(validate=validate.Regexp(re.compile(pattern)), **({} if shape.many else more))
    elif isinstance(one, type) and hasattr(one, "_declared_fields"):
        made = marsh.Nested(one, **({} if shape.many else more))
    else:
        made = _marshmallow_plain(marsh, shape.type, {} if shape.many else more)
    return marsh.List(made, **more) if shape.many else made


def _marshmallow_plain(marsh: Any, kind: Any, more: dict[str, Any]) -> Any:
    if kind is Text:
        return marsh.Dict(keys=marsh.String(), values=marsh.String(), **more)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return marsh.Enum(kind, by_value=True, **more)
    return {bool: marsh.Boolean, int: marsh.Integer}.get(kind, marsh.String)(**more)
