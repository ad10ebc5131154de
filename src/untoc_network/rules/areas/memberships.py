"""NW: who belongs to a network, from when until when."""

from __future__ import annotations

import itertools
import operator
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from untoc_network.diagnostics.findings import Severity
from untoc_network.model.network import Membership, Network
from untoc_network.model.organization_and_person import GOVERNMENTAL, Organization
from untoc_network.model.register import Register
from untoc_network.rules import citations
from untoc_network.rules.looked_at_fields import Resolve, naming_fields, own_fields, referenced_fields, related_fields
from untoc_network.rules.rule import Context, Violation, rule, violation
from untoc_network.values.dates import Ending


@rule(
    "NW001",
    on=Membership,
    phrases={
        "before": "the membership begins ({date:day}) before '{body}' was founded ({other:day})",
        "after": "the membership lasts ({date:day}) beyond the dissolution of '{body}' ({other:day})",
    },
    severity=Severity.ERROR,
    message="{problem:phrase}",
    hint="check both dates; organization and network must both exist throughout a membership",
    basis=citations.TIME,
    looks=(
        own_fields("period"),
        referenced_fields("network_id", "founded", "dissolved"),
        referenced_fields("organization_id", "founded", "dissolved"),
    ),
)
def membership_outside_lifetime(memberships: Iterable[Membership], context: Context) -> Iterator[Violation]:
    """A membership begins after both the network and the organization, and ends no later than either.

    Why: a list of members as of a date would name a body that did not exist then.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "founded": "1999"}], "networks": [{"id": "xa-network", "name": {"en": "Network"}, "kind": "regional", "founded": "2022"}], "memberships": [{"id": "m1", "network_id": "xa-network", "organization_id": "xa-ngo", "period": {"start": "2022-03"}}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "founded": "2023"}], "networks": [{"id": "xa-network", "name": {"en": "Network"}, "kind": "regional", "founded": "2022"}], "memberships": [{"id": "m1", "network_id": "xa-network", "organization_id": "xa-ngo", "period": {"start": "2022-03"}}]}
    """
    for membership in memberships:
        period = membership.period
        if period is None:
            continue
        start = period.start
        last = period.end or (start if period.ending is not Ending.ENDED else None)
        for body in (context.get(membership.network_id), context.get(membership.organization_id)):
            if not isinstance(body, (Network, Organization)):
                continue
            if start is not None and body.founded is not None and start.certainly_before(body.founded):
                path = ("period", "start")
                yield violation(membership, *path, problem="before", date=start, body=body.id, other=body.founded)
            if last is not None and body.dissolved is not None and last.certainly_after(body.dissolved):
                path = ("period", "end" if period.end else "start")
                yield violation(membership, *path, problem="after", date=last, body=body.id, other=body.dissolved)


def _list_sides(memberships: Iterable[Membership], resolve: Resolve) -> Iterator[tuple[Any, tuple[str, str]]]:
    return ((one, (resolve(one.network_id), resolve(one.organization_id))) for one in memberships)


@rule(
    "NW002",
    on=Register,
    severity=Severity.ERROR,
    message="the membership overlaps with '{other}', a membership of the same organization",
    hint="merge the two memberships, or end the first where the second begins",
    basis=citations.IDENTITY,
    looks=(related_fields(Membership, "period", by=("network_id", "organization_id"), sharing=_list_sides),),
)
def overlapping_memberships(registers: Iterable[Register], context: Context) -> Iterator[Violation]:
    """Two memberships of one organization in one network do not overlap.

    Why: the organization would be counted twice.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "networks": [{"id": "xa-network", "name": {"en": "Network"}, "kind": "regional"}], "memberships": [{"id": "m1", "network_id": "xa-network", "organization_id": "xa-ngo", "period": {"start": "2019", "end": "2020"}}, {"id": "m2", "network_id": "xa-network", "organization_id": "xa-ngo", "period": {"start": "2022", "ending": "running"}}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "networks": [{"id": "xa-network", "name": {"en": "Network"}, "kind": "regional"}], "memberships": [{"id": "m1", "network_id": "xa-network", "organization_id": "xa-ngo", "period": {"start": "2019", "ending": "running"}}, {"id": "m2", "network_id": "xa-network", "organization_id": "xa-ngo", "period": {"start": "2022", "ending": "running"}}]}
    """
    for register in registers:
        for group in _group_by_organization(register):
            group.sort(key=lambda membership: (membership.period and membership.period.start) or "")
            for earlier, later in itertools.pairwise(group):
                both_open = earlier.period is None and later.period is None
                if both_open or (earlier.period and later.period and earlier.period.overlaps(later.period)):
                    yield violation(later, other=earlier.id)


