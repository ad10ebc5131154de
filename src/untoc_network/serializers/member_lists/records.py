"""The records that are made of what the rows of one organization say."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from typing import Any

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.model.listed_record import ListedRecord
from untoc_network.model.network import Membership, MembershipRole, Network, NetworkKind
from untoc_network.model.organization_and_person import Affiliation, Organization, OrganizationKind, Person, Post
from untoc_network.model.register import Register
from untoc_network.serializers.member_lists.cell_content import put_given_name_first
from untoc_network.serializers.member_lists.column_mapping import (
    CONSENT_PARTS,
    ID,
    KEY,
    TO_PUBLICATION,
    SheetMapping,
)
from untoc_network.serializers.member_lists.column_reader import term_field
from untoc_network.serializers.member_lists.list_kind import ListKind
from untoc_network.serializers.member_lists.listed_field_places import (
    find_exposing_notes,
    locate_body_fields,
    locate_membership_fields,
    locate_person_fields,
)
from untoc_network.serializers.member_lists.listed_organization import HeldValue, Member
from untoc_network.serializers.member_lists.membership_status import MembershipStatus, Standing
from untoc_network.serializers.member_lists.sheet_reading import Cell
from untoc_network.text.folding import fold, fold_to_words
from untoc_network.text.slugs import FreeIdAllocator
from untoc_network.values.consent_and_contact import Audience, Consent, Contact, ContactKind, Purpose
from untoc_network.values.dates import Ending, PartialDate, Period
from untoc_network.values.extra import Extra
from untoc_network.values.ids_and_codes import (
    CountryCode,
    Key,
    MembershipId,
    NetworkId,
    OrganizationId,
    PersonId,
    Url,
)
from untoc_network.values.multilingual_text import Alias, AliasKind, Text
from untoc_network.values.place_and_link import Link, LinkKind, Place
from untoc_network.values.sources_and_claims import Citation

__all__ = [
    "RefusalsByName",
    "drop_shared_keys",
    "find_parents",
    "find_refusals_by_name",
    "make_listed_network",
    "make_listed_records",
]

RefusalsByName = Mapping[tuple[str, ...], AbstractSet[Purpose]]
"""What the persons of a list said no to in any of its rows, by the words of their names."""
_ALIASES = {"acronym": AliasKind.ACRONYM, "former_name": AliasKind.FORMER, "alias": AliasKind.OTHER}
_LINKS = {"website": LinkKind.WEBSITE, "social": LinkKind.SOCIAL}
_OF_CONTACTS = frozenset({Purpose.PUBLICATION, Purpose.CONTACT})
"""What a body agrees to reaches its own contacts too, as far as it is about them; it does not reach its persons.

