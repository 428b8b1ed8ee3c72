"""Whether Neo4j still answers, and how often it may be started again."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as LateError

import neo4j
from neo4j.exceptions import DriverError, Neo4jError, ServiceUnavailable, SessionExpired

from graph_app.graph.transactions import broken

LOOK_EVERY = 5.0  # seconds
ANSWER_WITHIN = 10.0  # a busy machine may need some of it; a healthy Neo4j that is killed is the worse mistake
MISSES = 3
_LONGEST = 60.0  # seconds between two starts
_WITHIN = 600.0
MOST = 5  # failures within that time


class Pulse:
    """Asks Neo4j ``RETURN 1`` now and then. The question has its own thread, since a server that hangs keeps it.

    Parameters
    ----------
    port, username, password
        Where Neo4j is, and how it is entered.

    """

    def __init__(self, port: int, username: str, password: str) -> None:
        self._driver = neo4j.GraphDatabase.driver(
            f"bolt://127.0.0.1:{port}",
            auth=(username, password),
            connection_timeout=ANSWER_WITHIN,
            max_connection_pool_size=1,
            connection_acquisition_timeout=ANSWER_WITHIN,
            telemetry_disabled=True,
        )
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="pulse")
        self._asked: Future[bool] | None = None
        self._misses = 0
        self.broken = ""  # what Neo4j says, if it answers that it takes nothing any more
        self._next = time.monotonic() + LOOK_EVERY

    def lost(self) -> bool:
        """Return whether Neo4j missed some questions in a row; asks only when it is time for the next."""
        if time.monotonic() < self._next:
            return False
        self._misses = 0 if self._answers() else self._misses + 1
        self._next = time.monotonic() + (0 if self._misses else LOOK_EVERY)
        return self._misses >= MISSES

    def close(self) -> None:
        """End the thread. A question that hangs keeps it until Neo4j is dead, so that comes first."""
        self._worker.shutdown(wait=True)
        self._driver.close()

    def _answers(self) -> bool:
        """Return whether an answer comes in time; a question that is still out is waited for, not asked again."""
        self._asked = self._asked or self._worker.submit(self._ask)
        try:
            answer = self._asked.result(timeout=ANSWER_WITHIN)
        except LateError:
            return False
        self._asked = None
        return answer

    def _ask(self) -> bool:
        """Return whether Neo4j answered; that it refuses, having no memory left for us, is an answer."""
        try:
            with self._driver.session(database="neo4j", default_access_mode=neo4j.READ_ACCESS) as session:
                session.run("RETURN 1").consume()
        except (ServiceUnavailable, SessionExpired):
            return False
        except Neo4jError as error:
            self.broken = str(error.message) if broken(error) else ""
            return not self.broken
        except (DriverError, OSError):
            return False
        return True


class Restarts:
    """Counts failures and says how long to wait before the next start.

    Parameters
    ----------
    clock
        Gives the time in seconds.

    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: list[float] = []

    def failed(self) -> float | None:
        """Note a failure; return the seconds to wait before the next start, or None if it has failed too often."""
        now = self._clock()
        self._failures = [at for at in self._failures if now - at < _WITHIN] + [now]
        if len(self._failures) >= MOST:
            return None
        return float(min(_LONGEST, 2 ** (len(self._failures) - 1)))
