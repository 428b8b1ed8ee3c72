"""Layers from top to bottom: by type, as countries, cities, institutions, people, or by what belongs to what."""

import math
from collections.abc import Iterable, Mapping, Sequence

from graph_app.arrangement.ground import ACROSS, DOWN, Laid
from graph_app.arrangement.items import Item
from graph_app.graph.results import Tie
from graph_app.layout import Point
from graph_app.vocabulary import vocabulary

LAYER = "+"  # between the labels of one layer
LOOSE = "loose"  # the part of what belongs to nothing that is drawn
_BETWEEN = 66.0  # pixels between two layers, beyond what rows need
_SHORTEST = 8  # entities that a row holds before it breaks
_SWEEPS = 12
Pairs = Iterable[tuple[str, str]]


def by_type(items: Sequence[Item], pairs: Pairs) -> Laid:
    """Return the entities in layers by type, in the order of the vocabulary."""
    order = vocabulary().layers
    present = {item.label for item in items}
    layers = [(tuple(name for name in names if name in present), names) for names in order]
    kept = [
        (LAYER.join(some), sorted(item.id for item in items if item.label in names)) for some, names in layers if some
    ]
    return Laid(_placed([ids for _, ids in kept], pairs), kept)


def by_belonging(items: Sequence[Item], ties: Iterable[Tie], pairs: Pairs) -> Laid:
    """Return wholes above their parts, as deep as the longest chain; below all what belongs to nothing drawn.

    What belongs to itself by a detour, which no source should say, stands in one layer.
    """
    import networkx as nx  # noqa: PLC0415 - large; few pictures stand in layers

    ids = {item.id for item in items}
    above = vocabulary().hierarchy
    graph: nx.DiGraph[str] = nx.DiGraph()
    claims = sorted({(tie.end, tie.start) for tie in ties if tie.type in above and {tie.start, tie.end} <= ids})
    graph.add_edges_from(claim for claim in claims if claim[0] != claim[1])
    joined = nx.condensation(graph)
    generations = nx.topological_generations(joined) if graph else ()
    layers = [sorted(name for part in parts for name in joined.nodes[part]["members"]) for parts in generations]
    loose = sorted(ids - set(graph))
    parts = [("", layer) for layer in layers] + ([(LOOSE, loose)] if loose else [])
    return Laid(_placed([part for _, part in parts], pairs), [part for part in parts if part[0]])


def _placed(layers: Sequence[list[str]], pairs: Pairs) -> dict[str, Point]:
    """Return places: each layer in as many rows as keep it within the width, ordered so that few ties cross."""
    total = sum(map(len, layers))
    most = max(_SHORTEST, math.ceil(1.5 * math.sqrt(total)))
    around: dict[str, list[str]] = {name: [] for layer in layers for name in layer}
    for one, other in sorted({(min(pair), max(pair)) for pair in pairs}):
        if one != other and one in around and other in around:
            around[one].append(other)
            around[other].append(one)
    across = _ordered(layers, around, most)
    places: dict[str, Point] = {}
    top = 0.0
    for layer in layers:
        rows = math.ceil(len(layer) / most)
        places |= {name: (across[name], top + DOWN * (index % rows)) for index, name in enumerate(layer)}
        top += DOWN * rows + _BETWEEN
    middle = (top - DOWN - _BETWEEN) / 2
    return {name: (x, y - middle) for name, (x, y) in places.items()}


def _ordered(layers: Sequence[list[str]], around: Mapping[str, list[str]], most: int) -> dict[str, float]:
    """Put each layer, in place, into an order in which neighbours stand near each other; return the x of each entity.

    References
    ----------
    K. Sugiyama, S. Tagawa, M. Toda, "Methods for visual understanding of hierarchical system structures", IEEE
    Transactions on Systems, Man, and Cybernetics 11(2), 1981, pp. 109-125: the barycentre of the neighbours.

    """
    across: dict[str, float] = {}
    for layer in layers:
        across |= _columns(layer, most)
    for sweep in range(_SWEEPS):
        for layer in layers if sweep % 2 == 0 else reversed(layers):
            middle = {name: _mean([across[other] for other in around[name]], across[name]) for name in layer}
            layer.sort(key=lambda name: (middle[name], name))
            across |= _columns(layer, most)
    return across


def _columns(layer: Sequence[str], most: int) -> dict[str, float]:
    """Return x by column; a layer of several rows fills column by column, each row shifted against the one above."""
    rows = math.ceil(len(layer) / most)
    columns = math.ceil(len(layer) / rows)
    start = -ACROSS * (columns - 1) / 2
    return {name: start + ACROSS * (index // rows) for index, name in enumerate(layer)}


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
