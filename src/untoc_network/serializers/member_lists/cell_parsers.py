"""From the text of a cell to values of the model: what is understood, whether that is all, what was guessed."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

import attrs

from untoc_network import reference
from untoc_network.model.network import MembershipClass, MembershipRole
from untoc_network.model.stakeholder import EngagementTool, OrganizationFlag, OrganizationKind, Theme
from untoc_network.serializers.member_lists.addresses import emails, identifiers, links, phones, social_links
from untoc_network.serializers.member_lists.local_dates import date
from untoc_network.serializers.member_lists.parsed_cell import (
    AND,
    MARKS,
    MARKS_AND_COMMAS,
    NOTHING,
    Reader,
    Understood,
    parts,
)
from untoc_network.serializers.member_lists.words import LANGUAGES, NO, YES, choices_of
from untoc_network.text.folding import fold
from untoc_network.values.consent import Audience, ConsentBasis, Purpose
from untoc_network.values.ids import FORMS, OrganizationId
from untoc_network.values.place import Region

__all__ = ["READINGS", "FieldReading", "Understood"]


@attrs.frozen(kw_only=True)
class FieldReading:
    """How the cells of a field are read: what is due there, by which function, whether many fit, and what to do else.

    `wanted` and `remedy` are keys of the phrases of IM008.
    """

    wanted: str
    read: Reader
    many: bool = False
    remedy: str = "correct"
    choices: str = ""


# -- several values in a cell ----------------------------------------------------------------------------------------


def _each(one: Callable[[str], Any], text: str, _: str | None) -> Understood:
    """Values of a list, apart by marks; a part that is none as a whole may be two with an `and` between them."""
    values: list[Any] = []
    whole = True
    for part in parts(text, MARKS_AND_COMMAS):
        here = one(part)
        several = [here] if here is not None else [one(piece) for piece in parts(part, AND)]
        values += [value for value in several if value is not None]
        whole = whole and None not in several and bool(several)
    return Understood(values=tuple(dict.fromkeys(values)), whole=whole and bool(values))


def _words_apart(text: str, _: str | None) -> Understood:
    return Understood(values=tuple(parts(text, MARKS)), whole=bool(parts(text, MARKS)))


def _text(text: str, _: str | None) -> Understood:
    return Understood(values=(" ".join(text.split()),))


# -- choices, countries, languages, yes and no -----------------------------------------------------------------------


def _choice(kind: type[StrEnum], text: str) -> StrEnum | None:
    return choices_of(kind).get(fold(text.replace("-", " ")))


def _one_of(kind: type[StrEnum], text: str, order: str | None) -> Understood:
    """One choice; where the cell says more, the one that is known among its parts."""
    whole = _choice(kind, text)
    if whole is not None:
        return Understood(values=(whole,))
    found = _each(functools.partial(_choice, kind), text, order)
    return attrs.evolve(found, whole=found.whole and len(found.values) == 1) if len(found.values) == 1 else NOTHING


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
    return NOTHING if code is None else Understood(values=(code,))


def _countries(text: str, order: str | None) -> Understood:
    return _one_country(text, order) if _country(text) else _each(_country, text, order)


def _language(name: str) -> str | None:
    return LANGUAGES.get(fold(name))


def _truth(text: str, _: str | None) -> Understood:
    word = fold(text)
    return Understood(values=(word in YES,)) if word in YES | NO else NOTHING


def _id_of_a_record(text: str, _: str | None) -> Understood:
    return Understood(values=(text,)) if FORMS[OrganizationId].fits(text) else NOTHING


# -- persons ---------------------------------------------------------------------------------------------------------


_MARKS_OF_PERSONS = re.compile(r"[;|\n\r/]+")


def _persons(text: str, _: str | None) -> Understood:
    """Names of persons, apart by marks; at an `and` only where both sides have two words, and then as a guess."""
    names: list[str] = []
    for part in parts(text, _MARKS_OF_PERSONS):
        pieces = [" ".join(piece.split()) for piece in AND.split(part)]
        names += pieces if len(pieces) > 1 and all(" " in piece for piece in pieces) else [" ".join(part.split())]
    guess = "several-persons" if len(names) > 1 else None
    return Understood(values=tuple(names), whole=bool(names), guess=guess)


def _choices(kind: type[StrEnum], wanted: str) -> FieldReading:
    return FieldReading(
        wanted=wanted,
        read=functools.partial(_each, functools.partial(_choice, kind)),
        many=True,
        remedy="write-some",
        choices=", ".join(kind),
    )


def _choosing(kind: type[StrEnum], wanted: str) -> FieldReading:
    return FieldReading(
        wanted=wanted, read=functools.partial(_one_of, kind), remedy="write-one", choices=", ".join(kind)
    )


_NAME = FieldReading(wanted="name", read=_text)
_DAY = FieldReading(
    wanted="date",
    read=date,
    remedy="write-date",
)
_EMAILS = FieldReading(wanted="email", read=emails, many=True)
_PHONES = FieldReading(wanted="phone", read=phones, many=True)
_LINKS = FieldReading(wanted="link", read=links, many=True)
_SOCIAL = FieldReading(wanted="link", read=social_links, many=True)
_SEVERAL = FieldReading(wanted="text", read=_words_apart, many=True)
_YES_OR_NO = FieldReading(wanted="yes-or-no", read=_truth, remedy="write-yes-or-no")

_CONSENT: Mapping[str, FieldReading] = {
    **{purpose.value: _YES_OR_NO for purpose in Purpose},
    "audience": _choosing(Audience, "audience"),
    "basis": _choosing(ConsentBasis, "basis"),
    "given": _DAY,
    "expires": _DAY,
}

READINGS: Mapping[str, FieldReading] = {
    **dict.fromkeys(("name", "name.en", "name.es", "name.pt", "name.fr"), _NAME),
    **dict.fromkeys(("acronym", "alias", "former_name", "expertise"), _SEVERAL),
    "kind": _choosing(OrganizationKind, "kind"),
    "flags": _choices(OrganizationFlag, "flag"),
    "country": FieldReading(wanted="country", read=_one_country, remedy="write-name-or-code"),
    "city": FieldReading(wanted="town", read=_text),
    "address": FieldReading(wanted="address", read=_text),
    "countries": FieldReading(wanted="countries", read=_countries, many=True, remedy="write-countries"),
    "regions": _choices(Region, "region"),
    "themes": _choices(Theme, "theme"),
    "languages": FieldReading(
        wanted="language",
        read=functools.partial(_each, _language),
        many=True,
        remedy="write-name-or-code",
    ),
    "tools": _choices(EngagementTool, "tool"),
    "founded": _DAY,
    "dissolved": _DAY,
    "website": _LINKS,
    "social": _SOCIAL,
    "identifier": FieldReading(wanted="identifier", read=identifiers, many=True),
    "at_risk": _YES_OR_NO,
    "email": _EMAILS,
    "phone": _PHONES,
    "post": FieldReading(wanted="address", read=_text, many=True),
    "messaging": _PHONES,
    "person.name": FieldReading(wanted="name", read=_persons, many=True),
    "person.post": FieldReading(wanted="post", read=_words_apart, many=True),
    "person.email": _EMAILS,
    "person.phone": _PHONES,
    "person.gender": FieldReading(wanted="gender", read=_text),
    "parent": FieldReading(wanted="name", read=_text),
    **{f"{whose}consent.{part}": reading for whose in ("", "person.") for part, reading in _CONSENT.items()},
    "key": FieldReading(wanted="text", read=_text),
    "id": FieldReading(wanted="id", read=_id_of_a_record, remedy="write-id"),
    "member.class": _choosing(MembershipClass, "member-class"),
    "member.role": _choosing(MembershipRole, "member-role"),
    "member.since": _DAY,
    "member.until": _DAY,
    "member.active": _YES_OR_NO,
}
"""How the cells of each field are read."""
