"""Who takes part: organizations, persons, and what persons are, hold and stand for."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from untoc_network.model.record import SourcedRecord
from untoc_network.values.consent_and_contact import Consent, Contact, Purpose
from untoc_network.values.dates import PartialDate, Period
from untoc_network.values.fields import Sensitivity, about
from untoc_network.values.identifier import Identifier
from untoc_network.values.ids_and_codes import CountryCode, InstrumentId, Key, LanguageTag, OrganizationId, PersonId
from untoc_network.values.json_forms import FromDate, FromMapping, FromMappings, FromText, FromTexts, FromWordings
from untoc_network.values.multilingual_text import Alias, Text
from untoc_network.values.place_and_link import Link, Place, Region
from untoc_network.values.self_checked_classes import SelfChecked
from untoc_network.values.sources_and_claims import Citation

__all__ = [
    "GOVERNMENTAL",
    "WITHHOLDING",
    "Affiliation",
    "Capacity",
    "CapacityKind",
    "EngagementTool",
    "Organization",
    "OrganizationFlag",
    "OrganizationKind",
    "Person",
    "Post",
    "Theme",
    "list_refusals",
]


class OrganizationKind(StrEnum):
    """What an organization is. What it is besides (youth-led and so on) is a flag."""

    NGO = "ngo"
    NGO_NETWORK = "ngo-network"
    COMMUNITY_GROUP = "community-group"
    ACADEMIA = "academia"
    THINK_TANK = "think-tank"
    PRIVATE_SECTOR = "private-sector"
    PRIVATE_SECTOR_ASSOCIATION = "private-sector-association"
    PROFESSIONAL_ASSOCIATION = "professional-association"
    TRADE_UNION = "trade-union"
    FAITH_BASED = "faith-based"
    FOUNDATION = "foundation"
    INDIGENOUS_PEOPLES_ORGANIZATION = "indigenous-peoples-organization"
    MEDIA = "media"
    UMBRELLA_NETWORK = "umbrella-network"
    INTERGOVERNMENTAL = "intergovernmental"
    GOVERNMENT = "government"
    GOVERNMENT_BODY = "government-body"
    DIPLOMATIC_MISSION = "diplomatic-mission"
    PROGRAMME = "programme"
    UNIT = "unit"
    OTHER = "other"
    UNKNOWN = "unknown"


GOVERNMENTAL = frozenset(
    {OrganizationKind.GOVERNMENT, OrganizationKind.GOVERNMENT_BODY, OrganizationKind.DIPLOMATIC_MISSION}
)
"""The kinds of organization that belong to a State."""
WITHHOLDING = ("declined", "undecided")
"""The fields of an organization that withhold it from all but those who keep the register; a person has the first."""


def list_refusals(record: Any) -> frozenset[Purpose]:
    """What an organization or person said no to, or did not clearly answer; nothing of any other record."""
    return frozenset(purpose for name in WITHHOLDING for purpose in getattr(record, name, ()))


class OrganizationFlag(StrEnum):
    """Who leads or carries an organization, whatever its kind."""

    YOUTH_LED = "youth-led"
    WOMEN_LED = "women-led"
    SURVIVOR_LED = "survivor-led"
    VICTIM_FOCUSED = "victim-focused"
    GRASSROOTS = "grassroots"


class Theme(StrEnum):
    """What the work is about: the Convention's subjects, crime types as UNODC's case-law database names them."""

    ORGANIZED_CRIME = "organized-crime"
    TRAFFICKING_IN_PERSONS = "trafficking-in-persons"
    SMUGGLING_OF_MIGRANTS = "smuggling-of-migrants"
    FIREARMS = "firearms"
    CORRUPTION = "corruption"
    COUNTERFEITING = "counterfeiting"
    CYBERCRIME = "cybercrime"
    DRUG_OFFENCES = "drug-offences"
    MONEY_LAUNDERING = "money-laundering"
    OBSTRUCTION_OF_JUSTICE = "obstruction-of-justice"
    MARITIME_CRIME = "maritime-crime"
    CULTURAL_PROPERTY = "cultural-property"
    WILDLIFE_CRIME = "wildlife-crime"
    ENVIRONMENTAL_CRIME = "environmental-crime"
    FALSIFIED_MEDICAL_PRODUCTS = "falsified-medical-products"
    FRAUD = "fraud"
    EXTORTION = "extortion"
    DISAPPEARANCES = "disappearances"
    TERRORISM = "terrorism"
    TECHNICAL_ASSISTANCE = "technical-assistance"
    INTERNATIONAL_COOPERATION = "international-cooperation"
    CRIMINAL_JUSTICE = "criminal-justice"
    VICTIM_PROTECTION = "victim-protection"
    GENDER = "gender"
    HUMAN_RIGHTS = "human-rights"
    YOUTH = "youth"


class EngagementTool(StrEnum):
    """Families of means by which stakeholders engage, as UNODC's training for them sorts them."""

    ADVOCACY = "advocacy"
    MONITORING_AND_EVALUATION = "monitoring-and-evaluation"
    AWARENESS_RAISING = "awareness-raising"
    RESEARCH = "research"
    EDUCATION_AND_TRAINING = "education-and-training"
    MULTI_STAKEHOLDER_PARTNERSHIP = "multi-stakeholder-partnership"


