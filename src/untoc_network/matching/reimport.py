"""A list brought into a register as a three-way merge with what the list said last time.

Base is what this list said last time, of which the register keeps digests; theirs what it says now; ours the register.
What the list says as before changes nothing. What it says anew, and nobody else changed, is taken. What both changed is
a finding, and the register's value stands. Of a list that was never imported nothing is known to be its own: it adds,
never takes away, and what contradicts is told.
"""

from __future__ import annotations

import functools
import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from untoc_network.diagnostics.code import Code
from untoc_network.diagnostics.codes import member_lists as importing, reimport as reimporting
from untoc_network.diagnostics.findings import Finding
from untoc_network.diagnostics.plain_form import BLANK, HasPlainForm, PlainForm
from untoc_network.matching.erased_masking import mask_erased
from untoc_network.matching.list_alignment import public_text
from untoc_network.matching.list_memory import ListMemory, read_said
from untoc_network.matching.record_reimport import RecordReimport, RegisterQueries
from untoc_network.matching.row_matching import ListEntry, country_of, make_keys, match_entries
from untoc_network.model.event import Event
from untoc_network.model.listed_record import ListedRecord, Place
from untoc_network.model.network import Membership, Network
from untoc_network.model.register import COLLECTIONS, Change, Register, references_of
from untoc_network.model.register_memory import RememberedRow
from untoc_network.model.stakeholder import Affiliation, Organization, Person, Post
from untoc_network.model.tombstone import was_erased
from untoc_network.privacy.at_risk import LEADING_TO_A_DOOR
from untoc_network.privacy.erased_mentions import ErasedMentions
from untoc_network.privacy.erasure_recognition import ErasureMatch, Recognized, recognise, recognise_person
from untoc_network.privacy.identifying_traces import list_names
from untoc_network.privacy.transform import GONE, is_reference, rewritten
from untoc_network.text.personal_data_patterns import holds_personal_data
from untoc_network.values.fields import FieldShape, fields_of
from untoc_network.values.ids import RecordId, SourceId
from untoc_network.values.place import Place as Where
from untoc_network.values.source import Source
from untoc_network.values.text import Text

__all__ = ["LeftOut", "ListEdit", "ListedRecord", "Place", "Reimport", "register_from_records", "reimport", "taken_ids"]


@attrs.frozen(kw_only=True)
class ListEdit(HasPlainForm):
    """One thing that an import does to a record: in which field, what, and why.

    `field` is empty where a whole record is added. `before` and `after` may be personal, and are not in `repr`;
    `public` tells whether anyone may see them.
    """

    collection: str
    id: str
    field: str
    what: str
    """`added`, `changed` or `removed`."""
    reason: str
    """`new-in-list`, `changed-in-list`, `gone-from-list`, `accepted` or `protected`."""
    before: Any = attrs.field(default=None, repr=False)
    after: Any = attrs.field(default=None, repr=False)
    public: bool = True

    @property
    def texts(self) -> tuple[str, str]:
        """What anyone may see of the values before and after; empty where it is not public, and where there is none."""
        return (_public_text(self.before), _public_text(self.after)) if self.public else ("", "")

    plain_form = PlainForm(
        "collection id field what reason before after",
        left_out=BLANK,
        before=lambda edit: edit.texts[0],
        after=lambda edit: edit.texts[1],
    )


def _public_text(value: Any) -> str:
    if isinstance(value, Mapping) and not isinstance(value, Text):
        return ", ".join(f"{name} {public_text(one)}" for name, one in value.items())
    return public_text(value)


@attrs.frozen(kw_only=True)
class LeftOut:
    """A place in the list of which the content is not in the register, and the code of the finding that says why."""

    place: Place
    code: str


