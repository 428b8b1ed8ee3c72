"""A graph as it would be: what is written here is seen here, by nobody else, and never stays.

One transaction holds it all and is rolled back at the end. So what follows from a change can be asked of the server
itself, by the statements that will be used in earnest, before anybody decides.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import neo4j

from graph_app.confidentiality import HIGHEST, Clearance
from graph_app.graph.results import Table, plain
from graph_app.graph.server import translating
from graph_app.graph.store import Store


class Rehearsal(Store):
    """The store, inside the transaction that will not stay."""

    def __init__(self, store: Store, transaction: neo4j.Transaction, clearance: Clearance = HIGHEST) -> None:
        limits: dict[str, Any] = {"rows": store.rows, "elements": store.elements, "seconds": store.seconds}
        super().__init__(store.server, store.database, clearance=clearance, **limits)
        self._transaction = transaction

    def _with(self, clearance: Clearance, *, settled: bool = True) -> "Rehearsal":  # noqa: ARG002 - no load is at work
        return Rehearsal(self, self._transaction, clearance)

    def write(self, statement: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Run ``statement`` over ``rows``."""
        if sent := list(rows):
            self._transaction.run(statement, rows=sent).consume()

    def table(
        self,
        query: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        rows: int | None = None,
        seconds: float | None = None,  # noqa: ARG002 - the whole transaction has one limit
    ) -> Table:
        """Return the rows of ``query`` as ``Store.table`` does, with what was written here."""
        result = self._transaction.run(self.visible(query), dict(parameters or {}))
        most = rows or self.rows
        found = [tuple(plain(value) for value in record.values()) for record in result.fetch(most + 1)]
        return Table(tuple(result.keys()), found[:most], len(found) > most)


@contextmanager
def rehearsing(store: Store, seconds: float) -> Iterator[Rehearsal]:
    """Give the graph of ``store`` to try something with, for ``seconds`` at most.

    Raises
    ------
    StoreError
        If the server refuses, is away or needs longer.

    """
    with (
        translating(seconds),
        store.session() as session,
        session.begin_transaction(timeout=seconds) as transaction,
    ):
        yield Rehearsal(store, transaction)
        transaction.rollback()
