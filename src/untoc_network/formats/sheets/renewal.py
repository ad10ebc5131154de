"""A list that is imported again: what it says takes the place of what it said, and all else stays."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any

import attrs

from untoc_network.model.register import AnyRecord, Change, Register
from untoc_network.model.stakeholder import Organization, Person
from untoc_network.values.consent import Contact
from untoc_network.values.fields import fields_of

__all__ = ["no_longer_listed", "renewed"]


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


def no_longer_listed(existing: Register, source_id: str, listed: Container[str]) -> tuple[str, ...]:
    """The organizations and persons that a register has from a list and that are not on it any more.

    A person of an organization that is gone is not named beside it.
    """

    def is_gone(record: Organization | Person) -> bool:
        return record.id not in listed and any(citation.source_id == source_id for citation in record.sources)

    bodies = {organization.id: None for organization in existing.organizations if is_gone(organization)}
    persons = [person for person in existing.persons if is_gone(person)]
    return (*bodies, *(person.id for person in persons if not _bodies_of(person) & bodies.keys()))


def _bodies_of(person: Person) -> set[str]:
    """The ids of the organizations that a person has to do with."""
    return {*(post.organization_id for post in person.posts), *(one.organization_id for one in person.affiliations)}


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
