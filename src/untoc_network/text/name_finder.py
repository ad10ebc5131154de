"""Where a text mentions somebody: by name as people write it, or in words that may be the name and need a look.

Whatever their case, accents and encoding, in their order or with the family name before a comma, run on in scripts that
put no blanks between words, and in addresses. What may as well be somebody else's is found too, and said to be unsure.
"""

from __future__ import annotations

import bisect
import copy
import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from untoc_network.text.name_variants import NameVariant, list_body_name_variants, list_person_name_variants
from untoc_network.text.respaced_name_finder import RespacedNameFinder
from untoc_network.text.tokens import Gap, Tokens, tokenize
from untoc_network.text.word_tables import get_word_set

__all__ = ["Mention", "NameFinder"]

_SHORTEST_ALONE = 5
"""A name of one word counts from so many letters on: shorter ones are words of the language too often."""
_SHORTEST_ACRONYM = 3
_SHORTEST_NUMBER = 4
_YEARS = range(1800, 2100)
_ARTICLES = frozenset(("la", "las", "los", "el", "the", "les", "os", "as"))
_MOST_WORDS = 64
"""A longer name is recognised by so many words."""


class Mention(NamedTuple):
    """A passage that mentions somebody, surely or perhaps."""

    start: int
    end: int
    is_sure: bool
    is_in_another: bool = False
    """Whether it lies in the name of somebody who stays."""