def _group_by_organization(register: Register) -> Iterator[list[Membership]]:
    """The memberships of each organization in a network in which any has several."""
    for memberships in register.memberships_by_network.values():
        members = [register.resolved(one.organization_id) for one in memberships]
        if any(itertools.starmap(operator.eq, itertools.pairwise(sorted(members)))):
            by_member: defaultdict[str, list[Membership]] = defaultdict(list)
            for member, membership in zip(members, memberships, strict=True):
                by_member[member].append(membership)
            yield from by_member.values()


@rule(
    "NW003",
    on=Membership,
    severity=Severity.WARNING,
    message="the membership ended ({reason:label}), but no end date is given",
    hint="give the date in 'period', as exactly as it is known, or say 'ending': 'ended'",
    basis=citations.USE,
)
def ended_membership_without_end(memberships: Iterable[Membership], context: Context) -> Iterator[Violation]:
    """A membership that ended says when, or that the day is not known.

    Why: without it the organization still counts as a member.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "networks": [{"id": "xa-network", "name": {"en": "Network"}, "kind": "regional"}], "memberships": [{"id": "m1", "network_id": "xa-network", "organization_id": "xa-ngo", "end_reason": "withdrew", "period": {"ending": "ended"}}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "networks": [{"id": "xa-network", "name": {"en": "Network"}, "kind": "regional"}], "memberships": [{"id": "m1", "network_id": "xa-network", "organization_id": "xa-ngo", "end_reason": "withdrew"}]}
    """
    for membership in memberships:
        period = membership.period
        has_end = period is not None and (period.end is not None or period.ending is Ending.ENDED)
        if membership.end_reason is not None and not has_end:
            yield violation(membership, "period", reason=membership.end_reason)


@rule(
    "NW004",
    on=Membership,
    severity=Severity.WARNING,
    message="'{member}' is of the kind {kind:label}, which the rules of '{network}' do not admit",
    hint="check the kind, or the network's 'eligible_kinds'",
    basis=citations.AGREEMENT,
    looks=(referenced_fields("network_id", "eligible_kinds"), referenced_fields("organization_id", "kind")),
)
def ineligible_member(memberships: Iterable[Membership], context: Context) -> Iterator[Violation]:
    """A member is of a kind that the network's own rules admit.

    Why: networks differ: some admit only NGOs, some exclude associations of firms.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "networks": [{"id": "xa-network", "name": {"en": "Network"}, "kind": "regional", "eligible_kinds": ["ngo", "academia"]}], "memberships": [{"id": "m1", "network_id": "xa-network", "organization_id": "xa-ngo"}]}

    Fails:
        {"organizations": [{"id": "xa-firms", "name": {"en": "Firms of XA"}, "kind": "private-sector-association"}], "networks": [{"id": "xa-network", "name": {"en": "Network"}, "kind": "regional", "eligible_kinds": ["ngo", "academia"]}], "memberships": [{"id": "m1", "network_id": "xa-network", "organization_id": "xa-firms"}]}
    """
    for membership, network, member in _resolve_sides(memberships, context):
        if network.eligible_kinds and member.kind not in network.eligible_kinds and member.kind not in GOVERNMENTAL:
            yield violation(membership, "organization_id", member=member.id, kind=member.kind, network=network.id)


@rule(
    "NW005",
    on=Network,
    severity=Severity.ERROR,
    message="the coordinator '{coordinator}' is not a member of the network",
    hint="add the membership, or correct 'coordinator_ids'",
    basis=citations.OWN_WORK_PLAN,
    looks=(
        referenced_fields("coordinator_ids"),
        naming_fields(Membership, "network_id", "organization_id"),
    ),
)
def coordinator_not_a_member(networks: Iterable[Network], context: Context) -> Iterator[Violation]:
    """An organization that coordinates a network is one of its members.

    Why: a network that decides its own work plan is coordinated from within.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "networks": [{"id": "xa-network", "name": {"en": "Network"}, "kind": "regional", "coordinator_ids": ["xa-ngo"]}], "memberships": [{"id": "m1", "network_id": "xa-network", "organization_id": "xa-ngo"}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "networks": [{"id": "xa-network", "name": {"en": "Network"}, "kind": "regional", "coordinator_ids": ["xa-ngo"]}]}
    """
    for network in networks:
        for position, coordinator in enumerate(network.coordinator_ids):
            body = context.get(coordinator)
            if isinstance(body, Organization) and not _is_member(body, network, context):
                yield violation(network, "coordinator_ids", position, coordinator=coordinator)


