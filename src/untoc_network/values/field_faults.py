"""What is wrong with the fields of an object of the model, told for those who write Python and never with a value."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, StrEnum
from typing import Any

import attrs

from untoc_network.diagnostics.errors import IMPOSSIBLE, ImpossibleValue
from untoc_network.diagnostics.findings import Path, format_path
from untoc_network.diagnostics.shared_methods import SharedMethods
from untoc_network.values.fields import FieldShape, all_fields_of
from untoc_network.values.self_checked_classes import (
    LARGEST_NUMBER,
    TEXT_FORMS,
    describe_type,
    is_encodable_text,
    is_self_checked,
    reread_first_and_last_day,
    to_runtime_class,
)

__all__ = ["Fault", "FaultKind", "iter_faults", "iter_field_faults", "make_missing_fault"]

_UNSET: Any = object()
"""Stands for a field that was never set, in an object that no constructor made."""


class FaultKind(Enum):
    """In what way a value is none that its field can hold."""

    MISSING = "missing"
    TYPE = "type"
    FORM = "form"
    NUMBER = "number"
    SURROGATE = "surrogate"
    IMPOSSIBLE = "impossible"
    """The constructor of its class would refuse it."""


@attrs.frozen
class Fault(SharedMethods):
    """A value that its field cannot hold: of which class, which field and position in it, which value, what is wrong.

    Where a field that holds many holds something else, `position` is None. `reason` is the key of `IMPOSSIBLE` where
    the value's own constructor would refuse it; without `part` it is the object as a whole that cannot be so.
    """

    cls: Any
    part: FieldShape | None
    position: int | None
    value: Any = attrs.field(repr=False)
    kind: FaultKind
    reason: str | None = None

    @property
    def path(self) -> Path:
        """The way from the object to the value."""
        field = () if self.part is None else (self.part.name,)
        return field if self.position is None else (*field, self.position)

    def __str__(self) -> str:
        """Class, field and what is due there, for those who write Python; never the value."""
        return f"{format_path((self.cls.__name__, *self.path))}: {self._describe()}"

    def _describe(self) -> str:
        if self.part is None or self.reason is not None:
            return IMPOSSIBLE.get(self.reason or "", self.reason or "")
        if self.kind is FaultKind.SURROGATE:
            return IMPOSSIBLE["text-surrogate"]
        wanted = _describe_expected_value(self.part)
        if self.part.many and self.position is None:
            wanted = f"a tuple in which each item is {wanted}"
        if self.kind is FaultKind.TYPE and type(self.value) is str and _is_choice(self.part.type):
            return f"expected {wanted}"  # whose text would have done
        given = {FaultKind.TYPE: f", got {describe_type(self.value)}", FaultKind.MISSING: ", but nothing was ever set"}
        return f"expected {wanted}{given.get(self.kind, '')}"


def iter_field_faults(held: Any) -> Iterator[Fault]:
    """Every fault in the fields of an object themselves; what sound fields hold is not looked into."""
    cls = held.__class__
    for part in all_fields_of(cls):
        value = getattr(held, part.name, _UNSET)
        if value is _UNSET:
            yield make_missing_fault(cls, part)
        elif part.many and type(value) is not tuple:
            yield Fault(cls, part, None, value, FaultKind.TYPE)
        elif not (value is None and part.optional):
            for position, one in enumerate(value) if part.many else ((None, value),):
                kind = _find_fault(part.type, one)
                if kind is not None:
                    reason = _find_constructor_fault(one) if kind is FaultKind.IMPOSSIBLE else None
                    yield Fault(cls, part, position, one, kind, reason)


def make_missing_fault(cls: Any, part: FieldShape) -> Fault:
    """That a field was never set."""
    return Fault(cls, part, None, None, FaultKind.MISSING)


def iter_faults(held: Any, path: Path = ()) -> Iterator[tuple[Path, Fault]]:
    """Every fault in an object and in all that it holds, each with its path."""
    own = tuple(iter_field_faults(held))
    yield from (((*path, *fault.path), fault) for fault in own)
    at_fault = {fault.path for fault in own}
    for part in all_fields_of(held.__class__):
        if is_self_checked(part.type) and (part.name,) not in at_fault:
            value = getattr(held, part.name)
            for place, one in enumerate(value) if part.many else ((None, value),):
                within = (part.name,) if place is None else (part.name, place)
                if one is not None and within not in at_fault:
                    yield from iter_faults(one, (*path, *within))
    if not own:
        try:
            held._refuse_impossible()  # noqa: SLF001 - of a class of this kind
        except ImpossibleValue as problem:
            yield path, Fault(held.__class__, None, None, None, FaultKind.IMPOSSIBLE, problem.key)


def _find_fault(hint: Any, value: Any) -> FaultKind | None:
    """What is wrong with one value of a type; what it holds in turn is not looked into."""
    cls = to_runtime_class(hint)
    if not (isinstance(value, str) if cls is str else type(value) is cls):
        return FaultKind.TYPE
    if cls is int and not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
        return FaultKind.NUMBER
    if cls is str and not is_encodable_text(value):
        return FaultKind.SURROGATE
    if cls is not str and _find_constructor_fault(value):
        return FaultKind.IMPOSSIBLE
    form = TEXT_FORMS.get(hint)
    return None if form is None or form.fits(value) else FaultKind.FORM


def _find_constructor_fault(value: Any) -> str | None:
    """The key of `IMPOSSIBLE` by which a text in languages, date or moment is none, whose constructor was gone past."""
    cls = value.__class__
    if cls.__name__ not in ("Text", "PartialDate", "Instant", "Extra"):
        return None
    try:
        if cls.__name__ == "Extra":
            return value.find_fault()  # type: ignore[no-any-return]
        if cls.__name__ == "Text":
            cls(value._wordings)  # noqa: SLF001 - what the constructor is given, once more
        elif cls.__name__ == "Instant" or (value.first, value.last) == reread_first_and_last_day(value):
            cls(str.__str__(value))
        else:
            return "date-form"
    except ImpossibleValue as problem:
        return problem.key
    except Exception:  # noqa: BLE001 - what was made past a constructor may do anything
        return {"Text": "text-empty", "PartialDate": "date-form", "Extra": "extra-empty"}.get(cls.__name__)
    return None


def _describe_expected_value(part: FieldShape) -> str:
    """What one value of a field must be, for those who write Python."""
    form, kind = TEXT_FORMS.get(part.type), to_runtime_class(part.type)
    if form is not None:
        return form.description
    if kind in _WORDS:
        return _WORDS[kind]
    name = f"{'an' if kind.__name__[0] in 'AEIO' else 'a'} {kind.__name__}"
    if not _is_choice(kind):
        return name
    first, *more = [choice.value for choice in kind]
    return f"{name} ({', '.join([first, *more[:2]])}{' …' if len(more) > 2 else ''})"


def _is_choice(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, StrEnum)


_WORDS: dict[Any, str] = {str: "text", bool: "True or False", int: "a whole number of at most 15 digits"}
