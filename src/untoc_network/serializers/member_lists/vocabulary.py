"""The words that lists use for values: the tables of `vocabulary.toml`, as they are looked up."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

import attrs

from untoc_network.text.folding import fold
from untoc_network.text.word_tables import read_word_tables

__all__ = [
    "Service",
    "answers",
    "attendance_headers",
    "attendances",
    "countries_by_part",
    "find_value",
    "generic_domains",
    "individuals",
    "language_signs",
    "language_tags",
    "no_names",
    "row_words",
    "services_by_word",
    "skipped_in_headers",
    "standings_by_words",
    "territories_by_name",
    "values_by_word",
    "words_beside_phones",
    "words_for_nothing",
]


def _load_tables() -> Mapping[str, Any]:
    return read_word_tables(__package__, "vocabulary.toml")


def _map_words_to_keys(table: Mapping[str, list[str]]) -> dict[str, str]:
    return {fold(word): key for key, words in table.items() for word in words}


@functools.cache
def skipped_in_headers() -> frozenset[str]:
    """Words that say nothing in a header."""
    return frozenset(_load_tables()["skipped_in_headers"])


@functools.cache
def row_words(kind: str) -> frozenset[str]:
    """Folded words of rows that are about no member: `totals` or `remarks`."""
    return frozenset(fold(word) for word in _load_tables()["row_words"][kind])


@functools.cache
def values_by_word(kind: type[StrEnum]) -> Mapping[str, StrEnum]:
    """Each value of an enumeration by its folded words; its own name is among them."""
    known = {word: kind(value) for word, value in _map_words_to_keys(_load_tables()["values"][kind.__name__]).items()}
    return known | {fold(value.replace("-", " ")): value for value in kind}


@functools.lru_cache(maxsize=1 << 13)
def find_value(kind: type[StrEnum], text: str) -> StrEnum | None:
    """The value that a text names as a whole: by its words, also in the plural and without small words.

    Words that tell nothing of a kind may stand before it or behind it. A text that has a known word among others is
    never understood by that word alone: `non-governmental` is not `governmental`.
    """
    letters = re.split(r"[.\s]+", text.strip(". "))
    words = fold("".join(letters) if all(len(one) == 1 for one in letters) else text.replace("-", " ")).split()
    known = values_by_word(kind).get(" ".join(words))
    return _find_reduced_value(kind, words) if known is None else known


def _find_reduced_value(kind: type[StrEnum], words: list[str]) -> StrEnum | None:
    neutral = _neutral_words() if kind.__name__ == "OrganizationKind" else ()
    reduced = list(_reduce_words(words))
    known = _map_reduced_words(kind).get(" ".join(reduced))
    kept = [word for word in words if _reduce_to_singular(word) not in neutral]
    is_inside = words[: len(kept)] != kept and words[len(words) - len(kept) :] != kept
    if known is not None or len(kept) == len(words) or is_inside:
        return known
    return _map_reduced_words(kind).get(" ".join(_reduce_words(kept)))


@functools.cache
def _neutral_words() -> frozenset[str]:
    return frozenset(map(_reduce_to_singular, _load_tables()["neutral_in_kinds"]))


def _reduce_words(words: Iterable[str]) -> Iterator[str]:
    return (_reduce_to_singular(word) for word in words if word not in skipped_in_headers())


@functools.lru_cache(maxsize=1 << 12)
def _reduce_to_singular(word: str) -> str:
    """A word as its singular and plural have it alike: what is left without their ends."""
    for plural, singular in _load_tables()["plural_endings"]:
        if len(word) > len(plural) + 2 and word.endswith(plural):
            return f"{word.removesuffix(plural)}{singular}"
    return word


@functools.cache
def _map_reduced_words(kind: type[StrEnum]) -> Mapping[str, StrEnum | None]:
    """Each value by its reduced words; None where two values would be called the same."""
    found: dict[str, StrEnum | None] = {}
    for phrase, value in values_by_word(kind).items():
        reduced = " ".join(_reduce_words(phrase.split()))
        found[reduced] = value if found.get(reduced, value) is value else None
    found.pop("", None)
    return found


@functools.cache
def territories_by_name() -> Mapping[str, str]:
    """The code of each territory by its folded names; codes themselves in capitals."""
    rows = _load_tables()["territories"].items()
    return {name if name.isupper() else fold(name): code for code, names in rows for name in (code, *names)}


@functools.cache
def countries_by_part() -> Mapping[str, str]:
    """The code of the country of each part that people name in its place."""
    return _map_words_to_keys(_load_tables()["parts_of_countries"])


@functools.cache
def language_tags() -> Mapping[str, str]:
    """The tag of each language by its folded names and codes."""
    return _map_words_to_keys(_load_tables()["languages"])


@functools.cache
def answers() -> Mapping[str, bool]:
    """Whether a folded word says yes."""
    return {word: answer == "yes" for word, answer in _map_words_to_keys(_load_tables()["answers"]).items()}


@functools.cache
def standings_by_words() -> Mapping[str, str]:
    """How a membership stands, by the folded words for it."""
    return _map_words_to_keys(_load_tables()["membership_standings"])


@functools.cache
def language_signs() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """What tells the language of names and of headers: words and letters that only one language has."""
    tables: Mapping[str, Mapping[str, tuple[str, ...]]] = _load_tables()["language_signs"]
    return tables


@functools.cache
def attendances() -> Mapping[str, bool]:
    """Whether somebody came to an event, by the folded words for it."""
    return {word: said == "attended" for word, said in _map_words_to_keys(_load_tables()["attendances"]).items()}


@functools.cache
def attendance_headers() -> frozenset[str]:
    """What a column is called that says who came."""
    return frozenset(_load_tables()["attendance_headers"])


@functools.cache
def no_names(*, of_bodies: bool) -> frozenset[str]:
    """What stands where nobody is named; `of_bodies` in the place of a person's organization."""
    tables = _load_tables()
    return frozenset([*tables["no_names"], *(tables["of_no_body"] if of_bodies else ())])


@functools.cache
def individuals() -> frozenset[str]:
    """Words for members that are persons and no organizations."""
    return frozenset(_load_tables()["individuals"])


@functools.cache
def generic_domains() -> frozenset[str]:
    """Last parts of hosts that are no code of a country."""
    return frozenset(_load_tables()["generic_domains"])


@functools.cache
def words_of_dates(place: str) -> frozenset[str]:
    """Folded words `before` a date or `within` it that say nothing, before a `first` day, and before a `last` one."""
    return frozenset(_load_tables()["words_of_dates"][place])


@attrs.frozen
class Service:
    """A service that people have accounts in: the form of an account's name in a cell, and the address of its page."""

    form: str
    address: str


@functools.cache
def services_by_word() -> Mapping[str, Service]:
    """The services by the folded words that headers have for them."""
    return {
        fold(word): Service(row["form"], row["address"])
        for row in _load_tables()["services"].values()
        for word in row["words"]
    }


@functools.cache
def words_beside_phones() -> Mapping[str, str]:
    """Folded words beside a telephone number: whether they only `label` it, or tell its `kind`."""
    return _map_words_to_keys(_load_tables()["words_beside_phones"])


@functools.cache
def words_for_nothing() -> frozenset[str]:
    """Folded words that say that there is no value."""
    return frozenset(_load_tables()["words_for_nothing"])
