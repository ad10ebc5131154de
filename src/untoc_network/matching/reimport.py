"""A list brought into a register as a three-way merge with what the list said last time.

Base is what this list said last time, of which the register keeps digests; theirs what it says now; ours the register.
What the list says as before changes nothing. What it says anew, and nobody else changed, is taken. What both changed is
a finding, and the register's value stands. Of a list that was never imported nothing is known to be its own: it adds,
never takes away, and what contradicts is told.

Here is the order of an import: ids first, then record by record, then what is missing. It is one walk through one
state, so it is one class; what each step does with fields, consents, other rows and protection stands in files of
their own.
"""

from __future__ import annotations

import functools
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from untoc_network.diagnostics.codes import member_list_reimport as reimporting, member_lists as importing
from untoc_network.matching.consent_reimport import reimport_consents
from untoc_network.matching.list_memory import ListMemory
from untoc_network.matching.list_redaction import EXPOSING_PATHS, ErasedPersonsOnList, strip_details_of_body_at_risk
from untoc_network.matching.other_list_rows import OtherRows
from untoc_network.matching.record_merge_context import RecordComparison
from untoc_network.matching.record_reimport import RecordReimport
from untoc_network.matching.records_missing_from_list import find_missing_records, find_missing_rows, find_renamed_lists
from untoc_network.matching.reimport_log import ListEdit, Reimport, ReimportLog
from untoc_network.matching.row_matching import ListEntry, get_country_of_record, list_bodies_of_person, match_entries
from untoc_network.model.event import Event
from untoc_network.model.listed_record import ListedRecord
from untoc_network.model.network import Membership, Network
from untoc_network.model.organization_and_person import Organization, Person, list_refusals
from untoc_network.model.person_tombstone import was_erased
from untoc_network.model.register import COLLECTION_OF, Register, is_reference_field, list_named_ids, list_references
from untoc_network.model.remembered_lists_and_erasures import RememberedRow
from untoc_network.model.source import Source, SourceKind
from untoc_network.model.traversal import GONE, Change, Path, Rewriter
from untoc_network.text.slugs import FreeIdAllocator
from untoc_network.values.consent_and_contact import Purpose
from untoc_network.values.dates import Period
from untoc_network.values.fields import FieldShape, fields_of, nested_class
from untoc_network.values.ids_and_codes import RecordId, SourceId
from untoc_network.values.place_and_link import Place as Where

__all__ = [
    "list_taken_ids",
    "make_register_from_records",
    "prepare_new_record",
    "reimport",
]


def reimport(  # noqa: PLR0913
    existing: Register,
    listed: Iterable[ListedRecord],
    *,
    list_name: str,
    seed: bytes = b"",
    headers: Iterable[str] = (),
    accept_consents: bool = False,
) -> Reimport:
    """Bring what a list says into a register. Pure; the same input again gives the same register.

    `list_name` is by which the register remembers the list. `seed` are the bytes of the list; the key of its digests is
    made of them when it is first imported. `headers` are those of its columns, if it has any, by which it is recognised
    under another name. `accept_consents` writes consents that somebody looked at: without it, a list may give a consent
    only to a purpose for which none was ever recorded.
    """
    return _Reimport(existing, ListMemory(existing, list_name, seed), tuple(headers), accept_consents).run(iter(listed))


class _RegisterIds:
    """Brings records under their ids in the register.

    It knows no entry, so that entries, which are settled by it, are let go of as soon as nobody asks for them.
    """

    def __init__(self, ids: Mapping[str, str | None]) -> None:
        self.ids = ids
        self.renaming = Rewriter(self._choose_renaming)

    def settle(self, record: Any) -> Any:
        """The record under its id in the register, as far as that is known by now, naming others by theirs.

        What names a record that stays out goes.
        """
        ids = self.ids
        for target in (record.id, *list_named_ids(record)):
            if ids.get(target, target) != target:
                break
        else:
            return record
        named = self.renaming.rewrite(record)
        return record if named is GONE else named

    def _choose_renaming(self, _cls: Any, shape: FieldShape, path: Path) -> Change | None:
        return self._rename if is_reference_field(shape) or path == ("id",) else None

    def _rename(self, _: Any, value: str) -> Any:
        target = self.ids.get(value, value)
        return GONE if target is None else target


