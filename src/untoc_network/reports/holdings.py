"""What is held of a person, as lines for a terminal or as a page to hand over; it shows the values."""

from __future__ import annotations

from collections.abc import Iterator

from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.i18n.language_words import Words, english
from untoc_network.privacy.person_holdings import Held, HeldAs, Holdings
from untoc_network.reports.field_paths import name_path, name_value
from untoc_network.reports.html_head import escape_html, render_page_head
from untoc_network.reports.stylesheet import load_stylesheet
from untoc_network.reports.text_wrapping import wrap

__all__ = ["render_holdings", "render_holdings_html"]

_TITLES = {
    HeldAs.OWN: "In the person's own record",
    HeldAs.REFERENCE: "What refers to that record",
    HeldAs.MENTION: "Where the person is mentioned",
    HeldAs.DOUBT: "Where the person may be mentioned",
    HeldAs.MEMORY: "What is remembered of lists and decisions",
}


def render_holdings(held: Holdings, *, width: int | None = 80, words: Words | None = None) -> Iterator[str]:
    """The answer line by line."""
    words = words or english()
    for how, some in _group_by_how_held(held):
        yield f"{words.tell(_TITLES[how])}{words.colon}"
        for one in some:
            said = f"{_format_place(one, words)}{words.colon} {escape_unprintable(_name_value(one, words))}"
            yield from wrap(said, width, "  ", "    ")


def render_holdings_html(held: Holdings, *, words: Words | None = None) -> Iterator[str]:
    """The answer as a page that has no script and loads nothing."""
    style, words = load_stylesheet("page.css"), words or english()
    title = words.tell("What is held of {person}", person=held.person_id)
    yield render_page_head(escape_html(title), style, language=words.language, is_private=True)
    yield f"<header>\n<h1>{escape_html(title)}</h1>\n</header>\n<main>\n"
    for how, some in _group_by_how_held(held):
        yield f"<h2>{escape_html(words.tell(_TITLES[how]))}</h2>\n<dl>\n"
        yield from (
            f"<dt>{escape_html(_format_place(one, words))}</dt>\n<dd>{escape_html(_name_value(one, words))}</dd>\n"
            for one in some
        )
        yield "</dl>\n"
    yield "</main>\n</body>\n</html>\n"


def _group_by_how_held(held: Holdings) -> Iterator[tuple[HeldAs, list[Held]]]:
    for how in HeldAs:
        some = [one for one in held.held if one.how is how]
        if some:
            yield how, some


def _format_place(held: Held, words: Words) -> str:
    parts = (held.where, held.record_id, name_path(held.path, held.record_class, words))
    return escape_unprintable(" ".join(part for part in parts if part))


def _name_value(held: Held, words: Words) -> str:
    return name_value(held.value, held.path, held.record_class, words)
