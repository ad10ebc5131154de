"""A table of numbers as plain data: keys for what is said, cells for what is counted."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import attrs

from untoc_network.privacy.count_table import Hidden
from untoc_network.values.consent import Audience
from untoc_network.values.count import Qualifier
from untoc_network.values.dates import PartialDate
from untoc_network.values.text import Text

__all__ = ["NONE", "UNKNOWN", "Cell", "Chart", "Note", "Row", "RowsAre", "Stated", "Statistics", "Table"]

UNKNOWN, NONE = "unknown", "none"
"""Keys of the rows for that of which nothing is recorded, and of which it is recorded that there is none."""


class RowsAre(StrEnum):
    """What the rows of a table are, and so how their keys are written out."""

    COUNTRIES = "countries"
    KINDS = "kinds"
    THEMES = "themes"
    STEPS = "steps"
    DURATIONS = "durations"
    LANGUAGES = "languages"
    DAYS = "days"
    PHASES = "phases"
    EVENTS = "events"
    REVIEWS = "reviews"


class Chart(StrEnum):
    """How a table is best drawn."""

    BARS = "bars"
    """A bar for each cell; cells of a row are not parts of one thing."""
    STACKED = "stacked"
    """A bar for each row, of parts."""
    LINES = "lines"
    """The least and the most, from day to day."""
    GROUPED = "grouped"
    """Bars under the headings of groups, such as regions."""


@attrs.frozen(kw_only=True)
class Stated:
    """A number as a source states it, and who was counted, in words."""

    value: int
    qualifier: Qualifier
    of: Text | None = None

    def to_dict(self) -> dict[str, object]:
        """The number as plain JSON types."""
        of = None if self.of is None else dict(self.of)
        return {"value": self.value, "qualifier": self.qualifier.value, "of": of}


Cell = int | Hidden | tuple[Stated, ...] | None
"""A count, one that is hidden, numbers that sources state, or None where nothing is recorded."""


@attrs.frozen(kw_only=True)
class Note:
    """Something to be said, by its key and parameters; its wording is in the languages."""

    key: str
    params: Mapping[str, str | int] = attrs.field(factory=dict, hash=False)

    def to_dict(self) -> dict[str, object]:
        """The note as plain JSON types."""
        return {"key": self.key, **self.params}


@attrs.frozen(kw_only=True)
class Row:
    """A row: its key, and a cell for each column; `label` or `said` tell what it is where the key does not."""

    key: str
    cells: tuple[Cell, ...]
    label: Text | None = None
    said: Note | None = None
    group: str | None = None
    day: PartialDate | None = None

    def to_dict(self) -> dict[str, object]:
        """The row as plain JSON types."""
        told = {
            "label": None if self.label is None else dict(self.label),
            "said": None if self.said is None else self.said.to_dict(),
            "group": self.group,
            "day": self.day,
        }
        return {
            "key": self.key,
            **{name: value for name, value in told.items() if value is not None},
            "cells": [_plain(cell) for cell in self.cells],
        }


@attrs.frozen(kw_only=True)
class Table:
    """Numbers on one question. `total` is None where the rows do not add up to anything that could be told."""

    key: str
    rows_are: RowsAre
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    chart: Chart
    total: tuple[Cell, ...] | None = None
    notes: tuple[Note, ...] = ()
    sources: tuple[Text, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """The table as plain JSON types; a cell is a number, `hidden`, null, or a list of what sources state."""
        return {
            "key": self.key,
            "rows_are": self.rows_are.value,
            "columns": list(self.columns),
            "rows": [row.to_dict() for row in self.rows],
            "total": None if self.total is None else [_plain(cell) for cell in self.total],
            "notes": [note.to_dict() for note in self.notes],
            "sources": [dict(source) for source in self.sources],
        }


@attrs.frozen(kw_only=True)
class Statistics:
    """All tables on a register as an audience may see it. `minimum` is the smallest count told; None tells all.

    `absent` names the subjects of which the register, as seen, has no records.
    """

    on: PartialDate
    audience: Audience
    minimum: int | None
    title: Text | None
    tables: tuple[Table, ...]
    absent: tuple[str, ...]

    @property
    def notes(self) -> tuple[Note, ...]:
        """What holds for all tables."""
        seen = Note(key=f"seen-{self.audience.value}")
        return (seen,) if self.minimum is None else (seen, Note(key="hidden", params={"minimum": self.minimum}))

    def to_dict(self) -> dict[str, object]:
        """The statistics as plain JSON types."""
        return {
            "on": self.on,
            "audience": self.audience.value,
            "minimum": self.minimum,
            "title": None if self.title is None else dict(self.title),
            "notes": [note.to_dict() for note in self.notes],
            "tables": [table.to_dict() for table in self.tables],
            "absent": list(self.absent),
        }


def _plain(cell: Cell) -> object:
    return [stated.to_dict() for stated in cell] if isinstance(cell, tuple) else cell
