"""``peyvand backup``, ``restore`` and ``upgrade``: everything in one file, and back again."""

from contextlib import closing
from pathlib import Path

import click

from graph_app.backup import making, restoring, tables
from graph_app.cli.context import open_store, say, who
from graph_app.cli.progress import shown
from graph_app.database import Database, open_database
from graph_app.database.connection import address
from graph_app.database.version import up_to_date
from graph_app.errors import N_
from graph_app.graph import schema
from graph_app.graph.store import Store
from graph_app.language import gettext
from graph_app.settings import Settings
from loaders import keying

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("file", type=_FILE, required=False)
def backup(file: Path | None) -> None:
    """Save the graph, the application database, documents, mappings and questions in one FILE, while the app goes on.

    Without FILE it gets the moment as its name, in the folder backups of PEYVAND_HOME. Whoever wants to load waits.
    """
    settings = Settings.read()
    with closing(open_database(settings)) as database, open_store(settings) as store:
        _made(store, database, settings, file or making.default_path(settings))


@click.command()
@click.argument("file", type=_FILE)
@click.option("--replace", is_flag=True, help="Put it in the place of what is here; that is saved first.")
@click.option("--check", "only_check", is_flag=True, help="Only read the file and prove that it is whole.")
def restore(file: Path, *, replace: bool, only_check: bool) -> None:
    """Put the backup in FILE back, and prove that the graph is the one that was saved. Stop the app first."""
    if only_check:
        with shown() as watch:
            manifest = restoring.check(file, watch).manifest
        message = gettext(N_("The backup is whole: Peyvand %(version)s, %(moment)s, %(entities)s entities."))
        moment = manifest.made_at.isoformat(" ", "seconds")
        click.echo(message % {"version": manifest.peyvand, "moment": moment, "entities": manifest.graph.image.count})
        click.echo(manifest.graph.digest)
        return
    settings = Settings.read()
    with closing(Database(address(settings))) as database, open_store(settings) as store, shown() as watch:
        done = restoring.restore(store, database, settings, file, replace=replace, watch=watch)
    if done.before:
        say(gettext(N_("What was here before is in %(file)s.")) % {"file": done.before})
    if done.settings:
        say(
            gettext(N_("Settings that are others here than in the backup: %(names)s."))
            % {"names": ", ".join(done.settings)}
        )
    say(gettext(N_("Restored and proved equal; everybody signs in anew.")))
    click.echo(done.digest)


@click.command()
def upgrade() -> None:
    """Save everything, then bring the application database and the graph to what this version needs.

    To roll back, install the version from before and restore that backup with --replace.
    """
    settings = Settings.read()
    url = address(settings)
    with closing(Database(url)) as database, open_store(settings) as store:
        if not up_to_date(url) and tables.exist(database):
            path = making.default_path(settings, "before-upgrade-")
            _made(store, database, settings, path)
            say(
                gettext(
                    N_("To roll back: install the version from before, then run peyvand restore %(file)s --replace")
                )
                % {"file": path}
            )
    with closing(open_database(settings)), open_store(settings) as store:
        schema.apply(store)
        keying.renew(store)
    say(gettext(N_("Everything is up to date.")))


def _made(store: Store, database: Database, settings: Settings, file: Path) -> None:
    with shown() as watch:
        made = making.make(store, database, settings, file, who(), watch=watch)
    if made.strangers:
        message = N_("%(count)s nodes of the graph are none of Peyvand's; they are not in the backup.")
        say(gettext(message) % {"count": made.strangers})
    size = made.path.stat().st_size
    message = N_(
        "Saved: %(entities)s entities, %(ties)s ties; %(size)s KB. The file holds all that people see: keep it safe."
    )
    mark = made.manifest.graph
    say(gettext(message) % {"entities": mark.image.count, "ties": mark.ties, "size": size // 1000 + 1})
    click.echo(made.path)
    click.echo(mark.digest)
