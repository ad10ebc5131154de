"""What stands in the place of a person who was erased."""

from __future__ import annotations

from typing import Any

from untoc_network.model.organization_and_person import Person
from untoc_network.model.record import Acceptance
from untoc_network.model.register import Register
from untoc_network.text.personal_data_patterns import MASK
from untoc_network.values.dates import PartialDate
from untoc_network.values.ids_and_codes import PersonId
from untoc_network.values.multilingual_text import Note

__all__ = ["is_tombstone", "make_tombstone", "was_erased"]

_HEADING = "erased"


def make_tombstone(person_id: PersonId, on: PartialDate | None) -> Person:
    """A person of whom nothing is known any more; what rules would miss in it is accepted."""
    accepted = tuple(Acceptance(rule=code, reason=_HEADING, on=on) for code in ("PR007", "SR001"))
    return Person(id=person_id, name=MASK, accepted=accepted, notes=(Note(heading=_HEADING, text=on or MASK),))


def is_tombstone(record: Any) -> bool:
    """Whether a record stands for a person who was erased, and has no name."""
    return isinstance(record, Person) and record.name == MASK and any(note.heading == _HEADING for note in record.notes)


def was_erased(register: Register, record: Any) -> bool:
    """Whether a record is that of a person who was erased, also where somebody filled it in again."""
    is_person = isinstance(record, Person)
    return is_person and (is_tombstone(record) or any(str(one.record_id) == record.id for one in register.erasures))
