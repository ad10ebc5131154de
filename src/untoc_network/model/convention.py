"""The Convention, its Protocols and the Mechanism that reviews them."""

from __future__ import annotations

from enum import StrEnum

import attrs

from untoc_network.model.record import SourcedRecord
from untoc_network.values.dates import PartialDate, Period
from untoc_network.values.fields import about
from untoc_network.values.ids_and_codes import CountryCode, InstrumentId, OrganizationId, PartyId
from untoc_network.values.json_forms import FromDate, FromMapping, FromMappings, FromText, FromTexts, FromWordings
from untoc_network.values.multilingual_text import Alias, Text
from untoc_network.values.self_checked_classes import SelfChecked
from untoc_network.values.sources_and_claims import Citation

__all__ = [
    "EntryPoint",
    "EntryPointKind",
    "GroupMembership",
    "Instrument",
    "InstrumentKind",
    "Level",
    "Party",
    "RegionalGroup",
    "Side",
    "TreatyAct",
    "TreatyActionKind",
    "TreatyCode",
    "WorkingGroup",
]


class InstrumentKind(StrEnum):
    """What an instrument is."""

    CONVENTION = "convention"
    PROTOCOL = "protocol"
    REVIEW_MECHANISM = "review-mechanism"


class WorkingGroup(StrEnum):
    """The groups that the Conference has set up, and that meet between its sessions or beside them."""

    TRAFFICKING_IN_PERSONS = "trafficking-in-persons"
    SMUGGLING_OF_MIGRANTS = "smuggling-of-migrants"
    FIREARMS = "firearms"
    INTERNATIONAL_COOPERATION = "international-cooperation"
    TECHNICAL_ASSISTANCE = "technical-assistance"
    REVIEW_OF_IMPLEMENTATION = "review-of-implementation"
    """The open-ended group of 2012 that was to prepare a review mechanism."""
    EXPERTS_ON_THE_REVIEW = "experts-on-the-review"
    """The expert group of resolution 9/1, on questionnaires, guidelines and blueprints."""
    EXPERTS_ON_THE_ENVIRONMENT = "experts-on-the-environment"
    """The expert group of resolution 12/4, on crimes that affect the environment."""


class EntryPointKind(StrEnum):
    """The places of the Review Mechanism where non-governmental stakeholders may take part."""

    GENERAL_REVIEW = "general-review"
    COUNTRY_REVIEW = "country-review"
    CONSTRUCTIVE_DIALOGUE = "constructive-dialogue"


class Level(StrEnum):
    """On which level something takes place."""

    NATIONAL = "national"
    REGIONAL = "regional"
    GLOBAL = "global"


class Side(StrEnum):
    """Who takes part on which side."""

    STATES = "states"
    GOVERNMENT_EXPERTS = "government-experts"
    CIVIL_SOCIETY = "civil-society"
    ACADEMIA = "academia"
    PRIVATE_SECTOR = "private-sector"


class TreatyCode(StrEnum):
    """The Convention and its three Protocols."""

    UNTOC = "UNTOC"
    TIP = "TIP"
    SOM = "SOM"
    FIREARMS = "FIREARMS"


class TreatyActionKind(StrEnum):
    """What a party did; `entry-into-force` is when the treaty became binding on it."""

    SIGNATURE = "signature"
    RATIFICATION = "ratification"
    ACCESSION = "accession"
    ACCEPTANCE = "acceptance"
    APPROVAL = "approval"
    SUCCESSION = "succession"
    ENTRY_INTO_FORCE = "entry-into-force"


class RegionalGroup(StrEnum):
    """The regional groups of the United Nations."""

    AFRICAN = "african"
    ASIA_PACIFIC = "asia-pacific"
    EASTERN_EUROPEAN = "eastern-european"
    GRULAC = "grulac"
    WEOG = "weog"


