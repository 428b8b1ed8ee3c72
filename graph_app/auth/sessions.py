"""Sessions that stand on the server: the cookie is a random name, what it means can be taken back at any time.

This is Flask's session, kept in a row instead of in the cookie; Flask-Login and Flask-Security use it as they would
use Flask's own. Only who is signed in has one.
"""

import json
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Request, Response
from flask import request as asked
from flask import session as current
from flask.sessions import SessionInterface, SessionMixin
from flask_login import user_logged_in
from sqlalchemy import delete, or_, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, joinedload
from werkzeug.datastructures import CallbackDict

from graph_app.auth.keys import digest, new_secret
from graph_app.database import Database
from graph_app.database.tables import LoginSession, User, now

IDLE = timedelta(hours=8)
LONGEST = timedelta(hours=24)
_TOUCH = timedelta(minutes=1)  # how exactly it is known when a session was last used
_USER = "_user_id"  # where Flask-Login keeps who it is


class ServerSession(CallbackDict[str, Any], SessionMixin):
    """What Flask keeps between requests.

    Parameters
    ----------
    data
        What was kept.
    secret
        What names the row; None until there is one.
    stale
        Whether the browser holds a cookie that names no session. Anybody can send one, so it costs no writing.
    failure
        Why the row could not be read. Flask opens the session before errors are handled, so it is raised later.
    user
        Whose row it is: read together with it, since nearly every page asks next.

    """

    def __init__(
        self,
        data: dict[str, Any] | None = None,
        secret: str | None = None,
        failure: SQLAlchemyError | None = None,
        *,
        stale: bool = False,
        user: User | None = None,
    ) -> None:
        super().__init__(data, lambda changed: setattr(changed, "modified", True))
        self.modified = False
        self.secret = secret
        self.failure = failure
        self.stale = stale
        self.user = user
        self.left: str | None = None

    def renew(self) -> None:
        """Get another secret when it is next saved: nobody knows it who knew the one from before signing in."""
        self.left, self.secret = self.secret, None


class Sessions(SessionInterface):
    """Keeps sessions in the application database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def init_app(self, app: Flask) -> None:
        """Make ``app`` keep its sessions here, with a new name at each sign-in."""
        app.session_interface = self
        user_logged_in.connect(self._renew, app)

    @staticmethod
    def _renew(_app: Flask, **_who: object) -> None:
        current.renew()  # type: ignore[attr-defined]

    def open_session(self, app: Flask, request: Request) -> ServerSession:
        """Return the session that the cookie names, if it is there and not too old; else a new, empty one."""
        secret = request.cookies.get(cookie_name(request))
        if not secret or request.path.startswith(f"{app.static_url_path}/"):
            return ServerSession()
        try:
            return self._read(secret)
        except SQLAlchemyError as error:
            return ServerSession(secret=secret, failure=error)

    def _read(self, secret: str) -> ServerSession:
        moment = now()
        with self.database.reading() as session:
            row = session.get(LoginSession, digest(secret), options=[joinedload(LoginSession.user)])
        if row is None or _is_over(row, moment):
            return ServerSession(stale=True)
        if moment - row.seen_at > _TOUCH:
            with suppress(SQLAlchemyError), self.database.writing() as session:  # a full disk shuts nobody out
                session.execute(update(LoginSession).where(LoginSession.digest == row.digest).values(seen_at=moment))
        return ServerSession(json.loads(row.data), secret, user=row.user)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep what changed. Who is not signed in any more loses row and cookie.

        Flask calls this where errors are not handled any more, so that an answer which did not come true is replaced
        here by the one that says so.
        """
        assert isinstance(session, ServerSession)  # noqa: S101 - ``open_session`` made it
        if session.failure is not None:
            return
        try:
            self._save(session, response)
        except SQLAlchemyError as error:
            _become(response, app.make_response(app.handle_user_exception(error)))

    def _save(self, session: ServerSession, response: Response) -> None:
        if _USER not in session:
            self._end(session, response)
        elif session.secret is None:
            self._begin(session, response)
        elif session.modified:
            with self.database.writing() as open_:
                kept = update(LoginSession).where(LoginSession.digest == digest(session.secret))
                open_.execute(kept.values(data=json.dumps(dict(session))))

    def _begin(self, session: ServerSession, response: Response) -> None:
        session.secret = new_secret()
        with self.database.writing() as open_:
            self._clear_away(open_, session.left)
            user = open_.scalar(select(User.id).where(User.fs_uniquifier == session[_USER]))
            if user is None:  # cut off in this very moment
                return
            row = LoginSession(digest=digest(session.secret), user_id=user, data=json.dumps(dict(session)))
            row.address, row.agent = (asked.remote_addr or "")[:45], asked.user_agent.string[:200]
            open_.add(row)
        secure = asked.is_secure
        response.set_cookie(cookie_name(asked), session.secret, httponly=True, secure=secure, samesite="Lax")

    def _end(self, session: ServerSession, response: Response) -> None:
        secret = session.secret or session.left
        if not (secret or session.stale):
            return
        if secret:
            with self.database.writing() as open_:
                self._clear_away(open_, secret)
        response.delete_cookie(cookie_name(asked), httponly=True, secure=asked.is_secure, samesite="Lax")
        if asked.is_secure:  # browsers refuse it elsewhere, and complain
            response.headers["Clear-Site-Data"] = '"storage"'  # what was opened last, and names of it

    @staticmethod
    def _clear_away(open_: Session, secret: str | None) -> None:
        """Remove the session of ``secret`` and all that are too old."""
        moment = now()
        old = or_(LoginSession.seen_at < moment - IDLE, LoginSession.created_at < moment - LONGEST)
        mine = LoginSession.digest == digest(secret or "")
        open_.execute(delete(LoginSession).where(or_(old, mine)))


def cookie_name(request: Request, name: str = "peyvand") -> str:
    """Return a cookie's name; over https the browser itself guards that nobody else on the domain sets it."""
    return f"__Host-{name}" if request.is_secure else name


def _become(response: Response, other: Response) -> None:
    """Turn ``response`` into ``other``, but for the headers that every answer has got by now."""
    response.status_code, response.data = other.status_code, other.get_data()
    response.content_type = other.content_type
    response.headers.pop("Location", None)


def _is_over(row: LoginSession, moment: datetime) -> bool:
    return moment - row.seen_at > IDLE or moment - row.created_at > LONGEST
