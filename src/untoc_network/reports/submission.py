"""A consolidated submission as Markdown, and as one web page that loads nothing and runs nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.diagnostics.findings import Certainty
from untoc_network.engagement.consolidated_submission import (
    HeldBackContribution,
    Submission,
    SubmissionItem,
    SubmissionSection,
)
from untoc_network.engagement.translatable_message import MessageFormatter, Value, make_message
from untoc_network.i18n.language_words import Words
from untoc_network.reports.html_head import render_page_head, to_html
from untoc_network.reports.report_markdown import escape_markdown

__all__ = ["render_held_back", "render_submission_html", "render_submission_markdown"]

_STYLE = """\
body { color: #1a1a1a; background: #fff; font: 1rem/1.5 system-ui, sans-serif; max-width: 45rem; margin: 2rem auto;
  padding: 0 1rem; overflow-wrap: anywhere }
h1, h2, h3 { line-height: 1.25 } .by, .kind { color: #4a4a4a } a { color: #0b4f8a }
@media print { body { margin: 0; max-width: none } h2, h3 { break-after: avoid } }
"""


def render_submission_markdown(submission: Submission, *, languages: Sequence[str | Words] = ("en",)) -> Iterator[str]:
    """The submission as Markdown, what it says escaped."""
    teller = MessageFormatter(languages)
    yield (
        f"# {escape_markdown(teller.of(submission.title))}\n\n"
        f"{escape_markdown(_format_day_of_submission(submission, teller))}\n\n"
    )
    yield f"{escape_markdown(_format_authors(submission.names, submission.unnamed, teller))}\n"
    if not submission.sections:
        yield f"\n{escape_markdown(teller.of('submission.empty'))}\n"
    for section in submission.sections:
        yield f"\n## {escape_markdown(_format_section_heading(section, teller))}\n"
        for item in section.items:
            one = item.contribution
            yield (
                f"\n### {escape_markdown(teller.name(one.title))}\n\n*"
                f"{escape_markdown(_format_item_kind(item, teller))}*\n"
            )
            for paragraph in _split_into_paragraphs(item, teller):
                yield f"\n{escape_markdown(paragraph)}\n"
            for link in () if item.repeated else one.evidence:
                named = f"{link.title or ''} {link.url}"
                yield f"\n- {escape_markdown(teller.of('submission.evidence'))}: {escape_markdown(named)}\n"


def render_submission_html(submission: Submission, *, languages: Sequence[str | Words] = ("en",)) -> Iterator[str]:
    """The submission as a page that reads and prints everywhere."""
    teller = MessageFormatter(languages)
    title = to_html(teller.of(submission.title))
    yield render_page_head(title, _STYLE, language=teller.words.language)
    yield f"<main>\n<h1>{title}</h1>\n<p>{to_html(_format_day_of_submission(submission, teller))}</p>\n"
    yield f'<p class="by"><bdi>{to_html(_format_authors(submission.names, submission.unnamed, teller))}</bdi></p>\n'
    if not submission.sections:
        yield f"<p>{to_html(teller.of('submission.empty'))}</p>\n"
    for section in submission.sections:
        yield f"<section>\n<h2>{to_html(_format_section_heading(section, teller))}</h2>\n"
        for item in section.items:
            yield from _render_item_as_html(item, teller)
        yield "</section>\n"
    yield "</main>\n</body>\n</html>\n"


def render_held_back(
    held_back: tuple[HeldBackContribution, ...], *, languages: Sequence[str | Words] = ("en",)
) -> Iterator[str]:
    """What was left out and why, a line each; it names ids, fields and countries, and repeats no text."""
    teller = MessageFormatter(languages)
    for contribution, reason, countries, certainty in dict.fromkeys(
        (one.contribution_id, one.reason, one.countries, one.certainty or Certainty.SEEN) for one in held_back
    ):
        told: dict[str, Value] = {"contribution": contribution}
        if countries:
            told |= {"countries": countries, "certainty": certainty}
        yield escape_unprintable(teller.of(make_message(f"held-back.{reason}", told)))


def _render_item_as_html(item: SubmissionItem, teller: MessageFormatter) -> Iterator[str]:
    one = item.contribution
    yield f"<article>\n<h3><bdi>{to_html(teller.name(one.title))}</bdi></h3>\n"
    yield f'<p class="kind">{to_html(_format_item_kind(item, teller))}</p>\n'
    for paragraph in _split_into_paragraphs(item, teller):
        yield f"<p><bdi>{to_html(paragraph)}</bdi></p>\n"
    if one.evidence and not item.repeated:
        yield f"<h4>{to_html(teller.of('submission.evidence'))}</h4>\n<ul>\n"
        for link in one.evidence:
            shown = to_html(link.title or link.url)
            safe = link.url.startswith(("https://", "http://"))
            yield f'<li><a href="{escape(link.url)}">{shown}</a></li>\n' if safe else f"<li>{shown}</li>\n"
        yield "</ul>\n"
    yield "</article>\n"


def _format_section_heading(section: SubmissionSection, teller: MessageFormatter) -> str:
    if section.instrument is None:
        return teller.of("submission.general")
    if section.article is None:
        return section.instrument.value
    told = {"instrument": section.instrument.value, "article": section.article, "title": section.title}
    key = "submission.article" if section.title is None else "submission.article-title"
    return teller.of(make_message(key, {name: value for name, value in told.items() if value is not None}))


def _format_item_kind(item: SubmissionItem, teller: MessageFormatter) -> str:
    kind = teller.label(item.contribution.kind)
    topics = item.contribution.topics
    about = teller.of(make_message("submission.topics", topics=topics)) if topics else ""
    authors = _format_authors(item.names, item.unnamed, teller)
    return " ".join(filter(None, (f"{kind[:1].upper()}{kind[1:]}.", about, authors)))


def _format_authors(names: tuple[str, ...], unnamed: int, teller: MessageFormatter) -> str:
    """Who made it: names by consent, of the others how many."""
    if not unnamed:
        return teller.of(make_message("submission.by", names=names)) if names else ""
    key = "submission.by-both" if names else "submission.by-unnamed"
    return teller.of(make_message(key, names=names, unnamed=unnamed))


def _split_into_paragraphs(item: SubmissionItem, teller: MessageFormatter) -> list[str]:
    text = item.contribution.text
    if item.repeated:
        return [teller.of("submission.above")]
    parts = teller.name(text).split("\n\n") if text is not None else []
    return [part for part in parts if part.strip()]


def _format_day_of_submission(submission: Submission, teller: MessageFormatter) -> str:
    return teller.of(make_message("submission.as-of", on=submission.on))
