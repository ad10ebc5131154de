"""Partial dates, periods and moments, against brute force over days."""

import copy
import datetime as dt
import itertools
import pickle
import zoneinfo

import attrs
import pendulum
import pytest
from hypothesis import given, strategies as st

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.values.dates import Ending, Instant, PartialDate, Period, require_whole_day, to_pendulum_date


def dates(first=2019, last=2021):
    days = st.dates(dt.date(first, 1, 1), dt.date(last, 12, 31)).map(dt.date.isoformat)
    return st.builds(lambda day, length: PartialDate(day[:length]), days, st.sampled_from([4, 7, 10]))


def days_in(date):
    every = map(dt.date.fromordinal, range(date.first - 400, date.last + 400))
    return {day for day in every if day.isoformat().startswith(date)}


@given(dates(1, 9999))
def test_a_date_means_the_days_whose_text_begins_with_it(date):
    first, last = dt.date.fromordinal(date.first), dt.date.fromordinal(date.last)
    assert first.isoformat().startswith(date)
    assert last.isoformat().startswith(date)
    assert date.is_exact == (first == last) == (len(date) == 10)
    for outside in (date.first - 1, date.last + 1):
        if 1 <= outside <= dt.date.max.toordinal():
            assert not dt.date.fromordinal(outside).isoformat().startswith(date)


@given(dates(), dates())
def test_one_date_is_before_another_where_all_its_days_are(one, two):
    mine, theirs = days_in(one), days_in(two)
    assert one.certainly_before(two) == (max(mine) < min(theirs))
    assert one.certainly_after(two) == (min(mine) > max(theirs))
    assert one.may_be(two) == bool(mine & theirs)
    gaps = [(b - a).days for a in (min(mine), max(mine)) for b in (min(theirs), max(theirs))]
    assert one.days_until(two) == (min(gaps), max(gaps))


@given(dates(), st.dates(dt.date(2018, 1, 1), dt.date(2022, 1, 1)))
def test_a_plain_day_compares_as_the_exact_date(date, day):
    exact = PartialDate(day.isoformat())
    assert date.certainly_before(day) == date.certainly_before(exact)
    assert date.certainly_after(day) == date.certainly_after(exact)
    assert date.may_be(day) == date.may_be(exact)


@given(st.lists(dates(1, 9999)))
def test_dates_sort_by_their_first_day_the_less_exact_first(some):
    assert sorted(some) == sorted(some, key=lambda date: (date.first, -date.last))


def test_a_year_does_not_come_before_a_day_in_it():
    year, day = PartialDate("2022"), PartialDate("2022-04-07")
    assert not year.certainly_before(day)
    assert not year.certainly_after(day)
    assert year < day


@pytest.mark.parametrize(
    "text",
    ["", "22", "2022-3", "2022-03-28T10:00", "20220328", "2022-W13-1", "2022-03-28\n", "٢٠٢٢", "now", " 2022", "-2022"],
)
def test_what_is_not_written_as_a_date_is_refused(text):
    with pytest.raises(ImpossibleValue, match=r"^a date is written 2022, 2022-03 or 2022-03-28$"):
        PartialDate(text)


@pytest.mark.parametrize("text", ["0000", "2022-00", "2022-13", "2022-02-29", "1900-02-29", "2022-04-31", "2022-01-00"])
def test_a_day_that_no_calendar_has_is_refused(text):
    with pytest.raises(ImpossibleValue, match=r"^there is no such day in the calendar$"):
        PartialDate(text)


def test_a_date_is_its_own_text():
    date = PartialDate("2022-03")
    assert (date, hash(date), str(date), repr(date)) == (
        "2022-03",
        hash("2022-03"),
        "2022-03",
        "PartialDate('2022-03')",
    )
    assert (date.earliest, date.latest) == (pendulum.date(2022, 3, 1), pendulum.date(2022, 3, 31))
    assert type(date.earliest) is pendulum.Date


@pytest.mark.parametrize("value", [PartialDate("2024-02"), Instant("2022-05-06T10:00+02:00[Europe/Vienna]")])
def test_dates_and_moments_copy_and_pickle_with_their_meaning(value):
    for twin in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):
        assert type(twin) is type(value)
        assert twin == value
        if isinstance(value, PartialDate):
            assert (twin.first, twin.last) == (value.first, value.last)


def test_a_date_is_made_from_a_date_of_any_library_or_from_text():
    made = [PartialDate.of(when) for when in ("2022-03", dt.datetime(2022, 3, 28, 10), pendulum.date(2022, 3, 28))]
    assert made == ["2022-03", "2022-03-28", "2022-03-28"]
    assert PartialDate.of(made[0]) is made[0]
    with pytest.raises(ImpossibleValue):
        PartialDate.of("2022-03-28 and more")


def test_a_day_of_any_library_becomes_a_pendulum_date():
    assert to_pendulum_date(dt.datetime(2022, 3, 28, 10)) == pendulum.date(2022, 3, 28)


