"""All values of one type: gathered from many objects without a word about where they stand, or each with its path.

To gather, the way through the classes is written as code once for each type, so that a look at a whole register costs
about as much as a loop over the fields that can hold such values. Where something is found, the slow walk tells the
places.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from untoc_network.values.fields import fields_of, nested_class
from untoc_network.values.function_compiler import compile_functions

__all__ = ["can_hold", "collect_values", "locate_values"]


def collect_values(objects: Iterable[Any], cls: Any, wanted: Any) -> list[Any]:
    """Every value of the type in objects of a class and in what they hold; the ids of records themselves aside."""
    found: list[Any] = []
    if can_hold(cls, wanted):
        _gatherer(cls, wanted)(objects, found)
    return found


@functools.cache
def can_hold(cls: Any, wanted: Any) -> bool:
    """Whether an object of the class can hold such a value."""
    nested = (nested_class(shape) for shape in fields_of(cls))
    own = any(shape.type is wanted and shape.name != "id" for shape in fields_of(cls))
    return own or any(can_hold(part, wanted) for part in nested if part is not None)


@functools.cache
def _gatherer(cls: Any, wanted: Any) -> Callable[[Iterable[Any], list[Any]], None]:
    lines = ["def gatherer(objects, found):", " add, extend = found.append, found.extend", " for x1 in objects:"]
    title = f"gathering {getattr(wanted, '__name__', wanted)} in {cls.__name__}"
    return compile_functions([*lines, *_loops(cls, wanted, depth=1)], {}, title)["gatherer"]  # type: ignore[no-any-return]


def _loops(cls: Any, wanted: Any, depth: int) -> Iterator[str]:
    """The lines that gather from `x1`, `x2`..., a loop within a loop for each class within a class."""
    indent = " " * (2 * depth)
    one, part = f"x{depth}", f"x{depth + 1}"
    for shape in fields_of(cls):
        nested = nested_class(shape)
        value = f"{one}.{shape.name}"
        if shape.type is wanted and shape.name != "id":
            if shape.required and not shape.many:
                yield f"{indent}add({value})"
            elif shape.many:
                yield f"{indent}if v := {value}: extend(v)"
            else:
                yield f"{indent}if (v := {value}) is not None: add(v)"
        elif nested is not None and can_hold(nested, wanted):
            yield f"{indent}for {part} in {value}:" if shape.many else f"{indent}if ({part} := {value}) is not None:"
            yield from _loops(nested, wanted, depth + 1)


def locate_values(record: Any, wanted: Any) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every value of the type in the record and in what it holds, with its path."""
    for name, many, is_wanted in _list_ways(record.__class__, wanted):
        value = getattr(record, name)
        if value is None or value == ():
            continue
        for path, item in (((name, place), one) for place, one in enumerate(value)) if many else (((name,), value),):
            if is_wanted:
                yield path, item
            else:
                yield from (((*path, *inner), found) for inner, found in locate_values(item, wanted))


@functools.cache
def _list_ways(cls: Any, wanted: Any) -> tuple[tuple[str, bool, bool], ...]:
    """The fields that hold such values or lead to them: name, whether many, whether the values themselves."""
    ways = []
    for shape in fields_of(cls):
        nested = nested_class(shape)
        if shape.type is wanted or (nested is not None and _list_ways(nested, wanted)):
            ways.append((shape.name, shape.many, shape.type is wanted))
    return tuple(ways)
