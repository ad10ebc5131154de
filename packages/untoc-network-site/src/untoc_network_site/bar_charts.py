"""Charts as inline SVG without scripts: bars. Lengths are percentages, so that letters keep their size.

A chart tells nothing that its table does not: it is one picture to a screen reader, with a name, and the table follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

import attrs

__all__ = ["Bar", "BarPart", "find_longest_bar", "render_bars", "render_hatching", "render_legend"]


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
