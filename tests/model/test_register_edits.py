"""Edits of a register: in any sequence they give what a register built anew has, and touch no more than they change."""

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from operator import attrgetter

import attrs
import pytest
from hypothesis import given, strategies as st
from tests.builders import event, membership, network, organization, person
from tests.profiles import tries

import untoc_network as un
from untoc_network.model import persistent_collections
from untoc_network.model.register import COLLECTIONS, SIDE_TABLES, Redirect, Register, list_references
from untoc_network.testing import invented_register
from untoc_network.values.sources_and_claims import Citation

GROUPS = ("memberships_by_network", "memberships_by_organization", "statements_by_event", "reviews_by_country")
INDEXES = ("by_id", "redirected", "referrers", "referring_records", "parties_by_country", *GROUPS)

# -- what is drawn -----------------------------------------------------------------------------------------------------

IDS = st.sampled_from([f"id-{letter}" for letter in "abcdefgh"])
TEXT = un.Text(en="s")
SOME = st.lists(IDS, max_size=2)
COUNTRIES = st.sampled_from(["XA", "XB"])


def citations(names):
    return tuple(Citation(source_id=name) for name in names)


RECORDS = st.one_of(
    st.builds(lambda key, body, said: organization(key, parent_id=body, sources=citations(said)), IDS, IDS, SOME),
    st.builds(lambda key, said: person(key, sources=citations(said)), IDS, SOME),
    st.builds(lambda key, names: network(key, coordinator_ids=tuple(names)), IDS, SOME),
    st.builds(lambda key, body, at: membership(body, key, at), IDS, IDS, IDS),
    st.builds(event, IDS),
    st.builds(lambda key, at, by: un.Statement(id=key, event_id=at, speaker_id=by, summary=TEXT), IDS, IDS, IDS),
    st.builds(lambda key, country: un.CountryReview(id=key, country=country), IDS, COUNTRIES),
    st.builds(lambda key, country: un.Party(id=key, country=country), IDS, COUNTRIES),
)
REDIRECTS = st.lists(st.builds(lambda old, new: Redirect(old_id=old, new_id=new), IDS, IDS), max_size=3)
EDITS = st.tuples(st.lists(RECORDS, max_size=5), SOME, st.none() | REDIRECTS, st.sets(st.sampled_from(INDEXES)))


def edit(register, arriving, going, redirects):
    """A step that the register takes, made of what is drawn; and the register that it leads to, built anew."""
    redirects = register.redirects if redirects is None else tuple(redirects)
    old_ids = {one.old_id for one in redirects} & {one.old_id for one in register.redirects}
    several = [record.id for record in register]
    replaced, added = {}, {}
    for record in {one.id: one for one in arriving}.values():
        if type(register.by_id.get(record.id)) is type(record):
            replaced[record.id] = record
        elif record.id not in old_ids and (record.id not in register.by_id or several.count(record.id) == 1):
            added[record.id] = record
    removed = {*going, *added} & set(register.by_id) - set(replaced)
    leaving = {(type(register.by_id[record_id]), record_id) for record_id in removed | set(replaced)}
    staying = [record for record in register if (type(record), record.id) not in leaving]
    lists = {name: [] for name in COLLECTIONS}
    for record in (*staying, *added.values(), *replaced.values()):
        lists[next(name for name, cls in COLLECTIONS.items() if cls is type(record))].append(record)
    step = {"added": added.values(), "replaced": replaced.values(), "removed": removed, "redirects": redirects}
    return step, Register(**lists, redirects=redirects)


def assert_same(register, expected):
    assert len(register) == len(expected)
    assert list(register) == list(expected)
    assert dict(register.by_id) == expected.by_id
    assert list(register.by_id) == list(expected.by_id)
    for name in INDEXES:
        assert dict(getattr(register, name)) == dict(getattr(expected, name)), name
        assert len(getattr(register, name)) == len(getattr(expected, name)), name
    if len(register.by_id) == len(register):  # records of one id and kind have no order of their own
        for name in INDEXES:
            assert list(getattr(register, name)) == list(getattr(expected, name)), name
    assert register.references == expected.references
    assert register.named == expected.named
    for name in (*COLLECTIONS, *SIDE_TABLES):
        assert getattr(register, name) == getattr(expected, name)
        assert type(getattr(register, name)) is tuple
    assert register == expected
    assert hash(register) == hash(expected)
    assert repr(register) == repr(expected)


# -- the law -----------------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True, scope="module")
def _small_blocks():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(persistent_collections, "BLOCK_SIZE", 2)
        yield


