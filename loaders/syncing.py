"""The one node in which a graph says who loads it, how often it was loaded, and whether a run is at work in it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import neo4j

from graph_app.confidentiality import CONFIDENTIAL
from graph_app.graph.store import Store
from graph_app.graph.writer import Writer
from loaders.statements import statement


@dataclass(frozen=True)
class State:
    """What a graph says of its loads. ``serial`` counts those that came to an end; None: nobody said so yet.

    Parameters
    ----------
    installation
        Name of the installation that loads it.
    graph
        Key of the graph, so that another one at the same address is not taken for it.
    serial
        Number of loads.
    run
        The run that ended last.
    running
        The run that is at work, or was cut off.

    """

    installation: str | None
    graph: str | None
    serial: int
    run: str | None
    running: str | None


def state(store: Store) -> State:
    """Return what the graph says of its loads now."""
    return State(*store.table(statement("sync")).rows[0])


def join(store: Store, installation: str) -> State:
    """Tie the graph to ``installation``, whoever it was tied to, and return what it says then."""
    Writer(store).run(statement("join"), {"installation": installation, "graph": uuid4().hex})
    return state(store)


def begin(writer: Writer, run: str, layout: int, derived: int, *, public: bool) -> None:
    """Say that ``run`` is at work: in which order its changes are, and by which version it derives what follows.

    It is ``public`` if its changes bring nothing that is not for everybody.
    """
    writer.transaction(lambda open_: enter(open_, run, layout, derived, public=public))


def enter(open_: neo4j.Transaction, run: str, layout: int, derived: int, *, public: bool) -> None:
    """Say it as ``begin`` does, in a transaction that writes more."""
    about: dict[str, Any] = {"run": run, "layout": layout, "derived": derived, "public": public}
    open_.run(statement("begin_run"), {**about, "words": list(CONFIDENTIAL)}).consume()


def cursor(store: Store, run: str) -> tuple[int, int | None]:
    """Return how many changes of ``run``, which is at work, are in the graph, and what version derived the rest."""
    changes, derived = store.table(statement("cursor"), {"run": run}).rows[0]
    return int(changes), derived


def end(writer: Writer, run: str, mapping: str, derived: int) -> None:
    """Say that ``run`` came to its end: the last thing that it writes."""
    about = {"run": run, "mapping": mapping, "at": datetime.now(UTC), "derived": derived}
    writer.once(statement("end_run"), about)
