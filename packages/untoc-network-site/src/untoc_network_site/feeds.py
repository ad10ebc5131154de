"""What programs come for again and again: the calendar, the feed of events, the list of pages; and pages that moved."""

from __future__ import annotations

import datetime as dt
import posixpath
from collections.abc import Iterable, Sequence

from untoc_network.interop.calendar_writer import to_calendar
from untoc_network.interop.export_import_options import make_export_options
from untoc_network.model.event import Event
from untoc_network.model.register import Register
from untoc_network.model.source import Source
from untoc_network.values.dates import PartialDate
from untoc_network_site.page_templates import render
from untoc_network_site.site_pages import Files, LanguageSite
from untoc_network_site.site_words import load_site_words

__all__ = ["CALENDAR", "call_off_calendar", "write_calendar", "write_feed", "write_forwarding_page", "write_sitemap"]

CALENDAR = "calendar.ics"
_ENTRIES = 50


def write_calendar(site: LanguageSite, previous: bytes | None) -> Files:
    """The calendar to subscribe to; what it held before and is gone is called off there, and says nothing any more."""
    chosen = make_export_options(site.options.on, language=site.language, previous=previous, sessions=True)
    yield f"{site.language}/{CALENDAR}", to_calendar(site.content.public, chosen, site.content.memory.uids).data


def call_off_calendar(previous: bytes, on: PartialDate) -> bytes:
    """A calendar in which all that an earlier one held is called off."""
    return to_calendar(Register(), make_export_options(on, previous=previous), {}).data


def write_feed(site: LanguageSite) -> Files:
    """The latest events in Atom. An entry changes with its sources, not with every build."""
    dated = [(_find_day_of_change(site, event), event) for event in site.shown.events]
    dated.sort(key=lambda one: (one[0], one[1].id), reverse=True)
    entries = [(event, _format_moment(day)) for day, event in dated[:_ENTRIES]]
    base = "" if site.options.base_url is None else f"{site.options.base_url}{site.language}/"
    told = {
        "site": site,
        "base": base,
        "feed_id": base or f"urn:untoc-network:events:{site.language}",
        "updated": entries[0][1] if entries else _format_moment(site.options.on.last),
        "entries": entries,
    }
    yield f"{site.language}/feed.xml", render(site.environment, "feed.xml", told)


def _find_day_of_change(site: LanguageSite, event: Event) -> int:
    """The day of the newest source, else that of the register, else that of the site, as its number."""
    cited = (site.shown.by_id.get(site.shown.resolved(citation.source_id)) for citation in event.sources)
    found: list[PartialDate] = [
        day for source in cited if isinstance(source, Source) and (day := source.retrieved or source.published)
    ]
    newest = max((one.last for one in found), default=(site.shown.as_of or site.options.on).last)
    return min(newest, site.options.on.last)


def _format_moment(day: int) -> str:
    return f"{dt.date.fromordinal(day).isoformat()}T00:00:00Z"


def write_sitemap(site: LanguageSite, paths: Iterable[str]) -> Files:
    """The list of all pages, where the site is for everybody and its address is known."""
    if site.options.base_url is not None and site.options.is_public:
        addresses = [f"{site.options.base_url}{path}" for path in sorted(paths)]
        yield "sitemap.xml", render(site.environment, "sitemap.xml", {"addresses": addresses})


def write_forwarding_page(site: LanguageSite, path: str, title: str, targets: Sequence[tuple[str, str]]) -> Files:
    """A page that leads on to the first of some, each in a language; all stand there for who is not led."""
    here = posixpath.dirname(path) or "."
    links = [
        (tag, load_site_words(tag)["language-name"] if path == "index.html" else title, posixpath.relpath(target, here))
        for tag, target in targets
    ]
    told = {
        "language": site.language,
        "title": title,
        "links": links,
        "target": links[0][2],
        "style": posixpath.relpath("style.css", here),
        "icon": posixpath.relpath("favicon.svg", here),
    }
    yield path, render(site.environment, "redirect.html", told)
