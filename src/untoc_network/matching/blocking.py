"""Blocks: records that share something, of which pairs are made without ever comparing all with all."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

__all__ = ["LARGEST_WHOLE", "REACH", "group_by_key", "iterate_pairs"]

LARGEST_WHOLE = 17
"""In a block of so many, all are compared with all; in a larger one, each with the next few."""

REACH = 8
"""How many of those that follow a member of a larger block it is compared with: as many as in the largest whole one."""

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


def group_by_key(keyed: Iterable[tuple[K, T]]) -> Mapping[K, Sequence[T]]:
    """The items under each key that has more than one, in the order in which they came."""
    blocks: dict[K, list[T]] = {}
    for key, item in keyed:
        blocks.setdefault(key, []).append(item)
    return {key: items for key, items in blocks.items() if len(items) > 1}


def iterate_pairs(block: Sequence[T]) -> Iterator[tuple[T, T]]:
    """The pairs of a block that are compared: for each member at the most `LARGEST_WHOLE - 1`.

    A block that everybody is in, such as that of a word in every name, so costs no more for each member than a small
    one. Members stand in the order of their names, so those that follow are those most like it.
    """
    reach = len(block) if len(block) <= LARGEST_WHOLE else REACH
    for position, member in enumerate(block):
        for other in block[position + 1 : position + 1 + reach]:
            yield member, other
