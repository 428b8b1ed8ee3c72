"""A look into the application database in plain SQL, without the machinery that changes it: 20 MB and a quarter second.

It is for those who most often find that there is nothing to do. Where the database is not a SQLite file with the tables
of this version, there is no glance, and they go the usual way.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from graph_app.settings import Settings

FILE = "peyvand.db"
_STEPS = Path(__file__).with_name("migrations") / "versions"
_PATIENCE = 10.0  # seconds


class Glance:
    """One state of the database, to be asked."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Return the rows that ``statement`` finds."""
        return self._connection.execute(statement, parameters).fetchall()

    def one(self, statement: str, *parameters: object) -> tuple[Any, ...] | None:
        """Return the first row that ``statement`` finds; None if there is none."""
        return next(iter(self.rows(statement, *parameters)), None)


@contextmanager
def glance(settings: Settings) -> Iterator[Glance | None]:
    """Give a glance at the application database of ``settings``; None if it has to be opened the usual way."""
    file = settings.home / FILE
    if settings.secret("PEYVAND_DATABASE") or not file.is_file():
        yield None
        return
    with closing(sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None)) as connection:
        connection.execute("PRAGMA query_only=ON")
        yield Glance(connection) if _begun(connection) else None


def newest() -> str:
    """Return the number of the last step of the migrations, as the tables keep it."""
    return max(path.name[1:5] for path in _STEPS.glob("m[0-9][0-9][0-9][0-9]_*.py"))


def _begun(connection: sqlite3.Connection) -> bool:
    """Hold one state of the database; return whether its tables are those of this version."""
    try:
        connection.execute("BEGIN")
        return bool(connection.execute("SELECT version_num FROM alembic_version").fetchone() == (newest(),))
    except sqlite3.Error:
        return False
