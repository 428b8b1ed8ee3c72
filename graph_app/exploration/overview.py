"""The graph as a whole: how much there is, how much of it says where it is written, and where to start."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph_app.errors import TimeLimitError
from graph_app.exploration import lifecycle
from graph_app.graph import counting
from graph_app.graph.results import Node, Table
from graph_app.graph.statements import statement
from graph_app.graph.store import Store
from graph_app.vocabulary import vocabulary

_SECONDS = 10.0  # each; of a large graph, and then kept by whoever asked


@dataclass(frozen=True)
class Overview:
    """Counts by label, the evidence behind the facts, the last load, and a few places to start from.

    ``fictional`` of the entities are known from sources alone that call themselves fictional. In a very large graph
    nobody may know in time how many facts are ``evidenced``, or where to start.
    """

    labels: Mapping[str, int] = field(hash=False)
    entities: int
    ties: int
    evidenced: int | None
    last_load: Mapping[str, Any] | None = field(hash=False)
    starting_points: tuple[Node, ...]
    starting_pair: tuple[Node, Node] | None = None
    fictional: int = 0

    @property
    def facts(self) -> int:
        """Entities and ties together."""
        return self.entities + self.ties

    @property
    def share(self) -> float | None:
        """Share of the facts that say where they are written, in 0..1; 1 for an empty graph, None if not known."""
        if self.evidenced is None:
            return None
        return self.evidenced / self.facts if self.facts else 1.0


def overview(store: Store) -> Overview:
    """Return the overview of the graph; what takes long is asked at the same time."""
    claimed = vocabulary().claimed_types()
    entities = next(iter(store.table(statement("size"))))["entities"]
    known, ties = counting.labels(store), sum(counting.types(store, claimed).values())
    sourced = store.begin(statement("evidence_share"), {"claimed": claimed}, seconds=_SECONDS)
    started = store.begin(statement("starting_points"), seconds=_SECONDS)
    paired = store.begin(statement("starting_pair"), seconds=_SECONDS)
    counted = store.begin(statement("fictional_counts"), seconds=_SECONDS)
    points = lifecycle.on_day(store, tuple(row["e"] for row in _in_time(started)), lifecycle.today())
    pair = next(((row["a"], row["b"]) for row in _in_time(paired)), None)
    fictional = next((row["count"] for row in counted()), 0)
    evidenced = next((entities + ties - row["entities"] - row["ties"] for row in _in_time(sourced)), None)
    return Overview(known, entities, ties, evidenced, last_load(store), points, pair, fictional)


def _in_time(asked: Callable[[], Table]) -> Iterable[Mapping[str, Any]]:
    """Return the rows of an answer; none of one that takes too long."""
    try:
        return list(asked())
    except TimeLimitError:
        return ()


def fictional_sources(store: Store) -> tuple[str, ...]:
    """Return the ids of the sources that call themselves fictional; none in a graph without demonstration data."""
    return tuple(str(row["id"]) for row in store.table(statement("fictional")))


def last_load(store: Store) -> Mapping[str, Any] | None:
    """Return what was recorded of the newest load; None if nothing was ever loaded."""
    return next((row["load"] for row in store.table(statement("last_load"))), None)
