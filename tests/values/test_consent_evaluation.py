"""In force or not: one reading, held against a table that knows whole days alone."""

import datetime as dt
import itertools

import attrs
import pytest
from hypothesis import assume, given, strategies as st

import untoc_network as un
from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.values.consent_evaluation import (
    find_last_consent_end,
    find_reversed_consent_days,
    find_uncertain_consent_days,
    intersect_consents,
    join_consents_with_withdrawals,
    list_visible_consents,
    was_consent_ever_recorded,
)

PUBLIC, MEMBERS, INTERNAL = AUDIENCES = tuple(un.Audience)
PURPOSES = (un.Purpose.PUBLICATION, un.Purpose.CONTACT)
ON = un.PartialDate("2024-06-15")
DATES = (
    "2023",
    "2024",
    "2024-05",
    "2024-06",
    "2024-05-31",
    "2024-06-14",
    "2024-06-15",
    "2024-06-16",
    "2024-07",
    "2025",
)


def consent(audience="public", *, purpose="publication", **dates):
    return un.Consent(
        purpose=un.Purpose(purpose),
        audience=un.Audience(audience),
        basis=un.ConsentBasis.FORM,
        **{name: text and un.PartialDate(text) for name, text in dates.items()},
    )


def held(*consents):
    return un.Person(id="member-1", name="A. Example", consents=consents)


def consents(dates=DATES):
    days = st.sampled_from((None, None, *dates))
    return st.builds(
        consent, st.sampled_from(AUDIENCES), purpose=st.sampled_from(PURPOSES), given=days, withdrawn=days, expires=days
    )


records = st.lists(consents(), max_size=3).map(lambda some: held(*some))


# -- the table, which knows whole days alone, as numbers ---------------------------------------------------------------

CIRCLES = {"public": 3, "members": 2, "internal": 1}


def shows(rows, purpose, audience, day):
    """What holds where every day is whole; a consent without `given` began before all days."""
    for row in rows:
        began, ended = row["given"] or 0, row["expires"] or 10**9
        if row["purpose"] != purpose or CIRCLES[row["audience"]] < CIRCLES[audience] or not began <= day <= ended:
            continue
        if row["withdrawn"] is not None and row["withdrawn"] <= day:
            continue
        stops = [
            one["withdrawn"]
            for one in rows
            if one["purpose"] == purpose
            and one["withdrawn"] is not None
            and one["withdrawn"] <= day
            and CIRCLES[one["audience"]] <= CIRCLES[audience]
        ]
        if all(began > stop for stop in stops):
            return True
    return False


def readings(record):
    """Every way to read the record's dates as whole days, of those on which an order of days could change."""
    dates = [date for one in record.consents for date in (one.given, one.withdrawn, one.expires) if date]
    turns = {ON.first, *(date.first for date in dates), *(date.last for date in dates)}
    turns = {day + step for day in turns for step in (-1, 0, 1)}
    fields = [(place, name) for place in range(len(record.consents)) for name in ("given", "withdrawn", "expires")]
    choices = []
    for place, name in fields:
        date = getattr(record.consents[place], name)
        choices.append([None] if date is None else [day for day in turns if date.first <= day <= date.last])
    size = 1
    for choice in choices:
        size *= len(choice)
    assume(size <= 20_000)
    for days in itertools.product(*choices):
        rows = [{"purpose": str(one.purpose), "audience": str(one.audience)} for one in record.consents]
        for (place, name), day in zip(fields, days, strict=True):
            rows[place][name] = day
        yield rows


@given(records)
def test_something_may_be_done_where_every_reading_of_the_days_allows_it(record):
    asked = [(purpose, audience) for purpose in PURPOSES for audience in AUDIENCES]
    allowed = {(purpose, audience): un.privacy.may(record, purpose, audience, ON) for purpose, audience in asked}
    expected = dict.fromkeys(asked, True)
    for rows in readings(record):
        for purpose, audience in asked:
            expected[purpose, audience] &= shows(rows, purpose, audience, ON.first)
    assert allowed == expected


@given(records)
def test_days_are_asked_for_exactly_where_the_readings_differ(record):
    answers = {}
    for rows in readings(record):
        for purpose, audience in itertools.product(PURPOSES, AUDIENCES):
            answers.setdefault((purpose, audience), set()).add(shows(rows, purpose, audience, ON.first))
    differ = any(len(said) == 2 for said in answers.values())
    told = list(find_uncertain_consent_days(record, ON))
    assert bool(told) == differ
    for place, field in told:
        date = getattr(record.consents[place], field)
        assert date is not None
        assert not date.is_exact


def seen(record):
    return {
        (purpose, audience)
        for purpose in PURPOSES
        for audience in AUDIENCES
        if un.privacy.may(record, purpose, audience, ON)
    }


