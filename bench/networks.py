"""Measuring a network of sister cities beside networkx: betweenness, PageRank, bridges, communities.

What is compared is the same: ``tests/unit/test_networks.py`` holds the values of ours against those of networkx. Where
all paths would take networkx hours, it searches from a few beginnings only. Graphs are made before the clock runs. Of
libraries in C, C++ and Rust those are measured beside it that happen to be here: ``pip install rustworkx igraph``.
"""

import random
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from importlib.util import find_spec

import networkx as nx
import numpy as np
from networkx.algorithms.link_analysis import pagerank_alg

from bench import world
from bench.installation import Bench
from bench.pair import Goal, Row, paired, seconds
from graph_app.analysis.between import betweenness
from graph_app.analysis.bridges import bridges
from graph_app.analysis.louvain import louvain
from graph_app.analysis.network import Network
from graph_app.analysis.pagerank import pagerank

TIES = (10_000, 100_000)
_SEED = 20251205
_ALL = 20_000  # ties up to which all paths are searched, by ours
_SEARCHED = 100  # beginnings of networkx
_peers_pagerank = pagerank_alg._pagerank_python  # type: ignore[attr-defined] # noqa: SLF001 - the public one needs scipy
Work = Callable[[], object]


def rows(bench: Bench) -> Iterator[Row]:
    """Measure at both sizes; no graph database is needed."""
    for ties in TIES:
        network = made(ties, bench.seed)
        graph = nx.empty_graph(network.count)
        graph.add_edges_from(network.pairs.tolist())
        size = f"{network.count:,} cities, {len(network.pairs):,} ties"
        for name, ours, peer, peer_is in _works(network, graph):
            sides = partial(_anew, network, ours), partial(seconds, peer)
            sides[0]()  # what numpy prepares does not count; networkx prepares nothing, and takes a minute
            told = paired(*sides, _rounds(bench, ties), warm=False)
            yield Row(name, "numpy and lists, in process", peer_is, size, *told, (Goal("ratio", 1.0),))


def _rounds(bench: Bench, ties: int) -> int:
    return bench.few if ties <= _ALL else 1


def made(ties: int, seed: int) -> Network:
    """Return a network of sister cities of the shape of the real lists."""
    cities = round(ties / world.real().links)
    ends = world.pairs(cities, ties, random.Random(seed))  # noqa: S311
    return Network.of(cities, np.array(ends, dtype=np.intp))


def _works(network: Network, graph: "nx.Graph[int]") -> Iterator[tuple[str, Callable[[Network], object], Work, str]]:
    """Yield the name of each measure, ours, and the peer with what it is."""
    if len(network.pairs) <= _ALL:
        for name, peer in _compiled(network):
            yield f"betweenness: all paths, beside {name}", betweenness, peer, f"{name}, all paths"
    few = partial(nx.betweenness_centrality, graph, k=_SEARCHED, seed=_SEED)
    ours = "all paths" if len(network.pairs) <= _ALL else "a sample with its error"
    yield f"betweenness: {ours}", betweenness, few, f"networkx, {_SEARCHED} beginnings only"
    yield "PageRank", pagerank, partial(_peers_pagerank, graph, tol=1e-10), "networkx without scipy"
    yield "bridges", bridges, lambda: list(nx.bridges(graph)), "networkx"
    parts = partial(nx.community.louvain_communities, graph, seed=_SEED)
    yield "communities, one run", lambda one: louvain(one, _SEED), parts, "networkx, the same parts"


def _compiled(network: Network) -> Iterator[tuple[str, Work]]:
    """Yield the libraries that are here, and how each finds betweenness."""
    pairs = [(low, high) for low, high in network.pairs.tolist()]
    if find_spec("rustworkx"):
        rustworkx = import_module("rustworkx")
        graph = rustworkx.PyGraph()
        graph.add_nodes_from(range(network.count))
        graph.add_edges_from_no_data(pairs)
        yield "rustworkx", partial(rustworkx.betweenness_centrality, graph, normalized=False)
    if find_spec("igraph"):
        yield "igraph", import_module("igraph").Graph(network.count, pairs).betweenness


def _anew(network: Network, work: Callable[[Network], object]) -> float:
    """Return how long ``work`` takes on a network that has nothing reckoned yet."""
    fresh = Network(network.count, network.pairs)
    return seconds(lambda: work(fresh))
