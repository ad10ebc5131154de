"""A register in a database: read again as it was, changed on the newest revision, caught up with."""

import datetime as dt
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


def test_another_day_is_judged_on_when_it_is_set(store):
    assert store.live.on == ON
    later = store.judge_on("2030-01-01")
    assert (later.on, later.report) == ("2030-01-01", un.validate(un.example(), on="2030-01-01"))
    assert store.judge_on("2030-01-01") is later
    assert store.judge_on(None).on is None
    step = store.live.attempt(replaced=[with_founded(store.register, "1998")])
    assert store.commit(step).step.live.on is None
    assert store.live.on is None


def test_a_day_that_is_set_before_anything_is_read_holds(place):
    with kept.create(place, un.example()) as store:
        assert store.judge_on(ON).on == ON
        assert store.judge_on(ON).on == ON
        with pytest.raises(un.ImpossibleValue):
            store.judge_on("2030")


def test_what_is_older_than_what_is_known_is_not_kept(store):
    known = store.live, store._known
    step = store.live.attempt(replaced=[with_founded(store.register, "1998")])
    store.commit(step)
    assert store._publish(known[1]) is store.live is not known[0]


def test_a_change_of_nothing_is_no_revision(store):
    organization = store.register[NGO]
    step = store.live.attempt(replaced=[attrs.evolve(organization)])
    assert store.commit(step).revision == 1
    assert store.log() == ()


@pytest.mark.parametrize("by", ["Ana Quetzalli", "ana@example.org", 7, ""])
def test_who_made_a_change_is_an_id(store, by):
    step = store.live.attempt(replaced=[with_founded(store.register, "1998")])
    with pytest.raises(un.ImpossibleValue, match="by: expected the id of who made the change"):
        store.commit(step, by=by)


def test_when_a_change_was_made_is_a_moment(store):
    step = store.live.attempt(replaced=[with_founded(store.register, "1998")])
    for none in ("2026-11-24", "today", 7, dt.datetime(2026, 11, 24, 10)):
        with pytest.raises(un.ImpossibleValue, match="a moment "):
            store.commit(step, at=none)
    store.commit(step, at=dt.datetime(2026, 11, 24, 10, 0, 0, 5, tzinfo=dt.UTC))
    assert store.log()[0].at == "2026-11-24T10:00:00+00:00"


def test_the_log_has_no_free_text_and_nothing_of_a_person(place):
    with kept.create(place, un.example(), rules=[]) as store:
        person, organization = store.register.persons[0], store.register[un.Organization, NGO]
        changes = {"kind": "ngo-network", "name": {"en": "Quetzalli"}, "languages": ["es"], "at_risk": True}
        other = attrs.evolve(organization, seat=un.Place(country="PA", city="Quetzalli"), **changes)
        step = store.live.attempt(replaced=[attrs.evolve(person, name="Quetzalli", gender="Quetzalli"), other])
        store.commit(step)
        of_organization, of_person = sorted(store.log(), key=lambda entry: entry.collection)
        assert "Quetzalli" not in repr(store.log())
    assert of_person.fields == ("name", "gender")
    assert of_person.values == {}
    assert set(of_organization.fields) >= {"kind", "name.en", "seat.country", "seat.city", "languages", "at_risk"}
    assert of_organization.values == {
        "kind": ["ngo", "ngo-network"],
        "seat.country": ["HN", "PA"],
        "languages": [[], ["es"]],
    }


def test_an_older_copy_puts_no_withdrawn_consent_into_force(tmp_path):
    given = un.Consent(purpose="publication", audience="public", basis="form", given="2024-01-05")
    older = un.Register(persons=[un.Person(id="ana", name="Ana Ejemplo", consents=[given])])
    ended = attrs.evolve(older.persons[0], consents=[attrs.evolve(given, withdrawn="2024-05-06")])
    renewed = attrs.evolve(ended, consents=[*ended.consents, attrs.evolve(given, given="2024-06-07")])
    with kept.create(tmp_path / "register.db", older) as store:
        store.load(older)  # nothing was withdrawn yet
        store.commit(store.live.attempt(replaced=[ended]))
        with pytest.raises(kept.ChangedSince, match="^somebody else has changed since: 'ana'$") as refused:
            store.load(older)
        (conflict,) = refused.value.conflicts
        assert (conflict.before, conflict.wanted, conflict.stored) == (None, older.persons[0], ended)
        assert store.load(un.Register(persons=[renewed])).step.live.register[un.Person, "ana"] == renewed
        assert store.load(older, revision=store.revision).revision == store.revision  # said to be made from the newest
