"""What constructors take besides the values of their fields: their JSON form, exactly or not at all.

A list stands for a tuple, a mapping for a text in languages or a part, a text for a member of an enumeration, a date or
a moment, a `datetime.date` for the day that it is. The object holds the value that is meant, as if that had been given.

Type checkers learn it from `converter=FromText[OrganizationKind]` and its like. At run time these are None: the
constructor looks for JSON forms only where what it was given is not sound as it stands, so that values cost no more.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.diagnostics.findings import Path, format_path

__all__ = [
    "FromDate",
    "FromMapping",
    "FromMappings",
    "FromRecords",
    "FromText",
    "FromTextOrTexts",
    "FromTexts",
    "FromWordings",
    "replace_json_forms",
]

T = TypeVar("T")

if TYPE_CHECKING:
    from untoc_network.values.dates import PartialDate

    class FromText(Generic[T]):
        """A value, or the text that says it."""

        def __new__(cls, given: T | str) -> T: ...  # type: ignore[misc]

    class FromDate:
        """A date, its text, or a day of any date library; every date of the model may be missing."""

        def __new__(cls, given: PartialDate | str | dt.date | None) -> PartialDate | None: ...  # type: ignore[misc]

    class FromWordings(Generic[T]):
        """A text in languages, or a mapping from language tags to wordings."""

        def __new__(cls, given: T | Mapping[str, str]) -> T: ...  # type: ignore[misc]

    class FromMapping(Generic[T]):
        """A part, or a mapping from the names of its fields to what they hold."""

        def __new__(cls, given: T | Mapping[str, Any]) -> T: ...  # type: ignore[misc]

    class FromTexts(Generic[T]):
        """A list or tuple of values or their texts; one text alone is none, though it is a sequence of texts."""

        def __new__(cls, given: list[T] | list[str] | tuple[T | str, ...]) -> tuple[T, ...]: ...  # type: ignore[misc]

    class FromTextOrTexts(Generic[T]):
        """One value or its text, or a list or tuple of several; None is none."""

        def __new__(cls, given: T | str | list[T] | list[str] | tuple[T | str, ...] | None) -> tuple[T, ...]: ...  # type: ignore[misc]

    class FromMappings(Generic[T]):
        """A list or tuple of parts or their mappings."""

        def __new__(cls, given: Sequence[T | Mapping[str, Any]]) -> tuple[T, ...]: ...  # type: ignore[misc]

    class FromRecords(Generic[T]):
        """Any iterable of records or their mappings."""

        def __new__(cls, given: Iterable[T | Mapping[str, Any]]) -> tuple[T, ...]: ...  # type: ignore[misc]

else:

    class _NoConverter:
        def __class_getitem__(cls, _kind: Any) -> None:
            """No converter: `replace_json_forms` does the work, and only where there is some."""

    FromText = FromWordings = FromMapping = FromTexts = FromTextOrTexts = FromMappings = FromRecords = _NoConverter
    FromDate = None


_NOTHING_HELD: tuple[Any, ...] = ()

Conversion = Callable[[Any], Any]
"""It gives the value of which it is given the JSON form, and anything else as it is. It raises `ImpossibleValue`."""


def replace_json_forms(held: Any) -> None:
    """Put the value that is meant in the place of each field that was given in its JSON form.

    What is neither is left. Raises `ImpossibleValue`, by class and field, where what a form says is impossible.
    """
    cls = held.__class__
    for name, many, bare_one, convert in _list_conversions(cls):
        given = getattr(held, name)
        if bare_one and (given is None or isinstance(given, str)):
            given = [] if given is None else [given]
        if given is None or given is _NOTHING_HELD:
            continue
        position = None
        try:
            if not many:
                object.__setattr__(held, name, convert(given))
            elif isinstance(given, list) or type(given) is tuple:
                values = []
                for position, one in enumerate(given):  # noqa: B007 - named where it is impossible
                    values.append(convert(one))
                object.__setattr__(held, name, tuple(values))
        except ImpossibleValue as problem:
            place: Path = (cls.__name__, name) if position is None else (cls.__name__, name, position)
            raise ImpossibleValue(f"{format_path(place)}: {problem}") from None


@functools.cache
def _list_conversions(cls: Any) -> tuple[tuple[str, bool, bool, Conversion], ...]:
    """The fields whose JSON form is another than their value; whether they hold many, and one without a list."""
    from untoc_network.values.fields import all_fields_of

    found = ((part.name, part.many, part.bare_one, _make_conversion(part.type)) for part in all_fields_of(cls))
    return tuple(one for one in found if one[1] or one[-1] is not _keep)


def _keep(given: Any) -> Any:
    return given


@functools.cache
def _make_conversion(kind: Any) -> Conversion:
    """The conversion to the values of a type."""
    from untoc_network.values.dates import Instant, PartialDate
    from untoc_network.values.extra import Extra
    from untoc_network.values.multilingual_text import Text
    from untoc_network.values.self_checked_classes import is_self_checked

    if kind is PartialDate:
        return lambda given: PartialDate.of(given) if type(given) is str or _is_mere_day(given) else given
    if kind is Instant:
        return lambda given: Instant(given) if type(given) is str else given
    if kind in (Text, Extra):
        return lambda given: kind(given) if isinstance(given, Mapping) and type(given) is not kind else given
    if is_self_checked(kind):
        return lambda given: _build(kind, given) if isinstance(given, Mapping) else given
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        members: Mapping[Any, Any] = {choice.value: choice for choice in kind}
        return lambda given: members.get(given, given) if type(given) is str else given
    return _keep


def _is_mere_day(given: Any) -> bool:
    """Whether it is a date of any library without a time of day, which would be lost."""
    return isinstance(given, dt.date) and not isinstance(given, dt.datetime)


def _build(cls: Any, given: Mapping[Any, Any]) -> Any:
    """A part of what its mapping holds, as reading would make it: nothing unknown, nothing missing."""
    from untoc_network.values.field_faults import make_missing_fault
    from untoc_network.values.fields import all_fields_of

    plans = {part.name: part for part in all_fields_of(cls)}
    for name in given:
        if name not in plans:
            shown = repr(name) if isinstance(name, str) and _FIELD_NAME.fullmatch(name) else "of one of the names given"
            raise ImpossibleValue(f"{cls.__name__} has no field {shown}")
    for name, part in plans.items():
        if part.required and name not in given:
            raise ImpossibleValue(str(make_missing_fault(cls, part)))
    return cls(**given)


_FIELD_NAME = re.compile("[a-z_]{1,40}")
"""What can be a misspelt field; anything else may be the name of a person."""