@attrs.frozen(kw_only=True)
class Reimport:
    """What came of bringing a list into a register.

    `missing_from_list` are the organizations, persons and events that this list had last time and has not any more;
    their records stay. `ids` has for every listed record, by the id that it came with, the one that it has in the
    register; None where it stays out.
    """

    register: Register
    changes: tuple[Change, ...] = attrs.field(default=(), repr=False)
    edits: tuple[ListEdit, ...] = attrs.field(default=(), repr=False)
    findings: tuple[Finding, ...] = attrs.field(default=(), repr=False)
    missing_from_list: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = attrs.field(default=(), repr=False)
    ids: dict[str, str | None] = attrs.field(factory=dict, repr=False)


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
    return _Reimport(existing, ListMemory(existing, list_name, seed), tuple(headers), accept_consents).run(
        tuple(listed)
    )


class _Reimport:
    """One import: the entries find their records, and each is merged into it."""

    def __init__(self, existing: Register, memory: ListMemory, headers: tuple[str, ...], accept_consents: bool) -> None:
        self.existing, self.memory, self.headers, self.accept_consents = existing, memory, headers, accept_consents
        self.findings: list[Finding] = []
        self.edits: list[ListEdit] = []
        self.left_out: list[LeftOut] = []
        self.ids: dict[str, str | None] = {}
        self.free = _RecordIds(existing)
        self.body_names: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
        """What the list calls the bodies, by their ids in the register."""
        self.records: dict[str, Any] = {}
        """The records as they are by now, by their ids."""
        self.rows: dict[str, RememberedRow] = {}
        self.taken_out: list[RememberedRow] = []
        self.memories = {memory.name: memory}
        self.remembered: defaultdict[str, list[RememberedRow]] = defaultdict(list)
        for row in existing.list_rows:
            self.remembered[existing.resolved(row.record_id)].append(row)

    def run(self, listed: tuple[ListedRecord, ...]) -> Reimport:
        """Everything that the list says, class by class: what others name first."""
        names = tuple(name for one in listed if isinstance(one.record, NAMED) for name in list_names(one.record))
        self.erased = ErasedMentions(self.existing, names)
        by_class: defaultdict[type, list[ListedRecord]] = defaultdict(list)
        for one in listed:
            by_class[type(one.record)].append(one)
        entries: list[ListEntry] = []
        keys: dict[str, str] = {}
        for cls in sorted(by_class, key=_class_order):
            found = match_entries(self.existing, self.memory, by_class[cls], self._named, keys.__getitem__)
            self._look_for_erased(found)
            self._mask_the_erased(found)
            self.settle(found)
            keys |= {entry.listed.record.id: entry.key for entry in found}
            entries += found
        self.now = self._said_now(entries)
        self.risky = {
            self.ids[entry.listed.record.id] for entry in entries if getattr(entry.listed.record, "at_risk", False)
        }
        for entry in sorted(entries, key=lambda one: (_class_order(type(one.listed.record)), one.key)):
            self.merge(entry)
        gone = self._gone(entries)
        return self._result(entries, gone)

    def id_of(self, record_id: str) -> str:
        """The id in the register of a record that the list names by its own."""
        return self.ids.get(record_id) or self.existing.resolved(record_id)

    # -- ids ---------------------------------------------------------------------------------------------------------

    def settle(self, entries: Sequence[ListEntry]) -> None:
        """Give each entry its id. The ids of new records do not hang on the order of the list."""
        for entry in entries:
            self.ids[entry.listed.record.id] = entry.record_id if entry.erased is None else None
        for entry in sorted((one for one in entries if one.is_open), key=_entry_order):
            if not self._is_out(entry):
                self.ids[entry.listed.record.id] = self.free.give(entry, self.id_of)
                self._doubt(entry)
        for entry in entries:
            record_id = self.ids[entry.listed.record.id]
            if isinstance(entry.record, Organization) and record_id is not None:
                self.body_names[record_id] += tuple(entry.record.name.values())

    def _is_out(self, entry: ListEntry) -> bool:
        """Whether what it consists of stays out: a membership of a body that does."""
        if type(entry.listed.record) is not Membership:
            return False
        outer = [reference.target for reference in references_of(entry.listed.record) if len(reference.path) == 1]
        return any(target in self.ids and self.ids[target] is None for target in outer)

    def _doubt(self, entry: ListEntry) -> None:
        if entry.doubts:
            candidates = ", ".join(repr(one) for one in entry.doubts)
            new_id = self.ids[entry.listed.record.id] or ""
            self._tell(entry, new_id)(reimporting.ambiguous_list_entry, "name", None, candidates=candidates)

    # -- one record --------------------------------------------------------------------------------------------------

    def merge(self, entry: ListEntry) -> None:
        """Bring what an entry says into its record."""
        record_id = self.ids[entry.listed.record.id]
        if record_id is None:
            self._stays_out(entry)
            return
        ours = self.records.get(record_id) or self.existing.by_id.get(record_id)
        if isinstance(entry.listed.record, Source):
            self._source(entry.listed.record, record_id)
            return
        if entry.row is not None and _is_older(entry.listed, entry.row):
            params = {"sequence": entry.listed.sequence or 0, "last": entry.row.sequence or 0}
            self._leave_out(entry, record_id, "", reimporting.outdated_entry, **params)
            self.rows[entry.row.key] = entry.row
            return
        if was_erased(self.existing, ours):
            self._leave_out(entry, record_id, "", reimporting.erased_person_on_list, what="sure", remedy="take-out")
            return
        listed = attrs.evolve(entry.listed, record=self._in_the_register(entry.listed.record, record_id))
        listed = self._guarded(entry, listed, ours)
        merging = self._merging(entry, listed, record_id)
        self.records[record_id] = merging.made() if ours is None else merging.merged(ours)
        if ours is None:
            collection = COLLECTION_OF[type(listed.record)]
            self.edits.append(
                ListEdit(collection=collection, id=record_id, field="", what="added", reason="new-in-list")
            )
        hidden = EXPOSING if any(map(self._is_at_risk, (record_id, *_bodies_of(listed.record)))) else ()
        said = (one for one in merging.said if not one.startswith(hidden))
        kept = entry.row.record_id if entry.row is not None else record_id
        same = RecordId(kept if self.existing.resolved(kept) == record_id else record_id)
        self.rows[entry.key] = RememberedRow(
            list_name=self.memory.name,
            key=entry.key,
            record_id=same,
            said=tuple(sorted(said)),
            sequence=_latest_sequence(listed, entry.row),
        )

    def _source(self, source: Source, record_id: str) -> None:
        """The list itself as a source: it keeps the title that it had when it was first imported."""
        self.records[record_id] = self.existing.by_id.get(record_id) or attrs.evolve(source, id=SourceId(record_id))
        if record_id not in self.existing.by_id:
            self.edits.append(
                ListEdit(collection="sources", id=record_id, field="", what="added", reason="new-in-list")
            )

    def _in_the_register(self, record: Any, record_id: str) -> Any:
        """The record under its id there."""
        named = self._named(record)
        return named if named.id == record_id else attrs.evolve(named, id=record_id)

    def _named(self, record: Any) -> Any:
        """The record, naming others by their ids in the register; what names a record that stays out goes."""

        def change(_holder: Any, shape: FieldShape, value: Any, _path: Any) -> Any:
            if not is_reference(shape) or value not in self.ids:
                return value
            return GONE if self.ids[value] is None else self.ids[value]

        if all(
            self.ids.get(reference.target, reference.target) == reference.target for reference in references_of(record)
        ):
            return record
        named = rewritten(record, change)
        return record if named is GONE else named

    def _merging(self, entry: ListEntry, listed: ListedRecord, record_id: str) -> RecordReimport:
        own = entry.row.key if entry.row is not None else entry.key
        others = [row for row in self.remembered[record_id] if (row.list_name, row.key) != (self.memory.name, own)]

        def says_too(path: str, thing: Any) -> bool:
            mine = self.memory.digest(path, thing)
            if self.now.get((record_id, path, mine), set()) - {entry.key}:
                return True
            return any(self._memory(row).digest(path, thing) in read_said(row).get(path, {}) for row in others)

        def ever_agreed(purpose: Any) -> bool:
            return any(
                self._memory(row).digest("consents", purpose) in read_said(row).get("consents", {}) for row in others
            )

        asked = RegisterQueries(
            says_too=says_too,
            ever_agreed=ever_agreed,
            accept_consents=self.accept_consents,
            keys_in_use=self._keys_in_use.get(record_id, frozenset()),
        )
        collection = COLLECTION_OF[type(listed.record)]

        def edit(field: str, what: str, reason: str, before: Any, after: Any, *, public: bool) -> None:  # noqa: PLR0913
            made = ListEdit(
                collection=collection,
                id=record_id,
                field=field,
                what=what,
                reason=reason,
                before=before,
                after=after,
                public=public,
            )
            self.edits.append(made)

        return RecordReimport(self.memory, listed, entry.row, asked, self._tell(entry, record_id), edit)

    def _memory(self, row: RememberedRow) -> ListMemory:
        if row.list_name not in self.memories:
            self.memories[row.list_name] = ListMemory(self.existing, row.list_name)
        return self.memories[row.list_name]

    @functools.cached_property
    def _keys_in_use(self) -> Mapping[str, frozenset[str]]:
        """Of each person, the roles in which statements were made."""
        found: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
        for statement in self.existing.statements:
            if statement.speaker_id is not None:
                found[self.existing.resolved(statement.speaker_id)] |= {*statement.speaking_as}
        return found

    def _said_now(self, entries: Iterable[ListEntry]) -> Mapping[tuple[str, str, str], set[str]]:
        """Which entries of the list say what of which record, where several are about one."""
        several = Counter(self.ids[entry.listed.record.id] for entry in entries)
        said: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
        for entry in entries:
            record_id = self.ids[entry.listed.record.id]
            if record_id is not None and several[record_id] > 1:
                listed = attrs.evolve(entry.listed, record=self._in_the_register(entry.listed.record, record_id))
                alone = RecordReimport(self.memory, listed, None, NOBODY, _ignore, _ignore)
                alone.made()
                for text in alone.said:
                    path, _, rest = text.rpartition(":")
                    said[record_id, path, rest.partition(".")[0].rstrip("~")].add(entry.key)
        return said

    # -- who was erased ----------------------------------------------------------------------------------------------

    def _look_for_erased(self, entries: Iterable[ListEntry]) -> None:
        """Persons of the list who were erased; whoever has a record was entered by somebody who knew better."""
        for entry in entries if self.existing.erasures else ():
            if isinstance(entry.record, Person) and (entry.is_open or entry.is_taken_out):
                bodies = _bodies_of(entry.record)
                names = (name for body in bodies for name in self.body_names[body])
                entry.erased = recognise_person(self.existing, entry.record) or recognise(
                    self.existing, names=(entry.record.name, *entry.record.other_names), bodies=names
                )

    def _mask_the_erased(self, entries: Iterable[ListEntry]) -> None:
        """What the list says of others, without what leads to somebody who was erased."""
        for entry in entries if self.existing.erasures else ():
            if entry.erased is None:
                passages = functools.partial(self.erased.passages, bodies=tuple(self._said_of(entry)))
                listed, found = mask_erased(entry.listed, passages)
                for one in found:
                    self._leave_out_erased(entry, one.hit, one.field, one.item)
                entry.listed, entry.record = listed, self._named(listed.record)

    def _said_of(self, entry: ListEntry) -> Iterator[str]:
        """The ids and names of whom an entry speaks of: the record that it is, and those that it names."""
        if isinstance(entry.record, Organization):
            yield from list_names(entry.record)
        named = (reference.target for reference in references_of(entry.record))
        for record_id in dict.fromkeys(filter(None, (entry.record_id, *named))):
            if record_id in self.body_names or isinstance(self.existing.by_id.get(record_id), Organization):
                yield record_id
                yield from self.body_names[record_id]

    def _leave_out_erased(self, entry: ListEntry, hit: ErasureMatch, field: str, item: Any = None) -> None:
        is_sure = hit.how is Recognized.STRONG
        params = {"what": "sure", "remedy": "take-out"} if is_sure else {"what": "maybe", "remedy": "look"}
        rule, record_id = reimporting.erased_person_on_list, str(hit.erasure.record_id)
        self._leave_out(entry, record_id, field, rule, item, **params)

    # -- what stays out ----------------------------------------------------------------------------------------------

    def _is_at_risk(self, record_id: str) -> bool:
        record = self.records.get(record_id) or self.existing.by_id.get(record_id)
        return record_id in self.risky or bool(getattr(record, "at_risk", False))

    def _guarded(self, entry: ListEntry, listed: ListedRecord, ours: Any) -> ListedRecord:
        """What a list may say of a body at risk: no more than its country."""
        record = listed.record
        if isinstance(record, Person) and any(map(self._is_at_risk, _bodies_of(record))):
            return self._without(entry, listed, ours, ("contacts",))
        if not isinstance(record, Organization) or not self._is_at_risk(str(self.ids[entry.listed.record.id])):
            return listed
        listed = self._without(entry, listed, ours, (field for field in LEADING_TO_A_DOOR if "." not in field))
        notes = tuple(note for note in record.notes if note in listed.exposing or holds_personal_data((note.text,)))
        for note in notes:
            self._leave_out(entry, ours or record, "notes", reimporting.details_of_body_at_risk, note)
        bare: dict[str, Any] = {"notes": tuple(note for note in record.notes if note not in notes)}
        seat = record.seat
        closer = [field for field in LEADING_TO_A_DOOR if getattr(seat, field.removeprefix("seat."), None)]
        for field in closer:
            self._leave_out(entry, ours or record, field, reimporting.details_of_body_at_risk)
        if seat is not None:
            bare["seat"] = Where(country=seat.country) if seat.country else None
        return attrs.evolve(listed, record=attrs.evolve(listed.record, **bare), gives=_without_fields(listed, closer))

    def _without(self, entry: ListEntry, listed: ListedRecord, ours: Any, fields: Iterable[str]) -> ListedRecord:
        """What a list says, without these fields, each of which is told where it stands."""
        record = listed.record
        out = [field for field in fields if getattr(record, field)]
        for field in out:
            self._leave_out(entry, ours or record, field, reimporting.details_of_body_at_risk)
        record = attrs.evolve(record, **dict.fromkeys(out, ()))
        return attrs.evolve(listed, record=record, gives=_without_fields(listed, out))

    def _stays_out(self, entry: ListEntry) -> None:
        """What somebody took out of the register, and what consists of it."""
        if entry.erased is not None:
            self._leave_out_erased(entry, entry.erased, "")
        elif entry.row is not None:
            self._leave_out(entry, entry.row.record_id, "", reimporting.removed_record_on_list)
            self.taken_out.append(entry.row)

    def _leave_out(
        self, entry: ListEntry, record: Any, field: str, rule: Code, item: Any = None, **params: str | int
    ) -> None:
        """Something is not imported: told at each of its places, never by what it says."""
        record_id = record if isinstance(record, str) else record.id
        places = tuple(entry.listed.where(field, item)) or (Place(name=self.memory.name),)
        for place in places:
            self.findings.append(_place_finding(rule, place, record_id, field=field, **params))
            self.left_out.append(LeftOut(place=place, code=rule.code))

    def _tell(self, entry: ListEntry, record_id: str) -> Callable[..., None]:
        def tell(rule: Code, path: str, item: Any, **params: str | int) -> None:
            places = tuple(entry.listed.where(path, item)) or (Place(name=self.memory.name),)
            self.findings.append(_place_finding(rule, places[0], record_id, **params))
            if rule in _NOT_TAKEN:
                self.left_out.extend(LeftOut(place=place, code=rule.code) for place in places)

        return tell

    # -- the whole ---------------------------------------------------------------------------------------------------

    def _gone(self, entries: Iterable[ListEntry]) -> tuple[str, ...]:
        """The records that this list had last time and has not any more; what it said of them stays remembered."""
        covered = {self.ids[entry.listed.record.id] for entry in entries}
        matched = {entry.row.key for entry in entries if entry.row is not None}
        gone: dict[str, None] = {}
        for row in self.memory.rows.values():
            record_id = self.existing.resolved(row.record_id)
            if row.key not in matched and record_id not in covered:
                self.rows[row.key] = row
                if record_id in self.existing.by_id:
                    gone[record_id] = None
        if not self.memory.is_known:
            gone |= dict.fromkeys(self._cited_before(covered, entries))
        records = [self.existing.by_id[record_id] for record_id in sorted(gone)]
        bodies = [record for record in records if isinstance(record, Organization)]
        others = [record for record in records if isinstance(record, (Event, Network))]
        left = {record.id for record in bodies}
        persons = [record for record in records if isinstance(record, Person) and not left & _bodies_of(record)]
        found = tuple(record.id for record in (*bodies, *others, *persons))
        for record_id in found:
            finding = importing.missing_from_list.finding((), {"id": record_id}, subject=record_id)
            self.findings.append(finding)
        return found

    def _cited_before(self, covered: Container[str | None], entries: Iterable[ListEntry]) -> Iterator[str]:
        """Of a list that was imported before registers remembered lists: the records that cite it."""
        sources = {entry.listed.record.id for entry in entries if isinstance(entry.listed.record, Source)}
        for record in self.existing:
            cited = {citation.source_id for citation in getattr(record, "sources", ())}
            if cited & sources and record.id not in covered and isinstance(record, (Organization, Person)):
                yield record.id

    def _result(self, entries: Sequence[ListEntry], gone: tuple[str, ...]) -> Reimport:
        new = register_from_records(
            record for key, record in self.records.items() if self.existing.by_id.get(key) != record
        )
        register, changes = self.existing.merged(new)
        rows = {**self.rows, **{row.key: row for row in self.taken_out}}
        others = [row for row in self.existing.list_rows if row.list_name != self.memory.name]
        lists = [one for one in self.existing.lists if one.name != self.memory.name]
        remembered = self.memory.remembered(self.headers)
        register = attrs.evolve(
            register,
            lists=tuple(sorted((*lists, remembered), key=lambda one: one.name)),
            list_rows=tuple(sorted((*others, *rows.values()), key=lambda row: (row.list_name, row.key))),
        )
        self._ask_for_the_name(entries)
        return Reimport(
            register=register,
            changes=changes,
            edits=tuple(self.edits),
            findings=tuple(self.findings),
            missing_from_list=gone,
            left_out=tuple(self.left_out),
            ids=self.ids,
        )

    def _ask_for_the_name(self, entries: Sequence[ListEntry]) -> None:
        """Whether a list that is not known has the headers and most rows of one that is, under another name."""
        if self.memory.is_known or not self.headers:
            return
        for other in self.existing.lists:
            memory = ListMemory(self.existing, other.name)
            keys = {
                key.partition(".")[0]
                for key, row in memory.rows.items()
                if isinstance(self.existing.by_id.get(self.existing.resolved(row.record_id)), Organization)
            }
            if memory.remembered(self.headers).headers == other.headers and keys:
                bodies = (entry.listed for entry in entries if entry.listed.owner is None)
                mine = {key for listed in bodies for key in make_keys(memory, listed)}
                if 2 * len(mine & keys) > len(keys):
                    params = {"name": self.memory.name, "other": other.name}
                    self.findings.append(reimporting.renamed_list.finding((), params))


