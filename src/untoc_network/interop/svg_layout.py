"""Where the parts of a picture of the network stand: its kinds in columns, those that are tied near each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import attrs

from untoc_network.interop.graph import Edge, Graph, Node

__all__ = ["Column", "Placed", "placed"]

_SWEEPS = 4
"""So many times each column is ordered anew after the other."""


@attrs.frozen(kw_only=True)
class Column:
    """The nodes of one kind from top to bottom, and how many more there are."""

    collection: str
    nodes: tuple[Node, ...]
    more: int


@attrs.frozen(kw_only=True)
class Placed:
    """The columns, and the ties between what they show."""

    columns: tuple[Column, ...]
    edges: tuple[Edge, ...]


def placed(graph: Graph, most: int) -> Placed:
    """The nodes with the most ties of each kind, at most so many, ordered so that few ties cross.

    Each node stands at the average place of its neighbours, which is what the barycentre method does.
    """
    ties = Counter(end for edge in graph.edges for end in (edge.source, edge.target))
    by_kind: defaultdict[str, list[Node]] = defaultdict(list)
    for node in graph.nodes:
        by_kind[node.collection].append(node)
    chosen = {
        kind: sorted(nodes, key=lambda node: (-ties[node.id], node.label, node.id))[:most]
        for kind, nodes in by_kind.items()
    }
    there = {node.id for nodes in chosen.values() for node in nodes}
    edges = tuple(edge for edge in graph.edges if edge.source in there and edge.target in there)
    shown = {kind: _first_order(nodes) for kind, nodes in chosen.items()}
    _untangle(shown, edges)
    return Placed(
        columns=tuple(
            Column(collection=kind, nodes=tuple(shown[kind]), more=len(by_kind[kind]) - len(shown[kind]))
            for kind in graph.columns
            if shown.get(kind)
        ),
        edges=edges,
    )


def _first_order(nodes: Iterable[Node]) -> list[Node]:
    """Events by their day, all else by name."""
    return sorted(nodes, key=lambda node: (node.when or "9", node.label, node.id))


def _untangle(shown: Mapping[str, list[Node]], edges: Sequence[Edge]) -> None:
    """Order the columns in place; events keep the order of their days."""
    neighbours: defaultdict[str, list[str]] = defaultdict(list)
    for edge in edges:
        neighbours[edge.source].append(edge.target)
        neighbours[edge.target].append(edge.source)
    for _ in range(_SWEEPS):
        for kind, nodes in shown.items():
            if kind == "events" or len(shown) == 1:
                continue
            heights = {node.id: place / len(column) for column in shown.values() for place, node in enumerate(column)}
            nodes.sort(key=lambda node: (_mean([heights[one] for one in neighbours[node.id]]), node.label, node.id))


def _mean(heights: Sequence[float]) -> float:
    return sum(heights) / len(heights) if heights else 1.0
