"""What two sides did to one register and cannot both be done: each such conflict, and the finding that tells it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from untoc_network.diagnostics.code import Code
from untoc_network.diagnostics.codes import version_merging
from untoc_network.diagnostics.findings import Finding
from untoc_network.matching.three_way_merge_repair import RepairedMerge
from untoc_network.matching.version_alignment import to_public_text
from untoc_network.matching.version_reconciliation import ReconciledVersions
from untoc_network.model.event import Event
from untoc_network.model.organization_and_person import Organization
from untoc_network.model.register import COLLECTION_OF, COLLECTIONS, Register
from untoc_network.model.remembered_lists_and_erasures import DistinctPair

__all__ = [
    "MergeConflict",
    "find_dangling_references",
    "find_joint_violations",
    "find_side_conflicts",
    "report_conflicts",
]

_HIDDEN = "…"
"""Stands for a value that is not for everyone."""
_SIDES = ("ours", "theirs")


@attrs.frozen(kw_only=True)
class MergeConflict:
    """Something that both sides did and that cannot both be done.

    `collection` and `id` are empty for what is said of the register itself. The values are those of the field, or of
    the item or record that is spoken of; None where there is none. They may be personal, and are not in `repr`.
    """

    rule: Code
    collection: str
    id: str
    field: str
    base: Any = attrs.field(repr=False)
    ours: Any = attrs.field(repr=False)
    theirs: Any = attrs.field(repr=False)
    public: bool = True
    """Whether anyone may see the values."""


def find_side_conflicts(
    register: Register, brought: ReconciledVersions, apart: Iterable[DistinctPair]
) -> Iterator[MergeConflict]:
    """What the sides decided differently about records."""
    for survivor, others in brought.turned.items():
        yield _make_conflict_on_record(register, version_merging.opposite_merges, survivor, ours=others)
    for record_id, side in brought.kept.items():
        values = dict.fromkeys(_SIDES, register.by_id.get(record_id)) | {side: None}
        yield _make_conflict_on_record(register, version_merging.removal_conflict, record_id, **values)
    for stone, side in brought.erased.items():
        yield _make_conflict_on_record(register, version_merging.change_to_erased_person, stone, **{side: ()})
    for record_id, field, (before, mine, other) in brought.hidden:
        yield _make_conflict_on_record(
            register, version_merging.protection_conflict, record_id, field=field, base=before, ours=mine, theirs=other
        )
    for pair in apart:
        survivor = register.resolved(pair.one_id)
        if survivor == register.resolved(pair.other_id):
            yield _make_conflict_on_record(register, version_merging.merge_of_distinct_records, survivor, base=pair)


def find_joint_violations(whole: RepairedMerge) -> Iterator[MergeConflict]:
    """The records that stand as ours has them, and what both sides break together all the same."""
    for one in whole.kept:
        yield MergeConflict(
            rule=version_merging.rule_broken_by_joint_change,
            collection=one.collection,
            id=one.id,
            field="",
            base=one.rules,
            ours=one.ours,
            theirs=one.theirs,
            public=False,
        )
    for finding in whole.left:
        rule = version_merging.rule_broken_by_joint_addition
        yield _make_conflict_on_record(whole.register, rule, finding.subject or "", base=finding)


def _make_conflict_on_record(
    register: Register, rule: Code, record_id: str, *, field: Any = "", **values: Any
) -> MergeConflict:
    record = register.by_id.get(record_id)
    home = "" if record is None else COLLECTION_OF[type(record)]
    three: dict[str, Any] = {"base": None, "ours": None, "theirs": None, **values}
    return MergeConflict(rule=rule, collection=home, id=record_id, field=field, public=False, **three)


def find_dangling_references(register: Register, ours: Register, theirs: Register) -> Iterator[MergeConflict]:
    """References that lead nowhere since one side took out what the other refers to."""
    gone = {record_id for side in (ours, theirs) for record_id in side.by_id if record_id not in register}
    before = {
        (reference.record.id, reference.target)
        for side in (ours, theirs)
        for target in gone
        if target not in side
        for reference in side.referrers.get(target, ())
    }
    for reference in register.references if gone else ():
        target = reference.target
        if target in gone and (reference.record.id, target) not in before:
            yield MergeConflict(
                rule=version_merging.reference_to_removed_record,
                collection=COLLECTION_OF[type(reference.record)],
                id=reference.record.id,
                field=str(reference.path[0]),
                base=None,
                ours=ours.by_id.get(target),
                theirs=theirs.by_id.get(target),
            )


def report_conflicts(register: Register, conflicts: Iterable[MergeConflict]) -> Iterator[Finding]:
    """The finding that tells each conflict, where the record stands that it is about."""
    places: dict[tuple[str, str], int] = {}
    for name in COLLECTIONS if conflicts else ():
        for position, record in enumerate(getattr(register, name)):
            places.setdefault((name, record.id), position)
    for conflict in conflicts:
        place = places.get((conflict.collection, conflict.id))
        home = () if place is None else (conflict.collection, place)
        told = attrs.evolve(conflict, public=conflict.public and not _leads_to_door(register, conflict))
        yield conflict.rule.finding(
            (*home, *_to_field_path(conflict.field)), _make_message_params(told), subject=conflict.id or None
        )


def _leads_to_door(register: Register, conflict: MergeConflict) -> bool:
    """Whether the values could lead to the door of a body at risk: its own, or those of an event with a role of it."""
    record = register.by_id.get(conflict.id)
    named = [role.stakeholder_id for role in record.roles] if isinstance(record, Event) else [conflict.id]
    bodies = (register.by_id.get(register.resolved(name)) for name in named)
    return any(isinstance(body, Organization) and body.at_risk for body in bodies)


def _to_field_path(field: str) -> tuple[str, ...]:
    """The field that a place is in; what is in brackets or behind a dot is told in the message."""
    return (field.partition("[")[0].partition(".")[0],) if field else ()


def _make_message_params(conflict: MergeConflict) -> dict[str, str | int]:
    params = _PARAMS.get(conflict.rule.code)
    if params is not None:
        return params(conflict)
    told = conflict.field or conflict.id
    if conflict.rule is version_merging.removal_conflict:
        return {"field": told, "side": _SIDES[0] if conflict.ours is None else _SIDES[1]}
    shown = (to_public_text(value) if conflict.public else _HIDDEN for value in (conflict.ours, conflict.theirs))
    return {"field": told, **dict(zip(_SIDES, shown, strict=True))}


_PARAMS: Mapping[str, Callable[[MergeConflict], dict[str, str | int]]] = {
    version_merging.reference_to_removed_record.code: lambda one: {"target": (one.ours or one.theirs).id},
    version_merging.opposite_merges.code: lambda one: {"kept": one.id, "merged": ", ".join(one.ours)},
    version_merging.change_to_erased_person.code: lambda one: {"id": one.id, "side": _SIDES[one.ours is None]},
    version_merging.protection_conflict.code: lambda one: {"field": one.field},
    version_merging.rule_broken_by_joint_change.code: lambda one: {
        "id": one.id,
        "rule": ", ".join(one.base),
        "kept": "out" if one.ours is None else "in" if one.theirs is None else "ours",
    },
    version_merging.rule_broken_by_joint_addition.code: lambda one: {"rule": one.base.code},
    version_merging.merge_of_distinct_records.code: lambda one: {"one": one.base.one_id, "other": one.base.other_id},
}
