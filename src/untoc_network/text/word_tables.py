"""Tables of words, packaged as TOML: `words.toml` has those that name people, bodies, days and hosts in any language.

They are data so that somebody who knows the words, and no Python, can add to them; each is read when first asked for.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib import resources
from typing import Any

__all__ = ["month_numbers", "month_words", "read_word_tables"]


@functools.cache
def read_word_tables(package: str, file: str) -> Mapping[str, Any]:
    """The tables of a TOML file that lies in a package."""
    import tomllib

    return tomllib.loads(resources.files(package).joinpath(file).read_text(encoding="utf-8"))


def month_words(length: str) -> tuple[tuple[str, ...], ...]:
    """What each month is called, folded, in `full` or `short`."""
    return tuple(tuple(month[length]) for month in _tables()["months"])


@functools.cache
def month_numbers() -> Mapping[str, int]:
    """The number of each month by its folded names, full and short."""
    both = zip(month_words("full"), month_words("short"), strict=True)
    return {word: number for number, (full, short) in enumerate(both, 1) for word in (*full, *short)}


def _tables() -> Mapping[str, Any]:
    return read_word_tables(__package__, "words.toml")
