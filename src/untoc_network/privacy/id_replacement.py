"""New ids in the place of ids that mention somebody."""

from __future__ import annotations

import itertools
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Protocol

from untoc_network.model.register import COLLECTIONS, Register
from untoc_network.model.traversal import collect_values
from untoc_network.values.ids_and_codes import Key

__all__ = ["TextFinder", "free_ids", "replacement_ids", "replacement_keys"]


class TextFinder(Protocol):
    """What finds somebody in a text."""

    def __bool__(self) -> bool: ...

    def __contains__(self, text: str) -> bool: ...


def replacement_ids(
    register: Register,
    mentions: TextFinder,
    word: str,
    *,
    besides: Container[str] = (),
    first: Iterable[tuple[TextFinder, Container[str]]] = (),
) -> Mapping[str, str]:
    """For each id that mentions a name, one that does not; records in `besides` keep theirs.

    Those that would get one for other mentions, besides others, come `first`, and have the same id then and now.
    """
    found = {name: free_ids(register, name, word) for name in COLLECTIONS}
    allotted: dict[str, str] = {}
    for named, kept in (*first, (mentions, besides)):
        for name in COLLECTIONS if named else ():
            for record in getattr(register, name):
                if record.id not in allotted and record.id in named and record.id not in kept:
                    allotted[record.id] = next(found[name])
    return {old: new for old, new in allotted.items() if old in mentions and old not in besides}


def replacement_keys(
    register: Register, mentions: TextFinder, word: str, *, first: Iterable[TextFinder] = ()
) -> Mapping[str, Key]:
    """For each key that mentions a name, one that does not and that no record has; the same key has the same."""
    keys = {key for name, cls in COLLECTIONS.items() for key in collect_values(getattr(register, name), cls, Key)}
    free = filter(lambda made: made not in keys, (Key(f"{word}-{number}") for number in itertools.count(1)))
    allotted: dict[str, Key] = {}
    for named in (*first, mentions):
        for key in sorted(keys) if named else ():
            if key not in allotted and key in named:
                allotted[key] = next(free)
    return {old: new for old, new in allotted.items() if old in mentions}


def free_ids(register: Register, collection: str, word: str) -> Iterator[str]:
    """Ids that nothing in the register has, such as `erased-persons-1`, without end."""
    made = (f"{word}-{collection.replace('_', '-')}-{number}" for number in itertools.count(1))
    return (record_id for record_id in made if record_id not in register and record_id not in _olds(register))


def _olds(register: Register) -> frozenset[str]:
    return frozenset(redirect.old_id for redirect in register.redirects)
