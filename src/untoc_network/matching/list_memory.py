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
import operator
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
    "SHARED",
    "ComparedField",
    "DigestedItem",
    "ListMemory",
    "SaidDigest",
    "get_item_content",
    "get_stated_value",
    "key_items",
    "make_contact_key",
    "make_list_name_from_file",
    "plan_compared_fields",
    "read_said_digests",
    "to_canonical_text",
]

_DIGITS = 16
SHARED = "~"
"""Behind what the register had from elsewhere, or somebody took out."""
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
        return f"{path}:{self.known_by}{content}{SHARED if self.shared else ''}"


def read_said_digests(row: RememberedRow | None) -> Mapping[str, Mapping[str, SaidDigest]]:
    """What a row said, by path and then by what it is known by. Of a text that has not this form nothing is known."""
    found: defaultdict[str, dict[str, SaidDigest]] = defaultdict(dict)
    for text in row.said if row is not None else ():
        path, _, rest = text.rpartition(":")
        known_by, _, content = rest.removesuffix(SHARED).partition(".")
        found[path][known_by] = SaidDigest(known_by, content, rest.endswith(SHARED))
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
        self._make = functools.partial(_make_keyed_digest, *_begin_keyed_digest(self.salt.encode()))
        self._made = functools.lru_cache(maxsize=_DIGESTS_AT_HAND)(self._make)
        self._met_last: dict[str, tuple[Any, tuple[DigestedItem, ...]]] = {}
        """Of each list of a record the items that were met last, with their digests: all rows cite one source."""
        self._said_choices: dict[tuple[str, tuple[Any, ...]], list[str]] = {}
        """What is said by items that are choices, such as themes: a list has few combinations of them."""

    @functools.cached_property
    def rows_by_key(self) -> Mapping[str, list[RememberedRow]]:
        """The rows of last time by the digest of their key; several have one where what they say tells them apart."""
        rows: defaultdict[str, list[RememberedRow]] = defaultdict(list)
        for key, row in self.rows.items():
            rows[key.partition(".")[0]].append(row)
        return rows

    def digest(self, *parts: Any) -> str:
        """The keyed digest of some values."""
        return self._made("\0".join([one if one.__class__ is str else to_canonical_text(one) for one in parts]))

    def to_record(self, headers: Iterable[str]) -> RememberedList:
        """The list as the register is to remember it."""
        made = tuple(sorted({self.digest("header", header) for header in headers}))
        return RememberedList(name=self.name, salt=self.salt, headers=made or self.headers)

    def said_by(self, record: Any) -> list[str]:
        """All that a new record says, in the parts and items in which it is compared; not its consents."""
        said = self._said_in("", record)
        if getattr(record, "at_risk", False):
            said += self._said_value("at_risk", True)
        return said

    def _said_in(self, before: str, holder: Any) -> list[str]:
        """What is said in the fields of a record, or of a place or a period in it, whose paths begin with `before`."""
        said: list[str] = []
        plan, get_values = _plan_compared_values(holder.__class__)
        for part, value in zip(plan, get_values(holder), strict=True):
            if not value and not part.tied:
                continue
            path = before + part.shape.name
            if part.tied:
                tied = {name: one for name in part.tied if (one := getattr(holder, name, None)) is not None}
                said += self._said_value(path, tied or None)
            elif part.shape.many:
                said += self._said_items(path, value)
            elif part.shape.type is Text:
                for language, wording in value.items():
                    said += self._said_value(f"{path}.{language}", wording)
            elif part.parts:
                said += self._said_in(f"{path}.", value)
            elif part.shape.type is Extra:
                for field, one in value.one_by_one().items():
                    said += self._said_value(".".join((path, *field)), one)
            else:
                said += self._said_value(path, get_stated_value(value, part.default))
        return said

    def _said_value(self, path: str, value: Any) -> Iterable[str]:
        return () if value is None else (f"{path}:{self.digest(path, value)}",)

    def _said_items(self, path: str, items: tuple[Any, ...]) -> Iterable[str]:
        if not isinstance(items[0], StrEnum):
            return [said for *_, said in self.digest_items(path, items)]
        said = self._said_choices.get((path, items))
        if said is None:
            said = self._said_choices[path, items] = [said for *_, said in self.digest_items(path, items)]
        return said

    def digest_items(self, path: str, items: tuple[Any, ...]) -> tuple[DigestedItem, ...]:
        """The items of a list with the digests of what each is known by and of what it says."""
        met, digested = self._met_last.get(path, (None, ()))
        if met is not items:
            digested = tuple([self._digest_item(path, key, item) for key, item in key_items(items).items()])
            self._met_last[path] = items, digested
        return digested

    def _digest_item(self, path: str, key: tuple[Any, int], item: Any) -> DigestedItem:
        known_by, number = key
        write = _write_contact_key if item.__class__ is Contact else to_canonical_text
        make = self._made if isinstance(item, str) else self._make  # contacts and links are those of one record
        known = make(f"{path}\0[{write(known_by)}\2{number}]")
        content = make(f"{path}\0{_choose_content_writer(item.__class__)(item)}")
        return key, item, known, content, f"{path}:{known}.{content}"


