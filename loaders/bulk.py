"""A first load as a whole: Neo4j's import tool makes the store, which then takes the place of the empty one.

The plan, the guards and the ledger are those of any load. The run is in the ledger before the store is there, and the
store says from its first moment on that the run is at work in it and has written all of its changes. So a run that is
cut off is finished as any other: before the store took its place, by writing the changes one after the other; after
that, by what is left to do.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from graph_app.errors import N_, LoadError, PeyvandError
from graph_app.graph.store import Store
from graph_app.graph.writer import Writer
from graph_app.keys import VERSION as KEYS
from loaders import following, guards, syncing
from loaders.applying import LAYOUT, new_run, prepare
from loaders.guards import Accepted
from loaders.importing import LISTS, ImportFiles, Written, options, tie_of
from loaders.ledger import Ledger
from loaders.made import Foretold
from loaders.plan import Change, EntityChange, Plan
from loaders.progress import Meter, Watch, counted, nobody
from loaders.promise import Promise
from loaders.resting import uncollected
from loaders.running import Tell, close_run, joined, record, sample, unmoved, verify
from loaders.staging.staged import StagedPlan
from loaders.statements import statement
from loaders.syncing import State

EVIDENCE = "EVIDENCED_BY"
Reopened = Callable[[], AbstractContextManager[Store]]


class Tool(Protocol):
    """The import tool at work."""

    def wait(self) -> None:
        """Wait until the store is made."""


@dataclass(frozen=True)
class Place:
    """Where a load in bulk goes: a managed engine.

    Parameters
    ----------
    files
        The folder for what is imported.
    importing
        Has the import tool at work, with these options, during its ``with``.
    reopened
        Closes the store and gives the one that the tool made.

    """

    files: Path
    importing: Callable[[Sequence[str]], AbstractContextManager[Tool]]
    reopened: Reopened


def filled(store: Store) -> bool:
    """Return whether the graph holds anything but what tells of loading."""
    return bool(store.table(statement("occupied")).rows)


def refuse_filled(store: Store) -> None:
    """Refuse a graph that holds anything: the store that is made takes its place.

    Raises
    ------
    LoadError
        If it does.

    """
    if filled(store):
        message = N_("Only an empty graph can be loaded in bulk, and this one holds something.")
        raise LoadError(message, N_("Load the files into it with: peyvand load apply"))


def perform_in_bulk(
    store: Store,
    ledger: Ledger,
    work: Promise,
    who: str,
    tell: Tell,
    place: Place,
    *,
    watch: Watch = nobody,
    accepted: Accepted = guards.NOTHING,
) -> str:
    """Write ``work`` into the empty graph of ``store``, and return the id of the run.

    ``store`` is closed by the time this returns. Parameters and errors as for ``running.perform``, and:

    Parameters
    ----------
    place
        The engine of ``store``.

    Raises
    ------
    EngineError
        If somebody else uses the engine, the import tool fails, or the engine does not start again.

    """
    guards.refuse(work.plan, accepted)
    with ledger.writing_alone(who):
        state = joined(store, ledger, tell)
        unmoved(work, state, ledger.unfinished(state.graph))
        told = Foretold() if isinstance(work.plan, StagedPlan) else following.foretold(work.plan)
        run = work.plan.run if isinstance(work.plan, StagedPlan) else new_run()
        hollow, some = _build(place, ledger, replace(work, state=state), told, run, who, watch)
        refuse_filled(store)
        with place.reopened() as filled:
            _finish(filled, ledger, work.plan, told, (hollow, some), run, tell, watch)
        record(ledger, run, who)
        return run


@uncollected()
def _build(
    place: Place,
    ledger: Ledger,
    work: Promise,
    told: Foretold,
    run: str,
    who: str,
    watch: Watch,
) -> tuple[set[str], list[Change]]:
    """Have the store made, and the run kept in the ledger meanwhile.

    Return the types that lack empty lists, and what is to be read back: the files are gone with the old store.
    """
    written = _written(place.files, work, told, run, watch)
    meter = Meter(watch, "keep", 1)
    with place.importing(options(written)) as tool:
        ledger.begin(run, work, who)
        some = sample(work.plan)
        meter.add(1)
        meter = Meter(watch, "import", 1)
        tool.wait()
        meter.add(1)
    return _hollow(written), some


def _written(folder: Path, work: Promise, told: Foretold, run: str, watch: Watch) -> list[Written]:
    """Write the files: what the plan makes, what follows from that alone, and what the graph says of its loading."""
    files, plan, staged = ImportFiles(folder), work.plan, list[Written]()
    if isinstance(plan, StagedPlan):
        staged += plan.written
        _statuses(files, plan.statuses)
    else:
        _steps(files, plan, told, run, watch)
    whole = len(plan.entities) + (0 if EVIDENCE in _hollow([*staged, files.written()]) else len(plan.ties))
    for name, about in _marks(work.state, run, whole, public=plan.public).items():
        files.node([name], about)
    return [*staged, files.written()]


def _steps(files: ImportFiles, plan: Plan, told: Foretold, run: str, watch: Watch) -> None:
    for step in counted(watch, "files", plan.steps()):
        if isinstance(step, EntityChange):
            files.node(step.labels, step.after, step.id)
        else:
            files.tie(*tie_of(step, run))
    _statuses(files, {row["end"] for row in told.periods})
    for type_, rows in (("TWINNED_WITH", told.twinnings), ("HAD_STATUS", told.periods)):
        for row in rows:
            files.tie(type_, row["start"], row["end"], row["properties"])


def _hollow(written: Iterable[Written]) -> set[str]:
    return set[str]().union(*(one.hollow for one in written))


def _statuses(files: ImportFiles, names: Iterable[str]) -> None:
    for status in sorted(names):
        files.node(["Status"], {"id": status}, status)


def _marks(state: State, run: str, changes: int, *, public: bool) -> Mapping[str, Mapping[str, Any]]:
    """Return the nodes that tell of loading: so many changes of ``run`` are there whole, and it is still at work."""
    watched = {"public_run": run if public else None}
    at_work = {"running": run, **watched, "cursor": changes, "layout": LAYOUT, "derived": following.VERSION}
    known = {"installation": state.installation, "graph": state.graph, "serial": state.serial, "run": state.run}
    return {"Sync": {**known, **at_work}, "Keys": {"version": KEYS}}


def _finish(
    store: Store,
    ledger: Ledger,
    plan: Plan,
    told: Foretold,
    left: tuple[set[str], list[Change]],
    run: str,
    tell: Tell,
    watch: Watch,
) -> None:
    """Do what is left once the store is in its place, and say that the run came to its end."""
    try:
        prepare(store)
        for type_ in left[0]:
            Writer(store).run(statement("restore_lists", type_), {"names": list(LISTS[type_])})
        if isinstance(plan, StagedPlan):
            following.follow_from(store, plan.speaking, watch)
        else:
            following.follow(store, plan, following.VERSION, Foretold(told.agreements), watch)
        syncing.end(Writer(store), run, plan.mapping, following.VERSION)
        verify(store, left[1], (), watch)
    except PeyvandError as error:
        ledger.fail(run, error)
        raise
    close_run(ledger, run, syncing.state(store).serial, tell)
