"""What was decided, and what must hold: an oracle of its own that looks at bytes and plain JSON, never at the library."""

import copy
import json
import re

from tests.second_day.world import BODIES, COLUMNS, OF_THE_BODY, OF_THE_PERSON, PERSONS, folded, marks_of

CIRCLES = ("nobody", "members", "public")
"""How far something may go, the narrowest first."""

IN_FORCE = "no withdrawn consent in force"
ERASED = "no erased value in any byte"
AT_RISK = "no body at risk shown more closely than it agreed to"
IDENTITY = "no record changed identity"
UNDONE = "no decision of a person undone"
LOST = "no cell lost"
LEAKED = "no memory in what is shown"
SAME = "the same again changes nothing"
PROMISES = (IN_FORCE, ERASED, AT_RISK, IDENTITY, UNDONE, LOST, LEAKED, SAME)


class ParseAborted(AssertionError):
    """A promise that does not hold."""

    def __init__(self, promise, what, diary=()):
        super().__init__("\n".join([f"{promise}: {what}", *diary]))
        self.promise, self.what = promise, what


class Word:
    """All that was said of a record's publication, item by item, as the office would write it on a card.

    An item is a consent before a circle: when it was given, when it was taken back, its last day.
    """

    def __init__(self, items=()):
        self.items = {one["item"]: dict(one) for one in items}

    @property
    def spoken(self):
        return bool(self.items)

    @property
    def withdrawn(self):
        return [one for one in self.items.values() if one["withdrawn"]]

    def at(self, day):
        """The widest circle that may see it on a day: a consent taken back ends all of its time that go as far."""
        open_to = [one["reach"] for one in self.items.values() if self._is_open(one, day)]
        return max(open_to, key=CIRCLES.index, default="nobody")

    def _is_open(self, item, day):
        ended = [
            one
            for one in self.withdrawn
            if one["withdrawn"] >= item["given"] and CIRCLES.index(one["reach"]) <= CIRCLES.index(item["reach"])
        ]
        return not item["withdrawn"] and not ended and (item["until"] is None or day <= item["until"])

    def given(self, item, reach, day):
        fresh = {"item": item, "reach": reach, "given": day, "withdrawn": None, "until": None}
        return Word([*self.items.values(), fresh])

    def changed(self, **given):
        """Every consent that was not taken back, with a day or a circle noted on it."""
        return Word([one if one["withdrawn"] else {**one, **given} for one in self.items.values()])

    def narrowed(self):
        return Word([one if one["withdrawn"] else _narrower(one, "members") for one in self.items.values()])

    def met_with(self, other):
        """Both words: of one item the one that allows less."""
        both = [_met(self.items[one], other.items[one]) for one in self.items.keys() & other.items.keys()]
        return Word([*self.items.values(), *other.items.values(), *both])

    def since(self, other):
        """The items that were taken back here and not there."""
        known = {one["item"] for one in other.withdrawn}
        return Word([one for one in self.withdrawn if one["item"] not in known])

    def of(self, items):
        return Word([one for one in self.items.values() if one["item"] in items])


def _narrower(item, reach):
    return {**item, "reach": min(item["reach"], reach, key=CIRCLES.index)}


def _met(one, other):
    met = _narrower(one, other["reach"])
    for day in ("withdrawn", "until"):
        met[day] = min((each[day] for each in (one, other) if each[day]), default=None)
    return met


