"""Which records a view shows as they are: asked of many at once, so that only others are gone through value by value.

A record is plain where nothing in it is withheld, coarsened, renamed or masked. That follows from its fields, as far
as they are filled, from the ids that it names, and from its texts.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from untoc_network.model.event import Statement
from untoc_network.model.register import COLLECTION_OF, REFERENTS
from untoc_network.model.traversal import collect_all_wanted, collect_values
from untoc_network.privacy.audience_policy import SCANNED, TREATMENTS, Treatment
from untoc_network.privacy.identifying_traces import is_name_of_person
from untoc_network.privacy.record_viewing import GATED, RecordViewer, Seen, may_hold_break_hints
from untoc_network.text.personal_data_patterns import may_hold_personal_data
from untoc_network.values.consent_and_contact import Audience
from untoc_network.values.consent_evaluation import list_visible_consents
from untoc_network.values.fields import FieldShape, Sensitivity
from untoc_network.values.ids_and_codes import Key, Url
from untoc_network.values.multilingual_text import Text

__all__ = ["PlainRecords"]

_SIZES = (64, 8)
"""So many are asked at once; where one of them is not plain, so many, and then each goes its own way."""
_EMPTY = (None, (), False)


class PlainRecords:
    """Shows records of a register to an audience, those that are plain by a short way."""

    def __init__(self, viewer: RecordViewer) -> None:
        self._viewer = viewer
        self._renamed = {*viewer.withheld, *viewer.new_ids, *viewer.register.redirected}
        self._hides_consents = TREATMENTS[viewer.audience][Sensitivity.INTERNAL] is not Treatment.SHOW
        self._unclean = viewer.basis.traces.clean.unclean

    def see_all(self, records: Sequence[Any], cls: Any) -> list[Seen]:
        """What is seen of each of some records of a class."""
        return [*self._see(records, cls, _SIZES)]

    def _see(self, records: Sequence[Any], cls: Any, sizes: tuple[int, ...]) -> Iterator[Seen]:
        size, *rest = sizes
        for start in range(0, len(records), size):
            some = records[start : start + size]
            if self._are_plain(some, cls):
                yield from map(Seen, some)
            elif rest:
                yield from self._see(some, cls, tuple(rest))
            else:
                yield from map(self._viewer.see, some)

    def _are_plain(self, records: Sequence[Any], cls: Any) -> bool:
        ids = [one.id for one in records]
        if not self._renamed.isdisjoint(ids) or any(one in self._viewer.coarsened for one in ids):
            return False
        telling = collect_all_wanted(records, cls, _make_predicate(self._viewer.audience))
        if any(one not in _EMPTY for one in telling) or not all(map(self._shows_consents, records)):
            return False
        if any(not self._renamed.isdisjoint(collect_values(records, cls, kind)) for kind in REFERENTS):
            return False
        keys = self._viewer.new_keys
        if keys and any(one in keys for one in collect_values(records, cls, Key)):
            return False
        return self._are_texts_plain(records, cls)

    def _shows_consents(self, record: Any) -> bool:
        held = getattr(record, "consents", ())
        if not held or not self._hides_consents:
            return True
        return len(list_visible_consents(record, self._viewer.audience, self._viewer.on)) == len(held)

    def _are_texts_plain(self, records: Sequence[Any], cls: Any) -> bool:
        texts = [*collect_values(records, cls, str), *collect_values(records, cls, Url)]
        for one in collect_values(records, cls, Text):
            texts += one.values()
        together = "\n".join(texts)
        is_scanned = self._viewer.audience in SCANNED and ("://" in together or may_hold_personal_data(together))
        return self._unclean.isdisjoint(texts) and not is_scanned and not may_hold_break_hints(together)


@functools.cache
def _make_predicate(audience: Audience) -> Callable[[Any, FieldShape], bool]:
    """What tells the fields that are not shown to an audience as they are, whatever they hold.

    The consents of a record are asked for, and a person who is shown at all is shown by name.
    """

    def is_telling(cls: Any, shape: FieldShape) -> bool:
        if is_name_of_person(cls, shape.name) or (cls in COLLECTION_OF and shape.name == "consents"):
            return False
        is_guarded = TREATMENTS[audience][shape.sensitivity] is not Treatment.SHOW
        return is_guarded or shape.type in GATED or (cls is Statement and shape.name == "speaking_as")

    return is_telling
