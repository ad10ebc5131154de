"""Counts made fit to be shown: small ones hidden, all of them rounded, or small changes kept back.

To hide a small count alone is no use: it is what the total leaves. And whoever knows by which rule others are hidden
with it, and that a hidden count is none of the zeros, reckons backwards: of all tables that fit what is shown, often
only one would have been shown like this. So what is hidden follows from nothing but what everybody may know: how many
counts are hidden and what their sum is. All counts up to some threshold are hidden, and thresholds stand at fixed
places, whatever the counts are. A threshold will do if each of the hidden counts could be any small number:

- all of them are small, and their sum lets each be anything from 1 to below the minimum; or
- that one is the small number, some others are 1, and all others lie between two thresholds up to this one.

In the second case what is small among them would not have done by itself, for it leaves too little above ones; so
every threshold below those two is refused as it was in truth, and what is shown is the same.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.privacy.count_table import TOTAL, Cell, CountTable, Hidden, Place
from untoc_network.values.argument_checks import check_arguments

__all__ = ["MINIMUM", "choose_hidden", "hold_small_changes", "round_counts", "suppress"]

MINIMUM = 5
"""The smallest count that outsiders are told, unless another is asked for."""

_LIST, _TABLE = 2, 4
"""How much higher each threshold is than the one below, in a list and in a table of rows and columns.

