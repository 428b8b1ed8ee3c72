"""The one place that writes to Neo4j. Only loaders, the schema and the command line import it; pages cannot."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import neo4j
import neo4j.spatial

from graph_app.graph.results import Position
from graph_app.graph.store import Store, translated

T = TypeVar("T")
BATCH = 2000
_SECONDS = 120.0


def batched(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Yield ``items`` in lists of at most ``size``."""
    batch: list[T] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


class Writer:
    """Writes to the database of ``store``, one transaction per batch; statements must be safe to run again."""

    def __init__(self, store: Store) -> None:
        self.driver = store.driver
        self.database = store.database

    def run(self, statement: str, parameters: Mapping[str, Any] | None = None) -> None:
        """Run one statement that may not stand in a transaction with others, such as a schema command."""

        def work() -> None:
            with self.driver.session(database=self.database) as session:
                session.run(neo4j.Query(statement, timeout=_SECONDS), dict(parameters or {})).consume()

        translated(work)

    def rows(self, statement: str, rows: Iterable[Mapping[str, Any]]) -> int:
        """Run ``statement`` over ``rows`` as its ``$rows``, in batches, and return how many rows there were.

        Raises
        ------
        StoreError
            If the server refuses or is away. Batches that were written stay; running again is safe.

        """
        count = 0
        for batch in batched(rows):
            self._write(statement, [_writable(row) for row in batch])
            count += len(batch)
        return count

    def _write(self, statement: str, rows: Sequence[Mapping[str, Any]]) -> None:
        @neo4j.unit_of_work(timeout=_SECONDS)
        def work(transaction: neo4j.ManagedTransaction) -> None:
            transaction.run(statement, rows=rows).consume()

        def write() -> None:
            with self.driver.session(database=self.database) as session:
                session.execute_write(work)

        translated(write, _SECONDS)


def _writable(value: Any) -> Any:  # noqa: ANN401 - whatever a row holds
    """Return ``value`` as the driver can send it: positions as points on the earth."""
    match value:
        case Position():
            return neo4j.spatial.WGS84Point((value.longitude, value.latitude))
        case Mapping():
            return {key: _writable(item) for key, item in value.items()}
        case list():
            return [_writable(item) for item in value]
    return value
