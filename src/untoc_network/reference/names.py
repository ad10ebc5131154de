"""Names folded so that accents, case, articles and punctuation do not matter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from untoc_network.text.folding import words_of

__all__ = ["all_folded", "folded", "letters_of"]

_ARTICLES = re.compile(r"^(?:the|el|la|los|las|le|les|l|o|a|os|as) ", re.MULTILINE)


def folded(name: str) -> str:
    """A name as it is compared: small letters without accents, words apart by one blank, no leading article.

    >>> folded("l'Équateur"), folded("(the) BAHAMAS")
    ('equateur', 'bahamas')
    """
    return _ARTICLES.sub("", " ".join(words_of(name)))


def letters_of(name: str) -> str:
    """The folded name without its blanks: what stays the same where a blank is missing or too many.

    >>> letters_of("Sociedad másJusta") == letters_of("sociedad mas justa")
    True
    """
    return folded(name).replace(" ", "")


def all_folded(names: Sequence[str], *, letters_alone: bool = False) -> Iterator[str]:
    """Many names as `folded` gives each, or `letters_of`; many times faster where their letters are Latin."""
    for start in range(0, len(names), _AT_ONCE):
        some = names[start : start + _AT_ONCE]
        plain = unicodedata.normalize("NFD", "\n".join(some).casefold())
        if plain.count("\n") == len(some) - 1 and not _OTHER_LETTERS.search(plain):
            yield from _folded_lines(plain, letters_alone).split("\n")
        else:
            yield from map(letters_of if letters_alone else folded, some)


def _folded_lines(text: str, letters_alone: bool) -> str:
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
