"""What the graph holds, as far as that can be told in a moment: whether an answer from before still is the answer."""

from collections.abc import Callable

from graph_app.graph.results import Table
from graph_app.graph.statements import statement
from graph_app.graph.store import Store


def content(store: Store) -> str:
    """Return a text that is another one after every load, and for another clearance.

    It is empty while a load is at work or if nothing was loaded. What is kept under it is never shown to somebody who
    may see less, or more.
    """
    return _told(store.whole().table(statement("version"), rows=1), store)


def content_soon(store: Store) -> Callable[[], str]:
    """Ask for ``content`` without waiting; what is returned waits for it."""
    asked = store.whole().begin(statement("version"), rows=1)
    return lambda: _told(asked(), store)


def _told(table: Table, store: Store) -> str:
    found = next(iter(table), None)
    if found is None or found["running"] is not None:
        return ""
    return ":".join([*(str(found[key]) for key in ("graph", "serial", "nodes", "ties")), store.clearance.word])
