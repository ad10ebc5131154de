"""What bounds a draw, one constraint at a time, each in words; and the problem that some of them make together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

import attrs

from untoc_network_lots.draw_inputs import Inputs, Participant, ReviewerSide
from untoc_network_lots.draw_problem import Problem, Unit
from untoc_network_lots.draw_state import DrawState

__all__ = ["Constraint", "ConstraintKind", "compile_draw_state", "list_constraints"]

_UNBOUNDED = 10**9


class ConstraintKind(StrEnum):
    """What a constraint asks for."""

    REVIEWED = "reviewed"
    ALL_REVIEWED = "all-reviewed"
    MOST_REVIEWERS = "most-reviewers"
    NOT_MUTUAL = "not-mutual"
    MOST_REVIEWS = "most-reviews"
    LEAST_REVIEWS = "least-reviews"
    DEFERRED = "deferred"
    EXCLUDED = "excluded"
    KEPT = "kept"


@attrs.frozen(kw_only=True)
class Constraint:
    """One constraint. `number` is the limit that it sets, or the review group that it speaks of."""

    kind: ConstraintKind
    state: str = ""
    side: ReviewerSide | None = None
    instrument: str = ""
    others: tuple[str, ...] = ()
    number: int = 0

    @property
    def words(self) -> str:
        """The constraint as a sentence, with the rule that it comes from."""
        side = self.side.words if self.side else ""
        values = {"state": self.state, "instrument": self.instrument, "number": self.number}
        return _SENTENCES[self.kind].format(**values, side=side, others=", ".join(self.others))


_SENTENCES = {
    ConstraintKind.REVIEWED: "{state} is reviewed for {instrument} by a State {side} that is party to it (L1, L3)",
    ConstraintKind.ALL_REVIEWED: "each State is reviewed for each of its instruments by one State a side (L1, L3)",
    ConstraintKind.MOST_REVIEWERS: "at most {number} States review {state} (L5)",
    ConstraintKind.NOT_MUTUAL: "no two States review each other (L2)",
    ConstraintKind.MOST_REVIEWS: "{state} reviews at most {number} (L10)",
    ConstraintKind.LEAST_REVIEWS: "{state} reviews at least {number} (L10)",
    ConstraintKind.DEFERRED: "{state} has deferred reviewing in review group {number} (L9)",
    ConstraintKind.EXCLUDED: "{others} must not review {state} (an exclusion)",
    ConstraintKind.KEPT: "{state} keeps as reviewers {side}: {others} (kept from an earlier draw)",
}


def list_constraints(inputs: Inputs) -> tuple[Constraint, ...]:
    """Every constraint of a draw by kind: those of all States first, those that States asked for last."""
    made = [Constraint(kind=ConstraintKind.NOT_MUTUAL)]
    for party in inputs.participants:
        made += _constrain_reviewed_state(inputs, party)
        made += _constrain_reviewing_state(inputs, party)
    made += (
        Constraint(kind=ConstraintKind.DEFERRED, state=one.reviewer, number=one.review_group)
        for one in inputs.deferrals
    )
    made += (
        Constraint(kind=ConstraintKind.EXCLUDED, state=one.state, others=(one.reviewer,)) for one in inputs.exclusions
    )
    made += (
        Constraint(kind=ConstraintKind.KEPT, state=one.state, side=one.side, others=one.reviewers)
        for one in inputs.kept
    )
    kinds = list(ConstraintKind)
    return tuple(sorted(made, key=lambda one: kinds.index(one.kind)))


def _constrain_reviewed_state(inputs: Inputs, party: Participant) -> Iterable[Constraint]:
    if inputs.takes_part(party):
        for side in inputs.sides(party):
            for name in party.instruments:
                yield Constraint(kind=ConstraintKind.REVIEWED, state=party.code, side=side, instrument=name)
        most = inputs.max_reviewers(party.code)
        yield Constraint(kind=ConstraintKind.MOST_REVIEWERS, state=party.code, number=most)


def _constrain_reviewing_state(inputs: Inputs, party: Participant) -> Iterable[Constraint]:
    if inputs.may_review(party):
        least, most = inputs.load(party)
        if most < len(inputs.participants):
            yield Constraint(kind=ConstraintKind.MOST_REVIEWS, state=party.code, number=most)
        if least:
            yield Constraint(kind=ConstraintKind.LEAST_REVIEWS, state=party.code, number=least)


def compile_draw_state(inputs: Inputs, groups: Mapping[str, int], constraints: Iterable[Constraint]) -> DrawState:
    """The draw before its first lot, bounded by these constraints alone, with the kept reviewers in their places."""
    return _DrawStateCompiler(inputs, groups, constraints).draw_state()


class _DrawStateCompiler:
    """Turns constraints into numbers and bits."""

    def __init__(self, inputs: Inputs, groups: Mapping[str, int], constraints: Iterable[Constraint]) -> None:
        self.inputs, self.groups = inputs, groups
        self.parties = sorted(inputs.participants, key=lambda party: party.code)
        self.number = {party.code: at for at, party in enumerate(self.parties)}
        self.bit = {name: 1 << at for at, name in enumerate(inputs.instruments)}
        self.by_kind: dict[ConstraintKind, list[Constraint]] = {kind: [] for kind in ConstraintKind}
        for constraint in constraints:
            self.by_kind[constraint.kind].append(constraint)
        self.needs = self._map_needed_reviewers()

    def draw_state(self) -> DrawState:
        problem = Problem(
            codes=tuple(self.number),
            instruments=tuple(self._instruments_to_bits(party.instruments) for party in self.parties),
            units=tuple(self._make_units()),
            most_reviewers=self._list_limits_of_kind(ConstraintKind.MOST_REVIEWERS, _UNBOUNDED),
            least=self._list_limits_of_kind(ConstraintKind.LEAST_REVIEWS, 0),
            most=self._list_limits_of_kind(ConstraintKind.MOST_REVIEWS, _UNBOUNDED),
            mutual=not self.by_kind[ConstraintKind.NOT_MUTUAL],
        )
        return DrawState(problem, self._make_kept_rows(problem))

    def _instruments_to_bits(self, instruments: Iterable[str]) -> int:
        return sum(self.bit[name] for name in instruments)

    def _parties_to_bits(self, parties: Iterable[Participant]) -> int:
        return sum(1 << self.number[party.code] for party in parties)

    def _list_limits_of_kind(self, kind: ConstraintKind, otherwise: int) -> tuple[int, ...]:
        set_ = {constraint.state: constraint.number for constraint in self.by_kind[kind]}
        return tuple(set_.get(code, otherwise) for code in self.number)

    def _map_needed_reviewers(self) -> dict[tuple[str, ReviewerSide], int]:
        needs: dict[tuple[str, ReviewerSide], int] = {}
        for one in self.by_kind[ConstraintKind.REVIEWED]:
            assert one.side is not None, "what is reviewed is reviewed on a side"
            needs[one.state, one.side] = needs.get((one.state, one.side), 0) | self.bit[one.instrument]
        return needs

    def _make_units(self) -> Iterable[Unit]:
        """Two units for each State under review, with who may come into them."""
        reviewing = [party for party in self.parties if self.inputs.may_review(party)]
        everybody = self._parties_to_bits(reviewing)
        group = {
            name: self._parties_to_bits(p for p in reviewing if p.regional_group == name)
            for name in self._collect_regional_groups()
        }
        for party in filter(self.inputs.takes_part, self.parties):
            others = everybody & ~(1 << self.number[party.code]) & ~self._find_barred_reviewers(party)
            own = group.get(party.regional_group or "", 0)
            fits = {ReviewerSide.SAME_GROUP: others & own, ReviewerSide.OTHER_GROUP: others & ~own}
            for side in self.inputs.sides(party):
                needs = self.needs.get((party.code, side), 0)
                yield Unit(state=self.number[party.code], side=side, needs=needs, eligible=fits.get(side, others))

    def _collect_regional_groups(self) -> set[str]:
        return {party.regional_group for party in self.parties if party.regional_group is not None}

    def _find_barred_reviewers(self, party: Participant) -> int:
        """Who must not review a State: by exclusion, or because it defers reviewing in that review group."""
        barred = 0
        for one in self.by_kind[ConstraintKind.EXCLUDED]:
            if one.state == party.code:
                barred |= 1 << self.number[one.others[0]]
        for one in self.by_kind[ConstraintKind.DEFERRED]:
            if one.number == self.groups.get(party.code):
                barred |= 1 << self.number[one.state]
        return barred

    def _make_kept_rows(self, problem: Problem) -> Iterable[list[int]]:
        kept = {(one.state, one.side): one.others for one in self.by_kind[ConstraintKind.KEPT]}
        for unit in problem.units:
            yield [self.number[code] for code in kept.get((problem.codes[unit.state], unit.side), ())]
