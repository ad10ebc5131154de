"""Build the page that says what holds on the second day, by living through each of its rows.

    python docs/second_day.py

writes `docs/explanation/what-holds-on-the-second-day.md`. Each row is a small history: a register, what was decided,
what then came in. The last two columns are read off the register and the report that came of it, never written by hand.
A test holds that the page is what the run gives. Bodies and persons are invented.
"""

import itertools
from collections.abc import Callable
from pathlib import Path

import attrs

import untoc_network as un
from untoc_network.interop.registry import import_data

PAGE = Path(__file__).parent / "explanation/what-holds-on-the-second-day.md"
DAY = "2026-01-01"
UNDERSTOOD = {"IC016", "IM007", "IM010", "IM017"}
"""Findings on how cells and lines were understood, which are the same on the first day."""

OPENING = """\
# What holds on the second day

A register is read once and lived with for years: the office's list comes each month, a partner's list now and then, a
feed of meetings each night, and between them people decide things. Each row below was lived through when this page was
made: what was decided, what then came in, what the register holds now, and the findings by which it is told.

An import compares three things: what this list said last time, what it says now, and what the register holds. What the
list did not change changes nothing; what it changed and nobody else did is taken; what both changed is told, and the
register stands. What protects people is never weakened by an import or a merge.
"""


@attrs.frozen
class History:
    """One row: its part of the page, what was decided, what came in, and the run that says what holds."""

    part: str
    decided: str
    came_in: str
    run: Callable[[], tuple[str, un.Report]]


HISTORIES: list[History] = []


def history(part: str, decided: str, came_in: str) -> Callable[[Callable[[], tuple[str, un.Report]]], None]:
    return lambda run: HISTORIES.append(History(part, decided, came_in, run))


# -- what the histories are told with --------------------------------------------------------------------------------


def listed(*lines: str, into: un.Register | None = None, file: str = "office.csv", **settings: str) -> un.Imported:
    """A list of these lines brought in, its headers recognised by their words."""
    text = "\n".join((*lines, ""))
    return un.import_bytes(text.encode(), file=file, existing=into, mapping=un.member_lists.SheetMapping(**settings))


def changed(register: un.Register, record_id: str, **given: object) -> un.Register:
    return register.with_replaced(attrs.evolve(register[record_id], **given))[0]


def consented(audience: str = "public", **days: str) -> un.Consent:
    return un.Consent(
        purpose=un.Purpose.PUBLICATION,
        audience=un.Audience(audience),
        basis=un.ConsentBasis.FORM,
        **{name: un.PartialDate(day) for name, day in days.items()},
    )


def noted(register: un.Register, record_id: str, **given: object) -> un.Register:
    """The register with a decision noted on every consent of a record."""
    consents = tuple(attrs.evolve(one, **given) for one in register[record_id].consents)
    return changed(register, record_id, consents=consents)


def seen_by(register: un.Register, record_id: str) -> str:
    circles = [
        circle for circle in ("public", "members") if record_id in un.privacy.view(register, circle, DAY).register
    ]
    return f"seen by {' and '.join(circles)}" if circles else "seen by nobody outside"


def consents(record: un.Organization | un.Person) -> str:
    told = []
    for one in record.consents:
        days = {"given": one.given, "withdrawn": one.withdrawn, "until": one.expires}
        told.append(f"{one.audience.value} ({', '.join(f'{name} {day}' for name, day in days.items() if day)})")
    return f"consent: {'; '.join(told)}" if told else "no consent"


def ids(register: un.Register, collection: str = "organizations") -> str:
    return ", ".join(f"`{record.id}`" for record in getattr(register, collection)) or "none"


def named(register: un.Register) -> str:
    return ", ".join(f"`{one.id}` is in {one.seat.country}" for one in register.organizations)


def contacts(record: un.Organization | un.Person) -> str:
    return ", ".join(one.value for one in record.contacts) or "no contact"


CONSENTING = "Name;Consent to publish;Consent scope;Consent basis;Consent date"


