"""A register as rows: a row a record, and rows for what a register has besides records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, delete, insert, select

import untoc_network as un
from untoc_network.diagnostics.findings import Report
from untoc_network.model.extension import Extension
from untoc_network.model.register import COLLECTION_OF, FRAME_FIELDS, SIDE_TABLES, Register
from untoc_network_store.search_terms import list_terms, write_terms
from untoc_network_store.store_errors import UnusableStore
from untoc_network_store.store_tables import RECORDS, REGISTER_ITEMS, TERMS

__all__ = [
    "FRAME",
    "FRAME_OF_FILE",
    "PARTS",
    "find_damaged",
    "list_part_bodies",
    "make_record_row",
    "read_parts",
    "read_records",
    "read_register",
    "refuse_repeated_ids",
    "write_part",
    "write_records",
    "write_register",
]

T = TypeVar("T")

FRAME = "register"
"""What is said of the whole register, as the only item of a part of its own."""
PARTS = (*SIDE_TABLES, FRAME)
_AT_ONCE = 500
"""Ids in one statement: SQLite takes 999 at least."""
_LIMITS = un.Limits.large()
"""A store is trusted: what is in it went through a reader before."""
FRAME_OF_FILE = tuple(name for name in FRAME_FIELDS if name != "schema_version")


def refuse_repeated_ids(register: Register) -> None:
    """Raise `UnusableStore` where two records have one id: a store keeps each record under its own."""
    if len(register.by_id) == len(register):
        return
    twice = next(one.id for one in register if register.by_id[one.id] is not one)
    raise UnusableStore(f"two records have the id {twice!r}: give one of them another, then load the register")


# -- records -----------------------------------------------------------------------------------------------------------


def make_record_row(record: Any, revision: int, digest: str) -> dict[str, Any]:
    """The row of a record."""
    return {
        "id": str(record.id),
        "collection": COLLECTION_OF[type(record)],
        "body": _to_text(un.to_dict(record)),
        "digest": digest,
        "revision": revision,
    }


def write_records(
    connection: Connection, changes: Mapping[str, tuple[Any, Any]], revision: int, digests: Mapping[str, str]
) -> None:
    """Write the rows of records by their ids, each given as it was and as it is to be, or None where there is none.

    `digests` are those of the records as they are to be. Terms are written where they differ.
    """
    for ids in _batch(changes):
        connection.execute(delete(RECORDS).where(RECORDS.c.id.in_(ids)))
    new = [record for _, record in changes.values() if record is not None]
    if new:
        rows = [make_record_row(record, revision, digests[record.id]) for record in new]
        connection.execute(insert(RECORDS), rows)
    terms = {one: [[] if record is None else [*list_terms(record)] for record in pair] for one, pair in changes.items()}
    differing = [record_id for record_id, (before, after) in terms.items() if before != after]
    for ids in _batch(differing):
        connection.execute(delete(TERMS).where(TERMS.c.id.in_(ids)))
    write_terms(connection, {record_id: terms[record_id][1] for record_id in differing})


def read_records(
    connection: Connection, ids: Iterable[str], extensions: tuple[Extension, ...], schema_version: int
) -> dict[str, Any]:
    """The records of some ids, as far as there are such."""
    columns = select(RECORDS.c.collection, RECORDS.c.body)
    rows: list[Any] = []
    for some in _batch(ids):
        rows += connection.execute(columns.where(RECORDS.c.id.in_(some)))
    register = _require_readable(*_read_bodies(rows, {}, extensions, schema_version))
    return {record.id: record for record in register}


# -- what a register has besides ---------------------------------------------------------------------------------------


def list_part_bodies(register: Register, part: str) -> tuple[str, ...]:
    """The items of a part of a register as texts."""
    if part == FRAME:
        held = un.to_dict(register)
        return (_to_text({name: held[name] for name in FRAME_OF_FILE if name in held}),)
    return tuple(_to_text(un.to_dict(item)) for item in getattr(register, part))


def write_part(connection: Connection, part: str, before: Sequence[str], after: Sequence[str]) -> None:
    """Write the items of a part that differ: rows of those that went are deleted, those that came stand at the end.

    An item that stands before one that stays goes to the end with all that follow it.
    """
    rows = connection.execute(
        select(REGISTER_ITEMS.c.position).where(REGISTER_ITEMS.c.part == part).order_by(REGISTER_ITEMS.c.position)
    )
    places = [place for (place,) in rows]
    going, arriving = _find_differing_items(before, after)
    for some in _batch(places[number] for number in going):
        here = (REGISTER_ITEMS.c.part == part) & REGISTER_ITEMS.c.position.in_(some)
        connection.execute(delete(REGISTER_ITEMS).where(here))
    first = (places[-1] if places else 0) + 1
    if arriving:
        new = [{"part": part, "position": first + number, "body": body} for number, body in enumerate(arriving)]
        connection.execute(insert(REGISTER_ITEMS), new)


def _find_differing_items(before: Sequence[str], after: Sequence[str]) -> tuple[list[int], list[str]]:
    """Which items go, by their numbers, and which come behind those that stay."""
    going, at = list[int](), 0
    for number, item in enumerate(before):
        if at < len(after) and after[at] == item:
            at += 1
        else:
            going.append(number)
    return going, list(after[at:])


def read_parts(
    connection: Connection, parts: Iterable[str], extensions: tuple[Extension, ...], schema_version: int
) -> dict[str, Any]:
    """Fields of a register by their names, of some of its parts."""
    wanted = tuple(parts)
    register = _require_readable(*_read_bodies((), _read_items(connection, wanted), extensions, schema_version))
    names = [name for part in wanted for name in (FRAME_OF_FILE if part == FRAME else (part,))]
    return {name: getattr(register, name) for name in names}


def _read_items(connection: Connection, parts: Iterable[str]) -> dict[str, list[str]]:
    items = select(REGISTER_ITEMS.c.part, REGISTER_ITEMS.c.body).where(REGISTER_ITEMS.c.part.in_([*parts]))
    held: dict[str, list[str]] = {}
    for part, body in connection.execute(items.order_by(REGISTER_ITEMS.c.part, REGISTER_ITEMS.c.position)):
        held.setdefault(part, []).append(body)
    return held


# -- all of it ---------------------------------------------------------------------------------------------------------


def read_register(
    connection: Connection, extensions: tuple[Extension, ...], schema_version: int
) -> tuple[Register | None, Report]:
    """The whole register, and what reading it found."""
    rows = connection.execute(select(RECORDS.c.collection, RECORDS.c.body).order_by(RECORDS.c.id))
    return _read_bodies(rows, _read_items(connection, PARTS), extensions, schema_version)


def find_damaged(connection: Connection, register: Register | None) -> Iterator[str]:
    """The ids of rows that are not those of the register that was read of them, or no JSON where none could be."""
    stored = {row.id: row for row in connection.execute(select(RECORDS))}
    if register is None:
        yield from sorted(record_id for record_id, row in stored.items() if not _is_json(row.body))
        return
    terms: dict[str, set[tuple[str, str]]] = {}
    for term in connection.execute(select(TERMS)):
        terms.setdefault(term.id, set()).add((term.field, term.value))
    for record_id in sorted({*stored, *terms, *register.by_id}):
        record, row = register.by_id.get(record_id), stored.get(record_id)
        found_by = terms.get(record_id, set())
        if record is None or row is None or found_by != {*list_terms(record)} or not _is_row_of(record, row):
            yield record_id


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _is_row_of(record: Any, row: Row[Any]) -> bool:
    return make_record_row(record, row.revision, un.digest(record)) == row._asdict()


def write_register(connection: Connection, register: Register, revision: int) -> None:
    """Write a whole register, where none of its parts has rows yet."""
    changes = {record.id: (None, record) for record in register}
    write_records(connection, changes, revision, {record.id: un.digest(record) for record in register})
    for part in PARTS:
        write_part(connection, part, (), list_part_bodies(register, part))


def _read_bodies(
    rows: Iterable[Any], items: Mapping[str, list[str]], extensions: tuple[Extension, ...], schema_version: int
) -> tuple[Register | None, Report]:
    """A register of bodies, read as the document that they make."""
    lists: dict[str, list[str]] = {part: bodies for part, bodies in items.items() if part != FRAME}
    for collection, body in rows:
        lists.setdefault(collection, []).append(body)
    frame = items.get(FRAME, ["{}"])[0].strip()[1:-1]
    fields = [f'"schema_version":{schema_version}', *([frame] if frame else [])]
    fields += [f'"{name}":[{",".join(bodies)}]' for name, bodies in lists.items()]
    return un.reads(f"{{{','.join(fields)}}}", limits=_LIMITS, extensions=extensions)


def _require_readable(register: Register | None, report: Report) -> Register:
    if register is None or not report.ok:
        raise UnusableStore(f"what is stored cannot be read: {report.errors[0].code}; check the store")
    return register


def _to_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _batch(items: Iterable[T]) -> Iterator[tuple[T, ...]]:
    left = iter(items)
    while some := tuple(islice(left, _AT_ONCE)):
        yield some
