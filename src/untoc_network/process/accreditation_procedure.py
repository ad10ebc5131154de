"""Observer status with the Conference under rules 14 to 17 of its rules of procedure as a table.

Rules 14 and 16(1): a State that signed the Convention, and a body of the United Nations or one with a standing
invitation, give written notice to the Secretary-General; nobody decides. Rules 15 and 16(2): another State, and any
other relevant intergovernmental organization, apply, and have the status unless the Conference decides otherwise.

Rule 17(1): an organization in consultative status with ECOSOC applies, and has the status unless the Conference decides
otherwise. Rule 17(2): any other relevant one applies; the list of applicants is circulated at least thirty days before
the session; where no State objects it has the status, and where one does the Conference decides.
"""

from __future__ import annotations

from enum import StrEnum

from untoc_network.diagnostics.findings import Basis
from untoc_network.model.accreditation import (
    ON_NOTICE,
    Accreditation,
    AccreditationEntry,
    AccreditationPath,
    AccreditationStep as Step,
)
from untoc_network.model.log_entry import Actor
from untoc_network.process.procedure import Procedure
from untoc_network.process.transition import Case, StepLimit, Transition
from untoc_network.reference.provisions import (
    RULE_14,
    RULE_15,
    RULE_16_1,
    RULE_16_2,
    RULE_17,
    RULE_17_2,
    RULES_14_AND_16_1,
    RULES_14_TO_17,
)
from untoc_network.values.dates import PartialDate
from untoc_network.values.time_limit import TimeLimit, TimeUnit

__all__ = ["ACCREDITATION", "AccreditationState"]

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


_CIRCULATED = frozenset({AccreditationPath.RULE_17, AccreditationPath.RULE_17_2})


def _check_notice_is_enough(case: Case) -> str | None:
    """Notice alone gives the status under rules 14 and 16(1)."""
    return None if case.thing.path in ON_NOTICE else "an application: notice is enough under rules 14 and 16(1) alone"


def _check_is_applied_for(case: Case) -> str | None:
    """Under rules 14 and 16(1) nobody applies."""
    return "written notice: under rules 14 and 16(1) nobody applies" if case.thing.path in ON_NOTICE else None


def _check_path_is_circulated(case: Case) -> str | None:
    """The list is circulated for applicants under rule 17(2) alone."""
    circulated = case.thing.path in _CIRCULATED
    return None if circulated else "an application under rule 17(2): others are not circulated"


def _check_circulated_before_grant(case: Case) -> str | None:
    """Without circulation, only an applicant in consultative status has the status."""
    circulated = any(entry.step is Step.CIRCULATE for entry in case.thing.log)
    needed = case.thing.path is AccreditationPath.RULE_17_2 and not circulated
    return "the circulation of the list of applicants" if needed else None


_PROVISIONS = {
    AccreditationPath.RULE_14: RULE_14,
    AccreditationPath.RULE_15: RULE_15,
    AccreditationPath.RULE_16_1: RULE_16_1,
    AccreditationPath.RULE_16_2: RULE_16_2,
}


def _get_provision(case: Case) -> Basis:
    """The rule that an application goes by."""
    return _PROVISIONS.get(case.thing.path, RULE_17)


def _get_session_opening(case: Case) -> tuple[PartialDate, Basis | None] | None:
    event = case.event(case.thing.event_id)
    return None if event is None or event.first_day is None else (event.first_day, None)


ACCREDITATION = Procedure(
    name="accreditation",
    title="Observer status under rules 14 to 17",
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
            basis=RULES_14_TO_17,
            provision=_get_provision,
            guard=_check_is_applied_for,
        ),
        Transition(
            step=Step.NOTIFY,
            sources=(AccreditationState.IN_PREPARATION,),
            target=AccreditationState.GRANTED,
            actor=Actor.APPLICANT,
            basis=RULES_14_AND_16_1,
            provision=_get_provision,
            guard=_check_notice_is_enough,
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
            basis=RULES_14_TO_17,
            provision=_get_provision,
            guard=_check_circulated_before_grant,
        ),
        Transition(
            step=Step.DECIDE_IN_FAVOUR,
            sources=(AccreditationState.APPLIED, AccreditationState.OBJECTED),
            target=AccreditationState.GRANTED,
            actor=Actor.CONFERENCE,
            basis=RULES_14_TO_17,
            provision=_get_provision,
        ),
        Transition(
            step=Step.DECIDE_AGAINST,
            sources=(AccreditationState.APPLIED, AccreditationState.OBJECTED),
            target=AccreditationState.REFUSED,
            actor=Actor.CONFERENCE,
            basis=RULES_14_TO_17,
            provision=_get_provision,
        ),
        Transition(
            step=Step.WITHDRAW,
            sources=(AccreditationState.APPLIED, AccreditationState.CIRCULATED, AccreditationState.OBJECTED),
            target=AccreditationState.WITHDRAWN,
            actor=Actor.APPLICANT,
            basis=RULES_14_TO_17,
            provision=_get_provision,
            required=False,
        ),
    ),
)
