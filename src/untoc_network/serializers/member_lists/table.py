"""A sheet as a table: the row of headers, what each column is, and the rows with merged values in all their places."""

from __future__ import annotations

import functools
import itertools
import operator
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import attrs

from untoc_network.diagnostics.code import Code
from untoc_network.diagnostics.codes import member_lists as importing
from untoc_network.diagnostics.findings import Finding
from untoc_network.serializers.member_lists.attendance_column import find_attendance_column
from untoc_network.serializers.member_lists.cell_parsers import is_date
from untoc_network.serializers.member_lists.column_mapping import (
    IGNORE,
    NAMES,
    NOTE,
    ColumnTarget,
    SheetMapping,
    fold_header,
)
from untoc_network.serializers.member_lists.column_recognition import ListReading, recognise_columns
from untoc_network.serializers.member_lists.date_parsers import MIXED, find_date_order
from untoc_network.serializers.member_lists.header_row import (
    are_headers,
    find_groups,
    find_header_row,
    spread_merged_headers,
)
from untoc_network.serializers.member_lists.junk_rows import (
    RowSort,
    are_countries,
    find_junk_rows,
    find_sections,
)
from untoc_network.serializers.member_lists.list_kind import PERSON_NAMES, ListKind, choose_list_kind
from untoc_network.serializers.member_lists.sheet_reading import Cell, CellKind, MergedRange, Sheet, column_letters

__all__ = ["Column", "SheetTable", "TableRow", "find_table", "suggest_columns", "suggest_headers"]


@attrs.frozen(kw_only=True)
class Column:
    """A column: its number, its header, and where its cells go; `has_header` tells that it has a header of its own.

    `wanted` is what it is taken for, or None; a field that has no place goes to the notes all the same. `reason` says
    why, and `doubt` why it is not taken for what is `likely`, both as keys of the phrases of their findings. `dates` is
    the order of day and month that its dates show as a whole, `MIXED` where they show both.
    """

    number: int
    header: str
    target: ColumnTarget
    has_header: bool = True
    wanted: ColumnTarget | None = None
    reason: str = "header"
    doubt: str | None = None
    likely: str | None = None
    dates: str | None = None

    @property
    def date_order(self) -> str | None:
        """The order of day and month in its dates; None where it shows none, or both."""
        return None if self.dates == MIXED else self.dates


