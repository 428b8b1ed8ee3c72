"""Entities and ties for other programs: GraphML and GEXF, written by networkx."""

import io
from collections.abc import Mapping
from datetime import date
from typing import Any
from xml.etree.ElementTree import SubElement

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from graph_app.exploration.levels import Level
from graph_app.graph.results import Subgraph
from graph_app.picture import name_of
from graph_app.text import without_controls
from graph_app.vocabulary import vocabulary

Plain = str | int | float | bool
CONFIDENTIALITY = "confidentiality"  # of the graph as a whole


def network(
    found: Subgraph, language: str, about: Mapping[str, str], level: Level | None = None
) -> "nx.MultiDiGraph[str]":
    """Return entities and ties as a graph of networkx: plain attributes, texts without control characters."""
    words = vocabulary()
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.graph.update({name: without_controls(text) for name, text in about.items()})
    if level:
        graph.graph[CONFIDENTIALITY] = level.line(language)
    for node in found.nodes:
        told = {"label": without_controls(name_of(node, language)), "type": words.shown(node.labels)}
        graph.add_node(node.id, **{**_plain(node.properties), **told})
    for tie in found.ties:
        told = {"id": tie.id, "relationship": tie.type}
        graph.add_edge(tie.start, tie.end, key=tie.id, **{**_plain(tie.properties), **told})
    return graph


def graphml(graph: "nx.MultiDiGraph[str]") -> bytes:
    """Return a graph as GraphML, UTF-8; every tie is an edge of its own, with its evidence."""
    stream = io.BytesIO()
    nx.write_graphml_xml(graph, stream, named_key_ids=True)
    return stream.getvalue()


def gexf(graph: "nx.MultiDiGraph[str]") -> bytes:
    """Return a graph as GEXF 1.2, UTF-8; a node has the colour of its type if no other was given.

    GEXF has no attributes of a graph: how confidential it is stands in its description.
    """
    for _id, told in graph.nodes(data=True):
        told.setdefault("viz", {"color": colour_of(told["type"])})
    writer, stream = GEXFWriter(prettyprint=True), io.BytesIO()
    writer.add_graph(graph)
    if said := graph.graph.get(CONFIDENTIALITY):
        SubElement(writer.xml[0], "description").text = said
    writer.write(stream)
    return stream.getvalue()


def colour_of(label: str) -> dict[str, float]:
    """Return the colour of a type as GEXF has it."""
    written = vocabulary().labels[label].colour.lstrip("#")
    red, green, blue = (int(written[at : at + 2], 16) for at in (0, 2, 4))
    return {"r": red, "g": green, "b": blue, "a": 1.0}


def _plain(properties: Mapping[str, Any]) -> dict[str, Plain]:
    return {name: _value(item) for name, item in properties.items() if item is not None and name != "id"}


def _value(item: Any) -> Plain:  # noqa: ANN401 - any property
    match item:
        case bool() | int() | float():
            return item
        case date():
            return item.isoformat()
        case list() | tuple():
            return "; ".join(str(_value(one)) for one in item)
    return without_controls(str(item))
