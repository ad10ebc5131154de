"""Hidden counts, attacked by somebody who knows the totals, and that what is hidden is not zero."""

import attrs
import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.optimize import linprog

import untoc_network as un
from tests.profiles import tries
from tests.statistics.registers import network_of
from untoc_network.privacy import Hidden
from untoc_network.statistics import MINIMUM, Chart, hide_small_counts, stats
from untoc_network.statistics.small_count_hiding import hide_small_total, sort_cells

DAY = "2024-12-31"


def bounds(cells, total):
    """For each hidden cell the least and the greatest count that it can be: at least 1, and all together the total.

    Where the total is hidden too, it is some number from 1 to below the minimum.
    """
    hidden = [place for place, cell in enumerate(cells) if cell is Hidden.HIDDEN]
    shown = sum(cell for cell in cells if cell is not Hidden.HIDDEN)
    sums = (1, MINIMUM - 1) if total is Hidden.HIDDEN else (total, total)
    ones = np.ones((1, len(hidden)))
    for place in range(len(hidden)):
        aim = np.zeros(len(hidden))
        aim[place] = 1
        ends = [
            linprog(
                sign * aim, A_ub=np.vstack([ones, -ones]), b_ub=[sums[1] - shown, shown - sums[0]], bounds=(1, None)
            )
            for sign in (1, -1)
        ]
        assert all(end.status == 0 for end in ends)
        yield round(ends[0].fun), round(-ends[1].fun)


COUNTS = st.dictionaries(st.sampled_from("abcdefghij"), st.integers(0, 8) | st.integers(0, 300), max_size=8)


@given(COUNTS)
@tries(60)
def test_a_hidden_count_can_be_anything_from_one_to_above_the_minimum(counts):
    told = hide_small_counts(counts, MINIMUM)
    if told is None:
        assert any(0 < count < MINIMUM for count in counts.values())
        return
    for key, cell in told.items():
        assert cell in {counts[key], Hidden.HIDDEN}
        assert cell is Hidden.HIDDEN or not 0 < cell < MINIMUM
    for least, most in bounds(list(told.values()), sum(counts.values())):
        assert (least, most >= MINIMUM + 1) == (1, True)


def test_ones_that_add_up_to_their_number_are_not_listed():
    assert hide_small_counts(dict.fromkeys("abcdef", 1), MINIMUM) is None
    assert hide_small_counts({"a": 3, "b": 40, "c": 9}, MINIMUM) == {"a": "hidden", "b": 40, "c": "hidden"}
    assert hide_small_counts({"a": 1, "b": 0, "c": 9}, None) == {"a": 1, "b": 0, "c": 9}
    assert hide_small_counts({"a": 0, "b": 5}, MINIMUM) == {"a": 0, "b": 5}


def test_a_small_total_is_hidden_and_none_is_told():
    assert [hide_small_total(total, MINIMUM) for total in (0, 1, 4, 5)] == [0, "hidden", "hidden", 5]
    assert hide_small_total(1, None) == 1


def test_the_order_of_rows_tells_nothing_of_what_is_hidden():
    cells = {"unknown": 50, "b": Hidden.HIDDEN, "none": 7, "a": Hidden.HIDDEN, "c": 9, "d": 20, "e": 0}
    assert [key for key, _ in sort_cells(cells)] == ["d", "c", "a", "b", "e", "none", "unknown"]


@pytest.mark.parametrize("number", [1, 4, 6, 12, 40, 90])
def test_nothing_hidden_can_be_solved_for_from_all_tables_together(number):
    """The tables share nothing but the total of members; so each is attacked with the total that any of them tells."""
    made = stats(network_of(number), on=DAY)
    tables = {table.key: table for table in made.tables}
    growth = tables["members-over-time"]
    totals = {table.total[0] for table in tables.values() if table.key in {"members-by-country", "members-by-kind"}}
    assert totals == {growth.rows[-1].cells[-1]}
    for row in growth.rows:
        *cells, total = row.cells
        if Hidden.HIDDEN in cells and set(cells) != {Hidden.HIDDEN}:
            assert all((least, most > MINIMUM) == (1, True) for least, most in bounds(cells, total))
    lists = [table for table in tables.values() if table.key.startswith("members-by")]
    assert all(table.rows for table in lists if table.total == (0,) or number > 20)
    for table in (*lists, tables["contributions-by-kind"]):
        cells = [row.cells[0] for row in table.rows]
        total = totals and (table.total or (sum(cell for cell in cells if cell != "hidden") + 10**6,))[0]
        if Hidden.HIDDEN in cells:
            assert all((least, most > MINIMUM) == (1, True) for least, most in bounds(cells, total))


def test_those_within_are_told_everything_unless_they_ask_otherwise():
    register = network_of(12)
    assert stats(register, on=DAY, audience="internal").minimum is None
    assert "hidden" not in str(stats(register, on=DAY, audience="internal").to_dict())
    assert stats(register, on=DAY, audience="internal", minimum=3).minimum == 3
    assert stats(register, on=DAY, audience=un.Audience.MEMBERS).minimum == MINIMUM
    with pytest.raises(un.ImpossibleValue, match="at least 1"):
        stats(register, on=DAY, minimum=0)
    with pytest.raises(un.ImpossibleValue, match="whole day"):
        stats(register, on="2024")
    assert Chart.BARS.value == "bars"


@pytest.mark.parametrize("audience", ["public", "members"])
def test_counted_is_only_what_the_audience_sees_by_name(audience):
    register = network_of(40)
    left = un.Consent(
        purpose=un.Purpose.PUBLICATION,
        audience=un.Audience.PUBLIC,
        basis=un.ConsentBasis.FORM,
        withdrawn=un.PartialDate("2023"),
    )
    bodies = tuple(
        attrs.evolve(body, at_risk=place % 5 == 0, consents=(left,) if place % 7 == 0 else ())
        for place, body in enumerate(register.organizations)
    )
    register = attrs.evolve(register, organizations=bodies)
    seen = un.privacy.view(register, audience, DAY).register
    assert len(seen.organizations) < 40
    assert stats(register, on=DAY, audience=audience) == stats(seen, on=DAY, audience=audience)
