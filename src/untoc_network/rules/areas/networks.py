"""NW: networks and what they plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from untoc_network.diagnostics.findings import Severity
from untoc_network.model.network import ActionPlan, ActionStatus, Membership, Network, NetworkKind, NetworkLinkKind
from untoc_network.model.register import Register
from untoc_network.rules import citations
from untoc_network.rules.areas.duplicates_cycles_overlaps import find_cycles
from untoc_network.rules.looked_at_fields import naming_fields, own_fields, related_fields
from untoc_network.rules.rule import Context, Violation, rule, violation


@rule(
    "NW008",
    on=ActionPlan,
    severity=Severity.WARNING,
    message="the action has no owner",
    hint="name in 'owner_ids' who carries out the action",
    basis=citations.USE,
)
def action_without_owner(plans: Iterable[ActionPlan], context: Context) -> Iterator[Violation]:
    """An action that is not dropped has an owner.

    Why: what everybody should do, nobody does.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "networks": [{"id": "xa-network", "name": {"en": "Network"}, "kind": "regional"}], "action_plans": [{"id": "plan", "network_id": "xa-network", "name": {"en": "Plan"}, "status": "adopted", "actions": [{"objective": {"en": "Write the mirror report"}, "owner_ids": ["xa-ngo"]}]}]}

    Fails:
        {"networks": [{"id": "xa-network", "name": {"en": "Network"}, "kind": "regional"}], "action_plans": [{"id": "plan", "network_id": "xa-network", "name": {"en": "Plan"}, "status": "adopted", "actions": [{"objective": {"en": "Write the mirror report"}}]}]}
    """
    for plan in plans:
        for position, action in enumerate(plan.actions):
            if not action.owner_ids and action.status is not ActionStatus.MISSING:
                yield violation(plan, "actions", position, "owner_ids")


@rule(
    "NW009",
    on=ActionPlan,
    severity=Severity.WARNING,
    message="the action was due on {due:day} and is {status:label}",
    hint="bring the status up to date, or agree on a new date",
    needs_day=True,
    basis=citations.USE,
)
def overdue_action(plans: Iterable[ActionPlan], context: Context) -> Iterator[Violation]:
    """An action is done, or dropped, by the day that it is due.

    Why: an overdue action that nobody sees stays overdue.

    Passes:
        {"networks": [{"id": "xa-network", "name": {"en": "Network"}, "kind": "regional"}], "action_plans": [{"id": "plan", "network_id": "xa-network", "name": {"en": "Plan"}, "status": "adopted", "actions": [{"objective": {"en": "Write the mirror report"}, "due": "2020-01", "status": "done"}]}]}

    Fails:
        {"networks": [{"id": "xa-network", "name": {"en": "Network"}, "kind": "regional"}], "action_plans": [{"id": "plan", "network_id": "xa-network", "name": {"en": "Plan"}, "status": "adopted", "actions": [{"objective": {"en": "Write the mirror report"}, "due": "2020-01", "status": "under-way"}]}]}
    """
    for plan in plans:
        for position, action in enumerate(plan.actions):
            is_open = action.status in (ActionStatus.PLANNED, ActionStatus.UNDER_WAY)
            if is_open and action.due is not None and action.due.certainly_before(context.day):
                yield violation(plan, "actions", position, "due", due=action.due, status=action.status)


@rule(
    "NW010",
    on=ActionPlan,
    severity=Severity.ERROR,
    message="the action is due ({due:day}) before its plan was decided ({decided:day})",
    hint="check both dates",
    basis=citations.TIME,
)
def action_due_before_decision(plans: Iterable[ActionPlan], context: Context) -> Iterator[Violation]:
    """An action is due after its plan was decided.

    Why: one of the two dates is wrong.

    Passes:
        {"networks": [{"id": "xa-network", "name": {"en": "Network"}, "kind": "regional"}], "action_plans": [{"id": "plan", "network_id": "xa-network", "name": {"en": "Plan"}, "status": "adopted", "decided": "2022-03", "actions": [{"objective": {"en": "Write the mirror report"}, "due": "2023"}]}]}

    Fails:
        {"networks": [{"id": "xa-network", "name": {"en": "Network"}, "kind": "regional"}], "action_plans": [{"id": "plan", "network_id": "xa-network", "name": {"en": "Plan"}, "status": "adopted", "decided": "2022-03", "actions": [{"objective": {"en": "Write the mirror report"}, "due": "2021"}]}]}
    """
    for plan in plans:
        for position, action in enumerate(plan.actions):
            if plan.decided is not None and action.due is not None and action.due.certainly_before(plan.decided):
                yield violation(plan, "actions", position, "due", due=action.due, decided=plan.decided)


@rule(
    "NW011",
    on=Network,
    severity=Severity.ERROR,
    message="the national alliance is expected to name one country, got {number:number}",
    hint="name the one country of the alliance in 'countries'",
    basis=citations.NATIONAL_ALLIANCE,
)
def alliance_without_one_country(networks: Iterable[Network], context: Context) -> Iterator[Violation]:
    """A national alliance names exactly one country.

    Why: it takes part in that country's review; without it nobody can say in which.

    Passes:
        {"networks": [{"id": "xa-alliance", "name": {"en": "Alliance of XA"}, "kind": "national-alliance", "countries": ["XA"]}]}

    Fails:
        {"networks": [{"id": "xa-alliance", "name": {"en": "Alliance of XA"}, "kind": "national-alliance"}]}
    """
    for network in networks:
        if network.kind is NetworkKind.NATIONAL_ALLIANCE and len(network.countries) != 1:
            yield violation(network, "countries", number=len(network.countries))


@rule(
    "NW012",
    on=Register,
    severity=Severity.WARNING,
    message="the network is part of '{whole}', which in turn is part of the network",
    hint="correct the 'part-of' link that closes the cycle",
    basis=citations.NO_CIRCLES,
    looks=(related_fields(Network, "links_to"),),
)
def network_part_of_cycle(registers: Iterable[Register], context: Context) -> Iterator[Violation]:
    """No network is part of itself, directly or through others.

    Why: a network of networks stands above its parts.

    Passes:
        {"networks": [{"id": "hub", "name": {"en": "Hub"}, "kind": "network-of-networks"}, {"id": "xa-network", "name": {"en": "Network"}, "kind": "regional", "links_to": [{"kind": "part-of", "network_id": "hub"}]}]}

    Fails:
        {"networks": [{"id": "hub", "name": {"en": "Hub"}, "kind": "network-of-networks", "links_to": [{"kind": "part-of", "network_id": "hub"}]}]}
    """

    def list_parents(network_id: str) -> Iterator[str]:
        network = context.get(network_id)
        if isinstance(network, Network):
            yield from (link.network_id for link in network.links_to if link.kind is NetworkLinkKind.PART_OF)

    for register in registers:
        for part, whole in find_cycles((network.id for network in register.networks), list_parents):
            yield violation(context.get(part), "links_to", whole=whole)


@rule(
    "NW013",
    on=Network,
    severity=Severity.INFO,
    message="the network lists no members",
    hint="add memberships, or say in 'blanks' that the members are not known",
    requires_complete=True,
    basis=citations.USE,
    looks=(own_fields("stated_members", "blanks"), naming_fields(Membership, "network_id")),
)
def network_without_members(networks: Iterable[Network], context: Context) -> Iterator[Violation]:
    """A network lists at least one member, or states that they are not known.

    Why: a network without members is only a name.

    Passes:
        {"networks": [{"id": "xa-network", "name": {"en": "Network"}, "kind": "regional", "blanks": [{"field": "stated_members", "reason": "unknown"}]}]}

    Fails:
        {"networks": [{"id": "xa-network", "name": {"en": "Network"}, "kind": "regional"}]}
    """
    for network in networks:
        open_about_it = network.stated_members or any(blank.field == "stated_members" for blank in network.blanks)
        if not open_about_it and not any(True for _ in context.list_naming(Membership, "network_id", network.id)):
            yield violation(network)
