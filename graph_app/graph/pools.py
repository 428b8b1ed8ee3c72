"""Connections for reading, with the workers who wait on them: those of everybody, and lines apart.

The driver waits for ever on a connection that has fallen silent; closing the driver is all that wakes who waits there.
Connections of everybody are therefore left first, for new ones with new workers, and closed once nobody waits any more
for what was asked on them.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Timer
from time import monotonic
from typing import TYPE_CHECKING, Any

import neo4j

from graph_app.graph.pulse import Pulse

if TYPE_CHECKING:
    from graph_app.graph.server import Server
    from graph_app.graph.stopping import Statement


class Pool:
    """Connections, and the workers who wait on them.

    Parameters
    ----------
    driver
        The connections.
    size
        How many workers there are.
    name
        How their threads are called.

    Attributes
    ----------
    held
        The statements that were given to these workers and have not ended.
    closed
        Whether nothing can be asked here any more.

    """

    def __init__(self, driver: neo4j.Driver, size: int, name: str) -> None:
        self.driver = driver
        self.workers = ThreadPoolExecutor(size, thread_name_prefix=name)
        self.held: set[Statement] = set()
        self.closed = False
        self._later: Timer | None = None

    def press(self) -> None:
        """Stop what workers wait for although its time is over: somebody has waited for a worker in vain."""
        now = monotonic()
        for one in tuple(self.held):
            if one.begun and one.until < now:
                one.stop()

    def leave(self) -> None:
        """Close this once nobody waits here any more."""
        until = max((one.until for one in tuple(self.held) if not one.stopped), default=0)
        self._later = Timer(max(until - monotonic(), 0), self.close)
        self._later.daemon = True
        self._later.start()

    def close(self) -> None:
        """Close the connections, which wakes all who wait on them; what is still in the queue fails at once."""
        self.closed = True
        if self._later:
            self._later.cancel()
        self.driver.close()
        self.workers.shutdown(wait=False)


class Line:
    """One connection with one worker, to be given up if the server never answers on it.

    Parameters
    ----------
    server
        Which stops what runs here, through its own connections.
    driver
        It has the connection.

    """

    alone = True

    def __init__(self, server: "Server", driver: neo4j.Driver) -> None:
        self._server = server
        self.pool = Pool(driver, 1, "gate")
        self.lost = False

    @property
    def pulse(self) -> Pulse | None:
        """What tells whether the server answers at all."""
        return self._server.pulse

    @property
    def reading(self) -> dict[str, Any]:
        """The options of sessions that read."""
        return self._server.reading

    def enter(self, statement: "Statement") -> Pool:
        """Return where ``statement`` is asked."""
        self.pool.held.add(statement)
        return self.pool

    def stop(self, database: str, tag: str) -> int:
        """End the transactions with this tag, as ``Server.stop`` does."""
        return self._server.stop(database, tag)

    def give_up(self, _pool: Pool) -> None:
        """Close the connection under whoever waits on it, which wakes him."""
        self.lost = True
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._server.lines.discard(self)
        self.pool.close()
