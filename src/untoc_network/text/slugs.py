"""Ids made from names: the same name gives the same id, whenever it is imported."""

from __future__ import annotations

import hashlib
import itertools
import unicodedata
from collections.abc import Mapping
from typing import Any

from untoc_network.text.folding import fold_to_words

__all__ = ["LONGEST_SLUG", "FreeIdAllocator", "make_slug"]

LONGEST_SLUG = 70
"""So many characters of a name make an id."""


def make_slug(name: str, words: tuple[str, ...] | None = None) -> str:
    """A name as an id: its words in small letters a-z and digits, joined by hyphens.

    A name that has letters of another script ends with its fingerprint, for nothing else of them is left. `words` are
    those of the name, where they are known already.
    """
    words = fold_to_words(name) if words is None else words
    latin = [word for word in words if word.isascii()]
    slug = "-".join(latin)[:LONGEST_SLUG].strip("-")
    if latin and len(latin) == len(words):
        return slug
    fingerprint = _hash_sorted_words(words, name)
    return f"{slug[: LONGEST_SLUG - len(fingerprint) - 1].strip('-') or 'name'}-{fingerprint}"


def _hash_sorted_words(words: tuple[str, ...], name: str) -> str:
    """Of the words in whatever order, so that a name with the family name first has the same."""
    same = " ".join(sorted(words)) or unicodedata.normalize("NFKC", name)
    return hashlib.sha256(same.encode(errors="surrogatepass")).hexdigest()[:12]


class FreeIdAllocator:
    """Ids that are given out, each once: of two equal names the second gets its country or a number added.

    `held` are the ids of a register with the class of their records: a record of that class may have such an id again.
    """

    def __init__(self, held: Mapping[str, type[Any]]) -> None:
        self.held = held
        self.given: set[str] = set()
        self._last: dict[str, int] = {}

    def give(self, slug: str, cls: type[Any], country: str | None = None, *, numbered: bool = False) -> str:
        """The slug itself, or the first one made of it that is free for a record of the class.

        `numbered` adds a number always.
        """
        if not numbered and self.is_free(slug, cls):
            self.given.add(slug)
            return slug
        named = [f"{slug}-{country.lower()}"] if country and not numbered else []
        first = self._last.get(slug, 0 if numbered else 1) + 1
        numbers = (f"{slug}-{number}" for number in itertools.count(first))
        chosen = next(one for one in itertools.chain(named, numbers) if self.is_free(one, cls))
        if chosen not in named:
            self._last[slug] = int(chosen.rpartition("-")[2])
        self.given.add(chosen)
        return chosen

    def is_free(self, record_id: str, cls: type[Any]) -> bool:
        """Whether a record of the class may have an id."""
        return record_id not in self.given and self.held.get(record_id, cls) is cls
