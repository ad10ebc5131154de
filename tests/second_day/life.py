"""The steps of a register's life: each calls the library as a user does, writes the decision down, and holds the rest."""

import contextlib
import copy
import datetime as dt
import io
import json
import tempfile
import zipfile
from functools import lru_cache
from pathlib import Path

import attrs

import untoc_network as un
from tests.second_day.decisions import (
    IDENTITY,
    LOST,
    SAME,
    UNDONE,
    Ledger,
    ParseAborted,
    Snapshot,
    Word,
    erased_values_are_gone,
    hold,
    is_held,
    joined,
    records_stand_for_whom_they_stood,
    showing_no_memory,
    ways_shown_no_further,
)
from tests.second_day.world import BODIES, OF_THE_PERSON, OFFICE, PERSONS, ROSTER, ROSTER_FIELDS, calendar_text, folded
from untoc_network.cli.main import main

FIRST_DAY = dt.date(2026, 1, 1)
CIRCLES = ("public", "members")
snapshot_of = lru_cache(16)(Snapshot)  # what a step leaves is what the next one finds, and a view is seldom another
NO_RULES = un.RuleSet(rules=())
PUBLICATION = un.Purpose.PUBLICATION


class Office:
    """One register with the table of what was decided about it, and a diary to read where a promise was broken."""

    def __init__(self, register=None, ledger=None, diary=None, undos=()):
        self.register = un.Register() if register is None else register
        self.ledger = Ledger() if ledger is None else ledger
        self.diary = [] if diary is None else diary
        self.undos = list(undos)

    def copy(self):
        return Office(self.register, self.ledger.copy(), [*self.diary, "-- elsewhere:"], copy.deepcopy(self.undos))

    @property
    def day(self):
        """One step a day."""
        return (FIRST_DAY + dt.timedelta(days=len(self.diary))).isoformat()

    @property
    def tomorrow(self):
        return (FIRST_DAY + dt.timedelta(days=len(self.diary) + 1)).isoformat()

    def tell(self, text):
        self.diary.append(f"{self.day} {text}")

    @contextlib.contextmanager
    def step(self, text):
        """One step; after it every promise is held, and what is broken is told with the diary."""
        self.tell(text)
        with self.told():
            yield
            hold(self.ledger, snapshot_of(un.dumps(self.register)), self.shown(), self.day)

    @contextlib.contextmanager
    def told(self):
        try:
            yield
        except ParseAborted as broken:
            raise ParseAborted(broken.promise, broken.what, self.diary) from None

    def shown(self):
        return {
            circle: snapshot_of(un.dumps(un.privacy.view(self.register, circle, self.day).register))
            for circle in CIRCLES
        }

    # -- imports -----------------------------------------------------------------------------------------------------

    def import_sheet(self, sheet, order):
        text = sheet.text()
        with self.step(f"import {sheet.file()} ({order})\n{text}"):
            before = snapshot_of(un.dumps(self.register))
            self.register, report = read_sheet(sheet, text, self.register)
            erased_values_are_gone(self.ledger, folded(json.dumps(report, ensure_ascii=False)), "the report")
            after = snapshot_of(un.dumps(self.register))
            erased_values_are_gone(self.ledger, after.folded, "the register")
            self.note_rows(sheet, before, after, report)
        with self.told():
            imported_twice_is_the_same(self.register, read_sheet, sheet, text)

    def note_rows(self, sheet, before, after, report):
        """Write down what the list said, where its rows went, and which consents it was the first to tell of."""
        ledger, said = self.ledger, sheet.said()
        told_at = {(one.get("line"), one.get("column")) for one in report}
        ledger.people.setdefault(sheet.name, {}).update(sheet.people())
        for body, cells in said.items():
            for what, (text, row, column) in cells.items():
                if (row, column) in told_at or (row, 1) in told_at:
                    ledger.told.add((sheet.name, body, what, text))
            for owner in (body, ledger.people[sheet.name][body]):
                if sheet.name not in ledger.taken_out.get(owner, {sheet.name}):
                    del ledger.taken_out[owner]  # a list that never named it may bring it
        ledger.said[sheet.name] = {**ledger.said.get(sheet.name, {}), **self._without_left_out(sheet, said, after)}
        records_stand_for_whom_they_stood(ledger, after)
        for row in sheet.rows:
            self._note_row(sheet, row, before, after)

    def _without_left_out(self, sheet, said, after):
        """The rows without what this list had said of somebody who was then taken out: it stays out, and is told."""
        ledger, kept = self.ledger, {}
        for body, cells in said.items():
            person = ledger.people[sheet.name][body]
            of_whom = {what: person if what in OF_THE_PERSON else body for what in cells}
            back = {
                owner
                for what, owner in of_whom.items()
                if what in ("note", "contact_email") and is_held(what, cells[what][0], after)
            }
            for owner in back:
                ledger.left_out.discard((sheet.name, owner))
            out = {what for what, owner in of_whom.items() if (sheet.name, owner) in ledger.left_out}
            for what in out:
                if (sheet.name, body, what, cells[what][0]) not in ledger.told:
                    raise ParseAborted(LOST, f"{sheet.name}, {body}: {what} is left out, and nothing tells it")
            kept[body] = {what: cell for what, cell in cells.items() if what not in out}
        return kept

    def _note_row(self, sheet, row, before, after):
        ledger, body, person = self.ledger, row["body"], sheet.people()[row["body"]]
        for owner in (body, person):
            known = (sheet.name, body, sheet.key_of(row), owner)
            now = ledger.records_of(owner) & after.records.keys()
            then = now & before.records.keys()
            if known in ledger.known and then and now - then:
                promise = UNDONE if _merged(ledger, owner) else IDENTITY
                raise ParseAborted(promise, f"{owner} has a second record, {sorted(now - then)} beside {sorted(then)}")
            ledger.known.add(known)
        token = row["note"][row["note"].index("nota zq") :]
        bodies = {one for one in after.records if ledger.owner.get(one) == body and token in after.text_of[one]}
        people = {one for one in after.records if ledger.owner.get(one) == person}
        if sheet.name == OFFICE and row["consent"]:
            self._first_word(bodies, row["scope"], row["given"])
        if sheet.name == ROSTER and row["person_consent"]:
            self._first_word(people, row["person_scope"], row["person_given"])

    def _first_word(self, record_ids, scope, day):
        for record_id in record_ids:
            if not self.ledger.word(record_id).spoken:
                self.ledger.consents[record_id] = Word().given(("list", record_id), scope, day)

    def import_feed(self, feed, edition, method):
        text = calendar_text(edition, method)
        with self.step(f"import {feed.file()} ({method})\n{text}"):
            self.register, report = read_feed(feed, text, self.register)
            erased_values_are_gone(self.ledger, folded(json.dumps(report, ensure_ascii=False)), "the report")
            for meeting in edition.values():
                mark = meeting["summary"].split()[-1]
                newest = self.ledger.meetings.get(mark)
                cancelled = method == "CANCEL" or (newest is not None and newest["status"] == "CANCELLED")
                if newest is None or newest["sequence"] <= meeting["sequence"]:
                    newest = dict(meeting)
                self.ledger.meetings[mark] = {**newest, "status": "CANCELLED" if cancelled else newest["status"]}
        with self.told():
            imported_twice_is_the_same(self.register, read_feed, feed, text)

    # -- by hand -----------------------------------------------------------------------------------------------------

    def replace(self, record_id, **given):
        self.register, _ = self.register.with_replaced(attrs.evolve(self.register[record_id], **given))

    def edit(self, record_id, field, value):
        with self.step(f"edit {record_id}: {field} = {value}"):
            self.replace(record_id, **EDITS[field](self.register[record_id], value))
            several = field in ("note", "contact")
            self.ledger.by_hand[record_id, f"{field} {value}" if several else field] = value
            self.ledger.by_hand.pop((record_id, f"struck {value}"), None)

    def strike(self, record_id):
        """A hand takes out every way to reach a body."""
        with self.step(f"strike the addresses of {record_id}"):
            for contact in self.register[record_id].contacts:
                self.ledger.by_hand[record_id, f"struck {contact.value}"] = contact.value
                self.ledger.by_hand.pop((record_id, f"contact {contact.value}"), None)
                self.ledger.struck.add((self.ledger.owner[record_id], contact.value))
            self.replace(record_id, contacts=())

    def add(self, body):
        """A record kept by hand, before any list names it or beside the lists."""
        number = sum(stands_for == body for stands_for in self.ledger.owner.values())
        record_id = f"hand-{body}-{number + 1}"
        with self.step(f"add {record_id} by hand"):
            record = un.Organization(
                id=record_id,
                name=un.Text({"es": BODIES[body]["name"]}),
                kind=un.OrganizationKind.NGO,
                seat=un.Place(country=BODIES[body]["country"]),
                notes=(un.Note(text=f"nota zq{ROSTER}{body.replace('-', '')} a mano {number}"),),
            )
            self.register, _ = self.register.with_added(record)
            self.ledger.owner[record_id] = body
            self.ledger.by_hand[record_id, "kind"] = "ngo"
            self.ledger.taken_out.pop(body, None)

    def _note_on_consents(self, record_id, word, **given):
        """A hand notes something on every consent to publication that was not taken back."""
        changed = tuple(
            attrs.evolve(one, **given) if one.purpose is PUBLICATION and one.withdrawn is None else one
            for one in self.register[record_id].consents
        )
        self.replace(record_id, consents=changed)
        self.ledger.consents[record_id] = word

    def withdraw(self, record_id):
        with self.step(f"withdraw {record_id}"):
            word = self.ledger.word(record_id).changed(withdrawn=self.day)
            self._note_on_consents(record_id, word, withdrawn=un.PartialDate(self.day))

    def narrow(self, record_id):
        with self.step(f"narrow {record_id} to members"):
            word = self.ledger.word(record_id).narrowed()
            self._note_on_consents(record_id, word, audience=un.Audience.MEMBERS)

    def expire(self, record_id):
        with self.step(f"note that the consent of {record_id} ends today"):
            word = self.ledger.word(record_id).changed(until=self.day)
            self._note_on_consents(record_id, word, expires=un.PartialDate(self.day))

    def give(self, record_id, reach):
        with self.step(f"a hand writes a consent of {record_id} before {reach}"):
            consent = un.Consent(
                purpose=PUBLICATION,
                audience=un.Audience(reach),
                basis=un.ConsentBasis.FORM,
                given=un.PartialDate(self.day),
            )
            self.replace(record_id, consents=(*self.register[record_id].consents, consent))
            item = ("hand", record_id, self.day, reach)
            self.ledger.consents[record_id] = self.ledger.word(record_id).given(item, reach, self.day)

    def set_at_risk(self, body):
        with self.step(f"set {body} at risk"):
            for record_id in sorted(self.ledger.records_of(body) & self.register.by_id.keys()):
                seat = self.register[record_id].seat
                self.replace(
                    record_id,
                    at_risk=True,
                    seat=seat and seat.country and un.Place(country=seat.country),
                    contacts=(),
                    links=(),
                    notes=tuple(one for one in self.register[record_id].notes if "zq" in one.text),
                    claims=(),
                )
                self.ledger.at_risk.add(record_id)
                for undo in self.undos:
                    undo["at_risk"] |= {undo["keep"], undo["drop"]} if record_id == undo["keep"] else set()
                for key in [key for key in self.ledger.by_hand if self.ledger.here(key[0]) == record_id]:
                    if key[1].startswith(("contact", "city", "note")):
                        del self.ledger.by_hand[key]

    def take_out(self, owner):
        """A body with its people, a person, or a meeting taken out by hand."""
        with self.step(f"take {owner} out"):
            owners = {owner, *(person for person, about in PERSONS.items() if about["body"] == owner)}
            gone = sorted({one for each in owners for one in self.ledger.records_of(each)} & self.register.by_id.keys())
            self.register, _ = self.register.without(*gone)
            for each in owners:
                named = {sheet for sheet, people in self.ledger.people.items() if each in {*people, *people.values()}}
                self.ledger.left_out |= {(sheet, each) for sheet in named}
                if self.ledger.records_of(each) and each not in self.ledger.erased:
                    self.ledger.taken_out[each] = named or {"a feed"}
                self.ledger.unsay(each)
            self.forget(gone)

    def forget(self, gone):
        """Decisions on records that are gone, and undoing what concerns them, are over."""
        ledger = self.ledger
        ledger.by_hand = {key: value for key, value in ledger.by_hand.items() if ledger.here(key[0]) not in gone}
        ledger.at_risk -= set(gone)
        ledger.apart = {pair for pair in ledger.apart if not {*pair} & {*gone}}
        for record_id in [one for one in ledger.owner if ledger.here(one) in gone]:
            ledger.meetings.pop(ledger.owner.pop(record_id), None)
            ledger.consents.pop(record_id, None)
        ledger.leads = {old: new for old, new in ledger.leads.items() if ledger.here(old) not in gone}
        self.undos = [undo for undo in self.undos if not {undo["keep"], undo["drop"]} & {*gone}]

    def erase(self, person):
        with self.step(f"erase {person}"):
            for record_id in sorted(self.ledger.records_of(person) & self.register.by_id.keys()):
                self.register = un.privacy.erase(self.register, record_id, on=self.day).register
                self.ledger.by_hand = {
                    key: value for key, value in self.ledger.by_hand.items() if self.ledger.here(key[0]) != record_id
                }
            self.ledger.erased.add(person)
            self.ledger.taken_out.pop(person, None)

    # -- records and registers made one -------------------------------------------------------------------------------

    def merge_records(self, keep, drop):
        with self.step(f"merge {drop} into {keep}"):
            ledger = self.ledger
            merged = un.matching.merge_records(self.register, keep, drop, on=self.day)
            self.register = merged.register
            before = {one: ledger.word(one) for one in (keep, drop)}
            ledger.by_hand = {  # the other may have the address too
                key: value
                for key, value in ledger.by_hand.items()
                if not (key[1].startswith("struck") and key[0] in before)
            }
            undo = {"keep": keep, "drop": drop, "undo": merged.undo, "before": before, "owner": ledger.owner[drop]}
            self.undos.append({**undo, "at_risk": {keep, drop} & ledger.at_risk})
            ledger.leads[drop] = keep
            ledger.merged |= {keep, drop}
            ledger.consents[keep] = before[keep].met_with(before[drop])
            if drop in ledger.at_risk:
                ledger.at_risk = (ledger.at_risk | {keep}) - {drop}

    def undo(self, place):
        undo = self.undos.pop(place)
        with self.step(f"undo the merge of {undo['drop']} into {undo['keep']}"):
            ledger, keep, drop = self.ledger, undo["keep"], undo["drop"]
            try:
                undone = un.matching.undo_merge(self.register, undo["undo"])
            except un.ImpossibleValue:  # the record was merged into another since
                if keep not in ledger.leads:
                    raise
                return
            self.register = undone.register
            ledger.leads.pop(drop, None)
            if drop in self.register.by_id:
                ledger.owner[drop] = undo["owner"]
                now = ledger.word(keep)
                since = now.since(undo["before"][keep].met_with(undo["before"][drop]))
                own = undo["before"][drop].items
                ledger.consents[drop] = now.of(own).met_with(since)
                ledger.consents[keep] = now.of(now.items.keys() - (own.keys() - undo["before"][keep].items.keys()))
                ledger.at_risk = (ledger.at_risk - {keep, drop}) | undo["at_risk"]
            elif drop in self.register.redirected:
                ledger.leads[drop] = keep
            elif not undone.conflicts:
                raise ParseAborted(UNDONE, f"{drop} is not there again")

    def merge_register(self, base, theirs):
        with self.step("bring both registers together"):
            self.diary[-1:-1] = [f"  elsewhere {line}" for line in theirs.diary[len(base.diary) :]]
            merged = un.matching.merge(base.register, self.register, theirs.register)
            three = [snapshot_of(un.dumps(one.register)) for one in (base, self, theirs)]
            self.register = merged.register
            self.ledger = joined((base.ledger, self.ledger, theirs.ledger), three)
            self.note_conflicts({conflict.id for conflict in merged.conflicts})
            for conflict in merged.conflicts:
                self.ledger.meetings.pop(self.ledger.owner.get(conflict.id), None)
            self.undos = []

    def note_conflicts(self, record_ids):
        """Where both sides changed a record and that was told, a cell of its lists may be out of it."""
        owners = {self.ledger.owner.get(one) for one in record_ids}
        self.ledger.disputed |= owners | {PERSONS[owner]["body"] for owner in owners if owner in PERSONS}

    def tell_apart(self, one, other):
        pair = tuple(sorted((one, other)))
        with self.step(f"{pair} are no duplicates"):
            distinct = un.DistinctPair(one_id=pair[0], other_id=pair[1], on=un.PartialDate(self.day))
            self.register = attrs.evolve(self.register, distinct=(*self.register.distinct, distinct))
            self.ledger.apart.add(pair)

    # -- carried and shown -------------------------------------------------------------------------------------------

    def migrate(self):
        with self.step("migrate"), tempfile.TemporaryDirectory() as folder:
            old, new = Path(folder) / "register.json", Path(folder) / "new.json"
            un.dump(self.register, old)
            with contextlib.redirect_stderr(io.StringIO()):
                code = main(["migrate", str(old), "-o", str(new)])
            if code != 0 or new.read_bytes() != un.dumps(self.register):
                raise ParseAborted(LOST, "another register out of a migration")
            self.register = un.load(new)

    def carry(self, suffix):
        with self.step(f"write and read as {suffix}"), tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"register{suffix}"
            before = un.dumps(self.register)
            un.dump(self.register, path)
            self.register = un.load(path)
            if un.dumps(self.register) != before:
                raise ParseAborted(LOST, f"another register out of {suffix}")

    def publish(self, exported=tuple(un.exchange.FORMS)):
        with self.step("publish"), tempfile.TemporaryDirectory() as folder:
            snapshot = snapshot_of(un.dumps(self.register))
            for circle in CIRCLES:
                target = Path(folder) / circle
                un.publishing.publish(
                    self.register,
                    target,
                    audience=circle,
                    on=self.day,
                    forms=un.publishing.PUBLICATION_FORMS,
                    rules=NO_RULES,
                )
                self._hold_text(snapshot, "\n".join(_texts_in(target)), circle)
            for form in exported:
                data = un.exchange.export(self.register, form, on=self.day).data
                self._hold_text(snapshot, data.decode().replace("\r\n ", ""), "public")

    def _hold_text(self, snapshot, text, circle):
        ways_shown_no_further(self.ledger, folded(text), circle, self.day)
        showing_no_memory(snapshot, text, circle)


