"""Applications for status and admission, forum by forum, and what a stakeholder may do at a session."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

import attrs

from untoc_network.diagnostics.errors import UnknownRecord
from untoc_network.diagnostics.findings import Basis, Certainty
from untoc_network.diagnostics.object_to_dict import HasPlainForm, PlainForm
from untoc_network.engagement.applicant import Applicant
from untoc_network.engagement.assessed_entry_point import Verdict
from untoc_network.engagement.entry_point_kinds import CLOSED_DOORS
from untoc_network.engagement.log_as_of import states_as_of, truncate_log
from untoc_network.engagement.observer_rules import INTERGOVERNMENTAL_PATHS, list_open_paths
from untoc_network.engagement.participation_conditions import list_observer_application_states
from untoc_network.engagement.translatable_message import Message, has_wording, make_message
from untoc_network.model.accreditation import AccreditationPath, AccreditationStep, Vote
from untoc_network.model.dialogue import ApplicationStep
from untoc_network.model.event import Event, EventKind
from untoc_network.model.organization_and_person import Organization
from untoc_network.model.register import Register
from untoc_network.process import ACCREDITATION, APPLICATION, AccreditationState, ApplicationState
from untoc_network.process.procedure import Procedure
from untoc_network.reference import packaged
from untoc_network.reference.facts import Reference
from untoc_network.reference.provisions import RULE_14, RULE_15, RULE_16, RULE_17_3
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.dates import PartialDate

__all__ = [
    "RIGHTS",
    "Act",
    "Decision",
    "Objection",
    "Right",
    "RightRow",
    "TrackedApplication",
    "applications",
    "rights",
]

_DIALOGUE = "dialogue"


@attrs.frozen(kw_only=True)
class Objection:
    """An objection: by which State and when, as far as recorded, and whether it still stands."""

    by: str | None
    on: PartialDate | None
    stands: bool


@attrs.frozen(kw_only=True)
class Decision:
    """A decision on an application, by whom and when, and how States voted, as far as recorded."""

    step: str
    actor: str | None
    on: PartialDate | None
    vote: Vote | None = None

    plain_form = PlainForm("step actor on vote", vote=lambda decision: decision.vote and attrs.asdict(decision.vote))


@attrs.frozen(kw_only=True)
class TrackedApplication(HasPlainForm):
    """One application in one forum as it stands on a day; of two or more `states` the log leaves open which."""

    id: str
    forum: str
    organization_id: str | None
    event_id: str | None
    path: str | None
    states: tuple[str, ...]
    objections: tuple[Objection, ...]
    decisions: tuple[Decision, ...]

    plain_form = PlainForm("id forum organization=organization_id event=event_id path states objections decisions")


@check_arguments
def applications(
    register: Register, on: PartialDate | dt.date | str, *, organization_id: str | None = None
) -> tuple[TrackedApplication, ...]:
    """All applications for status with the Conference and ECOSOC, and to take part in dialogues, as of a day.

    With `organization_id`, those of one organization. Raises `UnknownRecord` for none.
    """
    day = PartialDate.of(on)
    wanted = None if organization_id is None else register[organization_id].id
    found = (*_track_accreditations(register, day), *_track_dialogue_applications(register, day))
    return tuple(one for one in found if wanted in (None, one.organization_id))


def _track_accreditations(register: Register, day: PartialDate) -> Iterator[TrackedApplication]:
    for one in register.accreditations:
        body, event = one.organization_id, one.event_id
        yield TrackedApplication(
            id=one.id,
            forum=one.forum.value,
            organization_id=None if body is None else register.resolved(body),
            event_id=None if event is None else register.resolved(event),
            path=one.path.value,
            **_read_log_as_of(ACCREDITATION, one, register, day),
        )


def _track_dialogue_applications(register: Register, day: PartialDate) -> Iterator[TrackedApplication]:
    for dialogue in register.constructive_dialogues:
        for one in dialogue.applications:
            yield TrackedApplication(
                id=f"{dialogue.id}/{one.key}",
                forum=_DIALOGUE,
                organization_id=register.resolved(one.organization_id),
                event_id=register.resolved(dialogue.event_id),
                path=None,
                **_read_log_as_of(APPLICATION, one, register, day),
            )


_DECISIONS = frozenset(
    {
        AccreditationStep.GRANT,
        AccreditationStep.DECIDE_IN_FAVOUR,
        AccreditationStep.DECIDE_AGAINST,
        ApplicationStep.APPROVE,
        ApplicationStep.DECLINE,
    }
)
_ENDING = _DECISIONS | {AccreditationStep.WITHDRAW_OBJECTIONS, AccreditationStep.WITHDRAW}
"""The steps after which an objection stands no more; both procedures call them the same."""


def _read_log_as_of(procedure: Procedure, thing: Any, register: Register, day: PartialDate) -> dict[str, Any]:
    log = truncate_log(thing, register, day).log
    ended = [number for number, entry in enumerate(log) if entry.step in _ENDING]
    return {
        "states": states_as_of(procedure, thing, register, day),
        "objections": tuple(
            Objection(by=state, on=entry.on, stands=not any(number < end for end in ended))
            for number, entry in enumerate(log)
            if entry.step == AccreditationStep.OBJECT
            for state in entry.by or (None,)
        ),
        "decisions": tuple(
            Decision(step=entry.step.value, actor=entry.actor, on=entry.on, vote=getattr(entry, "vote", None))
            for entry in log
            if entry.step in _DECISIONS
        ),
    }


# -- what may be done at a session -----------------------------------------------------------------------------------


class Act(StrEnum):
    """What one may do at a session."""

    ATTEND = "attend"
    SPEAK = "speak"
    SUBMIT = "submit"
    RECEIVE_DOCUMENTS = "receive-documents"
    DELIBERATE = "deliberate"
    DECIDE = "decide"


class RightPrecondition(StrEnum):
    """What an act hangs on."""

    OBSERVER = "observer"
    """Observer status at the session of the Conference."""
    APPROVED = "approved"
    """An application to the dialogue that the extended Bureau approved."""
    NOTHING_HELPS = "nothing-helps"
    """It is for States alone."""


@attrs.frozen(kw_only=True)
class RightRow:
    """A row of the table: at what kind of event, which act, what it hangs on, and what that rests on.

    At the Conference `paths` are the rules whose observers it is for. `said` names the wording, where the same act is
    had in another way than under rule 17.
    """

    at: EventKind
    act: Act
    needs: RightPrecondition
    basis: Basis
    paths: tuple[AccreditationPath, ...] = ()
    said: str | None = None

    def choose_wording(self, verdict: Verdict) -> str:
        """The key of the wording for a verdict."""
        own = f"right.{self.at}.{self.said}.{verdict}"
        return own if self.said is not None and has_wording(own) else f"right.{self.at}.{self.act}.{verdict}"


_CALLS = "calls for applications to the constructive dialogues"
_CALL = "https://www.unodc.org/unodc/en/ngos/constructive-dialogues.html"
_ADMISSION = Basis(document=_CALLS, provision="approval by the extended Bureau", source=_CALL)
_AGENDA = Basis(document=_CALLS, provision="agenda: inputs and suggestions", source=_CALL)
_NOT_LISTED = attrs.evolve(RULE_17_3, certainty=Certainty.DERIVED)
_CONFERENCE, _GROUP, _TALK = (
    EventKind.CONFERENCE_SESSION,
    EventKind.WORKING_GROUP_SESSION,
    EventKind.CONSTRUCTIVE_DIALOGUE,
)
_STATUS_ALONE, _NEVER = RightPrecondition.OBSERVER, RightPrecondition.NOTHING_HELPS
_OF_17 = (AccreditationPath.RULE_17_1, AccreditationPath.RULE_17_2)
_OF_14, _OF_15 = (AccreditationPath.RULE_14,), (AccreditationPath.RULE_15,)


def _make_conference_right(
    act: Act,
    needs: RightPrecondition,
    basis: Basis,
    paths: tuple[AccreditationPath, ...],
    said: str | None = None,
) -> RightRow:
    return RightRow(at=_CONFERENCE, act=act, needs=needs, basis=basis, paths=paths, said=said)


RIGHTS: tuple[RightRow, ...] = (
    _make_conference_right(Act.ATTEND, _STATUS_ALONE, RULE_14, _OF_14),
    _make_conference_right(Act.SPEAK, _STATUS_ALONE, RULE_14, _OF_14, "speak-14"),
    _make_conference_right(Act.RECEIVE_DOCUMENTS, _STATUS_ALONE, RULE_14, _OF_14),
    _make_conference_right(Act.SUBMIT, _STATUS_ALONE, RULE_14, _OF_14, "submit-observer"),
    _make_conference_right(Act.DELIBERATE, _STATUS_ALONE, RULE_14, _OF_14),
    _make_conference_right(Act.DECIDE, _NEVER, RULE_15, _OF_15),
    _make_conference_right(Act.ATTEND, _STATUS_ALONE, RULE_16, INTERGOVERNMENTAL_PATHS),
    _make_conference_right(Act.SPEAK, _STATUS_ALONE, RULE_16, INTERGOVERNMENTAL_PATHS, "speak-16"),
    _make_conference_right(Act.RECEIVE_DOCUMENTS, _STATUS_ALONE, RULE_16, INTERGOVERNMENTAL_PATHS),
    _make_conference_right(Act.SUBMIT, _STATUS_ALONE, RULE_16, INTERGOVERNMENTAL_PATHS, "submit-observer"),
    _make_conference_right(Act.ATTEND, _STATUS_ALONE, RULE_17_3, _OF_17),
    _make_conference_right(Act.SPEAK, _STATUS_ALONE, RULE_17_3, _OF_17),
    _make_conference_right(Act.RECEIVE_DOCUMENTS, _STATUS_ALONE, RULE_17_3, _OF_17),
    _make_conference_right(Act.SUBMIT, _NEVER, _NOT_LISTED, _OF_17),
    _make_conference_right(Act.DECIDE, _NEVER, RULE_17_3, _OF_17),
    RightRow(at=_GROUP, act=Act.ATTEND, needs=RightPrecondition.NOTHING_HELPS, basis=CLOSED_DOORS),
    RightRow(at=_TALK, act=Act.ATTEND, needs=RightPrecondition.APPROVED, basis=_ADMISSION),
    RightRow(at=_TALK, act=Act.SPEAK, needs=RightPrecondition.APPROVED, basis=_AGENDA),
    RightRow(at=_TALK, act=Act.SUBMIT, needs=RightPrecondition.APPROVED, basis=_AGENDA),
)
"""Who may do what where. What is not in it is not known."""


@attrs.frozen(kw_only=True)
class Right(HasPlainForm):
    """Whether a stakeholder may do something at a session, why, and under which provision."""

    act: Act
    verdict: Verdict
    said: Message
    basis: Basis


@check_arguments
def rights(
    register: Register,
    organization_id: str,
    event_id: str,
    on: PartialDate | dt.date | str,
    *,
    reference: Reference | None = None,
) -> tuple[Right, ...]:
    """What an organization may do at a session, as its status stands on a day; empty for other kinds of event.

    At the Conference it is what the rule on observers for its kind gives; no such rule is for a body of a party.

    Raises `UnknownRecord` for no organization and for no event.
    """
    organization, event = register[organization_id], register[event_id]
    if not isinstance(organization, Organization):
        raise UnknownRecord(f"{organization_id!r} is not an organization")
    if not isinstance(event, Event):
        raise UnknownRecord(f"{event_id!r} is not an event")
    facts = reference or packaged()
    applicant = Applicant(organization=organization, on=PartialDate.of(on), register=register, facts=facts)
    paths = frozenset(list_open_paths(applicant))
    rows = (row for row in RIGHTS if row.at is event.kind and not (row.paths and paths.isdisjoint(row.paths)))
    return tuple(_assess_right(row, applicant, event) for row in rows)


def _assess_right(row: RightRow, applicant: Applicant, event: Event) -> Right:
    states, let_in, shut_out = _STATUS[row.needs](applicant, event)
    verdict = Verdict.UNKNOWN
    if row.needs is RightPrecondition.NOTHING_HELPS or (states and set(states) <= shut_out):
        verdict = Verdict.NOT_MET
    elif states == (let_in,):
        verdict = Verdict.MET
    state = states[-1] if states else AccreditationState.IN_PREPARATION
    return Right(
        act=row.act,
        verdict=verdict,
        said=make_message(row.choose_wording(verdict), state=state),
        basis=row.basis,
    )


Status = tuple[tuple[str, ...], str | None, frozenset[str]]
"""The states of an application, the state that lets in, and those that keep out."""


def _get_observer_application_status(applicant: Applicant, event: Event) -> Status:
    states = list_observer_application_states(applicant, event.id)
    return states, AccreditationState.GRANTED, frozenset({AccreditationState.REFUSED})


def _get_dialogue_application_status(applicant: Applicant, event: Event) -> Status:
    register, name = applicant.register, applicant.organization.id
    out = frozenset({ApplicationState.DECLINED, ApplicationState.WITHDRAWN})
    for dialogue in register.constructive_dialogues:
        if register.resolved(dialogue.event_id) == event.id:
            for one in _filter_by_organization(dialogue.applications, register, name):
                return states_as_of(APPLICATION, one, register, applicant.on), ApplicationState.APPROVED, out
    return (), ApplicationState.APPROVED, out


def _filter_by_organization(things: Iterable[Any], register: Register, name: str) -> Iterator[Any]:
    return (one for one in things if register.resolved(one.organization_id) == name)


def _get_no_status(_: Applicant, __: Event) -> Status:
    return (), None, frozenset()


_STATUS = {
    RightPrecondition.OBSERVER: _get_observer_application_status,
    RightPrecondition.APPROVED: _get_dialogue_application_status,
    RightPrecondition.NOTHING_HELPS: _get_no_status,
}
