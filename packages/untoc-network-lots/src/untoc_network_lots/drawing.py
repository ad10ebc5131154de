"""The draw itself: who is reviewed when, and by whom, lot by lot."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from untoc_network.diagnostics.errors import InfeasibleDraw
from untoc_network.values.argument_checks import refuses_by_name
from untoc_network_lots.constraints import constraints_of, standing_under
from untoc_network_lots.draw_log import Purpose, TicketBook, digest_of
from untoc_network_lots.feasibility import Answer, LookAhead
from untoc_network_lots.groups import divided
from untoc_network_lots.inputs import Inputs
from untoc_network_lots.plain import to_plain
from untoc_network_lots.problem import Unit, bits
from untoc_network_lots.randomness import Seed, seed_of
from untoc_network_lots.record import FORMAT, DrawRecord, Review, Reviewer, marks_of, opening_digest
from untoc_network_lots.unsat_core import conflict

__all__ = ["draw"]

Progress = Callable[[int, int], None]


@refuses_by_name
def draw(inputs: Inputs, *, seed: Seed | str, progress: Progress | None = None) -> DrawRecord:
    """Divide the parties into review groups and draw the reviewers of each, from a seed.

    A seed that is a text stands for one contribution, by `drawer`. `progress` is called with how many States have
    their reviewers, and of how many. Raises `InfeasibleDraw`, with a smallest set of constraints that conflict, where
    no draw can keep them all.
    """
    known = seed_of({"drawer": seed}) if isinstance(seed, str) else seed
    plain_inputs = to_plain(inputs)
    book = TicketBook(known.value, opening_digest(to_plain(known), plain_inputs))
    groups = divided(inputs, book)
    reviews = _Reviewers(inputs, groups, book).drawn(progress)
    return DrawRecord(
        format=FORMAT,
        seed=known,
        inputs=inputs,
        marks=marks_of(plain_inputs),
        tickets=tuple(book.tickets),
        reviews=reviews,
        digest=digest_of(book.digest, to_plain(reviews)),
    )


class _Reviewers:
    """Draws the reviewing States of every State under review."""

    def __init__(self, inputs: Inputs, groups: Mapping[str, int], book: TicketBook) -> None:
        self.inputs, self.groups, self.book = inputs, groups, book
        self.instruments = inputs.instruments
        self.standing = standing_under(inputs, groups, constraints_of(inputs))
        self.problem = self.standing.problem
        self.number = {code: at for at, code in enumerate(self.problem.codes)}
        self.look_ahead = LookAhead(self.standing)
        self.preferred = _preferred(inputs)
        if self.look_ahead.verdict is not Answer.YES:
            raise InfeasibleDraw(conflict(inputs, groups))

    def drawn(self, progress: Progress | None) -> tuple[Review, ...]:
        """The review groups in turn; in each the States in an order that is drawn; of each its own group first."""
        done = 0
        for group in sorted(set(self.groups.values())):
            states = [state for state, number in self.groups.items() if number == group]
            for state in self.book.ordered(Purpose.TURN, states, review_group=group):
                for unit in self.problem.units_of[self.number[state]]:
                    self._draw_unit(unit)
                done += 1
                if progress is not None:
                    progress(done, len(self.groups))
        return tuple(self._review(state) for state in sorted(self.groups))

    def _draw_unit(self, number: int) -> None:
        """Draw one reviewer, and others for the instruments that it lacks."""
        while self.standing.missing[number]:
            self._draw_one(number, self.problem.units[number])

    def _draw_one(self, number: int, unit: Unit) -> None:
        state = self.problem.codes[unit.state]
        candidates = [self.problem.codes[one] for one in bits(self.standing.candidates(number))]
        missing = self.standing.missing[number]
        self.book.drawn_where(
            candidates,
            self.preferred.get(state, set()) & set(candidates),
            lambda code: self.look_ahead.take(number, self.number[code]),
            lambda code: self._names(missing & self._held(code)),
            state=state,
            review_group=self.groups[state],
            side=unit.side,
            missing=self._names(missing),
        )

    def _held(self, code: str) -> int:
        return self.problem.instruments[self.number[code]]

    def _names(self, instruments: int) -> tuple[str, ...]:
        return tuple(self.instruments[bit] for bit in bits(instruments))

    def _review(self, state: str) -> Review:
        reviewers = (
            reviewer
            for unit in self.problem.units_of[self.number[state]]
            for reviewer in self._of_unit(self.problem.units[unit], self.standing.rows[unit])
        )
        return Review(state=state, review_group=self.groups[state], reviewers=tuple(reviewers))

    def _of_unit(self, unit: Unit, row: list[int]) -> list[Reviewer]:
        missing, made = unit.needs, []
        for one in row:
            serves = missing & self.problem.instruments[one]
            made.append(Reviewer(state=self.problem.codes[one], side=unit.side, instruments=self._names(serves)))
            missing &= ~serves
        return made


def _preferred(inputs: Inputs) -> dict[str, set[str]]:
    """For each State those that share a value of a preference with it."""
    shared: dict[str, set[str]] = {}
    for preference in inputs.preferences:
        for one in preference.traits:
            alike = (other.state for other in preference.traits if set(one.values) & set(other.values))
            shared.setdefault(one.state, set()).update(alike)
    return shared
