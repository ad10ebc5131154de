"""Which record of a register an entry of a list is about: by what it says, never by its turn.

In this order, and each step for all entries before the next: the id that the list states; the entry's key of last time;
what only one can have (an identifier, an address of its own) where exactly one entry and one record have it and neither
name nor country contradicts; the name with the country. Two candidates are a doubt: the entry becomes a new record. An
id that was merged away leads to the record that it became.

The steps are read with what they compare (names, countries, signs), so that both are in this one file.
"""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any
from urllib.parse import urlsplit

import attrs

from untoc_network.matching.list_memory import ListMemory, to_canonical_text
from untoc_network.model.event import Event
from untoc_network.model.listed_record import ListedRecord
from untoc_network.model.network import Membership
from untoc_network.model.organization_and_person import Affiliation, Organization, Person, Post
from untoc_network.model.register import Register
from untoc_network.model.remembered_lists_and_erasures import RememberedRow
from untoc_network.privacy.erasure_recognition import ErasureMatch
from untoc_network.text.folding import fold_to_words
from untoc_network.text.word_tables import get_word_set
from untoc_network.values.consent_and_contact import Contact, ContactKind
from untoc_network.values.dates import PartialDate
from untoc_network.values.identifier import IdentifierScheme
from untoc_network.values.multilingual_text import AliasKind, Text
from untoc_network.values.place_and_link import LinkKind

__all__ = [
    "ListEntry",
    "fold_name_to_key",
    "get_country_of_record",
    "list_bodies_of_person",
    "make_listed_record_digests",
    "match_entries",
]


@attrs.define(kw_only=True)
class ListEntry:
    """One listed record on its way: the record that it is about, as far as that is known by now."""

    listed: ListedRecord
    made: Any = attrs.field(repr=False)
    """The record as it was made of the list, before anything in it was masked."""
    settle: Callable[[Any], Any] = attrs.field(repr=False)
    """Gives a record with the ids in the register of those that it names."""
    masked: Any = attrs.field(default=None, repr=False)
    """The record without what leads to persons who were erased, once it was looked at for that."""
    keys: tuple[str, ...] = attrs.field(repr=False)
    """Digests of its keys, the first being what it is remembered by."""
    memory: ListMemory = attrs.field(repr=False)
    repeats: int = 1
    """Which of the entries it is that say the same under the same keys."""
    record_id: str | None = None
    row: RememberedRow | None = attrs.field(default=None, repr=False)
    """What the list said of it last time."""
    is_taken_out: bool = False
    """Whether somebody took out the record that it was."""
    erased: ErasureMatch | None = None
    """That it names somebody who was erased."""
    doubts: tuple[str, ...] = ()
    """Records that it may be and was not taken for."""
    is_twin: bool = False
    """Whether another entry of the list has the same key."""

    @property
    def is_open(self) -> bool:
        """Whether its record is not known yet."""
        return self.record_id is None and not self.is_taken_out and self.erased is None

    @property
    def key(self) -> str:
        """What it is remembered by."""
        return f"{self.keys[0]}.{self.apart}" if self.is_twin else self.keys[0]

    @functools.cached_property
    def signs(self) -> tuple[str, ...]:
        """What only one can have."""
        return _list_unique_signs(self.made)

    @functools.cached_property
    def as_listed(self) -> Any:
        """The record with the ids in the register of those that it names, as far as they are known by now."""
        return self.settle(self.made)

    @property
    def record(self) -> Any:
        """The same, masked once that is done."""
        return self.as_listed if self.masked is None else self.masked

    @functools.cached_property
    def said(self) -> str:
        """What tells it apart from another entry of the same keys: by it, and by no key, new ids are dealt out.

        Its items are in no order: what several rows say of a person is the same whichever comes first.
        """
        if self.signs:
            return to_canonical_text(sorted(self.signs))
        fields = {name: getattr(self.as_listed, name) for name in _list_telling_fields(self.made.__class__)}
        return to_canonical_text(
            {
                name: sorted(map(to_canonical_text, value)) if isinstance(value, tuple) else value
                for name, value in fields.items()
            }
        )

    @functools.cached_property
    def apart(self) -> str:
        """Digest of what tells it apart."""
        digest = self.memory.digest("apart", self.said)
        return digest if self.repeats == 1 else f"{digest}.{self.repeats}"


