"""A look into the application database in plain SQL, without the machinery that changes it: 20 MB and a quarter second.

It is for those who most often find that there is nothing to do, and for the line of the audit that says that they
looked. Where the database is not a SQLite file with the tables of this version, they go the usual way.
"""

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from graph_app.database.lines import EMPTY, fitting
from graph_app.settings import Settings

FILE = "peyvand.db"
_STEPS = Path(__file__).with_name("migrations") / "versions"
_PATIENCE = 10.0  # seconds
_COLUMNS = "SELECT name, type FROM pragma_table_info('audit') WHERE name <> 'id'"


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
    if (file := _file(settings)) is None:
        yield None
        return
    with closing(_connection(file)) as connection:
        connection.execute("PRAGMA query_only=ON")
        yield Glance(connection) if _begun(connection) else None


def jotted(settings: Settings, line: Mapping[str, Any]) -> bool:
    """Add ``line`` to the audit, as the journal does; return whether that could be done so, and was.

    Where lines go after some days the journal has to write it: it also removes what is too old.
    """
    file = None if settings.number("PEYVAND_AUDIT_DAYS") else _file(settings)
    if file is None:
        return False
    try:
        with closing(_connection(file)) as connection:
            if not _begun(connection, "BEGIN IMMEDIATE"):
                return False
            types = dict(connection.execute(_COLUMNS).fetchall())
            row = {name: _kept(value, types[name]) for name, value in {**EMPTY, **line, "at": _moment()}.items()}
            names, places = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
            connection.execute(f"INSERT INTO audit ({names}) VALUES ({places})", tuple(row.values()))  # noqa: S608
            connection.execute("COMMIT")
    except sqlite3.Error:
        return False
    return True


def newest() -> str:
    """Return the number of the last step of the migrations, as the tables keep it."""
    return max(path.name[1:5] for path in _STEPS.glob("m[0-9][0-9][0-9][0-9]_*.py"))


def _file(settings: Settings) -> Path | None:
    file = settings.home / FILE
    return None if settings.secret("PEYVAND_DATABASE") or not file.is_file() else file


def _connection(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None)


def _begun(connection: sqlite3.Connection, how: str = "BEGIN") -> bool:
    """Hold one state of the database; return whether its tables are those of this version."""
    try:
        connection.execute(how)
        return bool(connection.execute("SELECT version_num FROM alembic_version").fetchone() == (newest(),))
    except sqlite3.Error:
        return False


def _moment() -> str:
    """Return this moment as a SQLite table keeps it: in UTC, without the zone."""
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def _kept(value: object, type_: str) -> object:
    """Return a value of a line as a column of ``type_`` keeps it: documents as text, texts as wide as it."""
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    width = re.search(r"\d+", type_)
    return fitting(value, int(width[0]) if width else None)
