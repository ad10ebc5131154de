"""The one mechanism that all procedures share: a table of transitions, and what follows from it and a dated log.

A procedure's state is never stored: it is where the steps in the log lead. What is not recorded is not known: a log
may lack steps, and the state is then the one that the recorded steps presuppose. Lateness is told, and never bars a
step, for most reviews run late.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

import attrs

from untoc_network.diagnostics.errors import IllegalTransition, ImpossibleValue
from untoc_network.diagnostics.findings import Basis
from untoc_network.model.log_entry import Actor, Entry
from untoc_network.model.register import Register
from untoc_network.process.log_replay import LogReplay, Paths, find_shortest_paths, replay_log
from untoc_network.process.next_steps import Deadline, NextStep, StepShare
from untoc_network.process.transition import Case, StatePart, Transition
from untoc_network.reference.facts import Reference
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.dates import PartialDate
from untoc_network.values.ids_and_codes import CountryCode
from untoc_network.values.self_checked_classes import describe_type
from untoc_network.values.time_limit import TimeLimit

__all__ = ["Anchor", "Procedure"]

Day = PartialDate | dt.date | str
Thing = TypeVar("Thing")
Anchor = Callable[[Case], tuple[PartialDate, Basis | None] | None]
"""A day that time limits are counted from when no step in the log gives it, and what that day rests on."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Procedure:
    """A procedure of the Mechanism as one table.

    `thing` is the class of what goes through it, `entry` the class of the lines in its `log`. The first of `states` is
    the one that an empty log leaves it in. `anchors` give days for steps that are not in the log, and for names that
    are no steps, such as the opening of a session.
    """

    name: str
    title: str
    thing: type[Any]
    entry: type[Entry]
    states: type[StrEnum]
    transitions: tuple[Transition, ...]
    anchors: Mapping[str, Anchor] = attrs.field(factory=dict)

    def __repr__(self) -> str:
        return f"<Procedure: {self.title}>"

    @property
    def initial(self) -> StrEnum:
        """The state of a thing whose log is empty."""
        return next(iter(self.states))

    @functools.cached_property
    def _ways(self) -> Paths:
        return find_shortest_paths(self.transitions)

    @functools.cached_property
    def _rows(self) -> Mapping[str, Transition]:
        """A row of each step; of one that has several, the last."""
        return {one.step: one for one in self.transitions}

    @functools.cached_property
    def _by_several(self) -> Mapping[str, Transition]:
        """The steps that several States take, each for itself."""
        return {step: one for step, one in self._rows.items() if one.partial is not None}

    def allowed(self, state: str) -> tuple[Transition, ...]:
        """The transitions that a state allows, in the order of the table.

        Raises `ImpossibleValue` for what is no state of it.
        """
        try:
            here = self.states(state)
        except (ValueError, TypeError, AttributeError):
            states = ", ".join(self.states)
            given = repr(state) if isinstance(state, str) else describe_type(state)
            raise ImpossibleValue(f"state: expected one of {states}, got {given}") from None
        return tuple(transition for transition in self.transitions if transition.is_allowed_in(here))

    def course(self, thing: Any) -> LogReplay:
        """Where the log leads, with what is missing from it and what cannot be."""
        self._require_thing(thing)
        return replay_log(Case(thing=thing), self.initial, self.transitions, self._ways, self._by_several)

    def state_of(self, thing: Any) -> StrEnum:
        """The state that the log leads to."""
        return self.course(thing).state

    def shares(self, thing: Any) -> tuple[StepShare, ...]:
        """Of each step that several States take, each for itself: who of those that are known has, and who has not.

        Steps of which nothing is recorded, and which are not the next ones, are left out.
        """
        self._require_thing(thing)
        state, case = self.state_of(thing), Case(thing=thing)
        found = []
        for transition in self.transitions:
            if transition.partial is None or transition.each is None:
                continue
            taken = [entry for entry in thing.log if entry.step == transition.step]
            if taken or state in transition.sources:
                missing = transition.list_missing(case, taken)
                lacking = {part.country for part in missing}
                named = dict.fromkeys(by for entry in taken for by in entry.by if by not in lacking)
                known = (one for one in transition.each(case) if one not in lacking and one not in named)
                is_passed = self._lies_behind(transition, state)
                done = (*named, *(known if any(not entry.by for entry in taken) else ()))
                total = len({*done, *lacking}) if transition.each(case) else None
                found.append(
                    StepShare(step=transition.step.value, done=done, missing=missing, total=total, passed=is_passed)
                )
        return tuple(found)

    def find_implied(self, thing: Any) -> frozenset[str]:
        """The steps that the log leads beyond: a later one is recorded, before which they are taken."""
        state = self.state_of(thing)
        return frozenset(step for step, row in self._rows.items() if self._lies_behind(row, state))

    @check_arguments
    def what_next(
        self,
        thing: Any,
        on: Day,
        *,
        whole: Any = None,
        register: Register | None = None,
        reference: Reference | None = None,
    ) -> tuple[NextStep, ...]:
        """The steps that may be taken next on a day: by whom, until when, under which provision, what they wait for.

        What is due first comes first, what has no deadline last. `whole` is the record that the thing is a part of;
        `register` and `reference` are looked at for the days of events and for the facts.
        """
        self._require_thing(thing)
        case = _make_case(thing, whole, register, reference)
        PartialDate.of(on)
        state = self.state_of(thing)
        due = {(deadline.step, deadline.by): deadline for deadline in self._deadlines(case)}
        steps = [
            NextStep(
                step=transition.step.value,
                actor=transition.actor,
                by=part.country,
                required=transition.required,
                basis=transition.rests_on(case.reference, case),
                deadline=due.get((transition.step, part.country)),
                waits_for=transition.guard(case) if transition.guard else None,
                instruments=part.instruments,
                together=transition.together(case) if transition.together else (),
            )
            for transition in self.allowed(state)
            if transition.expected
            for part in self._list_outstanding(transition, case, state)
        ]
        return tuple(sorted(steps, key=lambda step: step.deadline.latest if step.deadline else "~"))

    @check_arguments
    def deadlines(
        self,
        thing: Any,
        *,
        whole: Any = None,
        register: Register | None = None,
        reference: Reference | None = None,
    ) -> tuple[Deadline, ...]:
        """All deadlines that can be told, those of steps taken too, in the order of the table."""
        self._require_thing(thing)
        return tuple(self._deadlines(_make_case(thing, whole, register, reference)))

    @check_arguments
    def advance(  # noqa: PLR0913
        self,
        thing: Thing,
        step: str,
        on: Day,
        actor: str | None = None,
        *,
        by: str | Sequence[str] | None = None,
        whole: Any = None,
        register: Register | None = None,
        reference: Reference | None = None,
        **details: Any,
    ) -> Thing:
        """The thing with one more step in its log; `details` are further fields of the log's entry.

        `by` is the State that takes it, or all of them where several act together.

        Raises `IllegalTransition` where the state does not allow the step, another actor takes it, its guard says what
        is missing, or it would come before the last step; the exception lists the steps that are expected next.
        """
        self._require_thing(thing)
        case = _make_case(thing, whole, register, reference)
        state = self.state_of(thing)
        allowed = self.allowed(state)
        day = PartialDate.of(on)
        names = tuple(dict.fromkeys(transition.step.value for transition in allowed if transition.expected))
        transition = next((one for one in allowed if one.step == step), None)
        if transition is None:
            lacking = self._describe_lacking_parts(thing, state)
            raise IllegalTransition(f"the step '{step}' is not allowed in the state {state.value!r}{lacking}", names)
        states = (by,) if isinstance(by, str) else tuple(by or ())
        problem = self._problem(transition, case, day, actor, states)
        if problem:
            raise IllegalTransition(f"the step '{step}' cannot be taken: {problem}", names)
        fields: dict[str, Any] = {"step": transition.step, "on": day, "actor": transition.actor, "by": states}
        after: Thing = attrs.evolve(thing, log=(*case.thing.log, self.entry(**fields, **details)))  # type: ignore[misc]
        if state is transition.target and len(case.thing.log) in self.course(after).unexpected:
            raise IllegalTransition(f"the step '{step}' cannot be taken: it was taken by all whom it concerns", names)
        return after

    def _describe_lacking_parts(self, thing: Any, state: StrEnum) -> str:
        """By whom a step is still missing that leads on from the state, where some have taken it and others not."""
        half = next((one for one in self.transitions if one.partial is state), None)
        missing = () if half is None else half.list_missing(Case(thing=thing), thing.log)
        return f", in which '{half.step}' is missing by {', '.join(map(str, missing))}" if half and missing else ""

    def _require_thing(self, thing: Any) -> None:
        if not isinstance(thing, self.thing):
            raise ImpossibleValue(f"thing: expected {self.thing.__name__}, got {describe_type(thing)}")

    def _problem(
        self, transition: Transition, case: Case, day: PartialDate, actor: Actor | str | None, by: tuple[str, ...]
    ) -> str | None:
        if actor is not None and not transition.may_be_taken_as(actor):
            return f"it is a step of the {transition.actor.replace('-', ' ')}, not of the {actor.replace('-', ' ')}"
        strangers = [] if transition.each is None else [state for state in by if state not in transition.each(case)]
        if strangers:
            return f"{', '.join(strangers)} is none of the States that it concerns"
        before = [entry.on for entry in case.thing.log if entry.on is not None]
        if before and day.certainly_before(before[-1]):
            return f"it would come before the step of {before[-1]}"
        return transition.guard(case) if transition.guard else None

    def _deadlines(self, case: Case) -> Iterator[Deadline]:
        state = self.state_of(case.thing)
        for transition in self.transitions:
            terms = transition.limit.terms(case.reference) if transition.limit else None
            if transition.limit is None or terms is None:
                continue
            time, basis = terms
            way = "at least {} before {}" if transition.limit.before else "{} after {}"
            put_off = transition.limit.put_off(case) if transition.limit.put_off else None
            spans: dict[PartialDate, tuple[PartialDate, PartialDate] | None] = {}
            for by in transition.list_concerned(case):
                anchor = self._anchor(transition.limit.counted_from, case, by)
                if anchor is None:
                    continue
                day, told = anchor
                if day not in spans:
                    spans[day] = _find_span(time, day, before=transition.limit.before)
                span = spans[day]
                if span is None:
                    continue  # a day so far off that no calendar has the deadline
                earliest, latest = span
                entry = _find_completing_entry(transition, by, case)
                yield Deadline(
                    step=transition.step.value,
                    actor=transition.actor,
                    by=by,
                    earliest=put_off or earliest,
                    latest=put_off or latest,
                    said=way.format(time, transition.limit.counted_from.replace("-", " ")),
                    put_off=put_off is not None,
                    basis=basis.no_surer_than(told),
                    taken=entry.on if entry else None,
                    passed=entry is not None or self._lies_behind(transition, state),
                    known=self._is_known_to_be_next(transition, by, state, case),
                )

    def _anchor(self, name: str, case: Case, by: CountryCode | None) -> tuple[PartialDate, Basis | None] | None:
        own = self._rows.get(name)
        entry = _find_first_entry(case.thing.log, name, by if own is not None and own.each is not None else None)
        if entry is not None and entry.on is not None:
            return entry.on, None
        return self.anchors[name](case) if name in self.anchors else None

    def _lies_behind(self, transition: Transition, state: StrEnum) -> bool:
        """Whether the state is beyond the step: a later one is recorded that implies it."""
        return all((state, source) not in self._ways for source in _list_states_it_is_due_in(transition))

    def _is_known_to_be_next(self, transition: Transition, by: CountryCode | None, state: StrEnum, case: Case) -> bool:
        """Whether the step before is in the log, and besides its first step one of who is to take this one.

        What is not recorded is not known: without both, the step may have been taken long ago.
        """
        if state not in _list_states_it_is_due_in(transition):
            return False
        rows = self._rows
        taken = [(rows[entry.step], entry.by) for entry in case.thing.log if entry.step in rows]
        if all(state not in (row.target, row.partial) for row, _ in taken):
            return False
        by_reviewed = transition.actor in (Actor.STATE_UNDER_REVIEW, Actor.STATES_IN_REVIEW)
        own = getattr(case.thing, "country", None) if by_reviewed else by
        return any(
            self.initial not in row.sources
            and row.actor is not Actor.SECRETARIAT
            and (own in states if states and own else _is_of_same_actor(row, transition, by_reviewed))
            for row, states in taken
        )

    def _list_outstanding(self, transition: Transition, case: Case, state: StrEnum) -> tuple[StatePart, ...]:
        """By whom, and for which instruments, a step that the state allows is still to be taken."""
        if transition.partial is not None and state is transition.target:
            return ()
        if transition.repeats or (transition.target is not None and transition.partial is None):
            return tuple(StatePart(country=by) for by in transition.list_concerned(case))
        return transition.list_missing(case, case.thing.log)


