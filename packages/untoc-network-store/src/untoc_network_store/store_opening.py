"""A store opened, with tables of an earlier version brought to this one, or made in a database that has none."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections.abc import Iterable
from typing import Any

from sqlalchemy import insert, select

from untoc_network.model.extension import Extension
from untoc_network.model.register import SCHEMA_VERSION, Register
from untoc_network.values.dates import require_whole_day
from untoc_network_store import register_rows as rows
from untoc_network_store.database import Database
from untoc_network_store.register_store import Store
from untoc_network_store.store_errors import UnusableStore
from untoc_network_store.store_tables import STORE, TABLES, VERSION
from untoc_network_store.table_migrations import migrate

__all__ = ["create", "open"]


def open(  # noqa: A001, PLR0913 - as files are opened; each argument of `Live` by its name
    place: str | os.PathLike[str],
    *,
    on: dt.date | str | None = None,
    rules: Any = None,
    reference: Any = None,
    extensions: Iterable[Extension] = (),
    timeout: float = 30,
) -> Store:
    """Open the store in a database: the path of a file of SQLite, or a URL such as `postgresql://host/name`.

    `on`, `rules` and `reference` are those of `un.Live`, `extensions` declare own fields; `timeout` is for how many
    seconds a writer waits for another in SQLite. Nothing is read before it is asked for; tables of an earlier version
    are brought to this one. Raises `UnusableStore` where there is no store, `MissingExtra` without the driver.
    """
    with contextlib.ExitStack() as failing:
        database = Database(place, timeout=timeout)
        failing.callback(database.close)
        with database.read_transaction() as connection:
            if not database.has_store(connection):
                raise UnusableStore(f"{database.place}: no store is there; make one with init")
            versions = connection.execute(select(STORE.c.version, STORE.c.schema_version)).one()
        if versions != (VERSION, SCHEMA_VERSION):
            with database.write_transaction() as connection:
                migrate(connection, database.place)
        store = Store(database, _make_live_arguments(on, rules, reference), extensions)
        store.clear_bytes()  # of an erasure after which the program was killed
        failing.pop_all()
    return store


def create(  # noqa: PLR0913 - each argument of `Live` by its name
    place: str | os.PathLike[str],
    register: Register | None = None,
    *,
    on: dt.date | str | None = None,
    rules: Any = None,
    reference: Any = None,
    timeout: float = 30,
) -> Store:
    """Make a store in a database that has none, with a register in it or an empty one; otherwise as `open`.

    Own fields are those that the register declares. Whatever is found in the register, it is taken. Raises
    `UnusableStore` where there is a store, and where two records have one id.
    """
    content = Register() if register is None else register
    rows.refuse_repeated_ids(content)
    with contextlib.ExitStack() as failing:
        database = Database(place, create=True, timeout=timeout)
        failing.callback(database.close)
        with database.first_transaction() as connection:
            if database.has_store(connection):
                raise UnusableStore(f"{database.place}: a store is there already; open it")
            TABLES.create_all(connection)
            first = {"id": 1, "version": VERSION, "schema_version": SCHEMA_VERSION, "revision": 1}
            connection.execute(insert(STORE), [{**first, "erased_at_revision": 0, "bytes_due": 0}])
            rows.write_register(connection, content, 1)
        failing.pop_all()
    return Store(database, _make_live_arguments(on, rules, reference), content.extensions)


def _make_live_arguments(on: Any, rules: Any, reference: Any) -> dict[str, Any]:
    return {"on": None if on is None else require_whole_day(on), "rules": rules, "reference": reference}
