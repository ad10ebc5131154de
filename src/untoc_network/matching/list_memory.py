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
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import PurePath
from typing import Any

import attrs

from untoc_network.model.register import Register
from untoc_network.model.register_memory import RememberedList, RememberedRow

__all__ = ["ListMemory", "SaidDigest", "canonical_text", "list_name_from_file", "read_said"]

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


def read_said(row: RememberedRow | None) -> Mapping[str, Mapping[str, SaidDigest]]:
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
        self.salt = known.salt if known is not None else _salt(name, seed)
        self.rows = {row.key: row for row in register.list_rows if row.list_name == name}
        self._made = functools.lru_cache(maxsize=_DIGESTS_AT_HAND)(functools.partial(_digest, self.salt.encode()))

    def digest(self, *parts: Any) -> str:
        """The keyed digest of some values."""
        return self._made("\0".join(map(canonical_text, parts)))

    def remembered(self, headers: Iterable[str]) -> RememberedList:
        """The list as the register is to remember it."""
        made = tuple(sorted({self.digest("header", header) for header in headers}))
        return RememberedList(name=self.name, salt=self.salt, headers=made or self.headers)


def _digest(key: bytes, text: str) -> str:
    return hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256").hex()[:_DIGITS]


def _salt(name: str, seed: bytes) -> str:
    return hashlib.sha256(name.encode() + b"\0" + hashlib.sha256(seed).digest()).hexdigest()[:32]


def canonical_text(value: Any) -> str:
    """All that a value says as one text, in which no two different values are alike."""
    if value is None or value.__class__ is str:
        return value or ""
    if isinstance(value, str):
        return str(value.value) if isinstance(value, StrEnum) else value
    if isinstance(value, (tuple, list)):
        return "[" + "\2".join(map(canonical_text, value)) + "]"
    names = _names_of(value.__class__)
    if names:
        return "{" + "\2".join(f"{name}\3{canonical_text(getattr(value, name))}" for name in names) + "}"
    if isinstance(value, Mapping):
        return "{" + "\2".join(f"{key}\3{canonical_text(one)}" for key, one in sorted(value.items())) + "}"
    return str(value)


@functools.cache
def _names_of(cls: Any) -> tuple[str, ...]:
    return tuple(sorted(field.name for field in attrs.fields(cls))) if attrs.has(cls) else ()


# -- what a list is called ---------------------------------------------------------------------------------------------

_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre"
    "|janeiro|fevereiro|março|marco|maio|junho|julho|setembro|outubro|novembro|dezembro"
    "|janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre"
)
_SHORT = "jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|ene|abr|ago|set|dic|fev|out|dez|avr|juil|déc"
_COUNTED = re.compile(rf"(?:v|q|t|rev)?[0-9]+|[0-9]+(?:st|nd|rd|th|[ºª])?|{_MONTHS}")
_SHORT_MONTH = re.compile(_SHORT)
_NUMBER = re.compile(r"[0-9]+")
_STUCK = re.compile(r"(?<=[^\W\d_])(?=[0-9]{2})|(?<=[0-9]{2})(?=[^\W\d_])")


def list_name_from_file(file: str | None, otherwise: str = "member list") -> str:
    """What a list is called after its file: the name of the file without dates, numbers and what is around them.

    >>> list_name_from_file("out/Miembros_2024-03-01 (2).xlsx"), list_name_from_file("members-march-2025.csv")
    ('miembros', 'members')
    """
    stem = PurePath(file).stem if file else ""
    words = [word.casefold() for part in re.split(r"[\W_]+", stem) for word in _STUCK.split(part) if word]
    left = [word for place, word in enumerate(words) if not _is_date_or_count(words, place)]
    return "-".join(left or words) or otherwise


def _is_date_or_count(words: list[str], place: int) -> bool:
    """Whether a word tells when or which time; a short name of a month does so only beside a number."""
    if _COUNTED.fullmatch(words[place]):
        return True
    beside: Iterator[str] = (words[near] for near in (place - 1, place + 1) if 0 <= near < len(words))
    return bool(_SHORT_MONTH.fullmatch(words[place])) and any(_NUMBER.fullmatch(word) for word in beside)
