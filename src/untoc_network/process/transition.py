"""A row of a procedure's table: from where to where, by whom, until when, under which provision."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any

import attrs

from untoc_network.diagnostics.findings import Basis
from untoc_network.diagnostics.shared_methods import SharedMethods
from untoc_network.model.convention import TreatyCode
from untoc_network.model.event import Event
from untoc_network.model.log_entry import Actor, Entry
from untoc_network.model.register import Register
from untoc_network.reference.facts import Reference, packaged
from untoc_network.values.dates import PartialDate
from untoc_network.values.ids_and_codes import CountryCode
from untoc_network.values.time_limit import TimeLimit, TimeUnit

__all__ = ["Case", "StatePart", "StepLimit", "Transition"]


@attrs.frozen(kw_only=True)
class Case(SharedMethods):
    """One thing that goes through a procedure, and what its guards and time limits may look at besides."""

    thing: Any
    whole: Any = None
    """The record that the thing is a part of, such as the review of a questionnaire."""
    register: Register | None = None
    reference: Reference = attrs.field(factory=packaged)
    number: int | None = None
    """So many entries of the log are looked at; None stands for all."""

    def event(self, event_id: str | None) -> Event | None:
        """The event of that id, where the register is at hand and has it."""
        if event_id is None or self.register is None:
            return None
        found = self.register.by_id.get(self.register.resolved(event_id))
        return found if isinstance(found, Event) else None


Guard = Callable[[Case], str | None]
"""What must hold before a step; answers with what is missing, or None."""

States = Callable[[Case], tuple[CountryCode, ...]]
"""The States that a step concerns, as far as they are known."""

Instruments = Callable[[Case, CountryCode | None], tuple[TreatyCode, ...]]
"""The instruments that a State, or the review, takes a step for, as far as they are known."""


@attrs.frozen(kw_only=True)
class StatePart(SharedMethods):
    """What one State has still to do of a step: for which instruments, or for all where none is named."""

    country: CountryCode | None
    instruments: tuple[TreatyCode, ...] = ()

    def __str__(self) -> str:
        names = ", ".join(self.instruments)
        return f"{self.country} ({names})" if self.country and names else self.country or names


@attrs.frozen(kw_only=True)
class StepLimit(SharedMethods):
    """How long a step may take: counted from another step, or from an anchor of the procedure.

    Number and unit come from the `row` of the steps of the country review in the tables of facts, where one states
    them; else they are given here with their basis. With `before`, the step is due at least so long before the anchor.
    `put_off` gives the last day in its place where one was decided.
    """

    counted_from: str
    row: str | None = None
    time: TimeLimit | None = None
    basis: Basis | None = None
    before: bool = False
    put_off: Callable[[Case], PartialDate | None] | None = None

    def terms(self, reference: Reference) -> tuple[TimeLimit, Basis] | None:
        """The time limit and what it rests on; None where the tables state none."""
        if self.row is None:
            return (self.time, self.basis) if self.time and self.basis else None
        row = reference.review_step(self.row)
        if row.limit is None or row.unit is None:
            return None
        return TimeLimit(row.limit, TimeUnit(row.unit)), row.basis("country review", f"step {row.order}")


@attrs.frozen(kw_only=True)
class Transition(SharedMethods):
    """One step of a procedure.

    It is taken from any of `sources` and leads to `target`, or leaves the state as it is where that is None. `each`
    names the States that each take it, and `instruments` those that each takes it for: it leads to `partial` until the
    last of them has, and one more may still take it then. `together` names the States that take it in one act.

    A step that is not `required` may be left out; one that `repeats` may be taken again; one that is not `expected` may
    happen, and nobody waits for it. What it rests on is a `row` of the steps of the country review, or a `basis`;
    `provision` tells it of one thing, where things go by several.
    """

    step: StrEnum
    sources: tuple[StrEnum, ...]
    target: StrEnum | None = None
    actor: Actor
    row: str | None = None
    basis: Basis | None = None
    limit: StepLimit | None = None
    provision: Callable[[Case], Basis] | None = None
    guard: Guard | None = None
    each: States | None = None
    instruments: Instruments | None = None
    partial: StrEnum | None = None
    together: States | None = None
    required: bool = True
    repeats: bool = False
    expected: bool = True

    def is_allowed_in(self, state: StrEnum) -> bool:
        """Whether a state allows it; that of which not every State is known may be taken once more."""
        return state in self.sources or (self.partial is not None and state is self.target)

    def may_be_taken_as(self, actor: str) -> bool:
        """Whether it is a step of that actor; joint acts are steps of each of those who act."""
        return actor == self.actor or (
            self.actor is Actor.STATES_IN_REVIEW and actor in (Actor.STATE_UNDER_REVIEW, Actor.REVIEWING_STATE)
        )

    def list_concerned(self, case: Case) -> tuple[CountryCode | None, ...]:
        """The States that each take it, as far as known; None where it is one act, or none of them is known."""
        return (None,) if self.each is None else self.each(case) or (None,)

    def list_missing(self, case: Case, log: Iterable[Entry]) -> tuple[StatePart, ...]:
        """Who has still to take it, and for which instruments, after the entries of a log."""
        taken = [entry for entry in log if entry.step == self.step]  # type: ignore[attr-defined]
        parts = (self._find_missing_part(case, state, taken) for state in self.list_concerned(case))
        return tuple(part for part in parts if part is not None)

    def _find_missing_part(self, case: Case, state: CountryCode | None, taken: list[Entry]) -> StatePart | None:
        own = [entry for entry in taken if state is None or entry.may_be_by(state)]
        wanted = self.instruments(case, state) if self.instruments else ()
        told = [set(getattr(entry, "instruments", ())) for entry in own]
        if own and (not wanted or not all(told)):
            return None
        missing = tuple(code for code in wanted if not any(code in codes for codes in told))
        return StatePart(country=state, instruments=missing if own else ()) if missing or not own else None

    def rests_on(self, reference: Reference, case: Case | None = None) -> Basis:
        """The provision that it rests on, with its certainty; of one thing, where `case` is given."""
        if case is not None and self.provision is not None:
            return self.provision(case)
        if self.row is None:
            assert self.basis is not None, "a transition rests on a row or on a basis"
            return self.basis
        row = reference.review_step(self.row)
        return row.basis("country review", f"step {row.order}")
