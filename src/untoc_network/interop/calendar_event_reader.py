"""One entry of a calendar to an event: each property goes to a field, to the notes under its name, or to a finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from untoc_network.diagnostics.code import Code, mask_key
from untoc_network.diagnostics.codes import calendars
from untoc_network.interop.calendar_parser import CalendarComponent, CalendarProperty, get_parameter
from untoc_network.interop.calendar_time_reader import TimeReader, ZoneLookup
from untoc_network.interop.export_import_options import ImportOptions
from untoc_network.model.event import Event, EventKind, EventStatus
from untoc_network.model.organization_and_person import Theme
from untoc_network.text.personal_data_patterns import is_meeting_link
from untoc_network.values.ids_and_codes import EventId, LanguageTag, Url
from untoc_network.values.multilingual_text import Note, Text
from untoc_network.values.place_and_link import Place
from untoc_network.values.self_checked_classes import TEXT_FORMS
from untoc_network.values.sources_and_claims import Citation

__all__ = ["CalendarEntryReader"]

_OF_THE_FILE = frozenset({"DTSTAMP", "CREATED", "LAST-MODIFIED", "TRANSP"})
"""What is about the entry in its calendar, and not about the event."""
_ONCE = frozenset(
    {"UID", "SUMMARY", "DTSTART", "DTEND", "DURATION", "STATUS", "LOCATION", "CLASS", "SEQUENCE", "RECURRENCE-ID"}
)
_PEOPLE = frozenset({"ATTENDEE", "ORGANIZER", "CONTACT"})
_SERIES = frozenset({"RRULE", "RDATE", "EXDATE", "EXRULE"})
_DIGITS = 9
_STATUS = {
    "TENTATIVE": EventStatus.PLANNED,
    "CONFIRMED": EventStatus.CONFIRMED,
    "CANCELLED": EventStatus.CANCELLED,
}


class CalendarContext(Protocol):
    """The calendar that an entry is read in."""

    cited: tuple[Citation, ...]
    options: ImportOptions
    unknown_kinds: int
    zones: ZoneLookup

    def report(self, rule: Code, line: int, **params: str | int) -> None:
        """Keep a finding on a line."""


class CalendarEntryReader:
    """One entry on its way to an event."""

    def __init__(self, component: CalendarComponent, within: CalendarContext) -> None:
        self.component, self.within = component, within
        self.notes: list[Note] = []
        self.fields: dict[str, Any] = {}
        self.one: dict[str, CalendarProperty] = {}
        self.series: list[CalendarProperty] = []
        self.rest: list[CalendarProperty] = []
        self.people: Counter[str] = Counter()
        self.times = TimeReader(self, within.zones)
        self._twice: list[CalendarProperty] = []
        for found in component.properties:
            self._sort_property(found)

    def _sort_property(self, found: CalendarProperty) -> None:
        if found.name in _ONCE and found.name in self.one:
            self._twice.append(found)
        elif found.name in _ONCE:
            self.one[found.name] = found
        elif found.name in _PEOPLE:
            self.people[found.name] += 1
        elif found.name in _SERIES:
            self.series.append(found)
        elif found.name not in _OF_THE_FILE:
            self.rest.append(found)

    def tell(self, rule: Code, line: int, **params: str | int) -> None:
        """Keep a finding on a line."""
        self.within.report(rule, line, **params)

    def keep(self, found: CalendarProperty, rule: Code | None = None, **params: str | int) -> None:
        """Keep a property in the notes, and say why."""
        zone = get_parameter(found, "TZID")
        text = f"{found.text} ({zone})" if zone else found.text
        if text.strip():
            self.notes.append(Note(heading=found.name, text=text))
        if rule is not None:
            self.tell(rule, found.line, **params)

    # -- what it is known by -----------------------------------------------------------------------------------------

    @property
    def uid(self) -> str:
        """Its identifier, without which it is known by title and start."""
        start = self.one["DTSTART"].raw if "DTSTART" in self.one else ""
        return self.text("UID") or f"{self.text('SUMMARY')} {start}"

    @property
    def sequence(self) -> int:
        """How often it was changed, as far as its keeper counts."""
        found = self.text("SEQUENCE")
        return int(found) if found.isdecimal() and found.isascii() and len(found) <= _DIGITS else 0

    @property
    def is_cancelled(self) -> bool:
        """Whether it, or the whole calendar, says that it does not take place."""
        return self.component.calendar.text("METHOD").upper() == "CANCEL" or self.text("STATUS").upper() == "CANCELLED"

    @property
    def mark(self) -> str:
        """Whom it is for, as it says; empty where it says nothing, which means the public (RFC 5545, 3.8.1.3)."""
        return self.text("CLASS").upper()

    def text(self, name: str) -> str:
        """What the property of a name says; empty where it is not there."""
        return self.one[name].text.strip() if name in self.one else ""

    # -- the whole ---------------------------------------------------------------------------------------------------

    def read(self, mark: str, title: Text | None) -> bool:
        """Fill the fields, and tell what cannot be filled; False where it is not public or has no title.

        `mark` says whom it is for, and `title` is the one that is known of it where it has none.
        """
        if mark not in ("", "PUBLIC"):
            line = self.one["CLASS"].line if "CLASS" in self.one else self.component.line
            self.tell(calendars.private_entry, line, mark=mask_key(mark, capitals=True))
            return False
        own = self.text("SUMMARY")
        if not own and title is None:
            self.tell(calendars.entry_without_title, self.component.line)
            return False
        if not self.text("UID"):
            self.tell(calendars.entry_without_identifier, self.component.line)
        self.fields["name"] = Text({self._find_title_language(): own}) if own else title
        self._read_all_properties()
        return True

    def _read_all_properties(self) -> None:
        for found in self._twice:
            self.keep(found, calendars.duplicate_property, name=found.name)
        self.times.read()
        for name, read in _READ_ONCE.items():
            if name in self.one:
                read(self, self.one[name])
        for found in self.rest:
            _READ.get(found.name, CalendarEntryReader.keep)(self, found)
        for name, number in self.people.items():
            self.tell(calendars.attendees_not_imported, self.component.line, name=name, number=number)
        if self.is_cancelled:
            self.fields["status"] = EventStatus.CANCELLED
        if "kind" not in self.fields:
            self.within.unknown_kinds += 1

    def _find_title_language(self) -> str:
        tag = get_parameter(self.one["SUMMARY"], "LANGUAGE")
        return tag if tag and TEXT_FORMS[LanguageTag].fits(tag) else self.within.options.language

    def event(self, record_id: EventId, notes: Iterable[Note], when: Mapping[str, Any]) -> Event:
        """The event that it is, under an id and with further notes; `when` takes the place of its own time."""
        fields = {"kind": EventKind.OTHER, **self.fields, **when}
        kept = tuple(dict.fromkeys((*self.notes, *notes)))
        return Event(id=record_id, sources=self.within.cited, notes=kept, **fields)

    # -- what and where ----------------------------------------------------------------------------------------------

    def status(self, found: CalendarProperty) -> None:
        """Planned, confirmed or cancelled."""
        status = _STATUS.get(found.text.strip().upper())
        if status is None:
            self.keep(found, calendars.calendar_value_not_understood, name=found.name)
        else:
            self.fields["status"] = status

    def location(self, found: CalendarProperty) -> None:
        """The place, as one text: calendars do not tell room, town and country apart."""
        place = found.text.strip()
        if is_meeting_link(place):
            self.join(found)
        elif place:
            self.fields["place"] = Place(venue=place)

    def categories(self, found: CalendarProperty) -> None:
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

    def url(self, found: CalendarProperty) -> None:
        """Its page, unless the address lets people in."""
        address = found.raw.strip()
        if is_meeting_link(address):
            self.join(found)
        elif "page" not in self.fields and _is_web_address(address):
            self.fields["page"] = Url(address)
        else:
            self.keep(found, calendars.calendar_value_not_understood, name=found.name)

    def join(self, found: CalendarProperty) -> None:
        """An address that lets people in: never public."""
        address = found.raw.strip()
        if "join_url" not in self.fields and _is_web_address(address):
            self.fields["join_url"] = Url(address)
        else:
            self.keep(found)


def _is_web_address(text: str) -> bool:
    return text.lower().startswith(("https://", "http://")) and TEXT_FORMS[Url].fits(text)


_KINDS = frozenset(kind.value for kind in EventKind)
_THEMES = frozenset(theme.value for theme in Theme)
_READ_ONCE: Mapping[str, Callable[[CalendarEntryReader, CalendarProperty], None]] = {
    "STATUS": CalendarEntryReader.status,
    "LOCATION": CalendarEntryReader.location,
}
_READ: Mapping[str, Callable[[CalendarEntryReader, CalendarProperty], None]] = {
    "CATEGORIES": CalendarEntryReader.categories,
    "URL": CalendarEntryReader.url,
    "CONFERENCE": CalendarEntryReader.join,
}
