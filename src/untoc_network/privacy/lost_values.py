"""What a wider circle masks for records that a view shows, and could not know of any more from that view.

It has to be masked in the view already: the wider circle's view of this view has no other way to know of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from untoc_network.model.register import Register, list_references
from untoc_network.model.traversal import GONE
from untoc_network.privacy.audience_policy import why_withheld
from untoc_network.privacy.record_viewing import Lost, RecordViewer
from untoc_network.privacy.withheld_records import is_listed_with_persons
from untoc_network.privacy.withheld_traces import WithheldTraces
from untoc_network.privacy.withheld_values import (
    ValueKind,
    WithheldValue,
    list_withheld_own_values,
    list_withheld_values,
)
from untoc_network.values.consent_and_contact import Audience

__all__ = ["LostValues"]

Identity = tuple[str, ValueKind, str]


class LostValues:
    """What is lost in what a viewer shows; each record's part of it can be asked for alone."""

    def __init__(self, viewer: RecordViewer) -> None:
        self._viewer = viewer
        self._redirected = Register(redirects=tuple(viewer.list_redirects())).redirected
        self._named: dict[str, frozenset[str]] = {}

    def find(self) -> Lost:
        """What was lost before, and what is lost in this."""
        before = self._viewer.lost_before
        if not self._viewer.circles:
            return before
        found = [self.find_around(record_id) for record_id in self._viewer.basis.traces.near]
        return Lost(
            before.values.union(*(one.values for one in found)), before.ties.union(*(one.ties for one in found))
        )

    def find_around(self, record_id: str) -> Lost:
        """What is lost of the values of a record, and of those beside it."""
        if record_id in self._viewer.withheld:
            return Lost()
        circles = self._viewer.circles.items()
        return Lost(
            frozenset(value for one, traces in circles for value in self._find_values(one, traces, record_id)),
            frozenset(tie for one, traces in circles for tie in self._find_ties(one, traces, record_id)),
        )

    def _find_values(self, audience: Audience, traces: WithheldTraces, record_id: str) -> Iterator[WithheldValue]:
        values = traces.owned.get(record_id, ())
        if values:
            kept = {*map(self._identify, self._viewer.traces.owned.get(record_id, ()))}
            register = self._viewer.register
            is_listed = is_listed_with_persons(register, register.by_id.get(record_id))
            for seen in self._see(record_id):
                reason = why_withheld(seen, audience, self._viewer.on, is_listed_with_persons=is_listed)
                is_withheld = reason is not None
                left = list_withheld_values(seen, audience, self._viewer.on, is_withheld=is_withheld)
                own = list_withheld_own_values(seen, self._viewer.declared, audience, self._viewer.on)
                kept.update((one.record_id, one.kind, one.key) for one in (*left, *own))
            yield from (one for one in values if self._identify(one) not in kept)

    def _identify(self, value: WithheldValue) -> Identity:
        return self._viewer.new_id(value.record_id), value.kind, value.key

    def _find_ties(
        self, audience: Audience, traces: WithheldTraces, record_id: str
    ) -> Iterator[tuple[Audience, str, str]]:
        here = self._viewer.new_id(record_id)
        for owner in traces.list_near(record_id):
            there = self._viewer.new_id(owner)
            is_known = owner == record_id or there in self._list_named(record_id) or here in self._list_named(owner)
            if not is_known and owner not in self._viewer.withheld:
                yield audience, record_id, owner

    def _list_named(self, record_id: str) -> frozenset[str]:
        """The ids that a record names as it is seen."""
        if record_id not in self._named:
            targets = (one.target for seen in self._see(record_id) for one in list_references(seen))
            self._named[record_id] = frozenset(self._redirected.get(target, target) for target in targets)
        return self._named[record_id]

    def _see(self, record_id: str) -> Iterator[Any]:
        records: Mapping[str, Any] = self._viewer.register.by_id
        seen = self._viewer.see(records[record_id]).record if record_id in records else GONE
        return iter(() if seen is GONE else (seen,))
