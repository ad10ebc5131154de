"""Whether a text mentions a name: whatever its case and accents, and as whole words."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

__all__ = ["SHORTEST_NAME_PART", "Mentions", "has_part_of_a_name", "words_of"]

SHORTEST_NAME_PART = 3
"""Shorter parts of names occur in ids by chance."""
_SHORTEST_ALONE = 5
"""A name of one word counts from so many letters on: shorter ones are words of the language too often."""
_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, folded: without case and accents."""
    return tuple(_folded(word) for word in _WORD.findall(text))


def _folded(word: str) -> str:
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def has_part_of_a_name(record_id: str, *names: str) -> bool:
    """Whether one of the groups of an id is a part of one of the names; numbers are no part of a name."""
    groups = record_id.split("-")
    for name in names:
        plain = _folded(name)
        for group in groups:
            if group in plain and len(group) >= SHORTEST_NAME_PART and group.isalpha() and group in words_of(name):
                return True
    return False


class Mentions:
    """Finds some names in texts. Work grows with the text, and hardly with the number of names."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_first: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
        for words in sorted({words_of(name) for name in names}):
            if len(words) > 1 or (words and len(words[0]) >= _SHORTEST_ALONE):
                self._by_first[words[0]].append(words)

    def __bool__(self) -> bool:
        return bool(self._by_first)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the names stand in a text: start and end of each."""
        found = list(_WORD.finditer(text)) if self._by_first else []
        words = [_folded(word.group()) for word in found]
        for place, word in enumerate(words):
            for name in self._by_first.get(word, ()):
                if tuple(words[place : place + len(name)]) == name:
                    yield found[place].start(), found[place + len(name) - 1].end()

    def __contains__(self, text: str) -> bool:
        return next(self.spans(text), None) is not None