class _Reimport:
    """One import: the entries find their records, and each is merged into it."""

    def __init__(self, existing: Register, memory: ListMemory, headers: tuple[str, ...], accept_consents: bool) -> None:
        self.existing, self.memory, self.headers, self.accept_consents = existing, memory, headers, accept_consents
        self.log = ReimportLog(list_name=memory.name)
        self.ids: dict[str, str | None] = {}
        self.settle = _RegisterIds(self.ids).settle
        self.free = FreeIdAllocator({})
        self.stated: set[str] = set()
        """The ids that the list itself gives to new records: nothing else gets one of them."""
        self.body_names: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
        """What the list calls the bodies, by their ids in the register."""
        self.records: dict[str, Any] = {}
        """The records as they are by now, by their ids."""
        self.rows: dict[str, RememberedRow] = {}
        self.taken_out: list[RememberedRow] = []
        self.entries: list[ListEntry] = []
        """Those that are asked for again once they are merged: all, where anything may be missing from the list."""
        self.repeated: list[ListEntry] = []
        """Those that are about one record with others."""
        self.erased: ErasedPersonsOnList | None = None
        self.is_of_persons = False

    def run(self, listed: Iterator[ListedRecord]) -> Reimport:
        """Everything that the list says, class by class: what others name first."""
        if self.existing.erasures:
            listed, named = itertools.tee(listed)
            self.erased = ErasedPersonsOnList(self.existing, named, self.body_names, self.log)
        entries = self._match_by_class(listed)
        several = Counter(self.ids[entry.listed.record.id] for entry in entries)
        self.repeated = [entry for entry in entries if several[self.ids[entry.listed.record.id]] > 1]
        self.risky = {
            self.ids[entry.listed.record.id] for entry in entries if getattr(entry.listed.record, "at_risk", False)
        }
        self.has_bodies_at_risk = bool(self.risky) or any(getattr(one, "at_risk", False) for one in self.existing)
        if self.existing.lists or self.existing.sources or self.memory.rows:
            self.entries = entries[:]
        entries.sort(key=lambda one: (_make_class_sort_key(type(one.listed.record)), one.key), reverse=True)
        while entries:  # each is let go of once it is merged
            self.merge(entries.pop())
        return self._result()

    def _match_by_class(self, listed: Iterator[ListedRecord]) -> list[ListEntry]:
        by_class: defaultdict[type, list[ListedRecord]] = defaultdict(list)
        for one in listed:
            by_class[type(one.record)].append(one)
        self.stated = {one.stated_id for held in by_class.values() for one in held if one.stated_id is not None}
        taken = {*list_taken_ids(self.existing)}
        self.stated -= taken
        self.free = FreeIdAllocator(dict.fromkeys((*taken, *self.stated), type(None)))
        keys: dict[str, str] = {}
        entries: list[ListEntry] = []
        for cls in sorted(by_class, key=_make_class_sort_key):
            found = match_entries(self.existing, self.memory, by_class[cls], self.settle, keys.__getitem__)
            if self.erased is not None:
                self.erased.find(found)
                self.erased.mask(found, self.settle)
            self.assign_ids(found)
            keys |= {entry.listed.record.id: entry.key for entry in found}
            entries += found
        return entries

    def id_of(self, record_id: str) -> str:
        """The id in the register of a record that the list names by its own."""
        return self.ids.get(record_id) or self.existing.resolved(record_id)

    # -- ids ---------------------------------------------------------------------------------------------------------

    def assign_ids(self, entries: Sequence[ListEntry]) -> None:
        """Give each entry its id. The ids of new records do not hang on the order of the list."""
        for entry in entries:
            self.ids[entry.listed.record.id] = entry.record_id if entry.erased is None else None
        for entry in _sort_open_entries(entries):
            if not self._stays_out_with_owner(entry):
                self.ids[entry.listed.record.id] = self._give_id(entry)
                self._report_doubts(entry)
        for entry in entries if self.erased is not None else ():
            record_id = self.ids[entry.listed.record.id]
            if isinstance(entry.made, Organization) and record_id is not None:
                self.body_names[record_id] += tuple(entry.listed.record.name.values())

    def _give_id(self, entry: ListEntry) -> str:
        """The id that the entry wants, or the first one made of it that is free."""
        listed = entry.listed
        if listed.stated_id in self.stated:
            self.stated.remove(listed.stated_id)
            return listed.stated_id
        wanted = listed.stated_id or listed.wanted or listed.record.id
        if listed.owner is not None:
            wanted = f"{self.id_of(listed.owner)}-{wanted}"[:_LONGEST_ID].strip("-")
        return self.free.give(
            wanted, type(listed.record), get_country_of_record(listed.record), numbered=listed.numbered
        )

    def _stays_out_with_owner(self, entry: ListEntry) -> bool:
        """Whether what it consists of stays out: a membership of a body that does."""
        if type(entry.listed.record) is not Membership:
            return False
        outer = [reference.target for reference in list_references(entry.listed.record) if len(reference.path) == 1]
        return any(target in self.ids and self.ids[target] is None for target in outer)

    def _report_doubts(self, entry: ListEntry) -> None:
        if entry.doubts:
            candidates = ", ".join(repr(one) for one in entry.doubts)
            new_id = self.ids[entry.listed.record.id] or ""
            self.log.reporter(entry.listed, new_id)(
                reimporting.ambiguous_list_entry, "name", None, candidates=candidates
            )

    # -- one record --------------------------------------------------------------------------------------------------

    def merge(self, entry: ListEntry) -> None:
        """Bring what an entry says into its record."""
        record_id = self.ids[entry.listed.record.id]
        if record_id is None:
            self._stays_out(entry)
            return
        ours = self.records.get(record_id) or self.existing.by_id.get(record_id)
        if isinstance(entry.listed.record, Source):
            self._merge_source(entry.listed.record, ours, record_id)
            return
        if entry.row is not None and _is_older_version(entry.listed, entry.row):
            params = {"sequence": entry.listed.sequence or 0, "last": entry.row.sequence or 0}
            self.log.leave_out(entry.listed, record_id, "", reimporting.outdated_entry, **params)
            self.rows[entry.row.key] = entry.row
            return
        if ours is not None and was_erased(self.existing, ours):
            rule = reimporting.erased_person_on_list
            self.log.leave_out(entry.listed, record_id, "", rule, what="sure", remedy="take-out")
            return
        listed, record = entry.listed, self._in_the_register(entry.listed.record, record_id)
        if self.is_of_persons and isinstance(ours, Organization) and not ours.sources:
            # whoever wrote it down said that it is to be known; as the only source, the list would take that back
            record = attrs.evolve(record, sources=())
        if record is not listed.record:
            listed = attrs.evolve(listed, record=record)
        is_exposed = self.has_bodies_at_risk and any(
            map(self._is_at_risk, (record_id, *list_bodies_of_person(listed.record)))
        )
        if is_exposed:
            listed = strip_details_of_body_at_risk(listed, self.log)
        if ours is None:
            self.records[record_id], said = self._take_new(entry, listed, record_id)
        else:
            self.records[record_id], said = self._merge_known(entry, listed, ours, record_id)
        if is_exposed:
            said = [one for one in said if not one.startswith(EXPOSING_PATHS)]
        self._remember(entry, listed, record_id, said)

    def _remember(self, entry: ListEntry, listed: ListedRecord, record_id: str, said: list[str]) -> None:
        """What an entry said, under the id that its row had last time, as far as that leads to its record."""
        is_same = entry.row is not None and self.existing.resolved(entry.row.record_id) == record_id
        row = RememberedRow(
            list_name=self.memory.name,
            key=entry.key,
            record_id=entry.row.record_id if entry.row is not None and is_same else RecordId(record_id),
            said=tuple(sorted(said)),
            sequence=_get_latest_sequence(listed, entry.row),
        )
        self.rows[row.key] = entry.row if entry.row is not None and entry.row == row else row

    def _merge_source(self, listed: Source, ours: Any, record_id: str) -> None:
        """The list itself: it keeps the title that it had when it was first imported."""
        self.is_of_persons = listed.kind is SourceKind.LIST_OF_PERSONS
        if ours is None:
            self.records[record_id] = self._add(attrs.evolve(listed, id=SourceId(record_id)))
        elif self.is_of_persons == (ours.kind is SourceKind.LIST_OF_PERSONS):
            self.records[record_id] = ours
        else:
            self.records[record_id] = attrs.evolve(ours, kind=listed.kind)
            edit = self.log.editor("sources", record_id)
            edit("kind", "changed", "changed-in-list", ours.kind, listed.kind, public=True)

    def _take_new(self, entry: ListEntry, listed: ListedRecord, record_id: str) -> tuple[Any, list[str]]:
        """A record that is new, with the consents that a list may give; and what the list says of it."""
        record = prepare_new_record(listed.record)
        said = self.memory.said_by(record)
        may_be_hidden = any(map(self._is_hidden, entry.doubts))
        if hasattr(record, "contacts") and listed.record.consents:
            comparison = self._compare(entry, listed, record_id)
            comparison.add_edit = _report_nothing  # that the record is added tells it all
            before = attrs.evolve(record, declined=tuple(Purpose)) if may_be_hidden else record
            record = reimport_consents(comparison, record, before)
            said += comparison.said
        if may_be_hidden and isinstance(record, Organization):  # the list has not said so, and does not take it back
            record = attrs.evolve(record, undecided=(Purpose.PUBLICATION,))
        return self._add(record), said

    def _merge_known(self, entry: ListEntry, listed: ListedRecord, ours: Any, record_id: str) -> tuple[Any, list[str]]:
        """A record of the register with what the entry says anew, and what the list says of it."""
        if said := self._find_what_is_repeated(entry, listed.record, ours):
            return ours, said
        comparison = self._compare(entry, listed, record_id)
        return RecordReimport(comparison).merge(ours), comparison.said

    def _find_what_is_repeated(self, entry: ListEntry, record: Any, ours: Any) -> list[str]:
        """What an entry says that only repeats itself: the same as last time, of a record that says that and no more.

        To merge it, part by part, would come to the same; of a list that is imported again most entries are such.
        Consents are looked at anew each time, and so is what is said of a body at risk.
        """
        if entry.row is None or record != ours or getattr(record, "at_risk", False):
            return []
        if hasattr(record, "contacts") and (record.consents or any(one.consents for one in record.contacts)):
            return []
        said = self.memory.said_by(record)
        return said if tuple(sorted(said)) == entry.row.said else []

    def _add(self, record: Any) -> Any:
        """Note that a record is added."""
        collection = COLLECTION_OF[type(record)]
        self.log.edits.append(
            ListEdit(collection=collection, id=record.id, field="", what="added", reason="new-in-list")
        )
        return record

    def _is_hidden(self, record_id: str) -> bool:
        """Whether a record is not to be shown, and with it no other that may be the same."""
        known = self.records.get(record_id) or self.existing.by_id.get(record_id)
        return getattr(known, "at_risk", False) or Purpose.PUBLICATION in list_refusals(known)

    def _is_at_risk(self, record_id: str) -> bool:
        record = self.records.get(record_id) or self.existing.by_id.get(record_id)
        return record_id in self.risky or bool(getattr(record, "at_risk", False))

    def _stays_out(self, entry: ListEntry) -> None:
        """What somebody took out of the register, and what consists of it."""
        if self.erased is not None and entry.erased is not None:
            self.erased.leave_out(entry.listed, entry.erased)
        elif entry.row is not None:
            self.log.leave_out(entry.listed, entry.row.record_id, "", reimporting.removed_record_on_list)
            self.taken_out.append(entry.row)

    def _in_the_register(self, record: Any, record_id: str) -> Any:
        """The record under its id there."""
        named = self.settle(record)
        return named if named.id == record_id else attrs.evolve(named, id=record_id)

    def _compare(self, entry: ListEntry, listed: ListedRecord, record_id: str) -> RecordComparison:
        """The record beside what the entry says of it."""
        return RecordComparison(
            self.memory,
            listed,
            entry.row,
            self._others.queries(entry, record_id, accept_consents=self.accept_consents),
            self.log.reporter(entry.listed, record_id),
            self.log.editor(COLLECTION_OF[type(listed.record)], record_id),
        )

    @functools.cached_property
    def _others(self) -> OtherRows:
        repeated = (
            (entry, prepare_new_record(self._in_the_register(entry.listed.record, record_id)))
            for entry in self.repeated
            if (record_id := self.ids[entry.listed.record.id]) is not None
        )
        return OtherRows(self.existing, self.memory, repeated)

    # -- the whole ---------------------------------------------------------------------------------------------------

    def _result(self) -> Reimport:
        missing = self._find_missing()
        new = make_register_from_records(
            record
            for key, record in self.records.items()
            if (held := self.existing.by_id.get(key)) is None or (held is not record and held != record)
        )
        register, changes = self.existing.merged(new)
        rows = {**self.rows, **{row.key: row for row in self.taken_out}}
        others = [row for row in self.existing.list_rows if row.list_name != self.memory.name]
        lists = [one for one in self.existing.lists if one.name != self.memory.name]
        lists = sorted((*lists, self.memory.to_record(self.headers)), key=lambda one: one.name)
        list_rows = sorted((*others, *rows.values()), key=lambda row: (row.list_name, row.key))
        register = attrs.evolve(register, lists=lists, list_rows=list_rows)
        return Reimport(
            register=register,
            changes=changes,
            edits=tuple(self.log.edits),
            findings=tuple(self.log.findings),
            missing_from_list=missing,
            left_out=tuple(self.log.left_out),
            ids=self.ids,
        )

    def _find_missing(self) -> tuple[str, ...]:
        """What this list had last time and has not any more; what it said of that stays remembered."""
        missing: tuple[str, ...] = ()
        if self.memory.rows or self.existing.sources:
            covered = {self.ids[entry.listed.record.id] for entry in self.entries}
            rows = tuple(find_missing_rows(self.existing, self.memory, self.entries, covered))
            self.rows |= {row.key: row for row in rows}
            missing = find_missing_records(self.existing, self.memory, self.entries, covered, rows)
        for record_id in missing:
            finding = importing.missing_from_list.finding((), {"id": record_id}, subject=record_id)
            self.log.findings.append(finding)
        if self.existing.lists and self.headers and not self.memory.is_known:
            self.log.findings += find_renamed_lists(self.existing, self.memory, self.entries, self.headers)
        return missing