Who agrees to be written to has an address kept for that by those who keep the register. To whom else it may be shown,
the one scope that a row has for all its consents does not say.
"""


def find_refusals_by_name(members: Iterable[Member]) -> RefusalsByName:
    """A no in one row is a no for every person of that name: another row must not show who it may be."""
    found = defaultdict[tuple[str, ...], set[Purpose]](set)
    for member in members:
        for prefix in _list_person_prefixes(member) if member.spoken.has_consents else ():
            if refused := _list_refusals(member, prefix):
                names, *parts = (
                    [value for value, *_ in member.held_values(f"{prefix}.{field}")]
                    for field in ("name", "given_name", "family_name")
                )
                for name in (*names, " ".join(itertools.chain(*parts))):
                    found[_sort_words(name)].update(refused)
    found.pop((), None)
    return found


def _sort_words(name: str) -> tuple[str, ...]:
    return tuple(sorted(fold_to_words(name)))


def _list_person_prefixes(member: Member) -> list[str]:
    prefixes = {field.partition(".")[0] for field in member.values if field.startswith("person")}
    return sorted(prefixes, key=_make_prefix_sort_key)


def make_listed_records(
    member: Member, ids: FreeIdAllocator, sources: tuple[Citation, ...], refusals: RefusalsByName
) -> Iterator[ListedRecord]:
    """The persons, the memberships and the organization. What does not fit together goes to the notes.

    They bear ids of their own, by which they name each other: which records they are is found out later.
    """
    persons, left = _make_persons(member, ids, sources, refusals)
    if member.has_name:
        gives = member.spoken.of_body
        if member.is_doubted or any(answer is not None for answer in member.all_values(TO_PUBLICATION)):
            gives = gives.union(("undecided",))  # an empty cell decides nothing
        memberships = _make_memberships(member, ids, sources)
        body = _make_organization(member, left, sources)
        yield ListedRecord(
            record=body,
            keys=member.keys,
            stated_id=member.first_value(ID),
            gives=gives,
            wanted=member.wanted,
            where=locate_body_fields(member),
            exposing=find_exposing_notes(member),
        )
        yield from memberships
    for one in persons:
        notes = tuple(member.notes_of(one.prefix)) if one.is_first else ()
        yield attrs.evolve(one.listed, record=attrs.evolve(one.listed.record, notes=notes)) if notes else one.listed


def _make_organization(member: Member, left: tuple[Contact, ...], sources: tuple[Citation, ...]) -> Organization:
    answers = member.all_values(TO_PUBLICATION)
    is_undecided = member.is_doubted or None in (*answers, *member.all_values("at_risk"))
    consents = make_consents(member, contradicted={Purpose.PUBLICATION} if member.is_doubted else frozenset())
    reaching = tuple([consent for consent in consents if consent.purpose in _OF_CONTACTS])
    said = member.values
    contacts = [
        Contact(kind=kind, value=value, consents=reaching)
        for kind in _CONTACT_KINDS
        if kind in said
        for value in member.all_values(kind)
    ]
    given: dict[str, Any] = {}
    for name, (kinds, make) in _ITEMS_BY_KIND.items():
        given[name] = tuple(
            [make(kind, one) for field, kind in kinds.items() if field in said for one in member.all_values(field)]
        )
    for field, name in _LISTS_OF_VALUES.items():
        if field in said or field in member.constants:
            given[name] = member.all_values(field)
    for field, name in _SINGLE_VALUES.items():
        if field in said:
            given[name] = member.first_value(field)
    if "expertise" in said:
        given["expertise"] = tuple(Text({member.mapping.language: words}) for words in member.all_values("expertise"))
    return Organization(
        id=OrganizationId(member.id),
        name=Text(member.map_names_by_language()),
        kind=member.first_value("kind") or OrganizationKind.UNKNOWN,
        seat=_make_seat(member),
        contacts=tuple(dict.fromkeys((*contacts, *left))) if left else tuple(contacts),
        consents=consents,
        declined=(Purpose.PUBLICATION,) if False in answers else (),
        undecided=(Purpose.PUBLICATION,) if is_undecided else (),
        at_risk=bool(member.first_value("at_risk")),
        notes=tuple(member.notes_of()),
        sources=sources,
        extra=Extra.joined(member.list_own_fields()) if member.spoken.own_fields else None,
        **given,
    )


_LISTS_OF_VALUES = {
    **{name: name for name in ("flags", "countries", "regions", "themes", "languages")},
    "tools": "engagement_tools",
    "identifier": "identifiers",
}
_SINGLE_VALUES = {"parent": "parent_id", "founded": "founded", "dissolved": "dissolved"}
_ITEMS_BY_KIND: Mapping[str, tuple[Mapping[str, Any], Callable[[Any, str], Any]]] = {
    "aliases": (_ALIASES, lambda kind, name: Alias(name=name, kind=kind)),
    "links": (_LINKS, lambda kind, url: Link(kind=kind, url=Url(url))),
}
_CONTACT_KINDS = tuple(ContactKind)


def _make_seat(member: Member) -> Place | None:
    country, city, address = map(member.first_value, ("country", "city", "address"))
    return Place(country=country, city=city, address=address) if country or city or address else None


# -- persons ---------------------------------------------------------------------------------------------------------


@attrs.define
class _ListedPerson:
    """A person of a list, the prefix of the fields that tell of the person, and whether it is their first one."""

    listed: ListedRecord
    prefix: str
    is_first: bool


def _make_persons(
    member: Member, ids: FreeIdAllocator, sources: tuple[Citation, ...], refusals: RefusalsByName
) -> tuple[list[_ListedPerson], tuple[Contact, ...]]:
    """The persons, and the contacts that cannot be told to be one person's: they stay the organization's."""
    persons: list[_ListedPerson] = []
    left: list[Contact] = []
    for prefix in _list_person_prefixes(member):
        names = _find_names(member, prefix)
        persons_here = [name for name, _ in names]
        contacts = _share_contacts(member, prefix, persons_here, left)
        posts = _share_values_or_refuse(member, prefix, "post", persons_here)
        genders = _share_values_or_refuse(member, prefix, "gender", persons_here)
        elsewhere = {one for name in persons_here if refusals for one in refusals.get(_sort_words(name), ())}
        refused = elsewhere.union(_list_refusals(member, prefix))
        consents = _make_person_consents(member, prefix, len(names), refused)
        kept = tuple(
            attrs.evolve(one, audience=Audience.INTERNAL) for one in consents if one.purpose is Purpose.CONTACT
        )
        for position, (name, said) in enumerate(names):
            person_id = _give_person_id(member, len(persons) + 1, ids)
            if member.tells_of_persons:
                member.person_ids.setdefault(prefix, person_id)
            person = Person(
                id=PersonId(person_id),
                name=name,
                gender=next((value for value, *_ in genders[position]), None),
                posts=_make_posts(member, posts[position]),
                affiliations=() if posts[position] or not member.has_name else (_make_affiliation(member),),
                contacts=tuple(attrs.evolve(one, consents=kept) for one in contacts[position]),
                consents=consents,
                declined=tuple(purpose for purpose in Purpose if purpose in refused),
                sources=sources,
            )
            listed = ListedRecord(
                record=person,
                keys=tuple(_list_person_keys(member, prefix, person)),
                stated_id=member.first_value(f"{prefix}.{ID}") if position == 0 else None,
                gives=member.spoken.of_person(prefix, with_notes=member.notes_are_of_persons),
                wanted="person" if member.is_of_persons else "contact",
                owner=None if member.is_of_persons else member.id,
                numbered=True,
                where=locate_person_fields(member, prefix, (*said, *posts[position], *genders[position])),
            )
            persons.append(_ListedPerson(listed, prefix, position == 0))
    return persons, tuple(left)


def _make_prefix_sort_key(prefix: str) -> tuple[int, str]:
    """The persons of the first row, in the order of its columns, then those of the next one."""
    whose, _, group = prefix.partition("#")
    return int(group or 1), whose


def _give_person_id(member: Member, number: int, ids: FreeIdAllocator) -> str:
    if not member.has_name and number == 1:
        return member.id
    if member.is_of_persons:
        return ids.give("person", Person, numbered=True)
    return ids.give(f"{member.id}-contact-{number}", Person)


def _make_affiliation(member: Member) -> Affiliation:
    return Affiliation(key=Key("member"), organization_id=OrganizationId(member.id))


def _list_person_keys(member: Member, prefix: str, person: Person) -> Iterator[str]:
    """What a list knows a person by: its own key, an address of the person's own, the name within the organization."""
    words = " ".join(sorted(fold_to_words(person.name)))
    if member.notes_are_of_persons:
        key = member.first_value(f"{prefix}.{KEY}")
        yield from [f"own|{key}"] if key is not None else []
        emails = sorted(contact.value.casefold() for contact in person.contacts if contact.kind is ContactKind.EMAIL)
        yield from (f"email|{email}" for email in emails[:1])
    yield f"{member.keys[0]}|person|{words}"


