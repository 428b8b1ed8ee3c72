"""Free-hand asking: the text, the plan, the caps, one run without a second try, and a look back at what it did."""

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as LateError
from dataclasses import dataclass
from functools import cached_property
from threading import Lock, Thread
from time import monotonic, perf_counter
from typing import Any

import neo4j

from graph_app.errors import N_, GateError, PeyvandError
from graph_app.graph.guard import canary, plan
from graph_app.graph.guard.canary import Check, Status
from graph_app.graph.guard.passage import Passage
from graph_app.graph.guard.places import Places
from graph_app.graph.guard.plan import Plan
from graph_app.graph.reading import Limits, Reading
from graph_app.graph.results import Subgraph, Table, plain, subgraph
from graph_app.graph.server import Server
from graph_app.graph.statements import statement as own

_CHECK_WITHIN = 10.0
_AGAIN_AFTER = 30.0  # seconds until a server that failed a check is looked at once more
_MANY = 10_000  # functions of a server
_log = logging.getLogger("peyvand.gate")


@dataclass(frozen=True)
class Found:
    """The answer to a free-hand statement: its rows, how long it took, and which limit cut it.

    Parameters
    ----------
    cut_by
        ``rows``, ``size``, or nothing if this is all.

    """

    table: Table
    seconds: float
    cut_by: str = ""

    def network(self, elements: int) -> Subgraph:
        """Return the entities and ties in the rows, each once, at most ``elements`` entities."""
        found = subgraph(self.table.rows, elements)
        return Subgraph(found.nodes, found.ties, found.cut or bool(self.cut_by))


class Gate:
    """The gate before one database. Any thread may ask.

    Parameters
    ----------
    server, database
        What is asked.
    rows, seconds
        Limits of one answer; who asks may set lower ones.

    """

    def __init__(self, server: Server, database: str, *, rows: int, seconds: float) -> None:
        self.rows = rows
        self.seconds = seconds
        self._server = server
        self._database = database
        self._places = Places(server.line)
        self._looking = Lock()
        self._looked: tuple[object, Status, float] = (None, Status(), 0)
        self._alarm: Check | None = None

    @property
    def status(self) -> Status:
        """What is known of the server, at once. If nothing is, finding it out is begun in the background."""
        status = self._looked[1]
        if status.state == "unknown":
            self.begin()
        return status

    def begin(self) -> None:
        """Check the server in the background, unless that is being done already."""
        if not self._looking.locked():
            Thread(target=self._checked_quietly, name="canary", daemon=True).start()

    def checked(self) -> Status:
        """Return whether the server passes the checks.

        They are made once per start of the database, and again after a while if one has failed: it may have been busy,
        or been given another setting.
        """
        with self._looking:
            started, (before, status, at) = self._started(), self._looked
            again = status.state == "shut" and not self._alarm and monotonic() - at > _AGAIN_AFTER
            if before != started or again:
                status = canary.look(self._server, self._database)
                self.__dict__.pop("_functions", None)  # a plugin may have come
                self._looked = (started, status, monotonic())
                for problem in status.problems:
                    _log.warning("free-hand asking stays shut: %s", problem)
            return self._looked[1]

    def inspect(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        user: str = "",
        seconds: float | None = None,
    ) -> Plan:
        """Return the server's plan of ``statement``, which does nothing but read this graph. Nothing is run.

        Raises
        ------
        StatementError
            If it does more, or the server does not understand it; with line and column where they are known.
        GateError
            If too much is being asked already.
        TimeLimitError
            If the server takes too long to plan it.
        StoreError
            If the server is away.

        """
        passage = Passage(statement, parameters or {}, min(seconds or self.seconds, self.seconds))
        with passage.timed(), self._places.taken(user) as place:
            return passage.planned(place, self._database, self._functions[0])

    def functions(self) -> list[str]:
        """Return the functions that a statement may use."""
        return sorted(self._functions[0])

    def foreign_functions(self) -> list[str]:
        """Return the functions that plugins have brought to the server; no free-hand statement may use them."""
        return sorted(self._functions[1])

    def ask(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        user: str = "",
        rows: int | None = None,
        seconds: float | None = None,
        gone: Callable[[], bool] | None = None,
    ) -> Found:
        """Return the answer to a statement that nobody has reviewed.

        Parameters
        ----------
        statement, parameters
            Cypher and the values of its ``$names``.
        user
            Who asks: so many at once are each user's own.
        rows, seconds
            Lower limits than the gate's own.
        gone
            Asked while the server works: whether nobody waits for the answer any more.

        Raises
        ------
        StatementError
            If it is refused.
        GateError
            If the server fails a check, or too much is being asked already.
        TimeLimitError
            If it takes too long.
        StoreError
            If it fails on the server.

        """
        passage = Passage(statement, parameters or {}, min(seconds or self.seconds, self.seconds), gone)
        self._refuse_shut(passage)
        begin = perf_counter()
        with passage.timed(), self._places.taken(user) as place:
            passage.planned(place, self._database, self._functions[0])
            reply = passage.run(place, self._database, min(rows or self.rows, self.rows), self._after)
        values = [tuple(plain(value) for value in row) for row in reply.rows]
        return Found(Table(reply.columns, values, bool(reply.cut)), perf_counter() - begin, reply.cut)

    def _refuse_shut(self, passage: Passage) -> None:
        job: Future[Status] = Future()
        Thread(target=self._check_into, args=(job,), name="canary", daemon=True).start()
        try:
            status = job.result(passage.left())
        except LateError:
            raise GateError(N_("The server is still being checked. Ask again in a moment.")) from None
        if status.state != "open":
            first = status.problems[0]
            raise GateError(first.message, **first.values)

    def _after(self, summary: neo4j.ResultSummary) -> None:
        """Shut the gate if a statement that was let through has not only read."""
        counters = summary.counters
        if summary.query_type == "r" and not counters.contains_updates and not counters.contains_system_updates:
            return
        problem = GateError(
            N_("A statement that was let through did not only read. Asking is shut; tell the developers.")
        )
        _log.critical("a statement was let through that did not only read: %s %s", summary.query_type, counters)
        self._alarm = Check(N_("what was let through only read"), problem)
        self._looked = (self._looked[0], Status("shut", (self._alarm,)), monotonic())
        raise problem

    @cached_property
    def _functions(self) -> tuple[frozenset[str], frozenset[str]]:
        """The functions that may be used, which are the server's own, and those that may not."""
        rows = self._rows("functions")
        foreign = frozenset(name for name, ours in rows if not ours)
        return frozenset(name for name, ours in rows if ours) - foreign - plan.allowed("never"), foreign

    def _started(self) -> object:
        """Return what tells one start of this database from another."""
        return tuple(self._rows("started", name=self._database))

    def _rows(self, statement: str, **parameters: object) -> list[tuple[Any, ...]]:
        limits = Limits(_MANY, _CHECK_WITHIN)
        return Reading(self._server, self._database).run(own(statement), parameters, limits).rows

    def _check_into(self, job: "Future[Status]") -> None:
        try:
            status = self.checked()
            self._functions  # noqa: B018 - so that nobody waits for them later
            job.set_result(status)
        except BaseException as error:  # noqa: BLE001 - it is raised where the answer is awaited
            job.set_exception(error)

    def _checked_quietly(self) -> None:
        try:
            self.checked()
        except PeyvandError as error:
            _log.warning("the server could not be checked: %s", error)
