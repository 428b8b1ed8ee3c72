"""``peyvand load``: what would change, and changing it."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from graph_app.cli.context import open_store, say
from graph_app.cli.readings import reading_lines
from graph_app.cli.rejects import keep_rejects
from graph_app.errors import N_, LoadError
from graph_app.graph.store import Store
from graph_app.language import chosen, gettext
from graph_app.vocabulary import vocabulary
from loaders import keying
from loaders import mapping as mappings
from loaders.applying import apply as write
from loaders.mapping import MappingFile
from loaders.plan import Balance, Change, Plan, differences
from loaders.planning import plan as make_plan
from loaders.reading import NOTHING_SAID, SUFFIXES, Guidance

_SHOWN = 20  # rejects and changes that the terminal shows; the rest is counted

_PATH = click.Path(exists=True, path_type=Path)
_MAPPING = click.option(
    "--mapping", "wanted", help="Name of a shipped mapping, or a mapping file. Default: the one that fits."
)


def _reading(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say how files are to be read, where that is not found or found wrongly."""
    for name, about in (
        ("--sheet", "Sheet of a workbook. Default: the only one, or the one with the name of the file."),
        ("--delimiter", "What separates cells: one character, or tab, comma, semicolon, pipe. Default: found."),
        ("--encoding", "Encoding of text files, e.g. windows-1256. Default: found, and told."),
    ):
        command = click.option(name, help=about)(command)
    return command


def _guidance(said: Mapping[str, str | None]) -> Guidance:
    return Guidance(encoding=said["encoding"], delimiter=said["delimiter"], sheet=said["sheet"])


@click.group()
def load() -> None:
    """Sync CSV, TSV and XLSX exports into the graph."""


@load.command()
@click.argument("where", type=_PATH)
@_MAPPING
@_reading
@click.option("--changes", is_flag=True, help="List every change, field by field.")
@click.pass_context
def plan(context: click.Context, /, where: Path, wanted: str | None, *, changes: bool, **said: str | None) -> None:
    """Show what loading the folder or file WHERE would change. Exit code 0: nothing, 2: something."""
    with open_store() as store:
        made = planned(store, where, wanted, _guidance(said))
    _show(made, changes=changes)
    keep_rejects(made)
    context.exit(2 if made.changes else 0)


@load.command()
@click.argument("where", type=_PATH)
@_MAPPING
@_reading
@click.option("--yes", is_flag=True, help="Do not ask.")
def apply(where: Path, wanted: str | None, *, yes: bool, **said: str | None) -> None:
    """Load the folder or file WHERE: show the plan, ask, then write it."""
    with open_store() as store:
        made = planned(store, where, wanted, _guidance(said))
        _show(made, changes=False)
        keep_rejects(made)
        if made.changes and (yes or click.confirm(gettext(N_("Apply this plan?")))):
            applied(store, made)


@load.command()
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def runs(form: str) -> None:
    """List the loads that were applied, the newest first."""
    columns = ("id", "mapping", "at", *(field.name for field in fields(Balance)))
    statement = "MATCH (l:Load)\nRETURN l {.*} AS load\nORDER BY l.at DESC"
    with open_store() as store:
        loads = [row["load"] for row in store.table(statement)]
    if form == "json":
        click.echo(json.dumps(loads, default=str, ensure_ascii=False, indent=2))
        return
    _print(columns, [[str(item.get(column, "")) for column in columns] for item in loads])


def planned(store: Store, where: Path, wanted: str | None = None, said: Guidance = NOTHING_SAID) -> Plan:
    """Return the plan for the folder or file ``where`` with the mapping ``wanted``, or with the one that fits.

    ``said`` tells how to read the files, where a person knows better than the reader.

    Raises
    ------
    LoadError
        If no mapping fits, or a file cannot be read as its mapping says.

    """
    files = sorted(filter(_readable, where.iterdir())) if where.is_dir() else [where]
    fitting = _mapping([file.name for file in files], wanted)
    others = ", ".join(file.name for file in files if not fitting.table_of(file.name))
    if others:
        say(
            gettext(N_("Not loaded, because the mapping %(mapping)s has no table for them: %(files)s."))
            % {"mapping": fitting.mapping, "files": others}
        )
    if keying.stale(store):
        say(gettext(N_("An earlier version made the search keys of this graph; the next load renews all of them.")))
    return make_plan(store, [file for file in files if fitting.table_of(file.name)], fitting, said)


