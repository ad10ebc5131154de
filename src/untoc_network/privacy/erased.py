"""By what an erased person is recognised when a list names them again: keyed digests, and none of the name alone."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum

import attrs

from untoc_network.model.memory import Erasure
from untoc_network.model.register import Register
from untoc_network.model.stakeholder import Affiliation, Organization, Person, Post
from untoc_network.privacy.strings import said_in
from untoc_network.privacy.traces import names_of, numbers_of
from untoc_network.values.dates import PartialDate
from untoc_network.values.ids import RecordId
from untoc_network.values.names import words_of
from untoc_network.values.reach import email_of, international, number_of
from untoc_network.values.written_names import in_order

__all__ = ["Hit", "Recognized", "erasure_of", "recognise", "recognise_person"]

_DIGITS = 32


class Recognized(StrEnum):
    """By what somebody is taken for an erased person."""

    STRONG = "strong"
    """By an e-mail address, a telephone in full form or a number of a document: it is them."""
    NAME_AND_BODY = "name-and-body"
    """By a name and the body that it belongs to: it is them, unless the body has two of one name."""


@attrs.frozen(kw_only=True)
class Hit:
    """That somebody whom a list names was erased, and by what that is known."""

    erasure: Erasure
    how: Recognized


def erasure_of(register: Register, person: Person, tombstone_id: str, on: PartialDate | None) -> Erasure:
    """What is kept of a person so that no list brings them back.

    The key is made of the register as it was before, so that the same erasure gives the same bytes. What others have
    too, such as the telephone of an office, tells nobody and is left out.
    """
    salt = _salt(register, person.id)
    holders: tuple[Person | Organization, ...] = (*register.persons, *register.organizations)
    shared = Counter(
        one for holder in holders for one in {*_strong((contact.value for contact in holder.contacts), ())}
    )
    contacts = (contact.value for contact in person.contacts)
    strong = (one for one in _strong(contacts, numbers_of(person)) if shared[one] <= 1)
    named = _named(names_of(person), _wordings(register, _bodies_of(person)))
    digests = sorted({_digest(salt, kind, value) for kind, value in (*strong, *named)})
    return Erasure(record_id=RecordId(tombstone_id), on=on, salt=salt, digests=tuple(digests))


def recognise(
    register: Register,
    *,
    names: Iterable[str] = (),
    bodies: Iterable[str] = (),
    contacts: Iterable[str] = (),
    numbers: Iterable[str] = (),
) -> Hit | None:
    """Whether somebody of whom this is said was erased from a register: by the strongest evidence there is.

    `bodies` are ids or names of organizations, `numbers` numbers of documents. Somebody with the same name alone is
    nobody who is known.
    """
    if not register.erasures:
        return None
    strong = [*_strong(contacts, map(number_of, numbers))]
    named = [*_named(names, _wordings(register, bodies))]
    for how, evidence in ((Recognized.STRONG, strong), (Recognized.NAME_AND_BODY, named)):
        for erasure in register.erasures:
            digests = frozenset(erasure.digests)
            if any(_digest(erasure.salt, kind, value) in digests for kind, value in evidence):
                return Hit(erasure=erasure, how=how)
    return None


def recognise_person(register: Register, person: Person) -> Hit | None:
    """Whether a person, as a list has them, was erased from a register."""
    return recognise(
        register,
        names=names_of(person),
        bodies=_bodies_of(person),
        contacts=(contact.value for contact in person.contacts),
        numbers=numbers_of(person),
    )


def _salt(register: Register, person_id: str) -> str:
    told = hashlib.sha256(person_id.encode())
    for said in said_in(register):
        told.update(f"\0{said.record_id}\0{said.path}\0{said.text}".encode(errors="surrogatepass"))
    return told.hexdigest()[:_DIGITS]


def _digest(salt: str, kind: str, value: str) -> str:
    digest = hmac.digest(salt.encode(), f"{kind}\0{value}".encode(errors="surrogatepass"), hashlib.sha256)
    return f"{kind}:{digest.hex()[:_DIGITS]}"


def _strong(contacts: Iterable[str], numbers: Iterable[str]) -> Iterator[tuple[str, str]]:
    for contact in contacts:
        if email := email_of(contact):
            yield "email", email
        elif phone := international(contact):
            yield "phone", phone
    for number in numbers:
        yield "id", number


def _named(names: Iterable[str], bodies: Iterable[str]) -> Iterator[tuple[str, str]]:
    wordings = sorted(set(bodies))
    for name in names:
        words = sorted(in_order(name).words)
        for body in wordings if words else ():
            yield "name+body", f"{' '.join(words)}\0{body}"


def _bodies_of(person: Person) -> Iterator[str]:
    roles: tuple[Post | Affiliation, ...] = (*person.posts, *person.affiliations)
    return (role.organization_id for role in roles)


def _wordings(register: Register, bodies: Iterable[str]) -> Iterator[str]:
    """The ids and names by which bodies are known, folded."""
    known = {register.resolved(body) for body in bodies}
    old = (redirect.old_id for redirect in register.redirects if register.resolved(redirect.old_id) in known)
    names = (name for one in known if one in register.by_id for name in names_of(register.by_id[one]))
    return (" ".join(words) for wording in (*known, *old, *names) if (words := words_of(wording)))