def drop_shared_keys(listed: Iterable[ListedRecord]) -> tuple[ListedRecord, ...]:
    """The records without the keys of persons that several have: a mailbox of an office is nobody's own."""
    listed = tuple(listed)
    holders = Counter(key for one in listed if isinstance(one.record, Person) for key in one.keys)

    def drop(one: ListedRecord) -> ListedRecord:
        own = tuple(key for key in one.keys[:-1] if holders[key] == 1)
        changes = isinstance(one.record, Person) and len(own) < len(one.keys) - 1
        return attrs.evolve(one, keys=(*own, one.keys[-1])) if changes else one

    return tuple(drop(one) for one in listed)


def _find_names(member: Member, prefix: str) -> list[tuple[str, tuple[HeldValue, ...]]]:
    """The names of the persons of a prefix, each with the values that say it; one may be given in two parts.

    A family name before a comma goes behind the given name, as people write themselves.
    """
    parts = [held for part in ("given_name", "family_name") for held in member.held_values(f"{prefix}.{part}")]
    joined = " ".join([value for value, *_ in parts])
    names = member.held_values(f"{prefix}.name")
    if not names:
        return [(joined, tuple(parts))] if parts else []
    if len(names) == 1 and not parts and "," not in names[0][0]:
        return [(names[0][0], (names[0],))]
    if parts and not {*fold_to_words(joined)} <= {*fold_to_words(" ".join(value for value, *_ in names))}:
        for part in parts:
            member.move_to_notes(member.find_source(part), "name", "correct")
    found: dict[tuple[str, ...], tuple[str, tuple[HeldValue, ...]]] = {}
    for held in names:
        name = put_given_name_first(held[0])
        if name != held[0]:
            member.report_guess(member.find_cell(held), "family-name-first")
        found.setdefault(fold_to_words(name), (name, (held, *parts)))
    return [*found.values()]