@given(records, consents(), st.sampled_from(DATES), st.data())
def test_a_withdrawal_more_shows_nothing_more(record, one, day, data):
    place = data.draw(st.integers(0, len(record.consents)))
    others = record.consents[:place], record.consents[place:]
    standing, ended = (attrs.evolve(one, withdrawn=date) for date in (None, un.PartialDate(day)))
    before = held(*others[0], standing, *others[1])
    assert seen(held(*others[0], ended, *others[1])) <= seen(before)
    assert seen(held(*record.consents, attrs.evolve(one, withdrawn=ON))) <= seen(record)


@given(records)
def test_what_a_wider_audience_may_see_a_narrower_one_may(record):
    for purpose in PURPOSES:
        allowed = [un.privacy.may(record, purpose, audience, ON) for audience in AUDIENCES]
        assert allowed == sorted(allowed)


@given(records, st.sampled_from((PUBLIC, MEMBERS)))
def test_what_goes_with_a_view_says_no_more_and_no_less_than_the_whole(record, audience):
    """The days on which the consents were given are not in a view."""
    shown = held(*(attrs.evolve(one, given=None) for one in list_visible_consents(record, audience, ON)))
    for purpose, narrow in itertools.product(PURPOSES, AUDIENCES):
        if audience.reaches(narrow) and narrow is not audience:
            continue
        assert un.privacy.may(shown, purpose, narrow, ON) == un.privacy.may(record, purpose, narrow, ON)
    assert list_visible_consents(shown, audience, ON) == shown.consents
    for wider in (PUBLIC, MEMBERS):
        if wider.reaches(audience):
            through = [attrs.evolve(one, given=None) for one in list_visible_consents(record, wider, ON)]
            assert list(list_visible_consents(shown, wider, ON)) == through


@given(consents(), consents())
def test_of_two_versions_neither_allows_less_than_the_narrower(one, other):
    other = attrs.evolve(other, purpose=one.purpose)
    both = intersect_consents(one, other)
    assert seen(held(both)) <= seen(held(one)) & seen(held(other))
    assert seen(held(intersect_consents(other, one))) == seen(held(both))
    assert intersect_consents(one, one) == one


@given(records)
def test_consents_that_were_brought_together_show_no_more(record):
    joined = join_consents_with_withdrawals(record.consents)
    assert seen(held(*joined)) <= seen(record)
    for audience in AUDIENCES:
        own = [one for one in record.consents if one.audience is audience]
        assert len([one for one in joined if one.audience is audience]) <= len(own)


# -- by example ----------------------------------------------------------------------------------------------------------

TABLE = [
    ([consent()], "public members internal"),
    ([consent("members")], "members internal"),
    ([consent(given="2024-06-15")], "public members internal"),
    ([consent(given="2024-06")], ""),
    ([consent(expires="2024-06-15")], "public members internal"),
    ([consent(expires="2024-06")], ""),
    ([consent(withdrawn="2024-06-15")], ""),
    ([consent(withdrawn="2024-06")], ""),
    ([consent(withdrawn="2024-06-16")], "public members internal"),
    ([consent(), consent("members", withdrawn="2024-01-01")], "internal"),
    ([consent(), consent(withdrawn="2024-01-01")], "members internal"),
    ([consent(), consent(purpose="contact", withdrawn="2024-01-01")], "public members internal"),
    ([consent(given="2024-01-01"), consent(withdrawn="2024-01-01")], "members internal"),
    ([consent(given="2024-01-02"), consent(withdrawn="2024-01-01")], "public members internal"),
    ([consent(given="2024-01"), consent(withdrawn="2024-01-01")], "members internal"),
    ([consent(given="2024-02"), consent(withdrawn="2024-01")], "public members internal"),
    ([consent(given="2025"), consent("members")], "members internal"),
]


@pytest.mark.parametrize(("given_ones", "audiences"), TABLE)
def test_the_table(given_ones, audiences):
    for some in (given_ones, given_ones[::-1]):
        allowed = [str(one) for one in AUDIENCES if un.privacy.may(held(*some), "publication", one, "2024-06-15")]
        assert allowed == audiences.split()


def test_one_of_several_purposes_is_enough_and_whatever_has_consents_can_be_asked_about():
    contact = un.Contact(kind=un.ContactKind.EMAIL, value="a@example.org", consents=(consent(purpose="contact"),))
    assert un.privacy.may(contact, ("publication", "contact"), "public", dt.date(2024, 6, 15))
    assert not un.privacy.may(contact, (), "public", ON)
    assert not un.privacy.may(contact, un.Purpose.PUBLICATION, PUBLIC, ON)
    assert un.privacy.may is un.privacy.may


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ((held(), "publication", "public", "2024-06"), "a register is judged on a whole day, such as 2022-03-28"),
        ((held(), "publication", "public", None), "a date is written 2022, 2022-03 or 2022-03-28"),
        ((held(), "publication", "everyone", ON), "an audience must be one of public, members, internal"),
        ((held(), "fame", "public", ON), "a purpose must be one of publication, contact, statistics, attribution"),
        ((held(), None, "public", ON), "a purpose must be one of publication, contact, statistics, attribution"),
        ((None, "contact", "public", ON), "expected a person or a contact, which have consents"),
    ],
)
def test_what_cannot_be_asked_is_said(asked, said):
    with pytest.raises(ImpossibleValue) as told:
        un.privacy.may(*asked)
    assert str(told.value) == said


