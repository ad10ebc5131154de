"""Declarations of own fields: of which records, what type each has, and who may see it."""

from __future__ import annotations

import datetime as dt
import functools
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.diagnostics.shared_methods import SharedMethods
from untoc_network.model.record import Record
from untoc_network.values.dates import Instant, PartialDate
from untoc_network.values.extra import EXTRA_DECIMAL, Extra, freeze_mapping, is_extra_name, to_plain_extra
from untoc_network.values.fields import Sensitivity
from untoc_network.values.multilingual_text import Text
from untoc_network.values.self_checked_classes import describe_type

__all__ = [
    "DeclaredField",
    "Extension",
    "OwnFieldFault",
    "OwnFields",
    "convert_own_value",
    "declare",
    "require_extensions",
]

_NARROWNESS = (Sensitivity.PUBLIC, Sensitivity.INTERNAL, Sensitivity.AT_RISK, Sensitivity.PERSONAL)
"""The sensitivities, from the widest circle to the narrowest."""


@attrs.frozen(init=False)
class Extension(SharedMethods):
    """A declaration of own fields in one namespace, on the records of one class.

        fees = un.Extension("coalition", un.Organization, {"fee": int, "tags": tuple[str, ...]})
        register, report = un.read("register.json", extensions=[fees])

    A type is `str`, `int`, `bool`, `decimal.Decimal`, `datetime.date`, `un.PartialDate`, `un.Instant`, an enumeration
    of texts, a `Literal` or tuple of the texts that there may be, or `tuple[..., ...]` of one of these. What is
    personal or at risk is kept from everyone as such a field of the model is. `labels` says what people call a field.

    Raises `ImpossibleValue` for names, classes and types that cannot be.
    """

    namespace: str
    cls: type[Record]
    fields: Mapping[str, Any] = attrs.field(hash=False)
    sensitivity: Sensitivity
    labels: Mapping[str, Text] = attrs.field(hash=False)

    def __init__(
        self,
        namespace: str,
        cls: type[Record],
        fields: Mapping[str, Any],
        *,
        sensitivity: Sensitivity | str = Sensitivity.INTERNAL,
        labels: Mapping[str, Text | Mapping[str, str]] | None = None,
    ) -> None:
        if not is_extra_name(namespace):
            raise ImpossibleValue("extra-name")
        if not (isinstance(cls, type) and issubclass(cls, Record) and "id" in attrs.fields_dict(cls)):
            raise ImpossibleValue(f"Extension.cls: expected a class of records, got {describe_type(cls)}")
        if not isinstance(fields, Mapping) or not fields:
            raise ImpossibleValue("Extension.fields: expected a mapping from at least one name to its type")
        if sensitivity not in [*Sensitivity]:
            raise ImpossibleValue(f"Extension.sensitivity: expected one of {', '.join(Sensitivity)}")
        for name, hint in fields.items():
            if not is_extra_name(name):
                raise ImpossibleValue("extra-name")
            if _find_kind(_split_hint(hint)[0]) is None:
                raise ImpossibleValue(f"Extension.fields[{name!r}]: {_TYPES}")
        if labels is not None and not isinstance(labels, Mapping):
            raise ImpossibleValue(f"Extension.labels: expected a mapping, got {describe_type(labels)}")
        told = {name: label if isinstance(label, Text) else Text(label) for name, label in (labels or {}).items()}
        if told.keys() - fields.keys():
            raise ImpossibleValue("Extension.labels: expected labels of the fields that are declared, and no others")
        values = (namespace, cls, freeze_mapping(dict(fields)), Sensitivity(sensitivity), freeze_mapping(told))
        self.__attrs_init__(*values)


_TYPES = (
    "expected str, int, bool, Decimal, datetime.date, PartialDate, Instant, an enumeration of texts, a Literal or "
    "tuple of the texts that there may be, or tuple[..., ...] of one of these"
)


@attrs.frozen
class DeclaredField(SharedMethods):
    """One own field as it was declared; `type` is that of one value, of which it holds `many` or one."""

    namespace: str
    name: str
    type: Any
    many: bool
    sensitivity: Sensitivity
    label: Text | None
    kind: str
    """What one value is; a key of the phrases of IO004."""

    @property
    def choices(self) -> tuple[str, ...]:
        """The texts that there may be, where it is a choice."""
        held = self.type
        return held if isinstance(held, tuple) else tuple(one.value for one in held) if self.kind == "choice" else ()

    def is_alike(self, other: DeclaredField) -> bool:
        """Whether another declaration says the same of type and sensitivity."""
        return (self.type, self.many, self.sensitivity) == (other.type, other.many, other.sensitivity)


