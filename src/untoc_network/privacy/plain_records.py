"""Which records a view shows as they are: asked of all of a class at once, so that only others are gone through.

A record is plain where nothing in it is withheld, coarsened, renamed or masked. That follows from its fields, as far
as they are filled, from the ids that it names, and from its texts.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from untoc_network.model.event import Statement
from untoc_network.model.organization_and_person import Person
from untoc_network.model.register import COLLECTION_OF, is_reference
from untoc_network.model.traversal import GONE, collect_with_ends, find_wanted
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

_AT_ONCE = 64
"""The texts of so many records are searched together for signs; where one is found, those of each."""
_EMPTY = (None, (), False)


class PlainRecords:
    """Shows records of a register to an audience, those that are plain by a short way."""

    def __init__(self, viewer: RecordViewer) -> None:
        self._viewer = viewer
        self._renamed = {*viewer.withheld, *viewer.new_ids, *viewer.register.redirected}
        self._hides_consents = TREATMENTS[viewer.audience][Sensitivity.INTERNAL] is not Treatment.SHOW
        self._unclean = viewer.basis.traces.clean.unclean
        self._others: dict[Any, set[int]] = {}

    def see_all(self, cls: Any) -> tuple[tuple[Any, ...], list[Seen]]:
        """The records of a class as they are seen, and what is told of those that are not plain."""
        records, others = self._list_records(cls), sorted(self._find_others(cls))
        seen = {place: self._viewer.see(records[place]) for place in others}
        shown = (seen[place].record if place in seen else one for place, one in enumerate(records))
        return tuple(one for one in shown if one is not GONE), [*seen.values()]

    def _list_records(self, cls: Any) -> Sequence[Any]:
        return getattr(self._viewer.register, COLLECTION_OF[cls])  # type: ignore[no-any-return]

    def _find_others(self, cls: Any) -> set[int]:
        """The places of the records of a class that are not plain."""
        if cls not in self._others:
            self._others[cls] = {*self._iterate_others(self._list_records(cls), cls)}
        return self._others[cls]

    def _iterate_others(self, records: Sequence[Any], cls: Any) -> Iterator[int]:
        renamed, coarsened, keys = self._renamed, self._viewer.coarsened, self._viewer.new_keys
        if renamed or coarsened:
            yield from (place for place, one in enumerate(records) if one.id in renamed or one.id in coarsened)
        yield from find_wanted(records, cls, _make_predicate(self._viewer.audience), lambda one: one not in _EMPTY)
        if self._hides_consents and hasattr(cls, "consents"):
            yield from (place for place, one in enumerate(records) if one.consents and not self._shows_consents(one))
        if renamed:
            yield from find_wanted(records, cls, is_reference, renamed.__contains__)
        if keys:
            yield from find_wanted(records, cls, _is_key, keys.__contains__)
        if cls is Statement:
            yield from self._find_of_changed_speakers(records)
        if self._unclean:
            yield from find_wanted(records, cls, _is_searched, self._is_unclean)
        yield from self._find_signs(records, cls)

    def _shows_consents(self, record: Any) -> bool:
        return len(list_visible_consents(record, self._viewer.audience, self._viewer.on)) == len(record.consents)

    def _find_of_changed_speakers(self, statements: Sequence[Statement]) -> Iterator[int]:
        """Where in what role somebody spoke may go, as the speaker is not shown as is."""
        persons, resolved = self._list_records(Person), self._viewer.register.resolved
        changed = {persons[place].id for place in self._find_others(Person)}
        for place, one in enumerate(statements):
            if one.speaking_as and resolved(one.speaker_id or "") in changed:
                yield place

    def _is_unclean(self, text: str | Text) -> bool:
        return not self._unclean.isdisjoint(text.values()) if isinstance(text, Text) else text in self._unclean

    def _find_signs(self, records: Sequence[Any], cls: Any) -> Iterator[int]:
        found, ends = collect_with_ends(records, cls, _is_text)
        starts = [0, *ends]
        for first in range(0, len(ends), _AT_ONCE):
            held = (found[start:end] for start, end in itertools.pairwise(starts[first : first + _AT_ONCE + 1]))
            texts = [_list_wordings(some) for some in held]
            if self._has_signs(itertools.chain.from_iterable(texts)):
                yield from (first + place for place, some in enumerate(texts) if self._has_signs(some))

    def _has_signs(self, texts: Iterator[str] | list[str]) -> bool:
        """Whether there is in texts what nobody is to see, or without which they have no way to a person."""
        together = "\n".join(texts)
        is_scanned = self._viewer.audience in SCANNED and ("://" in together or may_hold_personal_data(together))
        return is_scanned or may_hold_break_hints(together)


@functools.cache
def _make_predicate(audience: Audience) -> Callable[[Any, FieldShape], bool]:
    """What tells the fields that are not shown to an audience as they are, whatever they hold.

    The consents of a record are asked for, and a person who is shown at all is shown by name.
    """

    def is_telling(cls: Any, shape: FieldShape) -> bool:
        if is_name_of_person(cls, shape.name) or (cls in COLLECTION_OF and shape.name == "consents"):
            return False
        return TREATMENTS[audience][shape.sensitivity] is not Treatment.SHOW or shape.type in GATED

    return is_telling


def _is_searched(cls: Any, shape: FieldShape) -> bool:
    """Whether a field holds texts in which others are looked for; the name of a person is theirs."""
    return _is_text(cls, shape) and not is_name_of_person(cls, shape.name)


def _list_wordings(texts: Iterable[str | Text]) -> list[str]:
    return [wording for one in texts for wording in (one.values() if one.__class__ is Text else (one,))]  # type: ignore[misc]


def _is_key(_cls: Any, shape: FieldShape) -> bool:
    return shape.type is Key


def _is_text(_cls: Any, shape: FieldShape) -> bool:
    return shape.type in (str, Url, Text)
