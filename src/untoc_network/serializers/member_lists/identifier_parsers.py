"""Identifiers as their registers print them, and the numbers that states give: only those of bodies are taken.

A number of a state is taken where it can be nothing else, or where the header or the cell itself names its kind. A
person's number is no identifier of a body: the cell stays in the notes, and the finding says why.
"""

from __future__ import annotations

import functools
import re

from untoc_network.serializers.member_lists.parsed_cell import SEPARATORS, CellParser, ParsedCell, split_values
from untoc_network.text.folding import fold_to_words
from untoc_network.values.identifier import RETIRED, Identifier, IdentifierScheme, to_own_form
from untoc_network.values.national_number import NationalNumber, find_national_numbers

__all__ = ["make_identifier_parser", "parse_identifiers"]

_SCHEMES = tuple(scheme for scheme in IdentifierScheme if scheme not in (*RETIRED, IdentifierScheme.OTHER))
_LABEL = re.compile(r"([^\W\d_][\w .°º]{1,24}?)(?:\s*:\s*|\s+(?:n[°º.o]*\s*)?)(?=[A-Z]?-?[0-9])", re.IGNORECASE)
_OTHER_NAMES = {
    "nif": ("cif",),
    "dni": ("nif", "nie"),
    "nipc": ("nif",),
    "cuit": ("cuil",),
    "cuil": ("cuit",),
    "rut": ("run",),
    "run": ("rut",),
}
"""What people call a kind too."""


def make_identifier_parser(header: str) -> CellParser:
    """What parses the identifiers of a column by its header, which may name the kind of number: `NIT`, `RUC / CUIT`."""
    return functools.partial(_parse_identifiers, frozenset(fold_to_words(header)))


def parse_identifiers(text: str, order: str | None) -> ParsedCell:
    """Identifiers in the registers whose form and check digits are known, bare or as web addresses."""
    return _parse_identifiers(frozenset(), text, order)


def _parse_identifiers(names: frozenset[str], text: str, _: str | None) -> ParsedCell:
    made: list[Identifier | None] = []
    is_guessed = is_personal = False
    for part in split_values(text, SEPARATORS):
        number = None
        found = _parse_published_identifier(part)
        if found is None and (number := _choose_national_number(part, names)) is not None:
            found = number.to_identifier()
            is_personal = is_personal or number.is_personal
            is_guessed = True
        made.append(found)
    values = tuple(dict.fromkeys(one for one in made if one is not None))
    return ParsedCell(
        values=values,
        is_complete=bool(values) and None not in made,
        guess="national-number" if is_guessed else None,
        remedy="number-of-person" if is_personal else None,
    )


def _parse_published_identifier(text: str) -> Identifier | None:
    found = ((scheme, to_own_form(scheme, text)) for scheme in _SCHEMES)
    return next((Identifier(scheme=scheme, value=own) for scheme, own in found if own), None)


def _choose_national_number(text: str, names: frozenset[str]) -> NationalNumber | None:
    """The one number that a text can be, with what the header and a label before it call it; None where it is open.

    A number that may be a person's, and is called as that, is told to be one.
    """
    label = _LABEL.match(text)
    named = names.union(fold_to_words(label[1])) if label else names
    numbers = find_national_numbers(text) or (find_national_numbers(text[label.end() :]) if label else ())
    called = [number for number in numbers if not named.isdisjoint(_list_names(number))]
    likely = called or [number for number in numbers if number.is_certain]
    personal = [number for number in likely if number.is_personal]
    if personal:
        return personal[0]
    return likely[0] if len({(number.name, number.country) for number in likely}) == 1 else None


def _list_names(number: NationalNumber) -> set[str]:
    name = fold_to_words(number.name)[0]
    return {name, *_OTHER_NAMES.get(name, ())}
