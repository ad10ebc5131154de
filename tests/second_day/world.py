"""An invented world: bodies, persons, three lists and two calendars of them, as text, with values found in any bytes.

Nothing here calls the library: what a list says is put together from plain values, and each value is of one body, one
person or one meeting alone.
"""

import copy
import csv
import io
import re
import unicodedata
from functools import lru_cache

BODIES = {
    "luz-a": {"name": "Casa de Luz", "country": "XA", "word": "Quelonio"},
    "luz-b": {"name": "Casa de Luz", "country": "XB", "word": "Zorzalia"},
    "nandu": {"name": "Refugio Ñandú", "country": "XA", "word": "Ñandubay", "also": "Refujio Nandu"},
    "paz": {"name": "Mujeres por la Paz, Quelimar", "country": "XC", "word": "Quelimar"},
    "orilla": {"name": "Red Orilla", "country": "XB", "word": "Orillón"},
}
"""Two of one name in two countries; one that a list spells otherwise; one whose name holds that of a person."""

PERSONS = {
    "ana": {"name": "Ana Ejemplo", "body": "luz-a"},
    "soren": {"name": "Søren Łukasik", "body": "nandu"},
    "paz-q": {"name": "Paz Quelimar", "body": "orilla"},
    "jose": {"name": "José Núñez Arévalo", "body": "luz-b"},
    "marta": {"name": "Marta Ficticia", "body": "luz-a"},
    "ines": {"name": "Inês d'Invento", "body": "nandu"},
    "bo": {"name": "Bo Þorsdóttir", "body": "orilla"},
}

OFFICE, PARTNER, ROSTER = "oficina", "socios", "padron"
COLUMNS = {
    OFFICE: {
        "Name": "name",
        "Country": "country",
        "City": "city",
        "Email": "email",
        "Website": "website",
        "Contact": "contact",
        "Contact email": "contact_email",
        "Contact phone": "contact_phone",
        "Observations": "note",
        "Consent to publish": "consent",
        "Consent scope": "scope",
        "Consent basis": "basis",
        "Consent date": "given",
    },
    PARTNER: {
        "Organization": "name",
        "Country": "country",
        "Telephone": "phone",
        "Address": "street",
        "Notas internas": "note",
    },
    ROSTER: {
        "No": "number",
        "Name": "name",
        "Country": "country",
        "Contact": "contact",
        "Contact email": "contact_email",
        "Contact phone": "contact_phone",
        "Remarks": "note",
        "Acepta": "person_consent",
        "Alcance": "person_scope",
        "Forma": "person_basis",
        "Fecha": "person_given",
    },
}
"""For each list its headers, and what stands below each; the office lists consents of bodies, the roster of people."""
ROSTER_FIELDS = {
    "No": "key",
    "Name": "name",
    "Country": "country",
    "Contact": "person.name",
    "Contact email": "person.email",
    "Contact phone": "person.phone",
    "Remarks": "note",
    "Acepta": "person.consent.publication",
    "Alcance": "person.consent.audience",
    "Forma": "person.consent.basis",
    "Fecha": "person.consent.given",
}
"""What a mapping says of the roster, which has numbers of its own; the other lists are known by their headers."""

OF_THE_BODY = ("city", "street", "email", "website", "phone")
"""What leads to the door of a body: none of it stands in the record of one at risk."""
OF_THE_PERSON = ("contact", "contact_email", "contact_phone")
TRACKED = ("name", *OF_THE_BODY, *OF_THE_PERSON, "note")
"""Cells that are looked for in the register; the others (country, consents, numbers) are held by other promises."""


@lru_cache(8192)  # most of a register is on most days what it was on the day before
def folded(text):
    """Letters without accents, strokes, case; a telephone without what stands between its figures."""
    if not text.isascii():
        text = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    plain = text.casefold().translate(_STROKES)
    return re.sub(r"(?<=[0-9])[ ().-]+(?=[0-9])", "", plain)


_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "þ": "th"})


def value_of(body, what, version):
    """What a list says of a body in a field, the first time and after each change."""
    number = list(BODIES).index(body)
    word = BODIES[body]["word"]
    site = folded(word)
    return {
        "city": f"Puerto {word}{version or ''}",
        "street": f"Calle {word} {17 + version}",
        "email": f"oficina{version or ''}@{site}.example.org",
        "website": f"https://{site}.example.org/{f'casa-{version}' if version else ''}",
        "phone": f"+507 61{number}0-{1000 + version}",
    }[what]


def ways_to(person):
    """The e-mail address and the telephone number of a person."""
    number = list(PERSONS).index(person)
    return {
        "contact_email": f"{person}.persona@{folded(BODIES[PERSONS[person]['body']]['word'])}.example.org",
        "contact_phone": f"+507 6{number}44-5{number}55",
    }


def marks_of(person):
    """What must be nowhere once a person was erased, folded: name, name inverted, addresses, the number's end."""
    name = folded(PERSONS[person]["name"])
    given, _, family = name.partition(" ")
    ways = ways_to(person)
    number = folded(ways["contact_phone"]).removeprefix("+507")
    slug = f'"{name.replace(" ", "-")}'  # as the beginning of an id
    return (name, f"{family}, {given}", slug, ways["contact_email"], number)


