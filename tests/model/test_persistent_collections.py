"""Persistent collections: what sorted lists and dicts do, at the cost of the change, and no old version changes."""

import itertools
import operator
import pickle

import pytest
from hypothesis import given, strategies as st

from untoc_network.model import persistent_collections
from untoc_network.model.persistent_collections import BLOCK_SIZE, SHARD_COUNT, ShardedDict, SortedBlocks

get_key = operator.itemgetter(0)
NUMBERS = st.integers(0, 40)
ITEMS = st.lists(st.tuples(NUMBERS, st.text("ab", max_size=2)), max_size=60)
CHANGES = st.lists(st.tuples(st.lists(NUMBERS, max_size=30), ITEMS), max_size=6)


@pytest.fixture(scope="module", autouse=True)
def _small_blocks_and_few_shards():
    """So that a few items are many blocks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(persistent_collections, "BLOCK_SIZE", 8)
        patch.setattr(persistent_collections, "SHARD_COUNT", 3)
        yield


def has_sound_blocks(blocks):
    sizes = [len(block) for block in blocks._blocks]
    return all(0 < size <= 16 for size in sizes)


@given(items=ITEMS, changes=CHANGES)
def test_sorted_blocks_with_changes_are_the_sorted_list_with_them(items, changes):
    blocks, plain = SortedBlocks(items, get_key), sorted(items, key=get_key)
    versions = [(blocks, plain)]
    for removed, added in changes:
        blocks = blocks.with_changes(removed_keys=removed, added=added)
        plain = sorted([one for one in plain if one[0] not in removed] + added, key=get_key)
        versions.append((blocks, plain))
    for version, expected in versions:
        assert list(version) == list(version.to_tuple()) == expected
        assert version.to_tuple() is version.to_tuple()
        assert len(version) == len(expected)
        assert has_sound_blocks(version)


@given(items=ITEMS, changes=CHANGES, key=NUMBERS, places=st.slices(70))
def test_sorted_blocks_find_by_key_and_by_position_what_a_list_has_there(items, changes, key, places):
    blocks = SortedBlocks(items, get_key)
    for removed, added in changes:
        blocks = blocks.with_changes(removed_keys=removed, added=added)
    plain = list(blocks)
    assert blocks.find(key) == tuple(one for one in plain if one[0] == key)
    assert blocks.position(key) == sum(one[0] < key for one in plain)
    assert list(blocks.iterate_from(key)) == [one for one in plain if one[0] >= key]
    assert blocks[places] == tuple(plain[places])
    assert [blocks[place] for place in range(-len(plain), len(plain))] == [*plain, *plain]
    assert all(one in blocks for one in plain)
    assert (key, "c") not in blocks
    with pytest.raises(IndexError):
        blocks[len(plain)]


@given(st.lists(NUMBERS), NUMBERS)
def test_without_a_key_items_are_their_own(items, one):
    blocks = SortedBlocks(items)
    assert list(blocks) == sorted(items)
    assert (one in blocks) == (one in items)
    assert list(blocks.with_changes(removed_keys=[one])) == [item for item in sorted(items) if item != one]
    assert blocks.find(one) == (one,) * items.count(one)


def test_many_removals_leave_no_crumbs():
    blocks = SortedBlocks(range(400))
    for number in range(400):
        if number % 16:
            blocks = blocks.with_changes(removed_keys=[number])
    assert list(blocks) == list(range(0, 400, 16))
    assert len(blocks._blocks) <= 13


@given(st.dictionaries(NUMBERS, NUMBERS), st.lists(st.tuples(st.lists(NUMBERS), st.dictionaries(NUMBERS, NUMBERS))))
def test_a_sharded_dict_with_changes_is_the_dict_with_them(items, changes):
    sharded, plain = ShardedDict(items), items
    versions = [(sharded, plain)]
    for removed, values in changes:
        sharded = sharded.with_changes(values, removed_keys=removed)
        plain = {key: value for key, value in plain.items() if key not in removed} | values
        versions.append((sharded, plain))
    for version, expected in versions:
        assert version == expected
        assert len(version) == len(expected)
        assert sorted(version) == sorted(expected)
        for key in range(41):
            assert (key in version) == (key in expected)
            assert version.get(key) == expected.get(key)
            assert version.get(key, "none") == expected.get(key, "none")
            if key in expected:
                assert version[key] == expected[key]
            else:
                with pytest.raises(KeyError):
                    version[key]


def test_pairs_are_taken_as_well_as_a_mapping():
    assert ShardedDict([("a", 1)]) == ShardedDict({"a": 1}) == ShardedDict().with_changes([("a", 1)])


def test_both_pickle_also_for_a_process_with_other_hashes(monkeypatch):
    assert list(pickle.loads(pickle.dumps(SortedBlocks([2, 1])))) == [1, 2]
    pickled = pickle.dumps(ShardedDict(zip(range(99), range(99), strict=True)))
    monkeypatch.setattr(persistent_collections, "SHARD_COUNT", 2)
    assert pickle.loads(pickled)[98] == 98


def test_a_change_copies_what_it_touches_and_shares_all_else(monkeypatch):
    monkeypatch.setattr(persistent_collections, "BLOCK_SIZE", BLOCK_SIZE)
    monkeypatch.setattr(persistent_collections, "SHARD_COUNT", SHARD_COUNT)
    numbers = range(0, 40_000, 2)
    blocks, sharded = SortedBlocks(numbers), ShardedDict(zip(numbers, numbers, strict=True))
    changed = blocks.with_changes(removed_keys=[200], added=[201, 30_001])
    assert count_new(blocks._blocks, changed._blocks) == 2
    changed = sharded.with_changes({7: 7}, removed_keys=[200])
    assert count_new(itertools.chain(*sharded._rows), itertools.chain(*changed._rows)) == 2


def count_new(old, new):
    shared = set(map(id, old))
    return sum(id(one) not in shared for one in new)
