"""The web application: a factory that wires the parts together. Nothing happens at import."""

from typing import Any

from flask import Flask, request
from flask_babel import Babel

from graph_app import __version__
from graph_app._layout import STATIC, TEMPLATES, TRANSLATIONS
from graph_app.graph.store import Store
from graph_app.language import LANGUAGES
from graph_app.settings import Settings
from graph_app.views import (
    api,
    entities,
    evidence,
    explore,
    filters,
    headers,
    home,
    language,
    preferences,
    problems,
    quality,
    queries,
    sources,
    styles,
)


def create_app(store: Store, settings: Settings, *, testing: bool = False) -> Flask:
    """Return the app that serves the graph of ``store``.

    Parameters
    ----------
    store
        Open store; the caller closes it.
    settings
        The settings of this run.
    testing
        Lets errors of our own making reach the test instead of the error page.

    Raises
    ------
    QuestionError
        If a saved question is badly written; the message has its file and line.

    """
    app = Flask(__name__, template_folder=str(TEMPLATES), static_folder=str(STATIC))
    app.config.update(TESTING=testing, BABEL_TRANSLATION_DIRECTORIES=str(TRANSLATIONS), BABEL_DOMAIN="messages")
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.extensions["store"] = store
    app.extensions["settings"] = settings
    app.extensions["questions"] = queries.catalog()
    Babel(app, locale_selector=_language)
    for section in (home, explore, entities, sources, quality, queries, styles, api):
        app.register_blueprint(section.bp)
    for part in (filters, evidence, headers, preferences, problems):
        part.init_app(app)
    app.context_processor(_frame)
    return app


def _language() -> str:
    """Return the language that the address asks for, else the one chosen before, else the browser's first."""
    for wanted in (request.args.get("lang"), request.cookies.get("language")):
        if wanted in LANGUAGES:
            return str(wanted)
    return request.accept_languages.best_match(LANGUAGES) or "en"


def _frame() -> dict[str, Any]:
    """Return what every page's frame needs."""
    reader = language()
    return {"reader": reader, "direction": "rtl" if reader == "fa" else "ltr", "version": __version__}
