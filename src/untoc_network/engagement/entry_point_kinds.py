"""The kinds of entry points as one table: where opportunities come from, who decides, on what conditions and basis.

What stakeholders can take part in, the pages on it and the tests are made from this table. A kind is added as a row.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any

import attrs

from untoc_network.diagnostics.findings import Basis, Certainty
from untoc_network.engagement import (
    consultations_and_follow_ups as of_reviews,
    network_opportunities as of_networks,
    participation_conditions as ask,
    session_opportunities as of_sessions,
)
from untoc_network.engagement.applicant import Applicant
from untoc_network.engagement.opportunity import Opportunity
from untoc_network.engagement.participation_conditions import Condition
from untoc_network.engagement.translatable_message import has_wording
from untoc_network.model.accreditation import AccreditationPath
from untoc_network.model.convention import EntryPointKind
from untoc_network.model.event import EventKind
from untoc_network.model.log_entry import Actor
from untoc_network.reference.facts import Reference
from untoc_network.reference.provisions import (
    PARAGRAPH_53,
    RULE_14,
    RULE_15,
    RULE_16_1,
    RULE_16_2,
    RULE_17,
    RULE_17_1,
    RULE_17_2,
    RULE_17_3,
)

__all__ = ["ENTRY_POINT_SPECS", "EntryPointSpec"]

_CALLS = "calls for applications to the constructive dialogues"
_CALL = "https://www.unodc.org/unodc/en/ngos/constructive-dialogues.html"
_RULES = "rules of procedure of the Conference of the Parties"
_APPROVAL = Basis(document=_CALLS, provision="approval by the extended Bureau", source=_CALL)
_WHO = Basis(document=_CALLS, provision="who may apply", source=_CALL)
_EXPERTISE = Basis(document=_CALLS, provision="priority to proven expertise", source=_CALL)
_INVITED = Basis(
    document="page on the constructive dialogue on the smuggling of migrants of 2024",
    provision="who is invited besides those who apply",
    source="https://www.unodc.org/unodc/en/organized-crime/intro/review-mechanism-untoc/constructive_dialogues/som_2024.html",
)
CLOSED_DOORS = Basis(
    document="account of the working groups by an organization that was not let in",
    source="https://globalinitiative.net/announcements/untoc-review-mechanism-dialogue-firearms/",
)
_SIDE_EVENTS = Basis(
    document="account of civil society at the twelfth session of the Conference",
    source="https://unodc.org/unodc/en/ngos/record-civil-society-participation-at-untoc-cop12_-amplifying-civil-society-voices-in-the-fight-against-transnational-organized-crime.html",
)
_FOLLOW_UP = Basis(document="practice of following up on reviews", certainty=Certainty.RECALLED)

_NOBODY = "nobody"
_UNLESS_THE_CONFERENCE = "conference-otherwise"

_EXISTS = Condition(name="exists", judge=ask.judge_existence)
_NON_GOVERNMENTAL = Condition(name="non-governmental", judge=ask.judge_non_governmental)
_APPLICANT = Condition(name="non-governmental", judge=ask.judge_non_governmental, basis=RULE_17)
_PARTICIPANT = Condition(name="non-governmental", judge=ask.judge_non_governmental, basis=_WHO)
_HAS_OPENED = Condition(name="has-opened", judge=ask.judge_call_opened)
_ON_ITS_THEMES = Condition(name="themes", judge=ask.judge_shared_themes, required=False)


def _make_own_path_judge(path: AccreditationPath) -> Callable[[Applicant, Opportunity], Any]:
    return functools.partial(ask.judge_own_path, path=path)


def _list_applications_by(path: AccreditationPath) -> Callable[[Applicant], Iterator[Opportunity]]:
    return functools.partial(of_sessions.list_path_applications, path=path)


@attrs.frozen(kw_only=True)
class EntryPointSpec:
    """A kind of entry point.

    `part` is the part of the Mechanism that it belongs to, None for the network's own. `basis` is the provision that
    lets stakeholders in, `row` the step of the country review that has it, or `observer_rule` the rule of procedure on
    observers. What is not `strict` stays open after its last day, since lateness bars nothing there. Its words stand in
    `words`, under the kind's name; those of the next step that it lacks, under that of the kind `like` it.
    """

    name: str
    part: EntryPointKind | None
    opportunities: Callable[[Applicant], Iterator[Opportunity]] = attrs.field(repr=False)
    conditions: tuple[Condition, ...]
    decides: str | None
    basis: Basis | None = None
    row: str | None = None
    observer_rule: str | None = None
    strict: bool = True
    like: str | None = None

    def rests_on(self, facts: Reference) -> Basis | None:
        """The provision that lets stakeholders in; None where only the register has it."""
        if self.observer_rule is not None:
            rule = facts.observer_rule(self.observer_rule)
            return self.basis if rule is None else rule.basis(_RULES, f"rule {rule.rule}")
        if self.row is None:
            return self.basis
        row: Any = facts.review_step(self.row)
        basis: Basis = row.basis("country review", f"step {row.order}")
        return basis

    def choose_wording(self, step: str) -> str:
        """The key of the wording of a next step: its own, or that of the kind like it."""
        own = f"{self.name}.{step}"
        return own if self.like is None or has_wording(own) else f"{self.like}.{step}"


ENTRY_POINT_SPECS: tuple[EntryPointSpec, ...] = (
    EntryPointSpec(
        name="national-consultation",
        part=EntryPointKind.COUNTRY_REVIEW,
        opportunities=of_reviews.list_consultations,
        conditions=(
            _EXISTS,
            _NON_GOVERNMENTAL,
            Condition(name="before-submission", judge=ask.judge_questionnaire_not_submitted),
            Condition(name="announced", judge=ask.judge_consultation_announced, required=False),
            Condition(name="at-home", judge=ask.judge_seat_in_country, required=False),
        ),
        decides=Actor.STATE_UNDER_REVIEW,
        row="7",
        strict=False,
    ),
    EntryPointSpec(
        name="dialogue",
        part=EntryPointKind.CONSTRUCTIVE_DIALOGUE,
        opportunities=of_sessions.list_dialogue_opportunities,
        conditions=(
            _EXISTS,
            _PARTICIPANT,
            _HAS_OPENED,
            Condition(name="application", judge=ask.judge_application_approved, basis=_APPROVAL),
            Condition(name="themes", judge=ask.judge_shared_themes, required=False, basis=_EXPERTISE),
        ),
        decides=Actor.EXTENDED_BUREAU,
        basis=PARAGRAPH_53,
    ),
    EntryPointSpec(
        name="dialogue-invited",
        part=EntryPointKind.CONSTRUCTIVE_DIALOGUE,
        opportunities=of_sessions.list_invitations,
        conditions=(_EXISTS, Condition(name="invited", judge=ask.judge_invited, basis=_INVITED)),
        decides=None,
        basis=_INVITED,
    ),
    EntryPointSpec(
        name="observer-14",
        part=EntryPointKind.GENERAL_REVIEW,
        opportunities=_list_applications_by(AccreditationPath.RULE_14),
        conditions=(
            _EXISTS,
            Condition(name="signatory", judge=_make_own_path_judge(AccreditationPath.RULE_14), basis=RULE_14),
        ),
        decides=_NOBODY,
        basis=RULE_14,
        observer_rule="14",
    ),
    EntryPointSpec(
        name="observer-15",
        part=EntryPointKind.GENERAL_REVIEW,
        opportunities=_list_applications_by(AccreditationPath.RULE_15),
        conditions=(
            _EXISTS,
            Condition(name="no-signatory", judge=_make_own_path_judge(AccreditationPath.RULE_15), basis=RULE_15),
            Condition(name="not-refused", judge=ask.judge_application_not_refused, basis=RULE_15),
        ),
        decides=_UNLESS_THE_CONFERENCE,
        basis=RULE_15,
        observer_rule="15",
        like="observer-17-1",
    ),
    EntryPointSpec(
        name="observer-16-1",
        part=EntryPointKind.GENERAL_REVIEW,
        opportunities=_list_applications_by(AccreditationPath.RULE_16_1),
        conditions=(
            _EXISTS,
            Condition(name="standing", judge=_make_own_path_judge(AccreditationPath.RULE_16_1), basis=RULE_16_1),
        ),
        decides=_NOBODY,
        basis=RULE_16_1,
        observer_rule="16(1)",
    ),
    EntryPointSpec(
        name="observer-16-2",
        part=EntryPointKind.GENERAL_REVIEW,
        opportunities=_list_applications_by(AccreditationPath.RULE_16_2),
        conditions=(
            _EXISTS,
            Condition(name="no-standing", judge=_make_own_path_judge(AccreditationPath.RULE_16_2), basis=RULE_16_2),
            Condition(name="not-refused", judge=ask.judge_application_not_refused, basis=RULE_16_2),
        ),
        decides=_UNLESS_THE_CONFERENCE,
        basis=RULE_16_2,
        observer_rule="16(2)",
        like="observer-17-1",
    ),
    EntryPointSpec(
        name="observer-17-1",
        part=EntryPointKind.GENERAL_REVIEW,
        opportunities=_list_applications_by(AccreditationPath.RULE_17_1),
        conditions=(
            _EXISTS,
            _APPLICANT,
            Condition(name="consultative", judge=ask.judge_consultative_status, basis=RULE_17_1),
            Condition(name="not-refused", judge=ask.judge_application_not_refused, basis=RULE_17_1),
        ),
        decides=_UNLESS_THE_CONFERENCE,
        basis=RULE_17_1,
        observer_rule="17(1)",
    ),
    EntryPointSpec(
        name="observer-17-2",
        part=EntryPointKind.GENERAL_REVIEW,
        opportunities=_list_applications_by(AccreditationPath.RULE_17_2),
        conditions=(
            _EXISTS,
            _APPLICANT,
            Condition(name="second-path", judge=ask.judge_second_path_needed, basis=RULE_17_2),
            Condition(name="not-refused", judge=ask.judge_application_not_refused, basis=RULE_17_2),
        ),
        decides=Actor.CONFERENCE,
        basis=RULE_17_2,
        observer_rule="17(2)",
    ),
    EntryPointSpec(
        name="plenary",
        part=EntryPointKind.GENERAL_REVIEW,
        opportunities=of_sessions.list_plenary_opportunities,
        conditions=(_EXISTS, Condition(name="observer", judge=ask.judge_observer_status, basis=RULE_17_3)),
        decides=Actor.CONFERENCE,
        basis=RULE_17_3,
    ),
    EntryPointSpec(
        name="side-event",
        part=EntryPointKind.GENERAL_REVIEW,
        opportunities=of_sessions.list_side_event_opportunities,
        conditions=(_EXISTS, _ON_ITS_THEMES),
        decides=None,
        basis=_SIDE_EVENTS,
    ),
    EntryPointSpec(
        name="briefing",
        part=EntryPointKind.GENERAL_REVIEW,
        opportunities=functools.partial(of_networks.list_gatherings, kind=EventKind.BRIEFING),
        conditions=(_EXISTS, Condition(name="role", judge=ask.judge_role_at_event), _ON_ITS_THEMES),
        decides="organizer",
    ),
    EntryPointSpec(
        name="preparation-day",
        part=EntryPointKind.CONSTRUCTIVE_DIALOGUE,
        opportunities=functools.partial(of_networks.list_gatherings, kind=EventKind.PREPARATION_DAY),
        conditions=(_EXISTS, Condition(name="role", judge=ask.judge_role_at_event), _ON_ITS_THEMES),
        decides="organizer",
    ),
    EntryPointSpec(
        name="working-group",
        part=EntryPointKind.GENERAL_REVIEW,
        opportunities=of_sessions.list_working_group_opportunities,
        conditions=(Condition(name="open-to-stakeholders", judge=ask.judge_open_to_stakeholders, basis=CLOSED_DOORS),),
        decides=Actor.WORKING_GROUP,
        basis=CLOSED_DOORS,
    ),
    EntryPointSpec(
        name="follow-up",
        part=EntryPointKind.COUNTRY_REVIEW,
        opportunities=of_reviews.list_follow_ups,
        conditions=(
            _EXISTS,
            Condition(name="public", judge=ask.judge_observations_public),
            Condition(name="at-home", judge=ask.judge_seat_in_country, required=False),
        ),
        decides=Actor.STATE_UNDER_REVIEW,
        basis=_FOLLOW_UP,
    ),
    EntryPointSpec(
        name="action",
        part=None,
        opportunities=of_networks.list_planned_actions,
        conditions=(
            _EXISTS,
            Condition(name="member", judge=ask.judge_network_member),
            Condition(name="owner", judge=ask.judge_action_owner, required=False),
            _ON_ITS_THEMES,
        ),
        decides="network",
        strict=False,
    ),
    EntryPointSpec(
        name="meeting",
        part=None,
        opportunities=of_networks.list_meetings,
        conditions=(
            _EXISTS,
            Condition(name="role", judge=ask.judge_role_at_event),
            _ON_ITS_THEMES,
        ),
        decides="organizer",
    ),
)
"""The kinds of entry points, in the order in which their pages tell of them."""
