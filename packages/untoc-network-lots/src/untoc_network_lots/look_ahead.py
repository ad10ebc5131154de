"""The look-ahead: whether the whole draw can still be completed after one more lot."""

from __future__ import annotations

from enum import StrEnum

from untoc_network_lots.draw_completion import Completion, Row
from untoc_network_lots.draw_completion_repair import CompletionRepair
from untoc_network_lots.draw_problem import iterate_bits
from untoc_network_lots.draw_state import DrawState
from untoc_network_lots.exhaustive_search import ExhaustiveSearch
from untoc_network_lots.infeasibility_proofs import is_refuted

__all__ = ["Answer", "LookAhead"]

_QUICK, _THOROUGH = 40, 200
_WORK = 80_000_000
"""Steps of the search times the square of the units: about 500 steps at the size of the Convention."""
_FEW = 16
"""With so few open units the search is quicker than putting a completion together anew."""
_MOST_STEPS = 5_000
_FIRST_STEPS = 20_000


class Answer(StrEnum):
    """Whether the draw can be completed: proven so, proven not, or neither within the steps that are allowed."""

    YES = "yes"
    NO = "no"
    UNDECIDED = "undecided"


class LookAhead:
    """Keeps a completion of the draw at hand, and bends it so that it agrees with each lot.

    As long as there is one, the draw cannot reach a dead end.
    """

    def __init__(self, draw_state: DrawState, *, first_steps: int = _FIRST_STEPS) -> None:
        self.draw_state = draw_state
        self.completion = Completion(draw_state.problem)
        self.refused: dict[object, Answer] = {}
        self.pools: dict[int, int] | None = None
        self.verdict = self._find_first_completion(first_steps)

    def take(self, unit: int, reviewer: int) -> Answer:
        """Draw a State into a unit where the whole can then be completed; else leave all as it was."""
        row = (*self.draw_state.rows[unit], reviewer)
        if self.completion.rows[unit][: len(row)] == row:
            self._keep_reviewer(unit, reviewer)
            return Answer.YES
        if self.refused and (known := self.refused.get(self._find_equivalence_key(unit, reviewer))):
            return known
        return self._try_reviewer(unit, reviewer)

    def _try_reviewer(self, unit: int, reviewer: int) -> Answer:
        self.draw_state.take(unit, reviewer)
        self.completion.trail.clear()
        answer = self._bend_completion(unit, tuple(self.draw_state.rows[unit]))
        self.draw_state.take_back(unit)
        if answer is Answer.YES:
            self._keep_reviewer(unit, reviewer)
        else:
            self.refused[self._find_equivalence_key(unit, reviewer)] = answer
        return answer

    def _keep_reviewer(self, unit: int, reviewer: int) -> None:
        self.draw_state.take(unit, reviewer)
        self.refused.clear()
        self.pools = None

    def _find_equivalence_key(self, unit: int, reviewer: int) -> object:
        if self.pools is None:
            self.pools = {unit: self.draw_state.pool(unit) for unit in self.draw_state.open_units}
        return unit, self.draw_state.likeness(reviewer, self.pools)

    def _bend_completion(self, unit: int, prefix: Row) -> Answer:
        if self._place_reviewers(unit, prefix, _QUICK):
            return Answer.YES
        if is_refuted(self.draw_state):
            return Answer.NO
        if len(self.draw_state.open_units) > _FEW and self._rebuild_completion():
            return Answer.YES
        return self._search_exhaustively(min(_WORK // len(self.draw_state.rows) ** 2, _MOST_STEPS))

    def _rebuild_completion(self) -> bool:
        """Whether a completion could be put together anew."""
        self._replace_all_rows([tuple(row) for row in self.draw_state.rows])
        if self._build_completion():
            return True
        self.completion.undo(0)
        return False

    def _place_reviewers(self, unit: int, prefix: Row, budget: int) -> bool:
        return CompletionRepair(self.draw_state, self.completion, budget=budget, excused=frozenset()).place(
            unit, prefix
        )

    def _search_exhaustively(self, steps: int) -> Answer:
        search = ExhaustiveSearch(self.draw_state, budget=steps)
        rows = search.complete()
        if rows is None:
            return Answer.UNDECIDED if search.ended_early else Answer.NO
        self._replace_all_rows(rows)
        return Answer.YES

    def _replace_all_rows(self, rows: list[Row]) -> None:
        """Give all units other rows; first they are emptied, so that nobody stands on both sides of a State between."""
        for unit in range(len(rows)):
            self.completion.put(unit, ())
        for unit, row in enumerate(rows):
            self.completion.put(unit, row)

    # -- the first completion ----------------------------------------------------------------------------------------

    def _find_first_completion(self, steps: int) -> Answer:
        if is_refuted(self.draw_state):
            return Answer.NO
        self._replace_all_rows([tuple(row) for row in self.draw_state.rows])
        return Answer.YES if self._build_completion() else self._search_exhaustively(steps)

    def _build_completion(self) -> bool:
        """Whether a completion could be put together unit by unit, the hardest first, mending as it grows."""
        units = range(len(self.draw_state.rows))
        candidates = {unit: self.draw_state.candidates(unit).bit_count() for unit in units}
        excused = set(self.completion.short)
        for unit in sorted(units, key=lambda unit: (candidates[unit], unit)):
            if not self._grow_unit(unit, frozenset(excused)):
                return False
            excused &= self.completion.short
        while excused:
            excused.discard(min(excused))
            if not CompletionRepair(
                self.draw_state, self.completion, budget=_THOROUGH, excused=frozenset(excused)
            ).settle():
                return False
            excused &= self.completion.short
        return True

    def _grow_unit(self, unit: int, excused: frozenset[int]) -> bool:
        row = tuple(self.draw_state.rows[unit])
        while (pool := self._find_free_reviewers(unit, row)) and self._find_lacking_instruments(unit, row):
            row = (*row, min(iterate_bits(pool), key=lambda one: (*self._reviewer_sort_key(unit, row, one), one)))
        if not self._find_lacking_instruments(unit, row):
            self.completion.put(unit, row)
            if not (self.completion.crowded or self.completion.clashes or self.completion.over):
                return True
        prefix = tuple(self.draw_state.rows[unit])
        return CompletionRepair(self.draw_state, self.completion, budget=_THOROUGH, excused=excused).place(unit, prefix)

    def _find_free_reviewers(self, unit: int, row: Row) -> int:
        completion, problem = self.completion, self.draw_state.problem
        state = problem.units[unit].state
        taken = completion.full | completion.reviewers[state] | sum(1 << one for one in row)
        taken |= 0 if problem.mutual else completion.reviewing[state]
        return problem.units[unit].eligible & problem.having_any[self._find_lacking_instruments(unit, row)] & ~taken

    def _find_lacking_instruments(self, unit: int, row: Row) -> int:
        return self.draw_state.problem.lacking(self.draw_state.problem.units[unit].needs, row)

    def _reviewer_sort_key(self, unit: int, row: Row, one: int) -> tuple[int, int]:
        """Those first who serve the most, and of them those with the fewest reviews."""
        left = self._find_lacking_instruments(unit, (*row, one)).bit_count()
        return left, self.completion.reviewing[one].bit_count()
