"""Rows of a table of facts as they are printed: with the day that they are of, how sure they are, what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from untoc_network.diagnostics.findings import Certainty
from untoc_network.diagnostics.object_to_dict import HasPlainForm, PlainForm
from untoc_network.model.convention import TreatyCode
from untoc_network.values.dates import PartialDate

__all__ = ["TableRows", "describe_certainty", "select_missing"]


@attrs.frozen(kw_only=True)
class TableRows(HasPlainForm):
    """Rows of one table, and what the table is known to lack.

    An entry of `missing` that begins with the code of a treaty speaks of rows on that treaty alone.
    """

    plain_form = PlainForm(
        "rows table as_of certainties missing",
        as_of=lambda found: {"earliest": found.earliest, "latest": found.latest},
        certainties=lambda found: {certainty.value: number for certainty, number in found.count_certainties()},
    )

    table: str
    rows: tuple[Any, ...]
    missing: tuple[str, ...] = ()

    @property
    def earliest(self) -> PartialDate | None:
        """The day that the oldest row holds for."""
        return min((row.as_of for row in self.rows), default=None)

    @property
    def latest(self) -> PartialDate | None:
        """The day that the newest row holds for."""
        return max((row.as_of for row in self.rows), default=None)

    def count_certainties(self) -> list[tuple[Certainty, int]]:
        """How many rows there are of each certainty, the surest first."""
        counted = Counter(row.certainty for row in self.rows)
        return [(certainty, counted[certainty]) for certainty in Certainty if counted[certainty]]

    def find_shared_certainties(self) -> Mapping[str, Certainty]:
        """The fields that most rows say are less sure than the row, and no row that they are surer than that."""
        stated = Counter(
            (one.field, one.certainty)
            for row in self.rows
            for one in row.certainties
            if _is_less_sure(one.certainty, row.certainty)
        )
        found = {name: sure for (name, sure), number in stated.items() if 2 * number > len(self.rows)}
        return {name: sure for name, sure in found.items() if all(map(_is_at_most(name, sure), self.rows))}


def _is_at_most(field: str, certainty: Certainty) -> Callable[[Any], bool]:
    return lambda row: getattr(row, field) is None or not _is_less_sure(certainty, row.find_certainty(field))


def _is_less_sure(one: Certainty, other: Certainty) -> bool:
    return one is not other and Certainty.least((one, other)) is one


def describe_certainty(row: Any, told: Mapping[str, Certainty] | None = None) -> str:
    """How sure a row is, and fields of it that are not as sure, but for those of which it is told elsewhere."""
    others = (f"{one.field} {one.certainty}" for one in row.certainties if one.field not in (told or ()))
    return ", ".join((row.certainty, *others))


def select_missing(missing: tuple[str, ...], treaty: TreatyCode | None) -> tuple[str, ...]:
    """What is missing of rows on one treaty, or of all rows where none is named."""
    codes = set(TreatyCode)
    if treaty is None:
        return missing
    return tuple(said for said in missing if (named := said.partition(": ")[0]) == treaty or named not in codes)
