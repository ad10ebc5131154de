"""A register that is kept checked: each change is judged with exactly the findings that it introduces and resolves."""

from __future__ import annotations

import datetime as dt
import functools
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import attrs

from untoc_network.diagnostics.code import CatalogueEntry
from untoc_network.diagnostics.errors import ImpossibleValue, UnknownRecord
from untoc_network.diagnostics.findings import Finding, Report
from untoc_network.model.extension import declare
from untoc_network.model.form_check import find_own_field_faults
from untoc_network.model.register import COLLECTIONS, AnyRecord, Register
from untoc_network.privacy.kept_view import KeptViews
from untoc_network.privacy.redactions import View
from untoc_network.reference.facts import Reference, packaged
from untoc_network.rules.engine import RuleSet, report_rules_not_run, to_ruleset, validate
from untoc_network.rules.kept_findings import KeptFindings
from untoc_network.rules.record_indexes import Change
from untoc_network.rules.rule_runner import RuleRunner
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.consent_and_contact import Audience, audience_from_name
from untoc_network.values.dates import PartialDate, require_whole_day
from untoc_network.values.fields import fields_of
from untoc_network.values.self_checked_classes import is_sound

__all__ = ["Live", "Step"]


class Live:
    """A register with what rules find in it, kept together through changes.

    An attempt tells what a change would do, and is accepted or forgotten::

        live = un.Live(register, on="2026-11-24")
        step = live.attempt(replaced=[organization], added=[membership], removed=["old-id"])
        if not any(finding.severity is un.Severity.ERROR for finding in step.introduced):
            live = step.accept()

    `live.report` has the findings that `un.validate(live.register, on=..., rules=...)` has, after any number of changes,
    and a change costs what it touches: its record, those that name it or that it names, those that share a key with it.
    A `Live` is a value: attempts leave it as it is, so that several can stand beside each other, and threads may share
    it. Rules of your own run over the whole register at each change, unless they say what they look at (`looks`).

    While two records have one id, or a record is not sound (made past its constructor), every change validates the
    whole register anew.
    """

    __slots__ = ("_judged", "_views")

    @check_arguments
    def __init__(
        self,
        register: Register,
        *,
        on: dt.date | str | None = None,
        rules: RuleSet | Iterable[CatalogueEntry] | None = None,
        reference: Reference | None = None,
    ) -> None:
        """Check a register, and keep what is found. The arguments are those of `validate`.

        Raises `ImpossibleValue` where `on` is no whole day.
        """
        day = None if on is None else require_whole_day(on)
        self._judged = _judge(register, RuleRunner(to_ruleset(rules), day, reference or packaged()))
        self._views = KeptViews()

    @property
    def register(self) -> Register:
        """The register."""
        return self._judged.register

    @property
    def on(self) -> PartialDate | None:
        """The day that it is judged on."""
        return self._judged.runner.on

    @property
    def rules(self) -> RuleSet:
        """The rules that it is judged by."""
        return self._judged.runner.rules

    @property
    def report(self) -> Report:
        """All findings with their places: those of `validate`. Made when first asked for."""
        return self._judged.report

    @check_arguments
    def view(self, audience: Audience | str, *, key: bytes = b"") -> View:
        """What an audience may see of the register on the day: `untoc_network.privacy.view`, byte for byte.

        It is kept from when it is first asked for: that of the next `Live` costs what the change touches. Where who is
        withheld is another, or what leads to them, it is made anew. Raises `ImpossibleValue` where there is no such
        audience, or the register is judged on no day.
        """
        if self.on is None:
            raise ImpossibleValue("on: a view is of a day, and this Live has none; make one with at(day)")
        return self._views.see(self.register, audience_from_name(audience), self.on, key)

    def __reduce__(self) -> tuple[Any, ...]:
        runner = self._judged.runner
        return _make_live, (self.register, runner.on, runner.rules, runner.reference)

    def __repr__(self) -> str:
        return f"<Live: {len(self.register)} records, on {self.on or 'no day'}>"

    @check_arguments
    def attempt(
        self,
        *,
        replaced: Iterable[AnyRecord] = (),
        added: Iterable[AnyRecord] = (),
        removed: Iterable[str] = (),
    ) -> Step:
        """Try a change: what it would introduce and resolve. This `Live` stays as it is.

        The records with the ids `removed` go, those `replaced` stand in place of those with the same ids and kind, and
        those `added` come, all in one. Raises what `Register.with_changes` raises.
        """
        replacing, adding, removing = tuple(replaced), tuple(added), tuple(removed)
        register, _ = self.register.with_changes(added=adding, replaced=replacing, removed=removing)
        return self._make_step(register, {*removing, *(record.id for record in (*replacing, *adding))}, edited=True)

    @check_arguments
    def attempt_register(self, register: Register) -> Step:
        """Try to go on with another register, whatever changed it: a merge, an import, an erasure.

        What differs is found by going through both; judging it costs what differs.
        """
        differing = {
            record.id
            for one, other in ((self.register, register), (register, self.register))
            for name in COLLECTIONS
            if getattr(one, name) is not getattr(other, name)
            for record in getattr(one, name)
            if other.by_id.get(record.id) is not record
        }
        return self._make_step(register, differing, edited=False)

    def _make_step(self, register: Register, differing: Iterable[str], *, edited: bool) -> Step:
        before, after = self.register.by_id, register.by_id
        records = ((record_id, before.get(record_id), after.get(record_id)) for record_id in differing)
        changes = {record_id: (old, new) for record_id, old, new in records if old is not new}
        judged, subjects = self._judged.follow(register, changes, edited=edited)
        live = _wrap(judged, self._views.follow(changes))
        return Step(self, live, _Comparison(self._judged, judged, subjects), MappingProxyType(changes))

    @check_arguments
    def accept(self, step: Step) -> Live:
        """The `Live` that a step leads to. Raises `ImpossibleValue` for a step that was attempted on another one."""
        if step.before is not self:
            raise ImpossibleValue("step: expected one that was attempted on this Live; attempt the change again here")
        return step.accept()

    @check_arguments
    def at(self, day: dt.date | str | None) -> Live:
        """The same register judged on another day: only rules that read the day run again."""
        on = None if day is None else require_whole_day(day)
        return _wrap(self._judged.at_day(on), KeptViews())


