"""A row of a procedure's table: from where to where, by whom, until when, under which provision."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import attrs

from untoc_network.diagnostics.findings import Basis
from untoc_network.diagnostics.shared_methods import SharedMethods
from untoc_network.model.event import Event
from untoc_network.model.log_entry import Actor
from untoc_network.model.register import Register
from untoc_network.reference.facts import Reference, packaged
from untoc_network.values.ids_and_codes import CountryCode
from untoc_network.values.time_limit import TimeLimit, TimeUnit

__all__ = ["Case", "StepLimit", "Transition"]


@attrs.frozen(kw_only=True)
class Case(SharedMethods):
    """One thing that goes through a procedure, and what its guards and time limits may look at besides."""

    thing: Any
    whole: Any = None
    """The record that the thing is a part of, such as the review of a questionnaire."""
    register: Register | None = None
    reference: Reference = attrs.field(factory=packaged)

    def event(self, event_id: str | None) -> Event | None:
        """The event of that id, where the register is at hand and has it."""
        if event_id is None or self.register is None:
            return None
        found = self.register.by_id.get(self.register.resolved(event_id))
        return found if isinstance(found, Event) else None


Guard = Callable[[Case], str | None]
"""What must hold before a step; answers with what is missing, or None."""

States = Callable[[Case], tuple[CountryCode, ...]]
"""The States that each have to take a step, as far as they are known."""


@attrs.frozen(kw_only=True)
class StepLimit(SharedMethods):
    """How long a step may take: counted from another step, or from an anchor of the procedure.

    Number and unit come from the `row` of the steps of the country review in the tables of facts, where one states
    them; else they are given here with their basis. With `before`, the step is due at least so long before the anchor.
    """

    counted_from: str
    row: str | None = None
    time: TimeLimit | None = None
    basis: Basis | None = None
    before: bool = False

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
    names the States that each take it. A step that is not `required` may be left out; one that `repeats` may be taken
    again. What it rests on is a `row` of the steps of the country review, or a `basis`; `provision` tells it of one
    thing, where things go by several.
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
    required: bool = True
    repeats: bool = False

    def rests_on(self, reference: Reference, case: Case | None = None) -> Basis:
        """The provision that it rests on, with its certainty; of one thing, where `case` is given."""
        if case is not None and self.provision is not None:
            return self.provision(case)
        if self.row is None:
            assert self.basis is not None, "a transition rests on a row or on a basis"
            return self.basis
        row = reference.review_step(self.row)
        return row.basis("country review", f"step {row.order}")