def register_from_records(records: Iterable[Any]) -> Register:
    """A register of these records."""
    held: defaultdict[str, list[Any]] = defaultdict(list)
    for record in records:
        held[COLLECTION_OF[type(record)]].append(record)
    return Register(**{name: tuple(found) for name, found in held.items()})  # type: ignore[arg-type]


def taken_ids(register: Register) -> set[str]:
    """The ids that a new record may not have: a record has them, had them, or they lead to another."""
    return {
        *register.by_id,
        *(redirect.old_id for redirect in register.redirects),
        *(row.record_id for row in register.list_rows),
        *(erasure.record_id for erasure in register.erasures),
    }


class _RecordIds:
    """Ids that no record has, had, or led to another."""

    def __init__(self, existing: Register) -> None:
        self.taken = taken_ids(existing)

    def give(self, entry: ListEntry, id_of: Callable[[str], str]) -> str:
        """The id that the entry wants, or the first one made of it that is free."""
        listed = entry.listed
        wanted = listed.stated_id or listed.wanted or listed.record.id
        if listed.owner is not None:
            wanted = f"{id_of(listed.owner)}-{wanted}"[:LONGEST_ID].strip("-")
        country = country_of(listed.record)
        named = [] if listed.numbered else [wanted, *([f"{wanted}-{country.lower()}"] if country else [])]
        numbered = (f"{wanted}-{number}" for number in itertools.count(1 if listed.numbered else 2))
        chosen = next(one for one in itertools.chain(named, numbered) if one not in self.taken)
        self.taken.add(chosen)
        return chosen


