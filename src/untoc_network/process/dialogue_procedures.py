"""The constructive dialogue as a table, and the application to take part in one as another.

The dialogues rest on paragraph 53 of the Procedures and rules. That every application is subject to the approval of the
extended Bureau is what the calls say. A written procedure for objections was not found: what stands here for them is
the practice at the first dialogue in 2022.
"""

from __future__ import annotations

from enum import StrEnum

from untoc_network.diagnostics.findings import Basis
from untoc_network.model.dialogue import (
    ApplicationEntry,
    ApplicationStep,
    ConstructiveDialogue,
    DialogueApplication,
    DialogueEntry,
    DialogueStep as Step,
)
from untoc_network.model.log_entry import Actor
from untoc_network.process.procedure import Procedure
from untoc_network.process.transition import Case, StepLimit, Transition
from untoc_network.reference.provisions import APPROVAL, PARAGRAPH_53, PREPARATION, SUMMARY
from untoc_network.values.dates import PartialDate
from untoc_network.values.time_limit import TimeLimit, TimeUnit

__all__ = ["APPLICATION", "DIALOGUE", "ApplicationState", "DialogueState"]

_PRACTICE = Basis(
    document="practice at the dialogue on firearms of 6 May 2022",
    source="https://globalinitiative.net/announcements/statement-5-5-22/",
)
_AT_ONCE = TimeLimit(0, TimeUnit.DAYS)


class DialogueState(StrEnum):
    """How far a dialogue has come."""

    PLANNED = "planned"
    CALL_OPEN = "call-open"
    CALL_CLOSED = "call-closed"
    PARTICIPANTS_APPROVED = "participants-approved"
    HELD = "held"
    SUMMARY_ISSUED = "summary-issued"
    SUMMARY_SHARED = "summary-shared"


class ApplicationState(StrEnum):
    """How far an application to take part in a dialogue has come."""

    IN_PREPARATION = "in-preparation"
    SUBMITTED = "submitted"
    OBJECTED = "objected"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


def _get_application_deadline(case: Case) -> tuple[PartialDate, Basis | None] | None:
    dialogue = case.thing if isinstance(case.thing, ConstructiveDialogue) else case.whole
    apply_by = getattr(dialogue, "apply_by", None)
    return None if apply_by is None else (apply_by, None)


def _get_dialogue_first_day(case: Case) -> tuple[PartialDate, Basis | None] | None:
    event = case.event(case.thing.event_id)
    return None if event is None or event.first_day is None else (event.first_day, None)


DIALOGUE = Procedure(
    name="dialogue",
    title="The constructive dialogue",
    thing=ConstructiveDialogue,
    entry=DialogueEntry,
    states=DialogueState,
    anchors={
        "deadline-of-the-call": _get_application_deadline,
        "day-of-the-meeting": _get_dialogue_first_day,
    },
    transitions=(
        Transition(
            step=Step.OPEN_CALL,
            sources=(DialogueState.PLANNED,),
            target=DialogueState.CALL_OPEN,
            actor=Actor.SECRETARIAT,
            basis=APPROVAL,
        ),
        Transition(
            step=Step.CLOSE_CALL,
            sources=(DialogueState.CALL_OPEN,),
            target=DialogueState.CALL_CLOSED,
            actor=Actor.SECRETARIAT,
            basis=APPROVAL,
            limit=StepLimit(counted_from="deadline-of-the-call", time=_AT_ONCE, basis=APPROVAL),
        ),
        Transition(
            step=Step.APPROVE_PARTICIPANTS,
            sources=(DialogueState.CALL_CLOSED,),
            target=DialogueState.PARTICIPANTS_APPROVED,
            actor=Actor.EXTENDED_BUREAU,
            basis=APPROVAL,
        ),
        Transition(
            step=Step.HOLD_PREPARATION_DAY,
            sources=(DialogueState.PARTICIPANTS_APPROVED,),
            actor=Actor.SECRETARIAT,
            basis=PREPARATION,
            limit=StepLimit(
                counted_from="day-of-the-meeting", time=TimeLimit(1, TimeUnit.DAYS), basis=PREPARATION, before=True
            ),
            required=False,
        ),
        Transition(
            step=Step.HOLD,
            sources=(DialogueState.PARTICIPANTS_APPROVED,),
            target=DialogueState.HELD,
            actor=Actor.CHAIR,
            basis=PARAGRAPH_53,
            limit=StepLimit(counted_from="day-of-the-meeting", time=_AT_ONCE, basis=PARAGRAPH_53),
        ),
        Transition(
            step=Step.ISSUE_SUMMARY,
            sources=(DialogueState.HELD,),
            target=DialogueState.SUMMARY_ISSUED,
            actor=Actor.CHAIR,
            basis=SUMMARY,
        ),
        Transition(
            step=Step.SHARE_SUMMARY,
            sources=(DialogueState.SUMMARY_ISSUED,),
            target=DialogueState.SUMMARY_SHARED,
            actor=Actor.CHAIR,
            basis=SUMMARY,
        ),
    ),
)

APPLICATION = Procedure(
    name="application",
    title="The application to take part in a constructive dialogue",
    thing=DialogueApplication,
    entry=ApplicationEntry,
    states=ApplicationState,
    anchors={"deadline-of-the-call": _get_application_deadline},
    transitions=(
        Transition(
            step=ApplicationStep.SUBMIT,
            sources=(ApplicationState.IN_PREPARATION,),
            target=ApplicationState.SUBMITTED,
            actor=Actor.APPLICANT,
            basis=APPROVAL,
            limit=StepLimit(counted_from="deadline-of-the-call", time=_AT_ONCE, basis=APPROVAL),
        ),
        Transition(
            step=ApplicationStep.OBJECT,
            sources=(ApplicationState.SUBMITTED,),
            target=ApplicationState.OBJECTED,
            actor=Actor.STATE,
            basis=_PRACTICE,
            required=False,
        ),
        Transition(
            step=ApplicationStep.WITHDRAW_OBJECTIONS,
            sources=(ApplicationState.OBJECTED,),
            target=ApplicationState.SUBMITTED,
            actor=Actor.STATE,
            basis=_PRACTICE,
            required=False,
        ),
        Transition(
            step=ApplicationStep.APPROVE,
            sources=(ApplicationState.SUBMITTED, ApplicationState.OBJECTED),
            target=ApplicationState.APPROVED,
            actor=Actor.EXTENDED_BUREAU,
            basis=APPROVAL,
        ),
        Transition(
            step=ApplicationStep.DECLINE,
            sources=(ApplicationState.SUBMITTED, ApplicationState.OBJECTED),
            target=ApplicationState.DECLINED,
            actor=Actor.EXTENDED_BUREAU,
            basis=APPROVAL,
        ),
        Transition(
            step=ApplicationStep.WITHDRAW,
            sources=(ApplicationState.SUBMITTED, ApplicationState.OBJECTED, ApplicationState.APPROVED),
            target=ApplicationState.WITHDRAWN,
            actor=Actor.APPLICANT,
            basis=APPROVAL,
            required=False,
        ),
    ),
)
