"""Tables of earlier versions as tables of this one: a chain of steps, each in the transaction of whoever opens.

A step is never changed again once it was released; it names tables and columns as they were then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, delete, select, update

from untoc_network.model.register import SCHEMA_VERSION
from untoc_network_store.register_rows import read_register, write_register
from untoc_network_store.search_terms import list_terms, write_terms
from untoc_network_store.store_errors import UnusableStore
from untoc_network_store.store_tables import REGISTER_ITEMS, STORE, TERMS, VERSION

__all__ = ["STEPS", "migrate"]


def _add_terms(connection: Connection) -> None:
    """From version 1 to 2: records are found by their terms."""
    TERMS.create(connection)
    schema_version = connection.execute(select(STORE.c.schema_version)).scalar_one()
    register, _ = read_register(connection, (), schema_version)
    write_terms(connection, {record.id: list_terms(record) for record in register or ()})


STEPS: Sequence[Callable[[Connection], None]] = (_add_terms,)
"""The steps in their order; the last one makes tables of this version."""


def _migrate_records(connection: Connection, place: str, schema_version: int) -> None:
    """Write the register anew where its records are of an earlier schema version; readers read all of it again."""
    register, report = read_register(connection, (), schema_version)
    if register is None or not report.ok:
        raise UnusableStore(f"{place}: what is stored cannot be read: {report.errors[0].code}")
    revision = connection.execute(select(STORE.c.revision)).scalar_one() + 1
    for table in (REGISTER_ITEMS, TERMS):
        connection.execute(delete(table))
    write_register(connection, register, revision)
    new = {"schema_version": SCHEMA_VERSION, "revision": revision, "erased_at_revision": revision}
    connection.execute(update(STORE).values(**new))


def migrate(connection: Connection, place: str) -> None:
    """Bring the tables, and the records in them, to the versions of this release.

    Raises `UnusableStore` for newer ones.
    """
    version = connection.execute(select(STORE.c.version)).scalar_one()
    if version > VERSION:
        raise UnusableStore(f"{place}: a newer release wrote this store (version {version}); this one knows {VERSION}")
    for step in STEPS[version - 1 :]:
        step(connection)
    connection.execute(update(STORE).values(version=VERSION))
    schema_version = connection.execute(select(STORE.c.schema_version)).scalar_one()
    if schema_version != SCHEMA_VERSION:
        _migrate_records(connection, place, schema_version)
