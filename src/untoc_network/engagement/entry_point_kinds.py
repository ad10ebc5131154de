"""The kinds of entry points as one table: where opportunities come from, who decides, on what conditions and basis.

What stakeholders can take part in, the pages on it and the tests are made from this table. A kind is added as a row.
"""

from __future__ import annotations

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
from untoc_network.model.convention import EntryPointKind
from untoc_network.model.log_entry import Actor
from untoc_network.process.accreditation_procedure import RULE_17, RULE_17_1, RULE_17_2
from untoc_network.process.dialogue_procedures import PARAGRAPH_53
from untoc_network.reference.facts import Reference

__all__ = ["ENTRY_POINT_SPECS", "EntryPointSpec"]

_CALLS = "calls for applications to the constructive dialogues"
_CALL = "https://www.unodc.org/unodc/en/ngos/constructive-dialogues.html"
_RULES = "rules of procedure of the Conference of the Parties"
_PAGE = "https://unodc.org/unodc/en/treaties/CTOC/participation-ngos.html"
RULE_17_3 = Basis(document=_RULES, provision="rule 17(3)", source=_PAGE)
_APPROVAL = Basis(document=_CALLS, provision="approval by the extended Bureau", source=_CALL)
_WHO = Basis(document=_CALLS, provision="who may apply", source=_CALL)
_EXPERTISE = Basis(document=_CALLS, provision="priority to proven expertise", source=_CALL)
CLOSED_DOORS = Basis(
    document="account of the working groups by an organization that was not let in",
    source="https://globalinitiative.net/announcements/untoc-review-mechanism-dialogue-firearms/",
)
_SIDE_EVENTS = Basis(
    document="account of civil society at the twelfth session of the Conference",
    source="https://unodc.org/unodc/en/ngos/record-civil-society-participation-at-untoc-cop12_-amplifying-civil-society-voices-in-the-fight-against-transnational-organized-crime.html",
)
_FOLLOW_UP = Basis(document="practice of following up on reviews", certainty=Certainty.RECALLED)

_EXISTS = Condition(name="exists", judge=ask.judge_existence)
_NON_GOVERNMENTAL = Condition(name="non-governmental", judge=ask.judge_non_governmental)
_APPLICANT = Condition(name="non-governmental", judge=ask.judge_non_governmental, basis=RULE_17)
_PARTICIPANT = Condition(name="non-governmental", judge=ask.judge_non_governmental, basis=_WHO)
_HAS_OPENED = Condition(name="has-opened", judge=ask.judge_call_opened)
_ON_ITS_THEMES = Condition(name="themes", judge=ask.judge_shared_themes, required=False)


@attrs.frozen(kw_only=True)
class EntryPointSpec:
    """A kind of entry point.

    `part` is the part of the Mechanism that it belongs to, None for the network's own. `basis` is the provision that
    lets stakeholders in, or `row` the step of the country review that has it. What is not `strict` stays open after its
    last day, since lateness bars nothing there. Its words stand in `words`, under the kind's name.
    """

    name: str
    part: EntryPointKind | None
    opportunities: Callable[[Applicant], Iterator[Opportunity]] = attrs.field(repr=False)
    conditions: tuple[Condition, ...]
    decides: str | None
    basis: Basis | None = None
    row: str | None = None
    strict: bool = True

    def rests_on(self, facts: Reference) -> Basis | None:
        """The provision that lets stakeholders in; None where only the register has it."""
        if self.row is None:
            return self.basis
        row: Any = facts.review_step(self.row)
        basis: Basis = row.basis("country review", f"step {row.order}")
        return basis


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
        name="observer-17-1",
        part=EntryPointKind.GENERAL_REVIEW,
        opportunities=of_sessions.list_first_path_applications,
        conditions=(
            _EXISTS,
            _APPLICANT,
            Condition(name="consultative", judge=ask.judge_consultative_status, basis=RULE_17_1),
            Condition(name="not-refused", judge=ask.judge_application_not_refused, basis=RULE_17_1),
        ),
        decides=Actor.BUREAU,
        basis=RULE_17_1,
    ),
    EntryPointSpec(
        name="observer-17-2",
        part=EntryPointKind.GENERAL_REVIEW,
        opportunities=of_sessions.list_second_path_applications,
        conditions=(
            _EXISTS,
            _APPLICANT,
            Condition(name="second-path", judge=ask.judge_second_path_needed, basis=RULE_17_2),
            Condition(name="not-refused", judge=ask.judge_application_not_refused, basis=RULE_17_2),
        ),
        decides=Actor.CONFERENCE,
        basis=RULE_17_2,
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
