"""Statistics as one web page that holds everything it needs: charts, and beside each the numbers as a table.

It has no script and loads nothing; its policy lets the browser use the style that it holds and nothing else. There is
no drawn map, since no geometry of countries is at hand that could be vouched for: countries stand as bars under their
regional groups.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from html import escape
from importlib import resources

from untoc_network import __version__
from untoc_network.i18n.language_words import Words, english
from untoc_network.model.event import EventStatus
from untoc_network.privacy.count_table import Hidden
from untoc_network.reports.html_head import escape_html, render_page_head
from untoc_network.reports.rule_pages import capitalize_first
from untoc_network.reports.statistics_text import (
    choose_text,
    format_absent,
    format_cell,
    format_note,
    format_row_label,
    format_sources,
    translate_key,
)
from untoc_network.reports.svg_charts import (
    Bar,
    BarPart,
    LineSeries,
    find_longest_bar,
    render_bars,
    render_hatching,
    render_legend,
    render_line_chart,
)
from untoc_network.statistics.table import UNKNOWN, Cell, Chart, Row, Statistics, Table, TableNote
from untoc_network.values.dates import PartialDate
from untoc_network.values.stated_count import CountBasis

__all__ = ["render_statistics_html"]

_SUBJECTS = {
    "members": "members",
    "events": "events",
    "attendance": "events",
    "reviews": "country-reviews",
    "contributions": "contributions",
}
"""The section of each table, by the first word of its key."""


def render_statistics_html(statistics: Statistics, *, words: Words | None = None) -> Iterator[str]:
    """The page, piece by piece."""
    words = words or english()
    style = resources.files(__package__).joinpath("statistics.css").read_text("utf-8")
    title = words.ui("report-title")
    title = title if statistics.title is None else choose_text(statistics.title, words)[0]
    yield render_page_head(escape_html(title), style, language=words.language)
    yield render_hatching()
    yield f"<header>\n<h1>{_render_heading(statistics, words)}</h1>\n"
    on = escape_html(words.ui("report-on", on=statistics.on))
    yield f'<p class="muted"><time datetime="{statistics.on}">{on}</time></p>\n'
    yield from _render_notes([format_note(note, words) for note in statistics.notes])
    sections = {name: list(tables) for name, tables in itertools.groupby(statistics.tables, key=_find_table_subject)}
    yield from _render_facts(statistics, words)
    links = "".join(f'<li><a href="#{name}">{escape_html(translate_key(name, words))}</a></li>' for name in sections)
    yield f'<nav aria-label="{escape_html(words.ui("report-contents"))}"><ul>{links}</ul></nav>\n' if links else ""
    yield "</header>\n<main>\n"
    for name, tables in sections.items():
        yield f'<section aria-labelledby="{name}">\n<h2 id="{name}">{escape_html(translate_key(name, words))}</h2>\n'
        told: dict[str, None] = {}
        for table in tables:
            yield from _render_table_with_chart(table, words, told)
        yield "</section>\n"
    yield f"<p>{escape_html(format_absent(statistics, words))}</p>\n" if statistics.absent else ""
    made = capitalize_first(words.ui("made-by", version=__version__))
    yield f'</main>\n<footer class="muted">{escape_html(made)}.</footer>\n</body>\n</html>\n'


def _render_heading(statistics: Statistics, words: Words) -> str:
    if statistics.title is None:
        return escape_html(words.ui("report-title"))
    title, language = choose_text(statistics.title, words)
    named = f'<bdi lang="{escape(language)}">{escape_html(title)}</bdi>'
    return escape_html(words.ui("report-of", title="\0")).replace("\\u{0}", named)


def _find_table_subject(table: Table) -> str:
    return _SUBJECTS[table.key.partition("-")[0]]


def _render_fact(subject: str, words: Words) -> str:
    return words.interface.get(f"report-fact-{subject}") or translate_key(subject, words)


def _render_facts(statistics: Statistics, words: Words) -> Iterator[str]:
    """The totals of the first table of each subject that has one."""
    totals: dict[str, Cell] = {}
    for table in statistics.tables:
        if table.total is not None:
            totals.setdefault(_find_table_subject(table), table.total[-1])
    items = "".join(
        f"<li><strong>{escape_html(format_cell(total, words))}</strong> {escape_html(_render_fact(name, words))}</li>"
        for name, total in totals.items()
    )
    yield f'<ul class="facts">{items}</ul>\n' if items else ""


def _render_table_with_chart(table: Table, words: Words, told: dict[str, None]) -> Iterator[str]:
    """A table with its chart; notes that stand under an earlier one of the section (`told`) are not said again."""
    name = translate_key(table.key, words)
    yield f'<section class="table">\n<h3 id="{table.key}">{escape_html(name)}</h3>\n'
    is_drawn = table.chart is not Chart.NONE
    if table.rows and is_drawn:
        yield '<div class="chart">\n'
        yield from _CHARTS[table.chart](table, name, words)
        yield "</div>\n"
    drawn = [TableNote(key=key) for key in _DRAWN.get(table.chart, ()) if table.rows]
    notes = [format_note(note, words) for note in (*drawn, *table.notes)]
    yield from _render_notes([note for note in notes if note not in told])
    told.update(dict.fromkeys(notes))
    if table.rows or table.total:
        yield f"<details{'' if is_drawn else ' open'}>\n<summary>{escape_html(words.ui('report-table'))}</summary>\n"
        yield from _render_number_table(table, name, words)
        yield from _render_notes(format_sources(table, words))
        yield "</details>\n"
    yield "</section>\n"


def _render_notes(notes: Sequence[str]) -> Iterator[str]:
    if notes:
        yield f'<ul class="notes">{"".join(f"<li>{escape_html(note)}</li>" for note in notes)}</ul>\n'


# -- the table -------------------------------------------------------------------------------------------------------


def _render_number_table(table: Table, name: str, words: Words) -> Iterator[str]:
    head = [words.ui(f"report-rows-{table.rows_are}"), *(translate_key(column, words) for column in table.columns)]
    cells = "".join(f'<th scope="col">{escape_html(capitalize_first(one))}</th>' for one in head)
    yield f'<div class="wide" role="region" tabindex="0" aria-label="{escape_html(name)}">\n<table>\n'
    yield f"<thead><tr>{cells}</tr></thead>\n<tbody>\n"
    for row in table.rows:
        yield _render_table_row(format_row_label(row, table, words), row.cells, words)
    yield "</tbody>\n"
    if table.total is not None:
        yield f"<tfoot>\n{_render_table_row(words.ui('report-total'), table.total, words)}</tfoot>\n"
    yield "</table>\n</div>\n"


def _render_table_row(label: str, cells: Sequence[Cell], words: Words) -> str:
    numbers = "".join(f"<td>{escape_html(format_cell(cell, words))}</td>" for cell in cells)
    return f'<tr><th scope="row">{escape_html(label)}</th>{numbers}</tr>\n'


# -- the charts ------------------------------------------------------------------------------------------------------


def _render_bar_chart(table: Table, name: str, words: Words) -> Iterator[str]:
    columns = table.columns
    if len(columns) > 1:
        yield render_legend(
            [
                (translate_key(column, words), _find_series_colour(table, number))
                for number, column in enumerate(columns)
            ]
        )
    drawn = [bar for row in table.rows for bar in _make_bars_of_row(row, table, words)]
    yield from render_bars(drawn, name)


def _make_bars_of_row(row: Row, table: Table, words: Words) -> Iterator[Bar]:
    """A bar for each cell that holds something; one for the row where none does."""
    label = format_row_label(row, table, words)
    held: list[tuple[int, Cell]] = [(number, cell) for number, cell in enumerate(row.cells) if cell is not None]
    for number, cell in held or _NO_CELL:
        part = BarPart(value=_get_cell_number(cell), series=_find_series_colour(table, number))
        yield Bar(label=label, said=format_cell(cell, words), parts=(part,))
        label = ""


def _render_stacked_bars(table: Table, name: str, words: Words) -> Iterator[str]:
    """All columns but the last, which is what they are together."""
    parts = table.columns[:-1]
    yield render_legend(
        [(translate_key(column, words), _find_series_colour(table, number)) for number, column in enumerate(parts)]
    )
    drawn = [
        Bar(
            label=format_row_label(row, table, words),
            said=format_cell(row.cells[-1], words),
            parts=tuple(
                BarPart(value=_get_cell_number(cell), series=_find_series_colour(table, number))
                for number, cell in enumerate(row.cells[:-1])
            ),
        )
        for row in table.rows
    ]
    yield from render_bars(drawn, name)


def _render_grouped_bars(table: Table, name: str, words: Words) -> Iterator[str]:
    """Groups with the most first; a count that is hidden weighs nothing, so that the order tells nothing of it."""
    groups: dict[str, list[Bar]] = {}
    for row in table.rows:
        groups.setdefault(row.group or UNKNOWN, []).extend(_make_bars_of_row(row, table, words))
    most = find_longest_bar([bar for held in groups.values() for bar in held])
    for group, held in sorted(
        groups.items(), key=lambda item: (item[0] == UNKNOWN, -_sum_known_bars(item[1]), item[0])
    ):
        title = words.ui("report-group-unknown") if group == UNKNOWN else translate_key(group, words)
        yield f"<h4>{escape_html(title)}</h4>\n"
        yield from render_bars(held, f"{name}: {title}", most=most)


def _sum_known_bars(held: Sequence[Bar]) -> int:
    return sum(part.value or 0 for bar in held for part in bar.parts)


def _render_least_and_most_chart(table: Table, name: str, words: Words) -> Iterator[str]:
    """Those who certainly belong, and all together: the most that there can be."""
    yield render_legend([(words.ui("report-at-least"), 0), (words.ui("report-at-most"), 1)])
    drawn = [
        LineSeries(values=tuple(_get_cell_number(row.cells[place]) for row in table.rows), series=series)
        for place, series in ((-1, 1), (0, 0))
    ]
    ends = [PartialDate(row.key) for row in table.rows]
    labels = [day[:4] for day in ends[:-1]] + [str(ends[-1])]
    yield from render_line_chart([(day.first, label) for day, label in zip(ends, labels, strict=True)], drawn, name)


_GREY, _COLOURS = 4, (0, 1, 2, 3, 5)
_PLACES: dict[str, int] = {value: place for values in (CountBasis, EventStatus) for place, value in enumerate(values)}
"""The place among the colours of what can be missing as a column."""
_NO_CELL: list[tuple[int, Cell]] = [(0, None)]
_DRAWN = {Chart.GROUPED: ("map",), Chart.LINES: ("lines",)}
"""The notes that go with a chart."""
_CHARTS = {
    Chart.BARS: _render_bar_chart,
    Chart.STACKED: _render_stacked_bars,
    Chart.GROUPED: _render_grouped_bars,
    Chart.LINES: _render_least_and_most_chart,
}


def _find_series_colour(table: Table, number: int) -> int:
    """The colour of a column: the same in every table for the same thing, grey for what is not recorded."""
    column = table.columns[number]
    return _GREY if column == UNKNOWN else _COLOURS[_PLACES.get(column, number)]


def _get_cell_number(cell: Cell) -> int | None:
    """The length of a bar: of numbers that sources state, the greatest; None where it is not told or not known."""
    if isinstance(cell, tuple):
        return max(stated.value for stated in cell)
    return None if isinstance(cell, Hidden) else cell
