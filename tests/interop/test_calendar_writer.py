"""Calendars as `icalendar` reads them back."""

import datetime as dt
import sys
import zoneinfo

import attrs
import icalendar
import pytest
from hypothesis import given
from tests.profiles import tries

import untoc_network as un
from untoc_network.i18n.language_words import words_in
from untoc_network.interop.calendar_writer import to_calendar
from untoc_network.interop.export_import_options import make_export_options
from untoc_network.process import COUNTRY_REVIEW
from untoc_network.testing import model_strategies

from .conftest import HOSTILE, ON


def calendar(register, **wished):
    return icalendar.Calendar.from_ical(un.exchange.export(register, "calendar", on=ON, **wished).data)


def entries(register, **wished):
    return {str(one["UID"]).partition("@")[0]: one for one in calendar(register, **wished).walk("VEVENT")}


def event(**more):
    given = {"id": "talk", "name": un.Text(en="Talk"), "kind": un.EventKind.WORKSHOP, **more}
    return un.Register(events=(un.Event(**given),))


def test_moments_keep_their_zones_and_the_rules_of_them(register):
    whole = calendar(register)
    timed = entries(register)["timed"]
    assert timed["DTSTART"].dt == dt.datetime(2026, 5, 6, 10, tzinfo=zoneinfo.ZoneInfo("Europe/Vienna"))
    assert timed["DTEND"].params["TZID"] == "America/Panama"
    assert [zone["TZID"] for zone in whole.walk("VTIMEZONE")] == ["America/Panama", "Europe/Vienna"]
    assert whole.get_missing_tzids() == set()


def test_days_end_before_the_day_that_calendars_name(register):
    days = entries(register)["days"]
    assert (days["DTSTART"].dt, days["DTEND"].dt) == (dt.date(2026, 3, 28), dt.date(2026, 3, 31))
    assert days["STATUS"] == "CANCELLED"
    assert "URL" not in days


def test_a_hostile_name_comes_back_as_one_line(register):
    timed = entries(register)["timed"]
    assert (
        str(timed["SUMMARY"])
        == " ".join(HOSTILE.split()).replace("\x00", r"\u{0}").replace("\u202e", r"\u{202e}") + " event"
    )
    assert timed["SUMMARY"].params["LANGUAGE"] == "en"
    assert str(timed["LOCATION"]) == "Hall; 1, east, Panama City, Panama"
    assert timed["CATEGORIES"].cats == ["side-event", "firearms"]
    assert timed["URL"] == "https://example.org/event"
    data = un.exchange.export(register, "calendar", on=ON).data
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert b"\x00" not in data


@pytest.mark.parametrize(
    ("language", "title", "tag"),
    [
        ("es", "Consulta", "es"),
        ("es-419", "Consulta", "es"),
        ("pt", "Consultation", "en"),
        ("en", "Consultation", "en"),
    ],
)
def test_titles_are_in_the_language_that_is_wanted_or_the_nearest(register, language, title, tag):
    days = entries(register, language=language)["days"]
    assert (days["SUMMARY"], days["SUMMARY"].params["LANGUAGE"]) == (title, tag)


def test_a_language_of_no_name_and_a_country_without_a_table_stand_as_they_are():
    place = un.Place(country="XA")
    made = entries(event(name=un.Text(und="Talk"), starts=un.PartialDate("2026-01-01"), place=place))
    assert "LANGUAGE" not in made["talk"]["SUMMARY"].params
    assert made["talk"]["LOCATION"] == "XA"
    other = entries(
        event(name=un.Text({"es-MX": "Charla"}), starts=un.PartialDate("2026-01-01"), place=un.Place()), language="es"
    )
    assert other["talk"]["SUMMARY"] == "Charla"
    assert "LOCATION" not in other["talk"]


def test_deadlines_of_reviews_and_dialogues_stand_in_it(register):
    found = entries(register, language="es")
    assert {
        name: str(one["SUMMARY"])
        for name, one in found.items()
        if "CATEGORIES" in one and one["CATEGORIES"].cats == ["deadline"]
    }.keys() == {
        "dialogue.apply",
        "review-xa.nominate-focal-point.xa",
        "review-xa.nominate-focal-point.co",
        "review-xa.nominate-experts.xa",
        "review-xa.nominate-experts.co",
        "review-xa.hold-initial-consultation",
        "review-xa.submit-questionnaire",
        "review-xa.share-with-working-groups",
    }
    point = found["review-xa.nominate-focal-point.co"]
    assert str(point["SUMMARY"]) == "XA: Plazo para designar los puntos de contacto, Colombia"
    assert point["DTSTART"].dt == dt.date(2026, 6, 15)
    assert point["TRANSP"] == "TRANSPARENT"
    assert found["dialogue.apply"]["SUMMARY"].startswith("Cierre del plazo de solicitudes: =cmd()")


