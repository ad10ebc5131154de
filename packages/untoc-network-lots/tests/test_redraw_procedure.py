"""Redraws for one State, and the difference of two draws."""

import attrs
import pytest

import untoc_network as un
import untoc_network_lots as lots


def names(record, state):
    review = next(review for review in record.reviews if review.state == state)
    return [one.state for one in review.reviewers]


def test_one_state_gets_other_reviewers_and_all_others_keep_theirs(real):
    again = lots.redraw(real, "PA", seed="letter of Panama")
    (change,) = lots.diff_draws(real, again)
    assert change.state == "PA"
    assert change.gone == tuple(names(real, "PA"))
    assert change.come == tuple(names(again, "PA"))
    assert not set(names(real, "PA")) & set(names(again, "PA"))
    assert again.inputs.redraws == (lots.Redraw(state="PA", replaced=change.gone, draw=real.digest),)
    assert lots.verify(again).ok


def test_one_reviewer_can_be_replaced_and_the_other_side_stays(real):
    review = next(review for review in real.reviews if review.state == "PA")
    gone = next(one for one in review.reviewers if one.side is lots.ReviewerSide.OTHER_GROUP)
    again = lots.redraw(real, "PA", seed="s", replacing=[gone.state])
    (change,) = lots.diff_draws(real, again)
    assert gone.state in change.gone
    same = [one for one in review.reviewers if one.side is lots.ReviewerSide.SAME_GROUP]
    assert [one for one in change.after.reviewers if one.side is lots.ReviewerSide.SAME_GROUP] == same
    assert lots.verify(again).ok


def test_the_least_number_is_lowered_for_those_who_lose_their_only_review(real):
    loads = {}
    for review in real.reviews:
        for one in review.reviewers:
            loads.setdefault(one.state, []).append(review.state)
    loser, (state,) = next((one, of) for one, of in sorted(loads.items()) if len(of) == 1)
    again = lots.redraw(real, state, seed="s", replacing=[loser])
    assert lots.OwnLoad(state=loser, least=0, most=3) in again.inputs.own_loads
    assert lots.verify(again).ok


def test_redraws_are_bounded(real):
    record = real
    for number in range(2):
        record = lots.redraw(record, "PA", seed=f"redraw {number}")
    with pytest.raises(un.ImpossibleValue, match="drawn again 2 times, which is the most allowed"):
        lots.redraw(record, "PA", seed="redraw 3")


@pytest.mark.parametrize(
    ("state", "replacing", "problem"),
    [
        ("QQ", None, "QQ has no such reviewers to replace; they are: none"),
        ("XA", ["QQ"], "XA has no such reviewers to replace; they are: "),
        ("XA", [], "XA has no such reviewers to replace; they are: "),
    ],
)
def test_only_reviewers_that_there_are_can_be_replaced(small, state, replacing, problem):
    with pytest.raises(un.ImpossibleValue, match=problem):
        lots.redraw(small, state, seed="s", replacing=replacing)


def test_a_redraw_that_nothing_allows_says_why(small):
    with pytest.raises(un.InfeasibleDraw, match=r"must not review XA \(an exclusion\)"):
        lots.redraw(small, "XA", seed="two")


def test_draws_among_other_parties_differ_by_whole_reviews(small):
    shorter = attrs.evolve(small, reviews=small.reviews[1:])
    (change,) = lots.diff_draws(small, shorter)
    assert (change.before, change.after, change.gone, change.come) == (
        small.reviews[0],
        None,
        tuple(names(small, "XA")),
        (),
    )
    (change,) = lots.diff_draws(shorter, small)
    assert (change.gone, change.come) == ((), tuple(names(small, "XA")))
    assert lots.diff_draws(small, small) == ()