@attrs.frozen(kw_only=True, weakref_slot=False)
class EntryPoint(SelfChecked):
    """A place of the Mechanism where stakeholders may take part: in which forum, through what, with whom."""

    kind: EntryPointKind = attrs.field(
        converter=FromText[EntryPointKind],
        metadata=about("Kind", "General review, country review, constructive dialogue."),
    )
    level: Level | None = attrs.field(
        default=None, converter=FromText[Level | None], metadata=about("Level", "National or global.")
    )
    forum: Text | None = attrs.field(
        default=None, converter=FromWordings[Text | None], metadata=about("Forum", "Where it takes place.")
    )
    through: Text | None = attrs.field(
        default=None,
        converter=FromWordings[Text | None],
        metadata=about("Through", "The document or form that it goes through."),
    )
    participants: tuple[Side, ...] = attrs.field(
        default=(),
        converter=FromTexts[Side],
        metadata=about("Participants", "Between whom it takes place, as far as sources agree."),
    )


@attrs.frozen(kw_only=True)
class Instrument(SourcedRecord):
    """The Convention, one of its Protocols, or the Mechanism for the Review of their Implementation."""

    id: InstrumentId = attrs.field(metadata=about("Id", "Stable slug of the instrument."))
    name: Text = attrs.field(converter=FromWordings[Text], metadata=about("Name", "The official name, per language."))
    kind: InstrumentKind = attrs.field(
        converter=FromText[InstrumentKind], metadata=about("Kind", "Convention, Protocol or Review Mechanism.")
    )
    aliases: tuple[Alias, ...] = attrs.field(
        default=(), converter=FromMappings[Alias], metadata=about("Aliases", "Acronyms and short forms.")
    )
    parent_id: InstrumentId | None = attrs.field(
        default=None, metadata=about("Belongs to", "The Convention that a Protocol or the Mechanism belongs to.")
    )
    adopted: PartialDate | None = attrs.field(
        default=None, converter=FromDate, metadata=about("Adopted", "The date of adoption.")
    )
    custodian_id: OrganizationId | None = attrs.field(
        default=None, metadata=about("Custodian", "The body that is its guardian.")
    )
    entry_points: tuple[EntryPoint, ...] = attrs.field(
        default=(),
        converter=FromMappings[EntryPoint],
        metadata=about("Entry points", "Where non-governmental stakeholders may take part in it."),
    )


@attrs.frozen(kw_only=True, weakref_slot=False)
class TreatyAct(SelfChecked):
    """One dated act of a party towards the Convention or a Protocol."""

    instrument: TreatyCode = attrs.field(
        converter=FromText[TreatyCode], metadata=about("Instrument", "The Convention or the Protocol.")
    )
    kind: TreatyActionKind = attrs.field(
        converter=FromText[TreatyActionKind], metadata=about("Kind", "Signature, ratification, entry into force, ….")
    )
    on: PartialDate | None = attrs.field(
        default=None,
        converter=FromDate,
        metadata=about("On", "The day of the act, as far as known."),
    )
    sources: tuple[Citation, ...] = attrs.field(
        default=(), converter=FromMappings[Citation], metadata=about("Sources", "Where it was read.")
    )


@attrs.frozen(kw_only=True, weakref_slot=False)
class GroupMembership(SelfChecked):
    """That a party belongs to a regional group of the United Nations."""

    group: RegionalGroup = attrs.field(
        converter=FromText[RegionalGroup], metadata=about("Group", "The regional group.")
    )
    period: Period | None = attrs.field(
        default=None, converter=FromMapping[Period | None], metadata=about("Period", "From when until when.")
    )


@attrs.frozen(kw_only=True)
class Party(SourcedRecord):
    """A State, or the European Union, with what it did towards the Convention and its Protocols.

    A register needs parties of its own only where it knows more, or later news, than the tables of `reference`.
    """

    id: PartyId = attrs.field(metadata=about("Id", "Stable slug of the party."))
    country: CountryCode = attrs.field(metadata=about("Country", "Its code; EU for the European Union."))
    regional_groups: tuple[GroupMembership, ...] = attrs.field(
        default=(),
        converter=FromMappings[GroupMembership],
        metadata=about("Regional groups", "The group that it belongs to; the European Union has none."),
    )
    acts: tuple[TreatyAct, ...] = attrs.field(
        default=(),
        converter=FromMappings[TreatyAct],
        metadata=about("Treaty acts", "What it signed, ratified and so on, with the days."),
    )
