"""Two entities made one, and taken apart again: in both directions the same claims, put together anew.

Every claim keeps whose it is, so that nothing is lost and nothing has to be remembered but the decision.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from graph_app.errors import N_, LoadError
from graph_app.graph.store import Store
from graph_app.graph.writer import batched
from graph_app.keys import KEYS
from graph_app.vocabulary import vocabulary
from loaders import aliases, current, syncing
from loaders.aliases import END, START, Aliases
from loaders.current import Present
from loaders.facts import set_aside, told, unmarked
from loaders.folding import Claim, Folded, facts, fold
from loaders.plan import Change, EntityChange, TieChange
from loaders.promise import Promise
from loaders.retiring import bound
from loaders.running import plan_of
from loaders.statements import statement

MAPPING = "review"  # the name under which the ledger has such runs
_VERSION = 1
_ROWS = 10_000_000
_SECONDS = 60.0
_BATCH = 100  # entities whose ties are asked for at once


def merging(store: Store, steps: Mapping[str, str]) -> Promise:
    """Return the plan that merges entities of the graph: merged id → id that is kept.

    All claims of the merged entity go to the other one and are folded with its own, its ties are led there, and it is
    gone. What is derived follows when the plan is written.

    Raises
    ------
    LoadError
        If one of them is not as its sources say, so that something would be lost.

    """
    before = aliases.in_effect(store)
    return _regrouped(store, before, aliases.followed({**before, **steps}))


def parting(store: Store, merged: str, steps: Mapping[str, str], *, undoes: str | None = None) -> Promise:
    """Return the plan that takes ``merged``, and what was merged into it, out of the entity into which it went.

    Parameters
    ----------
    store
        The graph.
    merged
        The id that went into another one.
    steps
        All that was merged, a step at a time, this one too.
    undoes
        The run that the plan takes back, if it takes back all of it and nothing else.

    Raises
    ------
    LoadError
        As for ``merging``.

    """
    before = aliases.in_effect(store)
    without = aliases.followed({one: kept for one, kept in steps.items() if one != merged})
    along = {merged} | {one for one, kept in without.items() if kept == merged}
    after = {one: kept for one, kept in before.items() if one not in along}
    after |= {one: without[one] for one in along if one in before and one in without}
    return _regrouped(store, before, after, undoes)


def _regrouped(store: Store, before: Aliases, after: Aliases, undoes: str | None = None) -> Promise:
    state = syncing.state(store)
    moving = {one for one in before.keys() | after.keys() if before.get(one) != after.get(one)}
    ids = sorted(ids_of(moving, before) | ids_of(moving, after))
    present = current.entities(store, ids)
    _check(present)
    folded = _folded(present, after)
    entities = list(_entities(present, folded))
    ties = [*_evidence(present, folded), *_led(store, present.keys(), after)]
    _nothing_left(store, entities, ties)
    changes: list[Change] = [*entities, *sorted(ties, key=lambda tie: (tie.type, tie.start, tie.end, tie.id))]
    return Promise(plan_of(MAPPING, changes), (), _VERSION, "", state, undoes)


def _nothing_left(store: Store, entities: Iterable[EntityChange], ties: Iterable[TieChange]) -> None:
    """Refuse to remove an entity to which ties go on leading, though nobody speaks of it any more."""
    led = {tie.id for tie in ties if tie.had}
    leading = bound(store, [change.id for change in entities if not change.after])
    if left := sorted({entity for entity, tie in leading if tie not in led}):
        message = N_("Ties lead to %(things)s, of which no file speaks any more. Load the files that do, then go on.")
        raise LoadError(message, things=", ".join(left))


def weights(store: Store, ids: Iterable[str]) -> dict[str, int]:
    """Return how many ties each of ``ids`` has."""
    return {row["id"]: row["weight"] for row in store.table(statement("weights"), {"ids": [*ids]})}


def ids_of(moving: Collection[str], merged: Aliases) -> set[str]:
    """Return the ids under which the graph keeps ``moving``."""
    return {merged.get(one, one) for one in moving}


def _folded(present: Mapping[str, Present], after: Aliases) -> dict[str, Folded]:
    claims: dict[str, list[Claim]] = defaultdict(list)
    for entity, found in present.items():
        for claim in found.claims:
            named = claim.original or entity
            kept = after.get(named, named)
            claims[kept].append(replace(claim, original=named if named != kept else None))
    return {kept: fold(kept, claims[kept]) for kept in sorted(claims)}


def _entities(present: Mapping[str, Present], folded: Mapping[str, Folded]) -> Iterator[EntityChange]:
    nothing = Present(frozenset(), {}, (), {})
    for kept, item in folded.items():
        had = present.get(kept, nothing)
        if (had.labels, had.properties) != (item.labels, item.properties):
            yield EntityChange(kept, item.labels, had.labels, had.properties or None, item.properties)
    for gone in sorted(present.keys() - folded.keys()):
        yield EntityChange(gone, frozenset(), present[gone].labels, present[gone].properties, {})


def _evidence(present: Mapping[str, Present], folded: Mapping[str, Folded]) -> Iterator[TieChange]:
    held = {made: (entity, tie) for entity, found in present.items() for made, tie in found.evidence.items()}
    for kept, item in folded.items():
        for made, source, properties in item.evidence:
            entity, tie = held[made]
            if entity != kept or told(tie) != told(properties):
                had = (entity, source) if entity != kept else None
                yield TieChange(made, "EVIDENCED_BY", kept, source, tie, properties, had)


def _led(store: Store, ids: Collection[str], after: Aliases) -> Iterator[TieChange]:
    """Yield the ties that lead to other entities than before."""
    for row in _around(store, ids):
        tie = {name: item for name, item in row["properties"].items() if not _of_storing(name, row["properties"])}
        ends = row["start"], row["end"]
        start, end, given = aliases.moved(tie.get(START, ends[0]), tie.get(END, ends[1]), after)
        properties = {name: item for name, item in tie.items() if name not in {START, END, "run"}} | given
        if (start, end) != ends:
            yield TieChange(tie["id"], row["type"], start, end, tie, properties, ends)


def _of_storing(name: str, properties: Mapping[str, Any]) -> bool:
    """Whether a property is there because the tie is set aside, and says nothing of the claim."""
    return name == "type" and set_aside(properties)


def _around(store: Store, ids: Collection[str]) -> Iterator[Mapping[str, Any]]:
    derived = [name for name, tie in vocabulary().types.items() if tie.derived]
    seen = set()
    for batch in batched(ids, _BATCH):
        parameters = {"ids": batch, "derived": derived}
        for row in store.table(statement("claims_around"), parameters, rows=_ROWS, seconds=_SECONDS):
            made = row["properties"].get("id")
            if made is None:
                message = N_("A tie from %(start)s to %(end)s was made by hand and has no id. Remove it or load it.")
                raise LoadError(message, start=row["start"], end=row["end"])
            if made not in seen:
                seen.add(made)
                yield {**row, "properties": unmarked(row["properties"])}


def _check(present: Mapping[str, Present]) -> None:
    """Refuse what is not as its sources say: what nobody claims would be lost when claims are folded anew."""
    for entity, found in present.items():
        if not _explained(entity, found):
            message = N_("%(id)s is not as its sources say: it was changed by hand, or no source speaks of it.")
            hint = N_("Load its files again with --overwrite, then decide.")
            raise LoadError(message, hint, id=entity)


def _explained(entity: str, found: Present) -> bool:
    held = {name: item for name, item in found.properties.items() if name not in KEYS}
    return facts(entity, found.claims) == (found.labels, held)
