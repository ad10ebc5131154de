"""The network as nodes and edges: who belongs to what, who took part in what, which networks are tied."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import attrs

from untoc_network.interop.export_import_options import ExportOptions, GraphView
from untoc_network.interop.wording_choice import choose_text, escape_controls
from untoc_network.model.event import Event
from untoc_network.model.network import MembershipRole, Network
from untoc_network.model.organization_and_person import Organization
from untoc_network.model.register import Register

__all__ = ["Edge", "Graph", "Node", "build_graph"]


@attrs.frozen(kw_only=True)
class Node:
    """A record: its id, its collection, its name, and what kind of thing it is."""

    id: str
    collection: str
    label: str
    kind: str
    country: str | None = None
    when: str | None = None
    themes: tuple[str, ...] = ()
    size: int = 1
    """How many records it stands for."""


@attrs.frozen(kw_only=True)
class Edge:
    """A tie between two records: what it is, and from when until when as far as known."""

    source: str
    target: str
    kind: str
    start: str | None = None
    end: str | None = None
    weight: int = 1
    """How many ties it stands for."""


@attrs.frozen(kw_only=True)
class Graph:
    """All nodes that have a tie, or are on the side that the view is about, and all ties."""

    title: str
    columns: tuple[str, ...]
    """The collections that the nodes come from."""
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def build_graph(register: Register, chosen: ExportOptions) -> Graph:
    """The graph of a view, nodes and edges in a fixed order."""
    columns, ties = _VIEWS[chosen.view]
    edges = tuple(sorted(set(ties(register, chosen)), key=_edge_sort_key))
    tied = {edge.source for edge in edges} | {edge.target for edge in edges}
    nodes = tuple(
        _make_node(record, collection, chosen)
        for collection in columns
        for record in getattr(register, collection)
        if record.id in tied or collection == columns[0]
    )
    title = choose_text(register.title, chosen.language) if register.title else "Network"
    return Graph(title=escape_controls(title), columns=columns, nodes=nodes, edges=edges)


def _edge_sort_key(edge: Edge) -> tuple[str, ...]:
    return edge.source, edge.target, edge.kind, edge.start or "", edge.end or ""


def _make_node(record: Organization | Network | Event, collection: str, chosen: ExportOptions) -> Node:
    seat = record.seat if isinstance(record, Organization) else getattr(record, "place", None)
    first = record.first_day if isinstance(record, Event) else None
    return Node(
        id=record.id,
        collection=collection,
        label=escape_controls(choose_text(record.name, chosen.language)) or record.id,  # a name can be blank
        kind=record.kind.value,
        country=seat.country if seat else None,
        when=str(first) if first else None,
        themes=record.themes if isinstance(record, Organization) else (),
    )


def _list_membership_edges(register: Register, chosen: ExportOptions) -> Iterator[Edge]:
    """Memberships that may hold on the day, and the sponsors and coordinators of networks."""
    coordinating = set()
    for one in register.memberships:
        if one.period is None or not one.period.surely_outside(chosen.on):
            period = one.period
            coordinating |= {(one.organization_id, one.network_id)} if one.role is MembershipRole.COORDINATOR else set()
            yield Edge(
                source=one.organization_id,
                target=one.network_id,
                kind=one.role.value,
                start=str(period.start) if period and period.start else None,
                end=str(period.end) if period and period.end else None,
            )
    for network in register.networks:
        for sponsor in network.sponsor_ids:
            yield Edge(source=sponsor, target=network.id, kind="sponsor")
        for coordinator in network.coordinator_ids:
            if isinstance(register.by_id[coordinator], Organization) and (coordinator, network.id) not in coordinating:
                yield Edge(source=coordinator, target=network.id, kind=MembershipRole.COORDINATOR.value)


def _list_event_edges(register: Register, chosen: ExportOptions) -> Iterator[Edge]:  # noqa: ARG001
    """What organizations do at or for events, and who pays for them."""
    for funding in register.fundings:
        if isinstance(register.by_id[funding.target_id], Event):
            yield Edge(source=funding.donor_id, target=funding.target_id, kind="donor")
    for event in register.events:
        for role in event.roles:
            if isinstance(register.by_id[role.stakeholder_id], Organization):
                yield Edge(source=role.stakeholder_id, target=event.id, kind=role.kind.value)


def _list_network_edges(register: Register, chosen: ExportOptions) -> Iterator[Edge]:  # noqa: ARG001
    for network in register.networks:
        for link in network.links_to:
            yield Edge(source=network.id, target=link.network_id, kind=link.kind.value)


_VIEWS: Mapping[GraphView, tuple[tuple[str, ...], Callable[[Register, ExportOptions], Iterator[Edge]]]] = {
    GraphView.ORGANIZATION_NETWORK: (("networks", "organizations"), _list_membership_edges),
    GraphView.ORGANIZATION_EVENT: (("events", "organizations"), _list_event_edges),
    GraphView.NETWORK_NETWORK: (("networks",), _list_network_edges),
}
"""Of each view, the collections of its nodes, those that are shown in any case first, and its ties."""
