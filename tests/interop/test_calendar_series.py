"""Series of meetings: written out as events where they end, each known again by the time that its series gives it."""

import datetime as dt

import pytest
from hypothesis import given, strategies as st
from tests.profiles import tries

import untoc_network as un

from .test_calendar_reader import ics, one, read
from .test_calendar_time_zones import in_utc

TALK = ("BEGIN:VEVENT", "UID:talk@example.org", "SUMMARY:Talk", "CATEGORIES:workshop")


def of(*lines):
    return (*TALK, *lines, "END:VEVENT")


def series(*entries):
    register, found = read(ics(*(line for entry in entries for line in entry), around=False))
    when = [event.starts_at or event.starts for event in register.events]
    return when, [(code, message) for code, _, message in found]


def days(*lines):
    when, found = series(of("DTSTART;VALUE=DATE:20240131", *lines))
    return when, [code for code, _ in found]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3"], ["2024-01-31", "2024-02-29", "2024-03-31"]),
        (["RRULE:FREQ=MONTHLY;COUNT=3"], ["2024-01-31", "2024-03-31", "2024-05-31"]),
        (["RRULE:FREQ=WEEKLY;UNTIL=20240214"], ["2024-01-31", "2024-02-07", "2024-02-14"]),
        (["RRULE:FREQ=WEEKLY;UNTIL=20240207T000000Z"], ["2024-01-31", "2024-02-07"]),
        (["RRULE:FREQ=WEEKLY;UNTIL=20240101"], ["2024-01-31"]),
        (["RRULE:FREQ=WEEKLY;BYDAY=TH;COUNT=2"], ["2024-01-31", "2024-02-01"]),
        (["RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=3"], ["2024-01-31", "2024-02-29", "2028-02-29"]),
        (["RRULE:FREQ=MONTHLY;BYDAY=+1MO,-1FR;BYSETPOS=1;WKST=SU;COUNT=2"], ["2024-01-31", "2024-02-05"]),
        (["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;VALUE=DATE:20240207"], ["2024-01-31", "2024-02-14"]),
        (["RRULE:FREQ=WEEKLY;COUNT=2", "EXDATE;VALUE=DATE:20240131,20240207"], []),
        (["RDATE;VALUE=DATE:20240305,20240204,20240204"], ["2024-01-31", "2024-02-04", "2024-03-05"]),
        (["RRULE:FREQ=WEEKLY;COUNT=2", "RDATE;VALUE=DATE:20240201"], ["2024-01-31", "2024-02-01", "2024-02-07"]),
        (["RRULE:FREQ=WEEKLY;COUNT=2", "RDATE:20240201T100000Z"], ["2024-01-31", "2024-02-01", "2024-02-07"]),
    ],
)
def test_a_series_that_ends_is_as_many_events(lines, expected):
    assert days(*lines) == (expected, ["IC021"])


@pytest.mark.parametrize(
    "lines",
    [
        ["RRULE:FREQ=WEEKLY"],
        ["RRULE:FREQ=SECONDLY;COUNT=999999999"],
        ["RRULE:FREQ=DAILY;INTERVAL=0;COUNT=3"],
        ["RRULE:FREQ=DAILY;UNTIL=soon"],
        ["RRULE:FREQ=DAILY;COUNT=3", "RRULE:FREQ=DAILY;COUNT=2"],
        ["RRULE:FREQ=DAILY;COUNT=3", "EXRULE:FREQ=DAILY;COUNT=2"],
        ["RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"],
    ],
)
def test_of_a_series_without_an_end_the_first_meeting_is_read(lines):
    register, found = read(ics("CATEGORIES:workshop", "DTSTART;VALUE=DATE:20240131", *lines))
    (event,) = register.events
    assert (event.id, event.starts) == ("talk-example-org-20240131", "2024-01-31")
    assert [f"{note.heading}:{note.text}" for note in event.notes][:-2] == lines
    message = "the entry recurs (RRULE) without an end that is understood; only one occurrence is read, and the rest is kept in the notes"
    assert [(code, text) for code, _, text in found] == [("IC010", message)]


