"""Which column of a member list goes where: by its header, or by a mapping, which can be kept as a small TOML file.

The file is long since what a mapping can say, how it is written and how it is checked are one list of settings.
"""

from __future__ import annotations

import codecs
import functools
import json
import os
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from untoc_network.diagnostics.code import to_message_text
from untoc_network.diagnostics.codes.member_lists import (
    assumed_column_meaning,
    cell_not_understood,
    doubtful_column,
)
from untoc_network.diagnostics.errors import ImpossibleValue, UnusableConfiguration
from untoc_network.i18n.language_words import Words, words_in
from untoc_network.model.event import EventKind
from untoc_network.serializers.member_lists.cell_parsers import FIELD_PARSERS, is_date
from untoc_network.serializers.member_lists.list_kind import BODY_NAMES, LISTS_OF_PERSONS, ListKind
from untoc_network.serializers.member_lists.parsed_cell import ParsedCell
from untoc_network.serializers.member_lists.vocabulary import skipped_in_headers
from untoc_network.serializers.source.file_replacement import write_atomically
from untoc_network.serializers.source.settings_file import check_size, read_settings
from untoc_network.text.folding import fold
from untoc_network.text.nearest_names import NearestNames
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.consent_and_contact import Purpose
from untoc_network.values.dates import PartialDate
from untoc_network.values.extra import EXTRA_NAME
from untoc_network.values.ids_and_codes import EventId, LanguageTag, NetworkId
from untoc_network.values.self_checked_classes import TEXT_FORMS

__all__ = [
    "CONSENT_PARTS",
    "CONSTANT_FIELDS",
    "DATE_ORDERS",
    "FIELDS",
    "FIELDS_OF_PARTICIPANTS",
    "ID",
    "IGNORE",
    "KEY",
    "NAMES",
    "NOTE",
    "OWN_FIELD",
    "TO_PUBLICATION",
    "UNDETERMINED",
    "ColumnTarget",
    "SheetMapping",
    "check_answer",
    "check_constants",
    "check_setting",
    "fold_header",
    "is_own_field",
    "load_mapping",
    "parse_target",
    "take_name_column",
    "write_mapping",
]

NOTE, IGNORE = "note", "ignore"
UNDETERMINED = "und"
KEY, ID = "key", "id"
"""The key by which a list itself knows its rows, and the id of the record in the register: only a mapping says so."""
TO_PUBLICATION = f"consent.{Purpose.PUBLICATION}"
"""Whether the organization agrees to be published."""
FIELDS_OF_PARTICIPANTS = ("event", "attended")
"""The event that a row is about, and whether the person came."""
CONSENT_PARTS = (*Purpose, "audience", "basis", "given", "expires")
CONSTANT_FIELDS = (
    *("kind", "flags", "country", "countries", "regions", "themes", "languages", "tools"),
    *("member.class", "member.role", "member.since"),
    *(f"{whose}consent.{part}" for whose in ("", "person.") for part in ("audience", "basis", "given", "expires")),
)
"""The fields that one value can fill for a whole list. No consent is among them: each cell gives its own."""

NAMES = BODY_NAMES

FIELDS = (*FIELD_PARSERS, NOTE, IGNORE)
"""The fields that a mapping can name."""

DATE_ORDERS = ("dmy", "mdy", "ymd")
"""The orders of day, month and year in a local form of date."""

OWN_FIELD = re.compile(rf"extra\.({EXTRA_NAME.pattern})\.({EXTRA_NAME.pattern})")
"""A column of an own field: `extra`, the namespace, the field."""
_SHAPE = re.compile(
    rf"(person)([2-9])?\.(name|given_name|family_name|post|email|phone|gender|consent\.(?:{'|'.join(CONSENT_PARTS)}))"
)


@attrs.frozen
class ColumnTarget:
    """Where a column goes: a field, and of which of several contact persons."""

    field: str
    person: int = 1

    def __str__(self) -> str:
        return self.field if self.person == 1 else self.field.replace("person", f"person{self.person}", 1)


