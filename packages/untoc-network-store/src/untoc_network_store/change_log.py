"""The change log: which fields of which record changed at which revision, when and by whom.

It holds no personal value: paths of fields, digests, and of fields that are public by class the values that are no free
text (a choice, a day, a number, a country, a language). Of a person it has no value at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum, StrEnum
from typing import Any

import attrs
from sqlalchemy import Connection, Update, bindparam, insert, select, update

import untoc_network as un
from untoc_network.diagnostics.object_to_dict import HasPlainForm
from untoc_network.model.organization_and_person import Person
from untoc_network.model.register import COLLECTION_OF, Register
from untoc_network.privacy.erasure import Erased
from untoc_network.privacy.id_replacement import IdReplacement
from untoc_network.privacy.identifying_traces import Traces, list_other_names
from untoc_network.values.dates import PartialDate
from untoc_network.values.fields import FieldShape, Sensitivity, fields_of, nested_class
from untoc_network.values.ids_and_codes import CountryCode, LanguageTag
from untoc_network.values.multilingual_text import Text
from untoc_network_store.store_tables import CHANGES

__all__ = [
    "Action",
    "FieldChange",
    "LogEntry",
    "find_ids_to_replace",
    "list_changed_fields",
    "make_erasure_row",
    "make_log_row",
    "make_part_row",
    "read_log",
    "replace_ids",
    "write_log",
]


class Action(StrEnum):
    """What was done to a record, or to a part of the register."""

    ADDED = "added"
    REPLACED = "replaced"
    REMOVED = "removed"
    ERASED = "erased"


@attrs.frozen(kw_only=True)
class FieldChange:
    """A field that differs: its path, and its values in the form of JSON where the log may have them."""

    path: str
    has_values: bool = False
    before: Any = None
    after: Any = None


@attrs.frozen(kw_only=True)
class LogEntry(HasPlainForm):
    """One change of one record; `collection` is empty for what is of the register itself, which `id` names.

    `values` has for the paths of some `fields` what stood there before and after.
    """

    revision: int
    at: str | None
    by: str | None
    action: Action
    collection: str
    id: str
    fields: tuple[str, ...]
    values: Mapping[str, Sequence[Any]]
    digest_before: str | None
    digest_after: str | None


def make_log_row(record_id: str, before: Any, after: Any, digest: str | None) -> dict[str, Any]:
    """The row of a change of a record to one that has a digest, without revision, day and author."""
    action = Action.ADDED if before is None else Action.REMOVED if after is None else Action.REPLACED
    changed = [*list_changed_fields(before, after)] if action is Action.REPLACED else []
    values = {one.path: [one.before, one.after] for one in changed if one.has_values}
    return {
        "action": action.value,
        "collection": COLLECTION_OF[type(before if after is None else after)],
        "id": str(record_id),
        "fields": _to_text([one.path for one in changed]),
        "values": _to_text(values),
        "digest_before": None if before is None else un.digest(before),
        "digest_after": digest,
    }


def make_part_row(part: str) -> dict[str, Any]:
    """The row of a change of what a register has besides records."""
    return _make_bare_row(Action.REPLACED, "", part)


def make_erasure_row(tombstone_id: str) -> dict[str, Any]:
    """The row that says that somebody was erased."""
    return _make_bare_row(Action.ERASED, "persons", tombstone_id)


def _make_bare_row(action: Action, collection: str, record_id: str) -> dict[str, Any]:
    row = {"action": action.value, "collection": collection, "id": str(record_id), "fields": "[]", "values": "{}"}
    return {**row, "digest_before": None, "digest_after": None}


def list_changed_fields(before: Any, after: Any) -> Iterator[FieldChange]:
    """The fields in which two records differ."""
    if type(before) is not type(after):
        yield FieldChange(path="")
        return
    may_have_values = not isinstance(after, Person)
    cls: Any = type(after)
    for shape in fields_of(cls):
        yield from _compare(shape, getattr(before, shape.name), getattr(after, shape.name), "", may_have_values)


def _compare(shape: FieldShape, before: Any, after: Any, within: str, may_have_values: bool) -> Iterator[FieldChange]:
    if before == after:
        return
    path = f"{within}{shape.name}"
    is_public = may_have_values and shape.sensitivity is Sensitivity.PUBLIC
    if isinstance(before, Text) and isinstance(after, Text) and not shape.many:
        differing = (language for language in sorted({*before, *after}) if before.get(language) != after.get(language))
        yield from (FieldChange(path=f"{path}.{language}") for language in differing)
    elif nested_class(shape) and not shape.many and None not in (before, after):
        for part in fields_of(nested_class(shape)):
            yield from _compare(part, getattr(before, part.name), getattr(after, part.name), f"{path}.", is_public)
    elif is_public and _is_no_free_text(shape.type):
        yield FieldChange(path=path, has_values=True, before=un.to_dict(before), after=un.to_dict(after))
    else:
        yield FieldChange(path=path)


_VALUE_TYPES = (bool, int, PartialDate, CountryCode, LanguageTag)


def _is_no_free_text(kind: Any) -> bool:
    return kind in _VALUE_TYPES or (isinstance(kind, type) and issubclass(kind, Enum))


def read_log(connection: Connection, *, since: int = 0, record_id: str | None = None) -> Iterator[LogEntry]:
    """The entries after a revision, in their order; of one record, or of all."""
    wanted = select(CHANGES).where(CHANGES.c.revision > since).order_by(CHANGES.c.number)
    if record_id is not None:
        wanted = wanted.where(CHANGES.c.id == record_id)
    for row in connection.execute(wanted):
        yield LogEntry(
            revision=row.revision,
            at=row.at,
            by=row.by,
            action=Action(row.action),
            collection=row.collection,
            id=row.id,
            fields=tuple(json.loads(row.fields)),
            values=json.loads(row._mapping["values"]),  # noqa: SLF001 - as SQLAlchemy names it; `values` is a method
            digest_before=row.digest_before,
            digest_after=row.digest_after,
        )


def replace_ids(connection: Connection, new_ids: Mapping[str, str], forgotten: Iterable[str]) -> None:
    """Write other ids into the log in place of some, and let it forget what it has of the records with these ids.

    What is forgotten are values and digests: a digest tells whether a guess at what was there is right.
    """
    nothing = {"values": "{}", "digest_before": None, "digest_after": None}
    forgetting = update(CHANGES).where(CHANGES.c.id == bindparam("old")).values(**nothing)
    _execute_each(connection, forgetting, [{"old": old} for old in dict.fromkeys((*forgotten, *new_ids))])
    for column in (CHANGES.c.id, CHANGES.c.by):
        changing = update(CHANGES).where(column == bindparam("old")).values({column: bindparam("new")})
        _execute_each(connection, changing, [{"old": old, "new": new} for old, new in new_ids.items()])


def _execute_each(connection: Connection, statement: Update, values: list[dict[str, str]]) -> None:
    if values:
        connection.execute(statement, values)


def find_ids_to_replace(
    connection: Connection, register: Register, person: Person, erased: Erased
) -> Mapping[str, str]:
    """Other ids for those that the log alone has, and that name a person who is erased."""
    traces = Traces.of((person,), others=list_other_names(register, {person.id}), extensions=register.extensions)
    loose = {
        record_id: collection or "changes"
        for record_id, collection in _list_ids(connection).items()
        if record_id not in register.by_id and record_id not in erased.new_ids and record_id in traces
    }
    return IdReplacement(register, "erased").replace(loose)


def _list_ids(connection: Connection) -> dict[str, str]:
    """Every id that the log has, with a collection in which a record of it was; none for who only wrote."""
    found = {by: "" for (by,) in connection.execute(select(CHANGES.c.by).distinct()) if by is not None}
    for row in connection.execute(select(CHANGES.c.id, CHANGES.c.collection).distinct()):
        found[row.id] = row.collection
    return found


def write_log(
    connection: Connection, rows: Iterable[Mapping[str, Any]], *, revision: int, at: str | None, by: str | None
) -> None:
    """Write rows of changes of one revision."""
    connection.execute(insert(CHANGES), [{**row, "revision": revision, "at": at, "by": by} for row in rows])


def _to_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