def test_the_first_meeting_of_an_endless_series_is_one_that_takes_place():
    moved = of("RECURRENCE-ID:20240305T100000Z", "DTSTART:20240306T160000Z")
    when, _ = series(of("DTSTART:20240305T100000Z", "RRULE:FREQ=WEEKLY"), moved)
    assert when == ["2024-03-06T16:00Z", "2024-03-12T10:00Z"]
    assert days("RRULE:FREQ=WEEKLY", "EXDATE;VALUE=DATE:20240131")[0] == ["2024-02-07"]
    assert days("RRULE:FREQ=WEEKLY", "RRULE:FREQ=DAILY", "EXDATE;VALUE=DATE:20240131")[0] == []


@pytest.mark.parametrize(("name", "number"), [("EXDATE", 2), ("RDATE", 1)])
def test_days_that_cannot_be_read_are_kept(name, number):
    when, found = days("RRULE:FREQ=WEEKLY;COUNT=2", f"{name}:soon")
    assert (len(when), "IC006" in found) == (number, True)


def test_what_names_no_series_is_kept():
    event, notes, found = one("DTSTART;VALUE=DATE:20240131", "EXDATE;VALUE=DATE:20240131")
    assert (event.id, notes, found) == ("talk-example-org", {"EXDATE": "20240131"}, ["IC010"])
    event, notes, found = one("RRULE:FREQ=DAILY;COUNT=2")
    assert (event.id, notes, found) == ("talk-example-org", {"RRULE": "FREQ=DAILY;COUNT=2"}, ["IC010"])


@pytest.mark.parametrize(
    ("rule", "number"),
    [
        ("FREQ=DAILY;COUNT=400", 100),
        ("FREQ=DAILY;COUNT=101", 100),
        ("FREQ=DAILY;UNTIL=99991231", 100),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=2", 1),
        ("FREQ=YEARLY;BYHOUR=99;COUNT=2", 1),
        ("FREQ=YEARLY;INTERVAL=999999999;COUNT=2", 1),
        ("FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1;COUNT=2", 1),
        ("FREQ=YEARLY;BYMONTHDAY=31;UNTIL=21301231", 100),
    ],
)
def test_a_series_is_bounded_and_that_is_told(rule, number):
    register, found = read(ics("CATEGORIES:workshop", "DTSTART;VALUE=DATE:20240131", f"RRULE:{rule}"))
    assert len(register.events) == number
    message = "RRULE gives more occurrences than are read; those read are separate events ({}), and the rule is kept in the notes"
    assert [(code, text) for code, _, text in found] == [("IC022", message.format(number))]
    assert un.Note(heading="RRULE", text=rule) in register.events[0].notes


def test_many_series_are_bounded_together():
    entries = [of("DTSTART;VALUE=DATE:20240131", "RRULE:FREQ=DAILY;COUNT=90", f"X-N:{number}") for number in range(4)]
    lines = [line.replace("talk@", f"{number}@") for number, entry in enumerate(entries) for line in entry]
    register, report = un.exchange.read_data(
        ics(*lines, around=False), "calendar", limits=un.Limits(max_calendar_lines=2_000)
    )
    assert len(register.events) == 200
    assert [finding.code for finding in report] == ["IC021", "IC021", "IC022", "IC022"]


def test_a_series_leads_not_out_of_the_calendar():
    assert series(of("DTSTART;VALUE=DATE:99991230", "RRULE:FREQ=DAILY;COUNT=9"))[0] == ["9999-12-30", "9999-12-31"]
    assert series(of("DTSTART;VALUE=DATE:99991225", "DTEND;VALUE=DATE:99991230", "RRULE:FREQ=DAILY;COUNT=9"))[0] == [
        f"9999-12-{day}" for day in (25, 26, 27)
    ]
    assert len(series(of("DTSTART;TZID=Asia/Tokyo:99991230T100000", "RRULE:FREQ=DAILY;COUNT=9"))[0]) == 2
    tokyo = of("DTSTART;TZID=Asia/Tokyo:00010102T100000", "RDATE;TZID=Asia/Tokyo:00010101T000000")
    assert len(series(tokyo)[0]) == 1
    west = of("DTSTART;TZID=America/Lima:99991230T100000", "RDATE;TZID=America/Lima:99991231T235959")
    assert len(series(west)[0]) == 1
    late = of("DTSTART;TZID=America/Lima:99991230T200000", "RRULE:FREQ=DAILY;COUNT=9")
    assert len(series(late)[0]) == 1
    until = of("DTSTART;TZID=America/Lima:20240101T100000", "RRULE:FREQ=DAILY;UNTIL=00010101T000000Z")
    assert [code for code, _ in series(until)[1]] == ["IC010"]


