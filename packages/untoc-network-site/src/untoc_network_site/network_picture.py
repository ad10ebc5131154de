"""The network as a picture in SVG that needs nothing else: names in columns, ties as curves between them.

It is as wide as a telephone, so that its names can be read there, and follows light and dark. Each role has a colour
and a dash of its own, which the legend names. Where there are more organizations than a picture can show, they stand by
the country of their seat, or by theme. Those that are tied stand near each other, so that few ties cross.
"""

from __future__ import annotations

import itertools
import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

import attrs

from untoc_network.diagnostics.codes.exports import incomplete_picture
from untoc_network.diagnostics.findings import Report
from untoc_network.i18n.language_words import Words
from untoc_network.interop.export_import_options import Exported, ExportOptions, GraphGrouping
from untoc_network.interop.network_graph import Edge, Graph, Node, build_graph
from untoc_network.interop.wording_choice import find_words, translate_country
from untoc_network.model.event import EventRoleKind
from untoc_network.model.network import MembershipRole, NetworkLinkKind
from untoc_network.model.register import Register
from untoc_network.reports.stylesheet import load_picture_colours

__all__ = ["GraphColumn", "PlacedGraph", "draw_network", "group_nodes", "place_nodes"]

_WIDTH, _MARGIN, _ALONE = 360, 8, 250
"""Pixels: of the picture, around it, and of the boxes where there is one column only."""
_LEFT, _RIGHT = 126, 150
"""The width of the boxes in the first and the second column; between them is the room of the ties."""
_LINE, _PAD, _GAP, _LEGEND_LINE = 15, 5, 8, 20
"""Pixels: of a line of a name, above and below it, between boxes, and of a line of the legend."""
_MOST_LINES = 4
_NARROW, _BROAD, _FULL, _HEADING = 6.8, 9.8, 12.4, 1.2
"""Pixels that a letter takes at most, on an average: small ones, capitals, those of East Asia; a heading takes more."""
_ROLES = tuple(role.value for role in (*MembershipRole, *EventRoleKind, *NetworkLinkKind))
"""The order in which roles take their colours and dashes; sponsors and donors, who have no such role, come last."""
_DASHES = ("", "7 4", "2 3", "10 3 2 3", "4 2")
_COLOURS = 8
_GROUPED_BY = {GraphGrouping.COUNTRY: "picture-by-country", GraphGrouping.THEME: "picture-by-theme"}
_STYLE = """
    .graph .page { fill: var(--page) }
    .graph text { fill: var(--text); font-size: 12px }
    .graph .title { font-size: 15px; font-weight: 700 }
    .graph .head { font-size: 13px; font-weight: 600 }
    .graph .more { fill: var(--muted) }
    .graph rect { fill: var(--card); stroke: var(--muted) }
    .graph .page { stroke: none }
    .graph .networks, .graph .events { stroke: var(--accent); stroke-width: 2 }
    .graph .tie { fill: none }
    .graph .tie:hover { stroke-width: 4 }
"""
_FRAME = """<svg xmlns="http://www.w3.org/2000/svg" class="graph" width="{width}" height="{height}" \
viewBox="0 0 {width} {height}"
     role="img" lang="{language}" aria-labelledby="title desc"
     font-family="system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif">
  <title id="title">{title}</title>
  <desc id="desc">{described}</desc>
  <style>{style}  </style>
  <rect class="page" width="{width}" height="{height}"/>
{parts}
</svg>
"""


@attrs.frozen(kw_only=True)
class _Box:
    """A node in its place: its name in lines."""

    node: Node
    left: int
    top: int
    width: int
    lines: tuple[str, ...]

    @property
    def height(self) -> int:
        return _LINE * len(self.lines) + 2 * _PAD

    @property
    def middle(self) -> int:
        return self.top + self.height // 2


