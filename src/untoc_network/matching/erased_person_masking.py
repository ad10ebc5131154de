"""What a list says of one record, without what leads to somebody who was erased, in whatever text that stands."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import attrs

from untoc_network.model.extension import OwnFields
from untoc_network.model.listed_record import ListedRecord, ListPlace
from untoc_network.model.traversal import GONE, Change, Path, Rewriter
from untoc_network.privacy.erased_mentions import ErasedMention
from untoc_network.privacy.erasure_recognition import ErasureMatch, Recognized
from untoc_network.privacy.identifying_traces import is_name_of_person, mask_own_fields, mask_text
from untoc_network.text.personal_data_patterns import MASK, mask
from untoc_network.values.consent_and_contact import Contact
from untoc_network.values.extra import Extra
from untoc_network.values.fields import FieldShape
from untoc_network.values.ids_and_codes import Url
from untoc_network.values.multilingual_text import Text

__all__ = ["MaskedRecord", "mask_erased"]

_IN_AN_ID = "erased"
"""What stands for a name in an id."""


class MaskedRecord(NamedTuple):
    """Where somebody who was erased stood in a listed record, and by what that is known."""

    field: str
    item: Any
    """The item of a list in which it was."""
    hit: ErasureMatch


def mask_erased(
    listed: ListedRecord, passages: Callable[[str], Iterable[ErasedMention]], declared: OwnFields
) -> tuple[ListedRecord, tuple[MaskedRecord, ...]]:
    """A listed record with what speaks of erased persons masked, and each field and item that did.

    A contact or an address on the web that leads to one goes. The name of a person is theirs, whoever is called so. The
    record gets no id that has the name. The places of what was masked are found as before.
    """
    masking = _Masker(passages, declared)
    record = masking.rewrite(listed.record)
    wanted = listed.wanted or listed.record.id
    told = mask(wanted, [(one.start, one.end) for one in passages(wanted)]).replace(MASK, _IN_AN_ID)
    if record is listed.record and told == wanted:
        return listed, ()
    items = [item for _, item in masking.hits if attrs.has(item.__class__)]
    before = {_Masker(passages, declared).rewrite(item): item for item in items}

    place_of = listed.where

    def where(field: str, item: Any) -> Iterable[ListPlace]:
        return place_of(field, before.get(item, item))

    exposing = frozenset(new for new, old in before.items() if old in listed.exposing) | listed.exposing
    listed = attrs.evolve(listed, record=record, wanted=told, exposing=exposing, where=where)
    return listed, tuple(MaskedRecord(field, item, hit) for (field, item), hit in masking.hits.items())


class _Masker:
    """Masks text by text, and keeps in which item of which field."""

    def __init__(self, passages: Callable[[str], Iterable[ErasedMention]], declared: OwnFields) -> None:
        self.passages, self.declared = passages, declared
        self.hits: dict[tuple[str, Any], ErasureMatch] = {}
        self.item: Any = None
        self.rewrite = Rewriter(self._choose).rewrite

    def _choose(self, cls: Any, shape: FieldShape, path: Path) -> Change | None:
        change = self._change_for(cls, shape, path)
        if len(path) > 1:
            return change

        def change_item(holder: Any, value: Any) -> Any:
            self.item = value if shape.many else None
            return value if change is None else change(holder, value)

        return change_item

    def _change_for(self, cls: Any, shape: FieldShape, path: Path) -> Change | None:
        spans = functools.partial(self.spans, path=path)
        if shape.type is Contact:
            return lambda _, contact: GONE if contact.label is not None and spans(contact.label) else contact
        if shape.type is Extra:
            return lambda holder, extra: mask_own_fields(type(holder), extra, spans, self.declared)
        if shape.type not in (str, Text, Url) or is_name_of_person(cls, shape.name):
            return None
        if shape.type is Url or cls is Contact:
            return lambda _, value: GONE if spans(value) else value
        return lambda _, value: mask_text(value, spans)

    def spans(self, text: str, path: Path) -> list[tuple[int, int]]:
        """Where the passages are; who stands there is kept, by the best evidence."""
        found = list(self.passages(text))
        for one in found:
            key = (".".join(path) if self.item is None else path[0], self.item)
            if key not in self.hits or one.hit.how is Recognized.STRONG:
                self.hits[key] = one.hit
        return [(one.start, one.end) for one in found]
