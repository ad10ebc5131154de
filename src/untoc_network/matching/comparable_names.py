"""The names of a record as they are compared: folded, without words that say little, and with their acronyms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import attrs

from untoc_network.model.organization_and_person import Organization, Person
from untoc_network.text.folding import fold
from untoc_network.text.word_tables import get_word_set, get_words_by_abbreviation
from untoc_network.values.multilingual_text import AliasKind

__all__ = ["SHORTEST_ACRONYM", "ComparableName", "list_organization_names", "list_person_names"]

_DOTTED = re.compile(r"(?<!\w)(?:[^\W\d_]\.\s?){2,}(?:[^\W\d_](?!\w))?")
"""Letters with points behind them, such as O.N.G. or S. A.: one word."""
_APOSTROPHE_L = re.compile(r"(?<=\w)['\u2019]l(?!\w)")
"""In "Int'l" and "Nat'l" it is no word of its own."""
_IN_BRACKETS = re.compile(r"(.+?)\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]\s*")
SHORTEST_ACRONYM, _LONGEST = 3, 10
_MOST_NAMES = 12
"""So many names of one record are compared at the most."""


@attrs.frozen(kw_only=True)
class ComparableName:
    """One name of a record: where it stands, its letters without blanks, its telling words.

    `ordered` is these words in the order of the alphabet, as one text.
    An acronym has no initials; a full name has those with and without its little words, where they are long enough.
    """

    field: str
    letters: str
    words: tuple[str, ...]
    ordered: str = ""
    initials: tuple[str, ...] = ()
    is_acronym: bool = False


def list_organization_names(organization: Organization) -> tuple[ComparableName, ...]:
    """The names of an organization in all languages and its aliases, an acronym in brackets behind a name apart."""
    return _drop_equal_names(_iterate_organization_names(organization))


def list_person_names(person: Person) -> tuple[ComparableName, ...]:
    """The names of a person; in what order given and family name stand does not matter."""
    printed = (("name", person.name), *((f"other_names[{at}]", name) for at, name in enumerate(person.other_names)))
    plain = ((field, sorted(_drop_titles(fold(name).split()))) for field, name in printed)
    return _drop_equal_names(
        ComparableName(field=field, letters="".join(words), words=tuple(words), ordered=" ".join(words))
        for field, words in plain
    )


def _drop_titles(words: list[str]) -> list[str]:
    """The words of a person's name without titles, unless a single word is left."""
    without = [word for word in words if word not in get_word_set("titles_in_comparisons")]
    return without if len(without) > 1 else words


def _iterate_organization_names(organization: Organization) -> Iterator[ComparableName]:
    for language, wording in organization.name.items():
        yield from _split_off_acronym(f"name.{language}", wording, is_acronym=_looks_like_acronym(wording))
    for position, alias in enumerate(organization.aliases):
        is_acronym = alias.kind is AliasKind.ACRONYM or _looks_like_acronym(alias.name)
        yield from _split_off_acronym(f"aliases[{position}].name", alias.name, is_acronym=is_acronym)


def _split_off_acronym(field: str, wording: str, *, is_acronym: bool) -> Iterator[ComparableName]:
    bracketed = _IN_BRACKETS.fullmatch(wording)
    if bracketed is None or not _looks_like_acronym(bracketed[2]):
        yield _make_comparable_name(field, wording, is_acronym=is_acronym)
    else:
        yield _make_comparable_name(field, bracketed[1], is_acronym=is_acronym)
        yield _make_comparable_name(field, bracketed[2], is_acronym=True)


def _make_comparable_name(field: str, wording: str, *, is_acronym: bool) -> ComparableName:
    words = fold(_DOTTED.sub(_join_dotted_letters, _APOSTROPHE_L.sub("l", wording))).split()
    letters = "".join(words)
    if is_acronym:
        return ComparableName(field=field, letters=letters, words=(letters,), is_acronym=True)
    full = (get_words_by_abbreviation().get(word, word) for word in words if _is_telling_word(word))
    telling = tuple(dict.fromkeys(full)) or tuple(words)
    all_of_them = "".join(word[0] for word in words)
    without_little = "".join(word[0] for word in words if word not in get_word_set("little_words"))
    fitting = (way for way in dict.fromkeys((all_of_them, without_little)) if SHORTEST_ACRONYM <= len(way) <= _LONGEST)
    return ComparableName(
        field=field, letters=letters, words=telling, ordered=" ".join(sorted(telling)), initials=tuple(fitting)
    )


def _is_telling_word(word: str) -> bool:
    """Whether a word says something: no little word, and no letter of a legal form such as S.A."""
    says_little = word in get_word_set("little_words") or word in get_word_set("legal_forms")
    return not says_little and (len(word) > 1 or word.isdigit())


def _join_dotted_letters(dotted: re.Match[str]) -> str:
    letters = "".join(filter(str.isalpha, dotted[0]))
    return f"{letters} " if dotted[0][-1].isspace() else letters


def _looks_like_acronym(wording: str) -> bool:
    """At most ten letters, most of them capitals, without a blank."""
    letters = [letter for letter in wording if letter.isalnum()]
    capitals = sum(letter.isupper() for letter in letters)
    return " " not in wording.strip() and 1 < len(letters) <= _LONGEST and capitals >= 0.6 * len(letters)


def _drop_equal_names(names: Iterable[ComparableName]) -> tuple[ComparableName, ...]:
    first: dict[str, ComparableName] = {}
    for name in names:
        if name.letters:
            first.setdefault(name.letters, name)
    return tuple(first.values())[:_MOST_NAMES]
