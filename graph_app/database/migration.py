"""Bringing the tables to what this version needs: at every start, under a lock, all or nothing."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import URL, Connection, func, select

from graph_app.database.connection import connect
from graph_app.errors import N_, DatabaseError

_LOCK = 0x5065_7976  # any number that others on the same PostgreSQL do not use for theirs


def migrate(url: URL, revision: str = "head", *, down: bool = False) -> None:
    """Bring the tables at ``url`` up, or ``down``, to ``revision``. Of several that start at once one does it.

    Raises
    ------
    DatabaseError
        If the tables are those of a newer version, or a change would leave rows that point to nothing.

    """
    engine = connect(url, migrating=True)
    try:
        with engine.execution_options(writes=True).begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
            move(connection, revision, down=down)
    finally:
        engine.dispose()


def scripts() -> ScriptDirectory:
    """Return the migrations, for who wants to look at them."""
    return ScriptDirectory.from_config(_configuration())


def _configuration() -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    return configuration


def move(connection: Connection, revision: str, *, down: bool = False) -> None:
    """Bring the tables up, or ``down``, to ``revision`` inside the transaction of ``connection``. Errors as above."""
    configuration = _configuration()
    configuration.attributes["connection"] = connection
    try:
        (command.downgrade if down else command.upgrade)(configuration, revision)
    except CommandError as error:
        message = N_("The application database is of a newer version of Peyvand: %(reason)s. Install that version.")
        raise DatabaseError(message, reason=error) from error
    if connection.dialect.name == "sqlite" and (lost := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
        raise DatabaseError(
            N_("After the change %(count)s rows would point to nothing; it is undone."), count=len(lost)
        )
