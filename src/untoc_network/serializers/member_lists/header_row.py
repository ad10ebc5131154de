"""Which row of a sheet names the columns, and the groups of columns that a row above it names."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping

import attrs

from untoc_network.serializers.member_lists.cell_content import CellSort, find_sorts, holds_value
from untoc_network.serializers.member_lists.column_mapping import NAMES, SheetMapping
from untoc_network.serializers.member_lists.header_words import Owner, read_header
from untoc_network.serializers.member_lists.list_kind import PERSON_NAMES
from untoc_network.serializers.member_lists.sheet_reading import Cell, MergedRange, Sheet

__all__ = ["are_headers", "find_groups", "find_header_row", "spread_merged_headers"]

_FIRST_ROWS = 30
_LONGEST = 90
"""The letters of a header; that of a form may be a whole question, but not all of them are."""


def find_header_row(sheet: Sheet, mapping: SheetMapping = SheetMapping()) -> int | None:
    """The row that says most of what columns are called, a name among it; else the first one that looks like headers.

    A row that holds an address, a telephone number or a date is never one. A title may be one known word, so a row of
    several cells goes before a row of one.
    """
    first = [
        (number, cells)
        for number, cells in itertools.islice(sorted(sheet.rows.items()), _FIRST_ROWS)
        if mapping.columns is not None or not any(_is_no_header(cell.text) for cell in cells)
    ]
    counts = {number: _count_known(cells, mapping) for number, cells in first}
    known = [(number, cells) for number, cells in first if counts[number][0]]
    if known:
        best = max(known, key=lambda row: (len(row[1]) > 1, sum(counts[row[0]]), -row[0]))
        return _find_earlier_table(sheet, mapping, best[0]) or best[0]
    widest = max((len(cells) for cells in sheet.rows.values()), default=0)
    like = (number for number, cells in first if len(cells) > 1 and 2 * len(cells) >= widest and _are_headers(cells))
    if mapping.columns is not None:
        return None
    return next(like, None) if widest > 1 else _find_header_of_names(sheet)


def _find_header_of_names(sheet: Sheet) -> int | None:
    """The first row of a single column whose other cells are names, where that cell is none."""
    cells = [cells[0] for _, cells in sorted(sheet.rows.items())]
    sorts = [find_sorts(cell.text) for cell in cells]
    names = sum(not _NAMES_OF_ANYBODY.isdisjoint(held) for held in sorts[1:])
    is_title = len(cells) > 1 and sorts[0].isdisjoint(_NO_TITLES)
    return cells[0].row if is_title and 2 * names >= len(cells) else None


def _find_earlier_table(sheet: Sheet, mapping: SheetMapping, row: int) -> int | None:
    """A row of headers above, with rows of its own and a gap below: a sheet with two tables is read from the first."""
    above = [number for number in sorted(sheet.rows) if number < row]
    for number in above:
        later = [sheet.rows[other] for other in above if other > number]
        has_rows = any(len(cells) > 1 and not are_headers(cells, mapping) for cells in later)
        if has_rows and row - number > len(later) + 1 and are_headers(sheet.rows[number], mapping):
            return number
    return None


def are_headers(cells: Iterable[Cell], mapping: SheetMapping) -> bool:
    """Whether a row is surely one of headers: half of them known, several fields with a name among them, and no value.

    A kind such as `NGO` is a header too, but says nothing here: it stands in the rows.
    """
    cells = tuple(cells)
    if len(cells) < _FEWEST_KNOWN or any(_is_no_header(cell.text) for cell in cells):
        return False
    known = [field for cell in cells if (field := _find_known_field(cell.text, mapping))]
    fields = {*known} - {_NO_FIELD}
    has_name = any(field.rpartition(".")[2] in _NAMING for field in fields)
    return 2 * len(known) >= len(cells) and len(fields) >= _FEWEST_KNOWN and has_name


def _find_known_field(text: str, mapping: SheetMapping) -> str | None:
    """The field that a header is surely of, or that it is of none; None for what may be a value."""
    if (target := mapping.target(text)) is not None:
        return str(target)
    meaning = read_header(text)
    is_sure = meaning.says_something and _VALUES_IN_ROWS.isdisjoint(find_sorts(text))
    return (meaning.field or _NO_FIELD) if is_sure else None


_FEWEST_KNOWN = 2
_NO_FIELD = "-"
_VALUES_IN_ROWS = frozenset([CellSort.KIND, CellSort.THEME, CellSort.COUNTRY])


def _is_no_header(text: str) -> bool:
    return holds_value(text) or (CellSort.COUNTRY in find_sorts(text) and not read_header(text).says_something)


def _count_known(cells: Iterable[Cell], mapping: SheetMapping) -> tuple[int, int]:
    """How many different fields the cells of a row name, and how much more they say: a name, words that are of none."""
    if mapping.columns is not None:
        fields = {str(target) for cell in cells if (target := mapping.target(cell.text)) is not None}
        return len(fields), not fields.isdisjoint((*NAMES, *PERSON_NAMES))
    said = [target.field for cell in cells if (target := mapping.known_target(cell.text)) is not None]
    meanings = [meaning for cell in cells if (meaning := read_header(cell.text)).says_something]
    fields = {f"{meaning.owner or ''} {meaning.field}" for meaning in meanings if meaning.field}
    names = any((meaning.field or "").rpartition(".")[2] in _NAMING for meaning in meanings)
    return 2 * len(fields) + 2 * len(said), names + sum(meaning.nothing is not None for meaning in meanings)


_NAMING = ("name", "given_name", "family_name")


def _are_headers(cells: Iterable[Cell]) -> bool:
    """Whether these can be headers that nobody knows: short, different words, no names and hardly any values."""
    texts = [cell.text for cell in cells]
    sorts = [find_sorts(text) for text in texts]
    values = sum(not _VALUES.isdisjoint(held) for held in sorts)
    has_names = any(not _NAMES.isdisjoint(held) for held in sorts)
    return (
        len({*texts}) == len(texts) and max(map(len, texts)) <= _LONGEST and not has_names and 4 * values <= len(texts)
    )


_NAMES = frozenset([CellSort.PERSON, CellSort.GIVEN_NAME])
_NAMES_OF_ANYBODY = _NAMES | {CellSort.BODY}
_NO_TITLES = frozenset([*CellSort]) - {CellSort.KIND}
_VALUES = frozenset([*CellSort]) - {CellSort.KIND, CellSort.THEME, CellSort.BODY}

# -- merged headers and groups ---------------------------------------------------------------------------------------


def spread_merged_headers(cells: Iterable[Cell], merged: Iterable[MergedRange]) -> tuple[Cell, ...]:
    """The headers of a row; a merged one counts for each of its columns."""
    wide = {(range_.top, range_.left): range_ for range_ in merged}
    spread = []
    for cell in cells:
        range_ = wide.get(cell.position)
        right = min(range_.right, cell.column + 50) if range_ else cell.column
        spread += [cell, *(attrs.evolve(cell, column=number) for number in range(cell.column + 1, right + 1))]
    return tuple(spread)


def find_groups(sheet: Sheet, row: int, columns: Iterable[int]) -> Mapping[int, str]:
    """The header of the group above each column, where the row before the headers names whose the columns are.

    A group reaches to the next one, or as far as its cell is merged. A single cell above the first column is a title.
    """
    above = sheet.rows.get(row - 1, ())
    owners = {meaning.owner for cell in above if (meaning := read_header(cell.text)).is_whole}
    if owners.isdisjoint(_OF_GROUPS) or any(holds_value(cell.text) for cell in above):
        return {}
    merged = {(range_.top, range_.left): range_.right for range_ in sheet.merged}
    starts = sorted((cell.column, cell) for cell in above)
    if len(starts) == 1 and starts[0][0] == min(columns) and starts[0][1].position not in merged:
        return {}
    groups: dict[int, str] = {}
    for at, (start, cell) in enumerate(starts):
        following = starts[at + 1][0] if at + 1 < len(starts) else max(columns, default=start) + 1
        end = merged.get(cell.position, following - 1)
        groups |= {number: cell.text for number in columns if start <= number <= end}
    return groups


_OF_GROUPS = (Owner.BODY, Owner.SEAT, Owner.PERSON, Owner.PARTICIPANT)
