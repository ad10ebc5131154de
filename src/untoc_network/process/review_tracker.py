"""Where each country review stands: its stage, what is late, who the focal point is, what is published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import attrs

from untoc_network.diagnostics.object_to_dict import HasPlainForm, PlainForm
from untoc_network.model.convention import RegionalGroup
from untoc_network.model.country_review import (
    CountryReview,
    CountryReviewStep,
    Nomination,
    ReviewEntry,
    ReviewingState,
)
from untoc_network.model.register import Register
from untoc_network.model.source import Source
from untoc_network.process.country_review_procedure import COUNTRY_REVIEW, ReviewState
from untoc_network.process.next_steps import Deadline, NextStep, StepShare
from untoc_network.process.procedure import Day
from untoc_network.process.published_outputs import PublishedOutput, list_published_outputs
from untoc_network.process.step_standings import TRACKED_STEPS, StepCell, StepStanding, list_step_cells
from untoc_network.reference.facts import Reference, packaged
from untoc_network.reference.row_types import Snapshot
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.dates import PartialDate, require_whole_day
from untoc_network.values.sources_and_claims import Citation

__all__ = [
    "ReviewProgress",
    "ReviewStanding",
    "ReviewTracker",
    "drop_later_steps",
    "list_published_aggregates",
    "track",
]


class ReviewProgress(StrEnum):
    """How reviews are counted: a review counts as started once its initial consultation was held."""

    NOT_STARTED = "not-started"
    CONSULTATION_HELD = "consultation-held"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"


_PROGRESS = {
    ReviewState.NOT_STARTED: ReviewProgress.NOT_STARTED,
    ReviewState.LAUNCHED: ReviewProgress.NOT_STARTED,
    ReviewState.CONSULTATION_HELD: ReviewProgress.CONSULTATION_HELD,
    ReviewState.COMPLETED: ReviewProgress.COMPLETED,
}
"""The states that do not count as in progress."""


@attrs.frozen(kw_only=True)
class ReviewStanding(HasPlainForm):
    """Where one review stands on a day."""

    review: CountryReview
    name: str
    state: ReviewState
    progress: ReviewProgress
    on: PartialDate
    deadlines: tuple[Deadline, ...]
    next_steps: tuple[NextStep, ...]
    regional_group: RegionalGroup | None = None
    region: str | None = None
    """The part of the world that the State lies in, by the standard codes of areas."""

    @property
    def steps(self) -> tuple[StepCell, ...]:
        """What is known of each step that no review leaves out, in their order."""
        return list_step_cells(self.review, self.deadlines, self.on)

    @property
    def late(self) -> tuple[Deadline, ...]:
        """The deadlines that are or were missed, on any reading of the days."""
        return tuple(deadline for deadline in self.deadlines if deadline.days_late(self.on)[0])

    @property
    def most_late(self) -> int:
        """The most days that a step is certainly late that is still open."""
        return max((deadline.days_late(self.on)[0] for deadline in self.deadlines if not deadline.passed), default=0)

    @property
    def due(self) -> tuple[Deadline, ...]:
        """The deadlines of steps that are due and not recorded; without a further record no step of them is late."""
        return tuple(deadline for deadline in self.deadlines if deadline.is_due(self.on))

    @property
    def focal_point(self) -> Nomination | None:
        """The focal point of the State under review on the day, as far as known; the last one named counts."""
        held = self.review.focal_points(self.review.country)
        current = [one for one in held if one.period is None or not one.period.surely_outside(self.on)]
        return current[-1] if current else None

    @property
    def published(self) -> tuple[PublishedOutput, ...]:
        """What is public of the review on the day, since when and in which languages, as far as recorded."""
        return list_published_outputs(self.review, self.on)

    @property
    def shares(self) -> tuple[StepShare, ...]:
        """How far the steps have come that each reviewing State takes for itself, and whose are missing."""
        return COUNTRY_REVIEW.shares(self.review)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Where what is recorded of the review was read, each once."""
        review = self.review
        parts: tuple[Any, ...] = (review, *review.log, *review.reviewers, *review.nominations, *review.artefacts)
        return tuple(dict.fromkeys(citation for part in parts for citation in part.sources))

    plain_form = PlainForm(
        "review=review.id country=review.country name group=review.group phase=review.phase cluster=review.cluster "
        "instruments=review.instruments reviewers=review.reviewers.country regional_group state progress steps shares "
        "focal_point deadlines next published recorded=review.log sources=citations",
        focal_point=lambda one: (
            one.focal_point and {"person": one.focal_point.person_id, "office": one.focal_point.office}
        ),
        deadlines=lambda one: [deadline.to_dict(one.on) for deadline in one.deadlines],
        next=lambda one: [step.to_dict(one.on) for step in one.next_steps],
    )


