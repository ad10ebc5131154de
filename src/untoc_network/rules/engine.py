"""Running rules over a register: one pass a rule over the records it is on, nothing built until it is needed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from untoc_network.diagnostics.code import Explained
from untoc_network.diagnostics.codes import checks
from untoc_network.diagnostics.findings import Finding, Report, pointer_to, typed_path
from untoc_network.model.form_check import checked, sound_part
from untoc_network.model.register import COLLECTIONS, Register
from untoc_network.reference import packaged
from untoc_network.reference.tables import Reference
from untoc_network.rules.context import Context
from untoc_network.rules.rule import Rule, Violation, violation
from untoc_network.rules.ruleset import RuleSet
from untoc_network.values.argument_checks import refuses_by_name
from untoc_network.values.collector import gc_held_back
from untoc_network.values.dates import PartialDate, whole_day
from untoc_network.values.type_checks import is_sound

__all__ = ["Progress", "judged", "validate", "without_a_day"]

Progress = Callable[[int, int], None]
"""Told how many of how many steps are done."""


@refuses_by_name
def validate(  # noqa: PLR0913
    register: Register,
    *,
    on: dt.date | str | None = None,
    rules: RuleSet | Iterable[Explained] | None = None,
    reference: Reference | None = None,
    progress: Progress | None = None,
    hold_back_gc: bool = False,
) -> Report:
    """Check a register against rules and report everything found, ordered by place.

    `on` is the day that it is judged on (a date, or text such as `2022-03-28`); rules about what is overdue or has
    expired run only where it is given, for the library reads no clock; else the report has them in `not_run`, and an info
    says so. `rules` is a `RuleSet` or any collection of
    rules; the default is the whole catalogue. `reference` replaces the packaged facts. Pure: the same arguments give
    the same report. What `checked` finds on form is in it, whatever the rules; the rules then judge what is sound.
    Raises `ImpossibleValue` where `on` is no whole day. `progress` is told after each rule how many have run, and of
    how many. `hold_back_gc` holds Python's cyclic garbage collector back, in the whole process, until all have: for one
    large register.
    """
    ruleset = (
        rules if isinstance(rules, RuleSet) else RuleSet.default() if rules is None else RuleSet(rules=tuple(rules))
    )
    day = None if on is None else whole_day(on)
    with gc_held_back(hold_back_gc):
        missed = without_a_day(ruleset, day)
        if is_sound(register):
            return judged(register, ruleset, day, reference, progress).merge(missed)
        sound, places, lost = sound_part(register)
        rest = judged(sound, ruleset, day, reference, progress)
        faults = checked(register).errors
        moved = (_moved(found, places) for found in rest if not _follows(found, sound, lost))
        return Report((*faults, *moved)).merge(missed)


def without_a_day(rules: RuleSet, on: PartialDate | None) -> Report:
    """What did not run where no day is given, and the one finding that says so."""
    codes = tuple(rule.code for rule in rules.active if rule.needs_day and on is None)
    told = codes and not checks.missing_day.code.startswith(rules.ignore)
    return Report((checks.missing_day.finding((), {"rules": ", ".join(codes)}),) if told else (), None, codes)


def judged(
    register: Register,
    rules: RuleSet,
    on: PartialDate | None,
    reference: Reference | None = None,
    progress: Progress | None = None,
) -> Report:
    """What `validate` finds with rules in a register that is known to be sound."""
    codes = frozenset(rule.code for rule in rules.rules)
    context = Context(register=register, on=on, reference=reference or packaged(), codes=codes)
    return Report(tuple(_findings(rules, context, progress or _silent)))


def _follows(finding: Finding, register: Register, lost: frozenset[str]) -> bool:
    """Whether a finding follows from records that were left out, since they are not sound."""
    here: Any = register
    for token in typed_path(finding.pointer):
        here = here[token] if isinstance(token, int) else getattr(here, token, None)
    return finding.from_absence or (isinstance(here, str) and here in lost)


def _moved(finding: Finding, places: Mapping[str, tuple[int, ...]]) -> Finding:
    """A finding on what is sound of a register with its place in the whole."""
    collection, *rest = typed_path(finding.pointer) or ("",)
    if not rest:
        return finding
    pointer = pointer_to((collection, places[str(collection)][int(rest[0])], *rest[1:]))
    return attrs.evolve(finding, location=attrs.evolve(finding.location, pointer=pointer))


def _silent(_done: int, _of: int) -> None:
    """Tell nobody."""


def _findings(ruleset: RuleSet, context: Context, progress: Progress) -> Iterator[Finding]:
    accepted = Accepted(context.on)
    running = [rule for rule in ruleset.active if isinstance(rule, Rule) and (context.on or not rule.needs_day)]
    for number, rule in enumerate(running, start=1):
        try:
            for hit in rule.check(_records(rule, context), context) or ():
                if not accepted.covers(hit.record, rule.code):
                    yield _finding(rule, hit, ruleset, context)
        except Exception as crash:  # noqa: BLE001 - whatever a rule does, the run goes on
            yield checks.rule_crashed.finding((), {"code": rule.code, "slug": rule.slug, "error": type(crash).__name__})
        progress(number, len(running))
    if checks.unused_suppression in ruleset.active:
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
    for record in context.records_with(("accepted",)):
        for place, acceptance in enumerate(getattr(record, "accepted", ())):
            idle = (
                acceptance.rule in ran and acceptance.holds(context.on) and (id(record), place) not in accepted.needed
            )
            if idle:
                hit = violation(record, "accepted", place, code=acceptance.rule)
                yield _finding(checks.unused_suppression, hit, ruleset, context)


def _records(rule: Rule, context: Context) -> Iterable[Any]:
    """The records that a rule is called with."""
    cls, register = rule.on, context.register
    if cls is Register:
        return (register,)
    for name, held in COLLECTIONS.items():
        if held is cls:
            return getattr(register, name)  # type: ignore[no-any-return]
    records = context.records_with(rule.fields) if rule.fields else context.records
    return records if cls is object else (record for record in records if cls and isinstance(record, cls))


def _finding(rule: Explained, hit: Violation, ruleset: RuleSet, context: Context) -> Finding:
    path = (*context.place_of(hit.record), *hit.path)
    return rule.finding(
        path,
        hit.params,
        subject=getattr(hit.record, "id", None),
        severity=ruleset.severities.get(rule.code),
        basis=hit.basis,
    )
