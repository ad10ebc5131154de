"""A sheet as a table: the row of headers, what each column is, and the rows with merged values in all their places."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping

import attrs

from untoc_network.diagnostics.codes import member_lists as importing
from untoc_network.diagnostics.findings import Finding
from untoc_network.serializers.member_lists.column_mapping import (
    IGNORE,
    NAMES,
    NOTE,
    ColumnTarget,
    SheetMapping,
    fold_header,
)
from untoc_network.serializers.member_lists.list_kind import PERSON_NAMES, ListKind, choose_list_kind
from untoc_network.serializers.member_lists.sheet_reading import Cell, MergedRange, Sheet, column_letters

__all__ = ["Column", "SheetTable", "TableRow", "find_table"]

_FIRST_ROWS = 30


@attrs.frozen(kw_only=True)
class Column:
    """A column: its number, its header, and where its cells go; `has_header` tells that it has a header of its own."""

    number: int
    header: str
    target: ColumnTarget
    has_header: bool = True


@attrs.frozen(kw_only=True)
class TableRow:
    """A row below the headers: its own cells, and those that a merged cell of an earlier row lends it."""

    number: int
    own: tuple[Cell, ...]
    lent: tuple[Cell, ...] = ()

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All cells in the order of the columns."""
        return tuple(sorted((*self.own, *self.lent), key=lambda cell: cell.column))


@attrs.frozen(kw_only=True)
class SheetTable:
    """The headers of a sheet and what stands below them; `aside` are the cells of rows that are about no member."""

    header: tuple[Cell, ...]
    columns: Mapping[int, Column]
    lines: tuple[TableRow, ...]
    aside: tuple[Cell, ...]
    findings: tuple[Finding, ...]
    of: ListKind = ListKind.ORGANIZATIONS


def find_table(sheet: Sheet, mapping: SheetMapping) -> SheetTable | None:
    """The table in a sheet; None where no row of headers is found in it."""
    row = mapping.header_row or _find_header_row(sheet, mapping)
    header = _spread_merged_headers(sheet.rows.get(row, ()), sheet.merged) if row else ()
    columns = {cell.column: _make_column(cell, mapping) for cell in header}
    if row is None or not any(column.target.field in (*NAMES, *PERSON_NAMES) for column in columns.values()):
        return None
    above = {number: "above" for number in sheet.rows if number < row}
    names = {column.number: fold_header(column.header) for column in columns.values()}
    again = {
        number: "repeated"
        for number, cells in sheet.rows.items()
        if number > row and len(cells) > 1 and all(names.get(cell.column) == fold_header(cell.text) for cell in cells)
    }
    beside = above | again
    body = {number: cells for number, cells in sheet.rows.items() if number > row and number not in beside}
    columns |= _make_bare_columns(body, columns)
    return SheetTable(
        header=tuple(cell for cell in header if cell in sheet.rows[row]),
        columns=columns,
        lines=tuple(_make_rows(body, sheet.merged, row)),
        of=mapping.of or choose_list_kind(column.target.field for column in columns.values()),
        aside=tuple(cell for number in sorted(beside) for cell in sheet.rows[number]),
        findings=(
            *(
                sheet.finding(importing.row_not_a_member, number, row=number, what=what)
                for number, what in beside.items()
            ),
            *_report_headers(sheet, mapping, row, columns),
            *_report_columns(sheet, mapping, row, columns, body),
            *_report_merged(sheet, row),
        ),
    )


# -- headers ---------------------------------------------------------------------------------------------------------


def _find_header_row(sheet: Sheet, mapping: SheetMapping) -> int | None:
    """The first row at least half of whose cells are headers that are known, a name among them.

    A title may be one such word, so a row of several cells goes before a row of one. For lists with many columns of
    their own, the header of a name and one more that is known will do.
    """
    first = list(itertools.islice(sorted(sheet.rows.items()), _FIRST_ROWS))
    known = {number: _recognise_fields(cells, mapping) for number, cells in first}
    naming = [(number, cells) for number, cells in first if {*known[number]} & {*NAMES}]
    full = [(number, cells) for number, cells in naming if 2 * len(known[number]) >= len(cells)]
    wide = [number for number, cells in full if len(cells) > 1]
    few = [number for number, _ in naming if len(known[number]) > 1]
    return next(iter((*wide, *few, *(number for number, _ in full))), None)


def _recognise_fields(cells: Iterable[Cell], mapping: SheetMapping) -> list[str]:
    return [target.field for cell in cells if (target := mapping.target(cell.text)) is not None]


