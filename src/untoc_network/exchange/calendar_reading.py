"""A calendar to a register: its entries as events, with the calendar as their source."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import PurePath

from untoc_network.exchange.calendar_event import EntryReader
from untoc_network.exchange.calendar_lines import Lines
from untoc_network.exchange.exported import Intake
from untoc_network.findings import Report
from untoc_network.model.event import Event
from untoc_network.model.register import Register
from untoc_network.rules import calendars, shape
from untoc_network.rules.rule import Rule
from untoc_network.values.ids import FORMS, EventId, SourceId
from untoc_network.values.slugs import Ids, slug_of
from untoc_network.values.source import Citation, Source, SourceKind
from untoc_network.values.text import Text

__all__ = ["read_calendar"]


def read_calendar(data: bytes, intake: Intake) -> tuple[Register | None, Report]:
    """The events of a calendar as a register, and what was found. Never raises on content.

    An entry keeps its id when the calendar is read again. Where the domain of its identifier is that of the intake, it
    is the record that a calendar of this library was made from. Raises `MissingExtra` where icalendar is not installed.
    """
    if len(data) > intake.limits.max_bytes:
        return None, Report((shape.document_is_not_too_large.finding((), {"limit": intake.limits.max_bytes}),))
    lines, ids = Lines(data, intake.limits), Ids(intake.held)
    source = Source(
        id=SourceId(ids.give(f"calendar-{slug_of(PurePath(intake.file or 'calendar').stem)}", Source)),
        title=Text({intake.language: PurePath(intake.file or "calendar").name}),
        kind=SourceKind.DOCUMENT,
    )
    events = tuple(_Reader(lines, ids, (Citation(source_id=source.id),), intake).events())
    if not lines.readable:
        return None, Report(tuple(lines.findings))
    register = Register(events=events, sources=(source,) if events else ())
    return register, Report(tuple(lines.findings))


class _Reader:
    """Reads entry by entry; ids are given out each once."""

    def __init__(self, lines: Lines, ids: Ids, cited: tuple[Citation, ...], intake: Intake) -> None:
        self.lines, self.ids, self.cited, self.intake = lines, ids, cited, intake
        self.unknown_kinds = 0
        self.uids: set[str] = set()

    def events(self) -> Iterator[Event]:
        """The events, entry by entry."""
        for component in self.lines.components():
            event = EntryReader(component, self).event()
            if event is not None:
                yield event
        if self.unknown_kinds:
            self.report(calendars.event_says_its_kind, 1, number=self.unknown_kinds)

    def report(self, rule: Rule, line: int, **params: str | int) -> None:
        """Keep a finding on a line."""
        self.lines.report(rule, line, **params)

    def id_for(self, uid: str) -> EventId:
        """The id that belongs to an identifier; of two that look alike, the second gets its fingerprint added."""
        local, _, domain = uid.rpartition("@")
        own = domain == self.intake.domain and FORMS[EventId].fits(local)
        wanted = local if own else slug_of(uid)
        if not self.ids.is_free(wanted, Event):
            wanted = f"{wanted[:80]}-{hashlib.sha256(uid.encode()).hexdigest()[:8]}"
        return EventId(self.ids.give(wanted, Event))