@functools.cache
def _list_telling_fields(cls: Any) -> tuple[str, ...]:
    return tuple(field.name for field in attrs.fields(cls) if field.name not in ("id", "sources", "parent_id"))


def match_entries(
    existing: Register,
    memory: ListMemory,
    listed: Sequence[ListedRecord],
    settled: Callable[[Any], Any],
    owner_key: Callable[[str], str],
) -> tuple[ListEntry, ...]:
    """The entries of one class, each with its record as far as it has one.

    `settled` gives a listed record with the ids in the register of those that it names; `owner_key` the key of the
    entry that it belongs to.
    """
    entries = tuple(_make_entry(one, settled, memory, owner_key) for one in listed)
    finding = _EntryMatcher(existing, memory, entries)
    finding.match_by_stated_id()
    finding.match_by_key()
    if entries and isinstance(entries[0].made, Membership):
        finding.match_by_term()
    else:
        finding.match_by_likely_id()
        finding.match_by_signs()
        finding.match_by_name()
    finding.match_by_what_is_left()
    return entries


def _make_entry(
    listed: ListedRecord, settled: Callable[[Any], Any], memory: ListMemory, owner_key: Callable[[str], str]
) -> ListEntry:
    return ListEntry(
        listed=listed,
        made=listed.record,
        settle=settled,
        keys=make_listed_record_digests(memory, listed, "" if listed.owner is None else owner_key(listed.owner)),
        memory=memory,
    )


def make_listed_record_digests(memory: ListMemory, listed: ListedRecord, owner: str = "") -> tuple[str, ...]:
    """The digests of what a listed record is known by, in the key of a list; within its owner, if it has one."""
    return tuple(memory.digest("key", type(listed.record).__name__, owner, key) for key in listed.keys)


