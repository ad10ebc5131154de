"""The code that is generated from the model: structs for msgspec, objects made of these, plain values of objects.

Structs are the classes that msgspec decodes into, one for each class of the model that a register holds. Functions make
objects of them, and what recurs is checked and made once; others make plain values, keys in order and without defaults.

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
from collections.abc import Callable
from typing import Annotated, Any

import attrs

from untoc_network.model.register import COLLECTIONS, TABLES, Register
from untoc_network.values.dates import Instant, PartialDate
from untoc_network.values.extra import Extra
from untoc_network.values.fields import FieldShape, fields_of, nested_class
from untoc_network.values.function_compiler import FunctionsByClass, compile_functions
from untoc_network.values.ids_and_codes import RecordId
from untoc_network.values.multilingual_text import Text
from untoc_network.values.self_checked_classes import TEXT_FORMS, SelfChecked

__all__ = [
    "CACHED_FORMS",
    "IDS",
    "RECURRING_READERS",
    "build_struct",
    "compile_readers",
    "compile_writers",
    "ensure_twins_work",
    "make_open_twin",
]

_LARGEST = 10**15 - 1
_WHOLE = frozenset(TABLES.values())
_AT_ONCE = 64
_MOST_KEPT = 256
"""So many records are plain values at a time, and so many small values: few enough for the garbage collector to take no
notice of them."""

CACHED_FORMS = tuple(dict.fromkeys(TEXT_FORMS.values()))
"""The forms of texts, in the order in which a cache has what fits them."""
IDS = CACHED_FORMS.index(TEXT_FORMS[RecordId])
_DATES, _INSTANTS, _ORDERS, _STRUCTS, _ROWS = (f"k[{len(CACHED_FORMS) + number}]" for number in range(5))
"""Where each stands in a cache, after the forms; the code that is generated calls it `k`."""

# -- structs -----------------------------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=200)  # of the register, one for each choice of tables; of all others, one each
def build_struct(cls: Any, absent: frozenset[str] = frozenset()) -> Any:
    """A class that carries the plain values of a class of the model, and takes nothing that deserves a finding.

    It has no unknown fields, no null and no empty list, and no number that programs do not keep. Fields that are known
    to be absent take no value at all, and what they would hold costs nothing.
    """
    import msgspec

    fields: list[Any] = []
    for shape in sorted(fields_of(cls), key=lambda shape: shape.name):
        if shape.name in absent:
            fields.append((shape.name, Annotated[int, msgspec.Meta(ge=1, le=0)], ()))
            continue
        one: Any = _choose_struct_field_type(shape)
        hint: Any = _make_row_type(one, in_list=cls is Register) if shape.many else one
        hint = one | hint if shape.bare_one else hint
        needed = shape.required or shape.name == "schema_version"
        fields.append((shape.name, hint) if needed else (shape.name, hint, get_field_default(cls, shape.name)))
    if cls is Register:  # what tells editors of the schema is taken, and not kept
        fields.insert(0, ("editors_schema", str, ""))
    return msgspec.defstruct(
        cls.__name__,
        fields,
        rename={"editors_schema": "$schema"} if cls is Register else None,
        namespace={"model_class": cls},
        kw_only=True,
        forbid_unknown_fields=True,
        omit_defaults=True,
        frozen=True,
        gc=False,
    )


def _choose_struct_field_type(shape: FieldShape) -> Any:
    nested = nested_class(shape)
    if nested is not None:
        return build_struct(nested)
    return _make_whole_number() if shape.type is int else _PLAIN_TYPES.get(shape.type, shape.type)


_PLAIN_TYPES = {Text: dict[str, str], Extra: dict[str, dict[str, Any]], PartialDate: str, Instant: str}


@functools.cache  # one for all fields of a type: making such a type takes long
def _make_row_type(one: Any, *, in_list: bool = False) -> Any:
    import msgspec

    return Annotated[list[one] if in_list else tuple[one, ...], msgspec.Meta(min_length=1)]


@functools.cache
def _make_whole_number() -> Any:
    import msgspec

    return Annotated[int, msgspec.Meta(ge=-_LARGEST, le=_LARGEST)]


def get_field_default(cls: Any, name: str) -> Any:
    """The default of a field of a class of the model."""
    return getattr(attrs.fields(cls), name).default


# -- objects of the model, made of structs -----------------------------------------------------------------------------


@functools.cache
def compile_readers() -> FunctionsByClass:
    """For each class of the model the function that makes an object of a struct, and of what is cached already."""
    wordings: Any = Text._wordings  # noqa: SLF001 - made here as its constructor makes it, once checked
    names = {"new": object.__new__, "Text": Text, "Extra": Extra, "set_wordings": wordings.__set__}
    compile_functions(_TEXT_READER, names, "reader of texts")
    return FunctionsByClass("read", lambda cls: _write_reader(cls, names), names)


class _RecurringReaders(dict[Any, Callable[[Any, Any], Any]]):
    """The readers of what recurs, by the class of their struct."""

    def __missing__(self, struct: Any) -> Callable[[Any, Any], Any]:
        self[struct] = reader = compile_readers()[struct.model_class]
        return reader


RECURRING_READERS = _RecurringReaders()


@functools.cache
def _is_recurring(cls: Any) -> bool:
    """Whether objects of a class are small values, such as citations, of which equal ones may be one and the same."""
    return cls not in _WHOLE and all(nested_class(one) is None and one.type is not Text for one in fields_of(cls))


_TEXT_READER = (
    "def text(v, k):",
    f" if (tags := (*v,)) != (order := {_ORDERS}[tags]): v = {{tag: v[tag] for tag in order}}",
    " t = new(Text)",
    " set_wordings(t, v)",
    " return t",
)


def _write_reader(cls: Any, names: dict[str, Any]) -> list[str]:
    name = cls.__name__
    names[f"class_{name}"] = cls
    lines = [f"def read_{name}(x, k):"]
    if cls is Register:
        names["SCHEMA_VERSION"] = get_field_default(cls, "schema_version")
        lines += [" if x.schema_version != SCHEMA_VERSION: raise ValueError"]
        collections = ", ".join(f"x.{collection}" for collection in COLLECTIONS)
        lines += [f" for v in ({collections}): v and {_write_cache_expression(RecordId)}.keep_ids(v)"]
        # Each object takes the place of its struct, which goes: the next one is made where it was, and the garbage
        # collector, which goes through all that lives after so many objects more, is called less often.
        for table, record in TABLES.items():
            lines += [f" for n, i in enumerate(v := x.{table}): v[n] = {compile_readers().refer(record)}(i, k)"]
        fields = {
            shape.name: f"tuple(x.{shape.name})" if shape.name in TABLES else _write_reading_expression(shape)
            for shape in fields_of(cls)
        }
        keywords = ", ".join(f"{name}={value}" for name, value in fields.items())
        return [*lines, f" return class_{name}({keywords})"]
    if not any(shape.required for shape in fields_of(cls)):
        names[f"empty_{name}"] = build_struct(cls)()
        lines += [f" if x == empty_{name}: raise ValueError"]
    names[f"open_{name}"] = make_open_twin(cls)
    lines += [f" y = new(open_{name})"]
    lines += [f" y.{shape.name} = {_write_reading_expression(shape)}" for shape in fields_of(cls)]
    lines += [f" y.__class__ = class_{name}"]
    if cls._refuse_impossible is not SelfChecked._refuse_impossible:  # noqa: SLF001 - its fields are sound already
        lines.append(" y._refuse_impossible()")
    return [*lines, " return y"]


def _write_cache_expression(kind: Any) -> str:
    return f"k[{CACHED_FORMS.index(TEXT_FORMS[kind])}]"


@functools.cache
def make_open_twin(cls: Any) -> Any:
    """The open twin of a frozen class: its slots on its base, and fields that can be set."""
    free = {name: getattr(object, name) for name in ("__setattr__", "__delattr__")}
    return type(cls.__name__, (cls.__base__,), {"__slots__": cls.__slots__, **free})


def ensure_twins_work() -> None:
    """Try with every class that a filled twin becomes an object of it. Raises `TypeError` where one does not."""
    for cls in _list_document_classes(SelfChecked):
        if cls is not Register:  # which its constructor makes
            fields = {field.name: object() for field in attrs.fields(cls)}
            made = object.__new__(make_open_twin(cls))
            for name, value in fields.items():
                setattr(made, name, value)
            made.__class__ = cls
            if any(getattr(made, name) is not value for name, value in fields.items()):
                raise TypeError(f"{cls.__name__}: what became an object of it does not hold what it was filled with")


def _list_document_classes(base: Any) -> list[Any]:
    """Every class below another whose objects stand in documents, told without a look at what its fields hold.

    That look would take a cold start longer. What attrs made a slotted class of is still there, and is none itself.
    """
    found: list[Any] = []
    for cls in base.__subclasses__():
        if any(field.metadata for field in vars(cls).get("__attrs_attrs__", ())):
            found += _list_document_classes(cls) or [cls]
    return found


def _write_reading_expression(shape: FieldShape) -> str:
    nested = nested_class(shape)
    if nested is not None:
        one = f"{_STRUCTS}[{{}}]" if _is_recurring(nested) else f"{compile_readers().refer(nested)}({{}}, k)"
    elif shape.type is Text:
        one = "text({}, k)"
    elif shape.type is Extra:
        one = "Extra({})"
    elif shape.type in TEXT_FORMS:
        one = f"{_write_cache_expression(shape.type)}[{{}}]"
    else:
        one = {PartialDate: f"{_DATES}[{{}}]", Instant: f"{_INSTANTS}[{{}}]"}.get(shape.type, "{}")
    value = f"x.{shape.name}"
    if shape.bare_one:
        return f"(() if not (v := {value}) else tuple([{one.format('i')} for i in ((v,) if type(v) is str else v)]))"
    if shape.many:
        if one == "{}":
            return value
        if nested is not None and _is_recurring(nested):
            return f"({_ROWS}[v] if (v := {value}) else ())"
        several = f"tuple([{one.format('i')} for i in v])"
        return f"(() if not (v := {value}) else ({one.format('v[0]')},) if len(v) == 1 else {several})"
    if shape.required or one == "{}":
        return one.format(value)
    return f"(None if (v := {value}) is None else {one.format('v')})"


# -- plain values of objects of the model ------------------------------------------------------------------------------


@functools.cache
def compile_writers() -> FunctionsByClass:
    """For each class of the model a function that makes plain values of an object, its fields in order.

    It is given what was made of small values in this writing, by their identity: readers give equal ones as one object.

    The tables of a register are JSON already: all their plain values together would be as large as the register, and
    make the garbage collector go through everything that the process holds, again and again.
    """
    names: dict[str, Any] = {"text": str.__str__, "table": _encode_table, "keep": _keep_plain}
    return FunctionsByClass("write", lambda cls: _write_writer(cls, names), names)


def _write_writer(cls: Any, names: dict[str, Any]) -> list[str]:
    lines = [f"def write_{cls.__name__}(x, k):", " d = {}"]
    for shape in sorted(fields_of(cls), key=lambda shape: shape.name):
        name = shape.name
        value = _write_writing_expression(shape)
        if cls is Register and name in TABLES:
            value = f"table({compile_writers().refer(shape.type)}, v, k)"
        if shape.required or name == "schema_version":
            lines.append(f" v = x.{name}; d[{name!r}] = {value}")
        elif shape.many:
            lines.append(f" if v := x.{name}: d[{name!r}] = {value}")
        else:
            default = f"default_{cls.__name__}_{name}"
            names[default] = get_field_default(cls, name)
            differs = "is not" if names[default] is None else "!="
            lines.append(f" if (v := x.{name}) {differs} {default}: d[{name!r}] = {value}")
    return [*lines, " return d"]


def _keep_plain(kept: dict[int, Any], value: Any, plain: Any) -> Any:
    if len(kept) >= _MOST_KEPT:
        kept.clear()
    kept[id(value)] = plain
    return plain


def _encode_table(write: Callable[[Any, Any], Any], records: tuple[Any, ...], kept: dict[int, Any]) -> Any:
    """Records as a list in JSON."""
    import msgspec

    encode = msgspec.json.encode
    lists = (encode([write(x, kept) for x in records[at : at + _AT_ONCE]]) for at in range(0, len(records), _AT_ONCE))
    return msgspec.Raw(b"[%s]" % b",".join([some[1:-1] for some in lists]))


def _write_writing_expression(shape: FieldShape) -> str:
    nested = nested_class(shape)
    if nested is not None:
        one = f"{compile_writers().refer(nested)}({{}}, k)"
    elif shape.type is Text:
        one = "{}._wordings"
    elif shape.type is Extra:
        one = "{}.to_plain()"
    else:
        one = "text({})" if shape.type in (PartialDate, Instant) else "{}"
    if shape.bare_one:
        return "v[0] if len(v) == 1 else v"
    value = f"[{one.format('i')} for i in v]" if shape.many and one != "{}" else one.format("v")
    return f"k.get(id(v)) or keep(k, v, {value})" if nested is not None and _is_recurring(nested) else value
