"""Gathering all values of one type from many objects, without a word about where they stand.

The way through the classes is written as code once for each type, so that a look at a whole register costs about as
much as a loop over the fields that can hold such values. Where something is found, the slow walk tells the places.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any

from untoc_network.values.fields import fields_of, nested_class

__all__ = ["gather", "leads_to"]


def gather(objects: Iterable[Any], cls: Any, wanted: Any) -> list[Any]:
    """Every value of the type in objects of a class and in what they hold; the ids of records themselves aside."""
    found: list[Any] = []
    if leads_to(cls, wanted):
        _gatherer(cls, wanted)(objects, found)
    return found


@functools.cache
def leads_to(cls: Any, wanted: Any) -> bool:
    """Whether an object of the class can hold such a value."""
    nested = (nested_class(shape) for shape in fields_of(cls))
    own = any(shape.type is wanted and shape.name != "id" for shape in fields_of(cls))
    return own or any(leads_to(part, wanted) for part in nested if part is not None)


@functools.cache
def _gatherer(cls: Any, wanted: Any) -> Callable[[Iterable[Any], list[Any]], None]:
    lines = ["def gatherer(objects, found):", " add, extend = found.append, found.extend", " for x in objects:"]
    names: dict[str, Any] = {}
    for shape in fields_of(cls):
        nested = nested_class(shape)
        is_wanted = shape.type is wanted and shape.name != "id"
        if not is_wanted and (nested is None or not leads_to(nested, wanted)):
            continue
        lines.append(f"  v = x.{shape.name}")
        lines.append("  if v:" if shape.many else "  if v is not None:")
        if is_wanted:
            lines.append("   extend(v)" if shape.many else "   add(v)")
        else:
            names[f"in_{shape.name}"] = _gatherer(nested, wanted)
            lines.append(f"   in_{shape.name}(v if {shape.many} else (v,), found)")
    exec("\n".join(lines), names)  # noqa: S102 - made here, of the names of the model's fields
    return names["gatherer"]  # type: ignore[no-any-return]
