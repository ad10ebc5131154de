"""What several commands take."""

from __future__ import annotations

import argparse
import datetime as dt
import re

from untoc_network.app.settings import find_configuration
from untoc_network.diagnostics.errors import ImpossibleValue, UnknownLanguage
from untoc_network.i18n.language import LANGUAGES, words_in
from untoc_network.model.register import Register
from untoc_network.serializers import files
from untoc_network.serializers.source.limits import Limits
from untoc_network.values.dates import PartialDate

__all__ = ["a_day", "a_number", "add_language", "add_large", "codes", "languages_of", "limits_of", "load", "today"]


def codes(text: str) -> tuple[str, ...]:
    """Codes of rules, apart by commas."""
    return tuple(code.strip().upper() for code in text.split(",") if code.strip())


def a_day(text: str) -> PartialDate:
    """A whole day."""
    try:
        day = PartialDate(text)
    except ImpossibleValue as problem:
        raise argparse.ArgumentTypeError(f"{text!r}: {problem}{_meant(text)}") from None
    if not day.is_exact:
        raise argparse.ArgumentTypeError(f"{text!r}: a whole day is due, such as 2022-03-28")
    return day


def _meant(text: str) -> str:
    """The question whether a day was meant that is written in another way, where that has one reading only."""
    numbers = re.fullmatch(r"(\d{4})[-./ ]?(\d{1,2})[-./ ]?(\d{1,2})|(\d{1,2})\.(\d{1,2})\.(\d{4})", text.strip())
    if numbers is None:
        return ""
    year, month, day = numbers.group(1, 2, 3) if numbers[1] else numbers.group(6, 5, 4)
    try:
        return f"; did you mean '{dt.date(int(year), int(month), int(day))}'?"
    except ValueError:
        return ""


def add_large(parser: argparse.ArgumentParser) -> None:
    """Add the switch that raises the limits of the readers."""
    parser.add_argument("--large", action="store_true", help="read beyond the usual limits: only what you trust")


def limits_of(chosen: argparse.Namespace) -> Limits:
    """The limits that were chosen."""
    return Limits.large() if chosen.large else Limits()


def load(chosen: argparse.Namespace, path: str, *, form: str | None = None) -> Register:
    """A register as it was asked for; it is remembered, so that a mistaken id can be answered with the nearest."""
    register = files.load(path, form=form, limits=limits_of(chosen))
    chosen.registers = (*getattr(chosen, "registers", ()), register)
    return register


def a_number(text: str) -> int:
    """A whole number from 1 to 256."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(f"{text!r}: a whole number from 1 to 256 is due")
    return int(text)


def add_language(parser: argparse.ArgumentParser) -> None:
    """Add `--lang` to a command."""
    spoken = ", ".join(LANGUAGES)
    parser.add_argument(
        "--lang",
        type=languages,
        default=(),
        metavar="LANGS",
        help=f"the language to speak: {spoken}; several, the wanted one first: pt,es",
    )


def languages(text: str) -> tuple[str, ...]:
    """Tags of languages, apart by commas."""
    tags = tuple(tag.strip() for tag in text.split(",") if tag.strip())
    try:
        return tuple(words.language for words in words_in(*tags))
    except UnknownLanguage as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None


def languages_of(chosen: argparse.Namespace) -> tuple[str, ...]:
    """The languages that the command line asks for, else those that the project in this folder settles."""
    return chosen.lang or find_configuration(".").lang


def today() -> PartialDate:
    """The day it is in UTC: only the command line reads the clock."""
    return PartialDate.of(dt.datetime.now(dt.UTC).date())
