"""What is known of the reviews of one State: who reviews, the focal point, each step, what is public."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import attrs

from untoc_network.engagement.consultations_and_follow_ups import list_known_reviews
from untoc_network.engagement.country_overview import (
    FocalPointOverview,
    PublishedArtefact,
    ReviewerOverview,
    ReviewOfAnotherState,
    ReviewOverview,
    StepOverview,
)
from untoc_network.engagement.day_agenda import DayAgenda
from untoc_network.engagement.fact_citations import FactCitations
from untoc_network.model.country_review import CountryReview
from untoc_network.model.organization_and_person import Person
from untoc_network.process import COUNTRY_REVIEW
from untoc_network.process.next_steps import Deadline
from untoc_network.process.review_tracker import ReviewStanding, drop_later_steps, track
from untoc_network.process.step_standings import StepStanding, judge_deadline
from untoc_network.values.ids_and_codes import CountryCode

__all__ = ["ReviewDescription"]

_ACTORS = {transition.step: transition.actor for transition in COUNTRY_REVIEW.transitions}
"""Whose step each is by the procedure, where the log does not say in which role it was taken."""


@attrs.frozen(kw_only=True)
class ReviewDescription:
    """The reviews of a State, and those in which it reviews, as the register of a day has them."""

    country: CountryCode
    agenda: DayAgenda
    citations: FactCitations

    def describe_all(self) -> tuple[ReviewOverview, ...]:
        """The reviews that are recorded; of a party without one, what the facts tell of that of the first phase."""
        reviews = list_known_reviews(self.agenda, self.country)
        known = attrs.evolve(self.agenda.register, country_reviews=reviews)
        tracker = track(known, self.agenda.on, reference=self.agenda.facts)
        return tuple(self._describe_review(standing) for standing in tracker.standings)

    def _describe_review(self, standing: ReviewStanding) -> ReviewOverview:
        review = standing.review
        recorded = review.id in self.agenda.register.by_id
        row = self.agenda.facts.group_assignment(self.country)
        point = standing.focal_point
        return ReviewOverview(
            id=review.id,
            is_recorded=recorded,
            group=review.group or (row.group if row else None),
            phase=review.phase,
            cluster=review.cluster,
            instruments=review.instruments,
            languages=review.languages,
            state=standing.state,
            steps=tuple(self._list_steps(standing)),
            reviewers=tuple(self._list_reviewers(review)),
            focal_point=None
            if point is None
            else FocalPointOverview(
                office=point.office,
                person=self._find_person_name(point.person_id),
                period=point.period,
                sources=self.citations.cite(review, only=point.sources),
            ),
            shares=standing.shares,
            published=tuple(
                PublishedArtefact(
                    kind=one.kind,
                    instrument=one.instrument,
                    published=one.published,
                    languages=one.languages,
                    url=one.url,
                    sources=self.citations.cite(review, only=one.sources),
                )
                for one in standing.published
            ),
            sources=self.citations.cite(review),
        )

    def list_reviews_of_others(self) -> Iterator[ReviewOfAnotherState]:
        """The reviews in which the State is a reviewing one."""
        for review in self.agenda.register.country_reviews:
            for one in self._list_reviewers(drop_later_steps(review, self.agenda.on)):
                if one.country == self.country:
                    yield ReviewOfAnotherState(
                        review_id=review.id,
                        country=review.country,
                        phase=review.phase,
                        instruments=one.instruments,
                        sources=one.sources,
                    )

    def _list_reviewers(self, review: CountryReview) -> Iterator[ReviewerOverview]:
        """Who reviews, by the list of reviewing States or by the step of the log by which a State came to review."""
        listed = {one.country: one for one in review.reviewers}
        for country in review.reviewing_states():
            one = listed.get(country)
            came = (entry.sources for entry in review.log if country in entry.joins)
            cited = next(came, ()) if one is None else one.sources
            yield ReviewerOverview(
                country=country,
                instruments=() if one is None else one.instruments,
                sources=self.citations.cite(review, only=cited),
            )

    def _find_person_name(self, person_id: str | None) -> str | None:
        person = None if person_id is None else self.agenda.register.by_id.get(self.agenda.register.resolved(person_id))
        return person.name if isinstance(person, Person) else None

    def _list_steps(self, standing: ReviewStanding) -> Iterator[StepOverview]:
        """What is recorded, in its order; then what is due or to come, by day; then what has no time limit."""
        for entry in standing.review.log:
            limits = [one for one in standing.deadlines if one.step == entry.step and one.taken == entry.on is not None]
            late = min((one.days_late(self.agenda.on)[0] for one in limits), default=0)
            limiting = self.citations.cite_bases(one.basis for one in limits) if late else ()
            yield StepOverview(
                step=entry.step,
                actor=entry.actor or _ACTORS.get(entry.step),
                by=entry.by,
                standing=StepStanding.RECORDED,
                on=entry.on,
                days_late=late,
                instruments=entry.instruments,
                joins=entry.joins,
                leaves=entry.leaving,
                until=entry.until,
                sources=(*self.citations.cite(standing.review, only=entry.sources), *limiting),
            )
        alike: defaultdict[tuple[StepStanding, Deadline], list[str]] = defaultdict(list)
        for deadline in sorted(standing.deadlines, key=lambda one: one.latest):
            if not _is_recorded(deadline, standing.review):
                found = judge_deadline(deadline, self.agenda.on)
                alike[found, attrs.evolve(deadline, by=None)] += filter(None, (deadline.by,))
        for (found, deadline), states in alike.items():
            yield StepOverview(
                step=deadline.step,
                actor=deadline.actor,
                by=tuple(states),
                standing=found,
                due=deadline.earliest,
                due_latest=deadline.latest,
                days_late=deadline.days_late(self.agenda.on)[0],
                sources=self.citations.cite_bases((deadline.basis,)),
            )
        for step in standing.next_steps:
            if step.deadline is None and step.required:
                yield StepOverview(
                    step=step.step,
                    actor=step.actor,
                    by=() if step.by is None else (step.by,),
                    standing=StepStanding.OPEN,
                    sources=self.citations.cite_bases((step.basis,)),
                )


def _is_recorded(deadline: Deadline, review: CountryReview) -> bool:
    """Whether an entry of the log tells of a step that has a time limit."""
    entries = [entry for entry in review.log if entry.step == deadline.step]
    return deadline.passed and any(deadline.by is None or entry.may_be_by(deadline.by) for entry in entries)
