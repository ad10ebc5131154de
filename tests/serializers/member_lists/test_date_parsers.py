"""Dates in cells: in words and numbers, with a time, behind a word; and the order of day and month in a column."""

import re

import pytest
from hypothesis import given, strategies as st

from untoc_network.app.import_list import import_bytes
from untoc_network.serializers.member_lists.cell_parsers import FIELD_PARSERS
from untoc_network.serializers.member_lists.column_mapping import SheetMapping
from untoc_network.serializers.member_lists.date_parsers import MIXED, find_date_order, parse_date


def read(field, text):
    parsed = FIELD_PARSERS[field].parse(text, None)
    return [*map(str, parsed.values)], parsed.is_complete, parsed.guess


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("15-mar-2012", "2012-03-15"),
        ("15/ago/2012", "2012-08-15"),
        ("2012-03-04 00:00:00", "2012-03-04"),
        ("28/03/2019 00:00", "2019-03-28"),
        ("2019-03-01T00:00:00.000Z", "2019-03-01"),
        ("1998.0", "1998"),
        ("1998,00", "1998"),
        ("20190301", "2019-03-01"),
        ("desde 1999", "1999"),
        ("Fundada el 3 de mayo de 1999", "1999-05-03"),
        ("since March 2019", "2019-03"),
        ("depuis 2004", "2004"),
        ("año 1999", "1999"),
        ("lunes, 3 de marzo de 2019", "2019-03-03"),
        ("terça-feira, 3 de março de 2020", "2020-03-03"),
        ("le 1er janvier 2020", "2020-01-01"),
        ("13 févr. 2010", "2010-02-13"),
        ("3rd of July 2011", "2011-07-03"),
        ("2012 March 15", "2012-03-15"),
        ("setembro/2019", "2019-09"),
        ("1999.", "1999"),
    ],
)
def test_a_day_that_a_person_reads_at_once(text, day):
    assert read("founded", text) == ([day], True, None)


@pytest.mark.parametrize(
    "text", ["2012-03-04T12:00:00Z", "4 March 2012 10:30 AM", "2012-03-04 3:45 p. m.", "2012-03-04 23:59:59.999+05:30"]
)
def test_a_time_that_is_left_out_is_told(text):
    assert read("founded", text) == (["2012-03-04"], True, "time-left-out")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "hasta 2020",
            "15-mar-12",
            "ca. 1999",
            "1999-2005",
            "1999/2000",
            "12:30",
            "T12:00",
            "enero",
            "2010 enero mayo",
        ),
        *("1,999", "3 4 marzo 2019", "marzo 2019 2020", "desde", "20191301", "", ".", "12345"),
    ],
)
def test_what_is_no_first_day(text):
    assert read("founded", text)[:2] == ([], False)


def test_words_before_a_date_say_of_which_day_it_is():
    assert read("member.until", "hasta 2020")[0] == ["2020"]
    assert read("member.until", "desde 2020")[0] == []


def test_a_number_of_days_is_not_read_and_the_finding_says_why():
    parsed = FIELD_PARSERS["founded"].parse("36951", None)
    assert (parsed.values, parsed.remedy, parsed.day) == ((), "format-as-date", "2001-03-01")
    assert FIELD_PARSERS["founded"].parse("36951.5", None).day == "2001-03-01"
    came = import_bytes(
        b"Name;Founded\nA;36951\nB;36952\n", mapping=SheetMapping(columns={"Name": "name", "Founded": "founded"})
    )
    (told,) = (one for one in came.report if one.code == "IM008")
    assert told.message == "expected a date in B2:B3 (2), column 'Founded'; the content is kept in the notes"
    assert "and means 2001-03-01 in the first cell" in told.hint


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["03/04/2022", "28/03/2022"], "dmy"),
        (["03/04/2022 00:00", "03-28-2022"], "mdy"),
        (["desde 03/04/2022", "hasta el 28/03/2022"], "dmy"),
        (["03/28/2022", "28/03/2022", "x"], MIXED),
        (["03/04/2022", "03/28/2022", "28/03/2022"], MIXED),
        (["01/02/2022"], None),
        (["28/03/2022"], None),
        (["2022-03-28", "1999", "28/03/22", "03/03/2022"], None),
    ],
)
def test_the_order_of_a_column(texts, order):
    assert find_date_order(texts) == order


@given(st.text(alphabet="0123456789/-. :TZmarzode", max_size=24))
def test_no_digit_of_a_date_is_made_up(text):
    for day in parse_date(text, None).values:
        assert all(int(part) in {int(number) for number in _numbers(text)} | {3} for part in day.split("-"))


def _numbers(text):
    found = re.findall(r"[0-9]+", text)
    return [*found, *(part for number in found if len(number) == 8 for part in (number[:4], number[4:6], number[6:]))]


def founded(cells, **settings):
    rows = "\n".join(f"House {number};{cell}" for number, cell in enumerate(cells, 1))
    columns = {"Name": "name", "Founded": "founded"}
    done = import_bytes(f"Name;Founded\n{rows}\n".encode(), mapping=SheetMapping(columns=columns, **settings))
    days = [body.founded for body in done.register.organizations]
    codes = ("IM009", "IM010", "IM027")
    return days, [one for one in done.report if one.code in codes and dict(one.params).get("guess") != "language"]


def test_a_column_decides_the_order_of_its_dates_and_that_is_told_once():
    days, (told,) = founded(["03/04/2022", "28/03/2022", "05/06/2021"])
    assert days == ["2022-04-03", "2022-03-28", "2021-06-05"]
    assert (dict(told.params)["guess"], told.location.line, told.location.column) == ("dates-dmy", 1, 2)


def test_both_orders_in_one_column_are_told_and_nothing_is_guessed():
    days, told = founded(["03/04/2022", "28/03/2022", "03/28/2022"])
    assert days == [None, "2022-03-28", "2022-03-28"]
    assert [finding.code for finding in told] == ["IM027", "IM009"]


def test_an_order_that_is_given_wins():
    days, told = founded(["03/04/2022", "28/03/2022"], dates="mdy")
    assert (days, told) == (["2022-03-04", None], [])
