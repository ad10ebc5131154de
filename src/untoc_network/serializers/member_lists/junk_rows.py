"""Rows below the headers that are about no member: totals, sources, tags, a second table, headings of sections.

A row is set aside only where it can hardly be a member: one that gives a name and nothing else is one, unless its
words, its merged cell or its place say otherwise. A heading of a section says something of each row below it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from enum import StrEnum

from untoc_network.serializers.member_lists.cell_content import CellSort, find_sorts
from untoc_network.serializers.member_lists.column_mapping import fold_header
from untoc_network.serializers.member_lists.sheet_reading import Cell, Sheet
from untoc_network.serializers.member_lists.vocabulary import row_words
from untoc_network.text.folding import fold

__all__ = ["RowSort", "are_countries", "find_junk_rows", "find_sections"]


class RowSort(StrEnum):
    """What a row below the headers is, if not a member."""

    REPEATED = "repeated"
    TAGS = "tags"
    TOTAL = "total"
    REMARK = "remark"
    STRUCK = "struck"
    TABLE = "table"


_NUMBER = re.compile(r"[-+]?[\d.,\s\u00a0%$€£]+")
_LONGEST_HEADING = 80
_MARK_OF_REMARK = re.compile(r"\s*(\*|\(\*+\)|[¹²³†‡©]|\(\d\)\s)")


def find_junk_rows(
    sheet: Sheet, header: int, names: Mapping[int, str], are_headers: Callable[[tuple[Cell, ...]], bool]
) -> dict[int, RowSort]:
    """The rows below the headers that are about no member by what they say; `names` are the folded headers."""
    rows = {number: cells for number, cells in sorted(sheet.rows.items()) if number > header}
    sorts = {
        number: sort
        for number, cells in rows.items()
        if (sort := RowSort.STRUCK if number in sheet.struck else _find_sort(cells, names)) is not None
    }
    last = max((number for number, cells in rows.items() if number not in sorts and len(cells) > 1), default=header)
    for number, cells in rows.items():
        if number > last and number not in sorts and len(cells) == 1 and _MARK_OF_REMARK.match(cells[0].text):
            sorts[number] = RowSort.REMARK
    sorts |= _find_other_table(rows, sorts, are_headers)
    return dict(sorted(sorts.items()))


def _find_sort(cells: tuple[Cell, ...], names: Mapping[int, str]) -> RowSort | None:
    """What a row is by its own words."""
    if len(cells) > 1 and all(names.get(cell.column) == fold_header(cell.text) for cell in cells):
        return RowSort.REPEATED
    if all(cell.text.startswith("#") and not cell.text[1:].isdigit() for cell in cells) and len(cells) > 1:
        return RowSort.TAGS
    first, others = cells[0].text, cells[1:]
    if all(_NUMBER.fullmatch(cell.text) for cell in others) and _is_total(first):
        return RowSort.TOTAL
    return RowSort.REMARK if not others and _is_remark(first) else None


def _is_total(text: str) -> bool:
    """Whether a text says nothing but that it is a total, and perhaps of what: `Total miembros: 4`."""
    words = fold(text)
    if words in row_words("totals"):
        return True
    begins = any(words.startswith(f"{total} ") for total in row_words("totals"))
    return begins and bool(re.search(r"(\d|:)\s*\W*$", text))


def _is_remark(text: str) -> bool:
    begin, colon, _ = text.partition(":")
    return bool(colon) and fold(begin) in row_words("remarks")


def _find_other_table(
    rows: Mapping[int, tuple[Cell, ...]],
    sorts: Mapping[int, RowSort],
    are_headers: Callable[[tuple[Cell, ...]], bool],
) -> Mapping[int, RowSort]:
    """Another row of headers, after a gap: what follows it, and its title, is of another table."""
    numbers = sorted(rows)
    for before, number in itertools.pairwise(numbers):
        has_title = len(rows[before]) == 1 and before - 1 not in rows
        if (number - before > 1 or has_title) and number not in sorts and are_headers(rows[number]):
            first = before if has_title and number - before == 1 else number
            return {later: RowSort.TABLE for later in numbers if later >= first}
    return {}


# -- sections --------------------------------------------------------------------------------------------------------


def find_sections(
    sheet: Sheet, body: Mapping[int, tuple[Cell, ...]], naming: Collection[int], *, of_bodies: bool
) -> dict[int, Cell]:
    """The heading of its section for each row, and for those that are headings themselves.

    A heading is the only cell of its row: it names a country, is merged over the columns, or cannot be a name.
    """
    first = min((cell.column for cells in body.values() for cell in cells), default=1)
    wide = {(range_.top, range_.left) for range_ in sheet.merged if range_.right > range_.left}
    alone = [
        body[number][0]
        for number, following in itertools.pairwise(sorted(body))
        if len(body[number]) == 1 and len(body[following]) > 1 and len(body[number][0].text) <= _LONGEST_HEADING
    ]
    names = [cell.text for cells in body.values() if len(cells) > 1 for cell in cells if cell.column in naming]
    shouted = [cell for cell in alone if cell.text.isupper()]
    is_shouting = of_bodies and len(shouted) > 1 and not any(name.isupper() for name in names)
    headings = {
        cell.row: cell
        for cell in alone
        if cell.position in wide
        or (cell.column == first and cell.column not in naming)
        or cell.text.endswith(":")
        or _is_country(cell)
        or (is_shouting and cell.text.isupper())
    }
    sections: dict[int, Cell] = {}
    current: Cell | None = None
    for number in sorted(body):
        current = headings.get(number, current)
        if current is not None:
            sections[number] = current
    return sections


def are_countries(sections: Iterable[Cell]) -> bool:
    """Whether sections are called by countries."""
    return all(_is_country(cell) for cell in sections)


def _is_country(cell: Cell) -> bool:
    return CellSort.COUNTRY in find_sorts(cell.text.capitalize())
