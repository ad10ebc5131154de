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
from untoc_network.model.organization_and_person import EngagementTool, OrganizationFlag, OrganizationKind, Theme
from untoc_network.serializers.member_lists.address_parsers import (
    make_social_link_parser,
    parse_emails,
    parse_links,
    parse_phones,
    parse_social_links,
)
from untoc_network.serializers.member_lists.date_parsers import make_date_parser, parse_date
from untoc_network.serializers.member_lists.identifier_parsers import make_identifier_parser, parse_identifiers
from untoc_network.serializers.member_lists.membership_status import parse_membership_status
from untoc_network.serializers.member_lists.parsed_cell import (
    AND,
    NOT_UNDERSTOOD,
    SEPARATORS,
    SEPARATORS_AND_COMMAS,
    CellParser,
    ParsedCell,
    split_values,
)
from untoc_network.serializers.member_lists.vocabulary import (
    answers,
    attendances,
    countries_by_part,
    find_value,
    language_tags,
    territories_by_name,
)
from untoc_network.text.folding import fold
from untoc_network.values.consent_and_contact import Audience, ConsentBasis, Purpose
from untoc_network.values.ids_and_codes import OrganizationId
from untoc_network.values.place_and_link import Region
from untoc_network.values.self_checked_classes import TEXT_FORMS

__all__ = ["FIELD_PARSERS", "FieldParser", "choose_field_parser", "is_date", "parse_yes_or_no"]


@attrs.frozen(kw_only=True)
class FieldParser:
    """How the cells of a field are read: what is due there, by which function, whether many fit, and what to do else.

    `wanted` and `remedy` are keys of the phrases of IM008.
    """

    wanted: str
    parse: CellParser
    many: bool = False
    remedy: str = "correct"
    choices: str = ""
    stands: tuple[Any, ...] = ()
    """Of several answers, the one that comes first here stands, wherever it is in the list: that which shows less."""


# -- several values in a cell ----------------------------------------------------------------------------------------


def _parse_list(one: Callable[[str], Any], text: str, _: str | None) -> ParsedCell:
    """Values of a list, apart by marks; a part that is none as a whole may be two with an `and` between them."""
    values: list[Any] = []
    whole = True
    for part in split_values(text, SEPARATORS_AND_COMMAS):
        here = one(part)
        several = [here] if here is not None else [one(piece) for piece in split_values(part, AND)]
        values += [value for value in several if value is not None]
        whole = whole and None not in several and bool(several)
    return ParsedCell(values=tuple(dict.fromkeys(values)), is_complete=whole and bool(values))


def _parse_texts(text: str, _: str | None) -> ParsedCell:
    return ParsedCell(values=tuple(split_values(text, SEPARATORS)), is_complete=bool(split_values(text, SEPARATORS)))


def _parse_text(text: str, _: str | None) -> ParsedCell:
    return ParsedCell(values=(" ".join(text.split()),))


# -- choices, countries, languages, yes and no -----------------------------------------------------------------------


def _parse_choice(kind: type[StrEnum], text: str, order: str | None) -> ParsedCell:
    """One choice; where the cell says more, the one that is known among its parts."""
    whole = find_value(kind, text)
    if whole is not None:
        return ParsedCell(values=(whole,))
    found = _parse_list(functools.partial(find_value, kind), text, order)
    return (
        attrs.evolve(found, is_complete=found.is_complete and len(found.values) == 1)
        if len(found.values) == 1
        else NOT_UNDERSTOOD
    )


_ABBREVIATED = (("Rep.", "República"), ("&", "y"), ("Sto.", "Santo"), ("St.", "Saint"))
_INVENTED = re.compile(r"X[A-Z]")


_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_LONGEST_NAMES = 200
_PARTS_OF_NAME = re.compile(r"\s*[/|()]\s*|\s+[-\u2013]\s+")


def _find_country(name: str) -> str | None:
    """The code of a country or a territory by any name, or by its flag; `XA` to `XZ` are for invented countries."""
    text = _FLAG.sub("", name).strip()
    flags = {"".join(chr(ord(letter) - 0x1F1E6 + ord("A")) for letter in flag) for flag in _FLAG.findall(name)}
    named = {_find_code(code) for code in ({text} if text else set()) | flags}
    return named.pop() if len(named) == 1 else None


def _find_code(name: str) -> str | None:
    if _INVENTED.fullmatch(name):
        return name
    spelt = functools.reduce(lambda text, pair: text.replace(*pair), _ABBREVIATED, name)
    country = reference.country(name) or reference.country(spelt)
    if country is not None:
        return country.code
    return territories_by_name().get(name) or territories_by_name().get(fold(name))


