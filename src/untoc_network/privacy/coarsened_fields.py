"""What is left of fields that would tell of a withheld record, or of a body at risk, though they do not name it.

Where a body is shows in what it is tied to: the place of an event that it hosts, the seat of its branch, the dateline
of what it published. How many are withheld shows where a source states how many there are. What a speaker said shows in
the title of that part of an event. A body that is withheld is guarded like one at risk, so that nobody can tell by what
is missing whether it is the one or the other.

It is long since what tells of a door, of words and of numbers coarsens the same fields, one after the other.
"""

from __future__ import annotations

import copy
import functools
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import Any

import attrs

from untoc_network.model.event import Event, EventLinkKind, EventRoleKind, Output, Segment, Statement
from untoc_network.model.network import Membership, MembershipRole, Network
from untoc_network.model.organization_and_person import Organization, Person
from untoc_network.model.project_and_funding import Project
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

__all__ = ["COARSENED", "UNTOLD", "CoarsenedFields", "Coarsening"]

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


class CoarsenedFields:
    """What is left of fields of a register before an audience; each record can be asked for alone.

    `withheld` has what is withheld from the audience, first, and from every narrower one: what would tell a narrower
    one how many are withheld from it tells a wider one too, for the narrower can look at both.
    """

    def __init__(
        self,
        register: Register,
        withheld: Mapping[Audience, Mapping[str, str]],
        *,
        guards_doors: bool,
        on: PartialDate,
    ) -> None:
        self._register, self._withheld, self._on = register, withheld, on
        self._own: Mapping[str, str] = next(iter(withheld.values()))
        self._guards_doors = guards_doors
        self._hides_bodies = any(body.id in hidden for hidden in withheld.values() for body in register.organizations)
        guarded = {body.id: body for body in register.organizations if self._is_guarded(body)}
        self._doors = _Doors.of(register, guarded)

    def find_all(self) -> dict[str, Mapping[str, Coarsening]]:
        """By the id of a record and the field, what is left of the field."""
        places: tuple[str, ...] = ("organizations", "persons", "sources") if self._doors.seats else ()
        records = (record for name in (*places, "networks", "events") for record in getattr(self._register, name))
        return {record.id: found for record in records if (found := self.find(record))}

    def find(self, record: Any) -> Mapping[str, Coarsening]:
        """What is left of the fields of a record that are coarsened, by their names."""
        found: dict[str, Coarsening] = {}
        for field, change in self._doors.find(record).items() if self._doors.seats else ():
            reason = RedactionReason.NAMES_WITHHELD if field == "parent_id" else RedactionReason.AT_RISK
            found[field] = Coarsening(reason, change)
        more: list[tuple[str, Change]] = []
        if isinstance(record, Event):
            more += _find_silenced(self._register, record, self._own)
            participants = functools.partial(_list_participants, self._register, record)
            more += _find_totals(record, "counts", participants, self._withheld)
        elif isinstance(record, Network) and self._hides_bodies:
            members = functools.partial(_list_members, self._register, record.id, self._on)
            more += _find_totals(record, "stated_members", members, self._withheld)
        for field, change in more:
            before = found.get(field)
            both = change if before is None else _one_after_other(change, before.change)
            found[field] = Coarsening(RedactionReason.NAMES_WITHHELD, both)
        return found

    def with_changes(
        self, register: Register, withheld: Mapping[Audience, Mapping[str, str]], changes: Iterable[tuple[Any, Any]]
    ) -> CoarsenedFields:
        """The same of a register in which some records are others, and none of them is or leads to another door."""
        new = copy.copy(self)
        new._register, new._withheld, new._own = register, withheld, next(iter(withheld.values()))  # noqa: SLF001
        new._doors = self._doors.with_events(register, changes)  # noqa: SLF001
        return new

    def is_of_door(self, old: Any, new: Any) -> bool:
        """Whether a change of a record changes which doors are guarded, or what leads to them."""
        bodies = [one for one in (old, new) if isinstance(one, Organization)]
        doors = self._doors
        return self._describe_door(old) != self._describe_door(new) and any(
            one.id in doors.seats
            or self._is_guarded(one)
            or _guarded_above(doors.register, one, doors.guarded) is not None
            for one in bodies
        )

    def _describe_door(self, body: Any) -> Any:
        is_body = isinstance(body, Organization)
        return (self._is_guarded(body), body.seat, body.parent_id, body.sources) if is_body else None

    def list_resting(self, record: Any, other: Any) -> set[str]:
        """The events and networks of which fields rest on a record, one version of it, where the other is `other`."""
        resolved = self._register.resolved
        if isinstance(record, Statement):
            return {resolved(record.event_id)}
        if isinstance(record, Event):
            return self._doors.list_linked(record).union(self._doors.linking.get(record.id, ()))
        if isinstance(record, Membership):
            network_id = resolved(record.network_id)
            return {network_id} if record.role is MembershipRole.SECRETARIAT or self._is_counted(network_id) else set()
        if isinstance(record, Organization) and record.dissolved != getattr(other, "dissolved", None):
            memberships = self._register.memberships_by_organization.get(record.id, ())
            return {one for each in memberships if self._is_counted(one := resolved(each.network_id))}
        return set()

    def _is_counted(self, network_id: str) -> bool:
        """Whether a stated number of members may tell of who is withheld; else nobody goes through them in vain."""
        network = self._register.get(Network, network_id)
        return network is not None and bool(network.stated_members) and self._hides_bodies

    def _is_guarded(self, body: Organization) -> bool:
        return body.id in self._own or (self._guards_doors and body.at_risk)


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
    guarded: frozenset[str]
    seats: Mapping[str, tuple[Place, ...]]
    cited: Mapping[str, frozenset[str]]
    """By the id of a source the bodies that are guarded and cite it."""
    linking: Mapping[str, tuple[str, ...]]
    """By the id of an event those that say to be at one place with it."""

    @classmethod
    def of(cls, register: Register, guarded: Mapping[str, Organization]) -> _Doors:
        above = {body.id: root for body in register.organizations if (root := _guarded_above(register, body, guarded))}
        bodies = {body.id: (body, above.get(body.id, body)) for body in (*guarded.values(), *_get(register, above))}
        seats = {
            body_id: tuple(body.seat for body in both if body.seat is not None) for body_id, both in bodies.items()
        }
        cited: defaultdict[str, set[str]] = defaultdict(set)
        for one in guarded.values():
            for citation in one.sources:
                cited[register.resolved(citation.source_id)].add(one.id)
        found = {source_id: frozenset(some) for source_id, some in cited.items()}
        doors = cls(register=register, guarded=frozenset(guarded), seats=seats, cited=found, linking={})
        linking: defaultdict[str, list[str]] = defaultdict(list)
        for event in register.events if seats else ():
            for other in doors.list_linked(event):
                linking[other].append(event.id)
        return attrs.evolve(doors, linking={other: tuple(some) for other, some in linking.items()})

    def with_events(self, register: Register, changes: Iterable[tuple[Any, Any]]) -> _Doors:
        """The same doors in a register in which some records, and so some events, are others."""
        new = attrs.evolve(self, register=register)
        linking: dict[str, tuple[str, ...]] | None = None
        for old, now in changes if self.seats else ():
            before, after = (new.list_linked(one) if isinstance(one, Event) else set() for one in (old, now))
            for other in before ^ after:
                linking = dict(self.linking) if linking is None else linking
                kept = tuple(one for one in linking.get(other, ()) if old is None or one != old.id)
                linking[other] = (*kept, now.id) if other in after else kept
        return new if linking is None else attrs.evolve(new, linking=linking)

    def find(self, record: Any) -> Mapping[str, Change]:
        """What is left of the fields of a record that lead to a door."""
        if isinstance(record, Organization):
            return _OWN if record.id in self.guarded else _BRANCH if record.id in self.seats else {}
        if isinstance(record, Person):
            bodies = [*(one.organization_id for one in record.posts)]
            bodies += (one.organization_id for one in record.affiliations)
            return {} if self._resolve(bodies).isdisjoint(self.seats) else _EMPLOYED
        if isinstance(record, Network):
            return _HOUSED if any(map(self._is_secretariat, self._list_memberships(record))) else {}
        if isinstance(record, Source):
            return self._find_of_source(record)
        return self._find_of_event(record) if isinstance(record, Event) else {}

    def _resolve(self, ids: Iterable[str | None]) -> set[str]:
        return {self.register.resolved(one) for one in ids if one is not None}

    def _is_near(self, place: Place | None, bodies: Iterable[str]) -> bool:
        """Whether a place may be that of one of some bodies."""
        return place is not None and any(_is_same(place, seat) for body in bodies for seat in self.seats.get(body, ()))

    def _list_memberships(self, network: Network) -> tuple[Membership, ...]:
        return self.register.memberships_by_network.get(network.id, ())

    def _is_secretariat(self, membership: Membership) -> bool:
        is_seat = membership.role is MembershipRole.SECRETARIAT
        return is_seat and self.register.resolved(membership.organization_id) in self.guarded

    def _find_of_source(self, source: Source) -> Mapping[str, Change]:
        publishers = self._resolve([source.publisher_id])
        if not publishers.isdisjoint(self.guarded):
            return _PUBLISHED
        return _CITED if self._is_near(source.place, publishers | self.cited.get(source.id, frozenset())) else {}

    def _find_of_event(self, event: Event) -> Mapping[str, Change]:
        hosts = self._list_hosts(event)
        if hosts:
            return _HOSTED
        if event.place is None:
            return {}
        tied = self._resolve(role.stakeholder_id for role in event.roles)
        project = self.register.get(Project, event.project_id) if event.project_id else None
        if project is not None:
            tied |= self._resolve((*project.implementer_ids, *project.partner_ids))
        for other in {*self.list_linked(event), *self.linking.get(event.id, ())}:
            linked = self.register.get(Event, other)
            if linked is not None:
                tied |= self._list_hosts(linked)
        return _AT_THE_DOOR if self._is_near(event.place, tied) else {}

    def _list_hosts(self, event: Event) -> set[str]:
        hosting = self._resolve(role.stakeholder_id for role in event.roles if role.kind in _HOSTING)
        return {body for body in hosting if body in self.guarded}

    def list_linked(self, event: Event) -> set[str]:
        """The events that an event says to be at one place with."""
        return self._resolve(link.event_id for link in event.links_to if link.kind in _AT_ONE_PLACE)


