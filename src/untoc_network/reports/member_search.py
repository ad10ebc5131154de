"""Who fits a task, and how balanced the choice is, as text for a terminal and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from untoc_network.engagement.organization_search import FittingOrganization, SearchResult
from untoc_network.engagement.translatable_message import MessageFormatter, make_message
from untoc_network.i18n.language_words import Words
from untoc_network.reports.report_markdown import escape_markdown
from untoc_network.reports.text_table import render_table
from untoc_network.reports.text_wrapping import wrap

__all__ = ["render_member_search", "render_member_search_markdown"]


def render_member_search(
    found: SearchResult, *, width: int | None = 80, languages: Sequence[str | Words] = ("en",)
) -> Iterator[str]:
    """A line for each that fits, with `+` for what is met and `?` for what is not known; then the balance."""
    teller = MessageFormatter(languages)
    if not found.fits:
        yield teller.of("find.none")
        return
    yield from render_table(
        _translate_column_heads(found, teller),
        [_format_fit_cells(fit, teller) for fit in found.fits],
        width=width,
        colon=teller.words.colon,
    )
    yield ""
    yield teller.of(make_message("find.some", number=len(found.fits)))
    for name, counts in found.balance.to_dict().items():
        yield from wrap(
            f"{teller.of(f'head.{name}')}{teller.words.colon} {_format_counts(counts, teller)}", width, rest="  "
        )


def render_member_search_markdown(found: SearchResult, *, languages: Sequence[str | Words] = ("en",)) -> Iterator[str]:
    """The same as Markdown."""
    teller = MessageFormatter(languages)
    if not found.fits:
        yield f"{escape_markdown(teller.of('find.none'))}\n"
        return
    head = _translate_column_heads(found, teller)
    yield f"| {' | '.join(escape_markdown(cell) for cell in head)} |\n|{'---|' * len(head)}\n"
    for fit in found.fits:
        yield f"| {' | '.join(escape_markdown(cell) for cell in _format_fit_cells(fit, teller))} |\n"
    yield "\n"
    for name, counts in found.balance.to_dict().items():
        label = f"{escape_markdown(teller.of(f'head.{name}'))}{teller.words.colon}"
        yield f"- *{label}* {escape_markdown(_format_counts(counts, teller))}\n"


_MARKS = {"met": "+", "unknown": "?"}


def _translate_column_heads(found: SearchResult, teller: MessageFormatter) -> tuple[str, ...]:
    asked = [name for name, _ in found.fits[0].verdicts]
    member = ("member",) if found.fits[0].belonging is not None else ()
    return tuple(teller.of(f"head.{name}") for name in ("id", "name", "sector", "country", *member, *asked))


def _format_fit_cells(fit: FittingOrganization, teller: MessageFormatter) -> tuple[str, ...]:
    body = fit.organization
    member = () if fit.belonging is None else (teller.label(fit.belonging),)
    country = body.seat.country if body.seat and body.seat.country else ""
    marks = (_MARKS[verdict] for _, verdict in fit.verdicts)
    return (body.id, teller.name(body.name), teller.label(fit.sector), country, *member, *marks)


def _format_counts(counts: Mapping[str, int], teller: MessageFormatter) -> str:
    return ", ".join(f"{teller.number(number)} {teller.label(name)}" for name, number in counts.items()) or "0"