def _parse_country(text: str, _: str | None) -> ParsedCell:
    """One country, which may be named twice: `Estados Unidos (EE. UU.)`, `Brasil / Brazil`."""
    if code := _find_country(text):
        return ParsedCell(values=(code,))
    codes = {_find_country(part) for part in _PARTS_OF_NAME.split(text[:_LONGEST_NAMES]) if part}
    if len(codes) == 1 and None not in codes and len(text) <= _LONGEST_NAMES:
        return ParsedCell(values=tuple(codes))
    if whole := countries_by_part().get(fold(text)):
        return ParsedCell(values=(whole,), is_complete=False, remedy="part-of-country")
    before = _find_country(text.partition("(")[0].strip())
    is_more = before is not None and codes == {before, None}
    return ParsedCell(values=(before,), is_complete=False) if is_more else NOT_UNDERSTOOD


def _parse_countries(text: str, order: str | None) -> ParsedCell:
    return _parse_country(text, order) if _find_country(text) else _parse_list(_find_country, text, order)


def _find_language(name: str) -> str | None:
    return language_tags().get(fold(name))


_TICKS: Mapping[str, bool] = {
    **dict.fromkeys("\u2713\u2714\u2611\u2705", True),
    **dict.fromkeys("\u2717\u2718\u274c", False),
}


def parse_yes_or_no(text: str, _: str | None) -> ParsedCell:
    """Yes or no, in words of any language or as a sign."""
    sign = text.strip().rstrip("\ufe0f")
    answer = _TICKS.get(sign, answers().get(fold(sign.removesuffix(".0"))))
    return NOT_UNDERSTOOD if answer is None else ParsedCell(values=(answer,))


def _parse_answer(text: str, order: str | None) -> ParsedCell:
    """An answer on which hangs what is shown; where it is no clear one, such as `pending`, it is None as well."""
    parsed = parse_yes_or_no(text, order)
    return parsed if parsed.values else ParsedCell(values=(None,), is_complete=False)


def _parse_record_id(text: str, _: str | None) -> ParsedCell:
    return ParsedCell(values=(text,)) if TEXT_FORMS[OrganizationId].fits(text) else NOT_UNDERSTOOD


# -- persons ---------------------------------------------------------------------------------------------------------


_MARKS_OF_PERSONS = re.compile(r"[;|\n\r/]+")


def _parse_persons(text: str, _: str | None) -> ParsedCell:
    """Names of persons, apart by marks; at an `and` only where both sides have two words, and then as a guess.

    An address or a number is no name.
    """
    names: list[str] = []
    for part in split_values(text, _MARKS_OF_PERSONS):
        pieces = [" ".join(piece.split()) for piece in AND.split(part)]
        names += pieces if len(pieces) > 1 and all(" " in piece for piece in pieces) else [" ".join(part.split())]
    said = [name for name in names if "@" not in name and any(map(str.isalpha, name))]
    guess = "several-persons" if len(said) > 1 else None
    return ParsedCell(values=tuple(said), is_complete=bool(said) and said == names, guess=guess)


def _parse_attendance(text: str, order: str | None) -> ParsedCell:
    word = attendances().get(fold(text))
    return parse_yes_or_no(text, order) if word is None else ParsedCell(values=(word,))


def _make_parser_of_several_choices(kind: type[StrEnum], wanted: str) -> FieldParser:
    return FieldParser(
        wanted=wanted,
        parse=functools.partial(_parse_list, functools.partial(find_value, kind)),
        many=True,
        remedy="write-some",
        choices=", ".join(kind),
    )


def _make_parser_of_one_choice(kind: type[StrEnum], wanted: str) -> FieldParser:
    return FieldParser(
        wanted=wanted, parse=functools.partial(_parse_choice, kind), remedy="write-one", choices=", ".join(kind)
    )


_NAME = FieldParser(wanted="name", parse=_parse_text)
_FIRST_DAY = FieldParser(wanted="date", parse=make_date_parser("first"), remedy="write-date")
_LAST_DAY = FieldParser(wanted="date", parse=make_date_parser("last"), remedy="write-date")
_EMAILS = FieldParser(wanted="email", parse=parse_emails, many=True)
_PHONES = FieldParser(wanted="phone", parse=parse_phones, many=True)
_LINKS = FieldParser(wanted="link", parse=parse_links, many=True)
_SOCIAL = FieldParser(wanted="link", parse=parse_social_links, many=True)
_SEVERAL = FieldParser(wanted="text", parse=_parse_texts, many=True)
_ANSWER = FieldParser(wanted="yes-or-no", parse=_parse_answer, remedy="write-yes-or-no", stands=(False, None, True))
_HIDING_ANSWER = attrs.evolve(_ANSWER, remedy="kept-inside-until-clear")
"""The same on which hangs whether the organization is shown at all."""
_STANDING = FieldParser(
    wanted="standing", parse=functools.partial(parse_membership_status, parse_date), remedy="write-standing"
)

