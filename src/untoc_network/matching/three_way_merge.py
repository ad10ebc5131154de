"""Two registers that came from one, put together: field by field, with findings where both sides changed one thing."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import attrs

from untoc_network.diagnostics.codes import version_merging
from untoc_network.diagnostics.findings import Report
from untoc_network.matching.three_way_conflicts import (
    MergeConflict,
    find_dangling_references,
    find_joint_violations,
    find_side_conflicts,
    report_conflicts,
)
from untoc_network.matching.three_way_consent_merge import merge_consents
from untoc_network.matching.three_way_memory_merge import follow_redirects, merge_memories
from untoc_network.matching.three_way_merge_repair import repair_merge
from untoc_network.matching.version_alignment import (
    align_items,
    align_records,
    is_public_field,
    make_addition_sort_key,
    to_public_text,
)
from untoc_network.matching.version_reconciliation import reconcile
from untoc_network.model.organization_and_person import WITHHOLDING, list_refusals
from untoc_network.model.register import COLLECTIONS, Redirect, Register
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.consent_and_contact import Audience, Consent
from untoc_network.values.extra import Extra
from untoc_network.values.fields import FieldShape, fields_of
from untoc_network.values.multilingual_text import Text

__all__ = ["Merge", "merge"]


@attrs.frozen(kw_only=True)
class Merge:
    """What came of a merge: the register, with ours kept in each conflict, the conflicts, and the findings on them."""

    register: Register
    conflicts: tuple[MergeConflict, ...]
    report: Report


@check_arguments
def merge(base: Register, ours: Register, theirs: Register) -> Merge:
    """The register with what both sides did to `base`, their common origin.

    Records are put together by id, and field by field; lists item by item. Where both sides changed a field to
    something different, ours is kept; what one side took out and the other changed is kept; each is a conflict and a
    finding (`MG001` to `MG003`). What only one side did is always done.

    What protects somebody is never undone (`MG005`, `MG006`): who was erased on one side stays erased, with what the
    other side still knew of them; a body at risk on one side is at risk; of two versions of a consent what both allow
    is left. Records that one side merged are one, and what the other side did to either belongs to it; where both
    merged them the other way round, the id that sorts first is left (`MG004`).

    What the rules (those that need no day) find in the result and found in neither side, both sides broke together: the
    records that are involved stand as ours has them (`MG008`), showing nobody more than both sides together would. What
    is found all the same is told (`MG009`, and `MG003` of what refers to a record that one side took out).

    Pure, and linear in the size of the registers.
    """
    given = _ThreeVersions(base, ours, theirs)
    conflicts: list[MergeConflict] = []
    apart = dict.fromkeys((*ours.distinct, *theirs.distinct))
    brought = reconcile(base, ours, theirs)
    base, ours, theirs = brought.base, brought.ours, brought.theirs
    parts: dict[str, Any] = {}
    kept: set[str] = set()
    for name in COLLECTIONS:
        records = []
        for key, versions in align_records(name, base, ours, theirs):
            record = _SideMerger(conflicts, name, key).whole(_ThreeVersions(*versions), _FieldPlace())
            if record is not None:
                records.append(record)
                kept.update([key] if None in versions[1:] and versions[0] is not None else ())
        parts[name] = tuple(records)
    frame = _SideMerger(conflicts, "", "")
    for shape in fields_of(Register):
        if shape.name not in COLLECTIONS and shape.name not in _UNITED:
            versions = _ThreeVersions(*(getattr(side, shape.name) for side in (base, ours, theirs)))
            parts[shape.name] = frame.field(shape, versions, _FieldPlace().field(shape))
    parts["redirects"] = tuple(_merge_redirects(parts["redirects"], ours, kept, frame))
    parts["extensions"] = tuple(dict.fromkeys((*ours.extensions, *theirs.extensions, *base.extensions)))
    register = follow_redirects(Register(**parts, **merge_memories(base, ours, theirs)))
    if not given.is_settled:
        whole = repair_merge(register, ours, theirs, found_in=given[1:])
        register = whole.register
        conflicts.extend(find_joint_violations(whole))
    conflicts.extend(find_side_conflicts(register, brought, apart))
    conflicts.extend(find_dangling_references(register, ours, theirs))
    return Merge(
        register=register, conflicts=tuple(conflicts), report=Report(tuple(report_conflicts(register, conflicts)))
    )


_UNITED = ("erasures", "lists", "list_rows")


class _ThreeVersions(NamedTuple):
    """One thing in three versions."""

    base: Any
    ours: Any
    theirs: Any

    @property
    def is_settled(self) -> bool:
        """Whether at most one side changed it, or both to the same."""
        return self.theirs in (self.ours, self.base) or self.ours == self.base

    @property
    def settled(self) -> Any:
        """What it is where it is settled."""
        return self.theirs if self.ours == self.base else self.ours

    @property
    def left(self) -> Any:
        """Ours, or theirs where ours is not there."""
        return self.theirs if self.ours is None else self.ours

    def part(self, name: str) -> _ThreeVersions:
        """A field in three versions; of what is not in the base, as if nothing was said there."""
        default = attrs.fields_dict(self.left.__class__)[name].default
        return _ThreeVersions(*(default if version is None else getattr(version, name) for version in self))


@attrs.frozen(kw_only=True)
class _FieldPlace:
    """Where in a record something stands, and whether anyone may see it."""

    place: str = ""
    public: bool = True

    def field(self, shape: FieldShape) -> _FieldPlace:
        """A field of what stands here."""
        place = f"{self.place}.{shape.name}" if self.place else shape.name
        return _FieldPlace(place=place, public=self.public and is_public_field(shape))

    def item(self, item: Any) -> _FieldPlace:
        """An item of the list that stands here, named where anyone may see it."""
        if not self.public:
            return self
        return _FieldPlace(place=f"{self.place}[{getattr(item, 'key', None) or to_public_text(item)}]")


@attrs.frozen
class _SideMerger:
    """Puts together what both sides did to one record, and notes the conflicts."""

    conflicts: list[MergeConflict] = attrs.field(repr=False)
    collection: str
    id: str

    def whole(self, three: _ThreeVersions, at: _FieldPlace) -> Any:
        """A record, or an item of a list, of which some version may have none."""
        if three.is_settled:
            return three.settled
        if None in (three.ours, three.theirs):
            return self.unsettled(three, at)
        if getattr(three.base, "at_risk", False) and three.ours.at_risk != three.theirs.at_risk:
            three = self.still_at_risk(three, at)
        for name in WITHHOLDING:
            held = [frozenset(getattr(version, name, ())) for version in three]
            if held[0] and held[1] != held[2]:
                three = self.still_withheld(three, at, name)
        if hasattr(three.ours, "consents"):
            three = self.narrowed_to_refusals(three, at)
        shapes = fields_of(three.ours.__class__)
        fields = {shape.name: self.field(shape, three.part(shape.name), at.field(shape)) for shape in shapes}
        return attrs.evolve(three.ours, **fields)

    def field(self, shape: FieldShape, three: _ThreeVersions, at: _FieldPlace) -> Any:
        """What a field holds after both changes."""
        if three.is_settled:
            return three.settled
        if shape.type is Consent:
            return self.consents(three, at)
        if shape.many:
            return self.items(three, at)
        if shape.type is Text and None not in (three.ours, three.theirs):
            return self.text(three, at)
        return self.own_fields(three, at) if shape.type is Extra else self.unsettled(three, at)

    def text(self, three: _ThreeVersions, at: _FieldPlace) -> Text:
        """A text of which each side may have changed some wordings."""
        versions = [dict(version) if isinstance(version, Text) else {} for version in three]
        wordings: dict[str, str] = {}
        for language in sorted(set().union(*versions)):
            wording = _ThreeVersions(*(version.get(language) for version in versions))
            here = _FieldPlace(place=f"{at.place}.{language}", public=at.public)
            chosen = wording.settled if wording.is_settled else self.unsettled(wording, here)
            if chosen is not None:
                wordings[language] = chosen
        return Text(wordings) if wordings else self.unsettled(three, at)

    def own_fields(self, three: _ThreeVersions, at: _FieldPlace) -> Extra | None:
        """Own fields, of which each side may have changed some."""
        versions = [{} if version is None else version.one_by_one() for version in three]
        kept = []
        for namespace, name in sorted(set().union(*versions)):
            one = _ThreeVersions(*(version.get((namespace, name)) for version in versions))
            here = _FieldPlace(place=f"{at.place}.{namespace}.{name}", public=at.public)
            kept.append(one.settled if one.is_settled else self.unsettled(one, here))
        return Extra.joined(one for one in kept if one is not None)

    def still_at_risk(self, three: _ThreeVersions, at: _FieldPlace) -> _ThreeVersions:
        """A body that one side no longer holds to be at risk while the other, who worked on it too, still does."""
        self.shows_less(_ThreeVersions(*(side.at_risk for side in three)), attrs.evolve(at, place="at_risk"))
        return _ThreeVersions(three.base, *(attrs.evolve(side, at_risk=True) for side in three[1:]))

    def still_withheld(self, three: _ThreeVersions, at: _FieldPlace, name: str) -> _ThreeVersions:
        """A body whose no one side took out while the other, who worked on it too, still has it."""
        versions = _ThreeVersions(*(getattr(side, name) for side in three))
        self.shows_less(versions, attrs.evolve(at, place=name))
        both = tuple(dict.fromkeys((*versions.ours, *versions.theirs)))
        return _ThreeVersions(three.base, *(attrs.evolve(side, **{name: both}) for side in three[1:]))

    def narrowed_to_refusals(self, three: _ThreeVersions, at: _FieldPlace) -> _ThreeVersions:
        """Consents that one side added, before those who keep the register alone where the other one noted a no."""
        versions = _ThreeVersions(*(getattr(version, "consents", ()) for version in three))
        known = list_refusals(three.base)

        def narrow(side: Any, other: Any) -> Any:
            refused = list_refusals(other) - known
            consents = [
                attrs.evolve(one, audience=Audience.INTERNAL)
                if one.purpose in refused and one not in (versions.base or ())
                else one
                for one in side.consents
            ]
            return attrs.evolve(side, consents=tuple(dict.fromkeys(consents))) if refused else side

        narrowed = _ThreeVersions(three.base, narrow(three.ours, three.theirs), narrow(three.theirs, three.ours))
        if (narrowed.ours, narrowed.theirs) != (three.ours, three.theirs):
            self.shows_less(versions, attrs.evolve(at, place="consents"))
        return narrowed

    def consents(self, three: _ThreeVersions, at: _FieldPlace) -> tuple[Consent, ...]:
        """Consents that both sides changed: of two versions of one, what both allow, and none that one took out."""
        merged, contradicts = merge_consents(*three)
        if contradicts:
            self.shows_less(three, at)
        return merged

    def shows_less(self, three: _ThreeVersions, at: _FieldPlace) -> None:
        """Note that what shows less was taken of what both sides did."""
        rule = version_merging.protection_conflict
        self.conflicts.append(
            MergeConflict(
                rule=rule, collection=self.collection, id=self.id, field=at.place, public=False, **three._asdict()
            )
        )

    def items(self, three: _ThreeVersions, at: _FieldPlace) -> Any:
        """A list that both sides changed, item by item."""
        versions = _ThreeVersions(*align_items(*three))
        merged: dict[Hashable, Any] = {}
        for key in dict.fromkeys(itertools.chain.from_iterable(versions)):
            item = _ThreeVersions(*(version.get(key) for version in versions))
            result = self.whole(item, at.item(item.left or item.base))
            if result is not None:
                merged[key] = result
        orders = _ThreeVersions(*(_order_lasting_items(version, versions.base, merged) for version in versions))
        order = orders.settled if orders.is_settled else self.unsettled(three, at, orders.ours)
        return tuple(merged[key] for key in _insert_added_items(order, versions, merged))

    def unsettled(self, three: _ThreeVersions, at: _FieldPlace, kept: Any = None) -> Any:
        """Ours, or theirs where ours is taken out, with the conflict noted."""
        taken_out = None in (three.ours, three.theirs)
        rule = version_merging.removal_conflict if taken_out else version_merging.merge_conflict
        versions = three._asdict()
        self.conflicts.append(
            MergeConflict(
                rule=rule, collection=self.collection, id=self.id, field=at.place, public=at.public, **versions
            )
        )
        return three.left if kept is None else kept


def _order_lasting_items(
    version: Mapping[Hashable, Any], base: Mapping[Hashable, Any], merged: Mapping[Hashable, Any]
) -> list[Hashable]:
    """The items of the base that last, in the order of a version; those that it has not, behind them."""
    there = [key for key in version if key in base and key in merged]
    return [*there, *(key for key in base if key in merged and key not in version)]


def _insert_added_items(
    order: list[Hashable], versions: _ThreeVersions, merged: Mapping[Hashable, Any]
) -> Iterator[Hashable]:
    """The items that were there, in order, each followed by what a side added behind it."""
    lasting = set(order)
    added: defaultdict[Hashable, list[list[Hashable]]] = defaultdict(list)
    for side in (versions.ours, versions.theirs):
        behind: Hashable = None
        runs: defaultdict[Hashable, list[Hashable]] = defaultdict(list)
        for key in side:
            if key in lasting:
                behind = key
            elif key not in versions.base:
                runs[behind].append(key)
        for anchor, run in runs.items():
            added[anchor].append(run)
    told: set[Hashable] = set()
    for anchor in (None, *order):
        if anchor is not None:
            yield anchor
        runs_here = added[anchor]
        here = list(dict.fromkeys(itertools.chain.from_iterable(runs_here)))
        if len(runs_here) > 1 and runs_here[0] != runs_here[1]:
            here.sort(key=lambda key: make_addition_sort_key(merged[key]))
        yield from (key for key in here if key not in told)
        told.update(here)


def _merge_redirects(
    redirects: Iterable[Redirect], ours: Register, kept: set[str], frame: _SideMerger
) -> Iterator[Redirect]:
    """The redirects, without those of records that are kept; where the sides lead one id to two places, ours."""
    left = tuple(redirect for redirect in redirects if redirect.old_id not in kept)
    mine = set(ours.redirects)
    leading = {redirect.old_id: redirect for redirect in left if redirect in mine}
    for redirect in left:
        own = leading.get(redirect.old_id)
        if redirect not in mine and own is not None:
            at = _FieldPlace(place=f"redirects[{redirect.old_id}].new_id")
            frame.unsettled(_ThreeVersions(None, own.new_id, redirect.new_id), at)
        else:
            yield redirect
