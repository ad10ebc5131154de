"""The pages that tell of the network as a whole: home, reviews, how to take part, sources, data."""

from __future__ import annotations

from collections.abc import Iterator

from untoc_network.reports.entry_points import describe_entry_point
from untoc_network_site.record_pages import divide_events
from untoc_network_site.site_pages import Files, LanguageSite, paginate

__all__ = ["write_data", "write_home", "write_sources", "write_take_part"]

_SOME = 5
"""How many events, and how many ways to take part, the home page names."""


def write_home(site: LanguageSite) -> Files:
    """The first page: the network in sentences, what comes, what was last, how to take part."""
    coming, past, _ = divide_events(site)
    yield site.page(
        "index.html",
        "home",
        "home",
        site.title,
        sentences=list(_list_sentences(site)),
        networks=site.shown.networks,
        about=[one for one in site.shown.networks if one.purpose or one.founded or site.text(one.name) != site.title],
        coming=coming[:_SOME],
        latest=past[:_SOME],
        points=site.content.entry_points[:_SOME],
    )


def _list_sentences(site: LanguageSite) -> Iterator[str]:
    """What there is, in numbers of what is shown; of what is not there, nothing."""
    bodies = [site.content.get_organization(name) for name in site.content.members]
    seats = {body.seat.country for body in bodies if body is not None and body.seat and body.seat.country}
    if bodies and seats:
        yield site.say("home-members", members=len(bodies), countries=len(seats))
    elif bodies:
        yield site.say("home-members-anywhere", members=len(bodies))
    if site.shown.events:
        yield site.say("home-events", events=len(site.shown.events))
    if site.content.tracker.standings:
        yield site.say("home-reviews", reviews=len(site.content.tracker.standings))


# -- how to take part --------------------------------------------------------------------------------------------------


def write_take_part(site: LanguageSite) -> Files:
    """What any body can take part in, what is open first: where, who decides, what to send, by which provision."""
    points = []
    for point in site.content.entry_points:
        facts = [(site.tell(f"head.{key}"), said) for key, said in describe_entry_point(point, site.teller)]
        bases = (point.basis, *(day.basis for day in (point.opens, point.closes) if day is not None))
        points.append((site.tell(point.title), site.last_day(point), facts, site.content.citations.cite_bases(bases)))
    title = site.say("take-part-count", points=len(points)) if points else site.say("take-part-title")
    yield site.page("take-part/index.html", "take-part", "take-part", title, points=points)


# -- sources and data --------------------------------------------------------------------------------------------------


def write_sources(site: LanguageSite) -> Files:
    """How to report an error, and all sources of the register."""
    sources = sorted(site.shown.sources, key=lambda one: (site.text(one.title).casefold(), one.id))
    title = site.say("sources-count", sources=len(sources)) if sources else site.say("sources-title")
    for own, rows, pages in paginate("sources/index.html", sources):
        yield site.page(own, "sources", "sources", title, rows=rows, pages=pages)


def write_data(site: LanguageSite) -> Files:
    """The downloads with their checksums."""
    yield site.page("data/index.html", "data", "data", site.say("data-title"), downloads=site.content.downloads)
