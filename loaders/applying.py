"""A plan, written to the graph: schema, entities, ties, then what follows from them. Running it again is safe."""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any

from graph_app.graph import schema
from graph_app.graph.store import Store
from graph_app.graph.writer import Writer
from loaders import keying, syncing
from loaders.deriving import derive
from loaders.facts import SET_ASIDE, set_aside
from loaders.lifecycles import derive_periods
from loaders.plan import Plan, TieChange
from loaders.statements import statement


def new_run() -> str:
    """Return the id of a new run: the moment, and what tells apart those that begin in one second."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{token_hex(3)}"


def apply(
    store: Store,
    plan: Plan,
    *,
    run: str | None = None,
    say: Callable[[str, int], None] = lambda _name, _count: None,
) -> str:
    """Write ``plan`` and return the id of the run. Only the graph is written; ``running`` keeps the ledger too.

    The graph says from the first write to the last that a run is at work in it, and counts those that came to an end.

    Parameters
    ----------
    store
        The graph that the plan was made against.
    plan
        What to write.
    run
        Id of the run; without one it gets a new one.
    say
        Is told (label or type, number written) as the work goes on.

    Raises
    ------
    StoreError
        If the server refuses or goes away. What was written stays; apply the files again to finish.

    """
    run = run or new_run()
    schema.apply(store)
    keying.renew(store)
    writer = Writer(store)
    syncing.begin(writer, run)
    _remove_ties(writer, plan)
    _write_entities(writer, plan, say)
    _write_ties(writer, plan, run, say)
    writer.rows(statement("remove_entities"), ({"id": one.id} for one in plan.entities if not one.after))
    written, removed = derive(store)
    say("TWINNED_WITH", written + removed)
    written, removed = derive_periods(store)
    say("HAD_STATUS", written + removed)
    syncing.end(writer, run, plan.mapping)
    return run


def _remove_ties(writer: Writer, plan: Plan) -> None:
    by_type: dict[str, list[TieChange]] = defaultdict(list)
    for change in plan.ties:
        if change.had or not change.after:
            by_type[SET_ASIDE if set_aside(change.before or {}) else change.type].append(change)
    for type_, changes in by_type.items():
        writer.rows(statement("remove_ties", type_), ({"id": change.id} for change in changes))


def _write_entities(writer: Writer, plan: Plan, say: Callable[[str, int], None]) -> None:
    rows = (
        {
            "id": change.id,
            "properties": dict(change.after),
            "labels": sorted(change.labels),
            "lost": sorted(change.lost),
        }
        for change in plan.entities
        if change.after
    )
    say("Entity", writer.rows(statement("write_entities"), rows))


def _write_ties(writer: Writer, plan: Plan, run: str, say: Callable[[str, int], None]) -> None:
    ways: dict[tuple[str, str, str], list[TieChange]] = defaultdict(list)
    for change in plan.ties:
        if change.after:
            ways[change.type, *_way(change)].append(change)
    for (type_, name, place), changes in ways.items():
        rows = (
            {"id": change.id, "start": change.start, "end": change.end, "properties": _stored(change, run)}
            for change in changes
        )
        say(type_, writer.rows(statement(name, place), rows))


def _way(change: TieChange) -> tuple[str, str]:
    """Return the statement that writes a tie, and its type; one that is set aside or taken back changes its type."""
    before = set_aside(change.before or change.after)
    after = set_aside(change.after)
    if before == after:
        return "write_ties", SET_ASIDE if after else change.type
    return "set_aside" if after else "take_back", change.type


def _stored(change: TieChange, run: str) -> dict[str, Any]:
    aside = {"type": change.type} if set_aside(change.after) else {}
    return {**change.after, "run": run, **aside}
