"""Mending a witness: when a lot changes one row, others make room, each at most once, until no rule is broken."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from untoc_network_lots.draw_completion import Completion, Row
from untoc_network_lots.draw_problem import iterate_bits
from untoc_network_lots.draw_state import DrawState

__all__ = ["CompletionRepair"]

_DEEPEST = 12
"""So many rows change for one lot at the most."""


class CompletionRepair:
    """One attempt to mend a witness within so many changes of rows."""

    def __init__(self, draw_state: DrawState, completion: Completion, *, budget: int, excused: frozenset[int]) -> None:
        self.draw_state, self.completion, self.problem = draw_state, completion, draw_state.problem
        self.budget = budget
        self.excused = excused
        """States whose lack of reviews is not to be mended here."""
        self.locked: set[int] = set()

    def place(self, unit: int, prefix: Row) -> bool:
        """Whether the row of a unit could be made to begin with these reviewers. If not, the witness is as before."""
        mark = len(self.completion.trail)
        for _ in self._remove_from_sibling(unit, prefix):
            kept = self._with_old_tail(unit, prefix)
            for row in itertools.chain((kept,) if kept else (), self._list_longer_rows(unit, prefix, -1)):
                if self.budget <= 0:
                    break
                if self._try_row(unit, row, _DEEPEST):
                    return True
            self.completion.undo(mark)
        return False

    def _remove_from_sibling(self, unit: int, prefix: Row) -> Iterator[None]:
        """The ways in which the last of these can leave the other side of the review, where it stands there."""
        state, rows = self.problem.units[unit].state, self.completion.rows
        others = [one for one in self.problem.units_of[state] if one != unit and set(prefix[-1:]) & set(rows[one])]
        if not others:
            yield
        for other in others:
            self.locked.add(other)
            pool = self._find_pool(other, free=False)
            for row in self._list_rows_with_swap(other, rows[other].index(prefix[-1]), pool):
                self.completion.put(other, row)
                yield

    def settle(self, depth: int = _DEEPEST) -> bool:
        """Whether all that is broken could be mended. If not, the witness is as before."""
        moves = self._list_mending_rows()
        if moves is None:
            return True
        return depth > 0 and any(
            self._try_row(unit, row, depth - 1) for unit, row in itertools.takewhile(lambda _: self.budget > 0, moves)
        )

    def _try_row(self, unit: int, row: Row, depth: int) -> bool:
        self.budget -= 1
        mark = len(self.completion.trail)
        self.completion.put(unit, row)
        self.locked.add(unit)
        if self.settle(depth):
            return True
        self.locked.discard(unit)
        self.completion.undo(mark)
        return False

    # -- what is broken, and what could mend it ----------------------------------------------------------------------

    def _list_mending_rows(self) -> Iterator[tuple[int, Row]] | None:
        """New rows that would mend one thing that is broken; None where nothing is."""
        completion = self.completion
        if completion.crowded:
            return self._list_shorter_rows(min(completion.crowded))
        if completion.clashes:
            one, other = min(completion.clashes)
            return self._either(
                self._list_rows_without_reviewer(one, of=1 << other),
                self._list_rows_without_reviewer(other, of=1 << one),
            )
        if completion.over:
            reviewer = min(completion.over)
            return self._list_rows_without_reviewer(reviewer, of=completion.reviewing[reviewer])
        owing = completion.short - self.excused
        return self._list_rows_with_reviewer(min(owing)) if owing else None

    @staticmethod
    def _either(*moves: Iterator[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
        for some in moves:
            yield from some

    def _list_shorter_rows(self, state: int) -> Iterator[tuple[int, Row]]:
        for unit in self._list_changeable_units(1 << state):
            length = len(self.completion.rows[unit])
            for row in self._list_longer_rows(unit, tuple(self.draw_state.rows[unit]), -1):
                if len(row) < length:
                    yield unit, row

    def _list_rows_without_reviewer(self, reviewer: int, *, of: int) -> Iterator[tuple[int, Row]]:
        """Rows of the units of some States that leave one reviewer out."""
        for free in (True, False):
            for unit in self._list_changeable_units(of):
                row = self.completion.rows[unit]
                if reviewer in row[len(self.draw_state.rows[unit]) :]:
                    for changed in self._list_rows_with_swap(
                        unit, row.index(reviewer), self._find_pool(unit, free=free)
                    ):
                        yield unit, changed

    def _list_rows_with_reviewer(self, reviewer: int) -> Iterator[tuple[int, Row]]:
        """Rows that take one reviewer in."""
        for unit in self._list_changeable_units(-1):
            pool = self._find_pool(unit, free=False)
            if pool >> reviewer & 1 and not self.completion.reviewing[reviewer] >> self.problem.units[unit].state & 1:
                for at in range(len(self.draw_state.rows[unit]), len(self.completion.rows[unit]) + 1):
                    yield from ((unit, row) for row in self._list_rows_with_reviewer_at(unit, at, reviewer))

    # -- rows --------------------------------------------------------------------------------------------------------

    def _list_changeable_units(self, states: int) -> Iterator[int]:
        """The units of some States (-1: of all) that may still change."""
        numbers = range(len(self.problem.codes)) if states < 0 else iterate_bits(states)
        for state in numbers:
            for unit in self.problem.units_of[state]:
                if unit not in self.locked and self.draw_state.missing[unit] and self.completion.rows[unit]:
                    yield unit

    def _find_pool(self, unit: int, *, free: bool) -> int:
        """Who can be in the row: by what is drawn; with `free`, by the witness too, so that nobody must make room."""
        state = self.problem.units[unit].state
        here = self.completion if free else self.draw_state
        barred = here.full | self.draw_state.full | self.draw_state.reviewers[state]
        if not self.problem.mutual:
            barred |= here.reviewing[state]
        return self.problem.units[unit].eligible & ~barred

    def _find_lacking_instruments(self, unit: int, row: Row) -> int:
        return self.problem.lacking(self.problem.units[unit].needs, row)

    def _with_old_tail(self, unit: int, prefix: Row) -> Row | None:
        """The prefix and those of the old row that add something; None where that is not enough."""
        row = prefix
        for reviewer in self.completion.rows[unit]:
            if reviewer not in row and self.problem.instruments[reviewer] & self._find_lacking_instruments(unit, row):
                row = (*row, reviewer)
        return None if self._find_lacking_instruments(unit, row) else row

    def _list_longer_rows(self, unit: int, prefix: Row, pool: int) -> Iterator[Row]:
        """All rows that begin with the prefix, those with free reviewers first, the shorter first."""
        for free in (True, False):
            yield from self._list_completed_rows(unit, prefix, pool & self._find_pool(unit, free=free))

    def _list_rows_with_swap(self, unit: int, at: int, pool: int) -> Iterator[Row]:
        """Rows with another reviewer at one place and the rest kept where it does; else with another rest."""
        row = self.completion.rows[unit]
        head, tail = row[:at], row[at + 1 :]
        served = self._find_lacking_instruments(unit, head) & ~self._find_lacking_instruments(unit, (row[at],))
        pool &= ~(self._combine_bits(row) | self._find_sibling_unit(unit))
        for reviewer in iterate_bits(pool & self.problem.having_all[served] if served else 0):
            yield self._trim_row(unit, (*head, reviewer, *tail))
        yield from self._list_completed_rows(unit, head, pool)

    def _list_rows_with_reviewer_at(self, unit: int, at: int, reviewer: int) -> Iterator[Row]:
        row = self.completion.rows[unit]
        if self.problem.instruments[reviewer] & self._find_lacking_instruments(unit, row[:at]):
            kept = self._trim_row(unit, (*row[:at], reviewer, *row[at:]))
            yield kept
            yield from self._list_completed_rows(unit, (*row[:at], reviewer), self._find_pool(unit, free=True))

    def _trim_row(self, unit: int, row: Row) -> Row:
        """The row without those that add nothing to those before them."""
        kept: Row = ()
        for reviewer in row:
            if self.problem.instruments[reviewer] & self._find_lacking_instruments(unit, kept):
                kept = (*kept, reviewer)
        return kept

    def _list_completed_rows(self, unit: int, prefix: Row, pool: int) -> Iterator[Row]:
        missing = self._find_lacking_instruments(unit, prefix)
        if not missing:
            yield prefix
            return
        pool &= ~(self._combine_bits(prefix) | self._find_sibling_unit(unit))
        whole = pool & self.problem.having_all[missing]
        for reviewer in iterate_bits(whole):
            yield (*prefix, reviewer)
        if len(prefix) + 2 <= self.problem.most_reviewers[self.problem.units[unit].state]:
            for reviewer in iterate_bits(pool & self.problem.having_any[missing] & ~whole):
                yield from self._list_completed_rows(unit, (*prefix, reviewer), pool)

    def _find_sibling_unit(self, unit: int) -> int:
        """Who reviews the same State on its other side."""
        state = self.problem.units[unit].state
        return self.completion.reviewers[state] & ~self._combine_bits(self.completion.rows[unit])

    @staticmethod
    def _combine_bits(row: Row) -> int:
        return sum(1 << reviewer for reviewer in row)