if TYPE_CHECKING:
    PlaceIfKnown: TypeAlias = Place | Any
    """None where it is not known; type checkers let it be used as a place, since who asks most often knows it is."""
else:
    PlaceIfKnown = Place | None


@attrs.frozen(kw_only=True)
class Organization(SourcedRecord):
    """A body that acts: non-governmental, governmental, intergovernmental, a programme, or a unit of another.

    Where it *is* (`seat`) and which State it *represents* differ: an embassy lies in one and stands for another.

    >>> refuge = Organization(id="xa-refuge", name={"en": "Refuge"}, kind="ngo", founded="1999", seat={"country": "XA"})
    >>> refuge.kind, refuge.founded, refuge.seat.country
    (<OrganizationKind.NGO: 'ngo'>, PartialDate('1999'), 'XA')
    """

    id: OrganizationId = attrs.field(metadata=about("Id", "Stable slug of the organization."))
    name: Text = attrs.field(converter=FromWordings[Text], metadata=about("Name", "Its own name, per language."))
    kind: OrganizationKind = attrs.field(
        converter=FromText[OrganizationKind], metadata=about("Kind", "What it is; `unknown` where nobody knows yet.")
    )
    aliases: tuple[Alias, ...] = attrs.field(
        default=(), converter=FromMappings[Alias], metadata=about("Aliases", "Acronyms, former names, spellings.")
    )
    flags: tuple[OrganizationFlag, ...] = attrs.field(
        default=(),
        converter=FromTexts[OrganizationFlag],
        metadata=about("Flags", "Youth-led, women-led, survivor-led, victim-focused, grassroots."),
    )
    parent_id: OrganizationId | None = attrs.field(default=None, metadata=about("Part of", "The body it is a part of."))
    seat: PlaceIfKnown = attrs.field(
        default=None, converter=FromMapping[Place | None], metadata=about("Seat", "Where it is.")
    )
    represents: CountryCode | None = attrs.field(
        default=None, metadata=about("Represents", "The State that it acts for, if it is a State's.")
    )
    countries: tuple[CountryCode, ...] = attrs.field(
        default=(),
        converter=FromTexts[CountryCode],
        metadata=about("Countries of work", "Where it works, besides its seat."),
    )
    regions: tuple[Region, ...] = attrs.field(
        default=(), converter=FromTexts[Region], metadata=about("Regions of work", "Wider areas of its work.")
    )
    themes: tuple[Theme, ...] = attrs.field(
        default=(), converter=FromTexts[Theme], metadata=about("Themes", "What its work is about.")
    )
    languages: tuple[LanguageTag, ...] = attrs.field(
        default=(), converter=FromTexts[LanguageTag], metadata=about("Languages", "In which it works.")
    )
    expertise: tuple[Text, ...] = attrs.field(
        default=(), converter=FromMappings[Text], metadata=about("Expertise", "What it knows well, in words.")
    )
    engagement_tools: tuple[EngagementTool, ...] = attrs.field(
        default=(),
        converter=FromTexts[EngagementTool],
        metadata=about("Engagement tools", "By which means it engages."),
    )
    identifiers: tuple[Identifier, ...] = attrs.field(
        default=(),
        converter=FromMappings[Identifier],
        metadata=about("Identifiers", "Its identifiers in other registers."),
    )
    founded: PartialDate | None = attrs.field(
        default=None, converter=FromDate, metadata=about("Founded", "When it came into being.")
    )
    dissolved: PartialDate | None = attrs.field(
        default=None, converter=FromDate, metadata=about("Dissolved", "When it ceased to be.")
    )
    links: tuple[Link, ...] = attrs.field(
        default=(), converter=FromMappings[Link], metadata=about("Links", "Its pages on the web.")
    )
    contacts: tuple[Contact, ...] = attrs.field(
        default=(),
        converter=FromMappings[Contact],
        repr=False,
        metadata=about("Contacts", "How it can be reached.", Sensitivity.PERSONAL),
    )
    consents: tuple[Consent, ...] = attrs.field(
        default=(),
        converter=FromMappings[Consent],
        metadata=about("Consents", "What it agreed to, such as being listed.", Sensitivity.INTERNAL),
    )
    declined: tuple[Purpose, ...] = attrs.field(
        default=(),
        converter=FromTexts[Purpose],
        metadata=about("Declined", "What it said no to, such as being listed.", Sensitivity.INTERNAL),
    )
    undecided: tuple[Purpose, ...] = attrs.field(
        default=(),
        converter=FromTexts[Purpose],
        metadata=about("Undecided", "What it was asked and has not clearly answered.", Sensitivity.INTERNAL),
    )
    at_risk: bool = attrs.field(
        default=False,
        repr=False,
        metadata=about("At risk", "Whether exposure could bring harm to it or its people.", Sensitivity.AT_RISK),
    )


