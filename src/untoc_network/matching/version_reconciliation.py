"""What became of records on one side, done to all three versions, so that each record stands beside itself.

Two registers that came from one may disagree about which records there are: one side merged two, erased a person, or
took out what leads to a body at risk. Field by field nothing good comes of that: the merged record looks taken out, the
erased person's name looks like a change. So what one side decided is done to the base and to the other side first:

| one side | the base and the other side |
|---|---|
| merged `old` into `new` | merge them too: what the other side did to `old` belongs to `new` |
| merged them the other way round | keep the id that sorts first on all sides |
| erased a person | have the tombstone, and every text without what they knew of the person |
| found a body at risk | have no more of what leads to its door than this side has |

What is left to the merge are changes to fields.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.matching.record_merge import merge_records
from untoc_network.model.extension import declare
from untoc_network.model.organization_and_person import Organization, Person
from untoc_network.model.person_tombstone import is_tombstone
from untoc_network.model.register import COLLECTIONS, SIDE_TABLES, Redirect, Register, is_reference_field
from untoc_network.model.traversal import Change, Path, Rewriter
from untoc_network.privacy.body_at_risk_masking import LEADING_TO_A_DOOR, guard_like, mask_details
from untoc_network.privacy.erasure_recognition import Recognized, recognise_person
from untoc_network.privacy.id_replacement import IdReplacement
from untoc_network.privacy.identifying_traces import Traces, list_other_names
from untoc_network.privacy.person_scrub import scrub
from untoc_network.values.fields import FieldShape
from untoc_network.values.ids_and_codes import RecordId

__all__ = ["ReconciledVersions", "reconcile"]

_SIDES = ("ours", "theirs")
_LEADING_THERE = tuple(dict.fromkeys(field.partition(".")[0] for field in LEADING_TO_A_DOOR))


@attrs.frozen(kw_only=True)
class ReconciledVersions:
    """The three versions, with the same records in each, and what was decided between the sides on the way.

    `turned` are the records that both sides merged the other way round, by the one that is left; `kept` those that one
    side took out and the other merged another into, with the side that took them out; `erased` those that
    one side erased and the other changed, with the side that erased them; `hidden` the fields of bodies at risk whose
    changes on the other side stay out, with the value of each side.
    """

    base: Register
    ours: Register
    theirs: Register
    turned: Mapping[str, tuple[str, ...]]
    kept: Mapping[str, str]
    erased: Mapping[str, str]
    hidden: tuple[tuple[str, str, tuple[Any, Any, Any]], ...]


def reconcile(base: Register, ours: Register, theirs: Register) -> ReconciledVersions:
    """The three versions of a register, with what one side decided about records done to each of them. Pure."""
    versions = _VersionReconciler(base, ours, theirs)
    versions.erase()
    versions.merge()
    versions.hide()
    return ReconciledVersions(
        base=versions.base,
        ours=versions.ours,
        theirs=versions.theirs,
        turned=versions.turned,
        kept=versions.kept,
        erased=versions.erased,
        hidden=tuple(versions.hidden),
    )


class _VersionReconciler:
    """The three versions while they are brought together."""

    def __init__(self, base: Register, ours: Register, theirs: Register) -> None:
        self.base, self.ours, self.theirs = base, ours, theirs
        self.turned: dict[str, tuple[str, ...]] = {}
        self.kept: dict[str, str] = {}
        self.erased: dict[str, str] = {}
        self.hidden: list[tuple[str, str, tuple[Any, Any, Any]]] = []

    def _all(self) -> tuple[tuple[str, Register], ...]:
        return ("base", self.base), ("ours", self.ours), ("theirs", self.theirs)

    # -- erased persons ------------------------------------------------------------------------------------------------

    def erase(self) -> None:
        """Have the tombstones of each side on all of them, and no text with what was known of the persons."""
        found = {side: _find_erased_persons(self.base, getattr(self, side)) for side in _SIDES}
        if not any(found.values()):
            return
        self._tell_apart(found)
        stones: dict[str, Person] = {}
        known: dict[Person, None] = {}
        for side, other in (_SIDES, _SIDES[::-1]):
            for person_id, stone in found[side].items():
                stones.setdefault(person_id, getattr(self, side).by_id[stone])
                before, changed = (register.by_id.get(person_id) for register in (self.base, getattr(self, other)))
                known |= dict.fromkeys(_filter_persons(before, changed))
                if person_id not in found[other] and changed not in (before, None):
                    self.erased[stone] = side
        known |= dict.fromkeys(self._merged_with(stones, found))
        known |= dict.fromkeys(self._added_again(stones, found))
        base = self.base
        for name, register in self._all():
            here = {person_id: stone for person_id, stone in stones.items() if person_id in register.by_id}
            setattr(self, name, _scrub_persons(register, here, known, base))

    def _merged_with(self, stones: Mapping[str, Person], found: Mapping[str, Mapping[str, str]]) -> Iterator[Person]:
        """Make one with the erased persons whoever one side merged with them; what was known of these is given."""
        for side, other in (_SIDES, _SIDES[::-1]):
            merged = getattr(self, side)
            for old, end in [(old, merged.resolved(old)) for old in _list_made_redirects(self.base, merged)]:
                if (old in stones) is (end in stones):
                    continue
                erased, same = (old, end) if old in stones else (end, old)
                self.erased[stones[erased].id] = side if erased in found[side] else other
                for name, register in self._all():
                    yield from _filter_persons(register.by_id.get(same))
                    setattr(self, name, _unite_with_erased(register, same, erased, stones[erased].id))

    def _added_again(self, stones: Mapping[str, Person], found: Mapping[str, Mapping[str, str]]) -> Iterator[Person]:
        """Make one with the erased persons whom the other side added anew, surely the same; what it says is given."""
        for side, other in (_SIDES, _SIDES[::-1]):
            erased = {stone: person_id for person_id, stone in found[side].items()}
            for person in getattr(self, other).persons if erased else ():
                hit = None if person.id in self.base.by_id else recognise_person(getattr(self, side), person)
                if hit is None or hit.how is not Recognized.STRONG or hit.erasure.record_id not in erased:
                    continue
                person_id, stone = erased[hit.erasure.record_id], stones[erased[hit.erasure.record_id]].id
                self.erased[stone] = side
                setattr(self, other, _unite_with_erased(getattr(self, other), person.id, person_id, stone))
                yield person

    def _tell_apart(self, found: Mapping[str, dict[str, str]]) -> None:
        """Give one person's tombstone one id on both sides, and two persons' two."""
        ours, theirs = (found[side] for side in _SIDES)
        for person_id, stone in theirs.items():
            same = ours.get(person_id)
            taken = {other for one, other in ours.items() if one != person_id}
            if same not in (None, stone) or stone in taken:
                everybody = _join_persons(self.base, self.ours, self.theirs)
                new = same or IdReplacement(everybody, "erased").replace({stone: "persons"})[stone]
                self.theirs = _rename_record(self.theirs, stone, new)
                theirs[person_id] = new

    # -- merged records ------------------------------------------------------------------------------------------------

    def merge(self) -> None:
        """Merge on all sides what was merged on one."""
        while circle := _find_redirect_circle(made := self._made()):
            survivor = min(circle)
            redirects: dict[str, Redirect] = {one.old_id: one for one in made}
            for name, register in self._all():
                setattr(self, name, _unite_circle(register, survivor, circle, redirects))
            self.turned[survivor] = tuple(sorted(circle - {survivor}))
        leads: dict[str, Redirect] = {one.old_id: one for one in made}
        for old in sorted(leads, key=lambda old: (-_count_redirects_from(leads, old), old)):
            self._merge(leads[old])

    def _made(self) -> tuple[Redirect, ...]:
        """The redirects that either side made; ours come last."""
        return (
            *_list_made_redirects(self.base, self.theirs).values(),
            *_list_made_redirects(self.base, self.ours).values(),
        )

    def _merge(self, redirect: Redirect) -> None:
        old, registers = redirect.old_id, [register for _, register in self._all()]
        target = next(side.resolved(old) for side in registers[1:] if redirect in side.redirects)
        held, there = ([record_id in one.by_id for one in registers] for record_id in (old, target))
        taken_out = held[0] and there[0] and not all(there[1:]) and not any(held[1:])
        if not any(held) or not any(there) or taken_out:
            return  # nothing is to be merged, it leads nowhere, or the other side took out both
        try:
            self.base, self.ours, self.theirs = [self._merged(register, redirect) for register in registers]
        except ImpossibleValue:
            return  # they have become what cannot be one
        for name, before in zip(_SIDES, there[1:], strict=True):
            if there[0] and not before:
                self.kept[target] = name

    def _merged(self, register: Register, redirect: Redirect) -> Register:
        old = redirect.old_id
        if any(one.old_id == old for one in register.redirects) or old not in {*register.by_id, *self.base.by_id}:
            return register
        target = self._target(register, redirect)
        missing = [one for one in (old, target) if one not in register.by_id and one in self.base.by_id]
        register, _ = register.with_added(*(self.base.by_id[one] for one in missing))
        return _add_redirect(_absorb_record(register, target, old), redirect)

    def _target(self, register: Register, redirect: Redirect) -> str:
        """Where a redirect leads in a register that does not have it: the first record on the way that it has."""
        leads = {one.old_id: one.new_id for side in (self.theirs, self.ours, register) for one in side.redirects}
        target, seen = redirect.new_id, set[str]()
        while target not in register.by_id and target in leads and target not in seen:
            seen.add(target)
            target = leads[target]
        return target

    # -- bodies at risk ------------------------------------------------------------------------------------------------

    def hide(self) -> None:
        """Have no more of what leads to the door of a body that one side holds to be at risk than that side has.

        Where both found it to be so, each with its own view of what is to go, all of that goes.
        """
        declared = declare((*self.ours.extensions, *self.theirs.extensions))
        for side, other in (_SIDES, _SIDES[::-1]):
            changed, bases, details = [], list[Organization](), dict[str, None]()
            for known in getattr(self, side).organizations:
                before, beside = self.base.by_id.get(known.id), getattr(self, other).by_id.get(known.id)
                if not known.at_risk or known == before or not isinstance(beside, Organization):
                    continue
                was = before if isinstance(before, Organization) else None
                if beside.at_risk and (beside == before or getattr(was, "at_risk", False)):
                    continue  # what it has it has although somebody knew
                guarded = guard_like(beside, known, *(() if was is None else (was,)), declared=declared)
                for name in dict.fromkeys(field.partition(".")[0] for field in guarded.fields):
                    three = {"base": getattr(was, name, None), side: getattr(known, name), other: getattr(beside, name)}
                    if three[other] != (three["base"] or ()):
                        self.hidden.append((known.id, name, (three["base"], three["ours"], three["theirs"])))
                changed.append(guarded.record)
                if was is not None:
                    guarded_was = guard_like(was, known, beside, declared=declared).record
                    bases.append(_guard_all_but_leading_fields(was, guarded_was))
                details |= dict.fromkeys(guarded.details)
            if changed:
                self.base, _ = self.base.with_replaced(*bases)
                setattr(self, other, getattr(self, other).with_replaced(*changed)[0])
            if traces := Traces.of_values(details):
                self.base = _mask_texts(self.base, traces)
                setattr(self, other, _mask_texts(getattr(self, other), traces))


def _guard_all_but_leading_fields(record: Organization, guarded: Organization) -> Organization:
    """A record with all that leads to its door, which the sides are to differ from, and texts that do not."""
    return attrs.evolve(guarded, **{name: getattr(record, name) for name in ("claims", *_LEADING_THERE)})


# -- erasing ---------------------------------------------------------------------------------------------------------


def _find_erased_persons(base: Register, side: Register) -> dict[str, str]:
    """The persons of the base whom a side erased, each with the id of the tombstone."""
    stones: set[str] = {
        one.id for one in side.persons if is_tombstone(one) and not _was_tombstone_in_base(base, one.id)
    }
    erased = {stone: stone for stone in stones if stone in base.by_id}
    fresh = stones - set(erased)
    if not fresh:
        return erased
    led: set[str] = {redirect.old_id for redirect in side.redirects}
    gone: list[str] = [one.id for one in base.persons if one.id not in side.by_id and one.id not in led]
    for person_id in gone:
        named = {target for target in _iterate_values_replacing_person(base, side, person_id) if target in fresh}
        if len(named) == 1:
            erased[person_id] = named.pop()
    left = sorted(fresh - set(erased.values()))
    unknown = [person_id for person_id in gone if person_id not in erased]
    # whose tombstone it is nobody can tell: all who went on that side stay out
    erased |= {person_id: left[min(at, len(left) - 1)] for at, person_id in enumerate(unknown) if left}
    return erased


def _was_tombstone_in_base(base: Register, record_id: str) -> bool:
    before = base.by_id.get(record_id)
    return before is not None and is_tombstone(before)


def _iterate_values_replacing_person(base: Register, side: Register, person_id: str) -> Iterator[str]:
    """What a side names in the places where the base named a person."""
    for reference in base.referrers.get(person_id, ()):
        held: Any = side.by_id.get(reference.record.id)
        with contextlib.suppress(AttributeError, IndexError):  # the place may be gone
            for step in reference.path:
                held = getattr(held, step) if isinstance(step, str) else held[step]
            yield held


def _filter_persons(*records: Any) -> Iterator[Person]:
    return (record for record in records if isinstance(record, Person) and not is_tombstone(record))


def _scrub_persons(
    register: Register, stones: Mapping[str, Person], known: Iterable[Person], base: Register
) -> Register:
    """A register with tombstones, in which nothing known of the persons stands; it remembers what it did of others."""
    persons = tuple(known)
    traces = Traces.of(persons, others=list_other_names(base, stones), extensions=base.extensions)
    for old, new in IdReplacement(base, "erased").replace_ids(traces, besides=stones).items():
        if old in register.by_id and new not in register.by_id:
            register = _rename_record(register, old, new)  # as it was renamed where the person was erased
    after = scrub(
        register, stones, Traces.of(persons, others=list_other_names(register, stones), extensions=register.extensions)
    ).register
    tables = {name: getattr(register, name) for name in SIDE_TABLES if name != "redirects"}
    rows = tuple(row for row in register.list_rows if register.resolved(row.record_id) not in stones)
    return attrs.evolve(after, **{**tables, "list_rows": rows})


def _mask_texts(register: Register, traces: Traces) -> Register:
    """A register in whose texts none of these stands."""
    declared = declare(register.extensions)
    parts: dict[str, Any] = {
        name: tuple(mask_details(one, traces, declared) for one in getattr(register, name)) for name in COLLECTIONS
    }
    return attrs.evolve(register, **parts)


def _unite_with_erased(register: Register, same: str, erased: str, stone: str) -> Register:
    """A register in which a record is the one that was erased, by its id or that of the tombstone."""
    register, _ = register.with_changes(redirects=[one for one in register.redirects if one.old_id != erased])
    there = next((one for one in (erased, stone) if one in register.by_id), None)
    renamed = _rename_record(register, same, there or erased)
    if there is None:
        return renamed
    staying = zip(register.persons, renamed.persons, strict=True)
    return attrs.evolve(renamed, persons=tuple(one for before, one in staying if before.id != same))


def _join_persons(*registers: Register) -> Register:
    """A register with every person of several, for an id that is free in all."""
    return Register(persons=tuple({one.id: one for register in registers for one in register.persons}.values()))


# -- merging ---------------------------------------------------------------------------------------------------------


def _list_made_redirects(base: Register, side: Register) -> dict[str, Redirect]:
    """The redirects that a side made, by the id of the record that is no more."""
    known = set(base.redirects)
    return {one.old_id: one for one in side.redirects if one not in known and one.old_id not in side.by_id}


def _find_redirect_circle(redirects: Iterable[Redirect]) -> set[str]:
    """The ids of one circle of redirects with all that they lead to, which are one; empty where there is none."""
    leads: dict[str, list[str]] = {}
    for one in redirects:
        leads.setdefault(one.old_id, []).append(one.new_id)
    for start in leads:
        reached: set[str] = set()
        waiting = [start]
        while waiting:
            new = {target for target in leads.get(waiting.pop(), ()) if target not in reached}
            reached |= new
            waiting += new
        if start in reached:
            return reached
    return set()


def _count_redirects_from(leads: Mapping[str, Redirect], old: str) -> int:
    depth = 0
    while old in leads:
        old, depth = leads[old].new_id, depth + 1
    return depth


def _unite_circle(register: Register, survivor: str, circle: set[str], leads: Mapping[str, Redirect]) -> Register:
    """A register in which all records of a circle are the one that survives, and their ids lead there."""
    register, _ = register.with_changes(redirects=[one for one in register.redirects if one.old_id not in circle])
    for record_id in sorted(circle - {survivor}):
        if record_id in register.by_id:
            register = _absorb_record(register, survivor, record_id)
        known = leads.get(record_id)
        redirect = Redirect(
            old_id=RecordId(record_id), new_id=RecordId(survivor), since=None if known is None else known.since
        )
        register = _add_redirect(register, redirect)
    return register


def _absorb_record(register: Register, target: str, old: str) -> Register:
    """A register in which a record is part of another one, or has its id where there is none."""
    return (
        merge_records(register, target, old).register
        if target in register.by_id
        else _rename_record(register, old, target)
    )


def _add_redirect(register: Register, redirect: Redirect) -> Register:
    others = (one for one in register.redirects if one.old_id != redirect.old_id)
    return register.with_changes(redirects=(*others, redirect))[0]


def _rename_record(register: Register, old: str, new: str) -> Register:
    """A register in which a record has another id, and all that names it follows."""

    def choose(_cls: Any, shape: FieldShape, _path: Path) -> Change | None:
        follows = shape.name == "id" or (is_reference_field(shape) and shape.name != "old_id")
        return (lambda _, value: new if value == old else value) if follows else None

    rewrite = Rewriter(choose).rewrite
    naming = {reference.record.id for reference in register.referrers.get(old, ())} | {old}
    parts: dict[str, Any] = {}
    for name in COLLECTIONS:
        records = getattr(register, name)
        if any(record.id in naming for record in records):
            parts[name] = tuple(rewrite(one) if one.id in naming else one for one in records)
    for name in SIDE_TABLES:
        parts[name] = tuple(map(rewrite, getattr(register, name)))
    return attrs.evolve(register, **parts)
