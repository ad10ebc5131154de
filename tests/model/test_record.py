"""Tests of `model.record`: every record is one, and which carry where they come from."""

import untoc_network as un
from untoc_network.model.register import COLLECTIONS


def test_every_record_of_a_register_is_a_record_and_all_but_sources_say_where_they_come_from():
    assert all(issubclass(cls, un.Record) for cls in COLLECTIONS.values())
    assert {cls for cls in COLLECTIONS.values() if not issubclass(cls, un.SourcedRecord)} == {un.Source}
    assert all(isinstance(record, un.Record) for record in un.example())
