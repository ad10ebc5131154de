"""Which records a change can make a rule judge anew, as the rules say themselves what they look at.

What a rule looks at is a way from its own record to others. A change is followed back along these ways, in the register
before and in that after it: what led there, and what leads there now.
"""

from __future__ import annotations

import functools
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from typing import Any

import attrs

from untoc_network.model.register import COLLECTION_OF, COLLECTIONS, AnyRecord, Register
from untoc_network.rules.catalogue import catalogue
from untoc_network.rules.looked_at_fields import (
    NAMING,
    REDIRECTS,
    REFERENCES,
    Look,
    NamingFields,
    OwnFields,
    ReferencedFields,
    RelatedFields,
    list_values_at,
)
from untoc_network.rules.record_indexes import Change, EdgeChanges, KeyIndex, RecordIndexes
from untoc_network.rules.rule import Rule
from untoc_network.text.nearest_names import REACH

__all__ = ["ChangedRegister", "Reach", "RuleWays", "is_own_rule", "list_records"]

ALL_CLASSES = tuple(COLLECTIONS.values())


def is_own_rule(rule: Rule) -> bool:
    """Whether a rule is the library's."""
    return rule in _collect_own_rules()


@functools.cache
def _collect_own_rules() -> frozenset[Any]:
    return frozenset(catalogue())


# -- ways back ---------------------------------------------------------------------------------------------------------


@attrs.frozen(cache_hash=True)
class ToNaming:
    """From records to those of some classes that name them."""

    classes: tuple[Any, ...]


@attrs.frozen(cache_hash=True)
class ToNamed:
    """From records to those that they name at a path."""

    path: str


@attrs.frozen(cache_hash=True)
class ToSharing:
    """From records to those that have, in another index, a key that they have in one."""

    held: KeyIndex
    sought: KeyIndex


Way = tuple[ToNaming | ToNamed | ToSharing, ...]


@attrs.frozen
class Trigger:
    """That a rule reads fields of the records of a class, and how it leads from these back to its own."""

    rule: Rule
    cls: Any
    fields: frozenset[str]
    way: Way


