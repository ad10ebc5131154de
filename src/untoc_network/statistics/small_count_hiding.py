"""Small counts hidden in lists whose total is told, also where several lists tell of the same people.

The tables of statistics are lists of one population: by country, by kind, by year. They share nothing but their total.
So each is made safe on the understanding that its total is known, as `privacy.suppress` does it, and then all of them
together are safe. Where the total itself is small, nothing but that is told.
"""

from __future__ import annotations

from collections.abc import Mapping

from untoc_network.privacy.count_table import Hidden
from untoc_network.privacy.small_count_suppression import MINIMUM, choose_hidden
from untoc_network.statistics.table import NONE, UNKNOWN, Cell
from untoc_network.values.argument_checks import check_arguments

__all__ = ["MINIMUM", "hide_small_counts", "hide_small_total", "sort_cells"]


@check_arguments
def hide_small_counts(counts: Mapping[str, int], minimum: int | None) -> dict[str, Cell] | None:
    """The counts with those hidden that are small, or that small ones could be worked out from.

    The total of the counts may be known. Each hidden count can then be every number from 1 to below the minimum, for
    readers too who know how this is done. None where that cannot be had: then neither the counts nor which of them are
    zero may be told. No minimum hides nothing.
    """
    hidden = set() if minimum is None else choose_hidden(counts, minimum)
    if hidden is None:
        return None
    return {key: Hidden.HIDDEN if key in hidden else count for key, count in counts.items()}


def hide_small_total(total: int, minimum: int | None) -> Cell:
    """A total, hidden where it is small."""
    return Hidden.HIDDEN if minimum is not None and 0 < total < minimum else total


def sort_cells(told: Mapping[str, Cell]) -> list[tuple[str, Cell]]:
    """The cells with the greatest first, then the hidden ones by their keys, so that their order tells nothing.

    What is not known comes last.
    """

    def order(item: tuple[str, Cell]) -> tuple[bool, bool, int, str]:
        key, cell = item
        return key == UNKNOWN, key == NONE, -cell if isinstance(cell, int) else 0, key

    return sorted(told.items(), key=order)
