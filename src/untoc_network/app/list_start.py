"""What the keeper of a list has to know before it becomes a register, and to do afterwards.

Cells are shown to the keeper alone: those of persons, and how to reach anybody, by their first letters. In what is
written for later, records go by their ids, and bodies by their names unless they are at risk.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

import attrs

from untoc_network.app.import_list import Imported, import_bytes
from untoc_network.diagnostics.codes.member_lists import ambiguous_date
from untoc_network.diagnostics.findings import Severity
from untoc_network.i18n.language_words import Words
from untoc_network.matching.duplicate_evidence import Pair
from untoc_network.model.organization_and_person import Organization, OrganizationKind, Person
from untoc_network.model.register import Register
from untoc_network.reports.report_markdown import escape_markdown
from untoc_network.serializers.member_lists.cell_parsers import FIELD_PARSERS
from untoc_network.serializers.member_lists.column_mapping import NOTE, SheetMapping
from untoc_network.serializers.member_lists.list_kind import ListKind
from untoc_network.serializers.member_lists.sheet_files import read_cells
from untoc_network.serializers.member_lists.table import (
    Column,
    SheetTable,
    find_table,
    suggest_headers,
)
from untoc_network.serializers.source.limits import Limits
from untoc_network.values.consent_and_contact import ContactKind, Purpose

__all__ = ["ListPreview", "PreviewedColumn", "preview_list", "write_to_do"]

_ANY_NETWORK = "network"
_EXAMPLES = 2
_LONGEST = 40
_CONSENTS = frozenset(f"{whose}consent.{purpose}" for whose in ("", "person.") for purpose in Purpose)
_MASKED = frozenset({*ContactKind, "address", "identifier"})
_LATER_CHARACTERS = re.compile(r"(?<=\w)\w|[0-9]")


@attrs.frozen(kw_only=True)
class PreviewedColumn:
    """A column as it is understood: its header, its field or `note`, and some of its cells as they may be shown."""

    header: str
    field: str
    examples: tuple[str, ...] = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class ListPreview:
    """A list as it is understood: its columns, and what only a person can say of it.

    `consents` are the cells with a yes, by the headers of the columns of bodies that ask for one; `has_vague_days`
    tells that days can be read in two ways.
    """

    imported: Imported
    of: ListKind
    columns: tuple[PreviewedColumn, ...]
    consents: tuple[tuple[str, int], ...]
    has_vague_days: bool


def preview_list(data: bytes, *, file: str, mapping: SheetMapping, limits: Limits) -> ListPreview | None:
    """What a list would be taken for; None where nothing of it can be read, which importing it tells."""
    sheet, _ = read_cells(data, file=file, limits=limits, mapping=mapping)
    table = find_table(sheet, mapping)
    if table is None:
        return None
    in_network = attrs.evolve(mapping, network=mapping.network or _ANY_NETWORK)  # or its columns were not read
    imported = import_bytes(data, file=file, mapping=in_network, limits=limits)
    shown = [column for column in table.columns.values() if column.has_header]
    asking = [column for column in shown if column.target.field in _CONSENTS and "person" not in str(column.target)]
    return ListPreview(
        imported=imported,
        of=table.of,
        columns=tuple(
            PreviewedColumn(
                header=_shorten(column.header),
                field=str(column.wanted or NOTE),
                examples=tuple(_mask(column, text) for text in itertools.islice(_list_cells(table, column), _EXAMPLES)),
            )
            for column in shown
        ),
        consents=tuple((column.header, _count_yes(table, column)) for column in asking),
        has_vague_days=any(finding.code == ambiguous_date.code for finding in imported.report),
    )


def preview_headers(data: bytes, *, file: str, mapping: SheetMapping, limits: Limits) -> tuple[PreviewedColumn, ...]:
    """The likely headers of a list in which no column names anybody, with the first letters of some cells."""
    sheet, _ = read_cells(data, file=file, limits=limits, mapping=mapping)
    row = suggest_headers(sheet, mapping).header_row or 0
    below = [cells for number, cells in sorted(sheet.rows.items()) if number > row]
    found = []
    for header in sheet.rows.get(row, ()):
        texts = (" ".join(cell.text.split()) for cells in below for cell in cells if cell.column == header.column)
        examples = (_shorten(_LATER_CHARACTERS.sub("·", text)) for text in itertools.islice(texts, _EXAMPLES))
        name = " ".join(header.text.split())
        found.append(PreviewedColumn(header=name, field=NOTE, examples=tuple(examples)))
    return tuple(found)


def name_field(field: str, words: Words) -> str:
    """What a field of a mapping is called for people: `person2.email` is the e-mail of the second person."""
    interface = words.interface
    if (known := interface.get(f"field-{field}")) is not None:
        return known
    if whose := re.fullmatch(r"person([2-9])\.(.+)", field):
        return f"{interface[f'field-person.{whose[2]}']} {whose[1]}"
    plain, _, language = field.partition(".")
    return f"{interface['field-name']} ({language})" if plain == "name" else field


def _list_cells(table: SheetTable, column: Column) -> Iterator[str]:
    held = (cell.text for line in table.lines for cell in line.own if cell.column == column.number)
    return (text for text in dict.fromkeys(" ".join(text.split()) for text in held) if text)


def _mask(column: Column, text: str) -> str:
    """A cell as it is shown: the first letters of what is a person's, leads to somebody, or is of no known field."""
    field = str(column.wanted or NOTE)
    is_personal = field.startswith("person") or field in _MASKED or field == NOTE
    shown = _LATER_CHARACTERS.sub("·", text) if is_personal and "consent" not in field else text
    return _shorten(shown)


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _count_yes(table: SheetTable, column: Column) -> int:
    parse = FIELD_PARSERS[column.target.field].parse
    cells = (cell.text for line in table.lines for cell in line.own if cell.column == column.number)
    return sum(parse(text, None).values == (True,) for text in cells)


