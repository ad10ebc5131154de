"""All that is held of one person, with every place: the answer to a person who asks.

This is the one place where values of a person are shown on purpose. The answer is for that person, and names others
only where a text that mentions the person does; read it before it is handed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set as AbstractSet
from enum import StrEnum
from typing import Any

import attrs

from untoc_network.diagnostics.errors import UnknownRecord
from untoc_network.diagnostics.object_to_dict import HasPlainForm, PlainForm
from untoc_network.model.organization_and_person import Person
from untoc_network.model.register import REFERENTS, Register
from untoc_network.privacy.identifying_traces import Traces, list_names, list_other_names
from untoc_network.privacy.register_texts import RegisterText, iterate_texts, iterate_values
from untoc_network.text.doubtful_mentions import DoubtfulMentionDetector
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.consent_and_contact import Contact

__all__ = ["Held", "HeldAs", "Holdings", "holdings"]


class HeldAs(StrEnum):
    """In what way something held is of a person."""

    OWN = "own"
    """It stands in their own record."""
    REFERENCE = "reference"
    """Something names their record."""
    MENTION = "mention"
    """A text or a contact mentions them."""
    DOUBT = "doubt"
    """A text may mention them, or somebody else."""
    MEMORY = "memory"
    """The register remembers it: that a list had a row of them, as digests that do not tell what it said."""


@attrs.frozen(kw_only=True)
class Held:
    """One thing that is held: in which register, in which record and field, and what it says."""

    where: str
    """Empty for the register itself, else the name of what was given beside it."""
    record_id: str
    path: str
    how: HeldAs
    value: str = attrs.field(repr=False)
    record_class: type[Any] = attrs.field(default=Register, repr=False)
    """That of the record, or the register, that the path leads into."""

    plain_form = PlainForm("where record_id path how value")


@attrs.frozen(kw_only=True)
class Holdings(HasPlainForm):
    """All that is held of one person."""

    person_id: str
    held: tuple[Held, ...] = attrs.field(repr=False)

    plain_form = PlainForm("person=person_id held")


@check_arguments
def holdings(register: Register, person_id: str, *, beside: Mapping[str, Register] | None = None) -> Holdings:
    """Everything that a register holds of a person, with its place and value: an answer to the person.

    Their record field by field, what refers to it, texts that mention them or may do so, and rows of lists that are
    remembered of them. `beside` are registers that are kept besides, such as those of files that undo a merge, by name.
    Copies that are not given are not looked at. Raises `UnknownRecord` where no person has the id.
    """
    person = register.by_id.get(register.resolved(person_id))
    if not isinstance(person, Person):
        raise UnknownRecord("no person has this id")
    ids: set[str] = {
        person.id,
        *(old.old_id for old in register.redirects if register.resolved(old.old_id) == person.id),
    }
    registers = {"": register, **(beside or {})}
    persons = [one for held in registers.values() for one in held.persons if one.id in ids]
    names = [name for one in persons for name in list_names(one)]
    found: list[Held] = []
    for where, held in registers.items():
        traces = Traces.of(persons, others=list_other_names(held, ids), extensions=register.extensions)
        doubts = DoubtfulMentionDetector(names, known=list_other_names(held, ids))
        found += _held_in(where, held, ids, traces, doubts)
    return Holdings(person_id=person.id, held=tuple(found))


def _held_in(
    where: str, register: Register, ids: AbstractSet[str], traces: Traces, doubts: DoubtfulMentionDetector
) -> Iterator[Held]:
    for record in register:
        for own in iterate_values(record) if record.id in ids else ():
            yield Held(
                where=where,
                record_id=record.id,
                path=own.path,
                how=HeldAs.OWN,
                value=own.text,
                record_class=type(record),
            )
    for said in iterate_texts(register):
        if said.record_id not in ids and (how := _how(said, register, ids, traces, doubts)):
            yield Held(
                where=where,
                record_id=said.record_id,
                path=said.path,
                how=how,
                value=said.text,
                record_class=type(register.by_id.get(said.record_id, register)),
            )


def _how(
    said: RegisterText, register: Register, ids: AbstractSet[str], traces: Traces, doubts: DoubtfulMentionDetector
) -> HeldAs | None:
    if said.shape.type in REFERENTS and (said.text in ids or register.resolved(said.text) in ids):
        return HeldAs.REFERENCE if said.record_id or said.path.startswith("redirects") else HeldAs.MEMORY
    if isinstance(said.holder, Contact) and traces.leads(said.holder):
        return HeldAs.MENTION
    if said.text in traces:
        return HeldAs.MENTION
    is_doubted = (
        any(traces.mentions.mentions(said.text, parted=True))
        or said.text in doubts
        or traces.reaches.may_hold(said.text)
    )
    return HeldAs.DOUBT if is_doubted else None
