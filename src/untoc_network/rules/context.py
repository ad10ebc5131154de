"""What a rule may know besides the records it looks at."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import attrs

from untoc_network.model.register import COLLECTIONS, Register
from untoc_network.reference import packaged
from untoc_network.reference.tables import Reference
from untoc_network.rules.near import Nearest
from untoc_network.values.dates import PartialDate

__all__ = ["Context"]


@attrs.frozen(kw_only=True)
class Context:
    """What a rule may know besides the records it looks at: the register with its indexes, the facts, the day if given."""

    register: Register
    on: PartialDate | None = None
    reference: Reference = attrs.field(factory=packaged)
    codes: frozenset[str] = frozenset()
    """The codes of all rules of the set, those that do not run too."""
    _nearest: dict[tuple[str, ...], Nearest] = attrs.field(factory=dict, init=False, repr=False, eq=False)

    @property
    def day(self) -> PartialDate:
        """The day that the register is judged on; only for rules that need one."""
        assert self.on is not None, "only rules marked needs_day may ask for the day"
        return self.on

    def get(self, record_id: str | None) -> Any:
        """The record of that id, redirects followed, or None."""
        return self.register.by_id.get(self.register.resolved(record_id)) if record_id else None

    def nearest(self, collections: tuple[str, ...]) -> Nearest:
        """The ids in these collections, to find the one that a misspelt id was meant to be; built once each."""
        if collections not in self._nearest:
            self._nearest[collections] = Nearest(
                record.id for name in collections for record in getattr(self.register, name)
            )
        return self._nearest[collections]

    @functools.cached_property
    def places(self) -> Mapping[int, tuple[str, int]]:
        """The collection and position of every record object; built when the first finding needs it."""
        names = (*COLLECTIONS, "redirects")
        return {
            id(record): (name, position)
            for name in names
            for position, record in enumerate(getattr(self.register, name))
        }
