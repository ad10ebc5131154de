"""Items of a Popolo document as records of the register."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from untoc_network.exchange.popolo_items import Item, Within
from untoc_network.model.event import Event, EventKind, EventLink, EventLinkKind, EventRole, EventRoleKind, EventStatus
from untoc_network.model.network import Network, NetworkKind
from untoc_network.model.stakeholder import Organization, OrganizationKind, Person
from untoc_network.rules import popolo
from untoc_network.rules.privacy import leads_into_a_meeting
from untoc_network.values.consent import Contact, ContactKind
from untoc_network.values.dates import Instant
from untoc_network.values.identifier import Identifier, IdentifierScheme
from untoc_network.values.ids import (
    FORMS,
    CountryCode,
    EventId,
    LanguageTag,
    NetworkId,
    OrganizationId,
    PersonId,
    StakeholderId,
    Url,
)
from untoc_network.values.place import Link, LinkKind, Place
from untoc_network.values.slugs import slug_of
from untoc_network.values.text import Alias, AliasKind, Text

__all__ = ["contacts_of", "event_of", "network_of", "organization_of", "person_of"]

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


def organization_of(item: Item, within: Within) -> Organization | None:
    """An organization; None where it has no name."""
    name = _name(item, within)
    if name is None:
        return None
    kind = item.word("classification", OrganizationKind)
    item.members.pop("parent_id", None)
    return Organization(
        id=OrganizationId(_id(item, name, Organization, within)),
        name=name,
        kind=kind or OrganizationKind.UNKNOWN,
        aliases=_aliases(item),
        identifiers=tuple(_identifiers(item)),
        seat=_seat(item, within),
        founded=item.date("founding_date"),
        dissolved=item.date("dissolution_date"),
        links=tuple(_links(item)),
        contacts=tuple(contacts_of(item)),
        sources=within.cited,
        notes=item.left(),
    )


def network_of(item: Item, within: Within) -> Network | None:
    """A network: an organization whose classification is a kind of network."""
    name = _name(item, within)
    if name is None:
        return None
    purpose = item.text("description")
    return Network(
        id=NetworkId(_id(item, name, Network, within)),
        name=name,
        kind=NetworkKind(item.members.pop("classification")),
        aliases=_aliases(item),
        purpose=Text({within.intake.language: purpose}) if purpose else None,
        founded=item.date("founding_date"),
        dissolved=item.date("dissolution_date"),
        links=tuple(_links(item)),
        sources=within.cited,
        notes=item.left(),
    )


def person_of(item: Item, within: Within) -> Person | None:
    """A person, with no more than the work needs. The id is not made from the name."""
    name = item.text("name")
    if name is None:
        item.report(popolo.item_has_a_name, item.path)
        return None
    for member in _NOT_KEPT:
        if item.members.pop(member, None) not in (None, "", []):
            item.report(popolo.person_is_kept_for_the_work, (*item.path, member), name=member)
    email = item.text("email")
    mail = (Contact(kind=ContactKind.EMAIL, value=email),) if email else ()
    return Person(
        id=PersonId(within.ids.give(slug_of(item.id) if item.id else f"person-{item.path[-1]}", Person)),
        name=name,
        other_names=tuple(one["name"] for one in item.objects("other_names") if isinstance(one.get("name"), str)),
        gender=item.text("gender"),
        contacts=(*mail, *contacts_of(item)),
        sources=within.cited,
        notes=item.left(),
    )


def event_of(item: Item, within: Within) -> Event | None:
    """An event; who attended is not kept."""
    name = _name(item, within)
    if name is None:
        return None
    if item.members.pop("attendees", None):
        item.report(popolo.person_is_kept_for_the_work, (*item.path, "attendees"), name="attendees")
    kind, place = item.word("classification", EventKind), item.text("location")
    return Event(
        id=EventId(_id(item, name, Event, within)),
        name=name,
        kind=kind or EventKind.OTHER,
        status=item.word("status", EventStatus),
        **_times(item),
        place=Place(venue=place) if place else None,
        roles=tuple(_organizer(item, within)),
        links_to=tuple(_whole(item, within)),
        sources=within.cited,
        notes=item.left(),
    )


def _name(item: Item, within: Within) -> Text | None:
    name = item.text("name")
    if name is None:
        item.report(popolo.item_has_a_name, item.path)
        return None
    wordings = {within.intake.language: name}
    others = item.members.get("other_names")
    if isinstance(others, list):
        tagged = [one for one in others if _is_wording(one)]
        item.members["other_names"] = [one for one in others if one not in tagged]
        wordings = {**{one["note"]: one["name"] for one in tagged}, **wordings}
    return Text(wordings)


def _is_wording(other: Any) -> bool:
    """Whether another name is the same name in another language, its note being the language's tag."""
    said = isinstance(other, dict) and isinstance(other.get("note"), str) and isinstance(other.get("name"), str)
    return said and FORMS[LanguageTag].fits(other["note"]) and other["note"] not in _ALIAS_KINDS


