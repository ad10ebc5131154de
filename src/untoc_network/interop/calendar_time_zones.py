"""What the clocks of a place show: those of the IANA database, and those that a calendar defines itself (VTIMEZONE)."""

from __future__ import annotations

import bisect
import datetime as dt
import functools
import itertools
import re
import zoneinfo
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

import attrs

from untoc_network.interop.calendar_recurrence import Recurrence, parse_recurrence
from untoc_network.interop.calendar_time_values import parse_time
from untoc_network.interop.icalendar_package import import_icalendar
from untoc_network.values.dates import Instant

__all__ = [
    "UTC",
    "ClockReading",
    "Clocks",
    "DefinedClocks",
    "IanaClocks",
    "Observance",
    "build_defined_clocks",
    "find_zone",
    "parse_offset",
]

_MOST = 100
"""Of how many observances a zone may be; those of the IANA database have some ten."""
_OFFSET = re.compile(r"([+-])([0-9]{2})([0-9]{2})([0-9]{2})?")


@attrs.frozen(kw_only=True)
class ClockReading:
    """The moments (in UTC) at which clocks show a time: two where they were set back."""

    moments: tuple[dt.datetime, ...]
    skipped: bool = False
    """Whether they never show it; it is then taken by the offset of before (RFC 5545, 3.3.5)."""


class Clocks(Protocol):
    """The clocks of a place."""

    @property
    def zone(self) -> str | None:
        """The zone of the IANA database that they are of."""

    def read(self, local: dt.datetime) -> ClockReading:
        """When they show a time. Raises `OverflowError` where no calendar has that moment."""

    def local(self, moment: dt.datetime) -> dt.datetime:
        """What they show at a moment. Raises `OverflowError` where no calendar has it."""

    def show(self, moment: dt.datetime) -> Instant | None:
        """A moment as they show it, to be written; None where no calendar has it."""


def _make_instant(local: dt.datetime, zone: str | None) -> Instant:
    """To the minute, or to the second where there are some; in UTC where the offset is not one of whole minutes."""
    offset = local.utcoffset()
    assert offset is not None, "a moment has its offset"
    whole = local if offset.total_seconds() % 60 == 0 else local.astimezone(dt.UTC)
    text = whole.isoformat(timespec="seconds" if whole.second else "minutes")
    text = text.replace("+00:00", "Z") if whole.tzinfo is dt.UTC else text
    return Instant(f"{text}{f'[{zone}]' if zone else ''}")


@attrs.frozen
class IanaClocks:
    """The clocks of a zone of the IANA database; without a name those of UTC."""

    zone: str | None = None

    @property
    def _load_zone_rules(self) -> dt.tzinfo:
        return zoneinfo.ZoneInfo(self.zone) if self.zone else dt.UTC

    def read(self, local: dt.datetime) -> ClockReading:
        """When they show a time. Raises `OverflowError` where no calendar has that moment."""
        first, second = (local.replace(tzinfo=self._load_zone_rules, fold=fold) for fold in (0, 1))
        moments = (first.astimezone(dt.UTC), second.astimezone(dt.UTC))
        return ClockReading(moments=moments[: 1 + (moments[0] < moments[1])], skipped=moments[0] > moments[1])

    def local(self, moment: dt.datetime) -> dt.datetime:
        """What they show at a moment. Raises `OverflowError` where no calendar has it."""
        return moment.astimezone(self._load_zone_rules).replace(tzinfo=None)

    def show(self, moment: dt.datetime) -> Instant | None:
        """A moment as they show it, to be written; None where no calendar has it."""
        try:
            return _make_instant(moment.astimezone(self._load_zone_rules), self.zone)
        except OverflowError:
            return None


UTC = IanaClocks()


# -- defined by the calendar -----------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Observance:
    """From which local times on a zone has which offset: once, on days that are listed, or by a rule of each year."""

    first: dt.datetime
    before: dt.timedelta
    offset: dt.timedelta
    listed: tuple[dt.datetime, ...] = ()
    rule: Recurrence | None = None
    until: dt.datetime | None = None
    """When the rule ends, in UTC."""

    def onsets(self, year: int) -> Iterator[dt.datetime]:
        """When it begins, in UTC without a mark: as listed, and in a year or the one before by the rule."""
        for local in (self.first, *self.listed):
            yield _subtract_offset(local, self.before)
        if self.rule is not None:
            last = year if self.until is None else min(year, self.until.year)
            start = max(self.first, self.first.replace(year=max(last - 1, 1), month=1, day=1))
            for local in self.rule.matching(start, self.first.replace(year=max(last, 1), month=12, day=31)):
                onset = _subtract_offset(local, self.before)
                if self.until is None or onset <= self.until:
                    yield onset


def _subtract_offset(local: dt.datetime, offset: dt.timedelta) -> dt.datetime:
    try:
        return local - offset
    except OverflowError:
        return local


