"""A graph that holds nothing: what a first load would ask of it, for every row that it brings, need not be asked."""

from collections.abc import Mapping
from typing import Any

from graph_app.graph.results import Table
from graph_app.graph.store import Store
from loaders.statements import statement


class Blank(Store):
    """The graph of ``store``, which holds no entity: whatever is sought in it is not there."""

    def __init__(self, store: Store) -> None:
        super().__init__(store.server, store.database)

    def table(self, query: str, parameters: Mapping[str, Any] | None = None, **limits: Any) -> Table:  # noqa: ANN401, ARG002
        """Return no rows."""
        return Table((), ())


def seen(store: Store) -> Store:
    """Return ``store``, or what stands for it as long as it holds no entity."""
    return store if isinstance(store, Blank) or store.table(statement("anything")).rows else Blank(store)
