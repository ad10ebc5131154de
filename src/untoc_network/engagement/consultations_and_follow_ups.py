"""What there is to take part in beside country reviews: consultations on their questionnaires, and following up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from untoc_network.diagnostics.findings import Certainty
from untoc_network.engagement.applicant import Applicant
from untoc_network.engagement.assessed_entry_point import Blocker, KnownDay
from untoc_network.engagement.day_agenda import DayAgenda
from untoc_network.engagement.known_sessions import (
    make_basis_of_record,
)
from untoc_network.engagement.log_as_of import list_questionnaire_states, list_review_states, truncate_log
from untoc_network.engagement.opportunity import Opportunity, list_awaited_steps
from untoc_network.engagement.translatable_message import Value
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
from untoc_network.model.log_entry import Actor
from untoc_network.process import (
    COUNTRY_REVIEW,
    QUESTIONNAIRE,
    QuestionnaireState,
    ReviewState,
)
from untoc_network.process.country_review_procedure import find_phase_start
from untoc_network.process.published_outputs import list_published_outputs
from untoc_network.process.transition import Case
from untoc_network.values.ids_and_codes import CountryCode, CountryReviewId

__all__ = ["list_consultations", "list_follow_ups", "list_known_reviews"]


def list_consultations(applicant: Applicant) -> Iterator[Opportunity]:
    """The questionnaires that States where the organization is or works have not certainly submitted."""
    for country in applicant.countries:
        yield from applicant.agenda.once(_make_consultations, country)


def _make_consultations(agenda: DayAgenda, country: CountryCode) -> tuple[Opportunity, ...]:
    return tuple(
        _make_consultation_opportunity(agenda, review, questionnaire)
        for review in agenda.once(list_known_reviews, country)
        if not _has_reached_state(list_review_states(agenda, review)[0], ReviewState.QUESTIONNAIRE_SUBMITTED)
        for questionnaire in review.questionnaires or (None,)
        if questionnaire is None or not _is_questionnaire_submitted(agenda, questionnaire)
    )


def _make_consultation_opportunity(
    agenda: DayAgenda, review: CountryReview, questionnaire: Questionnaire | None
) -> Opportunity:
    country, point = review.country, _find_focal_point(agenda, review)
    office = point.office if point is not None else None
    instrument = None if questionnaire is None else questionnaire.instrument
    named: dict[str, Value] = {} if office is None else {"office": office}
    if instrument is not None:
        named["instrument"] = instrument
    return Opportunity(
        subject_id=review.id if instrument is None else f"{review.id}/{instrument.lower()}",
        thing=(review, questionnaire),
        values={**_make_review_values(review), **named},
        opens=_get_review_launch(agenda, review),
        closes=_get_questionnaire_deadline(agenda, review, questionnaire),
        country=country,
        next_step="next-office" if office else "next",
        send=_list_answerable_articles(agenda, review, instrument),
        blocked_by=tuple(_list_steps_before_questionnaire(agenda, review, point)),
    )


def list_known_reviews(agenda: DayAgenda, country: CountryCode) -> tuple[CountryReview, ...]:
    """The reviews of a country; of a party without one, that of the first phase."""
    recorded = agenda.register.reviews_of(country)
    if recorded or not agenda.facts.is_party(country, TreatyCode.UNTOC, on=agenda.on):
        return tuple(recorded)
    row = agenda.facts.group_assignment(country)
    review_id, group = CountryReviewId(f"review-{country.lower()}-1"), None if row is None else row.group
    return (CountryReview(id=review_id, country=country, group=group, phase=1, cluster=1),)


def _make_review_values(review: CountryReview) -> dict[str, Value]:
    known: dict[str, Value | None] = {"country": review.country, "cluster": review.cluster}
    return {name: value for name, value in known.items() if value is not None}


def _get_review_launch(agenda: DayAgenda, review: CountryReview) -> KnownDay | None:
    started = next((entry for entry in review.log if entry.step is CountryReviewStep.START), None)
    if started is not None and started.on is not None:
        return KnownDay.of(started.on, make_basis_of_record(agenda.register, review))
    anchor = find_phase_start(Case(thing=review, register=agenda.register, reference=agenda.facts))
    return None if anchor is None else KnownDay.of(*anchor)


def _get_questionnaire_deadline(
    agenda: DayAgenda, review: CountryReview, questionnaire: Questionnaire | None
) -> KnownDay | None:
    known: dict[str, Any] = {"register": agenda.register, "reference": agenda.facts}
    if questionnaire is None:
        deadlines, step = COUNTRY_REVIEW.deadlines(review, **known), str(CountryReviewStep.SUBMIT_QUESTIONNAIRE)
    else:
        deadlines, step = QUESTIONNAIRE.deadlines(questionnaire, whole=review, **known), str(QuestionnaireStep.SUBMIT)
    due = next((deadline for deadline in deadlines if deadline.step == step), None)
    return None if due is None else KnownDay(earliest=due.earliest, latest=due.latest, basis=due.basis)


def _find_focal_point(agenda: DayAgenda, review: CountryReview) -> Nomination | None:
    named = review.focal_points(review.country)
    held = [one for one in named if not (one.period and one.period.surely_outside(agenda.on))]
    return held[-1] if held else None


def _list_answerable_articles(
    agenda: DayAgenda, review: CountryReview, instrument: TreatyCode | None
) -> dict[str, Value]:
    """The articles that mirror answers can be on, and how sure it is that they are in the cluster."""
    facts, country = agenda.facts, review.country
    instruments = (instrument,) if instrument else review.instruments
    treaties = instruments or tuple(code for code in TreatyCode if facts.is_party(country, code, on=agenda.on))
    pairs = [(code, article.number) for code in treaties for article in facts.articles(code, cluster=review.cluster)]
    if review.cluster is None or not pairs:
        return {}
    rows = [facts.cluster_article(code, number) for code, number in pairs]
    certainty = Certainty.least(row.certainty for row in rows if row is not None)
    return {"articles": tuple(f"{code} {number}" for code, number in pairs), "certainty": certainty}


def _list_steps_before_questionnaire(
    agenda: DayAgenda, review: CountryReview, point: Nomination | None
) -> Iterator[Blocker]:
    then = truncate_log(review, agenda.register, agenda.on)
    for blocker in list_awaited_steps(COUNTRY_REVIEW, then, agenda, by=review.country):
        if blocker.step != CountryReviewStep.NOMINATE_FOCAL_POINT or point is None:
            yield blocker


def _is_questionnaire_submitted(agenda: DayAgenda, questionnaire: Questionnaire) -> bool:
    return list_questionnaire_states(agenda, questionnaire) == (QuestionnaireState.SUBMITTED,)


def _has_reached_state(state: str, milestone: ReviewState) -> bool:
    order = tuple(ReviewState)
    return order.index(ReviewState(state)) >= order.index(milestone)


def list_follow_ups(applicant: Applicant) -> Iterator[Opportunity]:
    """The reviews of its countries of which a list of observations is agreed, or may be."""
    for country in applicant.countries:
        yield from applicant.agenda.once(_make_follow_ups, country)


def _make_follow_ups(agenda: DayAgenda, country: CountryCode) -> tuple[Opportunity, ...]:
    found: list[Opportunity] = []
    for review in agenda.once(list_known_reviews, country):
        if not _has_reached_state(list_review_states(agenda, review)[-1], ReviewState.OBSERVATIONS_AGREED):
            continue
        lists = [one for one in review.artefacts if one.kind is ArtefactKind.LIST_OF_OBSERVATIONS]
        public = [one for one in list_published_outputs(review) if one.kind is ArtefactKind.LIST_OF_OBSERVATIONS]
        shown = next((one for one in public if one.published is not None), None)
        published = None if shown is None or shown.published is None else KnownDay.of(shown.published)
        withheld = Blocker(
            procedure=COUNTRY_REVIEW.name,
            step="publish-observations",
            actor=Actor.STATE_UNDER_REVIEW,
            by=review.country,
        )
        may_be_read = published is not None or any(one.visibility is Visibility.PUBLIC for one in lists)
        found.append(
            Opportunity(
                subject_id=review.id,
                thing=review,
                values=_make_review_values(review),
                country=review.country,
                published=published,
                blocked_by=() if may_be_read else (withheld,),
                links=tuple(one.url for one in public if one.url is not None),
            )
        )
    return tuple(found)
