"""Where a log leads: its entries followed one by one through a procedure's table."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from enum import StrEnum

import attrs

from untoc_network.diagnostics.shared_methods import SharedMethods
from untoc_network.model.log_entry import Entry
from untoc_network.process.transition import Case, StatePart, Transition

__all__ = ["LogReplay", "find_shortest_paths", "replay_log"]

Paths = Mapping[tuple[StrEnum, StrEnum], tuple[str, ...]]


@attrs.frozen(kw_only=True)
class LogReplay(SharedMethods):
    """The state that a log leads to, and what is odd about the log.

    `skipped` tells for positions in the log which steps must have come before and are not recorded, and `missing` of
    those that several States take by which of them; `unexpected` at which positions stands a step that cannot come
    after what stands before it, with the state there; `belated` at which a State takes a step for itself that the
    thing has gone beyond without it.
    """

    state: StrEnum
    skipped: Mapping[int, tuple[str, ...]]
    unexpected: Mapping[int, StrEnum]
    missing: Mapping[int, Mapping[str, tuple[StatePart, ...]]]
    belated: frozenset[int]


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


def replay_log(
    case: Case,
    initial: StrEnum,
    transitions: tuple[Transition, ...],
    ways: Paths,
    by_several: Mapping[str, Transition],
) -> LogReplay:
    """Follow the log of a thing from the initial state; steps that are not recorded are taken as having been taken.

    `by_several` are the steps that several States take, each for itself.
    """
    state, log = initial, case.thing.log
    skipped: dict[int, tuple[str, ...]] = {}
    unexpected: dict[int, StrEnum] = {}
    missing: dict[int, Mapping[str, tuple[StatePart, ...]]] = {}
    belated: set[int] = set()
    for position, entry in enumerate(log):
        step = getattr(entry, "step", None)
        found = [
            (way, source, transition)
            for transition in transitions
            if transition.step == step
            for source in transition.sources
            if (way := ways.get((state, source))) is not None
        ]
        if not found:
            own = by_several.get(step) if step is not None else None
            if own is None or (own.target, state) not in ways or not _adds_to(entry, log[:position]):
                unexpected[position] = state
            elif state is not own.target:
                belated.add(position)
            continue
        way, source, transition = min(found, key=lambda one: len(one[0]))
        if way:
            skipped[position] = way
            untaken = [by_several[one] for one in way if one in by_several]
            if untaken:
                before = attrs.evolve(case, number=position)
                missing[position] = {one.step: one.list_missing(before, log[:position]) for one in untaken}
        state = source if transition.target is None else transition.partial or transition.target
        half = next((one for one in by_several.values() if state in (one.partial, one.target)), None)
        if half is not None and half.partial is not None and half.target is not None:
            missing_now = half.list_missing(attrs.evolve(case, number=position + 1), log[: position + 1])
            state = half.partial if missing_now else half.target
    return LogReplay(state=state, skipped=skipped, unexpected=unexpected, missing=missing, belated=frozenset(belated))


def _adds_to(entry: Entry, before: tuple[Entry, ...]) -> bool:
    """Whether an entry names a State, or an instrument, that no entry of the same step before it names."""
    same = [one for one in before if one.step == entry.step]  # type: ignore[attr-defined]
    told = {(state, code) for one in same for state in one.by for code in _list_instruments(one)}
    own = {(state, code) for state in entry.by for code in _list_instruments(entry)}
    return all(one.by for one in same) and not own <= told


def _list_instruments(entry: Entry) -> tuple[str | None, ...]:
    return tuple(getattr(entry, "instruments", ())) or (None,)
