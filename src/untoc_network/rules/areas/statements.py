"""EV: what was said at events, by whom, in which capacity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from untoc_network.diagnostics.findings import Severity
from untoc_network.model.event import Attribution, Event, Statement
from untoc_network.model.organization_and_person import Person
from untoc_network.rules import citations
from untoc_network.rules.looked_at_fields import ROLES, own_fields, referenced_fields
from untoc_network.rules.rule import Context, Violation, rule, violation


@rule(
    "EV010",
    on=Statement,
    phrases={
        "nobody": "no speaker is recorded",
        "implied": "the attribution is implied",
    },
    severity=Severity.INFO,
    message="the source does not name the speaker of these words; {known:phrase}",
    hint="check another language of the source, or ask the organizer before quoting by name",
    basis=citations.SOURCED,
)
def unattributed_statement(statements: Iterable[Statement], context: Context) -> Iterator[Violation]:
    """A statement is tied to its speaker by the source itself.

    Why: words put into the wrong mouth harm the person and the register's credit.

    Passes:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop"}], "persons": [{"id": "speaker-1", "name": "A. Example"}], "statements": [{"id": "s1", "event_id": "talk", "speaker_id": "speaker-1", "summary": {"en": "Cooperation matters"}}]}

    Fails:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop"}], "persons": [{"id": "speaker-1", "name": "A. Example"}], "statements": [{"id": "s1", "event_id": "talk", "speaker_id": "speaker-1", "attribution": "implied", "summary": {"en": "Cooperation matters"}}]}
    """
    for statement in statements:
        if statement.speaker_id is None:
            yield violation(statement, "speaker_id", known="nobody")
        elif statement.attribution is Attribution.IMPLIED:
            yield violation(statement, "attribution", known="implied")


@rule(
    "EV011",
    on=Statement,
    severity=Severity.WARNING,
    message="the speaker did not hold '{key}' at the time of the statement",
    hint="check the dates of the post or capacity, or name another one",
    basis=citations.AGREEMENT,
    looks=(own_fields("speaking_as"), referenced_fields("event_id", "starts"), referenced_fields("speaker_id", *ROLES)),
)
def capacity_not_held_when_speaking(statements: Iterable[Statement], context: Context) -> Iterator[Violation]:
    """A speaker holds the stated capacity on the day of the event.

    Why: officials change posts; a statement must not be attributed to an office that someone else held.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "starts": "2022-03-28"}], "persons": [{"id": "speaker-1", "name": "A. Example", "posts": [{"key": "director", "title": {"en": "Director"}, "organization_id": "xa-ngo", "period": {"start": "2020"}}]}], "statements": [{"id": "s1", "event_id": "talk", "speaker_id": "speaker-1", "speaking_as": ["director"], "summary": {"en": "Cooperation matters"}}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "starts": "2022-03-28"}], "persons": [{"id": "speaker-1", "name": "A. Example", "posts": [{"key": "director", "title": {"en": "Director"}, "organization_id": "xa-ngo", "period": {"start": "2023"}}]}], "statements": [{"id": "s1", "event_id": "talk", "speaker_id": "speaker-1", "speaking_as": ["director"], "summary": {"en": "Cooperation matters"}}]}
    """
    for statement in statements:
        speaker, event = context.get(statement.speaker_id), context.get(statement.event_id)
        if isinstance(speaker, Person) and isinstance(event, Event) and event.starts is not None:
            periods = {role.key: role.period for role in speaker.roles}
            for position, key in enumerate(statement.speaking_as):
                period = periods.get(key)
                if period is not None and period.surely_outside(event.starts):
                    yield violation(statement, "speaking_as", position, key=key)


@rule(
    "EV015",
    on=Statement,
    severity=Severity.ERROR,
    message="the event '{event}' has no segment '{key}'",
    hint="add the segment to the event, or correct the key",
    basis=citations.IDENTITY,
    looks=(own_fields("segment"), referenced_fields("event_id", "segments")),
)
def unknown_segment(statements: Iterable[Statement], context: Context) -> Iterator[Violation]:
    """The segment in which a statement was made is a segment of its event.

    Why: otherwise nobody can say when during the event the statement was made.

    Passes:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "segments": [{"key": "opening", "kind": "opening"}]}], "statements": [{"id": "s1", "event_id": "talk", "segment": "opening", "summary": {"en": "Welcome"}}]}

    Fails:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop"}], "statements": [{"id": "s1", "event_id": "talk", "segment": "opening", "summary": {"en": "Welcome"}}]}
    """
    for statement in statements:
        event = context.get(statement.event_id)
        if statement.segment is None or not isinstance(event, Event):
            continue
        if all(segment.key != statement.segment for segment in event.segments):
            yield violation(statement, "segment", event=event.id, key=statement.segment)


@rule(
    "EV016",
    on=Statement,
    severity=Severity.ERROR,
    message="the speaker has no post, capacity or affiliation '{key}'",
    hint="add it to the person, or correct the key",
    basis=citations.IDENTITY,
    looks=(own_fields("speaking_as"), referenced_fields("speaker_id", *ROLES)),
)
def unknown_capacity(statements: Iterable[Statement], context: Context) -> Iterator[Violation]:
    """The capacities in which a statement is made are capacities of the speaker.

    Why: a statement made as focal point carries a different weight from one made as a guest.

    Passes:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop"}], "persons": [{"id": "speaker-1", "name": "A. Example", "capacities": [{"key": "expert", "kind": "governmental-expert"}]}], "statements": [{"id": "s1", "event_id": "talk", "speaker_id": "speaker-1", "speaking_as": ["expert"], "summary": {"en": "Welcome"}}]}

    Fails:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop"}], "persons": [{"id": "speaker-1", "name": "A. Example"}], "statements": [{"id": "s1", "event_id": "talk", "speaker_id": "speaker-1", "speaking_as": ["expert"], "summary": {"en": "Welcome"}}]}
    """
    for statement in statements:
        speaker = context.get(statement.speaker_id)
        if isinstance(speaker, Person):
            keys = {role.key for role in speaker.roles}
            for position, key in enumerate(statement.speaking_as):
                if key not in keys:
                    yield violation(statement, "speaking_as", position, key=key)
