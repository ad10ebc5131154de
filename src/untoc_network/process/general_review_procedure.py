"""The general review as a table: from the recommendations of working groups to what follows a resolution.

Working groups recommend, the secretariat prepares the general report, the Conference reviews in plenary and may adopt
resolutions, and what these ask for is followed up when the session is over.
"""

from __future__ import annotations

from enum import StrEnum

from untoc_network.diagnostics.findings import Basis, Certainty
from untoc_network.model.general_review import GeneralReview, GeneralReviewEntry, GeneralReviewStep as Step
from untoc_network.model.log_entry import Actor
from untoc_network.process.procedure import Procedure
from untoc_network.process.transition import Case, StepLimit, Transition
from untoc_network.reference.provisions import RECOMMENDATIONS, SESSIONS
from untoc_network.values.dates import PartialDate

__all__ = ["GENERAL_REVIEW", "GeneralReviewState"]


class GeneralReviewState(StrEnum):
    """How far a general review has come."""

    IN_PREPARATION = "in-preparation"
    REPORT_PREPARED = "report-prepared"
    SESSION_OPEN = "session-open"
    REVIEWED = "reviewed"
    ACTED_ON = "acted-on"
    RESOLUTION_ADOPTED = "resolution-adopted"
    CLOSED = "closed"
    FOLLOWED_UP = "followed-up"


_PREVIOUS = "previous-session"
FOLLOW_UP = Basis(
    document="practice after resolution 12/4: the expert group that it asks for has met",
    source="https://indico.un.org/event/1020020",
    certainty=Certainty.DERIVED,
)


def _find_previous_session_start(case: Case) -> tuple[PartialDate, Basis | None] | None:
    before = case.thing.session - 1
    row = next((row for row in case.reference.table("conference_sessions") if row.session == before), None)
    return None if row is None else (row.starts, row.basis("sessions of the Conference", f"session {before}"))


GENERAL_REVIEW = Procedure(
    name="general-review",
    title="The general review",
    thing=GeneralReview,
    entry=GeneralReviewEntry,
    states=GeneralReviewState,
    anchors={_PREVIOUS: _find_previous_session_start},
    transitions=(
        Transition(
            step=Step.CONSIDER_IN_WORKING_GROUP,
            sources=(GeneralReviewState.IN_PREPARATION, GeneralReviewState.REPORT_PREPARED),
            actor=Actor.WORKING_GROUP,
            row="15",
            required=False,
            repeats=True,
        ),
        Transition(
            step=Step.MAKE_RECOMMENDATIONS,
            sources=(GeneralReviewState.IN_PREPARATION, GeneralReviewState.REPORT_PREPARED),
            actor=Actor.WORKING_GROUP,
            basis=RECOMMENDATIONS,
            required=False,
            repeats=True,
        ),
        Transition(
            step=Step.PREPARE_REPORT,
            sources=(GeneralReviewState.IN_PREPARATION,),
            target=GeneralReviewState.REPORT_PREPARED,
            actor=Actor.SECRETARIAT,
            row="18.1",
        ),
        Transition(
            step=Step.OPEN_SESSION,
            sources=(GeneralReviewState.IN_PREPARATION, GeneralReviewState.REPORT_PREPARED),
            target=GeneralReviewState.SESSION_OPEN,
            actor=Actor.CONFERENCE,
            row="18",
            limit=StepLimit(counted_from=_PREVIOUS, row="18"),
        ),
        Transition(
            step=Step.REVIEW_IN_PLENARY,
            sources=(GeneralReviewState.SESSION_OPEN,),
            target=GeneralReviewState.REVIEWED,
            actor=Actor.CONFERENCE,
            row="18",
        ),
        Transition(
            step=Step.ACT_ON_RECOMMENDATIONS,
            sources=(GeneralReviewState.REVIEWED,),
            target=GeneralReviewState.ACTED_ON,
            actor=Actor.CONFERENCE,
            basis=SESSIONS,
            required=False,
        ),
        Transition(
            step=Step.ADOPT_RESOLUTION,
            sources=(
                GeneralReviewState.REVIEWED,
                GeneralReviewState.ACTED_ON,
                GeneralReviewState.RESOLUTION_ADOPTED,
            ),
            target=GeneralReviewState.RESOLUTION_ADOPTED,
            actor=Actor.CONFERENCE,
            basis=SESSIONS,
            required=False,
            repeats=True,
        ),
        Transition(
            step=Step.CLOSE_SESSION,
            sources=(
                GeneralReviewState.SESSION_OPEN,
                GeneralReviewState.REVIEWED,
                GeneralReviewState.ACTED_ON,
                GeneralReviewState.RESOLUTION_ADOPTED,
            ),
            target=GeneralReviewState.CLOSED,
            actor=Actor.CONFERENCE,
            basis=SESSIONS,
        ),
        Transition(
            step=Step.FOLLOW_UP_ON_RESOLUTION,
            sources=(GeneralReviewState.CLOSED, GeneralReviewState.FOLLOWED_UP),
            target=GeneralReviewState.FOLLOWED_UP,
            actor=Actor.STATE,
            basis=FOLLOW_UP,
            required=False,
            repeats=True,
        ),
    ),
)
