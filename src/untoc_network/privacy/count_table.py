"""Tables of counts, with their totals; what is not known stays so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.diagnostics.object_to_dict import HasPlainForm, PlainForm

__all__ = ["TOTAL", "Cell", "CountTable", "Hidden", "Place"]

TOTAL = None
"""In a place, stands for the total over all rows or all columns."""

Place = tuple[str | None, str | None]
"""Row and column of a count; `(row, TOTAL)` is the total of a row, `(TOTAL, TOTAL)` that of the table."""


class Hidden(StrEnum):
    """Stands where a count is not shown."""

    HIDDEN = "hidden"


Cell = int | Hidden | None
"""A count, one that is hidden, or None where it is not known."""


@attrs.frozen(kw_only=True)
class CountTable(HasPlainForm):
    """Counts by row and column, and the totals that are told with them.

    >>> table = CountTable.of({("XA", "ngo"): 12, ("XA", "media"): 3, ("XB", "ngo"): 7, ("XB", "media"): None})
    >>> table["XA", TOTAL], table[TOTAL, "media"]
    (15, None)

    A total is not known where one of its counts is not.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: Mapping[Place, Cell] = attrs.field(repr=False)

    @classmethod
    def of(cls, counts: Mapping[tuple[str, str], int | None]) -> CountTable:
        """The table of counts by row and column, with the totals of rows and columns. Raises `ImpossibleValue`."""
        rows, columns = (tuple(dict.fromkeys(place[way] for place in counts)) for way in (0, 1))
        if len(counts) != len(rows) * len(columns):
            raise ImpossibleValue("every row of a table of counts has a count for every column, 0 and None included")
        totals = (*((row, TOTAL) for row in rows), *((TOTAL, column) for column in columns), (TOTAL, TOTAL))
        return cls._with_totals(rows, columns, counts, totals)

    @classmethod
    def of_list(cls, counts: Mapping[str, int | None]) -> CountTable:
        """The table of counts in one column, without a name, and their total. Raises `ImpossibleValue`."""
        return cls._with_totals(
            tuple(counts), ("",), {(row, ""): count for row, count in counts.items()}, [(TOTAL, "")]
        )

    @classmethod
    def _with_totals(
        cls,
        rows: tuple[str, ...],
        columns: tuple[str, ...],
        counts: Mapping[tuple[str, str], int | None],
        totals: Iterable[Place],
    ) -> CountTable:
        if not all(_is_count(count) for count in counts.values()):
            raise ImpossibleValue("a count is a whole number that is not negative, or None where it is not known")
        parts: dict[Place, list[int | None]] = {place: [] for place in totals}
        for (row, column), count in counts.items():
            for total in ((TOTAL, column), (row, TOTAL), (TOTAL, TOTAL)):
                if total in parts:
                    parts[total].append(count)
        told: dict[Place, Cell] = {(row, column): counts[row, column] for row in rows for column in columns}
        told |= {total: None if None in held else sum(filter(None, held)) for total, held in parts.items()}
        return cls(rows=rows, columns=columns, counts=told)

    def __getitem__(self, place: Place) -> Cell:
        """The count of a row and a column, or a total."""
        return self.counts[place]

    def __iter__(self) -> Iterator[Place]:
        """Every place that has a count, totals last."""
        return iter(self.counts)

    plain_form = PlainForm(
        "rows columns counts",
        counts=lambda table: [
            {"row": row, "column": column, "count": count} for (row, column), count in table.counts.items()
        ],
    )


def _is_count(count: object) -> bool:
    return count is None or (isinstance(count, int) and not isinstance(count, bool) and count >= 0)
