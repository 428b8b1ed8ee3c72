"""``peyvand load bulk``: a first load of very much, by Neo4j's own import tool."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click

from graph_app import engine
from graph_app.cli.accepting import accepting
from graph_app.cli.context import connected, open_ledger, say, told, who
from graph_app.cli.exports import MAPPING, WHERE, chosen
from graph_app.cli.guidance import guidance, reading
from graph_app.cli.plans import show_plan
from graph_app.cli.progress import shown
from graph_app.cli.rejects import keep_rejects
from graph_app.cli.telling import tell_watchers
from graph_app.engine import importing
from graph_app.errors import N_, LoadError
from graph_app.graph.store import Store
from graph_app.language import gettext
from graph_app.settings import Settings
from loaders.bulk import Place, perform_in_bulk, refuse_filled
from loaders.guards import Accepted
from loaders.ledger import Ledger
from loaders.promise import Promise
from loaders.resyncing import staged
from loaders.running import settle

_PUT_AWAY = "away"  # beside the files of the tool


@click.command()
@WHERE
@MAPPING
@reading
@click.option("--yes", is_flag=True, help="Do not ask.")
@accepting
def bulk(where: Path, wanted: str | None, *, yes: bool, accepted: Accepted, **said: str | None) -> None:
    """Load the folder or file WHERE into the empty graph of the managed engine, as a whole and fast.

    Rows are checked, and kept in the ledger, as by apply. The engine starts anew.
    """
    settings = Settings.read()
    if settings.text("NEO4J_URI"):
        message = N_("Only the managed engine can be loaded in bulk, and NEO4J_URI names a server of your own.")
        raise LoadError(message, N_("Load the files into it with: peyvand load apply"))
    with engine.hold(settings, say=say) as address, open_ledger(settings) as ledger:
        engine.refuse_others(settings)
        with connected(settings, address) as store:
            with shown() as watch:
                settle(store, ledger, who(), lambda note: say(told(note)), watch=watch)
            refuse_filled(store)
            folder = importing.folder(settings)
            put_away = folder / _PUT_AWAY
            put_away.mkdir(mode=0o700)
            found = chosen(where, wanted)
            with shown() as watch:
                asked = (found.files, found.mapping, guidance(said), found.mapping_file)
                made = staged(store, ledger, *asked, (put_away, folder / importing.FILES), watch)
            show_plan(made.plan, changes=False)
            keep_rejects(made.plan)
            if made.plan.changes and (yes or click.confirm(gettext(N_("Apply this plan?")))):
                _loaded(settings, store, ledger, made, accepted, folder)


def _loaded(settings: Settings, store: Store, ledger: Ledger, made: Promise, accepted: Accepted, folder: Path) -> None:
    @contextmanager
    def reopened() -> Iterator[Store]:
        store.close()
        with connected(settings, engine.swapped(settings, say=say)) as filled:
            yield filled
            tell_watchers(filled, ledger.database)

    place = Place(folder / importing.FILES, partial(importing.Import, settings, folder), reopened)
    with shown() as watch:
        run = perform_in_bulk(
            store, ledger, made, who(), lambda note: say(told(note)), place, watch=watch, accepted=accepted
        )
    plan = made.plan
    message = gettext(N_("Loaded %(mapping)s: %(entities)s entities and %(ties)s ties written. Run %(run)s."))
    say(message % {"mapping": plan.mapping, "entities": len(plan.entities), "ties": len(plan.ties), "run": run})