class NameFinder:
    """Finds the names of some in texts. Work grows with the text, and hardly with the number of names.

    `persons` are names of people, which are also written with the family name first; `bodies` are other wordings, such
    as names of organizations and addresses; `exact` are handles and numbers, which are no words. A name that is a part
    of one of `others`, who stay, is not sure there.
    """

    def __init__(
        self,
        persons: Iterable[str] = (),
        *,
        bodies: Iterable[str] = (),
        exact: Iterable[str] = (),
        others: Iterable[str] = (),
    ) -> None:
        self._tree: dict[Any, Any] = {}
        self._direct: set[tuple[str, ...]] = set()
        self._forms: set[tuple[str, ...]] = set()
        for name in sorted(set(persons)):
            for form in list_person_name_variants(name):
                self._add(form)
        for name in sorted(set(bodies)):
            for form in list_body_name_variants(name):
                self._add(form)
        for name in sorted(set(exact)):
            for form in list_body_name_variants(name, is_exact=True):
                self._add(form)
        self._letters = RespacedNameFinder(self._forms)
        self._others = self._of_others(others) if self else None

    def _add(self, form: NameVariant) -> None:
        words = form.words[:_MOST_WORDS]
        if form.inverted_at == 0:
            self._direct.add(words)
        self._forms.add(words)
        node = self._tree
        for word in words:
            node = node.setdefault(word, {})
        node.setdefault("", {})[form] = None

    def beside(self, others: Iterable[str]) -> NameFinder:
        """One that finds the same, but what is a part of the names of these others."""
        beside = copy.copy(self)
        beside._others = self._of_others(others)  # noqa: SLF001
        return beside

    def index_others(self, others: Iterable[str]) -> Callable[[NameFinder], Iterator[str]]:
        """Tells of any finder of some of these names which of the others may have one of them: for `beside`."""
        index = self._letters.index(others)

        def list_others(finder: NameFinder) -> Iterator[str]:
            found = (index.get(key, ()) for key in finder._letters.keys)
            return itertools.chain.from_iterable(found)

        return list_others

    def _of_others(self, others: Iterable[str]) -> NameFinder | None:
        kept: list[str] = []
        for name in self._letters.select(others):
            tokens = tokenize(name)
            if tokens.words not in self._direct and next(self._all_found(tokens), None):
                kept.append(name)
        return NameFinder(bodies=kept) if kept else None

    def __bool__(self) -> bool:
        return bool(self._tree)

    def __contains__(self, text: str) -> bool:
        return next(self.spans(text), None) is not None

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the names surely stand in a text: start and end of each."""
        return ((one.start, one.end) for one in self.mentions(text) if one.is_sure)

    def mentions(self, text: str, *, parted: bool = False) -> Iterator[Mention]:
        """Where the names stand in a text, surely or perhaps; with `parted`, whatever stands between their words."""
        tokens = tokenize(text)
        is_another: Callable[[int, int], bool] | None = None
        for first, end, is_sure in self._all_found(tokens, parted=parted):
            if self._others and is_another is None:
                is_another = self._others.covering(tokens)
            stays = is_another is not None and is_another(first, end)
            if is_sure or not stays:
                yield Mention(*tokens.span(first, end), is_sure and not stays, stays)

    def select(self, texts: Iterable[str]) -> frozenset[str]:
        """Of many texts all those in which one of the names can stand, and few others: at a small part of the cost."""
        return frozenset(self._letters.select(texts))

    def covering(self, tokens: Tokens) -> Callable[[int, int], bool]:
        """Tells of a passage, by its tokens, whether it lies in one of these names, however that is punctuated."""
        starts: list[int] = []
        furthest: list[int] = []
        for first in range(len(tokens.words)):
            end = max((end for end, _, _ in self._walk(tokens, first)), default=0)
            if end > (furthest[-1] if furthest else 0):
                starts.append(first)
                furthest.append(end)

        def covers(first: int, end: int) -> bool:
            place = bisect.bisect(starts, first)
            return place > 0 and furthest[place - 1] >= end

        return covers

    def _all_found(self, tokens: Tokens, *, parted: bool = False) -> Iterator[tuple[int, int, bool]]:
        """The names as they are written, then what has their letters; what was judged once is not judged again."""
        judged = set[tuple[int, int]]()
        if not self._tree.keys().isdisjoint(tokens.words):
            for first, end, is_sure in self._find_longest(tokens):
                judged.add((first, end))
                yield first, end, is_sure
        for first, end, is_sure in self._letters.mentions(tokens):
            is_parted = tokens.words[first:end] in self._forms
            if (first, end) not in judged and (parted or not is_parted):
                yield first, end, is_sure

    def _find_longest(self, tokens: Tokens) -> Iterator[tuple[int, int, bool]]:
        """The longest name from each word on, a sure one before others: its first token, its end, whether it is."""
        for first, word in enumerate(tokens.words):
            if word in self._tree:
                here = [
                    (judged, end)
                    for end, form, gaps in self._walk(tokens, first)
                    if (judged := _is_surely_form(tokens, first, end, form, gaps)) is not None
                ]
                if here:
                    is_sure, end = max(here)
                    yield first, end, is_sure

    def _walk(self, tokens: Tokens, first: int) -> Iterator[tuple[int, NameVariant, tuple[tuple[int, Gap], ...]]]:
        """Every form that stands from a token on: where it ends, and where words of it are not simply apart."""
        node: dict[Any, Any] = self._tree
        gaps: tuple[tuple[int, Gap], ...] = ()
        for place in range(first, len(tokens.words)):
            if place > first:
                gap = tokens.gap(place)
                if gap is Gap.FAR:
                    return
                gaps = gaps if gap is Gap.NEAR else (*gaps, (place - first, gap))
            if tokens.words[place] not in node:
                return
            node = node[tokens.words[place]]
            if "" in node and tokens.is_bounded(first, place + 1):
                yield from ((place + 1, form, gaps) for form in node[""])


def _is_surely_form(
    tokens: Tokens, first: int, end: int, form: NameVariant, gaps: tuple[tuple[int, Gap], ...]
) -> bool | None:
    """Whether the words from `first` to `end` are surely the form, perhaps, or not at all."""
    if len(form.words) == 1:
        return _is_surely_single_word_form(tokens, first, form)
    own = [(place, gap) for place, gap in gaps if place not in form.parted]
    if form.inverted_at:
        if own == [(form.inverted_at, Gap.COMMA)]:
            return tokens.is_solid or not _may_comma_part_two_names(tokens, first, end)
        is_apart = tokens.is_whole(first, end) or tokens.is_part(first, end)
        return None if own else is_apart or tokens.are_shouted(first, first + form.inverted_at, end)
    if len(own) > 1:
        return None
    is_plain = form.is_wording or tokens.is_solid or tokens.is_whole(first, end)
    is_sure = not own and (is_plain or _are_single_letters_initials(tokens, first, form))
    return is_sure or (False if any(map(tokens.is_capital, range(first, end))) else None)


def _may_comma_part_two_names(tokens: Tokens, first: int, end: int) -> bool:
    """Whether the comma may part two names of which these words are the end and the beginning: Ana Lima, Paz Soto."""
    before = first > 0 and tokens.gap(first) is Gap.NEAR
    if before and tokens.words[first - 1] in _ARTICLES:
        return True
    if not before or not tokens.is_capital(first - 1) or tokens.words[first - 1] in get_word_set("titles"):
        return False
    opens = first == 1 or tokens.gap(first - 1) is not Gap.NEAR
    after = end < len(tokens.words) and tokens.gap(end) is Gap.NEAR and tokens.is_capital(end)
    return after or not opens


def _are_single_letters_initials(tokens: Tokens, first: int, form: NameVariant) -> bool:
    """Whether single letters of the name are written as initials, and not as a word such as Spanish 'a'."""
    for place, word in enumerate(form.words):
        if len(word) == 1 and word.isascii() and word.isalpha():
            pointed = tokens.is_pointed(first + place)
            if not pointed and (len(form.words) <= 2 or not tokens.is_capital(first + place)):
                return False
    return True


def _is_handle_or_number(tokens: Tokens, first: int) -> bool:
    """Whether a short word stands behind an at sign that begins it, or is a number that is no year."""
    word, (start, _) = tokens.words[first], tokens.span(first, first + 1)
    if len(word) == _SHORTEST_NUMBER and word.isdecimal():
        return int(word) not in _YEARS
    return tokens.text[start - 1 : start] == "@" and not tokens.text[: start - 1][-1:].isalnum()


def _is_surely_single_word_form(tokens: Tokens, first: int, form: NameVariant) -> bool | None:
    word = form.words[0]
    if form.is_exact and (len(word) >= _SHORTEST_ALONE or _is_handle_or_number(tokens, first)):
        return True
    if tokens.is_whole(first, first + 1) and (tokens.is_solid or tokens.is_capital(first)):
        return len(word) > 1 or None
    if form.is_shouted and len(word) >= _SHORTEST_ACRONYM and tokens.is_shouted(first):
        return True
    if len(word) >= _SHORTEST_ALONE:
        return tokens.is_solid or tokens.is_capital(first)
    return False if len(word) > 1 and tokens.is_capital(first) else None
