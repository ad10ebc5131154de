"""SH: organizations and persons."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator
from typing import Any

from untoc_network.diagnostics.findings import Severity
from untoc_network.model.organization_and_person import Organization, OrganizationKind
from untoc_network.model.register import Register
from untoc_network.rules import citations
from untoc_network.rules.areas.duplicates_cycles_overlaps import find_cycles
from untoc_network.rules.looked_at_fields import Resolve, related_fields
from untoc_network.rules.rule import Context, Violation, rule, violation
from untoc_network.text.folding import fold_all
from untoc_network.values.fields import fields_of
from untoc_network.values.identifier import RETIRED, Identifier, to_own_form


@rule(
    "SH002",
    on=Organization,
    severity=Severity.ERROR,
    message="the organization was dissolved ({dissolved:day}) before it was founded ({founded:day})",
    hint="check both dates against the sources",
    basis=citations.TIME,
)
def dissolved_before_founded(organizations: Iterable[Organization], context: Context) -> Iterator[Violation]:
    """An organization is founded before it is dissolved.

    Why: every question of the kind "who was a member on that day" rests on these dates.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "founded": "1999", "dissolved": "1999-06"}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "founded": "2010", "dissolved": "1999-06"}]}
    """
    for organization in organizations:
        founded, dissolved = organization.founded, organization.dissolved
        if founded is not None and dissolved is not None and dissolved.certainly_before(founded):
            yield violation(organization, "dissolved", dissolved=dissolved, founded=founded)


@rule(
    "SH003",
    on=Organization,
    severity=Severity.INFO,
    message="the kind of the organization is not known",
    hint="ask the organization; its kind decides what it can take part in",
    basis=citations.USE,
)
def unknown_organization_kind(organizations: Iterable[Organization], context: Context) -> Iterator[Violation]:
    """The kind of an organization is known.

    Why: eligibility, statistics and the balance of panels depend on it.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "academia"}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "unknown"}]}
    """
    for organization in organizations:
        if organization.kind is OrganizationKind.UNKNOWN:
            yield violation(organization, "kind")


@rule(
    "SH004",
    on=Organization,
    severity=Severity.ERROR,
    message="'{value}' is not a valid {scheme:label} identifier: its form or its check digits are wrong",
    hint="{remedy:phrase}",
    phrases={"write": "write '{own}'", "copy": "copy the identifier again from the {scheme:label} register"},
    basis=citations.CHECK_DIGITS,
)
def invalid_identifier(organizations: Iterable[Organization], context: Context) -> Iterator[Violation]:
    """An identifier has its scheme's form, and its check digits agree.

    Why: one wrong digit ties the record to another body, or to none.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "identifiers": [{"scheme": "isni", "value": "000000012146438X"}]}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "identifiers": [{"scheme": "isni", "value": "0000000121464380"}]}]}
    """
    for organization in organizations:
        for position, identifier in enumerate(organization.identifiers):
            if not identifier.is_sound:
                own = to_own_form(identifier.scheme, identifier.value)
                yield violation(
                    organization,
                    "identifiers",
                    position,
                    "value",
                    value=identifier.value,
                    scheme=identifier.scheme,
                    remedy="write" if own else "copy",
                    own=own or "",
                )


@rule(
    "SH005",
    on=Organization,
    severity=Severity.WARNING,
    message="the identifier scheme {scheme:label} is retired",
    hint="look the organization up in {successor:label} and use that identifier",
    basis=citations.KEPT_REGISTERS,
)
def retired_identifier_scheme(organizations: Iterable[Organization], context: Context) -> Iterator[Violation]:
    """An identifier belongs to a register that is still kept.

    Why: retired registers are not corrected any more, so that their records become wrong.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "identifiers": [{"scheme": "wikidata", "value": "Q42"}]}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "identifiers": [{"scheme": "grid", "value": "grid.1234.5"}]}]}
    """
    for organization in organizations:
        for position, identifier in enumerate(organization.identifiers):
            if identifier.scheme in RETIRED:
                path = ("identifiers", position, "scheme")
                yield violation(organization, *path, scheme=identifier.scheme, successor=RETIRED[identifier.scheme])


def _list_identifiers(organizations: Iterable[Organization], _: Resolve) -> Iterator[tuple[Any, Identifier]]:
    return ((one, identifier) for one in organizations for identifier in one.identifiers)


@rule(
    "SH006",
    on=Register,
    severity=Severity.ERROR,
    message="'{other}' has the same {scheme:label} identifier",
    hint="merge the two if they are one body; otherwise correct one of them",
    basis=citations.IDENTITY,
    looks=(related_fields(Organization, by=("identifiers",), sharing=_list_identifiers),),
)
def duplicate_identifier(registers: Iterable[Register], context: Context) -> Iterator[Violation]:
    """No two organizations have the same identifier.

    Why: the two are one body entered twice, or one of them has a wrong identifier.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "identifiers": [{"scheme": "wikidata", "value": "Q42"}]}, {"id": "xb-ngo", "name": {"en": "NGO of XB"}, "kind": "ngo", "identifiers": [{"scheme": "wikidata", "value": "Q43"}]}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "identifiers": [{"scheme": "wikidata", "value": "Q42"}]}, {"id": "xb-ngo", "name": {"en": "NGO of XB"}, "kind": "ngo", "identifiers": [{"scheme": "wikidata", "value": "Q42"}]}]}
    """
    for register in registers:
        holders: dict[Identifier, Organization] = {}
        for organization in register.organizations:
            for position, identifier in enumerate(organization.identifiers):
                holder = holders.setdefault(identifier, organization)
                if holder is not organization:
                    yield violation(organization, "identifiers", position, other=holder.id, scheme=identifier.scheme)


def _list_seats_and_names(organizations: Iterable[Organization]) -> Iterator[tuple[Organization, str]]:
    """Each organization with its country of seat and each of its names, folded; without such a country, none."""
    named = (
        (one, one.seat.country, name)
        for one in organizations
        if one.seat and one.seat.country
        for name in one.name.values()
    )
    while some := [*itertools.islice(named, _FOLDED_AT_ONCE)]:
        folded = fold_all([name for _, _, name in some], letters_alone=True)
        yield from ((one, f"{country} {name}") for (one, country, _), name in zip(some, folded, strict=True) if name)


_FOLDED_AT_ONCE = 500


@rule(
    "SH007",
    on=Register,
    severity=Severity.WARNING,
    message="the organization has the same name and country as '{other}'",
    hint="compare the two; merge them if they are one body, otherwise tell them apart by name or identifier",
    basis=citations.IDENTITY,
    looks=(
        related_fields(
            Organization,
            "name",
            "seat",
            keys=_list_seats_and_names,
            sharing=lambda organizations, _: _list_seats_and_names(organizations),
        ),
    ),
)
def possible_duplicate_organization(registers: Iterable[Register], context: Context) -> Iterator[Violation]:
    """No two organizations have the same country and name, accents, case, spaces and articles aside.

    Why: most likely they are one body entered twice, and every count of members is wrong by one.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"es": "Asociación Más Justa"}, "kind": "ngo", "seat": {"country": "XA"}}, {"id": "xb-ngo", "name": {"es": "Asociación Más Justa"}, "kind": "ngo", "seat": {"country": "XB"}}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"es": "Asociación Más Justa"}, "kind": "ngo", "seat": {"country": "XA"}}, {"id": "xb-ngo", "name": {"es": "Asociacion másjusta"}, "kind": "ngo", "seat": {"country": "XA"}}]}
    """
    for register in registers:
        first: dict[str, Organization] = {}
        reported: Organization | None = None
        for organization, seat_and_name in _list_seats_and_names(register.organizations):
            other = first.setdefault(seat_and_name, organization)
            if other is not organization and organization is not reported:
                yield violation(organization, "name", other=other.id)
                reported = organization


@rule(
    "SH012",
    on=Register,
    severity=Severity.ERROR,
    message="the organization is part of '{parent}', which in turn is part of it",
    hint="correct the 'parent_id' that closes the cycle",
    basis=citations.NO_CIRCLES,
    looks=(related_fields(Organization, by=("parent_id",), climbing="parent_id"),),
)
def organization_part_of_cycle(registers: Iterable[Register], context: Context) -> Iterator[Violation]:
    """No organization is part of itself, directly or through others.

    Why: a search upwards from a unit to its body would never end.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}, {"id": "xa-unit", "name": {"en": "Unit"}, "kind": "unit", "parent_id": "xa-ngo"}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "parent_id": "xa-ngo"}]}
    """

    def list_parents(organization_id: str) -> Iterator[str]:
        body = context.get(organization_id)
        if isinstance(body, Organization) and body.parent_id is not None:
            yield body.parent_id

    for register in registers:
        for part, whole in find_cycles(
            (one.id for one in register.organizations if one.parent_id is not None), list_parents
        ):
            circle = [whole]
            while circle[-1] != part:
                circle.extend(list_parents(circle[-1]))
            first = circle.index(min(circle))  # whatever leads into the circle, it is told in one place
            yield violation(context.get(circle[first - 1]), "parent_id", parent=circle[first])


@rule(
    "SH013",
    on=object,
    severity=Severity.ERROR,
    message="the contact ({kind:label}) is kept without any consent",
    hint="record the consent with its purpose and date, or delete the contact",
    basis=citations.PEOPLE_FIRST,
    fields=("contacts",),
)
def contact_without_consent(records: Iterable[Any], context: Context) -> Iterator[Violation]:
    """A contact is kept with the consent that covers keeping it.

    Why: lists put people in this field at risk, and nobody may be reached through one to which they never agreed.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "contacts": [{"kind": "email", "value": "office@example.org", "consents": [{"purpose": "contact", "audience": "members", "basis": "form", "given": "2024-05"}]}]}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "contacts": [{"kind": "email", "value": "office@example.org"}]}]}
    """
    for record in records:
        for position, contact in enumerate(getattr(record, "contacts", ())):
            if not contact.consents:
                yield violation(record, "contacts", position, kind=contact.kind)


@rule(
    "SH014",
    on=Organization,
    severity=Severity.WARNING,
    message="the unit does not name the body that it is part of",
    hint="name the body in 'parent_id'",
    basis=citations.USE,
)
def unit_without_parent(organizations: Iterable[Organization], context: Context) -> Iterator[Violation]:
    """A unit or programme names the body that it is part of.

    Why: a unit cannot act, be a member or receive funds by itself.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}, {"id": "xa-unit", "name": {"en": "Unit"}, "kind": "unit", "parent_id": "xa-ngo"}]}

    Fails:
        {"organizations": [{"id": "xa-unit", "name": {"en": "Unit"}, "kind": "unit"}]}
    """
    for organization in organizations:
        if organization.kind in (OrganizationKind.UNIT, OrganizationKind.PROGRAMME) and organization.parent_id is None:
            yield violation(organization, "parent_id")


@rule(
    "SH015",
    on=object,
    severity=Severity.ERROR,
    message="the key '{key}' appears twice in {field:field}",
    hint="give one of the two another key",
    basis=citations.IDENTITY,
    fields=(
        "posts",
        "capacities",
        "affiliations",
        "segments",
        "outputs",
        "recommendations",
        "resolutions",
        "follow_ups",
    ),
)
def duplicate_key_in_record(records: Iterable[Any], context: Context) -> Iterator[Violation]:
    """A key names one thing within its record: one post, capacity or affiliation; one segment; one output, and so on.

    Why: a statement made "in the opening" or "as prosecutor" could mean either.

    Passes:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "segments": [{"key": "opening", "kind": "opening"}, {"key": "closing", "kind": "closing"}]}]}

    Fails:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "segments": [{"key": "opening", "kind": "opening"}, {"key": "opening", "kind": "panel"}]}]}
    """
    for record in records:
        for fields in _list_key_scopes(record.__class__):
            keys = 0
            for field in fields:
                keys += len(getattr(record, field))
            if keys < 2:
                continue
            seen: set[str] = set()
            for field in fields:
                for position, item in enumerate(getattr(record, field)):
                    if item.key in seen:
                        yield violation(record, field, position, "key", key=item.key, field=", ".join(fields))
                    seen.add(item.key)


@functools.cache
def _list_key_scopes(cls: Any) -> tuple[tuple[str, ...], ...]:
    """The fields of a class that hold things with keys; those that share one room of names together."""
    own = {shape.name for shape in fields_of(cls)}
    alone = ("segments", "outputs", "recommendations", "resolutions", "follow_ups")
    rooms = ("posts", "capacities", "affiliations"), *((name,) for name in alone)
    return tuple(room for room in rooms if own.issuperset(room))


@rule(
    "SH016",
    on=Organization,
    severity=Severity.WARNING,
    message="the body of a State does not name the State for which it acts",
    hint="name the State in 'represents'; this may differ from the country of the seat",
    basis=citations.USE,
)
def state_body_without_state(organizations: Iterable[Organization], context: Context) -> Iterator[Violation]:
    """A government, its bodies and its missions name the State for which they act.

    Why: an embassy is in one country and acts for another; a count by seat would file it under the wrong State.

    Passes:
        {"organizations": [{"id": "xb-embassy", "name": {"en": "Embassy of XB"}, "kind": "diplomatic-mission", "represents": "XB", "seat": {"country": "XA"}}]}

    Fails:
        {"organizations": [{"id": "xb-embassy", "name": {"en": "Embassy of XB"}, "kind": "diplomatic-mission", "seat": {"country": "XA"}}]}
    """
    for organization in organizations:
        if organization.kind in _OF_A_STATE and organization.represents is None:
            yield violation(organization, "represents")


_OF_A_STATE = {OrganizationKind.GOVERNMENT, OrganizationKind.GOVERNMENT_BODY, OrganizationKind.DIPLOMATIC_MISSION}


@rule(
    "SH017",
    on=Organization,
    severity=Severity.ERROR,
    message="'{code}' appears twice in {field:field}",
    hint="leave out the second mention",
    basis=citations.IDENTITY,
)
def duplicate_list_item(organizations: Iterable[Organization], context: Context) -> Iterator[Violation]:
    """A list of countries, languages, themes or flags names each thing once.

    Why: statistics by country or theme would count the organization twice.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "countries": ["XA", "XB"]}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "countries": ["XA", "XA"]}]}
    """
    for organization in organizations:
        for field in ("countries", "regions", "languages", "themes", "flags", "engagement_tools"):
            listed = getattr(organization, field)
            if len(listed) > 1 and len(listed) != len(set(listed)):
                position = next(place for place, item in enumerate(listed) if item in listed[:place])
                yield violation(organization, field, position, code=str(listed[position]), field=field)
