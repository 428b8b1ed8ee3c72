"""A first load of very much, by Neo4j's own import tool: ``peyvand load bulk``, and ``apply`` where that is faster."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click

from graph_app import engine
from graph_app.cli.accepting import accepting
from graph_app.cli.context import connected, open_ledger, say, told, who
from graph_app.cli.exports import MAPPING, WHERE, Chosen, chosen
from graph_app.cli.guidance import guidance, reading
from graph_app.cli.plans import show_plan
from graph_app.cli.progress import shown
from graph_app.cli.rejects import keep_rejects
from graph_app.cli.telling import tell_watchers
from graph_app.engine import importing
from graph_app.errors import N_, EngineError, LoadError
from graph_app.graph.store import Store
from graph_app.language import gettext
from graph_app.settings import Settings
from loaders.bulk import Place, filled, perform_in_bulk, refuse_filled
from loaders.guards import Accepted
from loaders.importing import UnfitError
from loaders.ledger import Ledger
from loaders.promise import Promise
from loaders.reading import Guidance
from loaders.resyncing import staged
from loaders.running import settle

_MEGABYTE = 10**6
_PUT_AWAY = "away"  # beside the files of the tool
_WHOLE = N_("It is much, and the graph is empty: Neo4j's import tool loads it as a whole, and the engine starts anew.")
_SINGLY = N_("So it is loaded change by change.")


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
            _settled(store, ledger)
            refuse_filled(store)
            _load(settings, store, ledger, chosen(where, wanted), guidance(said), accepted, yes=yes)


def loaded_in_bulk(found: Chosen, said: Guidance, accepted: Accepted, *, yes: bool) -> bool:
    """Load in bulk what ``apply`` was asked to load, if that is the faster way: very much, into nothing, alone.

    Parameters
    ----------
    found
        The files, and what they mean.
    said, accepted, yes
        What ``apply`` was told.

    Returns
    -------
    bool
        Whether the work of the command is done, be it that nobody wanted the plan applied. If not, nothing has
        happened, or the run stands in the ledger, and whoever loads next finishes it.

    """
    settings = Settings.read()
    if settings.text("NEO4J_URI") or not _much(settings, found.files):
        return False
    try:
        with (
            engine.hold(settings, say=say) as address,
            open_ledger(settings) as ledger,
            connected(settings, address) as store,
        ):
            _settled(store, ledger)
            if filled(store) or not engine.alone(settings):
                return False
            say(gettext(_WHOLE))
            _load(settings, store, ledger, found, said, accepted, yes=yes)
    except (UnfitError, EngineError) as error:
        say(f"{error.translated(gettext)} {gettext(_SINGLY)}")
        return False
    return True


def _much(settings: Settings, files: Iterable[Path]) -> bool:
    """Whether it pays to stop and start the engine."""
    least = settings.number("PEYVAND_BULK", least=0)
    return bool(least) and sum(file.stat().st_size for file in files) >= least * _MEGABYTE


def _settled(store: Store, ledger: Ledger) -> None:
    """Finish what was cut off."""
    with shown() as watch:
        settle(store, ledger, who(), lambda note: say(told(note)), watch=watch)


def _load(
    settings: Settings,
    store: Store,
    ledger: Ledger,
    found: Chosen,
    said: Guidance,
    accepted: Accepted,
    *,
    yes: bool,
) -> None:
    """Plan, show the plan, ask, and load."""
    folder = importing.folder(settings)
    put_away = folder / _PUT_AWAY
    put_away.mkdir(mode=0o700)
    with shown() as watch:
        asked = (found.files, found.mapping, said, found.mapping_file)
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