def meeting(*lines: str, method: str = "PUBLISH") -> str:
    """A calendar with one meeting of these lines."""
    opening = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//invented//EN", f"METHOD:{method}", "BEGIN:VEVENT")
    stamped = ("DTSTAMP:20260101T000000Z", "UID:m@example.org", "SUMMARY:Meeting")
    return "\r\n".join((*opening, *stamped, *lines, "END:VEVENT", "END:VCALENDAR", ""))


def fed(text: str, into: un.Register | None = None) -> tuple[un.Register, un.Report]:
    """A calendar brought into a register."""
    brought = import_data(text.encode(), "calendar", file="agenda.ics", existing=into)
    return brought.register, brought.report


# -- consents --------------------------------------------------------------------------------------------------------

CASA = "Casa;yes;public;form;2024-03-01"


@history("Consents", "Casa, listed with a consent, withdraws it on 2025-01-01", "the same list")
def _withdrawn_then_the_same_list():
    register = noted(listed(CONSENTING, CASA).register, "casa", withdrawn=un.PartialDate("2025-01-01"))
    again = listed(CONSENTING, CASA, into=register)
    return f"{consents(again.register['casa'])}; {seen_by(again.register, 'casa')}", again.report


@history("Consents", "Casa withdrew on 2025-01-01", "the list, with a consent of 2025-06-01")
def _withdrawn_then_a_newer_consent():
    register = noted(listed(CONSENTING, CASA).register, "casa", withdrawn=un.PartialDate("2025-01-01"))
    again = listed(CONSENTING, "Casa;yes;public;form;2025-06-01", into=register)
    return f"{consents(again.register['casa'])}; {seen_by(again.register, 'casa')}", again.report


@history("Consents", "the office notes that Casa's consent ends with 2025-06-30", "the same list")
def _expired_then_the_same_list():
    register = noted(listed(CONSENTING, CASA).register, "casa", expires=un.PartialDate("2025-06-30"))
    again = listed(CONSENTING, CASA, into=register)
    return f"{consents(again.register['casa'])}; {seen_by(again.register, 'casa')}", again.report


@history("Consents", "the office narrows Casa's consent to members", "the list, which says public as before")
def _narrowed_then_the_same_list():
    register = noted(listed(CONSENTING, CASA).register, "casa", audience=un.Audience.MEMBERS)
    again = listed(CONSENTING, CASA, into=register)
    return f"{consents(again.register['casa'])}; {seen_by(again.register, 'casa')}", again.report


@history("Consents", "nothing; Casa never spoke of publication", "a list with Casa's consent")
def _never_spoken_then_a_consent():
    again = listed(CONSENTING, CASA, into=listed("Name", "Casa").register)
    return f"{consents(again.register['casa'])}; {seen_by(again.register, 'casa')}", again.report


@history("Consents", "Casa is consented to the public in 2023 and withdraws from members in 2024", "nothing")
def _withdrawn_from_members():
    register = listed("Name", "Casa").register
    both = (consented("public", given="2023-01-01"), consented("members", given="2023-01-01", withdrawn="2024-01-01"))
    register = changed(register, "casa", consents=both)
    return f"{consents(register['casa'])}; {seen_by(register, 'casa')}", un.Report()


# -- erased persons --------------------------------------------------------------------------------------------------

CONTACTS = "Name;Country;Contact;Contact email"
ANA = "Casa;XA;Ana Ejemplo;ana@example.org"


def without_ana():
    return un.privacy.erase(listed(CONTACTS, ANA).register, "casa-contact-1", on=DAY).register


def persons(register):
    return ", ".join(f"`{one.id}` {one.name}" for one in register.persons) or "no person"


@history("Erased persons", "Ana Ejemplo of Casa is erased", "the same list, which names her still")
def _erased_then_the_same_list():
    again = listed(CONTACTS, ANA, into=without_ana())
    return f"{persons(again.register)}; {where(again.register, 'Ejemplo', 'ana@')}", again.report


