"""EV: how events relate to each other."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from untoc_network.diagnostics.findings import Severity
from untoc_network.model.event import (
    Event,
    EventKind,
    EventLink,
    EventLinkKind,
    Order,
)
from untoc_network.reference.provisions import PARAGRAPH_53
from untoc_network.rules import citations
from untoc_network.rules.looked_at_fields import own_fields, referenced_fields
from untoc_network.rules.rule import Context, Violation, rule, violation

MOST_DAYS_APART = 3
"""Events further apart than this are hardly held back to back."""


@rule(
    "EV005",
    on=Event,
    severity=Severity.WARNING,
    message="the event is recorded as back to back with '{other}', but {days:day lies|days lie} between them",
    hint="check the dates, or use another kind of link",
    basis=citations.AGREEMENT,
    looks=(own_fields("starts", "ends"), referenced_fields("links_to.event_id", "starts", "ends")),
)
def distant_back_to_back_events(events: Iterable[Event], context: Context) -> Iterator[Violation]:
    """Events held back to back are at most three days apart.

    Why: the link says that one journey served both.

    Passes:
        {"events": [{"id": "a", "name": {"en": "A"}, "kind": "workshop", "starts": "2022-03-28", "links_to": [{"kind": "back-to-back", "event_id": "b"}]}, {"id": "b", "name": {"en": "B"}, "kind": "workshop", "starts": "2022-03", "links_to": [{"kind": "back-to-back", "event_id": "a"}]}]}

    Fails:
        {"events": [{"id": "a", "name": {"en": "A"}, "kind": "workshop", "starts": "2022-03-28", "links_to": [{"kind": "back-to-back", "event_id": "b"}]}, {"id": "b", "name": {"en": "B"}, "kind": "workshop", "starts": "2022-04-10"}]}
    """
    for event, position, link, other in _list_linked_events(events, context):
        if link.kind is EventLinkKind.BACK_TO_BACK:
            apart = max(_count_fewest_days(event, other), _count_fewest_days(other, event))
            if apart - 1 > MOST_DAYS_APART:
                yield violation(event, "links_to", position, other=other.id, days=apart - 1)


def _count_fewest_days(first: Event, second: Event) -> int:
    """The fewest days from the end of one event to the start of another; 0 where that is not known."""
    end = first.ends or first.starts
    return 0 if end is None or second.starts is None else end.days_until(second.starts)[0]


@rule(
    "EV006",
    on=Event,
    severity=Severity.ERROR,
    message="the event is linked to itself",
    hint="name the other event",
    basis=citations.NO_CIRCLES,
)
def self_linked_event(events: Iterable[Event], context: Context) -> Iterator[Violation]:
    """A link leads to another event.

    Why: an event neither prepares nor follows itself.

    Passes:
        {"events": [{"id": "a", "name": {"en": "A"}, "kind": "workshop", "links_to": [{"kind": "follows", "event_id": "b"}]}, {"id": "b", "name": {"en": "B"}, "kind": "workshop"}]}

    Fails:
        {"events": [{"id": "a", "name": {"en": "A"}, "kind": "workshop", "links_to": [{"kind": "follows", "event_id": "a"}]}]}
    """
    for event in events:
        for position, link in enumerate(event.links_to):
            if link.event_id == event.id:
                yield violation(event, "links_to", position, "event_id")


@rule(
    "EV007",
    on=Event,
    severity=Severity.INFO,
    message="'{other}' does not link back to this event",
    hint="add the same link to the other event",
    basis=citations.AGREEMENT,
    looks=(referenced_fields("links_to.event_id", "links_to"),),
)
def one_sided_link(events: Iterable[Event], context: Context) -> Iterator[Violation]:
    """An event that is back to back with another is named by it too.

    Why: readers of the other event alone would not learn of this one.

    Passes:
        {"events": [{"id": "a", "name": {"en": "A"}, "kind": "workshop", "links_to": [{"kind": "back-to-back", "event_id": "b"}]}, {"id": "b", "name": {"en": "B"}, "kind": "workshop", "links_to": [{"kind": "back-to-back", "event_id": "a"}]}]}

    Fails:
        {"events": [{"id": "a", "name": {"en": "A"}, "kind": "workshop", "links_to": [{"kind": "back-to-back", "event_id": "b"}]}, {"id": "b", "name": {"en": "B"}, "kind": "workshop"}]}
    """
    for event, position, link, other in _list_linked_events(events, context):
        answers = (back for back in other.links_to if back.kind is EventLinkKind.BACK_TO_BACK)
        answered = event.id in (context.register.resolved(back.event_id) for back in answers)
        if link.kind is EventLinkKind.BACK_TO_BACK and not answered:
            yield violation(event, "links_to", position, other=other.id)


@rule(
    "EV008",
    on=Event,
    severity=Severity.WARNING,
    message="the event lies outside the dates of '{other}', in whose margins it is held",
    hint="check the dates of both events",
    basis=citations.AGREEMENT,
    looks=(own_fields("starts", "ends"), referenced_fields("links_to.event_id", "starts", "ends")),
)
def side_event_outside_dates(events: Iterable[Event], context: Context) -> Iterator[Violation]:
    """An event in the margins of another takes place during that event.

    Why: a side event before or after the session cannot be attended with its badge.

    Passes:
        {"events": [{"id": "side", "name": {"en": "Side"}, "kind": "side-event", "starts": "2022-10-18", "links_to": [{"kind": "in-margins-of", "event_id": "session"}]}, {"id": "session", "name": {"en": "Session"}, "kind": "conference-session", "starts": "2022-10-17", "ends": "2022-10-21"}]}

    Fails:
        {"events": [{"id": "side", "name": {"en": "Side"}, "kind": "side-event", "starts": "2022-10-25", "links_to": [{"kind": "in-margins-of", "event_id": "session"}]}, {"id": "session", "name": {"en": "Session"}, "kind": "conference-session", "starts": "2022-10-17", "ends": "2022-10-21"}]}
    """
    for event, position, link, other in _list_linked_events(events, context):
        if (
            link.kind is EventLinkKind.IN_MARGINS_OF
            and max(_count_fewest_days(event, other), _count_fewest_days(other, event)) > 0
        ):
            yield violation(event, "links_to", position, other=other.id)


@rule(
    "EV009",
    on=Event,
    severity=Severity.WARNING,
    message="the dialogue follows '{other}', but starts before that session ends",
    hint="check the dates of both events",
    basis=PARAGRAPH_53,
    looks=(own_fields("kind", "starts"), referenced_fields("links_to.event_id", "starts", "ends")),
)
def dialogue_before_working_group_ends(events: Iterable[Event], context: Context) -> Iterator[Violation]:
    """A constructive dialogue takes place after the session of the working group that it follows has begun to close.

    Why: dialogues are held once the working group's session ends; in 2022 one fell on the group's last day.

    Passes:
        {"events": [{"id": "dialogue", "name": {"en": "Dialogue"}, "kind": "constructive-dialogue", "starts": "2023-05-05", "links_to": [{"kind": "follows", "event_id": "group"}]}, {"id": "group", "name": {"en": "Working group"}, "kind": "working-group-session", "starts": "2023-05-03", "ends": "2023-05-04"}]}

    Fails:
        {"events": [{"id": "dialogue", "name": {"en": "Dialogue"}, "kind": "constructive-dialogue", "starts": "2023-05-02", "links_to": [{"kind": "follows", "event_id": "group"}]}, {"id": "group", "name": {"en": "Working group"}, "kind": "working-group-session", "starts": "2023-05-03", "ends": "2023-05-04"}]}
    """
    for event, position, link, other in _list_linked_events(events, context):
        end = other.ends or other.starts
        is_dialogue = event.kind is EventKind.CONSTRUCTIVE_DIALOGUE and link.kind is EventLinkKind.FOLLOWS
        if is_dialogue and end is not None and event.starts is not None and event.starts.certainly_before(end):
            yield violation(event, "links_to", position, other=other.id)


@rule(
    "EV018",
    on=Event,
    phrases={
        "dates": "their dates",
        "other-event": "what the other event says",
    },
    severity=Severity.ERROR,
    message="the stated order of this event and '{other}' contradicts {against:phrase}",
    hint="check which of the two came first",
    basis=citations.AGREEMENT,
    looks=(own_fields("starts"), referenced_fields("links_to.event_id", "links_to", "starts")),
)
def conflicting_event_order(events: Iterable[Event], context: Context) -> Iterator[Violation]:
    """The stated order of two linked events agrees with their dates and with what the other event says.

    Why: a programme, a travel plan or a history made from it would be the wrong way round.

    Passes:
        {"events": [{"id": "a", "name": {"en": "A"}, "kind": "workshop", "starts": "2022-03-28", "links_to": [{"kind": "back-to-back", "event_id": "b", "order": "before"}]}, {"id": "b", "name": {"en": "B"}, "kind": "workshop", "starts": "2022-03-30", "links_to": [{"kind": "back-to-back", "event_id": "a", "order": "after"}]}]}

    Fails:
        {"events": [{"id": "a", "name": {"en": "A"}, "kind": "workshop", "starts": "2022-03-28", "links_to": [{"kind": "back-to-back", "event_id": "b", "order": "after"}]}, {"id": "b", "name": {"en": "B"}, "kind": "workshop", "starts": "2022-03-30", "links_to": [{"kind": "back-to-back", "event_id": "a", "order": "after"}]}]}
    """
    for event, position, link, other in _list_linked_events(events, context):
        if link.order is None:
            continue
        first, second = (event, other) if link.order is Order.BEFORE else (other, event)
        if first.starts is not None and second.starts is not None:
            if first.starts.certainly_after(second.starts):
                yield violation(event, "links_to", position, "order", other=other.id, against="dates")
        elif event.id > other.id and (link.kind, link.order) in _list_links_back(other, event, context):
            yield violation(event, "links_to", position, "order", other=other.id, against="other-event")


def _list_links_back(event: Event, other: Event, context: Context) -> set[tuple[EventLinkKind, Order | None]]:
    """The kinds and orders of the links from one event to another."""
    return {(link.kind, link.order) for link in event.links_to if context.get(link.event_id) is other}


def _list_linked_events(events: Iterable[Event], context: Context) -> Iterator[tuple[Event, int, EventLink, Event]]:
    """Every link to an event that is there: the event, the link's position, the link, the other event."""
    for event, (position, link) in itertools.chain.from_iterable(
        itertools.product((event,), enumerate(event.links_to)) for event in events
    ):
        other = context.get(link.event_id)
        if isinstance(other, Event):
            yield event, position, link, other