class Step:
    """An attempted change: what it introduces and resolves, and the `Live` that it leads to."""

    __slots__ = {  # noqa: RUF023 - in the order of time
        "before": "The `Live` that it was attempted on.",
        "live": "The `Live` after it, with its register and report.",
        "changes": "The records that differ by their ids, each as it was and as it is, None where there is none; of two "
        "with one id, the first.",
        "_comparison": None,
    }

    def __init__(self, before: Live, live: Live, comparison: _Comparison, changes: Mapping[str, Change]) -> None:
        self.before, self.live, self._comparison, self.changes = before, live, comparison, changes

    def __reduce__(self) -> tuple[Any, ...]:
        return _attempt_again, (self.before, self.live.register)

    def __repr__(self) -> str:
        return f"<Step: {len(self.introduced)} introduced, {len(self.resolved)} resolved>"

    @property
    def introduced(self) -> tuple[Finding, ...]:
        """The findings that the change brings, on whatever record, with their places after it."""
        return self._comparison.introduced

    @property
    def resolved(self) -> tuple[Finding, ...]:
        """The findings that the change takes away, with the places that they had."""
        return self._comparison.resolved

    def report_for(self, record_id: str) -> Report:
        """All findings on one record after the change, with pointers that lead on from the record.

        Raises `UnknownRecord` where no record has the id then.
        """
        return Report(tuple(self._comparison.after.list_on(record_id)))

    def accept(self) -> Live:
        """The `Live` after the change. The one that it was attempted on stays as it is."""
        return self.live


