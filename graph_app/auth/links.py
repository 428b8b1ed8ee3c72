"""Links that work once: to make the first administrator, and to choose a password."""

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from graph_app.auth.keys import digest, new_secret
from graph_app.database.tables import Link, User, now
from graph_app.errors import N_, AccountError

FIRST, PASSWORD = "first administrator", "password"
LASTS = {FIRST: timedelta(minutes=30), PASSWORD: timedelta(days=3)}


class LinkError(AccountError):
    """A link was used already, is too old, or never was one."""

    def __init__(self) -> None:
        super().__init__(N_("This link was used already or is too old. Ask for another."))


def offer(session: Session, purpose: str, user: User | None = None) -> str:
    """Return the secret of a new link, in the transaction of ``session``.

    Links that are too old, or of the same user, are taken back.
    """
    secret = new_secret()
    session.execute(delete(Link).where(Link.expires_at < now()))
    if user is not None:
        session.execute(delete(Link).where(Link.user_id == user.id))
    user_id = user.id if user else None
    session.add(Link(digest=digest(secret), purpose=purpose, user_id=user_id, expires_at=now() + LASTS[purpose]))
    return secret


def holder(session: Session, purpose: str, secret: str) -> User | None:
    """Return whose link this is, without using it; None for the link of the first administrator.

    Raises
    ------
    LinkError
        If there is no such link, it was used, or it is too old.

    """
    link = session.get(Link, digest(secret))
    if link is None or link.purpose != purpose or link.expires_at < now():
        raise LinkError
    return link.user


def use(session: Session, purpose: str, secret: str) -> None:
    """Use the link up, in the transaction of ``session``; of two who use it at once one fails. Errors as ``holder``.

    With the first administrator's link all other links of the kind go, so there is only one first.
    """
    mine = delete(Link).where(Link.digest == digest(secret), Link.purpose == purpose, Link.expires_at >= now())
    if purpose == FIRST:
        # all are locked in one order, so that two who hold different links meet here
        session.scalars(select(Link).where(Link.purpose == FIRST).order_by(Link.digest).with_for_update()).all()
    if session.execute(mine.returning(Link.digest)).first() is None:
        session.rollback()
        raise LinkError
    if purpose == FIRST:
        session.execute(delete(Link).where(Link.purpose == FIRST))
