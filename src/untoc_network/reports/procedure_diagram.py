"""A procedure as a picture in SVG: its states in a column, the steps between them, their actors and time limits."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from enum import StrEnum
from xml.sax.saxutils import escape

import attrs

from untoc_network.process.procedure import Procedure
from untoc_network.process.transition import Transition
from untoc_network.reference import packaged
from untoc_network.reference.facts import Reference
from untoc_network.reports.procedure_text import describe_actor, describe_time_limit, to_words

__all__ = ["LINE", "ProcedureLayout", "StateRow", "StepArc", "lay_out_procedure", "render_procedure_svg"]

_LEFT, _BOX, _RIGHT, _LANE = 330, 210, 430, 14
"""Pixels left of the boxes, of the boxes themselves, right of them, and between lanes."""
_CENTRE = _LEFT + _BOX // 2
_STYLE = """
      .state { fill: #eef3f8; stroke: #2b5c8a; stroke-width: 1.5; }
      .end { fill: #2b5c8a; stroke: #2b5c8a; stroke-width: 1.5; }
      .name { font-size: 14px; font-weight: 600; fill: #16324c; text-anchor: middle; }
      .light { fill: #ffffff; }
      .way { fill: none; stroke: #51606f; stroke-width: 1.4; marker-end: url(#tip); }
      .free { stroke-dasharray: 5 4; }
      .step { font-size: 13px; font-weight: 600; fill: #16324c; }
      .note { font-size: 12px; fill: #51606f; }
      .out { text-anchor: end; }
"""
_FRAME = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} 0 {width} {height}" role="img"
     aria-labelledby="title desc"
     font-family="system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif">
  <title id="title">{title}</title>
  <desc id="desc">{described}</desc>
  <defs>
    <marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto">
      <path d="M0 0 L10 5 L0 10 Z" fill="#51606f"/>
    </marker>
    <style>{style}    </style>
  </defs>
  <rect x="{left}" width="{width}" height="{height}" fill="#ffffff"/>
{parts}
</svg>
"""


def render_procedure_svg(procedure: Procedure, *, reference: Reference | None = None) -> str:
    """The procedure as an SVG picture with a title and a description; the same bytes every time.

    Dashed arrows are steps that may be left out; dark boxes are where the procedure ends.
    """
    facts, layout = reference or packaged(), lay_out_procedure(procedure)
    left = 0 if layout.lanes else _LEFT - 16
    return _FRAME.format(
        left=left,
        width=_LEFT + _BOX + _RIGHT - left,
        height=layout.height,
        title=escape(procedure.title),
        described=escape(f"{procedure.title}: {', '.join(map(to_words, procedure.states))}."),
        style=_STYLE,
        parts="\n".join(f"  {part}" for part in _render_diagram_parts(procedure, layout, facts)),
    )


def _render_diagram_parts(procedure: Procedure, layout: ProcedureLayout, facts: Reference) -> Iterator[str]:
    for row in layout.rows:
        yield from _render_box(row, "state" if procedure.allowed(row.state) else "end")
        for number, transition in enumerate(row.staying):
            last = transition.sources[-1]
            more = "" if last is row.state or transition.target else f"until {to_words(last)}"
            notes = _render_notes(transition, facts, more)
            yield from _render_notes_on_two_lines(
                transition, notes, _LEFT + _BOX + 14, row.top + 16 + number * 2 * LINE
            )
    for above, below in itertools.pairwise(layout.rows):
        steps = [one for one in procedure.allowed(above.state) if one.target is below.state]
        for transition in steps:
            yield _render_arrow_path(transition, f"M{_CENTRE} {above.bottom} V{below.top}")
            yield from _render_notes_on_two_lines(
                transition, _render_notes(transition, facts), _CENTRE + 14, above.bottom + 20
            )
    for arc in layout.arcs:
        yield from _render_arc(arc, layout.lanes)


def _render_box(row: StateRow, kind: str) -> Iterator[str]:
    yield f'<rect class="{kind}" x="{_LEFT}" y="{row.top}" width="{_BOX}" height="{row.height}" rx="8"/>'
    light = " light" if kind == "end" else ""
    middle = row.top + row.height // 2 + 5
    yield f'<text class="name{light}" x="{_CENTRE}" y="{middle}">{escape(to_words(row.state))}</text>'


def _render_notes(transition: Transition, facts: Reference, more: str = "") -> str:
    limit = describe_time_limit(transition, facts)
    return "; ".join(note for note in (describe_actor(transition), limit, more) if note)


def _render_notes_on_two_lines(transition: Transition, notes: str, x: int, y: int) -> Iterator[str]:
    yield f'<text class="step" x="{x}" y="{y}">{escape(to_words(transition.step))}</text>'
    yield f'<text class="note" x="{x}" y="{y + LINE - 2}">{escape(notes)}</text>'


def _render_arrow_path(transition: Transition, path: str) -> str:
    return f'<path class="way{"" if transition.required else " free"}" d="{path}"/>'


def _render_arc(arc: StepArc, lanes: int) -> Iterator[str]:
    """From the left side of one box through a lane to another; its words stand on the way out."""
    x = 16 + _LANE * (lanes - 1 - arc.lane)
    yield _render_arrow_path(arc.transition, f"M{_LEFT} {arc.leaves} H{x} V{arc.arrives} H{_LEFT}")
    words = f"{to_words(arc.transition.step)}: {describe_actor(arc.transition)}"
    yield f'<text class="note out" x="{_LEFT - 8}" y="{arc.leaves - 4}">{escape(words)}</text>'


_TOP, _GAP, _PORT, LINE = 16, 48, 22, 16
"""Pixels above the first box, between boxes, between arrows on one side of a box, between lines of text."""


@attrs.frozen(kw_only=True)
class StateRow:
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
class StepArc:
    """A step that skips states or leads back: the heights at which it leaves and arrives, and its lane."""

    transition: Transition
    leaves: int
    arrives: int
    lane: int


@attrs.frozen(kw_only=True)
class ProcedureLayout:
    """All parts of the picture; `lanes` is the number of lanes."""

    rows: tuple[StateRow, ...]
    arcs: tuple[StepArc, ...]
    lanes: int

    @property
    def height(self) -> int:
        """The height of the picture."""
        return self.rows[-1].bottom + _TOP


Jump = tuple[Transition, int, int]
"""A step with the numbers of the state that it leaves and the one that it leads to."""


def lay_out_procedure(procedure: Procedure) -> ProcedureLayout:
    """Give every state and every step of a procedure its place."""
    states = tuple(procedure.states)
    jumps = tuple(_find_jumps(procedure, states))
    sides = _sort_jumps_by_state(jumps, len(states))
    rows = tuple(_place_state_rows(procedure, states, sides))
    lanes = _choose_lanes(jumps)
    arcs = tuple(
        StepArc(
            transition=jump[0],
            leaves=_compute_height_on_row(rows[jump[1]], sides[jump[1]].index((number, "leaves"))),
            arrives=_compute_height_on_row(rows[jump[2]], sides[jump[2]].index((number, "arrives"))),
            lane=lanes[number],
        )
        for number, jump in enumerate(jumps)
    )
    return ProcedureLayout(rows=rows, arcs=arcs, lanes=max(lanes, default=-1) + 1)


def _find_jumps(procedure: Procedure, states: tuple[StrEnum, ...]) -> Iterator[Jump]:
    for number, state in enumerate(states):
        for transition in procedure.allowed(state):
            target = None if transition.target is None else states.index(transition.target)
            if target is not None and target not in (number, number + 1):
                yield transition, number, target


def _sort_jumps_by_state(jumps: tuple[Jump, ...], states: int) -> list[list[tuple[int, str]]]:
    """For each state the jumps that arrive at its box, and below them those that leave it."""
    sides: list[list[tuple[int, str]]] = [[] for _ in range(states)]
    for number, (_, _, target) in enumerate(jumps):
        sides[target].append((number, "arrives"))
    for number, (_, source, _) in enumerate(jumps):
        sides[source].append((number, "leaves"))
    return sides


def _place_state_rows(
    procedure: Procedure, states: tuple[StrEnum, ...], sides: list[list[tuple[int, str]]]
) -> Iterator[StateRow]:
    top = _TOP
    for state, side in zip(states, sides, strict=True):
        staying = tuple(
            transition
            for transition in procedure.allowed(state)
            if transition.target is state or (transition.target is None and transition.sources[0] is state)
        )
        row = StateRow(
            state=state, top=top, height=max(36, _PORT * len(side) + 12, 2 * LINE * len(staying) + 8), staying=staying
        )
        yield row
        top = row.bottom + _GAP


def _compute_height_on_row(row: StateRow, place: int) -> int:
    return row.top + _PORT // 2 + 8 + _PORT * place


def _choose_lanes(jumps: tuple[Jump, ...]) -> list[int]:
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
