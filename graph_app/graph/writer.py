"""The one place that writes to Neo4j. Only loaders, the schema and the command line import it; pages cannot."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import neo4j
import neo4j.spatial
from neo4j.exceptions import ConstraintError

from graph_app.errors import StoreError
from graph_app.graph.results import Position
from graph_app.graph.store import Store, translated
from graph_app.graph.transactions import persistent

T = TypeVar("T")
BATCH = 2000
_SECONDS = 120.0
_CHANGED = frozenset({Position, list, tuple})
_PLAIN = frozenset({str, int, float, bool})


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
        self.store = store

    def run(self, statement: str, parameters: Mapping[str, Any] | None = None) -> None:
        """Run one statement that may not stand in a transaction with others, such as a schema command."""

        def work() -> None:
            with self.store.session() as session:
                session.run(neo4j.Query(statement, timeout=_SECONDS), dict(parameters or {})).consume()

        translated(work)

    def rows(self, statement: str, rows: Iterable[Mapping[str, Any]]) -> int:
        """Run ``statement`` over ``rows`` as its ``$rows``, in batches, and return how many rows there were.

        Raises
        ------
        StoreError
            If the server refuses or is away. Batches that were written stay; running again is safe.

        """
        return self._each(map(_writable, rows), lambda batch: self._write(statement, batch))

    def _write(self, statement: str, rows: Sequence[Mapping[str, Any]]) -> None:
        self.transaction(lambda open_: open_.run(statement, rows=rows).consume())

    def new(self, creating: str, merging: str, rows: Iterable[Mapping[str, Any]]) -> int:
        """Run ``creating`` over rows that the graph should not hold yet, ``merging`` where it does hold some."""

        def write(batch: Sequence[Mapping[str, Any]]) -> None:
            try:
                self._write(creating, batch)
            except StoreError as error:
                if not isinstance(error.__cause__, ConstraintError):
                    raise
                self._write(merging, batch)

        return self._each(map(writable, rows), write)

    def _each(self, rows: Iterable[Mapping[str, Any]], write: Callable[[Sequence[Mapping[str, Any]]], None]) -> int:
        """Give ``rows`` to ``write`` in batches; the next one is made ready while the server writes the present one."""
        count, pending = 0, None
        with ThreadPoolExecutor(1, thread_name_prefix="writer") as worker:
            for batch in batched(rows):
                if pending:
                    pending.result()
                pending = worker.submit(write, batch)
                count += len(batch)
            if pending:
                pending.result()
        return count

    def once(self, statement: str, parameters: Mapping[str, Any]) -> None:
        """Run one statement that may be run twice if the connection breaks."""
        self.transaction(lambda open_: open_.run(statement, dict(parameters)).consume())

    def transaction(self, work: Callable[[neo4j.Transaction], T]) -> T:
        """Return what ``work`` returns when all that it wrote is kept; see ``persistent`` for what it must bear.

        Raises
        ------
        StoreError
            If the server refuses or does not come back.

        """
        return translated(lambda: persistent(self.store.session, work, _SECONDS), _SECONDS)


def writable(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return the properties of one thing as the driver can send them."""
    return {name: _writable(item) if type(item) in _CHANGED else item for name, item in properties.items()}


def _writable(value: Any) -> Any:  # noqa: ANN401 - whatever a row holds
    """Return ``value`` as the driver can send it: positions as points on the earth."""
    match value:
        case Position():
            return neo4j.spatial.WGS84Point((value.longitude, value.latitude))
        case Mapping():
            return {key: _writable(item) for key, item in value.items()}
        case list() | tuple():
            return list(value) if _PLAIN.issuperset(map(type, value)) else [_writable(item) for item in value]
    return value
