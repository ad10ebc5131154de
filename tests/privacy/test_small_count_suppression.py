"""Hidden counts, attacked: what is shown is solved for what is hidden, by who knows the totals, and the rule too."""

import itertools
from collections import defaultdict

import pytest
from hypothesis import given, strategies as st
from tests.profiles import portion, tries

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.privacy import TOTAL, CountTable, Hidden, hold_small_changes, round_counts, suppress

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
    import numpy as np
    from scipy.optimize import linprog  # which loads much, and each worker looks at every test file

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
        if 0 < table[place] < MINIMUM:  # larger ones are hidden for the sake of these alone
            assert least <= 1, place
            assert most >= MINIMUM - 1, place
            assert most - least >= MINIMUM, place


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
    assert hidden == [("XA", "ngo"), ("XA", "media"), ("XA", TOTAL), (TOTAL, "ngo"), (TOTAL, "media")]
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


# -- by who knows the rule ---------------------------------------------------------------------------------------------


def list_of(counts):
    return CountTable.of_list({f"r{number}": count for number, count in enumerate(counts)})


def grid_of(columns):
    def grid(counts):
        return CountTable.of(
            {(f"r{number // columns}", f"c{number % columns}"): one for number, one in enumerate(counts)}
        )

    return grid


def all_counts(number, whole):
    """Every way in which so many counts can have a sum up to that."""
    return (counts for counts in itertools.product(range(whole + 1), repeat=number) if sum(counts) <= whole)


def possible(tables, show):
    """For each thing that is shown and each place in it that is hidden, the counts of all tables that show the same."""
    alike = defaultdict(list)
    for table in tables:
        alike[tuple(map(str, show(table).counts.values()))].append(table)
    for shown, same in alike.items():
        for place, cell in zip(same[0], shown, strict=True):
            if cell == "hidden" and TOTAL not in place:
                yield {table[place] for table in same}


