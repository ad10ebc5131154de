"""Where a name or another value stands in a text by its letters and digits alone, whatever parts them.

It finds what is run together (`anaejemplo`, `#AnaEjemplo`), parted elsewhere (`A n a  E jemplo`) or within a longer
word, and says of many texts at once which of them are worth a closer look.

Of each value four blocks of four letters in a row are kept, the rarest that it has. A text is cut into blocks of four:
wherever a value stands, one of its blocks is one of these. So the work grows with the text and not with the values.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from untoc_network.text.folding import fold_letter
from untoc_network.text.tokens import ESCAPES, TOKEN, Gap, Tokens, tokenize

__all__ = ["SHORTEST_RUN", "RespacedNameFinder"]

SHORTEST_RUN = 7
"""Fewer letters run together occur in other words by chance; so many hold four blocks in a row."""
_LONG_ENOUGH_INSIDE = 12
"""So many letters count in the middle of a word; fewer are the end of another name too often: mariANATORRES."""
_LONG_ENOUGH_TO_TELL = 8
_LONGEST = 64
"""A longer value is recognised by so many letters."""
_BLOCK = 4
_BLOCKS = re.compile("." * _BLOCK)
_AT_ONCE = 256
_PARTING = "\x01"


class RespacedNameFinder:
    """Finds wordings in texts, each given by its folded words. Of one word it only selects texts."""

    def __init__(self, forms: Iterable[tuple[str, ...]]) -> None:
        self._forms = frozenset(forms)
        self._letters = {letters[:_LONGEST] for form in self._forms if len(letters := "".join(form)) >= SHORTEST_RUN}
        self._single = {form[0][:_LONGEST] for form in self._forms if len(form) == 1}
        self._short = {form[0] for form in self._forms if form and sum(map(len, form)) < SHORTEST_RUN}
        often = Counter(block for letters in self._letters for block in _windows(letters))
        self._blocks: dict[str, set[tuple[int, int]]] = {}
        for letters in self._letters:
            rarity = [often[block] for block in _windows(letters)]
            first = min(range(len(rarity) - _BLOCK + 1), key=lambda at: max(rarity[at : at + _BLOCK]))
            for at in range(first, first + _BLOCK):
                self._blocks.setdefault(letters[at : at + _BLOCK], set()).add((at, len(letters)))

    def __bool__(self) -> bool:
        return bool(self._forms)

    def select(self, texts: Iterable[str]) -> Iterator[str]:
        """Of many texts those that may have one of the wordings, as names are written or by its letters."""
        if not self:
            return
        escaped, plain, other = list[str](), list[str](), list[str]()
        for text in texts:
            has_escapes = ("%" in text or "&" in text) and ESCAPES.search(text)
            (escaped if has_escapes else plain if text.isascii() else other).append(text)
        folding = _Folding()
        for text in escaped:
            words = tokenize(text).words
            if self._has_run("".join(words)) or not self._short.isdisjoint(words):
                yield text
        for some in (*_portions(plain), *_portions(other)):
            # many texts are folded and compared at once, and looked at one by one only where one of them has something
            folded = _PARTING.join(some).translate(folding)
            letters = folded.replace(" ", "")
            if self._has_block(letters) or self._has_short(folded):
                lines = zip(some, letters.split("\n"), folded.split("\n"), strict=False)
                if folded.count("\n") == len(some) - 1:
                    yield from (text for text, run, line in lines if self._has_run(run) or self._has_short(line))
                else:  # one of them holds what parts them
                    yield from some

    def index(self, texts: Iterable[str]) -> Mapping[str, list[str]]:
        """By the letters of each wording the texts that have it; `keys` are the letters of all."""
        found = defaultdict[str, list[str]](list)
        for text in texts:
            words = tokenize(text).words
            letters = "".join(words)
            for key in {letters[start:end] for start, end in self._find(letters)}.union(
                self._short.intersection(words)
            ):
                found[key].append(text)
        return found

    @property
    def keys(self) -> Iterator[str]:
        """The letters of each wording, of a short one the first word."""
        return itertools.chain(self._letters, self._short)

    def _has_block(self, letters: str) -> bool:
        return not self._blocks.keys().isdisjoint(_BLOCKS.findall(letters))

    def _has_run(self, letters: str) -> bool:
        return self._has_block(letters) and next(self._find(letters), None) is not None

    def _has_short(self, folded: str) -> bool:
        return bool(self._short) and not self._short.isdisjoint(TOKEN.findall(folded))

    def _find(self, letters: str) -> Iterator[tuple[int, int]]:
        blocks = self._blocks
        for number, block in enumerate(_BLOCKS.findall(letters)):
            for at, length in blocks.get(block, ()):
                start = number * _BLOCK - at
                if 0 <= start <= len(letters) - length and letters[start : start + length] in self._letters:
                    yield start, start + length

    def mentions(self, tokens: Tokens) -> Iterator[tuple[int, int, bool]]:
        """Where a wording of several words stands: its first token, the end of its tokens, whether it surely is it.

        It is sure where its letters begin and end with words, parted otherwise than in the name, or are many within
        one word. In its own words with other signs between them they may be two names, and so may parts of words.
        """
        letters = "".join(tokens.words)
        found = sorted({*self._find(letters)})
        if not found:
            return
        starts = [*itertools.accumulate(map(len, tokens.words), initial=0)]
        for start, end in found:
            first, last = bisect.bisect_right(starts, start) - 1, bisect.bisect_left(starts, end) - 1
            inside = end - start if first == last else 0
            is_apart = all(_is_edge(tokens, starts, edge) for edge in (start, end))
            gaps = [tokens.gap(place) for place in range(first + 1, last + 1)]
            if Gap.FAR in gaps or letters[start:end] in self._single or _cuts_number(letters, starts, start, end):
                continue
            if is_apart:
                is_sure = tokens.words[first : last + 1] not in self._forms and Gap.LOOSE not in gaps
                yield first, last + 1, is_sure
            elif end - start >= _LONG_ENOUGH_INSIDE or inside >= _LONG_ENOUGH_TO_TELL:
                yield first, last + 1, inside >= _LONG_ENOUGH_INSIDE


def _is_edge(tokens: Tokens, starts: Sequence[int], edge: int) -> bool:
    """Whether a word begins or ends at a letter: by what parts it, or by a capital after a small letter."""
    place = bisect.bisect_right(starts, edge) - 1
    if starts[place] == edge:
        return True
    here = tokens.places[place][0] + edge - starts[place]
    return tokens.ends is None and tokens.text[here].isupper() and tokens.text[here - 1].islower()


def _windows(letters: str) -> list[str]:
    return [letters[at : at + _BLOCK] for at in range(len(letters) - _BLOCK + 1)]


def _portions(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    return (texts[start : start + _AT_ONCE] for start in range(0, len(texts), _AT_ONCE))


def _cuts_number(letters: str, starts: Sequence[int], start: int, end: int) -> bool:
    """Whether the passage begins or ends within a number."""
    return any(
        starts[bisect.bisect_right(starts, edge) - 1] != edge and letters[edge - 1 : edge + 1].isdigit()
        for edge in (start, end)
    )


class _Folding(dict[int, str]):
    """What each character counts for: letters and digits, a blank for all else; a line for what parts two texts."""

    def __init__(self) -> None:
        super().__init__({ord(_PARTING): "\n", ord("\n"): " "})

    def __missing__(self, code: int) -> str:
        self[code] = folded = fold_letter(chr(code))
        return folded
