"""One column of a list on its way to records: what all of its cells share is looked up once, not for each cell."""

from __future__ import annotations

import functools
import re

from untoc_network.model.extension import OwnFields
from untoc_network.model.organization_and_person import Organization
from untoc_network.serializers.member_lists.cell_parsers import FieldParser, choose_field_parser
from untoc_network.serializers.member_lists.column_mapping import (
    FIELDS_OF_PARTICIPANTS,
    ID,
    KEY,
    NAMES,
    OWN_FIELD,
    SheetMapping,
)
from untoc_network.serializers.member_lists.list_kind import PERSON_NAMES
from untoc_network.serializers.member_lists.own_field_parsers import find_own_field_parser
from untoc_network.serializers.member_lists.parsed_cell import ParsedCell
from untoc_network.serializers.member_lists.sheet_reading import CellPlace
from untoc_network.serializers.member_lists.table import Column
from untoc_network.values.fields import Sensitivity

__all__ = ["ColumnReader", "find_parser", "group_prefix", "term_field"]

_BLANKS = re.compile(r"[^\S\n\r]+")
_ODD_BLANKS = re.compile(r"[^\S\n\r ]|  ")
"""Blanks that a single one stands for: hardly any cell has them."""
_READ_LOOSELY = frozenset({*NAMES, *PERSON_NAMES, "city", "address"})
_EXPOSING = (Sensitivity.PERSONAL, Sensitivity.AT_RISK)
_TEXTS_AT_HAND = 1 << 9
"""So many texts of a column are remembered with what they say: countries and kinds are few, names are not."""


def term_field(field: str, term: int) -> str:
    """A field of a membership, of its first term or a further one."""
    return field if term == 1 else f"{field}#{term}"


def group_prefix(prefix: str, group: int) -> str:
    """The prefix of the fields of a person, among those of the first row that names persons, or of a further one."""
    return prefix if group == 1 else f"{prefix}#{group}"


def find_parser(field: str, declared: OwnFields, header: str = "") -> FieldParser:
    """What reads the cells of a field, under a header."""
    return find_own_field_parser(field, declared) or choose_field_parser(field, header)


class ColumnReader:
    """How the cells of a column are read, and to which field of a member what they say goes.

    `is_loose` tells that two of its values are the same where their words are; `is_withheld` that what does not fit is
    not kept in notes, since more people see those than its field. `in_field` and `in_notes` are what becomes of a cell.
    """

    def __init__(self, column: Column, mapping: SheetMapping, declared: OwnFields) -> None:
        self.number = 0
        """Its number among the readers of a list, by which what it read tells where it is from."""
        self.column, self.header, self.target, self.field = column, column.header, column.target, column.target.field
        self.path = str(column.target)
        self.order = mapping.dates or column.date_order
        self.is_loose = self.field in _READ_LOOSELY
        own = OWN_FIELD.fullmatch(self.field)
        self.is_withheld = own is not None and declared.get_sensitivity(Organization, own[1], own[2]) in _EXPOSING
        self.in_field, self.in_notes = (CellPlace.FIELD, self.path), (CellPlace.NOTE, self.header)
        self._name = f"name.{mapping.language}" if self.path == "name" else self.path
        self._is_of_row = self.field in FIELDS_OF_PARTICIPANTS
        self._is_key = self.field in (KEY, ID)
        self._is_of_term = self.path.startswith("member.")
        self._is_of_person = self.path.startswith("person")
        self._declared = declared
        self._read: dict[str, ParsedCell] = {}

    @functools.cached_property
    def parser(self) -> FieldParser:
        """What reads its cells."""
        return find_parser(self.field, self._declared, self.header)

    def read(self, text: str) -> ParsedCell:
        """What a cell says."""
        found = self._read.get(text)
        if found is None:
            plain = _BLANKS.sub(" ", text) if _ODD_BLANKS.search(text) else text
            found = self.parser.parse(plain, self.order)
            if len(self._read) < _TEXTS_AT_HAND:
                self._read[text] = found
        return found

    def find_field(self, term: int, group: int, *, keys_are_of_persons: bool) -> str:
        """The field of a member that its cells give; a plain name is that in the language of the list."""
        if self._is_of_term:
            return term_field(self.path, term)
        if self._is_of_row or (self._is_key and keys_are_of_persons):
            return f"{group_prefix('person', group)}.{self.path}"
        if self._is_of_person and group > 1:
            prefix, _, rest = self.path.partition(".")
            return f"{group_prefix(prefix, group)}.{rest}"
        return self._name
