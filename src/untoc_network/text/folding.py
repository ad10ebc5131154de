"""Names as they are compared: one folding, for ids, for masking and erasing, for finding duplicates, for rules.

Whatever compares names does it with the letters that `folded_letter` gives, so that what one part of the library takes
for a name another finds again. Every letter is folded by itself: the work is linear, and places in a text stay known.
"""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata

__all__ = ["LONGEST_SLUG", "folded_letter", "slug_of", "words_of"]

LONGEST_SLUG = 70
"""So many characters of a name make an id."""
_NO_ACCENT = str.maketrans(
    {
        "\u00df": "ss",
        "\u00e6": "ae",
        "\u0153": "oe",
        "\u00fe": "th",
        "\u00f0": "d",
        "\u0111": "d",
        "\u0256": "d",
        "\u00f8": "o",
        "\u0142": "l",
        "\u0131": "i",
        "\u0127": "h",
        "\u0138": "k",
        "\u014b": "ng",
        "\u0167": "t",
        "\u0180": "b",
        "\u0188": "c",
        "\u0192": "f",
        "\u01e5": "g",
        "\u0268": "i",
        "\u0289": "u",
        "\u0259": "a",
        "\u01dd": "a",
        "\u03c2": "\u03c3",
    }
)
"""Letters that no decomposition takes apart, as people write them who have no such key."""
_JOINED = "\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
_IS_NOT_SEEN = re.compile(f"[{_JOINED}\U000e0100-\U000e01ef]")
_IS_APOSTROPHE = re.compile("[\u02b0-\u02ff]")
"""Modifier letters: Python takes them for letters, people write an apostrophe."""


@functools.lru_cache(maxsize=1 << 16)
def folded_letter(letter: str) -> str:
    """What one character counts for in a name: small letters and digits, nothing for a mark, a blank for what parts.

    >>> [folded_letter(one) for one in "Ñß-\u0301"]
    ['n', 'ss', ' ', '']
    """
    if letter.isascii():
        return letter.lower() if letter.isalnum() else " "
    if unicodedata.category(letter).startswith("M") or _IS_NOT_SEEN.match(letter):
        return ""
    if not letter.isalnum():
        return " "
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold()).translate(_NO_ACCENT)
    return "".join(map(_plain, plain))


def _plain(part: str) -> str:
    if unicodedata.category(part).startswith("M") or _IS_NOT_SEEN.match(part):
        return ""
    return part if part.isalnum() and not _IS_APOSTROPHE.match(part) else " "


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, in small letters without accents.

    >>> words_of("Søren ŁUKASIK-Núñez"), words_of("L'Équateur")
    (('soren', 'lukasik', 'nunez'), ('l', 'equateur'))
    """
    if text.isascii():
        return tuple(_WORD.findall(text.lower()))
    return tuple("".join(map(folded_letter, text)).split())


_WORD = re.compile("[a-z0-9]+")


def slug_of(name: str) -> str:
    """A name as an id: its words in small letters a-z and digits, joined by hyphens.

    A name that has letters of another script ends with its fingerprint, for nothing else of them is left.
    """
    words = words_of(name)
    latin = [word for word in words if word.isascii()]
    slug = "-".join(latin)[:LONGEST_SLUG].strip("-")
    if latin and len(latin) == len(words):
        return slug
    fingerprint = _fingerprint(words, name)
    return f"{slug[: LONGEST_SLUG - len(fingerprint) - 1].strip('-') or 'name'}-{fingerprint}"


def _fingerprint(words: tuple[str, ...], name: str) -> str:
    """Of the words in whatever order, so that a name with the family name first has the same."""
    same = " ".join(sorted(words)) or unicodedata.normalize("NFKC", name)
    return hashlib.sha256(same.encode(errors="surrogatepass")).hexdigest()[:12]