def _is_member(body: Organization, network: Network, context: Context) -> bool:
    resolve = context.register.resolved
    memberships = context.list_naming(Membership, "organization_id", body.id)
    return any(resolve(one.network_id) == resolve(network.id) for one in memberships)


@rule(
    "NW006",
    on=Membership,
    severity=Severity.ERROR,
    message="'{member}' belongs to a State, but '{network}' is non-governmental",
    hint="record the body as a partner or sponsor, or correct its kind",
    basis=citations.NON_GOVERNMENTAL,
    looks=(referenced_fields("network_id", "non_governmental"), referenced_fields("organization_id", "kind")),
)
def state_body_in_non_governmental_network(memberships: Iterable[Membership], context: Context) -> Iterator[Violation]:
    """No body of a State is a member of a non-governmental network.

    Why: the network speaks for non-governmental stakeholders; a State's body among them takes that away.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "networks": [{"id": "xa-network", "name": {"en": "Network"}, "kind": "regional"}], "memberships": [{"id": "m1", "network_id": "xa-network", "organization_id": "xa-ngo"}]}

    Fails:
        {"organizations": [{"id": "xa-ministry", "name": {"en": "Ministry of XA"}, "kind": "government-body", "represents": "XA"}], "networks": [{"id": "xa-network", "name": {"en": "Network"}, "kind": "regional"}], "memberships": [{"id": "m1", "network_id": "xa-network", "organization_id": "xa-ministry"}]}
    """
    for membership, network, member in _resolve_sides(memberships, context):
        if network.non_governmental and member.kind in GOVERNMENTAL:
            yield violation(membership, "organization_id", member=member.id, network=network.id)


@rule(
    "NW007",
    on=Network,
    severity=Severity.WARNING,
    message="the number of members is {stated:phrase} in a source, but {listed} in the register",
    phrases={"number": "{number:number}", "qualified": "{qualifier:label} {number:number}"},
    hint="add the missing memberships, or record in 'as_of' of the count the day for which it holds",
    requires_complete=True,
    basis=citations.AGREEMENT,
    looks=(
        own_fields("stated_members"),
        naming_fields(Membership, "network_id", "period").then(referenced_fields("organization_id", "dissolved")),
    ),
)
def member_count_mismatch(networks: Iterable[Network], context: Context) -> Iterator[Violation]:
    """The number of members that a source states agrees with the memberships that the register lists.

    Why: readers will ask which of the two is wrong.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "networks": [{"id": "xa-network", "name": {"en": "Network"}, "kind": "regional", "stated_members": [{"value": 1, "qualifier": "exact", "unit": "organizations", "basis": "members"}]}], "memberships": [{"id": "m1", "network_id": "xa-network", "organization_id": "xa-ngo"}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "networks": [{"id": "xa-network", "name": {"en": "Network"}, "kind": "regional", "stated_members": [{"value": 20, "qualifier": "exact", "unit": "organizations", "basis": "members"}]}], "memberships": [{"id": "m1", "network_id": "xa-network", "organization_id": "xa-ngo"}]}
    """
    for network in networks:
        for position, count in enumerate(network.stated_members):
            listed = context.count_members(context.register.resolved(network.id), count.as_of)
            least, most = count.bounds
            if not least <= listed <= most:
                stated = "number" if least == most else "qualified"
                path = ("stated_members", position)
                yield violation(
                    network, *path, stated=stated, number=count.value, qualifier=count.qualifier, listed=listed
                )


def _resolve_sides(
    memberships: Iterable[Membership], context: Context
) -> Iterator[tuple[Membership, Network, Organization]]:
    """The memberships of which both sides are there, with both."""
    for membership in memberships:
        network, member = context.get(membership.network_id), context.get(membership.organization_id)
        if isinstance(network, Network) and isinstance(member, Organization):
            yield membership, network, member
