"""Who made a change, and when, as the log has it: an id and a moment, and never a name or an address."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple, Self

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.values.dates import Instant
from untoc_network.values.ids_and_codes import StakeholderId
from untoc_network.values.self_checked_classes import TEXT_FORMS

__all__ = ["LogAuthor"]


class LogAuthor(NamedTuple):
    """Who made a change, and when."""

    by: str | None
    at: str | None

    @classmethod
    def of(cls, by: Any, at: Any) -> Self:
        """Of an id and a moment. Raises `ImpossibleValue` for a name or an address, which have no place in the log."""
        if by is not None and not (isinstance(by, str) and TEXT_FORMS[StakeholderId].fits(by)):
            raise ImpossibleValue("by: expected the id of who made the change, of small letters, digits and hyphens")
        moment = at.isoformat(timespec="seconds") if isinstance(at, dt.datetime) else at
        return cls(by, None if moment is None else str(Instant(moment)))
