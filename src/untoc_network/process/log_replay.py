"""Where a log leads: its entries followed one by one through a procedure's table."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from enum import StrEnum

import attrs

from untoc_network.diagnostics.shared_methods import SharedMethods
from untoc_network.model.log_entry import Entry
from untoc_network.process.transition import Transition

__all__ = ["LogReplay", "find_shortest_paths", "replay_log"]

Paths = Mapping[tuple[StrEnum, StrEnum], tuple[str, ...]]


@attrs.frozen(kw_only=True)
class LogReplay(SharedMethods):
    """The state that a log leads to, and what is odd about the log.

    `skipped` tells for positions in the log which steps must have come before and are not recorded; `unexpected` at
    which positions stands a step that cannot come after what stands before it, with the state there.
    """

    state: StrEnum
    skipped: Mapping[int, tuple[str, ...]]
    unexpected: Mapping[int, StrEnum]


def find_shortest_paths(transitions: Iterable[Transition]) -> Paths:
    """The fewest steps that lead from one state to another, for every pair of states that has some."""
    onward: dict[StrEnum, list[tuple[str, StrEnum]]] = {}
    states: dict[StrEnum, None] = {}
    for transition in transitions:
        for source in transition.sources:
            states[source] = None
            if transition.target is not None:
                states[transition.target] = None
                onward.setdefault(source, []).append((transition.step, transition.target))
    return {(start, end): way for start in states for end, way in _find_shortest_paths_from(start, onward).items()}


def _find_shortest_paths_from(
    start: StrEnum, onward: Mapping[StrEnum, list[tuple[str, StrEnum]]]
) -> Mapping[StrEnum, tuple[str, ...]]:
    found: dict[StrEnum, tuple[str, ...]] = {start: ()}
    open_ends = deque([start])
    while open_ends:
        here = open_ends.popleft()
        for step, after in onward.get(here, ()):
            if after not in found:
                found[after] = (*found[here], step)
                open_ends.append(after)
    return found


def replay_log(log: Iterable[Entry], initial: StrEnum, transitions: tuple[Transition, ...], ways: Paths) -> LogReplay:
    """Follow a log from the initial state; steps that are not recorded are taken as having been taken."""
    state = initial
    skipped: dict[int, tuple[str, ...]] = {}
    unexpected: dict[int, StrEnum] = {}
    for position, entry in enumerate(log):
        found = [
            (way, source, transition)
            for transition in transitions
            if transition.step == getattr(entry, "step", None)
            for source in transition.sources
            if (way := ways.get((state, source))) is not None
        ]
        if not found:
            unexpected[position] = state
            continue
        way, source, transition = min(found, key=lambda one: len(one[0]))
        if way:
            skipped[position] = way
        state = source if transition.target is None else transition.target
    return LogReplay(state=state, skipped=skipped, unexpected=unexpected)
