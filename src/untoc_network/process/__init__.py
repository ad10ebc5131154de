"""What may happen next: each procedure of the Mechanism as one table of steps, actors, time limits and provisions.

import untoc_network as un

un.process.COUNTRY_REVIEW.what_next(review, on="2022-05-01")
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from untoc_network.process.accreditation_procedure import ACCREDITATION, AccreditationState
from untoc_network.process.country_review_procedure import COUNTRY_REVIEW, ReviewState
from untoc_network.process.dialogue_procedures import APPLICATION, DIALOGUE, ApplicationState, DialogueState
from untoc_network.process.general_review_procedure import GENERAL_REVIEW, GeneralReviewState
from untoc_network.process.log_replay import LogReplay
from untoc_network.process.next_steps import Deadline, NextStep, StepShare
from untoc_network.process.procedure import Procedure
from untoc_network.process.questionnaire_procedure import QUESTIONNAIRE, QuestionnaireState
from untoc_network.process.transition import Case, StatePart, StepLimit, Transition

if TYPE_CHECKING:
    from untoc_network.process.published_outputs import PublishedOutput
    from untoc_network.process.review_tracker import ReviewProgress, ReviewStanding, ReviewTracker, track

__all__ = [
    "ACCREDITATION",
    "APPLICATION",
    "COUNTRY_REVIEW",
    "DIALOGUE",
    "GENERAL_REVIEW",
    "PROCEDURES",
    "QUESTIONNAIRE",
    "AccreditationState",
    "ApplicationState",
    "Case",
    "Deadline",
    "DialogueState",
    "GeneralReviewState",
    "LogReplay",
    "NextStep",
    "Procedure",
    "PublishedOutput",
    "QuestionnaireState",
    "ReviewProgress",
    "ReviewStanding",
    "ReviewState",
    "ReviewTracker",
    "StatePart",
    "StepLimit",
    "StepShare",
    "Transition",
    "track",
]

if not TYPE_CHECKING:  # pragma: no branch - or every name would be one for type checkers

    def __getattr__(name: str) -> Any:
        """Load what tracks reviews when it is first asked for; rules need none of it."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{__name__}.review_tracker"), name)


PROCEDURES: tuple[Procedure, ...] = (
    COUNTRY_REVIEW,
    QUESTIONNAIRE,
    GENERAL_REVIEW,
    DIALOGUE,
    APPLICATION,
    ACCREDITATION,
)
"""All procedures."""
