"""When an entry of a calendar begins and ends: days as days, moments by the clocks of their place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Protocol

import attrs

from untoc_network.diagnostics.code import Code
from untoc_network.diagnostics.codes import calendars
from untoc_network.interop.calendar_parser import CalendarProperty, get_parameter
from untoc_network.interop.calendar_time_values import ParsedDuration, ParsedTime, parse_duration, parse_time
from untoc_network.interop.calendar_time_zones import UTC, Clocks, DefinedClocks, IanaClocks, find_zone
from untoc_network.values.dates import Instant, PartialDate

__all__ = ["TimePoint", "TimeReader", "ZoneLookup", "read_point_silently"]

_ONE_DAY = dt.timedelta(days=1)


@attrs.frozen(kw_only=True)
class TimePoint:
    """A day, or a time with the clocks that show it; without them it is that of nowhere known."""

    time: ParsedTime
    clocks: Clocks | None = None

    @property
    def is_day(self) -> bool:
        """Whether it was written as a day."""
        return self.time.clock is None


Told = tuple[Code, Mapping[str, str]]
"""A rule that does not hold, and what fills its message."""


@attrs.frozen
class ZoneLookup:
    """The zones that a calendar may name: those that it defines, and those of the IANA database."""

    defined: Mapping[str, DefinedClocks]

    def clocks(self, named: str, local: dt.datetime) -> tuple[Clocks | None, list[Told]]:
        """The clocks of a zone by its name, and what is to be told of it.

        A name of the IANA database means that zone, whose rules may be newer than the file's; a name that only looks
        like one means what the file says. Where both give another offset, that is told.
        """
        known, own = find_zone(named), self.defined.get(named.casefold())
        if known is None:
            told = calendars.unknown_time_zone if own is None else calendars.custom_time_zone
            return own, [(told, {"zone": named})]
        zone, is_near = known
        there = IanaClocks(zone)
        if own is not None and _find_first_moment(there, local) != _find_first_moment(own, local):
            chosen, other = (own, there) if is_near else (there, own)
            readings = {"read": _format_moment(chosen, local), "other": _format_moment(other, local)}
            return chosen, [(calendars.time_zone_definition_mismatch, {"zone": named, **readings})]
        return there, [] if zone == named else [(calendars.nonstandard_time_zone_name, {"zone": named, "meant": zone})]


def _find_first_moment(clocks: Clocks, local: dt.datetime) -> dt.datetime | None:
    try:
        return clocks.read(local).moments[0]
    except OverflowError:
        return None


def _format_moment(clocks: Clocks, local: dt.datetime) -> str:
    moment = _find_first_moment(clocks, local)
    return str(moment and clocks.show(moment))


class TimedCalendarEntry(Protocol):
    """The entry whose times are read."""

    one: dict[str, CalendarProperty]
    fields: dict[str, Any]

    def keep(self, found: CalendarProperty, rule: Code | None = None, **params: str | int) -> None:
        """Keep a property in the notes, and say why."""

    def tell(self, rule: Code, line: int, **params: str | int) -> None:
        """Keep a finding on a line."""


def read_point_silently(found: CalendarProperty, raw: str, zones: ZoneLookup) -> TimePoint | None:
    """The day or moment that one of the values of a property means, without telling what is odd about it."""
    time = parse_time(raw)
    if time is None or time.clock is None:
        return None if time is None else TimePoint(time=time)
    named = get_parameter(found, "TZID")
    clocks = UTC if time.utc else zones.clocks(named, time.local)[0] if named else None
    return TimePoint(time=time, clocks=clocks)


class TimeReader:
    """Reads the beginning and the end of one entry into its fields."""

    def __init__(self, entry: TimedCalendarEntry, zones: ZoneLookup) -> None:
        self.entry, self.zones = entry, zones
        self.start: TimePoint | None = None
        self.begins: dt.datetime | None = None
        """The moment at which it begins, in UTC."""
        self.length: ParsedDuration | None = None

    def read(self) -> None:
        """Fill the fields of the entry, and tell what cannot be filled."""
        one = self.entry.one
        self.start = None if "DTSTART" not in one else self._read_point(one["DTSTART"])
        if self.start is None:
            for name in ("DTEND", "DURATION"):
                if name in one:
                    self.entry.keep(one[name])
            return
        if self.start.clocks is not None:
            found = self._choose_moment(self.start, one["DTSTART"])
            if found is not None:
                self.begins, self.entry.fields["starts_at"] = found
            else:
                self.start = TimePoint(time=self.start.time)
        if self.begins is None:
            self.entry.fields["starts"] = PartialDate.of(self.start.time.day)
        if "DTEND" in one:
            self._read_end(self.start, one["DTEND"])
        elif "DURATION" in one:
            self._read_length(self.start, one["DURATION"])

    def moved(self, local: dt.datetime, moment: dt.datetime | None) -> dict[str, Any] | None:
        """The fields of when for another occurrence, as long as this one; None where no calendar has it."""
        assert self.start is not None, "only what begins can recur"
        fields = self.entry.fields
        days = local.date() - self.start.time.day
        try:
            made: dict[str, Any] = {
                name: PartialDate.of(dt.date.fromordinal(fields[name].first) + days)
                for name in ("starts", "ends")
                if name in fields
            }
            if self.begins is not None and moment is not None and self.start.clocks is not None:
                made |= self._make_time_fields(local, moment, self.start.clocks)
        except OverflowError:
            return None
        return None if None in made.values() else made

    def _make_time_fields(self, local: dt.datetime, moment: dt.datetime, clocks: Clocks) -> dict[str, Any]:
        made: dict[str, Any] = {"starts_at": clocks.show(moment)}
        ends = self.entry.fields.get("ends_at")
        if ends is not None and self.length is not None:
            made["ends_at"] = clocks.show(_add_duration_to_moment(clocks, local, moment, self.length))
        elif ends is not None:
            assert self.begins is not None, "what ends at a moment begins at one"
            exact = dt.datetime.fromisoformat(ends.partition("[")[0]) - self.begins
            end = read_point_silently(self.entry.one["DTEND"], self.entry.one["DTEND"].raw, self.zones)
            made["ends_at"] = ((end and end.clocks) or clocks).show(moment + exact)
        return made

    # -- one property ------------------------------------------------------------------------------------------------

    def _read_point(self, found: CalendarProperty) -> TimePoint | None:
        time = parse_time(found.raw)
        if time is None:
            self.entry.keep(found, calendars.calendar_value_not_understood, name=found.name)
            return None
        if time.clock is None or time.utc:
            return TimePoint(time=time, clocks=None if time.clock is None else UTC)
        named = get_parameter(found, "TZID")
        if named is None:
            self.entry.keep(found, calendars.time_without_zone, name=found.name)
            return TimePoint(time=time)
        clocks, told = self.zones.clocks(named, time.local)
        for rule, params in told:
            self.entry.tell(rule, found.line, name=found.name, **params)
        if clocks is None:
            self.entry.keep(found)
        return TimePoint(time=time, clocks=clocks)

    def _choose_moment(
        self, point: TimePoint, found: CalendarProperty, after: dt.datetime | None = None
    ) -> tuple[dt.datetime, Instant] | None:
        """The moment of a time; of two the first one, or the first that is not before another moment."""
        assert point.clocks is not None, "only what has clocks is a moment"
        try:
            reading = point.clocks.read(point.time.local)
            late = [one for one in reading.moments if after is None or one >= after]
            moment = (late or reading.moments)[0]
            other = [point.clocks.show(one) for one in reading.moments if one != moment]
            shown = point.clocks.show(moment)
        except OverflowError:
            shown = None
        if shown is None:
            self.entry.keep(found, calendars.calendar_value_not_understood, name=found.name)
            return None
        if reading.skipped or other:
            problem = "never" if reading.skipped else "twice"
            params = {"name": found.name, "read": shown, "other": str(*other[:1])}
            self.entry.tell(calendars.ambiguous_or_skipped_time, found.line, problem=problem, **params)
        return moment, shown

    def _read_end(self, start: TimePoint, found: CalendarProperty) -> None:
        end = self._read_point(found)
        if end is None:
            return
        if end.clocks is not None and self.begins is not None:
            ends = self._choose_moment(end, found, self.begins)
            if ends is not None and ends[0] < self.begins:
                self.entry.keep(found, calendars.calendar_value_not_understood, name=found.name)
            elif ends is not None:
                self.entry.fields["ends_at"] = ends[1]
            return
        if end.clocks is not None:
            self.entry.keep(found, calendars.mixed_days_and_times, name=found.name)
        elif end.is_day and not start.is_day:
            self.entry.tell(calendars.mixed_days_and_times, found.line, name=found.name)
        self._set_last_day(end.time.local, start, found)

    def _read_length(self, start: TimePoint, found: CalendarProperty) -> None:
        length = self.length = parse_duration(found.raw)
        if length is None:
            self.entry.keep(found, calendars.calendar_value_not_understood, name=found.name)
        elif self.begins is None or start.clocks is None:
            if not start.is_day:
                self.entry.keep(found)
            elif length.exact % _ONE_DAY:
                self.entry.keep(found, calendars.mixed_days_and_times, name=found.name)
            self._set_last_day(_add_duration_to_local_time(start.time.local, length), start, found)
        else:
            self._set_end_after_length(start.clocks, start.time.local, self.begins, length, found)

    def _set_end_after_length(
        self, clocks: Clocks, local: dt.datetime, moment: dt.datetime, length: ParsedDuration, found: CalendarProperty
    ) -> None:
        try:
            shown = clocks.show(_add_duration_to_moment(clocks, local, moment, length))
        except OverflowError:
            shown = None
        if shown is None:
            self.entry.keep(found, calendars.calendar_value_not_understood, name=found.name)
        else:
            self.entry.fields["ends_at"] = shown

    def _set_last_day(self, end: dt.datetime | None, start: TimePoint, found: CalendarProperty) -> None:
        """The last day, from the first time that is not of it any more: a day ends where the next one begins."""
        if end is None or end.date() < start.time.day:
            self.entry.keep(found, calendars.calendar_value_not_understood, name=found.name)
            return
        over = end.time() == dt.time() and end.date() > start.time.day
        self.entry.fields["ends"] = PartialDate.of(end.date() - _ONE_DAY if over else end.date())


def _add_duration_to_moment(
    clocks: Clocks, local: dt.datetime, moment: dt.datetime, length: ParsedDuration
) -> dt.datetime:
    """What lies a length after a moment: days by the clocks of the place, and then hours exactly (RFC 5545, 3.3.6)."""
    if length.days:
        moment = max(clocks.read(local + length.days).moments[0], moment)
    return moment + length.exact


def _add_duration_to_local_time(begun: dt.datetime, length: ParsedDuration) -> dt.datetime | None:
    try:
        return begun + length.days + length.exact
    except OverflowError:
        return None
