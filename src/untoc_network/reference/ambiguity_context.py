"""How sure it is, from the words around it, that a homograph names a country."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from untoc_network.reference.ambiguous_names import Ambiguity, MentionLevel
from untoc_network.reference.text_words import TextWords

__all__ = ["is_language_name", "rate_mention"]


def _fold_words(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SMALL_WORDS = _fold_words("""
    the in of on at from to for and or by with this that these those when while if as but since both between like after
    before is are was were has have had did does not no our its their his her my we they it he she what how
    el la los las en de del al a y e o u por para con desde entre hacia sin segun como que si cuando pero su sus
    os as em na nas nos do da dos das ao aos ou com sem se quando mas seu sua seus suas
    le les l au aux du des d et par pour avec depuis vers sans selon comme qu quand mais dans sur leur leurs notre
""")
"""Words that may stand with a capital beside a country, where a sentence opens, without being part of a name."""

_TITLES = _fold_words("""
    mr mrs ms miss dr dra prof sir madam sr sra srta senor senora senorita don dona dom senhor senhora monsieur madame
    mademoiselle mme mlle
""")

_LANGUAGES = _fold_words("""
    english french spanish russian chinese portuguese ingles frances espanol ruso chino portugues inglesa francesa
    espanhol russo chines anglais francais espagnol russe chinois portugais
""")
"""Demonyms that name a language in which the papers of the Mechanism, or the words of this library, are written."""

_CHAIN = _LANGUAGES | _fold_words("and or y e o et ou arabic arabe german aleman alemao allemand italian")
_IN = _fold_words("in into en em")
_OF_LANGUAGE = _fold_words("""
    language languages lengua lenguas lingua linguas langue langues idioma idiomas version versions versiones versao
    versoes translation translations translated translate translates traduccion traducciones traducido traducida
    traduit traduite traduits traduites traduction traductions traducao traducoes traduzido traduzida interpretation
    interpretacion interpretacao interpreter interpreters interpreting speak speaks speaking speaker speakers spoken
    habla hablan parle parlent fala falam subtitles subtitulos legendas bilingual
    bilingue bilingues
""")
_LONGEST_CHAIN = 8


def rate_mention(words: TextWords, first: int, last: int, doubt: Ambiguity) -> MentionLevel:
    """How sure it is that a homograph, from its first to its last word, names a country."""
    if not words.is_capitalised(last):
        return doubt.small
    return min(_rate_circumstances(words, first, last, doubt))


def _rate_circumstances(words: TextWords, first: int, last: int, doubt: Ambiguity) -> Iterator[MentionLevel]:
    yield doubt.capital
    if words.opens(first):
        yield doubt.opening
    if _follows_a_name(words, first):
        yield doubt.after_a_name
    if _precedes_a_name(words, last):
        yield doubt.before_a_name
    if words.is_shouted(first) and any(map(words.is_shouted, _list_adjacent_words(words, first, last))):
        yield doubt.shouted


def _list_adjacent_words(words: TextWords, first: int, last: int) -> Iterator[int]:
    """The words that only blanks part from these."""
    if first and words.follows(first):
        yield first - 1
    if last + 1 < len(words) and words.follows(last + 1):
        yield last + 1


def _follows_a_name(words: TextWords, first: int) -> bool:
    before = first - 1
    if before < 0:
        return False
    if words.follows(first):
        return words.folded[before] in _TITLES or _is_part_of_a_name(words, before)
    abbreviated = words.folded[before] in _TITLES or (len(words[before]) == 1 and words.is_capitalised(before))
    return abbreviated and words.follows(first, title=True)


def _precedes_a_name(words: TextWords, last: int) -> bool:
    after = last + 1
    return after < len(words) and words.follows(after) and _is_part_of_a_name(words, after)


def _is_part_of_a_name(words: TextWords, index: int) -> bool:
    return words.is_capitalised(index) and words.folded[index] not in _SMALL_WORDS


def is_language_name(words: TextWords, index: int) -> bool:
    """Whether a word is a demonym that names a language here: `in English, French and Spanish`, `the Russian version`.

    Languages that follow one another are looked at as one; before them stands `in`, or a word such as `version`,
    `translated` or `speaks` stands within two words of them.
    """
    if words.folded[index] not in _LANGUAGES:
        return False
    start = index - _count_words_of_language_list(words.folded[max(index - _LONGEST_CHAIN, 0) : index][::-1])
    end = index + 1 + _count_words_of_language_list(words.folded[index + 1 : index + 1 + _LONGEST_CHAIN])
    near = {*words.folded[max(start - 2, 0) : start], *words.folded[end : end + 2]}
    return not near.isdisjoint(_OF_LANGUAGE) or not _IN.isdisjoint(words.folded[max(start - 1, 0) : start])


def _count_words_of_language_list(words: list[str]) -> int:
    """How many of these words go on a list of languages."""
    return sum(1 for _ in itertools.takewhile(_CHAIN.__contains__, words))
