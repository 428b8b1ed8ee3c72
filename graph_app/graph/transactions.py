"""One writing transaction, tried again for a while if the server is away or busy, but not if it refuses."""

import random
import time
from collections.abc import Callable, Iterator
from itertools import chain, repeat
from typing import TypeVar

import neo4j
from neo4j.exceptions import (
    AuthError,
    ClientError,
    CypherSyntaxError,
    DatabaseError,
    DriverError,
    Forbidden,
    IncompleteCommit,
    Neo4jError,
)

from graph_app.errors import StoreError
from graph_app.graph.pulse import AwayError

T = TypeVar("T")
PATIENCE = 60.0  # seconds within which the server must be back, from when it is known to be away
_PAUSES = (0.1, 0.2, 0.5, 1.0, 2.0, 4.0)
_OUT_OF_MEMORY = "MemoryPoolOutOfMemory"
_BROKEN = frozenset(
    {
        "Neo.DatabaseError.Transaction.TransactionLogError",  # as the disk fills up
        "Neo.DatabaseError.Transaction.TransactionStartFailed",  # from then on, until it is started again
    }
)


def persistent(opened: Callable[[], neo4j.Session], work: Callable[[neo4j.Transaction], T], seconds: float) -> T:
    """Return what ``work`` returns once its transaction is committed.

    Whether a commit came through is not known if the connection breaks in it; ``work`` runs again then, so it must
    itself find out whether it is done.

    Parameters
    ----------
    opened
        Opens a session where to write.
    work
        Is given an open transaction; if it raises, nothing of it is written.
    seconds
        Limit of the server for the transaction.

    Raises
    ------
    Neo4jError, DriverError
        If the server refuses, or is not back after ``PATIENCE``.

    """
    deadline, pauses = None, _pauses()
    while True:
        try:
            with opened() as session, session.begin_transaction(timeout=seconds) as open_:
                found = work(open_)
                open_.commit()
                return found
        except (Neo4jError, DriverError) as error:
            pause = next(pauses)
            deadline = deadline or time.monotonic() + PATIENCE  # a connection that fell silent is noticed after minutes
            if not _passes(error) or time.monotonic() + pause > deadline:
                raise
        time.sleep(pause)


def patiently(work: Callable[[], T]) -> T:
    """Return what ``work`` returns; it is begun again for a while if the server goes away in the middle of it.

    Raises
    ------
    StoreError
        If the server refuses, or is not back after ``PATIENCE``.

    """
    deadline, pauses = None, _pauses()
    while True:
        try:
            return work()
        except StoreError as error:
            pause = next(pauses)
            deadline = deadline or time.monotonic() + PATIENCE
            if not _away(error) or time.monotonic() + pause > deadline:
                raise
        time.sleep(pause)


def broken(error: Exception) -> bool:
    """Return whether the server takes nothing any more until it is started again, most often for a full disk."""
    return isinstance(error, Neo4jError) and error.code in _BROKEN


def refused(error: Exception) -> bool:
    """Return whether what was sent is at fault, or how much of it, and not the server or the moment."""
    if isinstance(error, AuthError | Forbidden | CypherSyntaxError) or broken(error):
        return False
    too_much = isinstance(error, Neo4jError) and _OUT_OF_MEMORY in (error.code or "")
    return too_much or isinstance(error, ClientError | DatabaseError | OverflowError | ValueError | TypeError)


def _away(error: StoreError) -> bool:
    cause = error.__cause__
    return isinstance(error, AwayError) or (isinstance(cause, Neo4jError | DriverError) and _passes(cause))


def _passes(error: Neo4jError | DriverError) -> bool:
    too_much = isinstance(error, Neo4jError) and _OUT_OF_MEMORY in (error.code or "")
    return not too_much and (error.is_retryable() or isinstance(error, IncompleteCommit) or broken(error))


def _pauses() -> Iterator[float]:
    """Yield growing pauses, each a little off, so that several who wait do not come back together."""
    for pause in chain(_PAUSES, repeat(_PAUSES[-1])):
        yield pause * random.uniform(0.7, 1.0)  # noqa: S311 - no secret
