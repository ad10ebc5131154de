"""Tables of words, packaged as TOML: `words.toml` has those that name people, bodies, days and hosts in any language.

They are data so that somebody who knows the words, and no Python, can add to them; each is read when first asked for.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib import resources
from typing import Any

__all__ = [
    "get_months_by_name",
    "get_months_by_name_of_length",
    "get_word_set",
    "get_words_by_abbreviation",
    "read_word_tables",
]


@functools.cache
def read_word_tables(package: str, file: str) -> Mapping[str, Any]:
    """The tables of a TOML file that lies in a package."""
    import tomllib

    return tomllib.loads(resources.files(package).joinpath(file).read_text(encoding="utf-8"))


@functools.cache
def get_word_set(table: str) -> frozenset[str]:
    """The words of one table, folded."""
    return frozenset(_load_word_tables()[table])


@functools.cache
def get_words_by_abbreviation() -> Mapping[str, str]:
    """Words by their abbreviations and other spellings, folded."""
    return {short: word for word, shorts in _load_word_tables()["abbreviations"].items() for short in shorts}


@functools.cache
def get_months_by_name_of_length(length: str) -> Mapping[str, int]:
    """The number of each month by its folded names, those in `full` or the `short` ones."""
    return {word: number for number, month in enumerate(_load_word_tables()["months"], 1) for word in month[length]}


@functools.cache
def get_months_by_name() -> Mapping[str, int]:
    """The number of each month by its folded names, full and short."""
    return {**get_months_by_name_of_length("full"), **get_months_by_name_of_length("short")}


def _load_word_tables() -> Mapping[str, Any]:
    return read_word_tables(__package__, "words.toml")
