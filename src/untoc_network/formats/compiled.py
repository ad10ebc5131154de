"""The short way between JSON and the model: decoded by msgspec, made into objects by code that is generated once.

It takes only what it can prove to be read without loss and without a word to say about it. Everything else, and all
where msgspec is not installed, goes the thorough way, which comes to the same objects and explains what is wrong.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import attrs

from untoc_network.documents.limits import Limits
from untoc_network.errors import ImpossibleValue
from untoc_network.model.register import COLLECTIONS, Redirect, Register
from untoc_network.values.dates import Instant, PartialDate
from untoc_network.values.fields import FieldShape, fields_of, nested_class
from untoc_network.values.ids import FORMS, LanguageTag, RecordId
from untoc_network.values.text import Text

__all__ = ["Decoder", "LineDecoder", "encoded", "is_installed", "register_from"]

_MOST_KNOWN = 2**18
_MOST_KNOWN_OF_LINES = 2**15
"""So many values are kept while documents are read, and while lines stream by."""

_LARGEST = 10**15 - 1
_DEEPEST = 16
"""No sound document is as deep as this."""

_RECORDS = frozenset(COLLECTIONS.values())


@functools.cache
def is_installed() -> bool:
    """Whether msgspec is there."""
    try:
        import msgspec  # noqa: F401
    except ImportError:
        return False
    return True


def register_from(data: bytes, limits: Limits) -> Register | None:
    """The register that the bytes hold, or None where the thorough way must be gone."""
    if not is_installed() or limits.max_depth < _DEEPEST:
        return None
    try:
        return Decoder(Register, limits).read(data)  # type: ignore[no-any-return]
    except (ValueError, TypeError, KeyError, RecursionError, ImpossibleValue):
        return None


def encoded(value: Any, *, indent: int | None = None) -> bytes | None:
    """A register or record as canonical JSON, with `indent` blanks a level or with none at all.

    None where the thorough way must be gone.
    """
    if not is_installed():
        return None
    import msgspec

    try:
        compact = msgspec.json.encode(_writers()[type(value)](value))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return compact if indent is None else msgspec.json.format(compact, indent=indent)


class Decoder:
    """Reads documents of one class. Raises something of no meaning where the thorough way must be gone.

    What occurs again and again, as dates and ids that are referred to do, is checked and kept once.
    """

    def __init__(self, cls: Any, limits: Limits, readers: Mapping[Any, Callable[[Any], Any]] | None = None) -> None:
        import msgspec

        self._most = limits.max_values
        self._encode = msgspec.json.encode
        self._decode = _decoder(cls).decode
        self._build = (readers or _readers())[cls]

    def read(self, data: bytes) -> Any:
        """The object that the bytes hold."""
        carried = self._decode(data)
        canonical = self._encode(carried)
        if not _says_the_same(data, canonical):
            _refuse_keys_that_stand_twice(canonical := data)
        if _may_hold_more_than(self._most, canonical):
            raise ValueError
        return self._build(carried)


def _says_the_same(data: bytes, canonical: bytes) -> bool:
    """Whether nothing stands in a text but what was read from it, which is given in its canonical form.

    What is written and not read, as a key that stands twice, takes a colon more. Of those that belong to a wording
    each text has as many, unless one is written by its number.
    """
    return data.count(b":") == canonical.count(b":") and (b"\\" not in data or b"\\u003" not in data)


class LineDecoder:
    """Reads lines of NDJSON, each a record with its collection; the limits hold for each line."""

    def __init__(self, limits: Limits) -> None:
        import msgspec

        fields = [("collection", str), ("record", msgspec.Raw)]
        self._decode = msgspec.json.Decoder(msgspec.defstruct("Line", fields, forbid_unknown_fields=True)).decode
        readers = _readers(_MOST_KNOWN_OF_LINES)
        classes = {**COLLECTIONS, "redirects": Redirect}
        self._read = {name: Decoder(cls, limits, readers).read for name, cls in classes.items()}

    def read(self, line: bytes) -> tuple[str, Any] | None:
        """The collection and the record, or None where the thorough way must be gone."""
        try:
            carried: Any = self._decode(line)
            record = bytes(carried.record)
            if len(line) != len(record) + len(carried.collection) + _ENVELOPE:
                return None
            return carried.collection, self._read[carried.collection](record)
        except (ValueError, TypeError, KeyError, RecursionError, ImpossibleValue):
            return None


_ENVELOPE = len('{"collection":"","record":}')


def _may_hold_more_than(most: int, data: bytes) -> bool:
    """Whether a text may hold more values than the limit; where it may, the thorough way counts them.

    A value takes a byte at least, and a list or object, which counts twice, two. Before every value but the first of
    a list or object there stands a comma.
    """
    if len(data) <= most:
        return False
    commas_and_openings = len(data) - len(data.translate(None, b",{["))
    return 1 + 2 * commas_and_openings - data.count(b",") > most


def _refuse_keys_that_stand_twice(data: bytes) -> None:
    def unique(pairs: list[tuple[str, Any]]) -> None:
        if len({key for key, _ in pairs}) < len(pairs):
            raise ValueError

    json.loads(data, object_pairs_hook=unique)


@functools.cache
def _decoder(cls: Any) -> Any:
    import msgspec

    return msgspec.json.Decoder(_twin(cls))


# -- carriers: the classes that msgspec decodes into -----------------------------------------------------------------


@functools.cache
def _twin(cls: Any) -> Any:
    """A class that carries the plain values of a class of the model, and takes nothing that deserves a finding.

    It has no unknown fields, no null and no empty list, and no number that programs do not keep.
    """
    import msgspec

    fields: list[Any] = []
    for shape in sorted(fields_of(cls), key=lambda shape: shape.name):
        one: Any = _carried(shape)
        hint: Any = Annotated[tuple[one, ...], msgspec.Meta(min_length=1)] if shape.many else one
        needed = shape.required or shape.name == "schema_version"
        fields.append((shape.name, hint) if needed else (shape.name, hint, _default(cls, shape.name)))
    return msgspec.defstruct(
        cls.__name__, fields, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, frozen=True, gc=False
    )


def _carried(shape: FieldShape) -> Any:
    import msgspec

    nested = nested_class(shape)
    if nested is not None:
        return _twin(nested)
    if shape.type is int:
        return Annotated[int, msgspec.Meta(ge=-_LARGEST, le=_LARGEST)]
    return {Text: dict[str, str], PartialDate: str, Instant: str}.get(shape.type, shape.type)


def _default(cls: Any, name: str) -> Any:
    return getattr(attrs.fields(cls), name).default


# -- objects from carriers, and plain values from objects ------------------------------------------------------------


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


def _readers(most: int = _MOST_KNOWN) -> Mapping[Any, Callable[[Any], Any]]:
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
    for cls in filter(_recurs, _classes()):
        read = names[f"read_{cls.__name__}"]
        names[f"kept_{cls.__name__}"] = kept = _Known(read, most)
        names[f"several_{cls.__name__}"] = _Known(functools.partial(_several, kept), most)
    return {cls: names[f"read_{cls.__name__}"] for cls in _classes()}


@functools.cache
def _writers() -> Mapping[Any, Callable[[Any], Any]]:
    """For each class of the model a function that makes plain values of an object, its fields in order."""
    lines: list[str] = []
    names: dict[str, Any] = {"text": str.__str__}
    for cls in _classes():
        lines += [f"def write_{cls.__name__}(x):", " d = {}"]
        for shape in sorted(fields_of(cls), key=lambda shape: shape.name):
            name = shape.name
            value = _written(shape)
            if shape.required or name == "schema_version":
                lines.append(f" v = x.{name}; d[{name!r}] = {value}")
            elif shape.many:
                lines.append(f" if v := x.{name}: d[{name!r}] = {value}")
            else:
                default = f"default_{cls.__name__}_{name}"
                names[default] = _default(cls, name)
                differs = "is not" if names[default] is None else "!="
                lines.append(f" if (v := x.{name}) {differs} {default}: d[{name!r}] = {value}")
        lines.append(" return d")
    exec("\n".join(lines), names)  # noqa: S102
    return {cls: names[f"write_{cls.__name__}"] for cls in _classes()}


def _written(shape: FieldShape) -> str:
    nested = nested_class(shape)
    if nested is not None:
        one = f"write_{nested.__name__}({{}})"
    elif shape.type is Text:
        one = "{}._wordings"
    else:
        one = "text({})" if shape.type in (PartialDate, Instant) else "{}"
    return f"[{one.format('i')} for i in v]" if shape.many and one != "{}" else one.format("v")


def _classes() -> tuple[Any, ...]:
    """Every class of the model that a register holds, and the register."""
    found: dict[Any, None] = {}

    def gather(cls: Any) -> None:
        if cls not in found:
            found[cls] = None
            for shape in fields_of(cls):
                if (nested := nested_class(shape)) is not None:
                    gather(nested)

    gather(Register)
    return tuple(found)


_FORM_NAMES = {form: f"form_{number}" for number, form in enumerate(dict.fromkeys(FORMS.values()))}


@functools.cache
def _recurs(cls: Any) -> bool:
    """Whether objects of a class are small values, such as citations, of which equal ones may be one and the same."""
    return cls not in (*_RECORDS, Redirect) and all(
        nested_class(one) is None and one.type is not Text for one in fields_of(cls)
    )


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
    for cls in _classes():
        name = cls.__name__
        names[f"class_{name}"] = cls
        lines += [f"def read_{name}(x):"]
        if cls is Register:
            keywords = ", ".join(f"{shape.name}={_read(shape)}" for shape in fields_of(cls))
            names["SCHEMA_VERSION"] = _default(cls, "schema_version")
            lines += [" if x.schema_version != SCHEMA_VERSION: raise ValueError"]
            lines += [f" keep_ids({_FORM_NAMES[FORMS[RecordId]]}, x.{collection})" for collection in COLLECTIONS]
            lines += [f" return class_{name}({keywords})"]
            continue
        if not any(shape.required for shape in fields_of(cls)):
            names[f"empty_{name}"] = _twin(cls)()
            lines += [f" if x == empty_{name}: raise ValueError"]
        names[f"open_{name}"] = _open(cls)
        lines += [f" y = new(open_{name})"]
        lines += [f" y.{shape.name} = {_read(shape)}" for shape in fields_of(cls)]
        lines += [f" y.__class__ = class_{name}"]
        if hasattr(cls, "__attrs_post_init__"):
            lines.append(" y.__attrs_post_init__()")
        lines.append(" return y")
    return compile("\n".join(lines), "<generated readers of the model>", "exec"), names


def _open(cls: Any) -> Any:
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
