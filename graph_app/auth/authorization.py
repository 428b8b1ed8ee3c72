"""The one place that lets a request through or not, before any page runs."""

from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, redirect, request, session, url_for
from flask_babel import gettext
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import HTTPException, Unauthorized

from graph_app.auth import origin
from graph_app.auth.entering import owes_factor
from graph_app.auth.extension import accounts
from graph_app.auth.links import LinkError
from graph_app.auth.policies import POLICIES, Door, allows
from graph_app.auth.visitor import Kind, Visitor, visitor
from graph_app.errors import N_, AccessError
from graph_app.roles import ROLES

_WITHOUT = frozenset(
    {"factor.show", "factor.confirm", "account.logout"}
)  # what one may before a second factor is set up
_DATA = (".json", ".ndjson", ".csv", ".xlsx", ".graphml", ".gexf", ".html", ".atom")


def init_app(app: Flask) -> None:
    """Ask ``authorize`` before every request."""
    app.before_request(authorize)


def authorize() -> Response | None:
    """Let the request pass if its policy allows it to whoever asks; else answer what is missing.

    Raises
    ------
    AccessError
        If whoever asks is known, and may not; or if it comes from a page of another site.
    LinkError
        If the link of the first administrator comes too late.
    Unauthorized
        If a program asks without a valid token.
    SQLAlchemyError
        If the application database cannot say who it is.

    """
    origin.check(request)
    g.came_in = True
    g.pop("visitor", None)
    if failure := getattr(session, "failure", None):
        raise failure
    policy = POLICIES.get(request.endpoint or "")
    if policy in {Door.OPEN, Door.BEARER}:
        return None
    if policy is Door.FIRST_RUN and accounts().exist():
        raise LinkError
    asking = visitor()
    if asking.kind is Kind.MACHINE:
        origin.check_reading(request)
    if request.endpoint is None and asking.kind is not Kind.NOBODY:
        return None  # there is no such page, which the visitor may know
    if asking.kind is Kind.PROGRAM and not for_programs(request.path):
        raise AccessError(N_("A token reads data: addresses under /api and those that end in .json or .csv."))
    if asking.user and asking.kind is Kind.PERSON and request.endpoint not in _WITHOUT and owes_factor(asking.user):
        return _ask_to_set_up()
    if allows(policy, asking):
        return None
    return _refuse(asking)


def _refuse(asking: Visitor) -> Response:
    """Say why not, or ask who it is."""
    if asking.kind is Kind.NOBODY:
        return _ask_who()
    if asking.kind is Kind.MACHINE:
        raise AccessError(N_("There are no accounts yet. Create the first administrator; the console says how."))
    role = gettext(ROLES[asking.user.role].title) if asking.user else ""
    raise AccessError(N_("Your role does not allow this: %(role)s. Ask an administrator."), role=role)


def _ask_who() -> Response:
    """Send a reader to the page to sign in, and back from there; tell a program that it needs a token."""
    if for_programs(request.path) or request.path.endswith("/panel") or request.method not in {"GET", "HEAD"}:
        raise Unauthorized(www_authenticate=WWWAuthenticate("bearer"))
    wanted = request.full_path.removesuffix("?")
    return redirect(url_for("account.login", next=None if wanted == "/" else wanted))  # type: ignore[return-value]


def _ask_to_set_up() -> Response:
    """Lead who needs a second factor, and has none, to where it is set up."""
    if for_programs(request.path) or request.path.endswith("/panel") or request.method not in {"GET", "HEAD"}:
        raise AccessError(N_("Your role needs two-step sign-in. Set it up under “My account” first."))
    return redirect(url_for("factor.show"))  # type: ignore[return-value]


def for_programs(path: str) -> bool:
    """Say whether what is at ``path`` is data."""
    return path.startswith("/api/") or path.endswith(_DATA)


def safe_target(wanted: str | None) -> str:
    """Return where to go after signing in: ``wanted`` if it is the path of a page here, else the home page."""
    home = url_for("home.index")
    if (
        not wanted
        or not wanted.startswith("/")
        or wanted.startswith("//")
        or "\\" in wanted
        or not wanted.isprintable()
    ):
        return home
    try:
        parts = urlsplit(wanted)
        current_app.create_url_adapter(request).match(parts.path, "GET")  # type: ignore[union-attr]
    except (ValueError, HTTPException):  # unreadable, or no page here, or one that leads elsewhere
        return home
    return home if parts.scheme or parts.netloc else wanted
