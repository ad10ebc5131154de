"""Networks of stakeholders, who belongs to them, and what they plan."""

from __future__ import annotations

from enum import StrEnum

import attrs

from untoc_network.model.organization_and_person import OrganizationKind, Theme
from untoc_network.model.record import SourcedRecord
from untoc_network.values.dates import PartialDate, Period
from untoc_network.values.fields import about
from untoc_network.values.ids_and_codes import (
    ActionPlanId,
    CountryCode,
    EventId,
    InstrumentId,
    LanguageTag,
    MembershipId,
    NetworkId,
    OrganizationId,
    ProjectId,
    StakeholderId,
)
from untoc_network.values.json_forms import FromDate, FromMapping, FromMappings, FromText, FromTexts, FromWordings
from untoc_network.values.multilingual_text import Alias, Text
from untoc_network.values.place_and_link import Link, Region
from untoc_network.values.self_checked_classes import SelfChecked
from untoc_network.values.sources_and_claims import Citation
from untoc_network.values.stated_count import Count

__all__ = [
    "Action",
    "ActionPlan",
    "ActionStatus",
    "Membership",
    "MembershipClass",
    "MembershipEnd",
    "MembershipRole",
    "Network",
    "NetworkFunction",
    "NetworkKind",
    "NetworkLink",
    "NetworkLinkKind",
    "PlanStatus",
]


class NetworkKind(StrEnum):
    """On which level a network works."""

    REGIONAL = "regional"
    NATIONAL_ALLIANCE = "national-alliance"
    UMBRELLA = "umbrella"
    NETWORK_OF_NETWORKS = "network-of-networks"


class NetworkFunction(StrEnum):
    """What a network does for its members and for the review."""

    EXCHANGE = "exchange"
    COORDINATION = "coordination"
    SUPPORT = "support"
    CHANNEL_COUNTRY_EXPERIENCE = "channel-country-experience"
    LESSONS_LEARNED = "lessons-learned"
    FOSTER_ENGAGEMENT = "foster-engagement"
    APPLIED_RESEARCH = "applied-research"
    EDUCATION = "education"


class NetworkLinkKind(StrEnum):
    """How one network relates to another."""

    PART_OF = "part-of"
    STRENGTHENS = "strengthens"
    PARTNER_OF = "partner-of"


@attrs.frozen(kw_only=True, weakref_slot=False)
class NetworkLink(SelfChecked):
    """The tie from a network to another."""

    kind: NetworkLinkKind = attrs.field(
        converter=FromText[NetworkLinkKind], metadata=about("Kind", "Part of, strengthens, partner of.")
    )
    network_id: NetworkId = attrs.field(metadata=about("Network", "The other network."))


@attrs.frozen(kw_only=True)
class Network(SourcedRecord):
    """Stakeholders who work together under one name, with or without legal personality."""

    id: NetworkId = attrs.field(metadata=about("Id", "Stable slug of the network."))
    name: Text = attrs.field(converter=FromWordings[Text], metadata=about("Name", "Its name, per language."))
    kind: NetworkKind = attrs.field(
        converter=FromText[NetworkKind], metadata=about("Kind", "Regional, national alliance, umbrella, of networks.")
    )
    aliases: tuple[Alias, ...] = attrs.field(
        default=(), converter=FromMappings[Alias], metadata=about("Aliases", "Acronyms, former and later names.")
    )
    regions: tuple[Region, ...] = attrs.field(
        default=(), converter=FromTexts[Region], metadata=about("Regions", "The parts of the world it covers.")
    )
    countries: tuple[CountryCode, ...] = attrs.field(
        default=(), converter=FromTexts[CountryCode], metadata=about("Countries", "The countries it covers.")
    )
    purpose: Text | None = attrs.field(
        default=None, converter=FromWordings[Text | None], metadata=about("Purpose", "What it is for, in words.")
    )
    functions: tuple[NetworkFunction, ...] = attrs.field(
        default=(), converter=FromTexts[NetworkFunction], metadata=about("Functions", "What it does.")
    )
    themes: tuple[Theme, ...] = attrs.field(
        default=(), converter=FromTexts[Theme], metadata=about("Themes", "What its work is about.")
    )
    non_governmental: bool = attrs.field(
        default=True, metadata=about("Non-governmental", "Whether only non-governmental bodies can be members.")
    )
    eligible_kinds: tuple[OrganizationKind, ...] = attrs.field(
        default=(),
        converter=FromTexts[OrganizationKind],
        metadata=about("Eligible kinds", "The kinds that its own rules admit; none named means any."),
    )
    founding_event_id: EventId | None = attrs.field(
        default=None, metadata=about("Founded at", "The event it began at.")
    )
    founded: PartialDate | None = attrs.field(
        default=None, converter=FromDate, metadata=about("Founded", "When it was formed.")
    )
    announced: PartialDate | None = attrs.field(
        default=None,
        converter=FromDate,
        metadata=about("Announced", "The date of the text that made its launch public."),
    )
    dissolved: PartialDate | None = attrs.field(
        default=None, converter=FromDate, metadata=about("Dissolved", "When it ceased to be.")
    )
    project_id: ProjectId | None = attrs.field(default=None, metadata=about("Project", "The project it stands under."))
    sponsor_ids: tuple[OrganizationId, ...] = attrs.field(
        default=(),
        converter=FromTexts[OrganizationId],
        metadata=about("Sponsors", "The bodies that brought it into being and support it."),
    )
    coordinator_ids: tuple[StakeholderId, ...] = attrs.field(
        default=(),
        converter=FromTexts[StakeholderId],
        metadata=about("Coordinators", "The members that coordinate it."),
    )
    instrument_ids: tuple[InstrumentId, ...] = attrs.field(
        default=(),
        converter=FromTexts[InstrumentId],
        metadata=about("Instruments", "What it helps to implement and review."),
    )
    links_to: tuple[NetworkLink, ...] = attrs.field(
        default=(),
        converter=FromMappings[NetworkLink],
        metadata=about("Linked networks", "Its ties to other networks."),
    )
    stated_members: tuple[Count, ...] = attrs.field(
        default=(),
        converter=FromMappings[Count],
        metadata=about("Stated members", "How many members sources say it has."),
    )
    languages: tuple[LanguageTag, ...] = attrs.field(
        default=(), converter=FromTexts[LanguageTag], metadata=about("Languages", "In which it works.")
    )
    links: tuple[Link, ...] = attrs.field(
        default=(), converter=FromMappings[Link], metadata=about("Links", "Its pages and governance texts.")
    )


