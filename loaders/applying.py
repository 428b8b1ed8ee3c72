"""A plan, written to the graph: schema, entities, ties, then what follows from them. Running it again is safe."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any

from graph_app.graph import schema
from graph_app.graph.store import Store
from graph_app.graph.writer import Writer
from loaders import keying
from loaders.deriving import derive
from loaders.facts import SET_ASIDE, set_aside
from loaders.lifecycles import derive_periods
from loaders.plan import Plan, TieChange
from loaders.statements import statement


def apply(store: Store, plan: Plan, *, say: Callable[[str, int], None] = lambda _name, _count: None) -> str:
    """Write ``plan`` and return the id of the run.

    Parameters
    ----------
    store
        The graph that the plan was made against.
    plan
        What to write.
    say
        Is told (label or type, number written) as the work goes on.

    Raises
    ------
    StoreError
        If the server refuses or goes away. What was written stays; apply the files again to finish.

    """
    run = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{token_hex(3)}"
    schema.apply(store)
    keying.renew(store)
    writer = Writer(store)
    _write_entities(writer, plan, say)
    _write_ties(writer, plan, run, say)
    written, removed = derive(store)
    say("TWINNED_WITH", written + removed)
    written, removed = derive_periods(store)
    say("HAD_STATUS", written + removed)
    _record(writer, plan, run)
    return run


def _write_entities(writer: Writer, plan: Plan, say: Callable[[str, int], None]) -> None:
    rows = (
        {
            "id": change.id,
            "properties": dict(change.after),
            "labels": sorted(change.labels),
            "lost": sorted(change.lost),
        }
        for change in plan.entities
    )
    say("Entity", writer.rows(statement("write_entities"), rows))


def _write_ties(writer: Writer, plan: Plan, run: str, say: Callable[[str, int], None]) -> None:
    ways: dict[tuple[str, str, str], list[TieChange]] = defaultdict(list)
    for change in plan.ties:
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


def _record(writer: Writer, plan: Plan, run: str) -> None:
    properties = {"mapping": plan.mapping, "at": datetime.now(UTC), "files": list(plan.files), **asdict(plan.balance)}
    writer.run(statement("record_load"), {"id": run, "properties": properties})