class _EntryMatcher:
    """Finds the records of the entries of one class, step by step."""

    def __init__(self, existing: Register, memory: ListMemory, entries: tuple[ListEntry, ...]) -> None:
        self.existing, self.memory, self.entries = existing, memory, entries
        self.cls: Any = type(entries[0].made) if entries else type(None)
        self.records = {record.id: record for record in existing if type(record) is self.cls}
        self.taken: set[str] = set()

    def assign(self, entry: ListEntry, record_id: str, row: RememberedRow | None = None) -> None:
        """The entry is about this record."""
        entry.record_id, entry.row = record_id, row
        self.taken.add(record_id)

    def open_entries(self) -> list[ListEntry]:
        """The entries whose record is not known yet."""
        return [entry for entry in self.entries if entry.is_open]

    # -- by what the list calls it -----------------------------------------------------------------------------------

    def match_by_stated_id(self) -> None:
        """The list names records by their ids."""
        for entry in self.entries:
            stated = entry.listed.stated_id
            record_id = self.existing.resolved(stated) if stated else ""
            if record_id in self.records:
                self.assign(entry, record_id)

    def match_by_key(self) -> None:
        """The key that the entry had last time; of several entries or rows of one key, by what tells them apart."""
        groups: defaultdict[str, list[ListEntry]] = defaultdict(list)
        for entry in self.entries:
            groups[entry.keys[0]].append(entry)
        for group in groups.values():
            for entry in group:
                entry.is_twin = len(group) > 1
            if len(group) > 1:
                _number_repeats(group)
        for entry in self.entries:
            for key in entry.keys:
                if entry.row is None and (entry.is_open or entry.record_id):
                    found = self._row_of(entry, self.memory.rows_by_key.get(key, []))
                    if found is not None:
                        self._remembered(entry, found)

    def _row_of(self, entry: ListEntry, rows: list[RememberedRow]) -> RememberedRow | None:
        if entry.is_twin or len({self.existing.resolved(row.record_id) for row in rows}) > 1:
            rows = [row for row in rows if row.key.partition(".")[2] == entry.apart]
        return rows[0] if rows else None

    def _remembered(self, entry: ListEntry, row: RememberedRow) -> None:
        record_id = self.existing.resolved(row.record_id)
        if entry.record_id is not None:  # its id is stated: what it said last time counts if that was of this record
            entry.row = row if record_id == entry.record_id else None
        elif record_id in self.records:
            self.assign(entry, record_id, row)
        elif record_id not in self.existing.by_id:
            entry.is_taken_out, entry.row = True, row

    def match_by_likely_id(self) -> None:
        """The list uses ids that may be those of this register."""
        for entry in self.open_entries():
            record_id = self.existing.resolved(entry.listed.likely_id or "")
            if record_id in self.records and record_id not in self.taken and self._fits(entry, self.records[record_id]):
                self.assign(entry, record_id)

    # -- by what only one can have -----------------------------------------------------------------------------------

    def match_by_signs(self) -> None:
        """An identifier, an e-mail address or a website that one entry and one record have."""
        if not (self.records and any(entry.signs for entry in self.open_entries())):
            return
        counts = Counter(sign for entry in self.entries for sign in entry.signs)
        holders: defaultdict[str, list[str]] = defaultdict(list)
        for record in self.records.values():
            for sign in _list_unique_signs(record):
                holders[sign].append(record.id)
        for entry in self.open_entries():
            own = [sign for sign in entry.signs if counts[sign] == 1]
            found = {holders[sign][0] for sign in own if len(holders.get(sign, ())) == 1}
            self._decide(entry, found)

    def _decide(self, entry: ListEntry, found: set[str]) -> None:
        fitting = {one for one in found if self._fits(entry, self.records[one])}
        if len(fitting) == 1 == len(found) and not fitting & self.taken:
            self.assign(entry, fitting.pop())
        elif found - self.taken:
            entry.doubts = tuple(sorted(found - self.taken))

    def _fits(self, entry: ListEntry, record: Any) -> bool:
        mine = entry.record
        there = {get_country_of_record(mine), get_country_of_record(record)} - {None}
        return len(there) < 2 and _may_names_agree(mine, record) and not _do_identifiers_differ(mine, record)

    def match_by_name(self) -> None:
        """A name with its country; where one of the two has no country, the name alone if nobody else has it."""
        for is_exact in (True, False) if self.records else ():
            wanted: defaultdict[str, list[ListEntry]] = defaultdict(list)
            for entry in self.open_entries():
                fitting = {one for one in self._namesakes(entry) if self._same_country(entry, one, is_exact)}
                if len(fitting) > 1:
                    entry.doubts = tuple(sorted({*entry.doubts, *fitting}))
                for one in fitting:
                    wanted[one].append(entry)
            for record_id, entries in wanted.items():
                if len(entries) > 1:
                    for entry in entries:
                        entry.doubts = tuple(sorted({*entry.doubts, record_id}))
                elif not set(entries[0].doubts) - {record_id}:
                    self.assign(entries[0], record_id)
                    entries[0].doubts = ()

    def _namesakes(self, entry: ListEntry) -> set[str]:
        found: set[str] = set()
        for name in _list_full_names(entry.record):
            found |= self._by_name.get(self._name_within(entry.record, name), set())
        return found - self.taken

    @functools.cached_property
    def _by_name(self) -> Mapping[Hashable, set[str]]:
        index: defaultdict[Hashable, set[str]] = defaultdict(set)
        for record in self.records.values():
            for name in _list_full_names(record):
                for body in _list_name_scopes(record) or (None,):
                    key = fold_name_to_key(name)
                    index[(key, self.existing.resolved(body) if body else None)].add(record.id)
        return index

    def _name_within(self, record: Any, name: str) -> Hashable:
        """A person is looked for in the body that the list names, an event on its day, all others by name."""
        body = next(iter(_list_name_scopes(record)), None)
        return (fold_name_to_key(name), self.existing.resolved(body) if body else None)

    def _same_country(self, entry: ListEntry, record_id: str, is_exact: bool) -> bool:
        one, other = get_country_of_record(entry.record), get_country_of_record(self.records[record_id])
        there = one == other if is_exact else None in (one, other)
        return there and not _do_identifiers_differ(entry.record, self.records[record_id])

    # -- by the term of a membership ---------------------------------------------------------------------------------

    def match_by_term(self) -> None:
        """Memberships of one organization in one network are told apart by their terms."""
        for entry in sorted(self.open_entries(), key=lambda one: _get_membership_start(one.record) or ""):
            held = self._memberships(entry.record)
            chosen = _find_same_term(entry.record, held)
            if chosen is not None:
                self.assign(entry, chosen.id)

    def _memberships(self, membership: Membership) -> list[Membership]:
        resolved = self.existing.resolved
        body, network = resolved(membership.organization_id), resolved(membership.network_id)
        held = self.existing.memberships_by_organization.get(body, ())
        return [one for one in held if self.existing.resolved(one.network_id) == network and one.id not in self.taken]

    # -- what was said last time -------------------------------------------------------------------------------------

    def match_by_what_is_left(self) -> None:
        """A record that was found otherwise than by its key has what this list said of it under another key."""
        used = {entry.row.key for entry in self.entries if entry.row is not None}
        left: defaultdict[str, list[RememberedRow]] = defaultdict(list)
        for row in self.memory.rows.values():
            if row.key not in used:
                left[self.existing.resolved(row.record_id)].append(row)
        for entry in self.entries:
            if entry.row is None and entry.record_id is not None and len(left[entry.record_id]) == 1:
                entry.row = left[entry.record_id].pop()


