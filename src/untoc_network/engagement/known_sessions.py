"""What takes place: sessions and dialogues of the register, and of the facts those that the register does not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from untoc_network.diagnostics.findings import Basis, Certainty
from untoc_network.model.dialogue import ConstructiveDialogue
from untoc_network.model.event import Event, EventKind, EventStatus
from untoc_network.model.organization_and_person import Theme
from untoc_network.model.record import SourcedRecord
from untoc_network.model.register import Register
from untoc_network.model.source import Source
from untoc_network.reference.facts import Reference
from untoc_network.reference.row_types import DialogueHeld, PublicEvent, WorkingGroupSession
from untoc_network.values.dates import PartialDate
from untoc_network.values.ids_and_codes import DialogueId, EventId
from untoc_network.values.multilingual_text import Text
from untoc_network.values.place_and_link import Place

__all__ = [
    "Session",
    "list_conference_sessions",
    "list_dialogues",
    "list_public_events",
    "list_working_group_sessions",
    "make_basis_of_record",
    "select_next_per_topic",
]


@attrs.frozen(kw_only=True)
class Session:
    """A session or dialogue: its days as far as known, its place, its topics, and what all that rests on.

    `record` is the dialogue or event of the register; one that only the facts know is made into one. Where `from_page`,
    all that is known is a public page on it: a month that it names is no last day to go by.
    """

    id: str
    record: Any
    name: Text | None = None
    number: int | None = None
    first: PartialDate | None = None
    last: PartialDate | None = None
    place: str | None = None
    topics: tuple[Theme, ...] = ()
    basis: Basis | None = None
    page: str | None = None
    from_page: bool = False

    def is_over(self, on: PartialDate) -> bool:
        """Whether it certainly lies before a day."""
        last = self.last or self.first
        return last is not None and last.certainly_before(on)


def list_dialogues(register: Register, facts: Reference) -> Iterator[Session]:
    """The constructive dialogues, those of the register first."""
    ids, known = {dialogue.id for dialogue in register.constructive_dialogues}, []
    for dialogue in register.constructive_dialogues:
        event = register.by_id.get(register.resolved(dialogue.event_id))
        if isinstance(event, Event) and event.status is not EventStatus.CANCELLED:
            known.append(
                _make_session_from_event(
                    event, dialogue, dialogue.topics or event.themes, make_basis_of_record(register, dialogue)
                )
            )
    yield from known
    for row in facts.table("dialogues"):
        if _make_dialogue_id(row) not in ids and not any(
            _may_session_on_topics_be_on(held, _find_themes_in_name(row.topic), row.date) for held in known
        ):
            yield _make_session_from_dialogue_row(row)


def _make_session_from_dialogue_row(row: DialogueHeld) -> Session:
    """A dialogue of the facts; where no day of it is known, the year that its name in the table has."""
    day = row.date or PartialDate(row.dialogue.split("-")[1])
    topics = _find_themes_in_name(row.topic)
    record = ConstructiveDialogue(
        id=DialogueId(_make_dialogue_id(row)),
        event_id=EventId(_make_dialogue_id(row)),
        topics=topics,
        apply_by=row.apply_by,
    )
    basis = row.basis("constructive dialogues", row.dialogue)
    return Session(
        id=_make_dialogue_id(row),
        record=record,
        first=day,
        last=day,
        place=row.place,
        topics=topics,
        basis=basis if row.date else basis.no_surer_than(attrs.evolve(basis, certainty=Certainty.DERIVED)),
    )


def _make_dialogue_id(row: DialogueHeld) -> str:
    return row.dialogue.lower()


def list_conference_sessions(register: Register, facts: Reference) -> Iterator[Session]:
    """The sessions of the Conference."""
    rows = {f"conference-session-{row.session}": row for row in facts.table("conference_sessions")}
    known: list[Session] = []
    for event in _list_held_events_of_kind(register, EventKind.CONFERENCE_SESSION):
        held = _make_session_from_event(event, event, event.themes, make_basis_of_record(register, event))
        row = rows.get(event.id) or next((row for row in rows.values() if _may_session_be_on(held, row.starts)), None)
        known.append(attrs.evolve(held, number=row.session if row else None))
    yield from known
    for name, row in rows.items():
        if not any(row.session == session.number for session in known):
            yield Session(
                id=name,
                record=None,
                number=row.session,
                first=row.starts,
                last=row.ends or row.starts,
                place=row.venue,
                basis=row.basis("sessions of the Conference", f"session {row.session}"),
            )


def list_working_group_sessions(register: Register, facts: Reference) -> Iterator[Session]:
    """The sessions of the working groups of the Conference."""
    events = _list_held_events_of_kind(register, EventKind.WORKING_GROUP_SESSION)
    known = [
        _make_session_from_event(event, event, event.themes, make_basis_of_record(register, event)) for event in events
    ]
    yield from known
    for row in facts.table("working_group_sessions"):
        topics = _find_themes_in_name(row.body)
        same = any(_may_session_on_topics_be_on(session, topics, row.starts or row.ends) for session in known)
        if row.body.startswith("Working Group") and topics and not same:
            yield _make_session_from_working_group_row(row, topics)


def _make_session_from_working_group_row(row: WorkingGroupSession, topics: tuple[Theme, ...]) -> Session:
    return Session(
        id=f"working-group-{topics[0]}-{row.starts or row.ends}",
        record=None,
        first=row.starts or row.ends,
        last=row.ends,
        place=row.place,
        topics=topics,
        basis=row.basis("sessions of the working groups", row.session and f"session {row.session}"),
    )


def list_public_events(register: Register, facts: Reference, kind: EventKind) -> Iterator[Session]:
    """The events of a kind that the facts know of, and for which the register has none that may be on their day."""
    known = [_make_session_from_event(event, event, (), None) for event in _list_held_events_of_kind(register, kind)]
    for row in facts.table("events"):
        if row.kind.replace(" ", "-") == kind and not any(_may_session_be_on(held, row.starts) for held in known):
            yield _make_session_from_public_event(row, kind)


def _make_session_from_public_event(row: PublicEvent, kind: EventKind) -> Session:
    event = Event(
        id=EventId(f"event-{row.event.lower()}"),
        name=Text(en=row.name),
        kind=kind,
        starts=row.starts,
        ends=row.ends,
        place=None if row.country is None else Place(country=row.country),
    )
    basis = row.basis("public pages on events", row.event)
    return attrs.evolve(_make_session_from_event(event, event, (), basis), place=row.place, from_page=True)


def select_next_per_topic(sessions: Iterable[Session], on: PartialDate) -> Iterator[Session]:
    """Those that are not over, up to the first on each topic that certainly lies ahead; without topics, all.

    What comes after the next one has no call yet that one could answer.
    """
    ahead = sorted((one for one in sessions if not one.is_over(on)), key=lambda one: (one.first or "~", one.id))
    settled: set[Theme] = set()
    for session in ahead:
        if session.topics and settled.issuperset(session.topics):
            continue
        yield session
        if session.first is not None and session.first.certainly_after(on):
            settled.update(session.topics)


def make_basis_of_record(register: Register, record: SourcedRecord) -> Basis | None:
    """What a record rests on: its first source, as sure as its least sure citation; None where it cites none."""
    cited = [(citation, register.by_id.get(register.resolved(citation.source_id))) for citation in record.sources]
    found = [(citation, source) for citation, source in cited if isinstance(source, Source)]
    if not found:
        return None
    citation, source = found[0]
    return Basis(
        document=source.title.best(),
        provision=citation.paragraph,
        source=source.url,
        certainty=Certainty.least(cited.certainty for cited, _ in found),
    )


def _list_held_events_of_kind(register: Register, kind: EventKind) -> Iterator[Event]:
    return (event for event in register.events if event.kind is kind and event.status is not EventStatus.CANCELLED)


def _make_session_from_event(
    event: Event, record: SourcedRecord, topics: tuple[Theme, ...], basis: Basis | None
) -> Session:
    return Session(
        id=getattr(record, "id", event.id),
        record=record,
        name=event.name,
        first=event.first_day,
        last=event.last_day or event.first_day,
        place=describe_place(event),
        topics=topics,
        basis=basis,
        page=event.page,
    )


def describe_place(event: Event) -> str | None:
    """Where an event takes place, as far as its town and building say."""
    place = event.place
    parts = (place.venue, place.city) if place else ()
    return ", ".join(part for part in parts if part) or None


def _may_session_on_topics_be_on(session: Session, topics: tuple[Theme, ...], day: PartialDate | None) -> bool:
    """Whether a session on some of these topics may take place on a day."""
    return day is not None and not set(topics).isdisjoint(session.topics) and _may_session_be_on(session, day)


def _may_session_be_on(session: Session, day: PartialDate) -> bool:
    return session.first is not None and session.first.may_be(day)


def _find_themes_in_name(words: str) -> tuple[Theme, ...]:
    """The themes that the name of a dialogue or a body holds."""
    said = words.casefold()
    return tuple(theme for theme in Theme if theme.replace("-", " ") in said)
