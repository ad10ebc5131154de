"""What the values of a calendar mean: days, moments, lengths."""

from __future__ import annotations

import datetime as dt
import re

import attrs

__all__ = ["ParsedDuration", "ParsedTime", "parse_duration", "parse_time"]

_TIME = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})(Z)?)?")
_LENGTH = re.compile(
    r"\+?P(?:([0-9]{1,9})W)?(?:([0-9]{1,9})D)?(?:T(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})S)?)?"
)


@attrs.frozen(kw_only=True)
class ParsedTime:
    """A day, or a time on it in UTC or by the clocks of a place."""

    day: dt.date
    clock: dt.time | None = None
    utc: bool = False

    @property
    def local(self) -> dt.datetime:
        """The time on the day, or its beginning."""
        return dt.datetime.combine(self.day, self.clock or dt.time())


@attrs.frozen(kw_only=True)
class ParsedDuration:
    """A length: days by the calendar, and then hours, minutes and seconds exactly (RFC 5545, 3.3.6)."""

    days: dt.timedelta
    exact: dt.timedelta


def parse_time(raw: str) -> ParsedTime | None:
    """The day or moment that a value writes; None where it writes none."""
    found = _TIME.fullmatch(raw.strip())
    if found is None:
        return None
    year, month, day, *clock, utc = found.groups()
    try:
        when = dt.date(int(year), int(month), int(day))
        if clock[0] is None:
            return ParsedTime(day=when)
        hour, minute, second = (int(part) for part in clock)
        return ParsedTime(day=when, clock=dt.time(hour, minute, min(second, 59)), utc=utc is not None)
    except ValueError:
        return None


def parse_duration(raw: str) -> ParsedDuration | None:
    """The length that a value such as P1DT2H writes; None where it writes none, or one of less than nothing."""
    found = _LENGTH.fullmatch(raw.strip().upper())
    if found is None or not any(found.groups()):
        return None
    weeks, days, hours, minutes, seconds = (int(number or 0) for number in found.groups())
    try:
        return ParsedDuration(
            days=dt.timedelta(weeks=weeks, days=days),
            exact=dt.timedelta(hours=hours, minutes=minutes, seconds=seconds),
        )
    except OverflowError:
        return None
