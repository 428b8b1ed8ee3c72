"""``peyvand edits``: what people recorded in the app, as tables that load like any other export."""

from pathlib import Path

import click

from graph_app.cli.context import open_ledger, open_store
from graph_app.editing import files
from graph_app.editing.records import Records
from graph_app.language import gettext
from loaders import syncing


@click.group()
def edits() -> None:
    """See to what people recorded in the app."""


@edits.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def export(folder: Path) -> None:
    """Write all edits that stand as CSV tables into FOLDER.

    They are loaded again with: peyvand load apply FOLDER --mapping edits
    """
    with open_ledger() as ledger, open_store() as store:
        found = Records(ledger.database).all(syncing.state(store).graph)
    standing = [one.edit.tables for one in reversed(found) if one.stands]
    written = files.exported(standing, folder)
    sentence = gettext("%(edits)s edits stand; written to %(folder)s: %(files)s files.")
    click.echo(sentence % {"edits": len(standing), "folder": folder, "files": len(written)})
