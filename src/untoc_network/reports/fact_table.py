"""A table of facts for people, as text and as a page: its rows, their day, how sure they are and what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import attrs

from untoc_network.diagnostics.findings import Certainty
from untoc_network.diagnostics.templates import with_count
from untoc_network.reference.row_types import Row
from untoc_network.reference.table_rows import TableRows, describe_certainty
from untoc_network.reports.html_head import render_page_head, to_html
from untoc_network.reports.text_table import render_table
from untoc_network.reports.text_wrapping import wrap

__all__ = ["list_fact_columns", "render_fact_table", "render_fact_table_html"]

_PROVENANCE = {field.name for field in attrs.fields(Row)}
_DAY = "as_of"
_PAGE = re.compile(r"https?://[^\s)]+")
_MOST_NAMED = 5
"""More rows than these, on which there is the same to remark, are counted."""
_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem }
.wide { overflow-x: auto }
table { border-collapse: collapse; font-size: .875rem }
a { color: #0b5394; overflow-wrap: anywhere }
th, td { border: 1px solid #8a8f98; padding: .25rem .5rem; text-align: left; vertical-align: top }
@media (prefers-color-scheme: dark) { body { background: #14171c; color: #e8eaed } a { color: #9ecbff } }
"""


def render_fact_table(found: TableRows, *, width: int | None = None) -> Iterator[str]:
    """The lines of the table; what is the same in every row is told once, below."""
    shared = found.find_shared_certainties()
    columns, cells = list_fact_columns(found, told=shared)
    same = {name: cells[0][place] for place, name in enumerate(columns) if len({row[place] for row in cells}) == 1}
    head = [name for name in columns if name not in same or (len(cells) == 1 and name != _DAY)]
    places = [columns.index(name) for name in head]
    yield from render_table(head, [[row[place] for place in places] for row in cells], width=width)
    told = [f"{name} {said}" for name, said in same.items() if name not in (*head, _DAY) and said]
    told += [f"{name} {certainty}" for name, certainty in shared.items()]
    alike = f", {'all ' if len(cells) > 1 else ''}with {', '.join(told)}" if told else ""
    yield from wrap(f"{with_count(len(cells), 'row|rows')}{alike}; --format json gives the source of each", width)
    for line in (*_list_notes(found, cells), *found.describe_scope()):
        yield from wrap(line, width)


def _link_pages(source: str) -> str:
    """A source as it stands in a page, its web addresses as links."""
    return _PAGE.sub(r'<a href="\g<0>">\g<0></a>', to_html(source))


def _list_notes(found: TableRows, cells: list[list[str]]) -> Iterator[str]:
    """What there is to remark on rows that are not plainly seen, such as the day that another source has."""
    leading = range(1, len(cells[0]) + 1) if cells else ()
    telling = next((many for many in leading if len({tuple(row[:many]) for row in cells}) == len(cells)), 1)
    remarks: dict[str, list[str]] = {}
    for row, told in zip(found.rows, cells, strict=True):
        if row.note and (row.certainties or row.certainty is not Certainty.SEEN):
            remarks.setdefault(row.note, []).append(" ".join(filter(None, told[:telling])))
    for note, named in remarks.items():
        rows = ", ".join(named) if len(named) <= _MOST_NAMED else with_count(len(named), "row|rows")
        yield f"note on {rows}: {note}"


def list_fact_columns(
    found: TableRows, *, told: Mapping[str, Certainty] | None = None
) -> tuple[list[str], list[list[str]]]:
    """The columns of the table and its cells as text: its own fields, the day that a row is of, how sure it is.

    Of fields in `told` it is said elsewhere how sure they are.
    """
    fields = attrs.fields(type(found.rows[0])) if found.rows else ()
    own = [field.name for field in fields if field.name not in _PROVENANCE]
    cells = [
        [*(_to_cell(getattr(row, name)) for name in own), str(row.as_of), describe_certainty(row, told)]
        for row in found.rows
    ]
    return [*own, _DAY, "certainty"], cells


def _to_cell(value: object) -> str:
    return "" if value is None else str(value)


def render_fact_table_html(found: TableRows) -> Iterator[str]:
    """One page that loads nothing, each row with its source and what there is to remark."""
    title = to_html(found.table.replace("_", " "))
    columns, cells = list_fact_columns(found)
    yield render_page_head(title, _STYLE, language="en")
    yield f"<main>\n<h1>{title}</h1>\n"
    if cells:
        heads = "".join(f'<th scope="col">{to_html(name)}</th>' for name in (*columns, "source", "note"))
        yield f'<div class="wide">\n<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n'
        for row, told in zip(found.rows, cells, strict=True):
            marked = (*map(to_html, told), _link_pages(row.source), to_html(row.note or ""))
            yield f"<tr>{''.join(f'<td>{cell}</td>' for cell in marked)}</tr>\n"
        yield "</tbody>\n</table>\n</div>\n"
    for line in found.describe_scope():
        yield f"<p>{to_html(line)}</p>\n"
    yield "</main>\n</body>\n</html>\n"
