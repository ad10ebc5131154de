"""What is held of a person, as lines for a terminal or as a page to hand over; it shows the values."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.privacy.person_holdings import Held, HeldAs, Holdings
from untoc_network.reports.html_head import escape_html, render_page_head

__all__ = ["render_holdings", "render_holdings_html"]

_TITLES = {
    HeldAs.OWN: "In the person's own record",
    HeldAs.REFERENCE: "What refers to that record",
    HeldAs.MENTION: "Where the person is mentioned",
    HeldAs.DOUBT: "Where the person may be mentioned",
    HeldAs.MEMORY: "What is remembered of lists and decisions",
}


def render_holdings(held: Holdings) -> Iterator[str]:
    """The answer line by line."""
    for how, some in _group_by_how_held(held):
        yield f"{_TITLES[how]}:"
        yield from (f"  {_format_place(one)}: {escape_unprintable(one.value)}" for one in some)


def render_holdings_html(held: Holdings) -> Iterator[str]:
    """The answer as a page that has no script and loads nothing."""
    style = resources.files(__package__).joinpath("page.css").read_text("utf-8")
    title = f"What is held of {held.person_id}"
    yield render_page_head(escape_html(title), style, language="en", is_private=True)
    yield f"<header>\n<h1>{escape_html(title)}</h1>\n</header>\n<main>\n"
    for how, some in _group_by_how_held(held):
        yield f"<h2>{escape_html(_TITLES[how])}</h2>\n<dl>\n"
        yield from (f"<dt>{escape_html(_format_place(one))}</dt>\n<dd>{escape_html(one.value)}</dd>\n" for one in some)
        yield "</dl>\n"
    yield "</main>\n</body>\n</html>\n"


def _group_by_how_held(held: Holdings) -> Iterator[tuple[HeldAs, list[Held]]]:
    for how in HeldAs:
        some = [one for one in held.held if one.how is how]
        if some:
            yield how, some


def _format_place(held: Held) -> str:
    return escape_unprintable(" ".join(part for part in (held.where, held.record_id, held.path) if part))
