"""The status of every agreement on every day, derived from the acts in the graph and stored as dated periods."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from graph_app.graph.histories import histories
from graph_app.graph.store import Store
from graph_app.graph.writer import Writer
from graph_app.lifecycle import History, Period, Rules, periods
from loaders.facts import tie_id
from loaders.statements import statement

_ROWS = 10_000_000
_SECONDS = 60.0


def derive_periods(store: Store, rules: Rules | None = None) -> tuple[int, int]:
    """Make the stored periods equal to what the acts say; return how many were written and removed."""
    held = {row["id"]: row["properties"] for row in store.table(statement("periods"), rows=_ROWS, seconds=_SECONDS)}
    wanted = {row["id"]: row for row in status_periods(store, rules)}
    changed = [row for made, row in wanted.items() if held.get(made) != row["properties"]]
    gone = [{"id": made} for made in held if made not in wanted]
    writer = Writer(store)
    removed = writer.rows(statement("remove_ties", "HAD_STATUS"), gone)
    return writer.rows(statement("write_periods"), changed), removed


def status_periods(store: Store, rules: Rules | None = None) -> Iterator[dict[str, Any]]:
    """Yield all periods; agreements of which the same is recorded, as those of one list, are derived once."""
    known: dict[History, tuple[Period, ...]] = {}
    for id_, history in histories(store).items():
        alike = replace(history, id="", parties=history.parties if _names_parties(history) else frozenset())
        if alike not in known:
            known[alike] = periods(alike, rules or Rules())
        yield from (_row(id_, period) for period in known[alike])


def _names_parties(history: History) -> bool:
    return any(act.kind == "signed" for act in history.acts)


def _row(id_: str, period: Period) -> dict[str, Any]:
    standing = period.standing
    made = tie_id("HAD_STATUS", id_, standing.status, period.first.isoformat(), "")
    told = {name: list(value) if isinstance(value, tuple) else value for name, value in vars(standing).items()}
    stored = {name: value for name, value in told.items() if value is not None}
    properties = {**stored, "id": made, "from": period.first, "to": period.last, "derived": True}
    return {"id": made, "start": id_, "end": standing.status, "properties": properties}
