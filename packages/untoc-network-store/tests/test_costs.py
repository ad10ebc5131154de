"""What a commit, a reader that catches up and an opening cost, in statements and rows: the same however large."""

import attrs
import pytest
from sqlalchemy import event

import untoc_network as un
import untoc_network_store as kept
from untoc_network.testing import invented_register
from untoc_network_store import register_rows
from untoc_network_store.store_tables import CHANGES, RECORDS, REGISTER_ITEMS, TERMS

ON = "2026-11-24"


@pytest.fixture(params=[3, 300])
def file(request, tmp_path):
    kept.create(tmp_path / "register.db", invented_register(request.param)).close()
    return tmp_path / "register.db"


def count_statements(store, counts):
    def count(connection, cursor, statement, parameters, context, many):
        counts.append(statement.split()[0])

    event.listen(store._database.engine, "before_cursor_execute", count)


def count_rows(store):
    with store._database.read_transaction() as connection:
        return [connection.execute(table.select()).all() for table in (RECORDS, TERMS, REGISTER_ITEMS, CHANGES)]


def test_a_commit_writes_the_row_of_its_record_and_one_of_the_log(file, monkeypatch):
    read = []
    inner = register_rows._read_bodies
    monkeypatch.setattr(
        register_rows, "_read_bodies", lambda rows, *more: inner([read.append(one) or one for one in rows], *more)
    )
    with kept.open(file, on=ON) as store, kept.open(file, on=ON) as reader:
        assert read == []  # nothing is read before it is asked for
        old = store.live.register[un.Organization, "organization-1"]
        reader.live
        before, statements = count_rows(store), []
        read.clear()
        count_statements(store, statements)
        step = store.live.attempt(replaced=[attrs.evolve(old, founded="1998")])
        store.commit(step, expected={old.id: un.digest(old)}, by="office", at="2026-11-24T10:00Z")
        assert statements == ["BEGIN", "SELECT", "BEGIN", "SELECT", "DELETE", "INSERT", "INSERT", "UPDATE"]
        assert read == []
        after = count_rows(store)
        assert [len({*now}.difference(then)) for then, now in zip(before, after, strict=True)] == [1, 0, 0, 1]
        statements.clear()
        count_statements(reader, statements)
        assert reader.live.register[old.id].founded == "1998"
        assert len(read) == 1
        assert statements == ["BEGIN", "SELECT", "SELECT", "SELECT", "SELECT"]
        statements.clear()
        reader.live
        assert statements == ["BEGIN", "SELECT"]


def test_opening_asks_two_questions(file):
    with kept.open(file, on=ON) as store:
        statements = []
        count_statements(store, statements)
        assert store.revision == 1
        assert statements == ["BEGIN", "SELECT"]
        assert store._known is None
