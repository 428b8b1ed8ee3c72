"""Errors as the reader meets them: one sentence in their language, as a page or as JSON."""

from http import HTTPStatus
from typing import Any, cast

from flask import Flask, current_app, render_template, request
from flask_babel import gettext, lazy_gettext
from werkzeug.exceptions import HTTPException

from graph_app import engine
from graph_app.errors import NotFoundError, PeyvandError, StoreError, TimeLimitError
from graph_app.settings import Settings

Answer = tuple[str | dict[str, Any], int]

_SENTENCES = {
    HTTPStatus.NOT_FOUND: lazy_gettext("There is no such page. Search for what you need, or start from the home page."),
    HTTPStatus.BAD_REQUEST: lazy_gettext("The address of this page cannot be understood."),
    HTTPStatus.METHOD_NOT_ALLOWED: lazy_gettext("This page cannot be used that way."),
}


def init_app(app: Flask) -> None:
    """Answer errors with a sentence."""
    app.register_error_handler(PeyvandError, _own)
    app.register_error_handler(HTTPException, _http)


def status_of(error: PeyvandError) -> HTTPStatus:
    """Return the HTTP status that says what ``error`` says."""
    match error:
        case NotFoundError():
            return HTTPStatus.NOT_FOUND
        case TimeLimitError():
            return HTTPStatus.GATEWAY_TIMEOUT
        case StoreError():
            return HTTPStatus.SERVICE_UNAVAILABLE
    return HTTPStatus.BAD_REQUEST


def _own(error: PeyvandError) -> Answer:
    return _answer((_why_away(error) or error).translated(gettext), status_of(error))


def _why_away(error: PeyvandError) -> PeyvandError | None:
    """Return why our own engine ended, if that is why the store does not answer; None if it runs or is not ours."""
    settings = cast("Settings", current_app.extensions["settings"])
    if type(error) is not StoreError or settings.text("NEO4J_URI"):
        return None
    return engine.ended(settings)


def _http(error: HTTPException) -> Answer:
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    sentence = _SENTENCES.get(status) or lazy_gettext(
        "Something went wrong on our side. The server's log has the details."
    )
    return _answer(str(sentence), status)


def _answer(sentence: str, status: HTTPStatus) -> Answer:
    if request.path.startswith("/api/") or request.path.endswith(".json"):
        return {"error": sentence}, status
    template = "problem/_panel.html" if request.path.endswith("/panel") else "problem/index.html"
    return render_template(template, sentence=sentence, status=int(status)), status