def _number_repeats(entries: Iterable[ListEntry]) -> None:
    """Number the entries that say nothing else than an earlier one: which of them is which is all one."""
    seen: Counter[str] = Counter()
    for entry in entries:
        seen[entry.said] += 1
        entry.repeats = seen[entry.said]


def _find_same_term(wanted: Membership, held: list[Membership]) -> Membership | None:
    """The membership on record that a listed one is; None where it is another term."""
    start = _get_membership_start(wanted)
    if start is None:
        return max(
            held, key=lambda one: (_get_end(one) is None, _get_membership_start(one) or "", one.id), default=None
        )
    same = [one for one in held if _get_membership_start(one) == start]
    if same:
        return same[0]
    others = [one for one in held if not _is_another_term(start, one)]
    return others[0] if len(others) == 1 else None


def _is_another_term(start: PartialDate, held: Membership) -> bool:
    """Whether a first day lies after the last day that is on record."""
    end = _get_end(held)
    is_over = held.end_reason is not None or (held.period is not None and held.period.ending not in (None, "running"))
    return start.certainly_after(end) if end is not None else is_over


def _get_membership_start(membership: Any) -> PartialDate | None:
    return membership.period.start if membership.period is not None else None


def _get_end(membership: Any) -> PartialDate | None:
    return membership.period.end if membership.period is not None else None


# -- what is compared --------------------------------------------------------------------------------------------------


def fold_name_to_key(name: str) -> str:
    """A name as it is compared."""
    return " ".join(fold_to_words(name))


def get_country_of_record(record: Any) -> str | None:
    """The country that a record is in."""
    seat = getattr(record, "seat", None) or getattr(record, "place", None)
    return seat.country if seat is not None else None


def list_bodies_of_person(record: Any) -> set[str]:
    """The organizations that a person belongs to; of other records there are none."""
    if not isinstance(record, Person):
        return set()
    roles: tuple[Post | Affiliation, ...] = (*record.posts, *record.affiliations)
    return {role.organization_id for role in roles}


def _list_name_scopes(record: Any) -> set[str]:
    """In what a name stands for one record: many meetings have the name of the one before."""
    if isinstance(record, Event):
        return {record.first_day or ""}
    return list_bodies_of_person(record)


def _list_full_names(record: Any) -> Iterator[str]:
    """Its names but for acronyms, which many share."""
    name = getattr(record, "name", None) or getattr(record, "title", None)
    if isinstance(name, Text):
        yield from name.values()
    elif isinstance(name, str) and fold_name_to_key(name):
        yield name
        yield from record.other_names
    for alias in getattr(record, "aliases", ()):
        if alias.kind is not AliasKind.ACRONYM:
            yield alias.name


