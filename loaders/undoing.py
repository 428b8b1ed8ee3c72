"""A run taken back: the plan that puts what stood before in the place of what the run wrote."""

from graph_app.database.tables import Load
from graph_app.errors import N_, LoadError
from graph_app.graph.store import Store
from graph_app.keys import names_of, search_keys
from loaders import syncing
from loaders.comparing import after, before, held_now
from loaders.ledger import Ledger
from loaders.plan import Change, EntityChange, TieChange
from loaders.promise import Promise
from loaders.retiring import bound
from loaders.running import plan_of

_SHOWN = 5


class LaterError(LoadError):
    """What a run wrote was changed since: by a later run, or by a hand."""


def taken_back(store: Store, ledger: Ledger, load: Load) -> Promise:
    """Return the plan that undoes ``load``. What a run that was cut off did not come to write is left as it is.

    Raises
    ------
    LoadError
        If it is undone already, undoes another run itself, wrote another graph, or if a later run or a hand changed
        what it wrote; the message lists the runs or the things.

    """
    state = syncing.state(store)
    _check(load, state.graph)
    _nothing_later(ledger, load)
    wrote = ledger.changes(load)
    changes = [inverse(change) for change in _still_there(store, wrote)]
    _nothing_bound(store, changes)
    plan = plan_of(load.mapping, changes)
    return Promise(plan, (), load.version, load.rules, state, undoes=load.run)


def inverse(change: Change) -> Change:
    """Return the change that takes ``change`` back. Search keys are made anew: they may be of an earlier version."""
    stood = dict(change.before or {})
    if isinstance(change, TieChange):
        there = (change.start, change.end)
        back, had = (change.had, there) if change.had else (there, None)
        return TieChange(change.id, change.type, *back, change.after or None, stood, had)
    if stood:
        stood |= search_keys(names_of(stood))
    return EntityChange(change.id, change.had, change.labels, change.after or None, stood)


def _check(load: Load, graph: str | None) -> None:
    if load.state == "undone":
        raise LoadError(N_("The run %(run)s is undone already."), run=load.run)
    if load.undoes:
        message = N_("The run %(run)s undoes %(other)s. To have that again, load its files again.")
        raise LoadError(message, run=load.run, other=load.undoes)
    if load.graph != graph:
        raise LoadError(N_("The run %(run)s was loaded into another graph than this one."), run=load.run)


def _nothing_later(ledger: Ledger, load: Load) -> None:
    if later := ledger.later(load):
        message = N_("Later runs changed what %(run)s wrote: %(runs)s. Undo those first, the newest before the others.")
        runs = "; ".join(f"{run} ({_few(things)})" for run, things in reversed(later.items()))
        raise LaterError(message, run=load.run, runs=runs)


def _still_there(store: Store, wrote: list[Change]) -> list[Change]:
    """Return those of the changes that the graph still shows; refuse if something else stands in their place."""
    found, strange = [], []
    for change, held in held_now(store, wrote):
        if held == after(change):
            found.append(change)
        elif held != before(change):
            strange.append(change.id)
    if strange:
        message = N_("It was changed since, by hand or by somebody else's load: %(things)s. Nothing is undone.")
        raise LaterError(message, things=_few(strange))
    return found


def _nothing_bound(store: Store, changes: list[Change]) -> None:
    """Refuse to remove an entity to which a claim of somebody else leads."""
    gone = {change.id for change in changes if not change.after or (isinstance(change, TieChange) and change.had)}
    entities = [change.id for change in changes if isinstance(change, EntityChange) and not change.after]
    if others := [entity for entity, tie in bound(store, entities) if tie not in gone]:
        message = N_("Ties that this run did not make hold on to what it made: %(things)s. Nothing is undone.")
        raise LoadError(message, things=_few(list(dict.fromkeys(others))))


def _few(things: list[str]) -> str:
    more = f" … +{len(things) - _SHOWN}" if len(things) > _SHOWN else ""
    return ", ".join(things[:_SHOWN]) + more
