"""Moments of calendars: by the clocks of the IANA database, and by those that a calendar defines itself."""

import datetime as dt
import zoneinfo

import icalendar
import pytest
from hypothesis import given, strategies as st
from tests.profiles import tries

import untoc_network as un
from untoc_network.interop.calendar_recurrence import parse_recurrence
from untoc_network.interop.calendar_time_zones import IanaClocks, build_defined_clocks, find_zone, parse_offset
from untoc_network.interop.calendar_writer import build_zone

from .test_calendar_reader import ics, one, read

EUROPE = (
    *("BEGIN:STANDARD", "DTSTART:16010101T030000", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"),
    *("TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "END:STANDARD"),
    *("BEGIN:DAYLIGHT", "DTSTART:16010101T020000", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"),
    *("TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "END:DAYLIGHT"),
)
OUTLOOK = '"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"'
ESCAPED = "(UTC+01:00) Amsterdam\\, Berlin\\, Bern\\, Rome\\, Stockholm\\, Vienna"
TALK = ("BEGIN:VEVENT", "UID:talk@example.org", "SUMMARY:Talk", "CATEGORIES:workshop")


def fixed(offset, *more):
    return (
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        f"TZOFFSETFROM:{offset}",
        f"TZOFFSETTO:{offset}",
        *more,
        "END:STANDARD",
    )


def defining(name, parts, *lines, after=False):
    zone, talk = ("BEGIN:VTIMEZONE", f"TZID:{name}", *parts, "END:VTIMEZONE"), (*TALK, *lines, "END:VEVENT")
    register, found = read(ics(*(*talk, *zone) if after else (*zone, *talk), around=False))
    return register.events[0], [(code, message) for code, _, message in found]


def in_utc(instant):
    """Python holds no two moments for equal where clocks show one of them twice."""
    return instant.when.astimezone(dt.UTC)


# -- lengths ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "length", "ends"),
    [
        ("Europe/Vienna:20240330T110000", "P1D", "2024-03-31T11:00+02:00[Europe/Vienna]"),
        ("Europe/Vienna:20240330T110000", "PT24H", "2024-03-31T12:00+02:00[Europe/Vienna]"),
        ("Europe/Vienna:20240327T110000", "P1W", "2024-04-03T11:00+02:00[Europe/Vienna]"),
        ("Europe/Vienna:20241026T110000", "+P1DT24H", "2024-10-28T11:00+01:00[Europe/Vienna]"),
        ("Europe/Vienna:20241026T110000", "P2D", "2024-10-28T11:00+01:00[Europe/Vienna]"),
        ("America/Santiago:20240406T110000", "P2DT1H", "2024-04-08T12:00-04:00[America/Santiago]"),
        ("Europe/Vienna:20240330T023000", "P1D", "2024-03-31T03:30+02:00[Europe/Vienna]"),
        ("Europe/Vienna:20241026T023000", "P1D", "2024-10-27T02:30+02:00[Europe/Vienna]"),
        ("Pacific/Apia:20111229T100000", "P2D", "2011-12-31T10:00+14:00[Pacific/Apia]"),
    ],
)
def test_days_and_weeks_are_those_of_the_calendar_and_hours_exact(start, length, ends):
    event, _, found = one(f"DTSTART;TZID={start}", f"DURATION:{length}")
    assert (event.ends_at, found) == (ends, [])


NIGHTS = [
    (zone, night)
    for zone in ("Europe/Vienna", "America/New_York", "America/Santiago", "Australia/Lord_Howe", "Africa/Casablanca")
    for night in (
        dt.datetime(year, month, day) for year in (2024, 2025) for month in (3, 4, 9, 10, 11) for day in (1, 15, 28)
    )
]


@tries(60)
@given(
    st.sampled_from(NIGHTS), st.integers(0, 60 * 24 * 12), st.integers(0, 20), st.integers(0, 60 * 30), st.booleans()
)
def test_a_length_is_what_the_standard_says(night, minutes, days, rest, weeks):
    zone, start = night[0], night[1] + dt.timedelta(minutes=minutes)
    clocks = zoneinfo.ZoneInfo(zone)
    length = f"P{days}W" if weeks else f"P{days}DT{rest}M"
    event, _, _ = one(f"DTSTART;TZID={zone}:{start:%Y%m%dT%H%M%S}", f"DURATION:{length}")
    nominal = dt.timedelta(weeks=days) if weeks else dt.timedelta(days=days)
    end = (start + nominal).replace(tzinfo=clocks).astimezone(dt.UTC) + dt.timedelta(minutes=0 if weeks else rest)
    begins = start.replace(tzinfo=clocks).astimezone(dt.UTC)
    assert in_utc(event.starts_at) == begins
    assert in_utc(event.ends_at) == max(end, begins)


# -- hours that come twice, or not at all ----------------------------------------------------------------------------


def test_an_hour_that_comes_twice_is_read_as_the_first_and_told():
    register, found = read(ics("CATEGORIES:workshop", "DTSTART;TZID=Europe/Vienna:20241027T023000"))
    assert register.events[0].starts_at == "2024-10-27T02:30+02:00[Europe/Vienna]"
    assert found == [
        (
            "IC017",
            6,
            "the local time of DTSTART occurs twice that night; it is read as 2024-10-27T02:30+02:00[Europe/Vienna], "
            "not 2024-10-27T02:30+01:00[Europe/Vienna]",
        )
    ]


def test_what_ends_in_an_hour_that_comes_twice_ends_after_it_began():
    event, _, found = one("DTSTART;TZID=Europe/Vienna:20241027T024500", "DTEND;TZID=Europe/Vienna:20241027T021500")
    assert (event.starts_at[16:22], event.ends_at[16:22], found) == ("+02:00", "+01:00", ["IC017", "IC017"])


def test_an_hour_that_is_skipped_is_read_by_the_offset_of_before_and_told():
    register, found = read(ics("CATEGORIES:workshop", "DTSTART;TZID=America/New_York:20240310T023000"))
    assert register.events[0].starts_at == "2024-03-10T03:30-04:00[America/New_York]"
    assert found == [
        (
            "IC017",
            6,
            "the local time of DTSTART does not exist that night; it is read as 2024-03-10T03:30-04:00[America/New_York]",
        )
    ]


@pytest.mark.parametrize("hour", ["02:30+02:00", "02:30+01:00", "03:00+01:00", "01:59+02:00", "02:00+02:00"])
def test_what_is_written_at_a_change_of_the_clocks_is_read_as_the_same_moment(hour):
    moment = un.Instant(f"2024-10-27T{hour}[Europe/Vienna]")
    event = un.Event(id="talk", name=un.Text(en="Talk"), kind=un.EventKind.WORKSHOP, starts_at=moment, ends_at=moment)
    data = un.exchange.export(un.Register(events=(event,)), "calendar", on="2024-01-01").data
    register, report = un.exchange.read_data(data, "calendar")
    assert in_utc(register.events[0].starts_at) == in_utc(register.events[0].ends_at) == in_utc(moment)
    assert list(report) == []


@st.composite
def moments_near_a_change(draw):
    """Moments around the changes of the clocks of any zone, by the quarter of an hour."""
    zone = draw(st.sampled_from(sorted(zoneinfo.available_timezones() - {"localtime", "Factory"})))
    clocks, moment = zoneinfo.ZoneInfo(zone), dt.datetime(draw(st.integers(1990, 2030)), 1, 1, tzinfo=dt.UTC)
    changes = [
        day
        for day in (moment + dt.timedelta(days=number) for number in range(366))
        if day.astimezone(clocks).utcoffset() != (day + dt.timedelta(days=1)).astimezone(clocks).utcoffset()
    ]
    near = draw(st.sampled_from(changes or [moment])) + dt.timedelta(minutes=15 * draw(st.integers(-100, 200)))
    return zone, near


@tries(40)
@given(moments_near_a_change())
def test_every_moment_comes_back_from_a_calendar(found):
    zone, moment = found
    local = moment.astimezone(zoneinfo.ZoneInfo(zone))
    starts = un.Instant(f"{local.isoformat()}[{zone}]")
    event = un.Event(id="talk", name=un.Text(en="Talk"), kind=un.EventKind.WORKSHOP, starts_at=starts)
    data = un.exchange.export(un.Register(events=(event,)), "calendar", on="2024-01-01").data
    register, report = un.exchange.read_data(data, "calendar")
    again = register.events[0].starts_at
    assert (in_utc(again), list(report)) == (moment, [])
    assert again.zone in (zone, None, "UTC")


# -- names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Europe/lisbon", "Europe/Lisbon"),
        ("AMERICA/ARGENTINA/BUENOS_AIRES", "America/Argentina/Buenos_Aires"),
        ("/mozilla.org/20050126_1/america/panama", "America/Panama"),
        ("sa pacific standard time", "America/Bogota"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_is_known_in_any_case(name, zone):
    assert find_zone(name)[0] == zone
    event, _, found = one(f"DTSTART;TZID={name}:20240306T100000")
    assert (event.starts_at.zone, found) == (zone, ["IC009"])


@pytest.mark.parametrize("name", ["", "Mars/Sea", "Europe", "/", "localtime/x"])
def test_what_is_no_zone_is_none(name):
    assert find_zone(name) is None


# -- defined by the calendar -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("after", [False, True])
def test_a_zone_that_the_calendar_defines_says_the_offset(after):
    summer, found = defining(ESCAPED, EUROPE, f"DTSTART;TZID={OUTLOOK}:20240504T110000", "DURATION:P300D", after=after)
    assert (summer.starts_at, summer.ends_at) == ("2024-05-04T11:00+02:00", "2025-02-28T11:00+01:00")
    assert found == [
        (
            "IC019",
            f"DTSTART names the time zone '{OUTLOOK[1:-1]}', which only the calendar defines; "
            "the time is kept with its offset alone",
        )
    ]


@pytest.mark.parametrize(
    ("offset", "starts"),
    [
        ("-0500", "2024-03-05T10:00-05:00"),
        ("+0000", "2024-03-05T10:00Z"),
        ("+053045", "2024-03-05T04:29:15Z"),
        ("-2359", "2024-03-05T10:00-23:59"),
    ],
)
def test_a_customized_zone_says_the_offset(offset, starts):
    event, _ = defining("Customized Time Zone", fixed(offset), "DTSTART;TZID=customized time zone:20240305T100000")
    assert event.starts_at == starts


@pytest.mark.parametrize(
    "parts",
    [
        (),
        ("BEGIN:STANDARD", "END:STANDARD"),
        fixed("soon"),
        fixed("+2500"),
        fixed("-0500", "RDATE:soon"),
        fixed("-0500", "RRULE:FREQ=SECONDLY"),
        fixed("-0500", "RRULE:FREQ=MONTHLY"),
        fixed("-0500", "RRULE:FREQ=YEARLY;INTERVAL=2"),
        fixed("-0500", "RRULE:FREQ=YEARLY;COUNT=9"),
        fixed("-0500", "RRULE:FREQ=YEARLY;UNTIL=soon"),
        fixed("-0500", "RRULE:FREQ=YEARLY", "RRULE:FREQ=YEARLY"),
        fixed("-0500") * 101,
    ],
)
def test_a_definition_that_cannot_be_read_is_none(parts):
    event, found = defining("Mine", parts, "DTSTART;TZID=Mine:20240305T100000")
    assert (event.starts, event.starts_at, [code for code, _ in found]) == ("2024-03-05", None, ["IC007"])


def test_parts_of_no_zone_and_zones_without_a_name_define_nothing():
    register, found = read(ics("BEGIN:VTIMEZONE", *fixed("-0500"), "END:VTIMEZONE", *TALK, "END:VEVENT", around=False))
    assert (len(register.events), found) == (1, [])


def test_a_name_that_is_known_means_that_zone_and_a_definition_that_differs_is_told():
    event, found = defining("America/Panama", fixed("-0600"), "DTSTART;TZID=America/Panama:20240305T100000")
    assert event.starts_at == "2024-03-05T10:00-05:00[America/Panama]"
    assert found == [
        (
            "IC018",
            "the calendar's definition of the time zone 'America/Panama' (DTSTART) differs from the known one; "
            "the time is read as 2024-03-05T10:00-05:00[America/Panama], not 2024-03-05T10:00-06:00",
        )
    ]


def test_a_name_of_windows_means_what_the_calendar_says_where_that_differs():
    lines = ("DTSTART;TZID=SA Pacific Standard Time:20240305T100000",)
    event, found = defining("SA Pacific Standard Time", fixed("-0400"), *lines)
    assert (event.starts_at, [code for code, _ in found]) == ("2024-03-05T10:00-04:00", ["IC018"])
    event, found = defining("SA Pacific Standard Time", fixed("-0500"), *lines)
    assert (event.starts_at, [code for code, _ in found]) == ("2024-03-05T10:00-05:00[America/Bogota]", ["IC009"])


def parts_of(name, first, last):
    made = build_zone(icalendar, name, first, last)
    lines = made.to_ical().decode().replace("\r\n ", "").splitlines()
    held, parts = None, []
    for line in lines:
        key, _, value = line.partition(":")
        if key == "BEGIN" and value != "VTIMEZONE":
            held = {}
            parts.append(held)
        elif held is not None and key != "END":
            held.setdefault(key.partition(";")[0], []).append(value)
    return parts


@tries(25)
@given(
    st.sampled_from(["Europe/Vienna", "America/Santiago", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Tehran"]),
    st.datetimes(dt.datetime(2019, 1, 10), dt.datetime(2024, 12, 1)),
)
def test_a_definition_shows_what_the_zone_shows(name, local):
    own, known = build_defined_clocks(parts_of(name, dt.date(2018, 1, 1), dt.date(2026, 1, 1))), IanaClocks(name)
    local = local.replace(microsecond=0)
    assert own.read(local) == known.read(local)
    moment = known.read(local).moments[0]
    assert own.local(moment) == known.local(moment)
    assert in_utc(own.show(moment)) == in_utc(known.show(moment))


@pytest.mark.parametrize("year", range(2007, 2031))
def test_rules_of_each_year_show_what_the_zone_shows(year):
    parts = [
        {"DTSTART": ["16010101T030000"], "RRULE": ["FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"], "TZOFFSETFROM": ["+0200"], "TZOFFSETTO": ["+0100"]},
        {"DTSTART": ["19810329T020000"], "RRULE": ["FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3;UNTIL=20400101T000000Z"], "TZOFFSETFROM": ["+0100"], "TZOFFSETTO": ["+0200"]},
    ]  # fmt: skip
    own, known = build_defined_clocks(parts), IanaClocks("Europe/Vienna")
    start = dt.datetime(year, 1, 1)
    for local in (start + dt.timedelta(minutes=30 * number) for number in range(365 * 48)):
        if local.month in (3, 10) and local.day > 20 and local.hour < 5:
            assert own.read(local) == known.read(local)


def test_a_rule_that_ended_leaves_the_last_offset_and_one_without_days_keeps_its_own():
    parts = [
        {"DTSTART": ["20000501T000000"], "RRULE": ["FREQ=YEARLY;UNTIL=20050501T000000Z"], "TZOFFSETFROM": ["+0000"], "TZOFFSETTO": ["+0100"]},
        {"DTSTART": ["20000901T000000"], "RRULE": ["FREQ=YEARLY;UNTIL=20040801"], "TZOFFSETFROM": ["+0100"], "TZOFFSETTO": ["+0000"]},
    ]  # fmt: skip
    own = build_defined_clocks(parts)
    shown = {
        day: own.show(dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC))[16:]
        for day in ("1999-01-01", "2000-06-01", "2003-04-30", "2003-05-02", "2004-10-01", "2005-05-02", "2024-01-01")
    }
    assert shown == {
        **dict.fromkeys(("1999-01-01", "2003-04-30"), "Z"),
        **dict.fromkeys(("2000-06-01", "2003-05-02", "2004-10-01", "2005-05-02", "2024-01-01"), "+01:00"),
    }


def test_moments_at_the_edge_of_the_calendar_are_left_to_the_notes():
    for day in ("00010101T000000", "99991231T235959"):
        for offset in ("+1400", "-1400"):
            event, found = defining("Mine", fixed(offset), f"DTSTART;TZID=Mine:{day}")
            assert event.starts_at is None or event.starts_at[:4] in ("0001", "9999")
            assert {code for code, _ in found} <= {"IC006", "IC019"}


@pytest.mark.parametrize(
    ("name", "parts"), [("Asia/Tokyo", ()), ("Mine", fixed("+0900")), ("Asia/Tokyo", fixed("+0900"))]
)
def test_an_end_out_of_the_calendar_is_left_to_the_notes(name, parts):
    event, found = defining(name, parts, f"DTSTART;TZID={name}:99991231T100000", "DURATION:PT22H")
    assert (event.starts_at[:13], event.ends_at, "IC006" in dict(found)) == ("9999-12-31T10", None, True)
    event, found = defining(name, parts, f"DTSTART;TZID={name}:00010101T000000")
    assert (event.starts_at, event.starts, "IC006" in dict(found)) == (None, "0001-01-01", True)


def test_a_zone_may_be_defined_from_the_first_day_of_the_calendar_on():
    parts = ("BEGIN:STANDARD", "DTSTART:00010101T000000", "TZOFFSETFROM:+1400", "TZOFFSETTO:+0900", "END:STANDARD")
    event, _ = defining("Mine", parts, "DTSTART;TZID=Mine:20240305T100000")
    assert event.starts_at == "2024-03-05T10:00+09:00"


@pytest.mark.parametrize("raw", ["", "0200", "+200", "+02:00", "+2400", "soon"])
def test_what_is_no_offset_is_none(raw):
    assert parse_offset(raw) is None


@pytest.mark.parametrize(
    "raw",
    [
        *("", "FREQ", "FREQ=", "FREQ=HOURLY", "FREQ=DAILY;FREQ=DAILY", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=0"),
        *("FREQ=DAILY;COUNT=x", "FREQ=DAILY;INTERVAL=-1", "FREQ=DAILY;BYDAY=XX", "FREQ=DAILY;BYDAY=0MO"),
        *("FREQ=DAILY;BYSECOND=1", "FREQ=DAILY;BYHOUR=1000", "FREQ=DAILY;BYEASTER=1", "FREQ=DAILY;WKST=XX"),
        *("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;INTERVAL=7;BYDAY=MO", "FREQ=WEEKLY;BYSETPOS=5"),
        *("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=9", "FREQ=YEARLY;BYMONTH=99"),
        *("FREQ=WEEKLY;BYMONTHDAY=1", "FREQ=YEARLY;BYSETPOS=0", "FREQ=MONTHLY;BYYEARDAY=1"),
        *("FREQ=DAILY;RSCALE=HEBREW", f"FREQ=DAILY;BYHOUR={'1,' * 300}1", "FREQ=DAILY;COUNT=9999999999"),
    ],
)
def test_what_is_no_rule_that_can_be_counted_is_none(raw):
    assert parse_recurrence(raw) is None
