"""A complete draw that agrees with everything drawn so far: the proof that the draw can still be completed."""

from __future__ import annotations

from untoc_network_lots.draw_problem import Problem

__all__ = ["Completion", "Row"]

Row = tuple[int, ...]
"""The reviewers of one unit in their order: each is party to an instrument that those before it lack."""


class Completion:
    """Rows for all units, and where they break a rule.

    `over` have too many reviews, `short` too few, `crowded` too many reviewers; `clashes` are pairs of States that
    review each other.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.rows: list[Row] = [()] * len(problem.units)
        self.reviewers = [0] * len(problem.codes)
        self.reviewing = [0] * len(problem.codes)
        self.full = sum(1 << state for state, most in enumerate(problem.most) if most < 1)
        self.over: set[int] = set()
        self.short = {state for state, least in enumerate(problem.least) if least > 0}
        self.crowded: set[int] = set()
        self.clashes: set[tuple[int, int]] = set()
        self.trail: list[tuple[int, Row]] = []

    def put(self, unit: int, row: Row) -> None:
        """Give a unit another row; `undo` takes it back."""
        self.trail.append((unit, self.rows[unit]))
        self._set_row(unit, row)

    def undo(self, to: int) -> None:
        """Take back all that was put since the trail had that length."""
        while len(self.trail) > to:
            self._set_row(*self.trail.pop())

    def _set_row(self, unit: int, row: Row) -> None:
        state, old = self.problem.units[unit].state, self.rows[unit]
        self.rows[unit] = row
        for reviewer in old:
            if reviewer not in row:
                self._remove_review(state, reviewer)
        for reviewer in row:
            if reviewer not in old:
                self._add_review(state, reviewer)
        self._mark_as_broken(
            self.crowded, state, self.reviewers[state].bit_count() > self.problem.most_reviewers[state]
        )

    def _remove_review(self, state: int, reviewer: int) -> None:
        self.reviewers[state] &= ~(1 << reviewer)
        self.reviewing[reviewer] &= ~(1 << state)
        self.clashes.discard(_sort_pair(state, reviewer))
        self._check_load(reviewer)

    def _add_review(self, state: int, reviewer: int) -> None:
        self.reviewers[state] |= 1 << reviewer
        self.reviewing[reviewer] |= 1 << state
        if not self.problem.mutual and self.reviewers[reviewer] >> state & 1:
            self.clashes.add(_sort_pair(state, reviewer))
        self._check_load(reviewer)

    def _check_load(self, reviewer: int) -> None:
        load, most = self.reviewing[reviewer].bit_count(), self.problem.most[reviewer]
        self._mark_as_broken(self.over, reviewer, load > most)
        self._mark_as_broken(self.short, reviewer, load < self.problem.least[reviewer])
        self.full = self.full | 1 << reviewer if load >= most else self.full & ~(1 << reviewer)

    @staticmethod
    def _mark_as_broken(marked: set[int], state: int, holds: bool) -> None:
        if holds:
            marked.add(state)
        else:
            marked.discard(state)


def _sort_pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
