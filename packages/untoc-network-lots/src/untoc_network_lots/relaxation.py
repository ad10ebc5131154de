"""Quick proofs that a draw cannot be completed, from matchings that look at one kind of rule at a time.

Each leaves some rules out; so where even that cannot be done, the whole cannot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from untoc_network_lots.draw_state import Standing
from untoc_network_lots.problem import bits

__all__ = ["is_refuted"]


def is_refuted(standing: Standing) -> bool:
    """Whether it is proven that no completion exists; False says nothing."""
    if standing.broken:
        return True
    open_units = standing.open_units
    pools = {unit: standing.pool(unit) for unit in open_units}
    return (
        any(standing.room(unit) < 1 for unit in open_units)
        or _least_cannot_be_met(standing, pools)
        or any(_cannot_be_served(standing, pools, bit) for bit in _instruments(standing))
    )


def _instruments(standing: Standing) -> Iterable[int]:
    together = 0
    for missing in standing.missing:
        together |= missing
    return (1 << bit for bit in bits(together))


def _cannot_be_served(standing: Standing, pools: dict[int, int], instrument: int) -> bool:
    """Whether not all units that need an instrument can have a reviewer for it, each State reviewing its most."""
    having = standing.problem.having_any[instrument]
    wanting = {unit: pool & having for unit, pool in pools.items() if standing.missing[unit] & instrument}
    room = [
        most - reviewing.bit_count() for most, reviewing in zip(standing.problem.most, standing.reviewing, strict=True)
    ]
    return not _all_matched(wanting, lambda reviewer: room[reviewer])


def _least_cannot_be_met(standing: Standing, pools: dict[int, int]) -> bool:
    """Whether not all States that owe reviews can be drawn often enough by the States whose reviewers are not drawn."""
    reviewable = _by_state(standing, pools)
    wanting: dict[int, int] = {}
    for at, reviewer in enumerate(standing.owing):
        owed = standing.owed(reviewer)
        places = sum(1 << state for state, pool in reviewable.items() if pool >> reviewer & 1)
        if places.bit_count() < owed:
            return True
        wanting |= {at * len(standing.problem.codes) + copy: places for copy in range(owed)}
    rooms = {state: _room(standing, state) for state in reviewable}
    return not _all_matched(wanting, rooms.__getitem__)


def _by_state(standing: Standing, pools: dict[int, int]) -> dict[int, int]:
    """Who might still come to review each State, on either side."""
    reviewable: dict[int, int] = {}
    for unit, pool in pools.items():
        state = standing.problem.units[unit].state
        reviewable[state] = reviewable.get(state, 0) | pool
    return reviewable


def _room(standing: Standing, state: int) -> int:
    """How many more reviewers a State can have: each must serve something that is missing."""
    units = standing.problem.units_of[state]
    useful = sum(
        min(standing.room(unit), standing.missing[unit].bit_count()) for unit in units if standing.missing[unit]
    )
    return min(useful, standing.problem.most_reviewers[state] - standing.reviewers[state].bit_count())


def _all_matched(wanting: dict[int, int], room: Callable[[int], int]) -> bool:
    """Whether all can have one of the places that they may have (as bits), with so much room in each."""
    holding: dict[int, list[int]] = {}
    place_of: dict[int, int] = {}
    return all(_seated(one, wanting, room, holding, place_of) for one in wanting)


def _seated(
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
        for place in bits(wanting[mover] & ~seen):
            seen |= 1 << place
            came[place] = mover
            held = holding.setdefault(place, [])
            if len(held) < room(place):
                _move_on(place, came, holding, place_of)
                return True
            queue.extend(held)
    return False


def _move_on(place: int, came: dict[int, int], holding: dict[int, list[int]], place_of: dict[int, int]) -> None:
    left: int | None = place
    while left is not None:
        mover, here = came[left], left
        left = place_of.get(mover)
        if left is not None:
            holding[left].remove(mover)
        holding[here].append(mover)
        place_of[mover] = here
