"""Signing in at an OpenID Connect provider: there, and back."""

from http import HTTPStatus

from flask import Blueprint, abort, g, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from graph_app.auth import entering, origin, recording
from graph_app.auth.admitting import admit
from graph_app.auth.authorization import safe_target
from graph_app.auth.extension import accounts, factors, provider
from graph_app.auth.provider import ProviderError
from graph_app.auth.sealing import SealError
from graph_app.auth.sessions import cookie_name
from graph_app.database.tables import User
from graph_app.errors import N_, AccountError
from graph_app.views.account import Page, login_page

bp = Blueprint("provider", __name__, url_prefix="/login/provider")

_COOKIE = "provider"


@bp.get("")
def start() -> Page:
    """Send the browser to the provider. Nothing is kept here: what must be known again, the browser keeps, sealed."""
    if not provider().issuer:
        abort(HTTPStatus.NOT_FOUND)
    if not origin.comes_from_here(request):  # nobody is signed in by a page of another site
        return redirect(url_for("account.login"))
    try:
        url, kept = provider().begin(_back())
    except ProviderError as error:
        return login_page(error.translated(_), HTTPStatus.BAD_GATEWAY)
    answer = redirect(url, HTTPStatus.SEE_OTHER)
    content = [*kept, safe_target(request.args.get("next"))]
    entering.remember(answer, _COOKIE, factors().seal.close(content, _COOKIE, entering.LASTS))
    return answer


@bp.get("/back")
def back() -> Page:
    """Let in who comes back from the provider, once its answer is proven."""
    if not provider().issuer:
        abort(HTTPStatus.NOT_FOUND)
    g.changes = True  # a session begins here, although the provider can only send a GET
    try:
        *kept, wanted = factors().seal.open(request.cookies.get(cookie_name(request, _COOKIE), ""), _COOKIE)
        stranger = provider().finish(request.url, _back(), kept)
        recording.tell(stranger.email or stranger.subject)
        user = admit(accounts(), provider(), stranger)
        answer = _enter(user, wanted, factor=stranger.factor)
    except SealError:
        return login_page(ProviderError().translated(_), HTTPStatus.BAD_REQUEST)
    except AccountError as error:
        accounts().session.rollback()
        return login_page(error.translated(_), HTTPStatus.BAD_REQUEST)
    entering.forget(answer, _COOKIE)
    return answer


@bp.get("/leave")
def leave() -> Page:
    """Lead to where one signs out at the provider too."""
    if not provider().issuer:
        abort(HTTPStatus.NOT_FOUND)
    home = url_for("account.login", _external=True)
    try:
        return redirect(provider().farewell(home), HTTPStatus.SEE_OTHER)
    except ProviderError:
        return redirect(home)


def _enter(user: User, wanted: str, *, factor: bool) -> Response:
    if factor:
        return entering.enter(user, wanted, "provider", entering.AT_PROVIDER)
    if factors().needed(user) and factors().of(user) is None:
        raise AccountError(N_("Your role needs a second factor, and the provider does not say that you showed one."))
    return entering.proceed(user, "provider", wanted)


def _back() -> str:
    return url_for("provider.back", _external=True)
