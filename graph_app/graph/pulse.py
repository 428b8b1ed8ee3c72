"""Whether the server answers at all, so that who waits for an answer need not wait for a server that hangs.

The driver waits for ever on a server that is halted, and each question has its own limit of time, ten seconds by
default. A page may ask several. So a question without an answer after half a second looks at the pulse; if that is
gone, all who wait are told, and nobody waits again until it is back.
"""

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as LateError
from threading import Event, Lock, Thread
from time import monotonic

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from graph_app.errors import N_, StoreError

PATIENCE = 0.5  # seconds that a question waits before it looks
ANSWER_WITHIN = 1.5  # seconds; a busy machine may need some of it
_AGAIN = 1.0  # seconds between two looks at a server that is away
_SILENT = 10.0  # seconds after which another connection is tried: this one may have fallen silent, and not the server
_FRESH = 1.0  # seconds for which an answer counts


class AwayError(StoreError):
    """The server does not answer now, to nobody."""

    def __init__(self) -> None:
        super().__init__(N_("The Neo4j server does not answer now. Try again in a moment."))


class Pulse:
    """Asks a server ``RETURN 1`` when somebody doubts that it answers.

    Parameters
    ----------
    opened
        Opens a driver of one connection.
    database
        Which is asked.

    """

    def __init__(self, opened: Callable[[], neo4j.Driver], database: str) -> None:
        self._opened, self._database = opened, database
        self._driver = opened()
        self._asked_at = 0.0
        self._lock = Lock()
        self._asked: Future[None] | None = None
        self._answered = 0.0
        self._closed = Event()
        self.away = False

    def refuse(self) -> None:
        """Raise AwayError if the server is known to be away."""
        if self.away:
            raise AwayError

    def beats(self, within: float = ANSWER_WITHIN) -> bool:
        """Say whether the server answers, after ``within`` seconds at most."""
        if self.away:
            return False
        if monotonic() - self._answered < _FRESH:
            return True
        try:
            self._ask().result(within)
        except (LateError, Neo4jError, DriverError, OSError) as error:
            if isinstance(error, Neo4jError):  # it refuses, which is an answer
                return True
            self._leave()
            return False
        return True

    def close(self) -> None:
        """Look no more."""
        self._closed.set()
        self._driver.close()

    def _ask(self) -> "Future[None]":
        """Return the question that is out, or a new one; a server that hangs holds one thread, not one for each."""
        with self._lock:
            if self._asked is None or self._asked.done():
                self._asked, self._asked_at = Future(), monotonic()
                Thread(target=self._look, args=(self._asked,), name="pulse", daemon=True).start()
            return self._asked

    def _look(self, asked: "Future[None]") -> None:
        try:
            with self._driver.session(database=self._database, default_access_mode=neo4j.READ_ACCESS) as session:
                session.run("RETURN 1").consume()
            self._answered = monotonic()
            asked.set_result(None)
        except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
            asked.set_exception(error)

    def _leave(self) -> None:
        with self._lock:
            if self.away or self._closed.is_set():
                return
            self.away = True
        Thread(target=self._wait, name="pulse", daemon=True).start()

    def _wait(self) -> None:
        """Ask until the server is back; what is out is waited for a while, since a server that is woken answers it."""
        while not self._closed.is_set():
            try:
                self._ask().result(ANSWER_WITHIN)
            except Neo4jError:
                break
            except (LateError, DriverError, OSError):
                self._renew()
                self._closed.wait(_AGAIN)
                continue
            break
        self.away = False

    def _renew(self) -> None:
        """Open another connection if nothing has come on this one for long; closing wakes the thread that waits."""
        with self._lock:
            if self._closed.is_set() or self._asked is None or self._asked.done():
                return
            if monotonic() - self._asked_at < _SILENT:
                return
            silent, self._driver, self._asked = self._driver, self._opened(), None
        silent.close()
