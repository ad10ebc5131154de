"""Every value of what an audience is not to know, to be looked for in whatever it is shown.

Of withheld persons and bodies these are names, contacts, addresses, pages, identifiers, numbers, towns and venues; of
records that are shown, the contacts and places that are withheld of them. A value that is shown
openly as well (the name of a namesake, a town where others sit, a common word) is no secret: it is masked only beside
what is withheld, and a record in which it is masked for that does not show it openly. What is secret and what is open
are told apart in one place, for the one is defined by the other.
"""

from __future__ import annotations

import functools
import itertools
from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from untoc_network.model.network import Network
from untoc_network.model.organization_and_person import Organization, Person
from untoc_network.model.register import COLLECTIONS, Register
from untoc_network.model.traversal import collect_values
from untoc_network.privacy.audience_policy import GROUNDS, TREATMENTS, Treatment
from untoc_network.privacy.identifying_traces import (
    Traces,
    list_address_wordings,
    list_document_numbers,
    list_names,
    list_other_names,
)
from untoc_network.text.contact_finder import extract_phone_digits, normalize_email
from untoc_network.text.folding import fold_to_words
from untoc_network.text.word_tables import get_word_set
from untoc_network.values.consent_and_contact import Audience, Contact, ContactKind
from untoc_network.values.consent_evaluation import may
from untoc_network.values.dates import PartialDate
from untoc_network.values.fields import Sensitivity, fields_of, nested_class
from untoc_network.values.ids_and_codes import Key, Url
from untoc_network.values.multilingual_text import Text
from untoc_network.values.place_and_link import Place

__all__ = [
    "UsesOfValue",
    "ValueKind",
    "WithheldTraces",
    "WithheldValue",
    "list_neighbours",
    "list_withheld_values",
    "trace_withheld",
]

_REACHED = GROUNDS[Contact, "value"]
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
        return _contact_key(self.value) if self.kind is ValueKind.CONTACT else _key(self.value)


def _contact_key(value: str) -> str:
    return normalize_email(value) or extract_phone_digits(value)


def _key(value: str) -> str:
    return " ".join(fold_to_words(value)) or value


def list_withheld_values(
    register: Register, withheld: Container[str], audience: Audience, on: PartialDate
) -> Iterator[WithheldValue]:
    """Every value that leads to a person or body that is withheld, or to what is withheld of one that is shown."""
    is_guarded = TREATMENTS[audience][Sensitivity.AT_RISK] is not Treatment.SHOW
    for person in register.persons:
        is_withheld = person.id in withheld
        if is_withheld:
            yield from (WithheldValue(person.id, ValueKind.PERSON, name) for name in list_names(person))
            numbers = list_document_numbers(person)
            yield from (WithheldValue(person.id, ValueKind.NUMBER, number) for number in numbers)
        yield from _contact_values(person, audience, on, is_withheld=is_withheld)
    for body in register.organizations:
        is_withheld = body.id in withheld
        is_door = is_withheld or (body.at_risk and is_guarded)
        if is_withheld:
            yield from (WithheldValue(body.id, ValueKind.WORDING, name) for name in list_names(body))
        if is_door:
            yield from _page_values(body)
        if body.seat is not None:
            yield from _place_values(body, body.seat, is_door=is_door, is_guarded=is_withheld or is_guarded)
        yield from _contact_values(body, audience, on, is_withheld=is_withheld, is_door=is_door)


def _contact_values(
    record: Person | Organization, audience: Audience, on: PartialDate, *, is_withheld: bool, is_door: bool = False
) -> Iterator[WithheldValue]:
    for contact in record.contacts:
        hidden = is_withheld or (is_door and contact.kind is ContactKind.POST)
        if hidden or not contact.consents or not may(contact, _REACHED, audience, on):
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


def _page_values(body: Organization) -> Iterator[WithheldValue]:
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


class UsesOfValue(NamedTuple):
    """Where in a text a value stands that is to be masked, and whether one is left that only a person can judge."""

    spans: list[tuple[int, int]]
    is_doubtful: bool


def trace_withheld(
    register: Register,
    withheld: Mapping[Audience, Container[str]],
    on: PartialDate,
    lost: Mapping[Audience, frozenset[WithheldValue]],
) -> Mapping[Audience, WithheldTraces]:
    """For each of some audiences, the widest first, what is withheld from it, as it is looked for.

    `lost` are values that an audience is not shown though the record that they lead to is.
    """
    values = {
        one: (*list_withheld_values(register, withheld[one], one, on), *sorted(lost.get(one, ()), key=str))
        for one in withheld
    }
    make = functools.cache(_make_traces)  # what several audiences are not to know is made ready once
    every = make(tuple(dict.fromkeys(value for some in values.values() for value in some)))
    texts = _texts_of(register) if every else frozenset()
    clean = texts - every.select(texts)
    widest = next(iter(withheld.values()))
    towns = [town for town in _open_towns(register, widest, values[next(iter(values))]) if every and town not in clean]
    return {
        one: WithheldTraces(register, _Circle(one, on, withheld[one], values[one]), towns, clean, make)
        for one in withheld
    }


