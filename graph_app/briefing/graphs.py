"""The picture for other programs: GraphML and GEXF."""

from typing import TYPE_CHECKING

from graph_app.briefing.content import Briefing
from graph_app.briefing.placing import placed
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
    """Return the picture as a graph of networkx, with its title, its day, its notes, and how it is arranged."""
    about = {"title": made.title, "day": made.day.isoformat(), "made_at": made.made_at.isoformat(timespec="seconds")}
    about |= {"annotation": made.note} if made.note else {}
    graph = graphs.network(made.found, made.language, about, made.level)
    for id_, told in _told(made).items():
        graph.nodes[id_].update(told)
    for *_, id_, edge in graph.edges(keys=True, data=True):
        edge.update(_annotation(made.note_on([id_])))
    return graph


def _told(made: Briefing) -> dict[str, dict[str, Plain]]:
    """Return, for each entity, its place, whether it is pinned, its group, its measure and the note on it."""
    found: dict[str, dict[str, Plain]] = {}
    for id_, one in placed(made).items():
        told: dict[str, Plain] = {"x": one.x, "y": one.y, "pinned": one.pinned}
        told |= {"gathered": without_controls(one.group)} if one.group else {}
        told |= {made.drawn["size"]: one.score} if one.score is not None else {}
        found[id_] = told | _annotation(made.note_on([id_]))
    return found


def _annotation(text: str) -> dict[str, Plain]:
    return {"annotation": without_controls(text)} if text else {}