LONGEST_ID = 94
EXPOSING = tuple(f"{field}:" for field in LEADING_TO_A_DOOR)
"""What is not remembered of a body at risk, not even as a digest."""
COLLECTION_OF: Mapping[Any, str] = {cls: name for name, cls in COLLECTIONS.items()}
_TURNS: Mapping[Any, int] = {Source: 0, Organization: 1, Network: 2, Event: 3, Person: 4, Membership: 5}
_NOT_TAKEN = frozenset(
    {
        reimporting.kept_register_value,
        reimporting.list_register_conflict,
        reimporting.unconfirmed_consent,
    }
)
"""Rules whose findings tell that something of the list is not in the register."""
NAMED = (Organization, Network, Person)
NOBODY = RegisterQueries(says_too=lambda *_: False, ever_agreed=lambda _: False)


def _ignore(*_: Any, **__: Any) -> None:
    """What nobody listens to."""


def _class_order(cls: type) -> tuple[int, str]:
    return _TURNS.get(cls, len(_TURNS)), cls.__name__


def _entry_order(entry: ListEntry) -> tuple[str, ...]:
    """Where an entry stands among those that want new ids, whatever its turn in the list; numbered ones keep theirs."""
    listed = entry.listed
    if listed.numbered:
        return (listed.wanted,)
    return (listed.wanted, country_of(entry.record) or "~", *listed.keys, entry.said)