class _Circle(NamedTuple):
    """An audience on a day, the records and the values that are withheld from it."""

    audience: Audience
    on: PartialDate
    withheld: Container[str]
    values: tuple[WithheldValue, ...]


class WithheldTraces:
    """What an audience is not to know, as it is looked for in texts.

    `clean` are texts of the register that have none of the values. Towns are compared with those that anybody is shown,
    all else with what this audience is: so what is left of a text does not depend on how many views it went through.
    """

    def __init__(
        self,
        register: Register,
        circle: _Circle,
        towns: Sequence[str],
        clean: Container[str],
        make: Callable[[tuple[WithheldValue, ...]], Traces],
    ) -> None:
        self.values = values = circle.values
        self._owned, self._make = _grouped(values), make
        self.near = list_neighbours(register, self._owned)
        self._clean = clean
        openly = {*_open_values(register, circle, _list_beside(self.near, values), clean)} if values else set()
        openly.update((ValueKind.WORDING, _key(town)) for town in towns)
        secret, known = list[WithheldValue](), list[WithheldValue]()
        for one in values:
            (known if _sameness(one) in openly or _is_common(one) else secret).append(one)
        shown = list_other_names(register, circle.withheld) if values else ()
        self._others = [*(name for name in shown if name not in clean), *towns]
        self._closed = make(tuple(secret)).beside(self._others)
        self._words = {word for name in self._others for word in fold_to_words(name)} | get_word_set("common_words")
        self._openly = make(tuple(known))
        self._open_keys = {one.key for one in known}
        self._open = _grouped(known)
        owners = frozenset(self._open)
        self._near = {one: beside for one, some in self.near.items() if (beside := some & owners)}
        self._beside: dict[frozenset[str], Traces] = {}

    def __bool__(self) -> bool:
        return bool(self._closed or self._open)

    def __contains__(self, text: str) -> bool:
        return bool(self.uses(text).spans)

    def uses(self, text: str, record_id: str = "") -> UsesOfValue:
        """Where the values stand in a text of a record."""
        if text in self._clean or not self:
            return UsesOfValue([], False)
        spans, is_doubtful = self._closed_uses(text)
        near = self._near.get(record_id)
        if near:
            spans += self._traces_beside(near).spans(text)
        elif self._open and _key(text) not in self._open_keys:
            is_doubtful = is_doubtful or text in self._openly
        return UsesOfValue(spans, is_doubtful)

    def _closed_uses(self, text: str) -> tuple[list[tuple[int, int]], bool]:
        spans = [*self._closed.find_contacts(text)]
        is_doubtful = not spans and self._closed.reaches.may_hold(text)
        for one in self._closed.mentions.mentions(text, parted=True):
            words = fold_to_words(text[one.start : one.end])
            # in another order, or with other signs in between, words that nobody else has are the name all the same
            is_rare = not one.is_in_another and len(words) > 1 and self._words.isdisjoint(words)
            if one.is_sure or is_rare:
                spans.append((one.start, one.end))
            else:
                is_doubtful = True
        return spans, is_doubtful

    def find_values(self, text: str, owners: Iterable[str]) -> list[tuple[int, int]]:
        """Where in a text values of some owners stand, open or not."""
        return [*self._make(tuple(one for owner in owners for one in self._owned[owner])).spans(text)]

    def _traces_beside(self, near: frozenset[str]) -> Traces:
        if near not in self._beside:
            self._beside[near] = _make_traces(one for owner in near for one in self._open[owner]).beside(self._others)
        return self._beside[near]


def _grouped(values: Iterable[WithheldValue]) -> Mapping[str, tuple[WithheldValue, ...]]:
    found: defaultdict[str, list[WithheldValue]] = defaultdict(list)
    for one in values:
        found[one.record_id].append(one)
    return {record_id: tuple(some) for record_id, some in found.items()}


def _texts_of(register: Register) -> frozenset[str]:
    """Every text, address, key and id of a register that a view may show."""
    held: list[Any] = [register.title, *(one.old_id for one in register.redirects)]
    for name, cls in COLLECTIONS.items():
        records = getattr(register, name)
        held += (record.id for record in records)
        for wanted in (str, Text, Url, Key):
            held += collect_values(records, cls, wanted)
    texts = (one.values() if isinstance(one, Text) else (one,) for one in held if one is not None)
    return frozenset(itertools.chain.from_iterable(texts))


