"""In which code page a list was saved, where that is not UTF-8.

The lists of this field are in four languages, and three code pages of theirs are told apart here by what their letters
look like: no word of them has `—` or `È` in its middle. Detectors of all the world's code pages confuse just these on
lists of a few rows, so chardet is asked only where none of the three fits. The text is never put together anew.
"""

from __future__ import annotations

import codecs
import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator

import attrs

from untoc_network.diagnostics.codes import member_lists as importing
from untoc_network.serializers.member_lists.sheet_reading import UnreadableSheet

__all__ = ["DecodedText", "decode_list"]


@attrs.frozen(kw_only=True)
class DecodedText:
    """A text, the code page that was guessed where one was, and at which letter the guess can be looked at.

    `doubt` is a key of the phrases of the finding: why the text may be read wrongly.
    """

    text: str = attrs.field(repr=False)
    guess: str | None = None
    doubt: str | None = None
    at: int = 0


_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = ("cp1252", "mac_roman", "cp850")
"""Where two fit alike, the first is the likelier one."""
_FIRST_LETTERS = 20_000
"""So many letters outside ASCII are looked at."""
_FITS = 0.35
"""What a letter costs on an average, at the most, in a text of the four languages."""


def decode_list(data: bytes, encoding: str | None = None) -> DecodedText:
    """The text of a list, in the code page that is said, else as its marks or its letters say.

    Raises `UnreadableSheet` where the bytes are not of that code page, or of none.
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    try:
        if encoding is not None:
            return DecodedText(text=data.decode(encoding).removeprefix("\ufeff"))
        if marked or (marked := _find_wide_encoding(data)):
            return DecodedText(text=data.decode(marked).removeprefix("\ufeff"))
        return _look_for_double_encoding(data.decode("utf-8"))
    except UnicodeError:
        if encoding is not None:
            raise UnreadableSheet(importing.unreadable_sheet, problem="other-encoding", remedy="say-encoding") from None
    return _guess(data)


def _find_wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark: of the letters of ASCII every other byte is NUL, always on the same side."""
    sample = data[:4000]
    nuls = sample[::2].count(0), sample[1::2].count(0)
    if 4 * max(nuls) < len(sample) or min(nuls) > max(nuls) // 8:
        return None
    return "utf-16-be" if nuls[0] > nuls[1] else "utf-16-le"


_TWICE = re.compile(f"[ÂÃ][{''.join(bytes([code]).decode('cp1252', 'ignore') for code in range(0x80, 0xC0))}]")
"""A letter whose two bytes in UTF-8 were read as two letters, and saved again."""


def _look_for_double_encoding(text: str) -> DecodedText:
    found = _TWICE.search(text)
    return DecodedText(text=text, doubt="twice", guess="utf-8", at=found.start()) if found else DecodedText(text=text)


def _guess(data: bytes) -> DecodedText:
    """The code page in which the letters make the likeliest words. Raises `UnreadableSheet` where none can be right."""
    texts = {name: text for name in _WESTERN if (text := _decode(data, name)) is not None}
    costs = {name: _cost(text) for name, text in texts.items()}
    best = min(costs, key=lambda name: costs[name])
    text, doubt = texts[best], None
    if costs[best] > _FITS:
        doubt = "no-words"
        other = _detect(data)
        if other is not None:
            best, text, doubt = other, data.decode(other), "other-letters"
        elif "cp1252" in texts:
            best, text = "cp1252", texts["cp1252"]
        else:
            raise UnreadableSheet(importing.unreadable_sheet, problem="encoding", remedy="say-encoding")
    return DecodedText(text=text, guess=best, doubt=doubt, at=next(_find_letters(text), 0))


def _decode(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeError, LookupError):
        return None


def _detect(data: bytes) -> str | None:
    """What chardet takes the bytes for, if it is there, and if that makes words: letters, and few alphabets."""
    detect = _import_detector()
    name = detect(data)["encoding"] if detect else None
    text = _decode(data, name) if name else None
    if text is None or "\0" in text:
        return None
    letters = [text[at] for at in _find_letters(text)]
    odd = sum(not letter.isalpha() and unicodedata.category(letter)[0] not in "MPZ" for letter in letters)
    return codecs.lookup(str(name)).name if 5 * odd <= len(letters) else None


