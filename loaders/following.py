"""What a load touched of all that follows from facts: statuses, and ties of sister cities, are derived anew for that.

Of an agreement that the load itself makes, with nothing that acts on it, the plan says all; the graph is not asked.
"""

from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from graph_app.graph.store import Store
from graph_app.graph.writer import batched
from loaders.deriving import derive, twinned
from loaders.lifecycles import derive_periods, first_periods
from loaders.made import Foretold, Made
from loaders.marking import mark
from loaders.plan import EntityChange, Plan, TieChange
from loaders.progress import Meter, Watch
from loaders.statements import statement

VERSION = 1  # to be raised when the same facts have other statuses or twinnings: the next load derives all anew
SPEAKING = ("agreement:", "event:", "institution:")
_ACTING = frozenset({"ACTS_ON", "SIGNED", "SUCCEEDS", "ABOUT", "SET_UP_UNDER", "SET_ASIDE"})
_SECONDS = 60.0


def follow(store: Store, plan: Plan, version: int | None, told: Foretold, watch: Watch) -> None:
    """Derive what follows from ``plan``, which is in the graph; all anew if another version derived what is there.

    Ties lie between places and periods on agreements, so that both are written at the same time.

    Parameters
    ----------
    store, plan
        The graph, and what was written to it.
    version
        By which version the derived ties in the graph were made.
    told
        What follows from the plan alone.
    watch
        Is told how far it is.

    """
    ids, new = None, Foretold()
    if version == VERSION:
        ids, new = sorted(_touched(store, plan, told.agreements) - told.agreements), told
    _derive(store, ids, new, watch)


def follow_from(store: Store, speaking: Iterable[str], watch: Watch) -> None:
    """Derive what follows from things that were made, and that ``SPEAKING`` begins; the rest is in the graph."""
    _derive(store, sorted(_agreements(store, speaking)), Foretold(), watch)


def _derive(store: Store, ids: Sequence[str] | None, new: Foretold, watch: Watch) -> None:
    meter = Meter(watch, "derive", 3)
    with ThreadPoolExecutor(2, thread_name_prefix="derive") as both:
        twinnings = both.submit(derive, store, ids=ids, new=new.twinnings)
        periods = both.submit(derive_periods, store, ids=ids, new=new.periods)
        for one in (twinnings, periods):
            one.result()
            meter.add(1)
    mark(store)
    meter.add(1)


def foretold(plan: Plan, left_out: Collection[str] = ()) -> Foretold:
    """Return what follows from ``plan`` alone, without the changes in ``left_out``, which the server did not take."""
    made = made_by(plan, left_out)
    return Foretold(frozenset(made), tuple(twinned(made.values())), tuple(first_periods(made.values())))


def made_by(plan: Plan, left_out: Collection[str] = ()) -> dict[str, Made]:
    """Return the agreements that ``plan`` makes and that nothing acts on, by id."""
    return made_of(plan.entities, plan.ties, left_out)


def made_of(
    entities: Iterable[EntityChange], ties: Iterable[TieChange], left_out: Collection[str] = ()
) -> dict[str, Made]:
    """Return the agreements that these changes make and that nothing acts on, by id."""
    new = {
        one.id: Made(one.id, one.after)
        for one in entities
        if one.before is None and one.after and "Agreement" in one.labels and one.id not in left_out
    }
    acted_on = set[str]()
    for tie in ties:
        for end in {tie.start, tie.end} & new.keys():
            if tie.type in _ACTING or tie.before is not None or tie.after.get("rank") or tie.id in left_out:
                acted_on.add(end)
            elif tie.type == "EVIDENCED_BY" and end == tie.start:
                new[end].claims.append((tie.end, tie.after))
            elif tie.type == "PARTY_TO" and end == tie.end:
                new[end].parties[tie.start, tie.after.get("role")] = None
    return {id_: one for id_, one in new.items() if id_ not in acted_on}


def _touched(store: Store, plan: Plan, made: Collection[str]) -> set[str]:
    things = {one.id for one in plan.entities}
    for tie in plan.ties:
        things |= {tie.start, tie.end, *(tie.had or ())}
    speaking = (id_ for id_ in things if id_.startswith(SPEAKING) and id_ not in made)
    return {one.id for one in plan.entities if not one.after and "Agreement" in one.had} | _agreements(store, speaking)


def _agreements(store: Store, speaking: Iterable[str]) -> set[str]:
    found = set[str]()
    for ids in batched(sorted(speaking)):
        rows = store.table(statement("touched"), {"ids": ids}, rows=1_000_000, seconds=_SECONDS)
        found |= {row["id"] for row in rows}
    return found
