"""``peyvand load``: what would change, and changing it."""

from collections.abc import Sequence
from pathlib import Path

import click

from graph_app.cli.accepting import accepting
from graph_app.cli.context import open_ledger, open_store, say, told, who
from graph_app.cli.guidance import guidance, reading
from graph_app.cli.plans import balance_line, print_plan, show_changes, show_plan
from graph_app.cli.progress import shown
from graph_app.cli.rejects import keep_rejects
from graph_app.errors import N_, LoadError, PeyvandError
from graph_app.graph.store import Store
from graph_app.language import gettext
from graph_app.settings import Settings
from loaders import filing, guards, keying, syncing
from loaders.conflicts import conflicts, edits, without
from loaders.decisions import Decisions
from loaders.foreseeing import foresee
from loaders.guards import Accepted
from loaders.ledger import Ledger
from loaders.library import library
from loaders.mapping import MappingFile
from loaders.plan import Balance
from loaders.promise import Promise
from loaders.reading import NOTHING_SAID, SUFFIXES, Guidance
from loaders.resyncing import resync
from loaders.running import foreign, perform, settle

_SHOWN = 20  # changes by hand that the terminal shows; the rest is counted
_PATH = click.Path(exists=True, path_type=Path)
_OVERWRITE = click.option("--overwrite", is_flag=True, help="Overwrite what was changed by hand in the graph.")
_FORM = click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="How to print."
)
_MAPPING = click.option("--mapping", "wanted", help="Name of a mapping, or a mapping file. Default: the one that fits.")


@click.command()
@click.argument("where", type=_PATH)
@_MAPPING
@reading
@click.option("--changes", is_flag=True, help="List every change, field by field.")
@_OVERWRITE
@click.option("--thorough", is_flag=True, help="Compare every row with the graph, also those that did not change.")
@_FORM
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
    thorough: bool,
    form: str,
    **said: str | None,
) -> None:
    """Show what loading the folder or file WHERE would change. Exit code 0: nothing, 2: something."""
    with open_store() as store, open_ledger() as ledger:
        made = planned(store, ledger, where, wanted, guidance(said), thorough=thorough)
        made = made if overwrite else sparing(ledger, made)
        follows = foresee(store, made.plan)
        for note in _notes(store, ledger):
            say(told(note))
    if form == "json":
        print_plan(made, follows)
    else:
        show_plan(made.plan, changes=changes, follows=follows)
    keep_rejects(made.plan)
    if save:
        filing.save(made, save)
        message = gettext(N_("The plan is in %(file)s; write it with: peyvand load apply %(file)s"))
        say(message % {"file": save})
    context.exit(2 if made.plan.changes else 0)


@click.command()
@click.argument("where", type=_PATH)
@_MAPPING
@reading
@_OVERWRITE
@click.option("--thorough", is_flag=True, help="Compare every row with the graph, also those that did not change.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@accepting
@click.pass_context
def apply(
    context: click.Context,
    /,
    where: Path,
    wanted: str | None,
    *,
    yes: bool,
    overwrite: bool,
    thorough: bool,
    accepted: Accepted,
    **said: str | None,
) -> None:
    """Load the folder or file WHERE, or write the saved plan WHERE: show the plan, ask, then write it."""
    saved = filing.is_plan(where)
    with open_store() as store, open_ledger() as ledger:
        with shown() as watch:
            settle(store, ledger, who(), lambda note: say(told(note)), watch=watch)
        made = (
            _opened(store, ledger, where)
            if saved
            else planned(store, ledger, where, wanted, guidance(said), thorough=thorough)
        )
        if made is None:
            return
        made = made if saved or overwrite else sparing(ledger, made)
        show_plan(made.plan, changes=False, follows=foresee(store, made.plan))
        keep_rejects(made.plan)
        if not made.plan.changes:
            ledger.keep(made)
        elif yes or click.confirm(gettext(N_("Apply this plan?"))):
            balance = Balance(**ledger.load(applied(store, ledger, made, accepted)).balance)
            if balance != made.plan.balance:
                click.echo(balance_line(balance))
                context.exit(1)


def planned(
    store: Store,
    ledger: Ledger,
    where: Path,
    wanted: str | None = None,
    said: Guidance = NOTHING_SAID,
    *,
    thorough: bool = False,
    tell_others: bool = True,
) -> Promise:
    """Return the plan for the folder or file ``where`` with the mapping ``wanted``, or with the one that fits.

    ``said`` tells how to read the files, where a person knows better than the reader. Files that the mapping has no
    table for are named, unless ``tell_others`` is off. ``thorough`` compares rows that are known too.

    Raises
    ------
    LoadError
        If no mapping fits, or a file cannot be read as its mapping says.

    """
    files = sorted(filter(_readable, where.iterdir())) if where.is_dir() else [where]
    fitting, kept_in = mapping_of(files, wanted)
    others = ", ".join(file.name for file in files if not fitting.tables_in(file))
    if others and tell_others:
        say(
            gettext(N_("Not loaded, because the mapping %(mapping)s has no table for them: %(files)s."))
            % {"mapping": fitting.mapping, "files": others}
        )
    if keying.stale(store):
        say(gettext(N_("An earlier version made the search keys of this graph; the next load renews all of them.")))
    ours = [file for file in files if fitting.tables_in(file)]
    return resync(store, ledger, ours, fitting, said, kept_in, thorough=thorough)


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


def applied(store: Store, ledger: Ledger, made: Promise, accepted: Accepted = guards.NOTHING) -> str:
    """Write ``made`` and return the id of the run, telling on standard error how it goes."""
    with shown() as watch:
        run = perform(store, ledger, made, who(), lambda note: say(told(note)), watch=watch, accepted=accepted)
    plan_ = made.plan
    message = gettext(N_("Loaded %(mapping)s: %(entities)s entities and %(ties)s ties written. Run %(run)s."))
    say(message % {"mapping": plan_.mapping, "entities": len(plan_.entities), "ties": len(plan_.ties), "run": run})
    return run


def _opened(store: Store, ledger: Ledger, file: Path) -> Promise | None:
    """Return the plan in ``file``, or None if it is written already; refuse it if anything moved."""
    made = filing.opened(file)
    if earlier := ledger.applied(made.digest, syncing.state(store).graph):
        message = gettext(N_("This plan is written already, by the run %(run)s. Nothing to do."))
        say(message % {"run": earlier.run})
        return None
    if moved := list(filing.moved(store, made, Decisions(ledger.database).merges())):
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


def mapping_of(files: Sequence[Path], wanted: str | None) -> tuple[MappingFile, Path | None]:
    """Return the mapping called ``wanted``, or the one that fits, and its file if it is the user's own.

    The user's mappings that are broken are told.
    """
    known = library(Settings.read().mappings)
    for one in known.broken:
        say(told(one.reason))
    found = known.fitting(files) if wanted is None else known.named(wanted)
    return found.mapping, found.own_file