def draw_network(register: Register, chosen: ExportOptions) -> Exported:
    """The graph of the wished view; where it has too many nodes, groups of them, or those with the most ties."""
    graph, words = build_graph(register, chosen), find_words(chosen.language)
    grouped = group_nodes(graph, chosen, words)
    drawn = place_nodes(grouped, chosen.most)
    heads = {column.collection: _name_column(column, grouped is not graph, chosen, words) for column in drawn.columns}
    picture = _Picture(drawn=drawn, heads=heads, title=graph.title, words=words)
    parts = list(picture.render())
    text = _FRAME.format(
        width=_WIDTH,
        height=picture.height,
        language=words.language,
        title=escape(graph.title),
        described=escape("; ".join(_describe_column(column, heads, words) for column in drawn.columns)),
        style=load_picture_colours(".graph") + _STYLE,
        parts="\n".join(f"  {part}" for part in parts),
    )
    told = (
        incomplete_picture.finding(
            (column.collection,),
            {
                "collection": column.collection,
                "shown": sum(node.size for node in column.nodes),
                "number": sum(node.size for node in column.nodes) + column.more,
            },
        )
        for column in drawn.columns
        if column.more
    )
    return Exported(data=text.encode(), report=Report(tuple(told)))


def _name_column(column: GraphColumn, is_grouped: bool, chosen: ExportOptions, words: Words) -> str:
    is_of_groups = is_grouped and column.collection == "organizations"
    return words.ui(_GROUPED_BY[chosen.group_by] if is_of_groups else f"picture-{column.collection}")


def _describe_column(column: GraphColumn, heads: Mapping[str, str], words: Words) -> str:
    """A column in words, for those who do not see it."""
    names = ", ".join(node.label for node in column.nodes)
    more = f", {words.ui('picture-more', number=column.more)}" if column.more else ""
    return f"{heads[column.collection]}: {names}{more}"


# -- groups ------------------------------------------------------------------------------------------------------------


def group_nodes(graph: Graph, chosen: ExportOptions, words: Words) -> Graph:
    """The graph with its organizations in groups, where they are more than a picture shows; else as it is.

    A group stands by its name and how many are in it; where it is by theme, an organization can be in several.
    """
    members = [node for node in graph.nodes if node.collection == "organizations"]
    if len(members) <= chosen.most or graph.columns[-1] != "organizations":
        return graph
    by_theme = chosen.group_by is GraphGrouping.THEME
    groups = {node.id: (node.themes if by_theme else filter(None, (node.country,))) for node in members}
    held = {name: tuple(found) or ("",) for name, found in groups.items()}
    sizes = Counter(itertools.chain.from_iterable(held.values()))
    nodes = (
        Node(
            id=f"group-{key}",
            collection="organizations",
            label=f"{_name_group(key, by_theme=by_theme, chosen=chosen, words=words)} ({size})",
            kind="group",
            size=size,
        )
        for key, size in sorted(sizes.items())
    )
    weights = Counter(
        (f"group-{key}", edge.target, edge.kind) for edge in graph.edges for key in held.get(edge.source, ())
    )
    ties = (Edge(source=source, target=to, kind=kind, weight=weight) for (source, to, kind), weight in weights.items())
    return attrs.evolve(
        graph,
        nodes=(*(node for node in graph.nodes if node.collection != "organizations"), *nodes),
        edges=tuple(sorted(ties, key=lambda tie: (tie.source, tie.target, tie.kind))),
    )


def _name_group(key: str, *, by_theme: bool, chosen: ExportOptions, words: Words) -> str:
    if not key:
        return words.ui("picture-not-recorded")
    return words.label(key) if by_theme else translate_country(key, chosen.language)


