"""The Convention, its Protocols and the Mechanism that reviews them."""

from __future__ import annotations

from enum import StrEnum

import attrs

from untoc_network.model.record import Record
from untoc_network.values.dates import PartialDate
from untoc_network.values.fields import about
from untoc_network.values.ids import InstrumentId, OrganizationId
from untoc_network.values.text import Alias, Text

__all__ = ["EntryPoint", "EntryPointKind", "Instrument", "InstrumentKind", "Level", "Side"]


class InstrumentKind(StrEnum):
    """What an instrument is."""

    CONVENTION = "convention"
    PROTOCOL = "protocol"
    REVIEW_MECHANISM = "review-mechanism"


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


@attrs.frozen(kw_only=True)
class EntryPoint:
    """A place of the Mechanism where stakeholders may take part: in which forum, through what, with whom."""

    kind: EntryPointKind = attrs.field(metadata=about("Kind", "General review, country review, constructive dialogue."))
    level: Level | None = attrs.field(default=None, metadata=about("Level", "National or global."))
    forum: Text | None = attrs.field(default=None, metadata=about("Forum", "Where it takes place."))
    through: Text | None = attrs.field(
        default=None, metadata=about("Through", "The document or form that it goes through.")
    )
    participants: tuple[Side, ...] = attrs.field(
        default=(), metadata=about("Participants", "Between whom it takes place, as far as sources agree.")
    )


@attrs.frozen(kw_only=True)
class Instrument(Record):
    """The Convention, one of its Protocols, or the Mechanism for the Review of their Implementation."""

    id: InstrumentId = attrs.field(metadata=about("Id", "Stable slug of the instrument."))
    name: Text = attrs.field(metadata=about("Name", "The official name, per language."))
    kind: InstrumentKind = attrs.field(metadata=about("Kind", "Convention, Protocol or Review Mechanism."))
    aliases: tuple[Alias, ...] = attrs.field(default=(), metadata=about("Aliases", "Acronyms and short forms."))
    parent_id: InstrumentId | None = attrs.field(
        default=None, metadata=about("Belongs to", "The Convention that a Protocol or the Mechanism belongs to.")
    )
    adopted: PartialDate | None = attrs.field(default=None, metadata=about("Adopted", "The date of adoption."))
    custodian_id: OrganizationId | None = attrs.field(
        default=None, metadata=about("Custodian", "The body that is its guardian.")
    )
    entry_points: tuple[EntryPoint, ...] = attrs.field(
        default=(), metadata=about("Entry points", "Where non-governmental stakeholders may take part in it.")
    )
