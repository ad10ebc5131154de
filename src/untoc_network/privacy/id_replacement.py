"""New ids in the place of ids that mention somebody: keyed digests, so that none comes to mean another record.

The key of each is what the register holds of those whom the id may name, their consents aside: what becomes of other
records changes no id, and neither does a consent. Of it all, an audience sees at most a part. Where the caller has a
secret key, that is the key instead, and no change of whom the id names changes an id.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import hmac
import itertools
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from untoc_network.model.organization_and_person import Organization, Person
from untoc_network.model.register import COLLECTION_OF, COLLECTIONS, Register
from untoc_network.model.traversal import collect_values
from untoc_network.privacy.identifying_traces import list_names
from untoc_network.privacy.register_texts import iterate_values
from untoc_network.text.folding import fold_to_words
from untoc_network.text.name_variants import list_person_name_variants
from untoc_network.values.fields import Sensitivity
from untoc_network.values.ids_and_codes import Key

__all__ = ["SHORTEST_KEY", "IdReplacement", "TextFinder"]

SHORTEST_KEY = 16
"""Bytes that a key has at least: what is shorter could be tried out."""

_BYTES = 8
_EXPOSING = (Sensitivity.PERSONAL, Sensitivity.AT_RISK)


class TextFinder(Protocol):
    """What finds somebody in a text."""

    def __bool__(self) -> bool: ...

    def __contains__(self, text: str) -> bool: ...


class IdReplacement:
    """The ids and keys of a register that can stand for others, such as `withheld-events-mzxw6ytboi4dq`.

    The same id gives the same in every edition of the register in which those whom it names are as they were, whatever
    else is there. With a `key`, nobody who lacks it can tell from a new id whether a guess at the old one is right;
    with a secret one, too long to be tried out, the same id gives the same whatever becomes of those whom it names.
    """

    def __init__(self, register: Register, word: str, key: bytes = b"") -> None:
        self._register, self._word, self._key = register, word, key
        self._is_secret = len(key) >= SHORTEST_KEY

    def replace_ids(self, mentions: TextFinder, *, besides: Container[str] = ()) -> Mapping[str, str]:
        """For each id that mentions a name, one that does not; records in `besides` keep theirs."""
        found = (one for one in self._register if one.id in mentions and one.id not in besides) if mentions else ()
        return self.replace({record.id: COLLECTION_OF[type(record)] for record in found})

    def replace(self, collections: Mapping[str, str]) -> Mapping[str, str]:
        """For each id, given with its collection, another that no record has or had."""
        redirected = {redirect.old_id for redirect in self._register.redirects}
        taken = collections and self._register.by_id.keys() | redirected
        words = {old: f"{self._word}-{name.replace('_', '-')}" for old, name in collections.items()}
        return self._replace(words, taken)

    def replace_keys(self, mentions: TextFinder) -> Mapping[str, Key]:
        """For each key that mentions a name, one that does not and that no record has; the same key has the same."""
        if not mentions:
            return {}
        values = (collect_values(getattr(self._register, name), cls, Key) for name, cls in COLLECTIONS.items())
        keys = {key for found in values for key in found}
        made = self._replace({key: self._word for key in keys if key in mentions}, keys)
        return {old: Key(new) for old, new in made.items()}

    def _replace(self, words: Mapping[str, str], taken: Container[str]) -> dict[str, str]:
        """For each old text, given with the word that the new one begins with, one that is not taken."""
        unkeyed = {} if self._is_secret else {old: frozenset(fold_to_words(old)) for old in words}
        held = dict.fromkeys(words, b"") | self._find_held(unkeyed)
        made = {old: (f"{word}-{end}" for end in self._iter_ends(old, held[old])) for old, word in words.items()}
        return {old: next(one for one in new if one not in taken) for old, new in made.items()}

    def _iter_ends(self, old: str, held: bytes) -> Iterator[str]:
        """How a new text can end, without end, the same each time."""
        secret = hashlib.sha256(self._key + b"\0" + held).digest()
        tries = (f"{attempt}\0{old}".encode(errors="surrogatepass") for attempt in itertools.count())
        digests = (hmac.digest(secret, one, hashlib.sha256)[:_BYTES] for one in tries)
        return (base64.b32encode(digest).decode().lower().rstrip("=") for digest in digests)

    def _find_held(self, words: Mapping[str, frozenset[str]]) -> dict[str, bytes]:
        """What the register holds of those whom each old text, given in words, may name; or of all."""
        names = self._index_names(frozenset().union(*words.values()))
        found = {}
        for old, own in words.items():
            named = {record.id: record for word in own for name, record in names.get(word, ()) if own.issuperset(name)}
            found[old] = b"\0".join(self._hold(named[one]) for one in sorted(named)) or self._held_of_all
        return found

    def rests_on(self, replaced: Iterable[str], versions: Sequence[Person | Organization]) -> bool:
        """Whether what is held of a record, in several versions of it, may be the key of texts that were replaced."""
        if self._is_secret or not versions or (len(versions) > 1 and len({*map(self._hold, versions)}) == 1):
            return False
        words = [frozenset(fold_to_words(one)) for one in replaced]
        forms = [form.words for one in versions for name in list_names(one) for form in list_person_name_variants(name)]
        return "_held_of_all" in self.__dict__ or any(own.issuperset(form) for own in words for form in forms)

    @functools.cached_property
    def _held_of_all(self) -> bytes:
        everybody: tuple[Person | Organization, ...] = (*self._register.persons, *self._register.organizations)
        return b"\0".join(map(self._hold, everybody))

    def _index_names(self, wanted: frozenset[str]) -> Mapping[str, list[tuple[tuple[str, ...], Any]]]:
        """The ways to write each name that has one of the words, with who is called so, by the rarest word of each."""
        forms = [
            (form.words, record)
            for record in ((*self._register.persons, *self._register.organizations) if wanted else ())
            for name in list_names(record)
            if not wanted.isdisjoint(fold_to_words(name))
            for form in list_person_name_variants(name)
        ]
        often = Counter(word for words, _ in forms for word in words)
        index: defaultdict[str, list[tuple[tuple[str, ...], Any]]] = defaultdict(list)
        for words, record in forms:
            index[min(words, key=often.__getitem__)].append((words, record))
        return index

    def _hold(self, record: Person | Organization) -> bytes:
        texts = (one for one in iterate_values(record) if one.shape.sensitivity in _EXPOSING)
        held = (f"{one.path}\0{one.text}" for one in texts)
        told = (record.id, *list_names(record), *held, *self._salts.get(record.id, ()))
        return "\0".join(told).encode(errors="surrogatepass")

    @functools.cached_property
    def _salts(self) -> Mapping[str, list[str]]:
        """The keys of the lists that name a record, by its id: what nobody outside has."""
        salts = {one.name: one.salt for one in self._register.lists}
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name, record_id in sorted({(row.list_name, row.record_id) for row in self._register.list_rows}):
            found[record_id] += [salts[name]] if name in salts else []
        return found
