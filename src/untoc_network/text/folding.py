"""Names as they are compared: one folding, for ids, for masking and erasing, for finding duplicates, for rules.

Whatever compares names does it with the letters that `fold_letter` gives, so that what one part of the library takes
for a name another finds again. Every letter is folded by itself: the work is linear, and places in a text stay known.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence

__all__ = ["fold", "fold_all", "fold_letter", "fold_to_words", "fold_without_blanks", "id_has_part_of_name"]

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
def fold_letter(letter: str) -> str:
    """What one character counts for in a name: small letters and digits, nothing for a mark, a blank for what parts.

    >>> [fold_letter(one) for one in "Ñß-\u0301"]
    ['n', 'ss', ' ', '']
    """
    if letter.isascii():
        return letter.lower() if letter.isalnum() else " "
    if unicodedata.category(letter).startswith("M") or _IS_NOT_SEEN.match(letter):
        return ""
    if not letter.isalnum():
        return " "
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold()).translate(_NO_ACCENT)
    return "".join(map(_plain_character, plain))


def _plain_character(part: str) -> str:
    if unicodedata.category(part).startswith("M") or _IS_NOT_SEEN.match(part):
        return ""
    return part if part.isalnum() and not _IS_APOSTROPHE.match(part) else " "


def fold_to_words(text: str) -> tuple[str, ...]:
    """The words of a text, in small letters without accents.

    >>> fold_to_words("Søren ŁUKASIK-Núñez"), fold_to_words("L'Équateur")
    (('soren', 'lukasik', 'nunez'), ('l', 'equateur'))
    """
    if text.isascii():
        return tuple(_WORD.findall(text.lower()))
    return tuple("".join(map(fold_letter, text)).split())


_WORD = re.compile("[a-z0-9]+")


def id_has_part_of_name(record_id: str, *names: str) -> bool:
    """Whether one of the groups of an id is a part of one of the names; numbers are no part of a name."""
    groups = {group for group in record_id.split("-") if len(group) >= _SHORTEST_NAME_PART and group.isalpha()}
    return any(not groups.isdisjoint(fold_to_words(name)) for name in names if groups)


_SHORTEST_NAME_PART = 3
"""Shorter parts of names occur in ids by chance."""

_ARTICLES = re.compile(r"^(?:the|el|la|los|las|le|les|l|o|a|os|as) ", re.MULTILINE)


def fold(name: str) -> str:
    """A name as it is compared: small letters without accents, words apart by one blank, no leading article.

    >>> fold("l'Équateur"), fold("(the) BAHAMAS")
    ('equateur', 'bahamas')
    """
    return _ARTICLES.sub("", " ".join(fold_to_words(name)))


def fold_without_blanks(name: str) -> str:
    """The folded name without its blanks: what stays the same where a blank is missing or too many.

    >>> fold_without_blanks("Sociedad másJusta") == fold_without_blanks("sociedad mas justa")
    True
    """
    return fold(name).replace(" ", "")


def fold_all(names: Sequence[str], *, letters_alone: bool = False) -> Iterator[str]:
    """Many names as `fold` gives each, or `fold_without_blanks`; many times faster where their letters are Latin."""
    for start in range(0, len(names), _AT_ONCE):
        some = names[start : start + _AT_ONCE]
        plain = unicodedata.normalize("NFD", "\n".join(some).casefold())
        if plain.count("\n") == len(some) - 1 and not _OTHER_LETTERS.search(plain):
            yield from _fold_latin_lines(plain, letters_alone).split("\n")
        else:
            yield from map(fold_without_blanks if letters_alone else fold, some)


def _fold_latin_lines(text: str, letters_alone: bool) -> str:
    """Lines of which each was a name, in small letters with their accents after them, as they are compared."""
    plain = f"\n{text}\n".encode("ascii", "ignore").decode("ascii").translate(_LETTERS)
    while "  " in plain:
        plain = plain.replace("  ", " ")
    plain = _LINE_ARTICLES.sub("\n", plain.replace("\n ", "\n").replace(" \n", "\n"))
    return (plain.replace(" ", "") if letters_alone else plain)[1:-1]


_AT_ONCE = 256
_OTHER_LETTERS = re.compile("[^\x00-\x7f\u0300-\u034e\u0350-\u036f]")
"""What is neither ASCII nor an accent; signs that stand for letters, such as a superscript, are among it."""
_LETTERS = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "\n")}
_LINE_ARTICLES = re.compile(_ARTICLES.pattern.replace("^", "\n", 1))