@history("Erased persons", "Ana Ejemplo of Casa is erased", "another list, with her address, written Ejemplo, Ana")
def _erased_then_another_list():
    again = listed(CONTACTS, "Casa;XA;Ejemplo, Ana;ana@example.org", into=without_ana(), file="partner.csv")
    return f"{persons(again.register)}; {where(again.register, 'Ejemplo', 'ana@')}", again.report


@history("Erased persons", "Ana Ejemplo of Casa is erased", "a list with an Ana Ejemplo of another body")
def _erased_then_a_namesake():
    again = listed(CONTACTS, "Mesa;XB;Ana Ejemplo;a.e@example.org", into=without_ana(), file="partner.csv")
    return persons(again.register), again.report


@history("Erased persons", "Søren Łukasik is erased", "nothing; a note of Casa says Soren Lukasik")
def _erased_without_accents():
    register = listed("Name;Contact;Observations", "Casa;Søren Łukasik;call Soren Lukasik first").register
    erased = un.privacy.erase(register, "casa-contact-1", on=DAY)
    return f"the note says “{erased.register['casa'].notes[0].text}”", un.Report()


@history("Erased persons", "Paz Lima is erased", "nothing; there is a body Mujeres por la Paz, Lima")
def _erased_beside_a_body():
    register = listed("Name;Contact", "Mujeres por la Paz, Lima;", "Casa;Paz Lima").register
    erased = un.privacy.erase(register, "casa-contact-1", on=DAY)
    bodies = "; ".join(f"`{one.id}` {one.name}" for one in erased.register.organizations)
    return f"{persons(erased.register)}; {bodies}", un.Report()


@history("Erased persons", "two records of Ana are merged, then she is erased", "the merge is undone")
def _erased_then_undone():
    register = listed(CONTACTS, ANA, "Mesa;XB;Ana Ejemplo;ana@example.org").register
    merged = un.matching.merge_records(register, "casa-contact-1", "mesa-contact-1")
    register = un.privacy.erase(merged.register, "casa-contact-1", on=DAY).register
    try:
        undone = un.matching.undo_merge(register, merged.undo)
    except un.UntocNetworkError:
        return f"the undoing is refused; {where(register, 'Ejemplo', 'ana@')}", un.Report()
    return f"{persons(undone.register)}; {where(undone.register, 'Ejemplo', 'ana@')}", undone.report


def where(register, *values):
    """Whether values stand in the bytes of a register."""
    text = un.dumps(register).decode()
    found = [value for value in values if value in text]
    return f"in the file stand {', '.join(found)}" if found else "name and address are nowhere in the file"


# -- bodies at risk --------------------------------------------------------------------------------------------------

DOOR = "Name;Country;City;Email"
HOUSE = "Casa;XA;Town;casa@example.org"


def at_risk():
    return changed(
        listed(DOOR, HOUSE).register, "casa", at_risk=True, contacts=(), seat=un.Place(country=un.CountryCode("XA"))
    )


def door(register, record_id="casa"):
    body = register[record_id]
    place = ", ".join(filter(None, (body.seat.country, body.seat.city))) if body.seat else "no place"
    return f"{'at risk' if body.at_risk else 'not at risk'}; {place}; {contacts(body)}; {seen_by(register, record_id)}"


@history("Bodies at risk", "Casa is set at risk; town and address are taken out", "the same list, with both")
def _at_risk_then_the_same_list():
    again = listed(DOOR, HOUSE, into=at_risk())
    return door(again.register), again.report


@history("Bodies at risk", "Casa is set at risk; town and address are taken out", "another list, with both")
def _at_risk_then_another_list():
    again = listed(DOOR, HOUSE, into=at_risk(), file="partner.csv")
    return door(again.register), again.report


@history("Bodies at risk", "Casa is set at risk in one copy", "another copy, in which its town was corrected")
def _at_risk_then_merged():
    base = listed(DOOR, HOUSE).register
    theirs = changed(base, "casa", seat=un.Place(country=un.CountryCode("XA"), city="Other Town"))
    merged = un.matching.merge(base, at_risk(), theirs)
    return door(merged.register), merged.report


# -- whose row it is -------------------------------------------------------------------------------------------------