def parse_target(name: str) -> ColumnTarget | None:
    """The target that a mapping names: `country`, `person.name`, `person2.name`; None for a name that none has."""
    shape = _SHAPE.fullmatch(name)
    if shape:
        return ColumnTarget(f"{shape[1]}.{shape[3]}", int(shape[2] or 1))
    return ColumnTarget(name) if name in FIELDS or is_own_field(name) else None


def is_own_field(name: str) -> bool:
    """Whether a target or a header names an own field, as `extra.coalition.fee` does."""
    return OWN_FIELD.fullmatch(name) is not None


def fold_header(header: str) -> str:
    """A header as it is compared: without accents, case, punctuation and small words."""
    words = fold(header).split()
    return " ".join([word for word in words if word not in skipped_in_headers()] or words)


def _read_list_kind(name: str | None) -> ListKind | None:
    if name is None or name in [*ListKind]:
        return None if name is None else ListKind(name)
    raise ImpossibleValue(f"{to_message_text(str(name))!r}: a list is of one of {', '.join(ListKind)}")


@attrs.frozen(kw_only=True)
class SheetMapping:
    """What the columns of a member list mean.

    `columns` names for each header the field that its column goes to: one of the fields of the model, `note` to keep
    its cells in the notes, `ignore` to leave them out. A header that it does not name goes to the notes. Where it is
    None, headers are recognised by their words, and each one that is, is told as a guess.
    """

    columns: Mapping[str, str] | None = attrs.field(default=None, hash=False)
    words: Mapping[str, str] = attrs.field(factory=dict, hash=False)
    """Headers that are known in addition, with their fields: where `columns` is None, they are recognised like the
    words of the library, and the other columns of the list too."""
    dates: str | None = None
    """The order of day, month and year in dates such as 03/04/2022: `dmy`, `mdy` or `ymd`."""
    language: str = UNDETERMINED
    """The language of names and other wordings; `und` where the names themselves are to tell it, if they can."""
    network: str | None = None
    """The id of the network that the listed organizations are members of."""
    network_name: str | None = None
    """The name of that network, which is made where the register has none of that id."""
    constants: Mapping[str, str] = attrs.field(factory=dict, hash=False)
    """What holds of the whole list where a row says nothing of its own: for one of `CONSTANT_FIELDS` what a cell would
    say, such as `country` and `CO`, or `consent.basis` and `form`. A consent itself is never given for a whole list."""
    sheet: str | None = None
    """The name of the sheet within a workbook; else the first one with content."""
    encoding: str | None = None
    """The code page that the file was saved in, such as `mac_roman`, as Python calls it; else it is guessed."""
    list: str | None = None
    """What the register remembers the list by; else the name of the file, without dates and numbers."""
    of: ListKind | None = attrs.field(default=None, converter=_read_list_kind)
    """What the list is of: `organizations`, `contacts`, `persons` or `participants`; else its columns tell."""
    event: str | None = None
    """The id of the event that the listed persons took part in."""
    event_name: str | None = None
    """The name of that event, which is made where the register has none of that id."""
    event_date: str | None = None
    """When the event that is made took place: `2024-03-05`, `2024-03` or, of several days, `2024-03-05/2024-03-07`."""
    event_kind: str | None = None
    """What the event that is made is, as `workshop`; else `other`."""
    header_row: int | None = None
    """The row that holds the headers, from 1; else it is looked for."""
    remarks: Mapping[str, str] = attrs.field(factory=dict, eq=False, repr=False)
    """Why each column was taken for its field, by its header: written as comments, for whoever corrects the mapping."""

    def target(self, header: str) -> ColumnTarget | None:
        """Where the column of that header goes; None where nothing says so."""
        columns = self.columns or {}
        name = columns.get(header) or self._map_folded_headers.get(fold_header(header))
        return None if name is None else parse_target(name)

    @functools.cached_property
    def event_days(self) -> tuple[PartialDate | None, PartialDate | None]:
        """The first day of the event that is made, and the last one where it is another, as far as they are known."""
        days = [None] if self.event_date is None else _parse_days(self.event_date)
        return (days[0], days[1] if len(days) > 1 else None)

    @functools.cached_property
    def constant_values(self) -> Mapping[str, tuple[Any, ...]]:
        """The values that hold of the whole list, by their fields."""
        return {field: _parse_constant(field, text).values for field, text in self.constants.items()}

    def known_target(self, header: str) -> ColumnTarget | None:
        """The target of a header that is one of `words`."""
        name = self._map_folded_words.get(fold_header(header))
        return None if name is None else parse_target(name)

    @functools.cached_property
    def _map_folded_words(self) -> Mapping[str, str]:
        return {fold_header(header): name for header, name in self.words.items()}

    @functools.cached_property
    def _map_folded_headers(self) -> Mapping[str, str]:
        return {fold_header(header): name for header, name in reversed([*self._list_columns()])}

    def to_toml(self, *, language: str = "en") -> str:
        """The mapping as TOML text, with what it says of itself in a language.

        Raises `UnknownLanguage` where the library does not speak it.
        """
        words = next(words_in(language))
        settings = {name: getattr(self, name) for name in _SETTINGS if getattr(self, name) is not None}
        lines = [*_write_about(words), *(f"{name} = {_quote_for_toml(value)}" for name, value in settings.items()), ""]
        if self.words:
            known = (f"{_quote_for_toml(header)} = {_quote_for_toml(name)}" for header, name in self.words.items())
            lines += ["[words]", *known, ""]
        if self.constants:
            said = (f"{_quote_for_toml(field)} = {_quote_for_toml(text)}" for field, text in self.constants.items())
            lines += ["[constants]", *said, ""]
        if self.columns is not None or not self.words:
            lines.append("[columns]")
        return "\n".join(
            [
                *lines,
                *(self._write_column(header, name, words) for header, name in self._list_columns()),
                "",
            ]
        )

    def _write_column(self, header: str, name: str, words: Words) -> str:
        line = f"{_quote_for_toml(header)} = {_quote_for_toml(name)}"
        return f"{line}  # {_translate_remark(remark, words)}" if (remark := self.remarks.get(header)) else line

    def _list_columns(self) -> Iterable[tuple[str, str]]:
        return (self.columns or {}).items()


