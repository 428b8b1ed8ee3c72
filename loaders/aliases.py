"""Under which id the graph keeps an entity that was merged into another one.

Files go on speaking of the old id. Claims and ties keep the identity that the files give them; only their ends
follow, so that the same files load without a change, new ones land on the entity that is kept, and all can be taken
apart again.
"""

from collections.abc import Iterator, Mapping

from graph_app.errors import N_, LoadError
from graph_app.graph.store import Store
from graph_app.graph.writer import batched
from loaders.statements import statement

Aliases = Mapping[str, str]  # id of the files → id of the graph, where it is another one
NONE: Aliases = {}
START, END, FROM, IDS = "merged_start", "merged_end", "merged_from", "merged_ids"
OWN_LABELS = "merged_labels"

_ROWS = 10_000_000
_SECONDS = 60.0


def in_effect(store: Store, decided: Mapping[str, str] = NONE) -> dict[str, str]:
    """Return under which id the graph keeps what was merged.

    Parameters
    ----------
    store
        The graph: what was merged in it stays merged until that is taken back.
    decided
        Merged id → the id that was to be kept, as people decided. It holds for ids that are not in the graph (yet);
        two entities that the graph holds are not merged by the way.

    Raises
    ------
    LoadError
        If the decisions lead in a circle.

    """
    held = {row["merged"]: row["kept"] for row in store.table(statement("merged"), rows=_ROWS, seconds=_SECONDS)}
    there = set(_there(store, decided.keys() - held.keys()))
    return followed({**{one: kept for one, kept in decided.items() if one not in there}, **held})


def joined(store: Store, merged: Aliases, stated: Mapping[str, str]) -> Aliases:
    """Return ``merged`` with what rows say was merged before (merged id → id that is kept), as ``in_effect`` does."""
    there = set(_there(store, stated.keys() - merged.keys()))
    return followed({**{one: kept for one, kept in stated.items() if one not in there}, **merged})


def followed(steps: Mapping[str, str]) -> dict[str, str]:
    """Return ``steps`` followed to their ends: what was merged into b is in c once b is merged into c.

    Examples
    --------
    >>> followed({"a": "b", "b": "c"})
    {'a': 'c', 'b': 'c'}

    """
    return {one: _end(one, steps) for one in steps}


def moved(start: str, end: str, aliases: Aliases) -> tuple[str, str, dict[str, str]]:
    """Return the ends of a tie in the graph, and as properties those that the files give where they are others."""
    if not aliases:
        return start, end, {}
    ends = aliases.get(start, start), aliases.get(end, end)
    given = {START: start, END: end}
    return *ends, {name: id_ for (name, id_), kept in zip(given.items(), ends, strict=True) if id_ != kept}


def _end(one: str, steps: Mapping[str, str]) -> str:
    seen = {one}
    while (kept := steps.get(one)) is not None:
        if kept in seen:
            message = N_("The decisions about duplicates merge %(id)s into itself. Undo one of them.")
            raise LoadError(message, id=kept)
        seen.add(kept)
        one = kept
    return one


def _there(store: Store, ids: set[str]) -> Iterator[str]:
    for batch in batched(sorted(ids)):
        yield from (row["id"] for row in store.table(statement("present"), {"ids": list(batch)}, rows=len(batch)))