class Ledger:
    """The table of decisions of one office, with what each list said when it was last imported there."""

    def __init__(self):
        self.owner = {}  # record id: the body, person or meeting that it stands for
        self.leads = {}  # id of a merged record: the one that it became
        self.consents = {}  # record id: Word
        self.erased = set()  # persons
        self.at_risk = set()  # record ids
        self.merged = set()  # ids of records made of two: what the other knew was in the file, and may be kept there
        self.struck = set()  # (body, address) that a hand took out
        self.taken_out = {}  # record id: the rows that had named it
        self.left_out = set()  # (list, whom): what a list had named when it was taken out
        self.by_hand = {}  # (record id, field): value
        self.said = {}  # list: {body: {what: (text, row, column)}}
        self.people = {}  # list: {body: person}
        self.told = set()  # (list, body, what, text) that a finding named by its place
        self.known = set()  # (list, body, key of the row, person): rows that were imported
        self.disputed = set()  # bodies of which a merge told that both sides changed them
        self.meetings = {}  # uid: what the newest edition said
        self.unsure = (
            set()
        )  # whom one side took out while the other changed them: either may hold, with either's consents
        self.apart = set()  # pairs of ids that are not duplicates

    def copy(self):
        return copy.deepcopy(self)

    def here(self, record_id):
        while record_id in self.leads:
            record_id = self.leads[record_id]
        return record_id

    def records_of(self, owner):
        return {self.here(one) for one, stands_for in self.owner.items() if stands_for == owner}

    def unsay(self, owner):
        """What lists said of somebody who was taken out need not be held any more."""
        for sheet, rows in self.said.items():
            rows.pop(owner, None)
            for body, cells in rows.items():
                if self.people[sheet].get(body) == owner:
                    rows[body] = {what: cell for what, cell in cells.items() if what not in OF_THE_PERSON}

    def word(self, record_id):
        return self.consents.get(record_id, Word())

    def reach(self, record_id, day):
        """The widest circle that may see a record: a body that never spoke is public, a person or one at risk not."""
        word = self.word(record_id)
        if word.spoken:
            return word.at(day)
        return "public" if self.owner.get(record_id) in BODIES and record_id not in self.at_risk else "nobody"


