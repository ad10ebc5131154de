"""A table of numbers as plain data: keys for what is said, cells for what is counted."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import attrs

from untoc_network.diagnostics.findings import Certainty
from untoc_network.diagnostics.object_to_dict import HasPlainForm, PlainForm
from untoc_network.engagement.membership_status import MembershipStatus
from untoc_network.model.organization_and_person import OrganizationKind
from untoc_network.privacy.count_table import Hidden
from untoc_network.values.consent_and_contact import Audience
from untoc_network.values.dates import PartialDate
from untoc_network.values.multilingual_text import Text
from untoc_network.values.stated_count import Qualifier

__all__ = [
    "NONE",
    "UNKNOWN",
    "Cell",
    "Chart",
    "ListedMember",
    "Row",
    "RowSubject",
    "StatedNumber",
    "Statistics",
    "Table",
    "TableNote",
]

UNKNOWN, NONE = "unknown", "none"
"""Keys of the rows for that of which nothing is recorded, and of which it is recorded that there is none."""


class RowSubject(StrEnum):
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
    PUBLISHED = "published"
    """Numbers that others published."""


class Chart(StrEnum):
    """How a table is best drawn."""

    BARS = "bars"
    """A bar for each cell; cells of a row are not parts of one thing."""
    STACKED = "stacked"
    """A bar for each row, of parts."""
    LINES = "lines"
    """From day to day, the least and the most."""
    GROUPED = "grouped"
    """Bars under the headings of groups, such as regions."""
    NONE = "none"
    """Not at all: numbers of different things, which no common scale should compare."""


@attrs.frozen(kw_only=True)
class StatedNumber(HasPlainForm):
    """A number as a source states it, and who was counted, in words."""

    value: int
    qualifier: Qualifier
    of: Text | None = None


Cell = int | Hidden | tuple[StatedNumber, ...] | None
"""A count, one that is hidden, numbers that sources state, or None where nothing is recorded."""


@attrs.frozen(kw_only=True)
class TableNote(HasPlainForm):
    """Something to be said, by its key and parameters; its wording is in the languages."""

    key: str
    params: Mapping[str, str | int] = attrs.field(factory=dict, hash=False)

    plain_form = PlainForm(whole=lambda note: {"key": note.key, **note.params})


@attrs.frozen(kw_only=True)
class Row(HasPlainForm):
    """A row: its key, and a cell for each column; `label` or `said` tell what it is where the key does not.

    `source` is the place, from 1, of its source among those of the table; `certainty` is told where it is not seen.
    """

    key: str
    cells: tuple[Cell, ...]
    label: Text | None = None
    said: TableNote | None = None
    group: str | None = None
    day: PartialDate | None = None
    certainty: Certainty | None = None
    source: int | None = None

    plain_form = PlainForm("key label said group day certainty source cells", left_out=(None,))

    @property
    def is_told(self) -> bool:
        """Whether a cell tells of something: a number that is not hidden and not zero."""
        return any(cell and not isinstance(cell, Hidden) for cell in self.cells)

    @property
    def is_hidden(self) -> bool:
        """Whether all that there is to tell is hidden."""
        return not self.is_told and Hidden.HIDDEN in self.cells


@attrs.frozen(kw_only=True)
class Table(HasPlainForm):
    """Numbers on one question. `total` is None where the rows do not add up to anything that could be told."""

    key: str
    rows_are: RowSubject
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    chart: Chart
    total: tuple[Cell, ...] | None = None
    notes: tuple[TableNote, ...] = ()
    sources: tuple[Text, ...] = ()

    plain_form = PlainForm("key rows_are columns rows total notes sources")

    @property
    def tells_little(self) -> bool:
        """Whether more rows are hidden than tell of something, or none tells of anything."""
        told = sum(row.is_told for row in self.rows)
        return not told or sum(row.is_hidden for row in self.rows) > told

    def records(self) -> list[dict[str, Any]]:
        """A flat row for each cell, for tables of data: `table row column value qualifier hidden`, keys and no words.

        A total has the row `total`. `value` is None where a count may not be told, and `hidden` then true, or where
        nothing is recorded; a cell with several stated numbers has a row for each.
        """
        rows = [(row.key, row.cells) for row in self.rows]
        rows += [] if self.total is None else [("total", self.total)]
        return [
            {"table": self.key, "row": key, "column": column, **told}
            for key, cells in rows
            for column, cell in zip(self.columns, cells, strict=True)
            for told in _list_values(cell)
        ]


def _list_values(cell: Cell) -> list[dict[str, Any]]:
    if isinstance(cell, tuple):
        return [{"value": one.value, "qualifier": one.qualifier.value, "hidden": False} for one in cell]
    if isinstance(cell, Hidden):
        return [{"value": None, "qualifier": None, "hidden": True}]
    return [{"value": cell, "qualifier": None if cell is None else Qualifier.EXACT.value, "hidden": False}]


@attrs.frozen(kw_only=True)
class ListedMember(HasPlainForm):
    """A member by name: what it is, the country of its seat, since when it belongs, and how sure that is on the day."""

    organization_id: str
    name: Text
    kind: OrganizationKind
    country: str | None
    since: PartialDate | None
    belonging: MembershipStatus

    plain_form = PlainForm("organization=organization_id name kind country since belonging")


@attrs.frozen(kw_only=True)
class Statistics(HasPlainForm):
    """All tables on a register as an audience may see it. `minimum` is the smallest count told; None tells all.

    `absent` names the subjects of which the register, as seen, has no records. `listed` are the members by name, where
    they are too few for tables to tell of them; there may be others, whom the audience may not see.
    """

    on: PartialDate
    audience: Audience
    minimum: int | None
    title: Text | None
    tables: tuple[Table, ...]
    absent: tuple[str, ...]
    listed: tuple[ListedMember, ...] = ()

    @property
    def notes(self) -> tuple[TableNote, ...]:
        """What holds for all tables."""
        seen = TableNote(key=f"seen-{self.audience.value}")
        return (seen,) if self.minimum is None else (seen, TableNote(key="hidden", params={"minimum": self.minimum}))

    def records(self) -> list[dict[str, Any]]:
        """A flat row for each cell of all tables, as `Table.records` gives them."""
        return [record for table in self.tables for record in table.records()]

    plain_form = PlainForm("on audience minimum title notes tables absent listed")
