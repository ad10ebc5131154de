"""Statistics in words: what each key, row and cell is called in a language; as text and as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from untoc_network.engagement.membership_status import MembershipStatus
from untoc_network.i18n.language_words import Words, english
from untoc_network.privacy.count_table import Hidden
from untoc_network.reference import packaged
from untoc_network.reports.rule_pages import capitalize_first
from untoc_network.reports.text_table import render_table
from untoc_network.reports.text_wrapping import wrap
from untoc_network.statistics.table import (
    NONE,
    UNKNOWN,
    Cell,
    ListedMember,
    Row,
    RowSubject,
    Statistics,
    Table,
    TableNote,
)
from untoc_network.values.multilingual_text import Text

__all__ = [
    "choose_text",
    "format_cell",
    "format_facts",
    "format_listed_members",
    "format_note",
    "format_notes",
    "format_row_label",
    "render_statistics_csv",
    "render_statistics_text",
    "select_shown_tables",
    "translate_key",
]

_NOTE = 76


def render_statistics_text(
    statistics: Statistics, *, words: Words | None = None, width: int | None = 80
) -> Iterator[str]:
    """The tables line by line, each with its notes and sources."""
    words = words or english()
    yield from wrap(format_title(statistics, words), width)
    for note in statistics.notes:
        yield from wrap(format_note(note, words), width or _NOTE, "  ", "  ")
    for number, label in format_facts(statistics, words):
        yield from wrap(f"{label}{words.colon} {number}", width or _NOTE, "  ", "  ")
    if statistics.listed:
        yield ""
        yield words.ui("report-listed")
        for name, about in format_listed_members(statistics, words):
            yield from wrap(f"{name} ({about})", width or _NOTE, "  ", "    ")
        yield from wrap(words.ui("report-others"), width or _NOTE, "  ", "    ")
    for table in select_shown_tables(statistics):
        yield ""
        yield translate_key(table.key, words)
        rows = [
            [format_row_label(row, table, words), *(format_cell(cell, words) for cell in row.cells)]
            for row in table.rows
            if row.is_told or row.is_hidden
        ]
        if table.total is not None:
            rows.append([words.ui("report-total"), *(format_cell(cell, words) for cell in table.total)])
        head = [words.ui(f"report-rows-{table.rows_are}"), *(translate_key(column, words) for column in table.columns)]
        yield from render_table(head, rows, width=width, colon=words.colon)
        for told in format_notes(table, words):
            yield from wrap(told, width or _NOTE, "  ", "  ")
    if statistics.absent:
        yield ""
        yield from wrap(format_absent(statistics, words), width or _NOTE, "  ", "  ")


def render_statistics_csv(statistics: Statistics) -> Iterator[str]:
    """A line for each cell, with keys and no words, the same in every language: to be read by programs.

    `hidden` is 1 where a count may not be told; a cell of which nothing is recorded has neither value nor that.
    """
    yield _format_csv_line(("table", "row", "column", "value", "qualifier", "hidden"))
    for told in statistics.records():
        yield _format_csv_line((*[*told.values()][:-1], "1" if told["hidden"] else ""))


def _format_csv_line(cells: Sequence[object]) -> str:
    held = io.StringIO()
    csv.writer(held, lineterminator="\n").writerow(cells)
    return held.getvalue()


# -- in words --------------------------------------------------------------------------------------------------------


def select_shown_tables(statistics: Statistics) -> list[Table]:
    """The tables that tell people something: where the members are listed, not those that tell little of them."""
    listed = bool(statistics.listed)
    return [
        table for table in statistics.tables if not (listed and table.tells_little and table.key.startswith("members-"))
    ]


def format_facts(statistics: Statistics, words: Words) -> list[tuple[str, str]]:
    """The members in numbers: how many are listed, and of how many of these it is certain that they belong on the day.

    What is hidden is no fact.
    """
    tables = {table.key: table for table in statistics.tables}
    told: dict[str, Cell] = {}
    if (seats := tables.get("members-by-country")) and seats.total:
        told["members"] = seats.total[0]
    if growth := tables.get("members-over-time"):
        told["certain"] = growth.rows[-1].cells[0]
    return [
        (words.number(cell), words.ui(f"report-fact-{name}")) for name, cell in told.items() if isinstance(cell, int)
    ]


def format_listed_members(statistics: Statistics, words: Words) -> list[tuple[str, str]]:
    """Each listed member by name, with what is said of it, in the order of names in the language."""
    told = [(choose_text(one.name, words)[0], _describe_member(one, words)) for one in statistics.listed]
    return sorted(told, key=lambda member: (member[0].casefold(), member))


def _describe_member(one: ListedMember, words: Words) -> str:
    parts = [words.label(one.kind)]
    parts += [] if one.country is None else [_format_country(one.country, words)]
    parts += [] if one.since is None else [words.ui("report-since", day=one.since)]
    parts += [] if one.belonging is MembershipStatus.CERTAIN else [words.ui("report-unsure")]
    return ", ".join(parts)


def translate_key(key: str, words: Words) -> str:
    """A key of a table, column or row in words: of the reports' own, or the label of a value."""
    own = words.interface.get(f"report-{key}")
    return words.label(key) if own is None else own


