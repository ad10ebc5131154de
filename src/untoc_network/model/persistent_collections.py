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

__all__ = ["BLOCK_SIZE", "SHARD_COUNT", "ShardedDict", "SortedBlocks"]

K = TypeVar("K")
T = TypeVar("T")
V = TypeVar("V")

BLOCK_SIZE = 512
"""How many items a block has at first: of 100,000, one block and the list of all blocks cost about the same to copy."""

SHARD_COUNT = 1024
"""Into how many small mappings the keys of a mapping are spread: a power of two."""


class SortedBlocks(Collection[T], Generic[T]):
    """Items in the order of a key, those of equal keys in the order in which they came; without a key, in their own.

    Positions, slices and membership are found by bisection.
    """

    __slots__ = ("_blocks", "_key", "_starts", "_tuple")

    def __init__(self, items: Iterable[T] = (), key: Callable[[T], Any] | None = None) -> None:
        self._tuple: tuple[T, ...] | None = tuple(sorted(items, key=key))  # type: ignore[type-var, arg-type]
        self._blocks = _cut_into_blocks(self._tuple, BLOCK_SIZE)
        self._key: Any = key
        self._starts: tuple[int, ...] | None = None

    def _with_blocks(self, blocks: Iterable[tuple[T, ...]]) -> SortedBlocks[T]:
        new: SortedBlocks[T] = object.__new__(SortedBlocks)
        new._blocks, new._key, new._starts, new._tuple = tuple(blocks), self._key, None, None
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
        found: tuple[T, ...] = ()
        for number in self._find_blocks_with(key):
            block = self._blocks[number]
            found += block[bisect_left(block, key, key=self._key) : bisect_right(block, key, key=self._key)]
        return found

    def with_changes(self, *, removed_keys: Iterable[Any] = (), added: Iterable[T] = ()) -> SortedBlocks[T]:
        """A version without the items of some keys, and then with further items, each behind those of its key."""
        if not self._blocks:
            return SortedBlocks(added, self._key)
        opened: dict[int, list[T]] = {}
        for key in removed_keys:
            for number in self._find_blocks_with(key):
                items = opened.setdefault(number, list(self._blocks[number]))
                del items[bisect_left(items, key, key=self._key) : bisect_right(items, key, key=self._key)]
        for item in added:
            # The borders are those of the old blocks: what came or went since lies within them.
            number = min(self._find_block_behind(item), len(self._blocks) - 1)
            insort_right(opened.setdefault(number, list(self._blocks[number])), item, key=self._key)
        blocks = list(self._blocks)
        for number in sorted(opened, reverse=True):
            items, end = opened[number], number + 1
            if len(items) < BLOCK_SIZE // 4 and end < len(blocks):  # so that blocks do not crumble
                items, end = [*items, *blocks[end]], end + 1
            blocks[number:end] = _cut_into_blocks(tuple(items), 2 * BLOCK_SIZE)
        return self._with_blocks(blocks)

    def _find_block(self, key: Any) -> int:
        """The number of the first block with this key or a greater one."""
        return bisect_left(self._blocks, key, key=self._get_last_key)

    def _find_block_behind(self, item: Any) -> int:
        """The number of the first block that has a greater key than an item somewhere."""
        return bisect_right(self._blocks, self._key(item) if self._key else item, key=self._get_last_key)

    def _find_blocks_with(self, key: Any) -> Iterator[int]:
        """The numbers of the blocks that may hold items of this key, which can lie on both sides of a border."""
        for number in range(first := self._find_block(key), len(self._blocks)):
            if number > first and self._get_first_key(self._blocks[number]) != key:
                return
            yield number

    def _get_first_key(self, block: Sequence[T]) -> Any:
        return self._key(block[0]) if self._key else block[0]

    def _get_last_key(self, block: Sequence[T]) -> Any:
        return self._key(block[-1]) if self._key else block[-1]


def _cut_into_blocks(items: tuple[T, ...], longest: int) -> tuple[tuple[T, ...], ...]:
    """Items in blocks of about the usual size; those that are no more than `longest` stay together."""
    if len(items) <= longest:
        return (items,) if items else ()
    size = -(-len(items) // -(-len(items) // BLOCK_SIZE))
    return tuple(items[start : start + size] for start in range(0, len(items), size))


class ShardedDict(Mapping[K, V]):
    """A mapping whose keys are spread over shards by their hash, so that it has no order to rely on."""

    __slots__ = ("_shards",)

    def __init__(self, items: Mapping[K, V] | Iterable[tuple[K, V]] = ()) -> None:
        shards: list[dict[K, V]] = [{} for _ in range(SHARD_COUNT)]
        for key, value in items.items() if isinstance(items, Mapping) else items:
            shards[hash(key) % SHARD_COUNT][key] = value
        self._shards = shards

    def __reduce__(self) -> tuple[Any, ...]:
        return ShardedDict, (dict(self),)  # since another process gives texts other hashes

    def __len__(self) -> int:
        return sum(map(len, self._shards))

    def __iter__(self) -> Iterator[K]:
        return itertools.chain.from_iterable(self._shards)

    def __getitem__(self, key: K) -> V:
        return self._shards[hash(key) % SHARD_COUNT][key]

    def __contains__(self, key: object) -> bool:
        return key in self._shards[hash(key) % SHARD_COUNT]

    def get(self, key: K, default: Any = None) -> Any:  # not the slow one of `Mapping`
        """The value of a key, or the default where there is none."""
        return self._shards[hash(key) % SHARD_COUNT].get(key, default)

    def with_changes(
        self, values: Mapping[K, V] | Iterable[tuple[K, V]] = (), *, removed_keys: Iterable[K] = ()
    ) -> ShardedDict[K, V]:
        """A version without some keys, whether it had them or not, and then with other values for these."""
        shards, copied = self._shards.copy(), set[int]()

        def get_copy(key: K) -> dict[K, V]:
            number = hash(key) % SHARD_COUNT
            if number not in copied:
                copied.add(number)
                shards[number] = shards[number].copy()
            return shards[number]

        for key in removed_keys:
            get_copy(key).pop(key, None)
        for key, value in values.items() if isinstance(values, Mapping) else values:
            get_copy(key)[key] = value
        new: ShardedDict[K, V] = object.__new__(ShardedDict)
        new._shards = shards
        return new
