"""The nearest known name to a misspelt one, found without comparing with them all."""

from __future__ import annotations

import bisect
import difflib
from collections.abc import Iterable

__all__ = ["Nearest"]

REACH = 4
"""How many neighbours on each side of a name are compared."""


class Nearest:
    """Names in which the nearest to a misspelt one can be looked up.

    Candidates are the neighbours of the name in alphabetical order, read forwards (they share its beginning) and
    backwards (they share its end); the best of them is taken if it is near enough. One look-up costs the logarithm of
    the number of names.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._forwards = sorted(set(names))
        self._backwards = sorted(name[::-1] for name in self._forwards)

    def to(self, wanted: str) -> str | None:
        """The known name that `wanted` was probably meant to be, if any."""
        if len(wanted) > 200:
            return None
        candidates = {
            *_neighbours(self._forwards, wanted),
            *(name[::-1] for name in _neighbours(self._backwards, wanted[::-1])),
        }
        near = difflib.get_close_matches(wanted, sorted(candidates), n=1, cutoff=0.7)
        return near[0] if near else None


def _neighbours(names: list[str], wanted: str) -> list[str]:
    here = bisect.bisect(names, wanted)
    return names[max(0, here - REACH) : here + REACH]
