"""What a record holds, collected by code that is written for its class."""

import pytest
from hypothesis import given, strategies as st
from tests.profiles import tries

import untoc_network as un
from untoc_network.model.register import COLLECTIONS, REFERENTS
from untoc_network.model.traversal import can_hold, collect_by_type, collect_values, locate_values
from untoc_network.testing import objects

WANTED = (*REFERENTS, un.Url, un.Text)


@given(st.sampled_from([*COLLECTIONS.values()]).flatmap(lambda cls: st.lists(objects(cls), max_size=3)))
@tries(60)
def test_what_is_collected_by_type_is_what_each_type_is_located_by(records):
    for cls in {type(record) for record in records}:
        found = collect_by_type(records, cls, WANTED)
        for kind, values in zip(WANTED, found, strict=True):
            located = [value for record in records for _, value in locate_values(record, kind)]
            assert values == located == collect_values(records, cls, kind)
            assert not located or can_hold(cls, kind)


@pytest.mark.parametrize("name", COLLECTIONS)
def test_of_no_records_nothing_is_collected(name):
    assert collect_by_type((), COLLECTIONS[name], WANTED) == [[] for _ in WANTED]
