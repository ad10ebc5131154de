"""The network as text that other programs draw: DOT for Graphviz, Mermaid for pages in Markdown."""

from __future__ import annotations

import re

from untoc_network.diagnostics.findings import Report
from untoc_network.interop.exported import Exported, Wishes
from untoc_network.interop.graph import Graph, graph_of
from untoc_network.model.register import Register

__all__ = ["dot", "mermaid"]

_SHAPES = {"networks": "box", "events": "note", "organizations": "ellipse"}
_BRACKETS = {"networks": ("[", "]"), "events": ("{{", "}}"), "organizations": ("(", ")")}
_SPECIAL = re.compile(r"[^\w .,:/()'À-ɏ-]", re.ASCII)


def dot(register: Register, chosen: Wishes) -> Exported:
    """A directed graph in the language of Graphviz."""
    graph = graph_of(register, chosen)
    lines = [
        "digraph network {",
        f"  graph [label={_quoted(graph.title)}, rankdir=LR, charset=utf8];",
        *(f"  {_quoted(one.id)} [label={_quoted(one.label)}, shape={_SHAPES[one.collection]}];" for one in graph.nodes),
        *(f"  {_quoted(one.source)} -> {_quoted(one.target)} [label={_quoted(one.kind)}];" for one in graph.edges),
        "}",
    ]
    return _lines(lines)


def _quoted(text: str) -> str:
    """A text in quotes; a backslash would begin an escape of Graphviz's own."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def mermaid(register: Register, chosen: Wishes) -> Exported:
    """A flow chart. Nodes are numbered, since Mermaid takes some ids for words of its own."""
    graph = graph_of(register, chosen)
    numbers = {node.id: f"n{number}" for number, node in enumerate(graph.nodes)}
    lines = ["flowchart LR", *_nodes(graph, numbers)]
    lines += [f"    {numbers[one.source]} -->|{one.kind}| {numbers[one.target]}" for one in graph.edges]
    return _lines(lines)


def _nodes(graph: Graph, numbers: dict[str, str]) -> list[str]:
    brackets = {node.id: _BRACKETS[node.collection] for node in graph.nodes}
    return [
        f'    {numbers[node.id]}{brackets[node.id][0]}"{_entities(node.label)}"{brackets[node.id][1]}'
        for node in graph.nodes
    ]


def _entities(text: str) -> str:
    """A label in which all that could be markup is written as the number of its letter."""
    return _SPECIAL.sub(lambda found: f"#{ord(found[0])};", text)


def _lines(lines: list[str]) -> Exported:
    return Exported(data="".join(f"{line}\n" for line in lines).encode(), report=Report())
