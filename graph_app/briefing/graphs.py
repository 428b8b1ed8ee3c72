"""The picture for other programs: GraphML and GEXF."""

from typing import TYPE_CHECKING

from graph_app.briefing.content import Briefing
from graph_app.export import graphs
from graph_app.export.graphs import Plain
from graph_app.text import without_controls

if TYPE_CHECKING:
    import networkx as nx


def graphml(made: Briefing) -> bytes:
    """Return the picture as GraphML, UTF-8; every tie is an edge of its own, with its evidence."""
    return graphs.graphml(network(made))


def gexf(made: Briefing) -> bytes:
    """Return the picture as GEXF 1.2, UTF-8, with the places of the entities."""
    graph = network(made)
    for _, node in graph.nodes(data=True):
        place = {"x": node["x"], "y": -node["y"], "z": 0.0}
        node["viz"] = {"position": place, "color": graphs.colour_of(node["type"])}
    return graphs.gexf(graph)


def network(made: Briefing) -> "nx.MultiDiGraph[str]":
    """Return the picture as a graph of networkx, with its title, its day, when it was made, and how it is arranged."""
    about = {"title": made.title, "day": made.day.isoformat(), "made_at": made.made_at.isoformat(timespec="seconds")}
    graph = graphs.network(made.found, made.language, about)
    for id_, arranged in _arranged(made).items():
        graph.nodes[id_].update(arranged)
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