def _list_refusals(member: Member, prefix: str) -> tuple[Purpose, ...]:
    """What a contact person said no to; where several are named, nobody can tell who did, so all of them.

    Where the list does not ask persons by themselves, the no of a row may be that of the person in it.
    """
    if not member.spoken.has_consents:
        return ()

    def list_answers(purpose: Purpose) -> tuple[Any, ...]:
        return member.all_values(f"{prefix}.consent.{purpose}") or member.all_values(f"consent.{purpose}")

    return tuple(purpose for purpose in Purpose if False in list_answers(purpose))


def _make_person_consents(
    member: Member, prefix: str, persons: int, refused: AbstractSet[Purpose]
) -> tuple[Consent, ...]:
    """What a contact person agreed to; where several are named, nobody can tell who did."""
    whose = f"{prefix}."
    if persons == 1:
        return make_consents(member, whose, refused)
    for part in CONSENT_PARTS:
        for given in tuple(member.values_of(f"{whose}consent.{part}")):
            member.move_to_notes(given, "consent-of-one", "name-one")
    return ()


def _make_posts(member: Member, titles: Sequence[HeldValue]) -> tuple[Post, ...]:
    """The posts; one in no organization goes to the notes."""
    if not titles:
        return ()
    if not member.has_name:
        for held in titles:
            member.move_to_notes(member.find_source(held), "post-in-body", "name-body")
        return ()
    keys = itertools.count(1)
    if member.of is not ListKind.ORGANIZATIONS:  # the order of the rows of a person says nothing
        titles = sorted(titles, key=lambda held: str(held[0]))
    return tuple(
        Post(
            key=Key(f"post-{next(keys)}"),
            title=Text({member.mapping.language: title}),
            organization_id=OrganizationId(member.id),
        )
        for title, *_ in titles
    )


def _share_values_out(
    member: Member, prefix: str, field: str, persons: Sequence[str]
) -> list[tuple[HeldValue, ...]] | None:
    """The values of each person: of one all, of several those beside the name; None where that cannot be told.

    That is where a row has not as many values as names, and where several rows of persons say them: the order of such
    rows tells nothing. Another row may name the same persons in another order, so the row of the values is what counts.
    """
    values = member.held_values(f"{prefix}.{field}")
    if len(persons) == 1 or not values:
        return [tuple(values)] * len(persons)
    by_row: dict[int, list[HeldValue]] = {}
    for held in values:
        by_row.setdefault(member.find_cell(held).row, []).append(held)
    if len(by_row) > 1 and member.notes_are_of_persons:
        return None
    whose: dict[tuple[str, ...], list[HeldValue]] = {fold_to_words(name): [] for name in persons}
    for row, said in by_row.items():
        names = [fold_to_words(put_given_name_first(name)) for name in member.names_in_row(f"{prefix}.name", row)]
        if len(names) != len(said) or not whose.keys() >= {*names}:
            return None
        for name, value in zip(names, said, strict=True):
            whose[name].append(value)
    return [tuple(held) for held in whose.values()]