class Sheet:
    """A list that somebody keeps: its rows in their order, what each says, and how often each cell was changed."""

    def __init__(self, name, bodies):
        self.name, self.month, self.rows, self.changed = name, 1, [], 0
        for body in bodies:
            self.rows.append(self.new_row(body))

    def new_row(self, body):
        row = {
            "body": body,
            "number": str(100 + list(BODIES).index(body)),
            "name": BODIES[body].get("also", BODIES[body]["name"]) if self.name == PARTNER else BODIES[body]["name"],
            "country": BODIES[body]["country"],
            **{what: value_of(body, what, 0) for what in OF_THE_BODY},
            "consent": "",
        }
        known = [person for person, about in PERSONS.items() if about["body"] == body]
        self.set_contact(row, known[0] if known else None)
        self.set_note(row)
        return row

    def set_contact(self, row, person):
        row["person"] = person
        self.set_person_consent(row, "", "")
        if person is None:
            row.update(contact="", contact_email="", contact_phone="")
        else:
            row.update(contact=PERSONS[person]["name"], **ways_to(person))

    def set_note(self, row):
        """A note that nothing else says; the partner's notes speak of people where it has the body's own name."""
        self.changed += 1
        speaks = self.name == PARTNER and row["contact"] and row["name"] == BODIES[row["body"]]["name"]
        mention = f"hablar con {row['contact']}: " if speaks else ""
        row["note"] = (
            f"{mention}nota zq{self.name}{row['body'].replace('-', '')}{chr(96 + self.changed % 26)}{self.changed}"
        )

    def set_consent(self, row, scope, day):
        row.update(consent="yes" if scope else "", scope=scope, basis="form" if scope else "", given=day)

    def set_person_consent(self, row, scope, day):
        row.update(person_consent="yes" if scope else "", person_scope=scope, person_given=day)
        row["person_basis"] = "form" if scope else ""

    def key_of(self, row):
        """By what the list itself knows a row: its number, or else name and country."""
        return (row["number"],) if self.name == ROSTER else (row["name"], row["country"])

    def row_of(self, body):
        return next((row for row in self.rows if row["body"] == body), None)

    def file(self):
        """Each month's file has the month in its name."""
        return f"{self.name}-2026-{self.month:02}.csv"

    def text(self):
        made = io.StringIO()
        written = csv.writer(made, delimiter=";", lineterminator="\n")
        written.writerow(self.headers())
        for row in self.rows:
            written.writerow([row.get(what, "") for what in COLUMNS[self.name].values()])
        return made.getvalue()

    def headers(self):
        return tuple(COLUMNS[self.name])

    def said(self):
        """For each row, by its body: the cells that are looked for, each with its row and column in the file."""
        return {
            row["body"]: {
                what: (row[what], place, column)
                for column, what in enumerate(COLUMNS[self.name].values(), start=1)
                if what in TRACKED and row.get(what)
            }
            for place, row in enumerate(self.rows, start=2)
        }

    def people(self):
        """The contact person of each row, where the list has a column for it."""
        return {row["body"]: row["person"] if self.name != PARTNER else None for row in self.rows}


class Feed:
    """A calendar that somebody publishes: what it says now, and every edition that it ever had."""

    def __init__(self, name, uids):
        self.name, self.meetings, self.editions = name, {}, []
        for place, uid in enumerate(uids):
            self.meetings[uid] = {
                "sequence": 0,
                "day": f"2026-09-{10 + place:02}",
                "summary": f"Reunión zv{name}{chr(97 + place)}",
                "about": "",
                "status": "CONFIRMED",
            }

    def move(self, uid, day):
        self.meetings[uid].update(day=day, sequence=self.meetings[uid]["sequence"] + 1)

    def cancel(self, uid):
        self.meetings[uid].update(status="CANCELLED", sequence=self.meetings[uid]["sequence"] + 1)

    def mention(self, uid, person, *, names):
        about = f"Con {PERSONS[person]['name'] if names else 'ella'} ({ways_to(person)['contact_email']})"
        self.meetings[uid].update(about=about, sequence=self.meetings[uid]["sequence"] + 1)

    def publish(self):
        """The edition of now, kept so that an older one can come again; editions are plain values."""
        edition = copy.deepcopy(self.meetings)
        if not self.editions or self.editions[-1] != edition:
            self.editions.append(edition)
        return edition

    def file(self):
        return f"{self.name}.ics"


def calendar_text(edition, method="PUBLISH"):
    """An edition as the lines of a calendar."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//invented//EN", f"METHOD:{method}"]
    for uid, meeting in edition.items():
        hour = f"{meeting['day'].replace('-', '')}T100000Z"
        lines += ["BEGIN:VEVENT", "DTSTAMP:20260101T000000Z", f"UID:{uid}", f"SEQUENCE:{meeting['sequence']}"]
        lines += [f"SUMMARY:{meeting['summary']}", f"DTSTART:{hour}", f"STATUS:{meeting['status']}"]
        lines += [f"DESCRIPTION:{meeting['about']}"] if meeting["about"] else []
        lines.append("END:VEVENT")
    return "\r\n".join([*lines, "END:VCALENDAR", ""])