def _import_detector() -> Callable[[bytes], dict[str, str | None]] | None:
    try:
        import chardet
    except ImportError:
        return None
    return chardet.detect  # type: ignore[return-value, unused-ignore]


# -- what a text looks like -------------------------------------------------------------------------------------------

_NEAR = frozenset("äöåøæßÄÖÅØÆ")
"""Letters of names from neighbouring languages."""
_USUAL = frozenset("áéíóúüñçàâêôõãèùûëïîœÁÉÍÓÚÜÑÇÀÂÊÔÕÃÈÙÛËÏÎŒ")
_APOSTROPHE = "\u2019"
_SIGNS_IN_WORDS = frozenset(f"{_APOSTROPHE}·ºª\u00a0°")
_SIGNS_BEFORE_WORDS = frozenset("¿¡“\u2018«€§\u2013—•\u00a0„")
_SIGNS_AFTER_WORDS = frozenset(f"”{_APOSTROPHE}»…\u2013—®©™\u00a0€°ºª")
_OUTSIDE_ASCII = re.compile(r"[^\x00-\x7f]")


def _find_letters(text: str) -> Iterator[int]:
    """Where letters outside ASCII stand, the first ones."""
    return (found.start() for found in itertools.islice(_OUTSIDE_ASCII.finditer(text), _FIRST_LETTERS))


def _cost(text: str) -> float:
    """How unlikely the letters outside ASCII are beside their neighbours, on an average."""
    costs = [_cost_at(text, at) for at in _find_letters(text)]
    return sum(costs) / len(costs) if costs else 0.0


def _cost_at(text: str, at: int) -> float:
    letter, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if not letter.isalpha() or letter in _SIGNS_IN_WORDS:
        return _cost_of_sign(letter, text[max(at - 3, 0) : at], text[at + 1 : at + 3])
    cost = 0.0 if letter in _USUAL else 0.3 if letter in _NEAR else 1.0
    is_three = _is_foreign(before) and (_is_foreign(after) or _is_foreign(text[at - 2 : at - 1]))
    cost += 3 * (is_three or (_is_foreign(after) and _is_foreign(text[at + 2 : at + 3])))
    cost += 3 * (letter.isupper() and (before.islower() or (before.isupper() and after.islower())))
    cost += 0.5 * (letter.islower() and ((before.isupper() and after.isupper()) or (after.isupper() and not before)))
    cost += 0.5 * (letter.islower() and before.isupper() and text[at - 2 : at - 1].isupper())
    cost += 2 * (letter == "œ" and after not in ("u", "i", "c"))
    is_possessive = letter == "í" and before.isalpha() and before not in "aeou" and _ends(text[at + 1 : at + 3], "s")
    return cost + is_possessive


def _is_foreign(letter: str) -> bool:
    return letter > "\x7f" and letter.isalpha()


def _ends(rest: str, letter: str) -> bool:
    """Whether a word ends with that letter, and nothing but that."""
    return rest[:1] == letter and not rest[1:2].isalpha()


def _cost_of_sign(sign: str, before: str, after: str) -> float:
    """A quote, a dash or another sign: whether it stands where such a sign does."""
    is_after_word, is_before_word = before[-1:].isalpha(), after[:1].isalpha()
    if is_after_word and is_before_word:
        elided = not before[-2:-1].isalpha() or before[-2:].casefold() == "qu"
        possessive = _ends(after, "s") and before[-1:] not in "aeou"
        return 0.0 if sign == _APOSTROPHE and (elided or possessive) else 0.6 if sign in _SIGNS_IN_WORDS else 3.0
    if is_before_word:
        return 0.2 if sign in _SIGNS_BEFORE_WORDS else 3.0
    return 0.2 if sign in _SIGNS_AFTER_WORDS or (sign in _SIGNS_BEFORE_WORDS and not is_after_word) else 3.0