@attrs.frozen(kw_only=True)
class ReviewTracker(HasPlainForm):
    """All country reviews of a register on one day, by group and name of the State.

    `aggregates` are the numbers that were published by then on the state of all reviews of the Mechanism, the latest of
    each kind, each of its own day: they stand beside what the register knows, and neither is made of the other.
    """

    on: PartialDate
    standings: tuple[ReviewStanding, ...]
    aggregates: tuple[Snapshot, ...] = ()
    as_of: PartialDate | None = None
    """The day that the register holds for, where it says so."""
    sources: Mapping[str, Source] = attrs.field(factory=dict, hash=False)
    """The sources that reviews cite, by the id that they cite them by."""

    @property
    def totals(self) -> Mapping[ReviewProgress, int]:
        """How many reviews are not started, consulted, in progress and completed; zeros included."""
        counted = Counter(standing.progress for standing in self.standings)
        return {progress: counted[progress] for progress in ReviewProgress}

    def count_steps(self) -> Mapping[CountryReviewStep, Mapping[StepStanding, int]]:
        """Of each step, how many reviews are in each standing; together they are all reviews. Without zeros."""
        counted: dict[CountryReviewStep, Counter[StepStanding]] = {step: Counter() for step in TRACKED_STEPS}
        for cell in (cell for standing in self.standings for cell in standing.steps):
            counted[cell.step][cell.standing] += 1
        return counted

    plain_form = PlainForm(
        "on totals reviews=standings aggregates as_of sources", sources=lambda tracker: [*tracker.sources.values()]
    )

    def records(self) -> list[dict[str, Any]]:
        """A flat row for each review, for tables of data, with keys and no words.

        `late` is how many deadlines are or were missed, `most_late` the days of the open one that is late the longest
        (None where steps are due and nothing tells whether one is late),
        `next_due` the last day of the open deadline that comes first; several values are one text, joined by blanks.
        """
        return [
            {
                "review": one.review.id,
                "country": one.review.country,
                "name": one.name,
                "group": one.review.group,
                "phase": one.review.phase,
                "cluster": one.review.cluster,
                "instruments": " ".join(code.value for code in one.review.instruments),
                "reviewers": " ".join(reviewer.country for reviewer in one.review.reviewers),
                "state": one.state.value,
                "progress": one.progress.value,
                "late": len(one.late),
                "most_late": None if one.due and not one.most_late else one.most_late,
                "next_due": min((str(deadline.latest) for deadline in one.deadlines if deadline.is_open), default=None),
                "published": len(one.published),
            }
            for one in self.standings
        ]


@check_arguments
def track(register: Register, on: Day, *, reference: Reference | None = None) -> ReviewTracker:
    """Where every country review of a register stands on a day. What was certainly done later does not count.

    Raises `ImpossibleValue` where `on` is no whole day.
    """
    day, facts = require_whole_day(on, "reviews are tracked on"), reference or packaged()
    made = (_make_standing(review, day, register, facts) for review in register.country_reviews)
    standings = tuple(sorted(made, key=_make_standing_sort_key))
    cited = dict.fromkeys(citation.source_id for one in standings for citation in one.citations)
    found = ((name, register.by_id.get(register.resolved(name))) for name in cited)
    return ReviewTracker(
        on=day,
        standings=standings,
        aggregates=list_published_aggregates(facts, day),
        as_of=register.as_of,
        sources={name: source for name, source in found if isinstance(source, Source)},
    )


def list_published_aggregates(facts: Reference, on: PartialDate) -> tuple[Snapshot, ...]:
    """The latest number of each kind that was certainly published by a day, the latest first."""
    rows = (row for row in facts.table("snapshots") if row.as_of.last <= on.first)
    latest = {row.metric: row for row in sorted(rows, key=lambda row: row.as_of)}
    return tuple(sorted(latest.values(), key=lambda row: row.as_of, reverse=True))


def drop_later_steps(review: CountryReview, on: PartialDate) -> CountryReview:
    """The review without the steps of its log that are certainly of a later day, and with those who reviewed then."""
    taken = tuple(entry for entry in review.log if entry.on is None or not entry.on.certainly_after(on))
    if len(taken) == len(review.log):
        return review
    return attrs.evolve(review, log=taken, reviewers=_list_reviewers_then(review, taken))


def _make_standing(review: CountryReview, day: PartialDate, register: Register, facts: Reference) -> ReviewStanding:
    review = drop_later_steps(review, day)
    state, country = ReviewState(COUNTRY_REVIEW.state_of(review)), facts.country(review.country)
    return ReviewStanding(
        review=review,
        name=facts.name_of(review.country),
        state=state,
        progress=_PROGRESS.get(state, ReviewProgress.IN_PROGRESS),
        on=day,
        deadlines=COUNTRY_REVIEW.deadlines(review, register=register, reference=facts),
        next_steps=COUNTRY_REVIEW.what_next(review, day, register=register, reference=facts),
        regional_group=facts.regional_group(review.country),
        region=None if country is None else country.region,
    )


def _list_reviewers_then(review: CountryReview, taken: tuple[ReviewEntry, ...]) -> tuple[ReviewingState, ...]:
    """Who reviewed when no more was taken: whoever joined later did not yet, and whoever left later did still."""
    known = {one.country: one for one in review.reviewers}
    states = (*review.reviewing_states(0), *(state for entry in taken for state in entry.joins))
    return tuple(known.get(state) or ReviewingState(country=state) for state in dict.fromkeys(states))


def _make_standing_sort_key(standing: ReviewStanding) -> tuple[object, ...]:
    review = standing.review
    return review.group or 9, review.phase or 9, standing.name, review.id