# -- the picture -------------------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class _Picture:
    drawn: PlacedGraph
    heads: Mapping[str, str]
    title: str
    words: Words
    boxes: Mapping[str, _Box] = attrs.field(init=False)
    title_lines: tuple[str, ...] = attrs.field(init=False)
    bottom: int = attrs.field(init=False)
    """Where the boxes and what stands below them end."""

    def __attrs_post_init__(self) -> None:
        lines = _wrap(self.title, _WIDTH - 2 * _MARGIN, _HEADING * 1.15)
        object.__setattr__(self, "title_lines", lines)
        columns = [self._stack(number, column) for number, column in enumerate(self.drawn.columns)]
        below = max((boxes[-1].top + boxes[-1].height for boxes in columns), default=self._top - _GAP)
        placed = itertools.chain.from_iterable(_spread(boxes, below) for boxes in columns)
        object.__setattr__(self, "boxes", {box.node.id: box for box in placed})
        has_more = any(column.more for column in self.drawn.columns)
        object.__setattr__(self, "bottom", below + (_LEGEND_LINE if has_more else 0))

    @property
    def _top(self) -> int:
        """Where the first boxes begin."""
        heads = max((len(self._wrap_head(number)) for number in range(len(self.drawn.columns))), default=0)
        return _MARGIN + 20 * len(self.title_lines) + 8 + 17 * heads + 6

    @property
    def roles(self) -> Mapping[str, int]:
        """The roles of the ties, each with the number of its colour and its dash."""
        found = {edge.kind for edge in self.drawn.edges}
        order = sorted(found, key=lambda kind: (kind not in _ROLES, _ROLES.index(kind) if kind in _ROLES else 0, kind))
        return {kind: number for number, kind in enumerate(order)}

    @property
    def height(self) -> int:
        return self.bottom + (_LEGEND_LINE * (len(self.roles) + 1) if self.roles else 0) + 2 * _MARGIN

    def _place_column(self, number: int) -> tuple[int, int]:
        """Where a column begins and how wide its boxes are."""
        if len(self.drawn.columns) == 1:
            return _MARGIN, _ALONE
        return ((_MARGIN, _LEFT), (_WIDTH - _MARGIN - _RIGHT, _RIGHT))[number]

    def _wrap_head(self, number: int) -> tuple[str, ...]:
        _, width = self._place_column(number)
        return _wrap(self.heads[self.drawn.columns[number].collection], width, _HEADING)

    def _stack(self, number: int, column: GraphColumn) -> list[_Box]:
        (left, width), top, boxes = self._place_column(number), self._top, []
        for node in column.nodes:
            lines = _wrap(node.label, width - 2 * _GAP, 1)
            boxes.append(_Box(node=node, left=left, top=top, width=width, lines=lines))
            top += boxes[-1].height + _GAP
        return boxes

    def render(self) -> Iterator[str]:
        """The parts one over the other: titles, ties, boxes, what is not shown, the legend."""
        for number, line in enumerate(self.title_lines, 1):
            yield _write("title", _MARGIN, _MARGIN - 4 + 20 * number, line)
        for number in range(len(self.drawn.columns)):
            left, _ = self._place_column(number)
            lines = self._wrap_head(number)
            for place, line in enumerate(lines):
                yield _write("head", left, self._top - 10 - 17 * (len(lines) - 1 - place), line)
        yield from self._render_ties()
        for box in self.boxes.values():
            yield from _render_box(box)
        for number, column in enumerate(self.drawn.columns):
            if column.more:
                said = self.words.ui("picture-more", number=column.more)
                yield _write("more", self._place_column(number)[0] + _GAP, self.bottom - 4, said)
        yield from self._render_legend()

    def _render_ties(self) -> Iterator[str]:
        pairs: defaultdict[tuple[str, str], list[Edge]] = defaultdict(list)
        for edge in self.drawn.edges:
            pairs[edge.source, edge.target].append(edge)
        for ties in pairs.values():
            for number, edge in enumerate(ties):
                aside = round(5 * (number - (len(ties) - 1) / 2))
                yield self._render_tie(edge, aside)

    def _render_tie(self, edge: Edge, aside: int) -> str:
        """From the inner side of one box to that of the other; within one column, an arc on its right."""
        first, second = sorted((self.boxes[edge.source], self.boxes[edge.target]), key=lambda box: box.left)
        start, one, other = first.left + first.width, first.middle + aside, second.middle + aside
        if first.left == second.left:
            bend = min(start + 30 + abs(one - other) // 3, _WIDTH - _MARGIN)
            path = f"M{start} {one} C{bend} {one} {bend} {other} {start} {other}"
        else:
            half = (start + second.left) // 2
            path = f"M{start} {one} C{half} {one} {half} {other} {second.left} {other}"
        said = self._name_role(edge.kind) + (f": {edge.weight}" if edge.weight > 1 else "")
        look = _draw_as(self.roles[edge.kind], edge.weight)
        return f'<path class="tie" d="{path}" {look}><title>{escape(said)}</title></path>'

    def _name_role(self, role: str) -> str:
        return self.words.interface.get(f"picture-{role}") or self.words.label(role)

    def _render_legend(self) -> Iterator[str]:
        """Which line stands for which role."""
        if self.roles:
            yield _write("head", _MARGIN, self.bottom + _LEGEND_LINE, self.words.ui("picture-ties"))
        for role, number in self.roles.items():
            y = self.bottom + _LEGEND_LINE * (number + 2)
            yield f'<line class="tie" x1="{_MARGIN}" x2="{_MARGIN + 34}" y1="{y - 4}" y2="{y - 4}" {_draw_as(number)}/>'
            yield _write("role", _MARGIN + 44, y, self._name_role(role))


def _draw_as(number: int, weight: int = 1) -> str:
    """The look of a role's ties; what stands for more is broader."""
    dash = _DASHES[number % len(_DASHES)]
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'stroke="var(--s{number % _COLOURS})" stroke-width="{1.6 + math.log2(weight) / 2:.1f}"{dashed}'


def _spread(boxes: Sequence[_Box], below: int) -> Iterator[_Box]:
    """The boxes of a column over the height of the longest."""
    free = below - (boxes[-1].top + boxes[-1].height)
    for number, box in enumerate(boxes):
        yield attrs.evolve(box, top=box.top + round(free * (2 * number + 1) / (2 * len(boxes))))


def _render_box(box: _Box) -> Iterator[str]:
    kind = box.node.collection
    yield f"<g><title>{escape(box.node.label)}</title>"
    yield f'  <rect class="{kind}" x="{box.left}" y="{box.top}" width="{box.width}" height="{box.height}" rx="4"/>'
    for number, line in enumerate(box.lines, 1):
        yield f"  {_write('name', box.left + _GAP, box.top + _PAD + _LINE * number - 4, line)}"
    yield "</g>"


def _write(kind: str, x: int, y: int, words: str) -> str:
    return f'<text class="{kind}" x="{x}" y="{y}">{escape(words)}</text>'


def _wrap(words: str, room: float, scale: float) -> tuple[str, ...]:
    """Words in lines that end within so many pixels, at most so many; a word that is longer is broken."""
    lines, line, wide = [], "", 0.0
    for letter in words:
        width = _measure(letter) * scale
        if wide + width > room:
            kept, _, rest = line.rpartition(" ") if " " in line and letter != " " else (line, "", "")
            lines.append(kept.rstrip())
            line, wide = rest, sum(map(_measure, rest)) * scale
        line, wide = (line + letter, wide + width) if line or letter != " " else (line, wide)
    lines.append(line.rstrip())
    lines = [line for line in lines if line] or [""]
    if len(lines) <= _MOST_LINES:
        return tuple(lines)
    return (*lines[: _MOST_LINES - 1], f"{lines[_MOST_LINES - 1][:-1].rstrip()}…")


def _measure(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return _FULL
    if letter in "WMm%@—…":
        return _FULL
    return _BROAD if letter.isupper() or letter in "w<>=+~#&" else _NARROW


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
    ties = Counter[str]()
    for edge in graph.edges:
        ties.update({edge.source: edge.weight, edge.target: edge.weight})
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
