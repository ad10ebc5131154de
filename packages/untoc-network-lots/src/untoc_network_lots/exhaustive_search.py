"""The last word on whether a draw can be completed: all ways are tried until one is found or none is left.

First a place is sought for every State that owes a review, the one with the fewest places first; then the units are
filled, the one with the fewest candidates first. States that are alike are tried once.
"""

from __future__ import annotations

from collections.abc import Iterator

from untoc_network_lots.draw_problem import iterate_bits
from untoc_network_lots.draw_state import DrawState
from untoc_network_lots.infeasibility_proofs import is_refuted

__all__ = ["ExhaustiveSearch"]

Rows = list[tuple[int, ...]]

_DEEPEST = 300
"""So many lots are looked ahead at the most, which the recursion can bear."""


class ExhaustiveSearch:
    """A search through all completions of a draw, of so many steps at the most."""

    def __init__(self, draw_state: DrawState, *, budget: int) -> None:
        self.draw_state, self.problem = draw_state, draw_state.problem
        self.budget = budget
        self.depth = 0
        self.promised = [0] * len(draw_state.rows)
        """Who is to come into each unit, because it owes a review."""

    @property
    def ended_early(self) -> bool:
        """Whether the steps were used up, so that not finding a completion proves nothing."""
        return self.budget < 0

    def complete(self) -> Rows | None:
        """The rows of a completion; None where none was found. The standing is as before."""
        if is_refuted(self.draw_state):
            return None
        return self._place_owing_states(
            [one for one in self.draw_state.owing for _ in range(self.draw_state.owed(one))]
        )

    # -- places for those who owe ------------------------------------------------------------------------------------

    def _place_owing_states(self, owing: list[int]) -> Rows | None:
        if not owing:
            return self._fill_open_units()
        homes = {one: self._find_possible_units(one) for one in owing}
        hardest = min(owing, key=lambda one: (len(homes[one]), one))
        rest = owing.copy()
        rest.remove(hardest)
        for unit in homes[hardest]:
            if not self._count_step():
                return None
            self.promised[unit] |= 1 << hardest
            self.depth += 1
            rows = self._place_owing_states(rest)
            self.depth -= 1
            self.promised[unit] &= ~(1 << hardest)
            if rows is not None:
                return rows
        return None

    def _find_possible_units(self, one: int) -> list[int]:
        units = (unit for unit in self.draw_state.open_units if self.draw_state.pool(unit) >> one & 1)
        return [unit for unit in units if self._fits(unit, one)]

    def _fits(self, unit: int, one: int) -> bool:
        """Whether there is room for one more in the unit, and all who are promised a place there can be useful."""
        state = self.problem.units[unit].state
        units = self.problem.units_of[state]
        if any(self.promised[other] >> one & 1 for other in units):
            return False
        promised = {other: self.promised[other] | (1 << one if other == unit else 0) for other in units}
        left = self.problem.most_reviewers[state] - self.draw_state.reviewers[state].bit_count()
        wanted = sum(self._count_wanted_reviewers(other, mask) for other, mask in promised.items())
        return wanted <= left and self._can_all_be_useful(self.draw_state.missing[unit], promised[unit])

    def _count_wanted_reviewers(self, unit: int, promised: int) -> int:
        """How many more reviewers the unit has at the least."""
        missing = self.problem.lacking(self.draw_state.missing[unit], iterate_bits(promised))
        return promised.bit_count() + (1 if missing else 0)

    def _can_all_be_useful(self, missing: int, promised: int) -> bool:
        """Whether these can be drawn in some order in which each serves something that those before it lack."""
        return not promised or any(
            self.problem.instruments[one] & missing
            and self._can_all_be_useful(missing & ~self.problem.instruments[one], promised & ~(1 << one))
            for one in iterate_bits(promised)
        )

    # -- filling the units -------------------------------------------------------------------------------------------

    def _fill_open_units(self) -> Rows | None:
        open_units = self.draw_state.open_units
        if not open_units:
            return [tuple(row) for row in self.draw_state.rows]
        candidates = {unit: self.draw_state.candidates(unit) for unit in open_units}
        hardest = min(open_units, key=lambda unit: (candidates[unit].bit_count(), unit))
        for one in self._list_next_reviewers(hardest, candidates[hardest], open_units):
            if not self._count_step():
                return None
            rows = self._complete_with_reviewer(hardest, one)
            if rows is not None:
                return rows
        return None

    def _complete_with_reviewer(self, unit: int, one: int) -> Rows | None:
        promised = self.promised[unit]
        self.promised[unit] &= ~(1 << one)
        self.draw_state.take(unit, one)
        self.depth += 1
        rows = self._fill_open_units()
        self.depth -= 1
        self.draw_state.take_back(unit)
        self.promised[unit] = promised
        return rows

    def _list_next_reviewers(self, unit: int, candidates: int, open_units: list[int]) -> Iterator[int]:
        """Who may come next: those promised a place, then one of each kind of the others."""
        promised, missing = self.promised[unit], self.draw_state.missing[unit]
        pools = {open_unit: self.draw_state.pool(open_unit) for open_unit in open_units}
        kinds = {self.draw_state.likeness(one, pools): one for one in iterate_bits(candidates & ~promised)}
        for one in (*iterate_bits(candidates & promised), *sorted(kinds.values(), key=self._reviewer_sort_key)):
            if self._can_all_be_useful(missing & ~self.problem.instruments[one], promised & ~(1 << one)):
                yield one

    def _reviewer_sort_key(self, one: int) -> tuple[int, int, int]:
        """Those first who have the fewest reviews yet, and of them those who are party to the most."""
        load = self.draw_state.reviewing[one].bit_count()
        return (load, -self.problem.instruments[one].bit_count(), one)

    def _count_step(self) -> bool:
        self.budget = self.budget - 1 if self.depth < _DEEPEST else -1
        return self.budget >= 0