_ALIAS_KINDS = frozenset(kind.value for kind in AliasKind)


def _id(item: Item, name: Text, cls: type[Any], within: Within) -> str:
    return within.ids.give(slug_of(item.id or name.best()), cls)


def _aliases(item: Item) -> tuple[Alias, ...]:
    found = []
    for other in item.objects("other_names"):
        name, note = other.get("name"), other.get("note")
        if isinstance(name, str) and name.strip():
            found.append(Alias(name=name, kind=AliasKind(note) if note in _ALIAS_KINDS else AliasKind.OTHER))
        else:
            item.refused("other_names", other)
    return tuple(found)


def _identifiers(item: Item) -> Iterator[Identifier]:
    for one in item.objects("identifiers"):
        scheme, value = one.get("scheme"), one.get("identifier")
        if not isinstance(value, str) or not value.strip():
            item.refused("identifiers", one)
        elif scheme in _SCHEMES:
            yield Identifier(scheme=IdentifierScheme(scheme), value=value)
        else:
            listed = f"{scheme}:{value}" if isinstance(scheme, str) and scheme else value
            yield Identifier(scheme=IdentifierScheme.OTHER, value=listed)


_SCHEMES = frozenset(scheme.value for scheme in IdentifierScheme)


def _seat(item: Item, within: Within) -> Place | None:
    """The country of an area, where the area is one."""
    area = item.text("area_id")
    code = within.areas.get(area, area) if area else None
    if code is None:
        return None
    if not FORMS[CountryCode].fits(code):
        item.refused("area_id", area)
        return None
    return Place(country=CountryCode(code))


def _links(item: Item) -> Iterator[Link]:
    for one in item.objects("links"):
        url, note = one.get("url"), one.get("note")
        if isinstance(url, str) and FORMS[Url].fits(url) and not leads_into_a_meeting(url):
            kind = LinkKind(note) if note in _LINK_KINDS else LinkKind.OTHER
            title = note if isinstance(note, str) and note not in _LINK_KINDS else None
            yield Link(kind=kind, url=Url(url), title=title)
        else:
            item.refused("links", one)


_LINK_KINDS = frozenset(kind.value for kind in LinkKind)


def contacts_of(item: Item) -> Iterator[Contact]:
    """The ways to reach somebody."""
    for one in item.objects("contact_details"):
        kind, value, label = one.get("type"), one.get("value"), one.get("label")
        if kind in _CONTACTS and isinstance(value, str) and value.strip():
            yield Contact(kind=_CONTACTS[kind], value=value, label=label if isinstance(label, str) else None)
        else:
            item.refused("contact_details", one)


def _times(item: Item) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for member, field in (("start_date", "starts"), ("end_date", "ends")):
        time = item.time(member)
        if time is not None:
            found[f"{field}_at" if isinstance(time, Instant) else field] = time
    return found


def _organizer(item: Item, within: Within) -> Iterator[EventRole]:
    named = item.text("organization_id")
    if named is None:
        return
    body = within.named.get(named)
    if isinstance(body, Organization):
        yield EventRole(kind=EventRoleKind.ORGANIZER, stakeholder_id=StakeholderId(body.id))
    else:
        item.report(popolo.reference_leads_somewhere, (*item.path, "organization_id"), name="organization_id")


def _whole(item: Item, within: Within) -> Iterator[EventLink]:
    named = item.text("parent_id")
    if named is None:
        return
    whole = within.named.get(named)
    if isinstance(whole, Event):
        yield EventLink(kind=EventLinkKind.PART_OF, event_id=whole.id)
    else:
        item.report(popolo.reference_leads_somewhere, (*item.path, "parent_id"), name="parent_id")
