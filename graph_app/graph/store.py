"""The one place that talks to Neo4j for reading: sessions in READ mode, a limit on time and size, plain results."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import neo4j

from graph_app.confidentiality import HIGHEST, Clearance
from graph_app.errors import N_, GateError, StoreError
from graph_app.graph.asked import note
from graph_app.graph.bookmarks import Board
from graph_app.graph.pulse import Pulse
from graph_app.graph.reading import Limits, Reading, Reply
from graph_app.graph.results import Subgraph, Table, plain_rows, subgraph
from graph_app.graph.server import Server, connect, translated
from graph_app.graph.streaming import Stream

if TYPE_CHECKING:
    from graph_app.graph.guard import Gate

__all__ = ["Store", "connect", "translated"]
_OLDEST = (5, 26)


class Store:
    """A Neo4j database, opened for reading.

    Parameters
    ----------
    server
        Where Neo4j is reached; the store closes it.
    database
        Name of the database; always passed on, which saves a round trip.
    rows, elements
        Most rows of a table and most entities of a picture.
    seconds
        Most seconds that one question may take.
    clearance
        What its reader may see. Whatever is asked here is answered as if there were nothing else.
    settled
        Whether a reader who may not see everything waits for loads, at whose end it is known what is confidential.

    """

    def __init__(
        self,
        server: Server,
        database: str,
        *,
        rows: int = 1000,
        elements: int = 300,
        seconds: float = 10,
        clearance: Clearance = HIGHEST,
        settled: bool = True,
    ) -> None:
        self.server = server
        self.database = database
        self.rows = rows
        self.elements = elements
        self.seconds = seconds
        self.clearance = clearance
        self._waits = settled and clearance < HIGHEST

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self.server.close()

    def watch(self) -> Pulse:
        """From now on let nobody wait for a server that does not answer at all; return what tells it."""
        return self.server.watch(self.database)

    def share(self, board: Board) -> None:
        """Leave on ``board`` what is written here, and wait for what others left there; of use in a cluster only."""
        self.server.written.board = board

    @property
    def driver(self) -> neo4j.Driver:
        """The driver of those who write."""
        return self.server.driver

    def session(self) -> neo4j.Session:
        """Return a session of those who write."""
        return self.driver.session(database=self.database, **self.server.writing)

    def seen_with(self, clearance: Clearance) -> "Store":
        """Return this database as a reader of ``clearance`` sees it; nobody is shown more than this store shows."""
        return self if clearance >= self.clearance else self._with(clearance)

    def read_while_loading(self, clearance: Clearance) -> "Store":
        """Return this database as a reader of ``clearance`` sees it, for the load that derives what that is."""
        return self._with(clearance, settled=False)

    def whole(self) -> "Store":
        """Return this database as who may see everything sees it: for what shows nothing of it to anybody."""
        return self if self.clearance == HIGHEST else self._with(HIGHEST)

    def _with(self, clearance: Clearance, *, settled: bool = True) -> "Store":
        limits: dict[str, Any] = {"rows": self.rows, "elements": self.elements, "seconds": self.seconds}
        return Store(self.server, self.database, clearance=clearance, settled=settled, **limits)

    def visible(self, query: str) -> str:
        """Return ``query`` as it is sent: so that it finds nothing but what the reader may see.

        Raises
        ------
        StatementError
            If the reader may not see everything and ``query`` cannot be read well enough.

        """
        if self.clearance == HIGHEST:
            return query
        from graph_app.graph.visible import visible  # noqa: PLC0415 - who may see all does not need it

        return visible(query, self.clearance)

    def table(
        self,
        query: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        rows: int | None = None,
        seconds: float | None = None,
    ) -> Table:
        """Return the rows of a read-only ``query``.

        One row more than the limit is fetched, so that ``cut`` is known and not guessed.

        Parameters
        ----------
        query
            Cypher. Values go into ``parameters``, never into the text.
        parameters
            Values of the ``$names`` in the query.
        rows, seconds
            Limits that replace the store's own.

        Raises
        ------
        TimeLimitError
            If the server does not answer in time, whatever the reason.
        StoreError
            If the server refuses the query or cannot be reached.

        """
        return self.begin(query, parameters, rows=rows, seconds=seconds)()

    def begin(
        self,
        query: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        rows: int | None = None,
        seconds: float | None = None,
    ) -> Callable[[], Table]:
        """Ask as ``table`` does, without waiting; what is returned waits for the rows. Errors come there."""
        note(query, parameters or {})
        limits, still = Limits(rows or self.rows, seconds or self.seconds), self._still()
        taken = Reading(self.server, self.database).begin(self.visible(query), parameters or {}, limits)

        def rows_of() -> Table:
            reply = taken(None)
            still()
            return Table(reply.columns, plain_rows(reply.rows), bool(reply.cut))

        return rows_of

    def subgraph(
        self,
        query: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        elements: int | None = None,
        seconds: float | None = None,
    ) -> Subgraph:
        """Return the entities and ties in the rows of a read-only ``query``, each once.

        Parameters and errors as for ``table``; ``elements`` limits the entities.
        """
        limit = elements or self.elements
        reply = self._read(query, parameters or {}, 20 * limit, seconds or self.seconds)
        found = subgraph(plain_rows(reply.rows), limit)
        return Subgraph(found.nodes, found.ties, found.cut or bool(reply.cut))

    def stream(
        self,
        query: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        rows: int,
        seconds: float,
    ) -> Stream:
        """Return the rows of a read-only ``query`` in batches. Parameters and errors as for ``Stream``."""
        note(query, parameters or {})
        limits: dict[str, Any] = {"rows": rows, "seconds": seconds, "still": self._still()}
        return Stream(self.server, self.database, self.visible(query), parameters or {}, **limits)

    @cached_property
    def gate(self) -> "Gate":
        """The gate for statements that nobody has reviewed; for a reader who may see everything, else GateError."""
        if self.clearance < HIGHEST:
            raise GateError(N_("Free-hand Cypher is for those who may see everything."))
        from graph_app.graph.guard import Gate  # noqa: PLC0415 - only who asks free-hand needs its rules

        return Gate(self.server, self.database, rows=self.rows, seconds=self.seconds)

    @cached_property
    def version(self) -> str:
        """Version of the server, such as ``5.26.30``."""
        rows = self.table("CALL dbms.components() YIELD versions RETURN versions[0] AS version").rows
        return str(rows[0][0])

    def check(self) -> None:
        """Refuse a server that cannot be used.

        Raises
        ------
        StoreError
            If it is older than 5.26, cannot be reached or does not accept the password.

        """
        found = tuple(int(part) for part in self.version.split("-")[0].split(".")[:2])
        if found < _OLDEST:
            message = N_("The Neo4j server has version %(version)s; Peyvand needs 5.26 or later. Upgrade the server.")
            raise StoreError(message, version=self.version)

    def _read(self, query: str, parameters: Mapping[str, Any], rows: int, seconds: float) -> Reply:
        note(query, parameters)
        still = self._still()
        reply = Reading(self.server, self.database).run(self.visible(query), parameters, Limits(rows, seconds))
        still()
        return reply

    def _still(self) -> Callable[[], None]:
        """Wait until no load is at work; return what refuses an answer if one began meanwhile."""
        if not self._waits:
            return lambda: None
        from graph_app.graph.settled import settled  # noqa: PLC0415 - who may see all does not need it

        return settled(self.server, self.database)
