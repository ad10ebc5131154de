"""Hypothesis strategies for every class of the model, made from the classes themselves."""

from __future__ import annotations

import datetime as dt
import functools
import re
import zlib
import zoneinfo
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

import attrs
from hypothesis import strategies as st

from untoc_network.model.accreditation import Vote
from untoc_network.model.register import COLLECTIONS, REFERENTS, SIDE_TABLES, Redirect, Register
from untoc_network.values import ids_and_codes as ids
from untoc_network.values.dates import Ending, Instant, PartialDate, Period
from untoc_network.values.extra import Extra
from untoc_network.values.fields import FieldShape, fields_of
from untoc_network.values.multilingual_text import Text
from untoc_network.values.self_checked_classes import TEXT_FORMS
from untoc_network.values.stated_count import Count

__all__ = ["objects", "registers", "values"]


def _make_slug_of_number(number: int) -> str:
    """A number as a slug: its digits to the base of 36, with a hyphen where an x, y or z stands between others."""
    digits = ""
    while number or not digits:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return re.sub(r"(?<=[0-9a-w])[xyz]+(?=[0-9a-w])", "-", digits)


_SLUGS = st.integers(0, 36**6 - 1).map(_make_slug_of_number)
"""Slugs of one to six characters; one number is far cheaper to draw than what a regular expression describes."""

