"""Collections that give a changed version of themselves at the cost of the change, and stay as they are.

A sorted collection keeps its items in blocks, a mapping its keys in shards: a new version copies the few blocks or
shards that a change touches and shares all others with the old one. So versions cost little beside each other, and
since none is ever changed, threads may share them without a lock.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right, insort_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar, overload

__all__ = ["BLOCK_SIZE", "SHARD_COUNT", "ShardedDict", "SortedBlocks", "SortedGroups"]

K = TypeVar("K")
T = TypeVar("T")
V = TypeVar("V")

BLOCK_SIZE = 512
"""How many items a block has at first: of 100,000, one block and the list of all blocks cost about the same to copy."""

SHARD_COUNT = 32
"""Into how many rows the keys of a mapping are spread, and those of a row into how many shards: 1,024 in all."""


class SortedBlocks(Collection[T], Generic[T]):
    """Items in the order of a key, those of equal keys in the order in which they came; without a key, in their own.

    Positions, slices and membership are found by bisection.
    """

    __slots__ = ("_blocks", "_key", "_starts", "_tuple")

    _blocks: list[list[T]]  # lists, since each is copied, changed and kept at once; nothing changes them later
    _key: Any
    _starts: tuple[int, ...] | None
    _tuple: tuple[T, ...] | None

    def __init__(self, items: Iterable[T] = (), key: Callable[[T], Any] | None = None) -> None:
        self._tuple = tuple(sorted(items, key=key))  # type: ignore[type-var, arg-type]
        self._blocks, self._key, self._starts = _cut_into_blocks(self._tuple, BLOCK_SIZE), key, None

    @staticmethod
    def from_sorted(items: tuple[T, ...], key: Callable[[T], Any] | None = None) -> SortedBlocks[T]:
        """The same of items that are in their order already."""
        new: SortedBlocks[T] = SortedBlocks.__new__(SortedBlocks)
        new._blocks, new._key, new._starts, new._tuple = _cut_into_blocks(items, BLOCK_SIZE), key, None, items
        return new

    def __len__(self) -> int:
        return sum(map(len, self._blocks))

    def __iter__(self) -> Iterator[T]:
        return itertools.chain.from_iterable(self._blocks)

    def __contains__(self, item: Any) -> bool:
        return item in self.find(self._key(item) if self._key else item)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        places = range(len(self))[place]
        return self._get_item(places) if isinstance(places, int) else tuple(map(self._get_item, places))

    def _get_item(self, place: int) -> T:
        number = bisect_right(self._list_starts(), place) - 1
        return self._blocks[number][place - self._list_starts()[number]]

    def _list_starts(self) -> tuple[int, ...]:
        """The position of the first item of each block; worked out once a version, when first asked for."""
        if self._starts is None:
            self._starts = tuple(itertools.accumulate(map(len, self._blocks[:-1]), initial=0))
        return self._starts

    def to_tuple(self) -> tuple[T, ...]:
        """All items; made once a version, when first asked for."""
        if self._tuple is None:
            self._tuple = tuple(self)
        return self._tuple

    def position(self, key: Any) -> int:
        """How many items have a smaller key."""
        number = self._find_block(key)
        if number == len(self._blocks):
            return len(self)
        return self._list_starts()[number] + bisect_left(self._blocks[number], key, key=self._key)

    def iterate_from(self, key: Any) -> Iterator[T]:
        """The items that have this key or a greater one."""
        number = self._find_block(key)
        for block in self._blocks[number : number + 1]:
            yield from block[bisect_left(block, key, key=self._key) :]
        yield from itertools.chain.from_iterable(self._blocks[number + 1 :])

    def find(self, key: Any) -> tuple[T, ...]:
        """All items with this key."""
        found: list[T] = []
        for number, start, end in self._find_spans(key):
            found += self._blocks[number][start:end]
        return tuple(found)

    def with_changes(self, *, removed_keys: Iterable[Any] = (), added: Iterable[T] = ()) -> SortedBlocks[T]:
        """A version without the items of some keys, and then with further items, each behind those of its key."""
        if not self._blocks:
            return SortedBlocks(added, self._key)
        opened: dict[int, list[T]] = {}
        spans = set(itertools.chain.from_iterable(map(self._find_spans, removed_keys)))
        for number, start, end in sorted(spans, reverse=True):  # from behind, so that positions stay what they are
            if number not in opened:
                opened[number] = self._blocks[number].copy()
            del opened[number][start:end]
        for item in added:
            # The borders are those of the old blocks: what came or went since lies within them.
            number = min(self._find_block_behind(item), len(self._blocks) - 1)
            if number not in opened:
                opened[number] = self._blocks[number].copy()
            insort_right(opened[number], item, key=self._key)
        new: SortedBlocks[T] = SortedBlocks.__new__(SortedBlocks)
        new._blocks, new._key, new._starts, new._tuple = self._blocks.copy(), self._key, None, None
        for number in sorted(opened, reverse=True):
            items, end = opened[number], number + 1
            if len(items) < BLOCK_SIZE // 4 and end < len(new._blocks):  # so that blocks do not crumble
                items, end = [*items, *new._blocks[end]], end + 1
            new._blocks[number:end] = _cut_into_blocks(items, 2 * BLOCK_SIZE)
        return new

    def _find_block(self, key: Any) -> int:
        """The number of the first block with this key or a greater one."""
        return bisect_left(self._blocks, key, key=self._get_last_key)

    def _find_block_behind(self, item: Any) -> int:
        """The number of the first block that has a greater key than an item somewhere."""
        return bisect_right(self._blocks, self._key(item) if self._key else item, key=self._get_last_key)

    def _find_spans(self, key: Any) -> Iterator[tuple[int, int, int]]:
        """Where the items of this key are, which can lie on both sides of a border: block, first position, end."""
        for number in range(self._find_block(key), len(self._blocks)):
            block = self._blocks[number]
            start = bisect_left(block, key, key=self._key)
            end = bisect_right(block, key, start, key=self._key)
            yield number, start, end
            if end < len(block):
                return

    def _get_last_key(self, block: Sequence[T]) -> Any:
        return self._key(block[-1]) if self._key else block[-1]


def _cut_into_blocks(items: Sequence[T], longest: int) -> list[list[T]]:
    """Items in blocks of about the usual size; those that are no more than `longest` stay together."""
    if len(items) <= longest:
        return [items if isinstance(items, list) else list(items)] if items else []
    size = -(-len(items) // -(-len(items) // BLOCK_SIZE))
    return [list(items[start : start + size]) for start in range(0, len(items), size)]


class ShardedDict(Mapping[K, V]):
    """A mapping whose keys are spread over shards by their hash, so that it has no order to rely on."""

    __slots__ = ("_rows",)
    _rows: list[list[dict[K, V]]]

    def __init__(self, items: Mapping[K, V] | Iterable[tuple[K, V]] = ()) -> None:
        self._rows = [[{} for _ in range(SHARD_COUNT)] for _ in range(SHARD_COUNT)]
        for key, value in items.items() if isinstance(items, Mapping) else items:
            self._get_shard(key)[key] = value

    def __reduce__(self) -> tuple[Any, ...]:
        return ShardedDict, (dict(self),)  # since another process gives texts other hashes

    def _get_shard(self, key: object) -> dict[K, V]:
        number = hash(key)
        return self._rows[number % SHARD_COUNT][number // SHARD_COUNT % SHARD_COUNT]

    def __len__(self) -> int:
        return sum(map(len, itertools.chain.from_iterable(self._rows)))

    def __iter__(self) -> Iterator[K]:
        return itertools.chain.from_iterable(itertools.chain.from_iterable(self._rows))

    def __getitem__(self, key: K) -> V:
        number = hash(key)  # written out once more, since a look-up is what is done most
        return self._rows[number % SHARD_COUNT][number // SHARD_COUNT % SHARD_COUNT][key]

    def __contains__(self, key: object) -> bool:
        return key in self._get_shard(key)

    def get(self, key: K, default: Any = None) -> Any:  # not the slow one of `Mapping`
        """The value of a key, or the default where there is none."""
        number = hash(key)
        return self._rows[number % SHARD_COUNT][number // SHARD_COUNT % SHARD_COUNT].get(key, default)

    def with_changes(
        self, values: Mapping[K, V] | Iterable[tuple[K, V]] = (), *, removed_keys: Iterable[K] = ()
    ) -> ShardedDict[K, V]:
        """A version without some keys, whether it had them or not, and then with other values for these."""
        new: ShardedDict[K, V] = ShardedDict.__new__(ShardedDict)
        new._rows = self._rows.copy()
        rows, old_rows = new._rows, self._rows

        def get_copy(key: K) -> dict[K, V]:
            number = hash(key)
            row, shard = number % SHARD_COUNT, number // SHARD_COUNT % SHARD_COUNT
            if rows[row] is old_rows[row]:
                rows[row] = rows[row].copy()
            if rows[row][shard] is old_rows[row][shard]:
                rows[row][shard] = rows[row][shard].copy()
            return rows[row][shard]

        for key in removed_keys:
            get_copy(key).pop(key, None)
        for key, value in values.items() if isinstance(values, Mapping) else values:
            get_copy(key)[key] = value
        return new


class SortedGroups(Mapping[K, tuple[T, ...]]):
    """The items that have each key, in their order; an item may have several keys, and may have one of them twice.

    The keys come in the order of the first item that has each. Long groups are kept in blocks.
    """

    __slots__ = ("_get_keys", "_get_place", "_groups")

    def __init__(
        self,
        groups: Mapping[K, tuple[T, ...]],
        get_keys: Callable[[T], Iterable[K]],
        get_place: Callable[[T], Any],
    ) -> None:
        """Take groups as they are; what keys an item has, and by what items are sorted, tell the two functions."""
        self._get_keys, self._get_place = get_keys, get_place
        packed = ((key, self._pack(SortedBlocks.from_sorted(group, get_place))) for key, group in groups.items())
        self._groups: ShardedDict[K, tuple[T, ...] | SortedBlocks[T]] = ShardedDict(packed)

    def _pack(self, group: SortedBlocks[T]) -> tuple[T, ...] | SortedBlocks[T]:
        return group if len(group) > BLOCK_SIZE else group.to_tuple()

    def __len__(self) -> int:
        return len(self._groups)

    def __iter__(self) -> Iterator[K]:
        return iter(sorted(self._groups, key=self._find_first_place))

    def _find_first_place(self, key: K) -> tuple[Any, int]:
        first = next(iter(self._groups[key]))
        return self._get_place(first), [*self._get_keys(first)].index(key)

    def __getitem__(self, key: K) -> tuple[T, ...]:
        group = self._groups[key]
        return group.to_tuple() if isinstance(group, SortedBlocks) else group

    def __contains__(self, key: object) -> bool:
        return key in self._groups

    def with_changes(self, *, removed: Iterable[T] = (), added: Iterable[T] = ()) -> SortedGroups[K, T]:
        """A version without some items, with all that have their places in the same groups, and then with others."""
        changes: dict[K, tuple[list[Any], list[T]]] = {}
        for item in removed:
            for key in self._get_keys(item):
                changes.setdefault(key, ([], []))[0].append(self._get_place(item))
        for item in added:
            for key in dict.fromkeys(self._get_keys(item)):
                changes.setdefault(key, ([], []))[1].append(item)
        values: dict[K, tuple[T, ...] | SortedBlocks[T]] = {}
        for key, (places, arriving) in changes.items():
            held = self._groups.get(key, ())
            blocks = held if isinstance(held, SortedBlocks) else SortedBlocks.from_sorted(held, self._get_place)
            values[key] = self._pack(blocks.with_changes(removed_keys=places, added=arriving))
        new: SortedGroups[K, T] = SortedGroups.__new__(SortedGroups)
        new._get_keys, new._get_place = self._get_keys, self._get_place
        filled = {key: group for key, group in values.items() if group}
        new._groups = self._groups.with_changes(filled, removed_keys=values.keys() - filled.keys())
        return new
