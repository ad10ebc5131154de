"""Tables of earlier versions as tables of this one: a chain of steps, each in the transaction of whoever opens.

A step is never changed again once it was released; it names tables and columns as they were then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, select, update

from untoc_network_store.store_errors import UnusableStore
from untoc_network_store.store_tables import STORE, VERSION

__all__ = ["STEPS", "migrate"]

STEPS: Sequence[Callable[[Connection], None]] = ()
"""The steps in their order; the last one makes tables of this version."""


def migrate(connection: Connection, place: str) -> int:
    """Bring the tables to this version, and tell from which. Raises `UnusableStore` for newer ones."""
    version = connection.execute(select(STORE.c.version)).scalar_one()
    if version > VERSION:
        raise UnusableStore(f"{place}: a newer release wrote this store (version {version}); this one knows {VERSION}")
    for step in STEPS[len(STEPS) - (VERSION - version) :] if version < VERSION else ():
        step(connection)
    if version < VERSION:
        connection.execute(update(STORE).values(version=VERSION))
    return int(version)