def _share_values_or_refuse(
    member: Member, prefix: str, field: str, persons: Sequence[str]
) -> list[tuple[HeldValue, ...]]:
    dealt = _share_values_out(member, prefix, field, persons)
    if dealt is not None:
        return dealt
    while held := member.held_values(f"{prefix}.{field}"):
        member.move_to_notes(member.find_source(held[0]), f"{field}-of-one", "name-as-many")
    return [()] * len(persons)


def _share_contacts(
    member: Member, prefix: str, persons: Sequence[str], left: list[Contact]
) -> list[tuple[Contact, ...]]:
    """The contacts of each person; those that cannot be told apart are added to `left`, and that is told."""
    found: list[tuple[Contact, ...]] = [()] * len(persons)
    for field, kind in (("email", ContactKind.EMAIL), ("phone", ContactKind.PHONE)):
        values = member.held_values(f"{prefix}.{field}")
        if not values:
            continue
        dealt = _share_values_out(member, prefix, field, persons)
        if dealt is None and member.is_of_persons:
            for held in tuple(values):
                member.move_to_notes(member.find_source(held), "contact-of-one", "name-as-many")
        elif dealt is None:
            given = map(member.find_source, values)
            left += [Contact(kind=kind, value=one.value, label=one.column.header) for one in given]
            _report_guess(member, values, "not-one-persons")
        else:
            found = [
                (*held, *(Contact(kind=kind, value=value) for value, *_ in new))
                for held, new in zip(found, dealt, strict=True)
            ]
            if len(persons) > 1:
                _report_guess(member, values, "same-place")
    return found


def _report_guess(member: Member, values: Sequence[HeldValue], guess: str) -> None:
    for cell in dict.fromkeys(map(member.find_cell, values)):
        member.report_guess(cell, guess)


# -- network and membership ------------------------------------------------------------------------------------------


def make_listed_network(
    mapping: SheetMapping, existing: Register, countries: Iterable[str | None], sources: tuple[Citation, ...]
) -> ListedRecord | None:
    """The network that the list is of, where it is named and the register has it not yet, or has it of this list.

    One whose members are of one country is national; any other is taken as regional. One that is there stays as it is.
    """
    if mapping.network is None:
        return None
    held = existing.by_id.get(existing.resolved(mapping.network))
    if held is not None:
        is_ours = isinstance(held, Network) and {one.source_id for one in held.sources} & {
            one.source_id for one in sources
        }
        return ListedRecord(record=held, keys=(held.id,), stated_id=held.id) if is_ours else None
    if mapping.network_name is None:
        return None
    of_members = sorted({country for country in countries if country is not None})
    network = Network(
        id=NetworkId(mapping.network),
        name=Text({mapping.language: mapping.network_name}),
        kind=NetworkKind.NATIONAL_ALLIANCE if len(of_members) == 1 else NetworkKind.REGIONAL,
        countries=tuple(CountryCode(country) for country in of_members) if len(of_members) == 1 else (),
        sources=sources,
    )
    return ListedRecord(record=network, keys=(network.id,), stated_id=network.id)


def _make_memberships(member: Member, ids: FreeIdAllocator, sources: tuple[Citation, ...]) -> list[ListedRecord]:
    """The membership in the network of the list, once for each term; none of whoever is no member."""
    if member.mapping.network is None:
        return []
    statuses = {term: _choose_status(member, term) for term in range(1, member.terms + 1)}
    return [
        _make_membership(member, term, status, ids, sources)
        for term, status in statuses.items()
        if status is None or status.standing is not Standing.NONE
    ]


