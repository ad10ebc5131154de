"""Dates as people and spreadsheets write them into cells, and the order of day and month that a column has as a whole.

A day is read where it can be one only: from ISO's form, from words, from numbers in an order that is given or the only
possible one. A year of two digits is never completed, and a number of days, as spreadsheets store dates, is not read.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.serializers.member_lists.parsed_cell import NOT_UNDERSTOOD, CellParser, ParsedCell
from untoc_network.serializers.member_lists.vocabulary import words_of_dates
from untoc_network.text.folding import fold
from untoc_network.text.word_tables import get_months_by_name
from untoc_network.values.dates import PartialDate

__all__ = ["MIXED", "find_date_order", "make_date_parser", "parse_date"]

_LONGEST = 60
"""The most letters of a date with all that may stand beside it; a longer text is not looked through."""
_TIME = re.compile(
    r"(?:T|\s+|,\s*)([0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?)(?:\s?[ap]\.?\s?m\.?)?"
    r"\s?(?:Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?",
    re.IGNORECASE,
)
_MIDNIGHT = re.compile(r"[0:.,]+")
_NUMBERS = re.compile(r"([0-9]{1,4})[./ -]([0-9]{1,2})[./ -]([0-9]{4}|[0-9]{1,2})")
_FORMS = (
    re.compile(r"(?P<y>[0-9]{4})(?:[.,]0{1,2})?"),
    re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})"),
    re.compile(r"(?P<m>[0-9]{1,2})[./ -](?P<y>[0-9]{4})"),
    re.compile(r"(?P<y>(?:19|20)[0-9]{2})(?P<m>[01][0-9])(?P<d>[0-3][0-9])"),
)
"""A year, as a number too; a month and a year; ISO's form without hyphens."""
_DAYS_OF_SPREADSHEET = re.compile(r"[1-6][0-9]{4}(?:[.,][0-9]+)?")
_FIRST_DAY = dt.date(1899, 12, 30)
"""The day before the first one of spreadsheets, which hold 1900 for a leap year."""
_WORD = re.compile(r"[^\W\d_]+|[0-9]+")
_SIGNS = re.compile(r"[\s./,\-\u2010-\u2015]+")
_ORDINAL = re.compile(r"(?:st|nd|rd|th|er|ro|do|o|a|\u00ba|\u00aa|\u00b0)?")


def make_date_parser(*tables: str) -> CellParser:
    """What parses a date behind words of these tables: `desde 1999` is a first day, and none of any other kind."""
    return functools.partial(_parse_date_behind_words, tables)


def parse_date(text: str, order: str | None) -> ParsedCell:
    """A date in ISO's form, in words, or in numbers whose order is given or can be only one."""
    return _parse_date_behind_words((), text, order)


def _parse_date_behind_words(tables: tuple[str, ...], text: str, order: str | None) -> ParsedCell:
    if len(text.strip()) > _LONGEST:
        return NOT_UNDERSTOOD
    return _parse_day_and_time(_strip_words_before(tables, text), order)


def _strip_words_before(tables: Iterable[str], text: str) -> str:
    core = text.strip().rstrip(".")
    skipped = words_of_dates("before").union(*map(words_of_dates, tables))
    while (found := _WORD.match(core)) and fold(found[0]) in skipped and core[found.end() :].strip(" :.-"):
        core = core[found.end() :].lstrip(" :.-")
    return core


def _parse_day_and_time(text: str, order: str | None) -> ParsedCell:
    """A day, with the time that may stand behind it; a time that is not midnight is told to be left out."""
    time = next((found for found in _TIME.finditer(text) if found.end() == len(text) and found.start()), None)
    day = _parse_day(text[: time.start()] if time else text, order)
    if time is None or not day.values or _MIDNIGHT.fullmatch(time[1]):
        return day
    return attrs.evolve(day, guess="time-left-out")


def _parse_day(text: str, order: str | None) -> ParsedCell:
    if numbers := _NUMBERS.fullmatch(text):
        return _parse_numeric_date(numbers.groups(), order)
    if _DAYS_OF_SPREADSHEET.fullmatch(text):
        day = (_FIRST_DAY + dt.timedelta(days=int(re.split("[.,]", text)[0]))).isoformat()
        return ParsedCell(is_complete=False, remedy="format-as-date", day=day)
    for form in _FORMS:
        if found := form.fullmatch(text):
            named = found.groupdict()
            parts = (named[part] for part in ("y", "m", "d") if named.get(part))
            return _choose_only_date([_make_date(*parts)])
    return _parse_date_in_words(text)


def _parse_numeric_date(numbers: tuple[str, ...], order: str | None) -> ParsedCell:
    """A date of three numbers; a year of two digits is never completed."""
    orders = ["ymd"] if len(numbers[0]) > 2 else [order] if order else ["dmy", "mdy"]
    named = [dict(zip(each, numbers, strict=True)) for each in orders]
    return _choose_only_date([_make_date(one["y"], one["m"], one["d"]) for one in named])


def _parse_date_in_words(text: str) -> ParsedCell:
    """A month by its name and a year of four digits, with a day or without, in any order."""
    days, months, years = list[str](), list[str](), list[str]()
    for word in _split_words(text):
        if word in get_months_by_name():
            months.append(str(get_months_by_name()[word]))
        elif word.isascii() and word.isdigit() and len(word) in (1, 2, 4):
            (years if len(word) == 4 else days).append(word)
        else:
            return NOT_UNDERSTOOD
    if len(months) != 1 or len(years) != 1 or len(days) > 1:
        return NOT_UNDERSTOOD
    return _choose_only_date([_make_date(*years, *months, *days)])


def _split_words(text: str) -> list[str]:
    """The words and numbers of a date, folded; an ordinal as its number, small words and days of the week left out."""
    words = []
    for part in _SIGNS.split(text):
        number = re.match(r"[0-9]{1,2}(?![0-9])", part)
        if number and _ORDINAL.fullmatch(part[number.end() :].casefold()):
            words.append(number[0])
        elif (word := fold(part)) and word not in words_of_dates("within"):
            words.append(word)
    return words


def _make_date(year: str, *rest: str) -> PartialDate | None:
    try:
        return PartialDate("-".join((year, *(number.zfill(2) for number in rest))))
    except ImpossibleValue:
        return None


def _choose_only_date(read: list[PartialDate | None]) -> ParsedCell:
    days = {day for day in read if day is not None}
    if len(days) == 1:
        return ParsedCell(values=tuple(days))
    return ParsedCell(is_complete=False, is_ambiguous=len(days) > 1)


# -- the order of a column -------------------------------------------------------------------------------------------

MIXED = "mixed"
"""Of a column in which some dates have the day first, and others the month."""


def find_date_order(texts: Iterable[str]) -> str | None:
    """The order that the dates of a column show: `dmy` or `mdy`, where some can be read in one way only.

    `MIXED` where some have the one order and some the other, None where no date tells, or none needs it.
    """
    orders, is_needed = set[str](), False
    for text in texts:
        core = _TIME.sub("", _strip_words_before(("first", "last"), text[:_LONGEST]))
        numbers = _NUMBERS.fullmatch(core)
        if numbers is None or len(numbers[3]) != 4:
            continue
        if parse_date(core, None).is_ambiguous:
            is_needed = True
        else:
            fitting = [order for order in ("dmy", "mdy") if parse_date(core, order).values]
            orders.update(fitting if len(fitting) == 1 else ())
    if len(orders) > 1:
        return MIXED
    return next(iter(orders), None) if is_needed else None