@attrs.frozen(kw_only=True)
class _JudgedRegister:
    """A register and what is found in it: kept by record where that can be, else found anew when asked for."""

    register: Register
    runner: RuleRunner
    kept: KeptFindings | None

    @functools.cached_property
    def report(self) -> Report:
        runner = self.runner
        if self.kept is None:
            return validate(self.register, on=runner.on, rules=runner.rules, reference=runner.reference)
        return Report(tuple(self.kept.list_all())).merge(report_rules_not_run(runner.rules, runner.on))

    def at_day(self, on: PartialDate | None) -> _JudgedRegister:
        runner = RuleRunner(self.runner.rules, on, self.runner.reference)
        return attrs.evolve(self, runner=runner, kept=self.kept and self.kept.at_day(runner))

    def follow(
        self, register: Register, changes: Mapping[str, Change], *, edited: bool
    ) -> tuple[_JudgedRegister, frozenset[str] | None]:
        """The same with other records, and of which records the findings may differ; None where that is not known.

        A register that was `edited` has nothing else that is new, and no id twice.
        """
        declared = declare(register.extensions)
        records = [record for _, record in changes.values() if record is not None]
        sound = all(is_sound(record) and not any(find_own_field_faults(record, declared)) for record in records)
        few = len(changes) <= _FEW or len(changes) * 3 <= len(self.register)
        if self.kept is None or not (sound and few and (edited or _can_be_followed(self.register, register))):
            return _judge(register, self.runner), None
        kept, subjects = self.kept.follow(register, changes)
        return attrs.evolve(self, register=register, kept=kept), subjects

    def iterate_comparable(self, subjects: frozenset[str] | None) -> Iterator[tuple[Hashable, str | None, Finding]]:
        """The findings on some records and on none, or all of them: what is compared, the subject, and the finding."""
        if subjects is None or self.kept is None:
            for finding in self.report:
                yield _make_comparable(finding), None, finding
            return
        for record_id in subjects:
            for finding in self.kept.list_shown(record_id):
                yield (record_id, finding), record_id, finding
        for finding in self.kept.iterate_loose():
            yield finding, None, finding

    def list_more(self, other: _JudgedRegister, subjects: frozenset[str] | None) -> tuple[Finding, ...]:
        """The findings that this one has and another has not, with their places."""
        theirs = Counter(key for key, _, _ in other.iterate_comparable(subjects))
        more = []
        for key, record_id, finding in self.iterate_comparable(subjects):
            theirs[key] -= 1
            if theirs[key] < 0:
                more.append(finding if self.kept is None or record_id is None else self.kept.place(record_id, finding))
        return Report(tuple(more)).findings

    def list_on(self, record_id: str) -> Iterator[Finding]:
        """The findings on a record, with their places within it."""
        if record_id not in self.register.by_id:
            raise UnknownRecord(f"no record has the id {record_id!r} after the change")
        if self.kept is not None:
            yield from self.kept.list_shown(record_id)
            return
        for finding in self.report:
            if finding.subject == record_id:
                yield finding.with_location(path=finding.path[2:], line=None, column=None)


def _judge(register: Register, runner: RuleRunner) -> _JudgedRegister:
    can_be_kept = (
        is_sound(register) and not any(find_own_field_faults(register)) and len(register.by_id) == len(register)
    )
    kept = KeptFindings.build(register, runner) if can_be_kept else None
    return _JudgedRegister(register=register, runner=runner, kept=kept)


def _can_be_followed(old: Register, new: Register) -> bool:
    """Whether findings can be kept into another register: each record has an id of its own, and all else is sound."""
    same = all(getattr(old, name) is getattr(new, name) for name in _NO_COLLECTIONS)
    return len(new.by_id) == len(new) and new.extensions == old.extensions and (same or is_sound(new))


_FEW = 30
"""So many changes are never most of a register."""

_NO_COLLECTIONS = tuple(shape.name for shape in fields_of(Register) if shape.name not in COLLECTIONS)


def _make_comparable(finding: Finding) -> Hashable:
    """What a finding says, wherever its record stands."""
    path = finding.path if finding.subject is None else finding.path[2:]
    return finding.code, finding.severity, finding.subject, path, finding.message, finding.hint, finding.params


@attrs.frozen
class _Comparison:
    """What differs between a register before and after a change, on some records or on all."""

    before: _JudgedRegister
    after: _JudgedRegister
    subjects: frozenset[str] | None

    @functools.cached_property
    def introduced(self) -> tuple[Finding, ...]:
        return self.after.list_more(self.before, self.subjects)

    @functools.cached_property
    def resolved(self) -> tuple[Finding, ...]:
        return self.before.list_more(self.after, self.subjects)


def _wrap(judged: _JudgedRegister, views: KeptViews) -> Live:
    live = object.__new__(Live)
    live._judged, live._views = judged, views
    return live


def _attempt_again(before: Live, register: Register) -> Step:
    return before.attempt_register(register)


def _make_live(register: Register, on: PartialDate | None, rules: RuleSet, reference: Reference) -> Live:
    return Live(register, on=on, rules=rules, reference=reference)
