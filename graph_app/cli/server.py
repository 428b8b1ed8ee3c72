"""``peyvand demo``, ``serve`` and ``check``: the app and its examples."""

import signal
import webbrowser
from collections.abc import Callable
from threading import Timer
from typing import Any

import click
import waitress

from graph_app._layout import EXAMPLES
from graph_app.app import begin_checks, create_app
from graph_app.cli.context import open_store, say
from graph_app.cli.load import applied, planned
from graph_app.cli.rejects import keep_rejects
from graph_app.errors import N_, SettingError, StoreError
from graph_app.graph.store import Store
from graph_app.language import gettext
from graph_app.settings import Settings
from loaders import keying

_LOOPBACK = ("127.0.0.1", "::1", "localhost")
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
    """Say whether Neo4j can be reached and used, what it holds, and whether free-hand asking is open."""
    with open_store() as store:
        row = store.table("MATCH (e:Entity)\nRETURN count(e) AS entities").rows[0]
        message = gettext(N_("Neo4j %(version)s answers. The graph holds %(entities)s entities."))
        click.echo(message % {"version": store.version, "entities": row[0]})
        _print_gate(store)


def _print_gate(store: Store) -> None:
    """Say whether free-hand asking is open, and what each check of the server found."""
    status = store.gate.checked()
    is_open = status.state == "open"
    click.echo(gettext(N_("Free-hand asking is open.") if is_open else N_("Free-hand asking is shut.")))
    for check in status.checks:
        told = check.problem.translated(gettext) if check.problem else gettext(N_("passed"))
        click.echo(f"  {gettext(check.name)}: {told}")
    if foreign := store.gate.foreign_functions():
        message = gettext(N_("Functions of plugins, which free-hand statements may not use: %(names)s"))
        click.echo("  " + message % {"names": ", ".join(foreign)})


def _load_example(store: Store, name: str) -> None:
    made = planned(store, EXAMPLES / name)
    keep_rejects(made)
    if made.changes:
        applied(store, made)


def _renew_keys(store: Store) -> None:
    """Make the search keys those of this version; a server that lets us only read is served as it is."""
    try:
        renewed = keying.renew(store)
    except StoreError as error:
        say(gettext(N_("The search keys could not be renewed: %(reason)s")) % {"reason": error.translated(gettext)})
    else:
        if renewed:
            say(gettext(N_("Search keys renewed: %(count)s entities.")) % {"count": renewed})


def _serve(store: Store, host: str, port: int, *, browse: bool) -> None:
    """Answer until the user or the system says stop. There are no accounts yet, so only this machine is served."""
    if host not in _LOOPBACK:
        message = N_("Peyvand has no accounts yet, so it serves this machine only: use --host 127.0.0.1, not %(host)s.")
        raise SettingError(message, host=host)
    _renew_keys(store)
    app = create_app(store, Settings.read())
    try:
        server = waitress.create_server(app, host=host, port=port, threads=8, ident=None)
    except OSError as error:
        message = N_("Port %(port)s is in use by another program. Choose another with --port.")
        raise SettingError(message, port=port) from error
    begin_checks(app)
    address = f"http://{host}:{server.effective_port}/"
    say(gettext(N_("Peyvand is at %(address)s. Press Ctrl+C to stop.")) % {"address": address})
    if browse:
        Timer(0.5, webbrowser.open, [address]).start()
    signal.signal(signal.SIGTERM, lambda *_: server.close())
    try:
        server.run()
    finally:
        server.close()