def test_what_rests_on_recalled_facts_is_tentative_and_says_so(register):
    found = entries(register)
    said = {
        name: (str(one.get("STATUS")), str(one["DESCRIPTION"])) for name, one in found.items() if "DESCRIPTION" in one
    }
    assert said["review-xa.hold-initial-consultation"][0] == "TENTATIVE"
    assert said["review-xa.hold-initial-consultation"][1].endswith("(recalled)")
    assert said["review-xa.nominate-focal-point.xa"][0] == "CONFIRMED"


def test_every_deadline_has_a_title_in_four_languages():
    limited = {one.step for one in COUNTRY_REVIEW.transitions if one.limit}
    for words in words_in("es", "pt", "fr", "en"):
        titled = {name for name in words.interface if name.startswith("deadline-")}
        assert titled == {f"deadline-{step}" for step in limited}


def test_what_is_done_is_over_and_what_is_uncertain_left_out():
    log = (un.ReviewEntry(step=un.CountryReviewStep.START, on=un.PartialDate("2026-06")),)
    review = un.CountryReview(id="review", country="XA", log=log)
    talk = un.Event(
        id="talk",
        name=un.Text(en="Talk"),
        kind=un.EventKind.CONSTRUCTIVE_DIALOGUE,
        status=un.EventStatus.CANCELLED,
        starts=un.PartialDate("2026-01-01"),
    )
    dialogues = (
        un.ConstructiveDialogue(id="vague", event_id="talk", apply_by=un.PartialDate("2025-12")),
        un.ConstructiveDialogue(id="silent", event_id="talk"),
        un.ConstructiveDialogue(id="over", event_id="talk", apply_by=un.PartialDate("2025-12-01")),
    )
    made = un.exchange.export(
        un.Register(events=(talk,), country_reviews=(review,), constructive_dialogues=dialogues), "calendar", on=ON
    )
    assert [(one.code, one.pointer, one.subject, one.message) for one in made.report] == [
        (
            "EX004",
            "/constructive_dialogues/2/apply_by",
            "vague",
            "1 deadline is left out of the calendar, because the day is not certain (2025-12-01 to 2025-12-31)",
        ),
        (
            "EX004",
            "/country_reviews/0",
            "review",
            "5 deadlines are left out of the calendar, because the day is not certain (2026-06-15 to 2028-06-30)",
        ),
    ]
    over = next(
        one
        for one in icalendar.Calendar.from_ical(made.data).walk("VEVENT")
        if one["UID"] == "over.apply@untoc-network"
    )
    assert over["STATUS"] == "CANCELLED"


@pytest.mark.parametrize(
    ("more", "span"),
    [
        ({"starts": "2026-01-02"}, (dt.date(2026, 1, 2), None)),
        ({"starts": "2026-01-02", "stated_days": 3}, (dt.date(2026, 1, 2), dt.date(2026, 1, 5))),
        ({"starts": "2026-01-02", "stated_days": -3}, (dt.date(2026, 1, 2), None)),
        ({"starts": "2026-01-02", "stated_days": 10**9}, (dt.date(2026, 1, 2), None)),
        ({"starts": "2026-01-02", "ends": "2026-01"}, (dt.date(2026, 1, 2), None)),
        ({"starts": "2026-01-02", "ends": "2026-01-01"}, (dt.date(2026, 1, 2), None)),
        ({"starts": "9999-12-31", "ends": "9999-12-31"}, (dt.date(9999, 12, 31), None)),
        ({"starts_at": "2026-01-02T10:00+01:00"}, (dt.datetime(2026, 1, 2, 9, tzinfo=dt.UTC), None)),
        (
            {"starts_at": "2026-01-02T10:00Z", "ends_at": "2026-01-02T09:00Z"},
            (dt.datetime(2026, 1, 2, 10, tzinfo=dt.UTC), None),
        ),
    ],
)
def test_no_false_day_is_given(more, span):
    typed = {
        name: value if name == "stated_days" else un.Instant(value) if name.endswith("_at") else un.PartialDate(value)
        for name, value in more.items()
    }
    made = entries(event(**typed))["talk"]
    assert (made["DTSTART"].dt, made["DTEND"].dt if "DTEND" in made else None) == span