def format_title(statistics: Statistics, words: Words) -> str:
    """The title with the day."""
    title = (
        words.ui("report-title")
        if statistics.title is None
        else words.ui("report-of", title=choose_text(statistics.title, words)[0])
    )
    return f"{title}. {words.ui('report-on', on=statistics.on)}"


def choose_text(text: Text, words: Words) -> tuple[str, str]:
    """A text in the language or else in its best one, and which language that is."""
    if words.language in text:
        return text[words.language], words.language
    best = str(text)
    return best, next((tag for tag in text if text[tag] == best), "")


def format_note(note: TableNote, words: Words) -> str:
    """A note in words."""
    return words.ui(f"report-note-{note.key}", **note.params)


def format_notes(table: Table, words: Words) -> list[str]:
    """The notes on a table, and its sources."""
    return [format_note(note, words) for note in table.notes] + format_sources(table, words)


def format_sources(table: Table, words: Words) -> list[str]:
    """Where the numbers of a table were read, as one line, or none; a line each where rows name theirs by number."""
    named = [choose_text(source, words)[0] for source in table.sources]
    if any(row.source for row in table.rows):
        return [f"[{number}] {name}" for number, name in enumerate(named, start=1)]
    titles = words.chain(named)
    return [f"{words.ui('report-sources')}{words.colon} {titles}"] if titles else []


def format_absent(statistics: Statistics, words: Words) -> str:
    """Of what the register has no records."""
    return words.ui(
        "report-absent", subjects=", ".join(translate_key(name, words).lower() for name in statistics.absent)
    )


def format_row_label(row: Row, table: Table, words: Words) -> str:
    """What a row is, in words, with its day, how sure it is and the number of its source where it has these."""
    day = f"{row.day} " if row.day is not None else ""
    unsure = "" if row.certainty is None else f" ({words.label(row.certainty)})"
    source = "" if row.source is None else f" [{row.source}]"
    name = _name_row(row, table, words)
    if row.day is not None:  # a name that ends with the year of the day would say that twice
        name = re.sub(rf"(?:, | \()({row.day[:4]})\)?$", "", name) or name
    return f"{day}{name}{unsure}{source}"


def _name_row(row: Row, table: Table, words: Words) -> str:
    if row.said is not None:
        params = {
            name: _format_country(str(value), words) if name == "country" else value
            for name, value in row.said.params.items()
        }
        return words.ui(f"report-{row.said.key}", **params)
    if row.label is not None:
        return choose_text(row.label, words)[0]
    if row.key in {UNKNOWN, NONE}:
        return capitalize_first(translate_key(row.key, words))
    return _WORDINGS.get(table.rows_are, _translate_row_key)(row.key, words)


def _format_country(code: str, words: Words) -> str:
    country = packaged().country(code)
    name = None if country is None or country.code != code else getattr(country, words.language, country.en)
    return name or translate_key(code, words)


def _format_language(tag: str, words: Words) -> str:
    own = words.interface.get(f"report-language-{tag}")
    return capitalize_first(own) if own else translate_key(tag, words)


def _translate_row_key(key: str, words: Words) -> str:
    return capitalize_first(translate_key(key, words))


def _keep_day(key: str, words: Words) -> str:  # noqa: ARG001
    return key


def _translate_published_number(key: str, words: Words) -> str:
    return words.interface.get(f"report-published-{key}") or key.replace("-", " ")


_WORDINGS = {
    RowSubject.PUBLISHED: _translate_published_number,
    RowSubject.COUNTRIES: _format_country,
    RowSubject.LANGUAGES: _format_language,
    RowSubject.DAYS: _keep_day,
}
"""How the keys of rows are written out that are no values of an enumeration."""


def format_cell(cell: Cell, words: Words) -> str:
    """A cell in words."""
    if cell is None:
        return words.ui("report-not-recorded")
    if isinstance(cell, Hidden):
        return words.ui("report-hidden")
    if isinstance(cell, int):
        return words.number(cell)
    return words.chain(
        words.ui(f"report-number-{stated.qualifier.value}", number=stated.value)
        + (f" ({choose_text(stated.of, words)[0]})" if stated.of else "")
        for stated in cell
    )
