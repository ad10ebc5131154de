"""What a cell of a workbook shows: its value in its format, for a month is stored as its first day.

Only what the format says of the value is looked at: which parts of a date, how many digits, per cent. Colours,
currencies and how a date is laid out say nothing that is not in the value.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from decimal import Decimal
from typing import Any

__all__ = ["show_value"]

_MIDNIGHT = dt.time()
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DIGITS = re.compile(r"[(+]?[0#][0#\-\s()/+.]*0|0")
_MOST_DIGITS = 30


def show_value(value: Any, number_format: str) -> str:
    """A value as text: days as ISO writes them, months and years without a day, numbers with their digits."""
    if isinstance(value, dt.datetime | dt.date):
        return _show_date(value, number_format)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return _show_number(value, number_format)


def _show_date(value: dt.date, number_format: str) -> str:
    parts = _find_date_parts(number_format)
    if isinstance(value, dt.datetime):
        if value.time() != _MIDNIGHT:
            return value.isoformat(sep=" ")
        value = value.date()
    if parts == "y":
        return f"{value.year:04}"
    if parts == "my":
        return f"{value.year:04}-{value.month:02}"
    return f"{value.day} {value:%B}" if parts == "dm" else value.isoformat()


@functools.lru_cache(maxsize=1000)
def _find_date_parts(number_format: str) -> str:
    """The letters of what a format of dates shows: day, month, year."""
    first = _QUOTED.sub("", number_format.lower()).partition(";")[0]
    return "".join(sorted({*first} & {*"dmy"})) if not {*first} & {*"hs"} else "dmy"


def _show_number(value: float, number_format: str) -> str:
    pattern = _QUOTED.sub(lambda found: found[0][1:] if found[0][0] == "\\" else "", number_format).partition(";")[0]
    if "%" in pattern:
        return f"{_show_plainly(float(Decimal(repr(value)) * 100))}%"
    places = pattern.strip()
    is_digits = _DIGITS.fullmatch(places) and "." not in places and len(places) <= _MOST_DIGITS
    if is_digits and places.count("0") > 1 and value >= 0 and float(value).is_integer():
        return _fill_digits(str(int(value)), places)
    return _show_plainly(value)


def _fill_digits(digits: str, places: str) -> str:
    """The digits in their places, from the right; what is too long stands before them."""
    left, shown = list(digits), ""
    for place in reversed(places):
        if place not in "0#":
            shown = place + shown
        elif left or place == "0":
            shown = (left.pop() if left else "0") + shown
    whole = "".join(left) + shown
    return whole if sum(map(str.isdigit, whole)) >= len(re.findall("[0#]", places)) else whole.lstrip(" -/().+")


def _show_plainly(value: float) -> str:
    """A number as people write it: whole ones without a point, others without the dust of binary fractions."""
    if isinstance(value, int) or value.is_integer():
        return str(int(value))
    return f"{value:.15g}"
