"""What in a text looks as if it leads to a person: found by its form, so both too much and too little may be found."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

__all__ = [
    "MASK",
    "PersonalDataKind",
    "find_personal_data",
    "holds_personal_data",
    "is_meeting_link",
    "mask",
    "may_hold_personal_data",
]

MASK = "[…]"
"""What stands in the place of what was masked, in every language."""


class PersonalDataKind(StrEnum):
    """What a passage looks like."""

    EMAIL = "email"
    PHONE = "phone"
    DOCUMENT = "document"
    COORDINATES = "coordinates"


def find_personal_data(text: str) -> Iterator[tuple[PersonalDataKind, int, int]]:
    """Every passage that looks like one of these, with where it starts and ends; passages may overlap."""
    digits = len(_DIGIT.findall(text))
    for look, (mark, fewest, pattern) in _PATTERNS.items():
        if digits >= fewest or (mark and mark in text):
            yield from ((look, *found.span()) for found in _compile(pattern).finditer(text))


@functools.cache
def _compile(pattern: str) -> re.Pattern[str]:
    """The long patterns take a while to be compiled, and few texts need them."""
    return re.compile(pattern)


def holds_personal_data(texts: Iterable[str]) -> bool:
    """Whether something in one of the texts looks like one of these; many times faster than looking into each.

    Some hundred at a time are searched for the marks and words without which nothing looks so.
    """
    waiting = iter(texts)
    while some := tuple(itertools.islice(waiting, _AT_ONCE)):
        if may_hold_personal_data("\n".join(some)) and any(any(find_personal_data(text)) for text in some):
            return True
    return False


def may_hold_personal_data(text: str) -> bool:
    """Whether a text, or several in lines, has a mark or a word without which nothing in it looks like one of these."""
    if "@" in text or "\u00b0" in text or any(pattern.search(text) for pattern in _NUMBERS):
        return True
    plain = text.lower() if text.isascii() else _fold_for_patterns(text)
    return any(word in plain for word in _WORDS)


def _fold_for_patterns(text: str) -> str:
    """A text in small letters, without the accents that the words have: at least what a pattern takes for one."""
    plain = text.replace("\u0130", "i").casefold()
    for letter, other in _LETTERS:
        plain = plain.replace(letter, other)
    return plain


def mask(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with `MASK` in the place of each span; what overlaps or touches becomes one."""
    pieces: list[str] = []
    here = 0
    for start, end in sorted(spans):
        if start > here or not pieces:
            pieces.append(text[here:start])
        here = max(here, end)
    return MASK.join((*pieces, text[here:])) if pieces else text


def is_meeting_link(url: str) -> bool:
    """Whether an address leads straight into an online meeting."""
    return _MEETING.match(url) is not None


