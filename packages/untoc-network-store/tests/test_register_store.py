"""A register in a database: read again as it was, changed on the newest revision, caught up with."""

from pathlib import Path

import attrs
import pytest

import untoc_network as un
import untoc_network_store as kept

ON = "2026-11-24"
NGO = "asj-honduras"


def with_founded(register, year, of=NGO):
    return attrs.evolve(register[un.Organization, of], founded=year)


def test_a_register_comes_back_as_it_was(store):
    assert un.dumps(store.register) == un.dumps(un.example())
    assert store.live.report == un.validate(un.example(), on=ON)
    assert store.revision == 1


def test_a_change_is_written_and_others_catch_up(store, place):
    with kept.open(place, on=ON) as other:
        before = other.live
        step = store.live.attempt(replaced=[with_founded(store.register, "1998")])
        done = store.commit(step, by="xa-office", at="2026-11-24T10:00Z")
        assert done == kept.Committed(revision=2, step=step)
        assert before.register[NGO].founded != "1998"
        assert other.live.register == store.live.register
        assert other.live.register[NGO].founded == "1998"
        (entry,) = other.log()
    assert (entry.revision, entry.at, entry.by, entry.id) == (2, "2026-11-24T10:00Z", "xa-office", NGO)
    assert (entry.action, entry.collection, entry.fields) == ("replaced", "organizations", ("founded",))
    assert entry.values == {"founded": [None, "1998"]}
    assert entry.digest_after == un.digest(store.register[NGO])


def test_what_somebody_else_changed_is_not_changed_again(store, place):
    with kept.open(place, on=ON) as other:
        one = store.live.attempt(replaced=[with_founded(store.register, "1998")])
        two = other.live.attempt(replaced=[with_founded(other.register, "1999")])
        store.commit(one)
        with pytest.raises(kept.ChangedSince) as refused:
            other.commit(two)
    (conflict,) = refused.value.conflicts
    assert (conflict.id, conflict.wanted.founded, conflict.stored.founded) == (NGO, "1999", "1998")
    assert str(refused.value) == "somebody else has changed since: 'asj-honduras'"
    assert store.revision == 2


def test_a_digest_that_is_expected_must_be_that_of_the_record(store):
    step = store.live.attempt(replaced=[with_founded(store.register, "1998")])
    with pytest.raises(kept.ChangedSince):
        store.commit(step, expected={NGO: "0" * 64})
    with pytest.raises(kept.ChangedSince):
        store.commit(step, expected={NGO: None})
    store.commit(step, expected={NGO: un.digest(un.example()[NGO]), "nobody": None})


def test_errors_that_a_change_brings_are_refused(store):
    lost = un.Membership(id="m-lost", organization_id="nowhere", network_id="americas-network")
    with pytest.raises(kept.IntroducesErrors, match="the change would bring errors: RF002 of 'm-lost'") as refused:
        store.commit(store.live.attempt(added=[lost]))
    assert refused.value.report.errors[0].code == "RF002"
    assert store.revision == 1


def test_a_person_is_erased_from_register_log_and_files(store, place):
    person = store.register.persons[0]
    named = attrs.evolve(person, name="Ximena Quetzalli", notes=[un.Note(text="Ximena Quetzalli, passport QX-5583021")])
    store.commit(store.live.attempt(replaced=[named]), by=person.id)
    done = store.erase(person.id, by="xa-office", on=ON)
    assert done.bytes_cleared
    assert store.log()[-1].action == "erased"
    held = b"".join(path.read_bytes() for path in place.parent.iterdir()) if isinstance(place, Path) else b""
    assert b"Quetzalli" not in held
    assert b"5583021" not in held
    with kept.open(place, on=ON) as other:
        assert other.register == store.register == un.privacy.erase(other.register, done.tombstone_id, on=ON).register