def prepare_new_record(record: Any) -> Any:
    """A record as a list gives it where it is new: what says nothing is none, and no consent is taken yet."""
    fields: dict[str, Any] = dict.fromkeys(
        name
        for name, empty in _list_empty_places_and_periods(record.__class__)
        if (held := getattr(record, name)) is not None and held == empty
    )
    if hasattr(record, "contacts") and (record.consents or any(contact.consents for contact in record.contacts)):
        fields["consents"] = ()
        fields["contacts"] = tuple(attrs.evolve(contact, consents=()) for contact in record.contacts)
    return attrs.evolve(record, **fields) if fields else record


@functools.cache
def _list_empty_places_and_periods(cls: Any) -> tuple[tuple[str, Any], ...]:
    shapes = (shape for shape in fields_of(cls) if not shape.many and nested_class(shape) in (Where, Period))
    return tuple((shape.name, shape.type()) for shape in shapes)


def make_register_from_records(records: Iterable[Any]) -> Register:
    """A register of these records."""
    held: defaultdict[str, list[Any]] = defaultdict(list)
    for record in records:
        held[COLLECTION_OF[type(record)]].append(record)
    return Register(**{name: tuple(found) for name, found in held.items()})  # type: ignore[arg-type]


def list_taken_ids(register: Register) -> set[str]:
    """The ids that a new record may not have: a record has them, had them, or they lead to another."""
    return {
        *register.by_id,
        *(redirect.old_id for redirect in register.redirects),
        *(row.record_id for row in register.list_rows),
        *(erasure.record_id for erasure in register.erasures),
    }


