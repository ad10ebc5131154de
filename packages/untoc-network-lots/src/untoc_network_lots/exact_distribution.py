"""Small draws by brute force: every way they can go, with its exact probability.

Written from the rules alone, and sharing no code with `untoc_network_lots`, so that one can be held against the other.
It takes time exponential in the number of States: up to about six.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from untoc_network_lots import Constraint, ConstraintKind, Inputs, Participant, ReviewerSide

__all__ = ["ExactDraw", "Outcome"]

Place = tuple[str, ReviewerSide]
Drawn = tuple[tuple[str, ReviewerSide, str], ...]
"""State under review, side and reviewing State of each lot, in the order of the lots."""

Outcome = frozenset[tuple[str, ReviewerSide, str]]


class ExactDraw:
    """A draw under some constraints, with every completion known."""

    def __init__(self, inputs: Inputs, groups: Mapping[str, int], constraints: Iterable[Constraint]) -> None:
        self.inputs, self.groups = inputs, groups
        self.parties = {party.code: party for party in inputs.participants}
        self.constraints = tuple(constraints)
        self.places = [
            (party.code, side)
            for party in sorted(inputs.participants, key=lambda party: party.code)
            if inputs.takes_part(party)
            for side in inputs.sides(party)
        ]
        self.mutual = not any(one.kind is ConstraintKind.NOT_MUTUAL for one in self.constraints)
        self.known: dict[frozenset[tuple[str, ReviewerSide, str]], bool] = {}

    def _map_limits_of_kind(self, kind: ConstraintKind) -> dict[str, int]:
        return {one.state: one.number for one in self.constraints if one.kind is kind}

    def due(self, place: Place) -> set[str]:
        """The instruments that a State is to be reviewed for on a side."""
        reviewed = (one for one in self.constraints if one.kind is ConstraintKind.REVIEWED)
        return {one.instrument for one in reviewed if (one.state, one.side) == place}

    def missing(self, place: Place, drawn: Iterable[tuple[str, ReviewerSide, str]]) -> set[str]:
        """The instruments that nobody yet drawn on a side serves."""
        held = (self.parties[one].instruments for state, side, one in drawn if (state, side) == place)
        return self.due(place).difference(*held)

    def start(self) -> Drawn:
        """What is drawn before the first lot: the reviewers that are kept."""
        kept = (one for one in self.constraints if one.kind is ConstraintKind.KEPT)
        return tuple((one.state, one.side or ReviewerSide.SAME_GROUP, other) for one in kept for other in one.others)

    def fits(self, place: Place, one: Participant, drawn: Drawn) -> bool:
        """Whether each rule by itself lets a State come next on a side."""
        state, side = self.parties[place[0]], place[1]
        pairs = {(under_review, reviewer) for under_review, _, reviewer in drawn}
        most = self._map_limits_of_kind(ConstraintKind.MOST_REVIEWS).get(one.code, len(self.parties) + 1)
        reviewers = self._map_limits_of_kind(ConstraintKind.MOST_REVIEWERS).get(state.code, len(self.parties) + 1)
        return (
            one is not state
            and self.inputs.may_review(one)
            and (
                side not in (ReviewerSide.SAME_GROUP, ReviewerSide.OTHER_GROUP)
                or _is_same_regional_group(state, one) == (side is ReviewerSide.SAME_GROUP)
            )
            and (state.code, one.code) not in pairs
            and (self.mutual or (one.code, state.code) not in pairs)
            and sum(reviewer == one.code for _, reviewer in pairs) < most
            and sum(under_review == state.code for under_review, _ in pairs) < reviewers
            and not any(self._constraint_excludes(constraint, state, one) for constraint in self.constraints)
        )

    def _constraint_excludes(self, constraint: Constraint, state: Participant, one: Participant) -> bool:
        if constraint.kind is ConstraintKind.EXCLUDED:
            return (constraint.state, constraint.others[0]) == (state.code, one.code)
        deferred = constraint.kind is ConstraintKind.DEFERRED and constraint.state == one.code
        return deferred and constraint.number == self.groups[state.code]

    def candidates(self, place: Place, drawn: Drawn) -> list[str]:
        """Who can come next on a side, as far as each rule by itself goes, and serves something that is missing."""
        missing = self.missing(place, drawn)
        useful = (one for one in self.parties.values() if missing & set(one.instruments))
        return sorted(one.code for one in useful if self.fits(place, one, drawn))

    def is_possible(self, drawn: Drawn) -> bool:
        """Whether what is drawn can be completed so that every constraint is kept."""
        key = frozenset(drawn)
        if key not in self.known:
            place = next((place for place in self.places if self.missing(place, drawn)), None)
            self.known[key] = (
                self._all_have_enough(drawn) if place is None else any(self._try_next_reviewers(place, drawn))
            )
        return self.known[key]

    def _try_next_reviewers(self, place: Place, drawn: Drawn) -> Iterator[bool]:
        return (self.is_possible((*drawn, (*place, one))) for one in self.candidates(place, drawn))

    def _all_have_enough(self, drawn: Drawn) -> bool:
        least = self._map_limits_of_kind(ConstraintKind.LEAST_REVIEWS)
        return all(sum(one == state for _, _, one in drawn) >= number for state, number in least.items())

    # -- probabilities -----------------------------------------------------------------------------------------------

    def outcomes(self) -> dict[Outcome, Fraction]:
        """Every outcome with its probability, where each lot falls evenly on all who leave the rest possible.

        The States of a review group come in every order, each as likely as the other, the groups one after the other.
        """
        by_group = [
            sorted(state for state, group in self.groups.items() if group == number)
            for number in sorted(set(self.groups.values()))
        ]
        orders = list(itertools.product(*(itertools.permutations(states) for states in by_group)))
        found: dict[Outcome, Fraction] = {}
        for order in orders:
            turns = [place for state in itertools.chain(*order) for place in self.places if place[0] == state]
            for outcome, chance in self._list_outcomes_by_turns(turns, self.start(), Fraction(1, len(orders))):
                found[outcome] = found.get(outcome, Fraction(0)) + chance
        return found

    def _list_outcomes_by_turns(
        self, turns: list[Place], drawn: Drawn, chance: Fraction
    ) -> Iterator[tuple[Outcome, Fraction]]:
        place = next((place for place in turns if self.missing(place, drawn)), None)
        if place is None:
            yield frozenset(drawn), chance
            return
        able = [one for one in self.candidates(place, drawn) if self.is_possible((*drawn, (*place, one)))]
        for one in able:
            yield from self._list_outcomes_by_turns(turns, (*drawn, (*place, one)), chance / len(able))


def _is_same_regional_group(state: Participant, one: Participant) -> bool:
    return state.regional_group == one.regional_group
