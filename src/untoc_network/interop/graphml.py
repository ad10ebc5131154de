"""GraphML for programs that analyse and draw networks, with all nodes and ties."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from untoc_network.diagnostics.findings import Report
from untoc_network.interop.exported import Exported, Wishes
from untoc_network.interop.graph import graph_of
from untoc_network.model.register import Register

__all__ = ["graphml"]

_NODE = ("label", "collection", "kind", "country", "when")
_EDGE = ("kind", "start", "end")


def graphml(register: Register, chosen: Wishes) -> Exported:
    """The graph of the wished view."""
    graph = graph_of(register, chosen)
    root = ET.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for place, names in (("node", _NODE), ("edge", _EDGE)):
        for name in names:
            ET.SubElement(
                root, "key", {"id": f"{place}-{name}", "for": place, "attr.name": name, "attr.type": "string"}
            )
    inner = ET.SubElement(root, "graph", id="network", edgedefault="directed")
    for node in graph.nodes:
        made = ET.SubElement(inner, "node", id=node.id)
        _data(made, "node", ((name, getattr(node, name)) for name in _NODE))
    for number, edge in enumerate(graph.edges):
        made = ET.SubElement(inner, "edge", id=f"tie-{number}", source=edge.source, target=edge.target)
        _data(made, "edge", ((name, getattr(edge, name)) for name in _EDGE))
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return Exported(data=f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode(), report=Report())


def _data(holder: ET.Element, place: str, values: Iterable[tuple[str, str | None]]) -> None:
    for name, value in values:
        if value is not None:
            ET.SubElement(holder, "data", key=f"{place}-{name}").text = value