@pytest.mark.unmeasured
@tries(300)
@given(st.lists(RECORDS, max_size=12), REDIRECTS, st.lists(EDITS, max_size=5))
def test_after_any_edits_a_register_is_as_if_it_were_built_anew(records, redirects, edits):
    lists = {name: tuple(one for one in records if type(one) is cls) for name, cls in COLLECTIONS.items()}
    register = Register(**lists, redirects=redirects)
    versions = [(register, Register(**lists, redirects=redirects))]
    for arriving, going, others, asked in edits:
        for name in asked:
            getattr(register, name)
        step, expected = edit(register, arriving, going, others)
        before = register
        register, changes = register.with_changes(**step)
        assert {(one.kind.value, one.id) for one in changes} == {
            *(("added", record.id) for record in step["added"]),
            *(("replaced", record.id) for record in step["replaced"]),
            *(("removed", record_id) for record_id in step["removed"]),
        }
        assert register is before or changes or step["redirects"] != before.redirects
        versions.append((register, expected))
    for version, expected in versions:
        assert_same(version, expected)


@given(st.lists(RECORDS, min_size=1, max_size=6))
def test_an_edited_register_is_copied_pickled_and_evolved_by_value(records):
    lists = {name: tuple(one for one in records if type(one) is cls) for name, cls in COLLECTIONS.items()}
    edited, _ = Register(**lists).with_changes(redirects=[Redirect(old_id="old", new_id=records[0].id)])
    edited, _ = edited.with_replaced(edited.by_id[records[0].id])
    for make in (copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one)), attrs.evolve):
        again = make(edited)
        assert_same(again, edited)
        assert again["old"] == edited["old"]


# -- what it costs -----------------------------------------------------------------------------------------------------


def count_new_parts(old, new):
    """How many blocks and shards of a register are not those of the one before, in its collections and indexes."""
    before, after = ([*iterate_parts(register)] for register in (old, new))
    shared = set(map(id, before))
    return sum(id(part) not in shared for part in after), len(after)


def iterate_parts(register):
    held = [*register._blocks.values(), register.by_id]
    for name in ("referring_records", *GROUPS):
        groups = getattr(getattr(register, name), "_groups", {})  # a dict until an edit touches it
        held += [groups, *(group for group in groups.values() if hasattr(group, "_blocks"))]
    for one in held:
        yield from getattr(one, "_blocks", ()) or (shard for row in getattr(one, "_rows", ()) for shard in row)


def test_replacing_one_record_of_twenty_thousand_touches_a_bounded_number_of_blocks(monkeypatch):
    monkeypatch.setattr(persistent_collections, "BLOCK_SIZE", 512)
    register = invented_register(6_400)  # one network of all organizations, and a source that all records cite
    assert len(register) > 20_000
    for name in ("referring_records", *GROUPS):
        getattr(register, name)
    first, _ = register.with_changes(replaced=[record[0] for record in (register.organizations, register.memberships)])
    for record, most in (
        (first.organizations[3_000], 5),
        (first.persons[3_000], 5),
        (first.memberships[3_000], 14),
        (first.networks[0], 5),
    ):
        new, _ = first.with_replaced(attrs.evolve(record, accepted=()))
        touched, parts = count_new_parts(first, new)
        assert 0 < touched <= most
        assert parts > 4_000


def test_what_an_edit_does_not_touch_is_the_same_object():
    old = Register(organizations=(organization("a"), organization("b")), persons=(person("c"),))
    old, _ = old.with_replaced(person("c"))
    persons, redirected = old.persons, old.redirected
    new, _ = old.with_replaced(organization("a"))
    assert new.persons is persons
    assert new.redirected is redirected
    assert new.organizations[1] is old.organizations[1]


def test_a_register_that_is_edited_again_and_again_prepares_its_indexes_once():
    register = Register(networks=(network(),), organizations=(organization("a"),), memberships=(membership("a"),))
    assert register.memberships_by_network == {"network": register.memberships}
    versions = [register.with_replaced(organization("a"), membership("a"))[0] for _ in range(2)]
    assert versions[0] == versions[1] == register
    for index in (attrgetter("by_id._rows"), attrgetter("memberships_by_network._groups._rows")):
        shared = set(map(id, index(versions[0]))).intersection(map(id, index(versions[1])))
        assert len(shared) >= len(index(versions[0])) - 2


# -- one step ----------------------------------------------------------------------------------------------------------


def test_adds_replacements_removals_and_tables_are_one_step():
    register = Register(title=un.Text(en="T"), organizations=(organization("a"), organization("b"), organization("c")))
    newer = organization("b", founded=un.PartialDate("1999"))
    new, changes = register.with_changes(
        added=[person("a")], replaced=[newer], removed=["a", "c", "a"], redirects=[Redirect(old_id="d", new_id="b")]
    )
    assert list(new) == [newer, person("a")]
    assert new["d"] == newer
    assert new.title == register.title
    assert [(change.kind.value, change.collection, change.id) for change in changes] == [
        ("added", "persons", "a"),
        ("replaced", "organizations", "b"),
        ("removed", "organizations", "a"),
        ("removed", "organizations", "c"),
    ]


