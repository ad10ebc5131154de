"""Persons under pseudonyms that only the holder of a key can make again."""

from __future__ import annotations

import base64
import hashlib
import hmac

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.model.organization_and_person import Person
from untoc_network.model.register import Register
from untoc_network.privacy.id_replacement import SHORTEST_KEY
from untoc_network.privacy.identifying_traces import Traces, list_names, list_other_names
from untoc_network.privacy.person_scrub import scrub
from untoc_network.text.name_finder import NameFinder
from untoc_network.text.personal_data_patterns import MASK
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.ids_and_codes import PersonId

__all__ = ["SHORTEST_KEY", "pseudonym", "pseudonymise"]

_BYTES = 10
_CONTEXT = b"untoc-network person\0"


@check_arguments
def pseudonym(person_id: str, key: bytes) -> PersonId:
    """The pseudonym of a person under a key: the same for the same two, and telling nothing without the key.

    >>> pseudonym("person-1", bytes(range(32)))
    'p-czukrlsoaahxdvbi'

    It is 80 bits of an HMAC-SHA-256 of the id. Raises `ImpossibleValue` where the key is shorter than 16 bytes.
    """
    if len(key) < SHORTEST_KEY:
        raise ImpossibleValue(f"a key for pseudonyms has at least {SHORTEST_KEY} bytes")
    digest = hmac.digest(key, _CONTEXT + person_id.encode(), hashlib.sha256)
    return PersonId(f"p-{base64.b32encode(digest[:_BYTES]).decode().lower()}")


@check_arguments
def pseudonymise(register: Register, key: bytes) -> Register:
    """The register with a pseudonym in the place of each person's id, everywhere, and without their names.

    Roles and consents stay; names, contacts, gender, languages, sources, claims and notes of persons go, and their
    names are masked in every text. The same person has the same pseudonym in every register that has the same key, and
    whoever holds the key can find out whose it is: the result is still about persons, and no publication.
    """
    replacements: dict[str, Person] = {person.id: _under_pseudonym(person, key) for person in register.persons}
    names = (name for person in register.persons for name in list_names(person))
    traces = Traces(NameFinder(names, others=list_other_names(register, replacements)))
    return scrub(register, replacements, traces, key=key).register


def _under_pseudonym(person: Person, key: bytes) -> Person:
    return Person(
        id=pseudonym(person.id, key),
        name=MASK,
        posts=tuple(attrs.evolve(role, sources=()) for role in person.posts),
        capacities=tuple(attrs.evolve(role, sources=()) for role in person.capacities),
        affiliations=tuple(attrs.evolve(role, sources=()) for role in person.affiliations),
        consents=person.consents,
    )
