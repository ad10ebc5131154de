"""The ways in which people write a name: without its title, with other letters, the family name first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import attrs

from untoc_network.text.slugs import LONGEST_SLUG, make_slug
from untoc_network.text.tokens import COMMAS, Gap, Tokens, tokenize
from untoc_network.text.word_tables import get_word_set

__all__ = ["NameVariant", "list_body_name_variants", "list_person_name_variants", "order_name_words"]

_IN_BRACKETS = re.compile('[(\\[\u201c\u00ab"][^()\\[\\]\u201c\u201d\u00ab\u00bb"]{0,80}[)\\]\u201d\u00bb"]')
_TWO_LETTERS = str.maketrans(
    {
        letter: written
        for one, two in zip("\u00e4\u00f6\u00fc\u00f8\u00e5\u0111", ("ae", "oe", "ue", "oe", "aa", "dj"), strict=True)
        for letter, written in ((one, two), (one.upper(), two.title()))
    }
)
"""Letters that people who lack the key write with two."""
_MOST_INVERTED = 8
"""A name of more words is not looked for the other way round."""


@attrs.frozen
class NameVariant:
    """One way to write a name: its words, folded; where it was inverted; where other signs than blanks part it."""

    words: tuple[str, ...]
    inverted_at: int = 0
    """How many words of the family name stand first, before a comma; 0 where it stands in its order."""
    parted: frozenset[int] = frozenset()
    is_shouted: bool = False
    """Whether it is written in capitals, as acronyms are."""
    is_wording: bool = False
    """Whether it is no name of a person, so that a letter in it is no initial."""
    is_exact: bool = False
    """Whether it is a handle, an address or a number, and so no word of a language."""


def list_person_name_variants(name: str) -> Iterator[NameVariant]:
    """The ways in which a person's name is written."""
    found = dict.fromkeys(form for spelling in _iterate_spellings(name) for form in _iterate_word_orders(spelling))
    yield from found


def list_body_name_variants(name: str, *, is_exact: bool = False) -> Iterator[NameVariant]:
    """The ways in which the name of a body, or another wording, is written: as it is, and as its id has it."""
    return (
        attrs.evolve(form, is_wording=True, is_exact=is_exact) for form in _with_slug_variant(_to_variant(name), name)
    )


def _to_variant(name: str) -> NameVariant:
    tokens = tokenize(name)
    places = range(1, len(tokens.words))
    parted = frozenset(place for place in places if tokens.gap(place) is not Gap.NEAR)
    return NameVariant(tokens.words, parted=parted, is_shouted=name.isupper())


def order_name_words(name: str) -> Tokens:
    """The words of a name with the given name first, without a title before it or a degree behind it."""
    before, comma, after = name.translate(COMMAS).partition(",")
    if comma and "," not in after and (rest := tokenize(after).words):
        name = before if get_word_set("degrees").issuperset(rest) else f"{after.strip()} {before.strip()}"
    tokens = tokenize(name)
    first = 0
    while first + 2 < len(tokens.words) and tokens.words[first] in get_word_set("titles"):
        first += 1
    return tokenize(name[tokens.span(first, first + 1)[0] :]) if first else tokens


def _iterate_spellings(name: str) -> Iterator[str]:
    """The name with and without what stands in brackets, and with two letters for one that many keyboards lack."""
    for plain in dict.fromkeys((name, " ".join(_IN_BRACKETS.sub(" ", name).split()))):
        yield plain
        composed = unicodedata.normalize("NFC", plain)
        if (spelt := composed.translate(_TWO_LETTERS)) != composed:
            yield spelt


def _iterate_word_orders(name: str) -> Iterator[NameVariant]:
    yield from _with_slug_variant(_to_variant(name), name)
    tokens = order_name_words(name)
    words = tokens.words
    if tokens.text != name:
        yield from _with_slug_variant(_to_variant(tokens.text), tokens.text)
    if len(words) <= _MOST_INVERTED:
        for place in range(1, len(words)):
            if tokens.places[place - 1][1] < tokens.places[place][0]:
                inverted = NameVariant((*words[place:], *words[:place]), inverted_at=len(words) - place)
                yield from _with_slug_variant(inverted, " ".join(inverted.words))


def _with_slug_variant(form: NameVariant, name: str) -> Iterator[NameVariant]:
    """A form, and that of the id which is made of the name, where the id has not all of it."""
    if form.words:
        yield form
        if name.isascii() and len(name) <= LONGEST_SLUG and "%" not in name and "&" not in name:
            return  # the id has its letters and digits, and nothing else
        if (made := tokenize(make_slug(name)).words) not in (form.words, ()):
            yield NameVariant(made)
