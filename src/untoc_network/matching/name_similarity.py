"""How alike two names are, by rapidfuzz, with words that many names have counting less."""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from untoc_network.diagnostics.errors import MissingExtra
from untoc_network.matching.comparable_names import ComparableName

__all__ = ["NameSimilarityScorer"]

_FAR = 72.0
"""Names that rapidfuzz finds less alike than this, of 100, are not looked at any further."""
_NEAR = 85.0
"""Unless they are so much alike letter by letter, as they were written."""
_SAME_WORD = 80.0
"""Words that are at least so much alike may be one word with a slip of the pen."""


class NameSimilarityScorer:
    """Compares names of one register.

    Two names are as alike as the words that they share, and those that differ in a slip of the pen, weigh among all
    their words. A word weighs the more, the fewer names have it: that both are a foundation says little. Raises
    `MissingExtra` where rapidfuzz is not installed.
    """

    def __init__(self, names: Iterable[ComparableName]) -> None:
        fuzz, process = _import_rapidfuzz()
        self._ratio: Callable[..., float] = fuzz.ratio
        self._extract: Callable[..., list[tuple[str, float, int]]] = functools.partial(
            process.extract, scorer=fuzz.ratio, limit=None
        )
        counts = Counter(word for name in names for word in name.words)
        most = math.log(1 + counts.total())
        self._weights = {word: most - math.log(count) for word, count in counts.items()}

    def compare(self, one: ComparableName, others: Sequence[ComparableName]) -> dict[int, float]:
        """How alike a name and each of others are, from 0 to 1, by its position; those far off are left out."""
        near = self._extract(one.ordered, [other.ordered for other in others], score_cutoff=_FAR)
        near += self._extract(one.letters, [other.letters for other in others], score_cutoff=_NEAR)
        return {at: self._weigh_words(one, others[at]) for at in sorted({at for _, _, at in near})}

    def _weigh_words(self, one: ComparableName, other: ComparableName) -> float:
        if one.ordered == other.ordered:
            return 1.0
        common = set(one.words).intersection(other.words)
        left = [word for word in one.words if word not in common]
        right = [word for word in other.words if word not in common]
        weight = self._weight(common)
        run_together = self._ratio("".join(left), "".join(right), score_cutoff=_SAME_WORD) / 100
        if run_together:  # also where blanks were lost or moved
            rest = min(self._weight(left), self._weight(right))
            return (weight + run_together * rest) / (weight + rest)
        return self._with_slips(weight, left, sorted(right))

    def _with_slips(self, weight: float, left: list[str], right: list[str]) -> float:
        """The same where words of the one are nearly words of the other."""
        shared = total = weight
        unpaired = 0.0
        for word in sorted(left):
            alike, near = max(
                ((self._ratio(word, other, score_cutoff=_SAME_WORD), other) for other in right), default=(0, "")
            )
            if alike:
                lesser = min(self._weights[word], self._weights[near])
                shared += alike / 100 * lesser
                total += lesser
                right.remove(near)
            else:
                unpaired += self._weights[word]
        return shared / (total + max(unpaired, self._weight(right)))

    def _weight(self, words: Iterable[str]) -> float:
        return sum(map(self._weights.__getitem__, words))


def _import_rapidfuzz() -> tuple[Any, Any]:
    try:
        from rapidfuzz import fuzz, process
    except ImportError:
        raise MissingExtra(
            'to look for similar names, rapidfuzz is needed: pip install "untoc-network[match]", or look for exact'
            " evidence alone"
        ) from None
    return fuzz, process
