"""How a draw stands: what has been drawn so far, and who can be drawn next as far as each rule alone can tell."""

from __future__ import annotations

from collections.abc import Iterable

from untoc_network_lots.draw_problem import Problem

__all__ = ["DrawState"]


class DrawState:
    """The reviewers drawn so far. It changes by `take` and `take_back` only."""

    def __init__(self, problem: Problem, rows: Iterable[Iterable[int]] = ()) -> None:
        self.problem = problem
        self.rows: list[list[int]] = [[] for _ in problem.units]
        self.missing = [unit.needs for unit in problem.units]
        self.reviewers = [0] * len(problem.codes)
        self.reviewing = [0] * len(problem.codes)
        self.full = sum(1 << state for state, most in enumerate(problem.most) if most < 1)
        self.broken = False
        """Whether those who were in their places from the start break a rule already."""
        for unit, row in enumerate(rows):
            for reviewer in row:
                self.broken |= not self._may_take(unit, reviewer)
                self.take(unit, reviewer)

    def _may_take(self, unit: int, reviewer: int) -> bool:
        state = self.problem.units[unit].state
        barred = self.reviewers[state] | self.full | (0 if self.problem.mutual else self.reviewing[state])
        crowded = self.reviewers[state].bit_count() >= self.problem.most_reviewers[state]
        return not crowded and bool(self.problem.units[unit].eligible & ~barred & 1 << reviewer)

    def take(self, unit: int, reviewer: int) -> None:
        """Let a State be drawn as the next reviewer of a unit."""
        state = self.problem.units[unit].state
        self.rows[unit].append(reviewer)
        self.missing[unit] &= ~self.problem.instruments[reviewer]
        self.reviewers[state] |= 1 << reviewer
        self.reviewing[reviewer] |= 1 << state
        if self.reviewing[reviewer].bit_count() >= self.problem.most[reviewer]:
            self.full |= 1 << reviewer

    def take_back(self, unit: int) -> None:
        """Undo the last `take` of a unit."""
        state = self.problem.units[unit].state
        reviewer = self.rows[unit].pop()
        self.missing[unit] = self.problem.units[unit].needs
        for left in self.rows[unit]:
            self.missing[unit] &= ~self.problem.instruments[left]
        self.reviewers[state] &= ~(1 << reviewer)
        self.reviewing[reviewer] &= ~(1 << state)
        self.full &= ~(1 << reviewer)

    def room(self, unit: int) -> int:
        """How many more reviewers the unit may have, one being left for the other side where that is open."""
        state = self.problem.units[unit].state
        waiting = sum(1 for other in self.problem.units_of[state] if other != unit and self.missing[other])
        return self.problem.most_reviewers[state] - self.reviewers[state].bit_count() - waiting

    def candidates(self, unit: int) -> int:
        """Who can be drawn next, by each rule alone; whether the whole can still be completed is another question."""
        problem, missing, room = self.problem, self.missing[unit], self.room(unit)
        state = problem.units[unit].state
        if room < 1:
            return 0
        useful = problem.having_all[missing] if room == 1 else problem.having_any[missing]
        taken = self.reviewers[state] | self.full | (0 if problem.mutual else self.reviewing[state])
        return problem.units[unit].eligible & useful & ~taken

    def pool(self, unit: int) -> int:
        """Who might still come into a unit at any place in its row."""
        problem, state = self.problem, self.problem.units[unit].state
        taken = self.reviewers[state] | self.full | (0 if problem.mutual else self.reviewing[state])
        return problem.units[unit].eligible & problem.having_any[self.missing[unit]] & ~taken

    @property
    def open_units(self) -> list[int]:
        """The units that are not yet reviewed for all of their instruments."""
        return [unit for unit, missing in enumerate(self.missing) if missing]

    @property
    def owing(self) -> list[int]:
        """The States that have yet to be drawn as reviewers, to have the least number of reviews."""
        return [state for state in range(len(self.problem.codes)) if self.owed(state) > 0]

    def owed(self, state: int) -> int:
        """How many reviews the State has yet to be drawn for at the least."""
        return max(self.problem.least[state] - self.reviewing[state].bit_count(), 0)

    def likeness(self, reviewer: int, pools: dict[int, int]) -> tuple[int, ...]:
        """What sets a State apart as a reviewer: two that are alike can stand in for each other in every completion.

        Alike are States that are party to the same instruments, may still review as often, owe as many reviews and
        may come into the same units (`pools`: who may come into each open unit). A State that is itself yet to be
        reviewed is like no other, since who reviews it bears on whom it may review.
        """
        load, problem = self.reviewing[reviewer].bit_count(), self.problem
        if any(unit in pools for unit in problem.units_of[reviewer]):
            return (reviewer,)
        homes = sum(1 << at for at, pool in enumerate(pools.values()) if pool >> reviewer & 1)
        left = min(problem.most[reviewer] - load, len(pools))
        return (problem.instruments[reviewer], left, self.owed(reviewer), homes)
