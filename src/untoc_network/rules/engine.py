"""Which rules run, how grave each is, and running them over a register.

A `RuleSet` is a value, never a global. Each rule passes once over the records that it is on; nothing is built until it is
needed.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import attrs

from untoc_network.diagnostics.code import CatalogueEntry
from untoc_network.diagnostics.codes import checks
from untoc_network.diagnostics.errors import ImpossibleValue, UnknownRule
from untoc_network.diagnostics.findings import Finding, Report, Severity
from untoc_network.diagnostics.shared_methods import SharedMethods
from untoc_network.model.form_check import checked, find_own_field_faults, keep_sound_part
from untoc_network.model.register import COLLECTIONS, Register
from untoc_network.reference.facts import Reference, packaged
from untoc_network.rules.catalogue import ON_REQUEST, PRESETS, catalogue
from untoc_network.rules.rule import Context, Rule, Violation, violation
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.dates import PartialDate, require_whole_day
from untoc_network.values.garbage_collection import pause_gc
from untoc_network.values.self_checked_classes import describe_type, is_sound

if TYPE_CHECKING:
    from importlib import metadata

__all__ = [
    "MOST_OF_A_RULE",
    "Progress",
    "RuleSet",
    "iterate_findings",
    "list_records_for_rule",
    "report_rules_not_run",
    "run_rules",
    "to_ruleset",
    "validate",
]

Progress = Callable[[int, int], None]
"""Told how many of how many steps are done."""

MOST_OF_A_RULE = 1_000
"""So many findings of one rule are in a report: more of them tell nobody more, and each takes memory."""


def _sort_by_code(rules: Iterable[CatalogueEntry]) -> tuple[CatalogueEntry, ...]:
    ordered = tuple(sorted(rules, key=lambda rule: rule.code))
    for before, after in itertools.pairwise(ordered):
        if before.code == after.code:
            raise UnknownRule(f"two rules have the code {before.code}; choose another for your own")
    return ordered


def _to_severity(code: Any, severity: Any) -> Severity:
    try:
        return Severity(severity)
    except ValueError:
        raise ImpossibleValue(f"severities[{code!r}]: expected one of {', '.join(Severity)}") from None


def _to_tuple_of_codes(codes: str | Iterable[str]) -> tuple[str, ...]:
    return (codes,) if isinstance(codes, str) else tuple(codes)


def _load_offered_rules(entry: metadata.EntryPoint) -> tuple[CatalogueEntry, ...]:
    try:
        offer = entry.load()
        rules = (offer,) if isinstance(offer, CatalogueEntry) else tuple(offer)
    except Exception as error:  # noqa: BLE001 - code of anybody
        words = " ".join(f"{type(error).__name__}: {error}".split())
        raise UnknownRule(f"the rules {entry.name!r} ({entry.value}) cannot be loaded: {words}") from None
    strange = [type(rule).__name__ for rule in rules if not isinstance(rule, CatalogueEntry)]
    if strange:
        raise UnknownRule(f"an entry point of untoc_network.rules must offer a rule, not a {strange[0]}")
    return rules


@attrs.frozen(kw_only=True)
class RuleSet(SharedMethods):
    """Rules, a selection among them and their severities.

    `select` and `ignore` name codes or the beginnings of codes (`EV`, `EV0`, `EV012`); an empty `select` means all.
    What is ignored does not run. `severities` overrides by whole codes. What matches no rule raises `UnknownRule`.
    Those `on_request` run only where their whole code is selected.
    """

    rules: tuple[CatalogueEntry, ...] = attrs.field(converter=_sort_by_code)
    select: tuple[str, ...] = attrs.field(default=(), converter=_to_tuple_of_codes)
    ignore: tuple[str, ...] = attrs.field(default=(), converter=_to_tuple_of_codes)
    severities: Mapping[str, Severity] = attrs.field(factory=dict, hash=False)
    on_request: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        codes = {rule.code for rule in self.rules}
        for code in self.severities:
            if code not in codes:
                raise UnknownRule(f"no rule has the code {code!r}, whose severity is to be another")
        for wanted in (*self.select, *self.ignore):
            if not wanted or not any(rule.code.startswith(wanted) for rule in self.rules):
                areas = ", ".join(sorted({rule.area for rule in self.rules}))
                raise UnknownRule(f"no rule has a code that begins with {wanted!r}; the areas are {areas}")

    @classmethod
    @functools.cache
    def default(cls) -> RuleSet:
        """The whole catalogue with its own severities; what is but an analogy runs only where it is selected."""
        return cls(rules=catalogue(), on_request=ON_REQUEST)

    @classmethod
    @check_arguments
    def named(cls, preset: str) -> RuleSet:
        """The rule set of a preset: `default`, `strict`, `lenient`, `privacy` or `mechanism`. Raises `UnknownRule`."""
        chosen = PRESETS.get(preset)
        if chosen is None:
            raise UnknownRule(f"there is no rule set {preset!r}; the rule sets are: {', '.join(PRESETS)}")
        rules = cls.default().rules
        severities = {rule.code: severity for rule in rules if (severity := chosen.get_severity(rule)) is not None}
        return cls(
            rules=rules,
            select=chosen.select,
            ignore=chosen.ignore,
            severities=severities,
            on_request=ON_REQUEST,
        )

    def with_installed(self) -> RuleSet:
        """These rules, and those that installed packages offer under the entry point `untoc_network.rules`.

        An entry point names a rule or a collection of rules; nothing is loaded before it is asked for. Raises
        `UnknownRule` where it cannot be loaded, or names something else or a code that is taken.
        """
        from importlib import metadata  # which loads much, and most programs have rules of no other package

        entries = metadata.entry_points(group="untoc_network.rules")
        return self.with_rules(*itertools.chain.from_iterable(map(_load_offered_rules, entries)))

    @functools.cached_property
    def active(self) -> tuple[CatalogueEntry, ...]:
        """The rules that run, in the order of their codes."""
        return tuple(rule for rule in self.rules if self.runs(rule.code))

    def runs(self, code: str) -> bool:
        """Whether a rule of that code runs. Raises `ImpossibleValue` for what is no text."""
        if not isinstance(code, str):
            raise ImpossibleValue(f"code: expected text, got {describe_type(code)}")
        chosen = code in self.select or (
            code not in self.on_request and (not self.select or code.startswith(self.select))
        )
        return chosen and not code.startswith(self.ignore)

    @check_arguments
    def choosing(self, *, select: str | Iterable[str] = (), ignore: str | Iterable[str] = ()) -> RuleSet:
        """The same rules, of which only these run: `select` replaces the selection, `ignore` adds to what is ignored."""
        return attrs.evolve(
            self, select=_to_tuple_of_codes(select) or self.select, ignore=(*self.ignore, *_to_tuple_of_codes(ignore))
        )

    @check_arguments
    def with_rules(self, *rules: CatalogueEntry) -> RuleSet:
        """These rules too: your own. Raises `UnknownRule` where a code is taken."""
        return attrs.evolve(self, rules=(*self.rules, *rules))

    @check_arguments
    def with_severities(self, severities: Mapping[str, Severity | str]) -> RuleSet:
        """The same rules with other severities by code."""
        chosen = {code: _to_severity(code, severity) for code, severity in severities.items()}
        return attrs.evolve(self, severities={**self.severities, **chosen})


@check_arguments
def validate(  # noqa: PLR0913
    register: Register,
    *,
    on: dt.date | str | None = None,
    rules: RuleSet | Iterable[CatalogueEntry] | None = None,
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
    ruleset = to_ruleset(rules)
    day = None if on is None else require_whole_day(on)
    with pause_gc() if hold_back_gc else nullcontext():
        missed = report_rules_not_run(ruleset, day)
        if is_sound(register) and not any(find_own_field_faults(register)):
            return run_rules(register, ruleset, day, reference, progress).merge(missed)
        sound, places, lost = keep_sound_part(register)
        rest = run_rules(sound, ruleset, day, reference, progress)
        faults = checked(register).errors
        moved = (
            _move_finding_to_whole_register(found, places)
            for found in rest
            if not _follows_from_left_out_records(found, sound, lost)
        )
        return Report((*faults, *moved)).merge(missed)


def to_ruleset(rules: RuleSet | Iterable[CatalogueEntry] | None) -> RuleSet:
    """A set of rules from whatever `rules=` takes; the default one where it is None."""
    if isinstance(rules, RuleSet):
        return rules
    return RuleSet.default() if rules is None else RuleSet(rules=tuple(rules))


def report_rules_not_run(rules: RuleSet, on: PartialDate | None) -> Report:
    """What did not run where no day is given, and the one finding that says so."""
    codes = tuple(rule.code for rule in rules.active if rule.needs_day and on is None)
    told = codes and not checks.missing_day.code.startswith(rules.ignore)
    return Report((checks.missing_day.finding((), {"rules": ", ".join(codes)}),) if told else (), None, codes)


def run_rules(
    register: Register,
    rules: RuleSet,
    on: PartialDate | None,
    reference: Reference | None = None,
    progress: Progress | None = None,
) -> Report:
    """What `validate` finds with rules in a register that is known to be sound."""
    return Report(tuple(iterate_findings(register, rules, on, reference, progress)))


def iterate_findings(
    register: Register,
    rules: RuleSet,
    on: PartialDate | None,
    reference: Reference | None = None,
    progress: Progress | None = None,
) -> Iterator[Finding]:
    """The findings of `run_rules` one by one, rule after rule, for whoever does not want all of them in memory."""
    codes = frozenset(rule.code for rule in rules.rules)
    context = Context(register=register, on=on, reference=reference or packaged(), codes=codes)
    return _run_each_rule(rules, context, progress or _ignore_progress)


def _follows_from_left_out_records(finding: Finding, register: Register, lost: frozenset[str]) -> bool:
    """Whether a finding follows from records that were left out, since they are not sound."""
    here: Any = register
    for token in finding.path:
        here = here[token] if isinstance(token, int) else getattr(here, token, None)
    return finding.from_absence or (isinstance(here, str) and here in lost)


def _move_finding_to_whole_register(finding: Finding, places: Mapping[str, tuple[int, ...]]) -> Finding:
    """A finding on what is sound of a register with its place in the whole."""
    if len(finding.path) < 2:
        return finding
    collection, position, *rest = finding.path
    return finding.with_location(path=(collection, places[str(collection)][int(position)], *rest))


def _ignore_progress(_done: int, _of: int) -> None:
    """Tell nobody."""


def _run_each_rule(ruleset: RuleSet, context: Context, progress: Progress) -> Iterator[Finding]:
    suppressions = Suppressions(context.on)
    running = [rule for rule in ruleset.active if isinstance(rule, Rule) and (context.on or not rule.needs_day)]
    for number, rule in enumerate(running, start=1):
        try:
            records = list_records_for_rule(rule, context)
            for hit in (rule.check(records, context) if records else None) or ():
                if not suppressions.covers(hit.record, rule.code):
                    yield _to_finding(rule, hit, ruleset, context)
        except Exception as crash:  # noqa: BLE001 - whatever a rule does, the run goes on
            yield checks.rule_crashed.finding((), {"code": rule.code, "slug": rule.slug, "error": type(crash).__name__})
        progress(number, len(running))
    if checks.unused_suppression in ruleset.active:
        yield from _report_unused_suppressions(suppressions, {rule.code for rule in running}, ruleset, context)


class Suppressions:
    """Which findings the records of a register accept, and which of these acceptances were needed."""

    def __init__(self, on: PartialDate | None) -> None:
        self.on = on
        self.used: set[tuple[int, int]] = set()

    def covers(self, record: Any, code: str) -> bool:
        """Whether the record accepts findings of that code on the day."""
        covering = [
            place
            for place, acceptance in enumerate(getattr(record, "accepted", ()))
            if acceptance.rule == code and acceptance.holds(self.on)
        ]
        self.used.update((id(record), place) for place in covering)
        return bool(covering)


def _report_unused_suppressions(
    suppressions: Suppressions, ran: set[str], ruleset: RuleSet, context: Context
) -> Iterator[Finding]:
    """Every acceptance that holds, of a rule that ran, and that no finding needed."""
    for record in context.records_with(("accepted",)):
        for place, acceptance in enumerate(getattr(record, "accepted", ())):
            idle = (
                acceptance.rule in ran and acceptance.holds(context.on) and (id(record), place) not in suppressions.used
            )
            if idle:
                hit = violation(record, "accepted", place, code=acceptance.rule)
                yield _to_finding(checks.unused_suppression, hit, ruleset, context)


def list_records_for_rule(rule: Rule, context: Context) -> Sequence[Any]:
    """The records that a rule is called with; where there are none, it is not called."""
    cls, register = rule.on, context.register
    if cls is Register:
        return (register,)
    for name, held in COLLECTIONS.items():
        if held is cls:
            return getattr(register, name)  # type: ignore[no-any-return]
    records = context.records_with(rule.fields) if rule.fields else context.records
    return records if cls is object else [record for record in records if cls and isinstance(record, cls)]


def _to_finding(rule: CatalogueEntry, hit: Violation, ruleset: RuleSet, context: Context) -> Finding:
    path = (*context.locate(hit.record), *hit.path)
    return rule.finding(
        path,
        hit.params,
        subject=getattr(hit.record, "id", None),
        severity=ruleset.severities.get(rule.code),
        basis=hit.basis,
    )
