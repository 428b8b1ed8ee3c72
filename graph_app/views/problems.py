"""Errors as the reader meets them: one sentence in their language, as a page or as JSON."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, cast

from flask import Flask, Response, current_app, g, jsonify, make_response, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException, Unauthorized

from graph_app import engine
from graph_app.auth.authorization import for_programs
from graph_app.auth.links import LinkError
from graph_app.auth.visitor import NOBODY
from graph_app.errors import (
    AccessError,
    FullError,
    NotFoundError,
    PeyvandError,
    StoreError,
    TimeLimitError,
    no_room,
)
from graph_app.graph.pulse import AwayError
from graph_app.settings import Settings

Answer = tuple[str, int] | Response

_LONGEST = 600  # letters of a sentence
_SENTENCES = {
    HTTPStatus.NOT_FOUND: lazy_gettext("There is no such page. Search for what you need, or start from the home page."),
    HTTPStatus.BAD_REQUEST: lazy_gettext("The address of this page cannot be understood."),
    HTTPStatus.UNAUTHORIZED: lazy_gettext("Sign in first; a program sends a valid token."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: lazy_gettext("More was sent than this page takes. Send less at once."),
    HTTPStatus.METHOD_NOT_ALLOWED: lazy_gettext("This page cannot be used that way."),
    HTTPStatus.TOO_MANY_REQUESTS: lazy_gettext("Too much was asked for in a short time. Wait a little and try again."),
}


_TITLES = {
    HTTPStatus.BAD_REQUEST: lazy_gettext("The request cannot be used"),
    HTTPStatus.UNAUTHORIZED: lazy_gettext("Not signed in"),
    HTTPStatus.FORBIDDEN: lazy_gettext("Not allowed"),
    HTTPStatus.NOT_FOUND: lazy_gettext("Not found"),
    HTTPStatus.METHOD_NOT_ALLOWED: lazy_gettext("Method not allowed"),
    HTTPStatus.GONE: lazy_gettext("No longer there"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: lazy_gettext("Too much at once"),
    HTTPStatus.TOO_MANY_REQUESTS: lazy_gettext("Too many requests"),
    HTTPStatus.INTERNAL_SERVER_ERROR: lazy_gettext("A fault of ours"),
    HTTPStatus.SERVICE_UNAVAILABLE: lazy_gettext("Not available now"),
    HTTPStatus.GATEWAY_TIMEOUT: lazy_gettext("Too slow"),
}


def init_app(app: Flask) -> None:
    """Answer errors with a sentence."""
    app.register_error_handler(PeyvandError, _own)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(SQLAlchemyError, _database)
    app.register_error_handler(OSError, _system)


def status_of(error: PeyvandError) -> HTTPStatus:
    """Return the HTTP status that says what ``error`` says."""
    match error:
        case AccessError():
            return HTTPStatus.FORBIDDEN
        case LinkError():
            return HTTPStatus.GONE
        case NotFoundError():
            return HTTPStatus.NOT_FOUND
        case TimeLimitError():
            return HTTPStatus.GATEWAY_TIMEOUT
        case StoreError() | FullError():
            return HTTPStatus.SERVICE_UNAVAILABLE
    return HTTPStatus.BAD_REQUEST


def _own(error: PeyvandError) -> Answer:
    fields = {name: shorten(one.translated(gettext)) for name, one in getattr(error, "problems", {}).items()}
    return _answer((_why_away(error) or error).translated(gettext), status_of(error), fields=fields)


def _why_away(error: PeyvandError) -> PeyvandError | None:
    """Return why our own engine ended, if that is why the store does not answer; None if it runs or is not ours."""
    settings = cast("Settings", current_app.extensions["settings"])
    if type(error) not in {StoreError, AwayError} or settings.text("NEO4J_URI"):
        return None
    return engine.ended(settings)


def _database(error: SQLAlchemyError) -> Answer:
    """Say that the accounts cannot be asked; who it is stays unknown, and the page shows nothing of the graph."""
    current_app.logger.error("the application database does not answer", exc_info=error)
    g.visitor = NOBODY
    if no_room(error):
        return _own(FullError())
    sentence = gettext("The application database does not answer. Try again soon, or tell an administrator.")
    return _answer(sentence, HTTPStatus.SERVICE_UNAVAILABLE)


def _system(error: OSError) -> Answer:
    """Say that the disk is full; whatever else the system refuses is a fault of ours."""
    if not no_room(error):
        raise error
    current_app.logger.error("the disk is full", exc_info=error)
    return _own(FullError())


def _http(error: HTTPException) -> Answer | Response:
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    if isinstance(error, Unauthorized) and _is_out():
        return _answer(gettext("Your session has ended."), status, sign_in=url_for("account.login"))
    sentence = _SENTENCES.get(status) or lazy_gettext(
        "Something went wrong on our side. The server's log has the details."
    )
    told = make_response(_answer(str(sentence), status))
    for name, value in error.get_headers():
        if name not in {"Content-Type", "Content-Length"}:
            told.headers[name] = value  # which methods there are, how to sign in, when to come again
    return told


def _is_out() -> bool:
    """Say whether a page of ours asks, which whoever reads it was signed in for, and no program with a token."""
    return request.headers.get("Sec-Fetch-Site") == "same-origin" and "Authorization" not in request.headers


def problem(sentence: str, status: HTTPStatus, **more: Any) -> Response:  # noqa: ANN401 - whatever JSON can write
    """Return what went wrong for a program, as problem details (RFC 9457).

    Parameters
    ----------
    sentence
        What went wrong and what to do, in the reader's language.
    status
        Its HTTP status; the page at its ``type`` says what it means.
    **more
        Further members.

    """
    kind = url_for("reference.index", _anchor=f"problem-{int(status)}")
    title = str(_TITLES.get(status, status.phrase))
    answer = jsonify({"type": kind, "title": title, "status": int(status), "detail": shorten(sentence), **more})
    answer.status_code, answer.mimetype = int(status), "application/problem+json"
    return answer


def shorten(sentence: str) -> str:
    """Return a sentence without the middle of what it repeats of a far too long request."""
    return sentence if len(sentence) <= _LONGEST else f"{sentence[: _LONGEST // 2]} … {sentence[-_LONGEST // 2 :]}"


def titles() -> dict[int, tuple[str, str]]:
    """Return the statuses that the API answers with: what each means, and the sentence of those that have only one."""
    return {int(status): (str(title), str(_SENTENCES.get(status, ""))) for status, title in _TITLES.items()}


def _answer(sentence: str, status: HTTPStatus, *, sign_in: str = "", fields: Mapping[str, str] | None = None) -> Answer:
    """Answer with ``sentence`` and, if need be, the address at which to sign in."""
    if for_programs(request.path):
        way_in = {"sign_in": sign_in, "again": gettext("Sign in again.")} if sign_in else {}
        return problem(sentence, status, **way_in, **({"fields": fields} if fields else {}))
    template = "problem/_panel.html" if request.path.endswith("/panel") else "problem/index.html"
    return render_template(template, sentence=sentence, status=int(status), sign_in=sign_in), status
