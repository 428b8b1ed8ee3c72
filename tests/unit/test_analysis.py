import subprocess
import sys

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_app.analysis.communities import communities, division
from graph_app.analysis.findings import findings
from graph_app.analysis.measures import MEASURES, deciding, standing, steadiness
from graph_app.graph.results import Node, Subgraph, Tie

NAMES = [f"n{n:02}" for n in range(14)]
PAIRS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=40)


def graph_of(pairs):
    graph = nx.Graph()
    graph.add_nodes_from(NAMES)
    graph.add_edges_from(pair for pair in pairs if pair[0] != pair[1])
    return graph


@settings(deadline=None, max_examples=60)
@given(PAIRS)
def test_measures_are_those_of_networkx(pairs):
    graph, how = graph_of(pairs), standing(NAMES, pairs)
    raw = nx.betweenness_centrality(graph, normalized=False)
    sizes = {name: len(part) for part in nx.connected_components(graph) for name in part}
    joined = sum(size - 1 for size in sizes.values()) / 2
    for at, name in enumerate(how.names):
        assert how.degree[at] == graph.degree[name]
        assert how.reached[at] == sizes[name] - 1
        others = joined - (sizes[name] - 1)
        assert how.betweenness[at] == pytest.approx(raw[name] / others if others else 0)
    close = nx.closeness_centrality(graph)
    assert how.closeness == pytest.approx(np.array([close[name] for name in how.names]))


@settings(deadline=None, max_examples=20)
@given(PAIRS, st.randoms())
def test_measures_steadiness_and_communities_do_not_depend_on_the_order(pairs, random):
    shuffled, names = [pair[::-1] if random.random() < 0.5 else pair for pair in pairs], NAMES.copy()
    random.shuffle(shuffled)
    random.shuffle(names)
    for measure in MEASURES:
        assert (standing(NAMES, pairs).score(measure) == standing(names, shuffled).score(measure)).all()
        one, other = steadiness(NAMES, pairs, 10), steadiness(names, shuffled, 10)
        assert (one.low[measure] == other.low[measure]).all()
        assert (one.first[measure] == other.first[measure]).all()
    assert communities(NAMES, pairs) == communities(names, shuffled)


def test_the_middle_of_a_star_has_all_paths_and_no_tie_decides_it():
    pairs = [("hub", name) for name in NAMES]
    how = standing([*NAMES, "hub"], pairs)
    hub = how.names.index("hub")
    assert how.betweenness[hub] == 1
    assert (how.degree[hub], how.steps[hub], how.reached[hub]) == (14, 1, 14)
    assert [int(rank) for rank in how.ranks("degree")].count(1) == 1
    assert deciding([*NAMES, "hub"], pairs, "degree") == []


def test_a_single_tie_that_decides_who_is_first_is_named_and_too_many_are_not_tried():
    chain = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")]
    assert deciding("abcde", chain, "betweenness") == [("b", "c"), ("c", "d")]
    assert deciding("abcde", chain, "betweenness", work=10) is None


def test_two_cliques_joined_by_one_tie_are_two_communities_and_that_is_steady():
    pairs = [*nx.complete_graph("abcde").edges, *nx.complete_graph("vwxyz").edges, ("a", "v")]
    found = communities("abcdevwxyz", pairs)
    assert [one.members for one in found] == [tuple("abcde"), tuple("vwxyz")]
    assert [one.middle for one in found] == ["a", "v"]
    told = division("abcdevwxyz", pairs)
    assert (told.inside, told.steady) == (pytest.approx(20 / 21), 1.0)
    assert told.by_chance == pytest.approx(0.5)
    assert division("ab", []) is None


def test_communities_are_the_same_in_every_process():
    code = (
        "import networkx as nx\nfrom graph_app.analysis.communities import communities\n"
        "graph = nx.relabel_nodes(nx.gnm_random_graph(60, 120, seed=4), str)\n"
        "print([one.members for one in communities(graph, graph.edges)])"
    )
    run = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in "12"
    ]
    assert run[0] == run[1] != ""


def test_findings_say_what_they_leave_out_of_account():
    nodes = tuple(Node(f"place:{n}", ("City",), {}) for n in "abc")
    ties = (
        Tie("1", "TWINNED_WITH", "place:a", "place:b", {"certainty": "stated", "valid_from_earliest": 1}),
        Tie("2", "TWINNED_WITH", "place:b", "place:c", {"certainty": "inferred"}),
        Tie("3", "TWINNED_WITH", "place:c", "place:b", {}),
    )
    told = findings(Subgraph(nodes, ties), {"place:a": 3})
    assert (told.pairs, told.undated, told.unsure, told.open) == (2, 2, 2, 1)
    assert [finding.first for finding in told.findings] == [("place:b",)] * 3
    assert findings(Subgraph(nodes, ()), {}).findings == ()
