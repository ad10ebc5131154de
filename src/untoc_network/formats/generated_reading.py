"""Objects made of carriers, by code that is generated from the model once; what recurs is checked and made once."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from typing import Any

from untoc_network.formats.carriers import carrier_of, classes_held, default_of
from untoc_network.model.register import COLLECTIONS, TABLES, Register
from untoc_network.values.dates import Instant, PartialDate
from untoc_network.values.fields import FieldShape, fields_of, nested_class
from untoc_network.values.ids import FORMS, LanguageTag, RecordId
from untoc_network.values.text import Text

__all__ = ["MOST_KNOWN_OF_LINES", "opened", "readers"]

_MOST_KNOWN = 2**22
MOST_KNOWN_OF_LINES = 2**15
"""So many values are kept while documents are read, and while lines stream by."""

_WHOLE = frozenset(TABLES.values())


class _Known(dict[Any, Any]):
    """What was made of values that occur again and again; forgets all when it grows too large."""

    def __init__(self, make: Callable[[Any], Any], most: int) -> None:
        super().__init__()
        self._make, self._most = make, most

    def __missing__(self, value: Any) -> Any:
        made = self._make(value)
        if len(self) >= self._most:
            self.clear()
        self[value] = made
        return made


def readers(most: int = _MOST_KNOWN) -> Mapping[Any, Callable[[Any], Any]]:
    """For each class of the model a new function that makes an object of a carrier."""
    wordings: Any = Text._wordings  # noqa: SLF001 - made here as its constructor makes it, once checked
    names: dict[str, Any] = {
        "new": object.__new__,
        "Text": Text,
        "set_wordings": wordings.__set__,
        "keep_ids": _keep_ids,
    }
    names |= {name: _Known(functools.partial(_fitting, form), most) for form, name in _FORM_NAMES.items()}
    names |= {"dates": _Known(PartialDate, most), "instants": _Known(Instant, most), "orders": _Known(_order_of, most)}
    code, constants = _reading_code()
    names |= constants
    exec(code, names)  # noqa: S102 - made here, of the names of the model's fields
    for cls in filter(_recurs, classes_held()):
        read = names[f"read_{cls.__name__}"]
        names[f"kept_{cls.__name__}"] = kept = _Known(read, most)
        names[f"several_{cls.__name__}"] = _Known(functools.partial(_several, kept), most)
    return {cls: names[f"read_{cls.__name__}"] for cls in classes_held()}


_FORM_NAMES = {form: f"form_{number}" for number, form in enumerate(dict.fromkeys(FORMS.values()))}


@functools.cache
def _recurs(cls: Any) -> bool:
    """Whether objects of a class are small values, such as citations, of which equal ones may be one and the same."""
    return cls not in _WHOLE and all(nested_class(one) is None and one.type is not Text for one in fields_of(cls))


def _keep_ids(known: dict[str, str], carriers: tuple[Any, ...]) -> None:
    """Check the ids of many records at once."""
    ids = [carrier.id for carrier in carriers]
    if not ids:
        return
    lines = "\n".join([*ids, ""])
    if lines.count("\n") > len(ids) or max(map(len, ids)) > FORMS[RecordId].longest or not _IDS.fullmatch(lines):
        raise ValueError
    known.update(zip(ids, ids, strict=True))


_IDS = re.compile(rf"(?:{FORMS[RecordId].pattern.pattern}\n)*+")


def _several(kept: Mapping[Any, Any], carriers: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple([kept[carrier] for carrier in carriers])


def _order_of(tags: tuple[str, ...]) -> tuple[str, ...]:
    if not tags or not all(map(FORMS[LanguageTag].fits, tags)):
        raise ValueError
    return tuple(sorted(tags))


def _fitting(form: Any, text: str) -> str:
    if not form.fits(text):
        raise ValueError
    return text


@functools.cache
def _reading_code() -> tuple[Any, dict[str, Any]]:
    lines = [
        "def text(v):",
        " if (tags := (*v,)) != (order := orders[tags]): v = {tag: v[tag] for tag in order}",
        " t = new(Text)",
        " set_wordings(t, v)",
        " return t",
    ]
    names: dict[str, Any] = {}
    for cls in classes_held():
        name = cls.__name__
        names[f"class_{name}"] = cls
        lines += [f"def read_{name}(x):"]
        if cls is Register:
            keywords = ", ".join(f"{shape.name}={_read(shape)}" for shape in fields_of(cls))
            names["SCHEMA_VERSION"] = default_of(cls, "schema_version")
            lines += [" if x.schema_version != SCHEMA_VERSION: raise ValueError"]
            lines += [f" keep_ids({_FORM_NAMES[FORMS[RecordId]]}, x.{collection})" for collection in COLLECTIONS]
            lines += [f" return class_{name}({keywords})"]
            continue
        if not any(shape.required for shape in fields_of(cls)):
            names[f"empty_{name}"] = carrier_of(cls)()
            lines += [f" if x == empty_{name}: raise ValueError"]
        names[f"open_{name}"] = opened(cls)
        lines += [f" y = new(open_{name})"]
        lines += [f" y.{shape.name} = {_read(shape)}" for shape in fields_of(cls)]
        lines += [f" y.__class__ = class_{name}"]
        if hasattr(cls, "__attrs_post_init__"):
            lines.append(" y.__attrs_post_init__()")
        lines.append(" return y")
    return compile("\n".join(lines), "<generated readers of the model>", "exec"), names


def opened(cls: Any) -> Any:
    """A class with the slots of a frozen one, of which an object can become an object of that once its fields are set.

    To set a field past the frozen class takes several times as long.
    """
    free = {name: getattr(object, name) for name in ("__setattr__", "__delattr__")}
    return type(cls.__name__, (cls.__base__,), {"__slots__": cls.__slots__, **free})


def _read(shape: FieldShape) -> str:
    nested = nested_class(shape)
    if nested is not None:
        one = f"kept_{nested.__name__}[{{}}]" if _recurs(nested) else f"read_{nested.__name__}({{}})"
    elif shape.type is Text:
        one = "text({})"
    elif shape.type in FORMS:
        one = f"{_FORM_NAMES[FORMS[shape.type]]}[{{}}]"
    else:
        one = {PartialDate: "dates[{}]", Instant: "instants[{}]"}.get(shape.type, "{}")
    value = f"x.{shape.name}"
    if shape.many:
        if one == "{}":
            return value
        if nested is not None and _recurs(nested):
            return f"(several_{nested.__name__}[v] if (v := {value}) else ())"
        several = f"tuple([{one.format('i')} for i in v])"
        return f"(() if not (v := {value}) else ({one.format('v[0]')},) if len(v) == 1 else {several})"
    if shape.required or one == "{}":
        return one.format(value)
    return f"(None if (v := {value}) is None else {one.format('v')})"
