"""One entry of a calendar to an event: each property goes to a field, to the notes under its name, or to a finding."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import attrs

from untoc_network.exchange.calendar_lines import Component, Property
from untoc_network.exchange.calendar_values import Time, instant_of, length_of, time_of, zone_of
from untoc_network.exchange.exported import Intake
from untoc_network.model.event import Event, EventKind, EventStatus
from untoc_network.model.stakeholder import Theme
from untoc_network.rules import calendars
from untoc_network.rules.rule import Rule, shown_key
from untoc_network.values.dates import PartialDate
from untoc_network.values.ids import FORMS, EventId, LanguageTag, Url
from untoc_network.values.looks import leads_into_a_meeting
from untoc_network.values.place import Place
from untoc_network.values.source import Citation
from untoc_network.values.text import Note, Text

__all__ = ["EntryReader"]

_OF_THE_FILE = frozenset({"DTSTAMP", "SEQUENCE", "CREATED", "LAST-MODIFIED", "TRANSP"})
"""What is about the entry in its calendar, and not about the event."""
_ONCE = frozenset({"UID", "SUMMARY", "DTSTART", "DTEND", "DURATION", "STATUS", "LOCATION", "CLASS"})
_PEOPLE = frozenset({"ATTENDEE", "ORGANIZER", "CONTACT"})
_SERIES = ("RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID")
_STATUS = {
    "TENTATIVE": EventStatus.PLANNED,
    "CONFIRMED": EventStatus.CONFIRMED,
    "CANCELLED": EventStatus.CANCELLED,
}


class Within(Protocol):
    """The calendar that an entry is read in."""

    cited: tuple[Citation, ...]
    intake: Intake
    unknown_kinds: int
    uids: set[str]

    def id_for(self, uid: str) -> EventId:
        """The id that belongs to an identifier."""

    def report(self, rule: Rule, line: int, **params: str | int) -> None:
        """Keep a finding on a line."""


class EntryReader:
    """One entry on its way to an event."""

    def __init__(self, component: Component, within: Within) -> None:
        self.component, self.within = component, within
        self.notes: list[Note] = []
        self.fields: dict[str, Any] = {}
        self.one: dict[str, Property] = {}
        self.rest: list[Property] = []
        self.people: Counter[str] = Counter()
        for found in component.properties:
            self._sort(found)

    def _sort(self, found: Property) -> None:
        if found.name in _ONCE and found.name in self.one:
            self.keep(found, calendars.property_stands_once, name=found.name)
        elif found.name in _ONCE:
            self.one[found.name] = found
        elif found.name in _PEOPLE:
            self.people[found.name] += 1
        elif found.name not in _OF_THE_FILE:
            self.rest.append(found)

    def _report(self, rule: Rule, line: int, **params: str | int) -> None:
        self.within.report(rule, line, **params)

    def keep(self, found: Property, rule: Rule | None = None, **params: str | int) -> None:
        """Keep a property in the notes, and say why."""
        zone = _parameter(found, "TZID")
        text = f"{found.text} ({zone})" if zone else found.text
        if text.strip():
            self.notes.append(Note(heading=found.name, text=text))
        if rule is not None:
            self._report(rule, found.line, **params)

    # -- the whole ---------------------------------------------------------------------------------------------------

    def event(self) -> Event | None:
        """The event; None where the entry has no title or is not public."""
        title, mark = self.one.get("SUMMARY"), self.one.get("CLASS")
        if mark is not None and mark.text.strip().upper() != "PUBLIC":
            self._report(calendars.entry_is_public, mark.line, mark=shown_key(mark.text.strip().upper()))
            return None
        if title is None or not title.text.strip():
            self._report(calendars.entry_has_a_title, self.component.line)
            return None
        self._times()
        for name, read in _READ_ONCE.items():
            if name in self.one:
                read(self, self.one[name])
        for found in self.rest:
            _READ.get(found.name, EntryReader.keep)(self, found)
        for name, number in self.people.items():
            self._report(calendars.people_come_with_consent, self.component.line, name=name, number=number)
        if "kind" not in self.fields:
            self.within.unknown_kinds += 1
        return Event(
            id=self._id(title),
            name=Text({self._language(title): title.text.strip()}),
            kind=self.fields.pop("kind", EventKind.OTHER),
            sources=self.within.cited,
            notes=tuple(self.notes),
            **self.fields,
        )

    def _language(self, title: Property) -> str:
        tag = _parameter(title, "LANGUAGE")
        return tag if tag and FORMS[LanguageTag].fits(tag) else self.within.intake.language

    def _id(self, title: Property) -> EventId:
        found = self.one.get("UID")
        if found is None or not found.text.strip():
            start = self.one.get("DTSTART")
            self._report(calendars.entry_has_an_identifier, self.component.line)
            return self.within.id_for(f"{title.text} {start.raw if start else ''}")
        uid = found.text.strip()
        key = " ".join([uid, *(one.raw for one in self.rest if one.name == "RECURRENCE-ID")])
        if key in self.within.uids:
            self._report(calendars.property_stands_once, found.line, name=found.name)
        self.within.uids.add(key)
        own = self.within.id_for(key)
        if own != uid.rpartition("@")[0]:
            self.notes.append(Note(heading="UID", text=uid))
        return own

    # -- when --------------------------------------------------------------------------------------------------------

    def _times(self) -> None:
        start = self._time("DTSTART")
        if start is None:
            for name in ("DTEND", "DURATION"):
                if name in self.one:
                    self.keep(self.one[name])
            return
        time, zone = start
        if time.clock is None:
            self.fields["starts"] = PartialDate.of(time.day)
        else:
            self.fields["starts_at"] = instant_of(time.in_zone(zone), zone)
        if "DTEND" in self.one:
            self._end(time, zone)
        elif "DURATION" in self.one:
            self._length(time, zone, self.one["DURATION"])

    def _time(self, name: str) -> tuple[Time, str | None] | None:
        """A day, or a moment with its zone (None is UTC); of a moment whose zone is not known, the day."""
        found = self.one.get(name)
        if found is None:
            return None
        time = time_of(found.raw)
        if time is None:
            self.keep(found, calendars.value_is_understood, name=name)
            return None
        if time.clock is None or time.utc:
            return time, None
        zone = self._zone(found, time)
        return (attrs.evolve(time, clock=None, cut=True), None) if zone is None else (time, zone)

    def _zone(self, found: Property, time: Time) -> str | None:
        named = _parameter(found, "TZID")
        if named is None:
            self.keep(found, calendars.time_has_its_zone, name=found.name)
            return None
        zone = zone_of(named)
        if zone is None:
            self.keep(found, calendars.time_zone_is_known, name=found.name, zone=named)
            return None
        if zone != named:
            self._report(calendars.time_zone_is_named_as_usual, found.line, zone=named, meant=zone)
        if instant_of(time.in_zone(zone), zone) is None:
            self.keep(found, calendars.value_is_understood, name=found.name)
            return None
        return zone

    def _end(self, begun: Time, zone: str | None) -> None:
        end = self._time("DTEND")
        if end is None:
            return
        time, its_zone = end
        if time.clock is not None and begun.clock is not None:
            self._ends_at(time.in_zone(its_zone), its_zone, begun.in_zone(zone), self.one["DTEND"])
            return
        after = time.clock is None and not time.cut and time.day > begun.day
        self._ends(time.day - dt.timedelta(days=1) if after else time.day, begun, self.one["DTEND"])

    def _length(self, begun: Time, zone: str | None, found: Property) -> None:
        length = length_of(found.raw)
        if length is None:
            self.keep(found, calendars.value_is_understood, name=found.name)
        elif begun.clock is None:
            whole = max(length.days - 1, 0)
            self._ends(_later(begun.day, dt.timedelta(days=whole)), begun, found)
        else:
            start = begun.in_zone(zone)
            end = _later(start.astimezone(dt.UTC), length)
            self._ends_at(None if end is None else end.astimezone(start.tzinfo), zone, start, found)

    def _ends(self, last: dt.date | None, begun: Time, found: Property) -> None:
        if last is None or last < begun.day:
            self.keep(found, calendars.value_is_understood, name=found.name)
        else:
            self.fields["ends"] = PartialDate.of(last)

    def _ends_at(self, end: dt.datetime | None, zone: str | None, start: dt.datetime, found: Property) -> None:
        moment = None if end is None or end < start else instant_of(end, zone)
        if moment is None:
            self.keep(found, calendars.value_is_understood, name=found.name)
        else:
            self.fields["ends_at"] = moment

    # -- what and where ----------------------------------------------------------------------------------------------

    def status(self, found: Property) -> None:
        """Planned, confirmed or cancelled."""
        status = _STATUS.get(found.text.strip().upper())
        if status is None:
            self.keep(found, calendars.value_is_understood, name=found.name)
        else:
            self.fields["status"] = status

    def location(self, found: Property) -> None:
        """The place, as one text: calendars do not tell room, town and country apart."""
        place = found.text.strip()
        if leads_into_a_meeting(place):
            self.join(found)
        elif place:
            self.fields["place"] = Place(venue=place)

    def categories(self, found: Property) -> None:
        """Kinds of events and themes in the model's own words; all others are kept in the notes."""
        left = []
        for word in (word.strip() for word in found.raw.split(",")):
            if word in _KINDS and "kind" not in self.fields:
                self.fields["kind"] = EventKind(word)
            elif word in _THEMES:
                self.fields["themes"] = tuple(dict.fromkeys((*self.fields.get("themes", ()), Theme(word))))
            elif word:
                left.append(word)
        if left:
            self.notes.append(Note(heading=found.name, text=", ".join(left)))

    def url(self, found: Property) -> None:
        """Its page, unless the address lets people in."""
        address = found.raw.strip()
        if leads_into_a_meeting(address):
            self.join(found)
        elif "page" not in self.fields and _is_address(address):
            self.fields["page"] = Url(address)
        else:
            self.keep(found, calendars.value_is_understood, name=found.name)

    def join(self, found: Property) -> None:
        """An address that lets people in: never public."""
        address = found.raw.strip()
        if "join_url" not in self.fields and _is_address(address):
            self.fields["join_url"] = Url(address)
        else:
            self.keep(found)

    def series(self, found: Property) -> None:
        """What makes a series of it."""
        self.keep(found, calendars.entry_takes_place_once, name=found.name)


def _is_address(text: str) -> bool:
    return text.lower().startswith(("https://", "http://")) and FORMS[Url].fits(text)


def _later(begun: Any, length: dt.timedelta) -> Any:
    try:
        return begun + length
    except OverflowError:
        return None


def _parameter(found: Property, name: str) -> str | None:
    value = found.parameters.get(name)
    return value if isinstance(value, str) and value else None


_KINDS = frozenset(kind.value for kind in EventKind)
_THEMES = frozenset(theme.value for theme in Theme)
_READ_ONCE: Mapping[str, Callable[[EntryReader, Property], None]] = {
    "STATUS": EntryReader.status,
    "LOCATION": EntryReader.location,
}
_READ: Mapping[str, Callable[[EntryReader, Property], None]] = {
    "CATEGORIES": EntryReader.categories,
    "URL": EntryReader.url,
    "CONFERENCE": EntryReader.join,
    **dict.fromkeys(_SERIES, EntryReader.series),
}
