"""The records that are made of what the rows of one organization say."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from untoc_network.errors import ImpossibleValue
from untoc_network.formats.sheets.consents import consents_of
from untoc_network.formats.sheets.member import Given, Member
from untoc_network.model.network import Membership, MembershipRole
from untoc_network.model.register import AnyRecord
from untoc_network.model.stakeholder import Affiliation, Organization, OrganizationKind, Person, Post
from untoc_network.values.consent import Contact, ContactKind
from untoc_network.values.dates import Ending, PartialDate, Period
from untoc_network.values.ids import Key, MembershipId, NetworkId, OrganizationId, PersonId
from untoc_network.values.place import Link, LinkKind, Place
from untoc_network.values.slugs import Ids
from untoc_network.values.source import Citation
from untoc_network.values.text import Alias, AliasKind, Text

__all__ = ["records_of"]

_ALIASES = {"acronym": AliasKind.ACRONYM, "former_name": AliasKind.FORMER, "alias": AliasKind.OTHER}
_LINKS = {"website": LinkKind.WEBSITE, "social": LinkKind.SOCIAL}
_CONTACTS = {
    "email": ContactKind.EMAIL,
    "phone": ContactKind.PHONE,
    "post": ContactKind.POST,
    "messaging": ContactKind.MESSAGING,
}


def records_of(member: Member, ids: Ids, sources: tuple[Citation, ...]) -> Iterator[AnyRecord]:
    """The persons, the membership and the organization. What does not fit together goes to the organization's notes."""
    persons, left = _persons(member, ids, sources)
    yield from persons
    if member.mapping.network is not None:
        yield _membership(member, member.mapping.network, ids, sources)
    yield _organization(member, left, sources)


def _organization(member: Member, left: tuple[Contact, ...], sources: tuple[Citation, ...]) -> Organization:
    contacts = [Contact(kind=kind, value=value) for field, kind in _CONTACTS.items() for value in member.all(field)]
    return Organization(
        id=OrganizationId(member.id),
        name=Text(dict(member.wordings())),
        kind=member.one("kind") or OrganizationKind.UNKNOWN,
        aliases=tuple(Alias(name=name, kind=kind) for field, kind in _ALIASES.items() for name in member.all(field)),
        flags=member.all("flags"),
        parent_id=member.one("parent"),
        seat=_seat(member),
        countries=member.all("countries"),
        regions=member.all("regions"),
        themes=member.all("themes"),
        languages=member.all("languages"),
        expertise=tuple(Text({member.mapping.language: words}) for words in member.all("expertise")),
        engagement_tools=member.all("tools"),
        identifiers=member.all("identifier"),
        founded=member.one("founded"),
        dissolved=member.one("dissolved"),
        links=tuple(Link(kind=kind, url=url) for field, kind in _LINKS.items() for url in member.all(field)),
        contacts=tuple(dict.fromkeys((*contacts, *left))),
        consents=consents_of(member),
        at_risk=bool(member.one("at_risk")),
        notes=tuple(member.notes),
        sources=sources,
    )


def _seat(member: Member) -> Place | None:
    country, city, address = (member.one(field) for field in ("country", "city", "address"))
    return Place(country=country, city=city, address=address) if country or city or address else None


# -- persons ---------------------------------------------------------------------------------------------------------


def _persons(member: Member, ids: Ids, sources: tuple[Citation, ...]) -> tuple[list[Person], tuple[Contact, ...]]:
    """The contact persons, and the contacts that cannot be told to be one person's: they stay the organization's."""
    persons: list[Person] = []
    left: list[Contact] = []
    for prefix in sorted({field.partition(".")[0] for field in member.values if field.startswith("person")}):
        names = member.given(f"{prefix}.name")
        contacts = _contacts(member, prefix, len(names), left)
        posts = _dealt(member, f"{prefix}.post", len(names), "post-of-one")
        genders = _dealt(member, f"{prefix}.gender", len(names), "gender-of-one")
        for position, name in enumerate(names):
            persons.append(
                Person(
                    id=PersonId(ids.give(f"{member.id}-contact-{len(persons) + 1}", Person)),
                    name=name.value,
                    gender=next((one.value for one in genders[position]), None),
                    posts=_posts(member, posts[position]),
                    affiliations=()
                    if posts[position]
                    else (Affiliation(key=Key("member"), organization_id=OrganizationId(member.id)),),
                    contacts=contacts[position],
                    sources=sources,
                )
            )
    return persons, tuple(left)


