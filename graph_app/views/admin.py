"""What administrators do: who has an account, with which role, and what it may see."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from graph_app.auth import links, recording
from graph_app.auth.extension import accounts, factors
from graph_app.auth.links import PASSWORD
from graph_app.auth.visitor import visitor
from graph_app.confidentiality import Clearance
from graph_app.database.tables import User
from graph_app.errors import N_, AccountError
from graph_app.roles import ROLES
from graph_app.views.account import Page

bp = Blueprint("admin", __name__, url_prefix="/admin")


@bp.get("")
def index() -> Page:
    """Lead to the accounts."""
    return redirect(url_for("admin.users"))


@bp.get("/users")
def users() -> Page:
    """Show all accounts."""
    return _page()


@bp.post("/users")
def add_user() -> Page:
    """Add an account and show the link with which its owner chooses a password, once."""
    try:
        wanted = request.form.get("clearance") or None
        user = accounts().add(request.form.get("email", ""), request.form.get("role", ""), clearance=wanted)
    except AccountError as error:
        return _page(error.translated(_))
    return _page(invited=user, link=_link(user))


@bp.post("/users/<int(max=2147483647):number>")
def change_user(number: int) -> Page:
    """Change an account: ``do`` says what."""
    user = accounts().session.get(User, number)
    if user is None:
        return _page(_("There is no such account."))
    recording.tell(user.email)
    try:
        match request.form.get("do"):
            case "role":
                accounts().set_role(user, request.form.get("role", ""))
            case "clearance":
                accounts().set_clearance(user, request.form.get("clearance", ""))
            case "disable" | "enable" as wanted:
                accounts().set_active(user, active=wanted == "enable")
            case "sessions":
                accounts().end_sessions(user)
            case "factor":
                _reset_factor(user)
            case "link":
                return _page(invited=user, link=_link(user))
            case _:
                return _page(_("Nothing was chosen to be done."))
    except AccountError as error:
        return _page(error.translated(_))
    flash(_("The account %(email)s is changed.", email=user.email))
    return redirect(url_for("admin.users"), HTTPStatus.SEE_OTHER)


def _reset_factor(user: User) -> None:
    """Take it from who lost it. One's own needs the password, which its own page asks for."""
    me = visitor().user
    if me is not None and me.id == user.id:
        raise AccountError(N_("Your own you switch off under “My account”, with your password."))
    factors().remove(user)


def _link(user: User) -> str:
    secret = links.offer(accounts().session, PASSWORD, user)
    accounts().session.commit()
    return url_for("setup.password", secret=secret, _external=True)


def _page(problem: str = "", invited: User | None = None, link: str = "") -> Page:
    page = render_template(
        "admin/users.html",
        problem=problem,
        invited=invited,
        link=link,
        users=accounts().all(),
        counts=accounts().counts(),
        factored=factors().owners(),
        roles=ROLES.values(),
        clearances=list(Clearance),
        me=visitor().user,
    )
    return page, HTTPStatus.BAD_REQUEST if problem else HTTPStatus.OK
