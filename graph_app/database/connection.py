"""Which database, and how a connection to it is set up: SQLite in a file, or PostgreSQL at an address."""

import os
import sqlite3
import time
from contextlib import suppress
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool, QueuePool

from graph_app.database.glance import FILE
from graph_app.encryption import refuse_plain
from graph_app.errors import N_, DatabaseError, SettingError, no_room, reason_of
from graph_app.settings import Settings

_PATIENCE = 10.0  # seconds that a writer waits for another
_POSTGRESQL = {"postgresql", "postgres", "postgresql+psycopg"}
_ENCRYPTED = {"require", "verify-ca", "verify-full"}  # ways of reaching it; else it goes on without, if it must


def address(settings: Settings) -> URL:
    """Return where the application database is.

    Raises
    ------
    SettingError
        If ``PEYVAND_DATABASE`` is neither a SQLite file nor a PostgreSQL database, is one elsewhere that may be reached
        unencrypted, or its file cannot be read.

    """
    text = settings.secret("PEYVAND_DATABASE")
    if not text:
        return URL.create("sqlite", database=str(settings.home / FILE))
    try:
        url = make_url(text)
    except ArgumentError:
        url = None
    if url is not None and url.drivername in _POSTGRESQL:
        if url.query.get("sslmode") not in _ENCRYPTED:
            refuse_plain(settings, url.host or str(url.query.get("host", "")), "PEYVAND_DATABASE")
        return url.set(drivername="postgresql+psycopg")
    if url is not None and url.drivername == "sqlite" and url.database and url.database != ":memory:":
        return url
    # the text is not repeated, since it may hold a password
    raise SettingError(
        N_("The setting PEYVAND_DATABASE is no address of a database. Write %(postgresql)s or %(sqlite)s, or nothing."),
        postgresql="postgresql://USER:PASSWORD@HOST/NAME",
        sqlite="sqlite:////FOLDER/FILE.db",
    )


def connect(url: URL, *, migrating: bool = False) -> Engine:
    """Return an engine for ``url``; a SQLite file is made, readable by its owner only, if it is not there.

    Parameters
    ----------
    url
        As ``address`` gives it.
    migrating
        For changing tables: one connection, not kept, and on SQLite without foreign keys, because a table that is
        written anew would otherwise take the rows with it that point to it.

    Raises
    ------
    DatabaseError
        If the file cannot be made, or the driver for PostgreSQL is not installed.

    """
    pool = NullPool if migrating else QueuePool
    if url.drivername == "sqlite":
        _make_file(Path(str(url.database)))
        engine = create_engine(url, poolclass=pool, connect_args={"timeout": _PATIENCE})
        event.listen(engine, "connect", _without_keys if migrating else _with_keys)
        event.listen(engine, "begin", _begin)
        return engine
    try:
        return create_engine(url, poolclass=pool, connect_args={"connect_timeout": 5}, pool_pre_ping=not migrating)
    except ModuleNotFoundError as error:
        message = N_("The driver for PostgreSQL is not installed. Run: %(command)s")
        raise DatabaseError(message, command="pip install 'peyvand[postgresql]'") from error


def _make_file(path: Path) -> None:
    """Make the file with its mode from the start, and write-ahead logging, which stays with the file.

    A file that is there is not opened here: closing it would end the locks that SQLite holds on it in this process, and
    another process could then take the log away from under us. SQLite answers "locked" at once, without waiting, while
    another process turns the logging on; so we wait here.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        deadline = time.monotonic() + _PATIENCE
        while not _logs_ahead(path, last=time.monotonic() > deadline):
            time.sleep(0.02)
    except (OSError, sqlite3.Error) as error:
        message = N_("The application database %(file)s cannot be opened: %(reason)s.")
        raise DatabaseError(message, file=path, reason=reason_of(error)) from error


def _logs_ahead(path: Path, *, last: bool) -> bool:
    connection = sqlite3.connect(path, timeout=_PATIENCE)
    try:
        return bool(connection.execute("PRAGMA journal_mode=WAL").fetchone()[0] == "wal")
    except sqlite3.OperationalError as error:
        if last or no_room(error):
            raise
        return False
    finally:
        connection.close()


def _set_up(connection: sqlite3.Connection, *, keys: bool) -> None:
    connection.isolation_level = None  # transactions begin where we say, so that tables change inside them too
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(f"PRAGMA foreign_keys={'ON' if keys else 'OFF'}")


def _with_keys(connection: sqlite3.Connection, _record: object) -> None:
    _set_up(connection, keys=True)


def _without_keys(connection: sqlite3.Connection, _record: object) -> None:
    _set_up(connection, keys=False)


def _begin(connection: Connection) -> None:
    """Begin; who will write takes the lock now, since a reader that turns writer later is refused without waiting."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
