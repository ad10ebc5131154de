"""The nearest name to a misspelt one."""

import pytest
from hypothesis import given, strategies as st

from untoc_network.text.nearest_names import NearestNames

SLUGS = st.from_regex(r"[a-z]{4,8}-[a-z]{4,8}", fullmatch=True)


@given(st.lists(st.text(), max_size=20), st.text(max_size=300))
def test_whatever_is_asked_the_answer_is_a_known_name_or_none(names, wanted):
    assert NearestNames(names).to(wanted) in {*names, None}


@given(SLUGS, st.lists(SLUGS, max_size=30), st.data())
def test_a_known_name_is_nearest_to_itself(name, others, data):
    assert NearestNames([*others, name]).to(name) == name


@pytest.mark.parametrize(
    ("wanted", "near"),
    [
        ("organisations", "organizations"),
        ("rganizations", "organizations"),
        ("organizationz", "organizations"),
        ("events", None),
        ("", None),
        ("organizations" * 16, None),
    ],
)
def test_a_slip_at_either_end_is_found(wanted, near):
    assert NearestNames(["organizations", "persons"]).to(wanted) == near


def test_a_slip_at_the_beginning_is_found_among_many():
    names = [f"{letter}{number:03}-network" for letter in "abcdef" for number in range(100)]
    assert NearestNames(["xa-office", *names]).to("ya-office") == "xa-office"


def test_a_long_name_is_not_compared_at_all():
    name = "a" * 201
    assert NearestNames([name]).to(name) is None
    assert NearestNames([name[1:]]).to(name[1:]) == name[1:]


def test_a_slip_at_the_beginning_is_found_where_its_name_stands_far_off():
    names = [f"{letter}{number:03}-network" for letter in "abcdef" for number in range(100)]
    assert NearestNames(["xa-office", *names]).to("aa-office") == "xa-office"
    assert NearestNames(names).to("aa-office") is None


@pytest.mark.parametrize(
    ("wanted", "forwards", "backwards"),
    [
        ("5005", "497 498 499 500 501 502 503 504", "005 105 205 305 405 794 894 994"),
        ("001x", "000 001 002 003 004 005", "699 799 899 999"),
    ],
)
def test_four_neighbours_on_each_side_are_compared_in_both_directions(wanted, forwards, backwards, monkeypatch):
    asked = []
    monkeypatch.setattr("difflib.get_close_matches", lambda _, names, **__: asked.append(names) or [])
    assert NearestNames(f"{number:03}" for number in range(1000)).to(wanted) is None
    assert asked == [sorted([*forwards.split(), *backwards.split()])]
