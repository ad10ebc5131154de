"""What the cells of a column hold, and of how many of them that is true.

It is judged on a sample of rows, so that a list of many thousands costs no more than a short one. What a cell says is
left to the parsers of its field; here only its sort is told: an address, a number, a name of a person or of a body.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

import attrs

from untoc_network.serializers.member_lists.cell_parsers import FIELD_PARSERS
from untoc_network.text.folding import fold_to_words
from untoc_network.text.word_tables import get_word_set, read_word_tables
from untoc_network.values.national_number import find_national_numbers

__all__ = [
    "CellSort",
    "ColumnContent",
    "find_sorts",
    "holds_value",
    "is_name_of_person",
    "put_given_name_first",
    "read_content",
    "share_named_in",
]


class CellSort(StrEnum):
    """What a cell is. A cell can be of several sorts."""

    EMAIL = "email"
    MAILBOX = "mailbox"
    """The e-mail address of a body: `info@`, `oficina@`."""
    LINK = "link"
    PHONE = "phone"
    YEAR = "year"
    DATE = "date"
    TIME = "time"
    """A day with a time: of an entry in a program."""
    NUMBER = "number"
    REGISTERED = "registered"
    """The number that a state gave to a body; it can be nothing else."""
    PAPERS = "papers"
    """The number that a state gave to a person."""
    YES_OR_NO = "yes-or-no"
    COUNTRY = "country"
    KIND = "kind"
    THEME = "theme"
    PERSON = "person"
    GIVEN_NAME = "given-name"
    TITLE = "title"
    """How a person is addressed, and nothing more: `Dra.`."""
    BODY = "body"
    LONG = "long"


_SAMPLE = 60
_SHORTEST = 4
"""The letters of a country's name; shorter ones are codes, and those are capitals: `sí` is none."""
_LONG = 160


@attrs.frozen(kw_only=True)
class ColumnContent:
    """What the cells of a column are: how many were looked at, which share is of each sort, how many are the same."""

    number: int = 0
    shares: Mapping[CellSort, float] = attrs.field(factory=dict)
    distinct: float = 1.0
    """How many different cells there are among a hundred."""
    one_word: float = 0.0
    """The share of cells with one word alone, which is no given name."""

    def share(self, *sorts: CellSort) -> float:
        """The greatest share of some sorts."""
        return max((self.shares.get(sort, 0.0) for sort in sorts), default=0.0)


def read_content(texts: Sequence[str]) -> ColumnContent:
    """What the cells of a column hold, judged on some of them, taken from all over the column."""
    step = max(1, len(texts) // _SAMPLE)
    sample = texts[::step][:_SAMPLE]
    if not sample:
        return ColumnContent()
    counts = Counter(sort for text in sample for sort in find_sorts(text[: _LONG + 1]))
    return ColumnContent(
        number=len(sample),
        shares={sort: count / len(sample) for sort, count in counts.items()},
        distinct=len({*sample}) / len(sample),
        one_word=sum(_is_one_word(text) for text in sample) / len(sample),
    )


_EMAIL = re.compile(r"(?:mailto:)?[^\s@]+@[^\s@]+\.[^\s@]+")
_LINK = re.compile(
    r"(?i:https?://|www\.)\S+|[a-z0-9-]{3,}(?:\.[a-z0-9-]+)*\.(?:org|com|net|info|gob|gov|edu|[a-z]{2})(?:/\S*)?"
)
_PHONE = re.compile(r"(?:tel\.?:?\s*)?\+?[\d\s().\-\u2013/]{7,}(?:(?:ext|int|x|anexo|ramal)\.?\s*\d+)?", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_YEARS = re.compile(r"(?:19|20)\d\d\s*[-\u2013/]\s*(?:19|20)\d\d")
_TIME = re.compile(r"\d:\d\d")
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)*\s*%?")
_DATE = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?:[T ,]+\d{1,2}:\d\d.*)?|\d{1,2}\.? (?:de )?[^\W\d]{3,10}\.? (?:de )?\d{4}"
)


@functools.lru_cache(maxsize=1 << 13)
def find_sorts(text: str) -> frozenset[CellSort]:
    """The sorts that a cell is of."""
    plain = text.strip()
    if len(plain) > _LONG:
        return frozenset([CellSort.LONG])
    by_form = _find_sorts_by_form(plain)
    return by_form or _find_sorts_by_words(plain)


def _find_sorts_by_form(text: str) -> frozenset[CellSort]:
    """The sorts that are told by letters and signs alone; several addresses in a cell are of the sort of the first."""
    first = re.split(r"[;,|\s]", text.strip("<> "), maxsplit=1)[0].strip("<>")
    if _EMAIL.fullmatch(first):
        mailbox = _is_mailbox(first)
        return frozenset([CellSort.EMAIL, CellSort.MAILBOX] if mailbox else [CellSort.EMAIL])
    if _LINK.fullmatch(first):
        return frozenset([CellSort.LINK])
    if _DATE.fullmatch(text):
        return frozenset([CellSort.DATE, CellSort.TIME] if _TIME.search(text) else [CellSort.DATE])
    sorts = set()
    if _YEARS.fullmatch(text):
        return frozenset([CellSort.YEAR])
    if _YEAR.fullmatch(text):
        sorts.add(CellSort.YEAR)
    if _NUMBER.fullmatch(text):
        sorts.add(CellSort.NUMBER)
    if _PHONE.fullmatch(text) and sum(letter.isdigit() for letter in text) > 6:
        sorts.add(CellSort.PHONE)
        sorts -= {CellSort.NUMBER} if text.startswith("+") else set()
    numbers = find_national_numbers(text) if any(map(str.isdigit, text)) else ()
    certain = {number.is_personal for number in numbers if number.is_certain}
    if certain:
        sorts.add(CellSort.PAPERS if True in certain else CellSort.REGISTERED)
    return frozenset(sorts)


