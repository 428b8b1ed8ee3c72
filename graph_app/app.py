"""The web application: a factory that wires the parts together. Nothing happens at import."""

import weakref
from collections.abc import Callable
from typing import Any

from babel import Locale
from flask import Flask, g, request
from flask_babel import Babel

from graph_app import __version__
from graph_app._layout import STATIC, TEMPLATES, TRANSLATIONS
from graph_app.auth import authorization, extension, recording
from graph_app.auth.visitor import visitor
from graph_app.catalog.kept import Keep
from graph_app.catalog.shelf import shelf
from graph_app.catalog.vetting import Vetting
from graph_app.database import Database, open_database
from graph_app.delivery.courier import Courier
from graph_app.editing.desk import Edits
from graph_app.graph.store import Store
from graph_app.language import LANGUAGES
from graph_app.loading.desk import Desk
from graph_app.portfolio import Shelf
from graph_app.settings import Settings
from graph_app.texts.desk import TextDesk
from graph_app.views import (
    access,
    account,
    admin,
    agreements,
    answer_files,
    api,
    asking,
    assets,
    audit,
    bilateral,
    briefings,
    channels,
    classed,
    comments,
    common,
    compare,
    digest,
    documents,
    edits,
    entities,
    evidence,
    explore,
    factor,
    filters,
    headers,
    health,
    history,
    home,
    language,
    levels,
    loads,
    maps,
    panorama,
    partners,
    paths,
    people,
    plans,
    preferences,
    problems,
    provider,
    quality,
    queries,
    questions,
    reference,
    remembered,
    review,
    saved,
    setup,
    sheets,
    sieves,
    signing,
    sources,
    styles,
    texts,
    watched,
)
from graph_app.views.compiled import Compiled

_BODY = 2**20  # bytes that a form may have; a page that takes files sets ``request.max_content_length`` higher

_LOCALES = {name: Locale(name) for name in LANGUAGES}

_SECTIONS = (
    health,
    home,
    explore,
    agreements,
    sieves,
    briefings,
    maps,
    panorama,
    paths,
    common,
    compare,
    saved,
    entities,
    sheets,
    edits,
    documents,
    texts,
    partners,
    people,
    bilateral,
    signing,
    history,
    sources,
    quality,
    answer_files,
    queries,
    asking,
    watched,
    channels,
    digest,
    comments,
    loads,
    plans,
    styles,
    questions,
    reference,
    api,
    account,
    factor,
    provider,
    setup,
    admin,
    audit,
    review,
)


class _App(Flask):
    """Flask for views that are plain functions."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return ``func``: none of ours is a coroutine, and to look takes longer, a dozen times in each request."""
        return func


def create_app(store: Store, settings: Settings, *, testing: bool = False, database: Database | None = None) -> Flask:
    """Return the app that serves the graph of ``store``.

    Parameters
    ----------
    store
        Open store; the caller closes it.
    settings
        The settings of this run.
    testing
        Lets errors of our own making reach the test instead of the error page.
    database
        Open application database; the caller closes it. Without one, that of ``settings`` is opened.

    Raises
    ------
    DatabaseError
        If the application database cannot be used.
    """
    app = _App(__name__, template_folder=str(TEMPLATES), static_folder=str(STATIC))
    app.jinja_options = {**app.jinja_options, "bytecode_cache": Compiled(settings.home / "templates")}
    app.config.update(TESTING=testing, BABEL_TRANSLATION_DIRECTORIES=str(TRANSLATIONS), BABEL_DOMAIN="messages")
    app.config.update(MAX_CONTENT_LENGTH=_BODY, MAX_FORM_MEMORY_SIZE=_BODY, MAX_FORM_PARTS=200)
    app.extensions["store"] = store
    app.extensions["settings"] = settings
    app.extensions["questions"] = shelf(settings)
    app.extensions["vetting"] = Vetting()
    app.extensions["portfolios"] = Shelf()
    app.extensions["answers"] = Keep()
    app.config["EXPORT"] = settings.number("PEYVAND_EXPORT", least=1)
    app.config["HOSTS"] = frozenset(settings.text("PEYVAND_HOSTS").casefold().replace(",", " ").split())
    Babel(app, locale_selector=_language)
    for section in _SECTIONS:
        app.register_blueprint(section.bp)
    access.init_app(app)
    headers.init_app(app)  # the host is checked before anybody is let in
    opened = database or _own_database(app, settings)
    recording.init_app(app)  # asked after the extension, which ends the transaction of the page
    extension.install(app, opened, settings)
    # after the extension, which has its own way of writing JSON
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    told = Courier(store, opened, settings, app.extensions["questions"], app.extensions["vetting"])
    app.extensions["courier"] = told
    app.extensions["desk"] = desk = Desk(store, opened, settings, loaded=told.wake)
    desk.sweep()
    app.extensions["edits"] = edits_ = Edits(store, opened, settings, loaded=told.wake)
    app.extensions["texts"] = TextDesk(edits_)
    authorization.init_app(app)
    for part in (assets, filters, levels, classed, evidence, history, edits, texts, comments, preferences, problems):
        part.init_app(app)
    app.context_processor(_frame)
    return app


def _own_database(app: Flask, settings: Settings) -> Database:
    """Open the application database for as long as ``app`` lives."""
    database = open_database(settings)
    weakref.finalize(app, database.close)
    return database


def begin_checks(app: Flask) -> None:
    """Check the server and the questions in the background, so that nobody waits for it."""
    store: Store = app.extensions["store"]
    app.extensions["pulse"] = store.watch()
    store.gate.begin()
    app.extensions["vetting"].begin(store, app.extensions["questions"].values())


def _language() -> Locale:
    """Return the language that the address asks for, else the one chosen before, else the browser's."""
    user = g.visitor.user if "visitor" in g else None
    for wanted in (request.args.get("lang"), remembered("language"), user and user.language):
        if wanted in _LOCALES:
            return _LOCALES[wanted]
    return _LOCALES[request.accept_languages.best_match(LANGUAGES) or "en"]


def _frame() -> dict[str, Any]:
    """Return what every page's frame needs."""
    reader = language()
    frame = {"reader": reader, "direction": "rtl" if reader == "fa" else "ltr", "version": __version__}
    return {**frame, "visitor": visitor()}
