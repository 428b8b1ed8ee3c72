"""The one place that records what people do in the app: after every request, by what its address means."""

import hashlib
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, g, request
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from graph_app.acts import CHANGING, Act
from graph_app.auth.acts import act_of
from graph_app.auth.extension import SAFE, database, looks_only
from graph_app.auth.policies import POLICIES, allows
from graph_app.auth.visitor import NOBODY, Kind, Visitor
from graph_app.database.journal import Line
from graph_app.graph.guard.bare import bare

_SECRETS = frozenset({"secret", "token", "code", "state", "session_state"})  # parts of addresses that open something
_LOOKS = frozenset({"lang", "theme", "calendar", "v"})  # of an address: how it is shown
_FIELDS = frozenset(
    {"do", "role", "email", "name", "days", "shared", "decision", "first", "second", "mapping", "about", "kind"}
)  # of forms; whatever else is typed is not kept
_MOST = 2000  # letters of what is kept of an address or a statement
_SHORT = 400  # of a summary, as wide as its column
_WITHIN = 1.0  # seconds in which a line about a change should be written before the answer goes out


def init_app(app: Flask) -> None:
    """Record after every request."""
    app.after_request(_recorded)


def tell(about: str) -> None:
    """Say what this request is about, where its address does not."""
    g.about = about


def _recorded(response: Response) -> Response:
    act = act_of(request.endpoint or "") if request.endpoint else None
    if act is None or request.method == "OPTIONS" or (act is Act.ACCOUNT and looks_only()):
        return response
    visitor, outcome = _visitor(), _outcome(response.status_code)
    if visitor.kind is Kind.NOBODY and not _counts(response.status_code):
        return response
    journal = database().journal
    journal.record(_line(act, visitor, outcome, response.status_code))
    if act in CHANGING and not looks_only():
        journal.settle(_WITHIN)
    return response


def _line(act: Act, visitor: Visitor, outcome: str, status: int) -> Line:
    form = _form()
    about = " ".join(filter(None, (g.get("about") or _about(), _asked(form))))
    statement = request.form.get("statement", "") if form is not None else ""
    details: dict[str, Any] = {"status": status}
    if len(about) > _SHORT:
        details["about"] = about[:_MOST]
    if statement:
        stripped = bare(statement)
        details |= {"statement": stripped[:_MOST], "sha256": hashlib.sha256(statement.encode()).hexdigest()}
        about = " ".join(filter(None, (about, stripped)))
    return {
        "kind": act,
        "who": _who(visitor),
        "user": visitor.user.id if visitor.user else None,
        "means": visitor.kind.value,
        "about": about,
        "route": request.endpoint or "",
        "details": details,
        "address": request.remote_addr or "",
        "request": g.get("request_id", ""),
        "outcome": outcome,
    }


def _visitor() -> Visitor:
    """Return who asked: as they came in or, if they came in by this very request, as they are now."""
    found: Visitor = g.get("visitor") or NOBODY
    if found.kind is Kind.NOBODY:
        try:
            if current_user.is_authenticated:
                return Visitor(Kind.PERSON, user=current_user._get_current_object())  # noqa: SLF001 - a proxy
        except SQLAlchemyError:
            return NOBODY
    return found


def _counts(status: int) -> bool:
    """Say whether what a stranger did is recorded: not what was refused, or anybody could fill the audit.

    Signing in is: the throttle lets few through to a wrong password.
    """
    passes = allows(POLICIES.get(request.endpoint or ""), NOBODY)
    return passes and "came_in" in g and status <= HTTPStatus.BAD_REQUEST


def _who(visitor: Visitor) -> str:
    return "" if visitor.kind is Kind.NOBODY else visitor.name


def _outcome(status: int) -> str:
    if status < HTTPStatus.BAD_REQUEST:
        return "done"
    refused = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS}
    return "refused" if status in refused else "failed"


def _about() -> str:
    values = request.view_args or {}
    return "/".join(str(value) for name, value in values.items() if name not in _SECRETS)


def _asked(form: dict[str, str] | None) -> str:
    """Return what the address asks for, and what of a form may be kept, as one text."""
    return "&".join(f"{name}={value}" for name, value in (*_arguments(), *(form or {}).items()))


def _arguments() -> Iterator[tuple[str, str]]:
    for name, values in request.args.lists():
        if name not in _LOOKS | _SECRETS:
            yield name, ",".join(values)


def _form() -> dict[str, str] | None:
    """Return what of a form may be kept; None if there is none that can be read."""
    if request.method in SAFE:
        return None
    try:
        kept = {name: ",".join(values) for name, values in request.form.lists() if name in _FIELDS}
        names = [part.filename or "" for parts in request.files.listvalues() for part in parts]
    except HTTPException:  # more was sent than is taken
        return None
    if request.endpoint == "account.login":
        kept = {name: text for name, text in kept.items() if "@" in text}  # others may be a password in the wrong place
    return {name: text for name, text in kept.items() if text} | ({"files": ",".join(names)} if any(names) else {})
