"""How large and how deep an input may be."""

from __future__ import annotations

import attrs

from untoc_network.errors import ImpossibleValue

__all__ = ["Limits"]

DEEPEST = 200
"""The most levels that the recursion of a reader can bear."""


@attrs.frozen(kw_only=True)
class Limits:
    """Bounds that every reader keeps. Raise them for input that you trust.

    Raises `ImpossibleValue` for a depth that is not between 1 and 200.
    """

    max_bytes: int = 2**30
    """Size of the whole input; the default is one gibibyte, about two million stakeholders."""

    max_depth: int = 64
    """Levels of nesting, at most 200; a register needs fewer than ten."""

    max_rows: int = 200_000
    """Rows of a sheet."""

    max_columns: int = 1_000
    """Columns of a sheet."""

    max_cells: int = 250_000
    """Cells of a sheet that hold something: 10,000 members with 25 columns; each needs less than a kilobyte."""

    max_cell_characters: int = 100_000
    """Characters in one cell; spreadsheets themselves allow 32,767."""

    max_inflated: int = 2**26
    """Bytes that the parts of a workbook unpack to; the default is 64 mebibytes."""

    max_calendar_lines: int = 100_000
    """Lines of a calendar: some 10,000 entries."""

    hold_back_gc: bool = True
    """Whether Python's cyclic garbage collector is held back while a register is read; it would find nothing."""

    def __attrs_post_init__(self) -> None:
        if not 1 <= self.max_depth <= DEEPEST:
            raise ImpossibleValue(f"max_depth lies between 1 and {DEEPEST}")
