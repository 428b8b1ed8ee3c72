"""``peyvand engine``: the managed Neo4j, by hand."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from graph_app import engine as managed
from graph_app.cli.ask import tell_cut
from graph_app.cli.context import open_store, say
from graph_app.engine.condition import LOW_DISK
from graph_app.engine.logs import follow as following
from graph_app.engine.logs import tail
from graph_app.errors import N_, PeyvandError
from graph_app.graph.results import Table as Found
from graph_app.graph.results import as_json
from graph_app.language import gettext
from graph_app.settings import Settings

_SHOWN_LOGS = ("supervisor", "neo4j", "java")
_MB, _GB = 10**6, 10**9


@click.group()
def engine() -> None:
    """Run the managed Neo4j, which is used when NEO4J_URI is not set."""


@engine.command()
@click.option("--to", "target", type=click.Path(path_type=Path), help="Also put the files into this folder.")
def install(target: Path | None) -> None:
    """Fetch and verify the engine's files, if they are not there."""
    folder = managed.install(Settings.read(), target)
    say(gettext(N_("The engine is in %(folder)s.")) % {"folder": folder})
    if target:
        message = N_("Carry it to the machine without a network and set PEYVAND_ENGINE_JARS to it there.")
        say(gettext(message))


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
    """Say whether the engine runs, where, who uses it, its memory, its disk and its logs."""
    found = managed.status(Settings.read())
    if form == "json":
        click.echo(json.dumps(asdict(found), default=str, ensure_ascii=False))
        return
    table = Table("", Column(overflow="fold", no_wrap=False), box=None, show_header=False)
    for label, value in _lines(found):
        table.add_row(label, Text(value, overflow="fold"))
    Console(width=None if Console().is_terminal else 200).print(table, soft_wrap=True)
    if found.low:
        say(gettext(LOW_DISK) % {"folder": found.home})


def _lines(found: managed.Status) -> Iterator[tuple[str, str]]:
    """Yield the lines of the status for people."""
    yield gettext(N_("Running")), gettext(N_("yes")) if found.running else gettext(N_("no"))
    yield gettext(N_("Address")), found.uri or "–"
    yield gettext(N_("Process")), str(found.pid or "–")
    yield gettext(N_("Version")), found.version
    yield gettext(N_("Since")), _since(found)
    yield gettext(N_("Restarts")), str(found.restarts)
    yield gettext(N_("Memory")), _memory(found)
    yield gettext(N_("Disk")), _disk(found)
    yield gettext(N_("Users")), str(found.holders)
    for user in found.users:
        yield "", f"{user.pid} {user.command}"
    yield gettext(N_("Folder")), str(found.home)
    for place, log in enumerate(found.logs):
        yield "" if place else gettext(N_("Logs")), str(log)
    yield gettext(N_("Last failure")), found.failure or "–"


def _since(found: managed.Status) -> str:
    return datetime.fromisoformat(found.since).astimezone().strftime("%Y-%m-%d %H:%M:%S") if found.since else "–"


def _memory(found: managed.Status) -> str:
    if not (found.memory and found.heap and found.pagecache):
        return "–"
    message = N_("%(memory)s resident; the heap may grow to %(heap)s, beside a page cache of %(pagecache)s")
    sizes = {"memory": found.memory, "heap": found.heap, "pagecache": found.pagecache}
    return gettext(message) % {name: _size(size) for name, size in sizes.items()}


def _disk(found: managed.Status) -> str:
    message = N_("the store takes %(disk)s; %(free)s are free")
    return gettext(message) % {"disk": _size(found.disk), "free": _size(found.free)}


def _size(size: int) -> str:
    return f"{size / _GB:.1f} GB" if size >= _GB else f"{size // _MB} MB"


@engine.command()
@click.option("-n", "count", default=20, show_default=True, help="How many lines of each.")
@click.option("-f", "--follow", is_flag=True, help="Go on with what comes, until Ctrl+C.")
@click.option(
    "--log",
    "names",
    type=click.Choice([*_SHOWN_LOGS, "debug"]),
    multiple=True,
    default=_SHOWN_LOGS,
    show_default=True,
    help="Which; may be given more than once.",
)
def logs(count: int, names: tuple[str, ...], *, follow: bool) -> None:
    """Print the end of the engine's logs."""
    files = managed.log_files(Settings.read())
    paths = [files[name] for name in names]
    news, last = following(paths), None  # looks at the files' ends before they are printed, so that no line is lost
    for path in paths:
        click.echo(f"== {path}")
        for line in tail(path, count):
            click.echo(line)
        last = path
    for path, line in news if follow else ():
        if path != last:
            click.echo(f"== {path}")
        click.echo(line)
        last = path


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
