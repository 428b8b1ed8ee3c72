"""Flask-Security on an app, over the application database, with sessions that stand on the server."""

import secrets
from typing import cast

from flask import Flask, Response, current_app, g, has_request_context, request
from flask import session as browser
from flask.globals import app_ctx
from flask_security import RoleMixin, Security
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from graph_app.auth.accounts import Accounts, Addresses, Datastore
from graph_app.auth.factors import Factors
from graph_app.auth.passwords import PasswordRules
from graph_app.auth.provider import Provider
from graph_app.auth.sessions import Sessions
from graph_app.database import Database
from graph_app.database.tables import User
from graph_app.roles import Role
from graph_app.settings import Settings

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})  # methods that change nothing
_CONFIGURATION = {
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],  # it has its own salt; no key of ours has to be kept for ever
    "SECURITY_JOIN_USER_ROLES": False,  # roles stand in code
    "SECURITY_CLI_USERS_NAME": None,
    "SECURITY_CLI_ROLES_NAME": None,
    "SESSION_PROTECTION": None,  # by address, it would sign out who walks to another desk
    "WTF_CSRF_ENABLED": False,  # forms of other sites are refused by where they come from, see ``origin``
}


def install(app: Flask, database: Database, settings: Settings) -> Accounts:
    """Give ``app`` accounts, kept in ``database``, and return them."""
    # nothing that is signed outlives a process: what a browser keeps is a name of a row
    app.config.update(_CONFIGURATION, SECRET_KEY=secrets.token_bytes(32))
    sessions: scoped_session[Session] = scoped_session(lambda: _session(database), scopefunc=_context)  # type: ignore[arg-type]
    datastore = Datastore(sessions, User, cast("type[RoleMixin]", Role))
    security = Security(
        app, datastore, register_blueprint=False, password_util_cls=PasswordRules, mail_util_cls=Addresses
    )
    security.login_manager.user_loader(lambda uniquifier: _user(database, uniquifier))
    security.login_manager.request_loader(lambda _request: None)  # programs come with our own tokens only
    security.principal.identity_loaders.clear()  # what one may stands in ``policies``; nobody reads its needs
    Sessions(database).init_app(app)
    app.after_request(lambda response: _finished(response, sessions))
    app.teardown_appcontext(lambda _error: sessions.remove())
    app.extensions["database"] = database
    app.extensions["accounts"] = found = Accounts(database, security, sessions)
    app.extensions["factors"] = Factors(found, settings)
    app.extensions["provider"] = Provider(settings)
    return found


def database() -> Database:
    """Return the application database of this app."""
    return cast("Database", current_app.extensions["database"])


def accounts() -> Accounts:
    """Return the accounts of this app."""
    return cast("Accounts", current_app.extensions["accounts"])


def looks_only() -> bool:
    """Say whether this request changes nothing: by its method, unless its view says that it does (``g.changes``)."""
    return request.method in SAFE and not g.get("changes")


def factors() -> Factors:
    """Return the second factors of the accounts of this app."""
    return cast("Factors", current_app.extensions["factors"])


def provider() -> Provider:
    """Return the provider where people of this app sign in; its issuer is empty if there is none."""
    return cast("Provider", current_app.extensions["provider"])


def _context() -> int:
    return id(app_ctx._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001 - a proxy


def _user(database: Database, uniquifier: str) -> User | None:
    """Return whose session it is. Not in the request's own transaction, which would then stay open during the page."""
    came: User | None = getattr(browser, "user", None)
    if came and came.fs_uniquifier == uniquifier and came.active:
        return came
    with database.reading() as session:
        return session.scalar(select(User).where(User.fs_uniquifier == uniquifier, User.active))


def _finished(response: Response, sessions: scoped_session[Session]) -> Response:
    """End what the page left open: the browser's session is written next, in a transaction of its own."""
    if sessions.registry.has():
        sessions.rollback()
    return response


def _session(database: Database) -> Session:
    return database.session(writes=not (has_request_context() and looks_only()))
