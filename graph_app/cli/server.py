"""``peyvand demo``, ``serve`` and ``check``: the app and its examples."""

import signal
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer
from time import monotonic
from typing import Any

import click
import waitress
from flask import Flask

from graph_app import logs
from graph_app._layout import EXAMPLES
from graph_app.app import begin_checks, create_app
from graph_app.auth import links
from graph_app.auth.accounts import anybody
from graph_app.cli.context import open_store, say, told, who
from graph_app.cli.listening import Listener, spare_the_lasting
from graph_app.cli.load import applied, planned, sparing
from graph_app.cli.rejects import keep_rejects
from graph_app.database import Database, open_database
from graph_app.errors import N_, SettingError, StoreError
from graph_app.graph.store import Store
from graph_app.language import gettext
from graph_app.settings import Settings
from graph_app.uploads.limits import Limits
from loaders import keying
from loaders.ledger import Ledger
from loaders.running import settle

_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - asked for by --host, and only with accounts
_LARGEST_BODY = 16 * 2**20  # bytes read of a request at all, besides uploads; pages take less, and say so
_GRACE = 10.0  # seconds in which a load that is being written may come to its end when we are told to stop
_EXAMPLES = ("founding", "world")
_FICTION = "demo"  # is loaded last: its fictional agreements are between cities of the world example


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
@click.option(
    "--with-fiction/--without-fiction",
    "fiction",
    default=True,
    show_default=True,
    help="Load the fictional demonstration portfolio, too.",
)
def demo(host: str, port: int, *, no_browser: bool, fiction: bool) -> None:
    """Start everything with the example data and open the browser. Safe to run again."""
    with _database(host) as (settings, database), open_store() as store:
        for name in _EXAMPLES:
            _load_example(store, Ledger(database), name)
        if fiction and (run := _load_example(store, Ledger(database), _FICTION)):
            message = gettext(N_("The demonstration portfolio is fictional. To remove it: peyvand load undo %(run)s"))
            say(message % {"run": run})
        _renew_keys(store)
        _serve(create_app(store, settings, database=database), host, port, browse=not no_browser)


@click.command()
@_address
def serve(host: str, port: int, *, no_browser: bool) -> None:
    """Start the app on the data that is there."""
    with _database(host) as (settings, database), open_store() as store:
        _renew_keys(store)
        _serve(create_app(store, settings, database=database), host, port, browse=not no_browser)


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


def _load_example(store: Store, ledger: Ledger, name: str) -> str | None:
    """Load an example; return the id of the run, or None if the graph holds it already."""
    settle(store, ledger, who(), lambda note: say(told(note)))
    made = sparing(ledger, planned(store, ledger, EXAMPLES / name, tell_others=False))
    keep_rejects(made.plan)
    return applied(store, ledger, made) if made.plan.changes else None


def _renew_keys(store: Store) -> None:
    """Make the search keys those of this version; a server that lets us only read is served as it is."""
    try:
        renewed = keying.renew(store)
    except StoreError as error:
        say(gettext(N_("The search keys could not be renewed: %(reason)s")) % {"reason": error.translated(gettext)})
    else:
        if renewed:
            say(gettext(N_("Search keys renewed: %(count)s entities.")) % {"count": renewed})


@contextmanager
def _database(host: str) -> Iterator[tuple[Settings, Database]]:
    """Open the application database and say, before anything else starts, whether ``host`` may be served."""
    settings = Settings.read()
    logs.begin(settings.choice("PEYVAND_LOG", "text", "json"))
    database = open_database(settings)
    try:
        yield _with_names(settings, host, known=anybody(database)), database
    finally:
        database.close()


def _with_names(settings: Settings, host: str, *, known: bool) -> Settings:
    """Return the settings with ``host`` among the names under which others come.

    Raises
    ------
    SettingError
        If others would be served without accounts, or nobody can know under which names they come.

    """
    names, proxy = settings.text("PEYVAND_HOSTS"), settings.text("PEYVAND_PROXY")
    if not known and (proxy or host not in _LOOPBACK):
        message = N_(
            "There are no accounts yet, so only this machine is served: no --host %(host)s, and no PEYVAND_PROXY. "
            "To serve others, first run: peyvand user add EMAIL --role administrator"
        )
        raise SettingError(message, host=host)
    if host in _LOOPBACK:
        return settings
    if not names and host in _EVERYWHERE:
        raise SettingError(N_("Say under which names others reach this machine, in the setting PEYVAND_HOSTS."))
    if not proxy:
        say(
            gettext(
                N_("Passwords travel as they are typed. Put a reverse proxy with https in front; see PEYVAND_PROXY.")
            )
        )
    return Settings({**settings.values, "PEYVAND_HOSTS": names if host in _EVERYWHERE else f"{names},{host}"})


def _serve(app: Flask, host: str, port: int, *, browse: bool) -> None:
    """Answer until the user or the system says stop."""
    listener = _listen(app, host, port)
    begin_checks(app)
    app.extensions["courier"].begin()
    address = f"http://{f'[{host}]' if ':' in host else host}:{listener.port}/"
    say(gettext(N_("Peyvand is at %(address)s. Press Ctrl+C to stop.")) % {"address": address})
    if not anybody(app.extensions["database"]):
        _say_how_to_let_others_in(app.extensions["database"], address)
    if browse:
        Timer(0.5, webbrowser.open, [address]).start()
    signal.signal(signal.SIGTERM, lambda _number, _frame: listener.stop())
    spare_the_lasting()
    try:
        listener.run()
    finally:
        _finish(app)


def _finish(app: Flask) -> None:
    """End what goes on in the background. Nobody asks any more; both databases are closed only after this."""
    app.extensions["courier"].stop()
    last = monotonic() + _GRACE
    for desk in (app.extensions["desk"], app.extensions["edits"]):
        if not desk.close(max(0.0, last - monotonic())):
            say(gettext(N_("A load is cut off; the next one finishes it.")))


def _listen(app: Flask, host: str, port: int) -> Listener:
    """Return the listener, which has the port and answers once it runs."""
    settings: Settings = app.extensions["settings"]
    largest = Limits.of(settings).size + _LARGEST_BODY
    options = {"threads": 8, "ident": None, "max_request_body_size": largest}
    options |= {"channel_request_lookahead": 1}  # so that it is noticed when nobody waits for an answer any more
    try:
        return Listener(waitress.create_server(app, host=host, port=port, **options, **_proxy(settings)))
    except OSError as error:
        message = N_("Port %(port)s is in use by another program. Choose another with --port.")
        raise SettingError(message, port=port) from error


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
