"""Places on the map, and addresses on the web."""

from __future__ import annotations

from enum import StrEnum

import attrs

from untoc_network.values.fields import Sensitivity, about
from untoc_network.values.ids_and_codes import CountryCode, LanguageTag, Url
from untoc_network.values.json_forms import FromText
from untoc_network.values.self_checked_classes import SelfChecked

__all__ = ["Link", "LinkKind", "Place", "Region"]


class Region(StrEnum):
    """Parts of the world as networks and events name their scope."""

    GLOBAL = "global"
    AMERICAS = "americas"
    LATIN_AMERICA_AND_THE_CARIBBEAN = "latin-america-and-the-caribbean"
    NORTH_AMERICA = "north-america"
    CENTRAL_AMERICA = "central-america"
    CARIBBEAN = "caribbean"
    SOUTH_AMERICA = "south-america"
    AFRICA = "africa"
    ASIA = "asia"
    EUROPE = "europe"
    OCEANIA = "oceania"
    MIDDLE_EAST = "middle-east"


@attrs.frozen(kw_only=True, weakref_slot=False)
class Place(SelfChecked):
    """Where something is. Its precision is what it states: a place without a city is known to the country only."""

    country: CountryCode | None = attrs.field(default=None, metadata=about("Country", "The country it lies in."))
    city: str | None = attrs.field(default=None, metadata=about("City", "The town, as commonly written."))
    venue: str | None = attrs.field(default=None, metadata=about("Venue", "The building or room."))
    address: str | None = attrs.field(
        default=None,
        repr=False,
        metadata=about("Address", "Street address. Never published for a body at risk.", Sensitivity.AT_RISK),
    )


class LinkKind(StrEnum):
    """What one finds behind a link."""

    WEBSITE = "website"
    SOCIAL = "social"
    GOVERNANCE = "governance"
    DOCUMENT = "document"
    VIDEO = "video"
    OTHER = "other"


@attrs.frozen(kw_only=True, weakref_slot=False)
class Link(SelfChecked):
    """An address on the web that anyone may follow."""

    kind: LinkKind = attrs.field(
        converter=FromText[LinkKind], metadata=about("Kind", "Website, governance text, document, video and so on.")
    )
    url: Url = attrs.field(metadata=about("URL", "The address."))
    title: str | None = attrs.field(default=None, metadata=about("Title", "What it is called."))
    language: LanguageTag | None = attrs.field(default=None, metadata=about("Language", "The language of the page."))
