"""What commands share: the store they read from, wherever Neo4j runs, and how they tell what they are doing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from graph_app import engine
from graph_app.encryption import refuse_plain
from graph_app.errors import PeyvandError
from graph_app.graph.bookmarks import LASTS
from graph_app.graph.store import Store, connect
from graph_app.language import gettext
from graph_app.loading.operator import who
from graph_app.settings import LARGEST_PICTURE, Settings
from graph_app.text import without_controls

if TYPE_CHECKING:
    from loaders.ledger import Ledger

_PLAIN = frozenset({"bolt", "neo4j"})  # schemes without encryption
__all__ = ["connected", "open_ledger", "open_store", "say", "told", "who"]


def say(message: str) -> None:
    """Tell what is going on, on standard error, so that the output of a command stays clean."""
    click.echo(without_controls(message), err=True)


def told(error: PeyvandError) -> str:
    """Return the sentence of ``error`` and its hint, in the language of the command line."""
    return " ".join(filter(None, (error.translated(gettext), error.translated_hint(gettext))))


@contextmanager
def open_ledger(settings: Settings | None = None) -> Iterator["Ledger"]:
    """Give the ledger in the application database.

    Errors as for ``open_database``.
    """
    from graph_app.database import open_database  # noqa: PLC0415 - large; who only asks the graph does without
    from loaders.ledger import Ledger  # noqa: PLC0415

    database = open_database(settings or Settings.read())
    try:
        yield Ledger(database)
    finally:
        database.close()


@contextmanager
def open_store(settings: Settings | None = None) -> Iterator[Store]:
    """Give the store of ``NEO4J_URI`` or, if that is empty, of the managed engine, which is started if need be.

    Raises
    ------
    EngineError
        If the managed engine cannot be started.
    StoreError
        If the server cannot be reached, refuses the password or is too old.

    """
    settings = settings or Settings.read()
    uri = settings.text("NEO4J_URI")
    if uri:
        if urlsplit(uri).scheme in _PLAIN:
            refuse_plain(settings, urlsplit(uri).hostname or "", "NEO4J_URI")
        username, password = settings.text("NEO4J_USERNAME"), settings.secret("NEO4J_PASSWORD")
        with _store(settings, uri, username, password, settings.text("NEO4J_DATABASE")) as store:
            yield store
        return
    with engine.hold(settings, say=say) as address, connected(settings, address) as store:
        yield store


@contextmanager
def connected(settings: Settings, address: engine.Address) -> Iterator[Store]:
    """Give the store of the managed engine, which is held. Errors as for ``open_store``."""
    with _store(settings, address.uri, address.username, address.password, "neo4j") as store:
        yield store


@contextmanager
def _store(settings: Settings, uri: str, username: str, password: str, database: str) -> Iterator[Store]:
    limits: dict[str, Any] = {
        "rows": settings.number("PEYVAND_ROWS", least=1),
        "elements": settings.number("PEYVAND_ELEMENTS", least=1, most=LARGEST_PICTURE),
    }
    seconds = settings.number("PEYVAND_SECONDS", least=1)
    with (
        Store(connect(uri, username, password), database, **limits, seconds=seconds) as store,
        _shared(settings, store),
    ):
        store.check()
        yield store


@contextmanager
def _shared(settings: Settings, store: Store) -> Iterator[None]:
    """Let other processes of this application database know what is written here, where that is of use."""
    if not store.server.routed:
        yield
        return
    from graph_app.database.board import opened  # noqa: PLC0415 - large; one server does without

    with opened(settings, store.database, LASTS) as board:
        if board:
            store.share(board)
        yield