def test_what_is_known_in_part_is_told(register):
    made = un.exchange.export(
        event(starts=un.PartialDate("2026-01-02"), ends=un.PartialDate("2026-01")), "calendar", on=ON
    )
    assert [(one.code, one.pointer) for one in made.report] == [("EX003", "/events/0/ends")]
    assert [(one.code, one.pointer) for one in un.exchange.export(event(), "calendar", on=ON).report] == [
        ("EX002", "/events/0")
    ]
    told = un.exchange.export(register, "calendar", on=ON).report
    assert [(one.code, one.pointer, one.subject) for one in told if one.code[:2] == "EX" and one.subject] == [
        ("EX002", "/events/1/starts", "month")
    ]


# -- what was published before ---------------------------------------------------------------------------------------


def marks(data):
    found = icalendar.Calendar.from_ical(data).walk("VEVENT")
    return {str(one["UID"]): (int(one["SEQUENCE"]), one["DTSTAMP"].dt.date(), str(one.get("STATUS"))) for one in found}


def test_entries_keep_their_marks_are_counted_up_or_cancelled(register):
    first = un.exchange.export(register, "calendar", on="2026-01-01").data
    assert un.exchange.export(register, "calendar", on="2026-02-01", previous=first).data == first
    moved = attrs.evolve(register["days"], starts=un.PartialDate("2026-03-29"))
    changed = register.with_replaced(moved)[0].without("timed", "dialogue")[0]
    second = un.exchange.export(changed, "calendar", on="2026-02-01", previous=first).data
    found = marks(second)
    assert found["days@untoc-network"] == (1, dt.date(2026, 2, 1), "CANCELLED")
    assert found["timed@untoc-network"] == (1, dt.date(2026, 2, 1), "CANCELLED")
    assert found["review-xa.nominate-focal-point.xa@untoc-network"][:2] == (0, dt.date(2026, 1, 1))
    gone = next(
        one for one in icalendar.Calendar.from_ical(second).walk("VEVENT") if one["UID"] == "timed@untoc-network"
    )
    assert sorted(gone) == ["DTEND", "DTSTAMP", "DTSTART", "SEQUENCE", "STATUS", "UID"]
    assert un.exchange.export(changed, "calendar", on="2026-03-01", previous=second).data == second