@history("Whose row it is", "Casa in XA and Casa in XB are listed", "the list, sorted the other way round")
def _sorted_otherwise():
    rows = "Casa;XA;a@example.org", "Casa;XB;b@example.org"
    first = listed("Name;Country;Email", *rows)
    again = listed("Name;Country;Email", *reversed(rows), into=first.register)
    return named(again.register), again.report


@history("Whose row it is", "a body Casa in XA is kept by hand", "a list, the first time, with a Casa in XB")
def _over_a_hand_kept_register():
    by_hand = un.Organization(
        id="casa",
        name=un.Text({"en": "Casa"}),
        kind=un.OrganizationKind.NGO,
        seat=un.Place(country=un.CountryCode("XA")),
    )
    again = listed("Name;Country", "Casa;XB", into=un.Register(organizations=(by_hand,)))
    return named(again.register), again.report


@history("Whose row it is", "Refugio and Refujio are merged into one", "the same list, with both rows")
def _merged_then_the_same_list():
    rows = "Name;Country", "Refugio;XA", "Refujio;XA"
    merged = un.matching.merge_records(listed(*rows).register, "refugio", "refujio").register
    again = listed(*rows, into=merged)
    return f"{ids(again.register)}; `refujio` leads to `{again.register['refujio'].id}`", again.report


@history("Whose row it is", "Refugio and Refujio are merged, and the merged record withdraws", "the merge is undone")
def _merged_withdrawn_undone():
    register = listed(CONSENTING, "Refugio;yes;public;form;2024-03-01", "Refujio;;;;").register
    merged = un.matching.merge_records(register, "refugio", "refujio")
    register = noted(merged.register, "refugio", withdrawn=un.PartialDate("2025-01-01"))
    undone = un.matching.undo_merge(register, merged.undo)
    seen = "; ".join(f"`{one.id}` {seen_by(undone.register, one.id)}" for one in undone.register.organizations)
    return seen, undone.report


@history("Whose row it is", "Casa is taken out by hand", "the same list, which has it still")
def _taken_out_then_the_same_list():
    rows = "Name;Country", "Casa;XA", "Mesa;XB"
    again = listed(*rows, into=listed(*rows).register.without("casa")[0])
    return ids(again.register), again.report


@history("Whose row it is", "nothing; Casa and Mesa are listed", "the list without Casa")
def _gone_from_the_list():
    again = listed("Name;Country", "Mesa;XB", into=listed("Name;Country", "Casa;XA", "Mesa;XB").register)
    return ids(again.register), again.report


# -- work by hand ----------------------------------------------------------------------------------------------------


@history("Work by hand", "kind, an English name, a town and a second address are added by hand", "the same list")
def _hand_work_then_the_same_list():
    rows = "Name;Country;Email", "Casa;XA;a@example.org"
    register = listed(*rows).register
    second = un.Contact(kind=un.ContactKind.EMAIL, value="b@example.org")
    register = changed(
        register,
        "casa",
        kind=un.OrganizationKind.NGO,
        name=un.Text({"und": "Casa", "en": "House"}),
        seat=un.Place(country=un.CountryCode("XA"), city="Town"),
        contacts=(*register["casa"].contacts, second),
    )
    again = listed(*rows, into=register)
    return body_of(again.register), again.report


@history("Work by hand", "the town is corrected by hand to New Town", "the list, which now says Old Town")
def _both_changed():
    register = listed("Name;Country;City", "Casa;XA;Town").register
    register = changed(register, "casa", seat=un.Place(country=un.CountryCode("XA"), city="New Town"))
    again = listed("Name;Country;City", "Casa;XA;Old Town", into=register)
    return body_of(again.register), again.report


@history("Work by hand", "nothing; the list said Town", "the list, which now says Old Town")
def _the_list_changed():
    register = listed("Name;Country;City", "Casa;XA;Town").register
    again = listed("Name;Country;City", "Casa;XA;Old Town", into=register)
    return body_of(again.register), again.report


