"""Bad calls told by the name of the argument, wherever the public face is given something foreign.

What an argument must be follows from the annotations of the function, which are read when it is first called.
"""

from __future__ import annotations

import collections.abc
import functools
import inspect
import types
import typing
from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar

from untoc_network.diagnostics.errors import ImpossibleValue, UntocNetworkError
from untoc_network.diagnostics.findings import format_path
from untoc_network.values.field_faults import iter_faults
from untoc_network.values.self_checked_classes import SelfChecked, describe_type, is_sound

__all__ = ["check_arguments"]

F = TypeVar("F", bound=Callable[..., Any])


def check_arguments(function: F) -> F:
    """Make a function raise `ImpossibleValue`, by the name of the argument, for what it was never meant to take.

    Where it breaks on a record that no constructor made, the error names record and field instead.
    """

    @functools.wraps(function)
    def asked(*given: Any, **named: Any) -> Any:
        parameters = _allowed_classes_by_parameter(function)
        for (name, (kinds, words)), value in zip(parameters.items(), given, strict=False):
            _check_argument(name, kinds, words, value)
        for name, value in named.items():
            if name in parameters:
                _check_argument(name, *parameters[name], value)
            elif not _takes_any_name(function):
                raise ImpossibleValue(
                    f"{name}: {function.__name__} has no such argument; the arguments are {', '.join(parameters)}"
                )
        try:
            return function(*given, **named)
        except UntocNetworkError:
            raise
        except (TypeError, AttributeError, LookupError, ValueError):
            for value in (*given, *named.values()):
                if isinstance(value, SelfChecked) and not is_sound(value):
                    path, fault = next(iter_faults(value))
                    raise ImpossibleValue(f"{format_path(path)}: {fault}") from None
            raise

    return typing.cast("F", asked)


def _check_argument(name: str, kinds: tuple[Any, ...], words: str, value: Any) -> None:
    if kinds and not isinstance(value, kinds):
        raise ImpossibleValue(f"{name}: expected {words}, got {describe_type(value)}")
    for kind in kinds:
        if type(value) is str and issubclass(kind, Enum) and value not in [one.value for one in kind]:
            raise ImpossibleValue(f"{name}: expected one of {', '.join(str(one.value) for one in kind)}")


@functools.cache
def _allowed_classes_by_parameter(function: Any) -> dict[str, tuple[tuple[Any, ...], str]]:
    """Of each parameter the classes that it takes, none where any is taken, and how they are called."""
    found = {}
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            break
        kinds = _allowed_classes(_evaluate_annotation(parameter.annotation, function))
        found[name] = (kinds, " or ".join(dict.fromkeys(map(_class_name, kinds))))
    return found


@functools.cache
def _takes_any_name(function: Any) -> bool:
    return any(one.kind is one.VAR_KEYWORD for one in inspect.signature(function).parameters.values())


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
    if (
        not isinstance(hint, type)
        or hint in (object, Any, inspect.Parameter.empty)
        or getattr(hint, "_is_protocol", False)
    ):
        return ()
    return (hint,)


def _class_name(kind: Any) -> str:
    if kind is types.NoneType:
        return "None"
    if kind in _WORDS:
        return _WORDS[kind]
    return f"{'an' if kind.__name__[0] in 'AEIO' else 'a'} {kind.__name__}"


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