_LETTERS = st.characters(codec="utf-8", categories=("L", "M", "N", "P", "S", "Zs"))
_WORDS = st.text(_LETTERS, min_size=1, max_size=12)
_MOST_ITEMS = 2
_MOST_OBJECTS = 1
"""Objects hold objects: with more of them, registers outgrow what Hypothesis can draw and shrink."""
_COUNTING = (Count, Vote)
"""Classes whose numbers cannot be negative."""
_COUNTS = st.integers(0, 10**6)
_WAYS = 3**10
_NUMBERS = st.integers(0, _WAYS - 1)
"""Below 2**24 Hypothesis prefers no numbers but the smallest and largest."""
_LANGUAGES = ("en", "es", "fr", "pt", "ht", "qu", "pt-BR", "zh-Hant", "es-419", "und")
_ZONES = ("Europe/Vienna", "America/Panama", "Pacific/Apia", "Asia/Kathmandu")


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Values of one of the small types: `values(PartialDate)`, `values(Text)`, `values(CountryCode)` and so on."""
    if hint in TEXT_FORMS:
        return _make_text_form_strategy(hint)
    if attrs.has(hint):
        return objects(hint)
    if issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    plain: st.SearchStrategy[Any] = _PLAIN[hint]()
    return plain


@functools.cache
def objects(cls: Any) -> st.SearchStrategy[Any]:
    """Objects of one model class: `objects(Event)`. Each is possible in itself; what it refers to need not exist."""
    if cls is Period:
        return _draw_period()
    is_counting = cls in _COUNTING
    return _draw_object(
        cls, [(shape, _COUNTS if is_counting and shape.type is int else values(shape.type)) for shape in fields_of(cls)]
    )


@st.composite
def _draw_object(draw: st.DrawFn, cls: Any, fields: Sequence[tuple[FieldShape, st.SearchStrategy[Any]]]) -> Any:
    """One number says which optional fields are there, and how many items of others: each draw of its own is dear."""
    given: dict[str, Any] = {}
    number, ways = 0, 1
    for shape, one in fields:
        if not shape.many and not shape.optional:
            given[shape.name] = draw(one)
            continue
        most = 1 if not shape.many else _MOST_OBJECTS if attrs.has(shape.type) else _MOST_ITEMS
        if ways <= most:
            number, ways = draw(_NUMBERS), _WAYS
        number, size = divmod(number, most + 1)
        ways //= most + 1
        if shape.many:
            given[shape.name] = tuple(draw(one) for _ in range(size))
        elif size:
            given[shape.name] = draw(one)
    return cls(**given)


@st.composite
def registers(draw: st.DrawFn, *, most: int = 2) -> Register:
    """Registers with at most `most` records a collection, unique ids and references that all lead somewhere."""
    kinds = len(COLLECTIONS)
    names = draw(st.lists(values(ids.RecordId), unique=True, min_size=kinds, max_size=most * kinds))
    homes = {name: names[position::kinds] for position, name in enumerate(COLLECTIONS)}
    collections: dict[str, Any] = {
        name: tuple(
            attrs.evolve(_redirect_references(draw(objects(cls)), homes), id=record_id) for record_id in homes[name]
        )
        for name, cls in COLLECTIONS.items()
    }
    frame: dict[str, Any] = {
        shape.name: draw(st.none() | values(shape.type)) for shape in fields_of(Register) if shape.optional
    }
    old_ids = draw(st.sets(values(ids.RecordId), max_size=1)) - set(names)
    redirects = tuple(Redirect(old_id=old, new_id=draw(st.sampled_from(names))) for old in old_ids)
    remembered: dict[str, Any] = {
        name: tuple(draw(st.lists(objects(cls), max_size=1)))
        for name, cls in SIDE_TABLES.items()
        if cls is not Redirect
    }
    return Register(**collections, redirects=redirects, **remembered, **frame)


def _redirect_references(held: Any, homes: Mapping[str, list[str]]) -> Any:
    """The same object with every reference leading to one of the ids at home where it may lead."""
    changes: dict[str, Any] = {}
    for shape in fields_of(held.__class__):
        value = getattr(held, shape.name)
        if value is None or (shape.type not in REFERENTS and not attrs.has(shape.type)) or shape.name == "id":
            continue
        led = functools.partial(_redirect_value, shape.type, homes)
        changes[shape.name] = tuple(map(led, value)) if shape.many else led(value)
    return attrs.evolve(held, **changes)


def _redirect_value(hint: Any, homes: Mapping[str, list[str]], value: Any) -> Any:
    if attrs.has(hint):
        return _redirect_references(value, homes)
    known = [record_id for name in REFERENTS[hint] for record_id in homes[name]]
    return known[zlib.crc32(value.encode()) % len(known)]


def _make_text_form_strategy(hint: Any) -> st.SearchStrategy[str]:
    if hint is ids.CountryCode:
        return st.sampled_from([f"X{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"])
    if hint is ids.LanguageTag:
        return st.sampled_from(_LANGUAGES)
    if hint is ids.Url:
        return _SLUGS.map(lambda slug: f"https://{slug}.example.org/{slug.replace('-', '/')}")
    return _SLUGS


def _make_partial_date(number: int) -> PartialDate:
    """The day of a number, known whole, by its month or by its year alone."""
    day, known = divmod(number, 3)
    return PartialDate(dt.date.fromordinal(day + 1).isoformat()[: (4, 7, 10)[known]])


_PARTIAL_DATES = st.integers(0, 3 * dt.date.max.toordinal() - 1).map(_make_partial_date)


@st.composite
def _draw_instant(draw: st.DrawFn) -> Instant:
    moment = draw(st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2060, 1, 1), timezones=st.just(dt.UTC)))  # noqa: DTZ001
    zone = draw(st.sampled_from((None, *_ZONES)))
    local = moment.replace(microsecond=0).astimezone(zoneinfo.ZoneInfo(zone) if zone else dt.UTC)
    return Instant(f"{local.isoformat()}[{zone}]" if zone else local.isoformat())


@st.composite
def _draw_period(draw: st.DrawFn) -> Period:
    ends = sorted(draw(st.tuples(_PARTIAL_DATES, _PARTIAL_DATES)))
    start = draw(st.sampled_from([None, ends[0]]))
    end = draw(st.sampled_from([None, ends[1]]))
    return Period(start=start, end=end, ending=None if end else draw(st.sampled_from([None, *Ending])))


@st.composite
def _draw_text(draw: st.DrawFn) -> Text:
    first, second = divmod(draw(st.integers(0, 2 * len(_LANGUAGES) ** 2 - 1)), 2 * len(_LANGUAGES))
    languages = {_LANGUAGES[first], _LANGUAGES[second]} if second < len(_LANGUAGES) else {_LANGUAGES[first]}
    return Text({language: draw(_WORDS) for language in sorted(languages)})


_OWN_NAMES = st.sampled_from(["coalition", "fee", "member-no", "tags", "x_1"])


@functools.cache
def draw_extra() -> st.SearchStrategy[Any]:
    """Fields of one's own as a file has them: texts, whole numbers, true and false, lists and objects of these."""
    scalars = _WORDS | st.integers(-(10**15) + 1, 10**15 - 1) | st.booleans()
    held = st.lists(scalars, min_size=1, max_size=2) | st.dictionaries(_OWN_NAMES, scalars, min_size=1, max_size=2)
    fields = st.dictionaries(_OWN_NAMES, scalars | held, min_size=1, max_size=2)
    return st.dictionaries(_OWN_NAMES, fields, min_size=1, max_size=1).map(Extra)


_PLAIN: Mapping[Any, Any] = {
    str: lambda: _WORDS,
    int: lambda: st.integers(-(10**15) + 1, 10**15 - 1),
    bool: st.booleans,
    PartialDate: lambda: _PARTIAL_DATES,
    Instant: _draw_instant,
    Extra: draw_extra,
    Text: _draw_text,
}
