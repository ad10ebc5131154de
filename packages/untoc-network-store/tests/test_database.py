"""Databases that cannot be used are told in a line; what a store promises of its files and its connections."""

import stat
import sys

import pytest
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

import untoc_network as un
import untoc_network_store as kept
from untoc_network_store.database import Database
from untoc_network_store.store_tables import RECORDS, STORE


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("sqlite://", "a store is in a file of SQLite, or in PostgreSQL: name a file, or postgresql://…"),
        ("oracle://one/two", "a store is in a file of SQLite, or in PostgreSQL: name a file, or postgresql://…"),
        ("://", "the address of the database cannot be read: name a file, or postgresql://…"),
        ("/nowhere/at/all.db", "/nowhere/at/all.db: no store is there; make one with init"),
        ("/nowhere/\x1b[31m.db", "/nowhere/\\u{1b}[31m.db: no store is there; make one with init"),
    ],
)
def test_what_is_no_place_of_a_store_is_refused(place, line):
    with pytest.raises(kept.UnusableStore) as refused:
        kept.open(place)
    assert str(refused.value) == line


def test_a_password_is_never_told():
    with pytest.raises(kept.UnusableStore) as refused:
        kept.open("postgresql://office:secret@127.0.0.1:1/register")
    assert "secret" not in str(refused.value)
    assert str(refused.value).startswith("postgresql+psycopg://office:***@127.0.0.1:1/register: ")


def test_a_driver_that_is_not_installed_is_asked_for(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(un.MissingExtra, match="for PostgreSQL, psycopg is needed: pip install"):
        kept.open("postgresql://localhost/register")


def test_a_database_without_a_store_is_told(place):
    if not isinstance(place, str):
        kept.create(place.with_name("other.db")).close()
        Database(place, create=True).close()
    with pytest.raises(kept.UnusableStore, match="no store is there; make one with init"):
        kept.open(place)


def test_a_store_is_made_once(store, place):
    assert str(store._database.place) in repr(store)
    with pytest.raises(kept.UnusableStore, match="a store is there already; open it"):
        kept.create(place)


def test_a_file_can_be_read_by_its_owner_alone(tmp_path):
    with kept.create(tmp_path / "register.db") as store:
        store.commit(
            store.live.attempt(added=[un.Source(id="s", kind="web-page", title={"en": "A page"}, language="en")])
        )
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert set(modes.values()) == {0o600}


def test_a_writer_that_waits_too_long_says_so(tmp_path):
    file = tmp_path / "register.db"
    with kept.create(file, un.example()) as store, kept.open(file, timeout=0) as impatient:
        step = impatient.live.attempt(removed=["asj-honduras"])
        with (
            store._database.write_transaction(),
            pytest.raises(kept.UnusableStore, match=r"register\.db: database is locked"),
        ):
            impatient.commit(step)


def test_no_value_of_a_record_is_in_what_a_driver_says(store):
    with pytest.raises(kept.UnusableStore) as refused, store._database.write_transaction() as connection:
        row = connection.execute(select(RECORDS).limit(1)).one()._asdict()
        connection.execute(
            RECORDS.insert(), [{**row, "body": "Ana Quetzalli", "id": "x" * 5}, {**row, "body": "Ana Quetzalli"}]
        )
    assert "Quetzalli" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert store.check().damaged == ()


def test_whatever_else_goes_wrong_is_told_without_a_value(store):
    with (
        pytest.raises(kept.UnusableStore, match=r"the database cannot be used \(SQLAlchemyError\)"),
        store._database.translate_errors(),
    ):
        raise SQLAlchemyError("Ana Quetzalli")


def test_what_cannot_be_read_any_more_is_told_and_found(store, place):
    store.live
    with store._database.write_transaction() as connection:
        connection.exec_driver_sql("UPDATE untoc_records SET body = '{}' WHERE id = 'asj-honduras'")
        connection.execute(STORE.update().values(revision=2))
        connection.exec_driver_sql(
            'INSERT INTO untoc_changes (revision, action, collection, id, fields, "values")'
            " VALUES (2, 'replaced', 'organizations', 'asj-honduras', '[]', '{}')"
        )
    with kept.open(place) as other, pytest.raises(kept.UnusableStore, match="what is stored cannot be read: IO001"):
        other.register
    with pytest.raises(kept.UnusableStore, match="what is stored cannot be read: "):
        store.live
    checked = store.check()
    assert checked.damaged == ("asj-honduras",)
    assert not checked.ok
    with store._database.write_transaction() as connection:
        connection.exec_driver_sql("UPDATE untoc_records SET body = '{' WHERE id = 'asj-honduras'")
    checked = store.check()
    assert checked.damaged == ("asj-honduras",)
    assert not checked.report.ok


def test_a_row_that_holds_more_than_its_record_is_damaged(store):
    more = ',{"id":"smuggled","kind":"ngo","name":{"en":"X"}}'
    with store._database.write_transaction() as connection:
        row = RECORDS.update().where(RECORDS.c.id == "asj-honduras")
        connection.execute(row.values(body=RECORDS.c.body + more))
    assert "smuggled" in store.register
    assert store.check().damaged == ("asj-honduras", "smuggled")
