"""How the cells of own fields are read: as their declarations have it, and as text where there is none."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.model.extension import DeclaredField, OwnFields, convert_own_value
from untoc_network.model.organization_and_person import Organization
from untoc_network.serializers.member_lists.cell_parsers import FieldParser, parse_yes_or_no
from untoc_network.serializers.member_lists.column_mapping import OWN_FIELD
from untoc_network.serializers.member_lists.date_parsers import parse_date
from untoc_network.serializers.member_lists.parsed_cell import (
    NOT_UNDERSTOOD,
    SEPARATORS,
    CellParser,
    ParsedCell,
    split_values,
)
from untoc_network.text.folding import fold
from untoc_network.values.dates import Instant

__all__ = ["find_own_field_parser"]

_WHOLE = re.compile(r"-?[0-9]{1,15}")
_DECIMAL = re.compile(r"(-?[0-9]{1,25})(?:[.,]([0-9]{1,2}|[0-9]{4,24}))?")
"""Three places behind a sign may be thousands, and are not understood."""


def find_own_field_parser(target: str, declared: OwnFields) -> FieldParser | None:
    """What reads the cells of a column of an own field of organizations; None for any other column."""
    found = OWN_FIELD.fullmatch(target)
    if found is None:
        return None
    field = declared.find(Organization, found[1], found[2])
    return FieldParser(wanted="text", parse=_parse_text) if field is None else _make_parser(field)


def _make_parser(field: DeclaredField) -> FieldParser:
    one = functools.partial(_PARSERS[field.kind], field)
    told: dict[str, Any] = {"remedy": "write-one", "choices": ", ".join(field.choices)} if field.choices else {}
    wanted = _WANTED.get(field.kind, field.kind)
    return FieldParser(wanted=wanted, parse=_make_list_parser(one) if field.many else one, many=field.many, **told)


def _make_list_parser(one: CellParser) -> CellParser:
    def parse(text: str, order: str | None) -> ParsedCell:
        """Several values, apart by marks; one that is not understood leaves the cell in the notes too."""
        found = [one(part, order) for part in split_values(text, SEPARATORS)]
        values = tuple(dict.fromkeys(value for cell in found for value in cell.values))
        return ParsedCell(values=values, is_complete=bool(values) and all(cell.is_complete for cell in found))

    return parse


def _parse_text(text: str, _: str | None) -> ParsedCell:
    return ParsedCell(values=(" ".join(text.split()),))


def _parse_own_text(_: DeclaredField, text: str, order: str | None) -> ParsedCell:
    return _parse_text(text, order)


def _parse_whole_number(_: DeclaredField, text: str, __: str | None) -> ParsedCell:
    return ParsedCell(values=(int(text),)) if _WHOLE.fullmatch(text.strip()) else NOT_UNDERSTOOD


def _parse_decimal(_: DeclaredField, text: str, __: str | None) -> ParsedCell:
    found = _DECIMAL.fullmatch(text.strip())
    if found is None:
        return NOT_UNDERSTOOD
    return ParsedCell(values=(Decimal(str(int(found[1])) if found[2] is None else f"{int(found[1])}.{found[2]}"),))


def _parse_boolean(_: DeclaredField, text: str, order: str | None) -> ParsedCell:
    return parse_yes_or_no(text, order)


def _parse_day_or_date(field: DeclaredField, text: str, order: str | None) -> ParsedCell:
    found = parse_date(text, order)
    if not found.values:
        return found
    value = convert_own_value(attrs.evolve(field, many=False), str(found.values[0]))
    return NOT_UNDERSTOOD if value is None else attrs.evolve(found, values=(value,))


def _parse_moment(_: DeclaredField, text: str, __: str | None) -> ParsedCell:
    try:
        return ParsedCell(values=(Instant(text.strip()),))
    except ImpossibleValue:
        return NOT_UNDERSTOOD


def _parse_choice(field: DeclaredField, text: str, _: str | None) -> ParsedCell:
    meant = next((choice for choice in field.choices if fold(choice) == fold(text)), None)
    value = None if meant is None else convert_own_value(attrs.evolve(field, many=False), meant)
    return NOT_UNDERSTOOD if value is None else ParsedCell(values=(value,))


_PARSERS: Mapping[str, Any] = {
    "text": _parse_own_text,
    "whole-number": _parse_whole_number,
    "boolean": _parse_boolean,
    "decimal": _parse_decimal,
    "day": _parse_day_or_date,
    "date": _parse_day_or_date,
    "moment": _parse_moment,
    "choice": _parse_choice,
}
_WANTED: Mapping[str, str] = {"boolean": "yes-or-no", "day": "date", "choice": "choices"}
"""What is due in a cell, as a key of the phrases of IM008, where it is called otherwise than the kind."""
