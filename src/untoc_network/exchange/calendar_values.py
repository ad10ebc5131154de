"""What the values of a calendar mean: days, moments, time zones, lengths."""

from __future__ import annotations

import datetime as dt
import functools
import re
import zoneinfo
from collections.abc import Mapping

import attrs

from untoc_network.errors import ImpossibleValue
from untoc_network.exchange.icalendar_package import icalendar_package
from untoc_network.values.dates import Instant

__all__ = ["Time", "instant_of", "length_of", "time_of", "zone_of"]

_TIME = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})(Z)?)?")
_LONGEST_LENGTH = 100


@attrs.frozen(kw_only=True)
class Time:
    """A day, or a moment of it in UTC or by the clocks of a place; `cut` where it is the day of a moment."""

    day: dt.date
    clock: dt.time | None = None
    utc: bool = False
    cut: bool = False

    def in_zone(self, zone: str | None) -> dt.datetime:
        """The moment by the clocks of a zone, or of UTC."""
        assert self.clock is not None, "a day is no moment"
        return dt.datetime.combine(self.day, self.clock, zoneinfo.ZoneInfo(zone) if zone else dt.UTC)


def instant_of(moment: dt.datetime, zone: str | None) -> Instant | None:
    """The moment as registers write it; None where the clocks of the zone skip it, or no calendar has it."""
    try:
        return Instant(f"{_iso(moment)}{f'[{zone}]' if zone else ''}")
    except ImpossibleValue:
        return None


def _iso(moment: dt.datetime) -> str:
    """To the minute, or to the second where there are some."""
    text = moment.isoformat(timespec="seconds" if moment.second else "minutes")
    return text.replace("+00:00", "Z") if moment.tzinfo is dt.UTC else text


def time_of(raw: str) -> Time | None:
    """The day or moment that a value writes; None where it writes none."""
    found = _TIME.fullmatch(raw.strip())
    if found is None:
        return None
    year, month, day, *clock, utc = found.groups()
    try:
        when = dt.date(int(year), int(month), int(day))
        if clock[0] is None:
            return Time(day=when)
        hour, minute, second = (int(part) for part in clock)
        return Time(day=when, clock=dt.time(hour, minute, min(second, 59)), utc=utc is not None)
    except ValueError:
        return None


def length_of(raw: str) -> dt.timedelta | None:
    """The length that a value such as PT1H30M writes; None where it writes none, or one of less than nothing."""
    try:
        length: dt.timedelta = icalendar_package().vDuration.from_ical(raw[:_LONGEST_LENGTH])
    except (ValueError, OverflowError):
        return None
    return length if length >= dt.timedelta() else None


def zone_of(name: str) -> str | None:
    """The zone of the IANA database that a name means, also the names of Windows and those with a prefix."""
    candidates = (name, _windows_zones().get(name, ""), "/".join(name.split("/")[-2:]), "/".join(name.split("/")[-3:]))
    return next((candidate for candidate in candidates if candidate in _zones()), None)


@functools.cache
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def _windows_zones() -> Mapping[str, str]:
    icalendar_package()
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return WINDOWS_TO_OLSON