Somebody may know the total of a row from elsewhere. In a table steps are wide, so that more of what has the same totals
of rows and columns is also shown the same.
"""

K = TypeVar("K")


@check_arguments
def suppress(table: CountTable, minimum: int = MINIMUM) -> CountTable:
    """The table without counts from 1 to below `minimum`, and without what they could be worked out from.

    Each hidden count can be every number from 1 to below the minimum, for a reader who has the table, knows how this is
    done, and that no hidden count is zero. Zeros are shown, for they are about nobody, and what is not known stays
    unknown. The total of a row or a column with a hidden count is hidden, that of the table is told; where this alone
    would tell too much, or is small, every count is hidden, zeros included.

    It holds for what one table tells. Nobody should be told the hidden totals by another; where they are wanted, use
    `round_counts`. For a table that is published again see `hold_small_changes`.

    Raises `ImpossibleValue` where the minimum is not positive, or something is hidden already.
    """
    _refuse_bad_call(table, minimum)
    known: dict[Place, int] = {place: count for place in _places(table) if isinstance(count := table[place], int)}
    whole = sum(known.values()) if len(known) == len(table.rows) * len(table.columns) else None
    if whole is None:  # no sum is told that a hidden count could be in
        hidden = {place for place, count in known.items() if 0 < count < minimum}
    else:
        chosen = choose_hidden(known, minimum, growth=_LIST if 1 in (len(table.rows), len(table.columns)) else _TABLE)
        hidden = set(known) if chosen is None else chosen
    totals: set[Place] = {(row, TOTAL) for row, _ in hidden} | {(TOTAL, column) for _, column in hidden}
    totals.discard(_place_of_whole(table))
    if 0 < (whole or 0) < minimum:
        totals.add(_place_of_whole(table))
    hidden |= {place for place in totals if table.counts.get(place) is not None}
    shown: dict[Place, Cell] = {place: Hidden.HIDDEN if place in hidden else table[place] for place in table}
    return attrs.evolve(table, counts=shown)


def choose_hidden(counts: Mapping[K, int], minimum: int, *, growth: int = _LIST) -> set[K] | None:
    """Which counts to hide where their sum is told; None where no choice will do, and all have to be, with the zeros.

    Each hidden count can be every number from 1 to below the minimum, also for who knows that it is none of the zeros
    and how they were chosen.
    """
    if not any(0 < count < minimum for count in counts.values()):
        return set()
    thresholds, most = [minimum - 1], max(counts.values())
    while thresholds[-1] < most * growth**2:  # to the second one that is not below the greatest count
        hidden = {key for key, count in counts.items() if 0 < count <= thresholds[-1]}
        if _is_open(len(hidden), sum(counts[key] for key in hidden), minimum, thresholds):
            return hidden
        thresholds.append(thresholds[-1] * growth)
    return None


def _is_open(number: int, whole: int, minimum: int, thresholds: Sequence[int]) -> bool:
    """Whether so many counts above zero with that sum could each be every small number, as the module has it."""
    above_ones = whole - number
    if above_ones < minimum:
        return False
    if above_ones <= (number - 1) * (minimum - 2):
        return True
    return all(
        any(_is_between(number, above_ones + 1 - small, *steps) for steps in itertools.pairwise(thresholds))
        for small in range(1, minimum)
    )


def _is_between(number: int, above_ones: int, low: int, high: int) -> bool:
    """Whether some of the counts, but not all, can have it between two thresholds, while the others are 1."""
    fewest, most = -(-above_ones // (high - 1)), above_ones // low
    return max(fewest, 1) <= min(most, number - 1)


@check_arguments
def round_counts(table: CountTable, base: int = MINIMUM) -> CountTable:
    """The table with each count rounded to a multiple of `base`, halves up, and with totals of what is rounded.

    A count that is shown can be each of `base` numbers, and one that is shown as zero each below half of it, whoever
    knows how this is done; so long as no exact total is told elsewhere. Raises `ImpossibleValue` where the base is not
    positive, or something is hidden.
    """
    _refuse_bad_call(table, base)
    counts = ((place, _known(table[place])) for place in _places(table))
    return _with_counts(
        table,
        {place: None if count is None else (2 * count + base) // (2 * base) * base for place, count in counts},
    )


@check_arguments
def hold_small_changes(table: CountTable, before: CountTable, minimum: int = MINIMUM) -> CountTable:
    """The table as its next edition may have it: counts that moved by less than `minimum` are as they were before.

    So two editions differ in no count by less than the minimum, and one member more changes nothing that is shown.
    `before` is what this gave for the last edition, or its counts; keep what it gives for the next one, and show it by
    `suppress` or `round_counts`. A row or column that is new comes with its first count above zero, one that went stays
    as zero. Whoever sees an edition after every single change still learns which count the last one reached.

    Raises `ImpossibleValue` where the minimum is not positive, something is hidden, or one is a list and one is not.
    """
    for one in (table, before):
        _refuse_bad_call(one, minimum)
    if ((TOTAL, TOTAL) in table.counts) is not ((TOTAL, TOTAL) in before.counts):
        raise ImpossibleValue("a list of counts and a table of rows and columns are no editions of one another")
    held: dict[tuple[str, str], int | None] = {}
    lines = (dict.fromkeys((*before.rows, *table.rows)), dict.fromkeys((*before.columns, *table.columns)))
    for row, column in itertools.product(*lines):
        now, then = (_known(one.counts.get((row, column), 0)) for one in (table, before))
        is_held = now is not None and then is not None and abs(now - then) < minimum
        held[row, column] = then if is_held else now
    rows, columns = (
        {place[way] for place, count in held.items() if count != 0} | set(known)
        for way, known in enumerate((before.rows, before.columns))
    )
    return _with_counts(
        table, {place: count for place, count in held.items() if place[0] in rows and place[1] in columns}
    )


def _refuse_bad_call(table: CountTable, least: int) -> None:
    if least < 1:
        raise ImpossibleValue("the smallest count to be shown is at least 1")
    if Hidden.HIDDEN in table.counts.values():
        raise ImpossibleValue("some counts are already hidden; start from the full counts")


def _places(table: CountTable) -> Iterator[tuple[str, str]]:
    """The places of counts that are no totals."""
    return itertools.product(table.rows, table.columns)


def _place_of_whole(table: CountTable) -> Place:
    return (TOTAL, TOTAL) if (TOTAL, TOTAL) in table.counts else (TOTAL, table.columns[0])


def _known(cell: Cell) -> int | None:
    return cell if isinstance(cell, int) else None


def _with_counts(table: CountTable, counts: Mapping[tuple[str, str], int | None]) -> CountTable:
    """A table of the same form with other counts, and their totals."""
    if (TOTAL, TOTAL) in table.counts:
        return CountTable.of(counts)
    return CountTable.of_list({row: count for (row, _), count in counts.items()})
