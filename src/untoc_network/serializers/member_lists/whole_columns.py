"""Columns of which no cell is understood: what would be said of each cell is said once, with the range of the cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from untoc_network.diagnostics.codes import member_lists as importing
from untoc_network.diagnostics.findings import Finding, sort_params
from untoc_network.serializers.member_lists.listed_organization import Member
from untoc_network.serializers.member_lists.sheet_reading import CellPlace, Sheet, column_letters

__all__ = ["gather_whole_columns"]

_OF_CELLS = {
    rule.code: rule
    for rule in (importing.cell_not_understood, importing.ambiguous_date, importing.withheld_own_field_not_kept)
}


def gather_whole_columns(findings: Iterable[Finding], members: Sequence[Member], sheet: Sheet) -> Iterator[Finding]:
    """The findings, those on cells of a column of which no member has a value as one for each thing that they say.

    Such a finding stands at the first cell, and names the range of the cells and how many they are. Each cell is where
    it was, which is in the notes or nowhere.
    """
    held = [*findings]
    understood: set[int | None] = {
        given.cell.column for member in members for values in member.values.values() for given in values
    }
    understood |= {
        fate.column for member in members for fate in member.cell_outcomes.values() if fate.place is CellPlace.FIELD
    }
    understood |= {found.column for found in held if found.code == importing.second_value_for_field.code}
    gathered: dict[object, list[Finding]] = {}
    for finding in held:
        if finding.code in _OF_CELLS and finding.column not in understood:
            said = tuple((name, value) for name, value in finding.params if name != "cell")
            gathered.setdefault((finding.code, finding.column, said), []).append(finding)
        else:
            yield finding
    for findings_of_cells in gathered.values():
        yield _join_findings(findings_of_cells, sheet)


def _join_findings(findings: Sequence[Finding], sheet: Sheet) -> Finding:
    """One finding for several of the same words, in the order of their rows; one alone stays as it is."""
    rows = sorted(finding.line or 0 for finding in findings)
    first = next(finding for finding in findings if finding.line == rows[0])
    if len(rows) == 1:
        return first
    column = first.column or 1
    reach = f"{sheet.reference(rows[0], column)}:{column_letters(column)}{rows[-1]} ({len(rows)})"
    params = dict(first.params) | {"cell": reach}
    message = _OF_CELLS[first.code].finding((), params).message
    return attrs.evolve(first, message=message, params=sort_params(params | {"cells": len(rows)}))
