"""Entities by their ids."""

from collections.abc import Iterable

from graph_app.graph.results import Node
from graph_app.graph.statements import statement
from graph_app.graph.store import Store


def by_id(store: Store, ids: Iterable[str], *, seconds: float | None = None) -> dict[str, Node]:
    """Return the entities with these ids, by id; one that is not there is left out.

    Parameters
    ----------
    store
        The graph, which is not asked if there are no ids.
    ids
        Any number; each counts once.
    seconds
        A limit that replaces the store's own.

    Raises
    ------
    StoreError
        If the server refuses or cannot be reached.

    """
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return {}
    rows = store.table(statement("entities_by_id"), {"ids": wanted}, rows=len(wanted), seconds=seconds)
    return {row["e"].id: row["e"] for row in rows}