def _spread_merged_headers(cells: Iterable[Cell], merged: Iterable[MergedRange]) -> tuple[Cell, ...]:
    """The headers of a row; a merged one counts for each of its columns."""
    wide = {(range_.top, range_.left): range_ for range_ in merged}
    spread = []
    for cell in cells:
        range_ = wide.get(cell.position)
        right = min(range_.right, cell.column + 50) if range_ else cell.column
        spread += [cell, *(attrs.evolve(cell, column=number) for number in range(cell.column + 1, right + 1))]
    return tuple(spread)


def _make_column(cell: Cell, mapping: SheetMapping) -> Column:
    target = mapping.target(cell.text) or ColumnTarget(NOTE)
    if target.field.startswith("member.") and mapping.network is None:
        target = ColumnTarget(NOTE)
    return Column(number=cell.column, header=" ".join(cell.text.split()), target=target)


def _make_bare_columns(body: Mapping[int, tuple[Cell, ...]], columns: Mapping[int, Column]) -> dict[int, Column]:
    bare = {cell.column for cells in body.values() for cell in cells} - columns.keys()
    return {
        number: Column(
            number=number, header=f"column {column_letters(number)}", target=ColumnTarget(NOTE), has_header=False
        )
        for number in sorted(bare)
    }


# -- rows ------------------------------------------------------------------------------------------------------------


def _make_rows(body: Mapping[int, tuple[Cell, ...]], merged: Iterable[MergedRange], header: int) -> Iterator[TableRow]:
    """The rows; a merged cell lends its value to the rows below it that have content of their own.

    A value is never spread to the columns beside it: those are other fields.
    """
    tall = {(range_.top, range_.left): range_ for range_ in merged if range_.bottom > range_.top > header}
    open_: dict[int, tuple[Cell, int]] = {}
    for number, cells in sorted(body.items()):
        lent = tuple(
            cell for column, (cell, bottom) in open_.items() if number <= bottom and _is_column_free(cells, column)
        )
        yield TableRow(number=number, own=cells, lent=lent)
        for cell in cells:
            if cell.position in tall:
                open_[cell.column] = (cell, tall[cell.position].bottom)


def _is_column_free(cells: Iterable[Cell], column: int) -> bool:
    return all(cell.column != column for cell in cells)


# -- what there is to say --------------------------------------------------------------------------------------------


def _report_headers(sheet: Sheet, mapping: SheetMapping, row: int, columns: Mapping[int, Column]) -> Iterator[Finding]:
    if mapping.header_row is None and row != min(sheet.rows):
        yield sheet.finding(importing.assumption_made, row, place=sheet.reference(row, 1), guess="header-row")
    if mapping.columns is None:
        for column in columns.values():
            if column.has_header and column.target.field != NOTE and fold_header(column.header) != str(column.target):
                told = {"header": column.header, "field": str(column.target)}
                yield sheet.finding(importing.assumed_column_meaning, row, column.number, **told)
    there = {fold_header(column.header) for column in columns.values()}
    for header in mapping.columns or ():
        if fold_header(header) not in there:
            yield sheet.finding(importing.mapped_column_missing, row, header=header)


def _report_columns(
    sheet: Sheet,
    mapping: SheetMapping,
    row: int,
    columns: Mapping[int, Column],
    body: Mapping[int, tuple[Cell, ...]],
) -> Iterator[Finding]:
    """What becomes of whole columns: kept in notes, left out, without a header."""
    counts = dict.fromkeys(columns, 0)
    for cell in itertools.chain.from_iterable(body.values()):
        counts[cell.column] += 1
    for number, column in columns.items():
        told: dict[str, str | int] = {"header": column.header, "cells": counts[number]}
        wanted = mapping.target(column.header) if column.has_header else None
        if not column.has_header:
            letters = column_letters(number)
            yield sheet.finding(importing.column_without_header, row, number, letters=letters, cells=counts[number])
        elif wanted is None:
            yield sheet.finding(importing.unmapped_column, row, number, **told)
        elif wanted.field == IGNORE:
            yield sheet.finding(importing.column_left_out, row, number, **told)
        elif column.target != wanted:
            yield sheet.finding(importing.membership_without_network, row, number, **told)


def _report_merged(sheet: Sheet, header: int) -> Iterator[Finding]:
    for range_ in sheet.merged:
        if range_.top >= header and range_.top in sheet.rows:
            across = range_.top == header
            last = sheet.reference(range_.bottom, range_.right).removeprefix(sheet.prefix)
            place = f"{sheet.reference(range_.top, range_.left)}:{last}"
            guess = "merged-across" if across else "merged-down"
            yield sheet.finding(importing.assumption_made, range_.top, range_.left, place=place, guess=guess)
