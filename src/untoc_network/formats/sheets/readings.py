"""From the text of a cell to values of the model: what is understood, whether that is all, what was guessed."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

import attrs

from untoc_network import reference
from untoc_network.errors import ImpossibleValue
from untoc_network.formats.sheets.words import LANGUAGES, MONTHS, NO, YES, choices_of
from untoc_network.model.network import MembershipClass, MembershipRole
from untoc_network.model.stakeholder import EngagementTool, OrganizationFlag, OrganizationKind, Theme
from untoc_network.reference.names import folded
from untoc_network.values.dates import PartialDate
from untoc_network.values.identifier import Identifier, IdentifierScheme
from untoc_network.values.ids import FORMS, Url

__all__ = ["READINGS", "FieldReading", "Understood"]


@attrs.frozen(kw_only=True)
class Understood:
    """What a cell says.

    `whole` tells whether the values say all that the cell says; `guess` what was concluded and could be wrong;
    `ambiguous` that it can mean two different days.
    """

    values: tuple[Any, ...] = ()
    whole: bool = True
    guess: str | None = None
    ambiguous: bool = False


_NOTHING = Understood(whole=False)
Reader = Callable[[str, str | None], Understood]
"""Called with the text of a cell and the order of day, month and year, where it is given."""


@attrs.frozen(kw_only=True)
class FieldReading:
    """How the cells of a field are read: in words what is due there, by which function, and whether many fit."""

    wanted: str
    read: Reader
    many: bool = False
    remedy: str = "correct the cell, or map its column to 'note'"


# -- several values in a cell ----------------------------------------------------------------------------------------

_MARKS = re.compile(r"[;|\n\r]+")
_MARKS_AND_COMMAS = re.compile(r"[;|\n\r,/]+")
_AND = re.compile(r"\s+(?:y|e|and|et)\s+|\s*&\s*", re.IGNORECASE)


def _parts(text: str, marks: re.Pattern[str]) -> list[str]:
    return [part for piece in marks.split(text) if (part := piece.strip(" .\t"))]


def _each(one: Callable[[str], Any], text: str, _: str | None) -> Understood:
    """Values of a list, apart by marks; a part that is none as a whole may be two with an `and` between them."""
    values: list[Any] = []
    whole = True
    for part in _parts(text, _MARKS_AND_COMMAS):
        here = one(part)
        several = [here] if here is not None else [one(piece) for piece in _parts(part, _AND)]
        values += [value for value in several if value is not None]
        whole = whole and None not in several and bool(several)
    return Understood(values=tuple(dict.fromkeys(values)), whole=whole and bool(values))


def _words_apart(text: str, _: str | None) -> Understood:
    return Understood(values=tuple(_parts(text, _MARKS)), whole=bool(_parts(text, _MARKS)))


def _text(text: str, _: str | None) -> Understood:
    return Understood(values=(" ".join(text.split()),))


# -- choices, countries, languages, yes and no -----------------------------------------------------------------------


def _choice(kind: type[StrEnum], text: str) -> StrEnum | None:
    return choices_of(kind).get(folded(text.replace("-", " ")))


def _one_of(kind: type[StrEnum], text: str, order: str | None) -> Understood:
    """One choice; where the cell says more, the one that is known among its parts."""
    whole = _choice(kind, text)
    if whole is not None:
        return Understood(values=(whole,))
    found = _each(functools.partial(_choice, kind), text, order)
    return attrs.evolve(found, whole=found.whole and len(found.values) == 1) if len(found.values) == 1 else _NOTHING


_ABBREVIATED = (("Rep.", "República"), ("&", "y"), ("Sto.", "Santo"), ("St.", "Saint"))
_INVENTED = re.compile(r"X[A-Z]")


def _country(name: str) -> str | None:
    """The code of a country by any name; `XA` to `XZ` are for invented countries."""
    if _INVENTED.fullmatch(name):
        return name
    spelt = functools.reduce(lambda text, pair: text.replace(*pair), _ABBREVIATED, name)
    country = reference.country(name) or reference.country(spelt)
    return None if country is None else country.code


def _one_country(text: str, _: str | None) -> Understood:
    code = _country(text)
    return _NOTHING if code is None else Understood(values=(code,))


def _countries(text: str, order: str | None) -> Understood:
    return _one_country(text, order) if _country(text) else _each(_country, text, order)


def _language(name: str) -> str | None:
    return LANGUAGES.get(folded(name))


def _truth(text: str, _: str | None) -> Understood:
    word = folded(text)
    return Understood(values=(word in YES,)) if word in YES | NO else _NOTHING


# -- dates -----------------------------------------------------------------------------------------------------------

_NUMBERS = re.compile(r"([0-9]{1,4})[./ -]([0-9]{1,2})[./ -]([0-9]{4}|[0-9]{1,2})")
_MONTH_AND_YEAR = re.compile(r"(?:([0-9]{1,2})(?:st|nd|rd|th|er|º|°)?\s)?\s*([a-z]+)\s([0-9]{4})")
_MONTH_FIRST = re.compile(r"([a-z]+)\s([0-9]{1,2})(?:st|nd|rd|th)?\s([0-9]{4})")
_SHORT = re.compile(r"([0-9]{1,2})[./-]([0-9]{4})")
_FILLERS = re.compile(r"\b(?:de|del|of|do|da)\b|,|\.")


def _date(text: str, order: str | None) -> Understood:
    """A date in ISO's form, in words, or in numbers whose order is given or can be only one."""
    try:
        return Understood(values=(PartialDate(text),))
    except ImpossibleValue:
        pass
    numbers = _NUMBERS.fullmatch(text)
    if numbers:
        return _in_numbers(numbers.groups(), order)
    short = _SHORT.fullmatch(text)
    return _days([_made(short[2], short[1])]) if short else _in_words(text)