def _readable(path: Path) -> bool:
    """Whether the loader reads such a file; Excel's lock files begin with ~$."""
    return path.suffix.lower() in SUFFIXES and path.is_file() and not path.name.startswith("~$")


def applied(store: Store, made: Plan) -> str:
    """Write ``made`` and return the id of the run, telling on standard error how it goes."""
    run = write(store, made)
    message = gettext(N_("Loaded %(mapping)s: %(entities)s entities and %(ties)s ties written. Run %(run)s."))
    say(message % {"mapping": made.mapping, "entities": len(made.entities), "ties": len(made.ties), "run": run})
    return run


def _mapping(files: Sequence[str], wanted: str | None) -> MappingFile:
    known = mappings.shipped()
    if wanted is None:
        return mappings.fitting(files, known)
    if wanted.endswith((".yaml", ".yml")):
        return mappings.load(Path(wanted))
    found = next((mapping for mapping in known if mapping.mapping == wanted), None)
    if found is None:
        names = ", ".join(mapping.mapping for mapping in known)
        raise LoadError(N_("There is no mapping “%(name)s”; there are: %(names)s."), name=wanted, names=names)
    return found


def _show(made: Plan, *, changes: bool) -> None:
    """Print a plan: how the files were read, counts, rejects, the balance line, and on request every change."""
    for line in reading_lines(made.readings):
        click.echo(line)
    if changes:
        for change in made.steps():
            _show_change(change)
    _print(("", "+", "~"), [[_class_name(name), str(new), str(changed)] for name, new, changed in made.counts()])
    for reject in made.rejects[:_SHOWN]:
        message = gettext(N_("%(file)s, line %(line)s, column %(column)s: %(reason)s"))
        reason = " ".join(filter(None, (reject.reason.translated(gettext), reject.reason.translated_hint(gettext))))
        place = {"file": reject.file, "line": reject.row.line, "column": reject.column or "–", "reason": reason}
        click.echo(message % place)
    if len(made.rejects) > _SHOWN:
        click.echo(gettext(N_("… and %(more)s more rejected rows.")) % {"more": len(made.rejects) - _SHOWN})
    click.echo(_balance_line(made))


def _balance_line(made: Plan) -> str:
    """Return the line that accounts for every row; rows that cannot be accounted for are an error."""
    balance = made.balance
    if not balance.adds_up:
        raise LoadError(N_("The plan is wrong: its rows do not add up (%(balance)s)."), balance=balance)
    message = gettext(
        N_(
            "%(read)s rows = %(created)s new + %(updated)s changed + %(reformatted)s reformatted"
            " + %(unchanged)s unchanged + %(duplicate)s repeated + %(rejected)s rejected + %(ignored)s blank."
        )
    )
    return message % vars(balance)


def _show_change(change: Change) -> None:
    click.echo(f"{'+' if change.before is None else '~'} {change.id}")
    for name, before, after in differences(change):
        click.echo(
            f"    {name}: {_shown(before)} → {_shown(after)}" if change.before else f"    {name}: {_shown(after)}"
        )


def _shown(value: Any) -> str:  # noqa: ANN401 - any property
    return "–" if value is None else str(value)


def _class_name(name: str) -> str:
    words = vocabulary()
    word = words.labels[name].many if name in words.labels else words.types[name].out
    return f"{word.in_language(chosen())} ({name})"


def _print(columns: Iterable[str], rows: Iterable[Sequence[str]]) -> None:
    table = Table(*columns, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*row)
    Console(width=None if Console().is_terminal else 160).print(table)
