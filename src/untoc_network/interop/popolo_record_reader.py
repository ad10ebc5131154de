"""Items of a Popolo document as records of the register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from untoc_network.diagnostics.codes import popolo
from untoc_network.interop.popolo_item import DocumentContext, PopoloItem
from untoc_network.model.event import Event, EventKind, EventLink, EventLinkKind, EventRole, EventRoleKind, EventStatus
from untoc_network.model.network import Network, NetworkKind
from untoc_network.model.organization_and_person import Organization, OrganizationKind, Person
from untoc_network.text.personal_data_patterns import is_meeting_link
from untoc_network.text.slugs import make_slug
from untoc_network.values.consent_and_contact import Contact, ContactKind
from untoc_network.values.dates import Instant
from untoc_network.values.identifier import Identifier, IdentifierScheme, to_own_form
from untoc_network.values.ids_and_codes import (
    CountryCode,
    EventId,
    LanguageTag,
    NetworkId,
    OrganizationId,
    PersonId,
    StakeholderId,
    Url,
)
from untoc_network.values.multilingual_text import Alias, AliasKind, Text
from untoc_network.values.place_and_link import Link, LinkKind, Place
from untoc_network.values.self_checked_classes import TEXT_FORMS

__all__ = ["drop_repeated_contacts", "read_contacts", "read_event", "read_network", "read_organization", "read_person"]

_CONTACTS = {
    "email": ContactKind.EMAIL,
    "voice": ContactKind.PHONE,
    "phone": ContactKind.PHONE,
    "cell": ContactKind.PHONE,
    "address": ContactKind.POST,
}
_NOT_KEPT = (
    "biography",
    "birth_date",
    "death_date",
    "identifiers",
    "image",
    "images",
    "national_identity",
    "summary",
)
"""What a register keeps of no person."""


def read_organization(item: PopoloItem, within: DocumentContext) -> Organization | None:
    """An organization; None where it has no name."""
    name = _read_name(item, within)
    if name is None:
        return None
    kind = item.word("classification", OrganizationKind)
    item.members.pop("parent_id", None)
    return Organization(
        id=OrganizationId(_give_id(item, name, Organization, within)),
        name=name,
        kind=kind or OrganizationKind.UNKNOWN,
        aliases=_read_aliases(item),
        identifiers=tuple(_read_identifiers(item)),
        seat=_read_seat(item, within),
        founded=item.date("founding_date"),
        dissolved=item.date("dissolution_date"),
        links=tuple(_read_links(item)),
        contacts=drop_repeated_contacts(read_contacts(item)),
        sources=within.cited,
        notes=item.left(),
    )


def read_network(item: PopoloItem, within: DocumentContext) -> Network | None:
    """A network: an organization whose classification is a kind of network."""
    name = _read_name(item, within)
    if name is None:
        return None
    purpose = item.text("description")
    return Network(
        id=NetworkId(_give_id(item, name, Network, within)),
        name=name,
        kind=NetworkKind(item.members.pop("classification")),
        aliases=_read_aliases(item),
        purpose=Text({within.options.language: purpose}) if purpose else None,
        founded=item.date("founding_date"),
        dissolved=item.date("dissolution_date"),
        links=tuple(_read_links(item)),
        sources=within.cited,
        notes=item.left(),
    )


def read_person(item: PopoloItem, within: DocumentContext) -> Person | None:
    """A person, with no more than the work needs. The id is not made from the name."""
    name = item.text("name")
    if name is None:
        item.report(popolo.item_without_name, item.path)
        return None
    for member in _NOT_KEPT:
        if item.members.pop(member, None) not in (None, "", []):
            item.report(popolo.personal_detail_not_imported, (*item.path, member), name=member)
    email = item.text("email")
    mail = (Contact(kind=ContactKind.EMAIL, value=email),) if email else ()
    return Person(
        id=PersonId(within.ids.give(make_slug(item.id) if item.id else f"person-{item.path[-1]}", Person)),
        name=name,
        other_names=tuple(name for one in item.objects("other_names") if (name := _get_nonempty_text(one, "name"))),
        gender=item.text("gender"),
        contacts=drop_repeated_contacts((*mail, *read_contacts(item))),
        sources=within.cited,
        notes=item.left(),
    )


def read_event(item: PopoloItem, within: DocumentContext) -> Event | None:
    """An event; who attended is not kept."""
    name = _read_name(item, within)
    if name is None:
        return None
    if item.members.pop("attendees", None):
        item.report(popolo.personal_detail_not_imported, (*item.path, "attendees"), name="attendees")
    kind, place = item.word("classification", EventKind), item.text("location")
    return Event(
        id=EventId(_give_id(item, name, Event, within)),
        name=name,
        kind=kind or EventKind.OTHER,
        status=item.word("status", EventStatus),
        **_read_event_times(item),
        place=Place(venue=place) if place else None,
        roles=tuple(_read_organizer(item, within)),
        links_to=tuple(_read_link_to_parent_event(item, within)),
        sources=within.cited,
        notes=item.left(),
    )


def _read_name(item: PopoloItem, within: DocumentContext) -> Text | None:
    name = item.text("name")
    if name is None:
        item.report(popolo.item_without_name, item.path)
        return None
    wordings = {within.options.language: name}
    others = item.members.get("other_names")
    if isinstance(others, list):
        tagged = [one for one in others if _is_name_in_another_language(one)]
        item.members["other_names"] = [one for one in others if one not in tagged]
        wordings = {**{one["note"]: one["name"] for one in tagged}, **wordings}
    return Text(wordings)


def _is_name_in_another_language(other: Any) -> bool:
    """Whether another name is the same name in another language, its note being the language's tag."""
    name, note = (
        (_get_nonempty_text(other, "name"), _get_nonempty_text(other, "note"))
        if isinstance(other, dict)
        else (None, None)
    )
    return name is not None and note is not None and TEXT_FORMS[LanguageTag].fits(note)