_DIGIT = re.compile(r"[0-9]")
_WORDS_FOR_PHONE = r"t[eé]l[eé]?(?:fono|fone|phone|f)?|phone|mobile|m[oó]vil|celular|cel|whatsapp|signal|fax"
_WORDS_FOR_DOCUMENT = (
    r"passports?|pasaportes?|passeports?|passaportes?|identity (?:card|document)|id (?:card|no|number)|national id|"
    r"c[eé]dula|documento de identi(?:dad|dade|ficaci[oó]n)|carte d['\u2019]identit[eé]|dni|curp|cpf|ssn|"
    r"dui|dpi|cui|tarjeta de identidad"
)
_AMERICAS = "|".join(
    (
        r"[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}",  # Brazil
        r"[A-Z]{4}[0-9]{6}[HMX][A-Z]{5}[A-Z0-9][0-9]",  # Mexico
        r"[0-9]{1,2}\.[0-9]{3}\.[0-9]{3}-[0-9K]",  # Chile, Uruguay
        r"[VE]-?[0-9]{1,2}\.[0-9]{3}\.[0-9]{3}",  # Venezuela
        r"(?:[1-9]|1[0-3]|PE|E|N)-[0-9]{3,4}-[0-9]{3,6}",  # Panama
        r"[0-9]{3}-[0-9]{6}-[0-9]{4}[A-Z]",  # Nicaragua
        r"[0-9]{3}-[0-9]{7}-[0-9]",  # Dominican Republic
        r"[0-9]{4}-[0-9]{4}-[0-9]{5}",  # Honduras
        r"[0-9]{4} [0-9]{5} [0-9]{4}",  # Guatemala
        r"[0-9]{3}-[0-9]{2}-[0-9]{4}",  # United States
    )
)
"""Numbers of identity documents that are known by their form alone, as they are written where they are given out."""
_NEVER = 10**9
_OTHERS = r"\u00a0-\u00bf\u2000-\u206f\u3000-\u303f\uff01-\uff0f\uff1a-\uff20"
"""Blanks and punctuation outside ASCII, which end an address; letters may come with combining accents (RFC 6531)."""
_IN_LOCAL_PART = rf"[^\x00-\x20\x22()*,/:-<>@\[-\]\x7f{_OTHERS}]"
_IN_HOST = rf"[^\x00-,./:-@\[-^`{{-\x7f{_OTHERS}]"
_PATTERNS: dict[PersonalDataKind, tuple[str, int, str]] = {
    PersonalDataKind.EMAIL: (
        "@",
        _NEVER,
        rf"{_IN_LOCAL_PART}{{1,64}}@{_IN_HOST}{{1,63}}(?:\.{_IN_HOST}{{2,63}}){{1,8}}",
    ),
    PersonalDataKind.PHONE: (
        "",
        6,
        r"(?i)(?<![\w/])(?:\+|00)[1-9](?:[ ().-]{0,2}[0-9]){7,14}(?![\w/])"
        rf"|(?<!\w)(?:{_WORDS_FOR_PHONE})[.:№ ]{{1,4}}[0-9](?:[ ().-]{{0,2}}[0-9]){{5,14}}(?![\w/])",
    ),
    PersonalDataKind.DOCUMENT: (
        "",
        3,
        rf"(?i)(?<!\w)(?:{_WORDS_FOR_DOCUMENT})(?: (?:no?|nr|num|n[uú]mero|number))?[.:º°#№ ]{{1,4}}"
        r"(?=[A-Z0-9./-]{0,19}[0-9]{3})[A-Z0-9][A-Z0-9./-]{4,19}"
        rf"|(?<![\w.+-])(?:{_AMERICAS})(?![\w-])",
    ),
    PersonalDataKind.COORDINATES: (
        "°",
        8,
        r"(?<![\w.])[-\u2212]?[0-9]{1,2}\.[0-9]{3,10} ?[,;] ?[-\u2212]?[0-9]{1,3}\.[0-9]{3,10}(?![\w.]*[0-9])"
        r"|(?<!\w)[0-9]{1,3} ?° ?[0-9]{1,2} ?['\u2019\u2032] ?"
        r"(?:[0-9]{1,2}(?:\.[0-9]{1,4})? ?(?:[\"\u201d\u2033]|'') ?)?[NSEWO]\b",
    ),
}
"""For each look the mark that a text must have, or how many digits at the least; and the form itself."""

_AT_ONCE = 256
_LETTERS = (("\u0131", "i"), ("é", "e"), ("ó", "o"), ("ú", "u"))
_NUMBERS = tuple(
    map(
        re.compile,
        (
            *(r"\.[0-9]{3}", r"\+[1-9]", r"00[1-9](?:[ ().-]{0,2}[0-9]){7}"),
            # Of the numbers of the Americas that have no point a part each, which is found ten times as fast as they.
            r"-[0-9]{2,4}-[0-9]{3}",  # Panama, Honduras, United States
            r"-[0-9]{6}",  # Nicaragua, Dominican Republic
            r" [0-9]{5} [0-9]{4}",  # Guatemala
            r"[HMXhmx](?<=[0-9].)\w{6}[0-9]",  # Mexico
        ),
    )
)
_WORDS = (
    *("tel", "cel", "phone", "mobile", "movil", "whatsapp", "signal", "fax", "pass", "pasa", "identi", "id card"),
    *("id n", "nal id", "cedula", "carte d", "dni", "curp", "cpf", "ssn", "dui", "dpi", "cui"),
)
"""What a text must have, one of it at the least, for something in it to look like one of these."""

_MEETING = re.compile(
    r"https?://(?:[\w.-]+\.)?(?:zoom\.us/(?:j|w|my)/|teams\.microsoft\.com/l/meetup-join|teams\.live\.com/meet|"
    r"meet\.google\.com/|webex\.com/(?:meet|join)|meet\.jit\.si/)",
    re.IGNORECASE,
)
