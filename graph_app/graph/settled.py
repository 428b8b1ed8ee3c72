"""Readers who may not see everything, and loads: what is confidential is marked at the end of a load, and not before.

While one is at work, or was cut off, such a reader is answered nothing; nor is what was read while one began. A load
that said as it began that neither it nor the graph has anything confidential is no reason to wait; one that said
nothing is.
"""

from collections.abc import Callable
from time import monotonic, sleep

from graph_app.errors import N_, StoreError
from graph_app.graph.reading import Limits, Reading
from graph_app.graph.server import Server
from graph_app.graph.statements import statement

_PATIENCE = 3.0  # seconds that a reader waits for a load
_PAUSE = 0.1
_SECONDS = 5.0


class LoadingError(StoreError):
    """A load is at work, and the reader may not see everything."""


def settled(server: Server, database: str) -> Callable[[], None]:
    """Wait until no load is at work that not all may watch; return what raises LoadingError if one began since.

    Raises
    ------
    LoadingError
        If one goes on that brings what is confidential, or was cut off.

    """
    until = monotonic() + _PATIENCE
    while not (found := _loads(server, database))[0]:
        if monotonic() > until:
            raise _loading()
        sleep(_PAUSE)

    def still() -> None:
        if _loads(server, database) != found:
            raise _loading()

    return still


def _loads(server: Server, database: str) -> tuple[object, ...]:
    """Return whether no load is at work that not all may watch, and how many such there were."""
    reply = Reading(server, database).run(statement("settled"), {}, Limits(1, _SECONDS))
    return reply.rows[0]


def _loading() -> LoadingError:
    return LoadingError(
        N_("Data are being loaded. Until that has ended they are shown only to who may see everything.")
    )
