"""Fields that a model does not have and others need: a namespace for whose they are, then fields."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.diagnostics.shared_methods import SharedMethods
from untoc_network.values.fields import Sensitivity, about
from untoc_network.values.self_checked_classes import LARGEST_NUMBER, is_encodable_text

__all__ = [
    "DEEPEST_EXTRA",
    "EXTRA_ABOUT",
    "EXTRA_DECIMAL",
    "EXTRA_NAME",
    "Extra",
    "ExtraFault",
    "freeze_mapping",
    "is_extra_name",
    "iter_extra_faults",
    "to_plain_extra",
]

EXTRA_NAME = re.compile(r"[A-Za-z0-9_-]{1,100}")
"""What a namespace or field is called: no dots, which stand between them where a field is named."""

EXTRA_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,24})(?:\.[0-9]{1,24})?")
"""A decimal as a file has it, in text: more places are no sum and no share of anything."""

DEEPEST_EXTRA = 8
"""So many lists and objects may stand within each other in one field."""


EXTRA_ABOUT = about("Own fields", "Fields that others than this library need, by whose they are.", Sensitivity.INTERNAL)
"""What is known of the field that holds them: no part of it is for everybody unless it is declared to be."""


class _FrozenMapping(Mapping[str, Any]):
    """What is read like a mapping, in the order of its names, and never changes."""

    __slots__ = ("_items",)
    _items: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self._items[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __setattr__(self, name: str, value: object) -> None:
        raise attrs.exceptions.FrozenInstanceError

    def __repr__(self) -> str:
        return f"<{', '.join(self._items)}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return freeze_mapping, (dict(self._items),)


class Extra(_FrozenMapping):
    """Fields of one's own on a record, read like a mapping from namespace to a mapping from field to value, and frozen.

    >>> extra = Extra({"coalition": {"fee": 100, "tags": ["founder"]}})
    >>> extra["coalition"]["fee"], extra["coalition"]["tags"], extra
    (100, ('founder',), Extra(coalition: fee, tags))

    A value is text, a whole number, true or false, a decimal, a date, a choice, or a list or object of these. Two are
    equal where a file has the same of them: the decimal 12.50 is the text "12.50" there. `repr` shows no value.

    Raises `ImpossibleValue` where it has no field, or one that no file could carry.
    """

    __slots__ = ("_text",)
    _text: str

    def __init__(self, fields: Mapping[str, Mapping[str, Any]]) -> None:
        if not (type(fields) is dict and _is_plainly_sound(fields)):
            fault = next(iter_extra_faults(fields), None)
            if fault is not None:
                raise ImpossibleValue(fault.key)
        frozen = {
            namespace: freeze_mapping({name: _freeze(value) for name, value in sorted(held.items())})
            for namespace, held in sorted(fields.items())
        }
        _set_items(self, frozen)

    @property
    def canonical(self) -> str:
        """All of it as JSON, by which two are equal; made when first asked for."""
        try:
            return self._text
        except AttributeError:
            object.__setattr__(self, "_text", text := _to_canonical_text(self))
            return text

    def __eq__(self, other: object) -> bool:
        return self.canonical == other.canonical if isinstance(other, Extra) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.canonical)

    def __reduce__(self) -> tuple[Any, ...]:
        return Extra, ({namespace: dict(held) for namespace, held in self._items.items()},)

    def __repr__(self) -> str:
        named = (f"{namespace}: {', '.join(held)}" for namespace, held in self._items.items())
        return f"Extra({'; '.join(named)})"

    def find_fault(self) -> str | None:
        """The key of what keeps it from being what its constructor makes, which can be gone past."""
        fault = next(iter_extra_faults(self._items), None)
        return None if fault is None else fault.key

    def fields(self) -> Iterator[tuple[str, str, Any]]:
        """Each namespace with each of its fields and the value."""
        namespaces: dict[str, _FrozenMapping] = self._items
        return (
            (namespace, name, value)
            for namespace, held in namespaces.items()
            for name, value in held._items.items()  # noqa: SLF001 - of a mapping of our own
        )

    def one_by_one(self) -> dict[tuple[str, str], Extra]:
        """Each field alone, by namespace and name: two of them are equal where a file has the same value."""
        return {(namespace, name): Extra({namespace: {name: value}}) for namespace, name, value in self.fields()}

    @classmethod
    def joined(cls, parts: Iterable[Extra]) -> Extra | None:
        """The fields of all parts, those of later ones in the place of earlier; None where there is none."""
        made: dict[str, dict[str, Any]] = {}
        for part in parts:
            for namespace, name, value in part.fields():
                made.setdefault(namespace, {})[name] = value
        return cls(made) if made else None

    def to_plain(self) -> dict[str, dict[str, Any]]:
        """All of it as plain JSON types."""
        return {namespace: to_plain_extra(held) for namespace, held in self._items.items()}

    def rewritten(self, change: Callable[[str, str, Any], Any]) -> Extra | None:
        """The same with each value as `change` gives it for namespace, field and value, and without where that is None.

        Itself where nothing changes; None where nothing is left.
        """
        is_same = True
        made: dict[str, dict[str, Any]] = {}
        for namespace, name, value in self.fields():
            new = change(namespace, name, value)
            is_same = is_same and new is value
            if new is not None:
                made.setdefault(namespace, {})[name] = new
        if is_same:
            return self
        return Extra(made) if made else None

    def leaves(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Each value that holds no others, as text, with its path."""
        return ((path, text) for path, text, is_name in _iterate_texts(self, ()) if not is_name)

    def texts(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Every text in it with its path: the values, and what namespaces and fields are called."""
        return ((path, text) for path, text, _ in _iterate_texts(self, ()))

    def with_texts(self, change: Callable[[str], str | None]) -> Extra | None:
        """The same with each text as `change` gives it, and without where that is None.

        A field of which a name would change goes as a whole, since a name cannot be masked. None where nothing is left.
        """
        return self.rewritten(lambda namespace, name, value: _change_texts({namespace: {name: value}}, change, value))


_set_items = _FrozenMapping._items.__set__  # type: ignore[attr-defined]  # noqa: SLF001 - what the constructors fill


def freeze_mapping(items: dict[str, Any]) -> Mapping[str, Any]:
    """A mapping of these items that never changes and can be pickled."""
    made = object.__new__(_FrozenMapping)
    _set_items(made, items)
    return made


def _freeze(value: Any) -> Any:
    if isinstance(value, Mapping):
        return freeze_mapping({name: _freeze(one) for name, one in sorted(value.items())})
    if isinstance(value, (list, tuple)):
        return tuple([_freeze(one) for one in value])
    return value


def to_plain_extra(value: Any) -> Any:
    """A value of a field of one's own as plain JSON types."""
    if isinstance(value, Mapping):
        return {name: to_plain_extra(one) for name, one in value.items()}
    if isinstance(value, (tuple, list)):
        return [to_plain_extra(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, (bool, int)):
        return value
    return value.isoformat() if isinstance(value, dt.date) else format(value, "f")


def _to_canonical_text(extra: Extra) -> str:
    text: str = _make_encoder().encode(extra.to_plain())
    return text


@functools.cache
def _make_encoder() -> Any:
    import json

    return json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


# -- what no file could carry ------------------------------------------------------------------------------------------


@attrs.frozen
class ExtraFault(SharedMethods):
    """Something that no field of one's own can hold: the key of `IMPOSSIBLE`, where it stands, and what it is."""

    key: str
    path: tuple[str | int, ...]
    value: Any = attrs.field(repr=False, default=None)


def iter_extra_faults(fields: Any) -> Iterator[ExtraFault]:
    """All that keeps a mapping from being fields of one's own, with the path of each."""
    if not isinstance(fields, Mapping):
        yield ExtraFault("extra-no-fields", (), fields)
    elif not fields:
        yield ExtraFault("extra-empty", ())
    else:
        for namespace, held in fields.items():
            if not is_extra_name(namespace):
                yield ExtraFault("extra-name", (namespace,))
            elif not isinstance(held, Mapping):
                yield ExtraFault("extra-no-fields", (namespace,), held)
            else:
                yield from _iterate_faults(held, (namespace,))


def is_extra_name(name: Any) -> bool:
    """Whether a namespace or field may be called so."""
    return isinstance(name, str) and EXTRA_NAME.fullmatch(name) is not None


def _iterate_faults(value: Any, path: tuple[str | int, ...]) -> Iterator[ExtraFault]:
    key = _find_scalar_fault(value)
    if key is not None:
        yield ExtraFault(key, path, value)
    elif isinstance(value, (Mapping, list, tuple)):
        if not value:
            yield ExtraFault("extra-empty", path)
        elif len(path) > DEEPEST_EXTRA + 1:
            yield ExtraFault("extra-deep", path)
        elif isinstance(value, Mapping):
            for name, one in value.items():
                if is_extra_name(name):
                    yield from _iterate_faults(one, (*path, name))
                else:
                    yield ExtraFault("extra-name", (*path, name))
        else:
            for position, one in enumerate(value):
                yield from _iterate_faults(one, (*path, position))


def _is_plainly_sound(fields: dict[str, Any]) -> bool:
    """Whether it is surely sound, looked at quickly: namespaces of texts, numbers and lists of these."""
    return bool(fields) and all(
        type(held) is dict
        and held
        and is_extra_name(namespace)
        and all(is_extra_name(name) and _is_plain_value(value) for name, value in held.items())
        for namespace, held in fields.items()
    )


def _is_plain_value(value: Any) -> bool:
    kind = type(value)
    if kind is list:
        return bool(value) and all(type(one) is not list and _is_plain_value(one) for one in value)
    if kind is str:
        return bool(value.isascii()) or is_encodable_text(value)
    return kind is bool or (kind is int and -LARGEST_NUMBER <= value <= LARGEST_NUMBER)


def _find_scalar_fault(value: Any) -> str | None:
    """The key of what is wrong with a value that holds no others; None also where it does."""
    if isinstance(value, Enum):
        return None if type(value.value) is str and is_encodable_text(value.value) else "extra-value"
    if isinstance(value, str):
        return None if is_encodable_text(value) else "text-surrogate"
    if type(value) is int:
        return None if -LARGEST_NUMBER <= value <= LARGEST_NUMBER else "extra-number"
    if isinstance(value, Decimal):
        is_short = value.is_finite() and abs(value.adjusted()) <= _MOST_PLACES
        return None if is_short and EXTRA_DECIMAL.fullmatch(format(value, "f")) else "extra-number"
    is_date = isinstance(value, dt.date) and not isinstance(value, dt.datetime)
    return None if isinstance(value, (bool, Mapping, list, tuple)) or is_date else "extra-value"


_MOST_PLACES = 25

# -- texts -------------------------------------------------------------------------------------------------------------


def _iterate_texts(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str, bool]]:
    if isinstance(value, Mapping):
        for name, one in value.items():
            yield (*path, name), name, True
            yield from _iterate_texts(one, (*path, name))
    elif isinstance(value, tuple):
        for position, one in enumerate(value):
            yield from _iterate_texts(one, (*path, position))
    else:
        yield path, _to_text(value), False


def _to_text(value: Any) -> str:
    plain = to_plain_extra(value)
    return str(plain).lower() if isinstance(plain, bool) else str(plain)


def _change_texts(whole: Any, change: Callable[[str], str | None], value: Any) -> Any:
    """The value of one field, which stands under its names in `whole`, with its texts changed; None where it goes."""
    try:
        new = _change_value(whole, change)
    except _GoneError:
        return None
    (held,) = new.values()
    (made,) = held.values()
    return value if new is whole else made


class _GoneError(Exception):
    """A field cannot stay."""


def _change_value(value: Any, change: Callable[[str], str | None]) -> Any:
    """A value with its texts changed, itself where none is; raises `_GoneError` where a name or a number would be."""
    if isinstance(value, Mapping):
        if any(change(name) != name for name in value):
            raise _GoneError
        made = {name: _change_value(one, change) for name, one in value.items()}
        return value if all(made[name] is one for name, one in value.items()) else made
    if isinstance(value, tuple):
        items = [_change_value(one, change) for one in value]
        return value if all(new is old for new, old in zip(items, value, strict=True)) else tuple(items)
    text = _to_text(value)
    new = change(text)
    if new == text:
        return value
    if new is None or type(value) is not str:
        raise _GoneError
    return new
