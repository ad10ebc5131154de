"""The rules of a time zone for the years of a calendar (VTIMEZONE).

`icalendar` finds the changes of a zone by its clocks, and so puts the end of an hour that is skipped for its beginning;
whoever follows these rules is an hour off on the morning after. Here they are found by UTC, where no hour is skipped.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

__all__ = ["zone_component"]

_DAY, _SECOND = dt.timedelta(days=1), dt.timedelta(seconds=1)


def zone_component(package: Any, name: str, first: dt.date, last: dt.date) -> Any:
    """The rules of a zone from one day to another; one that nobody knows has the rules of UTC."""
    try:
        rules = zoneinfo.ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        rules = zoneinfo.ZoneInfo("Etc/UTC")
    begins = dt.datetime.combine(first, dt.time(), dt.UTC)
    onsets: dict[tuple[Any, ...], list[dt.datetime]] = defaultdict(list)
    before = begins.astimezone(rules).utcoffset()
    for moment in (begins, *_changes(rules, begins, dt.datetime.combine(last, dt.time(), dt.UTC))):
        there = moment.astimezone(rules)
        observed = (before, there.utcoffset(), there.tzname(), bool(there.dst()))
        onsets[observed].append(moment.astimezone(dt.timezone(before or dt.timedelta())).replace(tzinfo=None))
        before = there.utcoffset()
    made = package.Timezone()
    made.add("tzid", name)
    for (offset_from, offset_to, called, is_daylight), times in onsets.items():
        part = package.TimezoneDaylight() if is_daylight else package.TimezoneStandard()
        part.TZOFFSETFROM, part.TZOFFSETTO, part.DTSTART = offset_from, offset_to, times[0]
        part.add("tzname", called)
        if times[1:]:
            part.add("rdate", times[1:])
        made.add_component(part)
    return made


def _changes(rules: dt.tzinfo, begins: dt.datetime, ends: dt.datetime) -> Iterator[dt.datetime]:
    """The moments at which the clocks of a zone are set, in UTC to the second: found by days, and then by halves."""
    day, shown = begins, _shown(rules, begins)
    while day < ends:
        early, late = day, day + _DAY
        before, shown = shown, _shown(rules, late)
        if shown != before:
            while late - early > _SECOND:
                middle = early + (late - early) // _SECOND // 2 * _SECOND
                early, late = (middle, late) if _shown(rules, middle) == before else (early, middle)
            yield late
        day += _DAY


def _shown(rules: dt.tzinfo, moment: dt.datetime) -> tuple[Any, ...]:
    there = moment.astimezone(rules)
    return there.utcoffset(), there.tzname()
