"""What the pages of all languages are made from: gathered once, from what the audience may see and the facts."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import attrs

from untoc_network.app.publishing.publication_index import PublishedFile
from untoc_network.engagement.assessed_entry_point import AssessedEntryPoint
from untoc_network.engagement.country_description import describe_countries
from untoc_network.engagement.country_overview import CountryOverview
from untoc_network.engagement.day_agenda import DayAgenda
from untoc_network.engagement.entry_point_assessment import assess_any_body
from untoc_network.engagement.fact_citations import FactCitations
from untoc_network.engagement.mechanism_timeline import TimelineEntry, list_timeline_entries
from untoc_network.engagement.membership_status import MembershipStatus, assess_membership
from untoc_network.interop.export_import_options import make_export_options
from untoc_network.interop.jsonld import to_jsonld
from untoc_network.interop.public_filter import filter_public
from untoc_network.model.event import Event, EventRoleKind
from untoc_network.model.network import Membership
from untoc_network.model.organization_and_person import Organization
from untoc_network.model.register import Register
from untoc_network.privacy.redactions import View
from untoc_network.process.review_tracker import ReviewTracker, track
from untoc_network.reference import packaged
from untoc_network.values.ids_and_codes import CountryCode
from untoc_network_site.site_memory import SiteMemory, make_memory
from untoc_network_site.site_options import SiteOptions

__all__ = ["SiteContent", "gather_content", "gather_reviews"]

_BASE = "urn:untoc-network:"


@attrs.frozen(kw_only=True, eq=False)
class SiteContent:
    """What there is to show. Nothing of it holds more than the view does."""

    shown: Register
    public: Register
    """What of the view goes to other tools: calendars, and what search engines read."""
    memory: SiteMemory
    options: SiteOptions
    agenda: DayAgenda
    citations: FactCitations
    members: Mapping[str, tuple[Membership, ...]]
    """The memberships that hold on the day, or may, by the organization; who has none is not in it."""
    roles: Mapping[str, tuple[tuple[Event, EventRoleKind], ...]]
    """What each stakeholder does at which events."""
    countries: tuple[CountryOverview, ...]
    tracker: ReviewTracker
    timeline: tuple[TimelineEntry, ...]
    entry_points: tuple[AssessedEntryPoint, ...]
    nodes: Mapping[str, Any]
    """What each record is in JSON-LD, by its id; empty where the site is not for everybody."""
    terms: Mapping[str, Any]
    """What the terms of these nodes mean."""
    downloads: tuple[PublishedFile, ...]

    def get_organization(self, name: str) -> Organization | None:
        """The organization of an id, if it is shown."""
        found = self.shown.by_id.get(self.shown.resolved(name))
        return found if isinstance(found, Organization) else None


def gather_content(
    register: Register, seen: View, options: SiteOptions, downloads: tuple[PublishedFile, ...], earlier: SiteMemory
) -> SiteContent:
    """What there is to show of a view, and what a site remembers of it that remembers something earlier."""
    shown, facts = seen.register, packaged()
    public, _ = filter_public(shown, options.on)
    agenda = DayAgenda(on=options.on, register=shown, facts=facts)
    described = describe_countries(
        register, _list_countries(shown), options.on, audience=options.audience, reference=facts, seen=seen
    )
    nodes, terms = _gather_nodes(public, options)
    return SiteContent(
        shown=shown,
        public=public,
        memory=make_memory(seen, public, earlier),
        options=options,
        agenda=agenda,
        citations=FactCitations(agenda=agenda),
        members=_group_memberships(shown, options),
        roles=_group_roles(shown),
        countries=tuple(described),
        tracker=track(shown, options.on, reference=facts),
        timeline=list_timeline_entries(shown, reference=facts),
        entry_points=tuple(one for one in assess_any_body(agenda) if not one.is_closed),
        nodes=nodes,
        terms=terms,
        downloads=downloads,
    )


def gather_reviews(shown: Register, options: SiteOptions) -> SiteContent:
    """What there is to show of the reviews alone."""
    facts = packaged()
    agenda = DayAgenda(on=options.on, register=shown, facts=facts)
    return SiteContent(
        shown=shown,
        public=shown,
        memory=SiteMemory(),
        options=options,
        agenda=agenda,
        citations=FactCitations(agenda=agenda),
        members={},
        roles={},
        countries=(),
        tracker=track(shown, options.on, reference=facts),
        timeline=list_timeline_entries(shown, reference=facts),
        entry_points=(),
        nodes={},
        terms={},
        downloads=(),
    )


def _list_countries(shown: Register) -> tuple[CountryCode, ...]:
    """Every State that the register speaks of: under review or reviewing, a seat, a place of work."""
    found: set[CountryCode] = set()
    for review in shown.country_reviews:
        found |= {review.country, *review.reviewing_states()}
    for body in shown.organizations:
        found |= {*body.countries, *([body.seat.country] if body.seat and body.seat.country else [])}
    return tuple(sorted(code for code in found if packaged().country(code) is not None))


def _group_memberships(shown: Register, options: SiteOptions) -> dict[str, tuple[Membership, ...]]:
    held: defaultdict[str, list[Membership]] = defaultdict(list)
    for one in shown.memberships:
        name = shown.resolved(one.organization_id)
        if name in shown.by_id and assess_membership(shown, one, options.on) is not MembershipStatus.NO:
            held[name].append(one)
    return {name: tuple(some) for name, some in held.items()}


def _group_roles(shown: Register) -> dict[str, tuple[tuple[Event, EventRoleKind], ...]]:
    held: defaultdict[str, list[tuple[Event, EventRoleKind]]] = defaultdict(list)
    for event in shown.events:
        for role in event.roles:
            held[shown.resolved(role.stakeholder_id)].append((event, role.kind))
    return {name: tuple(some) for name, some in held.items()}


def _gather_nodes(public: Register, options: SiteOptions) -> tuple[dict[str, Any], dict[str, Any]]:
    """Each record by its id as a node of JSON-LD, and what its terms mean; none where the site is not for everybody."""
    if not options.is_public:
        return {}, {}
    document = json.loads(to_jsonld(public, make_export_options(options.on, base=_BASE)).data)
    return {node["id"].removeprefix(_BASE): node for node in document["@graph"]}, document["@context"]
