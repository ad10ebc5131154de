"""The words of a text with their places: folded for comparing, yet told by where they stand in the text as it is.

A word is a run of letters and digits. Combining marks belong to it, and so do soft hyphens, zero-width characters and
marks of direction inside it. The work is linear in the text, whatever the text.
"""

from __future__ import annotations

import re
import unicodedata

import attrs

from untoc_network.text.folding import fold_letter

__all__ = ["TextWords", "fold_word", "lower_word", "split_words"]

LONGEST_WORD = 60
"""No name has a longer word: a longer one is not folded."""

_MARKS = "\u0300-\u036f"
_UNSEEN = "\u00ad\u200b-\u200f\u2060\ufeff"
_WORD = re.compile(rf"[^\W_](?:[^\W_]++|[{_MARKS}]++|[{_UNSEEN}]++(?=[^\W_]))*+")
_NOT_SHOWN = re.compile(f"[{_UNSEEN}]")

_PARTING = r"\s'\u2018\u2019\u02bc\u00b4`\-\u2010-\u2014&/("
_BETWEEN = re.compile(rf"[{_PARTING}]{{1,40}}")
_AFTER_SHORT = re.compile(rf"\.?[{_PARTING}]{{0,40}}")
_BLANK = re.compile(r"[ \t\u00a0]{1,40}")
_AFTER_TITLE = re.compile(r"\.?[ \t\u00a0]{1,40}")
_OPENING = re.compile(r"[.!?:…¿¡•*]|\n\s*\n")
_LOOKED_AT = 41
"""So many characters between two words are looked at; words further apart have nothing to do with each other."""


def fold_word(word: str) -> str:
    """A word in small letters without accents; a word too long for a name is empty."""
    if word.isascii():
        return word.lower()
    if len(word) > LONGEST_WORD:
        return ""
    return "".join(map(fold_letter, word)).replace(" ", "")


def lower_word(word: str) -> str:
    """A word in small letters with its accents, however these are encoded."""
    return unicodedata.normalize("NFC", _NOT_SHOWN.sub("", word).casefold())


@attrs.frozen
class TextWords:
    """The words of a text: `spans` has start and end of each in characters, `folded` its plain form."""

    text: str = attrs.field(repr=False)
    spans: list[tuple[int, int]]
    folded: list[str]

    def __getitem__(self, index: int) -> str:
        """The word as it stands in the text."""
        start, end = self.spans[index]
        return self.text[start:end]

    def __len__(self) -> int:
        return len(self.spans)

    def gap(self, index: int) -> str:
        """What stands before a word, after the word before it, as far as it is looked at; from its end."""
        start = self.spans[index][0]
        return self.text[max(self.spans[index - 1][1] if index else 0, start - _LOOKED_AT) : start]

    def continues(self, index: int) -> bool:
        """Whether a word may go on a name with the word before: blanks, a hyphen, an apostrophe, `&`, `(` part them.

        A full stop does after one or two letters: `St. Lucia`, `EE. UU.`
        """
        short = len(self.folded[index - 1]) <= 2
        return bool((_AFTER_SHORT if short else _BETWEEN).fullmatch(self.gap(index)))

    def follows(self, index: int, *, title: bool = False) -> bool:
        """Whether only blanks part a word from the one before; after a title, a full stop too."""
        return bool((_AFTER_TITLE if title else _BLANK).fullmatch(self.gap(index)))

    def opens(self, index: int) -> bool:
        """Whether a word opens a sentence, or the text."""
        return index == 0 or bool(_OPENING.search(self.gap(index)))

    def is_capitalised(self, index: int) -> bool:
        """Whether the word begins with a capital."""
        return self.text[self.spans[index][0]].isupper()

    def is_shouted(self, index: int) -> bool:
        """Whether a word of two letters or more is all in capitals."""
        start, end = self.spans[index]
        return end - start > 1 and self.text[start:end].isupper()


def split_words(text: str) -> TextWords:
    """The words of a text in their order."""
    spans = [found.span() for found in _WORD.finditer(text)]
    return TextWords(text, spans, [fold_word(text[start:end]) for start, end in spans])