@attrs.frozen(eq=False)
class DefinedClocks:
    """The clocks that a calendar defines itself."""

    observances: tuple[Observance, ...]
    zone: None = attrs.field(default=None, init=False)
    _years: dict[int, tuple[list[dt.datetime], list[dt.timedelta]]] = attrs.field(factory=dict, init=False, repr=False)

    def read(self, local: dt.datetime) -> ClockReading:
        """When they show a time. Raises `OverflowError` where no calendar has that moment."""
        offsets = {offset for one in self.observances for offset in (one.before, one.offset)}
        found = {local - offset for offset in offsets if self._find_offset_at(local - offset) == offset}
        if found:
            return ClockReading(moments=tuple(moment.replace(tzinfo=dt.UTC) for moment in sorted(found)[:2]))
        moment = local - self._find_offset_at(local - max(offsets))
        return ClockReading(moments=(moment.replace(tzinfo=dt.UTC),), skipped=True)

    def local(self, moment: dt.datetime) -> dt.datetime:
        """What they show at a moment. Raises `OverflowError` where no calendar has it."""
        written = moment.replace(tzinfo=None)
        return written + self._find_offset_at(written)

    def show(self, moment: dt.datetime) -> Instant | None:
        """A moment as they show it, to be written; None where no calendar has it."""
        try:
            offset = self._find_offset_at(moment.replace(tzinfo=None))
            return _make_instant(moment.astimezone(dt.timezone(offset) if offset else dt.UTC), None)
        except OverflowError:
            return None

    def _find_offset_at(self, moment: dt.datetime) -> dt.timedelta:
        """The offset at a moment in UTC; before all that is defined, the one that the first onset ended."""
        if moment.year not in self._years:
            onsets = sorted(
                (onset, position, one)
                for position, one in enumerate(self.observances)
                for onset in one.onsets(moment.year)
            )
            self._years[moment.year] = (
                [onset for onset, _, _ in onsets],
                [
                    onsets[0][2].before,
                    *(one.offset for _, _, one in onsets),
                ],
            )
        times, offsets = self._years[moment.year]
        return offsets[bisect.bisect_right(times, moment)]


def parse_offset(raw: str) -> dt.timedelta | None:
    """The offset that a value such as +0200 writes; None where it writes none."""
    found = _OFFSET.fullmatch(raw.strip())
    if found is None:
        return None
    sign, hours, minutes, seconds = found.groups()
    length = dt.timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds or 0))
    return (-length if sign == "-" else length) if length < dt.timedelta(days=1) else None


def build_defined_clocks(parts: Iterable[Mapping[str, list[str]]]) -> DefinedClocks | None:
    """The clocks that observances define, each as its properties with their values; None where they cannot be read."""
    observances = tuple(_parse_observance(part) for part in itertools.islice(parts, _MOST + 1))
    there = tuple(one for one in observances if one is not None)
    return DefinedClocks(there) if there and len(there) == len(observances) <= _MOST else None


def _parse_observance(part: Mapping[str, list[str]]) -> Observance | None:
    before, offset = (parse_offset(part.get(name, [""])[0]) for name in ("TZOFFSETFROM", "TZOFFSETTO"))
    first = parse_time(part.get("DTSTART", [""])[0])
    listed = [parse_time(value) for values in part.get("RDATE", ()) for value in values.split(",")]
    if before is None or offset is None or first is None or None in listed:
        return None
    days = tuple(one.local for one in listed if one is not None)
    made = Observance(first=first.local, before=before, offset=offset, listed=days)
    rules = part.get("RRULE", ())
    return made if not rules else _add_yearly_rule(made, rules[0]) if len(rules) == 1 else None


def _add_yearly_rule(made: Observance, raw: str) -> Observance | None:
    """An observance that begins anew each year; other rules are none that clocks follow."""
    rule = parse_recurrence(raw)
    if rule is None or (rule.frequency, rule.interval, rule.count) != ("YEARLY", 1, None):
        return None
    days = dict(rule.days)
    if not days.keys() & {"byweekday", "bymonthday", "byyearday", "byweekno"}:
        days = {"bymonth": [made.first.month], "bymonthday": [made.first.day], **days}
    until = None if rule.until is None else parse_time(rule.until)
    if rule.until is not None and until is None:
        return None
    ends = None if until is None else dt.datetime.combine(until.day, until.clock or dt.time.max)
    return attrs.evolve(made, rule=attrs.evolve(rule, days=days), until=ends)


# -- names -----------------------------------------------------------------------------------------------------------


def find_zone(name: str) -> tuple[str, bool] | None:
    """The zone of the IANA database that a name means, in any case and with a prefix, and whether it is only near.

    A name that Windows uses stands for several zones, and the one of the most people is taken.
    """
    parts = name.casefold().split("/")
    for candidate in (name.casefold(), "/".join(parts[-2:]), "/".join(parts[-3:])):
        if candidate in _map_zone_names():
            return _map_zone_names()[candidate], False
    meant = _load_windows_zones().get(name.casefold())
    return (meant, True) if meant in _map_zone_names().values() and meant is not None else None


@functools.cache
def _map_zone_names() -> Mapping[str, str]:
    """No two names of the database differ in their case alone."""
    return {zone.casefold(): zone for zone in zoneinfo.available_timezones()}


@functools.cache
def _load_windows_zones() -> Mapping[str, str]:
    import_icalendar()
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return {name.casefold(): zone for name, zone in WINDOWS_TO_OLSON.items()}
