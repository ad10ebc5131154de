"""A procedure as a picture in SVG: a card for each state with the steps that it allows, and arrows to where they lead.

It is as wide as a telephone, so that its words can be read there, and follows light and dark. Shapes stand for actors,
colours repeat them; the legend has both.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from enum import StrEnum
from xml.sax.saxutils import escape

import attrs

from untoc_network.engagement.translatable_message import MessageFormatter, make_message
from untoc_network.i18n.language_words import Words
from untoc_network.process.procedure import Procedure
from untoc_network.process.transition import Transition
from untoc_network.reference import packaged
from untoc_network.reference.facts import Reference
from untoc_network.reports.procedure_text import get_title, is_end, list_moves, tell_time_limit
from untoc_network.reports.stylesheet import load_picture_colours

__all__ = ["ProcedureLayout", "StateCard", "StepArc", "StepRow", "lay_out_procedure", "render_procedure_svg"]

_WIDTH, _MARGIN, _LANE, _GAP, _INDENT = 360, 8, 11, 24, 30
"""Pixels: of the picture, around it, between lanes, between cards, and left of the words in a card."""
_HEAD, _TITLE, _NOTE, _PAD = 30, 17, 15, 7
"""Pixels: the head of a card, a line of a step's name, a line of what is said of it, and the space after a step."""
_TITLE_LETTER, _NOTE_LETTER = 8.0, 6.6
"""Pixels that a letter takes at most, on an average, so that lines end within the card in every font."""
_SHAPES = (
    '<circle class="a0" cx="{x}" cy="{y}" r="5.5"/>',
    '<rect class="a1" x="{left}" y="{top}" width="10" height="10"/>',
    '<path class="a2" d="M{x} {top} L{right} {y} L{x} {bottom} L{left} {y} Z"/>',
    '<path class="a3" d="M{x} {top} L{right} {bottom} L{left} {bottom} Z"/>',
    '<path class="a4" d="M{left} {top} L{right} {top} L{x} {bottom} Z"/>',
    '<circle class="a5 ring" cx="{x}" cy="{y}" r="4.5"/>',
    '<rect class="a6 ring" x="{left}" y="{top}" width="9" height="9"/>',
    '<path class="a7 ring" d="M{x} {top} L{right} {y} L{x} {bottom} L{left} {y} Z"/>',
)
"""A shape for each actor of a procedure, in the order in which they act."""
_STYLE = f"""
    .procedure .page {{ fill: var(--page) }}
    .procedure .card {{ fill: var(--card); stroke: var(--accent); stroke-width: 1.3 }}
    .procedure .head {{ fill: var(--line) }}
    .procedure .last {{ fill: var(--accent) }}
    .procedure text {{ fill: var(--text); font-size: 13px }}
    .procedure .name {{ font-size: 14px; font-weight: 600 }}
    .procedure .title {{ font-size: 15px; font-weight: 700 }}
    .procedure .last-name {{ fill: var(--page) }}
    .procedure .step {{ font-weight: 600 }}
    .procedure .note {{ fill: var(--muted); font-size: 12px }}
    .procedure .way {{ fill: none; stroke: var(--accent); stroke-width: 1.6 }}
    .procedure .tip {{ fill: var(--accent) }}
    .procedure .free {{ stroke-dasharray: 4 3 }}
    {" ".join(f".procedure .a{number} {{ fill: var(--s{number}) }}" for number in range(len(_SHAPES)))}
    {" ".join(f".procedure .a{number}.ring {{ stroke: var(--s{number}) }}" for number in range(len(_SHAPES)))}
    .procedure .ring {{ fill: var(--card); stroke-width: 2.4 }}
"""
_SET_APART = re.compile(r"(?<=«) | (?=[:;»↻])")
_FRAME = """<svg xmlns="http://www.w3.org/2000/svg" class="procedure" viewBox="0 0 {width} {height}" width="{width}"
     height="{height}" role="img" lang="{language}" aria-labelledby="{name}-title {name}-desc"
     font-family="system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif">
  <title id="{name}-title">{title}</title>
  <desc id="{name}-desc">{described}</desc>
  <defs>
    <marker id="{name}-tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="6" markerHeight="6" orient="auto">
      <path class="tip" d="M0 0 L10 5 L0 10 Z"/>
    </marker>
    <style>{style}    </style>
  </defs>
  <rect class="page" width="{width}" height="{height}"/>
{parts}
</svg>
"""


