"""A register in a database, SQLite or PostgreSQL: checked writes, a change log, erasure that reaches the bytes.

import untoc_network as un

with un.store.open("register.db", on="2026-11-24") as store:
    step = store.live.attempt(replaced=[organization])
    store.commit(step, expected={organization.id: digest}, by="xa-secretariat", at="2026-11-24T10:00Z")
"""

from __future__ import annotations

from untoc_network_store.change_log import Action, LogEntry
from untoc_network_store.register_store import Store
from untoc_network_store.store_errors import ChangedSince, Conflict, ForgetsErasures, IntroducesErrors, UnusableStore
from untoc_network_store.store_opening import create, open  # noqa: A004
from untoc_network_store.store_results import Committed, ErasedInStore, StoreChecked

__all__ = [
    "Action",
    "ChangedSince",
    "Committed",
    "Conflict",
    "ErasedInStore",
    "ForgetsErasures",
    "IntroducesErrors",
    "LogEntry",
    "Store",
    "StoreChecked",
    "UnusableStore",
    "create",
    "open",
]
