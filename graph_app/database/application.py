"""The open application database, and how it is opened."""

from collections.abc import Iterator
from contextlib import contextmanager
from weakref import finalize

from sqlalchemy import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from graph_app.database.connection import address, connect
from graph_app.database.journal import Journal
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
        self._writer = self.engine.execution_options(writes=True)
        self.journal = Journal(self.writing, days=audit_days)
        finalize(self, self.engine.dispose).atexit = False  # who forgets to close it leaves no connection behind

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

    def close(self) -> None:
        """Write what the journal still holds, and close all connections."""
        self.journal.close()
        self.engine.dispose()


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
