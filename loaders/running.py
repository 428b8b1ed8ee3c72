"""A run: one writer at a time, what it will do kept in the ledger first, then the graph, then that it came to its end.

A run that was cut off, by whatever death, is seen by the next one and finished from the ledger before anything else.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from graph_app.acts import Act
from graph_app.database.tables import Load
from graph_app.errors import N_, LoadError, PeyvandError
from graph_app.graph.store import Store
from graph_app.graph.transactions import patiently
from loaders import guards, syncing
from loaders.ahead import head_start
from loaders.applying import apply, new_run, prepare
from loaders.comparing import after, held_now
from loaders.guards import Accepted
from loaders.ledger import Ledger
from loaders.plan import Balance, Change, EntityChange, Plan, TieChange
from loaders.progress import Meter, Watch, nobody
from loaders.promise import Promise
from loaders.refusals import Refusals, close
from loaders.resting import uncollected
from loaders.syncing import State

Tell = Callable[[PeyvandError], None]
_NO_ROWS = Balance(0, 0, 0, 0, 0, 0, 0, 0)
_ACTS = {"edits": Act.EDITED, "review": Act.DECIDED}  # by mapping; all others load
_SAMPLE = 500  # entities, and ties of each type, that are read back


@uncollected()
def perform(
    store: Store,
    ledger: Ledger,
    work: Promise,
    who: str,
    tell: Tell,
    *,
    watch: Watch = nobody,
    accepted: Accepted = guards.NOTHING,
) -> str:
    """Write ``work`` to the graph and to the ledger, and return the id of the run.

    Parameters
    ----------
    store, ledger
        The graph and what is kept of it.
    work
        The plan, and what it rests on.
    who
        Who loads, for the ledger and for those who must wait.
    tell
        Is told, as a sentence, what else had to be done.
    watch
        Is told how far it is.
    accepted
        The numbers that somebody accepts where a guard stops the plan.

    Raises
    ------
    LoadError
        If a guard stops the plan, somebody else is loading, the graph belongs to another installation or was loaded
        since the plan was made, or the graph does not hold afterwards what was written.
    StoreError
        If the server refuses or goes away. The next run finishes this one.

    """
    guards.refuse(work.plan, accepted)
    with ledger.writing_alone(who):
        state = joined(store, ledger, tell)
        unmoved(work, state, ledger.unfinished(state.graph))
        run, count = new_run(), len(work.plan.steps())
        meter = Meter(watch, "keep", count)
        prepare(store)
        with head_start(store, work.plan, run):
            ledger.begin(run, replace(work, state=state), who)
            meter.add(count)
        _write(store, ledger, run, work.plan, tell, watch)
        record(ledger, run, who)
        return run


def settle(
    store: Store, ledger: Ledger, who: str, tell: Tell, *, but: str | None = None, watch: Watch = nobody
) -> None:
    """Finish the run that was cut off in this graph, if there is one, unless it is ``but``.

    Errors as for ``perform``.
    """
    state = syncing.state(store)
    if state.installation not in (None, ledger.installation):
        raise foreign(state)
    if not (cut := ledger.unfinished(state.graph)) or cut.run == but:
        return
    with ledger.writing_alone(who):
        cut = ledger.unfinished(state.graph)  # whoever held the lock may have come to an end meanwhile
        if cut and cut.run != but:
            _finish(store, ledger, cut, tell, watch)
            record(ledger, cut.run, who)


def joined(store: Store, ledger: Ledger, tell: Tell) -> State:
    """Return what the graph says of its loads, tied to this installation.

    Raises
    ------
    LoadError
        If it belongs to another installation.

    """
    state, installation = syncing.state(store), ledger.installation
    if state.installation not in (None, installation):
        raise foreign(state)
    if state.installation is None or state.graph is None:
        state = syncing.join(store, installation)
    _compare(ledger, state, tell)
    return state


def adopt(store: Store, ledger: Ledger, who: str) -> State:
    """Take over the graph, whoever loaded it; runs of others cannot be undone from here."""
    with ledger.writing_alone(who):
        state = syncing.join(store, ledger.installation)
        ledger.note(str(state.graph), state.serial)
        ledger.database.journal.record(
            {"kind": Act.LOADED, "who": who, "means": "run", "about": f"adopt {state.graph}"}
        )
        return state


def record(ledger: Ledger, run: str, who: str) -> None:
    """Leave a line in the audit of what was written, whoever asked for it and by which way."""
    load = ledger.load(run)
    about = f"{run} {load.mapping}" + (f" undoes {load.undoes}" if load.undoes else "")
    details = {"balance": load.balance, "state": load.state}
    act = _ACTS.get(load.mapping, Act.LOADED)
    ledger.database.journal.record({"kind": act, "who": who, "means": "run", "about": about, "details": details})


def foreign(state: State) -> LoadError:
    """Return the refusal to load a graph that another installation loads."""
    message = N_("This graph is loaded by another installation (%(installation)s, %(serial)s loads).")
    hint = N_("Load it from there, or take it over with: peyvand load adopt")
    return LoadError(message, hint, installation=state.installation, serial=state.serial)


def unmoved(work: Promise, state: State, cut: Load | None) -> None:
    """Refuse a plan that was made for another graph, or before another load of this one."""
    moved = work.state.serial != state.serial or work.state.graph not in (None, state.graph)
    if moved or (cut and cut.run != work.undoes):
        message = N_("The graph was loaded since this plan was made (load %(then)s, now %(now)s). Plan again.")
        raise LoadError(message, then=work.state.serial, now=state.serial)


def _compare(ledger: Ledger, state: State, tell: Tell) -> None:
    """Say it if the graph has had other loads than the ledger knows of, and go on from what the graph says."""
    known = ledger.serial(state.graph)
    cut = ledger.unfinished(state.graph)
    ended_unseen = cut is not None and cut.run == state.run
    if known is not None and known != state.serial and not ended_unseen:
        message = (
            N_("The graph has had %(serial)s loads and the ledger knows %(known)s: somebody else loaded it meanwhile.")
            if state.serial > known
            else N_("The graph has had %(serial)s loads and the ledger knows %(known)s: it was restored from a backup.")
        )
        tell(LoadError(message, serial=state.serial, known=known))
    if known is None or (known != state.serial and not ended_unseen):
        ledger.note(str(state.graph), state.serial)


def _finish(store: Store, ledger: Ledger, cut: Load, tell: Tell, watch: Watch) -> None:
    """Bring a run to its end that was cut off: what it wrote is written again, to the same effect."""
    state = syncing.state(store)
    if cut.state == "running" and cut.run == state.run:  # only the ledger does not know of the end yet
        close_run(ledger, cut.run, state.serial, tell)
    else:
        _write(store, ledger, cut.run, plan_of(cut.mapping, ledger.changes(cut)), tell, watch)
    tell(LoadError(N_("The run %(run)s had been cut off; it is finished now."), run=cut.run))


def plan_of(mapping: str, changes: list[Change]) -> Plan:
    """Return a plan of ``changes`` that reads no rows."""
    entities = tuple(change for change in changes if isinstance(change, EntityChange))
    ties = tuple(change for change in changes if isinstance(change, TieChange))
    return Plan(mapping, (), entities, ties, (), _NO_ROWS)


def _write(store: Store, ledger: Ledger, run: str, plan: Plan, tell: Tell, watch: Watch) -> None:
    refusals = Refusals(ledger, ledger.load(run), plan)
    try:
        patiently(lambda: apply(store, plan, run=run, watch=watch, refuse=refusals.keep, refused=refusals.ids))
        patiently(lambda: verify(store, sample(plan), refusals.ids, watch))
        serial = patiently(lambda: syncing.state(store).serial)
    except PeyvandError as error:
        ledger.fail(run, error)
        raise
    close_run(ledger, run, serial, tell)


def close_run(ledger: Ledger, run: str, serial: int, tell: Tell) -> None:
    """Keep in the ledger that ``run`` came to its end, and tell what the server did not take."""
    if refused := close(ledger, ledger.load(run)):
        message = N_("%(count)s changes could not be written; their rows are among the rejected ones.")
        hint = N_("Mend them; see them with: peyvand load rejects %(run)s")
        tell(LoadError(message, hint, count=len(refused), run=run))
    ledger.finish(run, serial)


def sample(plan: Plan) -> list[Change]:
    """Return some changes, spread over the whole plan."""
    return [*_spread(plan.entities), *_spread(plan.ties)]


def verify(store: Store, changes: Iterable[Change], left_out: Collection[str], watch: Watch) -> None:
    """Read ``changes`` back, and refuse to call the run done if the graph holds anything else."""
    written = [one for one in changes if one.id not in left_out]
    meter = Meter(watch, "verify", len(written))
    for change, held in held_now(store, written):
        if held != after(change):
            message = N_("%(id)s is not in the graph as it was written. Run peyvand load apply again.")
            raise LoadError(message, id=change.id)
    meter.add(len(written))


def _spread(changes: Sequence[Any]) -> Sequence[Any]:
    return changes[:: max(1, len(changes) // _SAMPLE)]
