"""The occurrences of an entry that recurs: those that its rule and its days name, without those that are taken out."""

from __future__ import annotations

import datetime as dt
import heapq
import itertools
from collections.abc import Iterator, Sequence

import attrs

from untoc_network.interop.calendar_parser import CalendarProperty
from untoc_network.interop.calendar_recurrence import Recurrence, parse_recurrence
from untoc_network.interop.calendar_time_reader import TimePoint, ZoneLookup, read_point_silently
from untoc_network.interop.calendar_time_values import parse_time
from untoc_network.interop.calendar_time_zones import Clocks

__all__ = ["Occurrence", "RecurringEntry", "SlotNames", "format_slot", "make_slot_names"]

SlotNames = frozenset[tuple[str, dt.datetime]]
"""By what an occurrence can be meant: its moment in UTC, its time by the clocks of the place, its day."""

_LAST_SECOND = dt.time(23, 59, 59)


@attrs.frozen(kw_only=True)
class Occurrence:
    """One occurrence: its time by the clocks of the place, and its moment where these are known."""

    local: dt.datetime
    moment: dt.datetime | None = None

    @property
    def names(self) -> SlotNames:
        """All by which it can be meant."""
        day = dt.datetime.combine(self.local.date(), dt.time())
        there = {("local", self.local), ("day", day)}
        return frozenset(there if self.moment is None else {*there, ("utc", self.moment)})


def make_slot_names(point: TimePoint) -> SlotNames:
    """By what a value means an occurrence: a day all of that day, a moment the one of that moment."""
    if point.is_day:
        return frozenset({("day", point.time.local)})
    if point.clocks is None:
        return frozenset({("local", point.time.local)})
    try:
        return frozenset(("utc", moment) for moment in point.clocks.read(point.time.local).moments)
    except OverflowError:
        return frozenset()


def format_slot(local: dt.datetime, start: TimePoint) -> str:
    """The time that a series gives one of its occurrences, written as its start is."""
    text = local.isoformat(timespec="seconds").replace("-", "").replace(":", "")
    return text[:8] if start.is_day else f"{text}Z" if start.time.utc else text


class RecurringEntry:
    """The recurrence of one entry, from its properties and its start."""

    def __init__(self, properties: Sequence[CalendarProperty], start: TimePoint, zones: ZoneLookup) -> None:
        self.start, self.zones = start, zones
        named = {name: [one for one in properties if one.name == name] for name in _OF_A_SERIES}
        rules = named["RRULE"]
        self.rule = parse_recurrence(rules[0].raw) if len(rules) == 1 else None
        self._until = None if self.rule is None or self.rule.until is None else self._find_last_moment(self.rule.until)
        self.extra, taken_out = self._parse_listed_points(named["RDATE"]), self._parse_listed_points(named["EXDATE"])
        self.without = frozenset(
            name for points in taken_out.values() for one in points or () for name in make_slot_names(one)
        )
        self.unread = {line for line, points in (self.extra | taken_out).items() if points is None}
        """The lines of what cannot be read."""
        is_told = self.rule is None or self.rule.until is None or self._until is not None
        self.is_understood = (
            (not rules or self.rule is not None)
            and is_told
            and not named["EXRULE"]
            and all(points is not None for points in self.extra.values())
        )
        self.is_whole = True
        self.is_finite = self.rule is None or self.rule.ends

    def _parse_listed_points(self, found: Sequence[CalendarProperty]) -> dict[int, list[TimePoint] | None]:
        """The days and moments that properties list, by their lines; None for one that cannot be read."""
        made: dict[int, list[TimePoint] | None] = {}
        for one in found:
            points = [read_point_silently(one, raw, self.zones) for raw in one.raw.split(",")]
            there = [point for point in points if point is not None]
            made[one.line] = there if len(there) == len(points) else None
        return made

    def _find_last_moment(self, raw: str) -> dt.datetime | None:
        """Until when, by the clocks of the entry: a day counts to its end."""
        until = parse_time(raw)
        if until is None:
            return None
        if until.clock is None or self.start.is_day:
            return dt.datetime.combine(until.day, _LAST_SECOND)
        if until.utc and self.start.clocks is not None:
            try:
                return self.start.clocks.local(until.local.replace(tzinfo=dt.UTC))
            except OverflowError:
                return None
        return until.local

    def occurrences(self) -> Iterator[Occurrence]:
        """All that stand, in their order; of what is not understood the first one alone."""
        first = self.start.time.local
        if not self.is_understood:
            yield from (one for one in self._make_occurrences_at(first) if not one.names & self.without)
            return
        ruled = itertools.islice((first,), 1) if self.rule is None else self._list_rule_times(self.rule, first)
        listed = sorted(
            (
                one
                for points in self.extra.values()
                for point in points or ()
                for one in self._make_listed_occurrences(point)
            ),
            key=lambda one: one.local,
        )
        merged = heapq.merge(
            (one for time in ruled for one in self._make_occurrences_at(time)), listed, key=lambda one: one.local
        )
        seen: set[Occurrence] = set()
        for one in merged:
            if one not in seen and not one.names & self.without:
                seen.add(one)
                yield one

    def _list_rule_times(self, rule: Recurrence, first: dt.datetime) -> Iterator[dt.datetime]:
        """The times of the rule; `is_whole` tells afterwards whether there are no more than could be looked for."""
        number = 0
        for time in rule.starting(first, self._until):
            number += 1
            yield time
        within = self._until is None or self._until <= rule.horizon(first)
        self.is_whole = within and (rule.count is None or number == rule.count)

    def _make_occurrences_at(self, local: dt.datetime) -> Iterator[Occurrence]:
        """What takes place when the clocks show a time: nothing where no calendar has that moment."""
        if self.start.clocks is None:
            yield Occurrence(local=local)
            return
        try:
            yield Occurrence(local=local, moment=self.start.clocks.read(local).moments[0])
        except OverflowError:
            return

    def _make_listed_occurrences(self, point: TimePoint) -> Iterator[Occurrence]:
        here: Clocks | None = self.start.clocks
        if here is None or point.clocks is None:
            yield from self._make_occurrences_at(point.time.local)
            return
        try:
            moment = point.clocks.read(point.time.local).moments[0]
            yield Occurrence(local=here.local(moment), moment=moment)
        except OverflowError:
            return


_OF_A_SERIES = ("RRULE", "RDATE", "EXDATE", "EXRULE")