@history(
    "Work by hand", "the list of Panama has a note and an address of Casa", "the list of Lima, with another address"
)
def _two_lists():
    register = listed(
        "Name;Country;Observaciones;Email", "Casa;XA;llamar antes;a@example.org", file="panama.csv"
    ).register
    again = listed("Name;Country;Email", "Casa;XA;b@example.org", into=register, file="lima.csv")
    casa = again.register["casa"]
    cited = ", ".join(f"`{one.source_id}`" for one in casa.sources)
    return f"{contacts(casa)}; note “{'; '.join(one.text for one in casa.notes)}”; cites {cited}", again.report


@history("Work by hand", "Casa was a member from 2001-01-01 to 2005-06-30", "the list, with member since 2007-01-01")
def _joined_again():
    network = un.Network(id="n", name=un.Text({"en": "N"}), kind=un.NetworkKind.REGIONAL)
    settings = {"network": "n"}
    headers = "Name;Country;Member since;Member until"
    register = un.Register(networks=(network,))
    register = listed(headers, "Casa;XA;2001-01-01;2005-06-30", into=register, **settings).register
    again = listed(headers, "Casa;XA;2007-01-01;", into=register, **settings)
    terms = (f"{one.period.start} to {one.period.end or 'now'}" for one in again.register.memberships)
    return f"memberships: {'; '.join(terms)}", again.report


def body_of(register, record_id="casa"):
    body = register[record_id]
    names = ", ".join(f"{tag} {wording}" for tag, wording in body.name.items())
    place = ", ".join(filter(None, (body.seat.country, body.seat.city)))
    return f"{body.kind.value}; {names}; {place}; {contacts(body)}"


# -- calendars -------------------------------------------------------------------------------------------------------

FIRST = meeting("SEQUENCE:1", "DTSTART:20260501T100000Z")
MOVED = meeting("SEQUENCE:3", "DTSTART:20260510T100000Z")


def event_of(register):
    (event,) = register.events
    return f"{event.kind.value}; {event.starts_at}; {event.status.value if event.status else 'no status'}"


@history("Calendars", "the kind of a meeting is set by hand to a side event", "the same feed")
def _kind_by_hand():
    register, _ = fed(FIRST)
    register = changed(register, register.events[0].id, kind=un.EventKind.SIDE_EVENT)
    register, codes = fed(FIRST, register)
    return event_of(register), codes


@history("Calendars", "the edition with SEQUENCE 3 was read", "an older edition, with SEQUENCE 1")
def _older_sequence():
    register, codes = fed(FIRST, fed(MOVED)[0])
    return event_of(register), codes


@history("Calendars", "a meeting was read", "a calendar with METHOD:CANCEL")
def _cancelled_by_method():
    text = meeting("SEQUENCE:5", "DTSTART:20260510T100000Z", method="CANCEL")
    register, codes = fed(text, fed(MOVED)[0])
    return event_of(register), codes


@history("Calendars", "a meeting is cancelled by hand", "the same feed, which has it still")
def _cancelled_by_hand():
    register, _ = fed(FIRST)
    register = changed(register, register.events[0].id, status=un.EventStatus.CANCELLED)
    register, codes = fed(FIRST, register)
    return event_of(register), codes


@history("Calendars", "a meeting was read", "the feed without it")
def _gone_from_the_feed():
    register, _ = fed(FIRST)
    other = FIRST.replace("m@example.org", "other@example.org").replace("Meeting", "Assembly")
    register, codes = fed(other, register)
    return ids(register, "events"), codes


@history("Calendars", "a meeting is taken out by hand", "the same feed, which has it still")
def _taken_out_then_the_same_feed():
    register, _ = fed(FIRST)
    register, codes = fed(FIRST, register.without(register.events[0].id)[0])
    return ids(register, "events"), codes


# -- registers merged ------------------------------------------------------------------------------------------------


def agreed_before(audience="public"):
    register = listed("Name;Contact", "Casa;Ana Ejemplo").register
    return changed(register, "casa-contact-1", consents=(consented(audience, given="2024-01-01"),))


