"""Which articles of a review have contributions, as text for a terminal and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from untoc_network.diagnostics.findings import Certainty
from untoc_network.engagement.review_article_coverage import Coverage, CoveringContribution
from untoc_network.engagement.translatable_message import MessageFormatter, Value, make_message
from untoc_network.i18n.language_words import Words
from untoc_network.reports.report_markdown import escape_markdown
from untoc_network.reports.text_table import render_table
from untoc_network.reports.text_wrapping import wrap

__all__ = ["render_coverage", "render_coverage_markdown"]

_HEAD = ("article", "title", "contributions", "from")


def render_coverage(
    coverages: Iterable[Coverage], *, width: int | None = 80, languages: Sequence[str | Words] = ("en",)
) -> Iterator[str]:
    """A table for each review, a line for each article; `?` marks an article that may be in another cluster."""
    teller, empty = MessageFormatter(languages), True
    for coverage in coverages:
        if not empty:
            yield ""
        empty = False
        yield from wrap(_format_review_title(coverage, teller), width)
        yield from render_table(_translate_column_heads(teller), _make_article_rows(coverage, teller), width=width)
        if _has_doubt(coverage):
            yield from wrap(teller.of("coverage.doubt"), width)
    if empty:
        yield teller.of("coverage.none")


def render_coverage_markdown(
    coverages: Iterable[Coverage], *, languages: Sequence[str | Words] = ("en",)
) -> Iterator[str]:
    """The same as Markdown."""
    teller, empty = MessageFormatter(languages), True
    for coverage in coverages:
        empty = False
        head = (escape_markdown(cell) for cell in _translate_column_heads(teller))
        yield (
            f"## {escape_markdown(_format_review_title(coverage, teller))}"
            f"\n\n| {' | '.join(head)} |\n|---|---|---|---|\n"
        )
        for row in _make_article_rows(coverage, teller):
            yield f"| {' | '.join(escape_markdown(cell) for cell in row)} |\n"
        yield f"\n{escape_markdown(teller.of('coverage.doubt'))}\n\n" if _has_doubt(coverage) else "\n"
    if empty:
        yield f"{escape_markdown(teller.of('coverage.none'))}\n"


def _has_doubt(coverage: Coverage) -> bool:
    """Whether an article has the mark, and a line below is to say what it means."""
    return any(row.certainty is not Certainty.SEEN for row in coverage.rows)


def _translate_column_heads(teller: MessageFormatter) -> tuple[str, ...]:
    return tuple(teller.of(f"head.{name}") for name in _HEAD)


def _format_review_title(coverage: Coverage, teller: MessageFormatter) -> str:
    counts: dict[str, Value] = {"covered": coverage.covered, "articles": len(coverage.rows)}
    country, cluster = coverage.review.country, coverage.review.cluster
    if cluster is None:
        return teller.of(make_message("coverage.title-any", counts, country=country))
    return teller.of(make_message("coverage.title", counts, country=country, cluster=cluster))


def _make_article_rows(coverage: Coverage, teller: MessageFormatter) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        (
            f"{row.instrument} {row.article}{'' if row.certainty is Certainty.SEEN else '?'}",
            teller.text(row.title),
            _format_contributions(row.pieces, teller),
            _format_authors(row.pieces, teller),
        )
        for row in coverage.rows
    ]
    if coverage.elsewhere:
        pieces = coverage.elsewhere
        rows.append(
            (
                "",
                teller.of("coverage.elsewhere"),
                _format_contributions(pieces, teller),
                _format_authors(pieces, teller),
            )
        )
    return rows


def _format_contributions(pieces: tuple[CoveringContribution, ...], teller: MessageFormatter) -> str:
    return ", ".join(f"{piece.contribution.id} ({teller.label(piece.contribution.kind)})" for piece in pieces)


def _format_authors(pieces: tuple[CoveringContribution, ...], teller: MessageFormatter) -> str:
    named = dict.fromkeys(name for piece in pieces for name in piece.by.named)
    unnamed = {name for piece in pieces for name in piece.by.unnamed} - named.keys()
    more = [teller.of(make_message("coverage.unnamed", unnamed=len(unnamed)))] if unnamed else []
    return ", ".join((*named, *more))