class MembershipClass(StrEnum):
    """With which rights an organization belongs."""

    FULL = "full"
    AFFILIATE = "affiliate"
    HONORARY = "honorary"
    OBSERVER = "observer"


class MembershipRole(StrEnum):
    """What a member does in the network."""

    MEMBER = "member"
    FOUNDING_MEMBER = "founding-member"
    COORDINATOR = "coordinator"
    SECRETARIAT = "secretariat"


class MembershipEnd(StrEnum):
    """Why a membership ended."""

    WITHDREW = "withdrew"
    EXCLUDED = "excluded"
    DISSOLVED = "dissolved"
    EXPIRED = "expired"


@attrs.frozen(kw_only=True)
class Membership(SourcedRecord):
    """That an organization belongs to a network, from when until when."""

    id: MembershipId = attrs.field(metadata=about("Id", "Stable slug of the membership."))
    network_id: NetworkId = attrs.field(metadata=about("Network", "The network."))
    organization_id: OrganizationId = attrs.field(metadata=about("Member", "The organization that belongs to it."))
    membership_class: MembershipClass | None = attrs.field(
        default=None, converter=FromText[MembershipClass | None], metadata=about("Class", "With which rights.")
    )
    role: MembershipRole = attrs.field(
        default=MembershipRole.MEMBER,
        converter=FromText[MembershipRole],
        metadata=about("Role", "What the member does in the network."),
    )
    period: Period | None = attrs.field(
        default=None, converter=FromMapping[Period | None], metadata=about("Period", "From when until when it belongs.")
    )
    end_reason: MembershipEnd | None = attrs.field(
        default=None, converter=FromText[MembershipEnd | None], metadata=about("End", "Why it ended.")
    )


class ActionStatus(StrEnum):
    """How far an action has come."""

    PLANNED = "planned"
    UNDER_WAY = "under-way"
    DONE = "done"
    MISSING = "dropped"


class PlanStatus(StrEnum):
    """How binding a plan is."""

    DISCUSSED = "discussed"
    DRAFT = "draft"
    ADOPTED = "adopted"
    COMPLETED = "completed"


@attrs.frozen(kw_only=True, weakref_slot=False)
class Action(SelfChecked):
    """One thing that a plan says someone will do."""

    objective: Text = attrs.field(converter=FromWordings[Text], metadata=about("Objective", "What is to be reached."))
    owner_ids: tuple[StakeholderId, ...] = attrs.field(
        default=(), converter=FromTexts[StakeholderId], metadata=about("Owners", "Who is to do it.")
    )
    themes: tuple[Theme, ...] = attrs.field(
        default=(), converter=FromTexts[Theme], metadata=about("Themes", "What it is about.")
    )
    due: PartialDate | None = attrs.field(default=None, converter=FromDate, metadata=about("Due", "Until when."))
    status: ActionStatus = attrs.field(
        default=ActionStatus.PLANNED,
        converter=FromText[ActionStatus],
        metadata=about("Status", "Planned, under way, done, dropped."),
    )
    evidence: tuple[Citation, ...] = attrs.field(
        default=(), converter=FromMappings[Citation], metadata=about("Evidence", "What shows how far it is.")
    )


@attrs.frozen(kw_only=True)
class ActionPlan(SourcedRecord):
    """What a network means to do."""

    id: ActionPlanId = attrs.field(metadata=about("Id", "Stable slug of the plan."))
    network_id: NetworkId = attrs.field(metadata=about("Network", "Whose plan it is."))
    name: Text = attrs.field(converter=FromWordings[Text], metadata=about("Name", "What it is called."))
    status: PlanStatus = attrs.field(
        converter=FromText[PlanStatus], metadata=about("Status", "Discussed, draft, adopted, completed.")
    )
    decided: PartialDate | None = attrs.field(
        default=None, converter=FromDate, metadata=about("Decided", "When it was adopted.")
    )
    event_id: EventId | None = attrs.field(default=None, metadata=about("Event", "Where it was discussed or decided."))
    actions: tuple[Action, ...] = attrs.field(
        default=(), converter=FromMappings[Action], metadata=about("Actions", "What is to be done.")
    )
