"""One statement on its way through the gate: its text, its plan, its run, and one time limit for all of that."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from time import monotonic
from typing import Any

import neo4j
from neo4j.exceptions import ClientError

from graph_app.errors import N_, StatementError, StoreError, TimeLimitError
from graph_app.graph.guard import depth, growth, loops, patterns, plan, text
from graph_app.graph.guard.places import Place
from graph_app.graph.guard.plan import Plan, Step
from graph_app.graph.reading import Limits, Reading, Reply
from graph_app.graph.server import LATE

SIZE = 16_000_000  # bytes of one answer
_EXPLAIN = "EXPLAIN\n"  # a line of its own, so that columns stay what they are
_PLACE = re.compile(r"\s*\(line (\d+), column (\d+) \(offset: \d+\)\).*", re.DOTALL)
_OF_THE_STATEMENT = ("Neo.ClientError.Statement.", "Neo.ClientError.Procedure.")


class Passage:
    """One statement that nobody has reviewed. Its time runs from here on.

    Parameters
    ----------
    statement, parameters
        Cypher and the values of its ``$names``.
    seconds
        The time for everything.
    gone
        Asked while the server works: whether nobody waits for the answer any more.

    Raises
    ------
    StatementError
        If the text alone refuses it.

    """

    def __init__(
        self,
        statement: str,
        parameters: Mapping[str, Any],
        seconds: float,
        gone: Callable[[], bool] | None = None,
    ) -> None:
        self._statement = statement = text.unescaped(statement)
        self._parameters = parameters
        self._seconds = seconds
        self._end = monotonic() + seconds
        self._gone = gone
        self._tokens = text.check(statement)
        depth.check(statement, self._tokens)
        depth.check_values(parameters)
        loops.check(statement, self._tokens, parameters)
        patterns.check(statement, self._tokens, parameters)
        growth.check(statement, self._tokens, parameters)

    def left(self) -> float:
        """Return the seconds that are left.

        Raises
        ------
        TimeLimitError
            If there are none.

        """
        left = self._end - monotonic()
        if left <= 0:
            raise TimeLimitError(LATE, seconds=f"{self._seconds:g}")
        return left

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Name the whole time when it is over, and not what was left of it for one step."""
        try:
            yield
        except TimeLimitError as error:
            raise TimeLimitError(LATE, seconds=f"{self._seconds:g}") from error

    def planned(self, place: Place, database: str, functions: frozenset[str]) -> Plan:
        """Return the server's plan, if that only reads with these functions."""
        reading = Reading(place.line, database)
        reply = self._read(place, reading, _EXPLAIN, Limits(1, self.left()))
        if reply.summary is None or reply.summary.plan is None:
            raise StatementError(N_("The server does not say what the statement would do."))
        planned = Plan(str(reply.summary.query_type), reply.columns, Step.of(reply.summary.plan))
        plan.check(planned, functions)
        plan.check_calls(self._statement, self._tokens, functions)
        return planned

    def run(self, place: Place, database: str, rows: int, after: Callable[[neo4j.ResultSummary], None]) -> Reply:
        """Return the answer, which ``planned`` has let through."""
        reading = Reading(place.line, database, after=after)
        return self._read(place, reading, "", Limits(rows, self.left(), SIZE))

    def _read(self, place: Place, reading: Reading, prefix: str, limits: Limits) -> Reply:
        """Return a reply; what the server does not understand is told as such, and not as its failure."""
        place.readings.append(reading)
        try:
            return reading.run(prefix + self._statement, self._parameters, limits, gone=self._gone)
        except StoreError as error:
            cause = error.__cause__
            if isinstance(error, TimeLimitError) or not isinstance(cause, ClientError):
                raise
            if prefix or str(cause.code).startswith(_OF_THE_STATEMENT):
                raise _misunderstood(str(cause.message), prefix.count("\n")) from error
            raise


def _misunderstood(message: str, before: int) -> StatementError:
    """Return the server's refusal of a statement, with its place, ``before`` which we have put so many lines."""
    place = _PLACE.search(message)
    why = N_("Neo4j does not take this: %(reason)s")
    if not place:
        return StatementError(why, reason=message)
    return StatementError(why, line=int(place[1]) - before, column=int(place[2]), reason=message[: place.start()])
