"""What an audience is shown openly of what is withheld too: the name of a namesake, a town where others sit, a contact.

Such a value is no secret: it is masked only beside what is withheld, and a record in which it is masked for that does
not show it openly. So is a common word.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Container, Iterable, Iterator, Set as AbstractSet
from enum import Enum
from typing import Any

from untoc_network.model.network import Network
from untoc_network.model.organization_and_person import Organization, Person
from untoc_network.model.register import COLLECTIONS
from untoc_network.privacy.identifying_traces import list_names
from untoc_network.privacy.withheld_values import (
    ValueKind,
    WithheldValue,
    fold_contact,
    fold_value,
    list_page_values,
)
from untoc_network.text.folding import fold_to_words
from untoc_network.text.word_tables import get_word_set
from untoc_network.values.consent_and_contact import Contact
from untoc_network.values.fields import fields_of, nested_class

__all__ = [
    "Sameness",
    "is_common",
    "list_open_pages",
    "list_open_towns",
    "list_open_values",
    "list_unclean_names",
    "may_show_openly",
]

Sameness = tuple[ValueKind, str]


def list_unclean_names(record: Any, clean: Container[str]) -> tuple[tuple[str, Sameness], ...]:
    """The names of a person, a body or a network in which a value that is withheld may stand, and what each is."""
    kind = ValueKind.PERSON if isinstance(record, Person) else ValueKind.WORDING
    return tuple([(name, (kind, fold_value(name))) for name in list_names(record) if name not in clean])


def may_show_openly(record: Any, unclean: AbstractSet[str]) -> bool:
    """Whether a record has anything that could be a value of another."""
    if not unclean.isdisjoint(list_names(record)):
        return True
    if isinstance(record, Network):
        return False
    if record.contacts and any(contact.value in unclean for contact in record.contacts):
        return True
    return isinstance(record, Organization) and not record.at_risk and bool(record.links or record.identifiers)


def list_open_values(  # noqa: PLR0913 - each is asked for by its own
    record: Any,
    is_shown: Callable[[Contact], bool],
    *,
    values: Container[Sameness],
    beside: Container[Sameness],
    clean: Container[str],
    names: Iterable[tuple[str, Sameness]],
    pages: Iterable[Sameness],
) -> Iterator[Sameness]:
    """What a record that an audience is shown has of some values, and the contacts of it that are shown.

    Names of persons and contacts are shown or not by consent alone; all else is masked `beside` whose it is too.
    """
    yield from (same for _, same in names if same[0] is ValueKind.PERSON or same not in beside)
    for contact in () if isinstance(record, Network) else record.contacts:
        if contact.value not in clean:
            same = ValueKind.CONTACT, fold_contact(contact.value)
            host = ValueKind.EXACT, fold_value(contact.value.rpartition("@")[2])
            if (same in values or host in values) and is_shown(contact):
                yield from (same, host)
    yield from (same for same in pages if same in values and same not in beside)


def list_open_pages(record: Any) -> Iterator[Sameness]:
    """The pages, handles and numbers of a body that is not at risk."""
    if isinstance(record, Organization) and not record.at_risk:
        yield from (one.sameness for one in list_page_values(record))


def list_open_towns(body: Organization, beside: Container[Sameness]) -> Iterator[str]:
    """The town and the venue where a body sits, if that is not at risk."""
    if body.seat is not None and not body.at_risk:
        towns = (town for town in (body.seat.city, body.seat.venue) if town)
        yield from (town for town in towns if (ValueKind.WORDING, fold_value(town)) not in beside)


def is_common(one: WithheldValue) -> bool:
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
