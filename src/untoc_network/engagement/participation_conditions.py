"""The conditions of taking part, each asked of one opportunity; what is not recorded is not known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from untoc_network.diagnostics.findings import Basis
from untoc_network.engagement.applicant import Applicant
from untoc_network.engagement.assessed_entry_point import Reason, Verdict
from untoc_network.engagement.day_agenda import DayAgenda
from untoc_network.engagement.log_as_of import list_questionnaire_states, list_review_states, states_as_of
from untoc_network.engagement.membership_status import MembershipStatus
from untoc_network.engagement.observer_rules import list_invitee_kinds, list_open_paths
from untoc_network.engagement.opportunity import Opportunity
from untoc_network.engagement.translatable_message import Value, make_message
from untoc_network.model.accreditation import AccreditationPath
from untoc_network.model.country_review import Questionnaire
from untoc_network.model.dialogue import ConstructiveDialogue, DialogueApplication, InviteeKind
from untoc_network.model.event import Event, EventRole
from untoc_network.model.organization_and_person import GOVERNMENTAL, Organization, OrganizationKind
from untoc_network.process import (
    APPLICATION,
    AccreditationState,
    ApplicationState,
    QuestionnaireState,
    ReviewState,
)
from untoc_network.values.sources_and_claims import BlankReason

__all__ = ["Condition", "find_dialogue_application", "is_non_governmental", "list_observer_application_states"]

Answer = tuple[Verdict, dict[str, Value]]
"""The verdict, and the values that its wording takes."""

_UNCLEAR = "unclear"
"""The value that marks a state which is recorded without a day, so that it may have come later."""


@attrs.frozen(kw_only=True)
class Condition:
    """A condition as a row: its name, what asks for it, and how it is judged.

    One that is not `required` gives priority and bars nobody.
    """

    name: str
    judge: Callable[[Applicant, Opportunity], Answer] = attrs.field(repr=False)
    required: bool = True
    basis: Basis | None = None

    def reason(self, applicant: Applicant, opportunity: Opportunity) -> Reason:
        """What it comes to for one opportunity."""
        verdict, values = self.judge(applicant, opportunity)
        told = _UNCLEAR if _UNCLEAR in values else verdict
        return Reason(
            condition=self.name,
            verdict=verdict,
            said=make_message(f"condition.{self.name}.{told}", values),
            required=self.required,
            basis=self.basis and (opportunity.provision or self.basis),
        )


_NOT_ON_ITS_OWN = GOVERNMENTAL | {
    OrganizationKind.INTERGOVERNMENTAL,
    OrganizationKind.PROGRAMME,
    OrganizationKind.UNIT,
}


def is_non_governmental(organization: Organization) -> Verdict:
    """Whether it is a non-governmental stakeholder; of an unknown kind it is not known."""
    if organization.kind in (OrganizationKind.UNKNOWN, OrganizationKind.OTHER):
        return Verdict.UNKNOWN
    return Verdict.NOT_MET if organization.kind in _NOT_ON_ITS_OWN else Verdict.MET


def judge_non_governmental(applicant: Applicant, _: Opportunity) -> Answer:
    """It is a non-governmental stakeholder."""
    return is_non_governmental(applicant.organization), {"kind": applicant.organization.kind}


def judge_existence(applicant: Applicant, _: Opportunity) -> Answer:
    """It is there on the day."""
    organization = applicant.organization
    if organization.dissolved is not None and organization.dissolved.certainly_before(applicant.on):
        return Verdict.NOT_MET, {"day": organization.dissolved}
    return Verdict.MET, {}


def judge_seat_in_country(applicant: Applicant, opportunity: Opportunity) -> Answer:
    """The country is that of its seat."""
    seat = applicant.organization.seat
    if seat is None or seat.country is None:
        return Verdict.UNKNOWN, {}
    return _to_verdict(seat.country == opportunity.country), {"country": seat.country}


def judge_shared_themes(applicant: Applicant, opportunity: Opportunity) -> Answer:
    """It works on what this is about."""
    themes = applicant.organization.themes
    if not opportunity.topics:
        return Verdict.UNKNOWN, {"topics": (), "themes": themes}
    if not themes:
        none = any(
            blank.field == "themes" and blank.reason is BlankReason.NONE for blank in applicant.organization.blanks
        )
        return (Verdict.NOT_MET if none else Verdict.UNKNOWN), {"topics": opportunity.topics, "themes": ()}
    shared = tuple(theme for theme in themes if theme in opportunity.topics)
    return _to_verdict(bool(shared)), {"topics": opportunity.topics, "themes": shared or themes}


def judge_questionnaire_not_submitted(applicant: Applicant, opportunity: Opportunity) -> Answer:
    """The State has not submitted its answers. Where nothing of the answering is recorded, that is not known."""
    review, questionnaire = opportunity.thing
    states = list_review_states(applicant.agenda, review)
    later = tuple(ReviewState).index(ReviewState.CONSULTATION_HELD)
    submitted = [tuple(ReviewState).index(ReviewState(state)) > later for state in states]
    if questionnaire is not None:
        own = list_questionnaire_states(applicant.agenda, questionnaire)
        submitted += [state is QuestionnaireState.SUBMITTED for state in own]
        if not any(submitted) and own[-1] is not QuestionnaireState.NOT_BEGUN:
            return Verdict.MET, {}
    return (Verdict.NOT_MET if submitted and all(submitted) else Verdict.UNKNOWN), {}


def judge_consultation_announced(applicant: Applicant, opportunity: Opportunity) -> Answer:
    """The State has announced a consultation that is not over. It is encouraged and not required."""
    questionnaire: Questionnaire | None = opportunity.thing[1]
    if questionnaire is None:
        return Verdict.UNKNOWN, {}
    states = list_questionnaire_states(applicant.agenda, questionnaire)
    if states == (QuestionnaireState.CONSULTATION_ANNOUNCED,):
        return Verdict.MET, {}
    return (Verdict.NOT_MET if states == (QuestionnaireState.CONSULTATION_HELD,) else Verdict.UNKNOWN), {}


def find_dialogue_application(applicant: Applicant, dialogue: ConstructiveDialogue) -> Any:
    """The organization's own application to take part in a dialogue, the first that it sent."""
    return applicant.agenda.once(_index_applications, dialogue).get(applicant.organization.id)


