"""Why a draw is impossible: a smallest set of constraints that conflict, in words."""

from __future__ import annotations

from collections.abc import Mapping

from untoc_network_lots.constraints import Constraint, ConstraintKind, compile_draw_state, list_constraints
from untoc_network_lots.draw_inputs import Inputs
from untoc_network_lots.draw_state import DrawState
from untoc_network_lots.infeasibility_proofs import is_refuted
from untoc_network_lots.look_ahead import Answer, LookAhead

__all__ = ["describe_conflict", "find_conflict"]

_FEW = 20
_STEPS = 2_000


def describe_conflict(inputs: Inputs, groups: Mapping[str, int]) -> tuple[str, ...]:
    """A smallest set of conflicting constraints, in words; empty where no conflict is proven."""
    return tuple(constraint.words for constraint in find_conflict(inputs, groups))


def find_conflict(inputs: Inputs, groups: Mapping[str, int]) -> tuple[Constraint, ...]:
    """Constraints that cannot all be kept, while without any one of them the rest could be, as far as is proven.

    Smallest means that nothing in it is superfluous; there may be another conflict with fewer constraints. Where the
    steps of the search did not suffice to prove a conflict, the set is empty. Where States cannot all have their least
    number of reviews, that each State is reviewed is one constraint, since it says how many reviews there are.
    """
    everything = list_constraints(inputs)
    narrowing = _ConflictNarrowing(inputs, groups)
    bounds = tuple(one for one in everything if one.kind is not ConstraintKind.LEAST_REVIEWS)
    if narrowing.conflicts(bounds):
        return narrowing.narrowed((), (), bounds)
    if not narrowing.conflicts(everything):
        return ()
    reviewed = tuple(one for one in everything if one.kind is ConstraintKind.REVIEWED)
    rest = tuple(one for one in everything if one.kind is not ConstraintKind.REVIEWED)
    return (Constraint(kind=ConstraintKind.ALL_REVIEWED), *narrowing.narrowed(reviewed, (), rest))


class _ConflictNarrowing:
    """Divides constraints again and again, to find the ones that a conflict needs (Junker's QuickXplain)."""

    def __init__(self, inputs: Inputs, groups: Mapping[str, int]) -> None:
        self.inputs, self.groups = inputs, groups
        self.searches = len(inputs.participants) <= _FEW or not self._is_refuted(list_constraints(inputs))
        """Whether all completions are searched: among many States the quick proofs must do, where they do at all."""

    def conflicts(self, constraints: tuple[Constraint, ...]) -> bool:
        """Whether these are proven to conflict."""
        if not self.searches:
            return self._is_refuted(constraints)
        return LookAhead(self._make_draw_state(constraints), first_steps=_STEPS).verdict is Answer.NO

    def _is_refuted(self, constraints: tuple[Constraint, ...]) -> bool:
        return is_refuted(self._make_draw_state(constraints))

    def _make_draw_state(self, constraints: tuple[Constraint, ...]) -> DrawState:
        return compile_draw_state(self.inputs, self.groups, constraints)

    def narrowed(
        self, given: tuple[Constraint, ...], added: tuple[Constraint, ...], left: tuple[Constraint, ...]
    ) -> tuple[Constraint, ...]:
        """What of `left` is needed to conflict with `given`; `added` is what was given last."""
        if added and self.conflicts(given):
            return ()
        if len(left) == 1:
            return left
        first, second = left[: len(left) // 2], left[len(left) // 2 :]
        of_second = self.narrowed((*given, *first), first, second)
        of_first = self.narrowed((*given, *of_second), of_second, first)
        return (*of_first, *of_second)
