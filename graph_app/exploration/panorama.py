"""Large pictures: thousands of entities at once, each with no more than its name, its type and its place."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from graph_app.analysis.once import Once
from graph_app.exploration.lifecycle import on_day, today
from graph_app.exploration.snapshots import standing
from graph_app.graph.results import Node, Subgraph
from graph_app.graph.statements import statement
from graph_app.graph.store import Store
from graph_app.spread import Floats, Whole, spread
from graph_app.vocabulary import vocabulary

MOST = 50_000  # entities of one picture
_SECONDS = 60.0


@dataclass(frozen=True)
class Panorama:
    """Entities, the busiest first; ``pairs`` are places in ``nodes``, shape (pairs, 2), ``places`` pixels (nodes, 2).

    ``cut`` says that there are more than one picture takes.
    """

    nodes: tuple[Node, ...]
    pairs: Whole = field(hash=False, compare=False)
    places: Floats = field(hash=False, compare=False)
    cut: bool = False

    @property
    def ties(self) -> Whole:
        """How many others of the picture each entity is tied to."""
        return np.bincount(self.pairs.ravel(), minlength=len(self.nodes))


def of_labels(store: Store, labels: Collection[str] = (), *, most: int = MOST, day: date | None = None) -> Panorama:
    """Return the picture of all entities of some labels; without any, of all but sources, which are evidence.

    Parameters
    ----------
    store
        The graph.
    labels
        Labels of the vocabulary; others are passed over.
    most
        Most entities; those with most ties are kept.
    day
        Only what has begun and has not ended on that day, with the statuses of it; without one, all, as of today.

    Raises
    ------
    TimeLimitError
        If the graph does not answer within a minute.

    """
    known = [name for name in vocabulary().labels if name in labels]
    asked = known or [name for name in vocabulary().labels if name != "Source"]
    found = store.table(statement("panorama"), {"labels": asked, "day": day}, rows=most, seconds=_SECONDS)
    nodes = tuple(
        Node(row["id"], tuple(row["labels"]), {"name_fa": row["name_fa"], "name_en": row["name_en"]}) for row in found
    )
    return _laid_out(store, nodes, day, cut=found.cut)


def of_ids(store: Store, ids: Collection[str], *, day: date | None = None) -> Panorama:
    """Return the picture of some entities; those that the graph does not have are passed over."""
    wanted = list(dict.fromkeys(ids))
    rows = store.table(statement("entities_by_id"), {"ids": wanted[:MOST]}, rows=MOST, seconds=_SECONDS)
    return of_answer(store, Subgraph(tuple(row["e"] for row in rows), (), len(wanted) > MOST), day=day)


def of_answer(store: Store, found: Subgraph, *, day: date | None = None) -> Panorama:
    """Return the picture of the entities of an answer with all ties among them; ``day`` as for ``of_labels``."""
    nodes = [node for node in found.nodes if "Source" not in node.labels] or found.nodes
    if day:
        nodes = standing(Subgraph(tuple(nodes), (), found.cut), day).nodes
    return _laid_out(store, tuple(nodes), day, cut=found.cut)


def _laid_out(store: Store, nodes: tuple[Node, ...], day: date | None, *, cut: bool) -> Panorama:
    ids = [node.id for node in nodes]
    pairs = _pairs(store, ids, day)
    told = on_day(store, Subgraph(nodes, (), cut), day or today())
    return Panorama(told.nodes, pairs, _placed(len(nodes), pairs), cut)


def _pairs(store: Store, ids: Sequence[str], day: date | None) -> Whole:
    """Return the pairs that are tied, each once, in an order of their own."""
    number = {id_: index for index, id_ in enumerate(ids)}
    asked = {"ids": list(ids), "types": vocabulary().drawn_types(), "day": day}
    rows = store.table(statement("tied_among"), asked, rows=max(1, len(ids)), seconds=_SECONDS)
    pairs = [(number[row["id"]], number[other]) for row in rows for other in row["others"]]
    ends = np.sort(np.array(pairs, dtype=np.intp).reshape(-1, 2), axis=1)
    return np.unique(ends[ends[:, 0] != ends[:, 1]], axis=0)


_placed = Once(spread)  # a layout takes seconds
