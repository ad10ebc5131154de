"""What a store refuses, and what it says of a database that it cannot use. Ids, digests and codes, never values."""

from __future__ import annotations

from typing import Any

import attrs

from untoc_network.diagnostics.errors import UntocNetworkError
from untoc_network.diagnostics.findings import Report

__all__ = ["ChangedSince", "Conflict", "ForgetsErasures", "IntroducesErrors", "UnusableStore"]


class UnusableStore(UntocNetworkError):
    """A database that holds no store, cannot be reached, or was written by a newer release."""


@attrs.frozen(kw_only=True)
class Conflict:
    """A record that somebody else has changed since, with both versions of it; None is for no record.

    `id` is its id, `before` the record that the step was attempted on, `wanted` what the step makes of it, and `stored`
    what the store has. Of the register itself `id` names the list or field.
    """

    id: str
    before: Any = attrs.field(repr=False)
    wanted: Any = attrs.field(repr=False)
    stored: Any = attrs.field(repr=False)


class ChangedSince(UntocNetworkError):
    """A change to what somebody else has changed since; nothing was written. `conflicts` has both versions."""

    def __init__(self, conflicts: tuple[Conflict, ...]) -> None:
        super().__init__(conflicts)
        self.conflicts = conflicts

    def __str__(self) -> str:
        return f"somebody else has changed since: {', '.join(repr(one.id) for one in self.conflicts)}"


class ForgetsErasures(UntocNetworkError):
    """A register that was made before somebody was erased, and would bring them back; nothing was written.

    `ids` has the records that were left in their place.
    """

    def __init__(self, ids: tuple[str, ...]) -> None:
        super().__init__(ids)
        self.ids = ids

    def __str__(self) -> str:
        return f"the register does not know of erasures; erase there too: {', '.join(map(repr, self.ids))}"


class IntroducesErrors(UntocNetworkError):
    """A change that brings errors to the register as it is now; nothing was written. `report` has them."""

    def __init__(self, report: Report) -> None:
        super().__init__(report)
        self.report = report

    def __str__(self) -> str:
        codes = (f"{one.code} of {one.subject!r}" if one.subject else one.code for one in self.report.errors)
        return f"the change would bring errors: {', '.join(dict.fromkeys(codes))}"
