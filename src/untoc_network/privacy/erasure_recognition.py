"""By what an erased person is recognised when a list names them again: keyed digests, and none of the name alone."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

import attrs

from untoc_network.model.register import Register
from untoc_network.model.register_memory import Erasure
from untoc_network.model.stakeholder import Affiliation, Organization, Person, Post
from untoc_network.privacy.identifying_traces import names_of, numbers_of
from untoc_network.privacy.register_texts import said_in
from untoc_network.text.contact_matcher import email_of, international, number_of
from untoc_network.text.folding import fold_to_words
from untoc_network.text.name_variants import forms_of_person, in_order
from untoc_network.values.dates import PartialDate
from untoc_network.values.ids import RecordId

__all__ = [
    "Hit",
    "Recognized",
    "digest_of",
    "erasure_of",
    "mark_of",
    "named_with",
    "old_ids_of",
    "recognise",
    "recognise_person",
    "wordings_of",
]

_DIGITS = 32
_DIGITS_OF_A_MARK = 2


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
    strong = [one for one in _strong(contacts, numbers_of(person)) if shared[one] <= 1]
    ways = [way for _, way in strong]
    bodies = sorted({*wordings_of(register, _bodies_of(person))})
    named = [
        evidence
        for words in {tuple(sorted(form.words)) for name in names_of(person) for form in forms_of_person(name)}
        for evidence in (*named_with(words, "body", bodies), *named_with(words, "reach", ways))
    ]
    digests = {digest_of(salt, kind, value) for kind, value in (*strong, *named)}
    digests |= {mark_of(salt, body) for body in bodies}
    return Erasure(record_id=RecordId(tombstone_id), on=on, salt=salt, digests=tuple(sorted(digests)))


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
    wordings = sorted({*wordings_of(register, bodies)})
    named = [one for name in names for one in named_with(tuple(sorted(in_order(name).words)), "body", wordings)]
    for how, evidence in ((Recognized.STRONG, strong), (Recognized.NAME_AND_BODY, named)):
        for erasure in register.erasures:
            digests = frozenset(erasure.digests)
            if any(digest_of(erasure.salt, kind, value) in digests for kind, value in evidence):
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


def digest_of(salt: str, kind: str, value: str) -> str:
    """The keyed digest of one thing by which somebody is recognised, with what kind of thing it is."""
    digest = hmac.digest(salt.encode(), f"{kind}\0{value}".encode(errors="surrogatepass"), hashlib.sha256)
    return f"{kind}:{digest.hex()[:_DIGITS]}"


def mark_of(salt: str, body: str) -> str:
    """So little of the digest of a body that one of 256 has it: enough to look no further among all others.

    What stands in the row of a body is compared with the few who may have belonged to it; which body it was cannot be
    confirmed by a mark.
    """
    kind, _, digest = digest_of(salt, "body", body).partition(":")
    return f"{kind}:{digest[:_DIGITS_OF_A_MARK]}"


def _strong(contacts: Iterable[str], numbers: Iterable[str]) -> Iterator[tuple[str, str]]:
    for contact in contacts:
        if email := email_of(contact):
            yield "email", email
        elif phone := international(contact):
            yield "phone", phone
    for number in numbers:
        yield "id", number


def named_with(words: tuple[str, ...], what: str, those: Iterable[str]) -> Iterator[tuple[str, str]]:
    """A name, its words in the order of the alphabet, together with each body or each way to reach the person."""
    return ((f"name+{what}", f"{' '.join(words)}\0{one}") for one in those if words)


def _bodies_of(person: Person) -> Iterator[str]:
    roles: tuple[Post | Affiliation, ...] = (*person.posts, *person.affiliations)
    return (role.organization_id for role in roles)


def old_ids_of(register: Register) -> Mapping[str, Sequence[str]]:
    """For each record that others were merged into, the ids that lead to it."""
    old: defaultdict[str, list[str]] = defaultdict(list)
    for old_id, record_id in register.redirected.items():
        old[record_id].append(old_id)
    return old


def wordings_of(
    register: Register, bodies: Iterable[str], old_ids: Mapping[str, Sequence[str]] | None = None
) -> Iterator[str]:
    """The ids and names by which bodies are known, folded; whoever asks often hands over what `old_ids_of` gives."""
    earlier = old_ids_of(register) if old_ids is None else old_ids
    for known in {register.resolved(body) for body in bodies}:
        record = register.by_id.get(known)
        names = names_of(record) if isinstance(record, Organization) else ()
        for wording in (known, *earlier.get(known, ()), *names):
            if words := fold_to_words(wording):
                yield " ".join(words)
