"""``peyvand demo``, ``serve`` and ``check``: the app and its examples."""

import signal
import webbrowser
from collections.abc import Callable
from threading import Timer
from typing import Any

import click
import waitress
from flask import Flask

from graph_app._layout import EXAMPLES
from graph_app.app import create_app
from graph_app.auth import links
from graph_app.auth.extension import accounts
from graph_app.cli.context import open_store, say
from graph_app.cli.load import applied, keep_rejects, planned
from graph_app.database import Database, open_database
from graph_app.errors import N_, SettingError
from graph_app.graph.store import Store
from graph_app.language import gettext
from graph_app.settings import Settings

_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - asked for by --host, and only with accounts
_EXAMPLES = ("founding", "world")


def _address(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give ``command`` the options that say where the app listens."""
    for option in (
        click.option("--no-browser", is_flag=True, help="Do not open the browser."),
        click.option("--port", default=5000, show_default=True, help="Port of the app; 0 takes any free one."),
        click.option("--host", default="127.0.0.1", show_default=True, help="Address of the app: this machine only."),
    ):
        command = option(command)
    return command


@click.command()
@_address
def demo(host: str, port: int, *, no_browser: bool) -> None:
    """Start everything with the example data and open the browser. Safe to run again."""
    with open_store() as store:
        for name in _EXAMPLES:
            _load_example(store, name)
        _serve(store, host, port, browse=not no_browser)


@click.command()
@_address
def serve(host: str, port: int, *, no_browser: bool) -> None:
    """Start the app on the data that is there."""
    with open_store() as store:
        _serve(store, host, port, browse=not no_browser)


@click.command()
def check() -> None:
    """Say whether Neo4j can be reached and used, and what it holds."""
    with open_store() as store:
        row = store.table("MATCH (e:Entity)\nRETURN count(e) AS entities").rows[0]
        message = gettext(N_("Neo4j %(version)s answers. The graph holds %(entities)s entities."))
        click.echo(message % {"version": store.version, "entities": row[0]})


def _load_example(store: Store, name: str) -> None:
    made = planned(store, EXAMPLES / name)
    keep_rejects(made)
    if made.changes:
        applied(store, made)


def _serve(store: Store, host: str, port: int, *, browse: bool) -> None:
    """Answer until the user or the system says stop."""
    settings = Settings.read()
    database = open_database(settings)
    app = create_app(store, settings, database=database)
    with app.app_context():
        known = accounts().exist()
    _check_host(app, host, known=known)
    try:
        server = waitress.create_server(app, host=host, port=port, threads=8, ident=None, **_proxy(settings))
    except OSError as error:
        message = N_("Port %(port)s is in use by another program. Choose another with --port.")
        raise SettingError(message, port=port) from error
    address = f"http://{host}:{server.effective_port}/"
    say(gettext(N_("Peyvand is at %(address)s. Press Ctrl+C to stop.")) % {"address": address})
    if not known:
        _say_how_to_let_others_in(database, address)
    if browse:
        Timer(0.5, webbrowser.open, [address]).start()
    signal.signal(signal.SIGTERM, lambda *_: server.close())
    try:
        server.run()
    finally:
        server.close()
        database.close()


def _check_host(app: Flask, host: str, *, known: bool) -> None:
    """Refuse to serve other machines without accounts, or without knowing under which names they come."""
    if host in _LOOPBACK:
        return
    if not known:
        message = N_(
            "There are no accounts yet, so only this machine is served: use --host 127.0.0.1, not %(host)s. "
            "To serve others, first run: peyvand user add E-MAIL --role administrator"
        )
        raise SettingError(message, host=host)
    if host not in _EVERYWHERE:
        app.config["HOSTS"] |= {host.casefold()}
    elif not app.config["HOSTS"]:
        message = N_("Say under which names others reach this machine, in the setting PEYVAND_HOSTS.")
        raise SettingError(message)
    say(gettext(N_("Passwords travel as they are typed unless https is in front; see docs/accounts.md.")))


def _proxy(settings: Settings) -> dict[str, Any]:
    """Return how far waitress believes a reverse proxy. Headers of others stay, so that we see they were not local."""
    trusted = settings.text("PEYVAND_PROXY")
    if not trusted:
        return {"clear_untrusted_proxy_headers": False}
    return {
        "trusted_proxy": trusted,
        "trusted_proxy_headers": "x-forwarded-for x-forwarded-proto",
        "clear_untrusted_proxy_headers": True,
    }


def _say_how_to_let_others_in(database: Database, address: str) -> None:
    with database.writing() as session:
        secret = links.offer(session, links.FIRST)
    say(
        gettext(
            N_("Only this machine is served. To let others in, create the first administrator in 30 minutes: %(link)s")
        )
        % {"link": f"{address}setup/{secret}"}
    )
