"""The plain form of results and records: JSON types alone, made in one way for all of them.

Without a table a class gives its fields by their names, in their order, without those that `repr` does not show either:
they may be personal. Where its JSON differs, since keys have other names, stand elsewhere or are worked out, its table
`plain_form` says so:

    plain_form = PlainForm("review=review.id reviewers=review.reviewers.country late counts", counts=counts)
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Mapping
from operator import attrgetter
from typing import Any, ClassVar, cast, overload

import attrs

__all__ = ["BARE_ONE", "BLANK", "HasPlainForm", "PlainForm", "to_dict"]

BLANK: tuple[object, ...] = (None, "", (), {})
"""What says nothing, for tables that leave that out."""
BARE_ONE = "untoc_network.bare_one"
"""Marks, in the metadata of a field that holds several, that a single value stands without a list."""
_SCALARS = (bool, int, float, type(None))


class PlainForm:
    """The keys of a class in JSON, in their order, and what is left out.

    A key is the name of an attribute, or `key=path`: the path goes on in what an attribute holds, and in each of many.
    What a function of the object tells is given beside the keys, by its key. Without keys they are those of the fields.
    """

    def __init__(
        self,
        keys: str = "",
        *,
        left_out: tuple[object, ...] = (),
        defaults_left_out: bool = False,
        kept: tuple[str, ...] = (),
        whole: Callable[[Any], object] | None = None,
        **computed: Callable[[Any], object],
    ) -> None:
        """Leave out the values `left_out`, and with `defaults_left_out` those of fields, unless they are `kept`.

        Where the keys differ from object to object, `whole` tells all of it.
        """
        paths = {key: path or key for key, _, path in (word.partition("=") for word in keys.split())}
        self.getters: Mapping[str, Callable[[Any], object]] = {
            key: computed.get(key) or _make_getter(path) for key, path in paths.items()
        }
        self.whole: Callable[[Any], object] | None = whole
        self.left_out: tuple[object, ...] = left_out
        self.defaults_left_out: bool = defaults_left_out
        self.kept: tuple[str, ...] = kept

    def left_out_of(self, field: attrs.Attribute[Any]) -> tuple[object, ...]:
        """The values of a field that are left out; none of one that must be given."""
        if field.default is attrs.NOTHING or field.name in self.kept:
            return ()
        return (field.default,) if self.defaults_left_out else self.left_out


class HasPlainForm:
    """A result that gives its plain form by itself."""

    __slots__ = ()
    plain_form: ClassVar[PlainForm] = PlainForm()

    def to_dict(self) -> dict[str, Any]:
        """This as plain JSON types."""
        return to_dict(self)  # type: ignore[no-any-return]


@overload
def to_dict(value: attrs.AttrsInstance) -> dict[str, Any]: ...
@overload
def to_dict(value: object) -> Any: ...
def to_dict(value: Any) -> Any:
    """A record, a result or a list of them as plain JSON types, which `json.dumps` takes as they are.

    A record and a register have the form in which files hold them. Raises `ImpossibleValue` for what has no such form.
    """
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, _SCALARS):
        return value
    if isinstance(value, Mapping):
        own = getattr(value, "to_plain", None)  # of own fields, whose values may be of more types
        return {to_dict(key): to_dict(item) for key, item in (own() if own else value).items()}
    if isinstance(value, tuple | list):
        return [to_dict(item) for item in value]
    if not attrs.has(type(value)):
        from untoc_network.diagnostics.errors import ImpossibleValue  # which knows reports, and they have a plain form

        raise ImpossibleValue(f"{type(value).__name__} has no plain form")
    form = _find_plain_form(value)
    if form.whole is not None:
        return to_dict(form.whole(value))
    told = ((key, get(value), left_out) for key, get, left_out in _plan_keys(cast("Hashable", type(value))))
    try:
        return {key: to_dict(item) for key, item, left_out in told if item not in left_out}
    except AttributeError as problem:  # of an object that no constructor made
        from untoc_network.diagnostics.errors import ImpossibleValue

        raise ImpossibleValue(f"{type(value).__name__}.{problem.name}: nothing was ever set") from None


def _find_plain_form(value: Any) -> PlainForm:
    form: PlainForm = getattr(value, "plain_form", HasPlainForm.plain_form)
    return form


@functools.cache
def _plan_keys(cls: Any) -> tuple[tuple[str, Callable[[Any], Any], tuple[object, ...]], ...]:
    """The keys of a class: how to get the value of each, and which values are left out."""
    form = _find_plain_form(cls)
    if form.getters:
        return tuple((key, get, form.left_out) for key, get in form.getters.items())
    shown = (one for one in attrs.fields(cls) if one.repr or (form.defaults_left_out and one.eq))
    return tuple((one.name, _choose_getter(one), form.left_out_of(one)) for one in shown)


def _choose_getter(field: attrs.Attribute[Any]) -> Callable[[Any], Any]:
    get = attrgetter(field.name)
    return (lambda value: _bare_one(get(value))) if BARE_ONE in field.metadata else get


def _bare_one(values: tuple[Any, ...]) -> Any:
    return values[0] if len(values) == 1 else values


def _make_getter(path: str) -> Callable[[Any], Any]:
    steps = path.split(".")

    def follow(value: Any) -> Any:
        for step in steps:
            if isinstance(value, tuple):
                value = tuple(getattr(item, step) for item in value)
            elif value is not None:
                value = getattr(value, step)
        return value

    return follow
