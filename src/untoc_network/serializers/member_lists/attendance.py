"""Who of a list attended an event of the register, as far as the list and the register say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from untoc_network.model.event import Event, EventKind, EventRole, EventRoleKind
from untoc_network.model.listed_record import ListedRecord
from untoc_network.model.register import Register
from untoc_network.serializers.member_lists.column_mapping import FIELDS_OF_PARTICIPANTS, SheetMapping
from untoc_network.serializers.member_lists.list_kind import ListKind
from untoc_network.serializers.member_lists.listed_organization import Member
from untoc_network.values.ids_and_codes import EventId, StakeholderId
from untoc_network.values.multilingual_text import Text
from untoc_network.values.sources_and_claims import Citation

__all__ = ["find_attended_events", "find_event_of_list", "make_event_records", "tell_why_no_event"]


def tell_why_no_event(of: ListKind, fields: Iterable[str], mapping: SheetMapping, existing: Register) -> str | None:
    """Why nobody can be recorded as having attended, a key of the phrases of IM028; None where that is not so."""
    spoken = {*FIELDS_OF_PARTICIPANTS} & {*fields}
    if mapping.event is not None:
        return None if find_event_of_list(mapping, existing) else "unknown"
    return "unnamed" if "event" not in spoken and (spoken or of is ListKind.PARTICIPANTS) else None


@attrs.frozen
class EventOfList:
    """The event that the listed persons took part in; `is_said` tells that the list names it, and not its id alone."""

    event: Event
    is_said: bool


def find_event_of_list(
    mapping: SheetMapping, existing: Register, sources: tuple[Citation, ...] = ()
) -> EventOfList | None:
    """The event of the register, or a new one where the mapping names it and the register has nothing of that id.

    One that this list made is named by it again each time; any other stays as it is.
    """
    if mapping.event is None:
        return None
    held = existing.by_id.get(existing.resolved(mapping.event))
    if held is not None and not isinstance(held, Event):
        return None
    is_ours = held is None or {one.source_id for one in held.sources} & {one.source_id for one in sources}
    if mapping.event_name is None or not is_ours:
        return None if held is None else EventOfList(held, is_said=False)
    starts, ends = mapping.event_days
    event = Event(
        id=EventId(mapping.event) if held is None else held.id,
        name=Text({mapping.language: mapping.event_name}),
        kind=EventKind(mapping.event_kind or EventKind.OTHER),
        starts=starts,
        ends=ends,
        sources=sources,
    )
    return EventOfList(event, is_said=True)


def find_attended_events(member: Member, existing: Register, of_list: EventOfList | None) -> Mapping[str, str]:
    """The ids of the events that the persons of a member attended, by their prefixes.

    An event has a place for who took part, and none for who only registered: that goes to the notes. Where no column
    says who came, all that are listed as participants did.
    """
    attended: dict[str, str] = {}
    if not member.tells_of_persons:
        return attended
    for prefix in {field.partition(".")[0] for field in member.values if field.startswith("person")}:
        event = _find_event(member, prefix, existing, of_list)
        if event is not None and _came(member, prefix):
            attended[prefix] = event.id
        elif event is None:
            for given in tuple(member.values_of(f"{prefix}.attended")):
                member.drop_values(given)
                member.keep_in_notes(given.cell, given.column)
    return attended


def _find_event(member: Member, prefix: str, existing: Register, of_list: EventOfList | None) -> Event | None:
    """The event of the register that a row names, by its name or id, or else that of the whole list."""
    for given in tuple(member.values_of(f"{prefix}.event")):
        known = {event.id: event for event in (*existing.events, *([] if of_list is None else [of_list.event]))}
        found = [event for event in known.values() if given.value in (event.id, *event.name.values())]
        if len(found) == 1:
            return found[0]
        member.move_to_notes(given, "one-event", "write-event")
        return None
    return None if of_list is None else of_list.event


def _came(member: Member, prefix: str) -> bool:
    if "attended" not in member.spoken.fields:
        return member.of is ListKind.PARTICIPANTS
    said = tuple(member.values_of(f"{prefix}.attended"))
    for given in said:
        if not given.value:
            member.move_to_notes(given, "attendance", "no-participant")
    return any(given.value for given in said)


def make_event_records(
    attended: Iterable[tuple[Member, Mapping[str, str]]],
    existing: Register,
    of_list: EventOfList | None,
    sources: tuple[Citation, ...],
) -> Iterator[ListedRecord]:
    """The events that persons of the list attended, with their parts in them, and the one that the list names."""
    said = of_list.event if of_list is not None and of_list.is_said else None
    attendees: dict[str, list[str]] = {} if said is None else {said.id: []}
    for member, events in attended:
        for prefix, event_id in sorted(events.items()):
            if prefix in member.person_ids:
                attendees.setdefault(event_id, []).append(member.person_ids[prefix])
    for event_id, persons in sorted(attendees.items()):
        roles = tuple(
            EventRole(kind=EventRoleKind.PARTICIPANT, stakeholder_id=StakeholderId(one), sources=sources)
            for one in persons
        )
        if said is not None and event_id == said.id:
            yield ListedRecord(record=attrs.evolve(said, roles=roles), keys=(event_id,), stated_id=event_id)
        else:
            event = existing[Event, event_id]
            record = Event(id=event.id, name=event.name, kind=event.kind, roles=roles)
            yield ListedRecord(record=record, keys=(event_id,), stated_id=event_id, gives=frozenset({"roles"}))