@attrs.frozen(kw_only=True)
class StepRow:
    """A step in the card of a state: where it stands, its name and what is said of it, as lines; where it leads."""

    transition: Transition
    target: StrEnum
    top: int
    title: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def bottom(self) -> int:
        """Where the next step may stand."""
        return self.top + _TITLE * len(self.title) + _NOTE * len(self.notes) + _PAD


@attrs.frozen(kw_only=True)
class StateCard:
    """A state, where its card stands, and the steps in it."""

    state: StrEnum
    top: int
    rows: tuple[StepRow, ...]

    @property
    def bottom(self) -> int:
        """Where the card ends."""
        return self.rows[-1].bottom + 2 if self.rows else self.top + _HEAD

    @property
    def middle(self) -> int:
        """The height at which arrows arrive from the side."""
        return self.top + _HEAD // 2


@attrs.frozen(kw_only=True)
class StepArc:
    """A step that leads to a card that is not the next: the heights at which it leaves and arrives, and its lane."""

    transition: Transition
    leaves: int
    arrives: int
    lane: int


@attrs.frozen(kw_only=True)
class ProcedureLayout:
    """All parts of the picture but its legend; `lanes` is the number of lanes left of the cards."""

    title: tuple[str, ...] = ()
    cards: tuple[StateCard, ...]
    arcs: tuple[StepArc, ...]
    lanes: int

    @property
    def left(self) -> int:
        """Where the cards begin."""
        return _MARGIN + (_LANE * self.lanes + 4 if self.lanes else 0)


def lay_out_procedure(
    procedure: Procedure, *, languages: Sequence[str | Words] = ("en",), reference: Reference | None = None
) -> ProcedureLayout:
    """Give every state and every step of a procedure its place."""
    return _Layouter(procedure, MessageFormatter(languages), reference or packaged()).lay_out()


@attrs.frozen
class _Layouter:
    procedure: Procedure
    teller: MessageFormatter
    facts: Reference

    def lay_out(self) -> ProcedureLayout:
        order = {state: number for number, state in enumerate(self.procedure.states)}
        moves = list_moves(self.procedure)
        elsewhere = dict.fromkeys(to for source, to, _ in moves if order[to] not in (order[source], order[source] + 1))
        trunks = {target: lane for lane, target in enumerate(elsewhere)}
        left = ProcedureLayout(cards=(), arcs=(), lanes=len(trunks)).left
        cards: dict[StrEnum, StateCard] = {}
        title = _wrap(get_title(self.procedure, self.teller), _WIDTH - 2 * _MARGIN, _TITLE_LETTER + 1.2)
        top = _MARGIN + 20 * len(title) + 6
        for state in self.procedure.states:
            cards[state] = StateCard(state=state, top=top, rows=tuple(self._place_rows(state, top + _HEAD, left)))
            top = cards[state].bottom + _GAP
        arcs = tuple(
            StepArc(
                transition=row.transition,
                leaves=row.top + _TITLE - 5,
                arrives=cards[row.target].middle,
                lane=trunks[row.target],
            )
            for card in cards.values()
            for row in card.rows
            if order[row.target] not in (order[card.state], order[card.state] + 1)
        )
        return ProcedureLayout(title=title, cards=tuple(cards.values()), arcs=arcs, lanes=len(trunks))

    def _place_rows(self, state: StrEnum, top: int, left: int) -> Iterator[StepRow]:
        """The steps that lead on, then those that leave the state as it is, where it is the first that allows them."""
        moves = [
            (target, one)
            for source, target, one in list_moves(self.procedure)
            if source is state and (one.target is not None or one.sources[0] is state)
        ]
        room = _WIDTH - _MARGIN - left - _INDENT - 8
        top += 6 if moves else 0
        for target, one in sorted(moves, key=lambda move: (move[0] is state, not move[1].expected)):
            name = self.teller.label(one.step)
            way = "" if target is not state else " ↻"
            said = "; ".join(self._list_notes(one, state, target))
            row = StepRow(
                transition=one,
                target=target,
                top=top,
                title=_wrap(f"{name}{way}", room, _TITLE_LETTER),
                notes=_wrap(said, room, _NOTE_LETTER),
            )
            yield row
            top = row.bottom

    def _list_notes(self, one: Transition, state: StrEnum, target: StrEnum) -> Iterator[str]:
        teller = self.teller
        states = tuple(self.procedure.states)
        if states.index(target) not in (states.index(state), states.index(state) + 1):
            yield f"→ {teller.label(target)}"
        yield teller.label(one.actor)
        if one.partial is not None:
            yield teller.of("procedure.each")
        limit = tell_time_limit(one, self.facts, teller)
        if limit is not None:
            yield limit
        if not one.expected:
            yield teller.of("procedure.may-happen")
        elif not one.required:
            yield teller.of("procedure.optional")
        if target is state and one.target is None and one.sources[-1] is not state:
            yield teller.of(make_message("procedure.until", state=one.sources[-1]))


