"""What commands take, each option declared once: its name, its help, and what its value has to be."""

from __future__ import annotations

import argparse
import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from untoc_network.app.project_settings import Configuration, find_configuration, load_configuration
from untoc_network.cli.language_choice import VARIABLE, list_spoken_languages
from untoc_network.cli.parser import print_note
from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.diagnostics.errors import ImpossibleValue, UnknownLanguage, UnusableConfiguration
from untoc_network.i18n.language_words import LANGUAGES, choose_interface_words, words_in
from untoc_network.model.extension import Extension
from untoc_network.model.register import Register
from untoc_network.serializers import files
from untoc_network.serializers.registry import REGISTER_FORMATS
from untoc_network.serializers.source.limits import Limits
from untoc_network.serializers.structure.own_fields import report_undeclared
from untoc_network.values.consent_and_contact import Audience
from untoc_network.values.dates import PartialDate

__all__ = [
    "add_options",
    "get_day",
    "get_extensions",
    "get_languages",
    "get_limits",
    "get_settings",
    "load",
    "parse_codes",
    "parse_count",
    "parse_jobs",
    "parse_names",
    "tell_undeclared_own_fields",
]


def add_options(parser: argparse._ActionsContainer, wanted: str, **instead: Any) -> None:
    """Add the options of these names, apart by spaces; `instead` is what a command says otherwise of all of them."""
    for name in wanted.split():
        flags, settings = _OPTIONS[name]
        settings = {**settings, **instead}
        if instead.get("default"):
            settings["help"] = f"{settings['help']} (%(default)s)"
        parser.add_argument(*flags, **settings)


def parse_names(text: str) -> tuple[str, ...]:
    """Names, apart by commas."""
    return tuple(name.strip() for name in text.split(",") if name.strip())


def parse_codes(text: str) -> tuple[str, ...]:
    """Codes of rules, apart by commas."""
    return parse_names(text.upper())


def _parse_day(text: str) -> PartialDate:
    """A whole day."""
    try:
        day = PartialDate(text)
    except ImpossibleValue as problem:
        raise argparse.ArgumentTypeError(f"{text!r}: {problem}{_suggest_day(text)}") from None
    if not day.is_exact:
        raise argparse.ArgumentTypeError(f"{text!r}: expected a whole day, such as 2022-03-28")
    return day


def _suggest_day(text: str) -> str:
    """The question whether a day was meant that is written in another way, where that has one reading only."""
    numbers = re.fullmatch(r"(\d{4})[-./ ]?(\d{1,2})[-./ ]?(\d{1,2})|(\d{1,2})\.(\d{1,2})\.(\d{4})", text.strip())
    if numbers is None:
        return ""
    year, month, day = numbers.group(1, 2, 3) if numbers[1] else numbers.group(6, 5, 4)
    try:
        return f"; did you mean '{dt.date(int(year), int(month), int(day))}'?"
    except ValueError:
        return ""


def parse_count(text: str) -> int:
    """A whole number from 1."""
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r}: expected a whole number from 1")
    return int(text)


