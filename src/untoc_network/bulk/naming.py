"""Which ids there are and which are named, told at the end of a file from the records kept, and eight bytes for others.

Two ids are taken for the same where their hashes are; that this is wrong somewhere among a million ids is less likely
than one in ten million.
"""

from __future__ import annotations

import itertools
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from untoc_network.model.register import COLLECTIONS, REFERENTS
from untoc_network.model.stakeholder import Person
from untoc_network.values.gathering import gather
from untoc_network.values.source import Source

__all__ = ["Naming", "Settled", "twice"]

_SHARES = 64
"""So many shares are looked at one after the other, so that sets need not hold everything at once."""


@attrs.frozen(kw_only=True)
class Settled:
    """What the ids of a file come to, as hashes."""

    troubled: frozenset[int]
    """Ids that two records have, and those that are named and lead nowhere, or to a record of the wrong kind."""
    looked_for_in: frozenset[str]
    """The collections in which a record should be that a troubled id leads to."""
    named_persons: bytes
    """For each person in the order of the file 1 where something names it."""
    unnamed: frozenset[int]
    """Of the ids asked for, those that no record names."""


class Naming:
    """The ids of records, and what records name, as they stream by."""

    def __init__(self) -> None:
        self._persons = _hashes()
        self._named: defaultdict[tuple[str, ...], array[int]] = defaultdict(_hashes)
        self._asked = _hashes()

    def add(self, records: Mapping[str, list[Any]], known: Mapping[str, Any]) -> None:
        """Take some records in; redirects are none. What leads to one that is `known`, as most do, is forgotten."""
        self._persons.extend(hash(person.id) for person in records.get("persons", ()))
        for name in records.keys() & COLLECTIONS.keys():
            for kind, collections in REFERENTS.items():
                named = set(gather(records[name], COLLECTIONS[name], kind))
                fitting = _FITTING[collections]
                self._named[collections].extend(
                    hash(one) for one in named if getattr(known.get(one), "__class__", None) not in fitting
                )

    def ask(self, record_id: str) -> None:
        """Ask whether the id is named at all."""
        self._asked.append(hash(record_id))

    def settled(self, records: Mapping[str, list[Any]]) -> Settled:
        """What all ids come to, where these records are there, and persons beside those among them."""
        ids = {
            name: _in_shares(hash(record.id) for record in records[name])
            for name in records.keys() & COLLECTIONS.keys() - {"persons"}
        }
        ids["persons"] = _in_shares(self._persons)
        named = {collections: _in_shares(some) for collections, some in self._named.items()}
        asked = _in_shares(self._asked)
        troubled: set[int] = set()
        looked_for_in: set[str] = set()
        unnamed: set[int] = set()
        persons = bytearray(len(self._persons))
        places = _in_shares(self._persons, numbered=True)
        for share in range(_SHARES):
            names: dict[int, str] = {}
            for name, shares in ids.items():
                troubled.update(one for one in shares[share] if names.setdefault(one, name) is not name)
                troubled.update(_again(shares[share]))
            here: set[int] = set()
            for collections, shares in named.items():
                some = set(shares[share])
                here |= some
                astray = [one for one in some if names.get(one) not in collections]
                troubled.update(astray)
                looked_for_in.update(collections if astray else ())
            unnamed.update(one for one in asked[share] if one not in here)
            for number in places[share]:
                persons[number] = self._persons[number] in here
        return Settled(
            troubled=frozenset(troubled),
            looked_for_in=frozenset(looked_for_in),
            named_persons=bytes(persons),
            unnamed=frozenset(unnamed),
        )


_FITTING = {
    collections: frozenset(COLLECTIONS[name] for name in collections) - {Person, Source}
    for collections in REFERENTS.values()
}
"""The classes that references may lead to, but for those of which it must be known in the end whether any does."""


def _hashes() -> array[int]:
    return array("q")


def _in_shares(hashes: Iterable[int], *, numbered: bool = False) -> list[array[int]]:
    """The hashes, or their numbers, in shares that have no hash in common."""
    shares = [_hashes() for _ in range(_SHARES)]
    for number, one in enumerate(hashes):
        shares[one % _SHARES].append(number if numbered else one)
    return shares


def twice(hashes: array[int]) -> Iterator[int]:
    """The hashes that stand there more than once."""
    return itertools.chain.from_iterable(map(_again, _in_shares(hashes)))


def _again(hashes: array[int]) -> list[int]:
    seen: set[int] = set()
    return [one for one in hashes if one in seen or seen.add(one)]  # type: ignore[func-returns-value]
