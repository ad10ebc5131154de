"""The country review as a table: one party, one phase, from the start to what the working groups receive.

The steps, their actors and their time limits are rows of the table `review_steps`, each with its source and certainty.
That a review without its initial consultation counts as not officially started is what the source of step 6 says.

Each reviewing State gives its own feedback and drafts its own list of observations for each instrument that it reviews.
Besides the steps there is what may happen to a review: another draw, a reviewing State that defers or is replaced, a
phase that the Conference keeps longer. Nobody waits for it, and it changes who is to act, or until when.
"""

from __future__ import annotations

from enum import StrEnum

from untoc_network.diagnostics.findings import Basis, Certainty
from untoc_network.model.convention import TreatyCode
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
    FEEDBACK_IN_PART = "feedback-in-part"
    FEEDBACK_SUBMITTED = "feedback-submitted"
    DIALOGUE_HELD = "dialogue-held"
    OBSERVATIONS_IN_PART = "observations-in-part"
    OBSERVATIONS_DRAFTED = "observations-drafted"
    OBSERVATIONS_AGREED = "observations-agreed"
    SUMMARY_PREPARED = "summary-prepared"
    COMPLETED = "completed"


_UNDER_WAY = tuple(ReviewState)[1:-1]
_BEFORE_THE_END = tuple(ReviewState)[:-1]
_AGREED = tuple(ReviewState)[tuple(ReviewState).index(ReviewState.OBSERVATIONS_AGREED) :]
_SUMMARIZED = (ReviewState.SUMMARY_PREPARED, ReviewState.COMPLETED)

_SECRETARIAT_PAGE = "https://www.unodc.org/unodc/en/organized-crime/intro/review-mechanism-untoc/the-secretariat.html"
_SECRETARIAT = Basis(
    document="resolution 9/1, annex: Procedures and rules", provision="paragraph 47", source=_SECRETARIAT_PAGE
)
_COMPILATION = Basis(
    document="UNODC's resources on the Review Mechanism",
    provision="compilation of recommendations",
    source="https://www.unodc.org/unodc/en/organized-crime/intro/review-mechanism-untoc/resources.html",
)

_LATER_PARTIES = Basis(
    document="UNODC's account of the country reviews",
    provision="fewer reviews were drawn than there are parties today",
    source="https://unodc.org/unodc/en/organized-crime/intro/review-mechanism-untoc/news/1stnovember.html",
    certainty=Certainty.DERIVED,
)
_OTHER_REVIEWERS = Basis(
    document="resolution 9/1, annex: Procedures and rules",
    provision="drawing of lots: another reviewing State is drawn where one cannot review",
    source="http://www.filosofia.unimi.it/logic/category/senza-categoria/",
    certainty=Certainty.DERIVED,
)


def _recall(provision: str) -> Basis:
    return Basis(
        document="resolution 9/1, annex: Procedures and rules",
        provision=provision,
        source="recalled",
        certainty=Certainty.RECALLED,
    )


def _list_states_in_review(case: Case) -> tuple[CountryCode, ...]:
    review: CountryReview = case.thing
    return (review.country, *_list_reviewing_states(case))


def _list_reviewing_states(case: Case) -> tuple[CountryCode, ...]:
    review: CountryReview = case.thing
    return tuple(state for state in review.reviewing_states(case.number) if state != review.country)


def _list_reviewed_instruments(case: Case, state: CountryCode | None) -> tuple[TreatyCode, ...]:
    review: CountryReview = case.thing
    reviewed = (code for one in review.reviewers if one.country == state for code in one.instruments)
    return tuple(dict.fromkeys(reviewed))


def _list_instruments(case: Case, _: CountryCode | None) -> tuple[TreatyCode, ...]:
    review: CountryReview = case.thing
    return review.instruments