def test_whether_a_purpose_was_ever_spoken_of():
    record = held(consent(withdrawn="2020"))
    assert was_consent_ever_recorded(record, "publication")
    assert not was_consent_ever_recorded(record, ["contact", "statistics"])


@pytest.mark.parametrize(
    ("given_ones", "since"),
    [
        ([], None),
        ([consent()], None),
        ([consent(given="2030")], None),
        ([consent(withdrawn="2024-06-15")], "2024-06-15"),
        ([consent(withdrawn="2024-01-01", expires="2023")], "2023"),
        ([consent(expires="2024")], None),
        ([consent(expires="2023"), consent(withdrawn="2024-05")], "2024-05"),
        ([consent(), consent("internal", withdrawn="2024-05")], "2024-05"),
        ([consent(), consent("members", withdrawn="2024-05")], None),
    ],
)
def test_since_when_nothing_is_agreed_to(given_ones, since):
    assert find_last_consent_end(held(*given_ones), ON) == since


@pytest.mark.parametrize(
    ("given_ones", "asked"),
    [
        ([consent(given="2024-06")], [(0, "given")]),
        ([consent(expires="2024-06")], [(0, "expires")]),
        ([consent(withdrawn="2024-06")], [(0, "withdrawn")]),
        ([consent(given="2023", withdrawn="2024-06")], [(0, "withdrawn")]),
        ([consent(given="2024-06"), consent()], []),
        ([consent(given="2024-06", expires="2024-05-01")], []),
        ([consent(), consent("members", withdrawn="2024-01-01")], []),
        ([consent(), consent("members", withdrawn="2024-06")], [(1, "withdrawn")]),
        ([consent(given="2024-01"), consent(withdrawn="2024")], [(0, "given"), (1, "withdrawn")]),
        ([consent(given="2024-01-15"), consent(withdrawn="2024-01")], [(1, "withdrawn")]),
        ([consent(given="2024-01"), consent(withdrawn="2024-01-15")], [(0, "given")]),
        ([consent(given="2024-06"), consent("internal", withdrawn="2024-06-15")], []),
        ([consent(given="2024-06"), consent(withdrawn="2024-06-15")], [(0, "given")]),
        ([consent(given="2024-01"), *(consent("internal", withdrawn=day) for day in ("2023-12-01", "2024-02-01"))], []),
        ([consent(given="2023"), consent(withdrawn="2024-01-01")], []),
        ([consent(given="2023", expires="2025"), consent("members", given="2030")], []),
    ],
)
def test_which_days_are_asked_for(given_ones, asked):
    assert list(find_uncertain_consent_days(held(*given_ones), ON)) == asked


@pytest.mark.parametrize(
    ("given_ones", "places"),
    [
        ([consent(), consent("members"), consent("internal")], [0, 1]),
        ([consent(), consent(withdrawn="2024-01-01")], [0, 1]),
        ([consent(), consent(withdrawn="2024-01-01"), consent("members")], [2]),
        ([consent(given="2024-03"), consent(withdrawn="2024-01-01")], [0]),
        ([consent(), consent(given="2024-03"), consent(withdrawn="2024-01-01")], [1]),
        ([consent(given="2024-03"), consent("members", withdrawn="2024-01"), consent(withdrawn="2024-05")], [0, 2]),
        ([consent(), consent("members", withdrawn="2024-01-01")], []),
        ([consent(), consent(purpose="contact", withdrawn="2024-01-01")], [0]),
    ],
)
def test_what_goes_with_the_view_of_the_members(given_ones, places):
    assert list_visible_consents(held(*given_ones), MEMBERS, ON) == tuple(given_ones[place] for place in places)


def test_what_became_one_record_says_what_a_withdrawal_ended():
    ended = consent("members", withdrawn="2024-02")
    some = [consent(), consent("internal"), consent(given="2024-03"), consent(purpose="contact"), ended, ended]
    assert [one.withdrawn for one in join_consents_with_withdrawals(some)] == ["2024-02", None, None, None, "2024-02"]


def test_days_the_wrong_way_round_are_found():
    assert find_reversed_consent_days(consent(given="2022", withdrawn="2021")) == ("2021", "2022")
    assert find_reversed_consent_days(consent(given="2022", withdrawn="2022")) is None
    assert find_reversed_consent_days(consent(given="2022")) is None


def test_versions_of_two_purposes_are_no_versions_of_one():
    with pytest.raises(ImpossibleValue, match="two versions of one consent must be for the same purpose"):
        intersect_consents(consent(), consent(purpose="contact"))
