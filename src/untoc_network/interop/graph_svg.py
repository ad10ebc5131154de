"""The network as a picture in SVG that needs nothing else: names in columns, ties as curves between them.

Those that are tied stand near each other, so that few ties cross.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

import attrs

from untoc_network.diagnostics.codes.exports import incomplete_picture
from untoc_network.diagnostics.findings import Report
from untoc_network.interop.export_import_options import Exported, ExportOptions
from untoc_network.interop.network_graph import Edge, Graph, Node, build_graph
from untoc_network.model.register import Register
from untoc_network.values.multilingual_text import Text

__all__ = ["GraphColumn", "PlacedGraph", "place_nodes", "to_svg"]

_BOX, _GAP, _ROW, _HEIGHT, _TOP, _SIDE = 340, 260, 34, 26, 84, 24
"""Pixels: the width of a box, between columns, from row to row, the height of a box, above the first, at the sides."""
_LETTERS = 50
"""So many letters of a name stand in a box; the whole name is its title."""
_TITLE_LETTERS = 110
_HEADS = {
    "networks": Text(en="Networks", es="Redes", fr="Réseaux", pt="Redes"),
    "events": Text(en="Events", es="Eventos", fr="Événements", pt="Eventos"),
    "organizations": Text(en="Organizations", es="Organizaciones", fr="Organisations", pt="Organizações"),
}
_MORE = Text(en="and {number} more", es="y {number} más", fr="et {number} de plus", pt="e mais {number}")
_STYLE = """
    .networks { fill: #dce8f4; stroke: #2b5c8a; }
    .events { fill: #e2f0e4; stroke: #2f6b3c; }
    .organizations { fill: #f6f1e3; stroke: #8a6d1f; }
    .name { font-size: 12px; fill: #1b2733; }
    .head { font-size: 14px; font-weight: 600; fill: #1b2733; }
    .title { font-size: 17px; font-weight: 600; fill: #1b2733; }
    .more { font-size: 12px; font-style: italic; fill: #51606f; }
    .tie { fill: none; stroke: #51606f; stroke-opacity: 0.45; stroke-width: 1.3; }
    .tie:hover { stroke-opacity: 1; stroke-width: 2.5; }
"""
_FRAME = """<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"
     role="img" aria-labelledby="title desc"
     font-family="system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif">
  <title id="title">{title}</title>
  <desc id="desc">{described}</desc>
  <style>{style}  </style>
  <rect width="{width}" height="{height}" fill="#ffffff"/>
{parts}
</svg>
"""


@attrs.frozen(kw_only=True)
class _BoxPosition:
    """Where a box stands."""

    left: int
    middle: int


def to_svg(register: Register, chosen: ExportOptions) -> Exported:
    """The graph of the wished view; where it has too many nodes, those with the most ties, and how many more."""
    graph = build_graph(register, chosen)
    drawn = place_nodes(graph, chosen.most)
    rows = max((len(column.nodes) + (column.more > 0) for column in drawn.columns), default=0)
    one_column = len(drawn.columns) < 2
    width = 2 * _SIDE + _BOX + (_GAP if one_column else _BOX + _GAP)
    text = _FRAME.format(
        width=width,
        height=_TOP + rows * _ROW + _SIDE,
        title=escape(graph.title),
        described=escape("; ".join(_describe_columns(column, chosen) for column in drawn.columns)),
        style=_STYLE,
        parts="\n".join(f"  {part}" for part in _render_graph_parts(drawn, rows, graph.title, chosen)),
    )
    told = (
        incomplete_picture.finding(
            (column.collection,),
            {
                "collection": column.collection,
                "shown": len(column.nodes),
                "number": len(column.nodes) + column.more,
            },
        )
        for column in drawn.columns
        if column.more
    )
    return Exported(data=text.encode(), report=Report(tuple(told)))


def _describe_columns(column: GraphColumn, chosen: ExportOptions) -> str:
    """A column in words, for those who do not see it."""
    names = ", ".join(node.label for node in column.nodes)
    return f"{_HEADS[column.collection].best(chosen.language)}: {names}{_render_count_of_hidden_nodes(column, chosen)}"


def _render_count_of_hidden_nodes(column: GraphColumn, chosen: ExportOptions) -> str:
    return f", {_MORE.best(chosen.language).format(number=column.more)}" if column.more else ""


def _render_graph_parts(drawn: PlacedGraph, rows: int, title: str, chosen: ExportOptions) -> Iterator[str]:
    spots = _place_boxes(drawn, rows)
    yield f'<text class="title" x="{_SIDE}" y="32">{escape(_shorten_label(title, _TITLE_LETTERS))}</text>'
    for edge in drawn.edges:
        yield _render_edge(edge, spots)
    for place, column in enumerate(drawn.columns):
        left = _compute_column_left(place)
        head = _HEADS[column.collection].best(chosen.language)
        yield f'<text class="head" x="{left}" y="{_TOP - 16}">{head}</text>'
        for node in column.nodes:
            yield from _render_box(node.label, column.collection, spots[node.id])
        if column.more:
            words = _MORE.best(chosen.language).format(number=column.more)
            below = max(spots[node.id].middle for node in column.nodes) + _ROW
            yield f'<text class="more" x="{left + 10}" y="{below + 4}">{words}</text>'


def _place_boxes(drawn: PlacedGraph, rows: int) -> Mapping[str, _BoxPosition]:
    """Shorter columns are spread over the height of the longest."""
    spots = {}
    for place, column in enumerate(drawn.columns):
        step = _ROW * rows / (len(column.nodes) + (column.more > 0))
        for number, node in enumerate(column.nodes):
            spots[node.id] = _BoxPosition(
                left=_compute_column_left(place), middle=round(_TOP + step * number + step / 2)
            )
    return spots


def _compute_column_left(place: int) -> int:
    return _SIDE + place * (_BOX + _GAP)


def _render_box(label: str, kind: str, spot: _BoxPosition) -> Iterator[str]:
    top = spot.middle - _HEIGHT // 2
    shown = escape(_shorten_label(label, _LETTERS))
    yield f"<g><title>{escape(label)}</title>"
    yield f'  <rect class="{kind}" x="{spot.left}" y="{top}" width="{_BOX}" height="{_HEIGHT}" rx="5"/>'
    yield f'  <text class="name" x="{spot.left + 10}" y="{spot.middle + 4}">{shown}</text></g>'


def _shorten_label(label: str, most: int) -> str:
    return label if len(label) <= most else f"{label[: most - 1].rstrip()}…"


def _render_edge(edge: Edge, spots: Mapping[str, _BoxPosition]) -> str:
    """From the inner side of one box to that of the other; within one column, an arc on its right."""
    first, second = sorted((spots[edge.source], spots[edge.target]), key=lambda spot: spot.left)
    start = first.left + _BOX
    if first.left == second.left:
        bend = start + min(40 + abs(first.middle - second.middle) // 3, _GAP - 10)
        path = f"M{start} {first.middle} C{bend} {first.middle} {bend} {second.middle} {start} {second.middle}"
    else:
        half = (start + second.left) // 2
        path = f"M{start} {first.middle} C{half} {first.middle} {half} {second.middle} {second.left} {second.middle}"
    return f'<path class="tie" d="{path}"><title>{escape(edge.kind)}</title></path>'


_SWEEPS = 4
"""So many times each column is ordered anew after the other."""


@attrs.frozen(kw_only=True)
class GraphColumn:
    """The nodes of one kind from top to bottom, and how many more there are."""

    collection: str
    nodes: tuple[Node, ...]
    more: int


@attrs.frozen(kw_only=True)
class PlacedGraph:
    """The columns, and the ties between what they show."""

    columns: tuple[GraphColumn, ...]
    edges: tuple[Edge, ...]


def place_nodes(graph: Graph, most: int) -> PlacedGraph:
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
    shown = {kind: _sort_nodes_at_first(nodes) for kind, nodes in chosen.items()}
    _reorder_columns_to_reduce_crossings(shown, edges)
    return PlacedGraph(
        columns=tuple(
            GraphColumn(collection=kind, nodes=tuple(shown[kind]), more=len(by_kind[kind]) - len(shown[kind]))
            for kind in graph.columns
            if shown.get(kind)
        ),
        edges=edges,
    )


def _sort_nodes_at_first(nodes: Iterable[Node]) -> list[Node]:
    """Events by their day, all else by name."""
    return sorted(nodes, key=lambda node: (node.when or "9", node.label, node.id))


def _reorder_columns_to_reduce_crossings(shown: Mapping[str, list[Node]], edges: Sequence[Edge]) -> None:
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
            nodes.sort(
                key=lambda node: (_compute_mean([heights[one] for one in neighbours[node.id]]), node.label, node.id)
            )


def _compute_mean(heights: Sequence[float]) -> float:
    return sum(heights) / len(heights) if heights else 1.0
