"""Readers who may not see everything, and loads: what is confidential is marked at the end of a load, and not before.

While one is at work, or was cut off, such a reader is answered nothing; nor is what was read while one began.
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
    """Wait until no load is at work; return what raises LoadingError if one began since.

    Raises
    ------
    LoadingError
        If one goes on, or was cut off.

    """
    until = monotonic() + _PATIENCE
    while (found := _loads(server, database))[0] is not None:
        if monotonic() > until:
            raise _loading()
        sleep(_PAUSE)

    def still() -> None:
        if _loads(server, database) != found:
            raise _loading()

    return still


def _loads(server: Server, database: str) -> tuple[object, ...]:
    """Return which load is at work, and how many there were."""
    reply = Reading(server, database).run(statement("settled"), {}, Limits(1, _SECONDS))
    return reply.rows[0]


def _loading() -> LoadingError:
    return LoadingError(
        N_("Data are being loaded. Until that has ended they are shown only to who may see everything.")
    )
