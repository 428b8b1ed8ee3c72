"""A lock that all processes share through the application database, and that frees itself when its holder dies.

PostgreSQL has advisory locks, which end with their connection. For SQLite a small file beside the database is kept
locked by a transaction that stays open; the kernel ends that with the process.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from graph_app.errors import FullError, no_room

if TYPE_CHECKING:
    from graph_app.database import Database

_LOADING = 0x5065_7977  # beside the number of the migrations


@contextmanager
def alone(database: "Database") -> Iterator[bool]:
    """Give True, and be the only one until the end of the ``with``; or give False at once if somebody else is."""
    url = database.engine.url
    hold = _postgresql(database) if url.get_backend_name() == "postgresql" else _sqlite(Path(f"{url.database}.lock"))
    with hold as held:
        yield held


@contextmanager
def _postgresql(database: "Database") -> Iterator[bool]:
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        held = bool(connection.scalar(select(func.pg_try_advisory_lock(_LOADING))))
        try:
            yield held
        finally:
            if held:  # the connection goes back to its pool, which would keep the lock
                connection.scalar(select(func.pg_advisory_unlock(_LOADING)))


@contextmanager
def _sqlite(path: Path) -> Iterator[bool]:
    path.touch(mode=0o600)
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if no_room(error):
                raise FullError from error  # and nobody else is loading
            yield False
        else:
            yield True
