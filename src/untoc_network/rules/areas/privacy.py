"""PR: what could expose people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from untoc_network.diagnostics.findings import Severity
from untoc_network.model.event import Event
from untoc_network.model.organization_and_person import WITHHOLDING, Organization, Person
from untoc_network.model.traversal import locate_values
from untoc_network.rules import citations
from untoc_network.rules.rule import Context, Violation, rule, violation
from untoc_network.text.folding import id_has_part_of_name
from untoc_network.text.personal_data_patterns import (
    PersonalDataKind,
    find_personal_data,
    holds_personal_data,
    is_meeting_link,
)
from untoc_network.values.consent_and_contact import Audience, Consent
from untoc_network.values.consent_evaluation import (
    find_last_consent_end,
    find_reversed_consent_days,
    find_uncertain_consent_days,
    was_consent_withdrawn,
)
from untoc_network.values.ids_and_codes import Url
from untoc_network.values.multilingual_text import Text


@rule(
    "PR001",
    on=object,
    phrases={
        "email": "an e-mail address",
        "phone": "a telephone number",
        "document": "the number of an identity document",
        "coordinates": "coordinates",
    },
    severity=Severity.WARNING,
    message="the text seems to contain {kind:phrase}",
    hint="move the data to 'contacts' with a consent, or delete them",
    basis=citations.PEOPLE_FIRST,
)
def possible_contact_data(records: Iterable[Any], context: Context) -> Iterator[Violation]:
    """Names, summaries and other public wordings hold no e-mail address, telephone or document number and no coordinates.

    Why: the content of a public field is published without anyone asking the person.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "expertise": [{"en": "Shelters, since 1999"}]}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "expertise": [{"en": "Shelters; write to office@example.org"}]}]}
    """
    for record in records if holds_personal_data(context.wordings) else ():
        for path, text in locate_values(record, Text):
            for language, wording in text.items():
                look = min(find_personal_data(wording), default=None, key=_get_rank_of_kind)
                if look is not None:
                    yield violation(record, *path, language, kind=look[0])


def _get_rank_of_kind(look: tuple[PersonalDataKind, int, int]) -> int:
    return tuple(PersonalDataKind).index(look[0])


@rule(
    "PR002",
    on=object,
    severity=Severity.ERROR,
    message="every consent for the contact ({kind:label}) was withdrawn or has expired",
    hint="delete the contact, or record a new consent",
    needs_day=True,
    basis=citations.PEOPLE_FIRST,
    fields=("contacts",),
)
def contact_consent_lapsed(records: Iterable[Any], context: Context) -> Iterator[Violation]:
    """A contact is kept under at least one consent that is neither withdrawn nor expired on the day.

    Why: a withdrawn consent counts from that day on.

    Passes:
        {"persons": [{"id": "member-1", "name": "A. Example", "contacts": [{"kind": "email", "value": "a@example.org", "consents": [{"purpose": "contact", "audience": "members", "basis": "form", "given": "2020"}]}]}]}

    Fails:
        {"persons": [{"id": "member-1", "name": "A. Example", "contacts": [{"kind": "email", "value": "a@example.org", "consents": [{"purpose": "contact", "audience": "members", "basis": "form", "given": "2020", "withdrawn": "2021"}]}]}]}
    """
    for record in records:
        for position, contact in enumerate(getattr(record, "contacts", ())):
            if contact.consents and find_last_consent_end(contact, context.day) is not None:
                yield violation(record, "contacts", position, kind=contact.kind)


@rule(
    "PR003",
    on=Organization,
    severity=Severity.ERROR,
    message="the body is at risk, but its place is given more precisely than the country",
    hint="keep only the country; street, venue and town can lead someone to the door of the body",
    basis=citations.PEOPLE_FIRST,
)
def precise_place_of_body_at_risk(organizations: Iterable[Organization], context: Context) -> Iterator[Violation]:
    """Only the country of a body at risk is recorded in the register.

    Why: shelters and groups under threat are found through such entries.

    Passes:
        {"organizations": [{"id": "xa-shelter", "name": {"en": "Shelter"}, "kind": "ngo", "at_risk": true, "seat": {"country": "XA"}}]}

    Fails:
        {"organizations": [{"id": "xa-shelter", "name": {"en": "Shelter"}, "kind": "ngo", "at_risk": true, "seat": {"country": "XA", "city": "Example Town"}}]}
    """
    for organization in organizations:
        seat = organization.seat
        if organization.at_risk and seat is not None and (seat.city or seat.venue or seat.address):
            yield violation(organization, "seat")


@rule(
    "PR004",
    on=object,
    severity=Severity.ERROR,
    message="the consent was withdrawn ({withdrawn:day}) before it was given ({given:day})",
    hint="check both dates",
    basis=citations.TIME,
)
def consent_withdrawn_before_given(records: Iterable[Any], context: Context) -> Iterator[Violation]:
    """A consent is given before it is withdrawn.

    Why: these two dates decide whether something may be shown.

    Passes:
        {"persons": [{"id": "member-1", "name": "A. Example", "consents": [{"purpose": "publication", "audience": "public", "basis": "form", "given": "2020", "withdrawn": "2021"}]}]}

    Fails:
        {"persons": [{"id": "member-1", "name": "A. Example", "consents": [{"purpose": "publication", "audience": "public", "basis": "form", "given": "2022", "withdrawn": "2021"}]}]}
    """
    reversed_ones = any(map(find_reversed_consent_days, context.values(Consent)))
    for record in records if reversed_ones else ():
        for path, consent in locate_values(record, Consent):
            days = find_reversed_consent_days(consent)
            if days is not None:
                yield violation(record, *path, "withdrawn", withdrawn=days[0], given=days[1])


@rule(
    "PR005",
    on=Person,
    severity=Severity.WARNING,
    message="the id is made from the person's name",
    hint="choose an id that reveals nothing of the name; ids appear in messages and logs",
    basis=citations.PEOPLE_FIRST,
)
def name_in_person_id(persons: Iterable[Person], context: Context) -> Iterator[Violation]:
    """The id of a person contains no part of the person's name.

    Why: ids appear in messages, logs, addresses and every reference, where names must not.

    Passes:
        {"persons": [{"id": "member-1", "name": "Ana Ejemplo"}]}

    Fails:
        {"persons": [{"id": "ana-ejemplo", "name": "Ana Ejemplo"}]}
    """
    for person in persons:
        if id_has_part_of_name(person.id, person.name):
            yield violation(person, "id")


@rule(
    "PR006",
    on=object,
    severity=Severity.ERROR,
    message="the public address leads into an online meeting",
    hint="move the address to 'join_url', which is never published",
    basis=citations.PEOPLE_FIRST,
)
def public_meeting_link(records: Iterable[Any], context: Context) -> Iterator[Violation]:
    """No public address leads straight into an online meeting.

    Why: strangers join, record and disturb, and it becomes known who takes part.

    Passes:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "page": "https://example.org/talk"}]}

    Fails:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "page": "https://zoom.us/j/123456789"}]}
    """
    suspicious = any(map(is_meeting_link, context.values(Url)))
    for record in records if suspicious else ():
        for path, url in locate_values(record, Url):
            if is_meeting_link(url) and not (isinstance(record, Event) and path == ("join_url",)):
                yield violation(record, *path)


@rule(
    "PR007",
    on=Person,
    severity=Severity.WARNING,
    message="no consent or public role is recorded for keeping this person",
    hint="record in 'consents' how and when the consent was given, or that the person acted in a public role",
    basis=citations.PEOPLE_FIRST,
)
def person_without_recorded_ground(persons: Iterable[Person], context: Context) -> Iterator[Violation]:
    """A person is kept on a recorded ground: a consent, or a public role in which they acted.

    Why: without a ground nobody can say whether the name may be shown, or until when it may be kept.

    Passes:
        {"persons": [{"id": "member-1", "name": "A. Example", "consents": [{"purpose": "attribution", "audience": "public", "basis": "public-role"}]}]}

    Fails:
        {"persons": [{"id": "member-1", "name": "A. Example"}]}
    """
    for person in persons:
        if not person.consents and not any(contact.consents for contact in person.contacts):
            yield violation(person, "consents")


@rule(
    "PR008",
    on=object,
    severity=Severity.WARNING,
    message=(
        "the consent ({purpose:label}) depends on the exact day in '{field:field}', which is not known; until then "
        "less is shown"
    ),
    hint="give the exact day in '{field:field}'",
    needs_day=True,
    basis=citations.PEOPLE_FIRST,
    fields=("consents", "contacts"),
)
def imprecise_consent_date(records: Iterable[Any], context: Context) -> Iterator[Violation]:
    """The day of a consent is known where it decides whether something may be shown.

    Why: a month or a year can be read in two ways; in doubt, the reading that protects people more counts.

    Passes:
        {"persons": [{"id": "member-1", "name": "A. Example", "consents": [{"purpose": "publication", "audience": "public", "basis": "form", "given": "2022", "expires": "2030"}]}]}

    Fails:
        {"persons": [{"id": "member-1", "name": "A. Example", "consents": [{"purpose": "publication", "audience": "public", "basis": "form", "given": "2022", "expires": "2026"}]}]}
    """
    for record in records:
        for path, holder in _list_consent_holders(record):
            for position, field in find_uncertain_consent_days(holder, context.day):
                purpose = holder.consents[position].purpose
                yield violation(record, *path, "consents", position, field, purpose=purpose, field=field)


@rule(
    "PR009",
    on=object,
    severity=Severity.WARNING,
    message="'{field:field}' has {purpose:label}, but a consent to it is recorded too, and the consent counts",
    hint=(
        "if the consent came last, take the purpose out of '{field:field}'; if not, record in the consent the day of the "
        "withdrawal"
    ),
    basis=citations.PEOPLE_FIRST,
    fields=WITHHOLDING,
)
def consent_beside_refusal(records: Iterable[Any], context: Context) -> Iterator[Violation]:
    """What somebody said no to has no consent beside it that lets others see it.

    Why: a no bears no day, so that nobody can tell which answer came last, and a consent in force opens the record.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "declined": ["publication"], "consents": [{"purpose": "contact", "audience": "members", "basis": "form", "given": "2024"}]}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "declined": ["publication"], "consents": [{"purpose": "publication", "audience": "public", "basis": "form", "given": "2024"}]}]}
    """
    for record in records:
        agreed = {
            one.purpose
            for one in getattr(record, "consents", ())
            if one.audience is not Audience.INTERNAL and not was_consent_withdrawn(one)
        }
        for name in WITHHOLDING:
            for position, purpose in enumerate(getattr(record, name, ())):
                if purpose in agreed:
                    yield violation(record, name, position, field=name, purpose=purpose)


def _list_consent_holders(record: Any) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Whatever has consents of its own: the record, and each of its contacts."""
    yield (), record
    for position, contact in enumerate(getattr(record, "contacts", ())):
        yield ("contacts", position), contact
