"""Observer status with the Conference under rule 17 of its rules of procedure as a table.

Rule 17(1): an organization in consultative status with ECOSOC applies, and has the status unless the Conference decides
otherwise. Rule 17(2): any other relevant one applies; the list of applicants is circulated at least thirty days before
the session; where no State objects it has the status, and where one does the Conference decides.
"""

from __future__ import annotations

from enum import StrEnum

from untoc_network.diagnostics.findings import Basis
from untoc_network.model.accreditation import (
    Accreditation,
    AccreditationEntry,
    AccreditationPath,
    AccreditationStep as Step,
)
from untoc_network.model.log_entry import Actor
from untoc_network.process.procedure import Procedure
from untoc_network.process.transition import Case, StepLimit, Transition
from untoc_network.values.dates import PartialDate
from untoc_network.values.time_limit import TimeLimit, TimeUnit

__all__ = ["ACCREDITATION", "AccreditationState"]

_RULES = "rules of procedure of the Conference of the Parties"
_PAGE = "https://unodc.org/unodc/en/treaties/CTOC/participation-ngos.html"
RULE_17 = Basis(document=_RULES, provision="rule 17", source=_PAGE)
RULE_17_1 = Basis(document=_RULES, provision="rule 17(1)", source=_PAGE)
RULE_17_2 = Basis(document=_RULES, provision="rule 17(2)", source=_PAGE)
THIRTY_DAYS = TimeLimit(30, TimeUnit.DAYS)


class AccreditationState(StrEnum):
    """How far an application for observer status has come."""

    IN_PREPARATION = "in-preparation"
    APPLIED = "applied"
    CIRCULATED = "circulated"
    OBJECTED = "objected"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


def _check_path_is_circulated(case: Case) -> str | None:
    """The list is circulated for applicants under rule 17(2) alone."""
    under_17_1 = case.thing.path is AccreditationPath.RULE_17_1
    return "an application under rule 17(2): others are not circulated" if under_17_1 else None


def _check_circulated_before_grant(case: Case) -> str | None:
    """Without circulation, only an applicant in consultative status has the status."""
    circulated = any(entry.step is Step.CIRCULATE for entry in case.thing.log)
    needed = case.thing.path is AccreditationPath.RULE_17_2 and not circulated
    return "the circulation of the list of applicants" if needed else None


def _get_session_opening(case: Case) -> tuple[PartialDate, Basis | None] | None:
    event = case.event(case.thing.event_id)
    return None if event is None or event.first_day is None else (event.first_day, None)


ACCREDITATION = Procedure(
    name="accreditation",
    title="Observer status under rule 17",
    thing=Accreditation,
    entry=AccreditationEntry,
    states=AccreditationState,
    anchors={"opening-of-the-session": _get_session_opening},
    transitions=(
        Transition(
            step=Step.APPLY,
            sources=(AccreditationState.IN_PREPARATION,),
            target=AccreditationState.APPLIED,
            actor=Actor.APPLICANT,
            basis=RULE_17,
        ),
        Transition(
            step=Step.CIRCULATE,
            sources=(AccreditationState.APPLIED,),
            target=AccreditationState.CIRCULATED,
            actor=Actor.SECRETARIAT,
            basis=RULE_17_2,
            guard=_check_path_is_circulated,
            limit=StepLimit(counted_from="opening-of-the-session", time=THIRTY_DAYS, basis=RULE_17_2, before=True),
        ),
        Transition(
            step=Step.OBJECT,
            sources=(AccreditationState.CIRCULATED, AccreditationState.OBJECTED),
            target=AccreditationState.OBJECTED,
            actor=Actor.STATE,
            basis=RULE_17_2,
            required=False,
            repeats=True,
        ),
        Transition(
            step=Step.WITHDRAW_OBJECTIONS,
            sources=(AccreditationState.OBJECTED,),
            target=AccreditationState.CIRCULATED,
            actor=Actor.STATE,
            basis=RULE_17_2,
            required=False,
        ),
        Transition(
            step=Step.GRANT,
            sources=(AccreditationState.APPLIED, AccreditationState.CIRCULATED),
            target=AccreditationState.GRANTED,
            actor=Actor.BUREAU,
            basis=RULE_17,
            guard=_check_circulated_before_grant,
        ),
        Transition(
            step=Step.DECIDE_IN_FAVOUR,
            sources=(AccreditationState.APPLIED, AccreditationState.OBJECTED),
            target=AccreditationState.GRANTED,
            actor=Actor.CONFERENCE,
            basis=RULE_17,
        ),
        Transition(
            step=Step.DECIDE_AGAINST,
            sources=(AccreditationState.APPLIED, AccreditationState.OBJECTED),
            target=AccreditationState.REFUSED,
            actor=Actor.CONFERENCE,
            basis=RULE_17,
        ),
        Transition(
            step=Step.WITHDRAW,
            sources=(AccreditationState.APPLIED, AccreditationState.CIRCULATED, AccreditationState.OBJECTED),
            target=AccreditationState.WITHDRAWN,
            actor=Actor.APPLICANT,
            basis=RULE_17,
            required=False,
        ),
    ),
)
