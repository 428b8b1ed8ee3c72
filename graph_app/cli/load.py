"""``peyvand load apply``, and what the other commands that load share with it."""

from pathlib import Path

import click

from graph_app.cli.accepting import accepting
from graph_app.cli.context import open_ledger, open_store, say, told, who
from graph_app.cli.exports import MAPPING, OVERWRITE, THOROUGH, WHERE, Chosen, chosen
from graph_app.cli.guidance import guidance, reading
from graph_app.cli.plans import balance_line, show_changes, show_plan
from graph_app.cli.progress import shown
from graph_app.cli.rejects import keep_rejects
from graph_app.cli.telling import tell_watchers
from graph_app.errors import N_, LoadError, PeyvandError
from graph_app.graph.store import Store
from graph_app.language import gettext
from loaders import filing, guards, keying, syncing
from loaders.conflicts import conflicts, edits, without
from loaders.decisions import Decisions
from loaders.foreseeing import foresee
from loaders.guards import Accepted
from loaders.ledger import Ledger
from loaders.plan import Balance
from loaders.promise import Promise
from loaders.reading import NOTHING_SAID, Guidance
from loaders.resyncing import resync
from loaders.running import foreign, perform, settle

_SHOWN = 20  # changes by hand that the terminal shows; the rest is counted


@click.command()
@WHERE
@MAPPING
@reading
@OVERWRITE
@THOROUGH
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
    from graph_app.cli.bulk import loaded_in_bulk  # noqa: PLC0415 - large, and who only plans does without

    found = None if filing.is_plan(where) else chosen(where, wanted)
    if found and loaded_in_bulk(found, guidance(said), accepted, yes=yes):
        return
    with open_store() as store, open_ledger() as ledger:
        with shown() as watch:
            settle(store, ledger, who(), lambda note: say(told(note)), watch=watch)
        made = (
            compared(store, ledger, found, guidance(said), thorough=thorough)
            if found
            else _opened(store, ledger, where)
        )
        if made is None:
            return
        made = sparing(ledger, made) if found and not overwrite else made
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
    return compared(store, ledger, chosen(where, wanted, tell_others=tell_others), said, thorough=thorough)


def compared(
    store: Store, ledger: Ledger, found: Chosen, said: Guidance = NOTHING_SAID, *, thorough: bool = False
) -> Promise:
    """Return the plan for what was ``found``. Parameters and errors as for ``planned``."""
    if keying.stale(store):
        say(gettext(N_("An earlier version made the search keys of this graph; the next load renews all of them.")))
    return resync(store, ledger, found.files, found.mapping, said, found.mapping_file, thorough=thorough)


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


def applied(store: Store, ledger: Ledger, made: Promise, accepted: Accepted = guards.NOTHING) -> str:
    """Write ``made`` and return the id of the run, telling on standard error how it goes."""
    with shown() as watch:
        run = perform(store, ledger, made, who(), lambda note: say(told(note)), watch=watch, accepted=accepted)
    plan_ = made.plan
    message = gettext(N_("Loaded %(mapping)s: %(entities)s entities and %(ties)s ties written. Run %(run)s."))
    say(message % {"mapping": plan_.mapping, "entities": len(plan_.entities), "ties": len(plan_.ties), "run": run})
    tell_watchers(store, ledger.database)
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


def notes(store: Store, ledger: Ledger) -> list[PeyvandError]:
    """Return what stands in the way of writing a plan, or happens before that."""
    state = syncing.state(store)
    if state.installation not in (None, ledger.installation):
        return [foreign(state)]
    if cut := ledger.unfinished(state.graph):
        message = N_("The run %(run)s is at work, or was cut off; then the next load finishes it first.")
        return [LoadError(message, run=cut.run)]
    return []
