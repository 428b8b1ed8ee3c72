"""The picture for other programs: GraphML and GEXF, written by networkx."""

import io
from collections.abc import Mapping
from datetime import date
from typing import Any

import networkx as nx

from graph_app.briefing.content import Briefing
from graph_app.text import without_controls
from graph_app.vocabulary import vocabulary

Plain = str | int | float | bool


def graphml(made: Briefing) -> bytes:
    """Return the picture as GraphML, UTF-8; every tie is an edge of its own, with its evidence."""
    stream = io.BytesIO()
    nx.write_graphml_xml(network(made), stream, named_key_ids=True)
    return stream.getvalue()


def gexf(made: Briefing) -> bytes:
    """Return the picture as GEXF 1.2, UTF-8, with the places of the entities."""
    graph = network(made)
    labels = vocabulary().labels
    for _, node in graph.nodes(data=True):
        colour = labels[node["type"]].colour.lstrip("#")
        red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
        place = {"x": node["x"], "y": -node["y"], "z": 0.0}
        node["viz"] = {"position": place, "color": {"r": red, "g": green, "b": blue, "a": 1.0}}
    stream = io.BytesIO()
    nx.write_gexf(graph, stream)
    return stream.getvalue()


def network(made: Briefing) -> "nx.MultiDiGraph[str]":
    """Return the picture as a graph of networkx: plain attributes, texts without control characters."""
    words = vocabulary()
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    about = {"title": made.title, "day": made.day.isoformat(), "made_at": made.made_at.isoformat(timespec="seconds")}
    graph.graph.update({name: without_controls(text) for name, text in about.items()})
    arranged = _arranged(made)
    for node in made.found.nodes:
        told = {**_plain(node.properties), **arranged[node.id]}
        graph.add_node(
            node.id, **{**told, "label": without_controls(made.name(node)), "type": words.shown(node.labels)}
        )
    for tie in made.found.ties:
        graph.add_edge(
            tie.start, tie.end, key=tie.id, **{**_plain(tie.properties), "id": tie.id, "relationship": tie.type}
        )
    return graph


def _arranged(made: Briefing) -> dict[str, dict[str, Plain]]:
    """Return, for each entity, its place, whether it is pinned, its group and its measure; in a stack, those of it."""
    found: dict[str, dict[str, Plain]] = {}
    for node in made.drawn["nodes"]:
        group = node["name"] if node.get("members") else node.get("gathered", "")
        told: dict[str, Plain] = {"x": float(node["x"]), "y": float(node["y"]), "pinned": bool(node.get("pinned"))}
        told |= {"gathered": without_controls(group)} if group else {}
        for id_ in [one["id"] for one in node.get("members", ())] or [node["id"]]:
            score = made.drawn.get("scores", {}).get(id_)
            found[id_] = {**told, **({made.drawn["size"]: score} if score is not None else {})}
    return found


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