def test_a_step_that_changes_nothing_gives_the_register_itself():
    register = Register(organizations=(organization(),), redirects=(Redirect(old_id="old", new_id="ngo"),))
    assert register.with_changes(redirects=list(register.redirects), lists=()) == (register, ())
    assert register.with_changes()[0] is register


def test_side_tables_are_taken_as_the_constructor_takes_them():
    register = Register(organizations=(organization(),))
    new, _ = register.with_changes(redirects=iter([{"old_id": "old", "new_id": "ngo"}]))
    assert new.redirects == (Redirect(old_id="old", new_id="ngo"),)
    with pytest.raises(un.ImpossibleValue, match=r"^Register.redirects\[0\]: expected "):
        register.with_changes(redirects=iter([organization()]))


def test_an_id_is_free_where_its_redirect_goes_in_the_same_step():
    register = Register(organizations=(organization(),), redirects=(Redirect(old_id="old", new_id="ngo"),))
    new, _ = register.with_changes(added=[organization("old")], redirects=())
    assert new["old"].id == "old"
    with pytest.raises(un.ImpossibleValue, match=r"^the id 'old' is taken; choose another, or replace the record$"):
        register.with_changes(added=[organization("old")], lists=())


@pytest.mark.parametrize(
    ("step", "problem"),
    [
        ({"replaced": [organization("a")], "removed": ["a"]}, "the record 'a' is to be replaced and removed"),
        (
            {"added": [organization("x")], "removed": ["x"]},
            "the id 'x' is taken; choose another, or replace the record",
        ),
        (
            {"redirects": [organization("a")]},
            "redirects[0]: expected a Redirect, got a value of type Organization",
        ),
    ],
    ids=["replaced and removed", "one of two goes", "no redirect"],
)
def test_an_impossible_step_is_refused(step, problem):
    register = Register(organizations=(organization("a"), organization("x")), persons=(person("x"),))
    with pytest.raises(un.ImpossibleValue) as refused:
        register.with_changes(**step)
    assert str(refused.value) == problem


def test_a_record_whose_id_is_no_text_is_refused():
    broken = organization()
    object.__setattr__(broken, "id", 3)
    for change in (Register().with_added, Register(organizations=(organization("a"),)).with_replaced):
        with pytest.raises(un.ImpossibleValue, match=r"^records\[0\]: the id of a record is not text$"):
            change(broken)


# -- one object, one record --------------------------------------------------------------------------------------------


def test_one_object_given_twice_is_told_like_two_equal_records():
    one, other = organization("a"), organization("a")
    same, equal = (Register(organizations=pair) for pair in ((one, one), (one, other)))
    assert same == equal
    assert same.organizations[0] is not same.organizations[1]
    reports = [un.validate(register) for register in (same, equal)]
    assert reports[0] == reports[1]
    assert "RF001" in {finding.code for finding in reports[0].findings}


def test_members_of_a_network_whose_id_another_record_has_too_are_found():
    register = Register(
        organizations=(organization("network"), organization("a")),
        networks=(network(),),
        memberships=(membership("a"),),
    )
    assert register.members("network") == (register["a"],)


def test_a_missing_attribute_is_told_as_of_any_object():
    with pytest.raises(AttributeError, match=r"^'Register' object has no attribute 'organisations'$") as missing:
        _ = Register().organisations
    assert (missing.value.name, type(missing.value.obj)) == ("organisations", Register)
    bare = object.__new__(Register)
    assert not hasattr(bare, "organizations")


def test_referrers_are_the_places_in_which_the_referring_records_name_an_id():
    twice = network(coordinator_ids=("a", "a"))
    register = Register(networks=(twice,), organizations=(organization("b", parent_id="a"),))
    assert register.referring_records == {"a": (register["b"], twice)}
    assert register.referrers["a"] == (*list_references(register["b"]), *list_references(twice))
    assert [*map(attrgetter("path"), register.referrers["a"])][1:] == [("coordinator_ids", 0), ("coordinator_ids", 1)]
    assert "a" in register.referrers
    assert "b" not in register.referrers


def test_threads_that_edit_and_ask_one_register_get_the_same():
    register = invented_register(40)
    one = attrs.evolve(register.organizations[7], founded="1999")

    def edit_and_ask(_):
        asked = [dict(register.memberships_by_network), dict(register.referring_records)]
        edited, _ = register.with_replaced(one)
        return asked, edited, dict(edited.memberships_by_network), edited.organizations, dict(edited.by_id)

    with ThreadPoolExecutor(8) as threads:
        first, *others = threads.map(edit_and_ask, range(16))
    assert all(other == first for other in others)
