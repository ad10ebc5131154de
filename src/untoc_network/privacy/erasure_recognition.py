"""By what an erased person is recognised when a list names them again: keyed digests, and none of the name alone."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

import attrs

from untoc_network.model.organization_and_person import Affiliation, Organization, Person, Post
from untoc_network.model.register import Register
from untoc_network.model.remembered_lists_and_erasures import Erasure
from untoc_network.privacy.identifying_traces import list_document_numbers, list_names
from untoc_network.privacy.register_texts import iterate_texts
from untoc_network.text.contact_finder import normalize_document_number, normalize_email, to_international_phone
from untoc_network.text.folding import fold_to_words
from untoc_network.text.name_variants import list_person_name_variants, order_name_words
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.dates import PartialDate
from untoc_network.values.ids_and_codes import RecordId

__all__ = [
    "ErasureMatch",
    "Recognized",
    "fold_body_names",
    "keyed_digest",
    "list_old_ids",
    "name_evidence",
    "recognise",
    "recognise_person",
    "remember_erasure",
    "short_digest",
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
class ErasureMatch:
    """That somebody whom a list names was erased, and by what that is known."""

    erasure: Erasure
    how: Recognized


def remember_erasure(register: Register, person: Person, tombstone_id: str, on: PartialDate | None) -> Erasure:
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
    strong = [one for one in _strong(contacts, list_document_numbers(person)) if shared[one] <= 1]
    ways = [way for _, way in strong]
    bodies = sorted({*fold_body_names(register, _bodies_of(person))})
    named = [
        evidence
        for words in {
            tuple(sorted(form.words)) for name in list_names(person) for form in list_person_name_variants(name)
        }
        for evidence in (*name_evidence(words, "body", bodies), *name_evidence(words, "reach", ways))
    ]
    digests = {keyed_digest(salt, kind, value) for kind, value in (*strong, *named)}
    digests |= {short_digest(salt, body) for body in bodies}
    return Erasure(record_id=RecordId(tombstone_id), on=on, salt=salt, digests=tuple(sorted(digests)))


@check_arguments
def recognise(
    register: Register,
    *,
    names: Iterable[str] = (),
    bodies: Iterable[str] = (),
    contacts: Iterable[str] = (),
    numbers: Iterable[str] = (),
) -> ErasureMatch | None:
    """Whether somebody of whom this is said was erased from a register: by the strongest evidence there is.

    `bodies` are ids or names of organizations, `numbers` numbers of documents. Somebody with the same name alone is
    nobody who is known.
    """
    if not register.erasures:
        return None
    strong = [*_strong(contacts, map(normalize_document_number, numbers))]
    wordings = sorted({*fold_body_names(register, bodies)})
    named = [
        one for name in names for one in name_evidence(tuple(sorted(order_name_words(name).words)), "body", wordings)
    ]
    for how, evidence in ((Recognized.STRONG, strong), (Recognized.NAME_AND_BODY, named)):
        for erasure in register.erasures:
            digests = frozenset(erasure.digests)
            if any(keyed_digest(erasure.salt, kind, value) in digests for kind, value in evidence):
                return ErasureMatch(erasure=erasure, how=how)
    return None


@check_arguments
def recognise_person(register: Register, person: Person) -> ErasureMatch | None:
    """Whether a person, as a list has them, was erased from a register."""
    return recognise(
        register,
        names=list_names(person),
        bodies=_bodies_of(person),
        contacts=(contact.value for contact in person.contacts),
        numbers=list_document_numbers(person),
    )


def _salt(register: Register, person_id: str) -> str:
    told = hashlib.sha256(person_id.encode())
    for said in iterate_texts(register):
        told.update(f"\0{said.record_id}\0{said.path}\0{said.text}".encode(errors="surrogatepass"))
    return told.hexdigest()[:_DIGITS]


def keyed_digest(salt: str, kind: str, value: str) -> str:
    """The keyed digest of one thing by which somebody is recognised, with what kind of thing it is."""
    digest = hmac.digest(salt.encode(), f"{kind}\0{value}".encode(errors="surrogatepass"), hashlib.sha256)
    return f"{kind}:{digest.hex()[:_DIGITS]}"


def short_digest(salt: str, body: str) -> str:
    """So little of the digest of a body that one of 256 has it: enough to look no further among all others.

    What stands in the row of a body is compared with the few who may have belonged to it; which body it was cannot be
    confirmed by a mark.
    """
    kind, _, digest = keyed_digest(salt, "body", body).partition(":")
    return f"{kind}:{digest[:_DIGITS_OF_A_MARK]}"


def _strong(contacts: Iterable[str], numbers: Iterable[str]) -> Iterator[tuple[str, str]]:
    for contact in contacts:
        if email := normalize_email(contact):
            yield "email", email
        elif phone := to_international_phone(contact):
            yield "phone", phone
    for number in numbers:
        yield "id", number


def name_evidence(words: tuple[str, ...], what: str, those: Iterable[str]) -> Iterator[tuple[str, str]]:
    """A name, its words in the order of the alphabet, together with each body or each way to reach the person."""
    return ((f"name+{what}", f"{' '.join(words)}\0{one}") for one in those if words)


def _bodies_of(person: Person) -> Iterator[str]:
    roles: tuple[Post | Affiliation, ...] = (*person.posts, *person.affiliations)
    return (role.organization_id for role in roles)


def list_old_ids(register: Register) -> Mapping[str, Sequence[str]]:
    """For each record that others were merged into, the ids that lead to it."""
    old: defaultdict[str, list[str]] = defaultdict(list)
    for old_id, record_id in register.redirected.items():
        old[record_id].append(old_id)
    return old


def fold_body_names(
    register: Register, bodies: Iterable[str], old_ids: Mapping[str, Sequence[str]] | None = None
) -> Iterator[str]:
    """The ids and names by which bodies are known, folded; whoever asks often hands over what `list_old_ids` gives."""
    earlier = list_old_ids(register) if old_ids is None else old_ids
    for known in {register.resolved(body) for body in bodies}:
        record = register.by_id.get(known)
        names = list_names(record) if isinstance(record, Organization) else ()
        for wording in (known, *earlier.get(known, ()), *names):
            if words := fold_to_words(wording):
                yield " ".join(words)
