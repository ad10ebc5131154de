"""The country review as a table: one party, one phase, from the start to what the working groups receive.

The steps, their actors and their time limits are rows of the table `review_steps`, each with its source and certainty.
That a review without its initial consultation counts as not officially started is what the source of step 6 says.
"""

from __future__ import annotations

from enum import StrEnum

from untoc_network.diagnostics.findings import Basis
from untoc_network.model.country_review import CountryReview, CountryReviewStep as Step, ReviewEntry
from untoc_network.model.log_entry import Actor
from untoc_network.process.procedure import Procedure
from untoc_network.process.transition import Case, StepLimit, Transition
from untoc_network.values.dates import PartialDate
from untoc_network.values.ids_and_codes import CountryCode

__all__ = ["COUNTRY_REVIEW", "ReviewState", "find_phase_start"]


class ReviewState(StrEnum):
    """How far a country review has come."""

    NOT_STARTED = "not-started"
    LAUNCHED = "launched"
    CONSULTATION_HELD = "consultation-held"
    QUESTIONNAIRE_SUBMITTED = "questionnaire-submitted"
    FEEDBACK_SUBMITTED = "feedback-submitted"
    DIALOGUE_HELD = "dialogue-held"
    OBSERVATIONS_DRAFTED = "observations-drafted"
    OBSERVATIONS_AGREED = "observations-agreed"
    SUMMARY_PREPARED = "summary-prepared"
    COMPLETED = "completed"


_UNDER_WAY = tuple(ReviewState)[1:-1]


def _list_states_in_review(case: Case) -> tuple[CountryCode, ...]:
    review: CountryReview = case.thing
    return review.states


def _check_focal_points_are_set(case: Case) -> str | None:
    notices = [entry for entry in case.thing.log if entry.step is Step.NOMINATE_FOCAL_POINT]
    named = {nomination.country for nomination in case.thing.nominations if nomination.role == "focal-point"}
    missing = [
        state for state in case.thing.states if state not in named and not any(one.may_be_by(state) for one in notices)
    ]
    return f"the focal point of {', '.join(missing)}" if missing else None


def find_phase_start(case: Case) -> tuple[PartialDate, Basis | None] | None:
    """The launch of the review's group, for a review of the first phase; later phases: the nominal calendar."""
    review: CountryReview = case.thing
    if review.group is None:
        return None
    launch = case.reference.review_group(review.group)
    if review.phase in (None, 1):
        return None if launch is None else (launch.launched, launch.basis("review groups", f"group {review.group}"))
    phase = case.reference.nominal_phase(review.group, review.phase or 1)
    return None if phase is None else (phase.starts, phase.basis("nominal calendar", f"phase {review.phase}"))


COUNTRY_REVIEW = Procedure(
    name="country-review",
    title="The country review",
    thing=CountryReview,
    entry=ReviewEntry,
    states=ReviewState,
    anchors={Step.START: find_phase_start},
    transitions=(
        Transition(
            step=Step.START,
            sources=(ReviewState.NOT_STARTED,),
            target=ReviewState.LAUNCHED,
            actor=Actor.SECRETARIAT,
            row="2",
        ),
        Transition(
            step=Step.NOMINATE_FOCAL_POINT,
            sources=_UNDER_WAY,
            actor=Actor.STATE,
            each=_list_states_in_review,
            row="3",
            limit=StepLimit(counted_from=Step.START, row="3"),
        ),
        Transition(
            step=Step.NOMINATE_EXPERTS,
            sources=_UNDER_WAY,
            actor=Actor.STATE,
            each=_list_states_in_review,
            row="4",
            limit=StepLimit(counted_from=Step.START, row="4"),
        ),
        Transition(
            step=Step.HOLD_INITIAL_CONSULTATION,
            sources=(ReviewState.LAUNCHED,),
            target=ReviewState.CONSULTATION_HELD,
            actor=Actor.STATE_UNDER_REVIEW,
            guard=_check_focal_points_are_set,
            row="6",
            limit=StepLimit(counted_from=Step.START, row="6.1"),
        ),
        Transition(
            step=Step.SUBMIT_QUESTIONNAIRE,
            sources=(ReviewState.CONSULTATION_HELD,),
            target=ReviewState.QUESTIONNAIRE_SUBMITTED,
            actor=Actor.STATE_UNDER_REVIEW,
            row="8",
            limit=StepLimit(counted_from=Step.START, row="8"),
        ),
        Transition(
            step=Step.SUBMIT_FEEDBACK,
            sources=(ReviewState.QUESTIONNAIRE_SUBMITTED,),
            target=ReviewState.FEEDBACK_SUBMITTED,
            actor=Actor.REVIEWING_STATE,
            row="9",
            limit=StepLimit(counted_from=Step.SUBMIT_QUESTIONNAIRE, row="9"),
        ),
        Transition(
            step=Step.HOLD_DIALOGUE,
            sources=(ReviewState.FEEDBACK_SUBMITTED,),
            target=ReviewState.DIALOGUE_HELD,
            actor=Actor.STATE_UNDER_REVIEW,
            row="10",
        ),
        Transition(
            step=Step.DRAFT_OBSERVATIONS,
            sources=(ReviewState.DIALOGUE_HELD,),
            target=ReviewState.OBSERVATIONS_DRAFTED,
            actor=Actor.REVIEWING_STATE,
            row="11",
        ),
        Transition(
            step=Step.AGREE_ON_OBSERVATIONS,
            sources=(ReviewState.OBSERVATIONS_DRAFTED,),
            target=ReviewState.OBSERVATIONS_AGREED,
            actor=Actor.STATE_UNDER_REVIEW,
            row="12",
        ),
        Transition(
            step=Step.PREPARE_SUMMARY,
            sources=(ReviewState.OBSERVATIONS_AGREED,),
            target=ReviewState.SUMMARY_PREPARED,
            actor=Actor.REVIEWING_STATE,
            row="13",
        ),
        Transition(
            step=Step.SHARE_WITH_WORKING_GROUPS,
            sources=(ReviewState.SUMMARY_PREPARED,),
            target=ReviewState.COMPLETED,
            actor=Actor.SECRETARIAT,
            row="15",
            limit=StepLimit(counted_from=Step.START, row="17"),
        ),
    ),
)
