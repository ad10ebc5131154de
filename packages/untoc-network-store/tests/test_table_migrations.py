"""Stores of earlier versions are brought to this one; newer ones are refused."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import update

import untoc_network as un
import untoc_network_store as kept
from untoc_network.serializers.structure import migrations
from untoc_network.serializers.structure.migrations import FieldChange
from untoc_network_store import store_tables, table_migrations
from untoc_network_store.database import Database

VERSION_1 = Path(__file__).parent / "version_1.sql"


@pytest.fixture
def old(tmp_path):
    """Make a store as the first version of the tables had it."""
    file = tmp_path / "register.db"
    with sqlite3.connect(file) as connection:
        connection.executescript(VERSION_1.read_text(encoding="utf-8"))
    connection.close()
    return file


def test_a_store_of_version_1_is_read_and_found_in(old):
    with kept.open(old) as store:
        assert store.find(country="XA") == ("xa-house",)
        assert store.find(name="house", network="americas") == ("xa-house",)
        assert store.register.organizations[0].name["en"] == "House of XA"
        assert [entry.id for entry in store.log()] == ["xa-house"]
        checked = store.check()
        assert (checked.revision, checked.damaged) == (2, ())
    with kept.open(old) as again:
        assert again.find(country="XA") == ("xa-house",)


def test_there_is_a_step_from_every_version():
    assert len(table_migrations.STEPS) == store_tables.VERSION - 1


def test_a_newer_store_is_refused(store, place):
    with store._database.write_transaction() as connection:
        connection.execute(update(store_tables.STORE).values(version=99))
    with pytest.raises(kept.UnusableStore, match=r"a newer release wrote this store \(version 99\); this one knows 2"):
        kept.open(place)


def begun_is_founded(document):
    """Version 0 wrote `begun` where this one writes `founded`."""
    changes, lists = [], dict(document)
    for number, one in enumerate(lists.get("organizations", [])):
        if "begun" in one:
            lists["organizations"][number] = {("founded" if name == "begun" else name): one[name] for name in one}
            path = ("organizations", number)
            changes.append(FieldChange(path=(*path, "founded"), before=(*path, "begun"), was="begun", now="founded"))
    return lists, changes


def test_records_of_an_earlier_schema_are_written_anew(place, monkeypatch):
    house = un.Organization(id="xa", name={"en": "House"}, kind="ngo", founded="1998")
    kept.create(place, un.Register(organizations=[house])).close()
    database = Database(place)
    with database.write_transaction() as connection:
        connection.exec_driver_sql("UPDATE untoc_records SET body = replace(body, 'founded', 'begun'), digest = 'old'")
        connection.execute(update(store_tables.STORE).values(schema_version=0))
    database.close()
    with pytest.raises(kept.UnusableStore, match="what is stored cannot be read: IO"):
        kept.open(place)
    monkeypatch.setattr(migrations, "CHAIN", (begun_is_founded,))
    with kept.open(place) as store:
        assert store.register.organizations == (house,)
        assert (store.revision, store.check().damaged) == (2, ())
