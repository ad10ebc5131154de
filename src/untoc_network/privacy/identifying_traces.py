"""By what somebody is found in a register: names, addresses, telephones, numbers of documents."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Any

import attrs

from untoc_network.model.register import Register
from untoc_network.model.stakeholder import Organization, Person
from untoc_network.text.contact_matcher import Reaches, digits_of, email_of, numbers_in
from untoc_network.text.name_matcher import Mentions
from untoc_network.text.personal_data_patterns import Look, looks_in
from untoc_network.values.consent import Contact, ContactKind

__all__ = ["Traces", "is_own_name", "names_besides", "names_of", "numbers_of"]


@attrs.frozen
class Traces:
    """What leads to somebody, to be looked for in texts."""

    mentions: Mentions
    reaches: Reaches = attrs.field(factory=Reaches, repr=False)
    exact: frozenset[str] = attrs.field(default=frozenset(), repr=False)
    """Contacts that are too short to be looked for in texts; whoever else has one has it whole."""

    @classmethod
    def of(cls, persons: Iterable[Person], *, others: Iterable[str] = ()) -> Traces:
        """What leads to some persons; the names of others stay whole, whatever words they have."""
        held = tuple(persons)
        values = [contact.value for person in held for contact in person.contacts]
        phones = [contact.value for person in held for contact in person.contacts if _is_phone(contact)]
        numbers = [number for person in held for number in numbers_of(person)]
        return cls._of([name for person in held for name in names_of(person)], values, phones, numbers, others)

    @classmethod
    def of_values(cls, values: Iterable[str], *, others: Iterable[str] = ()) -> Traces:
        """What leads to a door: streets, addresses, telephones; the names of others stay whole."""
        held = tuple(values)
        return cls._of((), held, [value for value in held if _has_most_digits(value)], (), others)

    @classmethod
    def _of(
        cls,
        names: Iterable[str],
        values: Sequence[str],
        phones: Sequence[str],
        numbers: Iterable[str],
        others: Iterable[str],
    ) -> Traces:
        emails = [value for value in values if email_of(value)]
        wordings = {*values}.difference(emails, phones)
        return cls(
            Mentions(names, bodies=wordings, others=others),
            Reaches(emails=emails, phones=phones, numbers=numbers),
            frozenset(value.strip().casefold() for value in values),
        )

    def __bool__(self) -> bool:
        return bool(self.mentions or self.reaches)

    def __contains__(self, text: str) -> bool:
        return next(self.spans(text), None) is not None

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where one of them surely stands in a text."""
        yield from self.mentions.spans(text)
        yield from self.reaches.spans(text)

    def leads(self, contact: Contact) -> bool:
        """Whether a contact is one of them, or says so."""
        is_same = contact.value.strip().casefold() in self.exact or contact.value in self
        return is_same or (contact.label is not None and contact.label in self)


def names_of(record: Any) -> tuple[str, ...]:
    """All names of a person, a body or a network."""
    if isinstance(record, Person):
        return (record.name, *record.other_names)
    aliases = tuple(alias.name for alias in record.aliases) if isinstance(record, Organization) else ()
    return (*record.name.values(), *aliases)


def names_besides(register: Register, ids: Container[str]) -> Iterator[str]:
    """The names of the persons, bodies and networks that have none of these ids."""
    for records in (register.persons, register.organizations, register.networks):
        for record in records:
            if record.id not in ids:
                yield from names_of(record)


def is_own_name(holder: Any, field: str) -> bool:
    """Whether a field is the name of a person: it is theirs, whoever else is called so."""
    return isinstance(holder, Person) and field in ("name", "other_names")


def numbers_of(person: Person) -> tuple[str, ...]:
    """The numbers of documents that the notes and contacts of a person have, as they are compared."""
    texts = [f"{note.heading or ''}: {note.text}" for note in person.notes]
    texts += [f"{contact.label or ''}: {contact.value}" for contact in person.contacts]
    found = (
        number
        for text in texts
        for look, start, end in looks_in(text)
        if look is Look.DOCUMENT
        for number in numbers_in(text[start:end])
    )
    return tuple(dict.fromkeys(found))


def _is_phone(contact: Contact) -> bool:
    is_phone = contact.kind is ContactKind.PHONE and bool(digits_of(contact.value))
    return not email_of(contact.value) and (is_phone or _has_most_digits(contact.value))


def _has_most_digits(value: str) -> bool:
    return 2 * len(digits_of(value)) > len(value.strip())
