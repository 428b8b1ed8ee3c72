"""One reading of Neo4j: it ends in time whatever the server does, and what it left running is stopped there."""

import logging
import random
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as LateError
from dataclasses import dataclass, field
from threading import Event, Thread
from time import monotonic
from typing import Any

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from graph_app.errors import N_, StoreError, TimeLimitError
from graph_app.graph.pulse import PATIENCE, AwayError
from graph_app.graph.results import weight
from graph_app.graph.server import LATE, Line, Server, translated

GRACE = 1.0  # seconds that a server gets to say itself that the time is up
_LOOK = 0.25  # seconds between two looks whether anybody still waits, or whether a statement has ended
_LONGEST_PAUSE = 5.0
_GIVE_UP_AFTER = 5.0  # seconds until a line is closed on which nothing comes, although the statement was terminated
_STOP_WITHIN = 600.0  # seconds that we look after a statement that does not end; its place is free after them
_FETCH = 1000
_log = logging.getLogger("peyvand.store")


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
        self.tag = f"{random.getrandbits(128):032x}"
        self.sent = False
        self.ended = Event()  # set once the server runs it no longer
        self._after = after
        self._given_up = False

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
        try:
            self.server.workers.submit(self._run, future, query, parameters, limits)
        except RuntimeError as error:
            self.ended.set()
            raise StoreError(N_("The connection to Neo4j is closed.")) from error
        return lambda gone: self._taken(future, deadline, limits.seconds, gone)

    def _taken(
        self, future: "Future[Reply]", deadline: float, seconds: float, gone: Callable[[], bool] | None
    ) -> Reply:
        try:
            return self._awaited(future, deadline, seconds, gone)
        except BaseException as error:
            if not future.done():
                future.cancel()
                if isinstance(error, Exception):  # late or gone
                    Thread(target=self._stop, name="stop", daemon=True).start()
                else:  # Ctrl+C: the program may end before a thread has done anything
                    self._terminate()
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

    def _run(self, future: "Future[Reply]", query: str, parameters: Mapping[str, Any], limits: Limits) -> None:
        """Work in a worker. A cut answer is handed over before the connection is rid of the rest."""
        try:
            if not future.cancelled():
                translated(lambda: self._read(future, query, parameters, limits), limits.seconds)
        except BaseException as error:  # noqa: BLE001 - it is raised where the answer is awaited
            if not future.done():
                future.set_exception(error)
        finally:
            if not self._given_up:
                self.ended.set()

    def _read(self, future: "Future[Reply]", query: str, parameters: Mapping[str, Any], limits: Limits) -> None:
        text = neo4j.Query(query, metadata={"peyvand": self.tag}, timeout=limits.seconds)
        with self.server.reader.session(
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

    def _stop(self) -> None:
        """Terminate our transaction until the server runs it no longer; within one expression Neo4j does not stop.

        A server whose worker has died does not answer even then, so a line of our own is closed after a while. What
        counts from there on is whether the server still shows the transaction.
        """
        begin, pause = monotonic(), _LOOK
        while not self.ended.wait(pause) and monotonic() - begin < _STOP_WITHIN:
            if self._terminate() == 0 and self._given_up:
                break
            if monotonic() - begin > _GIVE_UP_AFTER and not self._given_up and isinstance(self.server, Line):
                self._given_up = True
                self.server.give_up()
            pause = min(2 * pause, _LONGEST_PAUSE)
        else:
            if not self.ended.is_set():
                _log.warning("a statement does not end, although it was terminated again and again: %s", self.tag)
        self.ended.set()

    def _terminate(self) -> int | None:
        """Return how many transactions of ours there still were, None if that is not known."""
        try:
            return self.server.stop(self.database, self.tag)
        except (LateError, Neo4jError, DriverError, OSError, RuntimeError) as error:
            _log.warning("a statement could not be stopped: %s", str(error) or type(error).__name__)
            return None


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