_FIELDS_TOLD = "The fields are:"
_ABOUT = (
    "Which column of a member list goes where: the header to the left, its field to the right.",
    _FIELDS_TOLD,
    "There are person2.name to person9.name and so on for further contact persons, extra.NAMESPACE.FIELD for a field "
    'of your own of the organization, "note" to keep the cells of a column in the notes, '
    'and "ignore" to leave them out.',
    'Settings: dates = "dmy" (or "mdy", "ymd"), language = "es", network = "id-of-the-network", '
    'sheet = "name of the sheet", encoding = "cp1252" (or "mac_roman" and so on), header_row = 3, '
    'list = "what the list is called each time", of = "organizations" (or "contacts", "persons", "participants": whom '
    'a row is about), event = "id-of-the-event" that the participants took part in.',
    'Where the register has none of that id: network_name = "what the network is called", '
    'event_name = "what the event is called", event_date = "2024-03-05/2024-03-07", event_kind = "workshop".',
    'Below [words], "header" = "field" is known in addition, and the other columns are recognised too.',
    'What holds of every row goes below [constants], as a cell would say it: "country" = "CO", '
    '"member.since" = "2024-03-01", "consent.basis" = "form"; a consent itself is given by each row.',
)
"""What stands at the head of a mapping, for whoever corrects it."""
_WIDTH = 100


