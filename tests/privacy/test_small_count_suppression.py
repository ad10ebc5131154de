"""Hidden counts, attacked: what is shown is solved for what is hidden."""

import itertools

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.optimize import linprog
from tests.profiles import tries

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.privacy import TOTAL, CountTable, Hidden, suppress

MINIMUM = 5


def equations(table):
    """Each total with its parts, as far as the table tells them."""
    rows = [row for row in (*table.rows, TOTAL) if (row, TOTAL) in table.counts]
    columns = [column for column in (*table.columns, TOTAL) if (TOTAL, column) in table.counts]
    for row in rows:
        yield (row, TOTAL), [(row, column) for column in table.columns]
    for column in columns:
        yield (TOTAL, column), [(row, column) for row in table.rows]


def bounds(shown):
    """For each hidden place the least and the greatest count that what is shown allows, by linear programming."""
    unseen = [place for place in shown if not isinstance(shown[place], int)]
    position = {place: number for number, place in enumerate(unseen)}
    matrix, right = [], []
    for total, parts in equations(shown):
        line, known = np.zeros(len(unseen)), 0
        for place, sign in (*((part, 1) for part in parts), (total, -1)):
            if place in position:
                line[position[place]] += sign
            else:
                known += sign * shown[place]
        matrix.append(line)
        right.append(-known)
    for place in unseen:
        if shown[place] is Hidden.HIDDEN:
            aim = np.zeros(len(unseen))
            aim[position[place]] = 1
            ends = [
                linprog(sign * aim, A_eq=np.array(matrix), b_eq=right, bounds=(0, None), method="highs")
                for sign in (1, -1)
            ]
            assert all(end.status in (0, 3) for end in ends)
            least, most = (
                sign * end.fun if end.status == 0 else np.inf for sign, end in zip((1, -1), ends, strict=False)
            )
            yield place, least, most


@st.composite
def tables(draw):
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    counts = st.integers(0, 12) | st.sampled_from([0, 1, 3, 40, 200]) | st.none()
    if draw(st.integers(0, 3)) == 0:
        return CountTable.of_list({f"r{row}": draw(counts) for row in range(rows)})
    places = itertools.product(range(rows), range(columns))
    return CountTable.of({(f"r{row}", f"c{column}"): draw(counts) for row, column in places})


@given(tables())
@tries(30)
def test_no_hidden_count_can_be_recovered_or_narrowed_down(table):
    shown = suppress(table, MINIMUM)
    for place, least, most in bounds(shown):
        assert least <= table[place] <= most
        assert most - least > MINIMUM, (place, least, most)


@given(tables())
@tries(60)
def test_small_counts_are_hidden_and_the_rest_is_as_it_was(table):
    shown = suppress(table, MINIMUM)
    assert (shown.rows, shown.columns, set(shown)) == (table.rows, table.columns, set(table))
    for place in table:
        count = table[place]
        if count is None:
            assert shown[place] is None
        elif 0 < count < MINIMUM:
            assert shown[place] is Hidden.HIDDEN
        else:
            assert shown[place] in (count, Hidden.HIDDEN)


def test_hiding_the_small_count_alone_would_be_no_use():
    table = CountTable.of({("XA", "ngo"): 12, ("XA", "media"): 3, ("XB", "ngo"): 70, ("XB", "media"): 60})
    alone = CountTable(rows=table.rows, columns=table.columns, counts={**table.counts, ("XA", "media"): Hidden.HIDDEN})
    assert [found[1:] for found in bounds(alone)] == [(3, 3)]
    shown = suppress(table)
    hidden = [place for place in shown if shown[place] is Hidden.HIDDEN]
    assert hidden == [("XA", "ngo"), ("XA", "media"), ("XB", "ngo"), ("XB", "media")]
    assert shown[TOTAL, TOTAL] == 145


def test_nothing_is_hidden_where_nothing_is_small():
    table = CountTable.of({("XA", "ngo"): 12, ("XA", "media"): 0, ("XB", "ngo"): None, ("XB", "media"): 6})
    assert suppress(table) == table
    assert table["XB", TOTAL] is None
    assert table[TOTAL, "media"] == 6


def test_a_small_total_of_smaller_counts_does_not_hide_the_whole_table():
    table = CountTable.of(
        {
            (row, column): count
            for row, counts in {"XA": (1, 1), "XB": (90, 80), "XC": (70, 60)}.items()
            for column, count in zip("mn", counts, strict=False)
        }
    )
    shown = suppress(table)
    assert shown["XA", TOTAL] is Hidden.HIDDEN
    assert shown[TOTAL, TOTAL] == 302
    assert Hidden.HIDDEN not in {shown["XB", "m"], shown["XB", "n"]} or Hidden.HIDDEN not in {
        shown["XC", "m"],
        shown["XC", "n"],
    }


def test_a_table_of_one_count_hides_it_and_all_its_totals():
    assert set(suppress(CountTable.of({("XA", "ngo"): 1})).counts.values()) == {Hidden.HIDDEN}


def test_a_list_hides_a_second_count_or_the_total():
    counted = suppress(CountTable.of_list({"XA": 3, "XB": 9, "XC": 20}))
    assert counted.to_dict()["counts"] == [
        {"row": "XA", "column": "", "count": "hidden"},
        {"row": "XB", "column": "", "count": "hidden"},
        {"row": "XC", "column": "", "count": 20},
        {"row": None, "column": "", "count": 32},
    ]
    assert suppress(CountTable.of_list({"XA": 3})).counts[TOTAL, ""] is Hidden.HIDDEN


@pytest.mark.parametrize("counts", [{("a", "b"): -1}, {("a", "b"): True}, {("a", "b"): 1, ("c", "d"): 1}])
def test_a_table_without_true_counts_is_refused(counts):
    with pytest.raises(ImpossibleValue):
        CountTable.of(counts)


def test_a_bad_call_is_refused():
    with pytest.raises(ImpossibleValue, match="at least 1"):
        suppress(CountTable.of_list({"XA": 3}), 0)
    with pytest.raises(ImpossibleValue, match="already hidden"):
        suppress(suppress(CountTable.of_list({"XA": 3})))


def test_a_large_table_takes_no_time_to_speak_of():
    table = CountTable.of(
        {(f"r{row}", f"c{column}"): (row * 7 + column * 13) % 40 for row in range(60) for column in range(20)}
    )
    shown = suppress(table)
    assert sum(shown[place] is Hidden.HIDDEN for place in shown) < len(table.counts) // 2
