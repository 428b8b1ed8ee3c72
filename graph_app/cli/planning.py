"""``peyvand load plan``: what would change. That nothing would is told without what compares and changes."""

from pathlib import Path

import click

from graph_app.cli.context import open_ledger, open_store, say, told
from graph_app.cli.exports import MAPPING, OVERWRITE, THOROUGH, WHERE, Chosen, chosen
from graph_app.cli.guidance import guidance, reading
from graph_app.cli.plans import print_plan, show_plan
from graph_app.cli.rejects import keep_rejects
from graph_app.database.glance import glance
from graph_app.errors import N_
from graph_app.graph.store import Store
from graph_app.language import gettext
from graph_app.settings import Settings
from loaders.foreseen import Following
from loaders.promise import Promise
from loaders.reading import Guidance
from loaders.unchanged import unchanged

_FORM = click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="How to print."
)


@click.command()
@WHERE
@MAPPING
@reading
@click.option("--changes", is_flag=True, help="List every change, field by field.")
@OVERWRITE
@THOROUGH
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
    settings, told_of_files = Settings.read(), guidance(said)
    with open_store(settings) as store:
        found = chosen(where, wanted)
        with glance(settings) as ledger:
            asked = (found.files, found.mapping, told_of_files, found.mapping_file)
            made = None if thorough else unchanged(store, ledger, *asked)
        follows = Following()
        if made is None:
            made, follows = _compared(store, found, told_of_files, overwrite=overwrite, thorough=thorough)
    if form == "json":
        print_plan(made, follows)
    else:
        show_plan(made.plan, changes=changes, follows=follows)
    keep_rejects(made.plan)
    if save:
        _save(made, save)
    context.exit(2 if made.plan.changes else 0)


def _compared(
    store: Store, found: Chosen, said: Guidance, *, overwrite: bool, thorough: bool
) -> tuple[Promise, Following]:
    from graph_app.cli import load  # noqa: PLC0415 - what compares is large, and seldom needed
    from loaders.foreseeing import foresee  # noqa: PLC0415

    with open_ledger() as ledger:
        made = load.compared(store, ledger, found, said, thorough=thorough)
        made = made if overwrite else load.sparing(ledger, made)
        follows = foresee(store, made.plan)
        for note in load.notes(store, ledger):
            say(told(note))
    return made, follows


def _save(made: Promise, file: Path) -> None:
    from loaders import filing  # noqa: PLC0415 - only for who keeps a plan

    filing.save(made, file)
    message = gettext(N_("The plan is in %(file)s; write it with: peyvand load apply %(file)s"))
    say(message % {"file": file})
