"""Objects made of carriers, by code that is generated from the model once; what recurs is checked and made once.

To set a field of a frozen object, one has to go past its class, which takes several times as long as setting one of
another. So an object is made of an open twin of its class, is filled, and then becomes one of the class itself:

    y = new(open_Source)
    y.id = ...
    y.__class__ = class_Source

Why this is sound. An object of a class with slots is a header and a row of places, one for each slot. CPython lets an
object become one of another class only where both lay it out alike, and raises `TypeError` else: both are made in
Python, add the same slots to the same base, and so have the same size, and neither or both have a dictionary and a
place for weak references. It puts the slots of a class in the order of their names, whatever the order in which they
are given. The twin has the very `__slots__` and the very base of its class (see `opened`), so each value stays where it
stands, and is what the descriptors of the frozen class find there. The twin adds nothing but the setters of `object`,
and these are looked up in the class that the object has: once it became what it is, it is as frozen as any other.

Where this does not hold (attrs gives a class another layout, another Python knows no such change), `ensure_twins_work`
raises before the first object is made so; it tries with every class of the model.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from typing import Any

from untoc_network.model.register import COLLECTIONS, TABLES, Register
from untoc_network.serializers.fast.msgspec_structs import build_struct, field_default, list_model_classes
from untoc_network.values.dates import Instant, PartialDate
from untoc_network.values.fields import FieldShape, fields_of, nested_class
from untoc_network.values.generated import compile_functions
from untoc_network.values.ids import TEXT_FORMS, LanguageTag, RecordId
from untoc_network.values.text import Text
from untoc_network.values.type_checks import SelfChecked

__all__ = [
    "MOST_CACHED",
    "MOST_CACHED_OF_LINES",
    "ReadingCache",
    "compile_readers",
    "ensure_twins_work",
    "new_cache",
    "open_twin",
]

MOST_CACHED = 2**22
MOST_CACHED_OF_LINES = 2**15
"""So many values are kept while documents are read, and while lines stream by."""

_WHOLE = frozenset(TABLES.values())

ReadingCache = tuple[Any, ...]
"""What one reading has checked and made already; the functions that read are the same for all, and keep nothing."""


class _Made(dict[Any, Any]):
    """What was made of values that occur again and again; forgets all when it grows too large."""

    __slots__ = ()
    most: int
    make: Callable[[Any], Any]

    def __missing__(self, value: Any) -> Any:
        return _keep(self, value, self.make(value), self.most)


class _Kept(dict[Any, Any]):
    """What was made of carriers of small values, whatever their class."""

    __slots__ = ("known", "most")

    def __init__(self, new_cache: ReadingCache, most: int) -> None:
        self.known, self.most = new_cache, most

    def __missing__(self, carrier: Any) -> Any:
        return _keep(self, carrier, _recurring_readers()[type(carrier)](carrier, self.known), self.most)


class _Several(dict[Any, Any]):
    """What was made of rows of such carriers."""

    __slots__ = ("kept",)

    def __init__(self, kept: _Kept) -> None:
        self.kept = kept

    def __missing__(self, carriers: tuple[Any, ...]) -> Any:
        kept = self.kept
        return _keep(self, carriers, tuple([kept[carrier] for carrier in carriers]), kept.most)


def _keep(among: dict[Any, Any], value: Any, made: Any, most: int) -> Any:
    if len(among) >= most:
        among.clear()
    among[value] = made
    return made


def new_cache(most: int = MOST_CACHED) -> ReadingCache:
    """Nothing, for a reading that begins: it fills as values are read, and goes with what was read."""
    values = tuple([made() for made in _kinds(most)])
    kept = _Kept(values, most)
    return (*values, kept, _Several(kept))


@functools.cache
def _kinds(most: int) -> tuple[Callable[[], _Made], ...]:
    """A class for each kind of plain value that recurs, so that nothing has to be set up when a reading begins."""
    making: list[Any] = [*(functools.partial(_fitting, form) for form in _FORMS), PartialDate, Instant, _order_of]
    return tuple(type("_Made", (_Made,), {"__slots__": (), "most": most, "make": staticmethod(one)}) for one in making)


@functools.cache
def compile_readers() -> Mapping[Any, Callable[[Any, ReadingCache], Any]]:
    """For each class of the model the function that makes an object of a carrier, and of what is known already."""
    wordings: Any = Text._wordings  # noqa: SLF001 - made here as its constructor makes it, once checked
    names: dict[str, Any] = {
        "new": object.__new__,
        "Text": Text,
        "set_wordings": wordings.__set__,
        "keep_ids": _keep_ids,
    }
    lines, constants = _reading_code()
    made = compile_functions(lines, names | constants, "readers of the model")
    return {cls: made[f"read_{cls.__name__}"] for cls in list_model_classes()}


@functools.cache
def _recurring_readers() -> Mapping[Any, Callable[[Any, ReadingCache], Any]]:
    """The readers of what recurs, by the class of their carrier."""
    return {build_struct(cls): read for cls, read in compile_readers().items() if _is_recurring(cls)}


@functools.cache
def _is_recurring(cls: Any) -> bool:
    """Whether objects of a class are small values, such as citations, of which equal ones may be one and the same."""
    return cls not in _WHOLE and all(nested_class(one) is None and one.type is not Text for one in fields_of(cls))


_FORMS = tuple(dict.fromkeys(TEXT_FORMS.values()))
_DATES, _INSTANTS, _ORDERS, _KEPT, _SEVERAL = (f"k[{len(_FORMS) + number}]" for number in range(5))
"""Where each stands among what is known, after the forms; the code that is generated calls it `k`."""


def _keep_ids(new_cache: dict[str, str], carriers: tuple[Any, ...]) -> None:
    """Check the ids of many records at once."""
    ids = [carrier.id for carrier in carriers]
    lines = "\n".join([*ids, ""])
    if lines.count("\n") > len(ids) or max(map(len, ids)) > TEXT_FORMS[RecordId].longest or not _IDS.fullmatch(lines):
        raise ValueError
    new_cache.update(zip(ids, ids, strict=True))


_IDS = re.compile(rf"(?:{TEXT_FORMS[RecordId].pattern.pattern}\n)*+")


def _order_of(tags: tuple[str, ...]) -> tuple[str, ...]:
    if not tags or not all(map(TEXT_FORMS[LanguageTag].fits, tags)):
        raise ValueError
    return tuple(sorted(tags))


def _fitting(form: Any, text: str) -> str:
    if not form.fits(text):
        raise ValueError
    return text


def _reading_code() -> tuple[list[str], dict[str, Any]]:
    lines = [
        "def text(v, k):",
        f" if (tags := (*v,)) != (order := {_ORDERS}[tags]): v = {{tag: v[tag] for tag in order}}",
        " t = new(Text)",
        " set_wordings(t, v)",
        " return t",
    ]
    names: dict[str, Any] = {}
    for cls in list_model_classes():
        name = cls.__name__
        names[f"class_{name}"] = cls
        lines += [f"def read_{name}(x, k):"]
        if cls is Register:
            keywords = ", ".join(f"{shape.name}={_reading_expression(shape)}" for shape in fields_of(cls))
            names["SCHEMA_VERSION"] = field_default(cls, "schema_version")
            lines += [" if x.schema_version != SCHEMA_VERSION: raise ValueError"]
            ids = _form(RecordId)
            lines += [f" if v := x.{collection}: keep_ids({ids}, v)" for collection in COLLECTIONS]
            lines += [f" return class_{name}({keywords})"]
            continue
        if not any(shape.required for shape in fields_of(cls)):
            names[f"empty_{name}"] = build_struct(cls)()
            lines += [f" if x == empty_{name}: raise ValueError"]
        names[f"open_{name}"] = open_twin(cls)
        lines += [f" y = new(open_{name})"]
        lines += [f" y.{shape.name} = {_reading_expression(shape)}" for shape in fields_of(cls)]
        lines += [f" y.__class__ = class_{name}"]
        if cls._refuse_impossible is not SelfChecked._refuse_impossible:  # noqa: SLF001 - its fields are sound already
            lines.append(" y._refuse_impossible()")
        lines.append(" return y")
    return lines, names


def _form(kind: Any) -> str:
    return f"k[{_FORMS.index(TEXT_FORMS[kind])}]"


def open_twin(cls: Any) -> Any:
    """The open twin of a frozen class: its slots on its base, and fields that can be set."""
    free = {name: getattr(object, name) for name in ("__setattr__", "__delattr__")}
    return type(cls.__name__, (cls.__base__,), {"__slots__": cls.__slots__, **free})


def ensure_twins_work() -> None:
    """Try with every class that a filled twin becomes an object of it. Raises `TypeError` where one does not."""
    for cls in list_model_classes():
        if cls is not Register:  # which its constructor makes
            fields = {shape.name: object() for shape in fields_of(cls)}
            made = object.__new__(open_twin(cls))
            for name, value in fields.items():
                setattr(made, name, value)
            made.__class__ = cls
            if any(getattr(made, name) is not value for name, value in fields.items()):
                raise TypeError(f"{cls.__name__}: what became an object of it does not hold what it was filled with")


def _reading_expression(shape: FieldShape) -> str:
    nested = nested_class(shape)
    if nested is not None:
        one = f"{_KEPT}[{{}}]" if _is_recurring(nested) else f"read_{nested.__name__}({{}}, k)"
    elif shape.type is Text:
        one = "text({}, k)"
    elif shape.type in TEXT_FORMS:
        one = f"{_form(shape.type)}[{{}}]"
    else:
        one = {PartialDate: f"{_DATES}[{{}}]", Instant: f"{_INSTANTS}[{{}}]"}.get(shape.type, "{}")
    value = f"x.{shape.name}"
    if shape.many:
        if one == "{}":
            return value
        if nested is not None and _is_recurring(nested):
            return f"({_SEVERAL}[v] if (v := {value}) else ())"
        several = f"tuple([{one.format('i')} for i in v])"
        return f"(() if not (v := {value}) else ({one.format('v[0]')},) if len(v) == 1 else {several})"
    if shape.required or one == "{}":
        return one.format(value)
    return f"(None if (v := {value}) is None else {one.format('v')})"
