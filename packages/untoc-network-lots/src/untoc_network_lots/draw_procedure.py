"""The draw itself: who is reviewed when, and by whom, lot by lot."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from untoc_network.diagnostics.errors import InfeasibleDraw
from untoc_network.diagnostics.object_to_dict import to_dict
from untoc_network.values.argument_checks import check_arguments
from untoc_network_lots.constraints import compile_draw_state, list_constraints
from untoc_network_lots.draw_inputs import Inputs
from untoc_network_lots.draw_log import DrawLog, LotPurpose, chain_digest
from untoc_network_lots.draw_problem import Unit, iterate_bits
from untoc_network_lots.draw_record import FORMAT, DrawRecord, Review, Reviewer, mark_input_parts, opening_digest
from untoc_network_lots.look_ahead import Answer, LookAhead
from untoc_network_lots.randomness import Seed, seed_of
from untoc_network_lots.review_groups import divide_into_groups
from untoc_network_lots.unsat_core import describe_conflict

__all__ = ["draw"]

Progress = Callable[[int, int], None]


@check_arguments
def draw(inputs: Inputs, *, seed: Seed | str, progress: Progress | None = None) -> DrawRecord:
    """Divide the parties into review groups and draw the reviewers of each, from a seed.

    A seed that is a text stands for one contribution, by `drawer`. `progress` is called with how many States have
    their reviewers, and of how many. Raises `InfeasibleDraw`, with a smallest set of constraints that conflict, where
    no draw can keep them all.
    """
    known = seed_of({"drawer": seed}) if isinstance(seed, str) else seed
    plain_inputs = to_dict(inputs)
    log = DrawLog(known.value, opening_digest(to_dict(known), plain_inputs))
    groups = divide_into_groups(inputs, log)
    reviews = _ReviewerDraw(inputs, groups, log).drawn(progress)
    return DrawRecord(
        format=FORMAT,
        seed=known,
        inputs=inputs,
        marks=mark_input_parts(plain_inputs),
        tickets=tuple(log.tickets),
        reviews=reviews,
        digest=chain_digest(log.digest, to_dict(reviews)),
    )


class _ReviewerDraw:
    """Draws the reviewing States of every State under review."""

    def __init__(self, inputs: Inputs, groups: Mapping[str, int], log: DrawLog) -> None:
        self.inputs, self.groups, self.log = inputs, groups, log
        self.instruments = inputs.instruments
        self.draw_state = compile_draw_state(inputs, groups, list_constraints(inputs))
        self.problem = self.draw_state.problem
        self.number = {code: at for at, code in enumerate(self.problem.codes)}
        self.look_ahead = LookAhead(self.draw_state)
        self.preferred = _find_preferred_reviewers(inputs)
        if self.look_ahead.verdict is not Answer.YES:
            raise InfeasibleDraw(describe_conflict(inputs, groups))

    def drawn(self, progress: Progress | None) -> tuple[Review, ...]:
        """The review groups in turn; in each the States in an order that is drawn; of each its own group first."""
        done = 0
        for group in sorted(set(self.groups.values())):
            states = [state for state, number in self.groups.items() if number == group]
            for state in self.log.draw_in_order(LotPurpose.TURN, states, review_group=group):
                for unit in self.problem.units_of[self.number[state]]:
                    self._draw_unit(unit)
                done += 1
                if progress is not None:
                    progress(done, len(self.groups))
        return tuple(self._make_review(state) for state in sorted(self.groups))

    def _draw_unit(self, number: int) -> None:
        """Draw one reviewer, and others for the instruments that it lacks."""
        while self.draw_state.missing[number]:
            self._draw_one(number, self.problem.units[number])

    def _draw_one(self, number: int, unit: Unit) -> None:
        state = self.problem.codes[unit.state]
        candidates = [self.problem.codes[one] for one in iterate_bits(self.draw_state.candidates(number))]
        missing = self.draw_state.missing[number]
        self.log.draw_possible(
            candidates,
            self.preferred.get(state, set()) & set(candidates),
            lambda code: self.look_ahead.take(number, self.number[code]),
            lambda code: self._name_instruments(missing & self._hold_instruments_as_bits(code)),
            state=state,
            review_group=self.groups[state],
            side=unit.side,
            missing=self._name_instruments(missing),
        )

    def _hold_instruments_as_bits(self, code: str) -> int:
        return self.problem.instruments[self.number[code]]

    def _name_instruments(self, instruments: int) -> tuple[str, ...]:
        return tuple(self.instruments[bit] for bit in iterate_bits(instruments))

    def _make_review(self, state: str) -> Review:
        reviewers = (
            reviewer
            for unit in self.problem.units_of[self.number[state]]
            for reviewer in self._make_reviewers_of_unit(self.problem.units[unit], self.draw_state.rows[unit])
        )
        return Review(state=state, review_group=self.groups[state], reviewers=tuple(reviewers))

    def _make_reviewers_of_unit(self, unit: Unit, row: list[int]) -> list[Reviewer]:
        missing, made = unit.needs, []
        for one in row:
            serves = missing & self.problem.instruments[one]
            made.append(
                Reviewer(state=self.problem.codes[one], side=unit.side, instruments=self._name_instruments(serves))
            )
            missing &= ~serves
        return made


def _find_preferred_reviewers(inputs: Inputs) -> dict[str, set[str]]:
    """For each State those that share a value of a preference with it."""
    shared: dict[str, set[str]] = {}
    for preference in inputs.preferences:
        for one in preference.traits:
            alike = (other.state for other in preference.traits if set(one.values) & set(other.values))
            shared.setdefault(one.state, set()).update(alike)
    return shared
