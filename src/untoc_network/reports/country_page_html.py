"""The page of a country as one web page that loads nothing and runs nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from untoc_network import __version__
from untoc_network.engagement.country_overview import CountryOverview
from untoc_network.i18n.language_words import Words, words_in
from untoc_network.reference.facts import Reference
from untoc_network.reports.country_page import CountryPage, PageLine, PageSection, PageTable
from untoc_network.reports.country_page_sections import lay_out_country_page
from untoc_network.reports.html_head import mark_days, render_page_head, to_html
from untoc_network.reports.rule_pages import capitalize_first
from untoc_network.reports.stylesheet import load_stylesheet

__all__ = ["render_country_html"]

_SUBJECT = ' class="subject"'
_TOP = 2
"""The level of the headings that stand in the contents, each with a card of its own."""


def render_country_html(
    overview: CountryOverview, *, languages: Sequence[str | Words] = ("en",), reference: Reference | None = None
) -> Iterator[str]:
    """The page, piece by piece; a number in brackets leads to the source of what stands before it."""
    page = lay_out_country_page(overview, languages=languages, reference=reference)
    style = load_stylesheet("country_page.css")
    title = to_html(page.title)
    yield render_page_head(title, style, language=page.language, is_private=overview.is_private)
    yield f'<header>\n<h1>{title}</h1>\n<p class="muted">{mark_days(to_html(" ".join(page.about)))}</p>\n'
    yield from _render_contents(page)
    yield "</header>\n<main>\n"
    is_open = False
    for number, section in enumerate(page.sections, start=1):
        if section.level == _TOP:
            yield "</section>\n" if is_open else ""
            yield f'<section class="card" aria-labelledby="p{number}">\n'
            is_open = True
        yield from _render_section(section, number)
    yield "</section>\n"
    yield from _render_sources(page)
    words = next(words for words in words_in(page.language))
    made = capitalize_first(words.ui("made-by", version=__version__))
    yield f'</main>\n<footer class="muted">{to_html(made)}.</footer>\n</body>\n</html>\n'


def _render_contents(page: CountryPage) -> Iterator[str]:
    tops = [(number, one.title) for number, one in enumerate(page.sections, start=1) if one.level == _TOP]
    links = "".join(f'<li><a href="#p{number}">{to_html(title)}</a></li>' for number, title in tops)
    links += f'<li><a href="#sources">{to_html(page.sources_title)}</a></li>'
    yield f'<nav aria-label="{to_html(page.contents_title)}"><ul>{links}</ul></nav>\n'


def _render_section(section: PageSection, number: int) -> Iterator[str]:
    yield f'<h{section.level} id="p{number}">{to_html(section.title)}</h{section.level}>\n'
    if section.items:
        items = "".join(f"<li>{_render_line(line)}</li>\n" for line in section.items)
        yield f'<ul class="items">\n{items}</ul>\n'
    if section.table is not None and section.table.rows:
        yield from _render_table(section.table)
    note, letter = section.paragraphs[:1], section.paragraphs[1:]
    yield from (f'<p class="muted">{_render_line(line)}</p>\n' for line in note)
    if section.is_letter:
        told = (f"<p{_SUBJECT * (place == 1)}>{_render_line(line)}</p>\n" for place, line in enumerate(letter))
        yield f'<div class="letter">\n{"".join(told)}</div>\n'


def _render_table(table: PageTable) -> Iterator[str]:
    heads = "".join(f'<th scope="col">{to_html(name)}</th>' for name in table.head)
    yield f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"
    for row, sources in zip(table.rows, table.sources, strict=True):
        first, *others = row
        cells = "".join(
            f'<td data-label="{to_html(name)}">{mark_days(to_html(cell))}</td>' if cell else "<td></td>"
            for name, cell in zip(table.head[1:], others, strict=False)
        )
        refs = f'<td data-label="{to_html(table.head[-1])}">{_render_refs(sources)}</td>'
        yield f'<tr><th scope="row">{to_html(first)}</th>{cells}{refs}</tr>\n'
    yield "</tbody>\n</table>\n"


def _render_sources(page: CountryPage) -> Iterator[str]:
    yield f'<section class="card">\n<h2 id="sources">{to_html(page.sources_title)}</h2>\n<ol class="sources">\n'
    for number, (said, url) in enumerate(page.sources, start=1):
        places = "".join(f"<br>{_render_address(part)}" for part in (url or "").split(" ; ") if part)
        yield f'<li id="s{number}">{mark_days(to_html(said))}{places}</li>\n'
    yield "</ol>\n</section>\n"


def _render_line(line: PageLine) -> str:
    text = f"<bdi>{mark_days(to_html(line.text))}</bdi>"
    if line.link is not None:
        text = _render_address(line.link) if line.link == line.text else f"{text} {_render_address(line.link)}"
    return f"{text} {_render_refs(line.sources)}" if line.sources else text


def _render_refs(sources: Sequence[int]) -> str:
    links = "".join(f'<a href="#s{number}">[{number}]</a>' for number in sources)
    return f'<span class="refs">{links}</span>'


def _render_address(address: str) -> str:
    if address.startswith(("https://", "http://")):
        return f'<a href="{escape(address)}">{to_html(address)}</a>'
    return to_html(address)
