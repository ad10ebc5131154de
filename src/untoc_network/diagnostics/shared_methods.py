"""Comparison, hash and `repr` of attrs classes, once for all of them.

attrs writes and compiles these anew for each class that does not have them itself. Of most classes none is ever called,
and a program that starts waits for all of them.
"""

from __future__ import annotations

import functools
import operator
import reprlib
from collections.abc import Callable
from typing import Any

import attrs

__all__ = ["SharedMethods"]


class SharedMethods:
    """A base of attrs classes: what attrs would write for each of them does the same for all."""

    __slots__ = ()

    def __init_subclass__(cls) -> None:
        for name in ("__eq__", "__hash__", "__repr__"):
            if name not in vars(cls):  # where attrs looks for them
                setattr(cls, name, getattr(cls, name))

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        cls: Any = self.__class__
        values = _make_getter(cls, "eq")
        return bool(values(self) == values(other))

    def __hash__(self) -> int:
        cls: Any = self.__class__
        return hash(_make_getter(cls, "hash")(self))

    @reprlib.recursive_repr()
    def __repr__(self) -> str:
        cls: Any = self.__class__
        shown = (one for one in attrs.fields(cls) if one.repr is not False)
        formatted = (f"{one.name}={_choose_format(one)(getattr(self, one.name))}" for one in shown)
        return f"{cls.__qualname__}({', '.join(formatted)})"


@functools.cache
def _make_getter(cls: Any, use: str) -> Callable[[Any], Any]:
    """What gives the values of an object that are compared, or that its hash is made of."""
    names = [one.name for one in attrs.fields(cls) if one.eq and (use == "eq" or one.hash is not False)]
    return operator.attrgetter(*names)


def _choose_format(field: attrs.Attribute[Any]) -> Callable[[Any], str]:
    return field.repr if callable(field.repr) else repr