def _get(register: Register, ids: Iterable[str]) -> Iterator[Organization]:
    return (body for one in ids if (body := register.get(Organization, one)) is not None)


def _guarded_above(register: Register, body: Organization, guarded: Container[str]) -> Organization | None:
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


def _find_silenced(register: Register, event: Event, withheld: Container[str]) -> Iterator[tuple[str, Change]]:
    """The parts of an event in which nobody else is known to have spoken: their titles are words of who is withheld."""
    spoken: dict[str, bool] = {}
    for statement in register.statements_by_event.get(event.id, ()):
        if statement.segment is not None:
            spoken[statement.segment] = spoken.get(statement.segment, True) and statement.id in withheld
    silenced = {key for key, is_withheld in spoken.items() if is_withheld}
    if silenced:
        yield "segments", functools.partial(_without, lambda segment: segment.key, silenced)


# -- how many there are ------------------------------------------------------------------------------------------------


def _find_totals(
    record: Any,
    field: str,
    list_groups: Callable[[Count], Iterator[set[str]]],
    withheld: Mapping[Audience, Mapping[str, str]],
) -> Iterator[tuple[str, Change]]:
    """Stated numbers that tell, beside what is shown, of fewer than the minimum that they are withheld."""
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
        yield field, functools.partial(_without, lambda count: count, telling)


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
