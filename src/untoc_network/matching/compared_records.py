"""What of an organization or a person is compared: names, what should be theirs alone, and what tells them apart."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import attrs

from untoc_network.matching.comparable_names import ComparableName, list_organization_names, list_person_names
from untoc_network.matching.duplicate_evidence import EvidenceKind
from untoc_network.model.organization_and_person import Organization, OrganizationKind, Person
from untoc_network.text.contact_finder import extract_phone_digits, normalize_email, to_international_phone
from untoc_network.text.folding import fold, fold_without_blanks
from untoc_network.values.consent_and_contact import Contact, ContactKind
from untoc_network.values.identifier import IdentifierScheme
from untoc_network.values.place_and_link import LinkKind

__all__ = ["ComparedRecord", "IdentifyingSign", "prepare_organization", "prepare_person"]

_ONE_EACH = frozenset(IdentifierScheme) - {IdentifierScheme.ORG_ID, IdentifierScheme.OTHER}
"""Registers that mean to give each body one identifier only."""


@attrs.frozen(kw_only=True)
class IdentifyingSign:
    """Something that two records rarely share unless they are one: an identifier, a host, a contact."""

    kind: EvidenceKind
    key: tuple[str, ...]
    field: str


@attrs.frozen(kw_only=True)
class ComparedRecord:
    """A record as it is compared with others. What is not known of it is the empty text."""

    id: str
    names: tuple[ComparableName, ...]
    signs: tuple[IdentifyingSign, ...]
    country: str = ""
    kind: str = ""
    city: str = ""
    year: str = ""
    parent: str = ""
    identifiers: tuple[tuple[str, str, str], ...] = ()
    """Of each register that gives each body one: its scheme, the value, the place of it."""
    organizations: tuple[tuple[str, str], ...] = ()
    """The organizations that a person belongs to, each with the place that says so."""


def prepare_organization(organization: Organization) -> ComparedRecord:
    """What of an organization is compared."""
    seat = organization.seat
    return ComparedRecord(
        id=organization.id,
        names=list_organization_names(organization),
        signs=tuple(_list_organization_signs(organization)),
        country=(seat.country or "") if seat else "",
        kind="" if organization.kind is OrganizationKind.UNKNOWN else organization.kind.value,
        city=fold_without_blanks(seat.city) if seat and seat.city else "",
        year=organization.founded[:4] if organization.founded else "",
        parent=organization.parent_id or "",
        identifiers=tuple(
            (identifier.scheme.value, identifier.value, f"identifiers[{position}]")
            for position, identifier in enumerate(organization.identifiers)
            if identifier.scheme in _ONE_EACH
        ),
    )


def prepare_person(person: Person) -> ComparedRecord:
    """What of a person is compared: names, contacts, organizations. None of it is ever shown."""
    return ComparedRecord(
        id=person.id,
        names=list_person_names(person),
        signs=tuple(
            IdentifyingSign(
                kind=EvidenceKind.SAME_CONTACT,
                key=_make_contact_key(contact),
                field=f"contacts[{position}]",
            )
            for position, contact in enumerate(person.contacts)
        ),
        organizations=tuple(
            (role.organization_id, f"{field}[{position}].organization_id")
            for field in ("posts", "affiliations")
            for position, role in enumerate(getattr(person, field))
        ),
    )


def _make_contact_key(contact: Contact) -> tuple[str, str]:
    """By what a contact is the same as another, however each is written; a telephone without its country is another."""
    if email := normalize_email(contact.value):
        return "email", email
    if phone := to_international_phone(contact.value):
        return "phone", f"+{phone}"
    digits = extract_phone_digits(contact.value) if contact.kind is ContactKind.PHONE else ""
    return (contact.kind.value, digits or contact.value.strip().casefold())


def _list_organization_signs(organization: Organization) -> Iterator[IdentifyingSign]:
    for position, identifier in enumerate(organization.identifiers):
        key = (identifier.scheme.value, identifier.value)
        yield IdentifyingSign(kind=EvidenceKind.SAME_IDENTIFIER, key=key, field=f"identifiers[{position}]")
    for position, link in enumerate(organization.links):
        host = _get_folded_host(link.url) if link.kind is LinkKind.WEBSITE else ""
        if host:
            yield IdentifyingSign(kind=EvidenceKind.SAME_HOST, key=(host,), field=f"links[{position}].url")


def _get_folded_host(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return fold(host).removeprefix("www ")
