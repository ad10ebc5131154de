"""Bad calls told by the name of the argument, wherever the public face is given something foreign.

What an argument must be follows from the annotations of the function, which are read when it is first called.
"""

from __future__ import annotations

import collections.abc
import functools
import inspect
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from typing import Any, TypeVar

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue, UntocNetworkError
from untoc_network.diagnostics.findings import format_path
from untoc_network.diagnostics.shared_methods import SharedMethods
from untoc_network.values.field_faults import iter_faults
from untoc_network.values.self_checked_classes import SelfChecked, describe_type, is_sound

__all__ = ["check_argument", "check_arguments"]

F = TypeVar("F", bound=Callable[..., Any])

_Kinds = tuple[tuple[Any, ...], str]
"""The classes that are taken, none where any is, and what they are called."""


def check_arguments(function: F) -> F:
    """Make a function raise `ImpossibleValue`, by the name of the argument, for what it was never meant to take.

    Where several are asked for, each in a list, tuple or set is looked at. Where the function breaks on a record that
    no constructor made, the error names record and field instead.
    """

    @functools.wraps(function)
    def asked(*given: Any, **named: Any) -> Any:
        _check_given(function.__name__, _plan_check(function), given, named)
        try:
            return function(*given, **named)
        except UntocNetworkError:
            raise
        except (TypeError, AttributeError, LookupError, ValueError):
            for value in _iterate_held_objects((*given, *named.values())):
                if not is_sound(value):
                    path, fault = next(iter_faults(value))
                    raise ImpossibleValue(f"{format_path(path)}: {fault}") from None
            raise

    return typing.cast("F", asked)


def check_argument(name: str, value: Any, *kinds: Any) -> None:
    """Raise `ImpossibleValue` by the name of an argument that is of none of the classes."""
    if not isinstance(value, kinds):
        raise ImpossibleValue(f"{name}: expected {_join_names(kinds)}, got {describe_type(value)}")


def _iterate_held_objects(values: tuple[Any, ...]) -> Iterator[SelfChecked]:
    """The objects of the model among arguments, and in those that are lists or tuples."""
    for value in values:
        several = value if type(value) in (list, tuple) else (value,)
        yield from (one for one in several if isinstance(one, SelfChecked))


def _check_given(function: str, plan: _CheckPlan, given: tuple[Any, ...], named: Mapping[str, Any]) -> None:
    for (name, kinds), value in zip(plan.positional, given, strict=False):
        _check_argument(name, kinds, plan.items.get(name), value)
    if plan.rest is not None:
        for place, value in enumerate(given[len(plan.positional) :]):
            _check_argument(f"{plan.rest[0]}[{place}]", plan.rest[1], None, value)
    for name, value in named.items():
        if name in plan.kinds:
            _check_argument(name, plan.kinds[name], plan.items.get(name), value)
        elif not plan.takes_any_name:
            known = ", ".join(name for name in plan.kinds if name != "self")
            raise ImpossibleValue(f"{name}: {function} has no such argument; the arguments are {known}")


def _check_argument(name: str, kinds: _Kinds, items: _Kinds | None, value: Any) -> None:
    classes, words = kinds
    if classes and not isinstance(value, classes):
        raise ImpossibleValue(f"{name}: expected {words}, got {describe_type(value)}")
    for kind in classes:
        if type(value) is str and issubclass(kind, Enum) and value not in [one.value for one in kind]:
            raise ImpossibleValue(f"{name}: expected one of {', '.join(str(one.value) for one in kind)}")
    if items is None:
        return
    if isinstance(value, str | bytes) and type(value) not in classes:
        raise ImpossibleValue(f"{name}: expected several, each {items[1]}, got {describe_type(value)}")
    if isinstance(value, _LOOKED_INTO):
        for place, one in enumerate(value):
            _check_argument(f"{name}[{place}]", items, None, one)


