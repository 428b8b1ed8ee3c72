"""What people say of an entity or a reminder: plain text with its author and moment, which its author can mend."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from graph_app.database import Database
from graph_app.database.owned import Owner
from graph_app.database.tables import Comment, now
from graph_app.errors import N_, AccessError, NotFoundError, PeyvandError
from graph_app.text import without_controls

LONGEST = 2000  # letters
MENDING = timedelta(hours=24)  # in which its author can change the text of a comment
SHOWN = 100  # on one item


class Comments:
    """The comments in the application database ``database``."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def on(self, ids: Collection[str]) -> list[Comment]:
        """Return the last comments on an entity that has or had these ids, on its reminders too, the oldest first."""
        asked = select(Comment).where(Comment.about.in_(ids)).order_by(Comment.id.desc()).limit(SHOWN)
        with self.database.reading() as session:
            return list(session.scalars(asked))[::-1]

    def on_reminders(self, keys: Collection[str]) -> dict[str, list[Comment]]:
        """Return the comments on some reminders, by key, the oldest first."""
        found: dict[str, list[Comment]] = {}
        with self.database.reading() as session:
            for one in session.scalars(select(Comment).where(Comment.reminder.in_(keys)).order_by(Comment.id)):
                found.setdefault(one.reminder, []).append(one)
        return found

    def write(self, author: Owner, name: str, about: str, text: str, reminder: str = "") -> Comment:
        """Keep a comment by ``author``, who is called ``name``, and return it.

        Raises
        ------
        PeyvandError
            If it says nothing, or too much.

        """
        made = Comment(about=about, reminder=reminder, author=author.user, name=name, text=_text(text))
        with self.database.writing() as session:
            session.add(made)
        return made

    def mend(self, number: int, author: Owner, text: str) -> Comment:
        """Give a comment another text and return it.

        Raises
        ------
        PeyvandError
            If it says nothing, or too much.
        NotFoundError
            If there is no such comment.
        AccessError
            If it is somebody else's, or too old to be changed.

        """
        with self.database.writing() as session:
            found = _one(session, number)
            if not mendable(found, author):
                raise AccessError(N_("Only its author can change a comment, and only within a day."))
            found.text, found.edited_at = _text(text), now()
        return found

    def remove(self, number: int, author: Owner, *, any_: bool = False) -> Comment:
        """Remove a comment for good and return it; with ``any_`` also that of somebody else. Errors as ``mend``."""
        with self.database.writing() as session:
            found = _one(session, number)
            if not (any_ or found.author == author.user):
                raise AccessError(N_("This comment is somebody else's."))
            session.delete(found)
        return found


def mendable(comment: Comment, reader: Owner) -> bool:
    """Say whether ``reader`` wrote a comment and can still change its text."""
    return comment.author == reader.user and now() - comment.written_at <= MENDING


def _one(session: Session, number: int) -> Comment:
    found = session.get(Comment, number)
    if found is None:
        raise NotFoundError(N_("There is no such comment."))
    return found


def _text(text: str) -> str:
    """Return a text as it is kept: without controls but line ends, and without what nobody sees at either end."""
    kept = "\n".join(without_controls(line).rstrip() for line in text.splitlines()).strip()
    if not kept or len(kept) > LONGEST:
        raise PeyvandError(N_("A comment has 1 to %(most)s letters."), most=LONGEST)
    return kept