@attrs.frozen(kw_only=True, weakref_slot=False)
class TableRow:
    """A row below the headers: its own cells, and those that a merged cell of an earlier row lends it."""

    number: int
    own: tuple[Cell, ...]
    lent: tuple[Cell, ...] = ()

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All cells in the order of the columns."""
        return _sort_by_columns((*self.own, *self.lent)) if self.lent else self.own


def _sort_by_columns(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """The cells in the order of their columns, in which they nearly always are."""
    if all(one.column < other.column for one, other in itertools.pairwise(cells)):
        return cells
    return tuple(sorted(cells, key=operator.attrgetter("column")))


@attrs.frozen(kw_only=True)
class SheetTable:
    """The headers of a sheet and what stands below them; `aside` are the cells of other rows by the code that tells."""

    header: tuple[Cell, ...]
    columns: Mapping[int, Column]
    lines: tuple[TableRow, ...]
    aside: Mapping[str, Iterable[Cell]]
    findings: tuple[Finding, ...]
    of: ListKind = ListKind.ORGANIZATIONS


def find_table(sheet: Sheet, mapping: SheetMapping) -> SheetTable | None:
    """The table in a sheet; None where no row of headers is found in it, or no column names anybody."""
    row = mapping.header_row or find_header_row(sheet, mapping)
    if row is None or not (header := spread_merged_headers(sheet.rows.get(row, ()), sheet.merged)):
        return None
    names = {cell.column: fold_header(cell.text) for cell in header}
    beside = {number: "above" for number in sorted(sheet.rows) if number < row}
    beside |= find_junk_rows(sheet, row, names, functools.partial(are_headers, mapping=mapping))
    body = {number: cells for number, cells in sheet.rows.items() if number > row and number not in beside}
    columns, of, told = _read_columns(sheet, mapping, row, header, body)
    if not any(column.target.field in (*NAMES, *PERSON_NAMES) for column in columns.values()):
        return None
    columns |= _make_bare_columns(body, columns)
    if mapping.dates is None:
        columns = _find_date_orders(columns, body)
    naming = [number for number, column in columns.items() if column.target.field in (*NAMES, *PERSON_NAMES)]
    sections = find_sections(sheet, body, naming, of_bodies=of in _OF_BODIES) if len(header) > 1 else {}
    headings = {cell.row: cell for cell in sections.values()}
    members = {number: cells for number, cells in body.items() if number not in headings}
    section = _make_section_column(columns, sections)
    set_aside = defaultdict[str, list[Cell]](list)
    for number, what in beside.items():
        set_aside[_choose_rule(what).code] += sheet.rows[number]
    set_aside[importing.assumed_section.code] += headings.values()
    return SheetTable(
        header=tuple(cell for cell in header if cell in sheet.rows[row]),
        columns=columns | ({section.number: section} if sections else {}),
        lines=tuple(_lend_sections(_make_rows(members, sheet.merged, row), sections, section.number)),
        of=of,
        aside=set_aside,
        findings=(
            *_report_rows(sheet, beside),
            *_report_sections(sheet, sections, section),
            *told,
            *_report_headers(sheet, mapping, row, columns),
            *_report_columns(sheet, row, columns, members),
            *_report_date_orders(sheet, row, columns),
            *_report_merged(sheet, row, sections),
        ),
    )


_OF_BODIES = (ListKind.ORGANIZATIONS, ListKind.CONTACTS)


def suggest_columns(table: SheetTable, mapping: SheetMapping) -> SheetMapping:
    """A mapping of what the columns were taken for, each with the reason."""
    own = [column for column in table.columns.values() if column.has_header]
    return attrs.evolve(
        mapping,
        columns={column.header: str(column.wanted or NOTE) for column in own},
        of=mapping.of if mapping.columns is not None or table.of is ListKind.ORGANIZATIONS else table.of,
        remarks={column.header: _explain(column) for column in own} if mapping.columns is None else {},
    )


def suggest_headers(sheet: Sheet, mapping: SheetMapping) -> SheetMapping:
    """A mapping for somebody to complete, of a sheet in which no column names anybody."""
    row = mapping.header_row or find_header_row(sheet)
    cells = sheet.rows.get(row, ()) if row else ()
    columns, of, _ = _read_columns(sheet, attrs.evolve(mapping, columns=None), row or 1, cells, {})
    table = SheetTable(header=cells, columns=columns, lines=(), aside={}, findings=(), of=of)
    return attrs.evolve(suggest_columns(table, attrs.evolve(mapping, columns=None)), header_row=row)


def _explain(column: Column) -> str:
    """Why a column is taken for its field, in the words of the finding that tells it."""
    if column.doubt:
        return importing.doubtful_column.phrases[column.doubt]
    return importing.assumed_column_meaning.phrases[column.reason] if column.wanted else ""


# -- columns ---------------------------------------------------------------------------------------------------------

_SAMPLED_ROWS = 300


def _read_columns(
    sheet: Sheet, mapping: SheetMapping, row: int, header: Iterable[Cell], body: Mapping[int, tuple[Cell, ...]]
) -> tuple[dict[int, Column], ListKind, tuple[Finding, ...]]:
    """What each column is: as a mapping says, or as its header and its cells do; and what the list is of."""
    groups = find_groups(sheet, row, [cell.column for cell in header])
    headers = {cell.column: " ".join(cell.text.split()) for cell in header}
    full = {number: _join_headers(groups.get(number), text) for number, text in headers.items()}
    if mapping.columns is not None:
        told = {number: mapping.target(full[number]) or mapping.target(text) for number, text in headers.items()}
        columns = {number: _make_column(number, full[number], target, mapping) for number, target in told.items()}
        kind = mapping.of or choose_list_kind(column.target.field for column in columns.values())
        if kind in (ListKind.PERSONS, ListKind.PARTICIPANTS):
            columns = {number: _give_consent_to_person(column) for number, column in columns.items()}
        return columns, kind, ()
    known = {number: target for number, text in headers.items() if (target := mapping.known_target(text))}
    cells = _sample_cells(body)
    reading = recognise_columns(headers, cells, groups=groups, of=mapping.of, known=known)
    columns = {
        number: attrs.evolve(
            _make_column(number, full[number], found.target, mapping),
            reason=found.reason,
            doubt=found.doubt,
            likely=found.likely,
        )
        for number, found in reading.columns.items()
    }
    if reading.of is ListKind.PARTICIPANTS:
        free = (number for number, column in columns.items() if column.wanted is None)
        number = find_attendance_column(headers, cells, free)
        if number is not None:
            said = _make_column(number, full[number], ColumnTarget("attended"), mapping)
            columns[number] = attrs.evolve(said, reason="both")
    return columns, reading.of, tuple(_report_kind(sheet, row, reading))


def _give_consent_to_person(column: Column) -> Column:
    """In a list of persons, who consents is the person of the row."""
    if not column.target.field.startswith("consent."):
        return column
    whose = ColumnTarget(f"person.{column.target.field}")
    return attrs.evolve(column, target=whose, wanted=whose)


def _join_headers(group: str | None, header: str) -> str:
    above = " ".join((group or "").split())
    return f"{above} / {header}" if above and above != header else header


def _sample_cells(body: Mapping[int, tuple[Cell, ...]]) -> Mapping[int, Mapping[int, str]]:
    """The cells of each column by their rows, of rows from all over the list."""
    cells: dict[int, dict[int, str]] = {}
    for number in list(body)[:: max(1, len(body) // _SAMPLED_ROWS)]:
        for cell in body[number]:
            if cell.kind is CellKind.VALUE:
                cells.setdefault(cell.column, {})[number] = cell.text
    return cells


def _make_column(number: int, header: str, wanted: ColumnTarget | None, mapping: SheetMapping) -> Column:
    target = wanted or ColumnTarget(NOTE)
    if target.field.startswith("member.") and mapping.network is None:
        target = ColumnTarget(NOTE)
    return Column(number=number, header=header, target=target, wanted=wanted)


def _make_bare_columns(body: Mapping[int, tuple[Cell, ...]], columns: Mapping[int, Column]) -> dict[int, Column]:
    bare = {cell.column for cells in body.values() for cell in cells} - columns.keys()
    return {
        number: Column(
            number=number, header=f"column {column_letters(number)}", target=ColumnTarget(NOTE), has_header=False
        )
        for number in sorted(bare)
    }


def _find_date_orders(columns: Mapping[int, Column], body: Mapping[int, tuple[Cell, ...]]) -> dict[int, Column]:
    """The columns of dates with the order of day and month that all their cells show together."""
    texts: dict[int, list[str]] = {number: [] for number, column in columns.items() if is_date(column.target.field)}
    for cell in itertools.chain.from_iterable(body.values()):
        if cell.column in texts:
            texts[cell.column].append(cell.text)
    orders = {number: find_date_order(held) for number, held in texts.items()}
    return {number: attrs.evolve(column, dates=orders.get(number)) for number, column in columns.items()}


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
        yield TableRow(number=number, own=_sort_by_columns(cells), lent=lent)
        for cell in cells:
            if cell.position in tall:
                open_[cell.column] = (cell, tall[cell.position].bottom)


def _make_section_column(columns: Mapping[int, Column], sections: Mapping[int, Cell]) -> Column:
    """What headings of sections say of the rows below: the country, if no column does and all name one, else a note."""
    has_country = any(column.target.field == "country" for column in columns.values())
    field = NOTE if has_country or not are_countries(sections.values()) else "country"
    return Column(number=max(columns) + 1, header="Section", target=ColumnTarget(field), has_header=False)


def _lend_sections(rows: Iterable[TableRow], sections: Mapping[int, Cell], column: int) -> Iterator[TableRow]:
    for row in rows:
        heading = sections.get(row.number)
        yield row if heading is None else attrs.evolve(row, lent=(*row.lent, attrs.evolve(heading, column=column)))


def _is_column_free(cells: Iterable[Cell], column: int) -> bool:
    return all(cell.column != column for cell in cells)


# -- what there is to say --------------------------------------------------------------------------------------------


def _choose_rule(what: str) -> Code:
    return importing.row_set_aside if what in (RowSort.STRUCK, RowSort.TABLE) else importing.row_not_a_member


def _report_rows(sheet: Sheet, beside: Mapping[int, str]) -> Iterator[Finding]:
    """Rows that are about no member, one by one; of another table only where it begins."""
    others = [number for number, what in beside.items() if what == RowSort.TABLE]
    for number, what in beside.items():
        if number not in others[1:]:
            cells = sum(len(sheet.rows[other]) for other in others) if number in others else len(sheet.rows[number])
            yield sheet.finding(_choose_rule(what), number, row=number, what=str(what), cells=cells)


def _report_sections(sheet: Sheet, sections: Mapping[int, Cell], column: Column) -> Iterator[Finding]:
    headings = sorted({cell.position for cell in sections.values()})
    if headings:
        first, few = headings[0], [sheet.reference(*place) for place in headings[:_MOST_PLACES]]
        told: dict[str, str | int] = {
            "place": ", ".join(few) + (" …" if len(headings) > len(few) else ""),
            "number": len(headings),
            "what": column.target.field,
        }
        yield sheet.finding(importing.assumed_section, *first, **told)


_MOST_PLACES = 5


def _report_kind(sheet: Sheet, row: int, reading: ListReading) -> Iterator[Finding]:
    """What the list is of, where that is a guess and not the rule."""
    if reading.reason != "said" and (reading.of is not ListKind.ORGANIZATIONS or reading.reason in _GUESSES):
        yield sheet.finding(importing.assumed_list_kind, row, kind=reading.of, reason=reading.reason)


_GUESSES = ("mailboxes", "no-sign")


def _report_headers(sheet: Sheet, mapping: SheetMapping, row: int, columns: Mapping[int, Column]) -> Iterator[Finding]:
    if mapping.header_row is None and row != min(sheet.rows):
        yield sheet.finding(importing.assumption_made, row, place=sheet.reference(row, 1), guess="header-row")
    if mapping.columns is None:
        for column in columns.values():
            is_same = str(column.target) in (fold_header(column.header), column.header)
            if column.has_header and column.target.field != NOTE and not is_same:
                named = {"field": str(column.target), "what": column.target.field}
                told = {"header": column.header, "reason": column.reason, **named}
                yield sheet.finding(importing.assumed_column_meaning, row, column.number, **told)
    there = {
        fold_header(part) for column in columns.values() for part in (column.header, column.header.rpartition(" / ")[2])
    }
    for header in mapping.columns or ():
        if fold_header(header) not in there:
            yield sheet.finding(importing.mapped_column_missing, row, header=header)


def _report_columns(
    sheet: Sheet, row: int, columns: Mapping[int, Column], body: Mapping[int, tuple[Cell, ...]]
) -> Iterator[Finding]:
    """What becomes of whole columns: kept in notes, left out, without a header."""
    counts = dict.fromkeys(columns, 0)
    for cell in itertools.chain.from_iterable(body.values()):
        counts[cell.column] += 1
    for number, column in columns.items():
        told: dict[str, str | int] = {"header": column.header, "cells": counts[number]}
        if not column.has_header:
            letters = column_letters(number)
            yield sheet.finding(importing.column_without_header, row, number, letters=letters, cells=counts[number])
        elif column.doubt is not None:
            doubt = {"field": column.likely or NOTE, "doubt": column.doubt}
            yield sheet.finding(importing.doubtful_column, row, number, **told, **doubt)
        elif column.wanted is None:
            yield sheet.finding(importing.unmapped_column, row, number, **told)
        elif column.wanted.field == IGNORE:
            yield sheet.finding(importing.column_left_out, row, number, **told)
        elif column.target != column.wanted:
            yield sheet.finding(importing.membership_without_network, row, number, **told)


def _report_date_orders(sheet: Sheet, row: int, columns: Mapping[int, Column]) -> Iterator[Finding]:
    """The order of day and month that a column was found to have, or that it has both."""
    for number, column in columns.items():
        place = sheet.reference(row, number)
        if column.dates == MIXED:
            yield sheet.finding(importing.mixed_date_orders, row, number, header=column.header)
        elif column.dates is not None:
            yield sheet.finding(importing.assumption_made, row, number, place=place, guess=f"dates-{column.dates}")


def _report_merged(sheet: Sheet, header: int, sections: Mapping[int, Cell]) -> Iterator[Finding]:
    headings = {cell.row for cell in sections.values()}
    for range_ in sheet.merged:
        if range_.top not in headings and range_.top >= header and range_.top in sheet.rows:
            across = range_.top == header
            last = sheet.reference(range_.bottom, range_.right).removeprefix(sheet.prefix)
            place = f"{sheet.reference(range_.top, range_.left)}:{last}"
            guess = "merged-across" if across else "merged-down"
            yield sheet.finding(importing.assumption_made, range_.top, range_.left, place=place, guess=guess)
