"""Signing in and out, and one's own account: password, language, sessions, tokens."""

from datetime import timedelta
from http import HTTPStatus

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_security import logout_user
from sqlalchemy import delete, select
from werkzeug.wrappers import Response as Redirect

from graph_app.auth import entering, tokens
from graph_app.auth.authorization import safe_target
from graph_app.auth.extension import accounts, factors, provider
from graph_app.auth.keys import digest
from graph_app.auth.throttle import TooManyAttemptsError
from graph_app.auth.visitor import Kind, visitor
from graph_app.database.tables import LoginSession, User, now
from graph_app.errors import N_, AccountError
from graph_app.language import LANGUAGES

bp = Blueprint("account", __name__)
Page = Response | Redirect | str | tuple[str, int]

_FRESH = timedelta(minutes=10)  # since signing in at a provider, who holds the only factor
_NAME = 16  # characters of a session's digest that name it on the page
_SYSTEMS = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "iOS",
    "iPad": "iOS",
    "Mac OS": "macOS",
    "Linux": "Linux",
}
_BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}


@bp.route("/login", methods=["GET", "POST"])
def login() -> Page:
    """Show the form to sign in, or sign in and go on to where the reader wanted to go."""
    wanted = safe_target(request.values.get("next"))
    if visitor().kind in {Kind.PERSON, Kind.MACHINE}:
        return redirect(wanted)
    if request.method != "POST":
        return login_page("", HTTPStatus.OK)
    email, password = request.form.get("email", ""), request.form.get("password", "")
    try:
        user = accounts().known(email, password, request.remote_addr or "")
    except TooManyAttemptsError as error:
        told = make_response(login_page(error.translated(_), HTTPStatus.TOO_MANY_REQUESTS))
        told.headers["Retry-After"] = str(error.seconds)
        return told
    if user is None:
        return login_page(_("The e-mail address or the password is wrong."), HTTPStatus.BAD_REQUEST)
    return entering.proceed(user, "password", wanted)


@bp.post("/logout")
def logout() -> Page:
    """End this session."""
    left = "provider" if entering.came_from_provider() else None
    logout_user()
    return redirect(url_for("account.login", left=left), HTTPStatus.SEE_OTHER)


@bp.get("/account")
def show() -> Page:
    """Show one's own account."""
    return _account_page()


@bp.post("/account/password")
def change_password() -> Page:
    """Choose another password; all sessions but this one end."""
    try:
        known = with_password()
        accounts().set_password(known, request.form.get("password", ""))
    except AccountError as error:
        return _account_page(error.translated(_))
    entering.again(known)
    flash(_("The password is changed, everybody else who was signed in is out, and all tokens are revoked."))
    return _back()


@bp.post("/account/language")
def choose_language() -> Page:
    """Keep the reader's language with the account, and in this browser."""
    chosen = request.form.get("language", "")
    if chosen not in LANGUAGES:
        return _account_page(_("There is no such language."))
    mine = accounts().session.get_one(User, me().id)
    mine.language = chosen
    accounts().session.commit()
    return redirect(url_for("account.show", lang=chosen), HTTPStatus.SEE_OTHER)


@bp.post("/account/sessions/<name>/end")
def end_session(name: str) -> Page:
    """End one of one's own sessions, after proving once more who one is."""
    if problem := _unproven():
        return _account_page(problem)
    mine = delete(LoginSession).where(
        LoginSession.user_id == me().id, LoginSession.digest.startswith(name, autoescape=True)
    )
    accounts().session.execute(mine)
    accounts().session.commit()
    flash(_("The session is ended."))
    return _back()


@bp.post("/account/sessions/end")
def end_other_sessions() -> Page:
    """End all of one's own sessions but this one, after proving once more who one is."""
    if problem := _unproven():
        return _account_page(problem)
    others = LoginSession.digest != _this_session()
    accounts().session.execute(delete(LoginSession).where(LoginSession.user_id == me().id, others))
    accounts().session.commit()
    flash(_("All other sessions are ended."))
    return _back()


@bp.post("/account/tokens")
def add_token() -> Page:
    """Issue a token and show it, once."""
    days = request.form.get("days", 0, type=int)
    try:
        secret = tokens.issue(accounts().session, me(), request.form.get("name", ""), days)
    except AccountError as error:
        return _account_page(error.translated(_))
    accounts().session.commit()
    return _account_page(token=secret)


@bp.post("/account/tokens/<int(max=2147483647):number>/revoke")
def revoke_token(number: int) -> Page:
    """Revoke one of one's own tokens."""
    tokens.revoke(accounts().session, me(), number)
    accounts().session.commit()
    flash(_("The token is revoked."))
    return _back()


def browser(agent: str) -> str:
    """Return the browser and system that a User-Agent header means, as people know them."""
    name = next((shown for part, shown in _BROWSERS.items() if part in agent), "")
    system = next((shown for part, shown in _SYSTEMS.items() if part in agent), "")
    return " · ".join(filter(None, (name, system))) or agent[:40] or "–"


def me() -> User:
    """Return who asks for a page of their own account."""
    user = visitor().user
    assert user is not None  # noqa: S101 - the policy of these pages asks for a person
    return user


def with_password() -> User:
    """Return who asks, once the password was shown again.

    Raises
    ------
    AccountError
        If it is wrong, or was too often.

    """
    known = accounts().known(me().email, request.form.get("current", ""), request.remote_addr or "")
    if known is None:
        raise AccountError(N_("The current password is wrong."))
    return known


def _unproven() -> str:
    """Return why it is not sure enough who asks: no password came along, or it is too long that one came in without."""
    if not me().password:
        own = select(LoginSession.created_at).where(LoginSession.digest == _this_session())
        began = accounts().session.scalar(own)
        fresh = began is not None and now() - began < _FRESH
        return "" if fresh else _("Sign out and in again first: this is for who signed in a moment ago.")
    try:
        with_password()
    except AccountError as error:
        return error.translated(_)
    return ""


def _this_session() -> str:
    return digest(session.secret or "")  # type: ignore[attr-defined]


def _back() -> Redirect:
    return redirect(url_for("account.show"), HTTPStatus.SEE_OTHER)


def login_page(problem: str, status: HTTPStatus) -> tuple[str, int]:
    """Return the page to sign in, with what went wrong."""
    email, wanted = request.form.get("email", ""), request.values.get("next", "")
    return render_template("account/login.html", problem=problem, email=email, next=wanted, provider=provider()), status


def _account_page(problem: str = "", token: str = "") -> tuple[str, int]:
    user = me()
    mine = select(LoginSession).where(LoginSession.user_id == user.id).order_by(LoginSession.seen_at.desc())
    rows = accounts().session.scalars(mine).all()
    page = render_template(
        "account/show.html",
        user=user,
        problem=problem,
        token=token,
        sessions=[(row.digest[:_NAME], row, row.digest == _this_session(), browser(row.agent)) for row in rows],
        tokens=tokens.of(accounts().session, user),
        longest=tokens.LONGEST,
        factor=factors().of(user),
    )
    return page, HTTPStatus.BAD_REQUEST if problem else HTTPStatus.OK
