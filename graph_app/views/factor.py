"""Two-step sign-in: the code after the password, and setting it up, renewing it and switching it off."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from graph_app.auth import entering, recording
from graph_app.auth.extension import factors
from graph_app.auth.factors import Offer
from graph_app.auth.sealing import SealError
from graph_app.auth.throttle import TooManyAttemptsError
from graph_app.database.tables import User
from graph_app.errors import N_, AccountError
from graph_app.views.account import Page, me, with_password

bp = Blueprint("factor", __name__)


@bp.route("/login/code", methods=["GET", "POST"])
def ask() -> Page:
    """Ask who has shown their password for the code, and let them in."""
    found = entering.begun()
    if found is None:
        return redirect(url_for("account.login"), HTTPStatus.SEE_OTHER)
    user, shown, wanted = found
    if request.method != "POST":
        return _code_page(user, "", HTTPStatus.OK)
    recording.tell(user.email)
    try:
        kind = factors().passes(user, request.form.get("code", ""), request.remote_addr or "")
    except TooManyAttemptsError as error:
        told = make_response(_code_page(user, error.translated(_), HTTPStatus.TOO_MANY_REQUESTS))
        told.headers["Retry-After"] = str(error.seconds)
        return told
    except AccountError as error:
        return _code_page(user, error.translated(_), HTTPStatus.BAD_REQUEST)
    if kind is None:
        return _code_page(user, _("The code is wrong or was used already."), HTTPStatus.BAD_REQUEST)
    recording.tell(f"{user.email} {kind}")
    if kind == "recovery":
        left = factors().left(user)
        flash(_("You came in with a recovery code; %(left)s are left. Make new ones under “My account”.", left=left))
        wanted = url_for("factor.show")
    return entering.enter(user, wanted, shown, kind)


@bp.get("/account/factor")
def show() -> Page:
    """Show whether two-step sign-in is on, and offer to set it up."""
    return _page()


@bp.post("/account/factor")
def confirm() -> Page:
    """Switch it on, or over to another app, with the password and a code; show the recovery codes, once."""
    sealed = request.form.get("sealed", "")
    try:
        user = with_password()
        codes = factors().confirm(user, sealed, request.form.get("code", ""))
    except SealError as error:
        return _page(error.translated(_))
    except AccountError as error:
        return _page(error.translated(_), sealed=sealed)
    entering.again(user, "code")
    return _page(codes=codes)


@bp.post("/account/factor/codes")
def renew_codes() -> Page:
    """Make new recovery codes, with the password, and show them, once."""
    try:
        user = _with_factor()
    except AccountError as error:
        return _page(error.translated(_))
    codes = factors().renew_codes(user)
    entering.again(user)
    return _page(codes=codes)


@bp.post("/account/factor/off")
def switch_off() -> Page:
    """Switch it off, with the password."""
    try:
        user = _with_factor()
        if factors().needed(user):
            raise AccountError(N_("Your role needs two-step sign-in, so it cannot be switched off."))  # noqa: TRY301
    except AccountError as error:
        return _page(error.translated(_))
    factors().remove(user)
    entering.again(user)
    flash(_("Two-step sign-in is off, and everybody else who was signed in is out."))
    return redirect(url_for("account.show"), HTTPStatus.SEE_OTHER)


def _with_factor() -> User:
    known = with_password()
    if factors().of(known) is None:
        raise AccountError(N_("Two-step sign-in is off."))
    return known


def _code_page(user: User, problem: str, status: HTTPStatus) -> tuple[str, int]:
    return render_template("factor/ask.html", problem=problem, email=user.email), status


def _page(problem: str = "", *, sealed: str = "", codes: Sequence[str] = ()) -> tuple[str, int]:
    user = me()
    page = render_template(
        "factor/show.html",
        user=user,
        problem=problem,
        codes=codes,
        offer=None if codes else _offer(user, sealed),
        factor=factors().of(user),
        left=factors().left(user),
        needed=factors().needed(user),
        must=entering.owes_factor(user),
    )
    return page, HTTPStatus.BAD_REQUEST if problem else HTTPStatus.OK


def _offer(user: User, sealed: str) -> Offer:
    """Return the secret that the form came with, so that it is not scanned again after a mistake; else a new one."""
    try:
        return factors().offer(user, request.host, sealed)
    except SealError:
        return factors().offer(user, request.host)