def _split_hint(hint: Any) -> tuple[Any, bool]:
    """The type of one value, and whether there are many."""
    parts = typing.get_args(hint)
    is_many = typing.get_origin(hint) is tuple and len(parts) == 2 and parts[1] is ...
    one = parts[0] if is_many else hint
    return typing.get_args(one) if typing.get_origin(one) is typing.Literal else one, is_many


_KINDS: Mapping[Any, str] = {
    str: "text",
    int: "whole-number",
    bool: "boolean",
    Decimal: "decimal",
    dt.date: "day",
    PartialDate: "date",
    Instant: "moment",
}


def _find_kind(kind: Any) -> str | None:
    """What values of a type are, as a key of the phrases of IO004; None where no own field can be of it."""
    texts: Iterable[Any] = ()
    if isinstance(kind, tuple):
        texts = kind
    elif isinstance(kind, type) and issubclass(kind, Enum):
        texts = [one.value for one in kind]
    elif isinstance(kind, type):
        return _KINDS.get(kind)
    return "choice" if texts and all(type(text) is str for text in texts) else None


# -- all declarations of a register ------------------------------------------------------------------------------------


@attrs.frozen
class OwnFieldFault(SharedMethods):
    """A value that its declaration does not allow: where, what is due, what it is, and for dates the problem."""

    field: DeclaredField
    path: tuple[str | int, ...]
    value: Any = attrs.field(repr=False)
    problem: str = "type"
    """`type`, `choice`, or the key by which a date or moment is none."""


class OwnFields:
    """What some extensions declare, together."""

    def __init__(self, extensions: Iterable[Extension]) -> None:
        self._fields: dict[Any, dict[tuple[str, str], DeclaredField]] = {}
        self.declared_twice: dict[tuple[str, str, str], None] = {}
        """Class, namespace and field of what is declared in two ways."""
        for extension in dict.fromkeys(extensions):
            held = self._fields.setdefault(extension.cls, {})
            for one in _list_declared(extension):
                key = one.namespace, one.name
                known = held.setdefault(key, one)
                if not known.is_alike(one):
                    self.declared_twice[extension.cls.__name__, *key] = None
                    narrower = max(known.sensitivity, one.sensitivity, key=_NARROWNESS.index)
                    held[key] = attrs.evolve(known, sensitivity=narrower)

    def __bool__(self) -> bool:
        return bool(self._fields)

    def find(self, cls: Any, namespace: str, name: str) -> DeclaredField | None:
        """The declaration of a field, or None where there is none."""
        return self._fields.get(cls, {}).get((namespace, name))

    def list_of(self, cls: Any) -> tuple[DeclaredField, ...]:
        """All that is declared of a class, by namespace and name."""
        return tuple(one for _, one in sorted(self._fields.get(cls, {}).items()))

    def get_sensitivity(self, cls: Any, namespace: str, name: str) -> Sensitivity:
        """Who may see a field; what nobody declared is internal."""
        found = self.find(cls, namespace, name)
        return Sensitivity.INTERNAL if found is None else found.sensitivity

    def list_values(self, record: Any, *sensitivities: Sensitivity) -> Iterator[tuple[DeclaredField, Any]]:
        """The declared fields of a record that have one of these sensitivities, with their values."""
        if self._fields and record.extra is not None:
            for namespace, name, value in record.extra.fields():
                found = self.find(type(record), namespace, name)
                if found is not None and found.sensitivity in sensitivities:
                    yield found, value

    def with_texts(self, cls: Any, extra: Extra, change: Callable[[str], str | None]) -> Extra | None:
        """Own fields with each text as `change` gives it, as `Extra.with_texts`; a choice that it changes goes.

        Of several choices that one goes: a part of a choice, or a mask in it, is none that there may be.
        """

        def is_kept(choice: Any) -> bool:
            text = to_plain_extra(choice)
            return not isinstance(text, str) or change(text) == text

        def drop_changed_choices(namespace: str, name: str, value: Any) -> Any:
            found = self.find(cls, namespace, name)
            if found is None or found.kind != "choice":
                return value
            if not isinstance(value, tuple):
                return value if is_kept(value) else None
            left = tuple(one for one in value if is_kept(one))
            return value if len(left) == len(value) else left or None

        kept = extra.rewritten(drop_changed_choices)
        return None if kept is None else kept.with_texts(change)

    def list_undeclared(self, record: Any) -> Iterator[tuple[str, str]]:
        """Namespace and name of each field of a record that nobody declared."""
        for namespace, name, _ in () if record.extra is None else record.extra.fields():
            if self.find(type(record), namespace, name) is None:
                yield namespace, name

    def find_faults(self, record: Any) -> Iterator[OwnFieldFault]:
        """Every value in a record that its declaration does not allow."""
        held = self._fields.get(type(record))
        if held and isinstance(record.extra, Extra):
            for namespace, name, value in record.extra.fields():
                found = held.get((namespace, name))
                if found is not None:
                    yield from _convert(found, value)[1]

    def to_typed(self, record: Any) -> Any:
        """The record with each declared value as its type has it, and without those that are not allowed."""
        held = self._fields.get(type(record))
        if not held or record.extra is None:
            return record

        def change(namespace: str, name: str, value: Any) -> Any:
            found = held.get((namespace, name))
            return value if found is None else _convert(found, value)[0]

        extra = record.extra.rewritten(change)
        return record if extra is record.extra else attrs.evolve(record, extra=extra)


