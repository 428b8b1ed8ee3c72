"""Links that work once: the first administrator, and choosing a password."""

from http import HTTPStatus

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _

from graph_app.auth import entering, links
from graph_app.auth.accounts import ADMINISTRATOR
from graph_app.auth.extension import accounts
from graph_app.auth.links import FIRST, PASSWORD, LinkError
from graph_app.database.tables import User
from graph_app.errors import AccountError
from graph_app.views.account import Page

bp = Blueprint("setup", __name__)


@bp.route("/setup/<secret>", methods=["GET", "POST"])
def first(secret: str) -> Page:
    """Make the first administrator, with the link that the console showed."""
    session = accounts().session
    links.holder(session, FIRST, secret)
    if request.method != "POST":
        return _page("setup/first.html")
    email = request.form.get("email", "")
    try:
        links.use(session, FIRST, secret)
        user = accounts().add(email, ADMINISTRATOR, request.form.get("password", ""))
    except LinkError:
        raise
    except AccountError as error:
        session.rollback()  # the link is not used up by a mistake in the form
        return _page("setup/first.html", error.translated(_), email)
    return _welcome(user)


@bp.route("/invite/<secret>", methods=["GET", "POST"])
def password(secret: str) -> Page:
    """Choose a password, with the link that an administrator gave."""
    session = accounts().session
    user = links.holder(session, PASSWORD, secret)
    if user is None or not user.active:
        raise LinkError
    if request.method != "POST":
        return _page("setup/password.html", email=user.email, again=user.password is not None)
    try:
        links.use(session, PASSWORD, secret)
        accounts().set_password(user, request.form.get("password", ""))
    except LinkError:
        raise
    except AccountError as error:
        session.rollback()
        return _page("setup/password.html", error.translated(_), user.email, again=user.password is not None)
    return _welcome(user)


def _welcome(user: User) -> Page:
    return entering.proceed(user, "link", url_for("home.index"))


def _page(template: str, problem: str = "", email: str = "", *, again: bool = False) -> Page:
    status = HTTPStatus.BAD_REQUEST if problem else HTTPStatus.OK
    return render_template(template, problem=problem, email=email, again=again), status