def texts_of(value):
    """Every text in a plain value, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts_of(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts_of(one)


STAKEHOLDERS = ("organizations", "persons")
MEMORY = ("distinct", "erasures", "lists", "list_rows")


def folded_lines(text):
    """The text, folded: no line bears on the next, and most are known from the day before."""
    return "\n".join(map(folded, text.split("\n")))


class Snapshot:
    """A register as its bytes say: records by id, the texts of each, all folded text."""

    def __init__(self, data):
        self.document = json.loads(data)
        self.folded = folded_lines(data.decode())
        self.records = {
            record["id"]: (collection, record)
            for collection, records in self.document.items()
            if isinstance(records, list) and collection not in (*MEMORY, "redirects")
            for record in records
        }
        self.text_of = {one: "\n".join(texts_of(record)) for one, (_, record) in self.records.items()}
        self.text = folded_lines("\n".join(self.text_of.values()))
        self.secrets = {
            secret
            for name in MEMORY
            for text in texts_of(self.document.get(name, []))
            for secret in re.findall("[0-9a-f]{12,}", text)
        }

    def ids(self, collection):
        return [one["id"] for one in self.document.get(collection, ())]


def owner_of(record_id, snapshot):
    """Whom a record stands for, by values that are of one body, person or meeting alone; None for a nameless one."""
    collection, record = snapshot.records[record_id]
    if collection == "persons":
        text = folded(
            "\n".join(texts_of([record.get("name", ""), record.get("contacts", []), record.get("other_names", [])]))
        )
        return {one for one in PERSONS if any(mark in text for mark in (marks_of(one)[0], *marks_of(one)[3:]))}
    if collection == "organizations":
        text = folded(snapshot.text_of[record_id])
        return {one for one in BODIES if any(mark in text for mark in _marks_of_body(one))}
    if collection == "events":
        found = re.findall(r"zv[a-z]+", json.dumps(record.get("name", {})))
        return set(found)
    return set()


def _marks_of_body(body):
    site = folded(BODIES[body]["word"])
    tokens = (f"nota zq{sheet}{body.replace('-', '')}" for sheet in COLUMNS)
    return (f"https://{site}.example.org/", f"@{site}.example.org", f"puerto {site}", *tokens)


def door_of(body):
    """What leads to the door of a body, as the beginning of every value that any list ever gives, folded."""
    site, number = folded(BODIES[body]["word"]), list(BODIES).index(body)
    return {
        "city": f"puerto {site}",
        "street": f"calle {site}",
        "website": f"https://{site}.",
        "email": re.compile(rf"oficina[0-9]*@{re.escape(site)}\."),
        "phone": f"+50761{number}0",
    }


def stands_in(mark, text):
    return mark in text if isinstance(mark, str) else mark.search(text) is not None


# -- after each step -------------------------------------------------------------------------------------------------


def hold(ledger, snapshot, shown, day):
    """Hold every promise of a register and of what two circles see of it; new records are written into the table."""
    erased_values_are_gone(ledger, snapshot.folded, "the register")
    records_stand_for_whom_they_stood(ledger, snapshot)
    bodies_at_risk_keep_their_door(ledger, snapshot)
    decisions_stand(ledger, snapshot)
    cells_are_held(ledger, snapshot)
    for circle, seen in shown.items():
        shown_no_further(ledger, seen, circle, day)
        showing_no_memory(snapshot, seen.folded, circle)
        if memory := [name for name in MEMORY if name in seen.document]:
            raise ParseAborted(LEAKED, f"{circle}: {memory}")


def erased_values_are_gone(ledger, text, where):
    for person in sorted(ledger.erased):
        if left := [mark for mark in marks_of(person) if mark in text]:
            raise ParseAborted(ERASED, f"{person} in {where}: {left}")


def records_stand_for_whom_they_stood(ledger, snapshot):
    for record_id, (collection, _) in snapshot.records.items():
        found = owner_of(record_id, snapshot)
        known = ledger.owner.get(record_id)
        if len(found) > 1 or (known is not None and not found <= {known}):
            raise ParseAborted(
                IDENTITY, f"{record_id} in {collection} stood for {known}, and stands for {sorted(found)}"
            )
        if known is None and found:
            ledger.owner[record_id] = found.pop()
    explained = ledger.taken_out.keys() | ledger.erased | ledger.unsure
    for record_id, owner in ledger.owner.items():
        if not (record_id in snapshot.records or record_id in ledger.leads or owner in explained):
            raise ParseAborted(LOST, f"the record {record_id} of {owner} is not there any more")


def bodies_at_risk_keep_their_door(ledger, snapshot):
    for record_id in sorted(ledger.at_risk & snapshot.records.keys()):
        record, text = snapshot.records[record_id][1], folded(snapshot.text_of[record_id])
        if not record.get("at_risk"):
            raise ParseAborted(AT_RISK, f"{record_id} is not at risk any more")
        for what, mark in door_of(ledger.owner[record_id]).items():
            held = what not in ("city", "street") and record_id in ledger.merged
            if stands_in(mark, text) and not held:
                raise ParseAborted(AT_RISK, f"{record_id} has {what} again")


def decisions_stand(ledger, snapshot):
    merged_records_lead_on(ledger, snapshot)
    for owner in ledger.taken_out:
        if back := [one for one in snapshot.records if ledger.owner.get(one) == owner]:
            raise ParseAborted(UNDONE, f"{owner} was taken out, and is back as {back}")
    for (record_id, field), value in ledger.by_hand.items():
        here = ledger.here(record_id)
        if here in snapshot.records and not _is_held(snapshot, here, field, value, strict=here == record_id):
            raise ParseAborted(UNDONE, f"{record_id}: {field} by hand is gone: {value}")
    withdrawals_are_written_down(ledger, snapshot)
    apart = {(one["one_id"], one["other_id"]) for one in snapshot.document.get("distinct", ())}
    for pair in ledger.apart - apart:
        if all(one in snapshot.records for one in pair):
            raise ParseAborted(UNDONE, f"{pair} are not known as two any more")
    for uid, meeting in ledger.meetings.items():
        meeting_is_newest(ledger, snapshot, uid, meeting)


def merged_records_lead_on(ledger, snapshot):
    leading = {one["old_id"]: one["new_id"] for one in snapshot.document.get("redirects", ())}
    for old in ledger.leads:
        here = old
        while here in leading:
            here = leading[here]
        if old in snapshot.records or here != ledger.here(old):
            raise ParseAborted(UNDONE, f"{old} was merged into {ledger.here(old)}, and leads to {here}")


def withdrawals_are_written_down(ledger, snapshot):
    for record_id, word in ledger.consents.items():
        if word.withdrawn and record_id in snapshot.records and ledger.owner.get(record_id) not in ledger.erased:
            consents = snapshot.records[record_id][1].get("consents", ())
            days = {one["withdrawn"] for one in word.withdrawn}
            if not days & {one.get("withdrawn") for one in consents}:
                raise ParseAborted(IN_FORCE, f"{record_id}: the day of the withdrawal is gone")


def meeting_is_newest(ledger, snapshot, uid, meeting):
    """A meeting stands where its newest edition, or a hand, put it; once cancelled it stays so."""
    for record_id in ledger.records_of(uid) & snapshot.records.keys():
        event = snapshot.records[record_id][1]
        starts = (event.get("starts_at") or event.get("starts") or "")[:10]
        if (record_id, "starts") not in ledger.by_hand and starts != meeting["day"]:
            raise ParseAborted(UNDONE, f"{record_id} starts on {starts}, its newest edition says {meeting['day']}")
        if meeting["status"] == "CANCELLED" and event.get("status") != "cancelled":
            raise ParseAborted(UNDONE, f"{record_id} was cancelled, and is {event.get('status')}")


def _is_held(snapshot, record_id, field, value, strict):
    record, text = snapshot.records[record_id][1], snapshot.text_of[record_id]
    if field.startswith("struck"):
        return not strict or value not in [one["value"] for one in record.get("contacts", ())]
    if not strict or field.startswith(("note", "contact")):
        return field in ("kind", "starts") or value in text
    plain = {
        "kind": record.get("kind"),
        "name.en": record.get("name", {}).get("en"),
        "city": (record.get("seat") or {}).get("city"),
        "status": record.get("status"),
        "starts": record.get("starts") or (record.get("starts_at") or "")[:10],
        "languages": value if value in record.get("languages", ()) else None,
    }
    return plain[field] == value


def cells_are_held(ledger, snapshot):
    for sheet, rows in ledger.said.items():
        for body, cells in rows.items():
            for what, (text, *_) in cells.items():
                if not is_held(what, text, snapshot) and not is_explained(ledger, sheet, body, what, text):
                    raise ParseAborted(LOST, f"{sheet}, {body}: {what} {text!r} is nowhere")


def is_held(what, text, snapshot):
    return folded(text[text.index("nota zq") :] if what == "note" else text) in snapshot.text


def is_explained(ledger, sheet, body, what, text):
    """Whether a cell may be out of the register: it was told by its place, or a person decided so."""
    person = ledger.people[sheet].get(body)
    records = ledger.records_of(body)
    return (
        ((sheet, body, what, text) in ledger.told and (what != "note" or bool(records & ledger.at_risk)))
        or body in ledger.disputed
        or body in ledger.taken_out
        or body in ledger.unsure
        or person in ledger.unsure
        or (what == "note" and any(PERSONS[one]["name"] in text for one in ledger.erased))
        or (what in OF_THE_PERSON and (person in ledger.erased or person in ledger.taken_out))
        or (what in OF_THE_BODY and bool(records & ledger.at_risk))
        or (body, text) in ledger.struck
        or (what == "city" and any((record_id, "city") in ledger.by_hand for record_id in ledger.owner))
    )


# -- what is shown ---------------------------------------------------------------------------------------------------


def shown_no_further(ledger, seen, circle, day):
    """Hold that a circle sees no record, person or way to somebody further than was agreed."""
    wide = CIRCLES.index(circle)

    def reaches(record_id):
        return CIRCLES.index(ledger.reach(record_id, day)) >= wide

    for record_id, owner in ledger.owner.items():
        if record_id in seen.records and owner in {*BODIES, *PERSONS} - ledger.unsure and not reaches(record_id):
            promise = AT_RISK if record_id in ledger.at_risk and not ledger.word(record_id).spoken else IN_FORCE
            raise ParseAborted(promise, f"{circle} see {record_id}")
    ways_shown_no_further(ledger, seen.folded, circle, day)


def ways_shown_no_further(ledger, text, circle, day):
    """The same, of any text that a circle is given."""
    wide = CIRCLES.index(circle)

    def reaching(owner):
        found = ledger.records_of(owner)
        return {one for one in found if CIRCLES.index(ledger.reach(one, day)) >= wide}

    erased_values_are_gone(ledger, text, f"what {circle} see")
    if "nota zq" in text:
        raise ParseAborted(LEAKED, f"{circle} see a note")
    for person in PERSONS.keys() - ledger.unsure:
        if not reaching(person) and (left := [mark for mark in marks_of(person) if mark in text]):
            raise ParseAborted(IN_FORCE, f"{circle} see of {person} {left}")
    for body in BODIES.keys() - ledger.unsure:
        seen = reaching(body)
        agreed = {one for one in seen if ledger.word(one).spoken}
        for what, mark in door_of(body).items():
            by_consent = what in ("email", "phone")
            allowed = agreed if by_consent else seen - ledger.at_risk
            if not allowed and stands_in(mark, text):
                promise = AT_RISK if ledger.records_of(body) & ledger.at_risk else IN_FORCE
                raise ParseAborted(promise, f"{circle} see the {what} of {body}")


def showing_no_memory(snapshot, text, circle):
    if any(secret in text for secret in snapshot.secrets):
        raise ParseAborted(LEAKED, f"{circle} see what the memory keeps")


# -- two tables made one ---------------------------------------------------------------------------------------------


def joined(tables, snapshots):
    """The table of a register that two offices went on with apart, and brought together again."""
    base, ours, theirs = tables
    made = ours.copy()
    made.owner = _of_both(base.owner, ours.owner, theirs.owner)
    made.leads = _of_both(base.leads, ours.leads, theirs.leads)
    made.erased |= theirs.erased
    made.at_risk |= theirs.at_risk
    made.told |= theirs.told
    made.disputed |= theirs.disputed
    made.left_out |= theirs.left_out
    made.merged |= theirs.merged
    made.struck |= theirs.struck
    made.known &= theirs.known
    made.apart |= theirs.apart
    for one in ours.consents.keys() | theirs.consents.keys():
        made.consents[one] = ours.word(one).met_with(theirs.word(one))
    made.taken_out = _taken_out(tables, snapshots)
    made.unsure |= theirs.unsure | ((ours.taken_out.keys() ^ theirs.taken_out.keys()) - made.taken_out.keys())
    made.by_hand = _of_both(base.by_hand, ours.by_hand, theirs.by_hand)
    made.said = {
        sheet: _by_row(_of_both(*(_by_cell(one.said.get(sheet, {})) for one in tables)))
        for sheet in ours.said.keys() | theirs.said.keys()
    }
    made.people = {sheet: {**theirs.people.get(sheet, {}), **ours.people.get(sheet, {})} for sheet in made.said}
    for uid, meeting in theirs.meetings.items():
        if uid not in made.meetings or made.meetings[uid]["sequence"] < meeting["sequence"]:
            made.meetings[uid] = meeting
    return made


def _taken_out(tables, snapshots):
    """Who stays out: taken out on both sides, or on one while the other side left the records as they were."""
    base, *sides = tables
    before, *seen = snapshots
    out = {}
    for side, other, other_seen in zip(sides, reversed(sides), reversed(seen), strict=True):
        for owner, named in side.taken_out.items():
            theirs = {one for one, stands_for in other.owner.items() if stands_for == owner}
            as_before = all(other_seen.records.get(one) == before.records.get(one) for one in theirs)
            if owner in other.taken_out or (as_before and owner not in base.taken_out):
                out[owner] = out.get(owner, set()) | set(named)
    return out


def _settled(base, ours, theirs, both):
    if ours == theirs or theirs == base:
        return ours
    return theirs if ours == base else both(ours, theirs)


def _of_both(base, ours, theirs):
    """What both hold still, and what either added; where the two say different things, nothing is promised."""
    made = {}
    for key in ours.keys() | theirs.keys():
        value = _settled(base.get(key), ours.get(key), theirs.get(key), lambda *_: None)
        if value is not None:
            made[key] = value
    return made


def _by_cell(rows):
    """Cells by body and field; where in the file one stood does not matter any more."""
    return {(body, what): (text,) for body, cells in rows.items() for what, (text, *_) in cells.items()}


def _by_row(cells):
    rows = {}
    for (body, what), cell in cells.items():
        rows.setdefault(body, {})[what] = cell
    return rows