@pytest.mark.unmeasured
@pytest.mark.parametrize("minimum", [2, 3, 4, 5])
@pytest.mark.parametrize(
    ("form", "number", "whole"),
    [(list_of, 1, 60), (list_of, 2, 60), (list_of, 3, 24), (list_of, 4, 15), (list_of, 5, 12),
     (grid_of(1), 2, 30), (grid_of(2), 2, 30), (grid_of(2), 4, 15), (grid_of(3), 6, 9)],
)  # fmt: skip
def test_who_knows_the_rule_knows_no_more_of_a_hidden_count_than_that_it_is_small(form, number, whole, minimum):
    whole = max(portion(whole), min(whole, 36 // number))
    small = set(range(1, minimum))
    for counts in possible(map(form, all_counts(number, whole)), lambda table: suppress(table, minimum)):
        assert small <= counts


def test_of_the_tables_with_the_same_totals_several_are_shown_the_same():
    tables = [grid_of(2)((one, 5 - one, 4 - one, 4 + one)) for one in (1, 2, 3)]
    assert suppress(tables[0], 3).counts == suppress(tables[1], 3).counts == suppress(tables[2], 3).counts
    lists = [list_of((9, 12, 9, one, 3, 5 - one)) for one in (1, 2, 3, 4)]
    assert len({str(suppress(one, 3).to_dict()) for one in lists}) == 1


@given(tables(), st.integers(2, 7))
@tries(60)
def test_what_is_hidden_follows_from_its_number_and_its_sum(table, minimum):
    """So hidden counts may change among themselves, as long as some stay small."""
    shown = suppress(table, minimum)
    hidden = [place for place in shown if shown[place] is Hidden.HIDDEN and TOTAL not in place and table[place]]
    if len(hidden) < 2 or any(table[place] >= minimum for place in hidden):
        return
    turned = dict(zip(hidden, (table[place] for place in (*hidden[1:], hidden[0])), strict=True))
    counts = {place: turned.get(place, table[place]) for place in itertools.product(table.rows, table.columns)}
    lists = {row: count for (row, _), count in counts.items()}
    other = CountTable.of(counts) if (TOTAL, TOTAL) in table.counts else CountTable.of_list(lists)
    assert suppress(other, minimum) == shown


# -- the other way: rounding -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("base", range(1, 9))
def test_a_rounded_count_can_be_any_number_that_is_rounded_so(base):
    tables = map(grid_of(2), itertools.product(range(2 * base + 2), repeat=2))
    alike = defaultdict(set)
    for table in tables:
        alike[tuple(round_counts(table, base).counts.values())].add(
            tuple(table[place] for place in itertools.islice(table, 2))
        )
    for shown, same in alike.items():
        ranges = [range(max(0, cell - base // 2), min(cell + (base + 1) // 2, 2 * base + 2)) for cell in shown[:2]]
        assert same == set(itertools.product(*ranges))


def test_totals_are_those_of_the_rounded_counts():
    rounded = round_counts(CountTable.of({("XA", "m"): 12, ("XA", "n"): 3, ("XB", "m"): 2, ("XB", "n"): None}))
    assert list(rounded.counts.values()) == [10, 5, 0, None, 15, None, 10, None, None]
    assert round_counts(CountTable.of_list({"XA": 12, "XB": 13}), 10)[TOTAL, ""] == 20
    with pytest.raises(ImpossibleValue, match="at least 1"):
        round_counts(rounded, 0)


# -- two editions ------------------------------------------------------------------------------------------------------


@given(tables(), tables(), st.integers(1, 7))
@tries(60)
def test_two_editions_differ_in_no_count_by_less_than_the_minimum(before, now, minimum):
    if ((TOTAL, TOTAL) in before.counts) != ((TOTAL, TOTAL) in now.counts):
        with pytest.raises(ImpossibleValue, match="no editions of one another"):
            hold_small_changes(now, before, minimum)
        return
    held = hold_small_changes(now, before, minimum)
    assert hold_small_changes(now, held, minimum) == held
    for place in itertools.product(held.rows, held.columns):
        then, since, true = (one.counts.get(place, 0) for one in (before, held, now))
        assert since in (then, true)
        if None not in (then, since):
            assert since == then or abs(since - then) >= minimum
            assert true is None or abs(since - true) < minimum


def test_one_member_more_changes_nothing_that_is_shown():
    before = {"XA": 9, "XB": 3, "XC": 20}
    for more in ({"XA": 10}, {"XB": 4}, {"XC": 21}, {"XD": 1}, {"XA": 10, "XB": 2, "XD": 4}):
        assert hold_small_changes(CountTable.of_list(before | more), CountTable.of_list(before)) == CountTable.of_list(
            before
        )
    many = hold_small_changes(CountTable.of_list(before | {"XA": 14, "XD": 5}), CountTable.of_list(before))
    assert many == CountTable.of_list({"XA": 14, "XB": 3, "XC": 20, "XD": 5})
    gone = hold_small_changes(CountTable.of_list({"XC": 18}), CountTable.of_list(before))
    assert gone == CountTable.of_list({"XA": 0, "XB": 3, "XC": 20})


@pytest.mark.parametrize("minimum", [3, 4, 5])
def test_of_two_rounded_editions_each_count_can_still_be_half_of_the_numbers_rounded_so(minimum):
    steps = [
        (then, now)
        for then, now in itertools.product(range(5 * minimum), repeat=2)
        if then == now or abs(then - now) >= minimum
    ]
    alike = defaultdict(set)
    for then, now in steps:
        rounded = round_counts(list_of((then, now)), minimum)
        alike[rounded["r0", ""], rounded["r1", ""]].add((then, now))
    for shown, same in alike.items():
        if max(shown) < 4 * minimum:
            assert all(len({pair[one] for pair in same}) >= (minimum + 1) // 2 for one in (0, 1))


def test_what_two_editions_of_a_list_tell_of_hidden_counts():
    """A limit, measured: `suppress` guards one edition. Tried are all lists of three counts up to a total of 9."""
    shown = {one: tuple(map(str, suppress(list_of(one), 3).counts.values())) for one in all_counts(3, 10)}
    lists = [one for one in shown if sum(one) < 10]

    def share_known(steps):
        alike = defaultdict(set)
        for then, now in steps:
            alike[shown[then], shown[now]].add((then, now))
        hidden = [
            (len(same), len({pair[one][row] for pair in same}))
            for editions, same in alike.items()
            for one, row in itertools.product((0, 1), (0, 1, 2))
            if editions[one][row] == "hidden"
        ]
        return sum(size for size, values in hidden if values == 1) / sum(size for size, _ in hidden)

    units = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
    one_more = ((one, tuple(map(sum, zip(one, unit, strict=True)))) for one in lists for unit in units)
    assert round(share_known(one_more), 2) == 0.11
    held = (
        (one, other)
        for one, other in itertools.product(lists, repeat=2)
        if all(abs(then - now) not in {1, 2} for then, now in zip(one, other, strict=True))
    )
    assert round(share_known(held), 2) == 0.09
    assert share_known(itertools.product(lists, repeat=2)) == 0
