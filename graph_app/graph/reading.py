"""One reading of Neo4j: it ends in time whatever the server does, and what it left running is stopped there."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as LateError
from dataclasses import dataclass, field
from threading import Event
from time import monotonic
from typing import Any

import neo4j

from graph_app.errors import N_, StoreError, TimeLimitError
from graph_app.graph.pools import Line, Pool
from graph_app.graph.pulse import PATIENCE, AwayError
from graph_app.graph.results import weight
from graph_app.graph.server import LATE, Server, translated
from graph_app.graph.stopping import Statement

GRACE = 1.0  # seconds that a server gets to say itself that the time is up
_LOOK = 0.25  # seconds between two looks whether anybody still waits
_FETCH = 1000
_CLOSED = N_("The connection to Neo4j is closed.")


@dataclass(frozen=True)
class Limits:
    """How much one reading may be: ``rows``, ``seconds``, and ``size`` in bytes as it travels; None is no limit."""

    rows: int
    seconds: float
    size: int | None = None


@dataclass
class Reply:
    """What came back: columns and rows of driver values.

    Parameters
    ----------
    cut
        The limit that was met: ``rows``, ``size``, or nothing.
    summary
        What the server says of a statement that was read to its end, else None.

    """

    columns: tuple[str, ...] = ()
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    cut: str = ""
    summary: neo4j.ResultSummary | None = None


class GoneError(StoreError):
    """Nobody waits for the answer any more."""


class Reading:
    """One statement on its way; it is sent once and never again.

    Parameters
    ----------
    server, database
        Where it is read.
    after
        Is given the server's summary of every statement that has run; what it raises goes to who asked.

    """

    def __init__(
        self, server: Server | Line, database: str, *, after: Callable[[neo4j.ResultSummary], None] | None = None
    ) -> None:
        self.server = server
        self.database = database
        self.sent = False
        self._statement = Statement(server, database)
        self._after = after

    @property
    def tag(self) -> str:
        """By which its transaction is known."""
        return self._statement.tag

    @property
    def ended(self) -> Event:
        """Set once the server runs it no longer."""
        return self._statement.ended

    def run(
        self,
        query: str,
        parameters: Mapping[str, Any],
        limits: Limits,
        *,
        gone: Callable[[], bool] | None = None,
    ) -> Reply:
        """Return the reply to ``query``.

        Parameters
        ----------
        query, parameters
            Cypher and its values.
        limits
            When to stop.
        gone
            Asked again and again whether nobody waits for the answer any more.

        Raises
        ------
        TimeLimitError
            If the reply is not there in time, whatever the reason; one second later at most.
        GoneError
            If nobody waits any more.
        AwayError
            If the server answers nobody; known after three seconds at most, if its pulse is watched.
        StoreError
            If the server refuses or cannot be reached.

        """
        return self.begin(query, parameters, limits)(gone)

    def begin(
        self, query: str, parameters: Mapping[str, Any], limits: Limits
    ) -> Callable[[Callable[[], bool] | None], Reply]:
        """Send ``query`` and return at once; what is returned waits for the reply as ``run`` does.

        Who does not wait for it leaves it to the server's own limit on its time.
        """
        if self.server.pulse:
            self.server.pulse.refuse()
        future: Future[Reply] = Future()
        self.sent = True
        deadline = monotonic() + limits.seconds + GRACE
        pool = self._statement.enter(deadline)
        try:
            pool.workers.submit(self._run, pool, future, query, parameters, limits)
        except RuntimeError as error:
            self._statement.end()
            raise StoreError(_CLOSED) from error
        return lambda gone: self._taken(pool, future, deadline, limits.seconds, gone)

    def _taken(
        self,
        pool: Pool,
        future: "Future[Reply]",
        deadline: float,
        seconds: float,
        gone: Callable[[], bool] | None,
    ) -> Reply:
        try:
            return self._awaited(future, deadline, seconds, gone)
        except BaseException as error:
            if future.cancel():  # no worker has come to it
                self._statement.end()
                pool.press()
            elif not future.done():
                if isinstance(error, Exception):  # late or gone
                    self._statement.stop()
                else:  # Ctrl+C: the program may end before a thread has done anything
                    self._statement.terminate()
            raise

    def _awaited(
        self, future: "Future[Reply]", deadline: float, seconds: float, gone: Callable[[], bool] | None
    ) -> Reply:
        pulse = self.server.pulse
        step = min(PATIENCE if pulse else seconds + GRACE, _LOOK if gone else seconds + GRACE)
        while True:
            left = max(deadline - monotonic(), 0)
            try:
                return future.result(min(left, step))
            except LateError:
                if monotonic() >= deadline:
                    raise TimeLimitError(LATE, seconds=f"{seconds:g}") from None
            if pulse and not pulse.beats():
                raise AwayError
            if gone and gone():
                raise GoneError(N_("Nobody waits for the answer any more; it was stopped."))

    def _run(
        self, pool: Pool, future: "Future[Reply]", query: str, parameters: Mapping[str, Any], limits: Limits
    ) -> None:
        """Work in a worker. A cut answer is handed over before the connection is rid of the rest."""
        if not future.set_running_or_notify_cancel():
            return
        self._statement.begun = True
        try:
            translated(lambda: self._read(pool, future, query, parameters, limits), limits.seconds)
        except BaseException as error:  # noqa: BLE001 - it is raised where the answer is awaited
            if not future.done():
                future.set_exception(error)
        finally:
            self._statement.end()

    def _read(
        self, pool: Pool, future: "Future[Reply]", query: str, parameters: Mapping[str, Any], limits: Limits
    ) -> None:
        if pool.closed:  # a driver that is being closed would still open a connection, and forget it
            raise StoreError(_CLOSED)
        text = neo4j.Query(query, metadata={"peyvand": self.tag}, timeout=limits.seconds)
        with pool.driver.session(
            database=self.database, fetch_size=min(limits.rows + 1, _FETCH), **self.server.reading
        ) as session:
            result = session.run(text, dict(parameters))
            reply = Reply(tuple(result.keys()))
            _take(reply, result, limits)
            if reply.cut and not future.done():
                future.set_result(reply)
            reply.summary = result.consume()
            if self._after:
                self._after(reply.summary)
        if not future.done():
            future.set_result(reply)


def _take(reply: Reply, result: neo4j.Result, limits: Limits) -> None:
    """Take rows until they end or a limit is met; one row more than the limit tells that there are more."""
    if limits.size is None:
        taken = result.fetch(limits.rows + 1)
        reply.rows = [tuple(record.values()) for record in taken[: limits.rows]]
        reply.cut = "rows" if len(taken) > limits.rows else ""
        return
    size = 0
    for record in result:
        row = tuple(record.values())
        size += sum(map(weight, row))
        if len(reply.rows) == limits.rows or size > limits.size:
            reply.cut = "rows" if len(reply.rows) == limits.rows else "size"
            return
        reply.rows.append(row)
