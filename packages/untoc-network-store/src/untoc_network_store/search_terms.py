"""What records are found by: rows of terms, and the search for ids in them.

A term is what people filter for: a country, theme, kind, language or network, and the words of a name. They come from
fields that are public by class; of persons there is none, so that nothing personal stands in an index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Select, insert, select

from untoc_network.model.network import Membership
from untoc_network.model.organization_and_person import Person, Theme
from untoc_network.text.folding import fold_to_words
from untoc_network.values.fields import Sensitivity, fields_of
from untoc_network.values.ids_and_codes import CountryCode, LanguageTag, NetworkId
from untoc_network.values.multilingual_text import Alias, Text
from untoc_network.values.place_and_link import Place
from untoc_network_store.store_tables import RECORDS, TERMS

__all__ = ["find_ids", "list_terms", "write_terms"]

_FIELD_OF_TYPE: Mapping[Any, str] = {
    CountryCode: "country",
    LanguageTag: "language",
    NetworkId: "network",
    Place: "country",
    Theme: "theme",
}
_LONGEST_NAME = 1_000
"""Characters: an index of PostgreSQL takes 2,700 bytes."""


def list_terms(record: Any) -> Iterator[tuple[str, str]]:
    """The terms of a record: each a field and a value."""
    if isinstance(record, Person):
        return
    words = list[str]()
    cls: Any = type(record)
    for shape in fields_of(cls):
        value = getattr(record, shape.name)
        if shape.sensitivity is not Sensitivity.PUBLIC or value is None:
            continue
        field = "kind" if shape.name == "kind" and isinstance(value, Enum) else _FIELD_OF_TYPE.get(shape.type)
        for one in value if shape.many else (value,):
            if shape.name in ("name", "title") and isinstance(one, Text):
                words += (word for wording in one.values() for word in fold_to_words(wording))
            elif isinstance(one, Alias):
                words += fold_to_words(one.name)
            elif field and (term := one.country if isinstance(one, Place) else one):
                yield field, str(term)
    if words:
        yield "name", _join(dict.fromkeys(words))[:_LONGEST_NAME]
    if isinstance(record, Membership):
        yield "organization", str(record.organization_id)


def _join(words: Iterable[str]) -> str:
    """Words such that the beginning of each stands behind a blank."""
    return "".join(f" {word}" for word in words)


def write_terms(connection: Connection, terms: Mapping[str, Iterable[tuple[str, str]]]) -> None:
    """Write terms by the ids of records that have none."""
    rows = [
        {"id": str(record_id), "field": field, "value": value}
        for record_id, found in terms.items()
        for field, value in sorted({*found})
    ]
    if rows:
        connection.execute(insert(TERMS), rows)


def find_ids(
    connection: Connection, collection: str, filters: Mapping[str, str], name: str, page: tuple[str, int | None]
) -> tuple[str, ...]:
    """The ids of the records of a collection that have all of the terms, in their order.

    `page` is the id behind which they begin, and how many there may be.
    """
    after, limit = page
    key: Any = RECORDS.c.id
    if connection.dialect.name == "postgresql":
        key = key.collate("C")  # the order that ids have everywhere else
    wanted = select(RECORDS.c.id).where(RECORDS.c.collection == collection, key > after)
    for field, value in filters.items():
        chosen = _select_ids(field, value)
        if field == "network" and collection == "organizations":
            chosen = select(TERMS.c.value).where(TERMS.c.field == "organization", TERMS.c.id.in_(chosen))
        wanted = wanted.where(RECORDS.c.id.in_(chosen))
    for word in fold_to_words(name):
        named = select(TERMS.c.id).where(TERMS.c.field == "name", TERMS.c.value.contains(f" {word}", autoescape=True))
        wanted = wanted.where(RECORDS.c.id.in_(named))
    return tuple(connection.execute(wanted.order_by(key).limit(limit)).scalars())


def _select_ids(field: str, value: str) -> Select[tuple[str]]:
    return select(TERMS.c.id).where(TERMS.c.field == field, TERMS.c.value == value)
