"""The view of some records: what the whole view has of them, byte for byte, and nothing of any other."""

import attrs
import pytest
from hypothesis import given, strategies as st
from tests.profiles import tries

import untoc_network as un
from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.model.register import COLLECTIONS
from untoc_network.privacy import view
from untoc_network.testing import plant_canaries, registers

from .test_view import AUDIENCES, DAY, FEW, body, exposing, person, tied


def written(register, record_id):
    """The records of an id as they are written."""
    return [un.dumps(un.Register().with_added(one)[0]) for one in register if one.id == record_id]


def told(seen):
    """What a view says besides records: all that could tell a hidden record from one that nobody has."""
    return seen.redactions, seen.counts(), dict(seen.origins), seen.to_check, seen.exposed, repr(seen), seen.to_dict()


@given(st.one_of(exposing(), tied()), st.sampled_from(AUDIENCES), st.data())
@FEW
def test_some_records_are_seen_as_in_the_whole_view(register, audience, data):
    whole = view(register, audience, DAY)
    ids = [*dict.fromkeys((*(one.id for one in whole.register), *(one.id for one in register)))]
    only = data.draw(st.lists(st.sampled_from(ids or ["x"]), max_size=4))
    some = view(register, audience, DAY, only=only)
    assert {one.id for one in some.register} == {*only} & {one.id for one in whole.register}
    for record_id in only:
        assert written(some.register, record_id) == written(whole.register, record_id)
    there = {one.id for one in some.register}
    kept = {"", *there, *(whole.origins[one] for one in there & whole.origins.keys())}
    assert some.redactions == tuple(one for one in whole.redactions if one.id in kept)
    assert some.to_check == tuple(one for one in whole.to_check if one[0] in kept)
    assert some.exposed == tuple(one for one in whole.exposed if one[0] in there)
    assert some.origins == {new: old for new, old in whole.origins.items() if new in there}
    assert attrs.evolve(some.register, **dict.fromkeys(COLLECTIONS, ())) == attrs.evolve(
        whole.register, **dict.fromkeys(COLLECTIONS, ()), redirects=()
    )


@given(exposing(), st.sampled_from(AUDIENCES))
@FEW
def test_a_hidden_id_and_one_that_nobody_has_are_answered_alike(register, audience):
    whole = view(register, audience, DAY).register
    nobody = view(register, audience, DAY, only=["nobody-has-this"])
    for record in register:
        if record.id not in whole.by_id:
            hidden = view(register, audience, DAY, only=[record.id])
            assert un.dumps(hidden.register) == un.dumps(nobody.register)
            assert told(hidden) == told(nobody)


@pytest.mark.unmeasured
@given(registers(), st.sampled_from(AUDIENCES))
@tries(4)
def test_no_planted_value_of_who_is_hidden_is_in_the_view_of_one_record(register, audience):
    planted, canaries = plant_canaries(register)
    shown = view(planted, audience, DAY).register
    hidden = {value for record_id, values in canaries.items() if record_id not in shown.by_id for value in values}
    for record in planted:
        seen = view(planted, audience, DAY, only=[record.id])
        text = un.dumps(seen.register).decode() + repr(told(seen))
        assert [value for value in hidden if value in text] == []


def test_an_id_that_names_somebody_is_answered_as_one_that_nobody_has_and_the_one_in_its_place_is():
    register = un.Register(persons=(person(),), organizations=(body("of-ana-ejemplo"),))
    ((new, old),) = view(register, "public", DAY).origins.items()
    assert old == "of-ana-ejemplo"
    assert len(view(register, "public", DAY, only=[old]).register) == 0
    shown = view(register, "public", DAY, only=[new])
    assert [one.id for one in shown.register] == [new]
    assert shown.origins == {new: old}


def test_an_old_id_leads_to_the_record_that_took_its_place():
    redirects = tuple(un.Redirect(old_id=old, new_id=new) for old, new in (("a", "b"), ("b", "c"), ("x", "y")))
    register = un.Register(organizations=(body("c"), body("y")), redirects=redirects)
    some = view(register, "public", DAY, only=["a"]).register
    assert some["a"] == register["c"]
    assert some == attrs.evolve(register, organizations=(body("c"),), redirects=redirects[:2])
    circle = attrs.evolve(register, redirects=(*redirects, un.Redirect(old_id="c", new_id="a")))
    assert [one.id for one in view(circle, "public", DAY, only=["a"]).register] == ["c"]


@pytest.mark.parametrize("only", ["refuge", [1], [["refuge"]], iter([1])])
def test_what_is_no_collection_of_ids_is_refused(only):
    with pytest.raises(ImpossibleValue, match=r"^only(\[0\])?: expected (several|text|ids)"):
        view(un.Register(), "public", DAY, only=only)