def parse_jobs(text: str) -> int:
    """A whole number from 1 to 256."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(f"{text!r}: expected a whole number from 1 to 256")
    return int(text)


def _parse_languages(text: str) -> tuple[str, ...]:
    """Tags of languages, apart by commas."""
    try:
        return tuple(words.language for words in words_in(*parse_names(text)))
    except UnknownLanguage as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None


_FORMATS = tuple(REGISTER_FORMATS)
_OPTIONS: Mapping[str, tuple[tuple[str, ...], Mapping[str, Any]]] = {
    "register": (("register",), {"metavar": "REGISTER", "help": "a register; - is standard input"}),
    "output": (
        ("-o", "--output"),
        {"metavar": "FILE", "help": "write to this file; - is standard output, as is none"},
    ),
    "format": (("--format",), {"help": "form of what is told"}),
    "from": (
        ("--from",),
        {"dest": "from_form", "choices": _FORMATS, "help": "the format read (by the suffix)"},
    ),
    "to": (
        ("--to",),
        {"dest": "to_form", "choices": _FORMATS, "help": "the format written (by the suffix)"},
    ),
    "on": (("--on",), {"type": _parse_day, "metavar": "DATE", "help": "the day to judge on (today, UTC)"}),
    "country": (("--country",), {"metavar": "NAME", "help": "a country by any name or code"}),
    "audience": (
        ("--audience",),
        {"choices": tuple(Audience), "metavar": "CIRCLE", "help": "who is to see it: %(choices)s"},
    ),
    "report": (("--report",), {"metavar": "FILE", "help": "write the findings to this file"}),
    "all": (("--all",), {"action": "store_true", "help": "tell each finding, not five of a kind"}),
    "redactions": (("--redactions",), {"metavar": "FILE", "help": "write what was left out and why, without values"}),
    "lang": (
        ("--lang",),
        {
            "type": _parse_languages,
            "default": (),
            "metavar": "LANGS",
            "help": f"the language to speak: {', '.join(LANGUAGES)}; several, the wanted one first: pt,es",
        },
    ),
    "no-color": (("--no-color",), {"action": "store_true", "help": "no colours, as with NO_COLOR set"}),
    "config": (
        ("--config",),
        {
            "metavar": "FILE",
            "help": "settings; else untoc-network.toml or [tool.untoc-network] of pyproject.toml in this folder",
        },
    ),
    "large": (("--large",), {"action": "store_true", "help": "read beyond the usual limits: only what you trust"}),
}
"""Every option that several commands take, by its name: the words for it, and its settings."""


def get_limits(chosen: argparse.Namespace) -> Limits:
    """The limits that were chosen."""
    return Limits.large() if chosen.large else Limits()


def load(chosen: argparse.Namespace, path: str, *, form: str | None = None) -> Register:
    """A register as it was asked for; it is remembered, so that a mistaken id can be answered with the nearest."""
    register = files.load(path, form=form, limits=get_limits(chosen), extensions=get_extensions(chosen))
    chosen.registers = (*getattr(chosen, "registers", ()), register)
    return register


def tell_undeclared_own_fields(chosen: argparse.Namespace, register: Register) -> None:
    """Say which own fields nobody declared: what they hold is looked for in no other text, so it may leave in one."""
    for finding in report_undeclared(register):
        told = choose_interface_words(*get_languages(chosen)).ui("own-fields-not-sought", **dict(finding.params))
        print_note(escape_unprintable(told))


def get_languages(chosen: argparse.Namespace) -> tuple[str, ...]:
    """The languages that the command line or its environment asks for, else those that the project settles.

    Raises `UnusableConfiguration` where the environment asks for one that is not spoken.
    """
    languages = chosen.lang or list_spoken_languages()
    try:
        return tuple(words.language for words in words_in(*languages))
    except UnknownLanguage as problem:
        raise UnusableConfiguration(f"{VARIABLE}: {problem}") from None


def get_settings(chosen: argparse.Namespace) -> Configuration:
    """The settings that were named, else those of this folder; that code of the project will run for them is told."""
    settings = load_configuration(chosen.config) if chosen.config else find_configuration(".")
    if settings.rules_from:
        print_note(f"the settings add the rules of {escape_unprintable(settings.rules_from)}, whose code runs")
    return settings


def get_extensions(chosen: argparse.Namespace) -> tuple[Extension, ...]:
    """The own fields that the settings declare: those that were named, else those of this folder."""
    named = getattr(chosen, "config", None)
    return (load_configuration(named) if named else find_configuration(".")).extensions


def get_day(chosen: argparse.Namespace) -> PartialDate:
    """The day that was asked for, else the day it is in UTC: only the command line reads the clock."""
    return chosen.on or PartialDate.of(dt.datetime.now(dt.UTC).date())
