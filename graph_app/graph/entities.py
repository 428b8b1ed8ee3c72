"""Entities by their ids."""

from collections.abc import Callable, Iterable

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
    return by_id_soon(store, ids, seconds=seconds)()


def by_id_soon(store: Store, ids: Iterable[str], *, seconds: float | None = None) -> Callable[[], dict[str, Node]]:
    """Ask for ``by_id`` without waiting; what is returned waits for it. Errors come there."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return dict
    asked = store.begin(statement("entities_by_id"), {"ids": wanted}, rows=len(wanted), seconds=seconds)
    return lambda: {row["e"].id: row["e"] for row in asked()}