def _wrap(words: str, room: int, letter: float) -> tuple[str, ...]:
    """Words in lines that end within so many pixels, and not before a sign that French sets apart."""
    kept = _SET_APART.sub("\u00a0", words)
    return tuple(textwrap.wrap(kept, int(room / letter), break_long_words=False, break_on_hyphens=False))


def render_procedure_svg(
    procedure: Procedure, *, reference: Reference | None = None, languages: Sequence[str | Words] = ("en",)
) -> str:
    """The procedure as an SVG picture with a title, a description and a legend; the same bytes every time.

    Dashed arrows are steps that may be left out; filled heads are states at which the procedure ends.
    """
    teller, facts = MessageFormatter(languages), reference or packaged()
    layout = _Layouter(procedure, teller, facts).lay_out()
    shapes = _choose_shapes(procedure)
    parts = list(_render_cards(procedure, layout, shapes, teller))
    bottom = layout.cards[-1].bottom + _GAP
    legend = list(_render_legend(procedure, bottom, shapes, teller))
    height = bottom + 24 + _LEGEND_LINE * (len(shapes) + len(_LEGEND)) + _MARGIN
    states = ", ".join(teller.label(state) for state in procedure.states)
    title = get_title(procedure, teller)
    return _FRAME.format(
        name=procedure.name,
        language=teller.words.language,
        width=_WIDTH,
        height=height,
        title=escape(title),
        described=escape(f"{title}: {states}."),
        style=load_picture_colours(".procedure") + _STYLE,
        parts="\n".join(f"  {part}" for part in (*parts, *legend)),
    )


def _choose_shapes(procedure: Procedure) -> dict[str, str]:
    return dict(zip(dict.fromkeys(one.actor.value for one in procedure.transitions), _SHAPES, strict=False))


def _draw_shape(shape: str, x: int, y: int) -> str:
    return shape.format(x=x, y=y, left=x - 5, right=x + 5, top=y - 5, bottom=y + 5)