def _may_names_agree(one: Any, other: Any) -> bool:
    """Whether a name of the one may be a name of the other: half of the words of the shorter one are shared."""
    acronyms = [{alias.name.casefold() for alias in getattr(record, "aliases", ())} for record in (one, other)]
    names = [list(_list_full_names(record)) for record in (one, other)]
    if any({name.casefold() for name in names[place]} & acronyms[1 - place] for place in (0, 1)):
        return True
    return any(_are_words_similar(mine, theirs) for mine in names[0] for theirs in names[1])


def _do_identifiers_differ(one: Any, other: Any) -> bool:
    """Whether two bodies have different identifiers of a register that gives each body one."""
    mine, theirs = (
        {identifier.scheme: identifier.value for identifier in getattr(record, "identifiers", ())}
        for record in (one, other)
    )
    return any(mine[scheme] != theirs[scheme] for scheme in _ONE_EACH & mine.keys() & theirs.keys())


_ONE_EACH = frozenset({IdentifierScheme.ROR, IdentifierScheme.ISNI, IdentifierScheme.LEI, IdentifierScheme.WIKIDATA})


def _are_words_similar(one: str, other: str) -> bool:
    mine, theirs = ({*fold_to_words(name)} for name in (one, other))
    if "".join(sorted(fold_to_words(one))) == "".join(sorted(fold_to_words(other))):
        return True
    shared = sum(any(_are_words_nearly_equal(word, another) for another in theirs) for word in mine if len(word) > 2)
    fewest = min(sum(len(word) > 2 for word in words) for words in (mine, theirs))
    return fewest > 0 and 2 * shared >= fewest


def _are_words_nearly_equal(one: str, other: str) -> bool:
    """The same word, or one with a slip of the pen."""
    return one == other or (min(len(one), len(other)) > 4 and SequenceMatcher(None, one, other).ratio() > 0.8)


def _get_host_owner(host: str) -> str:
    """What a host is called by: `gmail` of `mail.gmail.com`, `yahoo` of `yahoo.com.ar`."""
    parts = host.split(".")
    short = len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in {"com", "co", "org", "net", "gob", "gov", "edu"}
    return parts[-3 if short else -2] if len(parts) > 1 else host


def _list_unique_signs(record: Any) -> tuple[str, ...]:
    """What only one can have, each once."""
    if isinstance(record, Organization):
        return tuple(dict.fromkeys(_iterate_organization_signs(record)))
    if isinstance(record, Person):
        return tuple(dict.fromkeys(_iterate_person_signs(record.contacts)))
    return ()


def _iterate_organization_signs(body: Organization) -> Iterator[str]:
    for identifier in body.identifiers:
        if identifier.scheme is not IdentifierScheme.OTHER or ":" in identifier.value:
            yield f"{identifier.scheme.value}:{identifier.value}"
    for address in _iterate_own_emails(body.contacts):
        if _get_host_owner(address.rpartition("@")[2]) not in get_word_set("mail_for_all"):
            yield f"email:{address}"
    for link in body.links:
        if link.kind is LinkKind.WEBSITE and (site := _to_site_key(link.url)):
            yield f"site:{site}"


def _iterate_person_signs(contacts: Iterable[Contact]) -> Iterator[str]:
    for address in _iterate_own_emails(contacts):
        yield f"email:{address}"
    for contact in contacts:
        digits = "".join(letter for letter in contact.value if letter.isdecimal())
        if contact.kind is ContactKind.PHONE and len(digits) > 6:
            yield f"phone:{digits}"


def _iterate_own_emails(contacts: Iterable[Contact]) -> Iterator[str]:
    """The addresses that are the holder's own; one with a label is somebody's there."""
    for contact in contacts:
        if contact.kind is ContactKind.EMAIL and not contact.label:
            yield contact.value.strip().casefold()


def _to_site_key(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    if not host or _get_host_owner(host) not in get_word_set("pages_for_all"):
        return host
    path = parts.path.rstrip("/").casefold()
    return f"{host}{path}" if path else ""
