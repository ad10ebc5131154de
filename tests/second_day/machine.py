"""The machine: which steps may come next in the life of a register, drawn at random."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

import untoc_network as un
from tests.measuring import count_example
from tests.second_day.life import Office
from tests.second_day.world import BODIES, COLUMNS, OFFICE, PERSONS, ROSTER, Feed, Sheet, value_of

YEARS = 300
"""So many lives are lived."""
FEEDS = {"agenda": ("a@example.org", "a-example.org", "b@example.org"), "mesa": ("c@example.org", "d@example.org")}


class SecondDays(RuleBasedStateMachine):
    """The office with its register, another office that went on with a copy of it, three lists, two feeds."""

    worlds = (tuple(BODIES), tuple(BODIES), ("luz-a", "luz-b"), ("nandu", "paz"), ("paz", "orilla"), ("nandu",))
    """The fewer bodies there are, the sooner the same one is met again."""

    def __init__(self):
        super().__init__()
        count_example(YEARS)

    @initialize(data=st.data(), order=st.permutations(tuple(COLUMNS)))
    def first_day(self, data, order):
        self.home, self.away, self.base = Office(), None, None
        self.bodies = data.draw(st.sampled_from(self.worlds))
        self.sheets = {name: Sheet(name, data.draw(st.permutations(self.bodies))) for name in COLUMNS}
        self.feeds = {name: Feed(name, uids) for name, uids in FEEDS.items()}
        for row in self.sheets[OFFICE].rows:
            self.sheets[OFFICE].set_consent(
                row, data.draw(st.sampled_from(("public", "public", "members", ""))), "2025-03-01"
            )
        for name in order[: data.draw(st.integers(0, 3))]:
            self.home.import_sheet(self.sheets[name], "the first time")

    def ledgers(self):
        return [office.ledger for office in (self.home, self.away) if office]

    # -- what is drawn -----------------------------------------------------------------------------------------------

    def office(self, data):
        return data.draw(st.sampled_from((self.home, self.away))) if self.away else self.home

    def record(self, data, office, kinds, *, open_to_more=False):
        """A record that stands for somebody; with `open_to_more`, one of which a consent is in force."""
        ledger = office.ledger
        found = [one.id for one in office.register if isinstance(one, kinds) and one.id in ledger.owner]
        found = [one for one in found if ledger.owner[one] not in ledger.erased]
        if open_to_more:
            found = [one for one in found if ledger.word(one).at(office.tomorrow) != "nobody"]
        return data.draw(st.sampled_from(found)) if found else None

    # -- lists and calendars -----------------------------------------------------------------------------------------

    @rule(data=st.data(), name=st.sampled_from(tuple(COLUMNS)))
    def import_list(self, data, name):
        self.office(data).import_sheet(self.sheets[name], "again")

    @rule(data=st.data(), name=st.sampled_from(tuple(COLUMNS)), kind=st.sampled_from(("sort", "drop", "back", "month")))
    def rows_come_and_go(self, data, name, kind):
        sheet = self.sheets[name]
        if kind == "sort":
            sheet.rows = data.draw(st.permutations(sheet.rows))
        elif kind == "drop" and sheet.rows:
            sheet.rows.remove(data.draw(st.sampled_from(sheet.rows)))
        elif kind == "back":
            missing = [body for body in self.bodies if sheet.row_of(body) is None]
            sheet.rows += [sheet.new_row(body) for body in missing[:1]]
        elif kind == "month":
            sheet.month += 1
        self.import_list_now(data, sheet)

    @rule(
        data=st.data(),
        name=st.sampled_from(tuple(COLUMNS)),
        kind=st.sampled_from(("note", "email", "city", "street", "phone", "website", "contact", "contact", "rename")),
    )
    def a_row_changes(self, data, name, kind):
        sheet = self.sheets[name]
        if not sheet.rows:
            return
        row = data.draw(st.sampled_from(sheet.rows))
        if kind == "note":
            sheet.set_note(row)
        elif kind == "contact":
            people = [person for person, about in PERSONS.items() if about["body"] == row["body"]]
            sheet.set_contact(row, data.draw(st.sampled_from((*people, None))))
        elif kind == "rename":
            if name == ROSTER and not self.is_guarded(row):
                row["name"] = f"{BODIES[row['body']]['name']} Renovada"
        else:
            sheet.changed += 1
            row[kind] = value_of(row["body"], kind, sheet.changed)
        self.import_list_now(data, sheet)

    def is_guarded(self, row):
        """Of whom a list says too little to know them again under another name."""
        return any(
            row["body"] in ledger.taken_out
            or ledger.records_of(row["body"]) & ledger.at_risk
            or any(PERSONS[person]["body"] == row["body"] for person in ledger.erased)
            for ledger in self.ledgers()
        )

    @rule(data=st.data(), scope=st.sampled_from(("public", "members")))
    def the_office_lists_a_consent(self, data, scope):
        sheet = self.sheets[OFFICE]
        if not sheet.rows:
            return
        sheet.set_consent(data.draw(st.sampled_from(sheet.rows)), scope, self.home.day)
        self.import_list_now(data, sheet)

    @rule(data=st.data(), scope=st.sampled_from(("public", "members")))
    def the_roster_lists_a_consent(self, data, scope):
        sheet = self.sheets[ROSTER]
        rows = [row for row in sheet.rows if row["person"]]
        if rows:
            row = data.draw(st.sampled_from(rows))
            sheet.set_person_consent(row, scope, self.home.day)
            self.import_list_now(data, sheet)

    def import_list_now(self, data, sheet):
        if data.draw(st.booleans()):
            self.office(data).import_sheet(sheet, "changed")

    @rule(
        data=st.data(),
        name=st.sampled_from(tuple(FEEDS)),
        kind=st.sampled_from(("", "move", "move", "cancel", "mention", "old", "call off")),
    )
    def import_calendar(self, data, name, kind):
        feed = self.feeds[name]
        uid = data.draw(st.sampled_from(tuple(feed.meetings)))
        if feed.meetings[uid]["status"] == "CANCELLED" and kind in ("move", "mention"):
            return
        if kind == "move":
            feed.move(uid, f"2026-10-{10 + len(feed.editions) % 15}")
        elif kind == "cancel":
            feed.cancel(uid)
        elif kind == "mention":
            person = data.draw(st.sampled_from(tuple(PERSONS)))
            feed.mention(uid, person, names=not any(person in ledger.erased for ledger in self.ledgers()))
        edition, method = feed.publish(), "PUBLISH"
        if kind == "old":
            edition = data.draw(st.sampled_from(feed.editions))
        elif kind == "call off":
            feed.cancel(uid)
            edition, method = {uid: feed.publish()[uid]}, "CANCEL"
        office = self.office(data)
        if not self.names_an_erased_person_anew(office, edition):
            office.import_feed(feed, edition, method)

    def names_an_erased_person_anew(self, office, edition):
        """Nobody is known by the name alone, and a meeting names no body beside it."""
        told = {mark: meeting["about"] for mark, meeting in office.ledger.meetings.items()}
        return any(
            PERSONS[person]["name"] in one["about"] and told.get(one["summary"].split()[-1]) != one["about"]
            for person in office.ledger.erased
            for one in edition.values()
        )

    # -- by hand -----------------------------------------------------------------------------------------------------

    @rule(
        data=st.data(),
        edit=st.sampled_from(
            (
                ("kind", "foundation"),
                ("name.en", "House of Light"),
                ("city", "Villa a Mano"),
                ("languages", "pt"),
                ("note", "nota a mano"),
                ("contact", "a-mano@hand.example.org"),
            )
        ),
    )
    def edit_a_body(self, data, edit):
        office = self.office(data)
        record_id = self.record(data, office, un.Organization)
        if record_id and (record_id not in office.ledger.at_risk or edit[0] not in ("city", "contact")):
            office.edit(record_id, *edit)

    @rule(data=st.data())
    def strike_an_address(self, data):
        office = self.office(data)
        record_id = self.record(data, office, un.Organization)
        if record_id and office.register[record_id].contacts:
            office.strike(record_id)

    @rule(
        data=st.data(), edit=st.sampled_from((("kind", "side-event"), ("status", "cancelled"), ("note", "nota a mano")))
    )
    def edit_a_meeting(self, data, edit):
        office = self.office(data)
        record_id = self.record(data, office, un.Event)
        if record_id:
            office.edit(record_id, *edit)

    @rule(data=st.data())
    def add_a_body(self, data):
        self.office(data).add(data.draw(st.sampled_from(self.bodies)))

    @rule(data=st.data(), reach=st.sampled_from(("public", "public", "members")))
    def give(self, data, reach):
        office = self.office(data)
        record_id = self.record(data, office, (un.Person, un.Organization))
        if record_id:
            office.give(record_id, reach)

    @rule(data=st.data(), how=st.sampled_from(("withdraw", "withdraw", "narrow", "expire")))
    def less_is_agreed(self, data, how):
        office = self.office(data)
        record_id = self.record(data, office, (un.Person, un.Organization), open_to_more=True)
        if record_id:
            getattr(office, how)(record_id)

    @rule(data=st.data())
    def set_at_risk(self, data):
        office = self.office(data)
        record_id = self.record(data, office, un.Organization)
        if record_id:
            office.set_at_risk(office.ledger.owner[record_id])

    @rule(data=st.data())
    def take_out(self, data):
        office = self.office(data)
        record_id = self.record(data, office, (un.Person, un.Organization, un.Event))
        if record_id:
            office.take_out(office.ledger.owner[record_id])

    @rule(data=st.data())
    def erase(self, data):
        office = self.office(data)
        record_id = self.record(data, office, un.Person)
        if record_id:
            office.erase(office.ledger.owner[record_id])

    # -- one of two --------------------------------------------------------------------------------------------------

    @rule(data=st.data())
    def merge_records(self, data):
        office = self.office(data)
        pairs = [
            (one.id, other.id)
            for one in office.register
            for other in office.register
            if one.id != other.id
            and type(one) is type(other)
            and office.ledger.owner.get(one.id, "") == office.ledger.owner.get(other.id)
        ]
        if pairs:
            office.merge_records(*data.draw(st.sampled_from(pairs)))

    @precondition(lambda self: self.home.undos)
    @rule(data=st.data())
    def undo(self, data):
        self.home.undo(data.draw(st.integers(0, len(self.home.undos) - 1)))

    @rule(data=st.data())
    def tell_apart(self, data):
        office = self.office(data)
        one, other = self.record(data, office, un.Organization), self.record(data, office, un.Organization)
        if one and office.ledger.owner[one] != office.ledger.owner[other]:
            office.tell_apart(one, other)

    @precondition(lambda self: self.away is None)
    @rule()
    def go_on_apart(self):
        self.base, self.away = self.home.copy(), self.home.copy()

    @precondition(lambda self: self.away is not None)
    @rule()
    def bring_together(self):
        self.home.merge_register(self.base, self.away)
        self.away = None

    # -- carried and shown -------------------------------------------------------------------------------------------

    @rule(data=st.data(), suffix=st.sampled_from((".json", ".ndjson", ".zip", ".yaml")))
    def carry(self, data, suffix):
        self.office(data).carry(suffix)

    @rule(data=st.data())
    def migrate(self, data):
        self.office(data).migrate()

    @rule(data=st.data(), exported=st.permutations(tuple(un.exchange.FORMS)))
    def publish(self, data, exported):
        self.office(data).publish(exported[:3])
