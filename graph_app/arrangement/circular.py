"""All entities on a circle, those that are tied to each other near each other where that is possible."""

import math
from collections.abc import Iterable, Sequence

from graph_app.arrangement.ground import Laid
from graph_app.arrangement.items import Item

_APART = 136.0  # pixels between neighbours on one ring
_RINGS = 118.0  # pixels between rings
_ON_ONE = 26  # entities that one ring holds before there are more


def circle(items: Sequence[Item], pairs: Iterable[tuple[str, str]]) -> Laid:
    """Return places on a circle, beginning at the top; many entities stand on several rings in turn.

    The order is a walk along the ties, at each entity first to the neighbour with the fewest ties, so that a chain
    stays a chain and hubs come last.

    References
    ----------
    J. M. Six, I. G. Tollis, "A framework and algorithms for circular drawings of graphs", Journal of Discrete
    Algorithms 4(1), 2006, pp. 25-50: the walk in depth.

    """
    order = _walk(items, pairs)
    rings = math.ceil(len(order) / _ON_ONE)
    inner = max(_APART * len(order) / max(rings, 1) / (2 * math.pi), _RINGS) if len(order) > 1 else 0.0
    places = {}
    for index, name in enumerate(order):
        angle = 2 * math.pi * index / len(order)
        radius = inner + _RINGS * (index % rings)
        places[name] = (radius * math.sin(angle), -radius * math.cos(angle))
    return Laid(places)


def _walk(items: Sequence[Item], pairs: Iterable[tuple[str, str]]) -> list[str]:
    import networkx as nx  # noqa: PLC0415 - large; few pictures stand in a circle

    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(item.id for item in items))
    graph.add_edges_from(sorted((min(pair), max(pair)) for pair in pairs if set(pair) <= set(graph)))
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    ties = dict(graph.degree)
    order: list[str] = []
    for part in parts:
        start = min(part, key=lambda name: (ties[name], name))
        order += nx.dfs_preorder_nodes(
            graph, start, sort_neighbors=lambda names: sorted(names, key=lambda one: (ties[one], one))
        )
    return order
