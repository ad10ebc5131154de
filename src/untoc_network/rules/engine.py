"""Running rules over a register: one pass a rule over the records it is on, nothing built until it is needed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from untoc_network.errors import ImpossibleValue
from untoc_network.findings import Finding, Report
from untoc_network.model.register import COLLECTIONS, Register
from untoc_network.reference import packaged
from untoc_network.reference.tables import Reference
from untoc_network.rules.acceptances import ACCEPTANCE_NEEDED, RULE_HELD
from untoc_network.rules.context import Context
from untoc_network.rules.rule import Found, Rule, found
from untoc_network.rules.ruleset import RuleSet
from untoc_network.values.collector import gc_held_back
from untoc_network.values.dates import PartialDate

__all__ = ["Progress", "validate"]

Progress = Callable[[int, int], None]
"""Told how many of how many steps are done."""


def validate(  # noqa: PLR0913
    register: Register,
    *,
    on: dt.date | str | None = None,
    rules: RuleSet | Iterable[Rule] | None = None,
    reference: Reference | None = None,
    progress: Progress | None = None,
    hold_back_gc: bool = False,
) -> Report:
    """Check a register against rules and report everything found, ordered by place.

    `on` is the day that it is judged on (a date, or text such as `2022-03-28`); rules about what is overdue or has
    expired run only where it is given, for the library reads no clock. `rules` is a `RuleSet` or any collection of
    rules; the default is the whole catalogue. `reference` replaces the packaged facts. Pure: the same arguments give the same report. Raises `ImpossibleValue`
    where `on` is no whole day. `progress` is told after each rule how many have run, and of how many. `hold_back_gc`
    holds Python's cyclic garbage collector back, in the whole process, until all have: for one large register.
    """
    ruleset = (
        rules if isinstance(rules, RuleSet) else RuleSet.default() if rules is None else RuleSet(rules=tuple(rules))
    )
    day = None if on is None else PartialDate.of(on)
    if day is not None and not day.is_exact:
        raise ImpossibleValue("a register is judged on a whole day, such as 2022-03-28")
    context = Context(
        register=register,
        on=day,
        reference=reference or packaged(),
        codes=frozenset(rule.code for rule in ruleset.rules),
    )
    with gc_held_back(hold_back_gc):
        return Report(tuple(_findings(ruleset, context, progress or _silent)))


def _silent(_done: int, _of: int) -> None:
    """Tell nobody."""


def _findings(ruleset: RuleSet, context: Context, progress: Progress) -> Iterator[Finding]:
    accepted = Accepted(context.on)
    running = [rule for rule in ruleset.active if rule.on is not None and (context.on or not rule.needs_day)]
    for number, rule in enumerate(running, start=1):
        try:
            for hit in rule.check(_records(rule, context), context) or ():
                if not accepted.covers(hit.record, rule.code):
                    yield _finding(rule, hit, ruleset, context)
        except Exception as crash:  # noqa: BLE001 - whatever a rule does, the run goes on
            yield RULE_HELD.finding((), {"code": rule.code, "slug": rule.slug, "error": type(crash).__name__})
        progress(number, len(running))
    if ACCEPTANCE_NEEDED in ruleset.active:
        yield from _unneeded(accepted, {rule.code for rule in running}, ruleset, context)


class Accepted:
    """Which findings the records of a register accept, and which of these acceptances were needed."""

    def __init__(self, on: PartialDate | None) -> None:
        self.on = on
        self.needed: set[tuple[int, int]] = set()

    def covers(self, record: Any, code: str) -> bool:
        """Whether the record accepts findings of that code on the day."""
        covering = [
            place
            for place, acceptance in enumerate(getattr(record, "accepted", ()))
            if acceptance.rule == code and acceptance.holds(self.on)
        ]
        self.needed.update((id(record), place) for place in covering)
        return bool(covering)


def _unneeded(accepted: Accepted, ran: set[str], ruleset: RuleSet, context: Context) -> Iterator[Finding]:
    """Every acceptance that holds, of a rule that ran, and that no finding needed."""
    for record in context.holding(("accepted",)):
        for place, acceptance in enumerate(getattr(record, "accepted", ())):
            idle = (
                acceptance.rule in ran and acceptance.holds(context.on) and (id(record), place) not in accepted.needed
            )
            if idle:
                hit = found(record, "accepted", place, code=acceptance.rule)
                yield _finding(ACCEPTANCE_NEEDED, hit, ruleset, context)


def _records(rule: Rule, context: Context) -> Iterable[Any]:
    """The records that a rule is called with."""
    cls, register = rule.on, context.register
    if cls is Register:
        return (register,)
    for name, held in COLLECTIONS.items():
        if held is cls:
            return getattr(register, name)  # type: ignore[no-any-return]
    records = context.holding(rule.holding) if rule.holding else context.records
    return records if cls is object else (record for record in records if cls and isinstance(record, cls))


def _finding(rule: Rule, hit: Found, ruleset: RuleSet, context: Context) -> Finding:
    path = (*context.place_of(hit.record), *hit.path)
    return rule.finding(
        path,
        hit.params,
        subject=getattr(hit.record, "id", None),
        severity=ruleset.severities.get(rule.code),
        basis=hit.basis,
    )