@attrs.frozen(kw_only=True, weakref_slot=False)
class Post(SelfChecked):
    """A position that a person holds in an organization, from when until when."""

    key: Key = attrs.field(metadata=about("Key", "Name of the post within the person's record."))
    title: Text = attrs.field(
        converter=FromWordings[Text], metadata=about("Title", "The title as printed, per language.")
    )
    organization_id: OrganizationId = attrs.field(metadata=about("Organization", "Where the post is."))
    period: Period | None = attrs.field(
        default=None, converter=FromMapping[Period | None], metadata=about("Period", "From when until when it is held.")
    )
    sources: tuple[Citation, ...] = attrs.field(
        default=(), converter=FromMappings[Citation], metadata=about("Sources", "Where it was read.")
    )


class CapacityKind(StrEnum):
    """As what a person acts, apart from the post held."""

    NATIONAL_FOCAL_POINT = "national-focal-point"
    GOVERNMENTAL_EXPERT = "governmental-expert"
    PROSECUTOR = "prosecutor"
    UN_STAFF = "un-staff"
    DIPLOMAT = "diplomat"
    GOVERNMENT_OFFICIAL = "government-official"
    OBSERVER = "observer"


@attrs.frozen(kw_only=True, weakref_slot=False)
class Capacity(SelfChecked):
    """As what a person acts: one person can be prosecutor and national focal point at once."""

    key: Key = attrs.field(metadata=about("Key", "Name of the capacity within the person's record."))
    kind: CapacityKind = attrs.field(
        converter=FromText[CapacityKind],
        metadata=about("Kind", "National focal point, prosecutor, diplomat and so on."),
    )
    country: CountryCode | None = attrs.field(default=None, metadata=about("For", "The State it is held for."))
    instrument_id: InstrumentId | None = attrs.field(
        default=None, metadata=about("Under", "The Convention, Protocol or Mechanism it is held under.")
    )
    period: Period | None = attrs.field(
        default=None, converter=FromMapping[Period | None], metadata=about("Period", "From when until when it is held.")
    )
    sources: tuple[Citation, ...] = attrs.field(
        default=(), converter=FromMappings[Citation], metadata=about("Sources", "Where it was read.")
    )


@attrs.frozen(kw_only=True, weakref_slot=False)
class Affiliation(SelfChecked):
    """That a person speaks or acts on behalf of an organization, without a post being known."""

    key: Key = attrs.field(metadata=about("Key", "Name of the affiliation within the person's record."))
    organization_id: OrganizationId = attrs.field(metadata=about("On behalf of", "The organization."))
    period: Period | None = attrs.field(
        default=None, converter=FromMapping[Period | None], metadata=about("Period", "From when until when.")
    )
    sources: tuple[Citation, ...] = attrs.field(
        default=(), converter=FromMappings[Citation], metadata=about("Sources", "Where it was read.")
    )


@attrs.frozen(kw_only=True)
class Person(SourcedRecord):
    """A person, with dated posts, capacities and affiliations.

    The id says nothing of the name: messages, logs and `repr` carry the id.
    """

    id: PersonId = attrs.field(metadata=about("Id", "Stable slug; not made from the name."))
    name: str = attrs.field(repr=False, metadata=about("Name", "As the person writes it.", Sensitivity.PERSONAL))
    other_names: tuple[str, ...] = attrs.field(
        default=(),
        converter=FromTexts[str],
        repr=False,
        metadata=about("Other names", "As sources print it otherwise.", Sensitivity.PERSONAL),
    )
    gender: str | None = attrs.field(
        default=None, repr=False, metadata=about("Gender", "In the person's own words.", Sensitivity.PERSONAL)
    )
    languages: tuple[LanguageTag, ...] = attrs.field(
        default=(),
        converter=FromTexts[LanguageTag],
        repr=False,
        metadata=about("Languages", "That the person works in.", Sensitivity.PERSONAL),
    )
    posts: tuple[Post, ...] = attrs.field(
        default=(), converter=FromMappings[Post], metadata=about("Posts", "Positions in organizations.")
    )
    capacities: tuple[Capacity, ...] = attrs.field(
        default=(), converter=FromMappings[Capacity], metadata=about("Capacities", "As what the person acts.")
    )
    affiliations: tuple[Affiliation, ...] = attrs.field(
        default=(),
        converter=FromMappings[Affiliation],
        metadata=about("Affiliations", "On whose behalf the person speaks."),
    )
    contacts: tuple[Contact, ...] = attrs.field(
        default=(),
        converter=FromMappings[Contact],
        repr=False,
        metadata=about("Contacts", "How the person can be reached.", Sensitivity.PERSONAL),
    )
    consents: tuple[Consent, ...] = attrs.field(
        default=(),
        converter=FromMappings[Consent],
        metadata=about("Consents", "What the person agreed to.", Sensitivity.INTERNAL),
    )
    declined: tuple[Purpose, ...] = attrs.field(
        default=(),
        converter=FromTexts[Purpose],
        metadata=about("Declined", "What the person said no to.", Sensitivity.INTERNAL),
    )

    @property
    def roles(self) -> tuple[Post | Capacity | Affiliation, ...]:
        """Posts, capacities and affiliations together: all that a statement can be made in."""
        return (*self.posts, *self.capacities, *self.affiliations)
