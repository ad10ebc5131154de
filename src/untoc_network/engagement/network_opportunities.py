"""What there is to take part in within networks: what they plan, and where stakeholders meet."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import attrs

from untoc_network.engagement.applicant import Applicant
from untoc_network.engagement.assessed_entry_point import KnownDay
from untoc_network.engagement.day_agenda import DayAgenda
from untoc_network.engagement.known_sessions import Session, list_public_events, make_basis_of_record
from untoc_network.engagement.opportunity import (
    Opportunity,
    get_first_and_last_day,
    make_session_of_event,
    make_session_opportunity,
)
from untoc_network.engagement.translatable_message import Value
from untoc_network.model.event import Event, EventKind, EventStatus
from untoc_network.model.network import ActionStatus, Network, PlanStatus

__all__ = ["list_gatherings", "list_meetings", "list_planned_actions"]


def list_planned_actions(applicant: Applicant) -> Iterator[Opportunity]:
    """What the networks of the organization mean to do and have not done."""
    planned = applicant.agenda.once(_group_planned_actions) if applicant.networks else {}
    places = sorted(one for network_id in applicant.networks for one in planned.get(network_id, ()))
    return (opportunity for _, opportunity in places)


def _group_planned_actions(agenda: DayAgenda) -> Mapping[str, list[_PlacedAction]]:
    """By the id of a network what it means to do, with the place among all."""
    register, found = agenda.register, defaultdict[str, list[_PlacedAction]](list)
    places = itertools.count()
    for plan in register.action_plans:
        network = register.by_id.get(register.resolved(plan.network_id))
        decided_later = plan.decided is not None and plan.decided.certainly_after(agenda.on)
        if not isinstance(network, Network) or plan.status is PlanStatus.COMPLETED or decided_later:
            continue
        for number, action in enumerate(plan.actions, start=1):
            if action.status in (ActionStatus.PLANNED, ActionStatus.UNDER_WAY):
                basis = make_basis_of_record(register, plan)
                opportunity = Opportunity(
                    subject_id=f"{plan.id}/{number}",
                    thing=(network, action),
                    values={"objective": action.objective, "network": network.name, "plan": plan.name},
                    opens=None if plan.decided is None else KnownDay.of(plan.decided, basis),
                    closes=None if action.due is None else KnownDay.of(action.due, basis),
                    topics=action.themes,
                    basis=basis,
                )
                found[network.id].append(_PlacedAction(next(places), opportunity))
    return found


class _PlacedAction(NamedTuple):
    """What a network means to do, and its place among what all do."""

    place: int
    opportunity: Opportunity


MEETINGS = frozenset(
    {
        EventKind.REGIONAL_CONSULTATION,
        EventKind.CONSULTATION,
        EventKind.MULTISTAKEHOLDER_MEETING,
        EventKind.TRAINING,
        EventKind.WORKSHOP,
        EventKind.NEEDS_ASSESSMENT,
        EventKind.LAUNCH,
        EventKind.PILOT_INITIATIVE_MEETING,
        EventKind.NETWORK_MEETING,
        EventKind.ROUNDTABLE,
        EventKind.CONFERENCE,
        EventKind.E_LEARNING_COHORT,
    }
)
"""The kinds of event that stakeholders come together at."""


def list_meetings(applicant: Applicant) -> Iterator[Opportunity]:
    """Consultations, trainings and meetings of stakeholders that lie ahead."""
    return iter(applicant.agenda.once(_make_meetings))


def _make_meetings(agenda: DayAgenda) -> tuple[Opportunity, ...]:
    return tuple(_list_gatherings_of_register(agenda, MEETINGS))


def list_gatherings(applicant: Applicant, kind: EventKind) -> Iterator[Opportunity]:
    """The events of a kind that lie ahead: those of the register, and of the facts those that it does not have."""
    return iter(applicant.agenda.once(_make_gatherings, kind))


def _make_gatherings(agenda: DayAgenda, kind: EventKind) -> tuple[Opportunity, ...]:
    public = list_public_events(agenda.register, agenda.facts, kind)
    return (
        *_list_gatherings_of_register(agenda, frozenset({kind})),
        *(_make_gathering(session) for session in public if not session.is_over(agenda.on)),
    )


def _list_gatherings_of_register(agenda: DayAgenda, kinds: frozenset[EventKind]) -> Iterator[Opportunity]:
    for event in agenda.register.events:
        if event.kind not in kinds or event.status is EventStatus.CANCELLED:
            continue
        held = make_session_of_event(agenda, event)
        undated = event.first_day is None and event.status not in (EventStatus.PLANNED, EventStatus.CONFIRMED)
        if not undated and not held.is_over(agenda.on):
            yield _make_gathering(held)


def _make_gathering(held: Session) -> Opportunity:
    event: Event = held.record
    opens, closes = get_first_and_last_day(held)
    kind: dict[str, Value] = {"kind": event.kind}
    taking_place = make_session_opportunity(held)
    return attrs.evolve(
        taking_place,
        thing=event,
        values={**taking_place.values, **kind},
        opens=opens,
        closes=closes,
        country=event.place.country if event.place else None,
    )
