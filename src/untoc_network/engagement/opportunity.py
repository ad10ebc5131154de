"""An opening: one thing that one organization may take part in, before any condition is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from untoc_network.diagnostics.findings import Basis
from untoc_network.engagement.entry_point import Blocker, KnownDay
from untoc_network.engagement.message import Value
from untoc_network.model.stakeholder import Theme
from untoc_network.values.dates import PartialDate

__all__ = ["Opportunity"]


@attrs.frozen(kw_only=True, eq=False)
class Opportunity:
    """What it is about, its days, and what the wordings of its kind are filled with.

    `thing` is what its conditions look at; `next_step` the name of the wording of what to do next; `basis` what it
    rests on, where that is more than the provision of its kind.
    """

    subject_id: str
    thing: Any = None
    values: Mapping[str, Value] = attrs.field(factory=dict)
    opens: KnownDay | None = None
    closes: KnownDay | None = None
    starts: PartialDate | None = None
    ends: PartialDate | None = None
    country: str | None = None
    topics: tuple[Theme, ...] = ()
    published: KnownDay | None = None
    basis: Basis | None = None
    next_step: str = "next"
    send: Mapping[str, Value] | None = None
    blocked_by: tuple[Blocker, ...] = ()
    links: tuple[str, ...] = ()
