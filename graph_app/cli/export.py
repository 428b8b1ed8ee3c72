"""``peyvand export``: everything that the graph claims, as tables with the mapping that loads them."""

from contextlib import closing
from pathlib import Path

import click

from graph_app.backup import exporting
from graph_app.backup.claims import Outline
from graph_app.cli.context import open_store, say, who
from graph_app.cli.progress import shown
from graph_app.database import open_database
from graph_app.errors import N_
from graph_app.language import gettext
from graph_app.settings import Settings


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--bom/--no-bom", default=True, help="Begin the files with the mark by which Excel knows UTF-8.")
def export(folder: Path, *, bom: bool) -> None:
    """Write everything that the graph claims as CSV tables with their mapping into a new FOLDER.

    It loads into an empty installation as its README.txt says. Accounts, history and settings are in a backup.
    """
    settings = Settings.read()
    with closing(open_database(settings)) as database, open_store(settings) as store, shown() as watch:
        made = exporting.export(store, database, folder, who(), mark=bom, watch=watch)
    _tell(made.outline)
    message = gettext(N_("Exported: %(claims)s claims in %(tables)s tables. The files hold all that people see."))
    say(message % {"claims": sum(made.outline.rows.values()), "tables": len(made.outline.rows)})
    click.echo(made.folder)
    click.echo(made.outline.digest)


def _tell(outline: Outline) -> None:
    """Say what is not in the export, because no load has made it."""
    left = (
        (len(outline.unsourced), N_("%(count)s entities are left out, with their ties: no source speaks of them.")),
        (outline.by_hand, N_("%(count)s claims are left out: they were written by hand, not by a load.")),
        (
            outline.differing,
            N_("%(count)s entities were changed by hand: the export holds what their sources say of them."),
        ),
    )
    for count, message in left:
        if count:
            say(gettext(message) % {"count": count})
