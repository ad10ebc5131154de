"""Which ids there are and which are named, told at the end of a file from eight bytes each.

Two ids are taken for the same where their hashes are; that this is wrong somewhere among a million ids is less likely
than one in ten million.
"""

from __future__ import annotations

import itertools
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from untoc_network.model.register import COLLECTIONS, REFERENTS
from untoc_network.values.gathering import gather

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
        self._ids: defaultdict[str, array[int]] = defaultdict(_hashes)
        self._named: defaultdict[tuple[str, ...], array[int]] = defaultdict(_hashes)
        self._asked = _hashes()

    def add(self, records: Mapping[str, list[Any]]) -> None:
        """Take some records in; redirects are none."""
        for name in records.keys() & COLLECTIONS.keys():
            self._ids[name].extend(hash(record.id) for record in records[name])
            for kind, collections in REFERENTS.items():
                self._named[collections].extend(set(map(hash, gather(records[name], COLLECTIONS[name], kind))))

    def ask(self, record_id: str) -> None:
        """Ask whether the id is named at all."""
        self._asked.append(hash(record_id))

    def settled(self) -> Settled:
        """What all ids come to."""
        ids = {name: _in_shares(some) for name, some in self._ids.items()}
        named = {collections: _in_shares(some) for collections, some in self._named.items()}
        asked = _in_shares(self._asked)
        troubled: set[int] = set()
        looked_for_in: set[str] = set()
        unnamed: set[int] = set()
        persons = bytearray(len(self._ids["persons"]))
        places = _in_shares(self._ids["persons"], numbered=True)
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
                persons[number] = self._ids["persons"][number] in here
        return Settled(
            troubled=frozenset(troubled),
            looked_for_in=frozenset(looked_for_in),
            named_persons=bytes(persons),
            unnamed=frozenset(unnamed),
        )


def _hashes() -> array[int]:
    return array("q")


def _in_shares(hashes: array[int], *, numbered: bool = False) -> list[array[int]]:
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