def _index_applications(agenda: DayAgenda, dialogue: ConstructiveDialogue) -> Mapping[str, DialogueApplication]:
    return {agenda.register.resolved(one.organization_id): one for one in reversed(dialogue.applications)}


_LET_IN = {ApplicationState.APPROVED: Verdict.MET}
_TURNED_AWAY = (ApplicationState.DECLINED, ApplicationState.WITHDRAWN)


def judge_application_approved(applicant: Applicant, opportunity: Opportunity) -> Answer:
    """The extended Bureau approves its application."""
    application = find_dialogue_application(applicant, opportunity.thing)
    if application is None:
        return Verdict.UNKNOWN, {"state": ApplicationState.IN_PREPARATION}
    states = states_as_of(APPLICATION, application, applicant.register, applicant.on)
    state = states[-1]
    if len(states) > 1:
        return Verdict.UNKNOWN, {_UNCLEAR: state}
    verdict = Verdict.NOT_MET if state in _TURNED_AWAY else _LET_IN.get(ApplicationState(state), Verdict.UNKNOWN)
    return verdict, {"state": state}


def judge_call_opened(applicant: Applicant, opportunity: Opportunity) -> Answer:
    """Applications are taken on the day."""
    if opportunity.opens is None:
        return Verdict.UNKNOWN, {}
    day = opportunity.opens.earliest
    if opportunity.opens.latest.last <= applicant.on.first:
        return Verdict.MET, {"day": day}
    return (Verdict.NOT_MET if day.first > applicant.on.last else Verdict.UNKNOWN), {"day": day}


def judge_consultative_status(applicant: Applicant, _: Opportunity) -> Answer:
    """It is in consultative status with ECOSOC."""
    found = applicant.consultative
    status = next((one.ecosoc_status for one in found if one.ecosoc_status is not None), None)
    if found:
        return Verdict.MET, {"status": status or "unknown"}
    on_the_other = any(one.path is AccreditationPath.RULE_17_2 for one in applicant.accreditations)
    return (Verdict.NOT_MET if on_the_other else Verdict.UNKNOWN), {}


def judge_second_path_needed(applicant: Applicant, opportunity: Opportunity) -> Answer:
    """It is not in consultative status, so that the path of rule 17(2) is its own."""
    verdict, values = judge_consultative_status(applicant, opportunity)
    opposite = {Verdict.MET: Verdict.NOT_MET, Verdict.NOT_MET: Verdict.MET}
    return opposite.get(verdict, Verdict.UNKNOWN), values


def judge_invited(applicant: Applicant, opportunity: Opportunity) -> Answer:
    """It is invited to the dialogue: itself, its State, or all of what it may be. Else that is not recorded."""
    dialogue: ConstructiveDialogue = opportunity.thing
    seat, kinds = applicant.organization.seat, list_invitee_kinds(applicant)
    country = None if seat is None or kinds[0] in _INTERGOVERNMENTAL_INVITEES else seat.country
    of_all: set[InviteeKind] = set()
    for invitation in dialogue.invited:
        named = None if invitation.organization_id is None else applicant.register.resolved(invitation.organization_id)
        if named == applicant.organization.id or (country is not None and invitation.country == country):
            return Verdict.MET, {"kind": invitation.kind}
        if named is None and invitation.country is None:
            of_all.add(invitation.kind)
    return (Verdict.MET, {"kind": kinds[0]}) if of_all.issuperset(kinds) else (Verdict.UNKNOWN, {})


