"""Plain values to objects of the model and back, by cattrs, and what it refuses as problems with their paths.

No coercion, no unknown field, nothing empty written; all that is wrong with a value is found in one pass.
"""

from __future__ import annotations

import functools
import types
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from enum import StrEnum
from typing import Any, NewType, get_args, get_origin

import attrs
from cattrs import Converter, ForbiddenExtraKeysError, IterableValidationError
from cattrs.errors import ClassValidationError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from untoc_network.diagnostics.code import Code, mask_key
from untoc_network.diagnostics.codes import reading as shape
from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.model import field_codes
from untoc_network.model.field_codes import wrong_format
from untoc_network.model.form_check import make_missing_field_params, make_wrong_choice_params, make_wrong_type_params
from untoc_network.model.register import TABLES, Register
from untoc_network.serializers.fast.fast_json import convert_plain
from untoc_network.serializers.source.scan_result import Path
from untoc_network.text.nearest_names import NearestNames
from untoc_network.values.dates import Instant, PartialDate
from untoc_network.values.extra import Extra, ExtraFault, iter_extra_faults
from untoc_network.values.fields import FieldShape, Sensitivity, fields_of
from untoc_network.values.multilingual_text import Text
from untoc_network.values.self_checked_classes import TEXT_FORMS

__all__ = [
    "MeantNames",
    "StructureError",
    "StructureProblem",
    "TooManyErrors",
    "converter",
    "iter_problems",
    "kind_name",
    "leave_out_unknown",
    "list_needed_fields",
    "structure_value",
    "to_document",
    "to_frame",
    "to_plain",
]

_MOST_LOOKED_UP = 100
"""So many unknown fields of one object are compared with those that it has."""
_MOST_MEANT = 1_000
"""So many unknown names are remembered while a document is read."""


class StructureError(Exception):
    """A value that a hook does not accept, or what stands in it at a path."""

    drop: Path = ()
    """The path of what has to go, where that is not the whole value."""

    def __init__(self, rule: Code, *at: str | int, **params: str | int) -> None:
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
    made.register_structure_hook_factory(_is_tuple_hint, functools.partial(_make_tuple_hook, made))
    made.register_structure_hook_factory(attrs.has, functools.partial(_make_class_hook, made))
    made.register_unstructure_hook(str, str.__str__)
    made.register_unstructure_hook(StrEnum, lambda choice: choice.value)
    made.register_unstructure_hook(Text, dict)
    made.register_unstructure_hook(Extra, Extra.to_plain)
    made.register_unstructure_hook_factory(_is_tuple_hint, functools.partial(_make_list_hook, made))
    made.register_unstructure_hook_factory(
        attrs.has,
        lambda cls: make_dict_unstructure_fn(cls, made, _cattrs_omit_if_default=True, **_make_overrides(cls, made)),
    )
    return made


def _make_overrides(cls: Any, made: Converter) -> dict[str, Any]:
    """The fields of a class that stand in no document, and those of which one value stands without a list."""
    documented = {shape.name: shape for shape in fields_of(cls)}
    undocumented = {field.name: override(omit=True) for field in attrs.fields(cls) if field.name not in documented}
    bare = {
        name: override(
            struct_hook=functools.partial(_structure_one_or_several, made, shape.type),
            unstruct_hook=lambda values: values[0] if len(values) == 1 else list(values),
        )
        for name, shape in documented.items()
        if shape.bare_one
    }
    return {**undocumented, **bare}


def _structure_one_or_several(made: Converter, kind: Any, value: Any, _: Any) -> Any:
    """The tuple of one value that stands without a list, or of those in a list."""
    items: Any = types.GenericAlias(list, (kind,))
    return tuple(made.structure(value, items)) if type(value) is list else (made.structure(value, kind),)


def to_plain(value: Any) -> Any:
    """A record or register as plain JSON types; fields that say nothing are left out."""
    return converter().unstructure(value)


def to_document(register: Register) -> dict[str, Any]:
    """A register as plain JSON types, with the version of its form."""
    return {**to_plain(register), "schema_version": register.schema_version}


def to_frame(register: Register) -> dict[str, Any]:
    """What is said of the whole register, without its lists."""
    without_lists: dict[str, Any] = dict.fromkeys(TABLES, ())
    return to_document(attrs.evolve(register, **without_lists))


_KINDS = {
    str: "text",
    bool: "boolean",
    int: "whole-number",
    float: "number",
    list: "list",
    dict: "object",
}


def _is_tuple_hint(hint: Any) -> bool:
    return get_origin(hint) is tuple


def kind_name(value: Any) -> str:
    """What a plain value is; a key of the phrases of IO004."""
    return "null" if value is None else _KINDS.get(type(value), "other")


def _make_type_error(value: Any, expected: str, *at: str) -> StructureError:
    return StructureError(shape.wrong_type, *at, **make_wrong_type_params(expected, kind_name(value), value))


