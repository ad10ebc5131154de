"""The tables of a store, in the version that this release writes."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, String, Table, Text

__all__ = ["CHANGES", "RECORDS", "REGISTER_ITEMS", "STORE", "TABLES", "TERMS", "VERSION"]

VERSION = 2
"""The version of these tables; `table_migrations` leads there from every earlier one."""

TABLES = MetaData()
_NUMBER = BigInteger().with_variant(Integer, "sqlite")  # of which SQLite makes a number that counts itself

STORE = Table(
    "untoc_store",
    TABLES,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("schema_version", Integer, nullable=False),
    Column("revision", _NUMBER, nullable=False),
    Column("erased_at_revision", _NUMBER, nullable=False),
    Column("bytes_due", Integer, nullable=False),
)
"""One row. `erased_at_revision` is that of the last erasure; `bytes_due` is 1 while files may have bytes of it left."""

RECORDS = Table(
    "untoc_records",
    TABLES,
    Column("id", String, primary_key=True),
    Column("collection", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("revision", _NUMBER, nullable=False),
    Index("untoc_records_collection", "collection"),
)
"""A row a record; `body` is the JSON of which `digest` is the SHA-256."""

TERMS = Table(
    "untoc_terms",
    TABLES,
    Column("id", String, primary_key=True),
    Column("field", String, primary_key=True),
    Column("value", String, primary_key=True),
    Index("untoc_terms_value", "field", "value"),
)
"""By what a record is found; made of its body. Since version 2."""

REGISTER_ITEMS = Table(
    "untoc_register_items",
    TABLES,
    Column("part", String, primary_key=True),
    Column("position", _NUMBER, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
)
"""What a register has besides records: the items of its side tables in their order, and its frame."""

CHANGES = Table(
    "untoc_changes",
    TABLES,
    Column("number", _NUMBER, primary_key=True),
    Column("revision", _NUMBER, nullable=False),
    Column("at", String),
    Column("by", String),
    Column("action", String, nullable=False),
    Column("collection", String, nullable=False),
    Column("id", String, nullable=False),
    Column("fields", Text, nullable=False),
    Column("values", Text, nullable=False),
    Column("digest_before", String(64)),
    Column("digest_after", String(64)),
    Index("untoc_changes_revision", "revision"),
    Index("untoc_changes_id", "id"),
)
"""The change log, in the order of `number`; `collection` is empty for what is of the register itself."""