_CONSENT: Mapping[str, FieldParser] = {
    **{purpose.value: _ANSWER for purpose in Purpose},
    "audience": _make_parser_of_one_choice(Audience, "audience"),
    "basis": _make_parser_of_one_choice(ConsentBasis, "basis"),
    "given": _FIRST_DAY,
    "expires": _LAST_DAY,
}

FIELD_PARSERS: Mapping[str, FieldParser] = {
    **dict.fromkeys(("name", "name.en", "name.es", "name.pt", "name.fr"), _NAME),
    **dict.fromkeys(("acronym", "alias", "former_name", "expertise"), _SEVERAL),
    "kind": _make_parser_of_one_choice(OrganizationKind, "kind"),
    "flags": _make_parser_of_several_choices(OrganizationFlag, "flag"),
    "country": FieldParser(wanted="country", parse=_parse_country, remedy="write-name-or-code"),
    "city": FieldParser(wanted="town", parse=_parse_text),
    "address": FieldParser(wanted="address", parse=_parse_text),
    "countries": FieldParser(wanted="countries", parse=_parse_countries, many=True, remedy="write-countries"),
    "regions": _make_parser_of_several_choices(Region, "region"),
    "themes": _make_parser_of_several_choices(Theme, "theme"),
    "languages": FieldParser(
        wanted="language",
        parse=functools.partial(_parse_list, _find_language),
        many=True,
        remedy="write-name-or-code",
    ),
    "tools": _make_parser_of_several_choices(EngagementTool, "tool"),
    "founded": _FIRST_DAY,
    "dissolved": _LAST_DAY,
    "website": _LINKS,
    "social": _SOCIAL,
    "identifier": FieldParser(wanted="identifier", parse=parse_identifiers, many=True),
    "at_risk": attrs.evolve(_HIDING_ANSWER, stands=(True, None, False)),
    "email": _EMAILS,
    "phone": _PHONES,
    "post": FieldParser(wanted="address", parse=_parse_text, many=True),
    "messaging": _PHONES,
    "person.name": FieldParser(wanted="name", parse=_parse_persons, many=True),
    "person.given_name": _NAME,
    "person.family_name": _NAME,
    "person.post": FieldParser(wanted="post", parse=_parse_texts, many=True),
    "person.email": _EMAILS,
    "person.phone": _PHONES,
    "person.gender": FieldParser(wanted="gender", parse=_parse_text),
    "parent": FieldParser(wanted="name", parse=_parse_text),
    **{f"{whose}consent.{part}": reading for whose in ("", "person.") for part, reading in _CONSENT.items()},
    f"consent.{Purpose.PUBLICATION}": _HIDING_ANSWER,
    "key": FieldParser(wanted="text", parse=_parse_text),
    "id": FieldParser(wanted="id", parse=_parse_record_id, remedy="write-id"),
    "member.class": _make_parser_of_one_choice(MembershipClass, "member-class"),
    "member.role": _make_parser_of_one_choice(MembershipRole, "member-role"),
    "member.since": _FIRST_DAY,
    "member.until": _LAST_DAY,
    **dict.fromkeys(("member.active", "member.status"), _STANDING),
    "event": _NAME,
    "attended": FieldParser(wanted="attendance", parse=_parse_attendance, many=True, remedy="write-yes-or-no"),
}
"""How the cells of each field are read."""


def is_date(field: str) -> bool:
    """Whether the cells of a field are dates."""
    return field in FIELD_PARSERS and FIELD_PARSERS[field].wanted == "date"


_PARSERS_BY_HEADER: Mapping[str, Callable[[str], CellParser]] = {
    "social": make_social_link_parser,
    "identifier": make_identifier_parser,
}


@functools.lru_cache(maxsize=1 << 10)
def choose_field_parser(field: str, header: str) -> FieldParser:
    """How the cells of a column are read, where its header may say more of them than their field."""
    make = _PARSERS_BY_HEADER.get(field)
    return FIELD_PARSERS[field] if make is None else attrs.evolve(FIELD_PARSERS[field], parse=make(header))
