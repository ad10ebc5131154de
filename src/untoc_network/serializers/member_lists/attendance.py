"""Who of a list attended an event of the register, as far as the list and the register say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from untoc_network.model.event import Event, EventRole, EventRoleKind
from untoc_network.model.listed_record import ListedRecord
from untoc_network.model.register import Register
from untoc_network.serializers.member_lists.column_mapping import FIELDS_OF_PARTICIPANTS, SheetMapping
from untoc_network.serializers.member_lists.list_kind import ListKind
from untoc_network.serializers.member_lists.listed_organization import Member
from untoc_network.values.ids_and_codes import StakeholderId
from untoc_network.values.sources_and_claims import Citation

__all__ = ["find_attended_events", "make_event_records", "tell_why_no_event"]


def tell_why_no_event(of: ListKind, fields: Iterable[str], mapping: SheetMapping, existing: Register) -> str | None:
    """Why nobody can be recorded as having attended, a key of the phrases of IM028; None where that is not so."""
    spoken = {*FIELDS_OF_PARTICIPANTS} & {*fields}
    if mapping.event is not None:
        return None if _find_event_of_list(mapping, existing) else "unknown"
    return "unnamed" if "event" not in spoken and (spoken or of is ListKind.PARTICIPANTS) else None


def _find_event_of_list(mapping: SheetMapping, existing: Register) -> Event | None:
    found = existing.by_id.get(existing.resolved(mapping.event or ""))
    return found if isinstance(found, Event) else None


def find_attended_events(member: Member, existing: Register) -> Mapping[str, str]:
    """The ids of the events that the persons of a member attended, by their prefixes.

    An event has a place for who took part, and none for who only registered: that goes to the notes. Where no column
    says who came, all that are listed as participants did.
    """
    attended: dict[str, str] = {}
    if not member.tells_of_persons:
        return attended
    for prefix in {field.partition(".")[0] for field in member.values if field.startswith("person")}:
        event = _find_event(member, prefix, existing)
        if event is not None and _came(member, prefix):
            attended[prefix] = event.id
        elif event is None:
            for given in tuple(member.values_of(f"{prefix}.attended")):
                member.drop_values(given)
                member.keep_in_notes(given.cell, given.column)
    return attended


def _find_event(member: Member, prefix: str, existing: Register) -> Event | None:
    """The event of the register that a row names, by its name or id, or else that of the whole list."""
    for given in tuple(member.values_of(f"{prefix}.event")):
        found = [event for event in existing.events if given.value in (event.id, *event.name.values())]
        if len(found) == 1:
            return found[0]
        member.move_to_notes(given, "one-event", "write-event")
        return None
    return _find_event_of_list(member.mapping, existing)


def _came(member: Member, prefix: str) -> bool:
    if "attended" not in member.spoken.fields:
        return member.of is ListKind.PARTICIPANTS
    said = tuple(member.values_of(f"{prefix}.attended"))
    for given in said:
        if not given.value:
            member.move_to_notes(given, "attendance", "no-participant")
    return any(given.value for given in said)


def make_event_records(
    attended: Iterable[tuple[Member, Mapping[str, str]]], existing: Register, sources: tuple[Citation, ...]
) -> Iterator[ListedRecord]:
    """The events that persons of the list attended, with their parts in them."""
    attendees: dict[str, list[str]] = {}
    for member, events in attended:
        for prefix, event_id in sorted(events.items()):
            if prefix in member.person_ids:
                attendees.setdefault(event_id, []).append(member.person_ids[prefix])
    for event_id, persons in sorted(attendees.items()):
        event = existing[Event, event_id]
        roles = tuple(
            EventRole(kind=EventRoleKind.PARTICIPANT, stakeholder_id=StakeholderId(one), sources=sources)
            for one in persons
        )
        record = Event(id=event.id, name=event.name, kind=event.kind, roles=roles)
        yield ListedRecord(record=record, keys=(event_id,), stated_id=event_id, gives=frozenset({"roles"}))
