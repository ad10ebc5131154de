"""Plain values to objects of the model and back, by cattrs: no coercion, no unknown field, nothing empty written."""

from __future__ import annotations

import functools
import types
from collections.abc import Callable
from contextvars import ContextVar
from enum import StrEnum
from typing import Any, NewType, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from untoc_network.diagnostics.code import Code
from untoc_network.diagnostics.codes import reading as shape
from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.model.field_codes import wrong_format
from untoc_network.model.form_check import params_of_choice, params_of_type
from untoc_network.values.dates import Instant, PartialDate
from untoc_network.values.ids import TEXT_FORMS
from untoc_network.values.text import Text

__all__ = ["StructureError", "TooManyErrors", "converter", "kind_name", "structure_value", "to_plain"]


class StructureError(Exception):
    """A value that a hook does not accept, or what stands in it at a path."""

    def __init__(self, rule: Code, *at: str, **params: str | int) -> None:
        super().__init__(rule.code)
        self.rule, self.at, self.params = rule, at, params
        _count_error()


class TooManyErrors(BaseException):
    """There are more refusals in one record than are wanted; no `Exception`, so that cattrs does not gather it."""


_errors_left: ContextVar[list[int] | None] = ContextVar("patience", default=None)


def _count_error() -> None:
    """Count a refusal; each that cattrs gathers takes two kilobytes. Raises `TooManyErrors`."""
    left = _errors_left.get()
    if left is not None:
        left[0] -= 1
        if left[0] < 0:
            raise TooManyErrors


def structure_value(value: Any, cls: Any, *, patience: int) -> Any:
    """An object of the model from plain values. Raises `TooManyErrors` beyond so many refusals, as cattrs does else."""
    token = _errors_left.set([patience])
    try:
        return converter().structure(value, cls)
    finally:
        _errors_left.reset(token)


@functools.cache
def converter() -> Converter:
    """The converter that all formats share: no coercion, no unknown field, nothing empty written."""
    made = Converter(forbid_extra_keys=True, detailed_validation=True)
    for cls, hook in _HOOKS.items():
        made.register_structure_hook(cls, hook)
    made.register_structure_hook_func(lambda hint: isinstance(hint, NewType), _structure_form)
    made.register_structure_hook_factory(_is_tuple, functools.partial(_tuple_hook, made))
    made.register_structure_hook_factory(attrs.has, functools.partial(_class_hook, made))
    made.register_unstructure_hook(str, str.__str__)
    made.register_unstructure_hook(StrEnum, lambda choice: choice.value)
    made.register_unstructure_hook(Text, dict)
    made.register_unstructure_hook_factory(_is_tuple, functools.partial(_list_hook, made))
    made.register_unstructure_hook_factory(
        attrs.has, lambda cls: make_dict_unstructure_fn(cls, made, _cattrs_omit_if_default=True)
    )
    return made


def to_plain(value: Any) -> Any:
    """A record or register as plain JSON types; fields that say nothing are left out."""
    return converter().unstructure(value)


_KINDS = {
    str: "text",
    bool: "boolean",
    int: "whole-number",
    float: "number",
    list: "list",
    dict: "object",
}


def _is_tuple(hint: Any) -> bool:
    return get_origin(hint) is tuple


def kind_name(value: Any) -> str:
    """What a plain value is; a key of the phrases of IO004."""
    return _KINDS.get(type(value), "null")


def _refuse_type(value: Any, expected: str, *at: str) -> StructureError:
    return StructureError(shape.wrong_type, *at, **params_of_type(expected, kind_name(value), value))


def _structure_scalar(value: Any, hint: Any) -> Any:
    if type(value) is not hint:
        raise _refuse_type(value, _KINDS[hint])
    return value


def _require_text(value: Any) -> str:
    if type(value) is not str:
        raise _refuse_type(value, "text")
    return value


def _structure_form(value: Any, hint: Any) -> str:
    if not TEXT_FORMS[hint].fits(_require_text(value)):
        raise StructureError(wrong_format, form=TEXT_FORMS[hint].name)
    return _require_text(value)


def _structure_choice(value: Any, hint: Any) -> Any:
    try:
        return hint(_require_text(value))
    except ValueError:
        raise StructureError(shape.value_not_allowed, **params_of_choice(hint, value)) from None


def _structure_date(value: Any, _: Any) -> PartialDate:
    try:
        return PartialDate(_require_text(value))
    except ImpossibleValue as problem:
        raise StructureError(shape.invalid_date, value=value, problem=problem.key) from None


def _structure_instant(value: Any, _: Any) -> Instant:
    try:
        return Instant(_require_text(value))
    except ImpossibleValue as problem:
        raise StructureError(shape.invalid_moment, value=value, problem=problem.key) from None


def _structure_text(value: Any, _: Any) -> Text:
    if type(value) is not dict:
        raise _refuse_type(value, "wordings")
    for tag, wording in value.items():
        if type(wording) is not str:
            raise _refuse_type(wording, "text", tag)
    return Text(value)


_HOOKS: dict[type, Callable[[Any, Any], Any]] = {
    str: _structure_scalar,
    bool: _structure_scalar,
    int: _structure_scalar,
    StrEnum: _structure_choice,
    PartialDate: _structure_date,
    Instant: _structure_instant,
    Text: _structure_text,
}


def _list_hook(made: Converter, hint: Any) -> Callable[[Any], Any]:
    item = made.get_unstructure_hook(get_args(hint)[0])
    return lambda values: [item(value) for value in values]


def _tuple_hook(made: Converter, hint: Any) -> Callable[[Any, Any], Any]:
    items: Any = types.GenericAlias(list, get_args(hint))

    def structure_value(value: Any, _: Any) -> Any:
        if type(value) is not list:
            raise _refuse_type(value, "list")
        return tuple(made.structure(value, items))

    return structure_value


def _class_hook(made: Converter, cls: Any) -> Callable[[Any, Any], Any]:
    generated: Callable[[Any, Any], Any] = make_dict_structure_fn(cls, made)

    def structure_value(value: Any, hint: Any) -> Any:
        if type(value) is not dict:
            raise _refuse_type(value, "object")
        try:
            return generated(value, hint)
        except Exception:
            _count_error()
            raise

    return structure_value
