"""Registers of any size, the same every time, for measuring and for trying things out."""

from __future__ import annotations

from untoc_network.model.event import Event, EventKind, EventRole, EventRoleKind, Statement
from untoc_network.model.network import Membership, Network, NetworkKind
from untoc_network.model.organization_and_person import Affiliation, Organization, OrganizationKind, Person
from untoc_network.model.register import Register
from untoc_network.model.source import Source, SourceKind
from untoc_network.values import ids_and_codes as ids
from untoc_network.values.consent_and_contact import Audience, Consent, ConsentBasis, Purpose
from untoc_network.values.dates import PartialDate, Period
from untoc_network.values.multilingual_text import Text
from untoc_network.values.place_and_link import Place
from untoc_network.values.sources_and_claims import Citation

__all__ = ["invented_register"]

_EVENTS_EVERY = 10


def invented_register(organizations: int) -> Register:
    """A sound register of that many invented organizations.

    Each is a member of one network and has a representative; every tenth organizes an event at which its
    representative speaks. No rule finds an error or a warning in it.
    """
    numbers = range(organizations)
    organizing = range(0, organizations, _EVENTS_EVERY)
    cited = (Citation(source_id=ids.SourceId("minutes")),)
    return Register(
        title=Text(en="Invented members"),
        sources=(Source(id=ids.SourceId("minutes"), title=Text(en="Minutes"), kind=SourceKind.DOCUMENT),),
        networks=(
            Network(id=ids.NetworkId("network"), name=Text(en="Network"), kind=NetworkKind.REGIONAL, sources=cited),
        ),
        organizations=tuple(_make_organization(number, cited) for number in numbers),
        persons=tuple(_make_person(number, cited) for number in numbers),
        memberships=tuple(
            Membership(
                id=ids.MembershipId(f"membership-{number}"),
                network_id=ids.NetworkId("network"),
                organization_id=ids.OrganizationId(f"organization-{number}"),
                period=Period(start=PartialDate("2022-03")),
                sources=cited,
            )
            for number in numbers
        ),
        events=tuple(_make_event(number, cited) for number in organizing),
        statements=tuple(
            Statement(
                id=ids.StatementId(f"statement-{number}"),
                event_id=ids.EventId(f"event-{number}"),
                speaker_id=ids.PersonId(f"person-{number}"),
                speaking_as=(ids.Key("representative"),),
                summary=Text(en="Cooperation matters", es="La cooperación importa"),
                sources=cited,
            )
            for number in organizing
        ),
    )


def _make_organization(number: int, cited: tuple[Citation, ...]) -> Organization:
    return Organization(
        id=ids.OrganizationId(f"organization-{number}"),
        name=Text(en=f"Organization {number}", es=f"Organización {number}"),
        kind=OrganizationKind.NGO,
        seat=Place(country=ids.CountryCode("XA")),
        founded=PartialDate(str(1960 + number % 60)),
        sources=cited,
    )


def _make_person(number: int, cited: tuple[Citation, ...]) -> Person:
    on_behalf = Affiliation(key=ids.Key("representative"), organization_id=ids.OrganizationId(f"organization-{number}"))
    agreed = Consent(purpose=Purpose.ATTRIBUTION, audience=Audience.PUBLIC, basis=ConsentBasis.FORM)
    return Person(
        id=ids.PersonId(f"person-{number}"),
        name=f"A. Example {number}",
        affiliations=(on_behalf,),
        consents=(agreed,),
        sources=cited,
    )


def _make_event(number: int, cited: tuple[Citation, ...]) -> Event:
    organizer = EventRole(kind=EventRoleKind.ORGANIZER, stakeholder_id=ids.StakeholderId(f"organization-{number}"))
    return Event(
        id=ids.EventId(f"event-{number}"),
        name=Text(en=f"Meeting {number}"),
        kind=EventKind.NETWORK_MEETING,
        starts=PartialDate("2023-05-01"),
        ends=PartialDate("2023-05-02"),
        roles=(organizer,),
        sources=cited,
    )