def _structure_scalar(value: Any, hint: Any) -> Any:
    if type(value) is not hint:
        raise _make_type_error(value, _KINDS[hint])
    return value


def _require_text(value: Any) -> str:
    if type(value) is not str:
        raise _make_type_error(value, "text")
    return value


def _structure_form(value: Any, hint: Any) -> str:
    if not TEXT_FORMS[hint].fits(_require_text(value)):
        raise StructureError(wrong_format, form=TEXT_FORMS[hint].name)
    return _require_text(value)


def _structure_choice(value: Any, hint: Any) -> Any:
    try:
        return hint(_require_text(value))
    except ValueError:
        raise StructureError(shape.value_not_allowed, **make_wrong_choice_params(hint, value)) from None


def _structure_time(value: Any, hint: Any) -> Any:
    try:
        return hint(_require_text(value))
    except ImpossibleValue as problem:
        code = shape.invalid_date if hint is PartialDate else shape.invalid_moment
        raise StructureError(code, value=value, problem=problem.key) from None


def _structure_text(value: Any, _: Any) -> Text:
    if type(value) is not dict:
        raise _make_type_error(value, "wordings")
    faults = [_make_type_error(wording, "text", tag) for tag, wording in value.items() if type(wording) is not str]
    if faults:  # all of them, so that which is told does not hang on the order of the keys
        raise IterableValidationError("wordings", faults, Text)
    return Text(value)


def _structure_extra(value: Any, _: Any) -> Extra | None:
    if type(value) is not dict:
        raise _make_type_error(value, "object")
    held = _drop_empty(value)
    faults = [_make_extra_error(fault) for fault in iter_extra_faults(held) if fault.path]
    if faults:
        raise IterableValidationError("own fields", faults, Extra)
    return None if held is None else Extra(held)


def _drop_empty(value: Any) -> Any:
    """A plain value without what is empty or was refused in it, which readers have told."""
    if type(value) is dict:
        kept = {name: left for name, one in value.items() if (left := _drop_empty(one)) is not None}
        return kept or None
    if type(value) is list:
        return [left for one in value if (left := _drop_empty(one)) is not None or one is None] or None
    return value


def _make_extra_error(fault: ExtraFault) -> StructureError:
    """The refusal of an own field, which alone has to go."""
    rule: Code = shape.impossible_value
    params: dict[str, str | int] = {"problem": fault.key}
    if fault.key == "extra-no-fields":
        rule, params = shape.wrong_type, make_wrong_type_params("object", kind_name(fault.value))
    elif fault.key == "extra-value":  # a number that is not whole, or nothing in a list
        rule, params = shape.wrong_type, make_wrong_type_params("text", kind_name(fault.value), fault.value)
    error = StructureError(rule, *fault.path, **params)
    error.drop = fault.path[:2]
    return error


_HOOKS: dict[type, Callable[[Any, Any], Any]] = {
    str: _structure_scalar,
    bool: _structure_scalar,
    int: _structure_scalar,
    StrEnum: _structure_choice,
    PartialDate: _structure_time,
    Instant: _structure_time,
    Text: _structure_text,
    Extra: _structure_extra,
}


def _make_list_hook(made: Converter, hint: Any) -> Callable[[Any], Any]:
    item = made.get_unstructure_hook(get_args(hint)[0])
    return lambda values: [item(value) for value in values]


def _make_tuple_hook(made: Converter, hint: Any) -> Callable[[Any, Any], Any]:
    items: Any = types.GenericAlias(list, get_args(hint))

    def structure_tuple(value: Any, _: Any) -> Any:
        if type(value) is not list:
            raise _make_type_error(value, "list")
        return tuple(made.structure(value, items))

    return structure_tuple


def _make_class_hook(made: Converter, cls: Any) -> Callable[[Any, Any], Any]:
    """What makes objects of a class: by the short way what is sound, by cattrs what is to be explained.

    So of an object with a fault all that is sound within it costs little.
    """
    generated: Callable[[Any, Any], Any] = make_dict_structure_fn(cls, made, **_make_overrides(cls, made))

    def structure_object(value: Any, hint: Any) -> Any:
        if type(value) is not dict:
            raise _make_type_error(value, "object")
        sound = convert_plain(value, cls)
        if sound is not None:
            return sound
        try:
            return generated(value, hint)
        except Exception:
            _count_error()
            raise

    return structure_object


@attrs.frozen
class StructureProblem:
    """Something in the plain values that no record can hold: which rule, where, with which parameters.

    `drop` is the path of what has to go so that the rest can be read; `at_key` tells that the key is to blame, not
    its value; `follows` that it merely follows from another one, as a missing field does from its misspelt name.
    """

    rule: Code
    path: Path
    drop: Path
    params: dict[str, str | int]
    at_key: bool = False
    follows: bool = False


