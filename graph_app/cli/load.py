"""``peyvand load``: what would change, and changing it."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import click

from graph_app.cli.context import open_ledger, open_store, say, told, who
from graph_app.cli.plans import show_changes, show_plan
from graph_app.cli.rejects import keep_rejects
from graph_app.errors import N_, LoadError, PeyvandError
from graph_app.graph.store import Store
from graph_app.language import gettext
from loaders import filing, keying, syncing
from loaders import mapping as mappings
from loaders.aliases import NONE, Aliases
from loaders.conflicts import conflicts, edits, without
from loaders.decisions import Decisions
from loaders.ledger import Ledger
from loaders.mapping import MappingFile
from loaders.promise import Promise, promise
from loaders.reading import NOTHING_SAID, SUFFIXES, Guidance
from loaders.running import foreign, perform, settle

_SHOWN = 20  # changes by hand that the terminal shows; the rest is counted
_PATH = click.Path(exists=True, path_type=Path)
_OVERWRITE = click.option("--overwrite", is_flag=True, help="Overwrite what was changed by hand in the graph.")
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
@_OVERWRITE
@click.option("--save", type=click.Path(path_type=Path), help="Keep the plan in this file (.json or .json.gz).")
@click.pass_context
def plan(
    context: click.Context,
    /,
    where: Path,
    wanted: str | None,
    save: Path | None,
    *,
    changes: bool,
    overwrite: bool,
    **said: str | None,
) -> None:
    """Show what loading the folder or file WHERE would change. Exit code 0: nothing, 2: something."""
    with open_store() as store, open_ledger() as ledger:
        made = planned(store, where, wanted, _guidance(said), decided=Decisions(ledger.database).merges())
        made = made if overwrite else sparing(ledger, made)
        for note in _notes(store, ledger):
            say(told(note))
    show_plan(made.plan, changes=changes)
    keep_rejects(made.plan)
    if save:
        filing.save(made, save)
        message = gettext(N_("The plan is in %(file)s; write it with: peyvand load apply %(file)s"))
        say(message % {"file": save})
    context.exit(2 if made.plan.changes else 0)


@load.command()
@click.argument("where", type=_PATH)
@_MAPPING
@_reading
@_OVERWRITE
@click.option("--yes", is_flag=True, help="Do not ask.")
def apply(where: Path, wanted: str | None, *, yes: bool, overwrite: bool, **said: str | None) -> None:
    """Load the folder or file WHERE, or write the saved plan WHERE: show the plan, ask, then write it."""
    saved = filing.is_plan(where)
    with open_store() as store, open_ledger() as ledger:
        settle(store, ledger, who(), lambda note: say(told(note)))
        decided = Decisions(ledger.database).merges()
        made = (
            _opened(store, ledger, where, decided)
            if saved
            else planned(store, where, wanted, _guidance(said), decided=decided)
        )
        if made is None:
            return
        made = made if saved or overwrite else sparing(ledger, made)
        show_plan(made.plan, changes=False)
        keep_rejects(made.plan)
        if made.plan.changes and (yes or click.confirm(gettext(N_("Apply this plan?")))):
            applied(store, ledger, made)


def planned(
    store: Store,
    where: Path,
    wanted: str | None = None,
    said: Guidance = NOTHING_SAID,
    *,
    tell_others: bool = True,
    decided: Aliases = NONE,
) -> Promise:
    """Return the plan for the folder or file ``where`` with the mapping ``wanted``, or with the one that fits.

    ``said`` tells how to read the files, where a person knows better than the reader. Files that the mapping has no
    table for are named, unless ``tell_others`` is off. ``decided`` has what people decided to merge.

    Raises
    ------
    LoadError
        If no mapping fits, or a file cannot be read as its mapping says.

    """
    files = sorted(filter(_readable, where.iterdir())) if where.is_dir() else [where]
    fitting, kept_in = _mapping([file.name for file in files], wanted)
    others = ", ".join(file.name for file in files if not fitting.table_of(file.name))
    if others and tell_others:
        say(
            gettext(N_("Not loaded, because the mapping %(mapping)s has no table for them: %(files)s."))
            % {"mapping": fitting.mapping, "files": others}
        )
    if keying.stale(store):
        say(gettext(N_("An earlier version made the search keys of this graph; the next load renews all of them.")))
    mapped = [file for file in files if fitting.table_of(file.name)]
    return promise(store, mapped, fitting, said, kept_in, decided)


def sparing(ledger: Ledger, made: Promise) -> Promise:
    """Return ``made`` without what would overwrite a change by hand; each of these is told, with its values."""
    left = conflicts(ledger, made)
    if left:
        message = N_(
            "Changed in the graph since it was loaded, by hand or by somebody else's load, and left so: %(count)s."
            " The files' values are taken with --overwrite."
        )
        click.echo(gettext(message) % {"count": len(left)})
        show_changes([edit for _, edit in edits(ledger, made, left)], most=_SHOWN)
    return without(made, left)


def _readable(path: Path) -> bool:
    """Whether the loader reads such a file; Excel's lock files begin with ~$."""
    return path.suffix.lower() in SUFFIXES and path.is_file() and not path.name.startswith("~$")


def applied(store: Store, ledger: Ledger, made: Promise) -> str:
    """Write ``made`` and return the id of the run, telling on standard error how it goes."""
    run, plan_ = perform(store, ledger, made, who(), lambda note: say(told(note))), made.plan
    message = gettext(N_("Loaded %(mapping)s: %(entities)s entities and %(ties)s ties written. Run %(run)s."))
    say(message % {"mapping": plan_.mapping, "entities": len(plan_.entities), "ties": len(plan_.ties), "run": run})
    return run


def _opened(store: Store, ledger: Ledger, file: Path, decided: Aliases) -> Promise | None:
    """Return the plan in ``file``, or None if it is written already; refuse it if anything moved."""
    made = filing.opened(file)
    if earlier := ledger.applied(made.digest, syncing.state(store).graph):
        message = gettext(N_("This plan is written already, by the run %(run)s. Nothing to do."))
        say(message % {"run": earlier.run})
        return None
    if moved := list(filing.moved(store, made, decided)):
        message = N_("The plan %(file)s is stale: %(reasons)s. Plan again.")
        raise LoadError(message, file=file.name, reasons="; ".join(reason.translated(gettext) for reason in moved))
    return made


def _notes(store: Store, ledger: Ledger) -> list[PeyvandError]:
    """Return what stands in the way of writing a plan, or happens before that."""
    state = syncing.state(store)
    if state.installation not in (None, ledger.installation):
        return [foreign(state)]
    if cut := ledger.unfinished(state.graph):
        message = N_("The run %(run)s is at work, or was cut off; then the next load finishes it first.")
        return [LoadError(message, run=cut.run)]
    return []


def _mapping(files: Sequence[str], wanted: str | None) -> tuple[MappingFile, Path | None]:
    """Return the mapping, and its file if it is not one of ours."""
    known = mappings.shipped()
    if wanted is None:
        return mappings.fitting(files, known), None
    if wanted.endswith((".yaml", ".yml")):
        return mappings.load(Path(wanted)), Path(wanted)
    found = next((mapping for mapping in known if mapping.mapping == wanted), None)
    if found is None:
        names = ", ".join(mapping.mapping for mapping in known)
        raise LoadError(N_("There is no mapping “%(name)s”; there are: %(names)s."), name=wanted, names=names)
    return found, None
