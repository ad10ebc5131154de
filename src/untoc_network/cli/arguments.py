"""What several commands take."""

from __future__ import annotations

import argparse
import datetime as dt

from untoc_network.errors import ImpossibleValue
from untoc_network.formats.limits import Limits
from untoc_network.values.dates import PartialDate

__all__ = ["a_day", "add_large", "codes", "limits_of", "today"]


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


def add_large(parser: argparse.ArgumentParser) -> None:
    """Add the switch that raises the limits of the readers."""
    parser.add_argument("--large", action="store_true", help="read beyond the usual limits: only what you trust")


def limits_of(chosen: argparse.Namespace) -> Limits:
    """The limits that were chosen."""
    return Limits.large() if chosen.large else Limits()


def today() -> PartialDate:
    """The day it is in UTC: only the command line reads the clock."""
    return PartialDate.of(dt.datetime.now(dt.UTC).date())
