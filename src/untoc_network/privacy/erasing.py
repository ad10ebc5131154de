"""A person erased: what was known of them goes, what names them leads to a tombstone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import attrs

from untoc_network.errors import UnknownRecord
from untoc_network.model.record import Acceptance
from untoc_network.model.register import Register
from untoc_network.model.stakeholder import Person
from untoc_network.privacy.fresh_ids import ids_free_for
from untoc_network.privacy.rewriting import Path, rewritten
from untoc_network.privacy.sweeping import Place, swept
from untoc_network.values.dates import PartialDate
from untoc_network.values.fields import FieldShape
from untoc_network.values.ids import PersonId
from untoc_network.values.looks import MASK
from untoc_network.values.mentions import SHORTEST_NAME_PART, has_part_of_a_name
from untoc_network.values.names import words_of
from untoc_network.values.text import Note, Text

__all__ = ["Erased", "erase"]


@attrs.frozen(kw_only=True)
class Erased:
    """A register without a person, the tombstone that stands for them, and the places that changed.

    `to_check` are places where a part of the name still stands: often by chance, for a part of a name can be a word.
    Places are ids of records and names of fields, never values.
    """

    register: Register
    tombstone_id: PersonId
    changed: tuple[Place, ...]
    to_check: tuple[Place, ...]


def erase(register: Register, person_id: str, *, on: dt.date | str | None = None) -> Erased:
    """Erase a person from a register.

    A tombstone takes their place: a record with an id and nothing of theirs, which tells that it was erased and, where
    `on` is given, when. What named the person names the tombstone. If the id holds a part of the name, the tombstone
    has another. Names and contacts of the person are masked in every text, notes included; contacts of others that
    name them go.

    Raises `UnknownRecord` where no person has the id. Copies that were made before are not reached.
    """
    person = register.by_id.get(register.resolved(person_id))
    if not isinstance(person, Person):
        raise UnknownRecord("no person has this id")
    names = (person.name, *person.other_names)
    tombstone = _tombstone(_id_for(register, person, names), None if on is None else PartialDate.of(on))
    reached = (contact.value for contact in person.contacts)
    after, changed = swept(register, {person.id: tombstone}, (*names, *reached))
    rows = tuple(row for row in register.list_rows if register.resolved(row.record_id) != person.id)
    after = attrs.evolve(
        after, distinct=register.distinct, erasures=register.erasures, lists=register.lists, list_rows=rows
    )
    return Erased(
        register=after,
        tombstone_id=tombstone.id,
        changed=tuple(sorted({(tombstone.id, ""), *changed})),
        to_check=tuple(sorted(_still_there(after, names))),
    )


def _id_for(register: Register, person: Person, names: tuple[str, ...]) -> PersonId:
    tells = has_part_of_a_name(person.id, *names)
    return PersonId(next(ids_free_for(register, "persons", "erased"))) if tells else person.id


def _tombstone(person_id: PersonId, on: PartialDate | None) -> Person:
    """A person of whom nothing is known any more; what rules would miss in it is accepted."""
    accepted = tuple(Acceptance(rule=code, reason="erased", on=on) for code in ("PR007", "SR001"))
    note = Note(heading="erased", text=on or MASK)
    return Person(id=person_id, name=MASK, accepted=accepted, notes=(note,))


def _still_there(register: Register, names: tuple[str, ...]) -> Iterator[Place]:
    parts = {word for name in names for word in words_of(name) if len(word) >= SHORTEST_NAME_PART}
    for record in register:
        found: list[Place] = []

        def look(_holder: Any, _shape: FieldShape, value: Any, path: Path, found: list[Place] = found) -> Any:
            wordings = value.values() if isinstance(value, Text) else (value,) if isinstance(value, str) else ()
            if any(not parts.isdisjoint(words_of(wording)) for wording in wordings):
                found.append((record.id, ".".join(path)))  # noqa: B023 - called before the next record
            return value

        rewritten(record, look)
        yield from dict.fromkeys(found)
