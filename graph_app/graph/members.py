"""The members of a cluster one by one: a transaction is shown, and can be ended, only by the member that runs it."""

from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from graph_app.graph.statements import statement

_DIRECT = {"neo4j": "bolt", "neo4j+s": "bolt+s", "neo4j+ssc": "bolt+ssc"}


def routed(uri: str) -> bool:
    """Return whether ``uri`` names a cluster whose members the driver chooses among."""
    return urlsplit(uri).scheme in _DIRECT


def direct(uri: str, member: str) -> str:
    """Return the address of one ``member`` (host and port) of the cluster at ``uri``, with the same encryption."""
    return urlunsplit((_DIRECT[urlsplit(uri).scheme], member, "", "", ""))


def terminated(control: neo4j.Driver, database: str, tag: str) -> int:
    """End the transactions with this tag at one server; return how many there still were."""
    with control.session(database=database) as session:
        record = session.run(statement("stop"), {"tag": tag}).single()
        return int(record["found"]) if record else 0


class Members:
    """The members of the cluster at ``uri``; ``opened`` opens a driver for one address."""

    def __init__(self, uri: str, opened: Callable[[str], neo4j.Driver]) -> None:
        self._uri, self._opened = uri, opened

    def terminated(self, control: neo4j.Driver, database: str, tag: str) -> int:
        """End the transactions with this tag wherever they run; return how many there still were.

        A member that is away runs nothing that anybody waits for, so it is passed over if another one answers.
        """
        found, problem, answered = 0, None, False
        for address in self._addresses(control, database):
            try:
                with self._opened(direct(self._uri, address)) as member:
                    found += terminated(member, database, tag)
                answered = True
            except (Neo4jError, DriverError, OSError) as error:
                problem = error
        if problem and not answered:
            raise problem
        return found

    def _addresses(self, control: neo4j.Driver, database: str) -> list[str]:
        with control.session(database=database, default_access_mode=neo4j.READ_ACCESS) as session:
            rows = session.run(statement("members"), {"database": database})
            return sorted({address for row in rows for address in row["addresses"]})