# -- moments ---------------------------------------------------------------------------------------------------------


def test_meetings_keep_their_hour_when_the_clocks_change():
    when, _ = series(
        of(
            "DTSTART;TZID=Europe/Vienna:20241020T100000",
            "DTEND;TZID=Europe/Vienna:20241020T113000",
            "RRULE:FREQ=WEEKLY;COUNT=2",
        )
    )
    assert when == ["2024-10-20T10:00+02:00[Europe/Vienna]", "2024-10-27T10:00+01:00[Europe/Vienna]"]


@pytest.mark.parametrize(
    ("end", "ends"),
    [
        ("DTEND;TZID=Europe/Vienna:20241026T110000", ["2024-10-26T11:00+02:00", "2024-10-27T10:00+01:00"]),
        ("DURATION:P1D", ["2024-10-26T10:00+02:00", "2024-10-27T10:00+01:00"]),
        ("DURATION:PT24H", ["2024-10-26T10:00+02:00", "2024-10-27T09:00+01:00"]),
        ("DTEND:20241026T090000Z", ["2024-10-26T09:00Z", "2024-10-27T09:00Z"]),
        ("DTEND;VALUE=DATE:20241027", ["2024-10-26", "2024-10-27"]),
        ("X-N:y", [None, None]),
    ],
)
def test_every_meeting_is_as_long_as_the_first(end, ends):
    register, _ = read(ics("DTSTART;TZID=Europe/Vienna:20241025T100000", end, "RRULE:FREQ=DAILY;COUNT=2"))
    assert len(register.events) == 2
    found = [event.ends_at or event.ends for event in register.events]
    exact = "20241026T110000" in end
    expected = ["2024-10-26T11:00+02:00", "2024-10-27T10:00+01:00"] if exact else ends
    assert [None if one is None else one.partition("[")[0] for one in found] == expected


def test_further_meetings_are_shown_by_the_clocks_of_the_series():
    when, _ = series(of("DTSTART;TZID=Europe/Vienna:20241025T100000", "RDATE:20241101T080000Z,20241025T080000Z"))
    assert when == ["2024-10-25T10:00+02:00[Europe/Vienna]", "2024-11-01T09:00+01:00[Europe/Vienna]"]


def test_the_end_of_a_series_is_a_moment():
    lines = ("DTSTART;TZID=America/Lima:20240101T200000",)
    assert len(series(of(*lines, "RRULE:FREQ=DAILY;UNTIL=20240103T010000Z"))[0]) == 2
    assert len(series(of(*lines, "RRULE:FREQ=DAILY;UNTIL=20240103T005959Z"))[0]) == 1
    assert len(series(of(*lines, "RRULE:FREQ=DAILY;UNTIL=20240102"))[0]) == 2
    assert len(series(of(*lines, "RRULE:FREQ=DAILY;UNTIL=20240102T200000"))[0]) == 2
    assert len(series(of("DTSTART:20240101T200000", "RRULE:FREQ=DAILY;UNTIL=20240103T005959Z"))[0]) == 2


@pytest.mark.parametrize(
    "taken_out",
    [
        "EXDATE;TZID=Europe/Vienna:20241026T100000",
        "EXDATE:20241026T080000Z",
        "EXDATE;TZID=America/Lima:20241026T030000",
        "EXDATE;VALUE=DATE:20241026",
        "EXDATE:20241026T100000",
    ],
)
def test_an_occurrence_is_taken_out_however_it_is_named(taken_out):
    when, _ = series(of("DTSTART;TZID=Europe/Vienna:20241025T100000", "RRULE:FREQ=DAILY;COUNT=3", taken_out))
    assert [one[:10] for one in when] == ["2024-10-25", "2024-10-27"]


def test_a_moment_out_of_the_calendar_takes_nothing_out():
    out = "EXDATE;TZID=Asia/Tokyo:00010101T000000"
    assert len(series(of("DTSTART:20240101T100000Z", "RRULE:FREQ=DAILY;COUNT=2", out))[0]) == 2


# -- moved occurrences -----------------------------------------------------------------------------------------------

