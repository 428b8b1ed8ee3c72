"""The one place that talks to Neo4j for reading: sessions in READ mode, a limit on time and size, plain results."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as LateError
from functools import cached_property
from typing import Any, Self, TypeVar

import neo4j
from neo4j.exceptions import AuthError, ClientError, DriverError, Neo4jError, ServiceUnavailable

from graph_app import __version__
from graph_app.errors import N_, StoreError, TimeLimitError
from graph_app.graph.results import Subgraph, Table, plain, subgraph

T = TypeVar("T")
_OLDEST = (5, 26)
_GRACE = 1.0  # seconds that a server gets to say itself that the time is up
_TIMED_OUT = "Neo.ClientError.Transaction.TransactionTimedOut"


class Store:
    """A Neo4j database, opened for reading.

    Parameters
    ----------
    driver
        Open driver; the store closes it.
    database
        Name of the database; always passed on, which saves a round trip.
    rows, elements
        Most rows of a table and most entities of a picture.
    seconds
        Most seconds that one question may take.

    """

    def __init__(
        self,
        driver: neo4j.Driver,
        database: str,
        *,
        rows: int = 1000,
        elements: int = 300,
        seconds: float = 10,
    ) -> None:
        self.driver = driver
        self.database = database
        self.rows = rows
        self.elements = elements
        self.seconds = seconds
        self._workers = ThreadPoolExecutor(max_workers=16, thread_name_prefix="store")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._workers.shutdown(wait=False, cancel_futures=True)
        self.driver.close()

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
        limit = rows or self.rows
        columns, fetched = self._within(query, parameters or {}, limit + 1, seconds or self.seconds)
        return Table(columns, fetched[:limit], len(fetched) > limit)

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
        _, fetched = self._within(query, parameters or {}, 20 * limit + 1, seconds or self.seconds)
        found = subgraph(fetched, limit)
        return Subgraph(found.nodes, found.ties, found.cut or len(fetched) > 20 * limit)

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

    def _within(
        self, query: str, parameters: Mapping[str, Any], fetch: int, seconds: float
    ) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """Run in a worker, because the driver itself waits for ever on a server that hangs."""
        job = self._workers.submit(self._run, query, parameters, fetch, seconds)
        try:
            return job.result(timeout=seconds + _GRACE)
        except LateError:
            job.cancel()
            raise TimeLimitError(_LATE, seconds=f"{seconds:g}") from None

    def _run(
        self, query: str, parameters: Mapping[str, Any], fetch: int, seconds: float
    ) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        text = neo4j.Query(query, timeout=seconds)

        def read() -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
            with self.driver.session(database=self.database, default_access_mode=neo4j.READ_ACCESS) as session:
                result = session.run(text, dict(parameters))
                columns = tuple(result.keys())
                return columns, [tuple(plain(value) for value in record.values()) for record in result.fetch(fetch)]

        return translated(read, seconds)


_LATE = N_("The question took longer than %(seconds)s seconds and was stopped. Narrow it down and ask again.")


def connect(uri: str, username: str, password: str) -> neo4j.Driver:
    """Return a driver with short waits, so that a server that is away is noticed in seconds.

    Raises
    ------
    StoreError
        If ``uri`` is not an address of a Neo4j server.

    """
    try:
        return neo4j.GraphDatabase.driver(
            uri,
            auth=(username, password),
            connection_timeout=5,
            connection_acquisition_timeout=10,
            max_transaction_retry_time=10,
            max_connection_lifetime=300,
            liveness_check_timeout=30,
            telemetry_disabled=True,
            user_agent=f"peyvand/{__version__}",
            notifications_min_severity="OFF",
        )
    except (DriverError, ValueError) as error:
        message = N_("NEO4J_URI “%(uri)s” is not an address of a Neo4j server (%(reason)s).")
        raise StoreError(message, uri=uri, reason=error) from error


def translated(work: Callable[[], T], seconds: float = 0) -> T:
    """Return what ``work`` returns, with the driver's errors as sentences for people."""
    try:
        return work()
    except AuthError as error:
        raise StoreError(N_("The Neo4j server does not accept this user name and password.")) from error
    except ServiceUnavailable as error:
        raise StoreError(N_("The Neo4j server cannot be reached: %(reason)s"), reason=error) from error
    except ClientError as error:
        if error.code and error.code.startswith(_TIMED_OUT):
            raise TimeLimitError(_LATE, seconds=f"{seconds:g}") from error
        raise StoreError(N_("The Neo4j server refuses: %(reason)s"), reason=error.message) from error
    except (Neo4jError, DriverError) as error:
        raise StoreError(N_("The Neo4j server failed: %(reason)s"), reason=error) from error
