"""The canary: what a server does with statements that it should refuse, tried on itself before anybody asks free-hand.

Nothing is taken from configuration or version: each check does the thing. Nothing is left behind either: writes are
tried in a transaction that is rolled back, addresses are of this machine, or set aside for documentation (RFC 5737,
RFC 3849), where nobody listens.
"""

import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Thread
from time import monotonic

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from graph_app.errors import N_, PeyvandError, StoreError, TimeLimitError
from graph_app.graph.reading import GoneError, Limits, Reading
from graph_app.graph.server import Server
from graph_app.graph.statements import statement

_WITHIN = 10.0  # seconds for one check
_RUNAWAY_SECONDS = 0.5
_STOPPED_WITHIN = 10.0
_REFUSED = "Neo.ClientError.Statement.AccessMode"
_FORBIDDEN = "Neo.ClientError.Security."
_BLOCKED = ("cypher_ip_blocklist", "allow_csv_import_from_file_urls")  # the settings that the server's message names
_ELSEWHERE = ("http://192.0.2.1/", "http://[2001:db8::1]/")


@dataclass(frozen=True)
class Check:
    """One check: what it is called, and, if it failed, why and which setting of the server mends it."""

    name: str
    problem: PeyvandError | None = None

    @property
    def passed(self) -> bool:
        """Whether the server did as it should."""
        return self.problem is None


@dataclass(frozen=True)
class Status:
    """Whether free-hand asking is open: ``unknown`` before the checks have run, then ``open`` or ``shut``."""

    state: str = "unknown"
    checks: Sequence[Check] = ()

    @property
    def problems(self) -> list[PeyvandError]:
        """Why it is shut."""
        return [check.problem for check in self.checks if check.problem]


def look(server: Server, database: str) -> Status:
    """Return what the checks find; one that cannot be done has failed."""
    checks = [_made(name, work, server, database) for name, work in _CHECKS.items()]
    return Status("open" if all(check.passed for check in checks) else "shut", tuple(checks))


def _made(name: str, work: Callable[[Server, str], PeyvandError | None], server: Server, database: str) -> Check:
    try:
        return Check(name, work(server, database))
    except PeyvandError as error:
        return Check(name, error)
    except (Neo4jError, DriverError, OSError, RuntimeError) as error:
        reason = str(error) or type(error).__name__
        return Check(name, StoreError(N_("The server could not be checked: %(reason)s"), reason=reason))


def _writes(server: Server, database: str) -> PeyvandError | None:
    """Look whether writes in a reading session are refused, also where there would be nothing to write."""
    for name in ("canary_create", "canary_merge", "canary_set"):
        pool = server.pool
        job = pool.workers.submit(_refuses, pool.driver, database, name)
        if not job.result(_WITHIN):
            return StoreError(N_("The server takes writes in a session that only reads. Use one that refuses them."))
    return None


def _refuses(driver: neo4j.Driver, database: str, name: str) -> bool:
    """Try a write and take it back; return whether it was refused for being one."""
    with driver.session(database=database, default_access_mode=neo4j.READ_ACCESS) as session:
        transaction = session.begin_transaction(timeout=_WITHIN)
        try:
            transaction.run(statement(name)).consume()
        except Neo4jError as error:
            if error.code and (error.code == _REFUSED or error.code.startswith(_FORBIDDEN)):
                return True
            raise
        finally:
            with suppress(Neo4jError, DriverError):
                transaction.rollback()
    return False


def _network(server: Server, database: str) -> PeyvandError | None:
    """Look whether LOAD CSV is refused before it looks for an address, and a listener of our own hears nothing."""
    with _listener() as (port, heard):
        here = (f"http://127.0.0.1:{port}/", f"http://[::1]:{port}/", f"ftp://127.0.0.1:{port}/")
        reached = next((url for url in (*here, *_ELSEWHERE) if heard or not _blocked(server, database, url)), None)
    if reached is None and not heard:
        return None
    message = N_(
        "LOAD CSV could reach the network (%(url)s). Set internal.dbms.cypher_ip_blocklist=0.0.0.0/0,::/0 at the"
        " server, or deny LOAD to this user."
    )
    return StoreError(message, url=reached or here[0])


def _files(server: Server, database: str) -> PeyvandError | None:
    """Look whether LOAD CSV is refused before it looks for a file."""
    if _blocked(server, database, "file:///peyvand-canary.csv"):
        return None
    message = N_(
        "LOAD CSV could read files of the server. Set dbms.security.allow_csv_import_from_file_urls=false there, or"
        " deny LOAD to this user."
    )
    return StoreError(message)


def _blocked(server: Server, database: str, url: str) -> bool:
    """Return whether the server says that it may not, and not only that it could not."""
    try:
        Reading(server, database).run(statement("canary_load"), {"url": url}, Limits(1, _WITHIN))
    except TimeLimitError:
        return False
    except StoreError as error:
        cause = error.__cause__
        told = f"{getattr(cause, 'code', '')} {getattr(cause, 'message', '')}"
        return isinstance(cause, Neo4jError) and (_FORBIDDEN in told or any(word in told for word in _BLOCKED))
    return False


def _stops(server: Server, database: str) -> PeyvandError | None:
    """Look whether a statement that takes too long ends when it is told to, by us and not by its own limit."""
    reading = Reading(server, database)
    begin = monotonic()
    waited = lambda: monotonic() - begin > _RUNAWAY_SECONDS  # noqa: E731
    with suppress(GoneError):
        reading.run(statement("canary_runaway"), {}, Limits(1, 60), gone=waited)
        return StoreError(N_("The check that stops a statement has found none to stop."))
    if reading.ended.wait(_STOPPED_WITHIN):
        return None
    return StoreError(
        N_("A statement could not be stopped. Let this user SHOW and TERMINATE TRANSACTIONS at the server.")
    )


@contextmanager
def _listener() -> Iterator[tuple[int, list[object]]]:
    """Give a port of this machine, and who has called it."""
    heard: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = Thread(target=_listen, args=(server, heard), name="canary", daemon=True)
        thread.start()
        yield server.getsockname()[1], heard
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
    thread.join(1)


def _listen(server: socket.socket, heard: list[object]) -> None:
    with suppress(OSError):
        while True:
            caller, address = server.accept()
            heard.append(address)
            caller.close()


_CHECKS = {
    N_("writes are refused"): _writes,
    N_("LOAD CSV reaches no address"): _network,
    N_("LOAD CSV reads no file"): _files,
    N_("what takes too long is stopped"): _stops,
}
