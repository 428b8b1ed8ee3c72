"""The picture for other programs: GraphML and GEXF."""

from typing import TYPE_CHECKING

from graph_app.briefing.content import Briefing
from graph_app.export import graphs

if TYPE_CHECKING:
    import networkx as nx


def graphml(made: Briefing) -> bytes:
    """Return the picture as GraphML, UTF-8; every tie is an edge of its own, with its evidence."""
    return graphs.graphml(network(made))


def gexf(made: Briefing) -> bytes:
    """Return the picture as GEXF 1.2, UTF-8, with the places of the entities."""
    graph = network(made)
    for node in made.drawn["nodes"]:
        place = {"x": float(node["x"]), "y": -float(node["y"]), "z": 0.0}
        graph.nodes[node["id"]]["viz"] = {"position": place, "color": graphs.colour(node["color"])}
    return graphs.gexf(graph)


def network(made: Briefing) -> "nx.MultiDiGraph[str]":
    """Return the picture as a graph of networkx, with its title, its day and when it was made."""
    about = {"title": made.title, "day": made.day.isoformat(), "made_at": made.made_at.isoformat(timespec="seconds")}
    return graphs.network(made.found, made.language, about)
