"""Collections as plain columns, for tables of data: what pandas, Polars and DuckDB take as it is.

    pl.DataFrame(un.frames(register)["organizations"])

Columns are for people: names in a language, labels for choices, names for countries, and beside the id of another
record what that is called.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from operator import attrgetter
from typing import Any

import attrs

from untoc_network.i18n.language_words import Words, words_in
from untoc_network.interop.public_filter import filter_public
from untoc_network.model.extension import DeclaredField, declare
from untoc_network.model.register import COLLECTIONS, REFERENTS, Register
from untoc_network.model.traversal import GONE, Rewriter
from untoc_network.privacy.view import view
from untoc_network.reference import packaged
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.consent_and_contact import Audience, Consent, audience_from_name
from untoc_network.values.dates import PartialDate, Period, require_whole_day
from untoc_network.values.fields import FieldShape, Sensitivity, fields_of, nested_class
from untoc_network.values.ids_and_codes import CountryCode
from untoc_network.values.multilingual_text import Alias, AliasKind, Text
from untoc_network.values.place_and_link import Link, LinkKind, Place
from untoc_network.values.sources_and_claims import Citation

__all__ = ["frames"]

_NO_COLUMNS = ("accepted", "blanks", "claims", "consents", "extra", "notes")
"""What is said of other fields, and what is no value of one cell."""
_NEVER = PartialDate("9999-12-31")
"""Stands for the day where none is given: no consent is left then that could hold on it."""


@check_arguments
def frames(
    register: Register,
    *,
    audience: Audience | str = Audience.PUBLIC,
    on: dt.date | str | None = None,
    lang: str | Words | None = "en",
) -> dict[str, dict[str, list[Any]]]:
    """Each collection of a register as a mapping of columns to lists, all of one length: a row for each record.

    Cells are text, whole numbers, true or false, None, and lists of text. A date is the text that it is written as,
    since it may be known to the year alone. The columns are the same for every register: the id first; the fields that
    hold one value or a list of values; the parts of a place, a period or a number; beside the id of another record its
    name; the first acronym and the first website; the ids of the sources; own fields that are declared, such as
    `coalition.fee`. With `lang` None, choices and countries are the codes that the register has.

    What stands in them is what the audience may see on the day: for the public the part that `un.exchange.export` would
    give. Without a day no consent can be judged, and none counts, so that nobody is named who is only named by consent.
    Fields that are not public are columns for the internal audience alone.

    Raises `ImpossibleValue` where `on` is no whole day or there is no such audience, `UnknownLanguage`, and
    `WouldExpose` as `un.exchange.export` does.
    """
    circle = audience_from_name(audience)
    words = None if lang is None else next(words_in(lang))
    shown = _show(register, circle, on)
    writer = _CellWriter(shown, words)
    return {
        name: {
            column.name: list(map(writer.choose(column), getattr(shown, name)))
            for column in (*_plan_columns(cls, circle is Audience.INTERNAL), *_list_own_columns(register, cls, circle))
        }
        for name, cls in COLLECTIONS.items()
    }


def _show(register: Register, audience: Audience, on: dt.date | str | None) -> Register:
    if on is None:
        strip = Rewriter(lambda _cls, shape, _path: (lambda *_: GONE) if shape.type is Consent else None).rewrite
        bare: dict[str, Any] = {name: tuple(map(strip, getattr(register, name))) for name in COLLECTIONS}
        register = attrs.evolve(register, **bare)
    day = _NEVER if on is None else require_whole_day(on)
    if audience is not Audience.PUBLIC:
        return view(register, audience, day).register
    part, _ = filter_public(register, day)
    if not register.extensions:
        return part
    seen = view(register, audience, day).register.by_id  # an export has no own fields; the view has those for everybody
    records: dict[str, Any] = {
        name: tuple(attrs.evolve(record, extra=seen[record.id].extra) for record in getattr(part, name))
        for name in COLLECTIONS
    }
    return attrs.evolve(part, **records)


# -- the columns -------------------------------------------------------------------------------------------------------


@attrs.frozen
class _Column:
    """The name of a column, what gets its value from a record, and the type of the value, to be named if `named`."""

    name: str
    get: Callable[[Any], Any]
    type: Any = None
    named: bool = False


@functools.cache
def _plan_columns(cls: Any, internal: bool) -> tuple[_Column, ...]:
    shapes = [shape for shape in fields_of(cls) if shape.name not in _NO_COLUMNS]
    taken = {shape.name for shape in shapes}
    columns: dict[str, _Column] = {}
    for shape in sorted(shapes, key=lambda shape: (shape.name != "id", shape.name == "sources")):
        for column in _list_columns(shape, taken, internal):
            columns.setdefault(column.name, column)
    return tuple(columns.values())


def _list_columns(shape: FieldShape, taken: set[str], internal: bool) -> Iterator[_Column]:
    if not (internal or shape.required or shape.sensitivity is Sensitivity.PUBLIC):
        return
    name = shape.name
    if nested_class(shape) is None:
        yield _Column(name, attrgetter(name), shape.type)
        plain = name.removesuffix("_id")
        if shape.type in REFERENTS and plain not in (name, *taken):
            yield _Column(plain, attrgetter(name), named=True)
    elif shape.many:
        if shape.type in _PICKED:
            column, pick = _PICKED[shape.type]
            yield _Column(column, lambda record: pick(getattr(record, name)))
    else:
        for part in fields_of(nested_class(shape)):
            yield from _list_part_columns(shape, part, taken, internal)


def _list_part_columns(
    shape: FieldShape,
    part: FieldShape,
    taken: set[str],
    internal: bool,
) -> Iterator[_Column]:
    """The column of a part of what a field holds: under its own name where a record has one place and one period."""
    if nested_class(part) is None and (internal or part.sensitivity is Sensitivity.PUBLIC):
        alone = shape.type in (Place, Period) and part.name not in taken
        name, field, inner = part.name if alone else f"{shape.name}_{part.name}", shape.name, part.name
        yield _Column(name, lambda record: getattr(getattr(record, field), inner, None), part.type)


def _list_own_columns(register: Register, cls: Any, audience: Audience) -> Iterator[_Column]:
    """The own fields that are declared of a class, those that are not public for the internal audience alone."""
    for field in declare(register.extensions).list_of(cls):
        if audience is Audience.INTERNAL or field.sensitivity is Sensitivity.PUBLIC:
            yield _Column(f"{field.namespace}.{field.name}", functools.partial(_get_own_value, field))


def _get_own_value(field: DeclaredField, record: Any) -> Any:
    held = {} if record.extra is None else record.extra.to_plain()
    return held.get(field.namespace, {}).get(field.name)


def _pick_acronym(aliases: tuple[Alias, ...]) -> str | None:
    return next((alias.name for alias in aliases if alias.kind is AliasKind.ACRONYM), None)


def _pick_website(links: tuple[Link, ...]) -> str | None:
    return next((link.url for link in links if link.kind is LinkKind.WEBSITE), None)


_PICKED: Mapping[Any, tuple[str, Callable[[Any], Any]]] = {
    Alias: ("acronym", _pick_acronym),
    Citation: ("sources", lambda cited: tuple(citation.source_id for citation in cited)),
    Link: ("website", _pick_website),
}
"""Of several objects, what stands in a cell."""


@attrs.frozen
class _CellWriter:
    """Writes the values of a register in a language, or as they are."""

    register: Register
    words: Words | None

    def choose(self, column: _Column) -> Callable[[Any], Any]:
        """What writes the cell of a record in a column."""
        write = self._name if column.named else self._country if column.type is CountryCode else self._write
        return lambda record: write(column.get(record))

    def _write(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return [self._write(one) for one in value]
        if isinstance(value, Text):
            return value.best(*self._languages)
        if isinstance(value, StrEnum):
            return self.words.label(value) if self.words else value.value
        return str.__str__(value) if isinstance(value, str) else value

    def _country(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return [self._country(code) for code in value]
        return value if value is None or self.words is None else packaged().name_of(value, *self._languages)

    def _name(self, record_id: str | None) -> str | None:
        """What the record of an id is called, where it is shown and has a name."""
        record: Any = self.register.by_id.get(record_id or "")
        return self._write(getattr(record, "name", None) or getattr(record, "title", None))  # type: ignore[no-any-return]

    @property
    def _languages(self) -> tuple[str, ...]:
        return (self.words.language,) if self.words else ()