class RuleWays:
    """What the rules of a set look at, turned round: for each class, which rules a change of which fields concerns."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self.whole: set[Rule] = set()
        """Rules that run over everything at each change, since they do not say what they look at."""
        self.gates: dict[Rule, list[Trigger]] = {}
        """Rules that run over everything where a change concerns them at all."""
        self.sharing: dict[Rule, KeyIndex] = {}
        self.climbing: dict[Rule, RelatedFields] = {}
        self.redirecting: list[Rule] = []
        """Rules that look at the redirects."""
        self.by_reference: list[Rule] = []
        """Rules on the references of each record."""
        self.by_naming: list[Rule] = []
        """Rules on whether a record is named."""
        self.alone: dict[Any, list[Rule]] = {cls: [] for cls in ALL_CLASSES}
        """The rules that are called with the records of each class."""
        self._indexes: dict[KeyIndex, None] = {}
        self._triggers: dict[Any, list[Trigger]] = {cls: [] for cls in ALL_CLASSES}
        for rule in self.rules:
            if rule.on is Register:
                self._add_register_rule(rule)
            else:
                self._add_record_rule(rule)

    @property
    def key_indexes(self) -> tuple[KeyIndex, ...]:
        """The indexes that the ways need."""
        return tuple(self._indexes)

    def list_triggers(self, cls: Any, fields: AbstractSet[str] | None) -> Iterator[Trigger]:
        """What a change of these fields of a record of the class concerns; of all fields where there are none named."""
        return (one for one in self._triggers[cls] if fields is None or not one.fields.isdisjoint(fields))

    def concerns(self, rule: Rule, record: AnyRecord) -> bool:
        """Whether a rule is called with a record, or with a register for what it finds on that record."""
        if rule in self.sharing:
            return type(record) is self.sharing[rule].cls
        if rule in self.climbing:
            return type(record) is self.climbing[rule].cls
        if rule.on is Register or type(record) is rule.on:
            return True
        if rule.on is not object and not (rule.on and isinstance(record, rule.on)):
            return False
        return not rule.fields or any(getattr(record, name, None) for name in rule.fields)

    def _add_record_rule(self, rule: Rule) -> None:
        classes = [cls for cls in ALL_CLASSES if rule.on in (cls, object) or (rule.on and issubclass(cls, rule.on))]
        looks = rule.looks if rule.looks is not None or not is_own_rule(rule) else ()
        if looks is None or not all(map(_is_followed, looks)):
            self.whole.add(rule)
            return
        for cls in classes:
            self.alone[cls].append(rule)
        for look in looks:
            self._add_look(rule, look, classes, ())

    def _add_register_rule(self, rule: Rule) -> None:
        looks = rule.looks or ()
        related = [look for look in looks if isinstance(look, RelatedFields)]
        others = [look for look in looks if not isinstance(look, (RelatedFields, OwnFields))]
        if not looks:
            self.whole.add(rule)
        elif len(related) == 1 and not others and (related[0].sharing or related[0].climbing):
            if related[0].sharing:
                self.sharing[rule] = self._index(KeyIndex(related[0].cls, sharing=related[0].sharing))
            else:
                self.climbing[rule] = related[0]
            self._add_look(rule, related[0], (), ())
        elif is_own_rule(rule) and all(look.by == ("id",) for look in related):
            self._add_rule_on_references(rule, looks)
        else:
            self._add_gate(rule, looks)

    def _add_rule_on_references(self, rule: Rule, looks: Iterable[Look]) -> None:
        marks = (REFERENCES, self.by_reference), (NAMING, self.by_naming), (REDIRECTS, self.redirecting)
        for look in looks:
            self._add_look(rule, look, (), ())
            for mark, rules in marks:
                if look is mark:
                    rules.append(rule)

    def _add_gate(self, rule: Rule, looks: Iterable[Look]) -> None:
        self.gates[rule] = []
        if any(look in (REFERENCES, NAMING) for look in looks):
            self.whole.add(rule)
        for look in looks:
            for cls, field in (*look.list_own_reads(ALL_CLASSES), *look.list_other_reads(ALL_CLASSES)):
                self.gates[rule].append(Trigger(rule, cls, frozenset((field, "accepted")), ()))

    def _index(self, index: KeyIndex) -> KeyIndex:
        self._indexes[index] = None
        return index

    def _add_look(self, rule: Rule, look: Look, classes: Iterable[Any], way: Way) -> None:
        """Take in what a look reads where it leads from records of some classes, from which the way leads back."""
        if isinstance(look, ReferencedFields):
            first = _get_first_field(look.path)
            back: Way = (ToNaming(tuple(cls for cls in classes if first in attrs.fields_dict(cls))), *way)
            self._add_triggers(rule, look, ALL_CLASSES, look.fields, back)
        elif isinstance(look, NamingFields):
            back = (ToNamed(look.path), *way)
            self._add_triggers(rule, look, (look.cls,), (_get_first_field(look.path), *look.fields), back)
        elif isinstance(look, RelatedFields):
            sharing = (
                ToSharing(self._index(KeyIndex(look.cls, look.by)), self._index(KeyIndex(cls, look.of)))
                for cls in classes
            )
            backs: Iterable[Way] = ((one, *way) for one in sharing) if classes else (way,)
            climbing = (look.climbing,) if look.climbing else ()
            for back in backs:
                self._add_triggers(rule, look, (look.cls,), (*look.by, *climbing, *look.fields), back)

    def _add_triggers(
        self,
        rule: Rule,
        look: ReferencedFields | NamingFields | RelatedFields,
        classes: Iterable[Any],
        fields: Iterable[str],
        way: Way,
    ) -> None:
        onward = [_get_first_field(one.path) for one in look.onward if isinstance(one, ReferencedFields)]
        for cls in classes:
            known = frozenset((*fields, *onward)) & attrs.fields_dict(cls).keys()
            self._triggers[cls].append(Trigger(rule, cls, known, way))
        for one in look.onward:
            self._add_look(rule, one, tuple(classes), way)


def _is_followed(look: Look) -> bool:
    """Whether what a rule on records looks at can be followed back."""
    if isinstance(look, RelatedFields):
        return bool(look.by and look.of)
    return look not in (REFERENCES, NAMING, REDIRECTS)


def _get_first_field(path: str) -> str:
    return path.partition(".")[0]


# -- what a change reaches ---------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class ChangedRegister:
    """A register before and after a change."""

    old: RecordIndexes
    new: RecordIndexes
    changes: Mapping[str, Change]
    """Each record before and after, by its id; those too of which a reference leads elsewhere now."""
    edges: EdgeChanges
    moved: frozenset[str]
    """The ids that lead to a record of another class now, or to none, or to another record."""
    turned: frozenset[str]
    """The records of which a reference leads elsewhere, since redirects are others."""
    redirected_anew: bool
    """Whether the redirects are others."""

    @functools.cached_property
    def came_or_went(self) -> bool:
        """Whether any id is one of a record now, or none."""
        return any((old is None) is not (new is None) for old, new in self.changes.values())

    def iterate_changed_fields(self) -> Iterator[tuple[str, Any, AbstractSet[str] | None]]:
        """Each id with a class that a record of it has or had, and the fields that differ; None for all of them."""
        for record_id, (old, new) in self.changes.items():
            if type(old) is type(new) and record_id not in self.moved and record_id not in self.turned:
                yield record_id, type(new), list_changed_fields(old, new)
            else:
                for cls in {type(old), type(new)} - {type(None)}:
                    yield record_id, cls, None
        for record_id in self.moved:
            for register in (self.old.register, self.new.register):
                found = register.by_id.get(register.resolved(record_id))
                if found is not None:
                    yield record_id, type(found), None


def list_changed_fields(old: Any, new: Any) -> AbstractSet[str]:
    """The names of the fields in which two records of one class differ."""
    names = attrs.fields_dict(type(old))
    return {
        name
        for name in names
        if (before := getattr(old, name)) is not (after := getattr(new, name)) and before != after
    }


class Reach:
    """Which records each rule has to judge anew after a change."""

    def __init__(self, ways: RuleWays, change: ChangedRegister, dangling: AbstractSet[str]) -> None:
        self._ways, self._change, self._dangling = ways, change, dangling
        self._walked: dict[tuple[Way, str], frozenset[str]] = {}
        self.whole: set[Rule] = set(ways.whole)
        self.redirecting: list[Rule] = []
        self.records: defaultdict[Rule, set[str]] = defaultdict(set)
        self._follow_fields()
        self._follow_references()
        for rule, index in ways.sharing.items():
            if rule in self.records:
                self.records[rule] |= self._find_sharing(index, self.records[rule])
        for rule, look in ways.climbing.items():
            if rule in self.records:
                self.records[rule] |= self._find_circles(look, self.records[rule])

    def _follow_fields(self) -> None:
        change, ways = self._change, self._ways
        for record_id, (_, new) in change.changes.items():
            for rule in ways.alone[type(new)] if new is not None else ():
                self.records[rule].add(record_id)
        for record_id, cls, fields in change.iterate_changed_fields():
            for trigger in ways.list_triggers(cls, fields):
                self.records[trigger.rule] |= self._walk(trigger.way, record_id)
            for rule, gate in ways.gates.items():
                if rule not in self.whole and any(
                    one.cls is cls and (fields is None or not one.fields.isdisjoint(fields)) for one in gate
                ):
                    self.whole.add(rule)
        if change.redirected_anew:
            self.whole.update(ways.gates)

    def _follow_references(self) -> None:
        change, ways = self._change, self._ways
        if change.redirected_anew or change.came_or_went:
            self.redirecting = ways.redirecting
        for rule in ways.by_naming:
            self.records[rule] |= change.edges.targets
        if ways.by_reference:
            around = (
                change.edges.renamed
                | change.turned
                | change.moved.union(
                    *(self._walk((ToNaming(ALL_CLASSES),), one) for one in change.moved),
                    *(self._walk((ToNaming(ALL_CLASSES),), one) for one in self._find_unhinted()),
                )
            )
            for rule in ways.by_reference:
                self.records[rule] |= around

    def _find_unhinted(self) -> Iterator[str]:
        """The ids that lead nowhere and whose nearest name may be another now, since one near them came or went."""
        dangling = self._dangling
        for record_id, (old, new) in self._change.changes.items() if dangling else ():
            if type(old) is not type(new):
                for indexes, record in ((self._change.old, old), (self._change.new, new)):
                    if record is not None:
                        yield from _find_near(indexes, COLLECTION_OF[type(record)], record_id, dangling)

    # -- along the ways ------------------------------------------------------------------------------------------------

    def _walk(self, way: Way, record_id: str) -> frozenset[str]:
        if (way, record_id) not in self._walked:
            here = {record_id}
            for step in way:
                here = set(itertools.chain.from_iterable(self._take(step, one) for one in here))
            self._walked[way, record_id] = frozenset(here)
        return self._walked[way, record_id]

    def _take(self, step: ToNaming | ToNamed | ToSharing, record_id: str) -> Iterator[str]:
        for indexes in (self._change.old, self._change.new):
            if isinstance(step, ToNaming):
                for cls in step.classes:
                    yield from indexes.iterate_naming(cls, record_id)
                continue
            record = indexes.get(record_id)
            if record is None:
                continue
            if isinstance(step, ToNamed):
                name = _get_first_field(step.path)
                if name in attrs.fields_dict(type(record)):
                    yield from map(indexes.register.resolved, list_values_at(record, step.path))
            elif type(record) is step.held.cls:
                for _, key in step.held.list_keys((record,), indexes.register.resolved):
                    for other in (self._change.old, self._change.new):
                        yield from other.find(step.sought, key)

    def find_sharing_now(self, index: KeyIndex, records: Iterable[AnyRecord]) -> set[str]:
        """The records that share a key with some after the change, themselves among them."""
        new = self._change.new
        keys = {key for _, key in index.list_keys(records, new.register.resolved)}
        return {one for key in keys for one in new.find(index, key)}

    def _find_sharing(self, index: KeyIndex, record_ids: Iterable[str]) -> set[str]:
        """The records that share a key with some, before or after the change."""
        keys = {
            key
            for indexes in (self._change.old, self._change.new)
            for record_id in record_ids
            if type(record := indexes.get(record_id)) is index.cls
            for _, key in index.list_keys((record,), indexes.register.resolved)
        }
        return {
            one for indexes in (self._change.old, self._change.new) for key in keys for one in indexes.find(index, key)
        }

    def _find_circles(self, look: RelatedFields, record_ids: Iterable[str]) -> set[str]:
        """The records that stand in a circle with some, before or after the change."""
        assert look.climbing is not None, "only rules on circles climb"
        found: set[str] = set()
        for indexes in (self._change.old, self._change.new):
            for record_id in record_ids:
                found |= _climb(indexes, look, record_id)
        return found


def _climb(indexes: RecordIndexes, look: RelatedFields, start: str) -> set[str]:
    """The records of the circle that leads up from one and back to it; none where there is no such circle."""
    register = indexes.register
    chain: dict[str, None] = {}
    here: str | None = start
    while here is not None and here not in chain:
        chain[here] = None
        record = register.by_id.get(here)
        above = getattr(record, look.climbing or "", None) if type(record) is look.cls else None
        here = None if above is None else register.resolved(above)
    return set(chain) if here == start else set()


def _find_near(indexes: RecordIndexes, name: str, record_id: str, wanted: AbstractSet[str]) -> Iterator[str]:
    """Those of some ids between which and a given one stand few others of a collection, forwards or backwards."""
    for ids, turn in ((indexes.ids[name], str), (indexes.reversed_ids[name], _reverse)):
        place = ids.position(turn(record_id))
        lowest = ids[place - REACH - 1] if place > REACH else ""
        highest = ids[place + REACH + 1] if place + REACH + 1 < len(ids) else None
        for one in wanted:
            if turn(one) >= lowest and (highest is None or turn(one) <= highest):
                yield one


def _reverse(text: str) -> str:
    return text[::-1]


def list_records(indexes: RecordIndexes, record_ids: Iterable[str]) -> list[AnyRecord]:
    """The records of some ids, in the order in which a register has them."""
    found = [record for record_id in record_ids if (record := indexes.get(record_id)) is not None]
    return sorted(found, key=lambda record: (_PLACES[type(record)], record.id)) if len(found) > 1 else found


_PLACES = {cls: place for place, cls in enumerate(ALL_CLASSES)}
