"""By what somebody is found in a register: names, addresses, telephones, numbers of documents."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import unquote

import attrs

from untoc_network.model.extension import DeclaredField, Extension, OwnFields, declare
from untoc_network.model.organization_and_person import Organization, Person
from untoc_network.model.register import Register
from untoc_network.model.traversal import GONE
from untoc_network.text.contact_finder import (
    ContactFinder,
    extract_phone_digits,
    find_document_numbers,
    normalize_email,
)
from untoc_network.text.folding import fold_to_words
from untoc_network.text.name_finder import NameFinder
from untoc_network.text.personal_data_patterns import PersonalDataKind, find_personal_data, mask
from untoc_network.text.tokens import ESCAPES
from untoc_network.text.word_tables import get_word_set
from untoc_network.values.consent_and_contact import Contact, ContactKind
from untoc_network.values.extra import Extra
from untoc_network.values.fields import Sensitivity
from untoc_network.values.multilingual_text import Text

__all__ = [
    "Traces",
    "is_name_of_person",
    "list_address_wordings",
    "list_document_numbers",
    "list_names",
    "list_other_names",
    "list_own_traces",
    "mask_own_fields",
    "mask_text",
]


@attrs.frozen
class Traces:
    """What leads to somebody, to be looked for in texts."""

    mentions: NameFinder
    reaches: ContactFinder = attrs.field(factory=ContactFinder, repr=False)
    exact: frozenset[str] = attrs.field(default=frozenset(), repr=False)
    """Contacts that are too short to be looked for in texts; whoever else has one has it whole."""

    @classmethod
    def of(
        cls, persons: Iterable[Person], *, others: Iterable[str] = (), extensions: tuple[Extension, ...] = ()
    ) -> Traces:
        """What leads to some persons; the names of others stay whole, whatever words they have."""
        held = tuple(persons)
        values = [contact.value for person in held for contact in person.contacts]
        phones = [contact.value for person in held for contact in person.contacts if _is_phone(contact)]
        numbers = [number for person in held for number in list_document_numbers(person)]
        names = [name for person in held for name in list_names(person)]
        own = [found for person in held for found in list_own_traces(person, declare(extensions))]
        exact = list[str]()
        lists = {"person": names, "number": numbers, "contact": values, "exact": exact, "wording": values}
        for _, kind, text in own:
            lists[kind].append(text)
        phones += [text for _, kind, text in own if kind == "contact" and not normalize_email(text)]
        return cls._of(names, values, phones, numbers, others=others, exact=exact)

    @classmethod
    def of_values(cls, values: Iterable[str], *, others: Iterable[str] = ()) -> Traces:
        """What leads to a door: streets, addresses, telephones; the names of others stay whole."""
        held = tuple(values)
        return cls._of((), held, [value for value in held if _has_most_digits(value)], (), others=others)

    @classmethod
    def of_kinds(
        cls,
        names: Iterable[str],
        wordings: Iterable[str],
        exact: Iterable[str],
        contacts: Iterable[str],
        numbers: Iterable[str],
    ) -> Traces:
        """What leads to names of persons, other wordings, handles, e-mail addresses and telephones, and numbers."""
        held = tuple(contacts)
        emails = [value for value in held if normalize_email(value)]
        return cls(
            NameFinder(names, bodies=wordings, exact=exact),
            ContactFinder(emails=emails, phones={*held}.difference(emails), numbers=numbers),
        )

    def beside(self, others: Iterable[str]) -> Traces:
        """The same, but for what is a part of the names of these others."""
        return attrs.evolve(self, mentions=self.mentions.beside(others)) if self.mentions else self

    def select(self, texts: Collection[str]) -> frozenset[str]:
        """Of many texts all those in which one of them can stand, and few others."""
        return self.mentions.select(texts).union(self.reaches.select(texts))

    @classmethod
    def _of(  # noqa: PLR0913 - what values are, each in its own way
        cls,
        names: Iterable[str],
        values: Sequence[str],
        phones: Sequence[str],
        numbers: Iterable[str],
        *,
        others: Iterable[str],
        exact: Sequence[str] = (),
    ) -> Traces:
        emails = [value for value in values if normalize_email(value)]
        wordings = {part for one in {*values}.difference(emails, phones) for part in list_address_wordings(one)}
        return cls(
            NameFinder(names, bodies=wordings, exact=exact, others=others),
            ContactFinder(emails=emails, phones=phones, numbers=numbers),
            frozenset(value.strip().casefold() for value in (*values, *exact)),
        )

    def __bool__(self) -> bool:
        return bool(self.mentions or self.reaches)

    def __contains__(self, text: str) -> bool:
        return next(self.spans(text), None) is not None

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where one of them surely stands in a text."""
        yield from self.mentions.spans(text)
        yield from self.find_contacts(text)

    def find_contacts(self, text: str) -> Iterator[tuple[int, int]]:
        """Where a contact or a number stands in a text; the whole of it, where it is encoded as in a web address."""
        yield from self.reaches.spans(text)
        if self.reaches and ESCAPES.search(text) and any(self.reaches.spans(unquote(unquote(text)))):
            yield 0, len(text)

    def leads(self, contact: Contact) -> bool:
        """Whether a contact is one of them, or says so."""
        is_same = contact.value.strip().casefold() in self.exact or contact.value in self
        return is_same or (contact.label is not None and contact.label in self)