def _write_about(words: Words) -> Iterator[str]:
    for told in _ABOUT:
        yield textwrap.fill(
            words.tell(told), _WIDTH, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False
        )
        if told is _FIELDS_TOLD:
            yield textwrap.fill(", ".join(FIELDS), _WIDTH, initial_indent="#   ", subsequent_indent="#   ")
    yield ""


def _translate_remark(remark: str, words: Words) -> str:
    """Why a column was taken for its field, in the words of the finding that tells it."""
    for code in (assumed_column_meaning, doubtful_column):
        said = words.rules.get(code.code)
        key = next((key for key, english in code.phrases.items() if english == remark), None)
        if said is not None and key is not None:
            return said.phrases.get(key, remark)
    return remark


def take_name_column(mapping: SheetMapping, header: str) -> SheetMapping:
    """The mapping with the column of that header as the one that names whom the rows are about."""
    named = {header: "person.name" if mapping.of in LISTS_OF_PERSONS else "name"}
    if mapping.columns is None:
        return attrs.evolve(mapping, words={**mapping.words, **named})
    return attrs.evolve(mapping, columns={**mapping.columns, **named})


@check_arguments
def load_mapping(path: str | os.PathLike[str]) -> SheetMapping:
    """Read a mapping. Raises `UnusableConfiguration` for what is not TOML, for unknown keys and fields."""
    document = read_settings(Path(path))
    check_size(Path(path), document)
    for name, value in document.items():
        _check_key(path, name, value)
    return SheetMapping(**document)


@check_arguments
def write_mapping(mapping: SheetMapping, path: str | os.PathLike[str]) -> None:
    """Write a mapping as TOML; the file is replaced as a whole. Raises `UnwritableOutput`."""
    write_atomically(path, [mapping.to_toml().encode()])


