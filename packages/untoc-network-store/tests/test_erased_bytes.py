"""What is erased is in no file of the store, no log and no index; what could not be overwritten yet is remembered."""

import attrs
import pytest
from hypothesis import given, strategies as st
from tests.profiles import tries

import untoc_network as un
import untoc_network_store as kept
from untoc_network.privacy.register_texts import iterate_texts
from untoc_network.testing import plant_canaries, registers
from untoc_network_store.database import Database

ON = "2026-11-24"
ANA = un.Person(id="ana-quetzalli", name="Ana Quetzalli", notes=[un.Note(text="Ana Quetzalli, passport QX5583021")])
HOUSE = un.Organization(
    id="xa-house", name={"en": "House"}, kind="ngo", notes=[un.Note(text="ask for Ana Quetzalli at the door")]
)
VISIT = un.Event(id="visit-of-ana-quetzalli", name={"en": "Visit"}, kind="other", starts="2024-05-06")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "register.db"


def read_bytes(file):
    """All that is in the folder of a store: its file, -wal and -shm."""
    assert {path.name for path in file.parent.iterdir()} <= {file.name, f"{file.name}-wal", f"{file.name}-shm"}
    return b"".join(path.read_bytes() for path in file.parent.iterdir())


def change(store, **what):
    return store.commit(store.live.attempt(**what), by="ana-quetzalli", at="2026-11-24T10:00Z")


@given(registers(), st.data())
@tries(40)
def test_after_an_erasure_no_byte_of_the_person_is_left(tmp_path_factory, register, data):
    exposing, canaries = plant_canaries(register)
    file = tmp_path_factory.mktemp("store") / "register.db"
    person = data.draw(st.sampled_from(exposing.persons))
    with kept.create(file, register, rules=[]) as store:
        store.commit(store.live.attempt_register(exposing))
        assert store.erase(person.id, on=ON).bytes_cleared
        left, after = read_bytes(file), un.dumps(store.register)
    assert [one for one in canaries[person.id] if one.encode() in left] == []
    told = {one.text.encode() for one in iterate_texts(un.Register(persons=[person]))}
    assert [one for one in told if len(one) > 12 and one not in after and one in left] == []


def test_the_log_forgets_what_names_the_person_and_says_that_somebody_was_erased(file):
    with kept.create(file, un.Register(persons=[ANA], organizations=[HOUSE]), on=ON) as store:
        change(store, added=[VISIT])
        change(store, removed=[VISIT.id])
        change(store, replaced=[attrs.evolve(HOUSE, founded="1999")])
        change(store, replaced=[attrs.evolve(ANA, gender="woman")])
        assert b"Quetzalli" in read_bytes(file)
        done = store.erase("ana-quetzalli", by="xa-office", at="2026-11-25T10:00Z", on=ON)
        assert done.bytes_cleared
        assert done.tombstone_id.startswith("erased-persons-")
        *earlier, last = store.log()
        assert b"uetzalli" not in read_bytes(file)
        assert b"5583021" not in read_bytes(file)
    added, removed, house, ana = earlier
    assert added.id == removed.id != VISIT.id
    assert added.id.startswith("erased-events-")
    assert added.digest_after is None  # of a record whose id named the person
    assert (house.id, house.digest_before, house.values, house.fields) == (HOUSE.id, None, {}, ("founded",))
    assert (ana.id, ana.fields, ana.digest_after) == (done.tombstone_id, ("gender",), None)
    assert {entry.by for entry in earlier} == {done.tombstone_id}
    assert (last.action, last.id, last.by, last.at) == ("erased", done.tombstone_id, "xa-office", "2026-11-25T10:00Z")


def test_who_is_erased_twice_is_erased_once(file):
    with kept.create(file, un.Register(persons=[ANA]), on=ON) as store:
        first = store.erase(ANA.id, on=ON)
        again = store.erase(first.tombstone_id, on=ON)
        assert (again.tombstone_id, again.revision, again.bytes_cleared) == (first.tombstone_id, 2, True)
        with pytest.raises(un.UnknownRecord, match="no person has this id"):
            store.erase("nobody")


def test_other_processes_forget_too(file):
    store = kept.create(file, un.Register(persons=[ANA], organizations=[HOUSE]), on=ON)
    with store, kept.open(file, on=ON) as other:
        assert other.live.register[ANA.id] == ANA
        change(store, replaced=[attrs.evolve(ANA, gender="woman")])
        store.erase(ANA.id, on=ON)
        assert ANA.id not in other.live.register
        assert other.live.register == store.register
        assert other.live.report == store.live.report


def test_what_others_commit_while_somebody_is_erased_is_masked_too(file, monkeypatch):
    with kept.create(file, un.Register(persons=[ANA], organizations=[HOUSE]), on=ON) as store, kept.open(file) as other:

        def erase_late(register, *arguments, **named):
            if other.revision == 1:
                told = attrs.evolve(HOUSE, notes=[un.Note(text="Ana Quetzalli came by")])
                other.commit(other.live.attempt(replaced=[told]))
            return un.privacy.erase(register, *arguments, **named)

        monkeypatch.setattr("untoc_network_store.register_store.erase", erase_late)
        assert store.erase(ANA.id, on=ON).revision == 3
        assert store.register["xa-house"].notes[0].text == "[…] came by"
        assert b"Quetzalli" not in read_bytes(file)


def test_bytes_that_somebody_reads_are_overwritten_when_the_store_is_next_opened(file):
    with kept.create(file, un.Register(persons=[ANA]), on=ON) as store:
        reader = Database(file)
        with reader.read_transaction() as connection:
            connection.exec_driver_sql("SELECT * FROM untoc_records").all()
            impatient = kept.open(file, on=ON, timeout=0)
            done = impatient.erase(ANA.id, on=ON)
            assert not done.bytes_cleared
            assert not impatient.clear_bytes()
        reader.close()
        with store._database.write_transaction():
            assert not impatient.clear_bytes()
        impatient.close()
        assert b"Quetzalli" in read_bytes(file)
        kept.open(file, on=ON).close()
        assert b"Quetzalli" not in read_bytes(file)
        assert store.clear_bytes()


def test_an_older_copy_brings_nobody_back(file):
    older = un.Register(persons=[ANA], organizations=[HOUSE])
    with kept.create(file, older, on=ON) as store:
        store.erase("ana-quetzalli", on=ON)
        (erasure,) = store.register.erasures
        with pytest.raises(kept.ForgetsErasures) as refused:
            store.load(older)
        said = f"the register does not know of erasures; erase there too: {erasure.record_id!r}"
        assert (str(refused.value), refused.value.ids) == (said, (erasure.record_id,))
        assert b"Quetzalli" not in read_bytes(file)
        store.load(
            store.register.with_replaced(attrs.evolve(store.register[un.Organization, "xa-house"], founded="1999"))[0]
        )
        store.load(un.privacy.erase(older, "ana-quetzalli", on=ON).register)
        assert b"Quetzalli" not in read_bytes(file)
