"""How two entities are connected, and what leads to one of them.

The graph is asked step by step from both ends (``web``); which of the paths in what was looked at are the shortest,
or the k best, is found there: all shortest paths by breadth, alternatives by Yen's algorithm without loops.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from time import monotonic
from typing import Literal

from graph_app.errors import N_, PeyvandError
from graph_app.exploration.path import Path, nodes_of, walked
from graph_app.exploration.web import Filters, Side, Web, between
from graph_app.graph.results import Node, Subgraph
from graph_app.graph.statements import statement
from graph_app.graph.store import Store

Kind = Literal["shortest", "all", "alternatives"]
KINDS: tuple[Kind, ...] = ("shortest", "all", "alternatives")
LONGEST = 8  # steps
AROUND = 3  # steps, of paths that only have an end
MOST = 50  # paths
LONGER = 2  # steps that an alternative may be longer than the shortest path
_WEIGHED = 500  # paths of which the best are chosen
_WEIGHING = 2.0  # seconds
_NAMED = 12  # hubs and groups that are named


class SameEndsError(PeyvandError):
    """A path has two ends."""


@dataclass(frozen=True)
class Paths:
    """What was found.

    Parameters
    ----------
    ends
        The entities between which paths were sought; one, if all that leads to it was.
    paths
        The paths, the shortest and surest first.
    more
        Whether there are more than these.
    hubs, groups
        Entities that no path was led through, with how many ties they have; the largest first, and not all of them.
    skipped
        How many hubs and groups there were.
    cut
        Why something was not looked at: ``size``, ``time``, or nothing.

    """

    ends: tuple[Node, ...]
    paths: tuple[Path, ...]
    more: bool = False
    hubs: Mapping[Node, int] = field(default_factory=dict)
    groups: Mapping[Node, int] = field(default_factory=dict)
    skipped: tuple[int, int] = (0, 0)
    cut: str = ""

    @property
    def subgraph(self) -> Subgraph:
        """All entities and ties of the paths, each once."""
        nodes = {node.id: node for path in self.paths for node in path.nodes}
        ties = {tie.id: tie for path in self.paths for tie in path.ties}
        return Subgraph(tuple(nodes.values()), tuple(ties.values()))


def find(
    store: Store,
    start: str,
    end: str,
    *,
    kind: Kind = "shortest",
    filters: Filters | None = None,
    steps: int = 6,
    most: int = 5,
) -> Paths:
    """Return paths from ``start`` to ``end``.

    Parameters
    ----------
    store
        The graph.
    start, end
        Stable ids.
    kind
        One shortest path, all of them, or the ``most`` best of those that are at most two steps longer.
    filters
        Along what paths may lead; by default not through groups and hubs.
    steps
        How long a path may be, 8 at most.
    most
        How many alternatives are wanted.

    Raises
    ------
    SameEndsError
        If both ends are the same entity.
    NotFoundError
        If one of them is not in the graph.

    """
    if start == end:
        raise SameEndsError(N_("A path needs two different ends."))
    web = Web(store, filters or Filters(), (start, end))
    longer = LONGER if kind == "alternatives" else 0
    shortest = between(web, max(1, min(steps, LONGEST)), longer=longer)
    if shortest is None:
        return _told(web, [], 0)
    wanted = {"shortest": 1, "all": MOST, "alternatives": max(1, min(most, MOST))}[kind]
    longest = min(shortest + longer, steps, LONGEST)
    return _told(web, _best(web, _simple(web, longest)), wanted)


def leading_to(
    store: Store, end: str, *, label: str = "", filters: Filters | None = None, steps: int = 2, most: int = 20
) -> Paths:
    """Return one shortest path to ``end`` from each entity within ``steps`` steps, the nearest first.

    Parameters
    ----------
    store, filters
        As for ``find``.
    end
        Stable id.
    label
        Only from entities with this label; empty from all.
    steps
        How far, 3 at most.
    most
        How many paths at most.

    Raises
    ------
    NotFoundError
        If it is not in the graph.

    """
    web, side = Web(store, filters or Filters(), (end,)), Side.of(end)
    while side.rim and side.steps < max(1, min(steps, AROUND)) and web.in_time and not web.cut:
        web.affords(side)
        web.reach(side)
    far = sorted(side.distances.keys() - {end}, key=lambda one: (side.distances[one], -web.ties[one], one))
    if label:
        labelled = {
            row["id"] for row in store.table(statement("labelled"), {"ids": far, "label": label}, rows=len(far) or 1)
        }
        far = [one for one in far if one in labelled]
    wanted = max(1, min(most, MOST))
    ways = [_way(web, side, one) for one in far[: wanted + 1]]
    return _told(web, ways, wanted)


def _way(web: Web, side: Side, start: str) -> list[str]:
    """Return the surest of the shortest ways from ``start`` to where ``side`` begins."""
    way = [start]
    while side.distances[way[-1]]:
        here = way[-1]
        nearer = [one for one in web.graph[here] if side.distances.get(one, AROUND) < side.distances[here]]
        way.append(min(nearer, key=lambda one: (web.graph[here][one]["sure"], web.ties.get(one, 0), one)))
    return way


def _simple(web: Web, longest: int) -> Iterator[list[str]]:
    """Yield paths without loops, the shortest first, of those entities that lie on one of at most ``longest`` steps."""
    import networkx as nx  # noqa: PLC0415 - large; few pages seek paths

    start, end = web.ends
    there = nx.single_source_shortest_path_length(web.graph, start, cutoff=longest)
    back = nx.single_source_shortest_path_length(web.graph, end, cutoff=longest)
    kept = sorted(one for one in there.keys() & back.keys() if there[one] + back[one] <= longest)
    narrow: nx.Graph[str] = nx.Graph()
    narrow.add_nodes_from(kept)
    narrow.add_edges_from(sorted(web.graph.subgraph(kept).edges))
    equal = there[end] == longest
    found = nx.all_shortest_paths(narrow, start, end) if equal else nx.shortest_simple_paths(narrow, start, end)
    for path in found:
        if len(path) > longest + 1:
            return
        yield path


def _best(web: Web, found: Iterable[list[str]]) -> list[list[str]]:
    """Return the paths with the shortest first, among equals the surest, then those through the less connected."""
    deadline = min(web.deadline, monotonic() + _WEIGHING)
    weighed: list[list[str]] = []
    for path in found:
        weighed.append(path)
        if len(weighed) >= _WEIGHED or monotonic() >= deadline:
            break
    return sorted(weighed, key=lambda path: (len(path), *_worth(web, path)))


def _worth(web: Web, path: Sequence[str]) -> tuple[int, int, int, tuple[str, ...]]:
    sure = [web.graph[here][there]["sure"] for here, there in pairwise(path)]
    ties = [web.ties.get(one, 0) for one in path[1:-1]]
    return max(sure), sum(sure), max(ties, default=0), tuple(path)


def _told(web: Web, ways: Sequence[Sequence[str]], wanted: int) -> Paths:
    """Return the first of ``ways`` with all that is known of their entities and ties."""
    chosen = ways[:wanted]
    shortest = [way for way in ways if ways and len(way) == len(ways[0])]
    more = len(shortest) > wanted if wanted == 1 else len(ways) > wanted
    hubs, groups = ({one: web.ties[one] for one in found} for found in (web.hubs, web.groups))
    named = [one for found in (hubs, groups) for one in sorted(found, key=lambda id_: (-found[id_], id_))[:_NAMED]]
    nodes = nodes_of(web, [*web.ends, *(one for way in chosen for one in way), *named])
    return Paths(
        tuple(nodes[end] for end in web.ends),
        walked(web, chosen, nodes),
        more,
        {nodes[one]: hubs[one] for one in named if one in hubs},
        {nodes[one]: groups[one] for one in named if one in groups},
        (len(hubs), len(groups)),
        web.cut,
    )
