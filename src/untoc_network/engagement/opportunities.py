"""What there is to take part in: for each kind of entry point, the openings of one organization on one day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.diagnostics.findings import Certainty
from untoc_network.engagement.applicant import Applicant
from untoc_network.engagement.conditions import application_to, observer_states
from untoc_network.engagement.entry_point import Blocker, KnownDay
from untoc_network.engagement.log_as_of import states_as_of, truncate_log
from untoc_network.engagement.message import Value
from untoc_network.engagement.opportunity import Opportunity
from untoc_network.engagement.sessions import (
    Session,
    basis_of_record,
    conference_sessions,
    describe_place,
    dialogues,
    next_per_topic,
    working_group_sessions,
)
from untoc_network.model.accreditation import AccreditationPath, AccreditationStep
from untoc_network.model.convention import TreatyCode
from untoc_network.model.country_review import (
    ArtefactKind,
    CountryReview,
    CountryReviewStep,
    Nomination,
    Questionnaire,
    QuestionnaireStep,
    Visibility,
)
from untoc_network.model.dialogue import ApplicationStep, ConstructiveDialogue, DialogueStep
from untoc_network.model.event import EventKind, EventLinkKind, EventStatus
from untoc_network.model.log_entry import Actor
from untoc_network.model.network import ActionStatus, Network, PlanStatus
from untoc_network.process import (
    ACCREDITATION,
    APPLICATION,
    COUNTRY_REVIEW,
    DIALOGUE,
    QUESTIONNAIRE,
    AccreditationState,
    ApplicationState,
    QuestionnaireState,
    ReviewState,
)
from untoc_network.process.accreditation import RULE_17_2, THIRTY_DAYS
from untoc_network.process.country_review import phase_start
from untoc_network.process.procedure import Procedure
from untoc_network.process.transition import Case
from untoc_network.values.ids import CountryCode, CountryReviewId

__all__ = [
    "list_consultations",
    "list_dialogue_opportunities",
    "list_first_path_applications",
    "list_follow_ups",
    "list_meetings",
    "list_planned_actions",
    "list_plenary_opportunities",
    "list_second_path_applications",
    "list_side_event_opportunities",
    "list_working_group_opportunities",
]

# -- country reviews -------------------------------------------------------------------------------------------------


def list_consultations(applicant: Applicant) -> Iterator[Opportunity]:
    """The questionnaires that States where the organization is or works have not certainly submitted."""
    for review in _reviews(applicant):
        states = states_as_of(COUNTRY_REVIEW, review, applicant.register, applicant.on)
        if _has_come_to(states[0], ReviewState.QUESTIONNAIRE_SUBMITTED):
            continue
        for questionnaire in review.questionnaires or (None,):
            if questionnaire is None or not _is_submitted(applicant, questionnaire):
                yield _consultation(applicant, review, questionnaire)


def _consultation(applicant: Applicant, review: CountryReview, questionnaire: Questionnaire | None) -> Opportunity:
    country, point = review.country, _focal_point(applicant, review)
    office = point.office if point is not None else None
    instrument = None if questionnaire is None else questionnaire.instrument
    named: dict[str, Value] = {} if office is None else {"office": office}
    if instrument is not None:
        named["instrument"] = instrument
    return Opportunity(
        subject_id=review.id if instrument is None else f"{review.id}/{instrument.lower()}",
        thing=(review, questionnaire),
        values={**_of_review(review), **named},
        opens=_launch(applicant, review),
        closes=_due(applicant, review, questionnaire),
        country=country,
        next_step="next-office" if office else "next",
        send=_articles(applicant, review, instrument),
        blocked_by=tuple(_before_the_questionnaire(applicant, review, point)),
    )


def _reviews(applicant: Applicant) -> Iterator[CountryReview]:
    """The reviews of the countries where it is or works; of a party without one, that of the first phase."""
    for country in applicant.countries:
        recorded_reviews = applicant.register.reviews_of(country)
        yield from recorded_reviews
        if not recorded_reviews and applicant.facts.is_party(country, TreatyCode.UNTOC, on=applicant.on):
            row = applicant.facts.group_assignment(country)
            yield CountryReview(
                id=CountryReviewId(f"review-{country.lower()}-1"),
                country=country,
                group=None if row is None else row.group,
                phase=1,
                cluster=1,
            )


def _of_review(review: CountryReview) -> dict[str, Value]:
    known: dict[str, Value | None] = {"country": review.country, "cluster": review.cluster}
    return {name: value for name, value in known.items() if value is not None}


def _launch(applicant: Applicant, review: CountryReview) -> KnownDay | None:
    started = next((entry for entry in review.log if entry.step is CountryReviewStep.START), None)
    if started is not None and started.on is not None:
        return KnownDay.of(started.on, basis_of_record(applicant.register, review))
    anchor = phase_start(Case(thing=review, register=applicant.register, reference=applicant.facts))
    return None if anchor is None else KnownDay.of(*anchor)


def _due(applicant: Applicant, review: CountryReview, questionnaire: Questionnaire | None) -> KnownDay | None:
    known: dict[str, Any] = {"register": applicant.register, "reference": applicant.facts}
    if questionnaire is None:
        deadlines, step = COUNTRY_REVIEW.deadlines(review, **known), str(CountryReviewStep.SUBMIT_QUESTIONNAIRE)
    else:
        deadlines, step = QUESTIONNAIRE.deadlines(questionnaire, whole=review, **known), str(QuestionnaireStep.SUBMIT)
    due = next((deadline for deadline in deadlines if deadline.step == step), None)
    return None if due is None else KnownDay(earliest=due.earliest, latest=due.latest, basis=due.basis)


def _focal_point(applicant: Applicant, review: CountryReview) -> Nomination | None:
    named = review.focal_points(review.country)
    held = [one for one in named if not (one.period and one.period.surely_outside(applicant.on))]
    return held[-1] if held else None


def _articles(applicant: Applicant, review: CountryReview, instrument: TreatyCode | None) -> dict[str, Value]:
    """The articles that mirror answers can be on, and how sure it is that they are in the cluster."""
    facts, country = applicant.facts, review.country
    instruments = (instrument,) if instrument else review.instruments
    treaties = instruments or tuple(code for code in TreatyCode if facts.is_party(country, code, on=applicant.on))
    pairs = [(code, article.number) for code in treaties for article in facts.articles(code, cluster=review.cluster)]
    if review.cluster is None or not pairs:
        return {}
    rows = [facts.cluster_article(code, number) for code, number in pairs]
    certainty = Certainty.least(row.certainty for row in rows if row is not None)
    return {"articles": tuple(f"{code} {number}" for code, number in pairs), "certainty": certainty}


def _before_the_questionnaire(
    applicant: Applicant, review: CountryReview, point: Nomination | None
) -> Iterator[Blocker]:
    then = truncate_log(review, applicant.register, applicant.on)
    for blocker in _waits(COUNTRY_REVIEW, then, applicant, by=review.country):
        if blocker.step != CountryReviewStep.NOMINATE_FOCAL_POINT or point is None:
            yield blocker


def _is_submitted(applicant: Applicant, questionnaire: Questionnaire) -> bool:
    states = states_as_of(QUESTIONNAIRE, questionnaire, applicant.register, applicant.on)
    return states == (QuestionnaireState.SUBMITTED,)


def _has_come_to(state: str, milestone: ReviewState) -> bool:
    order = tuple(ReviewState)
    return order.index(ReviewState(state)) >= order.index(milestone)


def list_follow_ups(applicant: Applicant) -> Iterator[Opportunity]:
    """The reviews of its countries of which a list of observations is agreed, or may be."""
    for review in _reviews(applicant):
        states = states_as_of(COUNTRY_REVIEW, review, applicant.register, applicant.on)
        if not _has_come_to(states[-1], ReviewState.OBSERVATIONS_AGREED):
            continue
        lists = [one for one in review.artefacts if one.kind is ArtefactKind.LIST_OF_OBSERVATIONS]
        shown = next((one for one in lists if one.published is not None), None)
        published = None if shown is None or shown.published is None else KnownDay.of(shown.published)
        withheld = Blocker(
            procedure=COUNTRY_REVIEW.name,
            step="publish-observations",
            actor=Actor.STATE_UNDER_REVIEW,
            by=review.country,
        )
        may_be_read = published is not None or any(one.visibility is Visibility.PUBLIC for one in lists)
        yield Opportunity(
            subject_id=review.id,
            thing=review,
            values=_of_review(review),
            country=review.country,
            published=published,
            blocked_by=() if may_be_read else (withheld,),
            links=tuple(one.url for one in lists if one.url is not None),
        )


# -- dialogues and working groups ------------------------------------------------------------------------------------


def list_dialogue_opportunities(applicant: Applicant) -> Iterator[Opportunity]:
    """The next dialogues on each topic."""
    for session in next_per_topic(dialogues(applicant.register, applicant.facts), applicant.on):
        dialogue: ConstructiveDialogue = session.record
        application = application_to(applicant, Opportunity(subject_id=session.id, thing=dialogue))
        states = (
            (ApplicationState.IN_PREPARATION,)
            if application is None
            else states_as_of(APPLICATION, application, applicant.register, applicant.on)
        )
        opens, closes = _call(dialogue, session)
        if states == (ApplicationState.APPROVED,):
            opens, closes = _days(session)
        yield attrs.evolve(
            _taking_place(session),
            thing=dialogue,
            opens=opens,
            closes=closes,
            next_step=f"next-{states[0] if len(states) == 1 else 'unclear'}",
            send={} if states[0] == ApplicationState.IN_PREPARATION else None,
            blocked_by=tuple(_before_the_dialogue(applicant, dialogue, application)),
        )


def _call(dialogue: ConstructiveDialogue, session: Session) -> tuple[KnownDay | None, KnownDay | None]:
    opened = next((entry.on for entry in dialogue.log if entry.step is DialogueStep.OPEN_CALL), None)
    closed = dialogue.apply_by or next(
        (entry.on for entry in dialogue.log if entry.step is DialogueStep.CLOSE_CALL), None
    )
    return (
        None if opened is None else KnownDay.of(opened, session.basis),
        None if closed is None else KnownDay.of(closed, session.basis),
    )


def _before_the_dialogue(applicant: Applicant, dialogue: ConstructiveDialogue, application: Any) -> Iterator[Blocker]:
    if application is not None:
        then = truncate_log(application, applicant.register, applicant.on)
        objections = [entry.by for entry in then.log if entry.step is ApplicationStep.OBJECT]
        yield from _waits(APPLICATION, then, applicant, objector=objections[-1] if objections else None)
    elif dialogue.apply_by is None:
        yield from _waits(DIALOGUE, truncate_log(dialogue, applicant.register, applicant.on), applicant)


def list_working_group_opportunities(applicant: Applicant) -> Iterator[Opportunity]:
    """The next sessions of the working groups, which are closed to it; one line for all where none is recorded."""
    sessions = list(next_per_topic(working_group_sessions(applicant.register, applicant.facts), applicant.on))
    for session in sessions:
        opens, closes = _days(session)
        yield attrs.evolve(_taking_place(session), opens=opens, closes=closes)
    if not sessions:
        yield Opportunity(subject_id="working-groups")


# -- the Conference --------------------------------------------------------------------------------------------------


def _next_session(applicant: Applicant) -> Session | None:
    sessions = conference_sessions(applicant.register, applicant.facts)
    ahead = (one for one in sessions if not one.is_over(applicant.on))
    return min(ahead, key=lambda one: (one.first or "~", one.id), default=None)


def list_first_path_applications(applicant: Applicant) -> Iterator[Opportunity]:
    """The application of a body in consultative status with ECOSOC, rule 17(1)."""
    yield from _applications(applicant, AccreditationPath.RULE_17_1)


def list_second_path_applications(applicant: Applicant) -> Iterator[Opportunity]:
    """The application of any other relevant body, rule 17(2)."""
    yield from _applications(applicant, AccreditationPath.RULE_17_2)


def _applications(applicant: Applicant, path: AccreditationPath) -> Iterator[Opportunity]:
    session = _next_session(applicant)
    if session is None or observer_states(applicant, session.id) == (AccreditationState.GRANTED,):
        return
    own = [one for one in applicant.of_the_conference(session.id) if one.path in (path, AccreditationPath.RULE_17)]
    states = applicant.states_of(own[-1]) if own else (AccreditationState.IN_PREPARATION,)
    none_yet = states == (AccreditationState.IN_PREPARATION,)
    waiting: list[Blocker] = []
    for one in own[-1:]:
        then = truncate_log(one, applicant.register, applicant.on)
        objections = [entry.by for entry in then.log if entry.step is AccreditationStep.OBJECT]
        waiting += _waits(ACCREDITATION, then, applicant, objector=objections[-1] if objections else None)
    yield attrs.evolve(
        _taking_place(session),
        closes=_circulated(session) if path is AccreditationPath.RULE_17_2 else None,
        next_step="next" if none_yet else f"next-{states[0] if len(states) == 1 else 'unclear'}",
        send={} if none_yet else None,
        blocked_by=tuple(waiting),
    )


def _circulated(session: Session) -> KnownDay | None:
    """The last day on which the list of applicants is circulated: whoever is to stand on it applies before."""
    if session.first is None:
        return None
    try:
        earliest, latest = THIRTY_DAYS.before(session.first)
    except ImpossibleValue:
        return None  # a day so far off that no calendar has the one before
    basis = attrs.evolve(RULE_17_2, certainty=Certainty.DERIVED).no_surer_than(session.basis)
    return KnownDay(earliest=earliest, latest=latest, basis=basis)


def list_plenary_opportunities(applicant: Applicant) -> Iterator[Opportunity]:
    """The next session of the Conference, which observers attend."""
    session = _next_session(applicant)
    if session is not None:
        opens, closes = _days(session)
        yield attrs.evolve(_taking_place(session), opens=opens, closes=closes)


def list_side_event_opportunities(applicant: Applicant) -> Iterator[Opportunity]:
    """Side events at the next session of the Conference: one of its own, and those that are recorded."""
    session = _next_session(applicant)
    if session is None:
        return
    yield attrs.evolve(_taking_place(session), next_step="next")
    for event in applicant.register.events:
        margins = (link.event_id for link in event.links_to if link.kind is EventLinkKind.IN_MARGINS_OF)
        beside = any(applicant.register.resolved(name) == session.id for name in margins)
        if event.kind is EventKind.SIDE_EVENT and beside and event.status is not EventStatus.CANCELLED:
            held = _of_event(applicant, event)
            if not held.is_over(applicant.on):
                opens, closes = _days(held)
                yield attrs.evolve(_taking_place(held), opens=opens, closes=closes, next_step="next-recorded")


# -- the network -----------------------------------------------------------------------------------------------------


def list_planned_actions(applicant: Applicant) -> Iterator[Opportunity]:
    """What the networks of the organization mean to do and have not done."""
    for plan in applicant.register.action_plans:
        network = applicant.register.by_id.get(applicant.register.resolved(plan.network_id))
        decided_later = plan.decided is not None and plan.decided.certainly_after(applicant.on)
        if (
            not isinstance(network, Network)
            or network.id not in applicant.networks
            or plan.status is PlanStatus.COMPLETED
            or decided_later
        ):
            continue
        for number, action in enumerate(plan.actions, start=1):
            if action.status in (ActionStatus.PLANNED, ActionStatus.UNDER_WAY):
                basis = basis_of_record(applicant.register, plan)
                yield Opportunity(
                    subject_id=f"{plan.id}/{number}",
                    thing=(network, action),
                    values={"objective": action.objective, "network": network.name, "plan": plan.name},
                    opens=None if plan.decided is None else KnownDay.of(plan.decided, basis),
                    closes=None if action.due is None else KnownDay.of(action.due, basis),
                    topics=action.themes,
                    basis=basis,
                )


MEETINGS = frozenset(
    {
        EventKind.REGIONAL_CONSULTATION,
        EventKind.CONSULTATION,
        EventKind.MULTISTAKEHOLDER_MEETING,
        EventKind.TRAINING,
        EventKind.WORKSHOP,
        EventKind.NEEDS_ASSESSMENT,
        EventKind.PREPARATION_DAY,
        EventKind.BRIEFING,
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
    for event in applicant.register.events:
        if event.kind not in MEETINGS or event.status is EventStatus.CANCELLED:
            continue
        held = _of_event(applicant, event)
        undated = event.first_day is None and event.status not in (EventStatus.PLANNED, EventStatus.CONFIRMED)
        if not undated and not held.is_over(applicant.on):
            opens, closes = _days(held)
            kind: dict[str, Value] = {"kind": event.kind}
            taking_place = _taking_place(held)
            yield attrs.evolve(
                taking_place,
                thing=event,
                values={**taking_place.values, **kind},
                opens=opens,
                closes=closes,
                country=event.place.country if event.place else None,
            )


# -- what they share -------------------------------------------------------------------------------------------------


def _of_event(applicant: Applicant, event: Any) -> Session:
    return Session(
        id=event.id,
        record=event,
        name=event.name,
        first=event.first_day,
        last=event.last_day or event.first_day,
        place=describe_place(event),
        topics=event.themes,
        basis=basis_of_record(applicant.register, event),
        page=event.page,
    )


def _taking_place(session: Session) -> Opportunity:
    """What all openings at a session or meeting have."""
    known: dict[str, Value | None] = {
        "topics": session.topics,
        "name": session.name,
        "session": session.number,
        "place": session.place,
    }
    return Opportunity(
        subject_id=session.id,
        thing=session.record,
        values={name: value for name, value in known.items() if value},
        starts=session.first,
        ends=session.last,
        topics=session.topics,
        basis=session.basis,
        links=() if session.page is None else (session.page,),
    )


def _days(session: Session) -> tuple[KnownDay | None, KnownDay | None]:
    """From the first day to the last."""
    if session.first is None:
        return None, None
    return KnownDay.of(session.first, session.basis), KnownDay.of(session.last or session.first, session.basis)


_WAITED_FOR = frozenset(
    {
        CountryReviewStep.START,
        CountryReviewStep.NOMINATE_FOCAL_POINT,
        CountryReviewStep.HOLD_INITIAL_CONSULTATION,
        DialogueStep.OPEN_CALL,
        ApplicationStep.APPROVE,
        ApplicationStep.WITHDRAW_OBJECTIONS,
        AccreditationStep.CIRCULATE,
        AccreditationStep.GRANT,
        AccreditationStep.DECIDE_IN_FAVOUR,
    }
)
"""The steps of others that let stakeholders in."""


def _waits(
    procedure: Procedure,
    thing: Any,
    applicant: Applicant,
    *,
    by: CountryCode | None = None,
    objector: CountryCode | None = None,
) -> Iterator[Blocker]:
    """The steps of others that the procedure allows next and that let stakeholders in; with `by`, of that State."""
    known: dict[str, Any] = {"register": applicant.register, "reference": applicant.facts}
    for step in procedure.what_next(thing, applicant.on, **known):
        if step.step in _WAITED_FOR and step.waits_for is None and (by is None or step.by in (None, by)):
            who = objector if step.step == ApplicationStep.WITHDRAW_OBJECTIONS else step.by
            yield Blocker(procedure=procedure.name, step=step.step, actor=step.actor, by=who)
