"""A statement on its way, and its end if nobody waits for it any more."""

import logging
import random
from concurrent.futures import TimeoutError as LateError
from threading import Event, Lock, Thread
from time import monotonic

from neo4j.exceptions import DriverError, Neo4jError

from graph_app.graph.pools import Line, Pool
from graph_app.graph.server import Server

_LOOK = 0.25  # seconds until the first look whether a statement has ended
_LONGEST_PAUSE = 5.0
_GIVE_UP_AFTER = 5.0  # seconds without an answer to a statement that was terminated, or that the server does not run
_STOP_WITHIN = 600.0  # seconds that we look after a statement that does not end; its place is free after them
_log = logging.getLogger("peyvand.store")


class Statement:
    """A statement on its way to a database; it is sent once and never again.

    Parameters
    ----------
    server, database
        Where it is sent.

    Attributes
    ----------
    tag
        By which the server's transactions are known.
    ended
        Set once the server runs it no longer.
    until
        When nobody waits for its answer any more.
    begun
        Whether somebody waits for it on a connection.
    stopped
        Whether nobody waits for its answer any more, so that it is terminated.

    """

    def __init__(self, server: Server | Line, database: str) -> None:
        self.tag = f"{random.getrandbits(128):032x}"
        self.ended = Event()
        self.until = 0.0
        self.begun = self.stopped = False
        self._server, self._database = server, database
        self._pool: Pool | None = None
        self._given_up = False
        self._lock = Lock()

    def enter(self, until: float) -> Pool:
        """Return where to ask it; its answer is waited for ``until`` then."""
        self.until = until
        self._pool = self._server.enter(self)
        return self._pool

    def end(self) -> None:
        """Know that it was answered, or is not sent any more."""
        if self._pool:
            self._pool.held.discard(self)
        if not self._given_up:
            self.ended.set()

    def stop(self) -> None:
        """Terminate it until the server runs it no longer, without waiting for that."""
        with self._lock:
            if self.stopped:
                return
            self.stopped = True
        Thread(target=self._until_ended, name="stop", daemon=True).start()

    def terminate(self) -> int | None:
        """Return how many transactions of it there still were, None if that is not known."""
        try:
            return self._server.stop(self._database, self.tag)
        except (LateError, Neo4jError, DriverError, OSError, RuntimeError) as error:
            _log.warning("a statement could not be stopped: %s", str(error) or type(error).__name__)
            return None

    def _until_ended(self) -> None:
        """Terminate our transaction until the server runs it no longer; within one expression Neo4j does not stop.

        On a connection that has fallen silent no answer comes, although the server does not run the statement; nor if
        the server's worker has died, although it does. So the connections are given up after a while, in the second
        case only those of a line of our own. What counts from there on is whether the server shows the transaction.
        """
        begin, pause = monotonic(), _LOOK
        shown = begin  # when the server may last have run it
        while not self.ended.wait(pause) and monotonic() - begin < _STOP_WITHIN:
            found = self.terminate()
            if found == 0 and self._given_up:
                break
            if found != 0:
                shown = monotonic()
            if monotonic() - (begin if self._server.alone else shown) > _GIVE_UP_AFTER:
                self._give_up()
            pause = min(2 * pause, _LONGEST_PAUSE)
        else:
            if not self.ended.is_set():
                _log.warning("a statement does not end, although it was terminated again and again: %s", self.tag)
        self.ended.set()

    def _give_up(self) -> None:
        if self._pool and not self._given_up:
            self._given_up = True
            self._server.give_up(self._pool)