# -- periods ---------------------------------------------------------------------------------------------------------


@st.composite
def periods(draw):
    start, end = draw(st.none() | dates(2020, 2020)), draw(st.none() | dates(2020, 2020))
    if start and end and end.certainly_before(start):
        start, end = end, start
    return Period(start=start, end=end, ending=None if end else draw(st.none() | st.sampled_from(Ending)))


def readings(period):
    """The extreme spans of days that a period with a start can mean; an unknown end leaves the start day at least."""
    starts = {period.start.first, period.start.last}
    ends = {period.end.first, period.end.last} if period.end else {10**7} if period.ending == "running" else starts
    if period.end:
        starts |= {day for day in ends if period.start.first <= day <= period.start.last}
        ends |= {day for day in starts if period.end.first <= day <= period.end.last}
    return [(start, end) for start in starts for end in ends if start <= end]


@given(periods(), periods())
def test_two_periods_overlap_where_they_share_a_day_however_they_are_read(one, two):
    if one.start is None or two.start is None:
        assert not one.overlaps(two)
    else:
        certain = all(a <= d and c <= b for (a, b), (c, d) in itertools.product(readings(one), readings(two)))
        assert one.overlaps(two) == certain
    assert one.overlaps(two) == two.overlaps(one)


@pytest.mark.parametrize(
    ("one", "two", "shared"),
    [
        (("2020-01-01", "2020-06-30"), ("2020-06-30", None), True),
        (("2020-01-01", "2020-06-30"), ("2020-07-01", None), False),
        (("2020-01-01", "2020-06"), ("2020-06-15", None), False),
        (("2020-01-01", None), ("2020-06-15", None), False),
        (("2020-01-01", None), ("2020-01-01", None), True),
        (("2020", None), ("2020", None), False),
        (("2020", "2021"), ("2020-03-01", "2020-03-31"), False),
    ],
)
def test_periods_that_may_or_may_not_share_a_day_do_not_surely_overlap(one, two, shared):
    def period(start, end):
        return Period(start=PartialDate(start), end=PartialDate(end) if end else None)

    assert period(*one).overlaps(period(*two)) is shared


def test_what_still_runs_overlaps_what_starts_later():
    running = Period(start=PartialDate("2020-01-01"), ending=Ending.RUNNING)
    assert running.overlaps(Period(start=PartialDate("2021")))
    assert not Period(start=PartialDate("2020-01-01"), ending=Ending.ENDED).overlaps(Period(start=PartialDate("2021")))


@given(periods(), dates())
def test_a_day_is_surely_outside_a_period_where_no_reading_covers_it(period, when):
    start = period.start.first if period.start else 0
    end = period.end.last if period.end else 10**7
    assert period.surely_outside(when) == (not any(start <= day.toordinal() <= end for day in days_in(when)))


def test_a_period_cannot_end_before_it_starts():
    with pytest.raises(ImpossibleValue, match=r"^a period cannot end before it starts$"):
        Period(start=PartialDate("2022-03"), end=PartialDate("2022-02-28"))
    assert Period(start=PartialDate("2022-03"), end=PartialDate("2022")).end == "2022"


def test_a_period_with_an_end_date_needs_no_reason_for_having_none():
    with pytest.raises(ImpossibleValue, match=r"^a period with an end date needs no reason for having none$"):
        Period(end=PartialDate("2022"), ending=Ending.ENDED)


# -- moments ---------------------------------------------------------------------------------------------------------


def test_a_moment_keeps_its_zone():
    moment = Instant("2022-05-06T10:00+02:00[Europe/Vienna]")
    assert moment.zone == "Europe/Vienna"
    assert moment.when == pendulum.datetime(2022, 5, 6, 8)
    assert moment.when.timezone_name == "Europe/Vienna"
    assert repr(moment) == "Instant('2022-05-06T10:00+02:00[Europe/Vienna]')"


def test_a_moment_without_a_zone_keeps_its_offset():
    moment = Instant("2022-05-06T10:00:30-05:00")
    assert moment.zone is None
    assert moment.when.utcoffset() == dt.timedelta(hours=-5)
    assert Instant("2022-05-06T15:00:30Z").when == moment.when


def test_in_an_hour_that_comes_twice_the_offset_tells_which():
    summer = Instant("2022-10-30T02:30+02:00[Europe/Vienna]").when
    winter = Instant("2022-10-30T02:30+01:00[Europe/Vienna]").when
    assert (winter - summer).total_seconds() == 3600


@pytest.mark.parametrize(
    ("text", "local", "day"),
    [
        ("2026-05-10T10:00Z[Europe/Vienna]", "2026-05-10T12:00:00+02:00", "2026-05-10"),
        ("2026-05-10T23:30Z[Europe/Vienna]", "2026-05-11T01:30:00+02:00", "2026-05-11"),
        ("2026-05-10T03:00-00:00[America/Panama]", "2026-05-09T22:00:00-05:00", "2026-05-09"),
        ("2026-01-10T10:00Z[Europe/London]", "2026-01-10T10:00:00+00:00", "2026-01-10"),
        ("2026-05-10T23:30Z[UTC]", "2026-05-10T23:30:00+00:00", "2026-05-10"),
    ],
)
def test_a_z_before_a_zone_leaves_the_offset_to_the_zone(text, local, day):
    moment = Instant(text)
    assert (moment, moment.when.isoformat(), moment.day, moment.by_clocks) == (text, local, day, None)


