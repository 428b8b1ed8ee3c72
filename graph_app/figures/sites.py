"""The entities of an answer that lie somewhere, and which of them stand together in a row."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations

from graph_app.figures.columns import Shape, nodes_in, placed
from graph_app.graph.results import Node

_JOINED = 4  # entities of a row; more would be a crowd and no tie


@dataclass(frozen=True)
class Sites:
    """Entities by id with how many rows name them, pairs that share a row, and how many cities have no position."""

    nodes: Mapping[str, Node] = field(hash=False)
    rows: Mapping[str, int] = field(hash=False)
    pairs: Mapping[tuple[str, str], int] = field(hash=False)
    lacking: int


def sites(found: Shape) -> Sites:
    """Return what the map shows of an answer; a country only where its row has nothing nearer."""
    nodes: dict[str, Node] = {}
    rows: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    lacking: set[str] = set()
    for row in found.table.rows:
        named = {node.id: node for node in nodes_in(row)}
        there = {id_: node for id_, node in named.items() if placed(node)}
        here = {id_: node for id_, node in there.items() if "Country" not in node.labels} or there
        lacking |= {id_ for id_, node in named.items() if "City" in node.labels and id_ not in here}
        nodes |= here
        rows.update(here.keys())
        if len(here) <= _JOINED:
            pairs.update(combinations(sorted(here), 2))
    return Sites(nodes, dict(rows), dict(pairs), len(lacking))