_LONGEST_ID = 94
_TURNS: Mapping[Any, int] = {Source: 0, Organization: 1, Network: 2, Event: 3, Person: 4, Membership: 5}


def _report_nothing(*_: Any, **__: Any) -> None:
    """What nobody listens to."""


def _make_class_sort_key(cls: type) -> tuple[int, str]:
    return _TURNS.get(cls, len(_TURNS)), cls.__name__


def _sort_open_entries(entries: Iterable[ListEntry]) -> list[ListEntry]:
    """Those that want new ids, whatever their turn in the list; numbered ones keep theirs."""
    wishes = [(_list_wishes(entry), entry) for entry in entries if entry.is_open]
    alike = Counter(wish for wish, _ in wishes)

    def rank(wish: tuple[str, ...], entry: ListEntry) -> tuple[str, ...]:
        return wish if alike[wish] == 1 or entry.listed.numbered else (*wish, entry.said)

    return [entry for _, entry in sorted(wishes, key=lambda one: rank(*one))]


def _list_wishes(entry: ListEntry) -> tuple[str, ...]:
    listed = entry.listed
    if listed.numbered:
        return (listed.wanted,)
    return (listed.wanted, get_country_of_record(listed.record) or "~", *listed.keys)


def _get_latest_sequence(listed: ListedRecord, row: RememberedRow | None) -> int | None:
    """The version to remember; an entry that says none is of the last one that was said."""
    return listed.sequence if listed.sequence is not None or row is None else row.sequence


def _is_older_version(listed: ListedRecord, row: RememberedRow) -> bool:
    return listed.sequence is not None and row.sequence is not None and listed.sequence < row.sequence
