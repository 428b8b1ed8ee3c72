"""Signing in, from whichever door: a session begins only when everything was shown that the account asks for.

Who has shown a password and owes a code has no session. The browser keeps a cookie that says so, sealed, for a few
minutes; a changed password makes it void.
"""

from datetime import timedelta
from http import HTTPStatus

from flask import g, redirect, request, session, url_for
from flask_security import login_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from graph_app.auth.extension import accounts, factors
from graph_app.auth.sealing import SealError
from graph_app.auth.sessions import cookie_name
from graph_app.database.tables import User, now

LASTS = timedelta(minutes=5)
_COOKIE = "sign-in"
_SHOWN = "shown"  # of a session: what was shown when it began
AT_PROVIDER = "factor at the provider"
_FACTORS = frozenset({"code", "recovery", AT_PROVIDER})


def proceed(user: User, shown: str, wanted: str) -> Response:
    """Let ``user`` in who has shown a password or a link; or ask for the code first, if the account has such."""
    if factors().of(user) is None:
        return enter(user, wanted, shown)
    accounts().session.commit()
    g.about = "code asked for"
    answer = redirect(url_for("factor.ask"), HTTPStatus.SEE_OTHER)
    content = [user.fs_uniquifier, shown, wanted]
    remember(answer, _COOKIE, factors().seal.close(content, _COOKIE, LASTS))
    return answer


def begun() -> tuple[User, str, str] | None:
    """Return who owes a code in this browser, what they have shown, and where they wanted to go; None if nobody."""
    kept = request.cookies.get(cookie_name(request, _COOKIE))
    if not kept:
        return None
    try:
        uniquifier, shown, wanted = factors().seal.open(kept, _COOKIE)
    except SealError:
        return None
    user = accounts().session.scalar(select(User).where(User.fs_uniquifier == uniquifier, User.active))
    return None if user is None else (user, shown, wanted)


def enter(user: User, wanted: str, *shown: str) -> Response:
    """Begin a session of ``user``, who has shown all that is asked for, and lead to where they wanted to go."""
    user.signed_in_at = now()
    accounts().session.commit()
    begin(user, *shown)
    answer = redirect(wanted, HTTPStatus.SEE_OTHER)
    if cookie_name(request, _COOKIE) in request.cookies:
        forget(answer, _COOKIE)
    return answer


def begin(user: User, *shown: str) -> None:
    """Begin a session; or, once an account was changed and all its sessions ended, this one anew."""
    login_user(user, authn_via=list(shown))
    session[_SHOWN] = list(shown)


def again(user: User, *more: str) -> None:
    """Begin this session anew with what was shown in it before, and ``more``, since it ended with all others."""
    begin(user, *session.get(_SHOWN, ()), *more)


def came_from_provider() -> bool:
    """Say whether this session began at the provider."""
    return "provider" in session.get(_SHOWN, ())


def owes_factor(user: User) -> bool:
    """Say whether the role of ``user`` needs a second factor that this session was begun without."""
    return factors().needed(user) and _FACTORS.isdisjoint(session.get(_SHOWN, ()))


def remember(answer: Response, name: str, sealed: str) -> None:
    """Let the browser keep a step of signing in, for this host only, until it is made."""
    secure, seconds = request.is_secure, int(LASTS.total_seconds())
    name = cookie_name(request, name)
    answer.set_cookie(name, sealed, max_age=seconds, httponly=True, secure=secure, samesite="Lax")


def forget(answer: Response, name: str) -> None:
    """Take it back."""
    answer.delete_cookie(cookie_name(request, name), httponly=True, secure=request.is_secure, samesite="Lax")
