"""A consolidated submission as one web page that loads nothing and runs nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from untoc_network.engagement.consolidated_submission import Submission, SubmissionItem
from untoc_network.engagement.translatable_message import MessageFormatter
from untoc_network.i18n.language_words import Words
from untoc_network.reports.html_head import render_page_head, to_html
from untoc_network.reports.stylesheet import load_stylesheet
from untoc_network.reports.submission import (
    format_authors,
    format_day_of_submission,
    format_item_kind,
    format_section_heading,
    split_into_paragraphs,
)

__all__ = ["render_submission_html"]


def render_submission_html(submission: Submission, *, languages: Sequence[str | Words] = ("en",)) -> Iterator[str]:
    """The submission as a page that reads and prints everywhere."""
    teller = MessageFormatter(languages)
    title = to_html(teller.of(submission.title))
    style = load_stylesheet() + (Path(__file__).parent / "submission_page.css").read_text("utf-8")
    yield render_page_head(title, style, language=teller.words.language)
    yield f"<main>\n<h1>{title}</h1>\n<p>{to_html(format_day_of_submission(submission, teller))}</p>\n"
    yield f'<p class="by"><bdi>{to_html(format_authors(submission.names, submission.unnamed, teller))}</bdi></p>\n'
    if not submission.sections:
        yield f"<p>{to_html(teller.of('submission.empty'))}</p>\n"
    for section in submission.sections:
        yield f"<section>\n<h2>{to_html(format_section_heading(section, teller))}</h2>\n"
        for item in section.items:
            yield from _render_item_as_html(item, teller)
        yield "</section>\n"
    yield "</main>\n</body>\n</html>\n"


def _render_item_as_html(item: SubmissionItem, teller: MessageFormatter) -> Iterator[str]:
    one = item.contribution
    yield f"<article>\n<h3><bdi>{to_html(teller.name(one.title))}</bdi></h3>\n"
    yield f'<p class="kind">{to_html(format_item_kind(item, teller))}</p>\n'
    for paragraph in split_into_paragraphs(item, teller):
        yield f"<p><bdi>{to_html(paragraph)}</bdi></p>\n"
    if one.evidence and not item.repeated:
        yield f"<h4>{to_html(teller.of('submission.evidence'))}</h4>\n<ul>\n"
        for link in one.evidence:
            shown = to_html(link.title or link.url)
            safe = link.url.startswith(("https://", "http://"))
            yield f'<li><a href="{escape(link.url)}">{shown}</a></li>\n' if safe else f"<li>{shown}</li>\n"
        yield "</ul>\n"
    yield "</article>\n"
