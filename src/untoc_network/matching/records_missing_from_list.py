"""What a list no longer has: records that it had last time, or a list that is known under another name."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from untoc_network.diagnostics.codes import member_list_reimport as reimporting
from untoc_network.diagnostics.findings import Finding
from untoc_network.matching.list_memory import ListMemory
from untoc_network.matching.row_matching import ListEntry, list_bodies_of_person, make_listed_record_digests
from untoc_network.model.event import Event
from untoc_network.model.network import Network
from untoc_network.model.organization_and_person import Organization, Person
from untoc_network.model.register import Register
from untoc_network.model.remembered_lists_and_erasures import RememberedRow
from untoc_network.model.source import Source

__all__ = ["find_missing_records", "find_missing_rows", "find_renamed_lists"]


def find_missing_rows(
    existing: Register, memory: ListMemory, entries: Iterable[ListEntry], covered: Container[str | None]
) -> Iterator[RememberedRow]:
    """The rows that this list had last time and has not any more; `covered` are the records that it still speaks of."""
    matched = {entry.row.key for entry in entries if entry.row is not None}
    for row in memory.rows.values():
        if row.key not in matched and existing.resolved(row.record_id) not in covered:
            yield row


def find_missing_records(
    existing: Register,
    memory: ListMemory,
    entries: Iterable[ListEntry],
    covered: Container[str | None],
    rows: Iterable[RememberedRow],
) -> tuple[str, ...]:
    """The organizations, networks and events of the missing rows, and the persons of no such organization."""
    gone = {existing.resolved(row.record_id) for row in rows}
    if not memory.is_known:
        gone |= {*_list_records_citing_list(existing, entries, covered)}
    records = [existing.by_id[record_id] for record_id in sorted(gone) if record_id in existing.by_id]
    bodies = [record for record in records if isinstance(record, Organization)]
    others = [record for record in records if isinstance(record, (Event, Network))]
    left = {record.id for record in bodies}
    persons = [record for record in records if isinstance(record, Person) and not left & list_bodies_of_person(record)]
    return tuple(record.id for record in (*bodies, *others, *persons))


def _list_records_citing_list(
    existing: Register, entries: Iterable[ListEntry], covered: Container[str | None]
) -> Iterator[str]:
    """Of a list that was imported before registers remembered lists: the records that cite it."""
    sources = {entry.listed.record.id for entry in entries if isinstance(entry.listed.record, Source)}
    for record in existing:
        cited = {citation.source_id for citation in getattr(record, "sources", ())}
        if cited & sources and record.id not in covered and isinstance(record, (Organization, Person)):
            yield record.id


def find_renamed_lists(
    existing: Register, memory: ListMemory, entries: Iterable[ListEntry], headers: Iterable[str]
) -> Iterator[Finding]:
    """Known lists with the headers of one that is not known and most of its rows: it may be they, under a new name."""
    bodies = [entry.listed for entry in entries if entry.listed.owner is None]
    for other in existing.lists:
        known = ListMemory(existing, other.name)
        keys = {
            key.partition(".")[0]
            for key, row in known.rows.items()
            if isinstance(existing.by_id.get(existing.resolved(row.record_id)), Organization)
        }
        if keys and known.to_record(headers).headers == other.headers:
            mine = {key for listed in bodies for key in make_listed_record_digests(known, listed)}
            if 2 * len(mine & keys) > len(keys):
                yield reimporting.renamed_list.finding((), {"name": memory.name, "other": other.name})
