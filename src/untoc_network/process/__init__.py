"""What may happen next: each procedure of the Mechanism as one table of steps, actors, time limits and provisions.

import untoc_network as un

un.process.COUNTRY_REVIEW.what_next(review, on="2022-05-01")
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from untoc_network.process.accreditation_procedure import ACCREDITATION, AccreditationState
    from untoc_network.process.country_review_procedure import COUNTRY_REVIEW, ReviewState
    from untoc_network.process.dialogue_procedures import APPLICATION, DIALOGUE, ApplicationState, DialogueState
    from untoc_network.process.general_review_procedure import GENERAL_REVIEW, GeneralReviewState
    from untoc_network.process.log_replay import LogReplay
    from untoc_network.process.next_steps import Deadline, NextStep, StepShare
    from untoc_network.process.procedure import Procedure
    from untoc_network.process.published_outputs import PublishedOutput
    from untoc_network.process.questionnaire_procedure import QUESTIONNAIRE, QuestionnaireState
    from untoc_network.process.review_tracker import ReviewProgress, ReviewStanding, ReviewTracker, track
    from untoc_network.process.step_standings import TRACKED_STEPS, StepCell, StepStanding
    from untoc_network.process.transition import Case, StatePart, StepLimit, Transition

_HOMES = {
    "accreditation_procedure": ("ACCREDITATION", "AccreditationState"),
    "country_review_procedure": ("COUNTRY_REVIEW", "ReviewState"),
    "dialogue_procedures": ("APPLICATION", "DIALOGUE", "ApplicationState", "DialogueState"),
    "general_review_procedure": ("GENERAL_REVIEW", "GeneralReviewState"),
    "log_replay": ("LogReplay",),
    "next_steps": ("Deadline", "NextStep", "StepShare"),
    "procedure": ("Procedure",),
    "published_outputs": ("PublishedOutput",),
    "questionnaire_procedure": ("QUESTIONNAIRE", "QuestionnaireState"),
    "review_tracker": ("ReviewProgress", "ReviewStanding", "ReviewTracker", "track"),
    "step_standings": ("TRACKED_STEPS", "StepCell", "StepStanding"),
    "transition": ("Case", "StatePart", "StepLimit", "Transition"),
}
_PROCEDURES = ("COUNTRY_REVIEW", "QUESTIONNAIRE", "GENERAL_REVIEW", "DIALOGUE", "APPLICATION", "ACCREDITATION")
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "ACCREDITATION",
    "APPLICATION",
    "COUNTRY_REVIEW",
    "DIALOGUE",
    "GENERAL_REVIEW",
    "PROCEDURES",
    "QUESTIONNAIRE",
    "TRACKED_STEPS",
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
    "StepCell",
    "StepLimit",
    "StepShare",
    "StepStanding",
    "Transition",
    "track",
]

if TYPE_CHECKING:
    PROCEDURES: tuple[Procedure, ...]
    """All procedures."""
else:

    def __getattr__(name: str) -> Any:
        """Load a procedure, or a class, when it is first asked for: a register without reviews needs none."""
        if name == "PROCEDURES":
            value = tuple(__getattr__(one) for one in _PROCEDURES)
        elif name in _HOME_OF:
            value = getattr(importlib.import_module(f"{__name__}.{_HOME_OF[name]}"), name)
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = value
        return value
