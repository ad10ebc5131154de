"""Names as they stand in other tools: in the language that is wanted, without what the tool's format cannot carry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from untoc_network.i18n.language_words import LANGUAGES, Words, choose_interface_words
from untoc_network.reference import packaged
from untoc_network.values.multilingual_text import FALLBACK, Text

__all__ = ["choose_text", "choose_wording", "escape_controls", "find_words", "translate_country"]

_UNDETERMINED = "und"
_UNCARRIED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""Controls and halves of surrogate pairs, which no XML holds, and what turns the order of reading."""


def find_words(language: str) -> Words:
    """The words in a language, or in English where the library does not speak it."""
    return choose_interface_words(language if language.partition("-")[0] in LANGUAGES else "en")


def choose_wording(text: Text, language: str) -> tuple[str | None, str]:
    """The language and the wording of a text: in the one that is wanted, else in the nearest or a usual one.

    The language is None where it is not determined.
    """
    tag = next(tag for tag in _languages_to_try(text, language) if tag in text)
    return (None if tag == _UNDETERMINED else tag), text[tag]


def choose_text(text: Text, language: str) -> str:
    """The wording alone."""
    return choose_wording(text, language)[1]


def _languages_to_try(text: Text, language: str) -> Iterator[str]:
    general = language.partition("-")[0]
    yield language
    yield general
    yield from (tag for tag in text if tag.partition("-")[0] == general)
    yield from FALLBACK
    yield from text


def translate_country(code: str, language: str) -> str:
    """The short name of a country in English, Spanish, French or Portuguese; its code where the tables have none."""
    return packaged().name_of(code, language.partition("-")[0])


def escape_controls(text: str) -> str:
    """A text on one line; what formats cannot carry, or what turns the order of reading, is written as its number."""
    line = " ".join(text.split())
    return _UNCARRIED.sub(lambda found: f"\\u{{{ord(found[0]):x}}}", line)
