"""The application database as it was before a new version changes its tables: a copy beside it, to go back to."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL

from graph_app.database.glance import newest
from graph_app.errors import N_, DatabaseError


def keep(url: URL) -> Path | None:
    """Copy the SQLite file at ``url``, if it has tables of an earlier version, and return the copy.

    A database of PostgreSQL is saved by ``peyvand upgrade``, or by who looks after it.

    Raises
    ------
    DatabaseError
        If the copy cannot be written; nothing is changed then.

    """
    if url.drivername != "sqlite":
        return None
    file = Path(str(url.database))
    copy = file.with_name(f"{file.name}.before-{newest()}")
    partial = copy.with_name(f".{copy.name}.{os.getpid()}")
    try:
        with closing(sqlite3.connect(file)) as live:
            if not live.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
                return None
            os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
            with closing(sqlite3.connect(partial)) as target:
                live.backup(target)
        partial.replace(copy)
    except (sqlite3.Error, OSError) as error:
        partial.unlink(missing_ok=True)
        message = N_(
            "The application database %(file)s cannot be saved before the upgrade: %(reason)s. It is unchanged."
        )
        raise DatabaseError(message, file=file, reason=str(error)) from error
    return copy