def _merged(ledger, owner):
    return {old for old in ledger.leads if ledger.owner.get(old) == owner}


def _texts_in(folder):
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                yield from (archive.read(name).decode() for name in archive.namelist())
        elif path.is_file():
            yield path.read_text("utf-8")


def _note(record, value):
    return {"notes": (*record.notes, un.Note(text=value))}


def _contact(record, value):
    return {"contacts": (*record.contacts, un.Contact(kind=un.ContactKind.EMAIL, value=value, label="a mano"))}


EDITS = {
    "kind": lambda record, value: {"kind": type(record.kind)(value)},
    "name.en": lambda record, value: {"name": un.Text({**dict(record.name.items()), "en": value})},
    "city": lambda record, value: {"seat": attrs.evolve(record.seat or un.Place(country="XA"), city=value)},
    "languages": lambda record, value: {"languages": (*record.languages, un.LanguageTag(value))},
    "status": lambda _, value: {"status": un.EventStatus(value)},
    "note": _note,
    "contact": _contact,
}
"""What a hand writes into a record, for each field."""


def imported_twice_is_the_same(register, read, given, text):
    again, _ = read(given, text, register)
    if un.dumps(again) != un.dumps(register):
        raise ParseAborted(SAME, f"{given.file()} again gives other bytes")


# -- how lists and calendars come in -----------------------------------------------------------------------------------


def read_sheet(sheet, text, register):
    """The register with a list, and the findings as plain values."""
    mapping = (
        un.member_lists.SheetMapping(columns=ROSTER_FIELDS) if sheet.name == ROSTER else un.member_lists.SheetMapping()
    )
    imported = un.import_bytes(text.encode(), file=sheet.file(), existing=register, mapping=mapping)
    return imported.register, imported.report.to_dict()["findings"]


def read_feed(feed, text, register):
    """The register with a calendar, and the findings as plain values."""
    brought = un.exchange.import_data(text.encode(), "calendar", file=feed.file(), existing=register)
    return brought.register, brought.report.to_dict()["findings"]
