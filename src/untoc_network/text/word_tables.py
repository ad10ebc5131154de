"""Tables of words, packaged as TOML: `words.toml` has those that name people, bodies, days and hosts in any language.

They are data so that somebody who knows the words, and no Python, can add to them; each is read when first asked for.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib import resources
from typing import Any

__all__ = ["abbreviated_words", "month_numbers", "month_words", "read_word_tables", "word_set"]


@functools.cache
def read_word_tables(package: str, file: str) -> Mapping[str, Any]:
    """The tables of a TOML file that lies in a package."""
    import tomllib

    return tomllib.loads(resources.files(package).joinpath(file).read_text(encoding="utf-8"))


@functools.cache
def word_set(table: str) -> frozenset[str]:
    """The words of one table, folded."""
    return frozenset(_tables()[table])


@functools.cache
def abbreviated_words() -> Mapping[str, str]:
    """Words by their abbreviations and other spellings, folded."""
    return {short: word for word, shorts in _tables()["abbreviations"].items() for short in shorts}


@functools.cache
def month_words(length: str) -> Mapping[str, int]:
    """The number of each month by its folded names, those in `full` or the `short` ones."""
    return {word: number for number, month in enumerate(_tables()["months"], 1) for word in month[length]}


@functools.cache
def month_numbers() -> Mapping[str, int]:
    """The number of each month by its folded names, full and short."""
    return {**month_words("full"), **month_words("short")}


def _tables() -> Mapping[str, Any]:
    return read_word_tables(__package__, "words.toml")
