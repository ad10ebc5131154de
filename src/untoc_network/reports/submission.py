"""A consolidated submission as Markdown, and what each of its parts says in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
from untoc_network.reports.report_markdown import escape_markdown

__all__ = [
    "format_authors",
    "format_day_of_submission",
    "format_item_kind",
    "format_section_heading",
    "render_held_back",
    "render_submission_markdown",
    "split_into_paragraphs",
]


def render_submission_markdown(submission: Submission, *, languages: Sequence[str | Words] = ("en",)) -> Iterator[str]:
    """The submission as Markdown, what it says escaped."""
    teller = MessageFormatter(languages)
    yield (
        f"# {escape_markdown(teller.of(submission.title))}\n\n"
        f"{escape_markdown(format_day_of_submission(submission, teller))}\n\n"
    )
    yield f"{escape_markdown(format_authors(submission.names, submission.unnamed, teller))}\n"
    if not submission.sections:
        yield f"\n{escape_markdown(teller.of('submission.empty'))}\n"
    for section in submission.sections:
        yield f"\n## {escape_markdown(format_section_heading(section, teller))}\n"
        for item in section.items:
            one = item.contribution
            yield (
                f"\n### {escape_markdown(teller.name(one.title))}\n\n*"
                f"{escape_markdown(format_item_kind(item, teller))}*\n"
            )
            for paragraph in split_into_paragraphs(item, teller):
                yield f"\n{escape_markdown(paragraph)}\n"
            for link in () if item.repeated else one.evidence:
                named = f"{link.title or ''} {link.url}"
                yield f"\n- {escape_markdown(teller.of('submission.evidence'))}: {escape_markdown(named)}\n"


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


def format_section_heading(section: SubmissionSection, teller: MessageFormatter) -> str:
    """What a section is on: a provision, or a subject of its own."""
    if section.instrument is None:
        return teller.of("submission.general")
    if section.article is None:
        return section.instrument.value
    told = {"instrument": section.instrument.value, "article": section.article, "title": section.title}
    key = "submission.article" if section.title is None else "submission.article-title"
    return teller.of(make_message(key, {name: value for name, value in told.items() if value is not None}))


def format_item_kind(item: SubmissionItem, teller: MessageFormatter) -> str:
    """What a contribution is, on which topics, and by whom."""
    kind = teller.label(item.contribution.kind)
    topics = item.contribution.topics
    about = teller.of(make_message("submission.topics", topics=topics)) if topics else ""
    authors = format_authors(item.names, item.unnamed, teller)
    return " ".join(filter(None, (f"{kind[:1].upper()}{kind[1:]}.", about, authors)))


def format_authors(names: tuple[str, ...], unnamed: int, teller: MessageFormatter) -> str:
    """Who made it: names by consent, of the others how many."""
    if not unnamed:
        return teller.of(make_message("submission.by", names=names)) if names else ""
    key = "submission.by-both" if names else "submission.by-unnamed"
    return teller.of(make_message(key, names=names, unnamed=unnamed))


def split_into_paragraphs(item: SubmissionItem, teller: MessageFormatter) -> list[str]:
    """The text of a contribution; where it stood before, that."""
    text = item.contribution.text
    if item.repeated:
        return [teller.of("submission.above")]
    parts = teller.name(text).split("\n\n") if text is not None else []
    return [part for part in parts if part.strip()]


def format_day_of_submission(submission: Submission, teller: MessageFormatter) -> str:
    """On which day the submission was put together."""
    return teller.of(make_message("submission.as-of", on=submission.on))
