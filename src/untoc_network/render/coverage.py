"""Which articles of a review have contributions, as text for a terminal and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from untoc_network.engagement.coverage import Coverage, Piece
from untoc_network.engagement.said import Value, said
from untoc_network.engagement.wording import label_of, words_of
from untoc_network.findings import Certainty
from untoc_network.render.markdown import escaped
from untoc_network.render.table import render_table

__all__ = ["render_coverage", "render_coverage_markdown"]

_HEAD = ("article", "title", "contributions", "from")


def render_coverage(coverages: Iterable[Coverage], *, width: int | None = 80) -> Iterator[str]:
    """A table for each review, a line for each article; `?` marks an article that may be in another cluster."""
    empty = True
    for coverage in coverages:
        if not empty:
            yield ""
        empty = False
        yield _title(coverage)
        yield from render_table(_HEAD, _rows(coverage), width=width)
    if empty:
        yield words_of("coverage.none")


def render_coverage_markdown(coverages: Iterable[Coverage]) -> Iterator[str]:
    """The same as Markdown."""
    empty = True
    for coverage in coverages:
        empty = False
        yield f"## {escaped(_title(coverage))}\n\n| {' | '.join(_HEAD)} |\n|---|---|---|---|\n"
        for row in _rows(coverage):
            yield f"| {' | '.join(escaped(cell) for cell in row)} |\n"
        yield "\n"
    if empty:
        yield f"{escaped(words_of('coverage.none'))}\n"


def _title(coverage: Coverage) -> str:
    counts: dict[str, Value] = {"covered": coverage.covered, "articles": len(coverage.rows)}
    country, cluster = coverage.review.country, coverage.review.cluster
    if cluster is None:
        return words_of(said("coverage.title-any", counts, country=country))
    return words_of(said("coverage.title", counts, country=country, cluster=cluster))


def _rows(coverage: Coverage) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        (
            f"{row.instrument} {row.article}{'' if row.certainty is Certainty.SEEN else '?'}",
            row.title,
            _pieces(row.pieces),
            _authors(row.pieces),
        )
        for row in coverage.rows
    ]
    if coverage.elsewhere:
        rows.append(("", words_of("coverage.elsewhere"), _pieces(coverage.elsewhere), _authors(coverage.elsewhere)))
    return rows


def _pieces(pieces: tuple[Piece, ...]) -> str:
    return ", ".join(f"{piece.contribution.id} ({label_of(piece.contribution.kind)})" for piece in pieces)


def _authors(pieces: tuple[Piece, ...]) -> str:
    named = dict.fromkeys(name for piece in pieces for name in piece.by.named)
    unnamed = {name for piece in pieces for name in piece.by.unnamed} - named.keys()
    more = [words_of(said("coverage.unnamed", unnamed=len(unnamed)))] if unnamed else []
    return ", ".join((*named, *more))
