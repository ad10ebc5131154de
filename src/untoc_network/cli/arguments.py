"""What several commands take."""

from __future__ import annotations

import argparse
import datetime as dt

from untoc_network.errors import ImpossibleValue
from untoc_network.values.dates import PartialDate

__all__ = ["a_day", "a_number", "codes", "today"]


def codes(text: str) -> tuple[str, ...]:
    """Codes of rules, apart by commas."""
    return tuple(code.strip().upper() for code in text.split(",") if code.strip())


def a_day(text: str) -> PartialDate:
    """A whole day."""
    try:
        day = PartialDate(text)
    except ImpossibleValue as problem:
        raise argparse.ArgumentTypeError(f"{text!r}: {problem}") from None
    if not day.is_exact:
        raise argparse.ArgumentTypeError(f"{text!r}: a whole day is due, such as 2022-03-28")
    return day


def a_number(text: str) -> int:
    """A whole number from 1 to 256."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(f"{text!r}: a whole number from 1 to 256 is due")
    return int(text)


def today() -> PartialDate:
    """The day it is in UTC: only the command line reads the clock."""
    return PartialDate.of(dt.datetime.now(dt.UTC).date())
