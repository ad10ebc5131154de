"""Statistics as one web page that holds everything it needs: charts, and beside each the numbers as a table.

It has no script and loads nothing; its policy lets the browser use the style that it holds and nothing else. There is
no drawn map, since no geometry of countries is at hand that could be vouched for: countries stand as bars under their
regional groups.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

import attrs

from untoc_network import __version__
from untoc_network.i18n.language_words import Words, english
from untoc_network.model.event import EventStatus
from untoc_network.privacy.count_table import Hidden
from untoc_network.reports.html_head import escape_html, mark_days, render_page_head
from untoc_network.reports.rule_pages import capitalize_first
from untoc_network.reports.statistics_text import (
    choose_text,
    format_absent,
    format_cell,
    format_facts,
    format_listed_members,
    format_note,
    format_row_label,
    format_sources,
    select_shown_tables,
    translate_key,
)
from untoc_network.reports.stylesheet import load_stylesheet
from untoc_network.statistics.table import UNKNOWN, Cell, Chart, Row, Statistics, Table, TableNote
from untoc_network.values.stated_count import CountBasis
from untoc_network_site.bar_charts import (
    Bar,
    BarPart,
    find_longest_bar,
    render_bars,
    render_hatching,
    render_legend,
)

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
    style = load_stylesheet() + (Path(__file__).parent / "report_page.css").read_text("utf-8")
    title = words.ui("report-title")
    title = title if statistics.title is None else choose_text(statistics.title, words)[0]
    yield render_page_head(escape_html(title), style, language=words.language)
    yield render_hatching()
    yield f"<header>\n<h1>{_render_heading(statistics, words)}</h1>\n"
    on = escape_html(words.ui("report-on", on=statistics.on))
    yield f'<p class="muted"><time datetime="{statistics.on}">{on}</time></p>\n'
    yield from _render_notes([format_note(note, words) for note in statistics.notes])
    shown = select_shown_tables(statistics)
    sections = {name: list(tables) for name, tables in itertools.groupby(shown, key=_find_table_subject)}
    if statistics.listed:
        sections = {"members": sections.pop("members", [])} | sections
    yield from _render_facts(statistics, words)
    links = "".join(f'<li><a href="#{name}">{escape_html(translate_key(name, words))}</a></li>' for name in sections)
    yield f'<nav aria-label="{escape_html(words.ui("report-contents"))}"><ul>{links}</ul></nav>\n' if links else ""
    yield "</header>\n<main>\n"
    for name, tables in sections.items():
        yield f'<section aria-labelledby="{name}">\n<h2 id="{name}">{escape_html(translate_key(name, words))}</h2>\n'
        told: dict[str, None] = {}
        yield from _render_listed_members(statistics, words) if name == "members" else ()
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
    """The members in numbers, then the total of the first table of each other subject; none that is hidden."""
    totals: dict[str, Cell] = {}
    for table in statistics.tables:
        subject = _find_table_subject(table)
        if table.total is not None and subject != "members":
            totals.setdefault(subject, table.total[-1])
    facts = format_facts(statistics, words)
    facts += [
        (format_cell(total, words), _render_fact(name, words))
        for name, total in totals.items()
        if not isinstance(total, Hidden)
    ]
    items = "".join(f"<li><strong>{escape_html(number)}</strong> {escape_html(label)}</li>" for number, label in facts)
    yield f'<ul class="facts">{items}</ul>\n' if items else ""


def _render_listed_members(statistics: Statistics, words: Words) -> Iterator[str]:
    """The members by name; that there may be others is said whether there are any or not."""
    if statistics.listed:
        yield f'<section class="table card">\n<h3 id="members-listed">{escape_html(words.ui("report-listed"))}</h3>\n'
        yield '<ul class="names">\n'
        for name, about in format_listed_members(statistics, words):
            told = mark_days(escape_html(about))
            yield f'<li><bdi>{escape_html(name)}</bdi> <span class="muted">{told}</span></li>\n'
        yield f'<li class="muted">{escape_html(words.ui("report-others"))}</li>\n</ul>\n</section>\n'


def _render_table_with_chart(table: Table, words: Words, told: dict[str, None]) -> Iterator[str]:
    """A table with its chart; notes that stand under an earlier one of the section (`told`) are not said again.

    Rows of nothing but zeros are left out, and of a table without any other there is a line instead.
    """
    name = translate_key(table.key, words)
    hidden = [format_row_label(row, table, words) for row in table.rows if row.is_hidden]
    table = attrs.evolve(table, rows=tuple(row for row in table.rows if row.is_told or row.is_hidden))
    drawable = attrs.evolve(table, rows=tuple(row for row in table.rows if row.is_told))
    if not drawable.rows:
        few = words.ui("report-note-too-few")
        yield f'<p class="notes" id="{table.key}">{escape_html(name)}: {escape_html(few)}</p>\n'
        return
    yield f'<section class="table card">\n<h3 id="{table.key}">{escape_html(name)}</h3>\n'
    is_drawn = table.chart is not Chart.NONE
    if is_drawn:
        yield '<div class="chart">\n'
        yield from _CHARTS[table.chart](drawable, name, words)
        yield "</div>\n"
        yield from _render_notes([words.ui("report-note-not-shown", rows=words.listed(hidden))] if hidden else [])
    drawn = [TableNote(key=key) for key in _DRAWN.get(table.chart, ())]
    notes = [format_note(note, words) for note in (*drawn, *table.notes)]
    yield from _render_notes([note for note in notes if note not in told])
    told.update(dict.fromkeys(notes))
    yield f"<details{'' if is_drawn else ' open'}>\n<summary>{escape_html(words.ui('report-table'))}</summary>\n"
    yield from _render_number_table(table, name, words)
    yield from _render_notes(format_sources(table, words))
    yield "</details>\n</section>\n"


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
    yield from _render_series(table, range(len(table.columns) if len(table.columns) > 1 else 0), words)
    drawn = [bar for row in table.rows for bar in _make_bars_of_row(row, table, words)]
    yield from render_bars(drawn, name)


def _render_series(table: Table, columns: Iterable[int], words: Words) -> Iterator[str]:
    """What the colours of the columns stand for that any row has something in."""
    used = [number for number in columns if any(row.cells[number] for row in table.rows)]
    yield render_legend(
        [(translate_key(table.columns[number], words), _find_series_colour(table, number)) for number in used]
    )


def _make_bars_of_row(row: Row, table: Table, words: Words) -> Iterator[Bar]:
    """A bar for each cell that tells of something."""
    label = format_row_label(row, table, words)
    for number, cell in enumerate(row.cells):
        if cell:
            part = BarPart(value=_get_cell_number(cell), series=_find_series_colour(table, number))
            yield Bar(label=label, said=format_cell(cell, words), parts=(part,))
            label = ""


def _render_stacked_bars(table: Table, name: str, words: Words) -> Iterator[str]:
    """All columns but the last, which is what they are together."""
    yield from _render_series(table, range(len(table.columns) - 1), words)
    labelled = ((row, format_row_label(row, table, words)) for row in table.rows)
    yield from render_bars([_stack(row, label, table, words) for row, label in labelled], name)


def _stack(row: Row, label: str, table: Table, words: Words) -> Bar:
    parts = tuple(
        BarPart(value=_get_cell_number(cell), series=_find_series_colour(table, number))
        for number, cell in enumerate(row.cells[:-1])
    )
    return Bar(label=label, said=format_cell(row.cells[-1], words), parts=parts)


def _render_yearly_bars(table: Table, name: str, words: Words) -> Iterator[str]:
    """A bar for each year and one for the day: who certainly belongs, and who may; undivided where parts are hidden."""
    whole = [row for row in table.rows if Hidden.HIDDEN in row.cells[:-1]]
    divided = attrs.evolve(table, rows=tuple(row for row in table.rows if row not in whole))
    labels = [row.key[:4] for row in table.rows[:-1]] + [table.rows[-1].key]
    items = [
        (translate_key(column, words), _find_series_colour(table, number))
        for number, column in enumerate(table.columns[:-1])
        if any(row.cells[number] for row in divided.rows)
    ]
    yield render_legend([*items, *([(words.ui("report-undivided"), _UNDIVIDED)] if whole else [])])
    yield from render_bars(
        [
            Bar(
                label=label,
                said=format_cell(row.cells[-1], words),
                parts=(BarPart(value=_get_cell_number(row.cells[-1]), series=_UNDIVIDED),),
            )
            if row in whole
            else _stack(row, label, table, words)
            for row, label in zip(table.rows, labels, strict=True)
        ],
        name,
    )


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


_GREY, _UNDIVIDED, _COLOURS = 4, 5, (0, 1, 2, 3, 5)
_PLACES: dict[str, int] = {value: place for values in (CountBasis, EventStatus) for place, value in enumerate(values)}
"""The place among the colours of what can be missing as a column."""
_DRAWN = {Chart.GROUPED: ("map",), Chart.LINES: ("lines",)}
"""The notes that go with a chart."""
_NOT_RECORDED = frozenset({UNKNOWN, "member-unknown"})
_CHARTS = {
    Chart.BARS: _render_bar_chart,
    Chart.STACKED: _render_stacked_bars,
    Chart.GROUPED: _render_grouped_bars,
    Chart.LINES: _render_yearly_bars,
}


def _find_series_colour(table: Table, number: int) -> int:
    """The colour of a column: the same in every table for the same thing, grey for what is not recorded."""
    column = table.columns[number]
    return _GREY if column in _NOT_RECORDED else _COLOURS[_PLACES.get(column, number)]


def _get_cell_number(cell: Cell) -> int | None:
    """The length of a bar: of numbers that sources state, the greatest; None where it is not told or not known."""
    if isinstance(cell, tuple):
        return max(stated.value for stated in cell)
    return None if isinstance(cell, Hidden) else cell
