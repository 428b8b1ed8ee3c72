"""What the graph holds, as far as that can be told in a moment: whether an answer from before still is the answer."""

from collections.abc import Callable

from graph_app.graph.results import Table
from graph_app.graph.statements import statement
from graph_app.graph.store import Store


def content(store: Store) -> str:
    """Return a text that is another one after every load; empty while one is at work or if nothing was loaded."""
    return _told(store.table(statement("version"), rows=1))


def content_soon(store: Store) -> Callable[[], str]:
    """Ask for ``content`` without waiting; what is returned waits for it."""
    asked = store.begin(statement("version"), rows=1)
    return lambda: _told(asked())


def _told(table: Table) -> str:
    found = next(iter(table), None)
    if found is None or found["running"] is not None:
        return ""
    return ":".join(str(found[key]) for key in ("graph", "serial", "nodes", "ties"))
