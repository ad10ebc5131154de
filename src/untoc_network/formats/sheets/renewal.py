"""A list that is imported again: what it says takes the place of what it said, and all else stays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from untoc_network.model.register import AnyRecord, Change, Register
from untoc_network.values.consent import Contact
from untoc_network.values.fields import fields_of

__all__ = ["renewed"]


def renewed(existing: Register, records: Iterable[AnyRecord]) -> tuple[Register, tuple[Change, ...]]:
    """A register with the records of a list, and the changes.

    Of a record that is there already, the fields that the list gives are replaced; the others stay, as do notes without
    a heading, which no list wrote, and the consents of contacts that stay.
    """
    fresh = (_joined(existing.by_id.get(record.id), record) for record in records)
    collected: dict[str, Any] = {}
    for record in fresh:
        collected.setdefault(_COLLECTION_OF[type(record)], []).append(record)
    collections: dict[str, Any] = {name: tuple(found) for name, found in collected.items()}
    return existing.merged(Register(**collections))


_COLLECTION_OF: dict[Any, str] = {shape.type: shape.name for shape in fields_of(Register) if shape.many}


def _joined(old: Any, new: Any) -> Any:
    if old is None:
        return new
    given = {
        field.name: getattr(new, field.name)
        for field in attrs.fields(type(new))
        if getattr(new, field.name) != field.default and field.name != "id"
    }
    if "contacts" in given:
        given["contacts"] = tuple(_with_consents(contact, old) for contact in given["contacts"])
    if hasattr(old, "notes"):
        given["notes"] = tuple(dict.fromkeys((*(note for note in old.notes if not note.heading), *new.notes)))
    return attrs.evolve(old, **given)


def _with_consents(contact: Contact, old: Any) -> Contact:
    """The contact with the consents that it has in the register, even under another label."""
    same = [held for held in old.contacts if (held.kind, held.value) == (contact.kind, contact.value)]
    same.sort(key=lambda held: held.label != contact.label)
    return attrs.evolve(contact, consents=same[0].consents) if same else contact
