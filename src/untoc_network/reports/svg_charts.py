"""Charts as inline SVG without scripts: bars and lines. Lengths are percentages, so that letters keep their size.

A chart tells nothing that its table does not: it is one picture to a screen reader, with a name, and the table follows.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from html import escape

import attrs

__all__ = ["Bar", "BarPart", "LineSeries", "render_bars", "render_hatching", "render_legend", "render_line_chart"]

_LEFT, _RIGHT = 12.0, 96.0
"""Where the plot of lines begins and ends, in percent of the width."""
_TOP, _PLOT, _BELOW = 14, 180, 30
"""Pixels above the plot, its height, and below it."""
_STEPS = 4
_APART, _LAST = 14.0, 30.0
"""How far apart labels of days are at least, in percent of the width; and how far from the last, a whole day."""


@attrs.frozen(kw_only=True)
class BarPart:
    """A part of a bar: its number, and which colour of the series it has; None stands for a number that is not told."""

    value: int | None
    series: int = 0


@attrs.frozen(kw_only=True)
class Bar:
    """A bar with its label, the number in words, and its parts side by side."""

    label: str
    said: str
    parts: tuple[BarPart, ...]


@attrs.frozen(kw_only=True)
class LineSeries:
    """Numbers from day to day; None where one is not told."""

    values: tuple[int | None, ...]
    series: int = 0


def render_hatching() -> str:
    """The hatching of numbers that are not told, once in a page."""
    return (
        '<svg class="defs" width="0" height="0" aria-hidden="true" focusable="false"><defs>'
        '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="6" height="6" class="hatch-back"/><rect width="2" height="6" class="hatch-line"/>'
        "</pattern></defs></svg>\n"
    )


def render_bars(rows: Sequence[Bar], name: str, *, most: int | None = None) -> Iterator[str]:
    """Bars one below the other, on one scale: up to `most`, or else the longest of them."""
    most = most or find_longest_bar(rows)
    yield f'<div class="bars" role="img" aria-label="{escape(name)}">\n'
    for row in rows:
        yield f'<div class="{"row" if row.label else "row more"}"><span class="label">{escape(row.label)}</span>'
        yield (
            f'<svg class="bar" width="100%" height="18" aria-hidden="true">'
            f"{''.join(_render_bar_parts(row, most))}</svg>"
        )
        yield f'<span class="said">{escape(row.said)}</span></div>\n'
    yield "</div>\n"


def find_longest_bar(rows: Sequence[Bar]) -> int:
    """The longest bar, at least 1."""
    return max((sum(part.value or 0 for part in row.parts) for row in rows), default=0) or 1


def _render_bar_parts(row: Bar, most: int) -> Iterator[str]:
    at = 0.0
    yield '<rect class="rail" x="0" y="17" width="100%" height="1"/>'
    for part in row.parts:
        if part.value is None:
            yield f'<rect class="untold" x="{at:.2f}%" y="1" width="6%" height="15"/>'
            at += 6
        elif part.value:
            wide = 100 * part.value / most
            yield f'<rect class="s{part.series}" x="{at:.2f}%" y="1" width="{wide:.2f}%" height="15"/>'
            at += wide


def render_legend(names: Sequence[tuple[str, int | None]]) -> str:
    """What each colour stands for; None is the hatching."""
    items = "".join(
        f'<li><svg width="14" height="14" aria-hidden="true"><rect width="14" height="14" '
        f'class="{"untold" if series is None else f"s{series}"}"/></svg> {escape(name)}</li>'
        for name, series in names
    )
    return f'<ul class="legend" aria-hidden="true">{items}</ul>\n'


def render_line_chart(days: Sequence[tuple[int, str]], drawn: Sequence[LineSeries], name: str) -> Iterator[str]:
    """Lines over days, which are ordinals with labels, with a scale, dots, and gaps where a number is not told."""
    across = _compute_day_positions([day for day, _ in days])
    top = _round_up_to_scale(max((value or 0 for line in drawn for value in line.values), default=0))
    height = _TOP + _PLOT + _BELOW
    yield f'<svg class="lines" width="100%" height="{height}" role="img" aria-label="{escape(name)}">\n'
    for step in range(_STEPS + 1):
        y = _TOP + _PLOT - _PLOT * step / _STEPS
        yield f'<line class="grid" x1="{_LEFT}%" x2="{_RIGHT}%" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text x="{_LEFT - 1.5}%" y="{y + 4:.1f}" text-anchor="end">{top * step // _STEPS}</text>\n'
    for x, label, anchor in _place_day_labels(across, [label for _, label in days]):
        yield f'<text x="{x:.2f}%" y="{height - 8}" text-anchor="{anchor}">{escape(label)}</text>\n'
    for line in drawn:
        yield from _render_line(line, across, top)
    yield "</svg>\n"


def _render_line(line: LineSeries, across: Sequence[float], top: int) -> Iterator[str]:
    spots = [
        None if value is None else (x, _TOP + _PLOT - _PLOT * value / top)
        for x, value in zip(across, line.values, strict=True)
    ]
    for one, after in itertools.pairwise(spots):
        if one and after:
            ends = f'x1="{one[0]:.2f}%" y1="{one[1]:.1f}" x2="{after[0]:.2f}%" y2="{after[1]:.1f}"'
            yield f'<line class="l{line.series}" {ends}/>'
    for spot in filter(None, spots):
        yield f'<circle class="s{line.series}" cx="{spot[0]:.2f}%" cy="{spot[1]:.1f}" r="3.5"/>\n'


def _compute_day_positions(days: Sequence[int]) -> list[float]:
    """Where each day stands, in percent of the width; a single one in the middle."""
    span = days[-1] - days[0]
    return [_LEFT + (_RIGHT - _LEFT) * ((day - days[0]) / span if span else 0.5) for day in days]


def _place_day_labels(across: Sequence[float], labels: Sequence[str]) -> Iterator[tuple[float, str, str]]:
    """The label of the last day, and of those before it as many as stand clear of each other on a narrow page."""
    free, anchor = 100.0, "end" if len(across) > 1 else "middle"
    for x, label in zip(reversed(across), reversed(labels), strict=True):
        if x <= free:
            yield x, label, anchor
            free = x - (_APART if anchor == "middle" else _LAST)
            anchor = "middle"


def _round_up_to_scale(number: int) -> int:
    """The next number that four steps divide well."""
    step = 1
    while True:
        for one in (1, 2, 5):
            if _STEPS * one * step >= number:
                return _STEPS * one * step
        step *= 10