def _make_traces(values: Iterable[WithheldValue]) -> Traces:
    """What finds the values in texts."""
    by_kind: defaultdict[ValueKind, list[str]] = defaultdict(list)
    for one in values:
        by_kind[one.kind].append(one.value)
    return Traces.of_kinds(
        by_kind[ValueKind.PERSON],
        by_kind[ValueKind.WORDING],
        by_kind[ValueKind.EXACT],
        by_kind[ValueKind.CONTACT],
        by_kind[ValueKind.NUMBER],
    )


def list_neighbours(register: Register, owners: Collection[str]) -> Mapping[str, frozenset[str]]:
    """For each record those of the owners that it names, or that name it; an owner is beside itself."""
    near: defaultdict[str, set[str]] = defaultdict(set, {owner: {owner} for owner in owners})
    if owners:
        for one in register.references:
            target = register.resolved(one.target)
            if target in owners:
                near[one.record.id].add(target)
            if one.record.id in owners:
                near[target].add(one.record.id)
    return {record_id: frozenset(some) for record_id, some in near.items()}


# -- what is shown openly ----------------------------------------------------------------------------------------------


def _list_beside(
    near: Mapping[str, frozenset[str]], values: Iterable[WithheldValue]
) -> Mapping[str, set[tuple[ValueKind, str]]]:
    """By the id of a record what is masked in it beside others: it is not the record that shows that openly."""
    owned = _grouped(values)
    return {
        record_id: {_sameness(one) for owner in owners for one in owned[owner]} for record_id, owners in near.items()
    }


def _open_towns(register: Register, withheld: Container[str], values: Iterable[WithheldValue]) -> Iterator[str]:
    """The towns and venues where bodies sit that are shown and not at risk."""
    beside = _list_beside(list_neighbours(register, _grouped(values)), values)
    for body in register.organizations:
        if body.seat is not None and not body.at_risk and body.id not in withheld:
            hidden = beside.get(body.id, ())
            towns = (town for town in (body.seat.city, body.seat.venue) if town)
            yield from (town for town in towns if (ValueKind.WORDING, _key(town)) not in hidden)


def _open_values(
    register: Register,
    circle: _Circle,
    beside: Mapping[str, Container[tuple[ValueKind, str]]],
    clean: Container[str],
) -> Iterator[tuple[ValueKind, str]]:
    """What an audience is shown of what is withheld too: a name of another, a contact of another.

    Names of persons and contacts are shown or not by consent alone; all else is masked `beside` whose it is too.
    """
    values = {*map(_sameness, circle.values)}
    records: tuple[Any, ...] = (*register.persons, *register.organizations, *register.networks)
    for record in records:
        if record.id in circle.withheld:
            continue
        of_person = isinstance(record, Person)
        hidden = () if of_person else beside.get(record.id, ())
        for name in list_names(record):
            same = ValueKind.PERSON if of_person else ValueKind.WORDING, _key(name)
            if name not in clean and same not in hidden:
                yield same
        for contact in () if isinstance(record, Network) else record.contacts:
            same = ValueKind.CONTACT, "" if contact.value in clean else _contact_key(contact.value)
            host = ValueKind.EXACT, _key(contact.value.rpartition("@")[2])
            if (same in values or host in values) and may(contact, _REACHED, circle.audience, circle.on):
                yield from (same, host)
        if isinstance(record, Organization) and not record.at_risk:
            yield from (same for same in map(_sameness, _page_values(record)) if same not in hidden)


def _sameness(value: WithheldValue) -> tuple[ValueKind, str]:
    """By what a value is the same as another: the name of a body is not that of a person."""
    return value.kind, value.key


def _is_common(one: WithheldValue) -> bool:
    """Whether a value is a word that anybody uses: of the language, of an enumeration, the name of a country."""
    if one.kind not in (ValueKind.PERSON, ValueKind.WORDING):
        return False
    words = [word for word in fold_to_words(one.value) if word not in get_word_set("little_words")]
    return len(words) == 1 and (words[0] in get_word_set("common_words") or words[0] in _enumerated_words())


@functools.cache
def _enumerated_words() -> frozenset[str]:
    """The words that values of enumerations consist of."""
    waiting: list[Any] = [*COLLECTIONS.values()]
    seen, words = set[Any](), set[str]()
    while waiting:
        cls = waiting.pop()
        if cls not in seen:
            seen.add(cls)
            for shape in fields_of(cls):
                if (inner := nested_class(shape)) is not None:
                    waiting.append(inner)
                elif isinstance(shape.type, type) and issubclass(shape.type, Enum):
                    words.update(word for one in shape.type for word in fold_to_words(str(one.value)))
    return frozenset(words)
