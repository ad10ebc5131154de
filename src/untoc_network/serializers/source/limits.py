"""How large and how deep an input may be."""

from __future__ import annotations

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.diagnostics.shared_methods import SharedMethods

__all__ = ["Limits"]

DEEPEST = 200
"""The most levels that the recursion of a reader can bear."""


@attrs.frozen(kw_only=True)
class Limits(SharedMethods):
    """Bounds that every reader keeps, so that no input takes more than 200 MB of memory to read.

    `Limits.large()` has those for a large register that you trust. Raises `ImpossibleValue` for a depth that is not
    between 1 and 200.
    """

    max_bytes: int = 12_000_000
    """Size of the whole input; the default is that of about 10,000 organizations and what is said of them."""

    max_values: int = 600_000
    """Values in a document, and cells in its tables; lists and objects count twice. Each takes up to 300 bytes."""

    max_findings: int = 10_000
    """Errors that a reader tells before it stops, and as many warnings, after which it goes on without telling more."""

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

    hold_back_gc: bool = False
    """Whether Python's cyclic garbage collector is held back in the whole process while one large register is read."""

    @classmethod
    def large(cls) -> Limits:
        """Bounds for a large register that is trusted: 16 GiB and a thousand million values; memory grows with them."""
        return cls(max_bytes=2**34, max_values=10**9, max_rows=10**7, max_cells=10**8, max_inflated=2**34)

    def __attrs_post_init__(self) -> None:
        if not 1 <= self.max_depth <= DEEPEST:
            raise ImpossibleValue(f"max_depth must be between 1 and {DEEPEST}")
