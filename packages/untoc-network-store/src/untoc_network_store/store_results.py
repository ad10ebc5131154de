"""What a store answers with: a change that is written, a person who is erased, a check."""

from __future__ import annotations

import attrs

from untoc_network.diagnostics.findings import Report
from untoc_network.rules.live import Step

__all__ = ["Committed", "ErasedInStore", "StoreChecked"]


@attrs.frozen(kw_only=True)
class Committed:
    """A change that is written: its revision, and the step as it was attempted on the revision before."""

    revision: int
    step: Step


@attrs.frozen(kw_only=True)
class ErasedInStore:
    """A person erased: the revision, the tombstone, the places to check, and whether the old bytes are overwritten.

    Where `bytes_cleared` is false, somebody was reading for longer than the timeout; `Store.clear_bytes` tries again,
    and so does whoever opens the store next.
    """

    revision: int
    tombstone_id: str
    to_check: tuple[tuple[str, str], ...]
    bytes_cleared: bool


@attrs.frozen(kw_only=True)
class StoreChecked:
    """What a check of a whole store found: the report on the register, and the ids of rows that contradict themselves.

    A row is damaged where its digest is not that of its record, or its terms are not those that the record is found by.
    """

    revision: int
    report: Report
    damaged: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether no row is damaged, and there is no error in the report."""
        return self.report.ok and not self.damaged
