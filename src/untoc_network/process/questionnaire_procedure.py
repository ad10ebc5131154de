"""The self-assessment questionnaire with its national consultation as a table, for one instrument at a time.

The consultation of stakeholders is encouraged, not required; it is where non-governmental stakeholders come in.
"""

from __future__ import annotations

from enum import StrEnum

import attrs

from untoc_network.diagnostics.findings import Basis
from untoc_network.model.country_review import (
    CountryReview,
    CountryReviewStep,
    Questionnaire,
    QuestionnaireEntry,
    QuestionnaireStep as Step,
)
from untoc_network.model.log_entry import Actor
from untoc_network.process.country_review_procedure import find_phase_start
from untoc_network.process.procedure import Procedure
from untoc_network.process.transition import Case, StepLimit, Transition
from untoc_network.values.dates import PartialDate

__all__ = ["QUESTIONNAIRE", "QuestionnaireState"]


class QuestionnaireState(StrEnum):
    """How far a State is with its answers on one instrument."""

    NOT_BEGUN = "not-begun"
    IN_PREPARATION = "in-preparation"
    CONSULTATION_ANNOUNCED = "consultation-announced"
    CONSULTATION_HELD = "consultation-held"
    SUBMITTED = "submitted"


_BEFORE_SUBMISSION = (
    QuestionnaireState.IN_PREPARATION,
    QuestionnaireState.CONSULTATION_ANNOUNCED,
    QuestionnaireState.CONSULTATION_HELD,
)
_START = "start-of-the-review"


def _find_review_start(case: Case) -> tuple[PartialDate, Basis | None] | None:
    review = case.whole
    if not isinstance(review, CountryReview):
        return None
    started = next((entry.on for entry in review.log if entry.step is CountryReviewStep.START), None)
    return (started, None) if started is not None else find_phase_start(attrs.evolve(case, thing=review))


QUESTIONNAIRE = Procedure(
    name="questionnaire",
    title="The self-assessment questionnaire and the national consultation",
    thing=Questionnaire,
    entry=QuestionnaireEntry,
    states=QuestionnaireState,
    anchors={_START: _find_review_start},
    transitions=(
        Transition(
            step=Step.BEGIN,
            sources=(QuestionnaireState.NOT_BEGUN,),
            target=QuestionnaireState.IN_PREPARATION,
            actor=Actor.STATE_UNDER_REVIEW,
            row="8",
        ),
        Transition(
            step=Step.ANNOUNCE_CONSULTATION,
            sources=(QuestionnaireState.IN_PREPARATION,),
            target=QuestionnaireState.CONSULTATION_ANNOUNCED,
            actor=Actor.STATE_UNDER_REVIEW,
            row="7",
            required=False,
        ),
        Transition(
            step=Step.HOLD_CONSULTATION,
            sources=(QuestionnaireState.IN_PREPARATION, QuestionnaireState.CONSULTATION_ANNOUNCED),
            target=QuestionnaireState.CONSULTATION_HELD,
            actor=Actor.STATE_UNDER_REVIEW,
            row="7",
            required=False,
        ),
        Transition(
            step=Step.SUBMIT,
            sources=_BEFORE_SUBMISSION,
            target=QuestionnaireState.SUBMITTED,
            actor=Actor.STATE_UNDER_REVIEW,
            row="8",
            limit=StepLimit(counted_from=_START, row="8"),
        ),
        Transition(
            step=Step.ADD_INFORMATION,
            sources=(QuestionnaireState.SUBMITTED,),
            actor=Actor.STATE_UNDER_REVIEW,
            row="10",
            required=False,
            repeats=True,
        ),
    ),
)
