"""Where a text that comes from elsewhere speaks of somebody who was erased."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from untoc_network.model.register import Register
from untoc_network.privacy.erasure_recognition import (
    ErasureMatch,
    Recognized,
    fold_body_names,
    keyed_digest,
    list_old_ids,
    name_evidence,
    short_digest,
)
from untoc_network.privacy.identifying_traces import list_other_names
from untoc_network.text.contact_finder import find_contacts
from untoc_network.text.name_finder import NameFinder
from untoc_network.text.name_variants import order_name_words
from untoc_network.text.tokens import Gap, Tokens, tokenize

__all__ = ["ErasedMention", "ErasedMentions"]

_MOST_WORDS = 5
"""A longer name is found where it stands by itself."""
_ENDING = (Gap.LOOSE, Gap.FAR)
"""Over such a gap goes no name."""


class ErasedMention(NamedTuple):
    """A passage that speaks of somebody who was erased, and by what that is known."""

    start: int
    end: int
    hit: ErasureMatch


class ErasedMentions:
    """Finds who was erased from a register in texts, by the digests that are kept of them.

    Addresses, telephones and numbers are found in any text. A name is found in what is said of a body to which the
    person belonged, and in a text that has a way to reach them; elsewhere it may be anybody's. Where it stands is
    judged as erasing does: a name within a longer one of somebody else (`others`, and whoever is in the register) is
    not the person's. Work grows with the texts, and with how many were erased.
    """

    def __init__(self, register: Register, others: Iterable[str] = ()) -> None:
        self._register = register
        self._erasures = tuple((erasure, frozenset(erasure.digests)) for erasure in register.erasures)
        self._others = others
        self._found: dict[str, NameFinder] = {}
        self._old_ids = list_old_ids(register)
        self._bodies: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {}

    def passages(self, text: str, bodies: Iterable[str] = ()) -> Iterator[ErasedMention]:
        """Every passage of a text that speaks of one of them; `bodies` are ids or names of those it is said of."""
        if not self._erasures:
            return
        evidence = tuple(find_contacts(text))
        names: tuple[tuple[tuple[str, ...], str], ...] | None = None
        for (erasure, digests), there in zip(self._erasures, self._belonging(tuple(bodies)), strict=True):
            ways = []
            for kind, value, start, end in evidence:
                if keyed_digest(erasure.salt, kind, value) in digests:
                    ways.append(value)
                    yield ErasedMention(start, end, ErasureMatch(erasure=erasure, how=Recognized.STRONG))
            if not ways and not there:
                continue
            names = names if names is not None else tuple(_list_possible_names(tokenize(text)))
            known: dict[tuple[str, ...], str] = {}
            for words, name in names:
                told = (*name_evidence(words, "body", there), *name_evidence(words, "reach", ways))
                if any(keyed_digest(erasure.salt, *one) in digests for one in told):
                    ordered = order_name_words(name)
                    known.setdefault(ordered.words, ordered.text)
            for name in known.values():
                for start, end in self._mentions(name).spans(text):
                    yield ErasedMention(start, end, ErasureMatch(erasure=erasure, how=Recognized.NAME_AND_BODY))

    def _belonging(self, bodies: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        """For each who was erased, the wordings of those bodies to which they may have belonged."""
        if bodies not in self._bodies:
            wordings = dict.fromkeys(fold_body_names(self._register, bodies, self._old_ids))
            self._bodies[bodies] = tuple(
                tuple(one for one in wordings if short_digest(erasure.salt, one) in digests)
                for erasure, digests in self._erasures
            )
        return self._bodies[bodies]

    def _mentions(self, name: str) -> NameFinder:
        if name not in self._found:
            self._found[name] = NameFinder((name,), others=(*list_other_names(self._register, ()), *self._others))
        return self._found[name]


def _list_possible_names(tokens: Tokens) -> Iterator[tuple[tuple[str, ...], str]]:
    """Whatever in a text can be a name: its words in the order of the alphabet, and how they stand.

    Up to so many words in a row, with a comma between them or none; one word and many, where they stand by themselves.
    """
    gaps = [Gap.FAR, *(tokens.gap(place) for place in range(1, len(tokens.words))), Gap.FAR]
    for first in range(len(tokens.words)):
        end, commas, is_apart = first, 0, gaps[first] is not Gap.NEAR
        while end == first or (gaps[end] not in _ENDING and commas < 2 and (is_apart or end - first < _MOST_WORDS)):
            end += 1
            commas += gaps[end] is Gap.COMMA
            if 1 < end - first <= _MOST_WORDS or (is_apart and gaps[end] is not Gap.NEAR):
                start, stop = tokens.span(first, end)
                yield tuple(sorted(tokens.words[first:end])), tokens.text[start:stop]
