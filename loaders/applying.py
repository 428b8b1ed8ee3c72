"""A plan, written to the graph: schema, entities, ties, then what follows from them. Running it again is safe."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from secrets import token_hex

from graph_app.graph import schema
from graph_app.graph.store import Store
from graph_app.graph.writer import Writer
from loaders import keying
from loaders.deriving import derive
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
    by_type: dict[str, list[TieChange]] = defaultdict(list)
    for change in plan.ties:
        by_type[change.type].append(change)
    for type_, changes in by_type.items():
        rows = ({"id": c.id, "start": c.start, "end": c.end, "properties": {**c.after, "run": run}} for c in changes)
        say(type_, writer.rows(statement("write_ties", type_), rows))


def _record(writer: Writer, plan: Plan, run: str) -> None:
    properties = {"mapping": plan.mapping, "at": datetime.now(UTC), "files": list(plan.files), **asdict(plan.balance)}
    writer.run(statement("record_load"), {"id": run, "properties": properties})