def _in_numbers(numbers: tuple[str, ...], order: str | None) -> Understood:
    """A date of three numbers; a year of two digits is never completed."""
    orders = [order] if order else ["ymd"] if len(numbers[0]) > 2 else ["dmy", "mdy"]
    named = [dict(zip(each, numbers, strict=True)) for each in orders]
    return _days([_made(one["y"], one["m"], one["d"]) for one in named])


def _in_words(text: str) -> Understood:
    plain = " ".join(_FILLERS.sub(" ", _unaccented(text)).split())
    if found := _MONTH_AND_YEAR.fullmatch(plain):
        day, month, year = found.groups()
    elif found := _MONTH_FIRST.fullmatch(plain):
        month, day, year = found.groups()
    else:
        return _NOTHING
    number = MONTHS.get(month)
    parts = [year, str(number), *([day] if day else [])]
    return _NOTHING if number is None else _days([_made(*parts)])


def _unaccented(text: str) -> str:
    return " ".join(folded(word) if word.isalpha() else word.casefold() for word in re.split(r"\s+", text))


def _made(year: str, *rest: str) -> PartialDate | None:
    try:
        return PartialDate("-".join((year, *(number.zfill(2) for number in rest))))
    except ImpossibleValue:
        return None


def _days(read: list[PartialDate | None]) -> Understood:
    days = {day for day in read if day is not None}
    if len(days) == 1:
        return Understood(values=tuple(days))
    return Understood(whole=False, ambiguous=len(days) > 1)


# -- addresses and numbers -------------------------------------------------------------------------------------------

_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
_BETWEEN = re.compile(r"[\s;,/|<>()]+")
_PHONE = re.compile(r"[+(]?[0-9][0-9 ().+-]{4,28}[0-9](?: ?(?:ext|int|anexo|ramal)\.? ?[0-9]{1,6})?", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s;|]+", re.IGNORECASE)
_BARE = re.compile(r"(?:www\.)?[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*\.[A-Za-z]{2,24}(?:/[^\s;|]*)?")


def _emails(text: str, _: str | None) -> Understood:
    """The e-mail addresses in a cell; the rest of what it says is not lost."""
    found = tuple(dict.fromkeys(match.strip(".'-") for match in _EMAIL.findall(text)))
    if not found:
        return _NOTHING
    rest = _BETWEEN.split(_EMAIL.sub(" ", text))
    whole = {*rest} <= {"", "y", "e", "and", "et"}
    return Understood(values=found, whole=whole, guess=None if whole else "an address is taken out of other text")


def _phones(text: str, _: str | None) -> Understood:
    parts = _parts(text, re.compile(r"[;|\n\r,/]+"))
    found = [part for part in parts if _PHONE.fullmatch(part)]
    return Understood(values=tuple(dict.fromkeys(found)), whole=bool(found) and len(found) == len(parts))


def _links(text: str, _: str | None) -> Understood:
    """Web addresses; to one that begins with no scheme, https is added as a guess."""
    parts = [part for part in re.split(r"[\s;|,]+", text) if part]
    bare = [part for part in parts if _BARE.fullmatch(part)]
    full = [f"https://{part}" if part in bare else part for part in parts if part in bare or _ADDRESS.fullmatch(part)]
    found = tuple(dict.fromkeys(url for url in full if FORMS[Url].fits(url)))
    guess = "the address has no scheme; https:// is put before it" if bare else None
    return Understood(values=found, whole=bool(found) and len(full) == len(parts), guess=guess)


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


