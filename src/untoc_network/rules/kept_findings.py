"""The findings on each record of a register, kept through changes: a change runs again what it reaches, and no more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from untoc_network.diagnostics.codes import checks
from untoc_network.diagnostics.findings import Finding
from untoc_network.model.network import Membership
from untoc_network.model.organization_and_person import Organization
from untoc_network.model.persistent_collections import ShardedDict
from untoc_network.model.register import AnyRecord, Register, has_surely_left_network
from untoc_network.rules.change_reach import ChangedRegister, Reach, is_own_rule, list_records
from untoc_network.rules.record_indexes import Change, RecordIndexes
from untoc_network.rules.rule import Context, Rule, violation
from untoc_network.rules.rule_runner import (
    RegisterContexts,
    RuleRunner,
    Tallies,
    WholeResult,
    make_excerpt,
    take_day_reads,
)
from untoc_network.values.dates import PartialDate

__all__ = ["KeptFindings"]


@attrs.frozen(kw_only=True)
class KeptFindings:
    """All that rules find in a register, by record, accepted findings too; of no record the position is kept."""

    indexes: RecordIndexes
    runner: RuleRunner
    on_records: ShardedDict[str, tuple[Finding, ...]]
    """The findings on each record, with their places within it."""
    loose: Mapping[str, tuple[Finding, ...]]
    """Of each rule the findings on no record."""
    whole_subjects: Mapping[str, frozenset[str]]
    """Of each rule that is run over the whole register at times, the records on which it finds something."""
    disorderly: frozenset[str]
    """The codes of the rules that break down, or find something where there is no record."""
    unreliable: frozenset[str]
    """The codes of the rules that once found something on another record than they were called with."""
    day_readers: frozenset[str]
    """The codes of the rules that have read the day."""
    accepting: ShardedDict[str, None]
    """The ids of the records that accept findings."""
    dangling: frozenset[str]
    """The ids that are named and lead nowhere."""
    tallies: Tallies

    # -- all of it -----------------------------------------------------------------------------------------------------

    @classmethod
    def build(cls, register: Register, runner: RuleRunner) -> KeptFindings:
        """What the rules find in a register that is sound and in which no id stands twice."""
        contexts = RegisterContexts(runner, register)
        results = {rule: runner.run_whole(rule, contexts.get(rule)) for rule in runner.ways.rules}
        found: defaultdict[str, list[Finding]] = defaultdict(list)
        for result in results.values():
            for record_id, findings in result.by_subject.items():
                found[record_id].extend(findings)
        indexes = RecordIndexes.build(register, runner.key_indexes)
        accepting = (record.id for record in contexts.for_own_rules.records_with(("accepted",)))
        return cls(
            indexes=indexes,
            runner=runner,
            on_records=ShardedDict((record_id, tuple(some)) for record_id, some in found.items()),
            loose=_list_loose(results),
            whole_subjects={
                rule.code: frozenset(result.by_subject)
                for rule, result in results.items()
                if _runs_whole(rule, runner) or not result.is_orderly
            },
            disorderly=frozenset(rule.code for rule, result in results.items() if not result.is_orderly),
            unreliable=frozenset(),
            day_readers=frozenset(rule.code for rule, result in results.items() if result.reads_day),
            accepting=ShardedDict((record_id, None) for record_id in accepting),
            dangling=frozenset(_list_dangling(found)),
            tallies=contexts.for_own_rules.tallies,
        )

    def at_day(self, runner: RuleRunner) -> KeptFindings:
        """The same of another day: rules that read it run again; others keep what they found."""
        anew = [rule for rule in runner.ways.rules if rule.needs_day or rule.code in self.day_readers]
        contexts = RegisterContexts(runner, self.indexes.register)
        results = {rule: runner.run_whole(rule, contexts.get(rule)) for rule in anew}
        kept_codes = {rule.code for rule in runner.ways.rules} - {rule.code for rule in anew}
        found: defaultdict[str, list[Finding]] = defaultdict(list)
        for record_id, findings in self.on_records.items():
            found[record_id].extend(one for one in findings if one.code in kept_codes)
        for result in results.values():
            for record_id, some in result.by_subject.items():
                found[record_id].extend(some)
        new_codes = {rule.code for rule in anew}
        subjects = {code: some for code, some in self.whole_subjects.items() if code in kept_codes}
        subjects |= {
            rule.code: frozenset(result.by_subject)
            for rule, result in results.items()
            if _runs_whole(rule, runner) or not result.is_orderly
        }
        return attrs.evolve(
            self,
            runner=runner,
            on_records=ShardedDict((record_id, tuple(some)) for record_id, some in found.items() if some),
            loose={code: some for code, some in self.loose.items() if code in kept_codes} | _list_loose(results),
            whole_subjects=subjects,
            disorderly=frozenset(
                (
                    *(self.disorderly - new_codes) & kept_codes,
                    *(rule.code for rule, result in results.items() if not result.is_orderly),
                )
            ),
        )

    # -- what is shown -------------------------------------------------------------------------------------------------

    def list_shown(self, record_id: str) -> tuple[Finding, ...]:
        """The findings on a record that it does not accept, and what is said of its acceptances."""
        found = self.on_records.get(record_id, ())
        if record_id not in self.accepting:
            return found  # type: ignore[no-any-return]
        record = self.indexes.get(record_id)
        holding = [(place, one.rule) for place, one in enumerate(record.accepted) if one.holds(self.runner.on)]
        accepted = {code for _, code in holding}
        return (*(one for one in found if one.code not in accepted), *self._list_unused(record, holding, found))

    def _list_unused(
        self, record: Any, holding: Iterable[tuple[int, str]], found: Iterable[Finding]
    ) -> Iterator[Finding]:
        needed = {one.code for one in found}
        for place, code in holding if self.runner.tells_unused else ():
            if code in self.runner.running_codes and code not in needed:
                hit = violation(record, "accepted", place, code=code)
                yield self.runner.make_finding(checks.unused_suppression, hit)

    def iterate_loose(self) -> Iterator[Finding]:
        """The findings on no record."""
        for some in self.loose.values():
            yield from some

    def place(self, record_id: str, finding: Finding) -> Finding:
        """A finding on a record with its place in the register."""
        return finding.with_location(path=(*self.indexes.find_place(self.indexes.get(record_id)), *finding.path))

    def list_all(self) -> Iterator[Finding]:
        """All findings that are shown, with their places."""
        for record_id in {*self.on_records, *self.accepting}:
            for finding in self.list_shown(record_id):
                yield self.place(record_id, finding)
        yield from self.iterate_loose()

    # -- through a change ----------------------------------------------------------------------------------------------

    def follow(self, register: Register, changes: Mapping[str, Change]) -> tuple[KeptFindings, frozenset[str]]:
        """What is found after a change of these records, and the records on which that may be something else."""
        change = self._make_change(register, changes)
        return _Following(self, change).finish()

    def _make_change(self, register: Register, changes: Mapping[str, Change]) -> ChangedRegister:
        """The change, with the records of which a reference leads elsewhere, since redirects are others."""
        old = self.indexes.register
        redirected_anew = old.redirects is not register.redirects
        ids = {*old.redirected, *register.redirected} if redirected_anew else set()
        turned = {one for one in ids if old.resolved(one) != register.resolved(one)}
        whole = {one: (old.by_id.get(one), register.by_id.get(one)) for one in self._list_naming(turned)}
        all_changes = {**whole, **changes}
        indexes, edges = self.indexes.changed(register, all_changes)
        came_or_went = {one for one, (before, after) in changes.items() if type(before) is not type(after)}
        return ChangedRegister(
            old=self.indexes,
            new=indexes,
            changes=all_changes,
            edges=edges,
            moved=frozenset(turned | came_or_went),
            turned=frozenset(whole),
            redirected_anew=redirected_anew,
        )

    def _list_naming(self, record_ids: Iterable[str]) -> Iterator[str]:
        """The records that name one of some ids, as such."""
        for record_id in record_ids:
            yield from self.indexes.iterate_naming_as_such(record_id)


class _Following:
    """What is found anew after a change."""

    def __init__(self, kept: KeptFindings, change: ChangedRegister) -> None:
        self._kept, self._change, self._runner = kept, change, kept.runner
        self._register = change.new.register
        self._found: defaultdict[str, dict[str, list[Finding]]] = defaultdict(dict)
        """Of the records, and for each the rules, that ran anew: what they found."""
        self._tallies = _carry_tallies(kept, change)
        self._loose = dict(kept.loose)
        self._whole_subjects = dict(kept.whole_subjects)
        self._disorderly = set(kept.disorderly)
        self._unreliable = set(kept.unreliable)
        self._day_readers = set(kept.day_readers)
        self._contexts = RegisterContexts(kept.runner, self._register)

    def finish(self) -> tuple[KeptFindings, frozenset[str]]:
        """Run what has to run, and put together what there is then."""
        kept, change = self._kept, self._change
        reach = Reach(self._runner.ways, change, kept.dangling)
        suspected = kept.disorderly | kept.unreliable
        whole = reach.whole | {rule for rule in self._runner.ways.rules if rule.code in suspected}
        failed = self._run_on_records(reach, whole)
        self._run_on_redirects(reach.redirecting)
        self._run_whole(whole)
        self._run_whole(failed)
        self._unreliable |= {rule.code for rule in failed} - self._disorderly  # since they ran to their end now
        values: dict[str, tuple[Finding, ...]] = {}
        for record_id in {*self._found, *change.changes}:
            before, after = change.changes.get(record_id, (None, None))
            old = kept.on_records.get(record_id, ())
            anew = self._found.get(record_id, {})
            stays = () if type(before) is not type(after) else (one for one in old if one.code not in anew)
            values[record_id] = (*stays, *(finding for some in anew.values() for finding in some))
        subjects = frozenset(values)
        new = attrs.evolve(
            kept,
            indexes=change.new,
            on_records=kept.on_records.with_changes(
                {one: some for one, some in values.items() if some},
                removed_keys=[one for one, some in values.items() if not some],
            ),
            loose=self._loose,
            whole_subjects=self._whole_subjects,
            disorderly=frozenset(self._disorderly),
            unreliable=frozenset(self._unreliable),
            day_readers=frozenset(self._day_readers),
            accepting=_carry_accepting(kept, change),
            dangling=self._carry_dangling(values),
            tallies=self._tallies,
        )
        return new, subjects

    def _run_on_records(self, reach: Reach, whole: set[Rule]) -> set[Rule]:
        """Run the rules that follow changes; what comes back are those that could not."""
        failed: set[Rule] = set()
        chosen = {
            rule: [record for record in list_records(self._change.new, ids) if self._runner.ways.concerns(rule, record)]
            for rule, ids in reach.records.items()
            if rule not in whole
        }
        touched = {
            id(record): record for rule, records in chosen.items() if rule.on is not Register for record in records
        }
        narrow = self._make_context(touched.values())
        for rule, records in chosen.items():
            for record_id in reach.records[rule]:
                self._found[record_id][rule.code] = []
            if not records:
                continue
            context = narrow if is_own_rule(rule) else self._contexts.for_others
            called_with: list[Any] = [*records]
            neighbours: frozenset[int] = frozenset()
            if rule.on is Register:
                index = self._runner.ways.sharing.get(rule)
                around = (
                    records if index is None else list_records(self._change.new, reach.find_sharing_now(index, records))
                )
                called_with, neighbours = [make_excerpt(self._register, around)], frozenset(map(id, around))
            found = self._runner.run_some(rule, records, context, called_with, neighbours)
            if take_day_reads(context):
                self._day_readers.add(rule.code)
            if found is None:
                failed.add(rule)
                continue
            for record_id, findings in found.items():
                self._found[record_id][rule.code] = findings
        return failed

    def _make_context(self, records: Iterable[AnyRecord]) -> Context:
        return self._runner.make_keyed_context(make_excerpt(self._register, records), self._change.new, self._tallies)

    def _run_on_redirects(self, rules: Iterable[Rule]) -> None:
        """Run rules of ours on the redirects alone."""
        for rule in rules:
            excerpt = make_excerpt(self._register, (), self._register.redirects)
            context = self._runner.make_keyed_context(excerpt, self._change.new, self._tallies)
            self._loose[rule.code] = self._runner.run_whole(rule, context).loose

    def _run_whole(self, rules: Iterable[Rule]) -> None:
        for rule in rules:
            result = self._runner.run_whole(rule, self._contexts.get(rule))
            code = rule.code
            self._day_readers |= {code} if result.reads_day else set()
            before = self._whole_subjects.get(code)
            if before is None:
                before = frozenset(
                    one for one, some in self._kept.on_records.items() if any(finding.code == code for finding in some)
                )
            for record_id in before.union(result.by_subject):
                self._found[record_id][code] = list(result.by_subject.get(record_id, ()))
            self._loose[code] = result.loose
            self._disorderly -= {code}
            if _runs_whole(rule, self._runner) or not result.is_orderly:
                self._whole_subjects[code] = frozenset(result.by_subject)
            else:
                self._whole_subjects.pop(code, None)
            if not result.is_orderly:
                self._disorderly.add(code)

    def _carry_dangling(self, values: Mapping[str, tuple[Finding, ...]]) -> frozenset[str]:
        old = {one for record_id in values for one in _list_targets(self._kept.on_records.get(record_id, ()))}
        new = {one for some in values.values() for one in _list_targets(some)}
        gone = {one for one in old - new if not self._change.new.is_named(one) or one in self._register}
        return (self._kept.dangling | new) - gone if gone or new - old else self._kept.dangling


def _runs_whole(rule: Rule, runner: RuleRunner) -> bool:
    return rule in runner.ways.whole or rule in runner.ways.gates


def _list_loose(results: Mapping[Rule, WholeResult]) -> dict[str, tuple[Finding, ...]]:
    return {rule.code: result.loose for rule, result in results.items() if result.loose}


def _list_dangling(found: Mapping[str, list[Finding]]) -> Iterator[str]:
    for some in found.values():
        yield from _list_targets(some)


def _list_targets(findings: Iterable[Finding]) -> Iterator[str]:
    """The ids that lead nowhere, as findings have them."""
    for finding in findings:
        if finding.code == _DANGLING:
            yield str(dict(finding.params)["target"])


_DANGLING = "RF002"


def _carry_accepting(kept: KeptFindings, change: ChangedRegister) -> ShardedDict[str, None]:
    come = [
        one for one, (_, new) in change.changes.items() if getattr(new, "accepted", ()) and one not in kept.accepting
    ]
    gone = [
        one for one, (_, new) in change.changes.items() if not getattr(new, "accepted", ()) and one in kept.accepting
    ]
    if not come and not gone:
        return kept.accepting
    return kept.accepting.with_changes(((one, None) for one in come), removed_keys=gone)


# -- how many members ----------------------------------------------------------------------------------------------------


def _carry_tallies(kept: KeptFindings, change: ChangedRegister) -> Tallies:
    """How many members networks have after a change: what it adds to the numbers before."""
    if not kept.tallies or change.redirected_anew:
        return {}
    tallies = dict(kept.tallies)
    networks = {network for network, _ in tallies}
    pairs = {
        pair
        for record_id, (old, new) in change.changes.items()
        for record in (old, new)
        for indexes in (change.old, change.new)
        for pair in _list_pairs(indexes, record_id, record)
        if pair[0] in networks
    }
    for network, member in pairs:
        for key in [key for key in tallies if key[0] == network]:
            before, after = (_is_member(indexes, network, member, key[1]) for indexes in (change.old, change.new))
            tallies[key] += after - before
    return tallies


def _list_pairs(indexes: RecordIndexes, record_id: str, record: AnyRecord | None) -> Iterator[tuple[str, str]]:
    """The networks and organizations that a record stands between, or its memberships do."""
    resolve = indexes.register.resolved
    if isinstance(record, Membership):
        yield resolve(record.network_id), resolve(record.organization_id)
    elif isinstance(record, Organization):
        for one in indexes.iterate_naming(Membership, record_id):
            membership = indexes.get(one)
            yield resolve(membership.network_id), resolve(membership.organization_id)


def _is_member(indexes: RecordIndexes, network_id: str, organization_id: str, on: PartialDate | None) -> bool:
    resolve = indexes.register.resolved
    organization = indexes.get(organization_id)
    return isinstance(organization, Organization) and any(
        resolve(one.network_id) == network_id
        and resolve(one.organization_id) == organization_id
        and not (on and has_surely_left_network(one, organization, on))
        for one in map(indexes.get, indexes.iterate_naming(Membership, organization_id))
    )