def _make_case(thing: Any, whole: Any, register: Register | None, reference: Reference | None) -> Case:
    known: dict[str, Any] = {} if reference is None else {"reference": reference}
    return Case(thing=thing, whole=whole, register=register, **known)


def _find_span(time: TimeLimit, day: PartialDate, *, before: bool) -> tuple[PartialDate, PartialDate] | None:
    """The earliest and the latest day of a limit counted from a day; None where no calendar has them."""
    try:
        return time.before(day) if before else time.after(day)
    except ImpossibleValue:
        return None


def _is_of_same_actor(row: Transition, transition: Transition, by_reviewed: bool) -> bool:
    return row.actor is transition.actor or (by_reviewed and row.may_be_taken_as(Actor.STATE_UNDER_REVIEW))


def _list_states_it_is_due_in(transition: Transition) -> tuple[StrEnum, ...]:
    """The states before a step; of one that changes none, the first, for the later ones imply it."""
    return transition.sources if transition.target is not None else transition.sources[:1]


def _find_first_entry(log: tuple[Any, ...], step: str, by: str | None) -> Entry | None:
    """The first entry of a step; of one that each State takes, that of the State, or one that names none."""
    return next((entry for entry in log if entry.step == step and (by is None or entry.may_be_by(by))), None)


def _find_completing_entry(transition: Transition, by: CountryCode | None, case: Case) -> Entry | None:
    """The entry after which nothing of a step is left to a State: the first, or that of its last instrument."""
    log = case.thing.log
    if transition.instruments is None:
        return _find_first_entry(log, transition.step, by)
    for number, entry in enumerate(log, 1):
        if entry.step == transition.step and all(
            part.country != by for part in transition.list_missing(case, log[:number])
        ):
            return entry  # type: ignore[no-any-return]
    return None
