"""From a file to a store and back without loss, whatever is in the register; changes to every part of it."""

import attrs
import pytest
from hypothesis import given
from tests.profiles import tries

import untoc_network as un
import untoc_network_store as kept
from untoc_network.testing import registers

ON = "2026-11-24"
FEES = un.Extension("coalition", un.Organization, {"fee": int})


@given(registers())
@tries(40)
def test_a_register_goes_into_a_store_and_comes_back_the_same(tmp_path_factory, register):
    file = tmp_path_factory.mktemp("store") / "register.db"
    kept.create(file, register).close()
    with kept.open(file) as store:
        assert un.dumps(store.register) == un.dumps(register)
        checked = store.check()
        assert checked.damaged == ()
        assert {(one.code, one.path) for one in un.validate(register)} <= {
            (one.code, one.path) for one in checked.report
        }


@given(registers(), registers())
@tries(20)
def test_any_register_becomes_any_other_and_others_catch_up(tmp_path_factory, one, other):
    file = tmp_path_factory.mktemp("store") / "register.db"
    with kept.create(file, one, rules=[]) as store, kept.open(file, rules=[]) as reader:
        assert reader.live.register == one
        store.commit(store.live.attempt_register(other))
        assert un.dumps(reader.live.register) == un.dumps(store.live.register) == un.dumps(other)
        assert reader.check().damaged == ()
    with kept.open(file) as again:
        assert un.dumps(again.register) == un.dumps(other)


def test_what_a_register_has_besides_records_is_changed_in_its_order(store, place):
    def redirect(number):
        return un.Redirect(old_id=f"old-{number}", new_id="asj-honduras")

    with kept.open(place, on=ON) as reader:
        for numbers in ((1, 2, 3), (1, 3), (1, 3, 4), (2, 4, 1), ()):
            register, _ = store.register.with_changes(redirects=map(redirect, numbers))
            store.commit(store.live.attempt_register(attrs.evolve(register, title={"en": f"Of {len(numbers)}"})))
            assert reader.live.register == store.register
            assert [one.old_id for one in reader.register.redirects] == [f"old-{number}" for number in numbers]
            assert reader.register.title["en"] == f"Of {len(numbers)}"
    assert [(entry.collection, entry.id) for entry in store.log(since=5)] == [("", "redirects"), ("", "register")]


def test_a_step_is_attempted_again_with_all_of_its_parts(store, place):
    with kept.open(place, on=ON) as other:
        register, _ = other.register.with_changes(redirects=[un.Redirect(old_id="old", new_id="asj-honduras")])
        step = other.live.attempt_register(attrs.evolve(register, language="es"))
        changed = attrs.evolve(store.register[un.Organization, "asj-honduras"], founded="1998")
        store.commit(store.live.attempt(replaced=[changed]))
        assert other.commit(step).revision == 3
        late = store.live.attempt_register(attrs.evolve(store.live.register, language="fr"))
    assert (store.register["old"].founded, store.register.language) == ("1998", "es")
    store.commit(late)
    with pytest.raises(kept.ChangedSince, match="somebody else has changed since: 'register'"):
        store.commit(late)


def test_a_record_may_become_one_of_another_kind(store, place):
    with kept.open(place, on=ON) as other:
        before = other.live
        new = un.Source(id="se4u-project", kind="web-page", title={"en": "A page"}, language="en")
        old = next(iter(before.register.projects))
        free = attrs.evolve(old, id="free-id")
        store.commit(store.live.attempt(added=[free]))
        assert other.live.register["free-id"] == free
        moved = attrs.evolve(new, id="free-id")
        store.commit(store.live.attempt(removed=["free-id"], added=[moved]))
        assert other.live.register["free-id"] == moved
        assert store.log()[-1].fields == ("",)


def test_own_fields_are_kept_and_read_by_type(tmp_path):
    text = b'{"schema_version": 1, "organizations": [{"id": "xa", "name": {"en": "X"}, "kind": "ngo", "extra": {"coalition": {"fee": 5}}}]}'
    register = un.loads(text, extensions=[FEES])
    with kept.create(tmp_path / "register.db", register) as store:
        assert store.live.register.extensions == (FEES,)
    with kept.open(tmp_path / "register.db", extensions=[FEES]) as store:
        assert store.register.organizations == register.organizations
        changed = attrs.evolve(store.register[un.Organization, "xa"], extra={"coalition": {"fee": 6}})
        store.commit(store.live.attempt(replaced=[changed]))
        assert store.log()[-1].fields == ("extra",)


def test_two_records_of_one_id_are_not_taken(tmp_path):
    one = un.Organization(id="xa", name={"en": "X"}, kind="ngo")
    other = un.Source(id="xa", kind="web-page", title={"en": "A page"}, language="en")
    with pytest.raises(kept.UnusableStore, match="two records have the id 'xa'"):
        kept.create(tmp_path / "register.db", un.Register(organizations=[one], sources=[other]))
    assert not (tmp_path / "register.db").exists()
    with kept.create(tmp_path / "register.db", un.Register(organizations=[one]), rules=[]) as store:
        twice = store.live.attempt_register(un.Register(organizations=[one], sources=[other]))
        with pytest.raises(kept.UnusableStore, match="two records have the id 'xa'"):
            store.commit(twice)
