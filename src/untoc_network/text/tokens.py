"""The words of a text with their places, as names are looked for in it.

Letters are those of `folding.fold_letter`. A word is a run of letters or of digits; in scripts that put no blanks
between words each letter is one. Octets of an address on the web and entities of HTML are read as what they stand for.
"""

from __future__ import annotations

import bisect
import functools
import html
import itertools
import re
from enum import Enum
from urllib.parse import unquote

import attrs

from untoc_network.text.folding import fold_letter

__all__ = ["COMMAS", "ESCAPES", "TOKEN", "Gap", "Tokens", "tokenize"]

_RUN_ON = (
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\ua000-\ua48f\ua980-\ua9df\uaa60-\uaa7f\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
"""Thai, Lao, Tibetan, Burmese, Khmer, Japanese, Chinese, Yi: scripts without blanks between words."""
_SYLLABLE = "[\u1100-\u115f]?[\u1160-\u11a7]+[\u11a8-\u11ff]*|[\u1100-\u11ff]"
"""Korean has blanks, yet what follows a name is written to it; its letters come apart when they are folded."""
TOKEN = re.compile(rf"[{_RUN_ON}]|{_SYLLABLE}|[^\W\d_{_RUN_ON}\u1100-\u11ff]+|\d+")
_ASCII_TOKEN = re.compile("[a-z]+|[0-9]+")
_UNIT = re.compile(
    r"(?:%(?:25)*[0-9A-Fa-f]{2})+|&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});|.", re.DOTALL
)
_ENCODED_SIGN = re.compile("%(?:25)+(?=[0-9A-Fa-f]{2})")
ESCAPES = re.compile(r"%[0-9A-Fa-f]{2}|&#?[A-Za-z0-9]{2,31};")
COMMAS = str.maketrans(dict.fromkeys("\uff0c\u3001\u060c\ufe50\uff64", ","))
"""The commas of other scripts, each as the common one."""
_TIGHT = frozenset("-_._'`+~\u00b4\u00b7\u02bc\u2010\u2011\u2012\u2013\u2014\u2018\u2019\u2027\u30fb\u2022")
_JOINING = frozenset("-_.+~")
_SHORT = 2
"""After so many letters a full stop shortens a word, and ends no sentence."""
_LOOKED_AT, _LONGEST_SIGNS = 24, 3
_MOST_BESIDE = 8
_BLANK = re.compile(r"\s")


class Gap(Enum):
    """How far apart two words of a text stand."""

    NEAR = "near"
    """Only a blank, a hyphen or the like is between them."""
    COMMA = "comma"
    LOOSE = "loose"
    """Other signs are between them."""
    FAR = "far"


@attrs.frozen(eq=False)
class Tokens:
    """The words of a text: `words` are folded, `places` are theirs in the folded text."""

    text: str = attrs.field(repr=False)
    plain: str = attrs.field(repr=False)
    words: tuple[str, ...] = attrs.field(repr=False)
    places: tuple[tuple[int, int], ...] = attrs.field(repr=False)
    is_solid: bool
    """Whether the text has no blank: an id, an address, one word."""
    ends: tuple[int, ...] | None = attrs.field(default=None, repr=False)
    """Where each unit of the text ends in the folded text, unless all are of one letter."""
    starts: tuple[int, ...] | None = attrs.field(default=None, repr=False)
    """Where each unit of the text starts in it, unless all are of one letter."""

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Where the tokens from `first` up to before `end` stand in the text as it is."""
        here, there = self.places[first][0], self.places[end - 1][1]
        if self.ends is None:
            return here, there
        start = bisect.bisect_right(self.ends, here)
        stop = max(bisect.bisect_left(self.ends, there) + 1, bisect.bisect_right(self.ends, there))
        return (start, stop) if self.starts is None else (self.starts[start], self.starts[stop])

    def written(self, place: int) -> str:
        """A token as the text has it."""
        start, end = self.span(place, place + 1)
        return self.text[start:end]

    def gap(self, place: int) -> Gap:
        """How far a token stands from the one before."""
        before, after = self.places[place - 1][1], self.places[place][0]
        if before == after:
            return Gap.NEAR
        if after - before > _LOOKED_AT:
            return Gap.FAR
        between = self.plain[before:after]
        signs = between.strip()
        if len(signs) > _LONGEST_SIGNS or between.count("\n") > 1:
            return Gap.FAR
        if signs == ",":
            return Gap.COMMA
        shortened = signs == "." == between[0] and len(self.words[place - 1]) <= _SHORT
        tight = len(between) == 1 and (self.is_solid or signs in _TIGHT)
        return Gap.NEAR if not signs or shortened or tight else Gap.LOOSE

    def is_bounded(self, first: int, end: int) -> bool:
        """Whether no number goes on at either side of these tokens."""
        start, stop = self.places[first][0], self.places[end - 1][1]
        goes_on = self.words[end - 1].isdigit() and self.plain[stop : stop + 1].isalnum()
        return not goes_on and not (self.words[first].isdigit() and start > 0 and self.plain[start - 1].isalnum())

    def is_whole(self, first: int, end: int) -> bool:
        """Whether the text has no other words: numbers do not count, nor the code of a country that ends an id."""
        others = [*range(first), *range(end, min(len(self.words), end + _MOST_BESIDE))] if first < _MOST_BESIDE else []
        if len(others) + end - first < len(self.words):
            return False
        coded = self.is_solid and len(self.words) > end and len(self.words[-1]) == _SHORT
        return all(self.words[one].isdigit() for one in (others[:-1] if coded else others))

    def is_part(self, first: int, end: int) -> bool:
        """Whether these tokens are an id, or all that stands between two slashes or the like of an address."""
        start, stop = self.places[first][0], self.places[end - 1][1]
        before, after = self.plain[max(0, start - 1) : start], self.plain[stop : stop + 1]
        if not self.is_solid and (_BLANK.search(self.plain, start, stop) or self.is_capital(first)):
            return False
        ends = after not in _JOINING or (after == "." and not self.is_solid)
        return ends and before not in _JOINING

    def is_pointed(self, place: int) -> bool:
        """Whether a full stop follows."""
        return self.plain.startswith(".", self.places[place][1])

    def is_capital(self, place: int) -> bool:
        """Whether a token begins with a capital, or is of a script that has none."""
        first = self.written(place)[:1]
        return first != first.lower() or first == first.upper()

    def is_shouted(self, place: int) -> bool:
        """Whether a token is all in capitals, of a script that has them."""
        return self.written(place).isupper()

    def are_shouted(self, first: int, middle: int, end: int) -> bool:
        """Whether the tokens before the middle are all in capitals, and those after it are not: a family name first."""
        before = [self.written(place) for place in range(first, middle)]
        after = [self.written(place) for place in range(middle, end)]
        return all(len(word) > 1 and word.isupper() for word in before) and not any(
            len(word) > 1 and word.isupper() for word in after
        )


def tokenize(text: str) -> Tokens:
    """The words of a text with their places."""
    is_solid = _BLANK.search(text.strip()) is None
    if ("%" in text or "&" in text) and ESCAPES.search(text):
        units = _UNIT.findall(text)
        starts = (0, *itertools.accumulate(map(len, units)))
        pieces = [_fold_unit(unit) for unit in units]
        return _make_tokens(text, "".join(pieces), is_solid, tuple(itertools.accumulate(map(len, pieces))), starts)
    if text.isascii():
        plain = text.lower()
        found = [*_ASCII_TOKEN.finditer(plain)]
        return Tokens(text, plain, tuple(one.group() for one in found), tuple(one.span() for one in found), is_solid)
    pieces = [*map(_fold_letter_or_sign, text)]
    plain = "".join(pieces)
    if len(plain) == len(text) and all(pieces):
        return _make_tokens(text, plain, is_solid, None, None)
    return _make_tokens(text, plain, is_solid, tuple(itertools.accumulate(map(len, pieces))), None)


def _make_tokens(
    text: str, plain: str, is_solid: bool, ends: tuple[int, ...] | None, starts: tuple[int, ...] | None
) -> Tokens:
    found = [*TOKEN.finditer(plain)]
    return Tokens(
        text, plain, tuple(one.group() for one in found), tuple(one.span() for one in found), is_solid, ends, starts
    )


def _fold_unit(unit: str) -> str:
    """What a unit counts for: a letter, or what octets or an entity stand for."""
    if len(unit) == 1:
        return _fold_letter_or_sign(unit)
    # what was encoded twice has %25 for each percent sign
    meant = unquote(_ENCODED_SIGN.sub("%", unit), errors="replace") if unit.startswith("%") else html.unescape(unit)
    return "".join(map(_fold_letter_or_sign, meant))


@functools.lru_cache(maxsize=1 << 16)
def _fold_letter_or_sign(letter: str) -> str:
    """What a letter counts for in a name; a sign as it is, for it matters what parts two words."""
    folded = fold_letter(letter)
    if folded != " ":
        return folded
    return " " if letter.isspace() and letter != "\n" else letter.translate(COMMAS)
