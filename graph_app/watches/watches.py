"""The watches in the application database: whose they are, and what was seen last."""

import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from graph_app.database import Database
from graph_app.database.owned import Owner
from graph_app.database.tables import Watch, now
from graph_app.errors import N_, NotFoundError, PeyvandError

MOST = 100  # watches of one person


class Watches:
    """The watches in the application database ``database``."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def of(self, watcher: Owner) -> list[Watch]:
        """Return the watches of somebody, the oldest first."""
        with self.database.reading() as session:
            return list(session.scalars(_mine(watcher)))

    def watch(self, watcher: Owner, question: str, given: Mapping[str, str], seen: Mapping[str, Any]) -> Watch:
        """Watch a question with its values, or an entity; what is watched already stays as it is.

        Raises
        ------
        PeyvandError
            If somebody watches too much.

        """
        with self.database.writing() as session:
            mine = list(session.scalars(_mine(watcher)))
            for one in mine:
                if (one.question, one.given) == (question, dict(given)):
                    return one
            if len(mine) >= MOST:
                raise PeyvandError(N_("You watch %(most)s things already. Stop watching one first."), most=MOST)
            made = Watch(key=secrets.token_urlsafe(16), owner=watcher.user, question=question)
            made.given, made.seen, made.seen_at = dict(given), dict(seen), now()
            session.add(made)
        return made

    def mark(self, key: str, watcher: Owner, seen: Mapping[str, Any]) -> None:
        """Say that what a watch shows now has been seen. Errors as for ``stop``."""
        with self.database.writing() as session:
            found = _one(session, key, watcher)
            found.seen, found.seen_at = dict(seen), now()

    def one(self, key: str, watcher: Owner) -> Watch:
        """Return one watch. Errors as for ``stop``."""
        with self.database.reading() as session:
            return _one(session, key, watcher)

    def stop(self, key: str, watcher: Owner) -> None:
        """Stop watching.

        Raises
        ------
        NotFoundError
            If there is no such watch, or it is somebody else's.

        """
        with self.database.writing() as session:
            session.delete(_one(session, key, watcher))


def _mine(watcher: Owner) -> Select[Watch]:
    return select(Watch).where(watcher.owns(Watch.owner)).order_by(Watch.seen_at, Watch.key)


def _one(session: Session, key: str, watcher: Owner) -> Watch:
    found = session.get(Watch, key)
    if found is None or found.owner != watcher.user:
        raise NotFoundError(N_("There is no such watch."))
    return found
