"""Dates in local forms: in words, or in numbers whose order is given or can be only one; never guessed."""

from __future__ import annotations

import re

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.serializers.member_lists.parsed_cell import NOT_UNDERSTOOD, ParsedCell
from untoc_network.serializers.member_lists.words import MONTHS
from untoc_network.text.folding import fold
from untoc_network.values.dates import PartialDate

__all__ = ["parse_date"]

_NUMBERS = re.compile(r"([0-9]{1,4})[./ -]([0-9]{1,2})[./ -]([0-9]{4}|[0-9]{1,2})")
_MONTH_AND_YEAR = re.compile(r"(?:([0-9]{1,2})(?:st|nd|rd|th|er|º|°)?\s)?\s*([a-z]+)\s([0-9]{4})")
_MONTH_FIRST = re.compile(r"([a-z]+)\s([0-9]{1,2})(?:st|nd|rd|th)?\s([0-9]{4})")
_SHORT = re.compile(r"([0-9]{1,2})[./-]([0-9]{4})")
_FILLERS = re.compile(r"\b(?:de|del|of|do|da)\b|,|\.")


def parse_date(text: str, order: str | None) -> ParsedCell:
    """A date in ISO's form, in words, or in numbers whose order is given or can be only one."""
    try:
        return ParsedCell(values=(PartialDate(text),))
    except ImpossibleValue:
        pass
    numbers = _NUMBERS.fullmatch(text)
    if numbers:
        return _parse_numbers(numbers.groups(), order)
    short = _SHORT.fullmatch(text)
    return _decide([_make_date(short[2], short[1])]) if short else _parse_words(text)


def _parse_numbers(numbers: tuple[str, ...], order: str | None) -> ParsedCell:
    """A date of three numbers; a year of two digits is never completed."""
    orders = [order] if order else ["ymd"] if len(numbers[0]) > 2 else ["dmy", "mdy"]
    named = [dict(zip(each, numbers, strict=True)) for each in orders]
    return _decide([_make_date(one["y"], one["m"], one["d"]) for one in named])


def _parse_words(text: str) -> ParsedCell:
    plain = " ".join(_FILLERS.sub(" ", _fold_words(text)).split())
    if found := _MONTH_AND_YEAR.fullmatch(plain):
        day, month, year = found.groups()
    elif found := _MONTH_FIRST.fullmatch(plain):
        month, day, year = found.groups()
    else:
        return NOT_UNDERSTOOD
    number = MONTHS.get(month)
    parts = [year, str(number), *([day] if day else [])]
    return NOT_UNDERSTOOD if number is None else _decide([_make_date(*parts)])


def _fold_words(text: str) -> str:
    return " ".join(fold(word) if word.isalpha() else word.casefold() for word in re.split(r"\s+", text))


def _make_date(year: str, *rest: str) -> PartialDate | None:
    try:
        return PartialDate("-".join((year, *(number.zfill(2) for number in rest))))
    except ImpossibleValue:
        return None


def _decide(read: list[PartialDate | None]) -> ParsedCell:
    days = {day for day in read if day is not None}
    if len(days) == 1:
        return ParsedCell(values=tuple(days))
    return ParsedCell(is_complete=False, is_ambiguous=len(days) > 1)
