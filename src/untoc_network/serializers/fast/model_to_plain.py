"""Plain values of objects of the model, keys in order and defaults left out, by code that is generated once."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

from untoc_network.model.register import TABLES, Register
from untoc_network.serializers.fast.msgspec_structs import field_default, list_model_classes
from untoc_network.values.dates import Instant, PartialDate
from untoc_network.values.fields import FieldShape, fields_of, nested_class
from untoc_network.values.generated import compile_functions
from untoc_network.values.text import Text

__all__ = ["compile_writers"]

_AT_ONCE = 64
"""So many records are plain values at a time: few enough for the garbage collector to take no notice of them."""


@functools.cache
def compile_writers() -> Mapping[Any, Callable[[Any], Any]]:
    """For each class of the model a function that makes plain values of an object, its fields in order.

    The tables of a register are JSON already: all their plain values together would be as large as the register, and
    make the garbage collector go through everything that the process holds, again and again.
    """
    lines: list[str] = []
    names: dict[str, Any] = {"text": str.__str__, "table": _table}
    for cls in list_model_classes():
        lines += [f"def write_{cls.__name__}(x):", " d = {}"]
        for shape in sorted(fields_of(cls), key=lambda shape: shape.name):
            name = shape.name
            in_table = cls is Register and name in TABLES
            value = f"table(write_{TABLES[name].__name__}, v)" if in_table else _writing_expression(shape)
            if shape.required or name == "schema_version":
                lines.append(f" v = x.{name}; d[{name!r}] = {value}")
            elif shape.many:
                lines.append(f" if v := x.{name}: d[{name!r}] = {value}")
            else:
                default = f"default_{cls.__name__}_{name}"
                names[default] = field_default(cls, name)
                differs = "is not" if names[default] is None else "!="
                lines.append(f" if (v := x.{name}) {differs} {default}: d[{name!r}] = {value}")
        lines.append(" return d")
    compile_functions(lines, names, "writers of the model")
    return {cls: names[f"write_{cls.__name__}"] for cls in list_model_classes()}


def _table(write: Callable[[Any], Any], records: tuple[Any, ...]) -> Any:
    """Records as a list in JSON."""
    import msgspec

    encode = msgspec.json.encode
    lists = (encode([write(x) for x in records[at : at + _AT_ONCE]]) for at in range(0, len(records), _AT_ONCE))
    return msgspec.Raw(b"[%s]" % b",".join([some[1:-1] for some in lists]))


def _writing_expression(shape: FieldShape) -> str:
    nested = nested_class(shape)
    if nested is not None:
        one = f"write_{nested.__name__}({{}})"
    elif shape.type is Text:
        one = "{}._wordings"
    else:
        one = "text({})" if shape.type in (PartialDate, Instant) else "{}"
    return f"[{one.format('i')} for i in v]" if shape.many and one != "{}" else one.format("v")
