"""A database, SQLite or PostgreSQL: how it is reached, read at one moment, written by one at a time, and cleared.

SQLite runs in WAL mode, so that readers never wait for a writer; every commit is on the disk before it is acknowledged
(`synchronous=FULL`), and deleted content is overwritten (`secure_delete`). PostgreSQL writers take the row of
`untoc_store` for themselves; readers see one snapshot.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, create_engine, event, inspect, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.diagnostics.errors import MissingExtra
from untoc_network_store.store_errors import UnusableStore
from untoc_network_store.store_tables import STORE, TABLES

__all__ = ["Database"]

_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
_NO_DRIVER = "for PostgreSQL, psycopg is needed: pip install './packages/untoc-network-store[postgresql]'"


class Database:
    """A database that may hold a store. `place` is what messages call it, without a password."""

    def __init__(self, place: str | os.PathLike[str], *, create: bool = False, timeout: float = 30) -> None:
        """Name a database by a path, which is one of SQLite, or by a URL; `create` makes the file.

        Raises `UnusableStore` where there is none, `MissingExtra` where its driver is not installed.
        """
        self.url = _to_url(place)
        self.is_sqlite = self.url.drivername == "sqlite"
        shown = str(self.url.database) if self.is_sqlite else self.url.render_as_string(hide_password=True)
        self.place = escape_unprintable(shown)
        if self.is_sqlite:
            _find_file(str(self.url.database), create=create)
        # Parameters are values of records: no error of a driver may say them.
        settings: dict[str, Any] = {"hide_parameters": True, "pool_pre_ping": not self.is_sqlite}
        if self.is_sqlite:
            settings["connect_args"] = {"timeout": timeout, "check_same_thread": False}
        try:
            self.engine = create_engine(self.url, **settings)
        except ModuleNotFoundError:
            raise MissingExtra(_NO_DRIVER) from None
        if self.is_sqlite:
            event.listen(self.engine, "connect", _set_pragmas)
            event.listen(self.engine, "begin", _begin)

    @contextlib.contextmanager
    def translate_errors(self) -> Iterator[None]:
        """Raise what a driver raises as `UnusableStore`, in one line."""
        try:
            yield
        except DBAPIError as error:
            words = str(error.orig).strip().partition("\n")[0]  # what follows in PostgreSQL may hold values
            raise UnusableStore(f"{self.place}: {words or type(error.orig).__name__}") from None
        except SQLAlchemyError as error:
            raise UnusableStore(f"{self.place}: the database cannot be used ({type(error).__name__})") from None

    @contextlib.contextmanager
    def read_transaction(self) -> Iterator[Connection]:
        """A connection that sees the database as it is at one moment, whoever writes."""
        level = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with self._open_transaction(**level) as connection:
            yield connection

    @contextlib.contextmanager
    def write_transaction(self) -> Iterator[Connection]:
        """A connection that nobody writes beside; all that is written through it stands in the end, or nothing."""
        with self.first_transaction() as connection:
            if not self.is_sqlite:
                connection.execute(select(STORE.c.id).with_for_update()).one()
            yield connection

    @contextlib.contextmanager
    def first_transaction(self) -> Iterator[Connection]:
        """The same where there is no store yet."""
        level = {} if self.is_sqlite else {"isolation_level": "READ COMMITTED"}  # so that a lock waits, and then sees
        with self._open_transaction(writing=True, **level) as connection:
            yield connection

    @contextlib.contextmanager
    def _open_transaction(self, **options: Any) -> Iterator[Connection]:
        with self.translate_errors(), self.engine.connect() as connection:
            connection.execution_options(**options)
            with connection.begin():
                yield connection

    def has_store(self, connection: Connection) -> bool:
        """Whether the database holds a store."""
        return inspect(connection).has_table(STORE.name)

    def clear_bytes(self) -> bool:
        """Overwrite what was deleted, as far as that can be done, and whether it was.

        In SQLite the file is written anew, and the file beside it that holds the newest pages is emptied: that takes
        all readers to be done with what they read. PostgreSQL forgets what was deleted; what its files, replicas and
        backups keep is out of reach.
        """
        if self.is_sqlite:
            return self._clear_file()
        with (
            self.translate_errors(),
            self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
        ):
            for table in TABLES.sorted_tables:
                connection.exec_driver_sql(f"VACUUM {table.name}")
        return True

    def _clear_file(self) -> bool:
        with self.translate_errors(), contextlib.closing(self.engine.raw_connection()) as raw:
            try:
                raw.cursor().execute("VACUUM")
                busy, *_ = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            except sqlite3.OperationalError:  # somebody reads or writes for longer than the timeout
                return False
            return not busy

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def _to_url(place: str | os.PathLike[str]) -> URL:
    text = os.fspath(place)
    if "://" not in text:
        return URL.create("sqlite", database=os.path.abspath(text))  # noqa: PTH100 - links are left as they are
    try:
        url = make_url(text)
    except ArgumentError:
        raise UnusableStore("the address of the database cannot be read: name a file, or postgresql://…") from None
    driver = _DRIVERS.get(url.get_backend_name())
    if driver is None or (driver == "sqlite" and not url.database):
        raise UnusableStore("a store is in a file of SQLite, or in PostgreSQL: name a file, or postgresql://…")
    return url.set(drivername=driver)


def _find_file(path: str, *, create: bool) -> None:
    if create:
        with contextlib.suppress(FileExistsError):
            try:
                os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))  # it will hold what is about persons
            except FileExistsError:
                pass
            except OSError as error:
                raise UnusableStore(f"{escape_unprintable(path)}: {str(error.strerror).lower()}") from None
    elif not Path(path).is_file():
        raise UnusableStore(f"{escape_unprintable(path)}: no store is there; make one with init")


def _set_pragmas(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # the driver begins no transaction of itself
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
