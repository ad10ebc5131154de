"""Where the parts of a procedure's picture stand: states in a column, steps that skip states in lanes beside it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import attrs

from untoc_network.process.procedure import Procedure
from untoc_network.process.transition import Transition

__all__ = ["LINE", "Arc", "Layout", "Row", "lay_out"]

_TOP, _GAP, _PORT, LINE = 16, 48, 22, 16
"""Pixels above the first box, between boxes, between arrows on one side of a box, between lines of text."""


@attrs.frozen(kw_only=True)
class Row:
    """A state, where its box stands, and the steps that are written beside it since they leave the state as it is."""

    state: StrEnum
    top: int
    height: int
    staying: tuple[Transition, ...]

    @property
    def bottom(self) -> int:
        """Where the box ends."""
        return self.top + self.height


@attrs.frozen(kw_only=True)
class Arc:
    """A step that skips states or leads back: the heights at which it leaves and arrives, and its lane."""

    transition: Transition
    leaves: int
    arrives: int
    lane: int


@attrs.frozen(kw_only=True)
class Layout:
    """All parts of the picture; `lanes` is the number of lanes."""

    rows: tuple[Row, ...]
    arcs: tuple[Arc, ...]
    lanes: int

    @property
    def height(self) -> int:
        """The height of the picture."""
        return self.rows[-1].bottom + _TOP


Jump = tuple[Transition, int, int]
"""A step with the numbers of the state that it leaves and the one that it leads to."""


def lay_out(procedure: Procedure) -> Layout:
    """Give every state and every step of a procedure its place."""
    states = tuple(procedure.states)
    jumps = tuple(_jumps(procedure, states))
    sides = _sides(jumps, len(states))
    rows = tuple(_rows(procedure, states, sides))
    lanes = _lanes(jumps)
    arcs = tuple(
        Arc(
            transition=jump[0],
            leaves=_height(rows[jump[1]], sides[jump[1]].index((number, "leaves"))),
            arrives=_height(rows[jump[2]], sides[jump[2]].index((number, "arrives"))),
            lane=lanes[number],
        )
        for number, jump in enumerate(jumps)
    )
    return Layout(rows=rows, arcs=arcs, lanes=max(lanes, default=-1) + 1)


def _jumps(procedure: Procedure, states: tuple[StrEnum, ...]) -> Iterator[Jump]:
    for number, state in enumerate(states):
        for transition in procedure.allowed(state):
            target = None if transition.target is None else states.index(transition.target)
            if target is not None and target not in (number, number + 1):
                yield transition, number, target


def _sides(jumps: tuple[Jump, ...], states: int) -> list[list[tuple[int, str]]]:
    """For each state the jumps that arrive at its box, and below them those that leave it."""
    sides: list[list[tuple[int, str]]] = [[] for _ in range(states)]
    for number, (_, _, target) in enumerate(jumps):
        sides[target].append((number, "arrives"))
    for number, (_, source, _) in enumerate(jumps):
        sides[source].append((number, "leaves"))
    return sides


def _rows(procedure: Procedure, states: tuple[StrEnum, ...], sides: list[list[tuple[int, str]]]) -> Iterator[Row]:
    top = _TOP
    for state, side in zip(states, sides, strict=True):
        staying = tuple(
            transition
            for transition in procedure.allowed(state)
            if transition.target is state or (transition.target is None and transition.sources[0] is state)
        )
        row = Row(
            state=state, top=top, height=max(36, _PORT * len(side) + 12, 2 * LINE * len(staying) + 8), staying=staying
        )
        yield row
        top = row.bottom + _GAP


def _height(row: Row, place: int) -> int:
    return row.top + _PORT // 2 + 8 + _PORT * place


def _lanes(jumps: tuple[Jump, ...]) -> list[int]:
    """The lane of each jump: short ones next to the boxes, no two that pass each other in one lane."""
    taken: list[list[tuple[int, int]]] = []
    lanes = [0] * len(jumps)
    spans = [(min(source, target), max(source, target)) for _, source, target in jumps]
    for number in sorted(range(len(jumps)), key=lambda place: spans[place][1] - spans[place][0]):
        low, high = spans[number]
        free = next((lane for lane, held in enumerate(taken) if all(b < low or a > high for a, b in held)), len(taken))
        taken.extend([[]] if free == len(taken) else [])
        taken[free].append((low, high))
        lanes[number] = free
    return lanes
