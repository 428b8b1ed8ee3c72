"""A plan, written to the graph: schema, entities, ties, then what follows from them.

A run that is begun again, however it ended, goes on behind what it has written.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from secrets import token_hex

from graph_app.errors import N_, LoadError, PeyvandError
from graph_app.graph import schema
from graph_app.graph.store import Store
from graph_app.graph.writer import Writer, writable
from loaders import following, keying, syncing
from loaders.batches import Batches, Refuse, Row, Section
from loaders.facts import SET_ASIDE, set_aside
from loaders.plan import Change, EntityChange, Plan, TieChange
from loaders.progress import Watch, nobody
from loaders.resting import uncollected
from loaders.statements import labelled, statement

LAYOUT = 2  # of the changes of a run; to be raised when their order changes: a run that was cut off begins anew then


def new_run() -> str:
    """Return the id of a new run: the moment, and what tells apart those that begin in one second."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{token_hex(3)}"


@uncollected()
def apply(
    store: Store,
    plan: Plan,
    *,
    run: str | None = None,
    watch: Watch = nobody,
    refuse: Refuse | None = None,
    refused: Collection[str] = (),
) -> str:
    """Write ``plan`` and return the id of the run. Only the graph is written; ``running`` keeps the ledger too.

    The graph says from the first write to the last that a run is at work in it, and counts those that came to an end.

    Parameters
    ----------
    store
        The graph that the plan was made against.
    plan
        What to write.
    run
        Id of the run; without one it gets a new one.
    watch
        Is told how far it is.
    refuse
        Is given each change that the server does not take, with the reason; it must keep that before it returns.
        Without it the first of them is an error.
    refused
        Ids of the changes that the server did not take at an earlier attempt.

    Raises
    ------
    StoreError
        If the server refuses or goes away. What was written stays; apply the files again to finish.

    """
    run = run or new_run()
    prepare(store)
    writer = Writer(store)
    syncing.begin(writer, run, LAYOUT, following.VERSION, public=plan.public)
    cursor, derived = syncing.cursor(store, run)
    batches = Batches(writer, run, cursor, refuse or _raise)
    with ThreadPoolExecutor(1, thread_name_prefix="foretold") as beside:  # writing mostly waits for the server
        told = beside.submit(following.foretold, plan, refused)
        batches.write(sections(plan, run), watch)
    left_out = batches.refused.union(refused)
    follows = following.foretold(plan, left_out) if batches.refused else told.result()
    following.follow(store, plan, derived, follows, watch)
    syncing.end(writer, run, plan.mapping, following.VERSION)
    return run


def prepare(store: Store) -> None:
    """Make the indexes and search keys of the graph those of this version.

    Raises
    ------
    StoreError
        If the server refuses or goes away.

    """
    schema.apply(store)
    keying.renew(store)


def _raise(change: Change, reason: PeyvandError) -> None:
    raise LoadError(N_("%(id)s cannot be written: %(reason)s"), id=change.id, reason=reason)


def sections(plan: Plan, run: str) -> list[Section]:
    """Return the changes in the order in which they are written; another order needs another ``LAYOUT``."""
    return [*_removed_ties(plan), *_entities(plan), *_ties(plan, run), *_removed_entities(plan)]


def _removed_ties(plan: Plan) -> Iterator[Section]:
    by_type: dict[str, list[TieChange]] = defaultdict(list)
    for change in plan.ties:
        if not change.after:
            by_type[SET_ASIDE if set_aside(change.before or {}) else change.type].append(change)
    for type_, changes in by_type.items():
        yield Section("remove", (statement("remove_ties", type_),), changes, _named, whole=False)


def _removed_entities(plan: Plan) -> Iterator[Section]:
    gone = [change for change in plan.entities if not change.after]
    yield Section("remove", (statement("remove_entities"),), gone, _named, whole=False)


def _entities(plan: Plan) -> Iterator[Section]:
    standing = [change for change in plan.entities if change.after]
    old = [change for change in standing if change.before is not None]
    new: dict[frozenset[str], list[EntityChange]] = defaultdict(list)
    for change in standing:
        if change.before is None:
            new[change.labels].append(change)
    merging = statement("write_entities")
    for labels, changes in new.items():
        yield Section("entities", (labelled("create_entities_of", labels), merging), changes, _entity_row)
    yield Section("entities", (merging,), old, _entity_row)


def _entity_row(change: EntityChange) -> Row:
    labels = {"labels": sorted(change.labels), "lost": sorted(change.lost)}
    return {"id": change.id, "properties": writable(change.after), **labels}


def _ties(plan: Plan, run: str) -> Iterator[Section]:
    ways: dict[tuple[str, str, str], list[TieChange]] = defaultdict(list)
    for change in plan.ties:
        if change.after:
            ways[change.type, *_way(change)].append(change)
    for (_, name, type_), changes in ways.items():
        merging = statement("write_ties" if name == "create_ties" else name, type_)
        texts = (statement(name, type_), merging) if name == "create_ties" else (merging,)
        yield Section("ties", texts, changes, partial(_tie_row, run))


def _tie_row(run: str, change: TieChange) -> Row:
    aside = {"type": change.type} if set_aside(change.after) else {}
    properties = {**writable(change.after), "run": run, **aside}
    return {"id": change.id, "start": change.start, "end": change.end, "properties": properties}


def _way(change: TieChange) -> tuple[str, str]:
    """Return the statement that writes a tie, and its type; one that is set aside or taken back changes its type.

    One that gets other ends goes from the old ones in the statement that ties it to the new: refused, it stays.
    """
    before, after = set_aside(change.before or change.after), set_aside(change.after)
    if before == after:
        name = "move_ties" if change.had else "create_ties" if change.before is None else "write_ties"
        return name, SET_ASIDE if after else change.type
    return "set_aside" if after else "take_back", change.type


def _named(change: Change) -> Row:
    return {"id": change.id}
