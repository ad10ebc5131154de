"""Finding the names of countries in free text: official, common and former names, and demonyms, in four languages.

    >>> from untoc_network.reference import packaged
    >>> for named in packaged().country_names.find("Police in Papua New Guinea and a Chilean NGO met Mr. Jordan."):
    ...     print(named.start, named.end, named.words, named.codes, named.how.value, named.sure)
    10 26 Papua New Guinea ('PG',) official-name True
    33 40 Chilean ('CL',) demonym True
    53 59 Jordan ('JO',) official-name False

Whole words count, the longest name wins, accents and case do not matter; `homographs` says what is done with words
that mean something else as well. Codes such as `MX` are no names; abbreviations such as `USA` are, in capitals.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.diagnostics.findings import Certainty
from untoc_network.reference.ambiguity_context import is_language_name, rate_mention
from untoc_network.reference.ambiguous_names import Ambiguity, MentionLevel, load_ambiguities
from untoc_network.reference.name_trie import Meaning, NameKind, TrieNode, build_name_trie
from untoc_network.reference.packaged_tables import LANGUAGES
from untoc_network.reference.row_types import Country, Demonym, FormerName
from untoc_network.reference.text_words import TextWords, lower_word, split_words

__all__ = ["CountryMention", "CountryNames", "NameKind"]


@attrs.frozen(kw_only=True)
class CountryMention:
    """A place in a text that names a country: `words` are `text[start:end]`.

    `codes` are the countries that the words may mean, more than one for `Korea`. It is not `sure` where they may as
    well mean something else. `certainty` is that of the row that has the name.
    """

    start: int
    end: int
    words: str
    codes: tuple[str, ...]
    how: NameKind
    sure: bool
    certainty: Certainty


@attrs.frozen(eq=False)
class CountryNames:
    """All names of countries, made once of the tables and then asked of any number of texts."""

    tree: TrieNode = attrs.field(repr=False)
    homographs: Mapping[str, Ambiguity] = attrs.field(factory=load_ambiguities, repr=False)

    @classmethod
    def of(
        cls, *, countries: Iterable[Country], former_names: Iterable[FormerName], demonyms: Iterable[Demonym]
    ) -> CountryNames:
        """The names in these tables. The European Union is none of the countries."""
        return cls(build_name_trie(countries, former_names, demonyms))

    def find(
        self, text: str, *, language: str | None = None, excepting: Collection[str] = ()
    ) -> Iterator[CountryMention]:
        """Every place that names a country, in the order of the text; places do not overlap.

        `language` is that of the text, `en`, `es`, `fr` or `pt`: names of the others then do not count. `excepting`
        takes the codes of countries that may be named, such as a State that speaks of itself; a place that may mean
        another country as well is still told, for that one. Raises `ImpossibleValue` for another language.
        """
        if language not in (None, *LANGUAGES):
            raise ImpossibleValue(f"names of countries are known in {', '.join(LANGUAGES)}, not in {language!r}")
        return self._find_mentions(split_words(text), language, frozenset(excepting))

    def _find_mentions(
        self, words: TextWords, language: str | None, excepted: frozenset[str]
    ) -> Iterator[CountryMention]:
        start, names = 0, self.tree.after
        for index, word in enumerate(words.folded):
            if index >= start and word in names:
                end, meanings = self._find_longest_name(words, index, language)
                start = max(end, index + 1)
                level = self._rate_name(words, index, end, meanings)
                if level and all(meaning.code for meaning, _ in meanings):
                    yield from _make_mentions(
                        words, index, end, [m for m, _ in meanings if m.code not in excepted], level
                    )

    def _find_longest_name(self, words: TextWords, first: int, language: str | None) -> tuple[int, list[_Spelled]]:
        """The longest name that begins at a word: where it ends and what it means; it means nothing where none does."""
        end, found, branch = first, [], self.tree
        for index in range(first, len(words)):
            after = branch.after.get(words.folded[index])
            if after is None or (index > first and not words.continues(index)):
                break
            branch = after
            meanings = [pair for pair in branch.meanings if _meaning_applies(pair[0], words, first, index, language)]
            if meanings:
                end, found = index + 1, meanings
        return end, found

    def _rate_name(self, words: TextWords, first: int, end: int, meanings: list[_Spelled]) -> MentionLevel:
        if not meanings:
            return MentionLevel.NO
        written = [lower_word(words[index]) for index in range(first, end)]
        plain = words.folded[first:end]
        doubt = self.homographs.get(" ".join(written), self.homographs.get(" ".join(plain)))
        level = MentionLevel.SURE if doubt is None else rate_mention(words, first, end - 1, doubt)
        if end == first + 1 and is_language_name(words, first):
            return min(level, MentionLevel.POSSIBLE)
        accents = (all(map(_accents_agree, written, plain, name)) for _, name in meanings)
        return level if any(accents) else min(level, MentionLevel.POSSIBLE)


_Spelled = tuple[Meaning, tuple[str, ...]]


def _meaning_applies(meaning: Meaning, words: TextWords, first: int, last: int, language: str | None) -> bool:
    if language is not None and meaning.language not in (None, language):
        return False
    return not meaning.capitals or all(words[index].isupper() for index in range(first, last + 1))


def _accents_agree(written: str, plain: str, name: str) -> bool:
    """Whether a word has the accents of the name, or none."""
    return written in (plain, name)


def _make_mentions(
    words: TextWords, first: int, end: int, meanings: list[Meaning], level: MentionLevel
) -> Iterator[CountryMention]:
    """The place, where it still means a country."""
    kinds = list(NameKind)
    for meaning in sorted(meanings, key=lambda meaning: kinds.index(meaning.how))[:1]:
        start, stop = words.spans[first][0], _find_end_of_name(words, first, end - 1)
        yield CountryMention(
            start=start,
            end=stop,
            words=words.text[start:stop],
            codes=tuple(sorted({str(meaning.code) for meaning in meanings})),
            how=meaning.how,
            sure=level is MentionLevel.SURE,
            certainty=meaning.certainty,
        )


_BRACKET = re.compile(r"['\u2019]?\)")


def _find_end_of_name(words: TextWords, first: int, last: int) -> int:
    """Where a name ends: with the bracket that it opened, or with the point of `U.S.` and of `EE. UU.` itself."""
    start, end = words.spans[first][0], words.spans[last][1]
    inside = words.text[start:end]
    if "(" in inside and (bracket := _BRACKET.match(words.text, end)):
        return bracket.end()
    return end + ("." in inside and len(words[last]) <= 2 and words.text.startswith(".", end))
