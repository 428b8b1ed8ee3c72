"""Measures of large networks beside networkx: the same values, bridges, communities; and honest errors of samples."""

import random

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networkx.algorithms.link_analysis.pagerank_alg import _pagerank_python  # the one that needs no scipy

from bench import world
from graph_app.analysis.between import betweenness
from graph_app.analysis.bridges import bridges
from graph_app.analysis.large import measured
from graph_app.analysis.louvain import louvain
from graph_app.analysis.network import Network
from graph_app.analysis.pagerank import pagerank


def plain(count, ties):
    """The graph of networkx that is meant: neither direction nor repetition counts, nor ties of one to itself.

    Its ties are in order, as ours always are: Louvain's way takes whom it meets first, where two are as good.
    """
    directed = nx.MultiDiGraph(ties)
    met = nx.Graph(directed.to_undirected())
    graph = nx.empty_graph(count)
    graph.add_edges_from(sorted(tuple(sorted(edge)) for edge in met.edges if edge[0] != edge[1]))
    return graph


@st.composite
def networks(draw):
    """Ties of any direction, several between two, of one to itself; often not of one piece, often with long trees."""
    count = draw(st.integers(0, 25))
    ends = st.integers(0, max(0, count - 1))
    ties = draw(st.lists(st.tuples(ends, ends), max_size=45 if count else 0))
    tree = [(at, draw(st.integers(max(0, at - 3), at - 1))) for at in range(1, count) if draw(st.booleans())]
    return count, [*ties, *tree]


def of(count, ties):
    return Network.of(count, np.array(ties, dtype=np.intp))


def sister_cities(ties, seed=1):
    count = round(ties / world.real().links)
    return of(count, np.array(world.pairs(count, ties, random.Random(seed))).reshape(-1, 2))  # noqa: S311


@settings(max_examples=50)
@given(networks())
def test_betweenness_pagerank_bridges_parts_and_communities_are_those_of_networkx(drawn):
    network, graph = of(*drawn), plain(*drawn)
    assert sorted(map(tuple, network.pairs.tolist())) == sorted(tuple(sorted(edge)) for edge in graph.edges)
    found, expected = betweenness(network), nx.betweenness_centrality(graph, normalized=False)
    assert found.through == pytest.approx([expected[at] for at in graph], rel=1e-9, abs=1e-9)
    assert not found.error.any()
    if graph:
        walked = _pagerank_python(graph, tol=1e-12, max_iter=1000)
        assert pagerank(network) == pytest.approx([walked[at] for at in graph], abs=1e-9)
    assert {(one.low, one.high) for one in bridges(network)} == {tuple(sorted(edge)) for edge in nx.bridges(graph)}
    for seed in range(3):
        parts = nx.community.louvain_communities(graph, seed=seed) if graph else []
        assert sorted(louvain(network, seed)) == sorted(map(sorted, parts))
    sizes = {at: len(part) for part in nx.connected_components(graph) for at in part}
    assert network.sizes.tolist() == [sizes[at] for at in graph]


def test_they_are_the_same_on_a_network_of_the_shape_of_the_real_lists():
    network = sister_cities(500)
    graph = plain(network.count, network.pairs.tolist())
    expected = nx.betweenness_centrality(graph, normalized=False)
    assert betweenness(network).through == pytest.approx([expected[at] for at in graph], rel=1e-9, abs=1e-9)
    assert sorted(louvain(network, 7)) == sorted(map(sorted, nx.community.louvain_communities(graph, seed=7)))
    assert {(one.low, one.high) for one in bridges(network)} == {tuple(sorted(edge)) for edge in nx.bridges(graph)}


@settings(max_examples=30)
@given(networks())
def test_a_bridge_says_how_many_entities_it_would_cut_off(drawn):
    network, graph = of(*drawn), plain(*drawn)
    for low, high, smaller in bridges(network):
        cut = graph.copy()
        cut.remove_edge(low, high)
        assert smaller == min(len(nx.node_connected_component(cut, end)) for end in (low, high))


def test_of_a_sample_nineteen_of_twenty_values_are_within_the_range_that_is_said():
    network = sister_cities(5000)
    exact = betweenness(network).through
    first = np.argsort(-exact)[:30]
    within = []
    for seed in range(20):
        found = betweenness(network, work=1_000_000, seed=seed)
        assert 0 < found.sample < network.count
        within += (np.abs(found.through - exact) <= 1.96 * found.error)[first].tolist()
    assert 0.90 < np.mean(within) < 0.99  # neither too narrow nor so wide that it says nothing


def test_what_hangs_on_the_rest_is_exact_even_in_a_sample():
    ring = [(at, (at + 1) % 200) for at in range(200)]
    branch = [(0, 200), (200, 201), (201, 202)]
    network = of(203, ring + branch)
    found, exact = betweenness(network, work=1), betweenness(network)
    assert found.sample
    assert found.through[200:].tolist() == exact.through[200:].tolist() == [2 * 200, 201, 0]
    assert not found.error[200:].any()


def test_a_large_network_is_told_by_who_is_first_communities_and_bridges():
    cliques = [*nx.complete_graph(5).edges, *[(a + 5, b + 5) for a, b in nx.complete_graph(5).edges]]
    told = measured(13, np.array([*cliques, (0, 5), (11, 12)]))
    assert told.first("betweenness") == [0, 5]
    assert told.scores["betweenness"][0] == pytest.approx(4 * 5 / (45 + 1 - 9))
    assert sorted(told.first("degree")[:2]) == sorted(told.first("pagerank")[:2]) != []
    assert told.communities == ((5, 0), (5, 5), (2, 11))
    assert told.inside == pytest.approx(21 / 22)
    assert told.bridges == (2, ((0, 5, 5), (11, 12, 1)))
    assert (told.parts, told.largest, told.sample) == (3, 10, 0)


def test_nothing_and_entities_without_ties_are_told_too():
    for count in (0, 3):
        told = measured(count, np.zeros((0, 2), dtype=np.intp))
        assert (told.pairs, told.communities, told.bridges, told.parts) == (0, (), (0, ()), count)
        assert told.first("betweenness") == []
