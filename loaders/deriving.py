"""What follows from the facts and is never loaded: the tie between two sister cities, in one hop."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from graph_app.graph.store import Store
from graph_app.graph.writer import Writer
from loaders.facts import tie_id, unmarked
from loaders.made import Made
from loaders.statements import statement

_ROWS = 1_000_000
_SECONDS = 60.0
_TYPE = "TWINNED_WITH"


def derive(store: Store, *, ids: Sequence[str] | None = None, new: Sequence[Mapping[str, Any]] = ()) -> tuple[int, int]:
    """Make the ``TWINNED_WITH`` ties equal to what the agreements say; return how many were written and removed.

    Parameters
    ----------
    store
        The graph.
    ids
        The agreements to look at, in the graph; None for all.
    new
        Ties that follow from other agreements, which are new; the graph is not asked about these.

    """
    asked = ids is None or bool(ids)
    wanted = {row["id"]: row for row in twinnings(store, ids)} if asked else {}
    held = {row["id"]: row["properties"] for row in _table(store, "derived", ids)} if asked else {}
    changed = [row for made_, row in wanted.items() if unmarked(held.get(made_, {})) != row["properties"]]
    gone = [{"id": id_} for id_ in held if id_ not in wanted]
    writer = Writer(store)
    writing = statement("write_ties", _TYPE)
    written = writer.new(statement("create_ties", _TYPE), writing, new) + writer.rows(writing, changed)
    return written, writer.rows(statement("remove_ties", _TYPE), gone)


def twinned(made: Collection[Made]) -> list[dict[str, Any]]:
    """Return the ties that follow from agreements that are new, as they would be stored."""
    return [_row(*ends, one.id, one.properties) for one in made for ends in one.twins]


def twinnings(store: Store, ids: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
    """Yield the ties that follow from the agreements in the graph: from those with ``ids``, or from all."""
    for row in _table(store, "twinnings", ids):
        yield _row(row["start"], row["end"], row["agreement"], row)


def _row(start: str, end: str, agreement: str, said: Mapping[str, Any]) -> dict[str, Any]:
    made = tie_id(_TYPE, start, end, agreement, "")
    dated = {name: said[name] for name in ("signed_on_earliest", "signed_on_latest") if said.get(name)}
    properties = {"id": made, "agreement": agreement, "derived": True, **dated}
    return {"id": made, "start": start, "end": end, "properties": properties}


def _table(store: Store, name: str, ids: Sequence[str] | None) -> Iterator[Mapping[str, Any]]:
    wanted = None if ids is None else list(ids)
    yield from store.table(statement(name), {"ids": wanted}, rows=_ROWS, seconds=_SECONDS)
