"""In which language the names of a list are: by the small and common words in them, and by the headers above."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Mapping

from untoc_network.serializers.member_lists.vocabulary import language_signs
from untoc_network.text.folding import fold_to_words

__all__ = ["guess_language"]

_SURE = 3
"""So many names of one language say it alone."""
_WITH_HEADERS = 2
"""So many say it where the headers are in that language too, and no name is in another."""
_CLEARLY = 2
"""So many times as many names as of the next language."""


def guess_language(names: Iterable[str], headers: Iterable[str]) -> str | None:
    """The language of most names; None where they are too few, or of several. Headers alone say nothing of names."""
    counts = _count_languages(names, "names").most_common(2)
    if not counts:
        return None
    (best, number), rest = counts[0], sum(count for _, count in counts[1:])
    if number >= _SURE and number >= _CLEARLY * rest:
        return best
    above = _count_languages(headers, "headers").most_common(1)
    agrees = number >= _WITH_HEADERS and rest == 0 and [language for language, _ in above] == [best]
    return best if agrees else None


def _count_languages(texts: Iterable[str], table: str) -> Counter[str]:
    """How many texts have words or letters of one language and of no other."""
    found = (_find_languages(text, table) for text in texts)
    return Counter(next(iter(languages)) for languages in found if len(languages) == 1)


def _find_languages(text: str, table: str) -> set[str]:
    words, letters = _read_signs(table)
    plain = text.casefold()
    by_letters = {language for letter, language in letters.items() if letter in plain}
    return by_letters or {words[word] for word in fold_to_words(text) if word in words}


@functools.cache
def _read_signs(table: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    signs = language_signs()
    words = {word: language for language, held in signs[table].items() for word in held}
    letters = {letter: language for language, held in signs["letters"].items() for letter in held}
    return words, letters