def _render_cards(
    procedure: Procedure, layout: ProcedureLayout, shapes: dict[str, str], teller: MessageFormatter
) -> Iterator[str]:
    tip = f'marker-end="url(#{procedure.name}-tip)"'
    for number, line in enumerate(layout.title, 1):
        yield _write("title", _MARGIN, _MARGIN - 4 + 20 * number, line)
    for arc in sorted(layout.arcs, key=lambda arc: arc.transition.required):
        x = _MARGIN + _LANE * (layout.lanes - 1 - arc.lane)
        way = f"M{layout.left} {arc.leaves} H{x} V{arc.arrives} H{layout.left}"
        yield f'<path class="way{"" if arc.transition.required else " free"}" d="{way}" {tip}/>'
    centre = layout.left + _INDENT // 2
    for card, below in zip(layout.cards, (*layout.cards[1:], None), strict=True):
        yield from _render_card(card, layout, is_end(procedure, card.state), teller.label(card.state))
        for row in card.rows:
            yield _draw_shape(shapes[row.transition.actor], centre, row.top + _TITLE - 5)
            for number, line in enumerate(row.title):
                yield _write("step", layout.left + _INDENT, row.top + _TITLE * (number + 1), line)
            below_title = row.top + _TITLE * len(row.title)
            for number, line in enumerate(row.notes):
                yield _write("note", layout.left + _INDENT, below_title + _NOTE * (number + 1), line)
        onward = [row.transition for row in card.rows if below is not None and row.target is below.state]
        if onward and below is not None:
            free = "" if any(one.required for one in onward) else " free"
            yield f'<path class="way onward{free}" d="M{centre} {card.bottom} V{below.top}" {tip}/>'


def _render_card(card: StateCard, layout: ProcedureLayout, ends: bool, label: str) -> Iterator[str]:
    left, width = layout.left, _WIDTH - _MARGIN - layout.left
    height = card.bottom - card.top
    yield f'<rect class="card" x="{left}" y="{card.top}" width="{width}" height="{height}" rx="8"/>'
    kind, inner = "last" if ends else "head", width - 2
    if card.rows:
        square = f"M{left + 1} {card.top + _HEAD} v-{_HEAD - 8} q0 -7 7 -7 h{inner - 14} q7 0 7 7 v{_HEAD - 8} z"
        yield f'<path class="{kind}" d="{square}"/>'
    else:
        yield f'<rect class="{kind}" x="{left + 1}" y="{card.top + 1}" width="{inner}" height="{_HEAD - 2}" rx="7"/>'
    yield _write(f"name{' last-name' if ends else ''}", left + 10, card.top + 20, label)


def _write(kind: str, x: int, y: int, words: str) -> str:
    return f'<text class="{kind}" x="{x}" y="{y}">{escape(words)}</text>'


_LEGEND_LINE = 20
_LEGEND = ("state", "end", "onward", "free", "stays")


def _render_legend(procedure: Procedure, top: int, shapes: dict[str, str], teller: MessageFormatter) -> Iterator[str]:
    """What the shapes, colours and lines stand for."""
    yield _write("name", _MARGIN, top + 12, teller.of("procedure.legend"))
    y = top + 24
    for actor, shape in shapes.items():
        yield _draw_shape(shape, _MARGIN + 14, y + 5)
        yield _write("note", _MARGIN + 34, y + 9, teller.label(actor))
        y += _LEGEND_LINE
    signs = {
        "state": '<rect class="card head" x="{x}" y="{y}" width="28" height="12" rx="3"/>',
        "end": '<rect class="card last" x="{x}" y="{y}" width="28" height="12" rx="3"/>',
        "onward": '<path class="sign way" d="M{x} {middle} h27" {tip}/>',
        "free": '<path class="sign way free" d="M{x} {middle} h27" {tip}/>',
        "stays": '<text class="step" x="{sign}" y="{text}">↻</text>',
    }
    tip = f'marker-end="url(#{procedure.name}-tip)"'
    for name in _LEGEND:
        places = {"x": _MARGIN, "y": y - 1, "middle": y + 5, "sign": _MARGIN + 8, "text": y + 10, "tip": tip}
        yield signs[name].format(**places)
        yield _write("note", _MARGIN + 34, y + 9, teller.of(f"procedure.legend-{name}"))
        y += _LEGEND_LINE
