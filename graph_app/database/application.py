"""The open application database, and how it is opened."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from weakref import finalize

from sqlalchemy import URL, Engine, event, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from graph_app.database.connection import address, connect
from graph_app.database.journal import Journal
from graph_app.database.tables.base import Base
from graph_app.database.version import up_to_date
from graph_app.errors import N_, DatabaseError
from graph_app.settings import Settings


class Database:
    """The open database. Its two doors give a transaction each: one to look, one to change.

    Parameters
    ----------
    url
        As ``connection.address`` gives it; the tables are there and up to date.
    audit_days
        After how many lines of the audit are removed; 0 is never.

    """

    def __init__(self, url: URL, *, audit_days: int = 0) -> None:
        self.engine = connect(url)
        self._driver_error: type[Exception] = self.engine.dialect.loaded_dbapi.Error
        self._writer = self.engine.execution_options(writes=True)
        self.journal = Journal(self.writing, days=audit_days)
        finalize(self, _shut, self.engine).atexit = False  # who forgets to close it leaves no connection behind

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session for looking; it sees one state of the database."""
        with self.session() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session for changing: all of it is kept at the end of the ``with``, or nothing."""
        with self.session(writes=True) as session, session.begin():
            yield session

    def session(self, *, writes: bool = False) -> Session:
        """Return a new session, for those who end their transactions themselves."""
        return Session(self._writer if writes else self.engine, expire_on_commit=False)

    def has_rows(self, table: type[Base]) -> bool:
        """Say whether ``table`` has any row. Every request asks this while there are no accounts, so nothing is built.

        The connection comes from the pool as it is and goes back there, which takes a tenth of a session's time.
        """
        try:
            with closing(self.engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
                cursor.execute(f'SELECT 1 FROM "{table.__tablename__}" LIMIT 1')  # noqa: S608 - a name in our code
                return cursor.fetchone() is not None
        except self._driver_error:  # told once more in SQLAlchemy's words, which all others are ready for
            with self.engine.connect() as again:
                return again.scalar(select(1).select_from(table).limit(1)) is not None

    def close(self) -> None:
        """Write what the journal still holds, and close all connections."""
        self.journal.close()
        _shut(self.engine)


def _shut(engine: Engine) -> None:
    """Close all connections: those that are idle now, and each that is still used, once it is given back.

    The journal's thread may be one of those who use one, when memory is cleared away there or its file is slow.
    """
    event.listen(engine, "checkin", _drop)
    engine.dispose()


def _drop(_connection: object, record: ConnectionPoolEntry) -> None:
    record.invalidate()


def open_database(settings: Settings) -> Database:
    """Return the application database of ``settings``, its tables up to date; it is made if it is not there.

    Raises
    ------
    SettingError
        If the setting names no database.
    DatabaseError
        If it cannot be reached or used.

    """
    url = address(settings)
    try:
        if not up_to_date(url):
            from graph_app.database import before, migration  # noqa: PLC0415 - Alembic is large, and seldom needed

            before.keep(url)
            migration.migrate(url)
        return Database(url, audit_days=settings.number("PEYVAND_AUDIT_DAYS"))
    except SQLAlchemyError as error:
        message = N_("The application database %(address)s cannot be used: %(reason)s")
        reason = str(getattr(error, "orig", None) or error).strip()
        raise DatabaseError(message, address=url.render_as_string(), reason=reason) from error