_INTERGOVERNMENTAL_INVITEES = (InviteeKind.ENTITIES, InviteeKind.INTERGOVERNMENTAL_ORGANIZATIONS)


def judge_own_path(applicant: Applicant, _: Opportunity, *, path: AccreditationPath) -> Answer:
    """A rule on observers is the only one that is open to it."""
    return (Verdict.MET if list_open_paths(applicant) == (path,) else Verdict.UNKNOWN), {}


def list_observer_application_states(applicant: Applicant, event_id: str) -> tuple[str, ...]:
    """The states of its applications for observer status at a session, the best first; none where it has none."""
    order = (
        AccreditationState.GRANTED,
        AccreditationState.CIRCULATED,
        AccreditationState.APPLIED,
        AccreditationState.OBJECTED,
        AccreditationState.REFUSED,
        AccreditationState.WITHDRAWN,
        AccreditationState.IN_PREPARATION,
    )
    found = [applicant.states_of(one) for one in applicant.of_the_conference(event_id)]
    sure = min((states for states in found if len(states) == 1), key=lambda states: order.index(states[0]), default=())
    return sure or min(found, key=lambda states: order.index(states[-1]), default=())


def judge_observer_status(applicant: Applicant, opportunity: Opportunity) -> Answer:
    """It has observer status at the session."""
    states = list_observer_application_states(applicant, opportunity.subject_id)
    if not states:
        return Verdict.UNKNOWN, {"state": AccreditationState.IN_PREPARATION}
    if len(states) > 1:
        return Verdict.UNKNOWN, {_UNCLEAR: states[-1]}
    verdicts = {AccreditationState.GRANTED: Verdict.MET, AccreditationState.REFUSED: Verdict.NOT_MET}
    return verdicts.get(AccreditationState(states[0]), Verdict.UNKNOWN), {"state": states[0]}


def judge_application_not_refused(applicant: Applicant, opportunity: Opportunity) -> Answer:
    """Its application is neither refused nor objected to; without an application nobody has decided anything."""
    states = list_observer_application_states(applicant, opportunity.subject_id)
    if len(states) > 1:
        return Verdict.UNKNOWN, {_UNCLEAR: states[-1]}
    refused = states == (AccreditationState.REFUSED,)
    state = states[0] if states else AccreditationState.IN_PREPARATION
    return (Verdict.NOT_MET if refused else Verdict.UNKNOWN), {"state": state}


def judge_open_to_stakeholders(_: Applicant, __: Opportunity) -> Answer:
    """Non-governmental stakeholders are let in: they are not."""
    return Verdict.NOT_MET, {}


def judge_observations_public(applicant: Applicant, opportunity: Opportunity) -> Answer:
    """The list of observations is public, by decision of the State under review."""
    published = opportunity.published
    if published is None:
        return Verdict.UNKNOWN, {}
    return (Verdict.UNKNOWN if published.latest.first > applicant.on.last else Verdict.MET), {"day": published.earliest}


def judge_network_member(applicant: Applicant, opportunity: Opportunity) -> Answer:
    """It belongs to the network on the day."""
    network = opportunity.thing[0]
    sure = applicant.networks.get(network.id) is MembershipStatus.CERTAIN
    return (Verdict.MET if sure else Verdict.UNKNOWN), {"network": network.name}


def judge_action_owner(applicant: Applicant, opportunity: Opportunity) -> Answer:
    """It is among those who are to do it."""
    owners = {applicant.register.resolved(name) for name in opportunity.thing[1].owner_ids}
    if not owners:
        return Verdict.UNKNOWN, {}
    return _to_verdict(applicant.organization.id in owners), {}


def judge_role_at_event(applicant: Applicant, opportunity: Opportunity) -> Answer:
    """It has a role at the event, or is invited. Where none is recorded, that is not known."""
    role = applicant.agenda.once(_index_roles, opportunity.thing).get(applicant.organization.id)
    return (Verdict.UNKNOWN, {}) if role is None else (Verdict.MET, {"role": role.kind})


def _index_roles(agenda: DayAgenda, event: Event) -> Mapping[str, EventRole]:
    return {agenda.register.resolved(role.stakeholder_id): role for role in reversed(event.roles)}


def _to_verdict(holds: bool) -> Verdict:
    return Verdict.MET if holds else Verdict.NOT_MET
