"""Which ids there are and which are named, told at the end of a file by the records kept, and by eight bytes of others.

These are marks. Two ids are taken for the same where their marks are; that this is wrong somewhere among a million ids
is less likely than one in ten million. In one process a mark is the hash that Python has anyway; several need one that
they share.
"""

from __future__ import annotations

import functools
import itertools
import secrets
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from untoc_network.model.organization_and_person import Person
from untoc_network.model.register import COLLECTIONS, REFERENTS, collect_references
from untoc_network.model.source import Source

__all__ = ["IdIndex", "IdSummary", "TextHash", "find_repeated", "make_shared_hash"]

_SHARES = 64
"""So many shares are looked at one after the other, so that sets need not hold everything at once."""


@attrs.frozen(kw_only=True)
class IdSummary:
    """What the ids of a file come to, as marks."""

    questionable: frozenset[int]
    """Ids that two records have, and those that are named and lead nowhere, or to a record of the wrong kind."""
    looked_for_in: frozenset[str]
    """The collections in which a record should be that an id with a fault refers to."""
    named_persons: bytes
    """For each person in the order of the file 1 where something names it."""
    unnamed: frozenset[int]
    """Of the ids asked for, those that no record names."""


TextHash = Callable[[str], int]
"""Tells texts apart in eight bytes, in a way that nobody who writes a file can foresee."""


def make_shared_hash() -> TextHash:
    """A mark that all processes make alike to which it is sent: what is left of the text divided by a chance prime."""
    number = 0
    while not number or pow(2, number - 1, number) != 1:
        number = secrets.randbits(62) | 1 << 61 | 1
    return functools.partial(_hash_modulo, number)


def _hash_modulo(prime: int, text: str) -> int:
    return int.from_bytes(text.encode(), "big") % prime


class IdIndex:
    """The ids of records, and what records name, as they stream by."""

    def __init__(self, hash_text: TextHash) -> None:
        self._hash_text = hash_text
        self._persons = _make_hash_array()
        self._named: defaultdict[tuple[str, ...], array[int]] = defaultdict(_make_hash_array)
        self._asked = _make_hash_array()

    def add(self, records: Mapping[str, list[Any]], known: Mapping[str, Any]) -> None:
        """Take some records in; redirects are none. What leads to one that is `known`, as most do, is forgotten."""
        hash_text = self._hash_text
        self._persons.extend(hash_text(person.id) for person in records.get("persons", ()))
        for name in records.keys() & COLLECTIONS.keys():
            for collections, named in collect_references(records[name], COLLECTIONS[name]):
                fitting = _FITTING[collections]
                self._named[collections].extend(
                    hash_text(one) for one in set(named) if getattr(known.get(one), "__class__", None) not in fitting
                )

    def ask(self, record_id: str) -> None:
        """Ask whether the id is named at all."""
        self._asked.append(self._hash_text(record_id))

    def join(self, following: IdIndex) -> None:
        """Take in what was told of the lines that follow."""
        self._persons.extend(following._persons)
        self._asked.extend(following._asked)
        for collections, named in following._named.items():
            self._named[collections].extend(named)

    def summarize(self, records: Mapping[str, list[Any]]) -> IdSummary:
        """What all ids come to, where these records are there, and persons beside those among them."""
        ids = {
            name: _divide_into_shares(map(self._hash_text, (record.id for record in records[name])))
            for name in records.keys() & COLLECTIONS.keys() - {"persons"}
        }
        ids["persons"] = _divide_into_shares(self._persons)
        named = {collections: _divide_into_shares(some) for collections, some in self._named.items()}
        asked = _divide_into_shares(self._asked)
        questionable: set[int] = set()
        looked_for_in: set[str] = set()
        unnamed: set[int] = set()
        persons = bytearray(len(self._persons))
        places = _divide_into_shares(self._persons, numbered=True)
        for share in range(_SHARES):
            names: dict[int, str] = {}
            for name, shares in ids.items():
                questionable.update(one for one in shares[share] if names.setdefault(one, name) is not name)
                questionable.update(_find_repeated_in_share(shares[share]))
            here: set[int] = set()
            for collections, shares in named.items():
                some = set(shares[share])
                here |= some
                dangling = [one for one in some if names.get(one) not in collections]
                questionable.update(dangling)
                looked_for_in.update(collections if dangling else ())
            unnamed.update(one for one in asked[share] if one not in here)
            for number in places[share]:
                persons[number] = self._persons[number] in here
        return IdSummary(
            questionable=frozenset(questionable),
            looked_for_in=frozenset(looked_for_in),
            named_persons=bytes(persons),
            unnamed=frozenset(unnamed),
        )


_FITTING = {
    collections: frozenset(COLLECTIONS[name] for name in collections) - {Person, Source}
    for collections in REFERENTS.values()
}
"""The classes that references may lead to, but for those of which it must be known in the end whether any does."""


def _make_hash_array() -> array[int]:
    return array("q")


def _divide_into_shares(hashes: Iterable[int], *, numbered: bool = False) -> list[array[int]]:
    """The marks, or their numbers, in shares that have no mark in common."""
    shares = [_make_hash_array() for _ in range(_SHARES)]
    for number, one in enumerate(hashes):
        shares[one % _SHARES].append(number if numbered else one)
    return shares


def find_repeated(hashes: array[int]) -> Iterator[int]:
    """The marks that stand there more than once."""
    return itertools.chain.from_iterable(map(_find_repeated_in_share, _divide_into_shares(hashes)))


def _find_repeated_in_share(hashes: array[int]) -> list[int]:
    seen: set[int] = set()
    return [one for one in hashes if one in seen or seen.add(one)]  # type: ignore[func-returns-value]