def require_extensions(extensions: Iterable[Extension]) -> tuple[Extension, ...]:
    """The extensions as they are kept. Raises `ImpossibleValue` for what is none."""
    held = tuple(extensions) if isinstance(extensions, Iterable) else (extensions,)
    for place, one in enumerate(held):
        if not isinstance(one, Extension):
            raise ImpossibleValue(f"extensions[{place}]: expected an Extension, got {describe_type(one)}")
    return tuple(dict.fromkeys(held))


@functools.lru_cache(maxsize=64)
def declare(extensions: tuple[Extension, ...]) -> OwnFields:
    """What some extensions declare, worked out once."""
    return OwnFields(extensions)


def _list_declared(extension: Extension) -> Iterator[DeclaredField]:
    for name, hint in extension.fields.items():
        one, many = _split_hint(hint)
        label, kind = extension.labels.get(name), _find_kind(one) or ""
        yield DeclaredField(extension.namespace, name, one, many, extension.sensitivity, label, kind)


# -- one value ---------------------------------------------------------------------------------------------------------


def _convert(field: DeclaredField, value: Any) -> tuple[Any, list[OwnFieldFault]]:
    """A value as its type has it, itself where it is so already, or None and what is wrong with it."""
    at = (field.namespace, field.name)
    if not field.many:
        new, fault = _convert_one(field, value, at)
        return new, [] if fault is None else [fault]
    if not isinstance(value, tuple):
        return None, [OwnFieldFault(field, at, value)]
    found = [_convert_one(field, one, (*at, position)) for position, one in enumerate(value)]
    faults = [fault for _, fault in found if fault is not None]
    if faults:
        return None, faults
    same = all(new is old for (new, _), old in zip(found, value, strict=True))
    return value if same else tuple(new for new, _ in found), []


def convert_own_value(field: DeclaredField, value: Any) -> Any:
    """A value as the type of its field has it, or None where that does not allow it."""
    return _convert(field, value)[0]


def _convert_one(field: DeclaredField, value: Any, at: tuple[str | int, ...]) -> tuple[Any, OwnFieldFault | None]:
    kind = field.type
    if field.kind == "choice":
        chosen = _choose(kind, value)
        problem = "choice" if isinstance(value, str) else "type"
        return chosen, None if chosen is not None else OwnFieldFault(field, at, value, problem)
    if type(value) is kind:
        return value, None
    try:
        new = _READERS[kind](value) if type(value) is str and kind in _READERS else None
    except ImpossibleValue as impossible:
        return None, OwnFieldFault(field, at, value, impossible.key)
    return new, None if new is not None else OwnFieldFault(field, at, value)


def _choose(kind: Any, value: Any) -> Any:
    """The choice that a text is, or a member of the enumeration itself; None where it is none."""
    if isinstance(kind, tuple):
        return value if value in kind else None
    return next((one for one in kind if value is one or (type(value) is str and one.value == value)), None)


def _read_decimal(text: str) -> Decimal | None:
    return Decimal(text) if EXTRA_DECIMAL.fullmatch(text) else None


def _read_day(text: str) -> dt.date:
    """A day of the calendar. Raises `ImpossibleValue` for a date that is not known to the day."""
    date = PartialDate(text)
    if len(text) < len("2022-03-28"):
        raise ImpossibleValue("date-form")
    return dt.date.fromisoformat(str(date))


_READERS: Mapping[Any, Callable[[str], Any]] = {
    Decimal: _read_decimal,
    dt.date: _read_day,
    PartialDate: PartialDate,
    Instant: Instant,
}
