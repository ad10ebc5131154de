"""Names folded so that accents, case, articles and punctuation do not matter."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["folded", "letters_of"]

_ARTICLES = re.compile(r"^(?:the|el|la|los|las|le|les|l|o|a|os|as) ")


def folded(name: str) -> str:
    """A name as it is compared: small letters without accents, words apart by one blank, no leading article.

    >>> folded("l'Équateur"), folded("(the) BAHAMAS")
    ('equateur', 'bahamas')
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(letter if letter.isalnum() else " " for letter in plain if not unicodedata.combining(letter))
    return _ARTICLES.sub("", " ".join(letters.split()))


def letters_of(name: str) -> str:
    """The folded name without its blanks: what stays the same where a blank is missing or too many.

    >>> letters_of("Sociedad másJusta") == letters_of("sociedad mas justa")
    True
    """
    return folded(name).replace(" ", "")