def _quote_for_toml(value: str | int) -> str:
    """A basic string of TOML; JSON escapes in the same way, but for the character 7F."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _check_key(path: Any, name: str, value: Any) -> None:
    known = ("columns", "words", "constants", *_SETTINGS)
    if name not in known:
        raise UnusableConfiguration(f"{path}: there is no key {to_message_text(name)!r}; {_suggest_name(name, known)}")
    if name in ("columns", "words"):
        _check_columns(path, name, value)
    elif name == "constants":
        check_constants(path, value)
    else:
        check_setting(path, name, value)


def check_setting(origin: Any, name: str, value: Any) -> None:
    """Check one setting of a mapping. Raises `UnusableConfiguration`, which names where it was given."""
    wanted, fits = _SETTINGS[name]
    if not fits(value):
        raise UnusableConfiguration(f"{origin}: {name} must be {wanted}")


def check_answer(name: str, answer: str) -> None:
    """Check what somebody answered to the question for a setting, or for what holds of a whole list.

    Raises `UnusableConfiguration`, which says what it must be.
    """
    if name in _SETTINGS:
        wanted, fits = _SETTINGS[name]
        is_read = fits(answer)
    else:
        wanted, is_read = _describe_constant(name), _parse_constant(name, answer).is_complete
    if not is_read:
        raise UnusableConfiguration(f"the answer must be {wanted}")


def _check_columns(path: Any, key: str, columns: Any) -> None:
    if not isinstance(columns, dict):
        raise UnusableConfiguration(f"{path}: {key} must be a table from headers to fields")
    for header, name in columns.items():
        if not isinstance(name, str) or parse_target(name) is None:
            named = repr(to_message_text(name)) if isinstance(name, str) else to_message_text(str(name))
            column = to_message_text(header)
            raise UnusableConfiguration(
                f"{path}: the column {column!r}: no field {named}; {_suggest_name(name, FIELDS)}"
            )


def _parse_constant(field: str, text: str) -> ParsedCell:
    """A value of a whole list as a cell would say it; a date in numbers is one that can be read in one way only."""
    return FIELD_PARSERS[field].parse(" ".join(text.split()), None)


def _describe_constant(field: str) -> str:
    return _A_DATE if is_date(field) else cell_not_understood.phrases[FIELD_PARSERS[field].wanted]


_A_DATE = "a date such as 2024-06-15, 2024-06 or 2024"


def _parse_days(text: str) -> list[PartialDate]:
    """The day, or the first and the last one; nothing where that is no date, or the last one is before the first."""
    days = [day for part in text.split("/") for day in _parse_constant("founded", part).values]
    is_read = len(days) == text.count("/") + 1 <= _FIRST_AND_LAST
    return days if is_read and not days[-1].certainly_before(days[0]) else []


_FIRST_AND_LAST = 2


def check_constants(origin: Any, constants: Any) -> None:
    """Check what holds of a whole list. Raises `UnusableConfiguration`, which names where it was given."""
    if not isinstance(constants, dict):
        raise UnusableConfiguration(f"{origin}: constants must be a table from fields to what a cell would say")
    for field, text in constants.items():
        if field.rpartition(".")[2] in [*Purpose]:
            raise UnusableConfiguration(
                f"{origin}: the constant {to_message_text(field)!r}: each row gives its own consent, in a column"
            )
        if field not in CONSTANT_FIELDS:
            name = to_message_text(field)
            raise UnusableConfiguration(
                f"{origin}: the constant {name!r}: no such field; {_suggest_name(field, CONSTANT_FIELDS)}"
            )
        if not isinstance(text, str) or not _parse_constant(field, text).is_complete:
            wanted = _describe_constant(field)
            raise UnusableConfiguration(f"{origin}: the constant {field!r} must be {wanted}")


def _suggest_name(name: Any, known: Iterable[str]) -> str:
    near = NearestNames(known).to(str(name))
    return f"did you mean {near!r}?" if near else f"there are: {', '.join(known)}"


_SETTINGS: Mapping[str, tuple[str, Any]] = {
    "dates": (f"one of {', '.join(DATE_ORDERS)}", lambda value: value in DATE_ORDERS),
    "language": ("a language tag such as es", lambda value: _fits_text_form(value, LanguageTag)),
    "network": ("the id of a network", lambda value: _fits_text_form(value, NetworkId)),
    "network_name": ("the name of the network", lambda value: isinstance(value, str) and bool(value.strip())),
    "event": ("the id of an event", lambda value: _fits_text_form(value, EventId)),
    "event_name": ("the name of the event", lambda value: isinstance(value, str) and bool(value.strip())),
    "event_date": (
        "a date such as 2024-03-05 or 2024-03, or the first and the last day such as 2024-03-05/2024-03-07",
        lambda value: isinstance(value, str) and bool(_parse_days(value)),
    ),
    "event_kind": (f"one of {', '.join(EventKind)}", lambda value: value in [*EventKind]),
    "sheet": ("the name of a sheet", lambda value: isinstance(value, str)),
    "encoding": ("an encoding such as utf-8, cp1252 or mac_roman", lambda value: bool(_is_text_encoding(value))),
    "list": ("the name of the list", lambda value: isinstance(value, str) and bool(value.strip())),
    "of": (f"one of {', '.join(ListKind)}", lambda value: value in [*ListKind]),
    "header_row": ("a row, from 1", lambda value: type(value) is int and value > 0),
}
"""The settings of a mapping: what each is to be, and whether a value is that."""


def _fits_text_form(value: Any, form: Any) -> bool:
    return isinstance(value, str) and TEXT_FORMS[form].fits(value)


def _is_text_encoding(value: Any) -> bool:
    """Whether Python knows a code page of that name, and it is one of text."""
    try:
        return (
            isinstance(value, str)
            and codecs.lookup(value).name not in _NO_PAGES
            and isinstance("".encode(value), bytes)
        )
    except (LookupError, ValueError):
        return False


_NO_PAGES = ("idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined")
