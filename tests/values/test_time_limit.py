import calendar
import datetime as dt

import pytest
from hypothesis import given, strategies as st
from tests.profiles import some

import untoc_network as un
from untoc_network.testing import values


def months_later(day, number):
    """The same day of the month so many months later, or the last that the month has."""
    count = day.year * 12 + day.month - 1 + number
    year, month = divmod(count, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


LATER = {
    "days": lambda day, number: day + dt.timedelta(days=number),
    "weeks": lambda day, number: day + dt.timedelta(days=7 * number),
    "months": months_later,
    "years": lambda day, number: months_later(day, 12 * number),
}


@pytest.mark.unmeasured
@pytest.mark.parametrize(("number", "unit"), [(6, "months"), (2, "weeks"), (4, "weeks"), (2, "years"), (30, "days")])
def test_every_day_of_fifty_years_agrees_with_a_calendar_counted_by_hand(number, unit):
    limit = un.TimeLimit(number, un.TimeUnit(unit))
    first, last = dt.date(1990, 1, 1), dt.date(2040, 12, 31)
    for day in some(first + dt.timedelta(days=n) for n in range((last - first).days + 1)):
        when = un.PartialDate.of(day)
        assert limit.after(when) == (LATER[unit](day, number).isoformat(),) * 2
        assert limit.before(when) == (LATER[unit](day, -number).isoformat(),) * 2


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), st.integers(0, 40), st.integers(0, 40))
def test_months_are_counted_from_the_anchor_and_never_added_up(day, first, second):
    limit = un.TimeLimit(first + second, un.TimeUnit.MONTHS)
    assert limit.after(un.PartialDate.of(day))[0] == months_later(day, first + second).isoformat()


@given(values(un.PartialDate), st.integers(0, 24), st.sampled_from(un.TimeUnit))
def test_a_date_known_in_part_gives_the_earliest_and_the_latest_day(when, number, unit):
    limit = un.TimeLimit(number, unit)
    try:
        earliest, latest = limit.after(when)
    except un.ImpossibleValue:
        assert when.latest.year > 9950
        return
    assert limit.after(un.PartialDate.of(when.latest)) == (latest, latest)
    assert limit.after(un.PartialDate.of(when.earliest)) == (earliest, earliest)


def test_a_limit_is_said_in_words():
    assert [str(un.TimeLimit(number, un.TimeUnit.MONTHS)) for number in (1, 6)] == ["1 month", "6 months"]


def test_a_limit_is_neither_negative_nor_beyond_the_calendar():
    with pytest.raises(un.ImpossibleValue, match="cannot be negative"):
        un.TimeLimit(-1, un.TimeUnit.DAYS)
    with pytest.raises(un.ImpossibleValue, match="out of the calendar"):
        un.TimeLimit(2, un.TimeUnit.YEARS).after(un.PartialDate("9998-12-31"))
    with pytest.raises(un.ImpossibleValue, match="out of the calendar"):
        un.TimeLimit(30, un.TimeUnit.DAYS).before(un.PartialDate("0001-01-02"))