WEEKLY = of("DTSTART;TZID=Europe/Vienna:20240305T110000", "RRULE:FREQ=WEEKLY;COUNT=3")


@pytest.mark.parametrize("number", [0, 1, 2])
@pytest.mark.parametrize(
    "form",
    [
        ";TZID=Europe/Vienna:{day}T110000",
        ":{day}T100000Z",
        ";TZID=America/Lima:{day}T050000",
        ":{day}T110000",
    ],
)
@pytest.mark.parametrize("first", [False, True])
def test_a_moved_occurrence_takes_the_place_of_the_one_it_names(number, form, first):
    day = ("20240305", "20240312", "20240319")[number]
    moved = of(f"RECURRENCE-ID{form.format(day=day)}", "DTSTART:20240401T120000Z")
    plain, _ = read(ics(*WEEKLY, around=False))
    register, found = read(ics(*(*moved, *WEEKLY) if first else (*WEEKLY, *moved), around=False))
    assert [event.id for event in register.events] == [event.id for event in plain.events]
    changed = register.by_id[f"talk-example-org-{day}t110000"]
    assert changed.starts_at == "2024-04-01T12:00Z"
    assert [code for code, _, _ in found] == ["IC021"]
    assert found[0][2] == "the entry recurs (RRULE); its occurrences are read as separate events (3)"


def test_a_moved_occurrence_without_its_series_is_an_event():
    alone, _ = series(of("RECURRENCE-ID:20240305T100000Z", "DTSTART:20240306T160000Z"))
    assert alone == ["2024-03-06T16:00Z"]
    for odd in ("soon", "00010101T000000", "20240305"):
        zone = ";TZID=Asia/Tokyo" if odd[:4] == "0001" else ""
        when, _ = series(WEEKLY, of(f"RECURRENCE-ID{zone}:{odd}", "DTSTART:20240501T100000Z"))
        assert len(when) == (3 if odd == "20240305" else 4)
    undated, _ = series(of("RRULE:FREQ=DAILY"), of("RECURRENCE-ID:20240305T100000Z", "DTSTART:20240501T100000Z"))
    assert undated == [None, "2024-05-01T10:00Z"]


def test_a_change_of_all_that_follow_ends_what_the_series_says():
    moved = of("RECURRENCE-ID;RANGE=THISANDFUTURE:20240312T100000Z", "DTSTART:20240313T100000Z")
    when, found = series(WEEKLY, moved)
    assert when == ["2024-03-05T11:00+01:00[Europe/Vienna]", "2024-03-13T10:00Z"]
    assert [code for code, _ in found] == ["IC022"]


def test_a_meeting_that_becomes_a_series_stays_the_same():
    single, _ = read(ics(*of("DTSTART:20240305T100000Z"), around=False))
    recurring = ics(*of("DTSTART:20240305T100000Z", "RRULE:FREQ=WEEKLY;COUNT=2"), around=False)
    register, _ = read(recurring, events=single.events)
    assert [(event.id, event.starts_at) for event in register.events] == [
        ("talk-example-org", "2024-03-05T10:00Z"),
        ("talk-example-org-20240312t100000z", "2024-03-12T10:00Z"),
    ]
    assert read(recurring, events=register.events)[0] == register


@tries(40)
@given(
    st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2040, 1, 1)),
    st.sampled_from(["Europe/Vienna", "America/Santiago", "Australia/Lord_Howe", "Africa/Casablanca"]),
    st.sampled_from(["FREQ=DAILY;INTERVAL=7;COUNT=30", "FREQ=WEEKLY;COUNT=30"]),
)
def test_each_week_is_the_same_hour_of_the_clocks(start, zone, rule):
    register, _ = read(ics(f"DTSTART;TZID={zone}:{start:%Y%m%dT%H%M%S}", "DURATION:PT1H", f"RRULE:{rule}"))
    assert len(register.events) == 30
    for week, event in enumerate(sorted(register.events, key=lambda event: in_utc(event.starts_at))):
        local = start.replace(microsecond=0) + dt.timedelta(weeks=week)
        shown = dt.datetime.fromisoformat(event.starts_at[:19] if event.starts_at[16] == ":" else event.starts_at[:16])
        assert abs(shown - local) <= dt.timedelta(hours=1)
        assert in_utc(event.ends_at) - in_utc(event.starts_at) == dt.timedelta(hours=1)
