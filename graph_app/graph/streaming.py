"""A long answer, batch by batch: what reads it waits for whoever takes it, so that it never lies in memory whole."""

from collections.abc import Callable, Iterator, Mapping
from queue import Empty, Full, Queue
from threading import Event, Thread
from time import monotonic
from typing import Any

import neo4j

from graph_app.errors import N_, StoreError, TimeLimitError
from graph_app.graph.reading import GRACE
from graph_app.graph.results import plain
from graph_app.graph.server import LATE, Server, translated
from graph_app.graph.stopping import Statement

BATCH = 1000  # rows
_AHEAD = 2  # batches that lie ready
_LOOK = 0.25  # seconds between two looks whether anybody still takes
Row = tuple[Any, ...]


class Stream:
    """The rows of one statement, in batches. Close it if they are not all taken.

    Parameters
    ----------
    server, database
        Where it is read.
    query, parameters
        Cypher and its values.
    rows
        Most rows. If there are more, taking them ends in an error: a file that broke off is not taken for whole.
    seconds
        Most seconds for all of it, whoever takes it included.
    still
        Called before a batch is handed over; what it raises ends the answer.

    Raises
    ------
    TimeLimitError
        If the server does not answer in time.
    StoreError
        If it refuses the query or cannot be reached.

    """

    def __init__(
        self,
        server: Server,
        database: str,
        query: str,
        parameters: Mapping[str, Any],
        *,
        rows: int,
        seconds: float,
        still: Callable[[], None],
    ) -> None:
        self._server, self._database = server, database
        self._query, self._parameters = query, dict(parameters)
        self._rows, self._seconds = rows, seconds
        if server.pulse:
            server.pulse.refuse()
        self._statement = Statement(server, database)
        self._pool = self._statement.enter(monotonic() + seconds + GRACE)
        self._statement.begun = True
        self._gone = Event()
        self._still = still
        self._ready: Queue[Any] = Queue(_AHEAD)
        Thread(target=self._work, name="stream", daemon=True).start()
        self.columns: tuple[str, ...] = self._next()

    def __iter__(self) -> Iterator[list[Row]]:
        try:
            while (batch := self._next()) is not None:
                self._still()
                yield batch
        finally:
            self.close()

    def close(self) -> None:
        """Let go of the rest."""
        self._gone.set()

    def _next(self) -> Any:  # noqa: ANN401 - columns, a batch, or None at the end
        try:
            found = self._ready.get(timeout=self._seconds + GRACE)
        except Empty:
            self.close()
            self._statement.stop()
            raise TimeLimitError(LATE, seconds=f"{self._seconds:g}") from None
        if isinstance(found, Exception):
            raise found
        return found

    def _work(self) -> None:
        try:
            translated(self._read, self._seconds)
            self._put(None)
        except Exception as error:  # noqa: BLE001 - it is raised where the rows are taken
            self._put(error)
        finally:
            self._statement.end()

    def _read(self) -> None:
        text = neo4j.Query(self._query, metadata={"peyvand": self._statement.tag}, timeout=self._seconds)
        with self._pool.driver.session(database=self._database, fetch_size=BATCH, **self._server.reading) as session:
            result = session.run(text, self._parameters)
            self._put(tuple(result.keys()))
            taken = 0
            while not self._gone.is_set() and (records := result.fetch(BATCH)):
                taken += len(records)
                if taken > self._rows:
                    raise StoreError(N_("The answer has more than %(rows)s rows and broke off."), rows=self._rows)
                self._put([tuple(plain(value) for value in record.values()) for record in records])

    def _put(self, found: object) -> None:
        while not self._gone.is_set():
            try:
                self._ready.put(found, timeout=_LOOK)
            except Full:
                continue
            return
