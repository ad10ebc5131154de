"""Who may be where in which status: always for one forum or event, never a property of an organization."""

from __future__ import annotations

from enum import StrEnum

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.model.log_entry import Entry
from untoc_network.model.record import SourcedRecord
from untoc_network.values.dates import Period
from untoc_network.values.fields import about
from untoc_network.values.ids_and_codes import AccreditationId, EventId, OrganizationId
from untoc_network.values.json_forms import FromMapping, FromMappings, FromText
from untoc_network.values.self_checked_classes import SelfChecked

__all__ = [
    "Accreditation",
    "AccreditationEntry",
    "AccreditationPath",
    "AccreditationStep",
    "EcosocStatus",
    "Forum",
    "Vote",
]


class Forum(StrEnum):
    """Where a status holds."""

    CONFERENCE = "conference"
    ECOSOC = "ecosoc"


class AccreditationPath(StrEnum):
    """By which provision a status is sought."""

    RULE_14 = "rule-14"
    """Rule 14 of the Conference: a State or regional organization that signed the Convention."""
    RULE_15 = "rule-15"
    """Rule 15 of the Conference: any other State or regional organization."""
    RULE_16_1 = "rule-16-1"
    """Rule 16(1) of the Conference: bodies of the United Nations, and those with a standing invitation."""
    RULE_16_2 = "rule-16-2"
    """Rule 16(2) of the Conference: any other relevant intergovernmental organization."""
    RULE_17 = "rule-17"
    """Rule 17 of the Conference; which of its paragraphs is not known."""
    RULE_17_1 = "rule-17-1"
    """Rule 17(1) of the Conference: a non-governmental organization in consultative status with ECOSOC."""
    RULE_17_2 = "rule-17-2"
    """Rule 17(2) of the Conference: any other relevant non-governmental organization."""
    ECOSOC = "ecosoc"
    """ECOSOC resolution 1996/31: consultative status."""


ON_NOTICE = frozenset({AccreditationPath.RULE_14, AccreditationPath.RULE_16_1})
"""The paths on which written notice is enough and nobody decides."""


class EcosocStatus(StrEnum):
    """The three consultative statuses with the Economic and Social Council."""

    GENERAL = "general"
    SPECIAL = "special"
    ROSTER = "roster"


class AccreditationStep(StrEnum):
    """The steps of an application for observer status with the Conference."""

    NOTIFY = "notify"
    APPLY = "apply"
    CIRCULATE = "circulate"
    OBJECT = "object"
    WITHDRAW_OBJECTIONS = "withdraw-objections"
    GRANT = "grant"
    DECIDE_IN_FAVOUR = "decide-in-favour"
    DECIDE_AGAINST = "decide-against"
    WITHDRAW = "withdraw"


@attrs.frozen(kw_only=True, weakref_slot=False)
class Vote(SelfChecked):
    """A vote of States. Raises `ImpossibleValue` where a number is negative."""

    in_favour: int = attrs.field(metadata=about("In favour", "States that voted for it."))
    against: int = attrs.field(metadata=about("Against", "States that voted against it."))
    abstaining: int | None = attrs.field(default=None, metadata=about("Abstaining", "States that abstained."))
    voting: int | None = attrs.field(
        default=None, metadata=about("Voting", "How many States voted in all, abstentions included, as stated.")
    )

    def _refuse_impossible(self) -> None:
        if min(self.in_favour, self.against, self.abstaining or 0, self.voting or 0) < 0:
            raise ImpossibleValue("votes-negative")


@attrs.frozen(kw_only=True)
class AccreditationEntry(Entry):
    """A step of an accreditation that was taken."""

    step: AccreditationStep = attrs.field(
        converter=FromText[AccreditationStep], metadata=about("Step", "What was done.")
    )
    vote: Vote | None = attrs.field(
        default=None, converter=FromMapping[Vote | None], metadata=about("Vote", "How States voted, if they did.")
    )


@attrs.frozen(kw_only=True)
class Accreditation(SourcedRecord):
    """One application of one organization for status in one forum, with every step. Its state follows from its log."""

    id: AccreditationId = attrs.field(metadata=about("Id", "Stable slug of the accreditation."))
    organization_id: OrganizationId | None = attrs.field(
        default=None, metadata=about("Applicant", "The organization; where sources do not name it, say so in blanks.")
    )
    forum: Forum = attrs.field(converter=FromText[Forum], metadata=about("Forum", "Where the status holds."))
    path: AccreditationPath = attrs.field(
        converter=FromText[AccreditationPath], metadata=about("Path", "By which provision it is sought.")
    )
    event_id: EventId | None = attrs.field(
        default=None, metadata=about("Event", "The session that it holds for; none named means any.")
    )
    ecosoc_status: EcosocStatus | None = attrs.field(
        default=None,
        converter=FromText[EcosocStatus | None],
        metadata=about("Consultative status", "General, special or roster, with ECOSOC."),
    )
    period: Period | None = attrs.field(
        default=None, converter=FromMapping[Period | None], metadata=about("Period", "From when until when it holds.")
    )
    log: tuple[AccreditationEntry, ...] = attrs.field(
        default=(), converter=FromMappings[AccreditationEntry], metadata=about("Log", "The steps taken, in order.")
    )