# -- what is to be done ----------------------------------------------------------------------------------------------


def write_to_do(
    imported: Imported, register: Register, *, pairs: Iterable[Pair], words: Words, letter: Words
) -> Iterator[str]:
    """Whom to ask for what, as Markdown, with a letter in the language of the list. No address and no person's name."""
    bodies = [body for body in register.organizations if not body.at_risk]
    since = {one.organization_id for one in register.memberships if one.period is None or one.period.start is None}
    asked = {
        "todo-consent": [body for body in bodies if not (body.consents or body.declined)],  # a no is not asked again
        "todo-kind": [body for body in bodies if body.kind is OrganizationKind.UNKNOWN],
        "todo-since": [body for body in bodies if body.id in since],
    }
    yield f"# {words.ui('todo-title')}\n"
    for key, held in asked.items():
        yield from _write_section(words.ui(key), map(_name_body, held))
    unasked = (person for person in register.persons if not (person.consents or person.declined))
    persons = (_name_person(person, register) for person in unasked)
    yield from _write_section(words.ui("todo-persons"), persons)
    yield from _write_section(words.ui("todo-duplicates"), (_name_pair(pair, register) for pair in pairs))
    at_risk = (f"`{body.id}`" for body in register.organizations if body.at_risk)
    yield from _write_section(words.ui("todo-at-risk"), at_risk)
    told = sum(finding.severity is not Severity.INFO for finding in imported.report)
    yield from _write_section(words.ui("todo-report"), [words.ui("todo-findings", number=told)] if told else [])
    network = escape_markdown(imported.mapping.network_name or "")
    yield f"\n## {words.ui('todo-letter')}\n"
    yield from (f"> {line}".rstrip() for line in letter.ui("letter", network=network).splitlines())


def _name_body(body: Organization) -> str:
    return f"{escape_markdown(body.name.best())} (`{body.id}`)"


def _name_pair(pair: Pair, register: Register) -> str:
    """Two records that may be one: bodies by name and id, persons and who is at risk by the id alone."""
    records = (register.by_id[record_id] for record_id in (pair.first, pair.second))
    return " · ".join(
        _name_body(one) if isinstance(one, Organization) and not one.at_risk else f"`{one.id}`" for one in records
    )


def _name_person(person: Person, register: Register) -> str:
    """A person by the id, with the organizations that the person is of; none that is at risk."""
    ids = [*(one.organization_id for one in person.posts), *(one.organization_id for one in person.affiliations)]
    held = (register.by_id.get(one) for one in dict.fromkeys(ids) if one is not None)
    bodies = [body for body in held if isinstance(body, Organization) and not body.at_risk]
    return " · ".join((f"`{person.id}`", *(escape_markdown(body.name.best()) for body in bodies)))


def _write_section(title: str, items: Iterable[str]) -> Iterator[str]:
    listed = [f"- [ ] {item}" for item in items]
    if listed:
        yield from (f"\n## {title}\n", *listed)
