"""What two sides together break, and neither alone, mended: what is involved stands as ours has it.

A field that one side changed and a field that the other changed can contradict each other, in one record (an end before
its start) or in two (each a part of the other). No rule is named here: whatever the catalogue finds in the result and
found in neither side leads to the records that are involved, from the nearest on, until it is found no more.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from untoc_network.diagnostics.codes.checks import missing_day
from untoc_network.diagnostics.findings import Finding, Severity
from untoc_network.model.extension import OwnFields, declare
from untoc_network.model.organization_and_person import Organization, Person
from untoc_network.model.register import COLLECTIONS, Register, list_references
from untoc_network.privacy.body_at_risk_masking import guard_like
from untoc_network.rules.areas.references import dangling_reference
from untoc_network.rules.engine import validate
from untoc_network.values.consent_and_contact import Audience
from untoc_network.values.fields import fields_of

__all__ = ["RepairedMerge", "RestoredRecord", "repair_merge"]

Place = tuple[str, str]
"""A collection, and the id of a record in it."""
Key = tuple[str, str | None, str]

_MOST_ROUNDS = 12
_REPORTED_ELSEWHERE = frozenset({dangling_reference.code, missing_day.code})
"""What refers to a record that one side took out is told by a rule of its own (MG003) and left; that rules of days did
not run is known."""


@attrs.frozen(kw_only=True)
class RestoredRecord:
    """A record that stands as ours has it, or is left out since ours has none, and the rules that this mends."""

    collection: str
    id: str
    ours: Any = attrs.field(repr=False)
    theirs: Any = attrs.field(repr=False)
    rules: tuple[str, ...]


@attrs.frozen(kw_only=True)
class RepairedMerge:
    """The register, the records that stand as ours has them, and what is found all the same."""

    register: Register
    kept: tuple[RestoredRecord, ...]
    left: tuple[Finding, ...]


def repair_merge(
    merged: Register, ours: Register, theirs: Register, *, found_in: tuple[Register, Register]
) -> RepairedMerge:
    """What was merged of ours and theirs, without what the rules find in it and in neither side.

    `found_in` are both sides as they were given: what was found in one of them stays. A record that both sides changed
    stands as ours has it. Of what is an error, so do records that theirs alone changed; one that theirs added is left
    out where nothing refers to it, unless it is a body or a person. Nobody is shown more than in what was merged. What
    cannot be mended so is left as it is, and given. Runs the rules a bounded number of times. Pure.
    """
    return _MergeRepairer(merged, ours, theirs, found_in).mend()


class _MergeRepairer:
    def __init__(self, merged: Register, ours: Register, theirs: Register, found_in: tuple[Register, Register]) -> None:
        self.merged, self.ours, self.theirs = merged, ours, theirs
        self.found_in = found_in
        self.known: Counter[Key] = Counter()
        self.places: list[dict[Place, Any]] = []
        self.twice: set[Place] = set()
        self.levels: dict[Key, int] = {}
        self.tried: dict[Key, Finding] = {}

    def mend(self) -> RepairedMerge:
        result, restored = self.merged, dict[Place, Any]()
        found = self._new(result)
        rounds = iter(range(_MOST_ROUNDS))
        while found and next(rounds, None) is not None and self._step(found):
            restored = self._chosen()
            result = self._with(restored)
            found = self._new(result)
        reasons = self._reasons()
        kept = tuple(
            RestoredRecord(
                collection=place[0],
                id=place[1],
                ours=self.places[1].get(place),
                theirs=self.places[2].get(place),
                rules=tuple(sorted(reasons[place])),
            )
            for place in sorted(restored)
        )
        left = tuple(one for one in found if one.severity is not Severity.INFO)
        return RepairedMerge(register=result, kept=kept, left=left)

    # -- what is found -------------------------------------------------------------------------------------------------

    def _new(self, result: Register) -> list[Finding]:
        """What is found in the result more often than in both sides, one of each kind."""
        report = [one for one in validate(result) if one.code not in _REPORTED_ELSEWHERE]
        if not report:
            return []
        if not self.known:
            self.known.update(map(_make_finding_key, itertools.chain.from_iterable(map(validate, self.found_in))))
        numbers = Counter(map(_make_finding_key, report))
        return list(
            {
                _make_finding_key(one): one
                for one in report
                if numbers[_make_finding_key(one)] > self.known[_make_finding_key(one)]
            }.values()
        )

    # -- what is involved ----------------------------------------------------------------------------------------------

    def _step(self, found: Iterable[Finding]) -> bool:
        """Go one step further from each thing that is found; whether there is anything left to try."""
        if not self.places:
            self.places = [self._by_place(one) for one in (self.merged, self.ours, self.theirs)]
        further = False
        for one in found:
            key = _make_finding_key(one)
            before = self.levels.get(key, -1)
            level = before + 1
            while level < len(_STEPS) and not self._versions(one, level):
                level += 1
            self.levels[key], self.tried[key] = min(level, len(_STEPS)), one
            further |= level < len(_STEPS) or -1 < before < len(_STEPS)
        return further

    def _by_place(self, register: Register) -> dict[Place, Any]:
        """The records by their place; which of two with one id is meant nobody can tell."""
        held: dict[Place, Any] = {}
        for name in COLLECTIONS:
            for record in getattr(register, name):
                self.twice |= {(name, record.id)} & held.keys()
                held[name, record.id] = record
        return held

    def _chosen(self) -> dict[Place, Any]:
        chosen: dict[Place, Any] = {}
        for key, level in self.levels.items():
            chosen |= self._versions(self.tried[key], level)
        return chosen

    def _reasons(self) -> Mapping[Place, set[str]]:
        reasons: defaultdict[Place, set[str]] = defaultdict(set)
        for key, level in self.levels.items():
            for place in self._versions(self.tried[key], level):
                reasons[place].add(key[0])
        return reasons

    def _versions(self, finding: Finding, level: int) -> dict[Place, Any]:
        """The records that a step from what is found reaches and that can stand as ours has them, so."""
        if level == len(_STEPS) or finding.subject is None or (level and finding.severity is not Severity.ERROR):
            return {}
        versions: dict[Place, Any] = {}
        for record_id in _STEPS[level](self, finding, finding.subject):
            for name in COLLECTIONS:
                both, mine, other = (side.get((name, record_id)) for side in self.places)
                if both == mine or (name, record_id) in self.twice:
                    continue
                if finding.severity is not Severity.ERROR and (mine is None or both == other):
                    continue
                version = self._version(both, mine)
                if version != both:
                    versions[name, record_id] = version
        return versions

    def _version(self, both: Any, mine: Any) -> Any:
        """A record as ours has it where it can be so; as it was merged where it cannot."""
        if mine is None:
            is_named = both.id not in self.ours and both.id in self.merged.referrers
            return both if is_named or isinstance(both, Organization | Person) else None
        if both is None and hasattr(mine, "consents"):
            return None  # whom theirs took out may be no longer willing to be there
        lost = any(one.target not in self.merged and one.target in self.ours for one in list_references(mine))
        if lost:
            return both
        return mine if both is None else _restrict_to_protection_of_both(mine, both, declare(self.merged.extensions))

    def near(self, _finding: Finding, subject: str) -> Iterator[str]:
        """The record itself."""
        yield subject

    def named(self, finding: Finding, subject: str) -> Iterator[str]:
        """What the finding or the record names."""
        yield from (str(value) for _, value in finding.params)
        for side in (self.merged, self.ours):
            record = side.by_id.get(subject)
            yield from (one.target for one in (() if record is None else list_references(record)))

    def around(self, finding: Finding, subject: str) -> Iterator[str]:
        """All of this, and what refers to the record."""
        yield subject
        yield from self.named(finding, subject)
        for side in (self.merged, self.ours):
            yield from (one.record.id for one in side.referrers.get(subject, ()))

    def along(self, finding: Finding, subject: str) -> Iterator[str]:
        """All of this, and every record of the kind to which references between such records lead: a whole circle."""
        yield from self.around(finding, subject)
        kind: Any = type(self.merged.by_id.get(subject))
        waiting, seen = [subject], {subject}
        while waiting:
            record: Any = self.merged.by_id.get(waiting.pop())
            if type(record) is kind:
                new = {one.target for one in list_references(record)} - seen
                seen |= new
                waiting += new
        yield from seen

    # -- what comes of it ----------------------------------------------------------------------------------------------

    def _with(self, restored: Mapping[Place, Any]) -> Register:
        parts: dict[str, Any] = {}
        for name in dict.fromkeys(name for name, _ in restored):
            staying = (one for one in getattr(self.merged, name) if (name, one.id) not in restored)
            new = (version for (home, _), version in restored.items() if home == name and version is not None)
            parts[name] = tuple(sorted((*staying, *new), key=lambda one: one.id))
        out = {record_id for (_, record_id), version in restored.items() if version is None} - set(self.ours.by_id)
        rows = tuple(row for row in self.merged.list_rows if row.record_id not in out)
        distinct = tuple(pair for pair in self.merged.distinct if out.isdisjoint((pair.one_id, pair.other_id)))
        return attrs.evolve(self.merged, **parts, list_rows=rows, distinct=distinct)


_STEPS: tuple[Callable[[_MergeRepairer, Finding, str], Iterator[str]], ...] = (
    _MergeRepairer.near,
    _MergeRepairer.named,
    _MergeRepairer.around,
    _MergeRepairer.along,
)


def _make_finding_key(finding: Finding) -> Key:
    """What makes a finding the same in two registers: of what is no error a new number makes no new finding."""
    return finding.code, finding.subject, finding.message if finding.severity is Severity.ERROR else ""


def _restrict_to_protection_of_both(mine: Any, both: Any, declared: OwnFields) -> Any:
    """Ours' version of a record, with what protects somebody as both sides together have it."""
    if isinstance(mine, Organization) and both.at_risk and not mine.at_risk:
        mine = attrs.evolve(guard_like(mine, both, declared=declared).record, at_risk=True)
    fields: dict[str, Any] = {}
    if hasattr(mine, "consents"):
        fields["consents"] = both.consents
    if hasattr(mine, "contacts"):
        ways = {(one.kind, one.value) for one in mine.contacts}
        fields["contacts"] = tuple(one for one in both.contacts if (one.kind, one.value) in ways)
    for shape in fields_of(mine.__class__):
        if shape.type is Audience:
            narrower = getattr(both, shape.name)
            if getattr(mine, shape.name).reaches(narrower):
                fields[shape.name] = narrower
    return attrs.evolve(mine, **fields)
