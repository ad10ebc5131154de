"""Words that are the name of a country and something else too: when such a word names the country, as a table.

`turkey` in small letters is a bird, `Turkey` a country, `Mr Jordan` a person, `in French` a language, `New Mexico` no
country at all. What cannot be told from the words next to it is possible, not sure.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from enum import IntEnum
from typing import Any

import attrs

from untoc_network.text.word_tables import read_word_tables

__all__ = [
    "Ambiguity",
    "MentionLevel",
    "load_ambiguities",
    "load_other_names",
    "load_parts",
    "load_phrases_elsewhere",
]


class MentionLevel(IntEnum):
    """Whether words name a country."""

    NO = 0
    POSSIBLE = 1
    SURE = 2


@attrs.frozen(kw_only=True)
class Ambiguity:
    """How sure a homograph is in small letters, and with a capital: there, anywhere and in four circumstances.

    It opens a sentence; it stands after a capitalised word, a title or an initial; it stands before a capitalised
    word; it is shouted, all in capitals beside another such word. Where several hold, the least sure counts.
    """

    small: MentionLevel = MentionLevel.SURE
    capital: MentionLevel = MentionLevel.SURE
    opening: MentionLevel = MentionLevel.SURE
    after_a_name: MentionLevel = MentionLevel.SURE
    before_a_name: MentionLevel = MentionLevel.SURE
    shouted: MentionLevel = MentionLevel.SURE


@functools.cache
def load_ambiguities() -> Mapping[str, Ambiguity]:
    """The homographs with what is done with each."""
    return {
        word: Ambiguity(**{name: MentionLevel[level.upper()] for name, level in row.items() if name != "words"})
        for row in _load_toml_tables()["homographs"]
        for word in row["words"]
    }


def load_other_names() -> Mapping[str, list[str]]:
    """Names that the tables give to one country and that usage gives to another as well, by its code."""
    names: Mapping[str, list[str]] = _load_toml_tables()["also"]
    return names


def load_parts() -> Mapping[str, list[str]]:
    """Names of countries within a country, and names that need their article, by its code."""
    names: Mapping[str, list[str]] = _load_toml_tables()["parts"]
    return names


def load_phrases_elsewhere() -> list[str]:
    """Phrases that hold the name of a country and name none: seas, rivers, places elsewhere, things."""
    phrases: list[str] = _load_toml_tables()["elsewhere"]
    return phrases


def _load_toml_tables() -> Mapping[str, Any]:
    return read_word_tables(__package__, "ambiguous_names.toml")
