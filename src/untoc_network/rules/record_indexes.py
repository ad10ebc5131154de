"""Who names whom and who shares what in a register: indexes that change with a change and answer by key.

A version shares with the one before all that the change does not touch, and neither is ever changed.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from untoc_network.model.persistent_collections import ShardedDict, SortedBlocks
from untoc_network.model.register import COLLECTION_OF, COLLECTIONS, AnyRecord, Register, is_reference_field
from untoc_network.model.traversal import collect_wanted
from untoc_network.rules.looked_at_fields import Resolve, SharedKeys, list_values_at
from untoc_network.values.fields import FieldShape

__all__ = ["EdgeChanges", "KeyIndex", "RecordIndexes", "list_targets"]

Change = tuple[AnyRecord | None, AnyRecord | None]
"""A record before and after; None where there is none."""

MOST_IN_TUPLE = 512
"""So many ids under one key are a tuple; more are in blocks, so that adding one does not copy them all."""


@attrs.frozen(cache_hash=True)
class KeyIndex:
    """By what the records of a class are found: the values at some paths, or what a function gives."""

    cls: Any
    paths: tuple[str, ...] = ()
    sharing: SharedKeys | None = None

    def list_keys(self, records: Iterable[Any], resolve: Resolve) -> Iterable[tuple[Any, Hashable]]:
        """Each record with each of its keys."""
        if self.sharing is not None:
            return self.sharing(records, resolve)
        return ((record, value) for record in records for path in self.paths for value in list_values_at(record, path))


@attrs.frozen
class EdgeChanges:
    """What a change does to the references between records."""

    renamed: frozenset[str]
    """The records of which the references are others now."""
    targets: frozenset[str]
    """The ids that a record began or ceased to name."""


def _is_reference(_cls: Any, shape: FieldShape) -> bool:
    return is_reference_field(shape)


def list_targets(record: AnyRecord | None) -> frozenset[str]:
    """The ids that a record names."""
    return frozenset(() if record is None else collect_wanted(record, _is_reference))


@attrs.frozen(kw_only=True)
class RecordIndexes:
    """What is found by key in a register in which no id stands twice."""

    register: Register
    key_indexes: tuple[KeyIndex, ...]
    aliases: Mapping[str, tuple[str, ...]]
    """The ids that are redirected to each id."""
    naming: ShardedDict[tuple[str, str], Any]
    """By collection and id, the ids of the records there that name it."""
    keyed: ShardedDict[tuple[KeyIndex, Hashable], Any]
    ids: Mapping[str, SortedBlocks[str]]
    """The ids of each collection, in order."""
    reversed_ids: Mapping[str, SortedBlocks[str]]
    """The same read backwards."""

    @classmethod
    def build(cls, register: Register, key_indexes: tuple[KeyIndex, ...]) -> RecordIndexes:
        """The indexes of a register, from its records."""
        naming: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        keyed: defaultdict[tuple[KeyIndex, Hashable], list[str]] = defaultdict(list)
        for name in COLLECTIONS:
            for record in getattr(register, name):
                for target in list_targets(record):
                    naming[name, target].append(record.id)
        for index in key_indexes:
            records = getattr(register, COLLECTION_OF[index.cls])
            for record, key in dict.fromkeys(
                (record.id, key) for record, key in index.list_keys(records, register.resolved)
            ):
                keyed[index, key].append(record)
        ids = {name: [record.id for record in getattr(register, name)] for name in COLLECTIONS}
        return cls(
            register=register,
            key_indexes=key_indexes,
            aliases=_group_aliases(register),
            naming=ShardedDict((key, _pack(some)) for key, some in naming.items()),
            keyed=ShardedDict((key, _pack(some)) for key, some in keyed.items()),
            ids={name: SortedBlocks(some) for name, some in ids.items()},
            reversed_ids={name: SortedBlocks(one[::-1] for one in some) for name, some in ids.items()},
        )

    def changed(self, register: Register, changes: Mapping[str, Change]) -> tuple[RecordIndexes, EdgeChanges]:
        """The indexes of a register in which these records are others, and what that does to references.

        Where redirects differ, the records that name what they lead to are among the changes.
        """
        names, keys = _Edits(), _Edits()
        renamed: set[str] = set()
        targets: set[str] = set()
        for record_id, (old, new) in changes.items():
            named, naming = list_targets(old), list_targets(new)
            if type(old) is not type(new):
                names.remove(record_id, ((COLLECTION_OF[type(old)], one) for one in named))
                names.add(record_id, ((COLLECTION_OF[type(new)], one) for one in naming))
            elif named != naming:
                name = COLLECTION_OF[type(old)]
                names.remove(record_id, ((name, one) for one in named - naming))
                names.add(record_id, ((name, one) for one in naming - named))
            if named != naming or type(old) is not type(new):
                renamed.add(record_id)
                targets |= named ^ naming
            held = set(self.list_keys(old))
            holding = set(_list_keys(self.key_indexes, new, register.resolved))
            keys.remove(record_id, held - holding)
            keys.add(record_id, holding - held)
        same_redirects = register.redirects is self.register.redirects
        new_indexes = attrs.evolve(
            self,
            register=register,
            aliases=self.aliases if same_redirects else _group_aliases(register),
            naming=names.apply(self.naming),
            keyed=keys.apply(self.keyed),
            **_change_ids(self, changes),
        )
        return new_indexes, EdgeChanges(frozenset(renamed), frozenset(targets))

    def get(self, record_id: str) -> Any:
        """The record of that id, whatever is redirected."""
        return self.register.by_id.get(record_id)

    def list_names(self, record_id: str) -> tuple[str, ...]:
        """The ids that lead to a record, its own first."""
        return (record_id, *self.aliases.get(record_id, ()))

    def iterate_naming(self, cls: Any, record_id: str) -> Iterator[str]:
        """The ids of the records of a class that name a record by any id that leads to it."""
        name = COLLECTION_OF[cls]
        return itertools.chain.from_iterable(self.naming.get((name, one), ()) for one in self.list_names(record_id))

    def iterate_naming_as_such(self, record_id: str) -> Iterator[str]:
        """The ids of the records that name that very id."""
        return itertools.chain.from_iterable(self.naming.get((name, record_id), ()) for name in COLLECTIONS)

    def is_named(self, record_id: str) -> bool:
        """Whether any record names that very id."""
        return any((name, record_id) in self.naming for name in COLLECTIONS)

    def find(self, index: KeyIndex, key: Hashable) -> Iterable[str]:
        """The ids of the records that have a key."""
        found: Iterable[str] = self.keyed.get((index, key), ())
        return found

    def list_keys(self, record: AnyRecord | None) -> Iterator[tuple[KeyIndex, Hashable]]:
        """All keys of a record."""
        return _list_keys(self.key_indexes, record, self.register.resolved)

    def find_place(self, record: AnyRecord) -> tuple[str, int]:
        """The collection of a record and its position there."""
        name = COLLECTION_OF[type(record)]
        return name, self.ids[name].position(record.id)


def _list_keys(
    indexes: Iterable[KeyIndex], record: AnyRecord | None, resolve: Resolve
) -> Iterator[tuple[KeyIndex, Hashable]]:
    for index in indexes:
        if index.cls is type(record):
            for _, key in index.list_keys((record,), resolve):
                yield index, key


def _group_aliases(register: Register) -> dict[str, tuple[str, ...]]:
    aliases: defaultdict[str, list[str]] = defaultdict(list)
    for old, new in register.redirected.items():
        aliases[new].append(old)
    return {new: tuple(olds) for new, olds in aliases.items()}


def _change_ids(indexes: RecordIndexes, changes: Mapping[str, Change]) -> dict[str, Any]:
    """The ids of each collection after a change, where any came or went."""
    gone: defaultdict[str, list[str]] = defaultdict(list)
    come: defaultdict[str, list[str]] = defaultdict(list)
    for record_id, (old, new) in changes.items():
        if type(old) is not type(new):
            for record, some in ((old, gone), (new, come)):
                if record is not None:
                    some[COLLECTION_OF[type(record)]].append(record_id)
    if not gone and not come:
        return {}
    ids, reversed_ids = {**indexes.ids}, {**indexes.reversed_ids}
    for name in gone.keys() | come.keys():
        ids[name] = ids[name].with_changes(removed_keys=gone[name], added=come[name])
        reversed_ids[name] = reversed_ids[name].with_changes(
            removed_keys=[one[::-1] for one in gone[name]], added=[one[::-1] for one in come[name]]
        )
    return {"ids": ids, "reversed_ids": reversed_ids}


def _pack(ids: list[str]) -> Any:
    return tuple(ids) if len(ids) <= MOST_IN_TUPLE else SortedBlocks(ids)


class _Edits:
    """Ids that come under keys and go from there."""

    def __init__(self) -> None:
        self._gone: defaultdict[Hashable, list[str]] = defaultdict(list)
        self._come: defaultdict[Hashable, list[str]] = defaultdict(list)

    def remove(self, record_id: str, keys: Iterable[Hashable]) -> None:
        for key in keys:
            self._gone[key].append(record_id)

    def add(self, record_id: str, keys: Iterable[Hashable]) -> None:
        for key in keys:
            self._come[key].append(record_id)

    def apply(self, index: ShardedDict[Any, Any]) -> ShardedDict[Any, Any]:
        """The index with what came and went."""
        touched = self._gone.keys() | self._come.keys()
        if not touched:
            return index
        values = {
            key: _change_packed(index.get(key, ()), self._gone.get(key, ()), self._come.get(key, ())) for key in touched
        }
        empty = [key for key, held in values.items() if not held]
        return index.with_changes({key: held for key, held in values.items() if key not in empty}, removed_keys=empty)


def _change_packed(held: Any, gone: Iterable[str], come: Iterable[str]) -> Any:
    if type(held) is tuple:
        return _pack([*(one for one in held if one not in gone), *come])
    return held.with_changes(removed_keys=gone, added=come)
