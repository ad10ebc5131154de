"""What there is to take part in: for each kind of entry point, the openings of one organization on one day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.diagnostics.findings import Certainty
from untoc_network.engagement.applicant import Situation
from untoc_network.engagement.conditions import application_to, observer_states
from untoc_network.engagement.entry_point import Blocker, Bound
from untoc_network.engagement.log_as_of import states_on, thing_on
from untoc_network.engagement.message import Value
from untoc_network.engagement.opportunity import Opening
from untoc_network.engagement.sessions import (
    Occasion,
    conference_sessions,
    dialogues,
    next_on_each_topic,
    place_of,
    recorded,
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
from untoc_network.process.country_review import start_of
from untoc_network.process.procedure import Procedure
from untoc_network.process.transition import Case
from untoc_network.values.ids import CountryCode, CountryReviewId

__all__ = [
    "action_openings",
    "consultation_openings",
    "dialogue_openings",
    "first_path_openings",
    "follow_up_openings",
    "meeting_openings",
    "plenary_openings",
    "second_path_openings",
    "side_event_openings",
    "working_group_openings",
]

# -- country reviews -------------------------------------------------------------------------------------------------


def consultation_openings(situation: Situation) -> Iterator[Opening]:
    """The questionnaires that States where the organization is or works have not certainly submitted."""
    for review in _reviews(situation):
        states = states_on(COUNTRY_REVIEW, review, situation.register, situation.on)
        if _has_come_to(states[0], ReviewState.QUESTIONNAIRE_SUBMITTED):
            continue
        for questionnaire in review.questionnaires or (None,):
            if questionnaire is None or not _is_submitted(situation, questionnaire):
                yield _consultation(situation, review, questionnaire)


def _consultation(situation: Situation, review: CountryReview, questionnaire: Questionnaire | None) -> Opening:
    country, point = review.country, _focal_point(situation, review)
    office = point.office if point is not None else None
    instrument = None if questionnaire is None else questionnaire.instrument
    named: dict[str, Value] = {} if office is None else {"office": office}
    if instrument is not None:
        named["instrument"] = instrument
    return Opening(
        subject_id=review.id if instrument is None else f"{review.id}/{instrument.lower()}",
        thing=(review, questionnaire),
        values={**_of_review(review), **named},
        opens=_launch(situation, review),
        closes=_due(situation, review, questionnaire),
        country=country,
        next_step="next-office" if office else "next",
        send=_articles(situation, review, instrument),
        blocked_by=tuple(_before_the_questionnaire(situation, review, point)),
    )


def _reviews(situation: Situation) -> Iterator[CountryReview]:
    """The reviews of the countries where it is or works; of a party without one, that of the first phase."""
    for country in situation.countries:
        recorded_reviews = situation.register.reviews_of(country)
        yield from recorded_reviews
        if not recorded_reviews and situation.facts.is_party(country, TreatyCode.UNTOC, on=situation.on):
            row = situation.facts.group_assignment(country)
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


def _launch(situation: Situation, review: CountryReview) -> Bound | None:
    started = next((entry for entry in review.log if entry.step is CountryReviewStep.START), None)
    if started is not None and started.on is not None:
        return Bound.of(started.on, recorded(situation.register, review))
    anchor = start_of(Case(thing=review, register=situation.register, reference=situation.facts))
    return None if anchor is None else Bound.of(*anchor)


def _due(situation: Situation, review: CountryReview, questionnaire: Questionnaire | None) -> Bound | None:
    known: dict[str, Any] = {"register": situation.register, "reference": situation.facts}
    if questionnaire is None:
        deadlines, step = COUNTRY_REVIEW.deadlines(review, **known), str(CountryReviewStep.SUBMIT_QUESTIONNAIRE)
    else:
        deadlines, step = QUESTIONNAIRE.deadlines(questionnaire, whole=review, **known), str(QuestionnaireStep.SUBMIT)
    due = next((deadline for deadline in deadlines if deadline.step == step), None)
    return None if due is None else Bound(earliest=due.earliest, latest=due.latest, basis=due.basis)


def _focal_point(situation: Situation, review: CountryReview) -> Nomination | None:
    named = review.focal_points(review.country)
    held = [one for one in named if not (one.period and one.period.surely_outside(situation.on))]
    return held[-1] if held else None


def _articles(situation: Situation, review: CountryReview, instrument: TreatyCode | None) -> dict[str, Value]:
    """The articles that mirror answers can be on, and how sure it is that they are in the cluster."""
    facts, country = situation.facts, review.country
    instruments = (instrument,) if instrument else review.instruments
    treaties = instruments or tuple(code for code in TreatyCode if facts.is_party(country, code, on=situation.on))
    pairs = [(code, article.number) for code in treaties for article in facts.articles(code, cluster=review.cluster)]
    if review.cluster is None or not pairs:
        return {}
    rows = [facts.cluster_article(code, number) for code, number in pairs]
    certainty = Certainty.least(row.certainty for row in rows if row is not None)
    return {"articles": tuple(f"{code} {number}" for code, number in pairs), "certainty": certainty}


def _before_the_questionnaire(
    situation: Situation, review: CountryReview, point: Nomination | None
) -> Iterator[Blocker]:
    then = thing_on(review, situation.register, situation.on)
    for blocker in _waits(COUNTRY_REVIEW, then, situation, by=review.country):
        if blocker.step != CountryReviewStep.NOMINATE_FOCAL_POINT or point is None:
            yield blocker


def _is_submitted(situation: Situation, questionnaire: Questionnaire) -> bool:
    states = states_on(QUESTIONNAIRE, questionnaire, situation.register, situation.on)
    return states == (QuestionnaireState.SUBMITTED,)


def _has_come_to(state: str, milestone: ReviewState) -> bool:
    order = tuple(ReviewState)
    return order.index(ReviewState(state)) >= order.index(milestone)


def follow_up_openings(situation: Situation) -> Iterator[Opening]:
    """The reviews of its countries of which a list of observations is agreed, or may be."""
    for review in _reviews(situation):
        states = states_on(COUNTRY_REVIEW, review, situation.register, situation.on)
        if not _has_come_to(states[-1], ReviewState.OBSERVATIONS_AGREED):
            continue
        lists = [one for one in review.artefacts if one.kind is ArtefactKind.LIST_OF_OBSERVATIONS]
        shown = next((one for one in lists if one.published is not None), None)
        published = None if shown is None or shown.published is None else Bound.of(shown.published)
        withheld = Blocker(
            procedure=COUNTRY_REVIEW.name,
            step="publish-observations",
            actor=Actor.STATE_UNDER_REVIEW,
            by=review.country,
        )
        may_be_read = published is not None or any(one.visibility is Visibility.PUBLIC for one in lists)
        yield Opening(
            subject_id=review.id,
            thing=review,
            values=_of_review(review),
            country=review.country,
            published=published,
            blocked_by=() if may_be_read else (withheld,),
            links=tuple(one.url for one in lists if one.url is not None),
        )


# -- dialogues and working groups ------------------------------------------------------------------------------------


def dialogue_openings(situation: Situation) -> Iterator[Opening]:
    """The next dialogues on each topic."""
    for occasion in next_on_each_topic(dialogues(situation.register, situation.facts), situation.on):
        dialogue: ConstructiveDialogue = occasion.record
        application = application_to(situation, Opening(subject_id=occasion.id, thing=dialogue))
        states = (
            (ApplicationState.IN_PREPARATION,)
            if application is None
            else states_on(APPLICATION, application, situation.register, situation.on)
        )
        opens, closes = _call(dialogue, occasion)
        if states == (ApplicationState.APPROVED,):
            opens, closes = _days(occasion)
        yield attrs.evolve(
            _taking_place(occasion),
            thing=dialogue,
            opens=opens,
            closes=closes,
            next_step=f"next-{states[0] if len(states) == 1 else 'unclear'}",
            send={} if states[0] == ApplicationState.IN_PREPARATION else None,
            blocked_by=tuple(_before_the_dialogue(situation, dialogue, application)),
        )


def _call(dialogue: ConstructiveDialogue, occasion: Occasion) -> tuple[Bound | None, Bound | None]:
    opened = next((entry.on for entry in dialogue.log if entry.step is DialogueStep.OPEN_CALL), None)
    closed = dialogue.apply_by or next(
        (entry.on for entry in dialogue.log if entry.step is DialogueStep.CLOSE_CALL), None
    )
    return (
        None if opened is None else Bound.of(opened, occasion.basis),
        None if closed is None else Bound.of(closed, occasion.basis),
    )


def _before_the_dialogue(situation: Situation, dialogue: ConstructiveDialogue, application: Any) -> Iterator[Blocker]:
    if application is not None:
        then = thing_on(application, situation.register, situation.on)
        objections = [entry.by for entry in then.log if entry.step is ApplicationStep.OBJECT]
        yield from _waits(APPLICATION, then, situation, objector=objections[-1] if objections else None)
    elif dialogue.apply_by is None:
        yield from _waits(DIALOGUE, thing_on(dialogue, situation.register, situation.on), situation)


def working_group_openings(situation: Situation) -> Iterator[Opening]:
    """The next sessions of the working groups, which are closed to it; one line for all where none is recorded."""
    sessions = list(next_on_each_topic(working_group_sessions(situation.register, situation.facts), situation.on))
    for occasion in sessions:
        opens, closes = _days(occasion)
        yield attrs.evolve(_taking_place(occasion), opens=opens, closes=closes)
    if not sessions:
        yield Opening(subject_id="working-groups")


# -- the Conference --------------------------------------------------------------------------------------------------


def _next_session(situation: Situation) -> Occasion | None:
    sessions = conference_sessions(situation.register, situation.facts)
    ahead = (one for one in sessions if not one.is_over(situation.on))
    return min(ahead, key=lambda one: (one.first or "~", one.id), default=None)


def first_path_openings(situation: Situation) -> Iterator[Opening]:
    """The application of a body in consultative status with ECOSOC, rule 17(1)."""
    yield from _applications(situation, AccreditationPath.RULE_17_1)


def second_path_openings(situation: Situation) -> Iterator[Opening]:
    """The application of any other relevant body, rule 17(2)."""
    yield from _applications(situation, AccreditationPath.RULE_17_2)


def _applications(situation: Situation, path: AccreditationPath) -> Iterator[Opening]:
    session = _next_session(situation)
    if session is None or observer_states(situation, session.id) == (AccreditationState.GRANTED,):
        return
    own = [one for one in situation.of_the_conference(session.id) if one.path in (path, AccreditationPath.RULE_17)]
    states = situation.states_of(own[-1]) if own else (AccreditationState.IN_PREPARATION,)
    none_yet = states == (AccreditationState.IN_PREPARATION,)
    waiting: list[Blocker] = []
    for one in own[-1:]:
        then = thing_on(one, situation.register, situation.on)
        objections = [entry.by for entry in then.log if entry.step is AccreditationStep.OBJECT]
        waiting += _waits(ACCREDITATION, then, situation, objector=objections[-1] if objections else None)
    yield attrs.evolve(
        _taking_place(session),
        closes=_circulated(session) if path is AccreditationPath.RULE_17_2 else None,
        next_step="next" if none_yet else f"next-{states[0] if len(states) == 1 else 'unclear'}",
        send={} if none_yet else None,
        blocked_by=tuple(waiting),
    )


def _circulated(session: Occasion) -> Bound | None:
    """The last day on which the list of applicants is circulated: whoever is to stand on it applies before."""
    if session.first is None:
        return None
    try:
        earliest, latest = THIRTY_DAYS.before(session.first)
    except ImpossibleValue:
        return None  # a day so far off that no calendar has the one before
    basis = attrs.evolve(RULE_17_2, certainty=Certainty.DERIVED).no_surer_than(session.basis)
    return Bound(earliest=earliest, latest=latest, basis=basis)


def plenary_openings(situation: Situation) -> Iterator[Opening]:
    """The next session of the Conference, which observers attend."""
    session = _next_session(situation)
    if session is not None:
        opens, closes = _days(session)
        yield attrs.evolve(_taking_place(session), opens=opens, closes=closes)


def side_event_openings(situation: Situation) -> Iterator[Opening]:
    """Side events at the next session of the Conference: one of its own, and those that are recorded."""
    session = _next_session(situation)
    if session is None:
        return
    yield attrs.evolve(_taking_place(session), next_step="next")
    for event in situation.register.events:
        margins = (link.event_id for link in event.links_to if link.kind is EventLinkKind.IN_MARGINS_OF)
        beside = any(situation.register.resolved(name) == session.id for name in margins)
        if event.kind is EventKind.SIDE_EVENT and beside and event.status is not EventStatus.CANCELLED:
            held = _of_event(situation, event)
            if not held.is_over(situation.on):
                opens, closes = _days(held)
                yield attrs.evolve(_taking_place(held), opens=opens, closes=closes, next_step="next-recorded")


# -- the network -----------------------------------------------------------------------------------------------------


def action_openings(situation: Situation) -> Iterator[Opening]:
    """What the networks of the organization mean to do and have not done."""
    for plan in situation.register.action_plans:
        network = situation.register.by_id.get(situation.register.resolved(plan.network_id))
        decided_later = plan.decided is not None and plan.decided.certainly_after(situation.on)
        if (
            not isinstance(network, Network)
            or network.id not in situation.networks
            or plan.status is PlanStatus.COMPLETED
            or decided_later
        ):
            continue
        for number, action in enumerate(plan.actions, start=1):
            if action.status in (ActionStatus.PLANNED, ActionStatus.UNDER_WAY):
                basis = recorded(situation.register, plan)
                yield Opening(
                    subject_id=f"{plan.id}/{number}",
                    thing=(network, action),
                    values={"objective": action.objective, "network": network.name, "plan": plan.name},
                    opens=None if plan.decided is None else Bound.of(plan.decided, basis),
                    closes=None if action.due is None else Bound.of(action.due, basis),
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


def meeting_openings(situation: Situation) -> Iterator[Opening]:
    """Consultations, trainings and meetings of stakeholders that lie ahead."""
    for event in situation.register.events:
        if event.kind not in MEETINGS or event.status is EventStatus.CANCELLED:
            continue
        held = _of_event(situation, event)
        undated = event.first_day is None and event.status not in (EventStatus.PLANNED, EventStatus.CONFIRMED)
        if not undated and not held.is_over(situation.on):
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


def _of_event(situation: Situation, event: Any) -> Occasion:
    return Occasion(
        id=event.id,
        record=event,
        name=event.name,
        first=event.first_day,
        last=event.last_day or event.first_day,
        place=place_of(event),
        topics=event.themes,
        basis=recorded(situation.register, event),
        page=event.page,
    )


def _taking_place(occasion: Occasion) -> Opening:
    """What all openings at a session or meeting have."""
    known: dict[str, Value | None] = {
        "topics": occasion.topics,
        "name": occasion.name,
        "session": occasion.number,
        "place": occasion.place,
    }
    return Opening(
        subject_id=occasion.id,
        thing=occasion.record,
        values={name: value for name, value in known.items() if value},
        starts=occasion.first,
        ends=occasion.last,
        topics=occasion.topics,
        basis=occasion.basis,
        links=() if occasion.page is None else (occasion.page,),
    )


def _days(occasion: Occasion) -> tuple[Bound | None, Bound | None]:
    """From the first day to the last."""
    if occasion.first is None:
        return None, None
    return Bound.of(occasion.first, occasion.basis), Bound.of(occasion.last or occasion.first, occasion.basis)


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
    situation: Situation,
    *,
    by: CountryCode | None = None,
    objector: CountryCode | None = None,
) -> Iterator[Blocker]:
    """The steps of others that the procedure allows next and that let stakeholders in; with `by`, of that State."""
    known: dict[str, Any] = {"register": situation.register, "reference": situation.facts}
    for step in procedure.what_next(thing, situation.on, **known):
        if step.step in _WAITED_FOR and step.waits_for is None and (by is None or step.by in (None, by)):
            who = objector if step.step == ApplicationStep.WITHDRAW_OBJECTIONS else step.by
            yield Blocker(procedure=procedure.name, step=step.step, actor=step.actor, by=who)
