"""What of a list stays out of a register: who was erased from it, and what leads to the door of a body at risk."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

import attrs

from untoc_network.diagnostics.codes import member_list_reimport as reimporting
from untoc_network.matching.erased_person_masking import mask_erased
from untoc_network.matching.reimport_log import ReimportLog
from untoc_network.matching.row_matching import ListEntry, list_bodies_of_person
from untoc_network.model.extension import declare
from untoc_network.model.listed_record import ListedRecord
from untoc_network.model.network import Network
from untoc_network.model.organization_and_person import Organization, Person
from untoc_network.model.register import Register, list_references
from untoc_network.privacy.body_at_risk_masking import LEADING_TO_A_DOOR
from untoc_network.privacy.erased_mentions import ErasedMentions
from untoc_network.privacy.erasure_recognition import ErasureMatch, Recognized, recognise, recognise_person
from untoc_network.privacy.identifying_traces import list_names
from untoc_network.text.personal_data_patterns import holds_personal_data
from untoc_network.values.fields import fields_of
from untoc_network.values.place_and_link import Place

__all__ = ["EXPOSING_PATHS", "ErasedPersonsOnList", "strip_details_of_body_at_risk"]

EXPOSING_PATHS = tuple(f"{field}:" for field in LEADING_TO_A_DOOR)
"""What is not remembered of a body at risk, not even as a digest."""
_NAMED = (Organization, Network, Person)


class ErasedPersonsOnList:
    """Finds on a list who was erased from a register, and masks what leads to them.

    `body_names` is what the list calls the bodies, by their ids in the register, as far as these are known by now.
    """

    def __init__(
        self,
        existing: Register,
        listed: Iterable[ListedRecord],
        body_names: defaultdict[str, tuple[str, ...]],
        log: ReimportLog,
    ) -> None:
        names = tuple(name for one in listed if isinstance(one.record, _NAMED) for name in list_names(one.record))
        self.existing, self.body_names, self.log = existing, body_names, log
        self.mentions = ErasedMentions(existing, names)

    def find(self, entries: Iterable[ListEntry]) -> None:
        """Persons of the list who were erased; whoever has a record was entered by somebody who knew better."""
        for entry in entries:
            if isinstance(entry.record, Person) and (entry.is_open or entry.is_taken_out):
                names = (name for body in list_bodies_of_person(entry.record) for name in self.body_names[body])
                entry.erased = recognise_person(self.existing, entry.record) or recognise(
                    self.existing, names=(entry.record.name, *entry.record.other_names), bodies=names
                )

    def mask(self, entries: Iterable[ListEntry], to_register_ids: Callable[[Any], Any]) -> None:
        """What the list says of others, without what leads to somebody who was erased."""
        declared = declare(self.existing.extensions)
        for entry in entries:
            if entry.erased is None:
                passages = functools.partial(self.mentions.passages, bodies=tuple(self._bodies_spoken_of(entry)))
                masked, found = mask_erased(entry.listed, passages, declared)
                for one in found:
                    self.leave_out(entry.listed, one.hit, one.field, one.item)
                entry.listed, entry.masked = masked, to_register_ids(masked.record)

    def _bodies_spoken_of(self, entry: ListEntry) -> Iterator[str]:
        """The ids and names of whom an entry speaks of: the record that it is, and those that it names."""
        if isinstance(entry.record, Organization):
            yield from list_names(entry.record)
        named = (reference.target for reference in list_references(entry.record))
        for record_id in dict.fromkeys(filter(None, (entry.record_id, *named))):
            if record_id in self.body_names or isinstance(self.existing.by_id.get(record_id), Organization):
                yield record_id
                yield from self.body_names[record_id]

    def leave_out(self, listed: ListedRecord, match: ErasureMatch, field: str = "", item: Any = None) -> None:
        """Tell that somebody who was erased is on the list, and stays out."""
        is_sure = match.how is Recognized.STRONG
        params = {"what": "sure", "remedy": "take-out"} if is_sure else {"what": "maybe", "remedy": "look"}
        record_id = str(match.erasure.record_id)
        self.log.leave_out(listed, record_id, field, reimporting.erased_person_on_list, item, **params)


def strip_details_of_body_at_risk(listed: ListedRecord, log: ReimportLog) -> ListedRecord:
    """What a list may say of a body at risk, or of a person there: no more of where it is than its country."""
    record = listed.record
    notes = tuple(note for note in record.notes if note in listed.exposing or holds_personal_data((note.text,)))
    for note in notes:
        log.leave_out(listed, record.id, "notes", reimporting.details_of_body_at_risk, note)
    bare: dict[str, Any] = {"notes": tuple(note for note in record.notes if note not in notes)}
    if isinstance(record, Person):
        listed = attrs.evolve(listed, record=attrs.evolve(record, **bare))
        return _strip_item_fields(listed, ("contacts",), log)
    listed = _strip_item_fields(listed, (field for field in LEADING_TO_A_DOOR if "." not in field), log)
    seat = record.seat
    closer = [field for field in LEADING_TO_A_DOOR if getattr(seat, field.removeprefix("seat."), None)]
    for field in closer:
        log.leave_out(listed, record.id, field, reimporting.details_of_body_at_risk)
    if seat is not None:
        bare["seat"] = Place(country=seat.country) if seat.country else None
    return attrs.evolve(
        listed, record=attrs.evolve(listed.record, **bare), gives=_list_given_fields_without(listed, closer)
    )


def _strip_item_fields(listed: ListedRecord, fields: Iterable[str], log: ReimportLog) -> ListedRecord:
    """What a list says, without these fields, each of which is told where it stands."""
    out = [field for field in fields if getattr(listed.record, field)]
    for field in out:
        log.leave_out(listed, listed.record.id, field, reimporting.details_of_body_at_risk)
    record = attrs.evolve(listed.record, **dict.fromkeys(out, ()))
    return attrs.evolve(listed, record=record, gives=_list_given_fields_without(listed, out))


def _list_given_fields_without(listed: ListedRecord, out: Collection[str]) -> frozenset[str] | None:
    """The fields that a list speaks of, without those that stay out: of them the register keeps what it has."""
    if not out:
        return listed.gives
    spoken = listed.gives
    if spoken is None:  # it speaks of all
        seat = {f"seat.{part.name}" for part in fields_of(Place)}
        spoken = frozenset({shape.name for shape in fields_of(listed.record.__class__)} - {"seat"} | seat)
    return frozenset(one for one in spoken if not one.startswith(tuple(out)))
