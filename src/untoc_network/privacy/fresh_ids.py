"""New ids in the place of ids that mention somebody."""

from __future__ import annotations

import itertools
from collections.abc import Container, Iterator, Mapping

from untoc_network.model.register import COLLECTIONS, Register
from untoc_network.values.mentions import Mentions

__all__ = ["fresh_ids", "ids_free_for"]


def fresh_ids(register: Register, mentions: Mentions, word: str, *, besides: Container[str] = ()) -> Mapping[str, str]:
    """For each id that mentions a name, one that does not; records in `besides` keep theirs."""
    if not mentions:
        return {}
    found = {name: ids_free_for(register, name, word) for name in COLLECTIONS}
    return {
        record.id: next(found[name])
        for name in COLLECTIONS
        for record in getattr(register, name)
        if record.id in mentions and record.id not in besides
    }


def ids_free_for(register: Register, collection: str, word: str) -> Iterator[str]:
    """Ids that nothing in the register has, such as `erased-persons-1`, without end."""
    made = (f"{word}-{collection.replace('_', '-')}-{number}" for number in itertools.count(1))
    return (record_id for record_id in made if record_id not in register and record_id not in _olds(register))


def _olds(register: Register) -> frozenset[str]:
    return frozenset(redirect.old_id for redirect in register.redirects)
