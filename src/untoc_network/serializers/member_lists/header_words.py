"""What the header of a column says: which field, whose it is, in which language, the first or the second of its kind.

A header is read as phrases of `header_words.toml`, one beside the other, whatever joins them: blanks, signs, a capital
letter within a word, nothing at all. Headers in two languages are read part by part.

The file is long since words, phrases and what they say together are one way from the letters of a header to its
meaning.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

import attrs

from untoc_network.text.folding import fold_to_words
from untoc_network.text.word_tables import read_word_tables

__all__ = [
    "UNKNOWN",
    "HeaderMeaning",
    "Owner",
    "find_shared_prefix",
    "find_shared_tag",
    "is_general",
    "is_hint",
    "is_interest",
    "names_body_or_person",
    "names_crowd",
    "names_either",
    "names_mobile",
    "names_state",
    "read_header",
]


class Owner(StrEnum):
    """Whose a field is, as far as the header says it."""

    BODY = "body"
    SEAT = "seat"
    PERSON = "person"
    """Of somebody who stands for a body: a contact person, a president."""
    PARTICIPANT = "participant"
    """Of the person whom the row is about."""
    WORK = "work"
    HOME = "home"
    OFFICE = "office"
    ANYBODY = "anybody"


class _Sort(StrEnum):
    FIELD, OWNER, FILLER, NOTHING = "field", "owner", "filler", "nothing"
    LANGUAGE, NUMBER, DATE_WORD, NUMBER_WORD = "language", "number", "date-word", "number-word"


@attrs.frozen(kw_only=True)
class HeaderMeaning:
    """What a header says.

    `field` is that of a mapping, as it is without an owner, or None where there is none; `owner` whose it is; `role`
    the words that say so, which tell one contact person from another; `number` that of `email 2`; `nothing` the table
    of words for which there is no field by the header alone (`general`, `status`, `private`, `event` and so on);
    `is_whole` whether every word is known.
    """

    field: str | None = None
    owner: Owner | None = None
    role: str = ""
    number: int | None = None
    nothing: str | None = None
    is_whole: bool = True
    says_field: bool = True
    """Whether the field is said; else it is the name of the owner, which stands alone."""
    says_other: bool = False
    """Whether it says something that is no name, though not which field it is: `Post date`, `Contact information`."""

    @property
    def says_something(self) -> bool:
        """Whether the header is known: to be a field, or to be none."""
        return self.is_whole and (self.field is not None or self.nothing is not None)


UNKNOWN = HeaderMeaning(is_whole=False)

# -- the tables ------------------------------------------------------------------------------------------------------

_LANGUAGES = {
    **dict.fromkeys(("en", "eng", "english", "ingles", "anglais"), "en"),
    **dict.fromkeys(("es", "esp", "spa", "spanish", "espanol", "castellano", "espanhol", "espagnol"), "es"),
    **dict.fromkeys(("pt", "por", "portuguese", "portugues", "portugais"), "pt"),
    **dict.fromkeys(("fr", "fra", "french", "frances", "francais"), "fr"),
}
"""The languages that a name can be given in."""


def _load_tables() -> Mapping[str, Any]:
    return read_word_tables(__package__, "header_words.toml")


@functools.cache
def _small_words() -> frozenset[str]:
    return frozenset(_load_tables()["small_words"])


@functools.cache
def _phrases() -> Mapping[str, tuple[_Sort, str]]:
    """What each phrase stands for, by its letters without blanks; and by those of its singular."""
    known = dict(_written_phrases())
    for phrase, meaning in _list_phrases():
        known.setdefault(_join_singulars(_drop_small_words(phrase.split())), meaning)
    return known


@functools.cache
def _written_phrases() -> Mapping[str, tuple[_Sort, str]]:
    """What each phrase stands for, by its letters without blanks, as the tables have it."""
    known: dict[str, tuple[_Sort, str]] = {}
    for phrase, meaning in _list_phrases():
        known.setdefault("".join(_drop_small_words(phrase.split())), meaning)
    return known


def _list_phrases() -> list[tuple[str, tuple[_Sort, str]]]:
    tables = _load_tables()
    return [
        *((phrase, (_Sort.FIELD, field)) for field, phrases in tables["fields"].items() for phrase in phrases),
        *((phrase, (_Sort.NOTHING, what)) for what, phrases in tables["nothing"].items() for phrase in phrases),
        *((phrase, (_Sort.OWNER, owner)) for owner, phrases in tables["owners"].items() for phrase in phrases),
        *((phrase, (_Sort.FILLER, "")) for phrase in tables["fillers"]),
        *((phrase, (_Sort.FILLER, Owner.OFFICE)) for phrase in tables["official_words"]),
        *((phrase, (_Sort.FILLER, _ABOUT)) for phrase in tables["about_words"]),
        *((phrase, (_Sort.DATE_WORD, "")) for phrase in tables["date_words"]),
        *((phrase, (_Sort.NUMBER_WORD, "")) for phrase in tables["number_words"]),
    ]


_ABOUT = "about"


def _drop_small_words(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in _small_words()] or list(words)


def _join_singulars(words: Iterable[str]) -> str:
    """Words of which one may be a plural; blanks stay, so that no ending is taken for a word."""
    return " ".join(map(_make_singular, words))


_PLURALS = (
    *(("ciones", "cion"), ("oes", "ao"), ("ies", "y")),
    *(("adas", "ado"), ("ados", "ado"), ("ada", "ado"), ("ivas", "ivo"), ("iva", "ivo"), ("oras", "or"), ("ora", "or")),
)


def _make_singular(word: str) -> str:
    """A word without what may be the ending of a plural or of a feminine; not a word, only the same for all of them."""
    for plural, singular in _PLURALS:
        if word.endswith(plural):
            return word.removesuffix(plural) + singular
    short = word.removesuffix("s") if len(word) > 3 else word
    return short.removesuffix("e") if len(short) > 4 else short


_LONGEST = 7
"""The most words of a phrase."""
_LONGEST_TAG = 3
"""The letters of a code of a language: one is only meant at the end of a header, `es` being a word too."""
_LONGEST_HEADER = 200
"""The letters of a header that are read: a form may have a whole question there."""


# -- a header into its words -----------------------------------------------------------------------------------------

_CAPITAL_WITHIN = re.compile(r"(?<=[a-zà-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])")
_LETTERS = re.compile(r"[^\W\d_]+")
_DIGITS_BESIDE_LETTERS = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_NUMBER_SIGN = re.compile(r"#|№|\b[Nn]\.?[°º]\.?")
_COUNTED = re.compile(r"^\s*\(?\d{1,3}\s*[.):\-\u2013]+\s*(?=\D)")
_TAG = re.compile(r"\s*[(\[][A-Za-z]{2}[)\]]\s*$")
_HOST = re.compile(r"@\S+")
_PARTS = re.compile(r"[/|()\[\]{}\n\r;:,?¿!]+|\s[-\u2013\u2014]\s")


def _split_words(header: str) -> list[str]:
    """The words of a header: small letters without accents, apart at blanks, signs, capitals within, and digits."""
    apart = _LETTERS.sub(_split_at_capitals, _NUMBER_SIGN.sub(" number ", header.replace("_", " ")))
    words = fold_to_words(_DIGITS_BESIDE_LETTERS.sub(" ", apart))
    language = words[-1:] if len(words) > 1 and words[-1] in _LANGUAGES else ()
    return [*_drop_small_words(words[: len(words) - len(language)]), *language]


def _split_at_capitals(word: re.Match[str]) -> str:
    """`paginaWeb` as two words; `LinkedIn`, which is known as one, stays."""
    whole = "".join(fold_to_words(word[0]))
    return word[0] if _find_phrase(whole, whole) else _CAPITAL_WITHIN.sub(" ", word[0])


def find_shared_tag(headers: Iterable[str]) -> str:
    """The tag of a language that at least half of the headers, at least three, end with: that of the headers."""
    tags = [found[0] if (found := _TAG.search(header)) else "" for header in headers]
    tag = max((tag for tag in tags if tag), key=tags.count, default="")
    return tag if tag and tags.count(tag) >= max(3, len(tags) / 2) else ""


def find_shared_prefix(headers: Iterable[str]) -> str:
    """The first word of at least half of the headers, at least three, where it stands before others: `charity_name`."""
    firsts: dict[str, int] = {}
    wide = [words for header in headers if (words := _split_words(header[:_LONGEST_HEADER]))]
    for words in wide:
        if len(words) > 1:
            firsts[words[0]] = firsts.get(words[0], 0) + 1
    first = max(firsts, key=lambda word: firsts[word], default="")
    is_shared = first and firsts[first] >= max(3, len(wide) / 2)
    return first if is_shared and not _look_up([first], 0, 1) else ""


def names_mobile(header: str) -> bool:
    """Whether a header names a telephone that somebody carries."""
    return not _mobile_words().isdisjoint(_split_words(header[:_LONGEST_HEADER]))


@functools.cache
def _mobile_words() -> frozenset[str]:
    return frozenset(_load_tables()["mobile_words"])


def names_crowd(header: str) -> bool:
    """Whether a header is a word for many people, whose number or list a body gives."""
    return _is_one_of(header, "crowds")


def names_state(header: str) -> bool:
    """Whether a header is a word for a body that is one for a federal state too."""
    return _is_one_of(header, "states")


def _is_one_of(header: str, table: str) -> bool:
    words = _split_words(header[:_LONGEST_HEADER])
    return len(words) == 1 and words[0] in _load_tables()[table]


def is_interest(header: str) -> bool:
    """Whether a header tells of what somebody is interested in."""
    return not {*_load_tables()["interests"]}.isdisjoint(_split_words(header[:_LONGEST_HEADER]))


def names_either(header: str) -> bool:
    """Whether a header leaves open whose name it is: `Name / Organization`."""
    parts = [_read_header(part, "") for part in _EITHER.split(header[:_LONGEST_HEADER]) if part.strip()]
    names = [part.owner for part in parts if part.field in ("name", "body.name", "person.name")]
    return len(names) > 1 and Owner.BODY in names and None in names


_EITHER = re.compile(r"[/|(),]|\s(?:o|or|ou|u)\s", re.IGNORECASE)


def is_hint(header: str, field: str) -> bool:
    """Whether a header only hints at that field: its words may as well mean something else."""
    return _is_whole_header(header, field, "hints")


def is_general(header: str, field: str) -> bool:
    """Whether a header says that field in general words only, so that another column may say it more surely."""
    return _is_whole_header(header, field, "general_words")


def _is_whole_header(header: str, field: str, table: str) -> bool:
    return "".join(_split_words(header[:_LONGEST_HEADER])) in _whole_headers(table).get(field, ())


@functools.cache
def _whole_headers(table: str) -> Mapping[str, frozenset[str]]:
    return {
        field: frozenset("".join(_drop_small_words(phrase.split())) for phrase in phrases)
        for field, phrases in _load_tables()[table].items()
    }


# -- words into what they say ----------------------------------------------------------------------------------------


def read_header(header: str, prefix: str = "") -> HeaderMeaning:
    """What a header says, with the word before all headers taken away.

    It is read as a whole; where a word is unknown, or two fields are named, part by part: the parts that say something
    agree, or the first one says more than the others.
    """
    meaning = _read_header(header[:_LONGEST_HEADER], "")
    return meaning if meaning.says_something or not prefix else _read_header(header[:_LONGEST_HEADER], prefix)


@functools.lru_cache(maxsize=1 << 12)
def _read_header(header: str, prefix: str) -> HeaderMeaning:
    text = _COUNTED.sub("", _HOST.sub(" ", header))
    if (named := _find_name_before(text)) is not None:
        return named
    whole = _read_words(_split_words(text), prefix)
    if whole.says_something:
        if whole.field == "name" and whole.owner in _PERSONS and _names_body_of_person(text):
            return attrs.evolve(whole, owner=Owner.BODY, role="")
        return attrs.evolve(whole, field=_find_part_of_address(text)) if whole.field == "address" else whole
    parts = [_read_words(_split_words(part), prefix) for part in _PARTS.split(text) if part.strip()]
    if not parts or not parts[0].says_something:
        return whole
    return _agree([part for part in parts if part.says_something]) or whole


_PERSONS = (Owner.PERSON, Owner.PARTICIPANT)
_OF = re.compile(r"\s(?:of|de|del|do|da|dos|das|du|des)\s|\sd['\u2019]", re.IGNORECASE)
_JOINED = re.compile(r"[/|,&+]|\s(?:o|u|or|ou|y|e|and|et)\s", re.IGNORECASE)


def _names_body_of_person(header: str) -> bool:
    """Whether the first that a header names is a body, and the other whose it is: `Organization of the participant`."""
    parts = _OF.split(header) if not _JOINED.search(header) else ()
    owners = [owner for part in parts if (owner := _choose_owner(_find_owners(part))[0])]
    return len(owners) > 1 and owners[0] is Owner.BODY and owners[1] in _PERSONS


_NAME_AND_MORE = re.compile(r"([^(/]+)(?:\((.*)\)|/(.*))\s*$")
_BEHIND_NAMES = ("acronym", "alias", "former_name")
_IN_BRACKETS = ("country", "city", "kind")


def _find_name_before(header: str) -> HeaderMeaning | None:
    """The name that a header says before what stands beside names: `Organization (acronym)` holds names."""
    found = _NAME_AND_MORE.match(header)
    if found is None:
        return None
    named, more = (_read_words(_split_words(part), "") for part in (found[1], found[2] or found[3] or ""))
    is_beside = more.field in _BEHIND_NAMES or (found[2] is not None and more.field in _IN_BRACKETS)
    is_name = named.is_whole and named.field in ("name", "body.name") and named.owner not in _PERSONS
    return named if is_name and is_beside else None


def _find_part_of_address(header: str) -> str:
    """Which part of an address a header names: `address.city` is a city, `City, State` an address."""
    pieces = [] if _JOINED.search(header) else _find_pieces(_split_words(header))[0]
    fields = [piece.what for piece in pieces if piece.sort is _Sort.FIELD]
    is_part = fields[:1] == ["address"] and {*fields[1:]} <= {"city", "country"} and len({*fields}) == len(_PARTED)
    return fields[-1] if is_part else "address"


_PARTED = ("address", "a part of it")


def _find_owners(text: str) -> list[_Piece]:
    return [piece for piece in _find_pieces(_split_words(text))[0] if piece.sort is _Sort.OWNER]


def names_body_or_person(header: str) -> bool:
    """Whether a person and then a body are named, and nothing tells which of them is meant: `Contact organization`."""
    owners = [piece.what for piece in _find_owners(header[:_LONGEST_HEADER])]
    are_beside = len(owners) == 2 and len(fold_to_words(header)) == 2
    return are_beside and owners[0] in _PERSONS and owners[1] == Owner.BODY


_OF_ROWS = ("private", "of_served", "of_both_private", "attendance", "event", "of_both_event")


def _agree(parts: Sequence[HeaderMeaning]) -> HeaderMeaning | None:
    """What the parts of a header say together; of several fields none."""
    private = next((part for part in parts if part.nothing in _OF_ROWS), None)
    if private is not None or not parts:
        return private
    fields = list(dict.fromkeys(part.field for part in parts if part.field))
    plain = list(dict.fromkeys(field.rpartition(".")[2] for field in fields))
    together = _choose_field(plain)
    if fields and together is None:
        return None
    first = next((part for part in parts if part.field and part.field.rpartition(".")[2] == together), parts[0])
    owner = next((part for part in parts if part.owner), first)
    number = next((part.number for part in parts if part.number), None)
    return attrs.evolve(first, owner=first.owner or owner.owner, role=first.role or owner.role, number=number)


@attrs.frozen
class _Piece:
    """A phrase of a header: its sort, what it stands for, its words."""

    sort: _Sort
    what: str
    words: str


def _read_words(words: Sequence[str], prefix: str) -> HeaderMeaning:
    if prefix and len(words) > 1 and words[0] == prefix:
        words = words[1:]
    pieces, unknown = _find_pieces(words)
    numbers = [word for word in words if word.isdigit()]
    if numbers and (unknown or not _combine(pieces, is_whole=True).says_something):
        pieces, unknown = _find_pieces([*numbers, *(word for word in words if not word.isdigit())])
    return _combine(pieces, is_whole=not unknown)


def _find_pieces(words: Sequence[str]) -> tuple[list[_Piece], int]:
    """The phrases that cover the words with the fewest unknown ones, and of these the fewest phrases."""
    best: list[tuple[int, int, list[_Piece]]] = [(0, 0, [])]
    for end in range(1, len(words) + 1):
        unknown, count, pieces = best[end - 1]
        found = (unknown + 1, count + 1, pieces)
        for start in range(max(0, end - _LONGEST), end):
            if known := _look_up(words, start, end):
                before = best[start]
                one = (before[0], before[1] + len(known), [*before[2], *known])
                found = min(found, one, key=lambda each: each[:2])
        best.append(found)
    return best[-1][2], best[-1][0]


def _look_up(words: Sequence[str], start: int, end: int) -> list[_Piece]:
    """The phrase that these words are together; one word may be two phrases that nothing parts."""
    some = words[start:end]
    if len(some) > 1 and end == len(words) and some[-1] in _LANGUAGES and len(some[-1]) <= _LONGEST_TAG:
        return []  # `País (ES)` is no plural
    joined = "".join(some)
    if len(some) == 1 and start and joined in _LANGUAGES and (end == len(words) or len(joined) > _LONGEST_TAG):
        return [_Piece(_Sort.LANGUAGE, _LANGUAGES[joined], joined)]
    known = _find_phrase(joined, _join_singulars(some))
    if known:
        return [_Piece(*known, joined)]
    if joined.isdigit() and len(some) == 1:
        return [_Piece(_Sort.NUMBER, joined, joined)]
    return _split_glued(joined) if len(some) == 1 else []


def _find_phrase(joined: str, singular: str) -> tuple[_Sort, str] | None:
    return _phrases().get(joined) or _phrases().get(singular)


def _split_glued(word: str) -> list[_Piece]:
    """`orgtype` and `codepostal`: two phrases of at least three letters each, one of them a field."""
    for at in range(len(word) - 3, 2, -1):
        halves = [word[:at], word[at:]]
        known = [_written_phrases().get(half) for half in halves]
        if all(known) and any(one and one[0] is _Sort.FIELD for one in known):
            return [_Piece(*one, half) for one, half in zip(known, halves, strict=True) if one]
    return []


def _combine(pieces: Sequence[_Piece], *, is_whole: bool) -> HeaderMeaning:
    """What phrases say together: one field, perhaps of an owner; an owner alone is its name."""
    by_sort: dict[_Sort, list[_Piece]] = {}
    for piece in pieces:
        by_sort.setdefault(piece.sort, []).append(piece)
    number = next((int(piece.what) for piece in by_sort.get(_Sort.NUMBER, ()) if 0 < int(piece.what) < 10), None)
    owners = by_sort.get(_Sort.OWNER, [])
    owner, role = _choose_owner(owners)
    if nothing := by_sort.get(_Sort.NOTHING):
        what = min({piece.what for piece in nothing}, key=_GRAVEST.index)
        whose = Owner.PERSON if owner is Owner.PERSON else None
        return HeaderMeaning(nothing=what, owner=whose, number=number, is_whole=is_whole)
    fields = list(dict.fromkeys(piece.what for piece in by_sort.get(_Sort.FIELD, ())))
    field = _choose_field(fields)
    says_field = field is not None
    if not fields and owner in _NAMED and is_whole:
        if any(piece.what == _ABOUT for piece in pieces):
            return HeaderMeaning(owner=owner, says_field=False, says_other=True)
        field = _NAMED[owner]
    if field == "name" and (language := by_sort.get(_Sort.LANGUAGE)):
        field = f"name.{language[-1].what}"
    beside = by_sort.keys() & _ONLY_BESIDE.keys()
    if beside and not fields and not owners:
        return HeaderMeaning(nothing="general", number=number, is_whole=is_whole)
    is_title = field == "person.post" and owner is Owner.BODY and any(piece.words in _titles() for piece in pieces)
    if is_title or (field is None and owners and not fields):
        return HeaderMeaning(owner=owner, is_whole=False, says_field=False)
    if field is None or not all(_ONLY_BESIDE[sort](field) for sort in beside):
        return attrs.evolve(UNKNOWN, says_other=bool(fields or beside))
    owner = Owner.BODY if owner is Owner.SEAT else owner or _find_office(field, pieces)
    return HeaderMeaning(field=field, owner=owner, role=role, number=number, is_whole=is_whole, says_field=says_field)


def _find_office(field: str, pieces: Sequence[_Piece]) -> Owner | None:
    is_of_office = field in _OF_OFFICES and any(piece.what == Owner.OFFICE for piece in pieces)
    return Owner.OFFICE if is_of_office else None


@functools.cache
def _titles() -> frozenset[str]:
    return frozenset(_load_tables()["titles"])


_OF_OFFICES = ("email", "phone")
_GRAVEST = (*_OF_ROWS, "general", "of_bodies", "status")
"""Which of several tables of words of no field counts: what tells most of the rows."""
_NAMED = {
    Owner.PERSON: "name",
    Owner.PARTICIPANT: "name",
    Owner.BODY: "name",
    Owner.ANYBODY: "name",
    Owner.SEAT: "country",
}
"""What an owner is alone."""
_ONLY_BESIDE: Mapping[_Sort, Callable[[str], object]] = {
    _Sort.DATE_WORD: re.compile(r"founded|dissolved|member\.(?:since|until)|consent\.(?:given|expires)").fullmatch,
    _Sort.NUMBER_WORD: re.compile(r"(?:body\.|person\.)?(?:identifier|phone)|messaging|address|post").fullmatch,
}
"""A date of something else is no field, and a number of members is not their names."""


def _choose_field(fields: Sequence[str]) -> str | None:
    """One field of those that are named: a name in parts is a whole name, and the name of a town is a town."""
    if {"person.given_name", "person.family_name"} <= {*fields}:
        return "person.name"
    if len({field.rpartition(".")[2] for field in fields}) == 1:
        return max(fields, key=len)
    if "address" in fields and {*fields} <= _PLACES:
        return "address"
    if len(fields) == 2:
        return next(
            (beside[fields[1 - at]] for at in (0, 1) if (beside := _BESIDE.get(fields[at], {})).get(fields[1 - at])),
            None,
        )
    return fields[0] if len(fields) == 1 else None


_PLACES = {"address", "post", "city", "country"}
_BESIDE: Mapping[str, Mapping[str, str]] = {
    "name": {
        field: field
        for field in (
            *("city", "country", "countries", "regions", "parent", "kind", "website"),
            *("given_name", "family_name", "person.given_name", "person.family_name"),
        )
    },
    "phone": {"messaging": "phone"},
    "post": {"city": "city", "country": "country"},
    "website": {"social": "website"},
}
"""What two fields are together: the name of a town is a town."""


def _choose_owner(pieces: Sequence[_Piece]) -> tuple[Owner | None, str]:
    """Whose it is: a person's where one is named, though the body may be named too; then what is at home."""
    for owner in (
        *(Owner.HOME, Owner.PERSON, Owner.PARTICIPANT, Owner.SEAT, Owner.BODY),
        *(Owner.OFFICE, Owner.WORK, Owner.ANYBODY),
    ):
        role = " ".join(piece.words for piece in pieces if piece.what == owner)
        if role:
            return owner, role
    return None, ""