def test_entries_of_others_are_not_taken_over_and_odd_marks_are_no_trouble():
    previous = (
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a@example.org\r\nDTSTART;VALUE=DATE:20260101\r\nEND:VEVENT\r\n"
        b"BEGIN:VEVENT\r\nUID:talk@untoc-network\r\nSEQUENCE:x\r\nDTSTART;VALUE=DATE:20260101\r\nEND:VEVENT\r\n"
        b"BEGIN:VEVENT\r\nUID:gone@untoc-network\r\nDTSTART;TZID=No/Where:20260101T100000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    made = un.exchange.export(event(starts=un.PartialDate("2026-01-01")), "calendar", on=ON, previous=previous).data
    assert set(marks(made)) == {"talk@untoc-network", "gone@untoc-network"}
    assert marks(made)["talk@untoc-network"][0] == 1


def test_what_is_gone_keeps_the_title_that_may_be_read_today(register):
    first = un.exchange.export(register, "calendar", on="2026-01-01").data
    (review,) = register.country_reviews
    unknown = attrs.evolve(register["days"], starts=un.PartialDate("2026"), name=un.Text(en="Renamed"))
    undated = attrs.evolve(register["dialogue"], apply_by=None)
    log = (un.ReviewEntry(step=un.CountryReviewStep.START, on=un.PartialDate("2020")),)
    changed = register.with_replaced(unknown, undated, attrs.evolve(review, log=log))[0]
    made = un.exchange.export(changed, "calendar", on="2026-02-01", previous=first, language="es").data
    called = {
        str(one["UID"]).partition("@")[0]: str(one["SUMMARY"])
        for one in icalendar.Calendar.from_ical(made).walk("VEVENT")
        if one["STATUS"] == "CANCELLED" and "CATEGORIES" not in one
    }
    assert called["days"] == "Renamed"
    assert called["dialogue.apply"].startswith("Cierre del plazo de solicitudes: ")
    assert called["review-xa.nominate-focal-point.co"] == "XA: Plazo para designar los puntos de contacto, Colombia"
    assert called["review-xa.nominate-focal-point.xa"] == "XA: Plazo para designar los puntos de contacto"


def test_what_is_gone_and_may_not_be_read_any_more_has_no_title(register):
    steps = ("days.more@", "review-xa.odd-step@", "dialogue.odd@", "somebody@")
    previous = "".join(
        f"BEGIN:VEVENT\r\nUID:{step}untoc-network\r\nSUMMARY:Secret\r\nDTSTART;VALUE=DATE:20260101\r\nEND:VEVENT\r\n"
        for step in steps
    )
    made = un.exchange.export(
        register, "calendar", on=ON, previous=f"BEGIN:VCALENDAR\r\n{previous}END:VCALENDAR\r\n".encode()
    )
    gone = [one for one in icalendar.Calendar.from_ical(made.data).walk("VEVENT") if f"{one['UID']}".startswith(steps)]
    assert [("SUMMARY" in one, one["STATUS"]) for one in gone] == [(False, "CANCELLED")] * 4


@pytest.mark.parametrize(
    ("gone_on", "asked_on", "is_there"),
    [
        ("2026-02-01", "2027-01-31", True),
        ("2026-02-01", "2027-02-01", False),
        ("2028-02-29", "2029-02-27", True),
        ("2028-02-29", "2029-03-01", False),
        ("2026-02-28", "2028-02-29", False),
    ],
)
def test_what_is_gone_is_called_off_for_a_year(gone_on, asked_on, is_there):
    first = un.exchange.export(event(starts=un.PartialDate("2029-05-01")), "calendar", on="2026-01-01").data
    called_off = un.exchange.export(un.Register(), "calendar", on=gone_on, previous=first).data
    assert marks(called_off)["talk@untoc-network"] == (1, dt.date.fromisoformat(gone_on), "CANCELLED")
    later = un.exchange.export(un.Register(), "calendar", on=asked_on, previous=called_off).data
    assert ("talk@untoc-network" in marks(later)) is is_there


def test_what_was_called_off_on_a_day_that_is_not_said_stays():
    previous = (
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:talk@untoc-network\r\nSTATUS:CANCELLED\r\n"
        b"DTSTART;VALUE=DATE:20200101\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    assert set(marks(un.exchange.export(un.Register(), "calendar", on=ON, previous=previous).data)) == {
        "talk@untoc-network"
    }


def test_a_title_of_blanks_alone_gives_way_to_the_id():
    made = un.exchange.export(event(name=un.Text(en=" \x1f"), starts=un.PartialDate("2026-01-02")), "calendar", on=ON)
    assert un.exchange.read_data(made.data, "calendar")[0].events[0].name == un.Text(en="talk")


def test_a_feed_says_how_often_to_ask_for_it(register):
    data = un.exchange.export(register, "calendar", on=ON).data
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:P1D\r\nX-PUBLISHED-TTL:P1D\r\n" in data


def test_an_earlier_calendar_that_is_none_is_a_bad_call():
    with pytest.raises(un.UnreadableInput, match="the calendar that was published before cannot be read"):
        un.exchange.export(un.Register(), "calendar", on=ON, previous=b"nonsense")


def test_without_the_package_one_line_tells_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(un.MissingExtra) as raised:
        un.exchange.export(un.Register(), "calendar", on=ON)
    assert str(raised.value) == 'for calendars, icalendar is needed: pip install "untoc-network[ics]"'


@tries(6)
@given(model_strategies.registers())
def test_every_register_gives_a_calendar_that_comes_back(register):
    data = un.exchange.export(register, "calendar", on=ON).data
    assert not icalendar.Calendar.from_ical(data).errors
    again, report = un.exchange.read_data(data, "calendar")
    assert report.ok
    known = {one.id for one in register.events if one.starts_at or (one.starts and one.starts.is_exact)}
    assert known <= {one.id for one in again.events}


def test_with_names_of_its_own_an_entry_that_is_gone_says_nothing_but_its_name(register):
    names = {"days": "aaaa", "timed": "bbbb", "dialogue": "cccc", "review-xa": "dddd"}

    def write(register, on, previous=None):
        return to_calendar(register, make_export_options(on, previous=previous), names).data

    first = write(register, "2026-01-01")
    assert {str(uid)[:4] for uid in marks(first)} == {*names.values()}
    undated = attrs.evolve(register["timed"], starts_at=None, ends_at=None)
    changed = register.with_replaced(undated)[0].without("days")[0]
    second = write(changed, "2026-02-01", first)
    gone = {str(one["UID"])[:4]: one for one in icalendar.Calendar.from_ical(second).walk("VEVENT")}
    assert "SUMMARY" in gone["bbbb"]
    assert gone["bbbb"]["DTSTART"].dt.year == 2026
    assert sorted(gone["aaaa"]) == ["DTSTAMP", "DTSTART", "SEQUENCE", "STATUS", "UID"]
    assert gone["aaaa"]["DTSTART"].dt == dt.date(1970, 1, 1)
    assert write(changed, "2026-03-01", second) == second
    odd = second.replace(b"UID:aaaa@", b"UID:@")
    assert b"UID:@untoc-network" in write(changed, "2026-03-01", odd)
