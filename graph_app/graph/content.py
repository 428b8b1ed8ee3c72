"""What the graph holds, as far as that can be told in a moment: whether an answer from before still is the answer."""

from graph_app.graph.statements import statement
from graph_app.graph.store import Store


def content(store: Store) -> str:
    """Return a text that is another one after every load; empty while one is at work or if nothing was loaded."""
    found = next(iter(store.table(statement("version"), rows=1)), None)
    if found is None or found["running"] is not None:
        return ""
    return ":".join(str(found[key]) for key in ("graph", "serial", "nodes", "ties"))
