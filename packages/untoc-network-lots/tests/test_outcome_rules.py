"""The checker: each rule is found broken, in a draw of whatever origin."""

import attrs
import pytest

import untoc_network_lots as lots

from .conftest import eight, party

SAME, OTHER = lots.ReviewerSide.SAME_GROUP, lots.ReviewerSide.OTHER_GROUP
BOTH = ("TIP", "UNTOC")


def review(state, *reviewers, group=1):
    return lots.Review(
        state=state,
        review_group=group,
        reviewers=tuple(
            lots.Reviewer(state=name, side=side, instruments=tuple(instruments))
            for name, side, instruments in reviewers
        ),
    )


def told(inputs, reviews, rule):
    return [(one.place, one.words) for one in lots.violations(inputs, reviews) if one.rule == rule]


def put(record, at, **changes):
    reviews = list(record.reviews)
    reviews[at] = attrs.evolve(reviews[at], **changes)
    return reviews


def test_a_sound_draw_breaks_nothing(small):
    assert list(lots.violations(small.inputs, small.reviews)) == []


def test_l1_a_reviewer_is_missing_or_there_are_two(small):
    inputs = small.inputs
    found = told(inputs, put(small, 0, reviewers=()), "L1")
    assert (
        ("reviews", 0, "reviewers"),
        "expected one State of its own regional group to review XA for TIP, got 0",
    ) in found
    doubled = put(small, 0, reviewers=(*small.reviews[0].reviewers, *small.reviews[0].reviewers))
    assert any(words.startswith("expected one State of its own") for _, words in told(inputs, doubled, "L1"))


def test_l1_a_state_is_not_reviewed_or_twice_or_by_itself(small):
    found = told(small.inputs, small.reviews[1:], "L1")
    assert (("reviews",), "expected 1 review of XA, got 0") in found
    found = told(small.inputs, (*small.reviews, small.reviews[0]), "L1")
    assert (("reviews",), "expected 1 review of XA, got 2") in found
    own = put(small, 0, reviewers=review("XA", ("XA", SAME, BOTH)).reviewers)
    assert (("reviews", 0, "reviewers", 0), "XA reviews itself") in told(small.inputs, own, "L1")


def test_l1_a_reviewer_stands_on_the_wrong_side(small):
    wrong = put(small, 0, reviewers=review("XA", ("XB", OTHER, BOTH), ("XE", SAME, BOTH)).reviewers)
    assert told(small.inputs, wrong, "L1")[-1][1] == (
        "XE does not review XA as a State of its own regional group: their groups are north and south"
    )
    strange = put(small, 0, reviewers=review("XA", ("XB", lots.ReviewerSide.FIRST_OF_ANY_GROUP, BOTH)).reviewers)
    assert any("of any regional group" in words for _, words in told(small.inputs, strange, "L1"))


def test_l1_a_party_without_a_group_is_reviewed_on_both_sides_and_may_be_barred_from_reviewing(small):
    terms = small.inputs.terms.with_ungrouped(lots.UngroupedPolicy.REVIEWED_ONLY, source="x")
    inputs = attrs.evolve(small.inputs, participants=(*small.inputs.participants, party("XZ", None)), terms=terms)
    union = review(
        "XZ", ("XA", lots.ReviewerSide.FIRST_OF_ANY_GROUP, BOTH), ("XB", lots.ReviewerSide.SECOND_OF_ANY_GROUP, BOTH)
    )
    assert told(inputs, (*small.reviews, union), "L1") == []
    by_it = put(small, 0, reviewers=(*small.reviews[0].reviewers, *review("XA", ("XZ", OTHER, BOTH)).reviewers))
    assert any("XZ does not review" in words for _, words in told(inputs, (*by_it, union), "L1"))


def test_strangers_are_named_and_nothing_else_is_judged(small):
    reviews = (review("QQ"), *put(small, 0, reviewers=review("XA", ("ZZ", SAME, BOTH)).reviewers))
    assert [(one.rule, one.place, one.state) for one in lots.violations(small.inputs, reviews)] == [
        ("L1", ("reviews", 0), "QQ"),
        ("L1", ("reviews", 1, "reviewers", 0), "ZZ"),
    ]


def test_l2_mutual_reviews_are_found_over_all_groups(small):
    reviews = (review("XA", ("XB", SAME, BOTH)), review("XB", ("XA", SAME, BOTH), group=2))
    assert told(small.inputs, reviews, "L2") == [(("reviews", 0, "reviewers", 0), "XA and XB review each other")]


