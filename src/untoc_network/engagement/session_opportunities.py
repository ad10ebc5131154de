"""What there is to take part in at dialogues, working groups and the Conference, and how one is admitted to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.engagement.applicant import Applicant
from untoc_network.engagement.assessed_entry_point import Blocker, Duty, KnownDay
from untoc_network.engagement.day_agenda import DayAgenda
from untoc_network.engagement.known_sessions import (
    Session,
    list_conference_sessions,
    list_dialogues,
    list_public_events,
    list_working_group_sessions,
    select_next_per_topic,
)
from untoc_network.engagement.log_as_of import states_as_of, truncate_log
from untoc_network.engagement.observer_rules import INTERGOVERNMENTAL_PATHS, list_invitee_kinds, list_open_paths
from untoc_network.engagement.opportunity import (
    Opportunity,
    get_first_and_last_day,
    list_awaited_steps,
    make_session_of_event,
    make_session_opportunity,
)
from untoc_network.engagement.participation_conditions import (
    find_dialogue_application,
    list_observer_application_states,
)
from untoc_network.engagement.translatable_message import Message, make_message
from untoc_network.model.accreditation import ON_NOTICE, AccreditationPath, AccreditationStep
from untoc_network.model.dialogue import ApplicationStep, ConstructiveDialogue, DialogueStep
from untoc_network.model.event import Event, EventKind, EventLinkKind, EventStatus, OutputKind
from untoc_network.model.log_entry import Actor
from untoc_network.process import (
    ACCREDITATION,
    APPLICATION,
    DIALOGUE,
    AccreditationState,
    ApplicationState,
)
from untoc_network.reference.provisions import RULE_14, RULE_15, RULE_16, RULE_17_2
from untoc_network.values.time_limit import TimeLimit, TimeUnit

__all__ = [
    "list_dialogue_opportunities",
    "list_invitations",
    "list_path_applications",
    "list_plenary_opportunities",
    "list_side_event_opportunities",
    "list_working_group_opportunities",
]


def list_dialogue_opportunities(applicant: Applicant) -> Iterator[Opportunity]:
    """The next dialogues on each topic."""
    for session in applicant.agenda.once(_select_dialogues):
        application = find_dialogue_application(applicant, session.record)
        yield applicant.agenda.once(_make_dialogue_opportunity, session, application)


def _select_dialogues(agenda: DayAgenda) -> tuple[Session, ...]:
    return tuple(select_next_per_topic(list_dialogues(agenda.register, agenda.facts), agenda.on))


def _make_dialogue_opportunity(agenda: DayAgenda, session: Session, application: Any) -> Opportunity:
    """A dialogue for who sent an application, or for all who sent none."""
    dialogue: ConstructiveDialogue = session.record
    states = (
        (ApplicationState.IN_PREPARATION,)
        if application is None
        else states_as_of(APPLICATION, application, agenda.register, agenda.on)
    )
    opens, closes = _get_call_days(dialogue, session)
    if states == (ApplicationState.APPROVED,):
        opens, closes = get_first_and_last_day(session)
    return attrs.evolve(
        make_session_opportunity(session),
        thing=dialogue,
        opens=opens,
        closes=closes,
        follows=_describe_followed_session(agenda, dialogue),
        next_step=f"next-{states[0] if len(states) == 1 else 'unclear'}",
        send={} if states[0] == ApplicationState.IN_PREPARATION else None,
        blocked_by=tuple(_list_steps_before_dialogue(agenda, dialogue, application)),
    )


def _describe_followed_session(agenda: DayAgenda, dialogue: ConstructiveDialogue) -> Message | None:
    """The session of a working group that the event of a dialogue follows, and the day its report was adopted."""
    get, resolved = agenda.register.by_id.get, agenda.register.resolved
    held = get(resolved(dialogue.event_id))
    links = held.links_to if isinstance(held, Event) else ()
    followed = (get(resolved(link.event_id)) for link in links if link.kind is EventLinkKind.FOLLOWS)
    session = next((one for one in followed if isinstance(one, Event)), None)
    if session is None:
        return None
    reports = (output.adopted for output in session.outputs if output.kind is OutputKind.REPORT)
    adopted = next((day for day in reports if day is not None), None)
    first, last = session.first_day, session.last_day or session.first_day
    if first is None or last is None:
        return make_message("follows.undated", name=session.name)
    if adopted is None:
        return make_message("follows.days", name=session.name, starts=first, ends=last)
    return make_message("follows.adopted", name=session.name, starts=first, ends=last, adopted=adopted)


def _get_call_days(dialogue: ConstructiveDialogue, session: Session) -> tuple[KnownDay | None, KnownDay | None]:
    opened = next((entry.on for entry in dialogue.log if entry.step is DialogueStep.OPEN_CALL), None)
    closed = dialogue.apply_by or next(
        (entry.on for entry in dialogue.log if entry.step is DialogueStep.CLOSE_CALL), None
    )
    return (
        None if opened is None else KnownDay.of(opened, session.basis),
        None if closed is None else KnownDay.of(closed, session.basis),
    )


def _list_steps_before_dialogue(
    agenda: DayAgenda, dialogue: ConstructiveDialogue, application: Any
) -> Iterator[Blocker]:
    if application is not None:
        then = truncate_log(application, agenda.register, agenda.on)
        objections = [entry for entry in then.log if entry.step is ApplicationStep.OBJECT]
        yield from list_awaited_steps(APPLICATION, then, agenda, objectors=objections[-1].by if objections else ())
    elif dialogue.apply_by is None:
        yield from list_awaited_steps(DIALOGUE, truncate_log(dialogue, agenda.register, agenda.on), agenda)


def list_invitations(applicant: Applicant) -> Iterator[Opportunity]:
    """The next dialogues, for bodies of States and intergovernmental ones, which do not apply but are invited."""
    return iter(applicant.agenda.once(_make_invitations) if list_invitee_kinds(applicant) else ())


def _make_invitations(agenda: DayAgenda) -> tuple[Opportunity, ...]:
    return tuple(
        attrs.evolve(make_session_opportunity(session), follows=_describe_followed_session(agenda, session.record))
        for session in agenda.once(_select_dialogues)
    )


def list_working_group_opportunities(applicant: Applicant) -> Iterator[Opportunity]:
    """The next sessions of the working groups, which are closed to it; one line for all where none is recorded."""
    return iter(applicant.agenda.once(_make_working_group_opportunities))


def _make_working_group_opportunities(agenda: DayAgenda) -> tuple[Opportunity, ...]:
    sessions = select_next_per_topic(list_working_group_sessions(agenda.register, agenda.facts), agenda.on)
    found = tuple(map(_make_opportunity_from_first_to_last_day, sessions))
    return found or (Opportunity(subject_id="working-groups"),)


def _make_opportunity_from_first_to_last_day(session: Session) -> Opportunity:
    opens, closes = get_first_and_last_day(session)
    return attrs.evolve(make_session_opportunity(session), opens=opens, closes=closes)


def _find_next_conference_session(agenda: DayAgenda) -> Session | None:
    sessions = list_conference_sessions(agenda.register, agenda.facts)
    ahead = (one for one in sessions if not one.is_over(agenda.on))
    return min(ahead, key=lambda one: (one.first or "~", one.id), default=None)


def list_path_applications(applicant: Applicant, path: AccreditationPath) -> Iterator[Opportunity]:
    """The notice or application by which one becomes an observer under a rule; of rule 17, for others too, as shut."""
    if path not in _SHOWN_TO_ALL and path not in list_open_paths(applicant):
        return
    session = applicant.agenda.once(_find_next_conference_session)
    if session is None or list_observer_application_states(applicant, session.id) == (AccreditationState.GRANTED,):
        return
    paths = (path, AccreditationPath.RULE_17) if path in _SHOWN_TO_ALL else (path,)
    own = [one for one in applicant.of_the_conference(session.id) if one.path in paths]
    states = applicant.states_of(own[-1]) if own else (AccreditationState.IN_PREPARATION,)
    none_yet = states == (AccreditationState.IN_PREPARATION,) or path in ON_NOTICE
    waiting: list[Blocker] = []
    for one in own[-1:]:
        then = truncate_log(one, applicant.register, applicant.on)
        objections = [entry for entry in then.log if entry.step is AccreditationStep.OBJECT]
        waiting += list_awaited_steps(
            ACCREDITATION, then, applicant.agenda, objectors=objections[-1].by if objections else ()
        )
    yield attrs.evolve(
        make_session_opportunity(session),
        duties=_list_circulation_duties(applicant, session, states) if path is AccreditationPath.RULE_17_2 else (),
        next_step="next" if none_yet else f"next-{states[0] if len(states) == 1 else 'unclear'}",
        send={} if none_yet else None,
        blocked_by=tuple(waiting),
    )


_SHOWN_TO_ALL = frozenset({AccreditationPath.RULE_17_1, AccreditationPath.RULE_17_2})

_NOT_YET_CIRCULATED = frozenset(
    {AccreditationState.IN_PREPARATION, AccreditationState.APPLIED, AccreditationState.WITHDRAWN}
)


def _list_circulation_duties(applicant: Applicant, session: Session, states: tuple[str, ...]) -> tuple[Duty, ...]:
    """Until when the secretariat circulates the list of applicants, unless this application certainly is beyond that.

    Whoever is to stand on the list applies before; until when the secretariat takes applications is not recorded.
    """
    rule = applicant.facts.observer_rule("17(2)")
    if rule is None or session.first is None or _NOT_YET_CIRCULATED.isdisjoint(states):
        return ()
    if rule.limit is None or rule.unit is None:
        return ()
    try:
        earliest, latest = TimeLimit(rule.limit, TimeUnit(rule.unit)).before(session.first)
    except ImpossibleValue:
        return ()  # a day so far off that no calendar has the one before
    return (
        Duty(
            step=AccreditationStep.CIRCULATE,
            actor=Actor.SECRETARIAT,
            until=KnownDay(earliest=earliest, latest=latest, basis=RULE_17_2.no_surer_than(session.basis)),
            said=make_message(
                "observer-17-2.duty" if earliest == latest else "observer-17-2.duty-span",
                earliest=earliest,
                latest=latest,
                days=rule.limit,
            ),
        ),
    )


def list_plenary_opportunities(applicant: Applicant) -> Iterator[Opportunity]:
    """The next session of the Conference, which observers attend."""
    return iter(applicant.agenda.once(_make_plenary_opportunities, _choose_plenary_step(applicant)))


_PLENARY_RULES = {"next-14": RULE_14, "next-15": RULE_15, "next-16": RULE_16}


def _choose_plenary_step(applicant: Applicant) -> str:
    """The wording of what observers of its kind do there."""
    paths = list_open_paths(applicant)
    if paths and paths[0] in INTERGOVERNMENTAL_PATHS:
        return "next-16"
    own = {AccreditationPath.RULE_14: "next-14", AccreditationPath.RULE_15: "next-15"}
    return own.get(paths[0], "next") if len(paths) == 1 else "next"


def _make_plenary_opportunities(agenda: DayAgenda, step: str) -> tuple[Opportunity, ...]:
    session = agenda.once(_find_next_conference_session)
    if session is None:
        return ()
    held = _make_opportunity_from_first_to_last_day(session)
    return (attrs.evolve(held, next_step=step, provision=_PLENARY_RULES.get(step)),)


def list_side_event_opportunities(applicant: Applicant) -> Iterator[Opportunity]:
    """Side events at the next session of the Conference: one of its own, and those that are recorded."""
    return iter(applicant.agenda.once(_make_side_event_opportunities))


def _make_side_event_opportunities(agenda: DayAgenda) -> tuple[Opportunity, ...]:
    session = agenda.once(_find_next_conference_session)
    if session is None:
        return ()
    found = [attrs.evolve(make_session_opportunity(session), next_step="next")]
    for event in agenda.register.events:
        margins = (link.event_id for link in event.links_to if link.kind is EventLinkKind.IN_MARGINS_OF)
        beside = any(agenda.register.resolved(name) == session.id for name in margins)
        if event.kind is EventKind.SIDE_EVENT and beside and event.status is not EventStatus.CANCELLED:
            held = make_session_of_event(agenda, event)
            if not held.is_over(agenda.on):
                found.append(attrs.evolve(_make_opportunity_from_first_to_last_day(held), next_step="next-recorded"))
    found += (
        attrs.evolve(_make_opportunity_from_first_to_last_day(held), next_step="next-recorded")
        for held in list_public_events(agenda.register, agenda.facts, EventKind.SIDE_EVENT)
        if not held.is_over(agenda.on) and _may_be_within(held, session)
    )
    return tuple(found)


def _may_be_within(held: Session, session: Session) -> bool:
    """Whether one may take place on the days of the other, as far as both are known."""
    if held.first is None or session.first is None or session.last is None:
        return False
    return not held.first.certainly_before(session.first) and not held.first.certainly_after(session.last)