@history("Two copies of a register", "one copy narrows Ana's consent to members", "the other, in which she withdrew")
def _narrowed_and_withdrawn():
    base = agreed_before()
    narrowed = noted(base, "casa-contact-1", audience=un.Audience.MEMBERS)
    withdrawn = noted(base, "casa-contact-1", withdrawn=un.PartialDate("2025-06-01"))
    merged = un.matching.merge(base, narrowed, withdrawn)
    person = merged.register["casa-contact-1"]
    return f"{consents(person)}; {seen_by(merged.register, person.id)}", merged.report


@history("Two copies of a register", "one copy notes a withdrawal of 2027", "the other, which notes 2025-06-01")
def _two_days():
    base = agreed_before()
    later, earlier = (
        noted(base, "casa-contact-1", withdrawn=un.PartialDate(day)) for day in ("2027-01-01", "2025-06-01")
    )
    merged = un.matching.merge(base, later, earlier)
    person = merged.register["casa-contact-1"]
    return f"{consents(person)}; {seen_by(merged.register, person.id)}", merged.report


@history("Two copies of a register", "one copy erases Ana", "the other, in which her post was corrected")
def _erased_and_edited():
    base = agreed_before()
    erased = un.privacy.erase(base, "casa-contact-1", on=DAY).register
    edited = changed(base, "casa-contact-1", gender="f")
    merged = un.matching.merge(base, erased, edited)
    return f"{persons(merged.register)}; {where(merged.register, 'Ejemplo')}", merged.report


@history("Two copies of a register", "one copy merges Casa 2 into Casa", "the other, which merged Casa into Casa 2")
def _merged_both_ways():
    body = un.Organization(id="casa", name=un.Text({"en": "Casa"}), kind=un.OrganizationKind.NGO)
    base = un.Register(organizations=(body, attrs.evolve(body, id="casa-2")))
    ours = un.matching.merge_records(base, "casa", "casa-2").register
    theirs = un.matching.merge_records(base, "casa-2", "casa").register
    merged = un.matching.merge(base, ours, theirs)
    leads = ", ".join(f"`{one.old_id}` leads to `{one.new_id}`" for one in merged.register.redirects)
    return f"{ids(merged.register)}; {leads}", merged.report


@history("Two copies of a register", "one copy decides that Casa and Mesa are two", "the other, which merged them")
def _apart_and_merged():
    base = listed("Name;Country", "Casa;XA", "Mesa;XA").register
    ours = attrs.evolve(base, distinct=(un.DistinctPair(one_id="casa", other_id="mesa"),))
    theirs = un.matching.merge_records(base, "casa", "mesa").register
    merged = un.matching.merge(base, ours, theirs)
    return f"{ids(merged.register)}; pairs kept apart: {len(merged.register.distinct)}", merged.report


# -- what is remembered ----------------------------------------------------------------------------------------------


@history("What is remembered", "nothing", "any list, then a publication")
def _memory_is_not_shown():
    register = listed(CONTACTS, ANA).register
    kept = f"{len(register.list_rows)} rows remembered in the register"
    shown = sum(len(un.privacy.view(register, circle, DAY).register.list_rows) for circle in un.Audience)
    return f"{kept}, {shown} in the views of all circles", un.Report()


@history("What is remembered", "nothing", "the same list, twice")
def _the_same_list_twice():
    first = listed(CONTACTS, ANA)
    again = listed(CONTACTS, ANA, into=first.register)
    same = un.dumps(first.register) == un.dumps(again.register)
    return f"the bytes are {'the same' if same else 'others'}", again.report


# -- the page --------------------------------------------------------------------------------------------------------


def told(report):
    codes = {finding.code for finding in report} - UNDERSTOOD
    return ", ".join(f"`{code}`" for code in sorted(codes)) or "no finding"


def lines():
    yield OPENING
    for part, histories in itertools.groupby(HISTORIES, key=lambda one: one.part):
        yield f"## {part}\n"
        yield "| what was decided | what then came in | what holds now | told by |\n|---|---|---|---|"
        for one in histories:
            holds, report = one.run()
            yield f"| {one.decided} | {one.came_in} | {holds} | {told(report)} |"
        yield ""


def page():
    return "\n".join(lines())


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
