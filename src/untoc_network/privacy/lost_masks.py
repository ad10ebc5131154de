"""Where a wider circle masks a text, and could not know of it any more from a view.

A view has none of the values that are withheld from its audience, and it leaves words of them that somebody else has
whom it shows. Where a wider circle is not shown that other, it masks these words: the view has to mask them for it.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Sequence

from untoc_network.privacy.withheld_traces import CleanTexts, RegisterTraces, WithheldTraces
from untoc_network.privacy.withheld_values import WithheldValue
from untoc_network.values.consent_and_contact import Audience

__all__ = ["LostMasks"]


class LostMasks:
    """What a wider circle masks for `values` that a view does not have."""

    def __init__(self, shared: RegisterTraces, audience: Audience, values: Sequence[WithheldValue]) -> None:
        self._shared, self._audience = shared, audience
        gone = frozenset(values)
        self._left = tuple(one for one in shared.circles[audience].values if one not in gone)
        self._clean = CleanTexts(shared.clean.unclean, shared.make(tuple(values)))

    def attach(self, shared: RegisterTraces) -> LostMasks:
        """The same of a register in which others are withheld or beside each other."""
        new = copy.copy(self)
        new._shared = shared  # noqa: SLF001
        if "_known" in new.__dict__:
            new.__dict__["_known"] = self._known.attach(shared)
        return new

    @functools.cached_property
    def _known(self) -> WithheldTraces:
        """What the circle looks for in a view of the view."""
        return WithheldTraces(self._shared, self._audience, self._left)

    def spans(self, text: str, record_id: str = "") -> list[tuple[int, int]]:
        """What of a text of a record the circle masks, and would not mask by what the view has."""
        if text in self._shared.clean or text in self._clean:
            return []
        masked = self._shared.circles[self._audience].uses(text, record_id).spans
        known = self._known.uses(text, record_id).spans if masked else []
        return [
            (start, end) for start, end in masked if not any(here <= start and end <= there for here, there in known)
        ]
