"""Running rules on the records that a change concerns, in a context that answers by key."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from untoc_network.diagnostics.code import CatalogueEntry
from untoc_network.diagnostics.codes import checks
from untoc_network.diagnostics.findings import Finding
from untoc_network.model.persistent_collections import SortedBlocks
from untoc_network.model.register import COLLECTION_OF, TABLES, AnyRecord, Redirect, Register
from untoc_network.reference.facts import Reference
from untoc_network.rules.change_reach import RuleWays, is_own_rule
from untoc_network.rules.engine import RuleSet, list_records_for_rule
from untoc_network.rules.looked_at_fields import list_values_at
from untoc_network.rules.record_indexes import KeyIndex, RecordIndexes
from untoc_network.rules.rule import Context, Rule, Violation
from untoc_network.text.nearest_names import REACH, NearestNames
from untoc_network.values.dates import PartialDate

__all__ = ["KeyedContext", "RegisterContexts", "RuleRunner", "Tallies", "WholeResult", "make_excerpt", "take_day_reads"]

Tallies = dict[tuple[str, PartialDate | None], int]
"""How many members a network has on a day."""


@attrs.frozen(kw_only=True)
class KeyedContext(Context):
    """A context of which the register holds the records in question alone, and all else is found by key."""

    indexes: RecordIndexes

    def nearest(self, collections: tuple[str, ...]) -> NearestNames:
        """The ids in these collections, to find the one that a misspelt id was meant to be."""
        return _NearestIds(self.indexes, collections)

    def list_naming(self, cls: Any, path: str, record_id: str) -> Iterable[Any]:
        """The records of a class that name a record by the reference at a path, whatever id leads to it."""
        resolve = self.register.resolved
        for one in self.indexes.iterate_naming(cls, record_id):
            record = self.indexes.get(one)
            if record_id in map(resolve, list_values_at(record, path)):
                yield record

    def list_with_value(self, cls: Any, path: str, value: Any) -> Iterable[Any]:
        """The records of a class that hold a value at a path, in the order of their ids."""
        return map(self.indexes.get, sorted(self.indexes.find(KeyIndex(cls, (path,)), value)))

    def is_named(self, record_id: str) -> bool:
        """Whether any record names that very id."""
        return self.indexes.is_named(record_id)


@attrs.frozen(kw_only=True)
class DayWatchingContext(Context):
    """The context of a whole register for rules that are not ours: it notes whether the day was asked for."""

    day_reads: list[str] = attrs.field(factory=list, repr=False, eq=False)

    def __getattribute__(self, name: str) -> Any:
        if name == "on":
            object.__getattribute__(self, "day_reads").append(name)
        return object.__getattribute__(self, name)


class RegisterContexts:
    """The contexts of a whole register, made when they are first asked for."""

    def __init__(self, runner: RuleRunner, register: Register) -> None:
        self._given: dict[str, Any] = {
            "register": register,
            "on": runner.on,
            "reference": runner.reference,
            "codes": runner.codes,
        }

    @functools.cached_property
    def for_own_rules(self) -> Context:
        """The one for rules of ours, which say whether they need the day."""
        return Context(**self._given)

    @functools.cached_property
    def for_others(self) -> DayWatchingContext:
        """The one for other rules."""
        return DayWatchingContext(**self._given)

    def get(self, rule: Rule) -> Context:
        """The one for a rule."""
        return self.for_own_rules if is_own_rule(rule) else self.for_others


class _NearestIds(NearestNames):
    """The ids of some collections, as the indexes have them."""

    def __init__(self, indexes: RecordIndexes, collections: tuple[str, ...]) -> None:
        self._indexes, self._collections = indexes, collections

    def around(self, wanted: str) -> set[str]:
        """The names that are compared with it."""
        backwards = wanted[::-1]
        return {
            *self._list_neighbours(self._indexes.ids, wanted),
            *(one[::-1] for one in self._list_neighbours(self._indexes.reversed_ids, backwards)),
        }

    def _list_neighbours(self, ids: Mapping[str, SortedBlocks[str]], wanted: str) -> list[str]:
        below: list[str] = []
        above: list[str] = []
        for name in self._collections:
            some = ids[name]
            place = some.position(wanted)
            below.extend(some[max(0, place - REACH) : place])
            above.extend(some[place : place + REACH])
        return [*sorted(below)[-REACH:], *sorted(above)[:REACH]]


@attrs.frozen
class WholeResult:
    """What a rule finds in a whole register."""

    by_subject: Mapping[str, list[Finding]]
    loose: tuple[Finding, ...]
    """What it finds on no record, with its place."""
    is_orderly: bool
    """Whether it ran to its end, and found something on the records alone that it was called with."""
    reads_day: bool


class RuleRunner:
    """The rules of a set that run on a day, and running them."""

    def __init__(self, rules: RuleSet, on: PartialDate | None, reference: Reference) -> None:
        self.rules, self.on, self.reference = rules, on, reference
        every = [rule for rule in rules.active if isinstance(rule, Rule)]
        running = [rule for rule in every if on or not rule.needs_day]
        self.ways = RuleWays(running)
        self.key_indexes = (self.ways if on else RuleWays(every)).key_indexes
        """The same on any day, so that indexes stay as they are."""
        self.codes = frozenset(rule.code for rule in rules.rules)
        self.running_codes = frozenset(rule.code for rule in running)
        self.tells_unused = checks.unused_suppression in rules.active

    def make_keyed_context(self, excerpt: Register, indexes: RecordIndexes, tallies: Tallies) -> KeyedContext:
        """The context of some records of a register."""
        return KeyedContext(
            register=excerpt,
            on=self.on,
            reference=self.reference,
            codes=self.codes,
            indexes=indexes,
            tallies=tallies,
        )

    def run_whole(self, rule: Rule, context: Context) -> WholeResult:
        """Run a rule over a register."""
        by_subject: dict[str, list[Finding]] = {}
        loose: list[Finding] = []
        is_orderly = True
        try:
            records = list_records_for_rule(rule, context)
            for hit in (rule.check(records, context) if records else None) or ():
                record: Any = hit.record
                if _is_in_register(record, context.register):
                    by_subject.setdefault(record.id, []).append(self.make_finding(rule, hit))
                    is_orderly &= rule.on is Register or self.ways.concerns(rule, record)
                else:
                    loose.append(self.make_finding(rule, hit, context.locate(record)))
                    is_orderly &= isinstance(record, Redirect) and rule in self.ways.redirecting
        except Exception as crash:  # noqa: BLE001 - whatever a rule does, the run goes on
            loose.append(make_crash_finding(rule, crash))
            is_orderly = False
        return WholeResult(by_subject, tuple(loose), is_orderly, rule.needs_day or take_day_reads(context))

    def run_some(
        self,
        rule: Rule,
        records: Sequence[AnyRecord],
        context: Context,
        called_with: Sequence[Any],
        neighbours: frozenset[int],
    ) -> dict[str, list[Finding]] | None:
        """Run a rule on what it is called with, for what it finds on some records; None where it cannot be trusted.

        What it finds on their neighbours, told by identity, is not asked for.
        """
        found: dict[str, list[Finding]] = {record.id: [] for record in records}
        own = {id(record) for record in records}
        try:
            for hit in (rule.check(called_with, context) if called_with else None) or ():
                if id(hit.record) in own:
                    found[hit.record.id].append(self.make_finding(rule, hit))
                elif id(hit.record) not in neighbours and rule not in self.ways.climbing:
                    return None  # which found something on what it was not called with
        except Exception:  # noqa: BLE001 - it is run over the whole then, and its crash told
            return None
        return found

    def make_finding(self, rule: CatalogueEntry, hit: Violation, place: tuple[str | int, ...] = ()) -> Finding:
        """The finding of a hit, with its place within the record, or behind another."""
        return rule.finding(
            (*place, *hit.path),
            hit.params,
            subject=getattr(hit.record, "id", None),
            severity=self.rules.severities.get(rule.code),
            basis=hit.basis,
        )


def _is_in_register(record: Any, register: Register) -> bool:
    return type(record) in COLLECTION_OF and register.by_id.get(record.id) is record


def take_day_reads(context: Context) -> bool:
    """Whether a rule that is not ours has asked a context for the day since this was last asked."""
    reads = context.day_reads if isinstance(context, DayWatchingContext) else []
    has_read = bool(reads)
    reads.clear()
    return has_read


def make_crash_finding(rule: Rule, crash: Exception) -> Finding:
    """What is told of a rule that broke down."""
    return checks.rule_crashed.finding((), {"code": rule.code, "slug": rule.slug, "error": type(crash).__name__})


def make_excerpt(register: Register, records: Iterable[AnyRecord], redirects: tuple[Redirect, ...] = ()) -> Register:
    """A register of some records of another, in which ids lead to all of its records."""
    lists: dict[str, list[Any]] = {}
    for record in records:
        lists.setdefault(COLLECTION_OF[type(record)], []).append(record)
    excerpt = Register.__new__(Register)  # past the constructor, which would check and sort what is sound and in order
    for field in attrs.fields(Register):
        value = tuple(lists.get(field.name, ())) if field.name in TABLES else getattr(register, field.name)
        object.__setattr__(excerpt, field.name, value)
    object.__setattr__(excerpt, "redirects", redirects)
    object.__setattr__(excerpt, "by_id", register.by_id)
    object.__setattr__(excerpt, "redirected", register.redirected)
    return excerpt
