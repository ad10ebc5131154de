"""A view that is kept beside a register, so that its next version costs what a change of the register touches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from untoc_network.model.persistent_collections import SortedBlocks
from untoc_network.model.register import Register
from untoc_network.model.traversal import GONE
from untoc_network.privacy.record_viewing import RecordViewer, Seen
from untoc_network.privacy.redactions import View
from untoc_network.privacy.register_withholding import WithheldOfRegister
from untoc_network.privacy.view import make_viewers, show_records
from untoc_network.privacy.view_change import SlightChange, find_slight_change
from untoc_network.values.consent_and_contact import Audience
from untoc_network.values.dates import PartialDate

__all__ = ["KeptView", "KeptViews"]


class KeptView:
    """What an audience may see of a register on a day, and what it takes to see a changed register.

    `view` is what `untoc_network.privacy.view` gives. A version is never changed: threads may share it.
    """

    def __init__(self, register: Register, audience: Audience, on: PartialDate, key: bytes = b"") -> None:
        self._made_of = audience, on, key
        viewers = make_viewers(WithheldOfRegister(register, audience, on, key))
        whole = show_records(viewers[-1])
        kept = viewers[-1].basis.keep()
        _ = register.referring_records  # so that the registers that come of changes take it over
        self._viewers = tuple(viewer.with_basis(kept) for viewer in viewers)
        self.view = View(
            register=whole.register,
            redactions=SortedBlocks(whole.redactions),
            origins=whole.origins,
            to_check=SortedBlocks(whole.to_check),
            exposed=whole.exposed,
        )

    @property
    def register(self) -> Register:
        """The register that it is a view of."""
        return self._viewers[-1].register

    def changed(self, register: Register, ids: Iterable[str]) -> KeptView:
        """The view of a register that differs in the records of some ids alone, and perhaps in what is no record."""
        if register is self.register:
            return self
        slight = find_slight_change(self._viewers, register, ids)
        return (None if slight is None else self._with(slight)) or KeptView(register, *self._made_of)

    def _with(self, slight: SlightChange) -> KeptView | None:
        """The view with what is seen otherwise; None where a value stands in it that cannot be masked."""
        before, after = self._viewers[-1], slight.viewers[-1]
        pairs = [(_see(before, one), _see(after, one)) for one in slight.touched]
        versions = ((viewer, seen.record) for pair in pairs for viewer, seen in zip((before, after), pair, strict=True))
        if any(record is not GONE and viewer.find_exposed((record,)) for viewer, record in versions):
            return None
        new = object.__new__(KeptView)
        new._made_of, new._viewers = self._made_of, slight.viewers
        new.view = View(
            register=_edit(self.view.register, pairs),
            redactions=_replace(self.view.held_redactions, [(old.redactions, now.redactions) for old, now in pairs]),
            origins=self.view.origins,
            to_check=_replace(self.view.held_places, [(old.to_check, now.to_check) for old, now in pairs]),
            exposed=self.view.exposed,
        )
        return new


class KeptViews:
    """The views of a register that were asked for, each kept for the registers that come of changes."""

    def __init__(self, kept: Mapping[tuple[Audience, bytes], tuple[KeptView, frozenset[str]]] | None = None) -> None:
        self._kept = dict(kept or {})
        """Each with the ids in which the register that it is of differs from this one."""

    def see(self, register: Register, audience: Audience, on: PartialDate, key: bytes) -> View:
        """The view of a register; always the same register, from one `follow` to the next."""
        kept, ids = self._kept.get((audience, key), (None, frozenset[str]()))
        kept = KeptView(register, audience, on, key) if kept is None else kept.changed(register, ids)
        self._kept[audience, key] = kept, frozenset()
        return kept.view

    def follow(self, ids: Iterable[str]) -> KeptViews:
        """The same for a register in which the records of some ids are others."""
        changed = frozenset(ids)
        return KeptViews({asked: (kept, earlier | changed) for asked, (kept, earlier) in self._kept.items()})


def _see(viewer: RecordViewer, record_id: str) -> Seen:
    record = viewer.register.by_id.get(record_id)
    return Seen(GONE) if record is None else viewer.see(record)


def _edit(register: Register, pairs: Iterable[tuple[Seen, Seen]]) -> Register:
    """A register of what is seen, with what is seen otherwise."""
    added, replaced, removed = list[Any](), list[Any](), list[str]()
    for old, now in ((old.record, now.record) for old, now in pairs):
        if type(old) is type(now) and old is not GONE:
            replaced += [now] if old != now else []
        else:
            removed += [old.id] if old is not GONE else []
            added += [now] if now is not GONE else []
    return register.with_changes(added=added, replaced=replaced, removed=removed)[0]


def _replace(held: Any, pairs: Iterable[tuple[frozenset[Any], frozenset[Any]]]) -> Any:
    """A sorted collection with some items in the place of others."""
    both = [(old - now, now - old) for old, now in pairs]
    gone, come = (frozenset[Any]().union(*some) for some in zip(*both, strict=True)) if both else (frozenset(),) * 2
    return held.with_changes(removed_keys=gone, added=come) if gone or come else held
