"""The nearest known name to a misspelt one, found without comparing with them all."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Callable, Iterable, Iterator

__all__ = ["NearestNames"]

REACH = 4
"""How many neighbours on each side of a name are compared."""


class NearestNames:
    """Names in which the nearest to a misspelt one can be looked up.

    Candidates are the neighbours of the name in alphabetical order, read forwards (they share its beginning) and
    backwards (they share its end); the best of them is taken if it is near enough. One look-up costs the logarithm of
    the number of names.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._forwards = [name for name, _ in itertools.groupby(sorted(names))]
        self._backwards = [*_sort_by_reversed_letters(self._forwards)]

    def to(self, wanted: str) -> str | None:
        """The known name that `wanted` was probably meant to be, if any."""
        import difflib  # which only a misspelt name needs

        if len(wanted) > 200:
            return None
        near = difflib.get_close_matches(wanted, sorted(self.around(wanted)), n=1, cutoff=0.7)
        return near[0] if near else None

    def around(self, wanted: str) -> set[str]:
        """The names that are compared with it; of them and any of the others, the same one is the nearest."""
        return {
            *_list_alphabetic_neighbours(self._forwards, wanted, str),
            *_list_alphabetic_neighbours(self._backwards, wanted, _reverse_letters),
        }


def _list_alphabetic_neighbours(names: list[str], wanted: str, key: Callable[[str], str]) -> list[str]:
    here = bisect.bisect(names, key(wanted), key=key)
    return names[max(0, here - REACH) : here + REACH]


def _sort_by_reversed_letters(names: list[str]) -> Iterator[str]:
    """The names in the order of their letters read backwards; those of one last letter at a time, to save memory."""
    for _, alike in itertools.groupby(sorted(names, key=_get_last_letter), _get_last_letter):
        yield from sorted(alike, key=_reverse_letters)


def _reverse_letters(name: str) -> str:
    return name[::-1]


def _get_last_letter(name: str) -> str:
    return name[-1:]