def _posts(member: Member, titles: Sequence[Given]) -> tuple[Post, ...]:
    keys = itertools.count(1)
    return tuple(
        Post(
            key=Key(f"post-{next(keys)}"),
            title=Text({member.mapping.language: one.value}),
            organization_id=OrganizationId(member.id),
        )
        for one in titles
    )


def _shared_out(values: Sequence[Given], persons: int) -> list[tuple[Given, ...]] | None:
    """The values of each person: of one all, of several one each; None where nobody can tell whose is which."""
    if persons == 1:
        return [tuple(values)]
    if len(values) == persons:
        return [(value,) for value in values]
    return None if values else [()] * persons


def _dealt(member: Member, field: str, persons: int, wanted: str) -> list[tuple[Given, ...]]:
    dealt = _shared_out(member.given(field), persons)
    if dealt is not None:
        return dealt
    while held := member.given(field):
        member.refuse(held[0], wanted, "name-as-many")
    return [()] * persons


def _contacts(member: Member, prefix: str, persons: int, left: list[Contact]) -> list[tuple[Contact, ...]]:
    """The contacts of each person; those that cannot be told apart are added to `left`, and that is told."""
    found: list[tuple[Contact, ...]] = [()] * persons
    for field, kind in (("email", ContactKind.EMAIL), ("phone", ContactKind.PHONE)):
        values = member.given(f"{prefix}.{field}")
        dealt = _shared_out(values, persons)
        if dealt is None:
            left += [Contact(kind=kind, value=one.value, label=one.column.header) for one in values]
            _tell(member, values, "not-one-persons")
        else:
            found = [
                (*held, *(Contact(kind=kind, value=one.value) for one in new))
                for held, new in zip(found, dealt, strict=True)
            ]
            if persons > 1:
                _tell(member, values, "same-place")
    return found


def _tell(member: Member, values: Sequence[Given], guess: str) -> None:
    for cell in dict.fromkeys(one.cell for one in values):
        member.guess(cell, guess)


# -- membership ------------------------------------------------------------------------------------------------------


def _membership(member: Member, network: str, ids: Ids, sources: tuple[Citation, ...]) -> Membership:
    return Membership(
        id=MembershipId(ids.give(f"{member.id}-in-{network}"[:100].strip("-"), Membership)),
        network_id=NetworkId(network),
        organization_id=OrganizationId(member.id),
        membership_class=member.one("member.class"),
        role=member.one("member.role") or MembershipRole.MEMBER,
        period=_period(member),
        sources=sources,
    )


_ENDINGS = {True: Ending.RUNNING, False: Ending.ENDED, None: None}


def _period(member: Member) -> Period | None:
    """From when until when; a last day before the first one, or that of an active member, goes to the notes."""
    start, end = _a(member.one("member.since")), _a(member.one("member.until"))
    active: bool | None = member.one("member.active")
    if end is not None and (active or _ends_early(start, end)):
        member.refuse(member.given("member.until")[0], "last-day", "correct-days")
        end = None
    ending = None if end is not None else _ENDINGS[active]
    return Period(start=start, end=end, ending=ending) if start or end or ending else None


def _a(date: Any) -> PartialDate | None:
    return date if isinstance(date, PartialDate) else None


def _ends_early(start: PartialDate | None, end: PartialDate) -> bool:
    try:
        Period(start=start, end=end)
    except ImpossibleValue:
        return True
    return False