@pytest.mark.parametrize(
    ("text", "by_offset", "by_clocks"),
    [
        ("2026-07-06T10:00-05:00[America/Mexico_City]", "2026-07-06T15:00", "2026-07-06T16:00"),
        ("2022-03-27T02:30+01:00[Europe/Vienna]", "2022-03-27T01:30", "2022-03-27T01:30"),
        ("2022-05-06T10:00+01:00[Europe/Vienna]", "2022-05-06T09:00", "2022-05-06T08:00"),
    ],
)
def test_an_offset_that_the_zone_contradicts_leaves_two_readings(text, by_offset, by_clocks):
    moment = Instant(text)
    assert moment.when.astimezone(dt.UTC).isoformat()[:16] == by_offset
    assert moment.by_clocks.astimezone(dt.UTC).isoformat()[:16] == by_clocks
    assert moment.day == text[:10]


@given(
    st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2060, 1, 1), timezones=st.just(dt.UTC)),
    st.sampled_from(["Europe/Vienna", "America/Panama", "Africa/Casablanca", "Australia/Lord_Howe", "Asia/Kathmandu"]),
)
def test_a_moment_in_utc_and_in_its_zone_fall_on_one_day(moment, zone):
    local = moment.replace(second=0, microsecond=0).astimezone(zoneinfo.ZoneInfo(zone))
    written = Instant(f"{local.isoformat(timespec='minutes')}[{zone}]")
    in_utc = Instant(f"{local.astimezone(dt.UTC).replace(tzinfo=None).isoformat(timespec='minutes')}Z[{zone}]")
    assert (written.day, written.is_midnight, written.when) == (in_utc.day, in_utc.is_midnight, in_utc.when)
    assert written.by_clocks is in_utc.by_clocks is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2022-05-06T10:00", "a moment needs its offset from UTC, such as +02:00 or Z"),
        ("2022-05-06T10:00[Europe/Vienna]", "a moment needs its offset from UTC, such as +02:00 or Z"),
        ("2022-05-06T10:00+02:00[Europe/Nowhere]", "there is no such time zone"),
        ("2022-05-06T10:00+02:00[/etc/passwd]", "there is no such time zone"),
        ("2022-05-06T10:00+02:00[Europe]", "there is no such time zone"),
        (f"2022-05-06T10:00+02:00[{'A' * 5000}]", "there is no such time zone"),
        ("2022-02-30T10:00Z", "there is no such moment in the calendar"),
        ("2022-05-06T10:00+25:00", "there is no such moment in the calendar"),
        ("2022-05-06T25:00Z", "there is no such moment in the calendar"),
        ("0001-01-01T00:00+14:00", "there is no such moment in the calendar"),
        ("9999-12-31T23:59-12:00", "there is no such moment in the calendar"),
        ("9999-12-31T23:59Z[Asia/Tokyo]", "there is no such moment in the calendar"),
        ("0001-01-01T05:00-10:00[Asia/Tokyo]", "there is no such moment in the calendar"),
        ("now", "a moment is written 2022-05-06T10:00+02:00 or 2022-05-06T10:00+02:00[Europe/Vienna]"),
        ("2022-05-06T10:00Z\n", "a moment is written 2022-05-06T10:00+02:00 or 2022-05-06T10:00+02:00[Europe/Vienna]"),
    ],
)
def test_a_moment_that_never_was_is_refused_with_the_reason(text, problem):
    with pytest.raises(ImpossibleValue) as refused:
        Instant(text)
    assert str(refused.value) == problem


@given(st.text(max_size=40))
def test_any_text_is_a_value_or_refused(text):
    for made in (PartialDate, Instant):
        try:
            assert made(text) == text
        except ImpossibleValue as refused:
            assert text not in str(refused) or len(text) < 4 or text in "a date is written 2022, 2022-03 or 2022-03-28"


def test_a_date_cannot_be_changed():
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        PartialDate("2022").first = 3


def test_only_a_whole_day_is_judged_on():
    assert require_whole_day("2022-03-28") == require_whole_day(dt.date(2022, 3, 28)) == PartialDate("2022-03-28")
    for month_or_year in ("2022-03", "2022", PartialDate("2022-03")):
        with pytest.raises(ImpossibleValue, match=r"^a register is judged on a whole day, such as 2022-03-28$"):
            require_whole_day(month_or_year)
    for foreign in (20220328, None, b"2022-03-28", object()):
        with pytest.raises(ImpossibleValue, match=r"^a date is written 2022, 2022-03 or 2022-03-28$"):
            require_whole_day(foreign)
