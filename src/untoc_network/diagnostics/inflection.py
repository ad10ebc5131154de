"""How a value that is put into a template changes what stands before it, and how a day is written.

English keeps `2026-11-30`; the others write `30 de noviembre de 2026`. A day that is known to the month or the year
takes another word before it: *el 30 de noviembre*, but *en noviembre*. Articles melt with the word before them: *de el*
is *del*. Templates are written for whole days and without such contractions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["contract", "format_day", "settle_article"]

_MONTHS: Mapping[str, str] = {
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
_FIRST = {"pt": "1º", "fr": "1er"}
_JOINS = {"es": " de ", "pt": " de ", "fr": " "}
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")

_ARTICLES: Mapping[str, tuple[tuple[re.Pattern[str], str], ...]] = {
    "es": (
        (re.compile(r"\b(hasta|desde|entre|y) el $"), r"\1 "),
        (re.compile(r"\bdel $"), "de "),
        (re.compile(r"\bal $"), "a "),
        (re.compile(r"\bel $"), "en "),
    ),
    "fr": (
        (re.compile(r"\b(depuis|avant|après|entre|et) le $"), r"\1 "),
        (re.compile(r"\bjusqu(.)au $"), r"jusqu\1en "),
        (re.compile(r"\bdu $"), "de "),
        (re.compile(r"\bau $"), "à "),
        (re.compile(r"\ble $"), "en "),
    ),
}
"""What stands before a whole day, and before a month or a year."""

_BEGIN_WITH_A_VOWEL = {"04", "08", "10"}
_DE = re.compile(r"\bde $")
"""French: *de mars*, but *d'avril*, *d'août* and *d'octobre*."""

_CONTRACTIONS: Mapping[str, Mapping[str, str]] = {
    "es": {"de el": "del", "a el": "al"},
    "pt": {
        "de o": "do",
        "de a": "da",
        "em o": "no",
        "em a": "na",
        "a o": "ao",
        "a a": "à",
        "por o": "pelo",
        "por a": "pela",
    },
    "fr": {"de le": "du", "à le": "au"},
}
_LAST_WORD = re.compile(r"\b\w+ $")


def contract(before: str, value: str, language: str) -> tuple[str, str]:
    """What stands before a value that begins with an article, and the value; the two words are one where they melt."""
    article, _, name = value.partition(" ")
    last = _LAST_WORD.search(before)
    melted = _CONTRACTIONS.get(language, {}).get(f"{last[0]}{article}") if last else None
    return (before, value) if last is None or melted is None else (f"{before[: last.start()]}{melted} ", name)


def format_day(value: str, language: str) -> str:
    """A day, month or year in the words of the language; other text, and English, stays as it is."""
    months = _MONTHS.get(language, "").split()
    known = _DAY.fullmatch(value)
    if known is None or known[2] is None or not 1 <= int(known[2]) <= len(months):
        return value
    parts = [months[int(known[2]) - 1], known[1]]
    if known[3] is not None:
        parts.insert(0, _FIRST.get(language, "1") if known[3] == "01" else str(int(known[3])))
    return _JOINS[language].join(parts)


def settle_article(before: str, value: str, language: str) -> str:
    """What stands before a day, with the word that a month or a year takes where `value` is one."""
    if len(value) == len("2026-11-30") or not _DAY.fullmatch(value):
        return before
    for pattern, said in _ARTICLES.get(language, ()):
        if pattern.search(before):
            before = pattern.sub(said, before)
            break
    elided = language == "fr" and value[5:7] in _BEGIN_WITH_A_VOWEL
    return _DE.sub("d\u2019", before) if elided else before
