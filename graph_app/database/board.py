"""Bookmarks of a Neo4j cluster that processes leave for each other in the application database."""

import logging
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from graph_app.database.application import Database
from graph_app.database.connection import address
from graph_app.database.tables import Bookmark, now
from graph_app.database.version import up_to_date
from graph_app.settings import Settings

_LOG = logging.getLogger(__name__)


class Bookmarks:
    """The bookmarks of one Neo4j database.

    Parameters
    ----------
    database
        The application database.
    graph
        Name of the Neo4j database.
    lasts
        Seconds for which a bookmark counts.

    """

    def __init__(self, database: Database, graph: str, lasts: float) -> None:
        self._database, self._graph, self._lasts = database, graph, timedelta(seconds=lasts)

    def read(self) -> Collection[str]:
        """Return the bookmarks that count."""
        fresh = Bookmark.graph == self._graph, Bookmark.left_at >= now() - self._lasts
        with self._database.reading() as session:
            return session.scalars(select(Bookmark.bookmark).where(*fresh)).all()

    def replace(self, old: Collection[str], new: Collection[str]) -> None:
        """Put ``new`` in the place of ``old``; what others left meanwhile stays."""
        moment = now()
        rows = [{"bookmark": one, "graph": self._graph, "left_at": moment} for one in sorted(new)]
        gone = or_(Bookmark.bookmark.in_(sorted(set(old) - set(new))), Bookmark.left_at < moment - self._lasts)
        insert = sqlite.insert if self._database.engine.dialect.name == "sqlite" else postgresql.insert
        with self._database.writing() as session:
            session.execute(insert(Bookmark).on_conflict_do_nothing(), rows)
            session.execute(delete(Bookmark).where(gone))


@contextmanager
def opened(settings: Settings, graph: str, lasts: float) -> Iterator[Bookmarks | None]:
    """Give the bookmarks in the application database of ``settings``; None if nobody can be served from it now.

    Parameters
    ----------
    settings
        Say which database. It is neither made nor changed here.
    graph, lasts
        As for ``Bookmarks``.

    """
    url = address(settings)
    try:
        usable = up_to_date(url)
    except SQLAlchemyError as error:
        _LOG.warning("what other processes write to the graph is not known: %s", error)
        usable = False
    if not usable:
        yield None
        return
    with closing(Database(url)) as database:
        yield Bookmarks(database, graph, lasts)
