"""Entities that are tied to each other more than to the rest, and how far one can rely on that."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from graph_app.analysis.measures import pairs_of

if TYPE_CHECKING:
    import networkx as nx

_SEED = 20251205
_OTHERS = 10  # runs in another order, to compare with


@dataclass(frozen=True)
class Community:
    """Entities that belong together; ``middle`` has the most ties among them, and names them."""

    middle: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Division:
    """How much a division into communities says.

    Parameters
    ----------
    inside
        The share of the ties that join two of one community.
    by_chance
        The share that would, if each entity kept the number of its ties and they led anywhere.
    steady
        Of the pairs of one community, the share that stays together in other runs.

    """

    inside: float
    by_chance: float
    steady: float


def communities(names: Iterable[str], pairs: Iterable[tuple[str, str]]) -> list[Community]:
    """Return the communities of at least two, the largest first.

    References
    ----------
    V. D. Blondel, J.-L. Guillaume, R. Lambiotte, E. Lefebvre, "Fast unfolding of communities in large networks",
    J. Stat. Mech. 2008, P10008.

    """
    graph = _graph(names, pairs)
    found = [_community(graph, part) for part in _parts(graph, _SEED) if len(part) > 1]
    return sorted(found, key=lambda one: (-len(one.members), one.middle))


def division(names: Iterable[str], pairs: Iterable[tuple[str, str]]) -> Division | None:
    """Return how much the division into communities says; None if nothing is tied."""
    graph = _graph(names, pairs)
    if not graph.size():
        return None
    parts = _parts(graph, _SEED)
    ties = graph.size()
    inside = sum(graph.subgraph(part).size() for part in parts) / ties
    chance = sum((sum(ends for _, ends in graph.degree(part)) / (2 * ties)) ** 2 for part in parts)
    return Division(inside, chance, _steady(graph, parts))


def _steady(graph: "nx.Graph[str]", parts: list[set[str]]) -> float:
    together = [pair for part in parts for pair in combinations(sorted(part), 2)]
    kept = 0
    for seed in range(_OTHERS):
        home = {name: at for at, part in enumerate(_parts(graph, seed)) for name in part}
        kept += sum(home[one] == home[other] for one, other in together)
    return kept / (_OTHERS * len(together)) if together else 1.0


def _graph(names: Iterable[str], pairs: Iterable[tuple[str, str]]) -> "nx.Graph[str]":
    import networkx as nx  # noqa: PLC0415 - large; few pages seek communities

    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(set(names)))
    graph.add_edges_from(pairs_of(pairs, graph))
    return graph


def _parts(graph: "nx.Graph[str]", seed: int) -> list[set[str]]:
    """Return the communities of one run; numbers stand for the names, since texts are hashed anew in every process."""
    import networkx as nx  # noqa: PLC0415

    names = list(graph)
    numbered = nx.relabel_nodes(graph, {name: at for at, name in enumerate(names)})
    return [{names[at] for at in part} for part in nx.community.louvain_communities(numbered, seed=seed)]


def _community(graph: "nx.Graph[str]", part: set[str]) -> Community:
    within = graph.subgraph(part)
    middle = min(part, key=lambda name: (-within.degree[name], name))
    return Community(middle, tuple(sorted(part)))
