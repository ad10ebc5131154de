"""What two registers remember besides their records, united."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from untoc_network.model.register import Register
from untoc_network.model.remembered_lists_and_erasures import DistinctPair, Erasure, RememberedList, RememberedRow
from untoc_network.values.ids_and_codes import RecordId

__all__ = ["follow_redirects", "merge_memories", "redirect_distinct_pairs"]


def merge_memories(base: Register, ours: Register, theirs: Register) -> dict[str, Any]:
    """The erasures, lists and rows of lists of two registers that came from one.

    An erasure on either side holds. A row that both remember differently is known still, but not what it said: then its
    list only adds. So it is with a list that both sides came to know by themselves, whose digests have two keys.
    """
    lists = {one.name: one for one in (*theirs.lists, *ours.lists)}
    salts = {name: one.salt for name, one in lists.items()}
    before, mine, others = (_list_readable_rows(side, salts) for side in (base, ours, theirs))
    return {
        "erasures": tuple(_unite_erasures((*ours.erasures, *theirs.erasures))),
        "lists": tuple(_unite_lists(ours, theirs, lists)),
        "list_rows": tuple(_merge_rows(before, mine, others)),
    }


def _unite_erasures(erasures: Iterable[Erasure]) -> Iterator[Erasure]:
    held: dict[tuple[str, str], Erasure] = {}
    for one in erasures:
        first = held.setdefault((one.record_id, one.salt), one)
        digests = tuple(dict.fromkeys((*first.digests, *one.digests)))
        held[one.record_id, one.salt] = attrs.evolve(first, digests=digests)
    yield from held.values()


def _unite_lists(ours: Register, theirs: Register, lists: Mapping[str, RememberedList]) -> Iterator[RememberedList]:
    others = {one.name: one for one in theirs.lists}
    for name in dict.fromkeys(one.name for one in (*ours.lists, *theirs.lists)):
        one, other = lists[name], others.get(name)
        same = other is None or other.salt != one.salt
        yield (
            one
            if same or other is None
            else attrs.evolve(one, headers=tuple(dict.fromkeys((*one.headers, *other.headers))))
        )


def _list_readable_rows(side: Register, salts: Mapping[str, str]) -> dict[tuple[str, str], RememberedRow]:
    """The rows of a side, without those of which the digests have another key than the list has now."""
    own = {one.name: one.salt for one in side.lists}
    return {
        (row.list_name, row.key): row
        for row in side.list_rows
        if row.list_name not in own or own[row.list_name] == salts.get(row.list_name)
    }


def _merge_rows(
    base: Mapping[tuple[str, str], RememberedRow],
    ours: Mapping[tuple[str, str], RememberedRow],
    theirs: Mapping[tuple[str, str], RememberedRow],
) -> Iterator[RememberedRow]:
    for key in dict.fromkeys((*ours, *theirs)):
        before, mine, other = (side.get(key) for side in (base, ours, theirs))
        if other in (mine, before):
            row = mine
        elif mine == before:
            row = other
        else:
            left = mine or other
            row = left and attrs.evolve(left, said=(), sequence=_get_last_sequence(mine, other))
        yield from () if row is None else (row,)


def _get_last_sequence(*rows: RememberedRow | None) -> int | None:
    return max((row.sequence for row in rows if row is not None and row.sequence is not None), default=None)


def follow_redirects(register: Register) -> Register:
    """The register with what it remembers of records by where their ids lead now."""
    rows = tuple(attrs.evolve(row, record_id=RecordId(register.resolved(row.record_id))) for row in register.list_rows)
    return attrs.evolve(
        register, distinct=redirect_distinct_pairs(register.distinct, register.resolved), list_rows=rows
    )


def redirect_distinct_pairs(pairs: Iterable[DistinctPair], resolve: Callable[[str], str]) -> tuple[DistinctPair, ...]:
    """Pairs of records that are not one, by where their ids lead, each once; one that became one record is none."""
    held: dict[tuple[str, str], DistinctPair] = {}
    for pair in pairs:
        one, other = sorted(map(resolve, (pair.one_id, pair.other_id)))
        if one != other:
            held.setdefault((one, other), attrs.evolve(pair, one_id=RecordId(one), other_id=RecordId(other)))
    return tuple(held.values())
