"""What a cell says, and the parts of a cell that holds several values."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import attrs

__all__ = ["AND", "NOT_UNDERSTOOD", "SEPARATORS", "SEPARATORS_AND_COMMAS", "CellParser", "ParsedCell", "split_values"]


@attrs.frozen(kw_only=True)
class ParsedCell:
    """What a cell says.

    `is_complete` tells whether the values say all that the cell says; `guess` what was concluded and could be wrong, as
    a key of the phrases of IM010; `is_ambiguous` that it can mean two different days; `remedy` what to do about what
    was not understood, where the cell tells more of that than its field, as a key of the phrases of IM008; `day` which
    one a number of days, as spreadsheets count them, would be.
    """

    values: tuple[Any, ...] = ()
    is_complete: bool = True
    guess: str | None = None
    is_ambiguous: bool = False
    remedy: str | None = None
    day: str | None = None


NOT_UNDERSTOOD = ParsedCell(is_complete=False)
CellParser = Callable[[str, str | None], ParsedCell]
"""Called with the text of a cell and the order of day, month and year, where it is given."""

SEPARATORS = re.compile(r"[;|\n\r]+")
SEPARATORS_AND_COMMAS = re.compile(r"[;|\n\r,/]+")
AND = re.compile(r"\s+(?:y|e|and|et)\s+|\s*&\s*", re.IGNORECASE)


def split_values(text: str, marks: re.Pattern[str]) -> list[str]:
    """The values in a cell, apart by marks."""
    return [part for piece in marks.split(text) if (part := piece.strip(" .\t"))]
