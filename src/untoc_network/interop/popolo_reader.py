"""Popolo JSON to a register: every member of an item goes to a field, to the notes under its name, or to a finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import Any

import attrs

from untoc_network.diagnostics.code import Code, mask_key
from untoc_network.diagnostics.codes import popolo, reading as shape
from untoc_network.diagnostics.findings import Finding, Location, Report
from untoc_network.interop.export_import_options import ImportOptions
from untoc_network.interop.popolo_item import PopoloItem
from untoc_network.interop.popolo_record_reader import (
    drop_repeated_contacts,
    read_contacts,
    read_event,
    read_network,
    read_organization,
    read_person,
)
from untoc_network.matching.reimport import make_register_from_records
from untoc_network.model.listed_record import ListedRecord, ListPlace, Where
from untoc_network.model.network import Membership, MembershipRole, Network, NetworkKind
from untoc_network.model.organization_and_person import Affiliation, Organization, Person, Post
from untoc_network.model.register import AnyRecord, Register
from untoc_network.model.source import Source, SourceKind
from untoc_network.serializers.codecs.json_scanner import scan_json
from untoc_network.serializers.source.scan_result import ScanResult
from untoc_network.text.folding import fold_to_words
from untoc_network.text.slugs import FreeIdAllocator, make_slug
from untoc_network.values.ids_and_codes import Key, MembershipId, SourceId
from untoc_network.values.multilingual_text import Note, Text
from untoc_network.values.sources_and_claims import Citation

__all__ = ["list_popolo", "read_popolo"]

_LISTS = ("areas", "organizations", "persons", "posts", "memberships", "events")
_HELD = ("memberships", "posts")
_HOLDERS = {"organizations": "organization_id", "persons": "person_id"}
"""What may stand within items of another class, and what the item that holds it is to it."""
_NETWORK_KINDS = frozenset(kind.value for kind in NetworkKind)


def read_popolo(data: bytes, options: ImportOptions) -> tuple[Register | None, Report]:
    """The records of a Popolo document as a register, and what was found. Never raises on content."""
    listed, report = list_popolo(data, options)
    return None if listed is None else make_register_from_records(one.record for one in listed), report


def list_popolo(data: bytes, options: ImportOptions) -> tuple[tuple[ListedRecord, ...] | None, Report]:
    """The records of a Popolo document, each with what it is known by there. Never raises on content."""
    scanned = scan_json(data, options.limits)
    found = tuple(finding for finding in scanned.findings if finding.code != shape.empty_value.code)
    reader = _PopoloReader(scanned, options)
    if not scanned.readable:
        return None, Report(found)
    if not isinstance(scanned.document, dict):
        reader.report(popolo.item_not_an_object, ())
        return None, Report((*found, *reader.findings))
    listed = tuple(reader.listed())
    return listed, Report((*found, *reader.findings))


class _PopoloReader:
    """Reads class by class: first what others name, then what ties them."""

    def __init__(self, scanned: ScanResult, options: ImportOptions) -> None:
        self.scanned, self.options = scanned, options
        self.findings: list[Finding] = []
        self.ids = FreeIdAllocator(options.held)
        self.named: dict[str, AnyRecord] = {}
        """Every record by the id that it has in the document."""
        self.places: dict[str, str] = {}
        """The id in the document of every record by its own."""
        self.items: dict[str, PopoloItem] = {}
        """The item of every record by the record's own id."""
        self.areas: dict[str, str] = {}
        self.posts: dict[str, PopoloItem] = {}
        self.wholes: list[tuple[PopoloItem, Any]] = []
        """Every organization, with what it names as its parent."""
        self.cited: tuple[Citation, ...] = ()

    def report(self, rule: Code, path: tuple[str | int, ...], **params: str | int) -> None:
        """Keep a finding on a place of the document."""
        line, column = self.scanned.places.find_position(self.scanned.document, path)
        self.findings.append(rule.finding(path, params, line=line, column=column))

    def listed(self) -> Iterator[ListedRecord]:
        """All that could be read, with its source."""
        file = PurePath(self.options.file or "popolo").name
        name = self.options.list_name or f"popolo-{make_slug(PurePath(file).stem)}"
        source = Source(
            id=SourceId(make_slug(name)),
            title=Text({self.options.language: file}),
            kind=SourceKind.DOCUMENT,
        )
        self.cited = (Citation(source_id=source.id),)
        self._report_unsupported_lists()
        for item in self._read_items("areas"):
            self.areas[item.id or ""] = item.text("identifier") or item.id or ""
        self._read_bodies()
        self.posts = {item.id: item for item in self._read_items("posts") if item.id}
        for item in self._read_items("persons"):
            self._keep_record(item, read_person(item, self))
        memberships = tuple(self._read_memberships())
        for item in self._read_items("events"):
            self._keep_record(item, read_event(item, self))
        self._link_parents()
        if self.named:
            yield ListedRecord(record=source, keys=(source.id,), stated_id=source.id)
        for record in (*self.named.values(), *memberships):
            yield self._make_listed_record(self.items[record.id], record)

    def _make_listed_record(self, item: PopoloItem, record: Any) -> ListedRecord:
        """A record with what its item is known by: its id in the document, or else its name."""
        own = item.id if item.id and self.named.get(item.id, record) == record else None
        if isinstance(record, Membership):
            start = record.period.start if record.period is not None else None
            network = self._document_key(self.named[self.places[record.network_id]])
            keys: tuple[str, ...] = (f"in|{network}|{start or ''}",)
            return ListedRecord(
                record=record,
                keys=keys if own is None else (f"id|{own}", *keys),
                likely_id=record.id,
                wanted=make_slug(own) if own else f"in-{make_slug(network)}",
                owner=None if own else record.organization_id,
                where=self._locate_item(item),
            )
        name = record.name if isinstance(record.name, str) else record.name.best()
        return ListedRecord(
            record=record,
            keys=(f"name|{' '.join(fold_to_words(name))}",) if own is None else (f"id|{own}",),
            likely_id=None if own is None else make_slug(own),
            wanted=make_slug(own or name) if own or not isinstance(record, Person) else record.id,
            where=self._locate_item(item),
        )

    def _locate_item(self, item: PopoloItem) -> Where:
        def where(_field: str, _item: Any) -> Iterator[ListPlace]:
            line, column = self.scanned.places.find_position(self.scanned.document, item.path)
            name = "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in item.path).removeprefix(".")
            yield ListPlace(name=name, location=Location(path=item.path, line=line, column=column))

        return where

    def _report_unsupported_lists(self) -> None:
        for name, value in self.scanned.document.items():
            if name not in _LISTS and isinstance(value, (list, dict)):
                self.report(popolo.unsupported_popolo_list, (name,), name=mask_key(name), number=len(value))

    def _read_items(self, name: str) -> Iterator[PopoloItem]:
        """The items of a list, and those of that class that stand within others."""
        held = self.scanned.document.get(name, [])
        if not isinstance(held, list):
            self.report(popolo.item_not_an_object, (name,))
            return
        yield from self._read_list_items(held, (name,))
        for holder, tie in _HOLDERS.items() if name in _HELD else ():
            whole = self.scanned.document.get(holder)
            for position, value in enumerate(whole if isinstance(whole, list) else ()):
                inner = value.get(name) if isinstance(value, dict) else None
                if inner is not None and not isinstance(inner, list):
                    self.report(popolo.item_not_an_object, (holder, position, name))
                elif inner:
                    yield from self._read_list_items(inner, (holder, position, name), {tie: value.get("id")})

    def _read_list_items(
        self, values: list[Any], path: tuple[str | int, ...], given: Mapping[str, Any] = MappingProxyType({})
    ) -> Iterator[PopoloItem]:
        for position, value in enumerate(values):
            if isinstance(value, dict):
                yield PopoloItem(path=(*path, position), members={**given, **value}, report=self.report)
            else:
                self.report(popolo.item_not_an_object, (*path, position))

    def _keep_record(self, item: PopoloItem, record: Any) -> None:
        """Keep a record under its id in the document; one that stands a second time is another record."""
        if record is not None:
            place = item.id if item.id and item.id not in self.named else f"/{record.id}"
            self.named[place] = record
            self.places[record.id] = place
            self.items[record.id] = item

    # -- bodies ------------------------------------------------------------------------------------------------------

    def _read_bodies(self) -> None:
        for item in self._read_items("organizations"):
            self.wholes.append((item, item.members.get("parent_id")))
            is_network = item.is_among("classification", _NETWORK_KINDS)
            self._keep_record(item, read_network(item, self) if is_network else read_organization(item, self))

    def _link_parents(self) -> None:
        """Parents may stand after their parts."""
        for item, parent in self.wholes:
            child = self.named.get(item.id or "")
            if parent is None or not isinstance(child, Organization):
                continue
            whole = self.named.get(parent) if isinstance(parent, str) else None
            if isinstance(whole, Organization):
                self.named[item.id or ""] = attrs.evolve(child, parent_id=whole.id)
            else:
                self.report(popolo.unresolved_popolo_reference, (*item.path, "parent_id"), name="parent_id")

    # -- memberships -------------------------------------------------------------------------------------------------

    def _read_memberships(self) -> Iterator[Membership]:
        for item in self._read_items("memberships"):
            body, member = self._find_referenced_record(item, "organization_id"), self._find_member(item)
            if body is None or member is None:
                continue
            if isinstance(member, Person):
                self._add_post(item, member, body)
            elif isinstance(body, Network) and isinstance(member, Organization):
                yield self._make_membership(item, member, body)
            else:
                self.report(popolo.membership_of_non_network, item.path)
                self._add_note(member, Note(heading="membership", text=self._document_key(body)))

    def _find_referenced_record(self, item: PopoloItem, name: str) -> Any:
        """The record that an id names, or the id of the item that stands in its place."""
        inner = item.members.pop(name.removesuffix("_id"), None)
        named = item.text(name) or (inner.get("id") if isinstance(inner, dict) else None)
        record = self.named.get(named) if isinstance(named, str) else None
        if record is None:
            self.report(popolo.unresolved_popolo_reference, (*item.path, name), name=name)
        return record

    def _find_member(self, item: PopoloItem) -> Any:
        return self._find_referenced_record(item, "member" if "member" in item.members else "person_id")

    def _make_membership(self, item: PopoloItem, member: Organization, body: Network) -> Membership:
        wanted = make_slug(item.id or f"{body.id} {member.id}")
        role = item.word("role", MembershipRole)
        period = item.period()
        membership_id = MembershipId(self.ids.give(wanted, Membership))
        self.items[membership_id] = item
        return Membership(
            id=membership_id,
            network_id=body.id,
            organization_id=member.id,
            role=role or MembershipRole.MEMBER,
            period=period,
            sources=self.cited,
            notes=item.left(),
        )

    def _add_post(self, item: PopoloItem, person: Person, body: AnyRecord) -> None:
        """A post or affiliation of a person in an organization."""
        if not isinstance(body, Organization):
            self.report(popolo.membership_of_non_network, item.path)
            self._add_note(person, Note(heading="membership", text=self._document_key(body)))
            return
        contacts = drop_repeated_contacts((*person.contacts, *read_contacts(item)))
        post = self.posts.get(item.text("post_id") or "")
        title = (post.members.get("label") if post else None) or item.text("role")
        key = Key(f"role-{len(person.roles) + 1}")
        period = item.period()
        held: dict[str, Any]
        if isinstance(title, str) and title.strip():
            named = Text({self.options.language: title})
            post_held = Post(key=key, title=named, organization_id=body.id, period=period, sources=self.cited)
            held = {"posts": (*person.posts, post_held)}
        else:
            on_behalf = Affiliation(key=key, organization_id=body.id, period=period, sources=self.cited)
            held = {"affiliations": (*person.affiliations, on_behalf)}
        notes = (*person.notes, *_make_membership_notes(self._document_key(body), item.left()))
        self._replace_record(person, attrs.evolve(person, **held, contacts=contacts, notes=tuple(dict.fromkeys(notes))))

    def _document_key(self, body: Any) -> str:
        """What the document calls a body: its id there, or else its name. It may have another id in the register."""
        place = self.places[body.id]
        return body.name.best() if place.startswith("/") else place

    def _add_note(self, record: Any, note: Note) -> None:
        self._replace_record(record, attrs.evolve(record, notes=(*record.notes, note)))

    def _replace_record(self, old: Any, new: Any) -> None:
        self.named[self.places[old.id]] = new


def _make_membership_notes(body: str, notes: tuple[Note, ...]) -> tuple[Note, ...]:
    """What a membership says beside, as one note that tells which one it is of."""
    said = "\n".join(f"{note.heading}: {note.text}" for note in notes)
    return (Note(heading=f"membership in {body}", text=said),) if said else ()
