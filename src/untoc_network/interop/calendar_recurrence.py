"""Rules of recurrence (RFC 5545, 3.3.10): their parts checked here, their days counted by `dateutil`.

A rule is counted by the clocks of a place, without a time zone, and never further than some steps: a rule such as every
second of each 30 February has no first day, and nobody who looks for it comes back.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

__all__ = ["Recurrence", "parse_recurrence"]

_LONGEST = 500
_HORIZON: Mapping[str, int] = {"YEARLY": 100, "MONTHLY": 50, "WEEKLY": 20, "DAILY": 10}
"""In how many years the days of a rule are looked for, by its frequency; what recurs within a day is no meeting."""
_NUMBERS: Mapping[str, str] = {
    "BYMONTH": "bymonth",
    "BYMONTHDAY": "bymonthday",
    "BYYEARDAY": "byyearday",
    "BYWEEKNO": "byweekno",
    "BYSETPOS": "bysetpos",
    "BYHOUR": "byhour",
    "BYMINUTE": "byminute",
}
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBER = re.compile(r"[+-]?[0-9]{1,3}")
_MONTHS = 12
_OF_A_MONTH = {"byhour", "byminute", "bysetpos", "bymonthday"}
_COUNT = re.compile(r"[0-9]{1,9}")


@attrs.frozen(kw_only=True)
class Recurrence:
    """A rule of recurrence: how often, how many times or until when (as written), and on which days."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: str | None = None
    days: Mapping[str, Any]

    @property
    def ends(self) -> bool:
        """Whether it ends at all."""
        return self.count is not None or self.until is not None

    def horizon(self, first: dt.datetime) -> dt.datetime:
        """Until when its times are looked for."""
        years = _HORIZON[self.frequency] * self.interval
        return first.replace(year=min(first.year + years, dt.MAXYEAR), month=12, day=31)

    def starting(self, first: dt.datetime, until: dt.datetime | None = None) -> Iterator[dt.datetime]:
        """Its times from the first one on, which always counts (3.8.5.3), as far as the horizon."""
        rest = (time for time in self.matching(first, until) if time != first)
        return itertools.islice(itertools.chain((first,), rest), self.count)

    def matching(self, first: dt.datetime, until: dt.datetime | None = None) -> Iterator[dt.datetime]:
        """Its own times from the first possible one on, without a count, as far as the horizon."""
        from dateutil import rrule

        horizon = self.horizon(first)
        try:
            rule = rrule.rrule(
                getattr(rrule, self.frequency),
                dtstart=first,
                interval=self.interval,
                until=min(horizon, until or horizon),
                **self.days,
            )
            yield from rule
        except (ValueError, OverflowError, IndexError):
            return


def parse_recurrence(raw: str) -> Recurrence | None:
    """The rule that a value such as FREQ=WEEKLY;COUNT=4 writes; None where it writes none that can be counted."""
    if len(raw) > _LONGEST:
        return None
    named = [part.partition("=") for part in raw.strip().upper().split(";")]
    parts = {name: value for name, _, value in named}
    frequency, interval, count = parts.pop("FREQ", ""), parts.pop("INTERVAL", "1"), parts.pop("COUNT", None)
    until, week = parts.pop("UNTIL", None), parts.pop("WKST", "MO")
    numbers = [number for number in (interval, count) if number is not None]
    if len(named) != len({name for name, _, _ in named}) or frequency not in _HORIZON or week not in _DAYS:
        return None
    if not all(_COUNT.fullmatch(number) and int(number) for number in numbers):
        return None
    days = _parse_rule_days(parts)
    if days is None or not _names_days_regularly(frequency, int(interval), days):
        return None
    return Recurrence(
        frequency=frequency,
        interval=int(interval),
        count=None if count is None else int(count),
        until=until,
        days={**days, "wkst": _DAYS.index(week)},
    )


def _parse_rule_days(parts: Mapping[str, str]) -> dict[str, Any] | None:
    from dateutil import rrule

    made: dict[str, Any] = {}
    for name, value in parts.items():
        each = value.split(",")
        if name == "BYDAY":
            found = [_DAY.fullmatch(one) for one in each]
            if None in found:
                return None
            weekdays = [(_DAYS.index(day[2]), int(day[1]) if day[1] else None) for day in found if day]
            if any(number == 0 for _, number in weekdays):
                return None
            made["byweekday"] = [rrule.weekday(day, number) for day, number in weekdays]
        elif name in _NUMBERS and all(_NUMBER.fullmatch(one) for one in each):
            made[_NUMBERS[name]] = [int(one) for one in each]
        else:
            return None
    return made


def _names_days_regularly(frequency: str, interval: int, days: Mapping[str, Any]) -> bool:
    """Whether a rule names some day every now and then: `dateutil` looks for one that never comes to the year 9999."""
    if any(abs(one) != 1 for one in days.get("bysetpos", ())) or not all(
        1 <= one <= _MONTHS for one in days.get("bymonth", ())
    ):
        return False
    if frequency == "DAILY":
        return days.keys() <= {"byhour", "byminute"} | ({"byweekday"} if interval == 1 else set())
    if frequency == "WEEKLY":
        return days.keys() <= {"byhour", "byminute", "byweekday"}
    if frequency == "MONTHLY":
        return days.keys() <= {"byhour", "byminute", "bysetpos", "byweekday"} or days.keys() <= _OF_A_MONTH
    return True
