"""Time limits: so many days, weeks, months or years, always counted from their anchor."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.values.dates import PartialDate, to_pendulum_date
from untoc_network.values.json_forms import FromText
from untoc_network.values.self_checked_classes import SelfChecked

__all__ = ["TimeLimit", "TimeUnit"]


class TimeUnit(StrEnum):
    """In what a time limit is counted."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


@attrs.frozen
class TimeLimit(SelfChecked):
    """So many units of time. Raises `ImpossibleValue` where the number is negative.

    >>> TimeLimit(6, "months").after(PartialDate("2021-08-31"))
    (PartialDate('2022-02-28'), PartialDate('2022-02-28'))
    >>> TimeLimit(2, TimeUnit.WEEKS).after(PartialDate("2020-12"))
    (PartialDate('2020-12-15'), PartialDate('2021-01-14'))
    """

    number: int
    unit: TimeUnit = attrs.field(converter=FromText[TimeUnit])

    def _refuse_impossible(self) -> None:
        if self.number < 0:
            raise ImpossibleValue("limit-negative")

    def __str__(self) -> str:
        return f"{self.number} {self.unit.value if self.number != 1 else self.unit.value.removesuffix('s')}"

    def after(self, when: PartialDate) -> tuple[PartialDate, PartialDate]:
        """The earliest and the latest day that lies this long after a date.

        A month is a month of the calendar: from the last day of a long month one comes to the last day of a short one.
        """
        return self._moved(when, self.number)

    def before(self, when: PartialDate) -> tuple[PartialDate, PartialDate]:
        """The earliest and the latest day that lies this long before a date."""
        return self._moved(when, -self.number)

    def _moved(self, when: PartialDate, number: int) -> tuple[PartialDate, PartialDate]:
        first, last = (self._day(ordinal, number) for ordinal in (when.first, when.last))
        return first, last

    def _day(self, ordinal: int, number: int) -> PartialDate:
        try:
            moved = to_pendulum_date(dt.date.fromordinal(ordinal)).add(**{self.unit.value: number})
        except (ValueError, OverflowError):
            raise ImpossibleValue("limit-out-of-calendar") from None
        return PartialDate.of(moved)
