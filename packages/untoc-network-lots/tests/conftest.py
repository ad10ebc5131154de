"""Invented parties, and small draws to hold against brute force."""

import pytest
from hypothesis import strategies as st

import untoc_network_lots as lots

CODES = ("XA", "XB", "XC", "XD", "XE")
INSTRUMENTS = ("TIP", "UNTOC")


def party(code, regional_group="north", instruments=INSTRUMENTS, review_group=None):
    return lots.Participant(
        code=code, instruments=tuple(instruments), regional_group=regional_group, review_group=review_group
    )


def with_terms(**numbers):
    terms = lots.Terms.usual(with_analogies=True)
    for name, value in numbers.items():
        terms = terms.with_number(name, value, source="https://example.org/terms")
    return terms


@st.composite
def small_inputs(draw):
    """Up to five States with everything that can be asked for; many of them cannot be drawn."""
    states = CODES[: draw(st.integers(3, 5))]
    groups = draw(st.integers(1, 2))
    participants = tuple(
        party(
            code,
            draw(st.sampled_from(("north", "south", "north", "south", None))),
            draw(st.sampled_from((INSTRUMENTS, INSTRUMENTS, ("UNTOC",), ("TIP",)))),
            draw(st.integers(1, groups)),
        )
        for code in states
    )
    one = st.sampled_from(states)
    least = draw(st.integers(0, 2))
    terms = with_terms(
        review_groups=groups,
        max_reviewers=draw(st.integers(2, 4)),
        least_reviews=least,
        most_reviews=draw(st.integers(max(least, 1), 5)),
    ).with_ungrouped(draw(st.sampled_from(lots.UngroupedPolicy)), source="https://example.org/terms")
    return lots.Inputs(
        participants=participants,
        terms=terms,
        exclusions=tuple(
            lots.Exclusion(state=state, reviewer=other)
            for state, other in draw(st.lists(st.tuples(one, one), max_size=2, unique=True))
        ),
        deferrals=tuple(
            lots.Deferral(reviewer=state, review_group=1) for state in draw(st.lists(one, max_size=1, unique=True))
        ),
        own_limits=tuple(
            lots.OwnLimit(state=state, max_reviewers=4) for state in draw(st.lists(one, max_size=1, unique=True))
        ),
        own_loads=tuple(
            lots.OwnLoad(state=state, least=0, most=2) for state in draw(st.lists(one, max_size=1, unique=True))
        ),
    )


def eight(**numbers):
    """Eight States in two regional groups, one of each without TIP."""
    return lots.Inputs(
        participants=tuple(
            party(code, "north" if code < "XE" else "south", ("UNTOC",) if code in ("XD", "XH") else INSTRUMENTS)
            for code in ("XA", "XB", "XC", "XD", "XE", "XF", "XG", "XH")
        ),
        terms=with_terms(most_reviews=5, **numbers),
    )


def six_in_turn():
    """Six States, each its own review group, so that the order of the turns is settled and only reviewers are drawn."""
    return lots.Inputs(
        participants=tuple(
            party(code, "north" if code < "XD" else "south", ("UNTOC",), at)
            for at, code in enumerate(("XA", "XB", "XC", "XD", "XE", "XF"), 1)
        ),
        terms=with_terms(review_groups=6),
    )


@pytest.fixture(scope="session")
def real():
    """A draw among the parties of the packaged tables."""
    return lots.draw(lots.packaged_inputs(on="2022-10-31", terms=with_terms()), seed="a rehearsal")


@pytest.fixture(scope="session")
def small():
    return lots.draw(eight(), seed="small")