def _get_nonempty_text(one: dict[str, Any], name: str) -> str | None:
    """A member that is text and says something."""
    value = one.get(name)
    return value if isinstance(value, str) and value.strip() else None


_ALIAS_KINDS = frozenset(AliasKind)


def _give_id(item: PopoloItem, name: Text, cls: type[Any], within: DocumentContext) -> str:
    return within.ids.give(make_slug(item.id or name.best()), cls)


def _read_aliases(item: PopoloItem) -> tuple[Alias, ...]:
    found = []
    for other in item.objects("other_names"):
        name, note = _get_nonempty_text(other, "name"), _get_nonempty_text(other, "note")
        if name is not None:
            found.append(Alias(name=name, kind=AliasKind(note) if note in _ALIAS_KINDS else AliasKind.OTHER))
        else:
            item.refused("other_names", other)
    return tuple(found)


def _read_identifiers(item: PopoloItem) -> Iterator[Identifier]:
    for one in item.objects("identifiers"):
        scheme, value = _get_nonempty_text(one, "scheme"), _get_nonempty_text(one, "identifier")
        if value is None:
            item.refused("identifiers", one)
        elif scheme in _SCHEMES:
            known = IdentifierScheme(scheme)
            yield Identifier(scheme=known, value=to_own_form(known, value) or value)
        else:
            yield Identifier(scheme=IdentifierScheme.OTHER, value=f"{scheme}:{value}" if scheme else value)


_SCHEMES = frozenset(IdentifierScheme)


def _read_seat(item: PopoloItem, within: DocumentContext) -> Place | None:
    """The country of an area, where the area is one."""
    area = item.text("area_id")
    code = within.areas.get(area, area) if area else None
    if code is None:
        return None
    if not TEXT_FORMS[CountryCode].fits(code):
        item.refused("area_id", area)
        return None
    return Place(country=CountryCode(code))


def _read_links(item: PopoloItem) -> Iterator[Link]:
    for one in item.objects("links"):
        url, note = _get_nonempty_text(one, "url"), _get_nonempty_text(one, "note")
        if url is not None and TEXT_FORMS[Url].fits(url) and not is_meeting_link(url):
            kind = LinkKind(note) if note in _LINK_KINDS else LinkKind.OTHER
            yield Link(kind=kind, url=Url(url), title=None if kind.value == note else note)
        else:
            item.refused("links", one)


_LINK_KINDS = frozenset(LinkKind)


def read_contacts(item: PopoloItem) -> Iterator[Contact]:
    """The ways to reach somebody."""
    for one in item.objects("contact_details"):
        kind, value = _CONTACTS.get(_get_nonempty_text(one, "type") or ""), _get_nonempty_text(one, "value")
        if kind is not None and value is not None:
            yield Contact(kind=kind, value=value, label=_get_nonempty_text(one, "label"))
        else:
            item.refused("contact_details", one)


def drop_repeated_contacts(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    """Each way to reach somebody once; one that stands there without and with a label has the label."""
    found: dict[tuple[ContactKind, str], Contact] = {}
    others: list[Contact] = []
    for contact in contacts:
        way = (contact.kind, contact.value.strip().casefold())
        known = found.setdefault(way, contact)
        if known.label is None:
            found[way] = contact if contact.label is not None else known
        elif contact.label not in (None, known.label):
            others.append(contact)
    return tuple(dict.fromkeys((*found.values(), *others)))


def _read_event_times(item: PopoloItem) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for member, field in (("start_date", "starts"), ("end_date", "ends")):
        time = item.time(member)
        if time is not None:
            found[f"{field}_at" if isinstance(time, Instant) else field] = time
    return found


def _read_organizer(item: PopoloItem, within: DocumentContext) -> Iterator[EventRole]:
    named = item.text("organization_id")
    if named is None:
        return
    body = within.named.get(named)
    if isinstance(body, Organization):
        yield EventRole(kind=EventRoleKind.ORGANIZER, stakeholder_id=StakeholderId(body.id))
    else:
        item.report(popolo.unresolved_popolo_reference, (*item.path, "organization_id"), name="organization_id")


def _read_link_to_parent_event(item: PopoloItem, within: DocumentContext) -> Iterator[EventLink]:
    named = item.text("parent_id")
    if named is None:
        return
    whole = within.named.get(named)
    if isinstance(whole, Event):
        yield EventLink(kind=EventLinkKind.PART_OF, event_id=whole.id)
    else:
        item.report(popolo.unresolved_popolo_reference, (*item.path, "parent_id"), name="parent_id")
