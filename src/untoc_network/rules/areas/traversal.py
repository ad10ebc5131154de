"""Finding all values of one type in a record, wherever they stand."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from untoc_network.values.fields import fields_of, nested_class

__all__ = ["circles", "values_of_type"]

Path = tuple[str | int, ...]


def values_of_type(record: Any, wanted: Any) -> Iterator[tuple[Path, Any]]:
    """Every value of the type in the record and in what it holds, with its path."""
    for name, many, is_wanted in _ways(record.__class__, wanted):
        value = getattr(record, name)
        if value is None or value == ():
            continue
        for path, item in (((name, place), one) for place, one in enumerate(value)) if many else (((name,), value),):
            if is_wanted:
                yield path, item
            else:
                yield from (((*path, *inner), found) for inner, found in values_of_type(item, wanted))


@functools.cache
def _ways(cls: Any, wanted: Any) -> tuple[tuple[str, bool, bool], ...]:
    """The fields that hold such values or lead to them: name, whether many, whether the values themselves."""
    ways = []
    for shape in fields_of(cls):
        nested = nested_class(shape)
        if shape.type is wanted or (nested is not None and _ways(nested, wanted)):
            ways.append((shape.name, shape.many, shape.type is wanted))
    return tuple(ways)


def circles(names: Iterable[str], above: Callable[[str], Iterable[str]]) -> Iterator[tuple[str, str]]:
    """Every step from a name to one above it that closes a circle, as (name, name above); each step is taken once."""
    settled: set[str] = set()
    for start in names:
        climbing = {} if start in settled else {start: iter(above(start))}
        while climbing:
            here, steps = next(reversed(climbing.items()))
            after = next(steps, None)
            if after is None:
                settled.add(here)
                del climbing[here]
            elif after in climbing:
                yield here, after
            elif after not in settled:
                climbing[after] = iter(above(after))
