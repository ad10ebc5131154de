"""What the names of countries mean: all names of the tables in one tree, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

import attrs

from untoc_network.diagnostics.findings import Certainty
from untoc_network.reference.ambiguous_names import load_other_names, load_parts, load_phrases_elsewhere
from untoc_network.reference.row_types import Country, Demonym, FormerName
from untoc_network.reference.text_words import fold_word, lower_word, split_words

__all__ = ["Meaning", "NameKind", "TrieNode", "build_name_trie"]

_UNION = "EU"
_ARTICLE = re.compile(r"\A(?:(?:[Tt]he|el|la|los|las|le|les) |l['\u2019])")
_JOINING = frozenset({"and", "y", "e", "et"})
_SHORT_FOR = {"saint": "st", "sainte": "ste"}


class NameKind(StrEnum):
    """What kind of name it is; where it is several, the first of these."""

    OFFICIAL_NAME = "official-name"
    COMMON_NAME = "common-name"
    PART = "part"
    DEMONYM = "demonym"


@attrs.frozen(kw_only=True)
class Meaning:
    """What a name means: a country, or none where the code is None; in one language, or in all where that is None."""

    name: str
    code: str | None
    how: NameKind
    certainty: Certainty = Certainty.RECALLED
    language: str | None = None

    @property
    def capitals(self) -> bool:
        """Whether it is an abbreviation, which counts in capitals only."""
        return self.name.isupper()


@attrs.frozen(eq=False)
class TrieNode:
    """A place in the tree: the words that may come next, and what the words so far mean, with how these are spelled."""

    after: dict[str, TrieNode] = attrs.field(factory=dict)
    meanings: list[tuple[Meaning, tuple[str, ...]]] = attrs.field(factory=list)


def build_name_trie(
    countries: Iterable[Country], former: Iterable[FormerName], demonyms: Iterable[Demonym]
) -> TrieNode:
    """The tree of all names in these tables, and of the phrases that hold a name and name no country."""
    root = TrieNode()
    for meaning in (
        *_list_official_meanings(countries),
        *_list_former_name_meanings(former),
        *_list_unofficial_name_meanings(),
        *_list_demonym_meanings(demonyms),
    ):
        for words in dict.fromkeys(_list_spellings(meaning.name)):
            branch = root
            for word in words:
                branch = branch.after.setdefault(fold_word(word), TrieNode())
            branch.meanings.append((meaning, words))
    return root


def _list_official_meanings(countries: Iterable[Country]) -> Iterator[Meaning]:
    for country in countries:
        if country.code != _UNION:
            for language in ("en", "es", "fr", "pt"):
                how = NameKind.COMMON_NAME if language == "pt" else NameKind.OFFICIAL_NAME
                for field in (language, f"{language}_formal"):
                    if name := getattr(country, field, None):
                        sure = country.find_certainty(field)
                        yield Meaning(name=name, code=country.code, how=how, certainty=sure, language=language)


def _list_former_name_meanings(former: Iterable[FormerName]) -> Iterator[Meaning]:
    for row in former:
        yield Meaning(name=row.name, code=row.code, how=NameKind.COMMON_NAME, certainty=row.certainty)


def _list_unofficial_name_meanings() -> Iterator[Meaning]:
    for how, named in ((NameKind.COMMON_NAME, load_other_names()), (NameKind.PART, load_parts())):
        for code, names in named.items():
            yield from (Meaning(name=name, code=code, how=how) for name in names)
    yield from (Meaning(name=phrase, code=None, how=NameKind.PART) for phrase in load_phrases_elsewhere())


def _list_demonym_meanings(demonyms: Iterable[Demonym]) -> Iterator[Meaning]:
    for row in demonyms:
        yield Meaning(
            name=row.word, code=row.code, how=NameKind.DEMONYM, certainty=row.certainty, language=row.language
        )


def _list_spellings(name: str) -> Iterator[tuple[str, ...]]:
    """The words of a name without its article; also without what is in brackets, and with `St.` and `&`."""
    bare = _ARTICLE.sub("", name, count=1)
    for part in (bare, bare.partition(" (")[0]):
        found = split_words(part)
        words = tuple(lower_word(found[index]) for index in range(len(found)))
        yield words
        yield tuple(_SHORT_FOR.get(word, word) for word in words)
        if not name.isupper():
            yield tuple(word for word in words if word not in _JOINING)
