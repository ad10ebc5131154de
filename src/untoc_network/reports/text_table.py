"""Rows as a table for people: columns as wide as they need, and where the terminal is narrower, the widest ones cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from untoc_network.diagnostics.code import escape_unprintable

__all__ = ["render_table"]

_NARROWEST = 12
"""A column is not cut to less than this; a line that is still too long is cut at its end."""


def render_table(head: Sequence[str], rows: Sequence[Sequence[object]], *, width: int | None = 80) -> Iterator[str]:
    """The table line by line, the head first; nothing where there is no row. None in a cell leaves it empty."""
    cells = [list(head), *([escape_unprintable("" if cell is None else str(cell)) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    if width is not None:
        _narrow(widths, width)
    for line in cells if rows else ():
        text = "  ".join(_cut(cell, wide).ljust(wide) for cell, wide in zip(line, widths, strict=True)).rstrip()
        yield text if width is None else _cut(text, width)


def _narrow(widths: list[int], width: int) -> None:
    """Take from the widest column what is too much, then from the next widest."""
    while (excess := sum(widths) + 2 * (len(widths) - 1) - width) > 0 and max(widths) > _NARROWEST:
        widest = widths.index(max(widths))
        others = max((wide for place, wide in enumerate(widths) if place != widest), default=0)
        widths[widest] = max(widths[widest] - excess, min(others, widths[widest] - 1), _NARROWEST)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"
