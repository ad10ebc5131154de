"""Who fits a task, and how balanced the choice is, as text for a terminal and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from untoc_network.engagement.find import Fit, Found
from untoc_network.engagement.said import said
from untoc_network.engagement.wording import label_of, words_of
from untoc_network.render.markdown import escaped
from untoc_network.render.table import render_table

__all__ = ["render_found", "render_found_markdown"]


def render_found(found: Found, *, width: int | None = 80) -> Iterator[str]:
    """A line for each that fits, with `+` for what is met and `?` for what is not known; then the balance."""
    if not found.fits:
        yield words_of("find.none")
        return
    yield from render_table(_head(found), [_cells(fit) for fit in found.fits], width=width)
    yield ""
    yield words_of(said("find.some", number=len(found.fits)))
    for name, counts in found.balance.to_dict().items():
        yield f"{label_of(name)}: {_counts(counts)}"


def render_found_markdown(found: Found) -> Iterator[str]:
    """The same as Markdown."""
    if not found.fits:
        yield f"{escaped(words_of('find.none'))}\n"
        return
    head = _head(found)
    yield f"| {' | '.join(head)} |\n|{'---|' * len(head)}\n"
    for fit in found.fits:
        yield f"| {' | '.join(escaped(cell) for cell in _cells(fit))} |\n"
    yield "\n"
    for name, counts in found.balance.to_dict().items():
        yield f"- *{label_of(name)}:* {escaped(_counts(counts))}\n"


_MARKS = {"met": "+", "unknown": "?"}


def _head(found: Found) -> tuple[str, ...]:
    asked = [name for name, _ in found.fits[0].verdicts]
    member = ("member",) if found.fits[0].belonging is not None else ()
    return ("id", "name", "sector", "country", *member, *asked)


def _cells(fit: Fit) -> tuple[str, ...]:
    body = fit.organization
    member = () if fit.belonging is None else (label_of(fit.belonging),)
    country = body.seat.country if body.seat and body.seat.country else ""
    marks = (_MARKS[verdict] for _, verdict in fit.verdicts)
    return (body.id, body.name.best(), label_of(fit.sector), country, *member, *marks)


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {label_of(name)}" for name, number in counts.items()) or "0"
