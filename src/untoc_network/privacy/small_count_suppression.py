"""Small counts hidden in a table with its totals, so that nobody can work them out from what is shown.

To hide a count alone is no use: it is what its row's total leaves. A hidden count is safe where the table could be
another one that shows the same. Two tables that show the same differ along closed walks of hidden places, in turn a
row and a column, on which counts rise and fall by one amount, so that no sum changes. So for each small count such a
walk is sought, the cheapest one by Dijkstra's algorithm, whose places can bear the rise and the fall that are wanted;
what on it is shown so far is hidden too. One walk for each count hides more places than would do, but is sure.

It holds against a reader who takes a hidden count for anything from 0 on. Where zeros are shown, so that a hidden count
is known to be 1 at least, more can be narrowed down; `statistics.small_count_hiding` reckons with that.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator, Mapping

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.privacy.count_table import TOTAL, Cell, CountTable, Hidden, Place

__all__ = ["suppress"]

Node = tuple[bool, str | None, bool]
"""One side of the sums: whether of rows, which row or column, and whether there is a total to hold it."""
Step = tuple[Place, Node]


def suppress(table: CountTable, minimum: int = 5) -> CountTable:
    """The table without counts from 1 to below `minimum`, and without what they could be worked out from.

    From what is still shown, and knowing that no count is negative, every hidden count can be any number in a span of
    more than `minimum`. Totals are counts like others: small ones are hidden. Zeros are shown, for they are about
    nobody, and what is not known stays unknown. This is true of one table: two tables of the same people, shown
    together, can tell more than each.

    Raises `ImpossibleValue` where the minimum is not positive, or something is hidden already.
    """
    if minimum < 1:
        raise ImpossibleValue("the smallest count to be shown is at least 1")
    if Hidden.HIDDEN in table.counts.values():
        raise ImpossibleValue("some counts are already hidden; start from the full counts")
    hidden = _Hiding(table, minimum).hidden()
    shown: dict[Place, Cell] = {place: Hidden.HIDDEN if place in hidden else table[place] for place in table}
    return attrs.evolve(table, counts=shown)


class _Hiding:
    """The search for what to hide."""

    def __init__(self, table: CountTable, minimum: int) -> None:
        self.table, self.minimum = table, minimum
        self.known: dict[Place, int] = {
            place: count for place in table if isinstance(count := table[place], int) and count is not None
        }
        self.least = self._least()
        self.steps: defaultdict[Node, list[Step]] = defaultdict(list)
        for place in table:
            row, column = self._nodes(place)
            self.steps[row].append((place, column))
            self.steps[column].append((place, row))

    def _least(self) -> Mapping[Place, int]:
        """What each count is at least: itself, or what is known of what it is the total of."""
        least: defaultdict[Place, int] = defaultdict(int)
        for (row, column), count in self.known.items():
            if row is not TOTAL and column is not TOTAL:
                for total in ((TOTAL, column), (row, TOTAL), (TOTAL, TOTAL)):
                    least[total] += count
        return {**{place: least[place] for place in self.table}, **self.known}

    def _nodes(self, place: Place) -> tuple[Node, Node]:
        """The sums that a place stands in: of its row and of its column; where there is no total, one for all."""
        row, column = place
        by_row, by_column = (row, TOTAL) in self.table.counts, (TOTAL, column) in self.table.counts
        return (True, row if by_row else "", by_row), (False, column if by_column else "", by_column)

    def hidden(self) -> set[Place]:
        """Every place to hide."""
        small = [place for place, count in self.known.items() if 0 < count < self.minimum]
        found = set(small)
        for place in sorted(small, key=lambda place: -self.known[place]):
            walks = (self._walk(place, found, fall) for fall in (self.known[place], 1))
            found.update(one for one in next(filter(None, walks)) if one in self.known)
        return found

    def _walk(self, place: Place, hidden: set[Place], fall: int) -> list[Place]:
        """The cheapest way from the row of a place back to its column, over places that can bear the change.

        None may bear a fall to nothing; over the totals there is always one that bears a fall by one.
        """
        start, end = self._nodes(place)
        best: dict[Node, tuple[int, int]] = {start: (0, 0)}
        came: dict[Node, Step] = {}
        waiting = [(0, 0, 0, start)]
        number = 0
        while waiting:
            cost, length, _, node = heapq.heappop(waiting)
            if node == end:
                return list(_back(came, end, start))
            for one, after in self._bearing(place, node, fall):
                price = cost + (self.least[one] if one in self.known and one not in hidden else 0), length + 1
                if after not in best or price < best[after]:
                    best[after], came[after] = price, (one, node)
                    number += 1
                    heapq.heappush(waiting, (*price, number, after))
        return []

    def _bearing(self, place: Place, node: Node, fall: int) -> Iterator[Step]:
        """The steps from a sum over places that can bear the change, while the place itself rises or falls.

        It may rise by `minimum`, and fall by `fall`. What falls while it rises must have that much, and the other way.
        """
        of_rows = node[0]
        for one, after in self.steps[node]:
            falls = of_rows == (_is_of_totals(one) == _is_of_totals(place))
            if one != place and self.least[one] >= (self.minimum if falls else fall):
                yield one, after


def _is_of_totals(place: Place) -> bool:
    """Whether it is a total of rows or of columns, and not of both: it falls where what it is a total of rises."""
    return (place[0] is TOTAL) != (place[1] is TOTAL)


def _back(came: Mapping[Node, Step], here: Node, start: Node) -> Iterator[Place]:
    while here != start:
        place, here = came[here]
        yield place
