"""``peyvand engine``: the managed Neo4j, by hand."""

import json
from dataclasses import asdict

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from graph_app import engine as managed
from graph_app.cli.ask import tell_cut
from graph_app.cli.context import open_store, say
from graph_app.errors import N_, PeyvandError
from graph_app.graph.results import Table as Found
from graph_app.graph.results import as_json
from graph_app.language import gettext
from graph_app.settings import Settings

_FIELDS = {
    "running": N_("Running"),
    "uri": N_("Address"),
    "pid": N_("Process"),
    "version": N_("Version"),
    "memory": N_("Memory"),
    "holders": N_("Users"),
    "home": N_("Folder"),
    "failure": N_("Last failure"),
}


@click.group()
def engine() -> None:
    """Run the managed Neo4j, which is used when NEO4J_URI is not set."""


@engine.command()
def install() -> None:
    """Fetch and verify the engine's files, if they are not there."""
    say(gettext(N_("The engine is in %(folder)s.")) % {"folder": managed.install(Settings.read())})


@engine.command()
def start() -> None:
    """Start the engine and keep it running until `peyvand engine stop`."""
    found = managed.start(Settings.read(), say=say)
    say(gettext(N_("Neo4j %(version)s answers at %(uri)s.")) % {"version": found.version, "uri": found.uri})


@engine.command()
@click.option("--force", is_flag=True, help="Stop it even if others use it.")
def stop(*, force: bool) -> None:
    """Stop the engine."""
    stopped = managed.stop(Settings.read(), force=force)
    say(gettext(N_("Neo4j is stopped.")) if stopped else gettext(N_("Neo4j was not running.")))


@engine.command()
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def status(form: str) -> None:
    """Say whether the engine runs, where, and how many use it."""
    found = asdict(managed.status(Settings.read()))
    if form == "json":
        click.echo(json.dumps(found, default=str))
        return
    table = Table(box=None, show_header=False)
    for name, label in _FIELDS.items():
        table.add_row(gettext(label), Text(_shown(name, found[name]), overflow="fold"))
    Console().print(table)


def _shown(name: str, value: object) -> str:
    if isinstance(value, bool):
        return gettext(N_("yes")) if value else gettext(N_("no"))
    if name == "memory" and isinstance(value, int):
        return f"{value // 10**6} MB"
    return "–" if value is None else str(value)


@engine.command()
@click.option("-n", "count", default=20, show_default=True, help="How many lines of each.")
def logs(count: int) -> None:
    """Print the end of the engine's logs."""
    for name, lines in managed.log_lines(Settings.read(), count).items():
        click.echo(f"== {name}")
        click.echo("\n".join(lines))


@engine.command()
def shell() -> None:
    """Ask the graph in Cypher, read-only; a statement ends with a semicolon, Ctrl+D ends the shell."""
    with open_store() as store:
        while (statement := _statement()) is not None:
            try:
                found = store.gate.ask(statement)
            except PeyvandError as error:
                click.echo(error.translated(gettext), err=True)
                continue
            Console().print(_table(found.table))
            tell_cut(found)


def _table(found: Found) -> Table:
    """Return the rows for the terminal. Values are shown as they are: in a cell, brackets are not rich's markup."""
    table = Table(box=None)
    for name in found.columns:
        table.add_column(Text(name))
    for row in found.rows:
        table.add_row(*(Text(json.dumps(as_json(value), ensure_ascii=False), overflow="fold") for value in row))
    return table


def _statement() -> str | None:
    """Read lines until one ends with a semicolon; None at the end of the input."""
    lines: list[str] = []
    while True:
        try:
            lines.append(input("… " if lines else "cypher> "))
        except EOFError:
            return None
        if lines[-1].rstrip().endswith(";"):
            return "\n".join(lines).rstrip().removesuffix(";")
