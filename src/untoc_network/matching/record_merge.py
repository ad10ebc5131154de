"""Two records made one: nothing that either says is lost, all references lead to it, and it can be undone."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue, UnknownRecord
from untoc_network.matching.record_joining import RecordJoiner
from untoc_network.matching.three_way_memory_merge import redirect_distinct_pairs
from untoc_network.model.extension import declare
from untoc_network.model.network import Membership
from untoc_network.model.person_tombstone import is_tombstone
from untoc_network.model.register import COLLECTION_OF, AnyRecord, Redirect, Register
from untoc_network.values import ids_and_codes as ids
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.dates import PartialDate
from untoc_network.values.fields import fields_of

__all__ = ["RecordMerge", "Undo", "exchange_side_tables", "merge_records"]


@attrs.frozen(kw_only=True)
class Undo:
    """What it takes to undo a merge: the records that it touched as they were before, and as they were after.

    Both are registers, so whatever writes registers writes it.
    """

    before: Register
    after: Register


@attrs.frozen(kw_only=True)
class RecordMerge:
    """What came of making two records one.

    `unsettled` are the fields in which they contradict each other: the record follows the one that was kept, and what
    the other says stands in its claims or notes, but for those in `left_out`: more people see notes than such a field,
    so what the other says there stands in the undoing alone, and is lost where that is not kept. `twice` are pairs of
    memberships that are now of one organization in one network: look whether they are one as well.
    """

    register: Register
    undo: Undo
    unsettled: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    twice: tuple[tuple[str, str], ...] = ()


@check_arguments
def merge_records(
    register: Register, keep: str, drop: str, *, on: PartialDate | dt.date | str | None = None
) -> RecordMerge:
    """The register with the record `drop` merged into `keep`, and what undoes it.

    Names of the dropped record become aliases, lists are put together, empty fields are filled. Where the two
    contradict each other, the kept record stands, and the other's value becomes a claim of its source, or a note where
    it is not public or no single source says it. All references to the dropped record name the kept one, and its id
    leads there; so do the rows of lists that are remembered of it. A consent withdrawn in one of the two is withdrawn,
    and one to what the other said no to holds before those who keep the register alone, which `unsettled` tells. Who is
    at risk in one is at risk, with no more of what leads to its door than that one says: the rest is named
    in `left_out` and stands in what undoes the merge alone, as does what differs in personal or at-risk own fields.
    `on` is the day to note in the redirect. Pure.
    Raises `UnknownRecord` where one is not there, `ImpossibleValue` where the two are one or of two kinds, are sources
    that contradict each other, or one of them is an erased person and the other is not, or where a record names the
    dropped one whose id another record has too.
    """
    kept, dropped = (_get_record(register, record_id) for record_id in (keep, drop))
    if kept is dropped or type(kept) is not type(dropped):
        raise ImpossibleValue(f"{drop!r} cannot be merged into {keep!r}: they are one record, or of two kinds")
    if is_tombstone(kept) != is_tombstone(dropped):
        erased = keep if is_tombstone(kept) else drop
        raise ImpossibleValue(f"{drop!r} cannot be merged into {keep!r}: {erased!r} stands for an erased person")
    joined = RecordJoiner(kept, dropped, declare(register.extensions))
    record = joined.record()
    keys = joined.renamed
    touched = {kept.id: record}
    for reference in register.referrers.get(drop, ()):
        if reference.record.id not in (keep, drop):
            if register.by_id[reference.record.id] is not reference.record:
                raise ImpossibleValue(f"several records have the id {reference.record.id!r}; give each its own")
            holder = touched.get(reference.record.id, reference.record)
            touched[holder.id] = _replace_at_path(holder, reference.path, keep)
    touched = {
        record_id: _rename_keys_of_dropped_record(
            _drop_items_made_equal(changed, register.by_id[record_id]), register.by_id[record_id], drop, keys
        )
        for record_id, changed in touched.items()
    }
    redirect = Redirect(
        old_id=ids.RecordId(drop), new_id=ids.RecordId(keep), since=None if on is None else PartialDate.of(on)
    )
    before = attrs.evolve(
        _make_register_of_records([register.by_id[record_id] for record_id in touched] + [dropped]),
        list_rows=tuple(row for row in register.list_rows if row.record_id == drop),
        distinct=tuple(pair for pair in register.distinct if drop in (pair.one_id, pair.other_id)),
    )
    after = attrs.evolve(
        _make_register_of_records(touched.values()),
        redirects=(redirect,),
        list_rows=tuple(attrs.evolve(row, record_id=ids.RecordId(keep)) for row in before.list_rows),
        distinct=redirect_distinct_pairs(before.distinct, lambda one: keep if one == drop else one),
    )
    tables = exchange_side_tables(register, before, after)
    merged, _ = register.with_changes(replaced=tuple(after), removed=[drop], **tables)
    return RecordMerge(
        register=merged,
        undo=Undo(before=before, after=after),
        unsettled=tuple(joined.unsettled),
        left_out=tuple(joined.left_out),
        twice=tuple(_list_repeated_memberships(register, keep, drop)),
    )


def _get_record(register: Register, record_id: str) -> Any:
    record = register.by_id.get(record_id)
    if record is None:
        raise UnknownRecord(f"no record has the id {record_id!r}")
    return record


def _make_register_of_records(records: Iterable[AnyRecord]) -> Register:
    held: defaultdict[str, list[AnyRecord]] = defaultdict(list)
    for record in records:
        held[COLLECTION_OF[type(record)]].append(record)
    collections: dict[str, Any] = {name: tuple(found) for name, found in held.items()}
    return Register(**collections)


def exchange_side_tables(register: Register, gone: Register, new: Register) -> dict[str, tuple[Any, ...]]:
    """The redirects and memories of a register without those of one register, and with those of another."""
    tables: dict[str, tuple[Any, ...]] = {}
    for name in ("redirects", "list_rows", "distinct"):
        if leaving := {*getattr(gone, name), *getattr(new, name)}:
            staying = (item for item in getattr(register, name) if item not in leaving)
            tables[name] = (*staying, *getattr(new, name))
    return tables


def _replace_at_path(holder: Any, path: Sequence[str | int], value: str) -> Any:
    """The same object with another value at a path."""
    name, *rest = path
    assert isinstance(name, str), "a path into an object begins with a field"
    held = getattr(holder, name)
    if not rest:
        return attrs.evolve(holder, **{name: value})
    if not isinstance(held, tuple):
        return attrs.evolve(holder, **{name: _replace_at_path(held, rest, value)})
    place, inner = rest[0], rest[1:]
    assert isinstance(place, int), "a path into a list goes on with a position"
    item = _replace_at_path(held[place], inner, value) if inner else value
    return attrs.evolve(holder, **{name: (*held[:place], item, *held[place + 1 :])})


def _drop_items_made_equal(changed: Any, original: Any) -> Any:
    """The record without items that became equal when two ids became one."""
    twice = {
        shape.name: tuple(dict.fromkeys(now))
        for shape in fields_of(changed.__class__)
        if shape.many and (now := getattr(changed, shape.name)) != getattr(original, shape.name)
    }
    return attrs.evolve(changed, **twice)


def _rename_keys_of_dropped_record(changed: Any, original: Any, drop: str, renamed: Mapping[str, str]) -> Any:
    """A record that spoke of the dropped one's keys, with the names that they have now."""
    fields: dict[str, Any] = {}
    if renamed and getattr(original, "speaker_id", None) == drop:
        fields["speaking_as"] = tuple(renamed.get(key, key) for key in changed.speaking_as)
    if renamed and getattr(original, "event_id", None) == drop and getattr(changed, "segment", None):
        fields["segment"] = renamed.get(changed.segment, changed.segment)
    return attrs.evolve(changed, **fields)


def _list_repeated_memberships(register: Register, keep: str, drop: str) -> Iterator[tuple[str, str]]:
    held: dict[str, Membership] = {}
    for membership in register.memberships_by_organization.get(keep, ()):
        held.setdefault(register.resolved(membership.network_id), membership)
    for membership in register.memberships_by_organization.get(drop, ()):
        same = held.get(register.resolved(membership.network_id))
        if same is not None:
            yield same.id, membership.id
