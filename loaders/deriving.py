"""What follows from the facts and is never loaded: the tie between two sister cities, in one hop."""

from collections.abc import Iterator, Mapping
from typing import Any

from graph_app.graph.store import Store
from graph_app.graph.writer import Writer
from loaders.facts import tie_id
from loaders.statements import statement

_ROWS = 1_000_000
_SECONDS = 60.0


def derive(store: Store) -> tuple[int, int]:
    """Make the ``TWINNED_WITH`` ties equal to what the agreements say; return how many were written and removed."""
    wanted = {row["id"]: row for row in twinnings(store)}
    held = {row["id"]: row["properties"] for row in _table(store, "derived")}
    changed = [row for made, row in wanted.items() if held.get(made) != row["properties"]]
    gone = [{"id": made} for made in held if made not in wanted]
    writer = Writer(store)
    written = writer.rows(statement("write_ties", "TWINNED_WITH"), changed)
    return written, writer.rows(statement("remove_ties", "TWINNED_WITH"), gone)


def twinnings(store: Store) -> Iterator[dict[str, Any]]:
    """Yield the ties that follow from the agreements in the graph."""
    for row in _table(store, "twinnings"):
        made = tie_id("TWINNED_WITH", row["start"], row["end"], row["agreement"], "")
        dated = {name: row[name] for name in ("signed_on_earliest", "signed_on_latest") if row[name]}
        properties = {"id": made, "agreement": row["agreement"], "derived": True, **dated}
        yield {"id": made, "start": row["start"], "end": row["end"], "properties": properties}


def _table(store: Store, name: str) -> Iterator[Mapping[str, Any]]:
    yield from store.table(statement(name), rows=_ROWS, seconds=_SECONDS)
