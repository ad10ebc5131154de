"""What a change of a few records changes in a view: which records are seen otherwise, and when it is all of them.

A change is `slight` where who is withheld, what is looked for in texts, what is shown openly of it and which ids are
replaced all stay: then only the changed records are seen otherwise, and those that rest on them. Every other change may
reach any text, and the view is made anew.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from untoc_network.model.contribution import Contribution
from untoc_network.model.event import Event, Statement
from untoc_network.model.organization_and_person import Organization, Person
from untoc_network.model.project_and_funding import Funding, Project
from untoc_network.model.register import FRAME_FIELDS, SIDE_TABLES, Register, list_references
from untoc_network.model.source import Source
from untoc_network.model.traversal import collect_values
from untoc_network.privacy.lost_values import LostValues
from untoc_network.privacy.record_viewing import RecordViewer
from untoc_network.privacy.register_withholding import WithheldOfRegister
from untoc_network.privacy.withheld_records import explain_withheld, list_essential_fields
from untoc_network.values.consent_and_contact import Audience
from untoc_network.values.ids_and_codes import Key

__all__ = ["SlightChange", "find_slight_change"]

_NEW_ID = "withheld-"


class SlightChange(NamedTuple):
    """The viewers after a change, and the ids of the records that may be seen otherwise."""

    viewers: tuple[RecordViewer, ...]
    touched: frozenset[str]


class _ReachesAllError(Exception):
    """That a change may reach any text."""


def find_slight_change(
    viewers: tuple[RecordViewer, ...], register: Register, ids: Iterable[str]
) -> SlightChange | None:
    """What shows a register that differs from the one before in some ids; None where all of it has to be seen anew."""
    try:
        return _Changing(viewers, register, ids).find()
    except _ReachesAllError:
        return None


class _Changing:
    """One change that is looked at: the records that differ, before and after, and what follows."""

    def __init__(self, viewers: tuple[RecordViewer, ...], register: Register, ids: Iterable[str]) -> None:
        self.viewers, self.new = viewers, register
        self.before = viewers[-1].basis
        self.old = self.before.register
        pairs = ((one, (self.old.by_id.get(one), register.by_id.get(one))) for one in dict.fromkeys(ids))
        self.changes: dict[str, tuple[Any, Any]] = {one: pair for one, pair in pairs if pair[0] is not pair[1]}
        self.touched: set[str] = {*self.changes}
        redirects = ((one.old_id, one.new_id, register.resolved(one.old_id)) for one in register.redirects)
        self.leading = frozenset(itertools.chain.from_iterable(redirects))
        """The ids of redirects, which are shown or not as what they lead from and to."""

    def find(self) -> SlightChange:
        """What follows from the change. Raises `_ReachesAllError`."""
        frame = (*FRAME_FIELDS, *SIDE_TABLES)
        tables = [(getattr(self.old, name), getattr(self.new, name)) for name in frame]
        tables.append((self.old.extensions, self.new.extensions))
        self._refuse(any(before is not after and before != after for before, after in tables))
        self._refuse(any(len(one) != len(one.by_id) for one in (self.old, self.new)))
        self._check_ids_and_keys()
        withheld = {audience: self._change_withheld(audience) for audience in self.before.records}
        pairs = tuple(self.changes.values())
        self._refuse(any(self.before.coarsened_fields.is_of_door(*pair) for pair in pairs))
        after = self.before.with_changes(self.new, withheld, self._change_near(), pairs)
        self._check_values(after)
        self._check_replaced()
        self._touch_resting(after)
        after.coarsen_anew(self.touched)
        viewers = tuple(one.with_basis(after) for one in self.viewers)
        self._touch_statements(viewers[-1])
        if after.circles:
            for old, new in zip(self.viewers, viewers, strict=True):
                self._check_lost(old, new)
        return SlightChange(viewers, frozenset(self.touched))

    def _refuse(self, reaches_all: bool) -> None:
        if reaches_all:
            raise _ReachesAllError

    def _list_naming(self, record_id: str) -> Iterator[str]:
        """The ids of the records that name a record after the change, by whatever id leads to it."""
        names = (record_id, *(old for old, new in self.new.redirected.items() if new == record_id))
        for name in names:
            yield from (one.id for one in self.new.referring_records.get(name, ()))

    # -- ids ---------------------------------------------------------------------------------------------------------

    def _check_ids_and_keys(self) -> None:
        """An id or a key that may name somebody has another in its place, and so has one that looks like such."""
        clean = self.before.traces.clean
        for record_id, (old, new) in self.changes.items():
            if old is None or new is None:
                is_led = record_id in self.leading
                self._refuse(is_led or record_id not in clean or record_id.startswith(_NEW_ID))
            known, keys = (
                {*collect_values((one,), type(one), Key)} if one is not None else set[Key]() for one in (old, new)
            )
            self._refuse(any(key not in clean or key.startswith(_NEW_ID) for key in keys ^ known))

    def _check_replaced(self) -> None:
        """What is held of whom a replaced id names is in the id that stands in its place."""
        replaced = {one for viewer in self.viewers for one in (*viewer.new_ids, *viewer.new_keys)}
        for pair in self.changes.values() if replaced else ():
            versions = [one for one in pair if isinstance(one, Person | Organization)]
            self._refuse(self.before.replacement.rests_on(replaced, versions))

    # -- who is withheld ---------------------------------------------------------------------------------------------

    def _change_withheld(self, audience: Audience) -> Mapping[str, str]:
        """The ids of the records that an audience is not to know of after the change, with the reasons."""
        before: Any = self.before.records[audience]
        found: dict[str, str | None] = {}
        waiting = [*self.changes, *self._list_sourced()]
        while waiting:
            record_id = waiting.pop()
            record = self.new.by_id.get(record_id)
            now = found[record_id] if record_id in found else before.get(record_id)
            reason = None
            if record is not None:
                self._refuse(self._may_rest_on_itself(record))
                known = _Overlaid(found, before)
                reason = explain_withheld(self.new, record, audience, self.before.on, known)
            if reason == now:
                continue
            found[record_id] = reason
            self._refuse(isinstance(record, Person | Organization) and record_id not in self.changes)
            naming = [*self._list_naming(record_id)]
            self.touched.update((record_id, *naming))
            waiting += [one for one in naming if self._consists_of_others(one)]
        self._refuse(not self.before.claimed.isdisjoint(found) or not self.leading.isdisjoint(found))
        self._refuse(any(one not in self.before.traces.clean for one in found))  # it may have another id now
        if not found:
            return before  # type: ignore[no-any-return]
        return before.with_changes(  # type: ignore[no-any-return]
            {one: reason for one, reason in found.items() if reason is not None}, removed_keys=found
        )

    def _list_sourced(self) -> Iterator[str]:
        """The ids of the bodies of which a source is there or not, or of another kind."""
        for record_id, (old, new) in self.changes.items():
            kinds = {one.kind if isinstance(one, Source) else None for one in (old, new)}
            if len(kinds) > 1:
                yield from (one for one in self._list_naming(record_id) if self._is_organization(one))

    def _is_organization(self, record_id: str) -> bool:
        return isinstance(self.new.by_id[record_id], Organization)

    def _may_rest_on_itself(self, record: Any) -> bool:
        is_funding = isinstance(record, Funding)
        return is_funding and isinstance(self.new.by_id.get(self.new.resolved(record.target_id)), Funding)

    def _consists_of_others(self, record_id: str) -> bool:
        cls: Any = type(self.new.by_id[record_id])
        return cls is Contribution or bool(list_essential_fields(cls))

    # -- what is looked for ------------------------------------------------------------------------------------------

    def _change_near(self) -> Mapping[str, frozenset[str]]:
        """Who is beside whom after the change, of those of whom something is withheld."""
        before: Any = self.before.traces.near
        found: dict[str, frozenset[str]] = {}
        for record_id, (old, new) in self.changes.items():
            names, named = self._list_named(new), self._list_named(old)
            beside = found.get(record_id, before.get(record_id, frozenset()))
            owners = {one for one in names if self._is_owner(one)}
            # who is not named by the record and did not change names it as before, so that nobody asks all for a hub
            same = {one for one in beside if one not in named and one not in self.changes}
            owners |= same | {one for one in beside - same if record_id in self._list_named(self.new.by_id.get(one))}
            if self._is_owner(record_id) and new is not None:
                owners.add(record_id)
            found[record_id] = frozenset(owners)
            for other in names | named if self._is_owner(record_id) else ():
                there = found.get(other, before.get(other, frozenset()))
                is_beside = other in names or record_id in self._list_named(self.new.by_id.get(other))
                found[other] = there | {record_id} if is_beside else there - {record_id}
        changed = {one: some for one, some in found.items() if some != before.get(one, frozenset())}
        self.touched.update(changed)
        gone = [one for one, some in changed.items() if not some]
        kept = {one: some for one, some in changed.items() if some}
        return before.with_changes(kept, removed_keys=gone) if changed else before  # type: ignore[no-any-return]

    def _is_owner(self, record_id: str) -> bool:
        return self.before.traces.is_owner(record_id)

    def _list_named(self, record: Any) -> frozenset[str]:
        """The ids of the records that a record names."""
        named = () if record is None else list_references(record)
        return frozenset(self.new.resolved(one.target) for one in named)

    def _check_values(self, after: WithheldOfRegister) -> None:
        """What is looked for, and what is open of it, has to be the same."""
        for record_id in self.touched:
            old, new = self.old.by_id.get(record_id), self.new.by_id.get(record_id)
            told = [
                traces.describe(one) if one is not None else frozenset()
                for traces, one in ((self.before.traces, old), (after.traces, new))
            ]
            self._refuse(told[0] != told[1])

    # -- what rests on the change ------------------------------------------------------------------------------------

    def _touch_resting(self, after: WithheldOfRegister) -> None:
        """Fields that are coarsened by what is known of other records."""
        for record_id, (old, new) in self.changes.items():
            for one, other, basis in ((old, new, self.before), (new, old, after)):
                if one is not None:
                    self.touched |= basis.coarsened_fields.list_resting(one, other)
            is_new = isinstance(old or new, Person | Organization) and (old is None or new is None)
            if is_new or isinstance(old or new, Project):
                naming = [self.new.by_id[one] for one in self._list_naming(record_id)]
                self.touched.update(one.id for one in naming if isinstance(one, Event))
                self.touched.update(self.new.resolved(one.event_id) for one in naming if isinstance(one, Statement))

    def _touch_statements(self, after: RecordViewer) -> None:
        """In what role somebody spoke goes where the role is not shown of the speaker."""
        for record_id, (old, new) in self.changes.items():
            if isinstance(old or new, Person):
                before, now = self.viewers[-1].find_lost_keys(record_id), after.find_lost_keys(record_id)
                self.touched.update(self._list_naming(record_id) if before != now else ())

    def _check_lost(self, before: RecordViewer, after: RecordViewer) -> None:
        """What a wider circle could not know of any more from the view has to be the same."""
        old, new = LostValues(before), LostValues(after)
        beside = {one for pair in self.changes.values() for record in pair for one in self._list_named(record)}
        self._refuse(any(old.find_around(one) != new.find_around(one) for one in self.touched | beside))


class _Overlaid:
    """The ids that are withheld, where some of them are known anew."""

    def __init__(self, found: Mapping[str, str | None], before: Mapping[str, str]) -> None:
        self._found, self._before = found, before

    def __contains__(self, record_id: object) -> bool:
        one = str(record_id)
        return self._found[one] is not None if one in self._found else one in self._before