DigestedItem = tuple[tuple[Any, int], Any, str, str, str]
"""An item of a list: its key, itself, the digests of its key and of its content, and how it is remembered."""


def _begin_keyed_digest(key: bytes) -> tuple[Any, Any]:
    """The inner and the outer hash of HMAC-SHA-256 (RFC 2104) behind the key, which are made once for all digests."""
    block = (hashlib.sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
    inner, outer = (hashlib.sha256(bytes(byte ^ pad for byte in block)) for pad in (0x36, 0x5C))
    return inner, outer


def _make_keyed_digest(inner: Any, outer: Any, text: str) -> str:
    within, around = inner.copy(), outer.copy()
    within.update(text.encode("utf-8", "surrogatepass"))
    around.update(within.digest())
    digest: str = around.hexdigest()
    return digest[:_DIGITS]


_BLOCK = 64


def _make_list_salt(name: str, seed: bytes) -> str:
    return hashlib.sha256(name.encode() + b"\0" + hashlib.sha256(seed).digest()).hexdigest()[:32]


def to_canonical_text(value: Any) -> str:
    """All that a value says as one text, in which no two different values are alike."""
    return value if value.__class__ is str else _choose_writer(value.__class__)(value)


@functools.cache
def _choose_writer(cls: Any) -> Callable[[Any], str]:
    """What gives the canonical text of values of a class."""
    if cls is type(None):
        return lambda _: ""
    if issubclass(cls, str):
        return str.__str__
    if issubclass(cls, int):
        return str
    if issubclass(cls, (tuple, list)):
        return _write_sequence
    if names := _list_sorted_field_names(cls):
        return _make_fields_writer(names)
    return _write_mapping if issubclass(cls, Mapping) else str


def _write_sequence(values: Iterable[Any]) -> str:
    return "[" + "\2".join([one if one.__class__ is str else to_canonical_text(one) for one in values]) + "]"


def _write_mapping(values: Mapping[Any, Any]) -> str:
    return "{" + "\2".join([f"{name}\3{to_canonical_text(one)}" for name, one in sorted(values.items())]) + "}"


def _make_fields_writer(names: tuple[str, ...]) -> Callable[[Any], str]:
    """What writes fields of an object as the mapping of them would be written: their names are sorted already."""
    get, form = _make_values_getter(names), "{" + "\2".join(f"{name}\3%s" for name in names) + "}"

    def write(held: Any) -> str:
        return form % tuple([one if one.__class__ is str else to_canonical_text(one) for one in get(held)])

    return write


def _make_values_getter(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    """What gets the values of some attributes of an object."""
    if len(names) == 1:
        return lambda held, name=names[0]: (getattr(held, name),)  # type: ignore[misc]
    return operator.attrgetter(*names)


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


@attrs.frozen
class ComparedField:
    """A field in which records are compared.

    `wording` is its form as that of one of its languages; `default` is what stands there when nobody says anything,
    `tied` are the fields that it is looked at with, `parts` those of a place or a period.
    """

    shape: FieldShape
    wording: FieldShape
    default: Any
    tied: tuple[str, ...]
    parts: tuple[ComparedField, ...]


@functools.cache
def plan_compared_fields(cls: Any) -> tuple[ComparedField, ...]:
    """The fields in which records of a class are compared, those that are tied to another one with that one."""
    defaults = attrs.fields_dict(cls)
    return tuple(
        ComparedField(
            shape,
            attrs.evolve(shape, required=False),
            None if shape.required else defaults[shape.name].default,
            TIED_FIELDS.get(shape.name, ()),
            plan_compared_fields(shape.type) if nested_class(shape) in (Place, Period) else (),
        )
        for shape in fields_of(cls)
        if shape.name not in LOOKED_AT_APART | _TIED
    )


@functools.cache
def _plan_compared_values(cls: Any) -> tuple[tuple[ComparedField, ...], Callable[[Any], tuple[Any, ...]]]:
    """The compared fields of a class, and what gets their values of a record at once."""
    plan = plan_compared_fields(cls)
    return plan, _make_values_getter([part.shape.name for part in plan])


def get_stated_value(value: Any, default: Any) -> Any:
    """A value, or None where it is no more than what stands there when nobody says anything."""
    if value == default or (isinstance(value, StrEnum) and value.value in ("unknown", "other")):
        return None
    return value


def key_items(items: Iterable[Any]) -> dict[Any, Any]:
    """The items of a list by what each is known by; of two that are known by the same, the second is another one."""
    found: dict[Any, Any] = {}
    for item in items:
        key = _choose_item_key(item.__class__)(item)
        at, number = (key, 0), 0
        while at in found:
            number += 1
            at = key, number
        found[at] = item
    return found


@functools.cache
def _choose_item_key(cls: Any) -> Callable[[Any], Any]:
    """What gives that by which an item of a class is known."""
    if cls is Contact:
        return make_contact_key
    if hasattr(cls, "key"):  # its key is its turn in the list: what it says is what it is known by
        own = tuple(field.name for field in attrs.fields(cls) if field.name not in ("key", "sources"))
        return lambda item: tuple((name, getattr(item, name)) for name in own)
    if cls in _BY_ONE:
        return operator.attrgetter(_BY_ONE[cls])
    required = tuple(shape.name for shape in fields_of(cls) if shape.required) if attrs.has(cls) else ()
    return lambda item: tuple(getattr(item, name) for name in required) or item


_BY_ONE: Mapping[Any, str] = {Link: "url", Alias: "name"}
"""Items that are known by one field of those that they cannot be without."""


def get_item_content(item: Any) -> Any:
    """All that an item says, without what a list does not say of it."""
    names = _list_content_fields(item.__class__)
    return {name: getattr(item, name) for name in names} if names else item


@functools.cache
def _choose_content_writer(cls: Any) -> Callable[[Any], str]:
    """What gives the canonical text of what an item of a class says."""
    names = _list_content_fields(cls)
    return _make_fields_writer(names) if names else to_canonical_text


@functools.cache
def _list_content_fields(cls: Any) -> tuple[str, ...]:
    names = _list_sorted_field_names(cls)
    return tuple(name for name in names if name not in ("key", "sources", "consents"))


def make_contact_key(contact: Contact) -> tuple[str, str, str | None]:
    """By what a contact is known: its kind, its value without case, its label."""
    return contact.kind, contact.value.strip().casefold(), contact.label


def _write_contact_key(key: tuple[str, str, str | None]) -> str:
    """The canonical text of it; nearly all that a long list says twice are contacts."""
    kind, value, label = key
    return "".join(("[", kind, "\2", value, "\2", label or "", "]"))


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
