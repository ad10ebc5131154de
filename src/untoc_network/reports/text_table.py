"""Rows as a table for people: columns as wide as they need, and where there is less room, cells of several lines.

No word is ever cut or broken, so that an id or an address can be copied. Where the longest words of all columns do not
stand side by side, each row is told as a list of its fields instead.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.reports.text_wrapping import wrap

__all__ = ["has_room_for_columns", "render_table"]


def render_table(
    head: Sequence[str], rows: Sequence[Sequence[object]], *, width: int | None = 80, colon: str = ":"
) -> Iterator[str]:
    """The table line by line, the head first; nothing where there is no row. None in a cell leaves it empty.

    `colon` is what ends a label in the language of the head, where the rows become lists for want of room.
    """
    if not rows:
        return
    cells = [list(head), *([escape_unprintable("" if cell is None else str(cell)) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    gap = 2 if width is None or _narrow_columns(widths, cells, width, 2) else 1
    if width is not None and gap == 1 and not _narrow_columns(widths, cells, width, gap):
        yield from _render_rows_as_lists(cells, width, colon)
        return
    for row in cells:
        wrapped = [wrap(cell, wide) for cell, wide in zip(row, widths, strict=True)]
        for line in itertools.zip_longest(*wrapped, fillvalue=""):
            columns = (cell.ljust(wide) for cell, wide in zip(line, widths, strict=True))
            yield (" " * gap).join(columns).rstrip(" ")


def has_room_for_columns(head: Sequence[str], rows: Sequence[Sequence[object]], width: int) -> bool:
    """Whether a table of these cells stands in so many columns, and does not become a list."""
    columns = zip(head, *([str("" if cell is None else cell) for cell in row] for row in rows), strict=True)
    least = [max(len(word) for cell in column for word in escape_unprintable(cell).split(" ")) for column in columns]
    return sum(least) + max(len(least) - 1, 0) <= width


def _narrow_columns(widths: list[int], cells: list[list[str]], width: int, gap: int) -> bool:
    """Take what is too much from the widest columns, as far as their words allow; False where that is not enough."""
    least = [max(len(word) for cell in column for word in cell.split(" ")) for column in zip(*cells, strict=True)]
    while (excess := sum(widths) + gap * (len(widths) - 1) - width) > 0:
        wide = [place for place in range(len(widths)) if widths[place] > least[place]]
        if not wide:
            return False
        widest, *others = sorted(wide, key=lambda place: -widths[place])
        next_widest = widths[others[0]] if others else 0
        widths[widest] = max(widths[widest] - excess, min(next_widest, widths[widest] - 1), least[widest])
    return True


def _render_rows_as_lists(cells: list[list[str]], width: int, colon: str) -> Iterator[str]:
    head, *rows = cells
    for number, row in enumerate(rows):
        if number:
            yield ""
        for name, cell in zip(head, row, strict=True):
            if cell:
                yield from wrap(f"{name}{colon} {cell}", width, rest="  ")
