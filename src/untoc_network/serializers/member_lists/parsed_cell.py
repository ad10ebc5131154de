"""What a cell says, and the parts of a cell that holds several values."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import attrs

__all__ = ["AND", "MARKS", "MARKS_AND_COMMAS", "NOTHING", "Reader", "Understood", "parts"]


@attrs.frozen(kw_only=True)
class Understood:
    """What a cell says.

    `whole` tells whether the values say all that the cell says; `guess` what was concluded and could be wrong, as a
    key of the phrases of IM010;
    `ambiguous` that it can mean two different days; `remedy` what to do about what was not understood, where the cell
    tells more of that than its field, as a key of the phrases of IM008.
    """

    values: tuple[Any, ...] = ()
    whole: bool = True
    guess: str | None = None
    ambiguous: bool = False
    remedy: str | None = None


NOTHING = Understood(whole=False)
Reader = Callable[[str, str | None], Understood]
"""Called with the text of a cell and the order of day, month and year, where it is given."""

MARKS = re.compile(r"[;|\n\r]+")
MARKS_AND_COMMAS = re.compile(r"[;|\n\r,/]+")
AND = re.compile(r"\s+(?:y|e|and|et)\s+|\s*&\s*", re.IGNORECASE)


def parts(text: str, marks: re.Pattern[str]) -> list[str]:
    """The values in a cell, apart by marks."""
    return [part for piece in marks.split(text) if (part := piece.strip(" .\t"))]