def _make_membership(
    member: Member,
    term: int,
    status: MembershipStatus | None,
    ids: FreeIdAllocator,
    sources: tuple[Citation, ...],
) -> ListedRecord:
    network = member.mapping.network or ""
    period = _make_period(member, term, status)
    membership = Membership(
        id=MembershipId(ids.give(f"{member.id}-in-{network}"[:90].strip("-"), Membership)),
        network_id=NetworkId(network),
        organization_id=OrganizationId(member.id),
        membership_class=member.first_value(term_field("member.class", term)),
        role=member.first_value(term_field("member.role", term)) or MembershipRole.MEMBER,
        period=period,
        end_reason=None if status is None else status.end_reason,
        sources=sources,
    )
    start = period.start if period is not None else None
    return ListedRecord(
        record=membership,
        keys=(f"{member.keys[0]}|in|{network}|{start or ''}",),
        gives=member.spoken.of_membership,
        wanted=f"in-{network}",
        owner=member.id,
        where=locate_membership_fields(member, term),
    )


def _choose_status(member: Member, term: int) -> MembershipStatus | None:
    """How the membership stands. What is no statement of a member's, or contradicts another one, goes to the notes."""
    said = [
        given for field in ("member.status", "member.active") for given in member.values_of(term_field(field, term))
    ]
    if not said:
        return None
    first, *others = said
    status: MembershipStatus = first.value
    for other in others:
        if other.value.is_over != status.is_over:
            member.move_to_notes(other, "last-day", "correct-days")
    if status.standing in _UNRECORDED:
        member.move_to_notes(first, *_UNRECORDED[status.standing])
    return status


_UNRECORDED = {
    Standing.NONE: ("standing-of-member", "not-a-member"),
    Standing.SUSPENDED: ("standing-on-record", "suspended"),
}
"""What is no membership, or has no place in one: what was due in the cell, and what to do, as phrases of IM008."""
_ENDINGS = {True: Ending.ENDED, False: Ending.RUNNING}


def _make_period(member: Member, term: int, status: MembershipStatus | None) -> Period | None:
    """From when until when; a day that contradicts the rest of the row goes to the notes."""
    since, until = (term_field(f"member.{part}", term) for part in ("since", "until"))
    end: PartialDate | None = member.first_value(until)
    start = _choose_first_day(member, since, end, status)
    is_running = status is not None and status.standing is Standing.RUNNING
    if end is not None and (is_running or _ends_before_start(start, end)):
        member.move_to_notes(member.values_of(until)[0], "last-day", "correct-days")
        end = None
    if status is not None and status.day is not None and status.standing is not Standing.SUSPENDED:
        start, end = _add_day(member, term, status, start, end)
    if end is None and status is None and start is not None and not member.values_of(since):
        ending: Ending | None = Ending.RUNNING  # since when those who are listed are members: they still are
    elif end is not None or status is None or status.standing is Standing.SUSPENDED:
        ending = None
    else:
        ending = _ENDINGS[status.is_over]
    return Period(start=start, end=end, ending=ending) if start or end or ending else None


def _add_day(
    member: Member, term: int, status: MembershipStatus, start: PartialDate | None, end: PartialDate | None
) -> tuple[PartialDate | None, PartialDate | None]:
    """First and last day with the one that stands beside the status; if it fits with neither, its cell is a note."""
    day = status.day
    if not status.is_over and start in (None, day):
        return day, end
    if status.is_over and end in (None, day) and day is not None and not _ends_before_start(start, day):
        return start, day
    for field in ("member.status", "member.active"):
        for given in tuple(member.values_of(term_field(field, term))):
            member.move_to_notes(given, "last-day", "correct-days")
    return start, end


def _choose_first_day(
    member: Member, field: str, end: PartialDate | None, status: MembershipStatus | None
) -> PartialDate | None:
    """The first day of the row; that of the whole list only where the row tells no other one, and nobody who left."""
    start: PartialDate | None = member.first_value(field)
    if start is None or member.values_of(field):
        return start
    last = end or (status.day if status is not None and status.is_over else None)
    if last is not None:
        return None if _ends_before_start(start, last) else start
    return start if status is None or (status.day is None and not status.is_over) else None


def _ends_before_start(start: PartialDate | None, end: PartialDate) -> bool:
    try:
        Period(start=start, end=end)
    except ImpossibleValue:
        return True
    return False