class MeantNames:
    """Which fields the unknown names of objects were meant to be; of objects that have the same ones it looks once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, tuple[str, ...]], str | None] = {}

    def find(self, unknown: list[str], free: Iterable[str]) -> dict[str, str]:
        """Of each unknown name the nearest of those that are free, where one is near."""
        if not unknown:
            return {}
        names = tuple(free)
        nearest: NearestNames | None = None
        meant = {}
        for name in unknown[:_MOST_LOOKED_UP]:
            if (name, names) not in self._found:
                nearest = nearest or NearestNames(names)
                if len(self._found) >= _MOST_MEANT:
                    self._found.clear()
                self._found[name, names] = nearest.to(name.strip().lower().replace(" ", "_"))
            if near := self._found[name, names]:
                meant[name] = near
        return meant


def iter_problems(error: Exception, value: Any, path: Path, names: MeantNames) -> Iterator[StructureProblem]:
    """Every problem in an exception of cattrs, with the path of each."""
    if isinstance(error, IterableValidationError):
        noted, bare = error.group_exceptions()
        for inner, note in noted:
            yield from iter_problems(inner, value[note.index], (*path, note.index), names)
        for inner in bare:  # the wordings of a text: each says itself where it is
            yield from iter_problems(inner, value, path, names)
    elif isinstance(error, ClassValidationError):
        yield from _iterate_class_problems(error, value, path, names)
    elif isinstance(error, StructureError):
        yield StructureProblem(error.rule, (*path, *error.at), (*path, *error.drop), error.params)
    elif isinstance(error, ImpossibleValue):
        yield StructureProblem(shape.impossible_value, path, path, {"problem": error.key})
    else:
        raise error


def _iterate_class_problems(
    error: ClassValidationError, value: Any, path: Path, names: MeantNames
) -> Iterator[StructureProblem]:
    noted, bare = error.group_exceptions()
    unknown = sorted(
        {name for inner in bare if isinstance(inner, ForbiddenExtraKeysError) for name in inner.extra_fields}
    )
    missing = [note.name for inner, note in noted if isinstance(inner, KeyError)]
    shapes = {field.name: field for field in fields_of(error.cl)}
    meant = names.find(unknown, (name for name in shapes if name not in value))
    for name in unknown:
        yield _make_unknown_field_problem(error.cl, name, meant.get(name), path)
    for name in missing:
        params: dict[str, str | int] = {"name": name, **make_missing_field_params(error.cl, name, shapes[name].type)}
        yield StructureProblem(field_codes.missing_field, (*path, name), path, params, follows=name in meant.values())
    for inner, note in noted:
        if not isinstance(inner, KeyError):
            for problem in iter_problems(inner, value[note.name], (*path, note.name), names):
                yield _mask_private_value(problem, shapes[note.name])
    for inner in bare:
        if not isinstance(inner, ForbiddenExtraKeysError):
            yield from iter_problems(inner, value, path, names)


def leave_out_unknown(
    raw: Any, cls: type, path: Path, names: MeantNames, convert: Callable[[Any], Any]
) -> tuple[Any, list[StructureProblem]] | None:
    """The object without the fields that its class does not have, and these; None where more is wrong with it, or less.

    Most faults are names that are misspelt: cattrs would read all of the object twice to come to the same. `convert`
    makes an object of plain values that were scanned without a finding, or None.
    """
    if type(raw) is not dict or raw.keys() <= (known := _list_field_names(cls)):
        return None
    made = convert({name: value for name, value in raw.items() if name in known})
    if made is None:
        return None
    unknown = sorted(raw.keys() - known)
    meant = names.find(unknown, (field.name for field in fields_of(cls) if field.name not in raw))
    return made, [_make_unknown_field_problem(cls, name, meant.get(name), path) for name in unknown]


@functools.cache
def list_needed_fields(cls: type) -> frozenset[str]:
    """The fields without which there is no object of a class."""
    return frozenset(field.name for field in fields_of(cls) if field.required)


@functools.cache
def _list_field_names(cls: type) -> frozenset[str]:
    return frozenset(field.name for field in fields_of(cls))


def _make_unknown_field_problem(cls: type, name: str, near: str | None, path: Path) -> StructureProblem:
    params: dict[str, str | int] = {"object": cls.__name__, "name": mask_key(name)}
    if near:
        params |= {"remedy": "near", "near": near}
    else:
        params |= {"remedy": "fields", "fields": ", ".join(field.name for field in fields_of(cls))}
    there = (*path, name)
    return StructureProblem(field_codes.unknown_field, there, there, params, at_key=True)


def _mask_private_value(problem: StructureProblem, field: FieldShape) -> StructureProblem:
    """The problem without the value where the field is not public."""
    if field.sensitivity is Sensitivity.PUBLIC or "value" not in problem.params:
        return problem
    return attrs.evolve(problem, params={**problem.params, "value": "…"})
