"""Which column of a list of participants says who came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from untoc_network.serializers.member_lists.cell_parsers import FIELD_PARSERS
from untoc_network.serializers.member_lists.vocabulary import attendance_headers
from untoc_network.text.folding import fold_to_words

__all__ = ["find_attendance_column"]

_READ = 0.8
"""The share of cells that must say whether somebody came."""


def find_attendance_column(
    headers: Mapping[int, str], cells: Mapping[int, Mapping[int, str]], free: Iterable[int]
) -> int | None:
    """The first of the columns that are nothing else of which header and cells say it; None where none does."""
    return next((number for number in free if _is_attendance(headers[number], [*cells.get(number, {}).values()])), None)


def _is_attendance(header: str, texts: list[str]) -> bool:
    if not texts or " ".join(fold_to_words(header)) not in attendance_headers():
        return False
    parse = FIELD_PARSERS["attended"].parse
    return sum(parse(text, None).is_complete for text in texts) >= _READ * len(texts)
