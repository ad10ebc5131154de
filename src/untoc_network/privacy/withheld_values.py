"""Every value of what an audience is not to know, to be looked for in whatever it is shown.

Of withheld persons and bodies these are names, contacts, addresses, pages, identifiers, numbers, towns and venues; of
records that are shown, the contacts and places that are withheld of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from untoc_network.model.extension import OwnFields
from untoc_network.model.organization_and_person import Organization, Person
from untoc_network.privacy.audience_policy import GROUNDS, TREATMENTS, Treatment, may_show_own_field
from untoc_network.privacy.identifying_traces import (
    list_address_wordings,
    list_document_numbers,
    list_names,
    list_own_traces,
)
from untoc_network.text.contact_finder import extract_phone_digits, normalize_email
from untoc_network.text.folding import fold_to_words
from untoc_network.text.word_tables import get_word_set
from untoc_network.values.consent_and_contact import Audience, Contact, ContactKind
from untoc_network.values.consent_evaluation import may
from untoc_network.values.dates import PartialDate
from untoc_network.values.fields import Sensitivity
from untoc_network.values.place_and_link import Place

__all__ = [
    "REACHED",
    "ValueKind",
    "WithheldValue",
    "fold_contact",
    "fold_value",
    "list_page_values",
    "list_withheld_own_values",
    "list_withheld_values",
    "may_withhold",
]

REACHED = GROUNDS[Contact, "value"]
"""The purposes for which a contact is shown."""
_SHORTEST_HANDLE = 5


class ValueKind(Enum):
    """What a value is, and so in what forms it is written."""

    PERSON = "person"
    WORDING = "wording"
    EXACT = "exact"
    """A handle, the address of a page, an identifier: no words of a language."""
    CONTACT = "contact"
    NUMBER = "number"


class WithheldValue(NamedTuple):
    """One value, what it is, and the record that it leads to."""

    record_id: str
    kind: ValueKind
    value: str

    @property
    def key(self) -> str:
        """By what it is the same as another."""
        return fold_contact(self.value) if self.kind is ValueKind.CONTACT else fold_value(self.value)

    @property
    def sameness(self) -> tuple[ValueKind, str]:
        """By what it is the same as that of another: the name of a body is not that of a person."""
        return self.kind, self.key


def fold_contact(value: str) -> str:
    """By what a contact is the same as another."""
    return normalize_email(value) or extract_phone_digits(value)


def fold_value(value: str) -> str:
    """By what a wording is the same as another."""
    return " ".join(fold_to_words(value)) or value


def may_withhold(record: Person | Organization) -> bool:
    """Whether there is anything that may be withheld of a person or body who is shown."""
    if isinstance(record, Person):
        return bool(record.contacts)
    return bool(record.contacts or record.at_risk or (record.seat is not None and record.seat.address))


def list_withheld_values(
    record: Any, audience: Audience, on: PartialDate, *, is_withheld: bool
) -> Iterator[WithheldValue]:
    """Every value that leads to a person or body that is withheld, or to what is withheld of one that is shown."""
    if isinstance(record, Person):
        if is_withheld:
            yield from (WithheldValue(record.id, ValueKind.PERSON, name) for name in list_names(record))
            numbers = list_document_numbers(record)
            yield from (WithheldValue(record.id, ValueKind.NUMBER, number) for number in numbers)
        yield from _contact_values(record, audience, on, is_withheld=is_withheld)
    elif isinstance(record, Organization):
        is_guarded = TREATMENTS[audience][Sensitivity.AT_RISK] is not Treatment.SHOW
        is_door = is_withheld or (record.at_risk and is_guarded)
        if is_withheld:
            yield from (WithheldValue(record.id, ValueKind.WORDING, name) for name in list_names(record))
        if is_door:
            yield from list_page_values(record)
        if record.seat is not None:
            yield from _place_values(record, record.seat, is_door=is_door, is_guarded=is_withheld or is_guarded)
        yield from _contact_values(record, audience, on, is_withheld=is_withheld, is_door=is_door)


def list_withheld_own_values(
    record: Any, declared: OwnFields, audience: Audience, on: PartialDate
) -> Iterator[WithheldValue]:
    """Every value of an own field that could expose somebody, and that the audience is not shown."""
    for field, kind, text in list_own_traces(record, declared):
        if not may_show_own_field(record, field.sensitivity, audience, on):
            yield WithheldValue(record.id, ValueKind(kind), text)


def _contact_values(
    record: Person | Organization, audience: Audience, on: PartialDate, *, is_withheld: bool, is_door: bool = False
) -> Iterator[WithheldValue]:
    for contact in record.contacts:
        hidden = is_withheld or (is_door and contact.kind is ContactKind.POST)
        if hidden or not contact.consents or not may(contact, REACHED, audience, on):
            email = normalize_email(contact.value)
            if contact.kind is ContactKind.POST:
                yield from _address_values(record.id, contact.value)
            elif email or extract_phone_digits(contact.value):
                yield WithheldValue(record.id, ValueKind.CONTACT, contact.value)
            if email:
                # in an id or a key it has no at sign
                yield WithheldValue(record.id, ValueKind.EXACT, email)
            elif contact.kind is ContactKind.MESSAGING:
                yield from _address_of_page(record.id, contact.value)


def list_page_values(body: Organization) -> Iterator[WithheldValue]:
    """The pages, handles and numbers by which a body is found."""
    for link in body.links:
        yield from _address_of_page(body.id, link.url)
    for identifier in body.identifiers:
        # texts give the number also without the code of its list
        for value in dict.fromkeys((identifier.value, identifier.value.rpartition(":")[2])):
            yield WithheldValue(body.id, ValueKind.EXACT, value)


def _address_of_page(record_id: str, written: str) -> Iterator[WithheldValue]:
    """The address without what all have, its host where that is one body's, its handle where the host is for all."""
    try:
        parts = urlsplit(written if "//" in written else f"//{written}")
        host, path = (parts.hostname or "").removeprefix("www."), parts.path.strip("/")
    except ValueError:
        host, path = "", ""
    if "." not in host:
        found = [written]
    elif get_word_set("pages_for_all").isdisjoint(host.split(".")):
        found = [host, f"{host}/{path}"]
    else:
        found = [f"{host}/{path}", path.rpartition("/")[2]]
    for value in dict.fromkeys(found):
        if sum(map(len, fold_to_words(value))) >= _SHORTEST_HANDLE:
            yield WithheldValue(record_id, ValueKind.EXACT, value)


def _place_values(body: Organization, seat: Place, *, is_door: bool, is_guarded: bool) -> Iterator[WithheldValue]:
    if is_door:
        towns = (value for value in (seat.city, seat.venue) if value)
        yield from (WithheldValue(body.id, ValueKind.WORDING, value) for value in towns)
    if is_guarded and seat.address:
        yield from _address_values(body.id, seat.address)


def _address_values(record_id: str, address: str) -> Iterator[WithheldValue]:
    return (WithheldValue(record_id, ValueKind.WORDING, value) for value in list_address_wordings(address))
