"""A person erased: what was known of them goes, what names them leads to a tombstone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import attrs

from untoc_network.diagnostics.errors import UnknownRecord
from untoc_network.model.organization_and_person import Person
from untoc_network.model.person_tombstone import is_tombstone, make_tombstone
from untoc_network.model.register import REFERENTS, Register
from untoc_network.privacy.erasure_recognition import remember_erasure
from untoc_network.privacy.id_replacement import IdReplacement
from untoc_network.privacy.identifying_traces import Traces, list_names, list_other_names
from untoc_network.privacy.person_scrub import Place, scrub
from untoc_network.privacy.register_texts import iterate_texts
from untoc_network.text.doubtful_mentions import DoubtfulMentionDetector
from untoc_network.text.folding import id_has_part_of_name
from untoc_network.text.name_finder import NameFinder
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.dates import PartialDate
from untoc_network.values.ids_and_codes import PersonId
from untoc_network.values.place_and_link import Place as WhereItIs

__all__ = ["Erased", "erase"]


@attrs.frozen(kw_only=True)
class Erased:
    """A register without a person, the tombstone that stands for them, and the places that changed.

    `to_check` are places where something still stands that may be the person and may be somebody else: a part of the
    name, an initial, the same name of another. Places are ids of records and paths in them, such as `notes[3].text`,
    never values. `new_ids` says for ids that named the person, or led to them, which took their place: it is for what
    has these ids elsewhere, such as a log, and goes nowhere else.
    """

    register: Register
    tombstone_id: PersonId
    changed: tuple[Place, ...]
    to_check: tuple[Place, ...]
    new_ids: Mapping[str, str] = attrs.field(repr=False)


@check_arguments
def erase(register: Register, person_id: str, *, on: dt.date | str | None = None) -> Erased:
    """Erase a person from a register.

    A tombstone takes their place: a record with an id and nothing of theirs, which tells that it was erased and, where
    `on` is given, when. What named the person names the tombstone. If the id holds a part of the name, the tombstone
    has another. Names and contacts of the person are masked in every text, notes included; contacts of others that
    name them go. Names of others stay whole, in which the words may stand too. Digests of the person are kept by which
    a list that names them again is recognised.

    Raises `UnknownRecord` where no person has the id. Copies that were made before are not reached.
    """
    person = register.by_id.get(register.resolved(person_id))
    if not isinstance(person, Person):
        raise UnknownRecord("no person has this id")
    if is_tombstone(person) and not _was_filled_in_again(person):
        return Erased(register=register, tombstone_id=person.id, changed=(), to_check=(), new_ids={})
    day = None if on is None else PartialDate.of(on)
    tombstone = make_tombstone(_id_for(register, person), day)
    traces = Traces.of((person,), others=list_other_names(register, {person.id}), extensions=register.extensions)
    scrubbed = scrub(register, {person.id: tombstone}, traces, with_memory=True)
    erasure = remember_erasure(register, person, tombstone.id, day)
    after = attrs.evolve(scrubbed.register, erasures=(*scrubbed.register.erasures, erasure))
    return Erased(
        register=after,
        tombstone_id=tombstone.id,
        changed=tuple(sorted({(tombstone.id, ""), *scrubbed.places})),
        to_check=tuple(_to_check(after, person, tombstone, traces)),
        new_ids=_list_new_ids(register, scrubbed.new_ids, tombstone.id),
    )


def _list_new_ids(before: Register, new_ids: Mapping[str, str], tombstone_id: str) -> Mapping[str, str]:
    led_here = {one.old_id for one in before.redirects if new_ids.get(before.resolved(one.old_id)) == tombstone_id}
    moved = {old: new for old, new in new_ids.items() if old != new}
    return MappingProxyType(dict.fromkeys(sorted(led_here), tombstone_id) | moved)


def _was_filled_in_again(person: Person) -> bool:
    """Whether a tombstone was filled in again."""
    bare = make_tombstone(person.id, None)
    return attrs.evolve(person, accepted=bare.accepted, notes=bare.notes) != bare


def _id_for(register: Register, person: Person) -> PersonId:
    tells = id_has_part_of_name(person.id, *list_names(person)) or person.id in NameFinder(list_names(person))
    if not tells:
        return person.id
    return PersonId(IdReplacement(register, "erased").replace({person.id: "persons"})[person.id])


def _to_check(after: Register, person: Person, tombstone: Person, traces: Traces) -> Iterator[Place]:
    """Where something still stands that may be the person, and may be somebody else."""
    others = (*list_other_names(after, {tombstone.id}), *_places(after))
    doubts = DoubtfulMentionDetector(list_names(person), known=others)
    for said in iterate_texts(after):
        if said.record_id == tombstone.id or (said.shape.type in REFERENTS and said.shape.name not in _OWN_IDS):
            continue
        if said.shape.name == "id" and doubts.knows(said.text):
            continue
        if (
            any(traces.mentions.mentions(said.text, parted=True))
            or said.text in doubts
            or traces.reaches.may_hold(said.text)
        ):
            yield said.record_id, said.path


_OWN_IDS = frozenset(("id", "old_id"))
"""Of the ids, those that are told; what names them has the same."""


def _places(register: Register) -> Iterator[str]:
    return (said.text for said in iterate_texts(register) if isinstance(said.holder, WhereItIs))
