"""A calendar to a register: its entries as events, with the calendar as their source.

An entry that recurs is as many events as it has occurrences, as far as these end; one that was moved or changed takes
the place of the occurrence that it names. Each is known again by its identifier and, in a series, by the time that the
series gives it, which stays when it is moved.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import PurePath

import attrs

from untoc_network.diagnostics.code import Code, mask_key
from untoc_network.diagnostics.codes import calendars, reading as shape
from untoc_network.diagnostics.findings import Report
from untoc_network.interop.calendar_event_matching import (
    SLOT,
    UID,
    WHEN,
    EventDraft,
    KnownEvents,
    MovedOccurrences,
    find_slot,
)
from untoc_network.interop.calendar_event_reader import CalendarEntryReader
from untoc_network.interop.calendar_parser import CalendarComponent, CalendarParser
from untoc_network.interop.calendar_series import RecurringEntry, format_slot
from untoc_network.interop.calendar_time_reader import ZoneLookup
from untoc_network.interop.calendar_time_zones import build_defined_clocks
from untoc_network.interop.export_import_options import ImportOptions
from untoc_network.model.event import Event
from untoc_network.model.register import Register
from untoc_network.model.source import Source, SourceKind
from untoc_network.text.slugs import FreeIdAllocator, make_slug
from untoc_network.values.ids_and_codes import EventId, SourceId
from untoc_network.values.multilingual_text import Note, Text
from untoc_network.values.self_checked_classes import TEXT_FORMS
from untoc_network.values.sources_and_claims import Citation

__all__ = ["CalendarRead", "EventOrigin", "read_calendar", "read_with_origins"]

_MOST = 100
"""How many occurrences of one entry are written out."""
_LINES_OF_AN_ENTRY = 10
"""So many lines an entry has: what is written out is not more than a calendar of the permitted length could hold."""
_ANSWERS = ("REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH")
"""What an invited person sends back, after RFC 5546: no word of the one who keeps the calendar."""


@attrs.frozen(kw_only=True)
class EventOrigin:
    """What one event was read from: by what the calendar knows it, and how often it was changed there."""

    key: str
    record_id: EventId
    sequence: int
    line: int
    is_given: bool
    """Whether the id is one that the register knows, and not made of the identifier."""
    is_cancelled: bool


@attrs.frozen(kw_only=True)
class CalendarRead:
    """A calendar as it was read: its register, findings, its own name, and what each event was read from."""

    register: Register | None
    report: Report
    name: str | None = None
    rows: tuple[EventOrigin, ...] = ()


def read_calendar(data: bytes, options: ImportOptions) -> tuple[Register | None, Report]:
    """The events of a calendar as a register, and what was found. Never raises on content.

    An entry keeps its id when the calendar is read again. Where the domain of its identifier is that of the options, it
    is the record that a calendar of this library was made from. Raises `MissingExtra` where icalendar is not installed.
    """
    made = read_with_origins(data, options)
    return made.register, made.report


def read_with_origins(data: bytes, options: ImportOptions) -> CalendarRead:
    """A calendar as `read_calendar` reads it, with what each event was read from. Raises what that raises."""
    if len(data) > options.limits.max_bytes:
        found = shape.document_too_large.finding((), {"limit": options.limits.max_bytes})
        return CalendarRead(register=None, report=Report((found,)))
    lines, ids = CalendarParser(data, options.limits), FreeIdAllocator(options.held)
    file = PurePath(options.file or "calendar")
    source = Source(
        id=SourceId(ids.give(make_slug(options.list_name or f"calendar-{file.stem}"), Source)),
        title=Text({options.language: file.name}),
        kind=SourceKind.DOCUMENT,
    )
    reader = _CalendarReader(lines, ids, (Citation(source_id=source.id),), options)
    events = tuple(reader.events())
    if not lines.readable:
        return CalendarRead(register=None, report=Report(tuple(lines.findings)))
    names = (calendar.text(name) for calendar in lines.calendars for name in ("X-WR-CALNAME", "NAME"))
    return CalendarRead(
        register=Register(events=events, sources=(source,) if events else ()),
        report=Report(tuple(lines.findings)),
        name=next((name for name in names if name), None),
        rows=tuple(reader.rows),
    )


def _make_origin(draft: EventDraft, key: str, record_id: EventId, *, is_given: bool) -> EventOrigin:
    return EventOrigin(
        key=key,
        record_id=record_id,
        sequence=draft.entry.sequence,
        line=draft.entry.component.line,
        is_given=is_given,
        is_cancelled=draft.entry.is_cancelled,
    )


class _CalendarReader:
    """Reads entry by entry; ids are given out when all are known, so that their order does not matter."""

    def __init__(
        self, lines: CalendarParser, ids: FreeIdAllocator, cited: tuple[Citation, ...], options: ImportOptions
    ) -> None:
        self.lines, self.ids, self.cited, self.options = lines, ids, cited, options
        self.unknown_kinds = 0
        self.zones = ZoneLookup({})
        self.rows: list[EventOrigin] = []
        self._left = options.limits.max_calendar_lines // _LINES_OF_AN_ENTRY
        self._known = KnownEvents(options.events, options.domain)

    def report(self, rule: Code, line: int, **params: str | int) -> None:
        """Keep a finding on a line."""
        self.lines.report(rule, line, **params)

    def events(self) -> Iterator[Event]:
        """The events, entry by entry."""
        components = list(self.lines.components())
        defined = ((name, build_defined_clocks(parts)) for name, parts in self.lines.zones.items())
        self.zones = ZoneLookup({name: clocks for name, clocks in defined if clocks is not None})
        entries = self._keep_latest_versions(
            CalendarEntryReader(one, self) for one in components if self._is_published(one)
        )
        drafts = list(self._draft_events(entries))
        if self.unknown_kinds:
            self.report(calendars.event_without_kind, 1, number=self.unknown_kinds)
        yield from self._give_event_ids(drafts)

    def _is_published(self, component: CalendarComponent) -> bool:
        method = component.calendar.text("METHOD").upper()
        if method in _ANSWERS:
            self.report(calendars.calendar_reply, component.line, method=mask_key(method, capitals=True))
        return method not in _ANSWERS

    def _keep_latest_versions(self, entries: Iterable[CalendarEntryReader]) -> list[CalendarEntryReader]:
        """Of several versions of an entry the one with the highest number; versions of one number all stay."""
        there = list(entries)
        newest: dict[tuple[str, str], int] = defaultdict(int)
        for one in there:
            newest[one.uid, one.text("RECURRENCE-ID")] = max(newest[one.uid, one.text("RECURRENCE-ID")], one.sequence)
        kept = []
        for one in there:
            known = newest[one.uid, one.text("RECURRENCE-ID")]
            if one.sequence < known:
                self.report(calendars.outdated_version, one.component.line, number=one.sequence, known=known)
            else:
                kept.append(one)
        return kept

    # -- entries -----------------------------------------------------------------------------------------------------

    def _draft_events(self, entries: list[CalendarEntryReader]) -> Iterator[EventDraft]:
        moved: dict[str, list[CalendarEntryReader]] = defaultdict(list)
        whole: dict[str, CalendarEntryReader] = {}
        times = Counter(one.uid for one in entries)
        for one in entries:
            if "RECURRENCE-ID" in one.one:
                moved[one.uid].append(one)
            else:
                whole.setdefault(one.uid, one)
        for one in entries:
            if "RECURRENCE-ID" in one.one:
                yield from self._draft_moved_occurrence(one, whole.get(one.uid))
            else:
                is_first = whole[one.uid] is one
                changed = MovedOccurrences(moved[one.uid] if is_first else (), self.zones)
                yield from self._draft_entry_events(one, changed, is_alone=times[one.uid] == 1)

    def _draft_moved_occurrence(
        self, entry: CalendarEntryReader, whole: CalendarEntryReader | None
    ) -> Iterator[EventDraft]:
        """An entry that takes the place of an occurrence; where it does not say whom it is for, the series does."""
        slot = find_slot(entry.one["RECURRENCE-ID"], whole, self.zones)
        if entry.read(entry.mark or (whole.mark if whole else ""), self._known.title(entry, slot)):
            yield EventDraft(entry=entry, slot=slot)

    def _draft_entry_events(
        self, entry: CalendarEntryReader, moved: MovedOccurrences, *, is_alone: bool
    ) -> Iterator[EventDraft]:
        """An entry that is no occurrence of another: one event, or those of its series."""
        if not entry.read(entry.mark, self._known.title(entry, None)):
            return
        if entry.times.start is not None and any(one.name in ("RRULE", "RDATE") for one in entry.series):
            series = RecurringEntry(entry.series, entry.times.start, self.zones)
            for one in entry.series:
                if one.line in series.unread:
                    entry.keep(one, calendars.calendar_value_not_understood, name=one.name)
            yield from self._draft_series_events(entry, series, moved)
            return
        for one in entry.series:
            entry.keep(one, calendars.endless_recurrence, name=one.name)
        occurrences = self._known.occurrences(entry) if entry.is_cancelled and is_alone else ()
        for slot, event in occurrences:
            yield EventDraft(entry=entry, slot=slot, when={name: getattr(event, name) for name in WHEN})
        if not occurrences:
            yield EventDraft(entry=entry)

    def _draft_series_events(
        self, entry: CalendarEntryReader, series: RecurringEntry, moved: MovedOccurrences
    ) -> Iterator[EventDraft]:
        assert entry.times.start is not None, "what has no start was left to the notes"
        is_written_out = series.is_finite and series.is_understood
        most, read, is_cut = min(_MOST, self._left) if is_written_out else 1, 0, False
        for occurrence in series.occurrences():
            when = entry.times.moved(occurrence.local, occurrence.moment)
            is_cut = read == most or moved.replaces_following(occurrence) or when is None
            if is_cut or when is None:
                break
            if occurrence.names & moved.names:
                read += is_written_out
                continue
            read += 1
            yield EventDraft(entry=entry, slot=format_slot(occurrence.local, entry.times.start), when=when)
        self._left -= read
        self._report_series(entry, is_written_out, is_cut or not series.is_whole, read)

    def _report_series(self, entry: CalendarEntryReader, is_written_out: bool, is_cut: bool, read: int) -> None:
        found = next(one for one in entry.series if one.name in ("RRULE", "RDATE"))
        if not is_written_out:
            for one in entry.series:
                entry.keep(one)
            self.report(calendars.endless_recurrence, found.line, name=found.name)
        elif is_cut:
            entry.keep(found, calendars.truncated_series, name=found.name, number=read)
        else:
            self.report(calendars.recurring_entry_expanded, found.line, name=found.name, number=read)

    # -- ids ---------------------------------------------------------------------------------------------------------

    def _give_event_ids(self, drafts: list[EventDraft]) -> Iterator[Event]:
        """The events under their ids: those that they have already, else what their identifiers make.

        Of two identifiers that make one id each gets its fingerprint added, whichever comes first.
        """
        keys = self._make_draft_keys(drafts)
        there = [
            self._find_own_id(draft, key) or self._known.id_of(draft) for draft, key in zip(drafts, keys, strict=True)
        ]
        times, wishes = Counter(there), [make_slug(key) for key in keys]
        given = [record_id if times[record_id] == 1 else None for record_id in there]
        claimed = Counter(wishes)
        self.ids.given.update(record_id for record_id in given if record_id is not None)
        for draft, key, record_id, wish in zip(drafts, keys, given, wishes, strict=True):
            made = record_id or self._make_new_id(draft, key, wish, is_shared=claimed[wish] > 1)
            self.rows.append(_make_origin(draft, key, made, is_given=record_id is not None))
            yield draft.entry.event(made, self._make_origin_notes(draft, key), draft.when)

    def _has_own_identifier(self, draft: EventDraft, key: str) -> bool:
        """Whether its identifier is one that a calendar of this library gave."""
        local, _, domain = key.rpartition("@")
        return domain == self.options.domain and TEXT_FORMS[EventId].fits(local) and draft.slot is None

    def _find_own_id(self, draft: EventDraft, key: str) -> EventId | None:
        local = key.rpartition("@")[0]
        return EventId(local) if self._has_own_identifier(draft, key) and self.ids.is_free(local, Event) else None

    def _make_new_id(self, draft: EventDraft, key: str, wanted: str, *, is_shared: bool) -> EventId:
        if is_shared or self._known.is_of_another(wanted, draft) or not self.ids.is_free(wanted, Event):
            wanted = f"{wanted[:80]}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"
        return EventId(self.ids.give(wanted, Event))

    def _make_draft_keys(self, drafts: list[EventDraft]) -> list[str]:
        """By what the calendar knows each: of two with one identifier the time tells which, and then a number."""
        keys = [draft.key for draft in drafts]
        times = Counter(keys)
        keys = [
            key if times[key] == 1 else f"{key} {draft.starts or ''}".rstrip()
            for key, draft in zip(keys, drafts, strict=True)
        ]
        seen: Counter[str] = Counter()
        for position, (key, draft) in enumerate(zip(keys, drafts, strict=True)):
            seen[key] += 1
            if times[draft.key] > 1 and draft.entry.text("UID"):
                self._report_repeated_identifier(draft, position, drafts)
            if seen[key] > 1:
                keys[position] = f"{key} {seen[key]}"
        return keys

    def _report_repeated_identifier(self, draft: EventDraft, position: int, drafts: list[EventDraft]) -> None:
        if any(other.key == draft.key for other in drafts[:position]):
            self.report(calendars.duplicate_property, draft.entry.one["UID"].line, name="UID")

    def _make_origin_notes(self, draft: EventDraft, key: str) -> Iterator[Note]:
        uid = draft.entry.text("UID")
        if draft.slot is not None:
            yield Note(heading=SLOT, text=draft.slot)
        if uid and not self._has_own_identifier(draft, key):
            yield Note(heading=UID, text=uid)
