"""Addresses, numbers and identifiers as people write them into cells."""

from __future__ import annotations

import re
from collections.abc import Mapping

from untoc_network.formats.sheets.understood import MARKS, MARKS_AND_COMMAS, NOTHING, Understood, parts
from untoc_network.values.identifier import Identifier, IdentifierScheme
from untoc_network.values.ids import FORMS, Url

__all__ = ["emails", "identifiers", "links", "phones"]

_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
_BETWEEN = re.compile(r"[\s;,/|<>()]+")
_PHONE = re.compile(r"[+(]?[0-9][0-9 ().+-]{4,28}[0-9](?: ?(?:ext|int|anexo|ramal)\.? ?[0-9]{1,6})?", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s;|]+", re.IGNORECASE)
_BARE = re.compile(r"(?:www\.)?[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*\.[A-Za-z]{2,24}(?:/[^\s;|]*)?")


def emails(text: str, _: str | None) -> Understood:
    """The e-mail addresses in a cell; the rest of what it says is not lost."""
    found = tuple(dict.fromkeys(match.strip(".'-") for match in _EMAIL.findall(text)))
    if not found:
        return NOTHING
    rest = _BETWEEN.split(_EMAIL.sub(" ", text))
    whole = {*rest} <= {"", "y", "e", "and", "et"}
    return Understood(values=found, whole=whole, guess=None if whole else "address-in-text")


def phones(text: str, _: str | None) -> Understood:
    """Telephone numbers; what is too short for one, such as the end of `6000-0000/01`, is none."""
    pieces = parts(text, MARKS_AND_COMMAS)
    found = [part for part in pieces if _PHONE.fullmatch(part)]
    return Understood(values=tuple(dict.fromkeys(found)), whole=bool(found) and len(found) == len(pieces))


def links(text: str, _: str | None) -> Understood:
    """Web addresses; to one that begins with no scheme, https is added as a guess."""
    pieces = [piece for piece in re.split(r"[\s;|,]+", text) if piece]
    bare = {piece for piece in pieces if _BARE.fullmatch(piece)}
    full = [f"https://{one}" if one in bare else one for one in pieces if one in bare or _ADDRESS.fullmatch(one)]
    found = tuple(dict.fromkeys(url for url in full if FORMS[Url].fits(url)))
    guess = "no-scheme" if bare else None
    return Understood(values=found, whole=bool(found) and len(full) == len(pieces), guess=guess)


_IDENTIFIERS: Mapping[IdentifierScheme, re.Pattern[str]] = {
    IdentifierScheme.ROR: re.compile(r"(?:https?://ror\.org/|ror\.org/)?(0[0-9a-z]{8})"),
    IdentifierScheme.ISNI: re.compile(r"(?:https?://(?:www\.)?isni\.org/(?:isni/)?)?([0-9]{15}[0-9X])"),
    IdentifierScheme.WIKIDATA: re.compile(r"(?:https?://www\.wikidata\.org/wiki/)?(Q[1-9][0-9]{0,11})"),
    IdentifierScheme.LEI: re.compile(r"([0-9A-Z]{18}[0-9]{2})"),
    IdentifierScheme.ORG_ID: re.compile(r"([A-Z]{2,3}-[A-Z0-9]{1,20}:.{1,100})"),
}


def _identifier(text: str) -> Identifier | None:
    for scheme, shape in _IDENTIFIERS.items():
        found = shape.fullmatch(text)
        if found and (made := Identifier(scheme=scheme, value=found[1])).is_sound:
            return made
    return None


def identifiers(text: str, _: str | None) -> Understood:
    """Identifiers in the registers whose form and check digits are known, bare or as web addresses."""
    made = [_identifier(part) for part in parts(text, MARKS)]
    found = tuple(dict.fromkeys(one for one in made if one is not None))
    return Understood(values=found, whole=bool(found) and None not in made)
