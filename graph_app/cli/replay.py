"""``peyvand load replay``: rejected rows loaded as rows of the file and line from which they were rejected."""

from pathlib import Path

import click

from graph_app.cli.accepting import accepting
from graph_app.cli.context import open_ledger, open_store, say, told, who
from graph_app.cli.exports import mapping_of
from graph_app.cli.load import applied, sparing
from graph_app.cli.plans import show_plan
from graph_app.cli.rejects import keep_rejects
from graph_app.errors import N_
from graph_app.graph.store import Store
from graph_app.language import gettext
from loaders.guards import Accepted
from loaders.ledger import Ledger
from loaders.promise import Promise
from loaders.replaying import files_of, replay_file, replay_run
from loaders.running import settle


@click.command()
@click.argument("what")
@click.option("--mapping", "wanted", help="Name of a shipped mapping, or a mapping file. Default: the one that fits.")
@click.option("--changes", is_flag=True, help="List every change, field by field.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@accepting
def replay(what: str, wanted: str | None, *, changes: bool, yes: bool, accepted: Accepted) -> None:
    """Load the mended file of rejects WHAT, or the rows that the run WHAT rejected: show the plan, ask, write it."""
    with open_store() as store, open_ledger() as ledger:
        settle(store, ledger, who(), lambda note: say(told(note)))
        made = sparing(ledger, _planned(store, ledger, what, wanted))
        show_plan(made.plan, changes=changes)
        keep_rejects(made.plan)
        if not made.plan.changes:
            ledger.keep(made)
        elif yes or click.confirm(gettext(N_("Apply this plan?"))):
            applied(store, ledger, made, accepted)


def _planned(store: Store, ledger: Ledger, what: str, wanted: str | None) -> Promise:
    """Return the plan for the file ``what``, or for the run of that name, by the mapping by which it was read."""
    path = Path(what)
    if path.is_file():
        return replay_file(store, ledger, path, *mapping_of([Path(name) for name in files_of(path)], wanted))
    load = ledger.load(what)
    names = [Path(file.name) for file in ledger.files(load)]
    return replay_run(store, ledger, load.run, *mapping_of(names, wanted or load.mapping))
