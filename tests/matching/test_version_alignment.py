"""Two versions of a register: what differs, and how both are put together, whatever record they are of."""

import attrs
from hypothesis import given, strategies as st
from tests.profiles import tries

import untoc_network as un
from untoc_network.matching import diff, merge
from untoc_network.model.register import COLLECTIONS
from untoc_network.testing import objects


@st.composite
def versions(draw, number):
    """So many registers, each with a version of one record; each version has some fields of a second record."""
    name = draw(st.sampled_from(list(COLLECTIONS)))
    record, donor = draw(objects(COLLECTIONS[name])), draw(objects(COLLECTIONS[name]))
    fields = [field.name for field in attrs.fields(COLLECTIONS[name]) if field.name != "id"]
    made = [un.Register(**{name: (record,)})]
    for _ in range(number - 1):
        taken = draw(st.sets(st.sampled_from(fields), max_size=6))
        what = draw(st.sampled_from(["fields", "fields", "lists", "lists", "out", "both"]))
        new = attrs.evolve(record, **{field: _mixed(draw, record, donor, field, what) for field in taken})
        there = {"out": (), "both": (new, attrs.evolve(donor, id=f"{record.id}-2"))}.get(what, (new,))
        made.append(un.Register(**{name: there}))
    return made


def _mixed(draw, record, donor, field, what):
    """The field of the donor; where lists are mixed, the items of both in any order."""
    held, other = getattr(record, field), getattr(donor, field)
    if what == "lists" and isinstance(held, tuple):
        return tuple(draw(st.permutations([*held, *other])))
    return other


@given(versions(2))
@tries(30)
def test_a_difference_is_told_exactly_where_there_is_one(pair):
    one, other = pair
    assert diff(one, one) == ()
    assert bool(diff(one, other)) == (one != other)
    assert bool(diff(other, one)) == (one != other)


@given(versions(2))
@tries(30)
def test_what_one_side_did_is_done(pair):
    base, one = pair
    for merged in (merge(base, one, base), merge(base, base, one), merge(base, one, one)):
        assert merged.register == one
        assert merged.conflicts == ()
        assert merged.report.ok


@given(versions(3))
@tries(40)
def test_it_does_not_matter_which_side_is_ours(three):
    base, one, other = three
    there, back = merge(base, one, other), merge(base, other, one)
    assert {(c.rule.code, c.id) for c in there.conflicts} == {(c.rule.code, c.id) for c in back.conflicts}
    if not there.conflicts:
        assert there.register == back.register
    assert len(there.report) == len(there.conflicts)


@given(versions(3), st.data())
@tries(30)
def test_edits_of_different_fields_both_survive(three, data):
    base, one, other = three
    (record,) = base
    if len(one) != 1 or len(other) != 1:
        return
    mine, theirs = next(iter(one)), next(iter(other))
    names = [field.name for field in attrs.fields(type(record))]
    ours = data.draw(st.sets(st.sampled_from(names)))
    name = next(name for name, held in COLLECTIONS.items() if held is type(record))
    left = attrs.evolve(record, **{field: getattr(mine, field) for field in ours})
    right = attrs.evolve(record, **{field: getattr(theirs, field) for field in names if field not in ours})
    merged = merge(base, un.Register(**{name: (left,)}), un.Register(**{name: (right,)}))
    assert merged.conflicts == ()
    both = {field: getattr(mine if field in ours else theirs, field) for field in names}
    assert merged.register == un.Register(**{name: (attrs.evolve(record, **both),)})
