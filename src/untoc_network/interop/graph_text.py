"""The network as text that other programs draw: DOT for Graphviz, Mermaid for pages in Markdown, GraphML to analyse."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from untoc_network.diagnostics.findings import Report
from untoc_network.interop.export_import_options import Exported, ExportOptions
from untoc_network.interop.network_graph import Graph, build_graph
from untoc_network.model.register import Register

__all__ = ["to_dot", "to_graphml", "to_mermaid"]

_SHAPES = {"networks": "box", "events": "note", "organizations": "ellipse"}
_BRACKETS = {"networks": ("[", "]"), "events": ("{{", "}}"), "organizations": ("(", ")")}
_SPECIAL = re.compile(r"[^\w .,:/()'À-ɏ-]", re.ASCII)


def to_dot(register: Register, chosen: ExportOptions) -> Exported:
    """A directed graph in the language of Graphviz."""
    graph = build_graph(register, chosen)
    lines = [
        "digraph network {",
        f"  graph [label={_quote_for_dot(graph.title)}, rankdir=LR, charset=utf8];",
        *(
            f"  {_quote_for_dot(one.id)} [label={_quote_for_dot(one.label)}, shape={_SHAPES[one.collection]}];"
            for one in graph.nodes
        ),
        *(
            f"  {_quote_for_dot(one.source)} -> {_quote_for_dot(one.target)} [label={_quote_for_dot(one.kind)}];"
            for one in graph.edges
        ),
        "}",
    ]
    return _export_lines(lines)


def _quote_for_dot(text: str) -> str:
    """A text in quotes; a backslash would begin an escape of Graphviz's own."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def to_mermaid(register: Register, chosen: ExportOptions) -> Exported:
    """A flow chart. Nodes are numbered, since Mermaid takes some ids for words of its own."""
    graph = build_graph(register, chosen)
    numbers = {node.id: f"n{number}" for number, node in enumerate(graph.nodes)}
    lines = ["flowchart LR", *_render_mermaid_nodes(graph, numbers)]
    lines += [f"    {numbers[one.source]} -->|{one.kind}| {numbers[one.target]}" for one in graph.edges]
    return _export_lines(lines)


def _render_mermaid_nodes(graph: Graph, numbers: dict[str, str]) -> list[str]:
    brackets = {node.id: _BRACKETS[node.collection] for node in graph.nodes}
    return [
        f'    {numbers[node.id]}{brackets[node.id][0]}"{_escape_mermaid_label(node.label)}"{brackets[node.id][1]}'
        for node in graph.nodes
    ]


def _escape_mermaid_label(text: str) -> str:
    """A label in which all that could be markup is written as the number of its letter."""
    return _SPECIAL.sub(lambda found: f"#{ord(found[0])};", text)


def _export_lines(lines: list[str]) -> Exported:
    return Exported(data="".join(f"{line}\n" for line in lines).encode(), report=Report())


_NODE = ("label", "collection", "kind", "country", "when")
_EDGE = ("kind", "start", "end")


def to_graphml(register: Register, chosen: ExportOptions) -> Exported:
    """The graph of the wished view."""
    graph = build_graph(register, chosen)
    root = ET.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for place, names in (("node", _NODE), ("edge", _EDGE)):
        for name in names:
            ET.SubElement(
                root, "key", {"id": f"{place}-{name}", "for": place, "attr.name": name, "attr.type": "string"}
            )
    inner = ET.SubElement(root, "graph", id="network", edgedefault="directed")
    for node in graph.nodes:
        made = ET.SubElement(inner, "node", id=node.id)
        _add_graphml_data(made, "node", ((name, getattr(node, name)) for name in _NODE))
    for number, edge in enumerate(graph.edges):
        made = ET.SubElement(inner, "edge", id=f"tie-{number}", source=edge.source, target=edge.target)
        _add_graphml_data(made, "edge", ((name, getattr(edge, name)) for name in _EDGE))
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return Exported(data=f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode(), report=Report())


def _add_graphml_data(holder: ET.Element, place: str, values: Iterable[tuple[str, str | None]]) -> None:
    for name, value in values:
        if value is not None:
            ET.SubElement(holder, "data", key=f"{place}-{name}").text = value
