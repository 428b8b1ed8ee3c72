"""What the server would do for a reviewed statement, or did: its plan, step by step."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph_app.confidentiality import HIGHEST
from graph_app.errors import N_, GateError, StoreError
from graph_app.graph.reading import Limits, Reading

if TYPE_CHECKING:
    from graph_app.graph.store import Store

_WORDS = {False: "EXPLAIN\n", True: "PROFILE\n"}  # a line of its own, so that lines stay what they are but one


@dataclass(frozen=True)
class Step:
    """One step: how deep it stands, what it does to what, how many rows were expected.

    Parameters
    ----------
    rows, hits
        Rows that there were and how often the store was touched; None if the statement was not run.

    """

    depth: int
    operator: str
    details: str
    expected: float
    rows: int | None
    hits: int | None


def steps(store: "Store", query: str, parameters: Mapping[str, Any], *, run: bool, seconds: float) -> list[Step]:
    """Return the steps of the server's plan for a statement of a file, the last one first.

    Parameters
    ----------
    store
        The graph.
    query, parameters
        A reviewed statement and its values.
    run
        Whether it is run, which tells what each step really costs.
    seconds
        The time for it.

    Raises
    ------
    GateError
        If the reader may not see everything: the server guesses how much there is of what it does not show.
    StoreError
        If the server refuses it, or has no plan.
    TimeLimitError
        If it takes too long.

    """
    if store.clearance < HIGHEST:
        raise GateError(N_("The server's plan is for those who may see everything."))
    reading = Reading(store.server, store.database)
    reply = reading.run(_WORDS[run] + query, parameters, Limits(1_000_000 if run else 1, seconds))
    summary = reply.summary
    found = (summary.profile or summary.plan) if summary else None
    if found is None:
        raise StoreError(N_("The server does not say what the statement would do."))
    return list(_told(found, 0, run=run))


def _told(raw: Mapping[str, Any], depth: int, *, run: bool) -> Iterator[Step]:
    told = raw["args"]
    operator = str(raw["operatorType"]).partition("@")[0]
    rows, hits = (int(told.get(name, 0)) if run else None for name in ("Rows", "DbHits"))
    yield Step(depth, operator, str(told.get("Details", "")), float(told.get("EstimatedRows", 0)), rows, hits)
    for child in raw.get("children", ()):
        yield from _told(child, depth + 1, run=run)
