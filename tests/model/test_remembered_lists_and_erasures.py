"""What a register remembers besides its records goes through every form, and is in no view."""

import json

import pytest

import untoc_network as un

REMEMBERED = un.Register(
    distinct=(un.DistinctPair(one_id="a", other_id="b", on=un.PartialDate("2026-01-01"), by_id="office"),),
    erasures=(un.Erasure(record_id="person-1", on=un.PartialDate("2026-01-01"), salt="00ff", digests=("email:3f",)),),
    lists=(un.RememberedList(name="members", salt="00ff", headers=("aa",)),),
    list_rows=(un.RememberedRow(list_name="members", key="aa", record_id="a", said=("founded:3f",), sequence=2),),
)


@pytest.mark.parametrize("suffix", ["json", "yaml", "d", "ndjson", "csv.zip", "datapackage"])
def test_what_is_remembered_goes_through_every_form(tmp_path, suffix):
    path = tmp_path / f"register.{suffix}"
    un.dump(REMEMBERED, path)
    assert un.load(path) == REMEMBERED


@pytest.mark.parametrize("audience", list(un.Audience))
def test_what_is_remembered_is_in_no_view(audience):
    seen = un.privacy.view(REMEMBERED, audience, "2026-02-01").register
    assert json.loads(un.dumps(seen)) == {"schema_version": 1}


def test_merged_registers_remember_what_both_did():
    other = un.Register(lists=(un.RememberedList(name="feed", salt="00ff"),), distinct=REMEMBERED.distinct)
    together, changes = REMEMBERED.merged(other)
    assert (together.lists, together.distinct, changes) == (
        (*REMEMBERED.lists, *other.lists),
        REMEMBERED.distinct,
        (),
    )


def test_no_digest_or_key_stands_in_a_repr():
    assert repr(REMEMBERED.erasures[0]) == "Erasure(record_id='person-1', on=PartialDate('2026-01-01'))"
    assert repr(REMEMBERED.list_rows[0]) == "RememberedRow(list_name='members', record_id='a', sequence=2)"
