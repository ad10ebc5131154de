"""What is left of fields that would tell of a withheld record, or of a body at risk, though they do not name it.

Where a body is shows in what it is tied to: the place of an event that it hosts, the seat of its branch, the dateline
of what it published. How many are withheld shows where a source states how many there are. What a speaker said shows in
the title of that part of an event. A body that is withheld is guarded like one at risk, so that nobody can tell by what
is missing whether it is the one or the other.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import Any

import attrs

from untoc_network.model.event import Event, EventLinkKind, EventRoleKind, Output, Segment
from untoc_network.model.network import MembershipRole, Network
from untoc_network.model.organization_and_person import Organization, Person
from untoc_network.model.register import Register, has_surely_left_network
from untoc_network.model.source import Source
from untoc_network.privacy.audience_policy import AT_RISK
from untoc_network.privacy.redactions import RedactionReason
from untoc_network.privacy.small_count_suppression import MINIMUM
from untoc_network.text.folding import fold
from untoc_network.values.consent_and_contact import Audience
from untoc_network.values.dates import Instant, PartialDate
from untoc_network.values.place_and_link import Place
from untoc_network.values.stated_count import Count, CountUnit

__all__ = ["COARSENED", "UNTOLD", "Coarsening", "find_coarsened"]

Change = Callable[[Any], Any]
"""What is left of one item of a field, or None."""


@attrs.frozen
class Coarsening:
    """What is left of each item of a field, and why not all of it."""

    reason: RedactionReason
    change: Change


def _nothing(_: Any) -> None:
    return None


def _without_zone(moment: Instant | None) -> Instant | None:
    """A moment without the name of a town in its time zone, on the same day and at the same hour there."""
    return Instant(moment.when.isoformat()) if moment is not None and moment.zone else moment


def _segment_without_zone(segment: Segment) -> Segment:
    return attrs.evolve(segment, starts_at=_without_zone(segment.starts_at), ends_at=_without_zone(segment.ends_at))


def _without_address(output: Output) -> Output:
    return attrs.evolve(output, url=None)


_COUNTRY = AT_RISK["seat"]
_OWN: Mapping[str, Change] = {**AT_RISK, "parent_id": _nothing}
_BRANCH: Mapping[str, Change] = {"seat": _COUNTRY, "contacts": AT_RISK["contacts"]}
_AT_THE_DOOR: Mapping[str, Change] = {
    "place": _COUNTRY,
    "starts_at": _without_zone,
    "ends_at": _without_zone,
    "segments": _segment_without_zone,
}
_HOSTED: Mapping[str, Change] = {**_AT_THE_DOOR, "page": _nothing, "outputs": _without_address}
_PUBLISHED: Mapping[str, Change] = {"place": _COUNTRY, "url": _nothing}
_CITED: Mapping[str, Change] = {"place": _COUNTRY}
_HOUSED: Mapping[str, Change] = {"links": _nothing}
_EMPLOYED: Mapping[str, Change] = {"contacts": AT_RISK["contacts"]}

COARSENED: Mapping[type, frozenset[str]] = {
    Organization: frozenset(_OWN),
    Person: frozenset(_EMPLOYED),
    Event: frozenset({*_HOSTED, "counts"}),
    Source: frozenset(_PUBLISHED),
    Network: frozenset({*_HOUSED, "stated_members"}),
}
"""The fields that may be coarsened."""

UNTOLD: Mapping[type, frozenset[str]] = {
    Organization: frozenset(AT_RISK),
    Event: frozenset({"place", "counts"}),
    Network: frozenset({"stated_members"}),
}
"""Those of them that are empty without a blank, which would say more of them than that they are."""

_HOSTING = frozenset({EventRoleKind.ORGANIZER, EventRoleKind.CO_ORGANIZER, EventRoleKind.PARTNER})
_AT_ONE_PLACE = frozenset({EventLinkKind.BACK_TO_BACK, EventLinkKind.IN_MARGINS_OF, EventLinkKind.PART_OF})


def find_coarsened(
    register: Register,
    withheld: Mapping[Audience, Mapping[str, str]],
    *,
    guards_doors: bool,
    on: PartialDate,
) -> Mapping[str, Mapping[str, Coarsening]]:
    """By the id of a record and the field, what is left of the field before an audience.

    `withheld` has what is withheld from the audience, first, and from every narrower one: what would tell a narrower
    one how many are withheld from it tells a wider one too, for the narrower can look at both.
    """
    own = next(iter(withheld.values()))
    found: defaultdict[str, dict[str, Coarsening]] = defaultdict(dict)
    guarded = {body.id: body for body in register.organizations if body.id in own or (guards_doors and body.at_risk)}
    for record_id, changes in _Doors.of(register, guarded).find() if guarded else ():
        for field, change in changes.items():
            reason = RedactionReason.NAMES_WITHHELD if field == "parent_id" else RedactionReason.AT_RISK
            found[record_id].setdefault(field, Coarsening(reason, change))
    for record_id, field, change in (*_find_silenced(register, own), *_find_totals(register, withheld, on)):
        before = found[record_id].get(field)
        both = change if before is None else _one_after_other(change, before.change)
        found[record_id][field] = Coarsening(RedactionReason.NAMES_WITHHELD, both)
    return found


def _one_after_other(first: Change, then: Change) -> Change:
    def change(item: Any) -> Any:
        left = first(item)
        return left if left is None else then(left)

    return change


# -- where it is -------------------------------------------------------------------------------------------------------


@attrs.frozen
class _Doors:
    """The bodies that are guarded, and the seats to which others lead: their own and those of their branches."""

    register: Register
    guarded: Mapping[str, Organization]
    seats: Mapping[str, tuple[Place, ...]]

    @classmethod
    def of(cls, register: Register, guarded: Mapping[str, Organization]) -> _Doors:
        above = {body.id: root for body in register.organizations if (root := _guarded_above(register, body, guarded))}
        bodies = {body.id: (body, above.get(body.id, body)) for body in (*guarded.values(), *_get(register, above))}
        seats = {
            body_id: tuple(body.seat for body in both if body.seat is not None) for body_id, both in bodies.items()
        }
        return cls(register, guarded, seats)

    def find(self) -> Iterator[tuple[str, Mapping[str, Change]]]:
        """Each record that leads to a door, with what is left of its fields; what leads closest to it comes first."""
        for body_id in self.seats:
            yield body_id, _OWN if body_id in self.guarded else _BRANCH
        yield from self._find_members()
        yield from self._find_sources()
        yield from self._find_events()

    def _resolve(self, ids: Iterable[str | None]) -> set[str]:
        return {self.register.resolved(one) for one in ids if one is not None}

    def _is_near(self, place: Place | None, bodies: Iterable[str]) -> bool:
        """Whether a place may be that of one of some bodies."""
        return place is not None and any(_is_same(place, seat) for body in bodies for seat in self.seats.get(body, ()))

    def _find_members(self) -> Iterator[tuple[str, Mapping[str, Change]]]:
        for person in self.register.persons:
            bodies = [*(one.organization_id for one in person.posts)]
            bodies += (one.organization_id for one in person.affiliations)
            if not self._resolve(bodies).isdisjoint(self.seats):
                yield person.id, _EMPLOYED
        for membership in self.register.memberships:
            is_seat = membership.role is MembershipRole.SECRETARIAT
            if is_seat and self.register.resolved(membership.organization_id) in self.guarded:
                yield self.register.resolved(membership.network_id), _HOUSED

    def _find_sources(self) -> Iterator[tuple[str, Mapping[str, Change]]]:
        cited: defaultdict[str, set[str]] = defaultdict(set)
        for body in self.guarded.values():
            for citation in body.sources:
                cited[self.register.resolved(citation.source_id)].add(body.id)
        for source in self.register.sources:
            publishers = self._resolve([source.publisher_id])
            if not publishers.isdisjoint(self.guarded):
                yield source.id, _PUBLISHED
            elif self._is_near(source.place, publishers | cited.get(source.id, set())):
                yield source.id, _CITED

    def _find_events(self) -> Iterator[tuple[str, Mapping[str, Change]]]:
        teams = {
            project.id: self._resolve((*project.implementer_ids, *project.partner_ids))
            for project in self.register.projects
        }
        hosts, tied = {}, {}
        for event in self.register.events:
            hosting = self._resolve(role.stakeholder_id for role in event.roles if role.kind in _HOSTING)
            hosts[event.id] = {body for body in hosting if body in self.guarded}
            tied[event.id] = self._resolve(role.stakeholder_id for role in event.roles)
            tied[event.id] |= teams.get(self.register.resolved(event.project_id or ""), set())
        for event in self.register.events:
            for other in self._resolve(link.event_id for link in event.links_to if link.kind in _AT_ONE_PLACE):
                if other in tied:
                    tied[event.id] |= hosts[other]
                    tied[other] |= hosts[event.id]
        for event in self.register.events:
            if hosts[event.id]:
                yield event.id, _HOSTED
            elif self._is_near(event.place, tied[event.id]):
                yield event.id, _AT_THE_DOOR


def _get(register: Register, ids: Iterable[str]) -> Iterator[Organization]:
    return (body for one in ids if (body := register.get(Organization, one)) is not None)


def _guarded_above(register: Register, body: Organization, guarded: Mapping[str, Organization]) -> Organization | None:
    """The nearest body above one that is guarded, where it is not guarded itself."""
    seen: set[str] = set()
    here: Organization | None = body
    while here is not None and here.id not in seen:
        if here.id in guarded:
            return here if here is not body else None
        seen.add(here.id)
        here = register.get(Organization, here.parent_id) if here.parent_id else None
    return None


def _is_same(place: Place, seat: Place) -> bool:
    """Whether both may be in one town, or at one venue."""
    if place.country and seat.country and place.country != seat.country:
        return False
    pairs = ((place.city, seat.city), (place.venue, seat.venue))
    return any(one and other and fold(one) == fold(other) for one, other in pairs)


# -- what was said -----------------------------------------------------------------------------------------------------


def _find_silenced(register: Register, withheld: Container[str]) -> Iterator[tuple[str, str, Change]]:
    """The parts of events in which nobody else is known to have spoken: their titles are words of who is withheld."""
    spoken: defaultdict[str, dict[str, bool]] = defaultdict(dict)
    for statement in register.statements:
        if statement.segment is not None:
            event = spoken[register.resolved(statement.event_id)]
            event[statement.segment] = event.get(statement.segment, True) and statement.id in withheld
    for event_id, segments in spoken.items():
        silenced = {key for key, is_withheld in segments.items() if is_withheld}
        if silenced:
            yield event_id, "segments", functools.partial(_without, lambda segment: segment.key, silenced)


# -- how many there are ------------------------------------------------------------------------------------------------


def _find_totals(
    register: Register, withheld: Mapping[Audience, Mapping[str, str]], on: PartialDate
) -> Iterator[tuple[str, str, Change]]:
    """Stated numbers that tell, beside what is shown, of fewer than the minimum that they are withheld."""
    asked: list[tuple[Any, str, Callable[[Count], Iterator[set[str]]]]] = [
        (network, "stated_members", functools.partial(_list_members, register, network.id, on))
        for network in register.networks
    ]
    asked += [(event, "counts", functools.partial(_list_participants, register, event)) for event in register.events]
    for record, field, list_groups in asked:
        telling = [
            count
            for count in getattr(record, field)
            if any(
                not group.isdisjoint(hidden) and 0 < count.value - len(group.difference(hidden)) < MINIMUM
                for group in (list_groups(count) if count.unit in _CLASSES else ())
                for hidden in withheld.values()
            )
        ]
        if telling:
            yield record.id, field, functools.partial(_without, lambda count: count, telling)


def _without(key: Callable[[Any], Any], keys: Container[Any], item: Any) -> Any:
    return None if key(item) in keys else item


def _list_members(register: Register, network_id: str, on: PartialDate, count: Count) -> Iterator[set[str]]:
    """Who ever belonged to a network, and who may on a day."""
    members = {
        register.resolved(one.organization_id): one for one in register.memberships_by_network.get(network_id, ())
    }
    yield {*members}
    yield {
        body_id
        for body_id, membership in members.items()
        if (body := register.get(Organization, body_id))
        and not has_surely_left_network(membership, body, count.as_of or on)
    }


def _list_participants(register: Register, event: Event, count: Count) -> Iterator[set[str]]:
    """Who had a role at an event, or spoke there, of the kind that is counted: all of them, and in each role."""
    roles: defaultdict[str, set[str]] = defaultdict(set)
    for role in event.roles:
        roles[role.kind].add(register.resolved(role.stakeholder_id))
    for statement in register.statements_by_event.get(event.id, ()):
        roles["words"].add(register.resolved(statement.speaker_id or ""))
    for group in (set().union(*roles.values()), *roles.values()):
        yield {one for one in group if isinstance(register.by_id.get(one), _CLASSES[count.unit])}


_CLASSES: Mapping[CountUnit, tuple[type, ...]] = {
    CountUnit.PEOPLE: (Person,),
    CountUnit.ORGANIZATIONS: (Organization,),
    CountUnit.STAKEHOLDERS: (Organization, Person),
}
"""Whom a stated number can be of."""
