"""A table of facts for people, as text and as a page: its rows, their day, how sure they are and what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

import attrs

from untoc_network.diagnostics.findings import Certainty
from untoc_network.i18n.language_words import Words, english
from untoc_network.i18n.told_texts import translate_text
from untoc_network.reference import packaged
from untoc_network.reference.row_types import PartyStatus, QuestionnaireTopic, Row
from untoc_network.reference.table_rows import TableRows, describe_certainty
from untoc_network.reports.html_head import render_page_head, to_html
from untoc_network.reports.stylesheet import load_stylesheet
from untoc_network.reports.text_table import render_table
from untoc_network.reports.text_wrapping import wrap

__all__ = [
    "AS_PRINTED",
    "NAMES",
    "describe_scope",
    "list_fact_columns",
    "render_fact_table",
    "render_fact_table_html",
]

_PROVENANCE = {field.name for field in attrs.fields(Row)}
_DAY = "as_of"
_PAGE = re.compile(r"https?://[^\s)]+")
_STATED = {
    Certainty.DERIVED: "{number:number} derived",
    Certainty.PARTIAL: "{number:number} read in part",
    Certainty.RECALLED: "{number:number} only recalled, not read in a source",
    Certainty.DISPUTED: "{number:number} disputed between sources",
}
_ROWS = "{number:row|rows}{alike}; --format json gives the source of each"
_IN_ENGLISH = "as the sources have it, in English: {columns}"
_WITH = ", with {what}"
_ALL_WITH = ", all with {what}"
_MOST_NAMED = 5
"""More rows than these, on which there is the same to remark, are counted."""
AS_PRINTED: Mapping[str, tuple[str, ...]] = {
    "events": ("name", "organizers", "partners", "donors", "counted"),
    "dialogues": ("counted",),
}
"""Columns that stand in the English of their sources in every language: titles and names that others gave, and numbers
as they were printed."""
NAMES: Mapping[str, tuple[str, ...]] = {"countries": ("en", "en_formal", "es", "es_formal", "fr", "fr_formal", "pt")}
"""Columns that are in a language of their own, which is what they are called."""


def render_fact_table(found: TableRows, *, width: int | None = None, words: Words | None = None) -> Iterator[str]:
    """The lines of the table; what is the same in every row is told once, below.

    Values of lists have labels in each language, and what facts say in English has a wording of ours. Of what stands as
    its source has it, in English, that is said.
    """
    words, shared = words or english(), found.find_shared_certainties()
    columns, cells = list_fact_columns(found, told=shared, words=words)
    same = {name: cells[0][place] for place, name in enumerate(columns) if len({row[place] for row in cells}) == 1}
    head = [name for name in columns if name not in same or (len(cells) == 1 and name != _DAY)]
    places = [columns.index(name) for name in head]
    heads = [_name_column(name, words) for name in head]
    yield from render_table(heads, [[row[place] for place in places] for row in cells], width=width)
    told = [f"{_name_column(name, words)} {said}" for name, said in same.items() if name not in (*head, _DAY) and said]
    told += [f"{_name_column(name, words)} {_name_value(certainty, words)}" for name, certainty in shared.items()]
    way = _ALL_WITH if len(cells) > 1 else _WITH
    alike = words.tell(way, what=", ".join(told)) if told else ""
    yield from wrap(words.tell(_ROWS, number=len(cells), alike=alike), width)
    remarks = (*_list_notes(found, cells, words), *_tell_what_is_english(found, words))
    for line in (*remarks, *describe_scope(found, words)):
        yield from wrap(line, width)


def _tell_what_is_english(found: TableRows, words: Words) -> Iterator[str]:
    """Which columns are in English though the others are not."""
    kept = [name for name in AS_PRINTED.get(found.table, ()) if any(getattr(row, name) for row in found.rows)]
    if kept and words.told:
        yield words.tell(_IN_ENGLISH, columns=", ".join(_name_column(name, words) for name in kept))


def _find_column_language(table: str, name: str, words: Words) -> str:
    """The language of a column where it is another than that of the words; else nothing."""
    language = "en" if name in AS_PRINTED.get(table, ()) else name.partition("_")[0]
    marked = name in (*AS_PRINTED.get(table, ()), *NAMES.get(table, ())) and language != words.language
    return language if marked else ""


def describe_scope(found: TableRows, words: Words) -> Iterator[str]:
    """What every print of these rows ends with, a line each: their day, how sure they are, what is missing."""
    if found.rows:
        first, last = found.earliest or "", found.latest or ""
        days = words.tell("{first} to {last}", first=first, last=last) if first != last else first
        unsure = [
            words.tell(_STATED[certainty], number=number)
            for certainty, number in found.count_certainties()
            if certainty is not Certainty.SEEN
        ]
        if unsure:
            number, told = len(found.rows), ", ".join(unsure)
            yield words.tell("data of {days}; of {number:row|rows} {unsure}", days=days, number=number, unsure=told)
        else:
            yield words.tell("data of {days}", days=days)
    yield from (words.tell("known to be missing: {what}", what=translate_text(said, words)) for said in found.missing)


def _name_column(name: str, words: Words) -> str:
    """What a column is called; in English as the table has it."""
    return words.told.get(name.replace("_", " "), name)


def _name_value(value: object, words: Words) -> str:
    """A value of a list, or what a fact says, in the language; in English, and where it has no wording, as it is."""
    return words.label(value) if isinstance(value, StrEnum) and words.told else words.told.get(str(value), str(value))


def _link_pages(source: str) -> str:
    """A source as it stands in a page, its web addresses as links."""
    return _PAGE.sub(r'<a href="\g<0>">\g<0></a>', to_html(source))


def _list_notes(found: TableRows, cells: list[list[str]], words: Words) -> Iterator[str]:
    """What there is to remark on rows that are not plainly seen, such as the day that another source has."""
    leading = range(1, len(cells[0]) + 1) if cells else ()
    telling = next((many for many in leading if len({tuple(row[:many]) for row in cells}) == len(cells)), 1)
    remarks: dict[str, list[str]] = {}
    for row, told in zip(found.rows, cells, strict=True):
        if row.note and (row.certainties or row.certainty is not Certainty.SEEN):
            remarks.setdefault(_name_value(row.note, words), []).append(" ".join(filter(None, told[:telling])))
    for note, named in remarks.items():
        rows = ", ".join(named) if len(named) <= _MOST_NAMED else words.tell("{number:row|rows}", number=len(named))
        yield words.tell("note on {rows}: {note}", rows=rows, note=note)


def list_fact_columns(
    found: TableRows, *, told: Mapping[str, Certainty] | None = None, words: Words | None = None
) -> tuple[list[str], list[list[str]]]:
    """The columns of the table and its cells as text: its own fields, the day that a row is of, how sure it is.

    Of fields in `told` it is said elsewhere how sure they are.
    """
    words, fields = words or english(), attrs.fields(type(found.rows[0])) if found.rows else ()
    own = [field.name for field in fields if field.name not in _PROVENANCE]
    rows = [_name_in_language(row, words) for row in found.rows]
    spoken = {name: english() if name in AS_PRINTED.get(found.table, ()) else words for name in own}
    cells = [
        [
            *(_to_cell(getattr(row, name), spoken[name]) for name in own),
            str(row.as_of),
            _tell_certainty(row, told, words),
        ]
        for row in rows
    ]
    return [*own, _DAY, "certainty"], cells


def _name_in_language(row: Any, words: Words) -> Any:
    """A row on a party with the name of the State, one on a topic of the questionnaires with what that asks."""
    if isinstance(row, PartyStatus) and words.told:
        return attrs.evolve(row, name=packaged().name_of(row.code, words.language))
    if isinstance(row, QuestionnaireTopic) and words.told:
        return attrs.evolve(row, says=words.topics.get(row.topic, row.says))
    return row


def _tell_certainty(row: Any, told: Mapping[str, Certainty] | None, words: Words) -> str:
    if not words.told:
        return describe_certainty(row, told)
    others = (one for one in row.certainties if one.field not in (told or ()))
    said = (f"{_name_column(one.field, words)} {words.label(one.certainty)}" for one in others)
    return ", ".join((words.label(row.certainty), *said))


def _to_cell(value: object, words: Words) -> str:
    if isinstance(value, bool) and words.told:
        return words.tell("yes" if value else "no")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return words.number(value)
    return "" if value is None else _name_value(value, words)


def render_fact_table_html(found: TableRows, *, words: Words | None = None) -> Iterator[str]:
    """One page that loads nothing, each row with its source and what there is to remark."""
    words = words or english()
    title = to_html(words.tell(found.table.replace("_", " ")))
    columns, cells = list_fact_columns(found, words=words)
    yield render_page_head(title, load_stylesheet("facts.css"), language=words.language)
    yield f"<main>\n<h1>{title}</h1>\n"
    if cells:
        heads = "".join(
            f'<th scope="col">{to_html(_name_column(name, words))}</th>' for name in (*columns, "source", "note")
        )
        languages = (_find_column_language(found.table, name, words) for name in (*columns, "source", "note"))
        tags = [f' lang="{language}"' if language else "" for language in languages]
        yield f'<div class="wide">\n<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n'
        for row, told in zip(found.rows, cells, strict=True):
            marked = (*map(to_html, told), _link_pages(row.source), to_html(_to_cell(row.note, words)))
            yield f"<tr>{''.join(f'<td{tag}>{cell}</td>' for tag, cell in zip(tags, marked, strict=True))}</tr>\n"
        yield "</tbody>\n</table>\n</div>\n"
    for line in describe_scope(found, words):
        yield f"<p>{to_html(line)}</p>\n"
    yield "</main>\n</body>\n</html>\n"