def list_address_wordings(address: str) -> Iterator[str]:
    """An address, and its street with the number where more follows."""
    yield address
    street = address.partition(",")[0]
    if street != address and len(fold_to_words(street)) > 1 and any(letter.isdigit() for letter in street):
        yield street


def mask_text(value: Any, spans: Callable[[str], list[tuple[int, int]]]) -> Any:
    """A text in one language or several with what stands in the spans masked; itself where none is."""
    if isinstance(value, Text):
        found_in = {language: spans(wording) for language, wording in value.items()}
        if not any(found_in.values()):
            return value
        new = {language: mask(wording, found_in[language]) for language, wording in value.items()}
        return value if new == dict(value) else Text(new)
    return mask(value, found) if (found := spans(value)) else value


def mask_own_fields(cls: Any, extra: Extra, spans: Callable[[str], list[tuple[int, int]]], declared: OwnFields) -> Any:
    """Own fields of a record of a class with what stands in the spans masked; themselves where none is.

    `GONE` where no own field is left: names, numbers and choices cannot be masked, and go.
    """
    kept = declared.with_texts(cls, extra, lambda text: mask(text, found) if (found := spans(text)) else text)
    return GONE if kept is None else kept


def list_names(record: Any) -> tuple[str, ...]:
    """All names of a person, a body or a network."""
    if isinstance(record, Person):
        return (record.name, *record.other_names)
    aliases = tuple(alias.name for alias in record.aliases) if isinstance(record, Organization) else ()
    return (*record.name.values(), *aliases)


def list_other_names(register: Register, ids: Container[str]) -> Iterator[str]:
    """The names of the persons, bodies and networks that have none of these ids."""
    for records in (register.persons, register.organizations, register.networks):
        for record in records:
            if record.id not in ids:
                yield from list_names(record)


def is_name_of_person(cls: Any, field: str) -> bool:
    """Whether a field of a class is the name of a person: it is theirs, whoever else is called so."""
    return cls is Person and field in ("name", "other_names")


def list_document_numbers(person: Person) -> tuple[str, ...]:
    """The numbers of documents that the notes and contacts of a person have, as they are compared."""
    texts = [f"{note.heading or ''}: {note.text}" for note in person.notes]
    texts += [f"{contact.label or ''}: {contact.value}" for contact in person.contacts]
    found = (
        number
        for text in texts
        for look, start, end in find_personal_data(text)
        if look is PersonalDataKind.DOCUMENT
        for number in find_document_numbers(text[start:end])
    )
    return tuple(dict.fromkeys(found))


_SHORTEST_OWN_VALUE = 5
_MOST_WORDS_OF_NAME = 5


def list_own_traces(record: Any, declared: OwnFields) -> Iterator[tuple[DeclaredField, str, str]]:
    """The values of own fields of a record that could expose somebody: each with its field, and as what it is sought.

    That is a value of `ValueKind`: nobody said what it is, so it is taken for what it looks like. Choices, yes and no,
    and short words of the language are words of all. Whatever else is short is sought as names of its length are.
    """
    for field, value in declared.list_values(record, Sensitivity.PERSONAL, Sensitivity.AT_RISK):
        leaves = (
            Extra({field.namespace: {field.name: value}}).leaves() if field.kind not in ("choice", "boolean") else ()
        )
        for _, text in leaves:
            yield from ((field, kind, one) for kind, one in _guess_kinds(text))


def _guess_kinds(text: str) -> Iterator[tuple[str, str]]:
    email, digits = normalize_email(text), extract_phone_digits(text)
    if email:
        yield from (("contact", text), ("exact", email))
    elif 2 * len(digits) > len(text.strip()) and len(digits) > _SHORTEST_OWN_VALUE:
        yield "contact", text
    for number in find_document_numbers(text):
        yield "number", number
    words = fold_to_words(text)
    is_short = len(words) == 1 and len(words[0]) < _SHORTEST_OWN_VALUE
    if words and not email and not (is_short and words[0] in get_word_set("common_words")):
        is_name = 1 < len(words) <= _MOST_WORDS_OF_NAME and not any(letter.isdigit() for letter in text)
        yield ("person" if is_name else "exact" if len(words) == 1 or digits else "wording"), text


def _is_phone(contact: Contact) -> bool:
    is_phone = contact.kind is ContactKind.PHONE and bool(extract_phone_digits(contact.value))
    return not normalize_email(contact.value) and (is_phone or _has_most_digits(contact.value))


def _has_most_digits(value: str) -> bool:
    return 2 * len(extract_phone_digits(value)) > len(value.strip())
