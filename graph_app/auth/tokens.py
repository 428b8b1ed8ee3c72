"""Keys with which programs act for a user: named, for reading only, dated, revocable."""

from collections.abc import Sequence
from datetime import timedelta
from types import MappingProxyType

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, joinedload

from graph_app.auth.keys import digest, new_secret
from graph_app.database import Database
from graph_app.database.tables import Token, User, now
from graph_app.errors import N_, AccountError
from graph_app.roles import Right

_PREFIX = "pey_"  # so that a token that got out is recognised
LONGEST = 366  # days
_TOUCH = timedelta(minutes=1)
SCOPES = MappingProxyType({"read": frozenset({Right.READ, Right.WHOLE, Right.ASK})})


def issue(session: Session, user: User, name: str, days: int) -> str:
    """Return the secret of a new token of ``user``, in the transaction of ``session``; it is never shown again.

    Raises
    ------
    AccountError
        If the name is empty or the number of days is none that a token may last.

    """
    name = name.strip()[:80]
    if not name:
        raise AccountError(N_("Give the token a name, so that you know it again."))
    if not 1 <= days <= LONGEST:
        raise AccountError(N_("A token lasts from 1 to %(most)s days."), most=LONGEST)
    secret = _PREFIX + new_secret()
    expires = now() + timedelta(days=days)
    session.add(Token(digest=digest(secret), user_id=user.id, name=name, scope="read", expires_at=expires))
    return secret


def of(session: Session, user: User) -> Sequence[Token]:
    """Return the tokens of ``user``, the newest first."""
    return session.scalars(select(Token).where(Token.user_id == user.id).order_by(Token.id.desc())).all()


def revoke(session: Session, user: User, number: int) -> None:
    """Remove a token of ``user``, in the transaction of ``session``; one of somebody else stays."""
    session.execute(delete(Token).where(Token.id == number, Token.user_id == user.id))


def read(database: Database, secret: str) -> Token | None:
    """Return the token that ``secret`` is, with its user; None if it is none, too old, or its user is disabled."""
    moment = now()
    with database.reading() as session:
        query = select(Token).where(Token.digest == digest(secret)).options(joinedload(Token.user))
        token = session.scalar(query)
    if token is None or token.expires_at < moment or not token.user.active:
        return None
    if token.used_at is None or moment - token.used_at > _TOUCH:
        with database.writing() as session:
            session.execute(update(Token).where(Token.id == token.id).values(used_at=moment))
    return token
