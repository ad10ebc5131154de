"""JSON-LD in the words of schema.org and of the W3C's organization ontology, with its context inside.

Nothing has to be fetched to understand it. It is written, and never read: readers fetch what a context names.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from enum import StrEnum
from importlib import resources
from typing import Any

from untoc_network.diagnostics.findings import Report
from untoc_network.interop.export_import_options import Exported, ExportOptions
from untoc_network.interop.web_json import drop_blanks, encode_json
from untoc_network.model.event import Event, EventLinkKind, EventRoleKind, EventStatus, Modality
from untoc_network.model.network import Membership, Network
from untoc_network.model.organization_and_person import Affiliation, Organization, OrganizationKind, Person, Post
from untoc_network.model.register import Register
from untoc_network.values.dates import Instant, PartialDate, Period
from untoc_network.values.identifier import Identifier, IdentifierScheme
from untoc_network.values.multilingual_text import Text
from untoc_network.values.place_and_link import Place

__all__ = ["to_jsonld"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_TYPES = {
    OrganizationKind.NGO: "schema:NGO",
    OrganizationKind.NGO_NETWORK: "schema:NGO",
    OrganizationKind.MEDIA: "schema:NewsMediaOrganization",
    OrganizationKind.GOVERNMENT: "schema:GovernmentOrganization",
    OrganizationKind.GOVERNMENT_BODY: "schema:GovernmentOrganization",
}
_STATUS = {
    EventStatus.PLANNED: "schema:EventScheduled",
    EventStatus.CONFIRMED: "schema:EventScheduled",
    EventStatus.POSTPONED: "schema:EventPostponed",
    EventStatus.CANCELLED: "schema:EventCancelled",
}
_MODES = {
    Modality.IN_PERSON: "schema:OfflineEventAttendanceMode",
    Modality.ONLINE: "schema:OnlineEventAttendanceMode",
    Modality.HYBRID: "schema:MixedEventAttendanceMode",
}
_ROLES = {
    **dict.fromkeys((EventRoleKind.ORGANIZER, EventRoleKind.CO_ORGANIZER), "organizer"),
    EventRoleKind.PARTNER: "contributor",
    **dict.fromkeys((EventRoleKind.PARTICIPANT, EventRoleKind.OBSERVER), "attendee"),
}
"""All other roles are those of somebody who performs."""
_PAGES = {
    IdentifierScheme.ROR: "https://ror.org/",
    IdentifierScheme.WIKIDATA: "http://www.wikidata.org/entity/",
    IdentifierScheme.ISNI: "https://isni.org/isni/",
}
"""Registers that give each organization an address."""
_PRECISIONS = {4: "gYear", 7: "gYearMonth", 10: "date"}


def to_jsonld(register: Register, chosen: ExportOptions) -> Exported:
    """Organizations, networks, memberships, events, and persons who agreed, as one graph."""
    writer = _JsonLdWriter(register, chosen)
    document = {"@context": _load_context(), "@graph": list(writer.nodes())}
    return Exported(data=encode_json(document), report=Report())


@functools.cache
def _load_context() -> dict[str, Any]:
    """What each term means: `jsonld_context.json`, which goes into every document."""
    context: dict[str, Any] = json.loads(resources.files(__package__).joinpath("jsonld_context.json").read_bytes())
    return context


class _JsonLdWriter:
    """Writes nodes whose addresses begin as wished."""

    def __init__(self, register: Register, chosen: ExportOptions) -> None:
        self.register, self.chosen = register, chosen

    def nodes(self) -> Iterator[dict[str, Any]]:
        """A node for each record."""
        yield from map(self._write_organization, self.register.organizations)
        yield from map(self._write_person, self.register.persons)
        yield from map(self._write_network, self.register.networks)
        yield from map(self._write_membership, self.register.memberships)
        yield from map(self._write_event, self.register.events)

    def _make_record_address(self, record_id: str | None) -> str | None:
        return None if record_id is None else f"{self.chosen.base}{record_id}"

    def _make_concept(self, word: StrEnum) -> dict[str, str]:
        """A word of the model as a concept of its own, since its kind asks for one."""
        return {"id": f"{self.chosen.base}{word.__class__.__name__}.{word.value}", "skos:notation": word.value}

    def _write_organization(self, held: Organization) -> dict[str, Any]:
        joined = self.register.memberships_by_organization.get(held.id, ())
        return drop_blanks(
            id=self._make_record_address(held.id),
            type=[_TYPES.get(held.kind, "schema:Organization"), "org:Organization"],
            name=_write_wordings(held.name),
            alternateName=[alias.name for alias in held.aliases],
            classification=self._make_concept(held.kind),
            parentOrganization=self._make_record_address(held.parent_id),
            address=_write_address(held.seat),
            areaServed=[*held.countries, *(region.value for region in held.regions)],
            keywords=[*(theme.value for theme in held.themes), *(flag.value for flag in held.flags)],
            knowsLanguage=list(held.languages),
            identifier=[_write_identifier(one) for one in held.identifiers],
            sameAs=[f"{_PAGES[one.scheme]}{one.value}" for one in held.identifiers if _has_web_page(one)],
            url=[link.url for link in held.links],
            foundingDate=_write_day(held.founded),
            dissolutionDate=_write_day(held.dissolved),
            memberOf=list(
                dict.fromkeys(self._make_record_address(one.network_id) for one in joined if self._may_hold_on_day(one))
            ),
        )

    def _may_hold_on_day(self, membership: Membership) -> bool:
        return membership.period is None or not membership.period.surely_outside(self.chosen.on)

    def _write_person(self, held: Person) -> dict[str, Any]:
        roles: tuple[Post | Affiliation, ...] = (*held.posts, *held.affiliations)
        bodies = dict.fromkeys(role.organization_id for role in roles)
        return drop_blanks(
            id=self._make_record_address(held.id),
            type="schema:Person",
            name=held.name,
            memberOf=[self._make_record_address(body) for body in bodies],
        )

    def _write_network(self, held: Network) -> dict[str, Any]:
        return drop_blanks(
            id=self._make_record_address(held.id),
            type=["schema:Organization", "org:OrganizationalCollaboration"],
            name=_write_wordings(held.name),
            alternateName=[alias.name for alias in held.aliases],
            description=_write_wordings(held.purpose) if held.purpose else None,
            classification=self._make_concept(held.kind),
            areaServed=[*held.countries, *(region.value for region in held.regions)],
            keywords=[theme.value for theme in held.themes],
            sponsor=[self._make_record_address(body) for body in held.sponsor_ids],
            linkedTo=[self._make_record_address(link.network_id) for link in held.links_to],
            url=[link.url for link in held.links],
            foundingDate=_write_day(held.founded),
            dissolutionDate=_write_day(held.dissolved),
        )

    def _write_membership(self, held: Membership) -> dict[str, Any]:
        return drop_blanks(
            id=self._make_record_address(held.id),
            type=["org:Membership", "schema:OrganizationRole"],
            organization=self._make_record_address(held.network_id),
            member=self._make_record_address(held.organization_id),
            role=self._make_concept(held.role),
            **_write_period(held.period),
        )

    def _write_event(self, held: Event) -> dict[str, Any]:
        roles: dict[str, dict[str | None, None]] = {}
        for one in held.roles:
            roles.setdefault(_ROLES.get(one.kind, "performer"), {})[self._make_record_address(one.stakeholder_id)] = (
                None
            )
        whole = (link.event_id for link in held.links_to if link.kind is EventLinkKind.PART_OF)
        paid = self.register.referrers.get(held.id, ())
        donors = (reference.record for reference in paid if reference.path == ("target_id",))
        return drop_blanks(
            id=self._make_record_address(held.id),
            type="schema:Event",
            name=_write_wordings(held.name),
            classification=self._make_concept(held.kind),
            startDate=_write_moment(held.starts_at) or _write_day(held.starts),
            endDate=_write_moment(held.ends_at) or _write_day(held.ends),
            eventStatus=_STATUS.get(held.status) if held.status else None,
            eventAttendanceMode=_MODES.get(held.modality) if held.modality else None,
            location=_write_location(held.place),
            inLanguage=list(held.languages),
            about=[theme.value for theme in held.themes],
            superEvent=[self._make_record_address(event_id) for event_id in whole],
            funder=[self._make_record_address(donor.donor_id) for donor in donors if hasattr(donor, "donor_id")],
            url=held.page,
            **{name: list(found) for name, found in roles.items()},
        )


def _write_wordings(text: Text) -> list[dict[str, str]]:
    return [
        {"@value": wording} if tag == "und" else {"@value": wording, "@language": tag} for tag, wording in text.items()
    ]


def _write_day(when: PartialDate | None) -> dict[str, str] | None:
    """A date as exactly as it is known: `gYearMonth` where it is a month."""
    return None if when is None else {"@value": str(when), "@type": f"{_XSD}{_PRECISIONS[len(when)]}"}


def _write_moment(when: Instant | None) -> dict[str, str] | None:
    if when is None:
        return None
    text = when.partition("[")[0]
    seconds = text if text[16] == ":" else f"{text[:16]}:00{text[16:]}"
    return {"@value": seconds, "@type": f"{_XSD}dateTime"}


def _write_period(period: Period | None) -> dict[str, Any]:
    return {"startDate": _write_day(period.start), "endDate": _write_day(period.end)} if period else {}


def _write_address(place: Place | None) -> dict[str, Any] | None:
    if place is None or not (place.country or place.city):
        return None
    return drop_blanks(type="schema:PostalAddress", addressCountry=place.country, addressLocality=place.city)


def _write_location(place: Place | None) -> dict[str, Any] | None:
    said = drop_blanks(name=place.venue, address=_write_address(place)) if place else {}
    return {"type": "schema:Place", **said} if said else None


def _write_identifier(one: Identifier) -> dict[str, Any]:
    return {"type": "schema:PropertyValue", "schema:propertyID": one.scheme.value, "schema:value": one.value}


def _has_web_page(one: Identifier) -> bool:
    return one.scheme in _PAGES and one.is_sound