def test_l3_a_reviewer_is_not_party(small):
    reviews = (review("XA", ("XD", SAME, BOTH)),)
    assert told(small.inputs, reviews, "L3") == [
        (("reviews", 0, "reviewers", 0), "XD reviews XA for TIP and is not a party to it")
    ]


def test_l4_an_additional_reviewer_serves_what_the_first_lacks_only(small):
    reviews = (review("XA", ("XD", SAME, ("UNTOC",)), ("XB", SAME, BOTH), ("XC", SAME, ("TIP",))),)
    assert [words for _, words in told(small.inputs, reviews, "L4")] == [
        "expected XB to review XA for TIP, got TIP, UNTOC",
        "expected XC to review XA for none of them, got TIP",
    ]


def test_l5_too_many_reviewers_unless_the_state_decides_otherwise(small):
    many = (review("XA", *((f"X{name}", SAME, ()) for name in "BCDEF")),)
    assert told(small.inputs, many, "L5") == [(("reviews", 0, "reviewers"), "5 States review XA; at most 4 may")]
    decided = attrs.evolve(small.inputs, own_limits=(lots.OwnLimit(state="XA", max_reviewers=5),))
    assert told(decided, many, "L5") == []


def test_l6_groups_that_do_not_exist_are_not_settled_or_not_balanced(small):
    outside = put(small, 0, review_group=7)
    assert told(small.inputs, outside, "L6")[0] == (
        ("reviews", 0, "review_group"),
        "XA is in review group 7, not in one that there is",
    )
    lumped = [attrs.evolve(one, review_group=1) for one in small.reviews]
    assert told(small.inputs, lumped, "L6")[0][1] == (
        "the review groups have [4, 0, 0] States of the regional group north"
    )
    settled = attrs.evolve(
        small.inputs,
        participants=(attrs.evolve(small.inputs.participants[0], review_group=2), *small.inputs.participants[1:]),
    )
    assert told(settled, lumped, "L6") == [(("reviews", 0, "review_group"), "XA is in review group 1, not in 2")]


def test_l8_redraws_are_counted(small):
    again = lots.Redraw(state="XA", replaced=("XB",), draw="")
    assert told(attrs.evolve(small.inputs, redraws=(again,) * 2), small.reviews, "L8") == []
    assert told(attrs.evolve(small.inputs, redraws=(again,) * 3), small.reviews, "L8") == [
        (("inputs", "redraws"), "the reviewers of XA were drawn again 3 times; at most 2 are allowed")
    ]


def test_l9_l10_and_what_was_asked_for(small):
    first = small.reviews[0]
    reviewer = first.reviewers[0].state
    inputs = attrs.evolve(
        small.inputs,
        deferrals=(lots.Deferral(reviewer=reviewer, review_group=first.review_group),),
        exclusions=(lots.Exclusion(state="XA", reviewer=reviewer),),
        own_loads=(lots.OwnLoad(state=reviewer, least=6, most=6),),
        kept=(lots.KeptReviewers(state="XA", side=SAME, reviewers=("XE",)),),
    )
    found = {one.rule: one.words for one in lots.violations(inputs, small.reviews)}
    assert found["L9"] == f"{reviewer} has deferred reviewing in this group"
    assert found["exclusion"] == f"{reviewer} is excluded from reviewing XA"
    assert found["L10"].startswith(f"expected {reviewer} to review ")
    assert found["kept"] == "XA was to keep as reviewers of its own regional group: XE"


@pytest.mark.parametrize(
    ("rule", "code", "basis"),
    [("L5", "LT005", "drawing of lots, rule L5"), ("exclusion", "LT013", "None"), ("kept", "LT014", "None")],
)
def test_a_violation_becomes_a_finding(rule, code, basis):
    finding = lots.to_finding(lots.DrawViolation(rule=rule, place=("reviews", 0), state="", words="w"))
    assert (finding.code, finding.pointer, finding.message, str(finding.basis)) == (code, "/reviews/0", "w", basis)
    assert finding.subject is None


def test_what_is_recalled_says_so():
    finding = lots.to_finding(lots.DrawViolation(rule="L10", place=(), state="XA", words="w"))
    assert str(finding.basis) == "drawing of lots, rule L10 (recalled)"


def test_eight_states_take_part():
    assert len(eight().participants) == 8
