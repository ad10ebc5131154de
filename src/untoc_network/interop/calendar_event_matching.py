"""Events of a calendar before they have an id, and what a register knows of them already."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from untoc_network.interop.calendar_event_reader import CalendarEntryReader
from untoc_network.interop.calendar_parser import CalendarProperty, get_parameter
from untoc_network.interop.calendar_series import Occurrence, SlotNames, format_slot, make_slot_names
from untoc_network.interop.calendar_time_reader import ZoneLookup, read_point_silently
from untoc_network.model.event import Event
from untoc_network.values.ids_and_codes import EventId
from untoc_network.values.multilingual_text import Text

__all__ = ["SLOT", "UID", "WHEN", "EventDraft", "KnownEvents", "MovedOccurrences", "find_slot"]

UID, SLOT = "UID", "RECURRENCE-ID"
"""Under which headings an event notes by what its calendar knows it."""
WHEN = ("starts", "ends", "starts_at", "ends_at")


@attrs.frozen(kw_only=True)
class EventDraft:
    """An event that has no id yet: the entry it is read from, which occurrence it is, and when that takes place."""

    entry: CalendarEntryReader
    slot: str | None = None
    when: Mapping[str, Any] = attrs.field(factory=dict)

    @property
    def key(self) -> str:
        """By what the calendar knows it."""
        return f"{self.entry.uid} {self.slot}" if self.slot else self.entry.uid

    @property
    def starts(self) -> Any:
        """When it begins."""
        fields = {**self.entry.fields, **self.when}
        return fields.get("starts_at") or fields.get("starts")


def find_slot(found: CalendarProperty, whole: CalendarEntryReader | None, zones: ZoneLookup) -> str:
    """The occurrence that an entry takes the place of, written as its series writes it."""
    point = read_point_silently(found, found.raw, zones)
    begins = None if whole is None else whole.one.get("DTSTART")
    start = None if begins is None else read_point_silently(begins, begins.raw, zones)
    if point is None or start is None or point.is_day != start.is_day:
        return found.raw.strip()
    if point.clocks is None or start.clocks is None:
        return format_slot(point.time.local, start)
    try:
        return format_slot(start.clocks.local(point.clocks.read(point.time.local).moments[0]), start)
    except OverflowError:
        return found.raw.strip()


class MovedOccurrences:
    """The occurrences of a series that have an entry of their own."""

    def __init__(self, entries: Iterable[CalendarEntryReader], zones: ZoneLookup) -> None:
        names: set[tuple[str, dt.datetime]] = set()
        onward: set[tuple[str, dt.datetime]] = set()
        for one in entries:
            found = one.one[SLOT]
            point = read_point_silently(found, found.raw, zones)
            here = frozenset[tuple[str, dt.datetime]]() if point is None else make_slot_names(point)
            names |= here
            if (get_parameter(found, "RANGE") or "").upper() == "THISANDFUTURE":
                onward |= here
        self.names: SlotNames = frozenset(names)
        self._onward = onward
        self._goes_on = False

    def replaces_following(self, occurrence: Occurrence) -> bool:
        """Whether an entry changes all that come after an occurrence, so that these are not as the series says."""
        if self._goes_on:
            return True
        self._goes_on = bool(occurrence.names & self._onward)
        return False


class KnownEvents:
    """The events that a register has from a calendar already, by what their notes say they are known by."""

    def __init__(self, events: Iterable[Event], domain: str) -> None:
        self._domain = domain
        self._events: dict[tuple[str, str | None], list[Event]] = defaultdict(list)
        self._slots: dict[str, list[tuple[str, Event]]] = defaultdict(list)
        self._noted: dict[str, tuple[str, str | None]] = {}
        self._by_id: dict[str, Event] = {}
        for event in events:
            self._by_id[event.id] = event
            notes = {note.heading: note.text for note in event.notes if note.heading in (UID, SLOT)}
            if UID in notes:
                self._noted[event.id] = (notes[UID], notes.get(SLOT))
                self._events[notes[UID], notes.get(SLOT)].append(event)
                if SLOT in notes:
                    self._slots[notes[UID]].append((notes[SLOT], event))

    def title(self, entry: CalendarEntryReader, slot: str | None) -> Text | None:
        """What an event that is called off was called; a call may leave out the title."""
        if not entry.is_cancelled:
            return None
        local, _, domain = entry.uid.rpartition("@")
        own = self._by_id.get(local) if slot is None and domain == self._domain else None
        found = [*self._events.get((entry.uid, slot), ()), *(event for _, event in self.occurrences(entry))]
        return next((event.name for event in (*found, own) if event is not None), None)

    def occurrences(self, entry: CalendarEntryReader) -> list[tuple[str, Event]]:
        """The events of a series, each with the occurrence that it is."""
        return self._slots.get(entry.uid, [])

    def id_of(self, draft: EventDraft) -> EventId | None:
        """The id that an event has already: by its identifier, and of several that share it by its time."""
        found = self._events.get((draft.entry.uid, draft.slot), [])
        if not found and draft.slot is not None:
            found = [
                one for one in self._events.get((draft.entry.uid, None), ()) if _get_event_start(one) == draft.starts
            ]
        elif len(found) > 1:
            found = [one for one in found if _get_event_start(one) == draft.starts]
        ids = Counter(event.id for event in found)
        return next(iter(ids)) if len(ids) == 1 else None

    def is_of_another(self, record_id: str, draft: EventDraft) -> bool:
        """Whether an id is that of an event that a calendar knows by another identifier."""
        return self._noted.get(record_id) not in (None, (draft.entry.uid, draft.slot))


def _get_event_start(event: Event) -> Any:
    return event.starts_at or event.starts
