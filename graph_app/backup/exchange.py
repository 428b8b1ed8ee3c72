"""The tables of a backup, built beside those in use, proved, and then put in their place all at once."""

import sqlite3
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, text

from graph_app.backup import tables
from graph_app.backup.archive import Archive
from graph_app.database import Database
from graph_app.database.connection import connect
from graph_app.database.glance import newest
from graph_app.database.migration import migrate, move
from graph_app.errors import N_, BackupError

_OTHERS = """
SELECT count(*) FROM pg_stat_activity a
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
  AND NOT EXISTS (SELECT FROM pg_locks l WHERE l.pid = a.pid AND l.locktype = 'advisory' AND l.granted)
"""
_SUFFIXES = ("", "-wal", "-shm", "-journal")


def in_use(database: Database) -> bool:
    """Return whether another program has the database open."""
    url = database.engine.url
    if url.get_backend_name() != "sqlite":
        database.close()  # our own other connections; the one with the lock of those who load stays
        with database.engine.connect() as connection:
            return bool(connection.scalar(text(_OTHERS)))
    file = Path(str(url.database))
    if not file.exists():
        return False
    database.close()
    with closing(sqlite3.connect(file, timeout=0.5, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            return True
        return False


class Staged:
    """The tables of ``archive``, ready for ``database``: for SQLite in a file beside it, for PostgreSQL not yet."""

    def __init__(self, database: Database, archive: Archive) -> None:
        self._database, self._archive = database, archive
        self._file: Path | None = None
        if database.engine.url.get_backend_name() == "sqlite":
            self._file = Path(f"{database.engine.url.database}.restoring")

    def __enter__(self) -> Self:
        if self._file:
            self._remove()  # of one that was cut off
            url = self._database.engine.url.set(database=str(self._file))
            migrate(url, self._archive.manifest.revision)
            engine = connect(url, migrating=True)
            try:
                with engine.execution_options(writes=True).begin() as connection:
                    _fill(connection, self._archive)
            finally:
                engine.dispose()
            migrate(url)
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        self._remove()

    def exchange(self) -> None:
        """Put the tables in the place of those that are there: all of them, or none."""
        self._database.close()
        if self._file:
            _copy(self._file, Path(str(self._database.engine.url.database)))
        else:
            _renew(self._database.engine, self._archive)

    def _remove(self) -> None:
        for suffix in _SUFFIXES if self._file else ():
            Path(f"{self._file}{suffix}").unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    """Copy one SQLite file over another in one transaction of SQLite; a copy that is cut off leaves the old one."""
    with closing(sqlite3.connect(source)) as staged, closing(sqlite3.connect(target, timeout=5)) as live:
        try:
            staged.backup(live)
        except sqlite3.Error as error:
            message = N_("The application database %(file)s cannot be replaced: %(reason)s.")
            raise BackupError(message, file=target, reason=str(error)) from error


def _renew(engine: Engine, archive: Archive) -> None:
    """Make the tables anew in one transaction, which PostgreSQL can."""
    with engine.begin() as connection:
        if tables.revision(connection):
            move(connection, "base", down=True)
        move(connection, archive.manifest.revision)
        _fill(connection, archive)
        move(connection, newest())


def _fill(connection: Connection, archive: Archive) -> None:
    """Fill the tables and prove that they hold what was saved."""
    found = {table.name: table for table in tables.tables(connection)}
    if found.keys() != archive.manifest.tables.keys():
        raise archive.broken("tables")
    for name, table in found.items():
        tables.fill(connection, table, archive.lines(f"tables/{name}.jsonl"))
        if tables.mark(connection, table) != archive.manifest.tables[name]:
            raise archive.broken(f"tables/{name}")
    tables.settled(connection)
