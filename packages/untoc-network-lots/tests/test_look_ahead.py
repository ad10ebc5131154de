"""The look-ahead: whichever way it finds its answer, the answer is the same, and it knows when it does not know."""

from unittest import mock

import attrs
import pytest
from hypothesis import HealthCheck, given
from tests.profiles import some, tries

import untoc_network as un
import untoc_network_lots as lots
from untoc_network_lots import look_ahead
from untoc_network_lots.constraints import compile_draw_state, list_constraints
from untoc_network_lots.draw_completion_repair import CompletionRepair
from untoc_network_lots.draw_problem import iterate_bits
from untoc_network_lots.exhaustive_search import ExhaustiveSearch
from untoc_network_lots.look_ahead import Answer, LookAhead

from .conftest import eight, party, small_inputs, with_terms


def drawn(inputs):
    try:
        return lots.draw(inputs, seed="s").to_json()
    except un.InfeasibleDraw:
        return None


@pytest.mark.unmeasured
@tries(60, suppress_health_check=list(HealthCheck), derandomize=True)
@given(small_inputs())
def test_mending_rebuilding_and_searching_give_the_same_draw(inputs):
    usual = drawn(inputs)
    with mock.patch.multiple(look_ahead, _QUICK=0, _FEW=-1):
        assert drawn(inputs) == usual
    with mock.patch.multiple(look_ahead, _QUICK=0, _FEW=100, _THOROUGH=0):
        assert drawn(inputs) == usual


def start(inputs):
    groups = {one.code: 1 for one in inputs.participants}
    return compile_draw_state(inputs, groups, list_constraints(inputs))


def test_a_refused_candidate_leaves_everything_as_it_was():
    look = LookAhead(start(eight()))
    draw_state = look.draw_state
    before = (
        [list(row) for row in draw_state.rows],
        list(draw_state.reviewing),
        list(draw_state.missing),
        look.completion.rows[:],
    )
    with (
        mock.patch.multiple(look_ahead, _QUICK=0, _WORK=0),
        mock.patch.object(LookAhead, "_rebuild_completion", return_value=False),
    ):
        unit = 0
        other = next(one for one in iterate_bits(draw_state.candidates(unit)) if look.completion.rows[unit][0] != one)
        assert look.take(unit, other) is Answer.UNDECIDED
        assert look.take(unit, other) is Answer.UNDECIDED
    assert before == (
        [list(row) for row in draw_state.rows],
        draw_state.reviewing,
        draw_state.missing,
        look.completion.rows,
    )
    assert look.take(unit, look.completion.rows[unit][0]) is Answer.YES


@pytest.mark.parametrize("steps", range(0, 30, 3))
def test_a_search_that_runs_out_of_steps_says_so_and_changes_nothing(steps):
    draw_state = start(eight())
    search = ExhaustiveSearch(draw_state, budget=steps)
    rows = search.complete()
    assert (rows is None) is search.ended_early
    assert not any(draw_state.rows)
    assert not any(draw_state.reviewing)


def test_a_search_does_not_go_deeper_than_the_recursion_can_bear():
    with mock.patch("untoc_network_lots.exhaustive_search._DEEPEST", 4):
        search = ExhaustiveSearch(start(eight()), budget=10_000)
        assert search.complete() is None
    assert search.ended_early


def test_a_search_sees_at_once_what_cannot_be():
    draw_state = start(eight())
    for one in (1, 2):
        draw_state.full |= 1 << one
    search = ExhaustiveSearch(draw_state, budget=10)
    assert search.complete() is None
    assert not search.ended_early
    assert search.budget == 10


def test_a_draw_of_nobody_is_empty():
    record = lots.draw(lots.Inputs(participants=(), terms=lots.Terms.usual()), seed="s")
    assert (record.tickets, record.reviews) == ((), ())
    assert lots.verify(record).ok


def tight(states, most, ungrouped=()):
    """States that all have to review as often as they may."""
    return lots.Inputs(
        participants=tuple(
            party(code, None if code in ungrouped else "north" if at % 2 else "south", ("UNTOC",), 1)
            for at, code in enumerate(f"X{letter}" for letter in "ABCDEFGHIJKL"[:states])
        ),
        terms=with_terms(review_groups=1, least_reviews=most, most_reviews=most),
    )


@pytest.mark.unmeasured
@pytest.mark.parametrize(("seed", "states"), some([("a", 8), ("a", 12), ("b", 8), ("b", 12)]))
def test_where_everybody_reviews_as_often_as_may_be_all_ways_agree_where_they_decide(seed, states):
    inputs = tight(states, 2)
    usual = lots.draw(inputs, seed=seed)
    for quick, few in ((0, -1), (1, 100)):
        with mock.patch.multiple(look_ahead, _QUICK=quick, _FEW=few):
            other = lots.draw(inputs, seed=seed)
        assert list(lots.violations(inputs, other.reviews)) == []
        assert other == usual or any(ticket.undecided for one in (usual, other) for ticket in one.tickets)


def test_where_a_completion_cannot_be_put_together_anew_the_old_one_stays():
    look = LookAhead(start(eight()))
    rows = look.completion.rows[:]
    look.completion.trail.clear()
    with mock.patch.object(LookAhead, "_build_completion", return_value=False):
        assert look._rebuild_completion() is False
    assert look.completion.rows == rows


def test_where_nobody_is_free_the_others_make_room():
    look = LookAhead(start(eight()))
    look._replace_all_rows([()] * len(look.completion.rows))
    look.completion.full = -1
    assert look._grow_unit(0, frozenset(range(8)))
    assert look.completion.rows[0]


def test_where_a_rule_stays_broken_a_row_does_not_grow():
    look = LookAhead(start(eight()))
    look._replace_all_rows([()] * len(look.completion.rows))
    look.completion.crowded.add(7)
    assert look._grow_unit(0, frozenset(range(8))) is False


def test_who_stands_on_the_other_side_stays_there_where_no_way_out_is_found():
    inputs = attrs.evolve(eight(), participants=(*eight().participants, party("XZ", None)))
    look = LookAhead(start(inputs))
    first, second = look.draw_state.problem.units_of[8]
    rows = look.completion.rows[:]
    repair = CompletionRepair(look.draw_state, look.completion, budget=100, excused=frozenset())
    with mock.patch.object(CompletionRepair, "_try_row", return_value=False):
        assert repair.place(first, rows[second][:1]) is False
    assert look.completion.rows == rows
