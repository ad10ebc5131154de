"""Columns of which no cell is understood: what would be said of each cell is said once, with the range of the cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from untoc_network.diagnostics.codes import member_lists as importing
from untoc_network.diagnostics.findings import Finding, sort_params
from untoc_network.serializers.member_lists.listed_organization import Member
from untoc_network.serializers.member_lists.sheet_reading import CellRemark, Sheet, column_letters

__all__ = ["gather_whole_columns"]

_OF_CELLS = (importing.cell_not_understood, importing.ambiguous_date, importing.withheld_own_field_not_kept)


def gather_whole_columns(members: Sequence[Member], sheet: Sheet) -> Iterator[Finding | CellRemark]:
    """What is to be said of cells; of a column of which no member has a value once for each thing that there is to say.

    Such a finding stands at the first cell, and names the range of the cells and how many they are. Each cell is where
    it was, which is in the notes or nowhere.
    """
    remarks = [remark for member in members for remark in member.remarks]
    nowhere = {one.cell.column for one in remarks if one.rule in _OF_CELLS}
    nowhere -= {one.cell.column for one in remarks if one.rule is importing.second_value_for_field}
    for member in members if nowhere else ():
        nowhere.difference_update(member.list_understood_columns())
        if not nowhere:
            break
    gathered: dict[object, list[CellRemark]] = {}
    for remark in remarks:
        if remark.rule in _OF_CELLS and remark.cell.column in nowhere:
            said = tuple(sorted((name, value) for name, value in remark.params.items() if name != "day"))
            gathered.setdefault((remark.rule.code, remark.cell.column, said), []).append(remark)
        else:
            yield remark
    for of_cells in gathered.values():
        yield _join_remarks(of_cells, sheet)


def _join_remarks(remarks: Sequence[CellRemark], sheet: Sheet) -> Finding | CellRemark:
    """One finding for several of the same words, in the order of their rows; one alone stays as it is."""
    cells = sorted(remark.cell.position for remark in remarks)
    first = next(remark for remark in remarks if remark.cell.position == cells[0])
    if len(cells) == 1:
        return first
    column = first.cell.column
    reach = f"{sheet.reference(*cells[0])}:{column_letters(column)}{cells[-1][0]} ({len(cells)})"
    finding = first.to_finding()
    params = dict(finding.params) | {"cell": reach}
    message = first.rule.finding((), params).message
    return attrs.evolve(finding, message=message, params=sort_params(params | {"cells": len(cells)}))
