"""What in a text may be somebody, and may be somebody else: a part of a name, an initial, words run together.

It is for a person to look at, so it errs on the side of telling; but a word of the language, a place or the name of
somebody else who is known is not told.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from untoc_network.text.folding import fold_to_words
from untoc_network.text.name_variants import order_name_words
from untoc_network.text.tokens import Gap, Tokens, tokenize
from untoc_network.text.word_tables import get_word_set

__all__ = ["DoubtfulMentionDetector"]

_SHORTEST_PART = 3
_SHORTEST_IN_ID = 4
_SHORTEST_RUN = 6


class DoubtfulMentionDetector:
    """Tells of a text whether it may mention a person by less than a name.

    `known` are names and places that stay: what lies in one of them is not told.
    """

    def __init__(self, names: Iterable[str], *, known: Iterable[str] = ()) -> None:
        ordered = [words for name in names if (words := order_name_words(name).words)]
        self._given = {words[0] for words in ordered if _is_telling_word(words[0])}
        self._family = {word for words in ordered for word in words[1:] if _is_telling_word(word)}
        self._initials = {word[0] for words in ordered for word in words}
        self._runs = {run for words in ordered for run in _join_words_as_in_addresses(words)}
        self._parts = self._given | self._family
        self._known = _OtherNamesWithPart(known, self._parts) if self._parts else _OtherNamesWithPart((), frozenset())
        self._given -= self._known.words
        self._alone = self._given | self._family

    def __contains__(self, text: str) -> bool:
        tokens = tokenize(text)
        if self._runs and not self._runs.isdisjoint(tokens.words):
            return True
        if self._parts.isdisjoint(tokens.words):
            return False
        taken = self._known.places(tokens)
        return (tokens.is_solid and self._in_an_id(tokens, taken)) or self._in_prose(tokens, taken)

    def knows(self, record_id: str) -> bool:
        """Whether an id is made of the name of somebody else who is known."""
        tokens = tokenize(record_id)
        taken = self._known.places(tokens)
        return all(place in taken or word.isdigit() for place, word in enumerate(tokens.words))

    def _in_an_id(self, tokens: Tokens, taken: set[int]) -> bool:
        """In an id or an address: two parts of the name, or one that is no short word; hosts do not count."""
        host = _find_host_span(tokens.text)
        words = [
            word
            for place, word in enumerate(tokens.words)
            if place not in taken and not host[0] <= tokens.span(place, place + 1)[0] < host[1]
        ]
        parts = self._parts.intersection(words)
        return len(parts) > 1 or any(
            len(part) >= _SHORTEST_IN_ID and part in self._family and part not in self._known.alone for part in parts
        )

    def _in_prose(self, tokens: Tokens, taken: set[int]) -> bool:
        for names in _iterate_name_like_sequences(tokens, self._parts):
            own = {tokens.words[place] for place in names if place not in taken} & self._parts
            others = any(self._is_of_another(tokens, place) for place in names)
            if len(own) > 1 or (not others and not own.isdisjoint(self._alone)):
                return True
        return False

    def _is_of_another(self, tokens: Tokens, place: int) -> bool:
        word = tokens.words[place]
        if word in self._parts or _is_particle_or_title(word) or word.isdigit():
            return False
        return len(word) > 1 or word not in self._initials


def _is_telling_word(word: str) -> bool:
    return len(word) >= _SHORTEST_PART and word.isalpha() and not _is_particle_or_title(word)


def _is_particle_or_title(word: str) -> bool:
    """Whether a word stands with names and is none: a particle or a title."""
    return word in get_word_set("particles") or word in get_word_set("titles")


def _join_words_as_in_addresses(words: tuple[str, ...]) -> Iterator[str]:
    """The name as it stands in addresses: anaejemplo, ejemploana, aejemplo, ejemploa, anae."""
    first, *rest = words
    for last in rest:
        for run in (first + last, last + first, first[0] + last, last + first[0], first + last[0]):
            if len(run) >= _SHORTEST_RUN and run not in words:
                yield run
    if len(words) > 1:
        yield "".join(words)


def _find_host_span(text: str) -> tuple[int, int]:
    """Where the host of an address on the web or the domain of an e-mail stands in it."""
    at = text.rfind("@") + 1
    start = at or (text.find("//") + 2 if "//" in text else 0)
    if not start:
        return 0, 0
    slash = text.find("/", start)
    return start, len(text) if slash < 0 else slash


def _iterate_name_like_sequences(tokens: Tokens, parts: set[str]) -> Iterator[list[int]]:
    """Words that stand together as a name does: with capitals, particles between them, and at the least one part."""
    here: list[int] = []
    for place, word in enumerate(tokens.words):
        apart = place == 0 or tokens.gap(place) is not Gap.NEAR
        if apart and here:
            yield from _yield_if_holding_part(tokens, here, parts)
            here = []
        if tokens.is_capital(place) or (here and word in get_word_set("particles")):
            if (
                not apart
                and len(here) == 1
                and _opens_sentence(tokens, here[0], parts)
                and tokens.words[here[0]] not in get_word_set("particles")
            ):
                here = []  # a word that opens a sentence has a capital without being a name
            here.append(place)
        elif here:
            yield from _yield_if_holding_part(tokens, here, parts)
            here = []
    yield from _yield_if_holding_part(tokens, here, parts)


def _opens_sentence(tokens: Tokens, place: int, parts: set[str]) -> bool:
    return tokens.words[place] not in parts and (place == 0 or tokens.gap(place) is not Gap.NEAR)


def _yield_if_holding_part(tokens: Tokens, places: list[int], parts: set[str]) -> Iterator[list[int]]:
    if any(tokens.words[place] in parts for place in places):
        yield places


class _OtherNamesWithPart:
    """Names and places that stay and hold a part of the name."""

    def __init__(self, names: Iterable[str], parts: frozenset[str] | set[str]) -> None:
        holding = {words for name in names if not parts.isdisjoint(words := fold_to_words(name))}
        self.words = {word for words in holding for word in words}
        self.alone = {words[0] for words in holding if len(words) == 1}
        self._names = holding
        self._lengths: dict[str, set[int]] = {}
        for words in holding:
            self._lengths.setdefault(words[0], set()).add(len(words))

    def places(self, tokens: Tokens) -> set[int]:
        """The tokens that lie in one of them."""
        found = (
            range(place, place + length)
            for place, first in enumerate(tokens.words)
            for length in self._lengths.get(first, ())
            if tokens.words[place : place + length] in self._names
        )
        return set(itertools.chain.from_iterable(found))