_LOOKED_INTO = (list, tuple, set, frozenset, dict)
"""What can be gone through twice."""


@attrs.frozen
class _CheckPlan(SharedMethods):
    """What the arguments of a function must be: those by position, those in several, and those by name."""

    positional: tuple[tuple[str, _Kinds], ...]
    rest: tuple[str, _Kinds] | None
    kinds: Mapping[str, _Kinds]
    items: Mapping[str, _Kinds]
    takes_any_name: bool


@functools.cache
def _plan_check(function: Any) -> _CheckPlan:
    positional, rest, takes_any_name = [], None, False
    kinds, items = {}, {}
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.kind is parameter.VAR_KEYWORD:
            takes_any_name = True
            continue
        hint = _evaluate_annotation(parameter.annotation, function)
        one = _to_kinds(hint)
        if parameter.kind is parameter.VAR_POSITIONAL:
            rest = name, one
            continue
        if parameter.kind is not parameter.KEYWORD_ONLY:
            positional.append((name, one))
        kinds[name] = one
        of_several = _find_item_hints(hint)
        if of_several:
            items[name] = _to_kinds(typing.Union[tuple(of_several)])  # noqa: UP007 - of as many as there are
    return _CheckPlan(tuple(positional), rest, kinds, items, takes_any_name)


def _to_kinds(hint: Any) -> _Kinds:
    classes = _allowed_classes(hint)
    return classes, _join_names(classes)


_MOST_NAMED = 6
"""Of more classes than these only records are."""


def _join_names(classes: tuple[Any, ...]) -> str:
    if len(classes) > _MOST_NAMED:
        return "a record"
    return " or ".join(dict.fromkeys(map(_class_name, classes)))


def _find_item_hints(hint: Any) -> tuple[Any, ...]:
    """The types of which each of several must be, where a type asks for several; none where it does not."""
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return tuple(item for part in parts for item in _find_item_hints(part))
    if origin is tuple and parts[-1] is not Ellipsis:
        return ()  # a fixed number, each of its own type
    return parts[:1] if origin in _SEVERAL else ()


_SEVERAL = (
    list,
    tuple,
    collections.abc.Iterable,
    collections.abc.Collection,
    collections.abc.Sequence,
    collections.abc.Set,
)


def _evaluate_annotation(annotation: Any, function: Any) -> Any:
    try:
        return eval(annotation, function.__globals__) if isinstance(annotation, str) else annotation  # noqa: S307
    except NameError:  # what only type checkers import is not looked at
        return Any


def _allowed_classes(hint: Any) -> tuple[Any, ...]:
    """The classes of which a value of a type may be; none where it cannot be said."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        parts = [_allowed_classes(part) for part in typing.get_args(hint)]
        return tuple(dict.fromkeys(kind for part in parts for kind in part)) if all(parts) else ()
    hint = typing.get_origin(hint) or getattr(hint, "__supertype__", hint)
    if hint in _ALSO_ALLOWED:
        return _ALSO_ALLOWED[hint]
    if not isinstance(hint, type) or hint in _ANY or getattr(hint, "_is_protocol", False):
        return ()
    return (hint,)


def _class_name(kind: Any) -> str:
    if kind is types.NoneType:
        return "None"
    if kind in _WORDS:
        return _WORDS[kind]
    return f"{'an' if kind.__name__[0] in 'AEIO' else 'a'} {kind.__name__}"


_ANY = (object, Any, inspect.Parameter.empty)
"""What says nothing of a value."""

_ALSO_ALLOWED: dict[Any, tuple[Any, ...]] = {float: (int, float), bytes: (bytes, bytearray, memoryview)}
"""What is taken where one of these is asked for, as Python itself has it."""

_WORDS: dict[Any, str] = {
    str: "text",
    bytes: "bytes",
    bytearray: "bytes",
    memoryview: "bytes",
    int: "a number",
    float: "a number",
    collections.abc.Callable: "a function",
}
