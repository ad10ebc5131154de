"""What a list said last time, as keyed digests: enough to know what it says anew, and no second copy of what it says.

A row is known by the digest of its key. What it said is one text for each field and item:

    founded:3f…          a field that has one value, with the digest of the value
    contacts:9a….c1…     an item of a list: the digest of what it is known by, then that of all that it says

A `~` at the end tells that the register had it from elsewhere, or that somebody took it out: what the list says no more
is never taken out on its account.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
import itertools
import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import PurePath
from typing import Any

import attrs

from untoc_network.model.register import Register
from untoc_network.model.remembered_lists_and_erasures import RememberedList, RememberedRow
from untoc_network.text.folding import fold_to_words
from untoc_network.text.word_tables import get_months_by_name_of_length
from untoc_network.values.consent_and_contact import Contact
from untoc_network.values.dates import Period
from untoc_network.values.extra import Extra
from untoc_network.values.fields import FieldShape, fields_of, nested_class
from untoc_network.values.multilingual_text import Alias, Text
from untoc_network.values.place_and_link import Link, Place

__all__ = [
    "LOOKED_AT_APART",
    "TIED_FIELDS",
    "ListMemory",
    "SaidDigest",
    "get_field_default",
    "get_item_content",
    "get_stated_value",
    "is_tied_to_other_field",
    "key_items",
    "make_contact_key",
    "make_list_name_from_file",
    "read_said_digests",
    "to_canonical_text",
]

_DIGITS = 16
_SHARED = "~"
_DIGESTS_AT_HAND = 1 << 12
"""Much of what a list says, most of its rows say: its source, countries, consents."""


@attrs.frozen
class SaidDigest:
    """One thing that a list said: the digest of it, of all that it says, and whether the register has it of others."""

    known_by: str
    content: str = ""
    shared: bool = False

    def written(self, path: str) -> str:
        """As it stands in the register."""
        content = f".{self.content}" if self.content else ""
        return f"{path}:{self.known_by}{content}{_SHARED if self.shared else ''}"


def read_said_digests(row: RememberedRow | None) -> Mapping[str, Mapping[str, SaidDigest]]:
    """What a row said, by path and then by what it is known by. Of a text that has not this form nothing is known."""
    found: defaultdict[str, dict[str, SaidDigest]] = defaultdict(dict)
    for text in row.said if row is not None else ():
        path, _, rest = text.rpartition(":")
        known_by, _, content = rest.removesuffix(_SHARED).partition(".")
        found[path][known_by] = SaidDigest(known_by, content, rest.endswith(_SHARED))
    return found


class ListMemory:
    """What a register remembers of one list, and the digests that are made with its key.

    A list that is not known yet gets a key made of its name and of `seed`, so that runs are reproducible.
    """

    def __init__(self, register: Register, name: str, seed: bytes = b"") -> None:
        known = next((one for one in register.lists if one.name == name), None)
        self.name = name
        self.is_known = known is not None
        self.headers = known.headers if known is not None else ()
        self.salt = known.salt if known is not None else _make_list_salt(name, seed)
        self.rows = {row.key: row for row in register.list_rows if row.list_name == name}
        self._made = functools.lru_cache(maxsize=_DIGESTS_AT_HAND)(
            functools.partial(_make_keyed_digest, self.salt.encode())
        )

    def digest(self, *parts: Any) -> str:
        """The keyed digest of some values."""
        return self._made("\0".join(map(to_canonical_text, parts)))

    def to_record(self, headers: Iterable[str]) -> RememberedList:
        """The list as the register is to remember it."""
        made = tuple(sorted({self.digest("header", header) for header in headers}))
        return RememberedList(name=self.name, salt=self.salt, headers=made or self.headers)

    def said_by(self, record: Any) -> Iterator[str]:
        """All that a new record says, in the parts and items in which it is compared; not its consents."""
        for shape in fields_of(record.__class__):
            if shape.type is Extra:
                for field, one in record.extra.one_by_one().items() if record.extra is not None else ():
                    yield from self._said_value(".".join((shape.name, *field)), one)
            elif shape.name not in LOOKED_AT_APART:
                yield from self._said_in(shape, shape.name, record)
        if getattr(record, "at_risk", False):
            yield from self._said_value("at_risk", True)

    def _said_in(self, shape: FieldShape, path: str, holder: Any) -> Iterator[str]:
        value = getattr(holder, shape.name)
        if (not value and shape.name not in TIED_FIELDS) or is_tied_to_other_field(shape.name):
            return
        if shape.name in TIED_FIELDS:
            tied = {name: getattr(holder, name, None) for name in TIED_FIELDS[shape.name]}
            yield from self._said_value(path, {name: one for name, one in tied.items() if one is not None} or None)
        elif shape.many:
            for key, item in key_items(value).items():
                known, content = self.digest(path, key), self.digest(path, get_item_content(item))
                yield SaidDigest(known, content).written(path)
        elif shape.type is Text:
            for language, wording in value.items():
                yield from self._said_value(f"{path}.{language}", wording)
        elif nested_class(shape) in (Place, Period):
            for part in fields_of(shape.type):
                yield from self._said_in(part, f"{path}.{part.name}", value)
        else:
            yield from self._said_value(path, get_stated_value(value, get_field_default(shape, holder)))

    def _said_value(self, path: str, value: Any) -> Iterator[str]:
        if value is not None:
            yield SaidDigest(self.digest(path, value)).written(path)


def _make_keyed_digest(key: bytes, text: str) -> str:
    return hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256").hex()[:_DIGITS]


def _make_list_salt(name: str, seed: bytes) -> str:
    return hashlib.sha256(name.encode() + b"\0" + hashlib.sha256(seed).digest()).hexdigest()[:32]


def to_canonical_text(value: Any) -> str:
    """All that a value says as one text, in which no two different values are alike."""
    if value is None or value.__class__ is str:
        return value or ""
    if isinstance(value, str):
        return str(value.value) if isinstance(value, StrEnum) else value
    if isinstance(value, (tuple, list)):
        return "[" + "\2".join(map(to_canonical_text, value)) + "]"
    names = _list_sorted_field_names(value.__class__)
    if names:
        return "{" + "\2".join(f"{name}\3{to_canonical_text(getattr(value, name))}" for name in names) + "}"
    if isinstance(value, Mapping):
        return "{" + "\2".join(f"{key}\3{to_canonical_text(one)}" for key, one in sorted(value.items())) + "}"
    return str(value)


@functools.cache
def _list_sorted_field_names(cls: Any) -> tuple[str, ...]:
    return tuple(sorted(field.name for field in attrs.fields(cls))) if attrs.has(cls) else ()


# -- what of a record is compared, and by what an item is known --------------------------------------------------------

LOOKED_AT_APART = frozenset({"id", "claims", "blanks", "accepted", "consents", "at_risk"})
"""Fields that a list does not speak of, or that are looked at by themselves."""
TIED_FIELDS: Mapping[str, tuple[str, ...]] = {
    "starts": ("starts", "ends", "starts_at", "ends_at"),
    "end": ("end", "ending"),
}
"""Fields that say one thing together, by the first of them: half of it from each side would be said by neither."""
_TIED = frozenset(name for first, names in TIED_FIELDS.items() for name in names if name != first)


def is_tied_to_other_field(field: str) -> bool:
    """Whether a field is looked at with another one, which comes first."""
    return field in _TIED


def get_field_default(shape: FieldShape, holder: Any) -> Any:
    """What stands in a field when nobody says anything."""
    return None if shape.required else attrs.fields_dict(type(holder))[shape.name].default


def get_stated_value(value: Any, default: Any) -> Any:
    """A value, or None where it is no more than what stands there when nobody says anything."""
    if value == default or (isinstance(value, StrEnum) and value.value in ("unknown", "other")):
        return None
    return value


def key_items(items: Iterable[Any]) -> dict[Hashable, Any]:
    """The items of a list by what each is known by; of two that are known by the same, the second is another one."""
    found: dict[Hashable, Any] = {}
    for item in items:
        key = _make_item_key(item)
        found[next((key, number) for number in itertools.count() if (key, number) not in found)] = item
    return found


def _make_item_key(item: Any) -> Any:
    if isinstance(item, Contact):
        return make_contact_key(item)
    if hasattr(item, "key"):  # its key is its turn in the list: what it says is what it is known by
        return tuple(
            (name, getattr(item, name)) for name in _list_attribute_names(item) if name not in ("key", "sources")
        )
    for cls, name in _BY_ONE.items():
        if isinstance(item, cls):
            return getattr(item, name)
    if attrs.has(item.__class__):
        required = tuple(shape.name for shape in fields_of(item.__class__) if shape.required)
        return tuple(getattr(item, name) for name in required) or item
    return item


_BY_ONE: Mapping[Any, str] = {Link: "url", Alias: "name"}
"""Items that are known by one field of those that they cannot be without."""


def get_item_content(item: Any) -> Any:
    """All that an item says, without what a list does not say of it."""
    if not attrs.has(item.__class__):
        return item
    return {
        name: getattr(item, name) for name in _list_attribute_names(item) if name not in ("key", "sources", "consents")
    }


def _list_attribute_names(item: Any) -> Iterator[str]:
    return (field.name for field in attrs.fields(item.__class__))


def make_contact_key(contact: Contact) -> Hashable:
    """By what a contact is known: its kind, its value without case, its label."""
    return contact.kind, contact.value.strip().casefold(), contact.label


# -- what a list is called ---------------------------------------------------------------------------------------------

_COUNTED = re.compile(r"(?:v|q|t|rev)?[0-9]+|[0-9]+(?:st|nd|rd|th|[ºª])?")
_NUMBER = re.compile(r"[0-9]+")
_STUCK = re.compile(r"(?<=[^\W\d_])(?=[0-9]{2})|(?<=[0-9]{2})(?=[^\W\d_])")


def make_list_name_from_file(file: str | None, otherwise: str = "member list") -> str:
    """What a list is called after its file: the name of the file without dates, numbers and what is around them.

    >>> list_name_from_file("out/Miembros_2024-03-01 (2).xlsx"), list_name_from_file("members-march-2025.csv")
    ('miembros', 'members')
    """
    stem = PurePath(file).stem if file else ""
    words = [word.casefold() for part in re.split(r"[\W_]+", stem) for word in _STUCK.split(part) if word]
    left = [word for place, word in enumerate(words) if not _is_date_or_number(words, place)]
    return "-".join(left or words) or otherwise


def _is_date_or_number(words: list[str], place: int) -> bool:
    """Whether a word tells when or which time; a short name of a month does so only beside a number."""
    word = "".join(fold_to_words(words[place]))
    if _COUNTED.fullmatch(words[place]) or word in get_months_by_name_of_length("full"):
        return True
    beside: Iterator[str] = (words[near] for near in (place - 1, place + 1) if 0 <= near < len(words))
    return word in get_months_by_name_of_length("short") and any(_NUMBER.fullmatch(near) for near in beside)
