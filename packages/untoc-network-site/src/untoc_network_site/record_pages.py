"""A page for each record that has one, and the lists that lead there: members, events, States."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

import attrs

from untoc_network.model.event import Event, EventRoleKind
from untoc_network.model.network import Network
from untoc_network.model.organization_and_person import Organization, OrganizationKind, Person
from untoc_network.reports.country_page_sections import lay_out_country_page
from untoc_network.values.dates import Period
from untoc_network.values.multilingual_text import Text
from untoc_network.values.place_and_link import Place
from untoc_network.values.stated_count import Count, Qualifier
from untoc_network_site.site_pages import ROWS_OF_A_PAGE, Files, LanguageSite, paginate

__all__ = [
    "divide_events",
    "place_country",
    "write_countries",
    "write_events",
    "write_members",
    "write_organizations",
    "write_redirects",
]

# -- members -----------------------------------------------------------------------------------------------------------


def write_members(site: LanguageSite) -> Files:
    """The directory: of all members, and of those of each country, theme, kind and language, as pages of their own."""
    bodies = [site.content.get_organization(name) for name in site.content.members]
    members = sorted((body for body in bodies if body is not None), key=lambda one: (_fold(site, one.name), one.id))
    facets = [(kind, _group(members, key)) for kind, key in _FACETS.items()]
    links = [(site.say(f"by-{kind}"), _link_facet(site, kind, groups)) for kind, groups in facets if groups]
    title = site.say("members-count", members=len(members)) if members else site.say("members-title")
    yield from _write_directory(site, "members/index.html", title, members, links)
    for kind, groups in facets:
        for value, some in groups.items():
            title = site.say(_FACET_TITLES[kind], what=_name_facet(site, kind, value))
            yield from _write_directory(site, _place_facet(kind, value), title, some, [])


_FACETS: Mapping[str, Callable[[Organization], Iterable[str]]] = {
    "country": lambda body: (*((body.seat.country,) if body.seat and body.seat.country else ()), *body.countries),
    "theme": lambda body: body.themes,
    "kind": lambda body: () if body.kind is OrganizationKind.UNKNOWN else (body.kind,),
    "language": lambda body: body.languages,
}
_FACET_TITLES = {
    "country": "members-in-country",
    "theme": "members-of-theme",
    "kind": "members-of-kind",
    "language": "members-of-language",
}


def _fold(site: LanguageSite, name: Text) -> str:
    return site.text(name).casefold()


def _group(
    members: Iterable[Organization], key: Callable[[Organization], Iterable[str]]
) -> dict[str, list[Organization]]:
    groups: defaultdict[str, list[Organization]] = defaultdict(list)
    for body in members:
        for value in dict.fromkeys(key(body)):
            groups[value].append(body)
    return dict(sorted(groups.items()))


def _place_facet(kind: str, value: str) -> str:
    return f"members/{kind}/{value.lower()}.html"


def _name_facet(site: LanguageSite, kind: str, value: str) -> str:
    ways = {"country": site.country, "language": site.name_language}
    return ways.get(kind, site.label)(value)


def _link_facet(site: LanguageSite, kind: str, groups: Mapping[str, list[Organization]]) -> list[tuple[str, int, str]]:
    links = [(_name_facet(site, kind, value), len(some), _place_facet(kind, value)) for value, some in groups.items()]
    return sorted(links, key=lambda link: (link[0].casefold(), link[2]))


def _write_directory(
    site: LanguageSite,
    path: str,
    title: str,
    members: list[Organization],
    facets: list[tuple[str, list[tuple[str, int, str]]]],
) -> Files:
    facet = "" if path == "members/index.html" else path
    for own, rows, pages in paginate(path, members):
        yield site.page(
            own, "members", "members", title, rows=rows, pages=pages, facets=facets if own == path else [], facet=facet
        )


def write_organizations(site: LanguageSite) -> Files:
    """A page for each organization that is shown, member or not: it has a part in something that is told."""
    content = site.content
    for body in site.shown.organizations:
        networks = (
            (one, site.shown.by_id.get(site.shown.resolved(one.network_id))) for one in content.members.get(body.id, ())
        )
        parts: dict[str, tuple[Event, list[EventRoleKind]]] = {}
        for event, kind in content.roles.get(body.id, ()):
            parts.setdefault(event.id, (event, []))[1].append(kind)
        yield site.page(
            f"organization/{body.id}.html",
            "organization",
            "members",
            site.text(body.name),
            body=body,
            facts=[(key, said) for key, said in _list_facts(site, body) if said],
            memberships=[(one, network.name) for one, network in networks if isinstance(network, Network)],
            roles=sorted(parts.values(), key=lambda part: (str(part[0].first_day or ""), part[0].id), reverse=True),
            period_of=lambda period: _describe_period(site, period),
        )


def _list_facts(site: LanguageSite, body: Organization) -> Iterator[tuple[str, str]]:
    """What is known of an organization, by the words that say what it is; empty where it is not."""
    yield "also-called", ", ".join(alias.name for alias in body.aliases)
    yield "kind", "" if body.kind is OrganizationKind.UNKNOWN else site.label(body.kind)
    yield "led", site.listed(map(site.label, body.flags))
    yield "seat", _describe_place(site, body.seat)
    yield "works-in", site.listed(map(site.country, body.countries))
    yield "regions", site.listed(map(site.label, body.regions))
    yield "themes", site.listed(map(site.label, body.themes))
    yield "working-languages", site.listed(map(site.name_language, body.languages))
    yield "expertise", "; ".join(map(site.text, body.expertise))
    yield "tools", site.listed(map(site.label, body.engagement_tools))


def _describe_place(site: LanguageSite, place: Place | None) -> str:
    if place is None:
        return ""
    country = None if place.country is None else site.country(place.country)
    return ", ".join(part for part in (place.venue, place.city, country) if part)


def _describe_period(site: LanguageSite, period: Period | None) -> str:
    if period is None or (period.start is None and period.end is None):
        return ""
    if period.start is None:
        return f", {site.say('until', end=str(period.end))}"
    if period.end is None:
        return f", {site.say('from', start=str(period.start))}"
    return f", {site.say('from-until', start=str(period.start), end=str(period.end))}"


# -- events ------------------------------------------------------------------------------------------------------------


def write_events(site: LanguageSite) -> Files:
    """The list of all events, what comes first, and a page for each."""
    listed, title = list(_list_events(site)), _find_events_title(site)
    for own, rows, pages in paginate("events/index.html", listed):
        parts: dict[str, list[Event]] = {}
        for label, event in rows:
            parts.setdefault(label, []).append(event)
        yield site.page(own, "events", "events", title, parts=list(parts.items()), pages=pages)
    for event in site.shown.events:
        yield site.page(
            f"event/{event.id}.html",
            "event",
            "events",
            site.text(event.name),
            event=event,
            where=_describe_place(site, event.place),
            roles=_group_event_roles(site, event),
            counted=lambda count: _describe_count(site, count),
            linked=list(_list_linked(site, event)),
        )


def _find_events_title(site: LanguageSite) -> str:
    coming, _, _ = divide_events(site)
    days = (event.first_day for event in coming)
    first = next((day for day in days if day is not None and not day.certainly_before(site.options.on)), None)
    if first is not None:
        return site.say("events-next", events=len(site.shown.events), day=str(first))
    return site.say("events-count", events=len(site.shown.events)) if site.shown.events else site.say("events-title")


def _list_events(site: LanguageSite) -> Iterator[tuple[str, Event]]:
    for label, events in zip(("coming", "past", "undated"), divide_events(site), strict=True):
        yield from ((site.say(f"events-{label}"), event) for event in events)


def divide_events(site: LanguageSite) -> tuple[list[Event], list[Event], list[Event]]:
    """The events that are not certainly over, what comes first first; those that are, the latest first; the undated."""
    coming, past, undated = list[Event](), list[Event](), list[Event]()
    for event in sorted(site.shown.events, key=lambda one: (str(one.first_day), one.id)):
        last = event.last_day or event.first_day
        part = undated if last is None else past if last.certainly_before(site.options.on) else coming
        part.append(event)
    return coming, past[::-1], undated


_MOST_OF_A_ROLE = 300
"""So many who had one part in an event are named, so that its page stays light; the register to download has all."""


def _group_event_roles(
    site: LanguageSite, event: Event
) -> list[tuple[EventRoleKind, list[tuple[object, Text | str, str | None]]]]:
    groups: dict[EventRoleKind, list[tuple[object, Text | str, str | None]]] = {}
    for role in event.roles:
        who = site.shown.by_id.get(site.shown.resolved(role.stakeholder_id))
        if isinstance(who, Organization | Person) and len(held := groups.setdefault(role.kind, [])) < _MOST_OF_A_ROLE:
            path = f"organization/{who.id}.html" if isinstance(who, Organization) else None
            held.append((role, who.name, path))
    return sorted(groups.items(), key=lambda group: tuple(EventRoleKind).index(group[0]))


def _describe_count(site: LanguageSite, count: Count) -> str:
    exact = count.qualifier is Qualifier.EXACT
    return site.say(
        "counted" if exact else "counted-as",
        value=count.value,
        unit=site.label(count.unit),
        basis=site.label(count.basis),
        **({} if exact else {"qualifier": site.label(count.qualifier)}),
    )


def _list_linked(site: LanguageSite, event: Event) -> Iterator[tuple[str, Event]]:
    for link in event.links_to:
        other = site.shown.by_id.get(site.shown.resolved(link.event_id))
        if isinstance(other, Event):
            yield link.kind, other


# -- States ------------------------------------------------------------------------------------------------------------


def write_countries(site: LanguageSite) -> Files:
    """A page for each State that the register speaks of, and the list of them."""
    rows = [(site.country(one.country), place_country(one.country)) for one in site.content.countries]
    rows.sort(key=lambda row: (row[0].casefold(), row[1]))
    title = site.say("countries-count", states=len(rows)) if rows else site.say("countries-title")
    yield site.page("countries/index.html", "countries", "countries", title, rows=rows)
    for one in site.content.countries:
        some = attrs.evolve(one, members=one.members[:ROWS_OF_A_PAGE])
        told = lay_out_country_page(some, languages=(site.language,), reference=site.content.agenda.facts)
        bodies = (site.content.get_organization(member.id) for member in some.members)
        numbered = enumerate(told.sources, start=1)
        yield site.page(
            place_country(one.country),
            "country",
            "countries",
            told.title,
            told=told,
            members={body.id: body for body in bodies if body is not None},
            more=_place_facet("country", one.country) if len(one.members) > ROWS_OF_A_PAGE else None,
            sources=[(number, said, tuple(filter(None, (url or "").split(" ; ")))) for number, (said, url) in numbered],
        )


def place_country(code: str) -> str:
    """The path of the page of a State."""
    return f"country/{code.lower()}.html"


# -- what was merged ---------------------------------------------------------------------------------------------------


def write_redirects(site: LanguageSite) -> Iterator[tuple[str, str]]:
    """The path that the page of a record had before it was merged into another, and the path that leads on to."""
    for redirect in site.shown.redirects:
        held = site.shown.by_id.get(site.shown.resolved(redirect.old_id))
        if isinstance(held, Organization | Event) and redirect.old_id not in site.shown.by_id:
            folder = "organization" if isinstance(held, Organization) else "event"
            yield f"{folder}/{redirect.old_id}.html", f"{folder}/{held.id}.html"
