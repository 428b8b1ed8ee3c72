"""The part of the graph in which paths are sought: looked at step by step from both ends, within limits.

An entity through which no path may lead (a group, a hub) is noted, not entered. What was not looked at, because there
was too much of it or no time left, is known as well, so that nobody takes "not found" for "there is none".
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from time import monotonic
from typing import TYPE_CHECKING, Any

from graph_app.errors import N_, NotFoundError, TimeLimitError
from graph_app.graph.statements import statement
from graph_app.graph.store import Store
from graph_app.vocabulary import vocabulary

if TYPE_CHECKING:
    import networkx as nx

HUB = 100  # ties, from which on an entity joins so much that a path through it says little
_TIES = 30_000  # that one search looks at
_LEAST = 5000  # that are looked at of what is too much
_OVER = frozenset({"expired", "ended"})


@dataclass(frozen=True)
class Filters:
    """Along what a path may lead.

    Parameters
    ----------
    types
        Types of ties; empty allows all that can be drawn.
    certainties
        How sure the claims must be; empty allows all.
    day
        Only what is valid on this day; None asks for no validity.
    groups, hubs
        Whether paths may lead through groups, and through entities with more than ``HUB`` ties.

    """

    types: tuple[str, ...] = ()
    certainties: tuple[str, ...] = ()
    day: date | None = None
    groups: bool = False
    hubs: bool = False

    @property
    def parameters(self) -> dict[str, Any]:
        """The values for the statements that follow ties."""
        words = vocabulary()
        over = [name for name, status in words.statuses.items() if status.state in _OVER or name == "none"]
        return {
            "types": list(self.types or words.drawn_types()),
            "certainties": list(self.certainties or words.certainties),
            "day": self.day,
            "over": over,
        }


@dataclass
class Side:
    """What is known from one end: how far each entity is from it, and those at the rim, from which to go on."""

    distances: dict[str, int]
    rim: list[str]
    steps: int = 0

    @classmethod
    def of(cls, entity: str) -> "Side":
        """Return the side of an entity from which nothing was looked at yet."""
        return cls({entity: 0}, [entity])


def _nothing() -> "nx.Graph[str]":
    import networkx as nx  # noqa: PLC0415 - large; few pages seek paths

    return nx.Graph()


@dataclass
class Web:
    """The part of the graph that was looked at so far.

    Parameters
    ----------
    store, filters
        The graph, and along what paths may lead.
    ends
        The ids between which paths are sought; they may be groups and hubs.
    graph
        Entities and, for each pair that may be joined, ``sure``: the lowest rank of a certainty among its ties.
    ties
        How many ties an entity has.
    hubs, groups
        Entities that were not entered.
    cut
        Why something was not looked at: ``size``, ``time``, or nothing.

    """

    store: Store
    filters: Filters
    ends: tuple[str, ...]
    graph: "nx.Graph[str]" = field(default_factory=_nothing)
    ties: dict[str, int] = field(default_factory=dict)
    hubs: set[str] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)
    cut: str = ""

    def __post_init__(self) -> None:
        self.deadline = monotonic() + self.store.seconds
        self.left = _TIES
        self.ties |= {row["id"]: row["ties"] for row in self.store.table(statement("ties_count"), {"ids": self.ends})}
        for one in self.ends:
            if one not in self.ties:
                raise NotFoundError(N_("There is no “%(id)s” in the graph."), id=one)
        self.graph.add_nodes_from(self.ends)

    def reach(self, side: Side, within: Collection[str] | None = None) -> None:
        """Look one step further from ``side``; ``within`` are the only entities to look for, if it is given."""
        found = self._steps(side.rim, within)
        side.steps += 1
        side.rim = []
        for other in self._joined(found):
            if other not in side.distances:
                side.distances[other] = side.steps
                side.rim.append(other)
        side.rim.sort()

    def cost(self, side: Side) -> int:
        """Return how many ties a further step from ``side`` looks at, at most."""
        return sum(self.ties[one] for one in side.rim)

    def affords(self, side: Side) -> bool:
        """Return whether all of a further step may be looked at; if not, ``cut`` says so."""
        if self.cost(side) > self.left:
            self.cut = self.cut or "size"
        return self.in_time and not self.cut

    @property
    def in_time(self) -> bool:
        """Whether there is time left; if not, ``cut`` says so."""
        if monotonic() >= self.deadline:
            self.cut = self.cut or "time"
        return self.cut != "time"

    def _steps(self, rim: list[str], within: Collection[str] | None) -> list[Mapping[str, Any]]:
        most = max(self.left, _LEAST)
        sought = None if within is None else list(within)
        parameters = {**self.filters.parameters, "ids": rim, "ends": self.ends, "within": sought, "most": most}
        seconds = max(self.deadline - monotonic(), 0.1)
        try:
            found = list(self.store.table(statement("steps"), parameters, rows=most, seconds=seconds))
        except TimeLimitError:
            self.cut = "time"
            return []
        self.left -= sum(row["looked"] for row in found)
        return sorted(found, key=lambda row: (row["id"], row["other"]))

    def _joined(self, found: Iterable[Mapping[str, Any]]) -> Iterable[str]:
        """Put what was found into the graph; yield the entities that may be entered."""
        ranks = vocabulary().certainties
        for row in found:
            here, other = row["id"], row["other"]
            self.ties[other] = row["ties"]
            if not self._enters(other, grouped=row["grouped"]):
                continue
            sure = min(ranks[name].rank if name in ranks else ranks["reported"].rank for name in row["certainties"])
            self.graph.add_edge(here, other, sure=sure)
            yield other

    def _enters(self, entity: str, *, grouped: bool) -> bool:
        if entity in self.ends:
            return True
        if grouped and not self.filters.groups:
            self.groups.add(entity)
            return False
        if self.ties[entity] > HUB and not self.filters.hubs:
            self.hubs.add(entity)
            return False
        return True


def between(web: Web, most: int, *, longer: int = 0) -> int | None:
    """Look from both ends until they meet, and ``longer`` steps more; return the length of the shortest path found.

    It is None if there is no path of at most ``most`` steps. The cheaper end goes first, which keeps hubs for last.
    """
    sides = tuple(Side.of(end) for end in web.ends)
    shortest: int | None = None
    while any(side.rim for side in sides) and _length(sides) < most:
        if shortest is not None and _length(sides) >= shortest + longer:
            break
        near, far = sorted(sides, key=lambda side: (not side.rim, web.cost(side)))
        if not web.affords(near):
            return shortest if shortest is not None else _glimpsed(web, near, far, most)
        web.reach(near)
        if shortest is None and _met(sides):
            shortest = _length(sides)
    return shortest


def _glimpsed(web: Web, near: Side, far: Side, most: int) -> int | None:
    """Look at a part of what is around ``near``, and whether ``far`` joins that part; return the length if it does."""
    for side, within in ((near, None), (far, near)):
        if not web.in_time or near.steps + far.steps >= most:
            return None
        web.reach(side, within.rim if within else None)
        if _met((near, far)):
            return near.steps + far.steps
    return None


def _length(sides: Sequence[Side]) -> int:
    return sum(side.steps for side in sides)


def _met(sides: Sequence[Side]) -> bool:
    return not sides[0].distances.keys().isdisjoint(sides[1].distances)