def _is_mailbox(address: str) -> bool:
    words = fold_to_words(address.partition("@")[0])
    return bool(words) and (words[0] in _name_words("mailboxes") or "".join(words) in _name_words("mailboxes"))


_READ = {
    CellSort.YES_OR_NO: "at_risk",
    CellSort.COUNTRY: "country",
    CellSort.KIND: "kind",
    CellSort.THEME: "themes",
}
"""The fields whose parsers tell a sort."""


def _find_sorts_by_words(text: str) -> frozenset[CellSort]:
    words = fold_to_words(text)
    sorts = {
        sort for sort, field in _READ.items() if len(words) < 9 and FIELD_PARSERS[field].parse(text, None).is_complete
    }
    if len(text) < _SHORTEST and not text.isupper():
        sorts.discard(CellSort.COUNTRY)
    is_body = (not sorts and any(word in _name_words("bodies") for word in words)) or _ends_in_legal_form(words)
    if _is_person(text, words):
        sorts |= set() if is_body else {CellSort.PERSON}
    elif is_body or (not sorts and len(words) > 1 and _is_like_body(words)):
        sorts.add(CellSort.BODY)
    if words and {*words} <= get_word_set("titles"):
        sorts.add(CellSort.TITLE)
    if words and len(words) < 3 and words[0] in _name_words("given_names"):
        sorts.add(CellSort.GIVEN_NAME)
    return frozenset(sorts)


_BEFORE_BODIES = frozenset(["el", "la", "las", "los", "le", "les", "the", "os", "as"])


def _is_like_body(words: Sequence[str]) -> bool:
    """Whether a name has what names of persons have not: a common word, an article before it, `for`."""
    small = get_word_set("little_words") - get_word_set("particles")
    has_small = words[0] in _BEFORE_BODIES or any(len(word) > 1 and word in small for word in words[1:])
    return has_small or not {*words}.isdisjoint(get_word_set("common_words"))


def _ends_in_legal_form(words: Sequence[str]) -> bool:
    return len(words) > 1 and (
        words[-1] in get_word_set("legal_forms") or "".join(words[-2:]) in get_word_set("legal_forms")
    )


def _is_person(text: str, words: Sequence[str]) -> bool:
    """A given name, before or behind the others: `Ana Ruiz`, `Ruiz Sol, Ana`, `RUIZ SOL Ana`, `Dra. Ana Ruiz`."""
    own = [word for word in words if word not in get_word_set("titles")]
    if not 1 < len(own) < 7 or any(letter.isdigit() for letter in text):
        return False
    behind = fold_to_words(text.partition(",")[2])[:1]
    last = own[-1:] if own[0] not in get_word_set("common_words") else []
    return any(word in _name_words("given_names") for word in (own[0], *last, *behind))


def is_name_of_person(text: str) -> bool:
    """Whether a cell is of the sort of persons, which hardly any name of a body is asked in full."""
    plain = text.strip()
    return _is_person(plain, fold_to_words(plain)) and CellSort.PERSON in find_sorts(text)


def _is_one_word(text: str) -> bool:
    words = fold_to_words(text[:_LONG])
    return len(words) == 1 and words[0].isalpha() and words[0] not in _name_words("given_names")


@functools.cache
def _name_words(table: str) -> frozenset[str]:
    return frozenset(read_word_tables(__package__, "name_words.toml")[table])


def put_given_name_first(name: str) -> str:
    """A name with the family name before a comma as people write themselves: `Ruiz Sol, Ana` is `Ana Ruiz Sol`.

    `Ana Ruiz, Luz Mar` are two, and stay as they are.
    """
    if "," not in name:
        return name
    family, _, given = (part.strip() for part in name.partition(","))
    is_given = fold_to_words(given)[:1] and fold_to_words(given)[0] in _name_words("given_names")
    are_two = len(fold_to_words(given)) > 1 and _is_person(family, fold_to_words(family))
    if not family or "," in given or not is_given or are_two or any(letter.isdigit() for letter in name):
        return name
    return f"{given} {family}"


def share_named_in(addresses: Mapping[int, str], names: Mapping[int, Iterable[str]]) -> float:
    """Of the rows that have both, the share of those whose e-mail address has a word of a name in it: `ana@…`."""
    both = [(addresses[row], " ".join(names[row])) for row in addresses.keys() & names.keys()]
    hits = 0
    for address, name in both:
        local = "".join(fold_to_words(address.partition("@")[0]))
        hits += any(len(word) > 2 and word in local for word in fold_to_words(name))
    return hits / len(both) if both else 0.0


_NO_HEADER = frozenset([CellSort.EMAIL, CellSort.PHONE, CellSort.DATE])
_ADDRESS = re.compile(r"https?://|www\.|[^\s/]+\.[^\s/]+/|\S+\.(?:org|com|net)$", re.IGNORECASE)


def holds_value(text: str) -> bool:
    """Whether a cell holds what no header is: an address, a number of telephone, a date."""
    sorts = find_sorts(text[: _LONG + 1])
    return not _NO_HEADER.isdisjoint(sorts) or (CellSort.LINK in sorts and _ADDRESS.match(text) is not None)
