"""Review groups: even over each regional group and in all, by lot."""

from collections import Counter

import attrs
import pytest
from tests.profiles import portion

import untoc_network_lots as lots

from .conftest import eight, party


@pytest.mark.parametrize("seed", ["one", "two", "three"])
def test_each_regional_group_is_spread_evenly(real, seed):
    record = real if seed == "one" else lots.draw(lots.packaged_inputs(on="2022-10-31"), seed=seed)
    regional = {one.code: one.regional_group for one in record.inputs.participants}
    spread = Counter((regional[review.state], review.review_group) for review in record.reviews)
    for group in set(regional.values()):
        sizes = [spread[group, number] for number in (1, 2, 3)]
        assert max(sizes) - min(sizes) <= 1
    in_all = Counter(review.review_group for review in record.reviews)
    assert max(in_all.values()) - min(in_all.values()) <= 1


def test_settled_groups_stay_and_the_others_fill_up():
    participants = (*(attrs.evolve(one, review_group=1) for one in eight().participants[:2]), *eight().participants[2:])
    record = lots.draw(attrs.evolve(eight(), participants=participants), seed="s")
    groups = {review.state: review.review_group for review in record.reviews}
    assert groups["XA"] == groups["XB"] == 1
    assert {groups["XC"], groups["XD"]} == {2, 3}
    assert sorted(Counter(groups.values()).values()) == [2, 3, 3]
    assert list(lots.violations(record.inputs, record.reviews)) == []


def test_no_lot_is_drawn_where_all_groups_are_settled():
    participants = tuple(attrs.evolve(one, review_group=1) for one in eight().participants)
    record = lots.draw(attrs.evolve(eight(), participants=participants), seed="s")
    assert {ticket.purpose for ticket in record.tickets} == {lots.LotPurpose.TURN, lots.LotPurpose.REVIEWER}


def test_a_state_comes_into_each_review_group_as_often():
    """Chi-squared over 2 degrees of freedom below 18.4: a fair draw fails once in about 10,000 sets of seeds."""
    counted = Counter()
    inputs = attrs.evolve(
        eight(), participants=(*eight().participants, party("XI"), party("XJ", "south"), party("XK", None))
    )
    draws = portion(90)
    for number in range(draws):
        record = lots.draw(inputs, seed=f"group {number}")
        counted.update((review.state, review.review_group) for review in record.reviews)
    for state in ("XA", "XH", "XK"):
        assert sum((counted[state, group] - draws / 3) ** 2 / (draws / 3) for group in (1, 2, 3)) < 18.4
