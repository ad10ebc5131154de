"""Quick proofs that a draw cannot be completed, from matchings that look at one kind of rule at a time.

Each leaves some rules out; so where even that cannot be done, the whole cannot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from untoc_network_lots.draw_problem import iterate_bits
from untoc_network_lots.draw_state import DrawState

__all__ = ["is_refuted"]


def is_refuted(draw_state: DrawState) -> bool:
    """Whether it is proven that no completion exists; False says nothing."""
    if draw_state.broken:
        return True
    open_units = draw_state.open_units
    pools = {unit: draw_state.pool(unit) for unit in open_units}
    return (
        any(draw_state.room(unit) < 1 for unit in open_units)
        or _least_cannot_be_met(draw_state, pools)
        or any(_cannot_be_served(draw_state, pools, bit) for bit in _list_single_instruments(draw_state))
    )


def _list_single_instruments(draw_state: DrawState) -> Iterable[int]:
    together = 0
    for missing in draw_state.missing:
        together |= missing
    return (1 << bit for bit in iterate_bits(together))


def _cannot_be_served(draw_state: DrawState, pools: dict[int, int], instrument: int) -> bool:
    """Whether not all units that need an instrument can have a reviewer for it, each State reviewing its most."""
    having = draw_state.problem.having_any[instrument]
    wanting = {unit: pool & having for unit, pool in pools.items() if draw_state.missing[unit] & instrument}
    room = [
        most - reviewing.bit_count()
        for most, reviewing in zip(draw_state.problem.most, draw_state.reviewing, strict=True)
    ]
    return not _can_match_all(wanting, lambda reviewer: room[reviewer])


def _least_cannot_be_met(draw_state: DrawState, pools: dict[int, int]) -> bool:
    """Whether not all States that owe reviews can be drawn often enough by the States whose reviewers are not drawn."""
    reviewable = _join_pools_by_state(draw_state, pools)
    wanting: dict[int, int] = {}
    for at, reviewer in enumerate(draw_state.owing):
        owed = draw_state.owed(reviewer)
        places = sum(1 << state for state, pool in reviewable.items() if pool >> reviewer & 1)
        if places.bit_count() < owed:
            return True
        wanting |= {at * len(draw_state.problem.codes) + copy: places for copy in range(owed)}
    rooms = {state: _count_room(draw_state, state) for state in reviewable}
    return not _can_match_all(wanting, rooms.__getitem__)


def _join_pools_by_state(draw_state: DrawState, pools: dict[int, int]) -> dict[int, int]:
    """Who might still come to review each State, on either side."""
    reviewable: dict[int, int] = {}
    for unit, pool in pools.items():
        state = draw_state.problem.units[unit].state
        reviewable[state] = reviewable.get(state, 0) | pool
    return reviewable


def _count_room(draw_state: DrawState, state: int) -> int:
    """How many more reviewers a State can have: each must serve something that is missing."""
    units = draw_state.problem.units_of[state]
    useful = sum(
        min(draw_state.room(unit), draw_state.missing[unit].bit_count()) for unit in units if draw_state.missing[unit]
    )
    return min(useful, draw_state.problem.most_reviewers[state] - draw_state.reviewers[state].bit_count())


def _can_match_all(wanting: dict[int, int], room: Callable[[int], int]) -> bool:
    """Whether all can have one of the places that they may have (as bits), with so much room in each."""
    holding: dict[int, list[int]] = {}
    place_of: dict[int, int] = {}
    return all(_find_place_for(one, wanting, room, holding, place_of) for one in wanting)


def _find_place_for(
    one: int,
    wanting: dict[int, int],
    room: Callable[[int], int],
    holding: dict[int, list[int]],
    place_of: dict[int, int],
) -> bool:
    """Whether one more could be given a place, others moving on where they must: a shortest augmenting path."""
    came: dict[int, int] = {}
    seen, queue = 0, [one]
    for mover in queue:
        for place in iterate_bits(wanting[mover] & ~seen):
            seen |= 1 << place
            came[place] = mover
            held = holding.setdefault(place, [])
            if len(held) < room(place):
                _move_along_path(place, came, holding, place_of)
                return True
            queue.extend(held)
    return False


def _move_along_path(place: int, came: dict[int, int], holding: dict[int, list[int]], place_of: dict[int, int]) -> None:
    left: int | None = place
    while left is not None:
        mover, here = came[left], left
        left = place_of.get(mover)
        if left is not None:
            holding[left].remove(mover)
        holding[here].append(mover)
        place_of[mover] = here
