"""``peyvand texts``: what people took from texts in the app, as the tables of the founding example."""

from pathlib import Path

import click

from graph_app.cli.context import open_ledger, open_store
from graph_app.editing.records import Records
from graph_app.language import gettext
from graph_app.texts import export as tables
from loaders import syncing


@click.group()
def texts() -> None:
    """See to what people took from texts in the app."""


@texts.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def export(folder: Path) -> None:
    """Write what was taken from texts and stands as CSV tables into FOLDER.

    They are named as those of the founding example, and loaded again with: peyvand load apply FOLDER --mapping founding
    """
    with open_ledger() as ledger, open_store() as store:
        found = tables.taken(Records(ledger.database), syncing.state(store).graph)
    written = tables.exported(found, folder)
    sentence = gettext("%(facts)s facts from %(texts)s texts stand; written to %(folder)s: %(files)s files.")
    counts = tables.counts(found)
    click.echo(sentence % {"facts": counts.total(), "texts": len(counts), "folder": folder, "files": len(written)})
