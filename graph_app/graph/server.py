"""A Neo4j server as it is reached: a pool for reading, workers that wait in its place, and a pool that stops others.

The driver waits for ever on a server that hangs, so nobody who needs an answer waits on the driver: workers do. What
they do not end in time is ended on the server through connections of its own. If the server does not answer there
either, or runs nothing of what is waited for, the connections are left for new ones.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as LateError
from contextlib import contextmanager
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

import neo4j
from neo4j.exceptions import AuthError, ClientError, DriverError, Neo4jError, ServiceUnavailable

from graph_app import __version__
from graph_app.errors import N_, StoreError, TimeLimitError
from graph_app.graph.bookmarks import Read, Written
from graph_app.graph.members import Members, routed, terminated
from graph_app.graph.pools import Line, Pool
from graph_app.graph.pulse import Pulse
from graph_app.graph.transactions import broken

if TYPE_CHECKING:
    from graph_app.graph.stopping import Statement

T = TypeVar("T")
LATE = N_("The question took longer than %(seconds)s seconds and was stopped. Narrow it down and ask again.")
_BROKEN = N_(
    "Neo4j cannot write any more, most often because its disk is full. Make room; a Neo4j of your own must be started"
    " again, ours does that by itself."
)
_TIMED_OUT = "Neo.ClientError.Transaction.TransactionTimedOut"
_WORKERS = 16
_CONTROL = 2  # connections that only stop what others have started
_CONTROL_WITHIN = 10.0  # seconds; a server that is busy answers in that time, one that hangs does not
_OPTIONS: dict[str, Any] = {
    "connection_timeout": 5,
    "connection_acquisition_timeout": 10,
    "max_transaction_retry_time": 10,
    "max_connection_lifetime": 300,
    "liveness_check_timeout": 30,
    "telemetry_disabled": True,
    "user_agent": f"peyvand/{__version__}",
    "notifications_min_severity": "OFF",
}


class Server:
    """A Neo4j server.

    Parameters
    ----------
    uri, username, password
        Where it is, and as whom it is asked.

    Attributes
    ----------
    routed
        Whether it is a cluster (``neo4j://``), in which those who read are sent to members that may lag.
    written
        What was written last there, for which those who read wait.
    reading, writing
        The options of their sessions.
    pool
        The connections for reading, with those who wait on them.

    Raises
    ------
    ValueError, DriverError
        If ``uri`` is not an address of a Neo4j server.

    """

    alone = False  # many wait on its connections

    def __init__(self, uri: str, username: str, password: str) -> None:
        self.uri = uri
        self._auth = (username, password)
        self._lock = Lock()
        self.routed = routed(uri)
        self.written = Written()
        self.reading: dict[str, Any] = {"default_access_mode": neo4j.READ_ACCESS, "disable_auto_commit_retries": True}
        self.writing: dict[str, Any] = {}
        if self.routed:
            self.reading["bookmark_manager"] = Read(self.written)
            self.writing["bookmark_manager"] = self.written
        self.pool = self._pooled()
        self._left: list[Pool] = []  # pools before this one
        self.control = self._opened(max_connection_pool_size=_CONTROL)
        self.lines: set[Line] = set()  # that are open
        self.pulse: Pulse | None = None
        self._stoppers = ThreadPoolExecutor(_CONTROL, thread_name_prefix="control")

    @cached_property
    def driver(self) -> neo4j.Driver:
        """The driver of those who write; opened when it is first asked for."""
        return self._opened()

    def enter(self, statement: "Statement") -> Pool:
        """Return where ``statement`` is asked."""
        with self._lock:
            self.pool.held.add(statement)
            return self.pool

    def give_up(self, pool: Pool) -> None:
        """Ask nothing more on the connections of ``pool``; who waits there may go on waiting until his time is over."""
        with self._lock:
            if self.pool is not pool:  # somebody else was faster
                return
            self._left = [one for one in self._left if not one.closed] + [pool]
            self.pool = self._pooled()
        pool.leave()

    def stop(self, database: str, tag: str) -> int:
        """End the transactions with this tag; return how many there still were.

        Raises
        ------
        TimeoutError
            If the server does not answer; all connections for reading are left then.
        Neo4jError, DriverError
            If it refuses, or is gone.

        """
        control, pool = self.control, self.pool
        end = Members(self.uri, self._member).terminated if self.routed else terminated
        job = self._stoppers.submit(end, control, database, tag)
        try:
            return job.result(_CONTROL_WITHIN)
        except LateError:
            self._renew(control)
            self.give_up(pool)
            raise

    def watch(self, database: str) -> Pulse:
        """From now on let nobody wait for a server that does not answer at all; return what tells it."""
        self.pulse = self.pulse or Pulse(lambda: self._opened(max_connection_pool_size=1), database)
        return self.pulse

    def line(self) -> Line:
        """Return a connection and a worker apart from these, for what may hang without hanging anybody else."""
        line = Line(self, self._opened(max_connection_pool_size=1))
        self.lines.add(line)
        return line

    def close(self) -> None:
        """Close all connections."""
        self._stoppers.shutdown(wait=False, cancel_futures=True)
        for line in tuple(self.lines):
            line.close()
        if self.pulse:
            self.pulse.close()
        for pool in (*self._left, self.pool):
            pool.close()
        for driver in (self.control, self.__dict__.get("driver")):
            if driver is not None:
                driver.close()

    def _pooled(self) -> Pool:
        return Pool(self._opened(), _WORKERS, "store")

    def _opened(self, **more: object) -> neo4j.Driver:
        return neo4j.GraphDatabase.driver(self.uri, auth=self._auth, **{**_OPTIONS, **more})

    def _member(self, uri: str) -> neo4j.Driver:
        return neo4j.GraphDatabase.driver(uri, auth=self._auth, **{**_OPTIONS, "max_connection_pool_size": 1})

    def _renew(self, hung: neo4j.Driver) -> None:
        """Open other connections for stopping; closing those that hang wakes who waits on them."""
        with self._lock:
            if self.control is not hung:  # somebody else was faster
                return
            self.control = self._opened(max_connection_pool_size=_CONTROL)
        hung.close()


def connect(uri: str, username: str, password: str) -> Server:
    """Return a server with short waits, so that one that is away is noticed in seconds.

    Raises
    ------
    StoreError
        If ``uri`` is not an address of a Neo4j server.

    """
    try:
        return Server(uri, username, password)
    except (DriverError, ValueError) as error:
        message = N_("NEO4J_URI “%(uri)s” is not an address of a Neo4j server (%(reason)s).")
        raise StoreError(message, uri=uri, reason=error) from error


def translated(work: Callable[[], T], seconds: float = 0) -> T:
    """Return what ``work`` returns, with the driver's errors as sentences for people."""
    with translating(seconds):
        return work()


@contextmanager
def translating(seconds: float = 0) -> Iterator[None]:
    """Raise the driver's errors as sentences for people; ``seconds`` is the limit that one of them names."""
    try:
        yield
    except AuthError as error:
        raise StoreError(N_("The Neo4j server does not accept this user name and password.")) from error
    except ServiceUnavailable as error:
        raise StoreError(N_("The Neo4j server cannot be reached: %(reason)s"), reason=error) from error
    except ClientError as error:
        if error.code and error.code.startswith(_TIMED_OUT):
            raise TimeLimitError(LATE, seconds=f"{seconds:g}") from error
        raise StoreError(N_("The Neo4j server refuses: %(reason)s"), reason=error.message) from error
    except (Neo4jError, DriverError) as error:
        if broken(error):
            raise StoreError(_BROKEN) from error
        raise StoreError(N_("The Neo4j server failed: %(reason)s"), reason=error) from error
    except RecursionError as error:  # of the driver, which reads what is nested by calling itself
        raise StoreError(N_("The answer of the Neo4j server is nested too deep to be read.")) from error