def _identifiers(text: str, _: str | None) -> Understood:
    made = [_identifier(part) for part in _parts(text, _MARKS)]
    found = tuple(dict.fromkeys(one for one in made if one is not None))
    return Understood(values=found, whole=bool(found) and None not in made)


# -- persons ---------------------------------------------------------------------------------------------------------


def _persons(text: str, _: str | None) -> Understood:
    """Names of persons, apart by marks; at an `and` only where both sides have two words, and then as a guess."""
    parts = _parts(text, re.compile(r"[;|\n\r/]+"))
    names: list[str] = []
    for part in parts:
        pieces = [" ".join(piece.split()) for piece in _AND.split(part)]
        names += pieces if len(pieces) > 1 and all(" " in piece for piece in pieces) else [" ".join(part.split())]
    guess = "it is taken for the names of several persons" if len(names) > 1 else None
    return Understood(values=tuple(names), whole=bool(names), guess=guess)


def _choices(kind: type[StrEnum], wanted: str) -> FieldReading:
    return FieldReading(
        wanted=wanted,
        read=functools.partial(_each, functools.partial(_choice, kind)),
        many=True,
        remedy=f"write some of: {', '.join(kind)}",
    )


def _choosing(kind: type[StrEnum], wanted: str) -> FieldReading:
    return FieldReading(wanted=wanted, read=functools.partial(_one_of, kind), remedy=f"write one of: {', '.join(kind)}")


_NAME = FieldReading(wanted="a name", read=_text)
_DAY = FieldReading(
    wanted="a date",
    read=_date,
    remedy="write 2022, 2022-03 or 2022-03-28, or say the order: --dates dmy, --dates mdy or --dates ymd",
)
_EMAILS = FieldReading(wanted="an e-mail address", read=_emails, many=True)
_PHONES = FieldReading(wanted="a telephone number", read=_phones, many=True)
_LINKS = FieldReading(wanted="a web address", read=_links, many=True)
_SEVERAL = FieldReading(wanted="text", read=_words_apart, many=True)
_YES_OR_NO = FieldReading(wanted="yes or no", read=_truth, remedy="write yes or no, sí or no, sim or não, oui or non")

READINGS: Mapping[str, FieldReading] = {
    **dict.fromkeys(("name", "name.en", "name.es", "name.pt", "name.fr"), _NAME),
    **dict.fromkeys(("acronym", "alias", "former_name", "expertise"), _SEVERAL),
    "kind": _choosing(OrganizationKind, "a kind of organization"),
    "flags": _choices(OrganizationFlag, "a flag"),
    "country": FieldReading(
        wanted="the name of one country", read=_one_country, remedy="write its name in en, es, fr or pt, or its code"
    ),
    "city": FieldReading(wanted="a town", read=_text),
    "address": FieldReading(wanted="an address", read=_text),
    "countries": FieldReading(
        wanted="names of countries", read=_countries, many=True, remedy="write their names in en, es, fr or pt"
    ),
    "themes": _choices(Theme, "a theme"),
    "languages": FieldReading(
        wanted="a language",
        read=functools.partial(_each, _language),
        many=True,
        remedy="write its name in en, es, fr or pt, or its code",
    ),
    "tools": _choices(EngagementTool, "an engagement tool"),
    "founded": _DAY,
    "dissolved": _DAY,
    "website": _LINKS,
    "social": _LINKS,
    "identifier": FieldReading(wanted="an identifier with right check digits", read=_identifiers, many=True),
    "at_risk": _YES_OR_NO,
    "email": _EMAILS,
    "phone": _PHONES,
    "post": FieldReading(wanted="an address", read=_text, many=True),
    "messaging": _PHONES,
    "person.name": FieldReading(wanted="a name", read=_persons, many=True),
    "person.post": FieldReading(wanted="a post", read=_words_apart, many=True),
    "person.email": _EMAILS,
    "person.phone": _PHONES,
    "person.gender": FieldReading(wanted="a gender", read=_text),
    "member.class": _choosing(MembershipClass, "a class of membership"),
    "member.role": _choosing(MembershipRole, "a role of a member"),
    "member.since": _DAY,
    "member.until": _DAY,
    "member.active": _YES_OR_NO,
}
"""How the cells of each field are read."""
