"""Dividing the States into review groups by lot, so that each regional group is spread evenly over them."""

from __future__ import annotations

from collections import Counter

from untoc_network_lots.draw_inputs import Inputs, Participant
from untoc_network_lots.draw_log import DrawLog, LotPurpose

__all__ = ["divide_into_groups"]


def divide_into_groups(inputs: Inputs, log: DrawLog) -> dict[str, int]:
    """The review group of each party that takes part, drawn unless it is settled.

    The regional groups come in the order of their names. From each, States are drawn one after the other; each goes to
    the review group that has the fewest of that regional group, of those the one with the fewest in all, of those the
    one that stands first in an order of the review groups that is drawn before. So no two review groups differ by more
    than one State of a regional group, and by more than one in all, unless settled groups make it so.
    """
    parties = [party for party in inputs.participants if inputs.takes_part(party)]
    groups = {party.code: party.review_group for party in parties if party.review_group is not None}
    if len(groups) < len(parties):
        order = _draw_order_of_groups(inputs, log)
        for regional_group in sorted({party.regional_group or "" for party in parties}):
            members = [party for party in parties if (party.regional_group or "") == regional_group]
            _deal_members_to_groups(members, order, groups, log)
    return groups


def _draw_order_of_groups(inputs: Inputs, log: DrawLog) -> list[int]:
    numbers = [str(number) for number in range(1, inputs.terms.review_groups.value + 1)]
    return [int(number) for number in log.draw_in_order(LotPurpose.ORDER_OF_GROUPS, numbers)]


def _deal_members_to_groups(members: list[Participant], order: list[int], groups: dict[str, int], log: DrawLog) -> None:
    waiting = sorted(party.code for party in members if party.code not in groups)
    here = Counter(groups[party.code] for party in members if party.code in groups)
    while waiting:
        in_all = Counter(groups.values())
        number = min(order, key=lambda number: (here[number], in_all[number], order.index(number)))
        state = log.draw_one(LotPurpose.REVIEW_GROUP, waiting, review_group=number)
        waiting.remove(state)
        here[number] += 1
        groups[state] = number