def _latest_sequence(listed: ListedRecord, row: RememberedRow | None) -> int | None:
    """The version to remember; an entry that says none is of the last one that was said."""
    return listed.sequence if listed.sequence is not None or row is None else row.sequence


def _is_older(listed: ListedRecord, row: RememberedRow) -> bool:
    return listed.sequence is not None and row.sequence is not None and listed.sequence < row.sequence


def _bodies_of(person: Any) -> set[str]:
    """The ids of the organizations that a person has to do with; of other records there are none."""
    if not isinstance(person, Person):
        return set()
    roles: tuple[Post | Affiliation, ...] = (*person.posts, *person.affiliations)
    return {role.organization_id for role in roles}


def _without_fields(listed: ListedRecord, out: Collection[str]) -> frozenset[str] | None:
    """The fields that a list speaks of, without those that stay out: of them the register keeps what it has."""
    if not out:
        return listed.gives
    spoken = listed.gives
    if spoken is None:  # it speaks of all
        seat = {f"seat.{part.name}" for part in fields_of(Where)}
        spoken = frozenset({shape.name for shape in fields_of(listed.record.__class__)} - {"seat"} | seat)
    return frozenset(one for one in spoken if not one.startswith(tuple(out)))


def _place_finding(rule: Code, place: Place, record_id: str, **params: str | int) -> Finding:
    finding = rule.finding((), {"place": place.name, "id": record_id, **params}, subject=record_id)
    return attrs.evolve(finding, location=place.location)
