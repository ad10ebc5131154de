"""The stylesheet with the accent of the network, its sign and the picture for links: what is drawn, not written."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from untoc_network_site.colour_contrast import Colour, fit_contrast
from untoc_network_site.page_templates import load_stylesheet, render
from untoc_network_site.site_pages import Files, LanguageSite

__all__ = ["draw_card", "draw_shared", "fill_accent"]

_LIGHT, _DARK = (0xF6, 0xF7, 0xF9), (0x1B, 0x21, 0x28)
"""What links stand upon: the darker ground of the light pages, the lighter one of the dark pages."""
_LINE, _MOST_LINES = 30, 4


def fill_accent(style: str, accent: Colour) -> str:
    """The stylesheet with the accent, made readable on light and on dark."""
    light = style.replace("ACCENT_ON_LIGHT", fit_contrast(accent, _LIGHT))
    return light.replace("ACCENT_ON_DARK", fit_contrast(accent, _DARK))


def draw_shared(site: LanguageSite) -> Files:
    """What is the same for all languages."""
    accent = site.options.accent
    yield "style.css", fill_accent(load_stylesheet(), accent).encode()
    yield "favicon.svg", render(site.environment, "favicon.svg", {"accent": fit_contrast(accent, _LIGHT)})
    if site.options.logo is not None:
        yield site.options.logo.name, site.options.logo.data


def draw_card(site: LanguageSite) -> Files:
    """The picture that stands beside a link to the site."""
    told = {
        "site": site,
        "accent": fit_contrast(site.options.accent, _LIGHT),
        "title_lines": textwrap.wrap(site.title, _LINE, max_lines=_MOST_LINES, placeholder=" …"),
        "facts": list(_list_facts(site)),
    }
    yield f"{site.language}/card.svg", render(site.environment, "card.svg", told)


def _list_facts(site: LanguageSite) -> Iterator[str]:
    """What can be counted on the pages, and is there."""
    content = site.content
    counted = {
        "members": len(content.members),
        "events": len(content.shown.events),
        "reviews": len(content.tracker.standings),
    }
    yield from (site.say(f"card-{name}", **{name: number}) for name, number in counted.items() if number)
