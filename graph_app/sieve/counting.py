"""The values of each facet in a picture, counted among what the other facets let through."""

from collections import Counter
from dataclasses import dataclass

from graph_app.graph.results import Node, Subgraph, Tie
from graph_app.graph.store import Store
from graph_app.sieve.known import Known, known
from graph_app.sieve.sifting import dated, may_be_dated, without
from graph_app.sieve.wish import FACETS, OF_TIES, Sieve


@dataclass(frozen=True)
class Value:
    """One value of a facet: how many entities (of a facet of ties: ties) have it, and whether it is shown."""

    value: str
    count: int
    shown: bool


def counted(store: Store, found: Subgraph, wish: Sieve) -> tuple[dict[str, list[Value]], int]:
    """Return the values of each facet, the most frequent first, and how many of what may be dated have no date.

    Parameters
    ----------
    store
        The graph.
    found
        The picture before anything is hidden.
    wish
        What is hidden.

    """
    told = known(store, found, FACETS)
    values = {facet: _values(found, wish, told, facet) for facet in FACETS}
    items: tuple[Node | Tie, ...] = (*found.nodes, *found.ties)
    return values, sum(may_be_dated(item) and not dated(item) for item in items)


def _values(found: Subgraph, wish: Sieve, told: Known, facet: str) -> list[Value]:
    gone = without(found, wish.without(facet), told)
    rest = found.without(gone.nodes)
    counts: Counter[str] = Counter()
    if facet in OF_TIES:
        for tie in rest.ties:
            if tie.id not in gone.ties:
                counts.update(told.of_tie(tie, facet))
    else:
        for node in rest.nodes:
            counts.update(told.of_node(node, facet))
    hidden = wish.hidden.get(facet, frozenset())
    for value in hidden:
        counts.setdefault(value, 0)
    return [Value(value, count, value not in hidden) for value, count in counts.most_common()]