# -- consents --------------------------------------------------------------------------------------------------------

_CONSENT_DETAILS = ("audience", "basis", "given", "expires")


def make_consents(
    member: Member, whose: str = "", contradicted: AbstractSet[Purpose] = frozenset()
) -> tuple[Consent, ...]:
    """The consents that a member gave; with `person.` or `person2.` before their fields, those of a contact person.

    A consent holds before an audience and was given in some way. Where the list does not say which, none is made up:
    its cells go to the notes. So does a no, which is no consent and stands among what somebody declined; who refuses
    publication, or is not asked for it while the audience is that of the whole list, may be written to by those who
    keep the register alone. `contradicted` is what other rows of the name say no to.
    """
    if not member.spoken.has_consents:
        return ()
    refused = not all(member.all_values(f"{whose}consent.{Purpose.PUBLICATION}"))
    said_by_row = bool(member.values_of(f"{whose}consent.audience"))
    audience, basis = member.first_value(f"{whose}consent.audience"), member.first_value(f"{whose}consent.basis")
    agreed = []
    for purpose in Purpose:
        for given in tuple(member.values_of(f"{whose}consent.{purpose}")):
            if given.value is None:  # which is among the notes already
                continue
            if not given.value:
                is_kept_inside = purpose is Purpose.PUBLICATION and not whose
                member.move_to_notes(given, "consent", "kept-inside" if is_kept_inside else "nothing-to-do")
            elif purpose in contradicted:
                member.move_to_notes(given, "one-answer", "write-yes-or-no" if whose else "kept-inside-until-clear")
            elif audience is None or basis is None:
                member.move_to_notes(given, "consent-in-full", "add-audience-and-basis")
            else:
                agreed.append(purpose)
    if not agreed:
        keep_consent_details(member, whose)
        return ()
    dates = {name: member.first_value(f"{whose}consent.{name}") for name in ("given", "expires")}
    is_shown = Purpose.PUBLICATION in agreed or (said_by_row and not refused)
    audiences = {Purpose.CONTACT: audience if is_shown else Audience.INTERNAL}
    return tuple(
        Consent(purpose=purpose, audience=audiences.get(purpose, audience), basis=basis, **dates) for purpose in agreed
    )


def keep_consent_details(member: Member, whose: str, fields: Iterable[str] = _CONSENT_DETAILS) -> None:
    """What is said of consents, where there is none that it could be said of, goes to the notes."""
    for field in fields:
        for given in tuple(member.values_of(f"{whose}consent.{field}")):
            member.move_to_notes(given, "part-of-consent", "add-purpose")


# -- parents ---------------------------------------------------------------------------------------------------------


def find_parents(members: Iterable[Member], existing: Register) -> tuple[tuple[Member, Cell, str], ...]:
    """Put an id in the place of each name of a parent; a name that is not that of one organization goes to the notes.

    Names are those of the list, or else of the register, and acronyms too. What is found is to be told as a guess: the
    members, with the cell that names their parent and its id.
    """
    members = tuple(members)
    naming = [member for member in members if member.values.get("parent")]
    if not naming:
        return ()
    listed = _map_names_to_ids(
        (member.id, (*member.map_names_by_language().values(), *member.all_values("acronym"))) for member in members
    )
    held = _map_names_to_ids(
        (body.id, (*body.name.values(), *(alias.name for alias in body.aliases))) for body in existing.organizations
    )
    guesses = []
    for member in naming:
        (given,) = member.values_of("parent")
        name = fold(given.value)
        found = listed.get(name) or held.get(name, set())
        if len(found) == 1 and found != {member.id}:
            (parent,) = found
            member.replace_value("parent", parent)
            guesses.append((member, given.cell, parent))
        else:
            member.move_to_notes(given, "one-organization", "write-name-of-row")
    return tuple(guesses)


def _map_names_to_ids(named: Iterable[tuple[str, Iterable[str]]]) -> Mapping[str, set[str]]:
    known = defaultdict[str, set[str]](set)
    for record_id, names in named:
        for name in names:
            known[fold(name)].add(record_id)
    return known