def _find_end_of_extended_phase(case: Case) -> PartialDate | None:
    review: CountryReview = case.thing
    ends = [entry.until for entry in review.log if entry.step is Step.EXTEND_PHASE and entry.until is not None]
    return ends[-1] if ends else None


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
            step=Step.JOIN_AFTER_DRAWING,
            sources=(ReviewState.NOT_STARTED,),
            actor=Actor.STATE_UNDER_REVIEW,
            basis=_LATER_PARTIES,
            required=False,
            expected=False,
        ),
        Transition(
            step=Step.ASSIGN_TO_GROUP,
            sources=(ReviewState.NOT_STARTED,),
            actor=Actor.DRAWING_OF_LOTS,
            row="1",
            required=False,
            expected=False,
        ),
        Transition(
            step=Step.DRAW_REVIEWERS,
            sources=_BEFORE_THE_END,
            actor=Actor.DRAWING_OF_LOTS,
            row="1",
            required=False,
            expected=False,
        ),
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
            step=Step.OPEN_REGISTRATION,
            sources=_UNDER_WAY,
            actor=Actor.SECRETARIAT,
            each=_list_states_in_review,
            row="5",
            required=False,
            expected=False,
        ),
        Transition(
            step=Step.REGISTER_IN_PLATFORM,
            sources=_UNDER_WAY,
            actor=Actor.STATE,
            each=_list_states_in_review,
            row="5",
            limit=StepLimit(counted_from=Step.OPEN_REGISTRATION, row="5"),
            required=False,
            expected=False,
        ),
        Transition(
            step=Step.REDRAW_REVIEWERS,
            sources=_BEFORE_THE_END,
            actor=Actor.DRAWING_OF_LOTS,
            basis=_recall("a second draw, as under the Convention against Corruption"),
            required=False,
            repeats=True,
            expected=False,
        ),
        Transition(
            step=Step.DEFER_REVIEWING,
            sources=_BEFORE_THE_END,
            actor=Actor.REVIEWING_STATE,
            basis=_recall("deferral by a reviewing State, as under the Convention against Corruption"),
            required=False,
            repeats=True,
            expected=False,
        ),
        Transition(
            step=Step.REPLACE_REVIEWER,
            sources=_BEFORE_THE_END,
            actor=Actor.DRAWING_OF_LOTS,
            basis=_OTHER_REVIEWERS,
            required=False,
            repeats=True,
            expected=False,
        ),
        Transition(
            step=Step.EXTEND_PHASE,
            sources=_BEFORE_THE_END,
            actor=Actor.CONFERENCE,
            basis=_recall("authority of the Conference over the Mechanism"),
            required=False,
            repeats=True,
            expected=False,
        ),
        Transition(
            step=Step.FACILITATE,
            sources=_UNDER_WAY,
            actor=Actor.SECRETARIAT,
            basis=_SECRETARIAT,
            required=False,
            repeats=True,
            expected=False,
        ),
        Transition(
            step=Step.ISSUE_STATUS_PAPER,
            sources=tuple(ReviewState),
            actor=Actor.SECRETARIAT,
            basis=_SECRETARIAT,
            required=False,
            repeats=True,
            expected=False,
        ),
        Transition(
            step=Step.HOLD_INITIAL_CONSULTATION,
            sources=(ReviewState.LAUNCHED,),
            target=ReviewState.CONSULTATION_HELD,
            actor=Actor.STATES_IN_REVIEW,
            together=_list_states_in_review,
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
            sources=(ReviewState.QUESTIONNAIRE_SUBMITTED, ReviewState.FEEDBACK_IN_PART),
            partial=ReviewState.FEEDBACK_IN_PART,
            target=ReviewState.FEEDBACK_SUBMITTED,
            actor=Actor.REVIEWING_STATE,
            each=_list_reviewing_states,
            instruments=_list_reviewed_instruments,
            row="9",
            limit=StepLimit(counted_from=Step.SUBMIT_QUESTIONNAIRE, row="9"),
        ),
        Transition(
            step=Step.HOLD_DIALOGUE,
            sources=(ReviewState.FEEDBACK_SUBMITTED,),
            target=ReviewState.DIALOGUE_HELD,
            actor=Actor.STATES_IN_REVIEW,
            together=_list_states_in_review,
            row="10",
        ),
        Transition(
            step=Step.DRAFT_OBSERVATIONS,
            sources=(ReviewState.DIALOGUE_HELD, ReviewState.OBSERVATIONS_IN_PART),
            partial=ReviewState.OBSERVATIONS_IN_PART,
            target=ReviewState.OBSERVATIONS_DRAFTED,
            actor=Actor.REVIEWING_STATE,
            each=_list_reviewing_states,
            instruments=_list_reviewed_instruments,
            row="11",
        ),
        Transition(
            step=Step.AGREE_ON_OBSERVATIONS,
            sources=(ReviewState.OBSERVATIONS_DRAFTED,),
            target=ReviewState.OBSERVATIONS_AGREED,
            actor=Actor.STATES_IN_REVIEW,
            together=_list_states_in_review,
            row="12",
        ),
        Transition(
            step=Step.PUBLISH_OBSERVATIONS,
            sources=_AGREED,
            actor=Actor.SECRETARIAT,
            instruments=_list_instruments,
            row="16",
            required=False,
        ),
        Transition(
            step=Step.PREPARE_SUMMARY,
            sources=(ReviewState.OBSERVATIONS_AGREED,),
            target=ReviewState.SUMMARY_PREPARED,
            actor=Actor.REVIEWING_STATE,
            together=_list_reviewing_states,
            row="13",
        ),
        Transition(
            step=Step.CLEAR_SUMMARY,
            sources=_SUMMARIZED,
            actor=Actor.FOCAL_POINT,
            each=_list_states_in_review,
            row="14",
            required=False,
        ),
        Transition(
            step=Step.TRANSLATE_SUMMARY,
            sources=_SUMMARIZED,
            actor=Actor.SECRETARIAT,
            row="13.1",
            required=False,
        ),
        Transition(
            step=Step.SHARE_WITH_WORKING_GROUPS,
            sources=(ReviewState.SUMMARY_PREPARED,),
            target=ReviewState.COMPLETED,
            actor=Actor.SECRETARIAT,
            row="15",
            limit=StepLimit(counted_from=Step.START, row="17", put_off=_find_end_of_extended_phase),
        ),
        Transition(
            step=Step.PUBLISH_SUMMARY,
            sources=_SUMMARIZED,
            actor=Actor.SECRETARIAT,
            instruments=_list_instruments,
            row="16",
            required=False,
        ),
        Transition(
            step=Step.COMPILE_RECOMMENDATIONS,
            sources=(ReviewState.COMPLETED,),
            actor=Actor.SECRETARIAT,
            basis=_COMPILATION,
            required=False,
            repeats=True,
            expected=False,
        ),
    ),
)
