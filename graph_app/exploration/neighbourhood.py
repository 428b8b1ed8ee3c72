"""What is around an entity: counted, then fetched a step at a time; and the ties within a picture."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph_app.errors import N_, NotFoundError, PeyvandError
from graph_app.exploration.claims import Direction
from graph_app.exploration.lifecycle import on_day, today
from graph_app.graph.results import Subgraph
from graph_app.graph.statements import statement
from graph_app.graph.store import Store
from graph_app.vocabulary import vocabulary

MOST_AT_ONCE = 100
CROWD = 100  # new neighbours, from which on an entity is not expanded by everything at once


@dataclass(frozen=True)
class Group:
    """The neighbours of one type and direction: how many there are, and how many of them are not shown yet."""

    type: str
    direction: Direction
    count: int
    new: int


@dataclass(frozen=True)
class Expansion:
    """New neighbours by id, the best connected first, and how many more there are."""

    ids: tuple[str, ...]
    more: int


@dataclass(frozen=True)
class Expansions:
    """New neighbours of several entities, how many more there are, and of those not expanded how many they have."""

    ids: tuple[str, ...]
    more: int
    hubs: Mapping[str, int]


class UnknownTieError(PeyvandError):
    """A type or direction that the graph does not have."""


def neighbours(store: Store, entity: str, shown: Collection[str] = ()) -> list[Group]:
    """Return the groups of neighbours of ``entity``, the largest first.

    Parameters
    ----------
    store
        The graph.
    entity
        Stable id.
    shown
        Ids that are in the picture already; they do not count as new.

    Raises
    ------
    NotFoundError
        If there is no such entity.

    """
    types = vocabulary().drawn_types()
    symmetric = [name for name in types if vocabulary().types[name].symmetric]
    parameters = {"id": entity, "types": types, "symmetric": symmetric, "shown": list(shown)}
    groups = [Group(**row) for row in store.table(statement("neighbours"), parameters)]
    if not groups:
        require(store, entity)
    return groups


def expand(
    store: Store, entity: str, type_: str, direction: str, *, shown: Collection[str] = (), limit: int = 25
) -> Expansion:
    """Return neighbours of ``entity`` that are not in ``shown``: always new ones, never those drawn already.

    Parameters
    ----------
    store
        The graph.
    entity
        Stable id.
    type_, direction
        As ``neighbours`` gives them. Of a type without direction both ways are taken, whatever is asked.
    shown
        Ids that are in the picture already.
    limit
        How many to return at most; never more than 100 at once.

    Raises
    ------
    UnknownTieError
        If the type or the direction does not exist.
    NotFoundError
        If there is no such entity.

    """
    if type_ not in vocabulary().drawn_types() or direction not in ("out", "in", "both"):
        raise UnknownTieError(
            N_("There are no ties of the type “%(type)s” (%(direction)s)."), type=type_, direction=direction
        )
    most = max(1, min(limit, MOST_AT_ONCE))
    towards = "both" if vocabulary().types[type_].symmetric else direction
    parameters = {"id": entity, "type": type_, "direction": towards, "shown": list(shown), "limit": most}
    ids, count = store.table(statement("expand"), parameters).rows[0]
    if not count:
        require(store, entity)
    return Expansion(tuple(ids), count - len(ids))


def expand_all(store: Store, entities: Sequence[str], *, shown: Collection[str] = (), limit: int = 50) -> Expansions:
    """Return neighbours of any of ``entities`` that are not in ``shown``, those of the most of them first.

    An entity with more than 100 new neighbours is left out if there are others, and named: all of them would hide
    what the picture is about. So is one that is alone; then nothing is returned, and its groups are to be asked for.

    Parameters
    ----------
    store
        The graph.
    entities
        Stable ids; those that the graph does not have are passed over.
    shown
        Ids that are in the picture already.
    limit
        How many to return at most; never more than 100 at once.

    """
    most = max(1, min(limit, MOST_AT_ONCE))
    parameters = {"ids": list(entities), "types": vocabulary().drawn_types(), "shown": list(shown), "crowd": CROWD}
    hubs = {row["id"]: row["new"] for row in store.table(statement("crowds"), parameters)}
    calm = [one for one in entities if one not in hubs]
    ids, count = store.table(statement("expand_all"), {**parameters, "ids": calm, "limit": most}).rows[0]
    return Expansions(tuple(ids), count - len(ids), hubs)


def picture(
    store: Store, ids: Sequence[str], without: Collection[str] = (), *, day: date | None = None
) -> tuple[Subgraph, dict[str, int]]:
    """Return the entities ``ids`` with all drawn ties among them, and how many neighbours of each are not shown.

    Those in ``without`` are returned, because the layout needs them, but count as not shown.

    Ids that the graph does not have are silently absent; entities beyond the store's limit are cut, in the order of
    ``ids``. Agreements have the status that they have on ``day``, which is today if it is None.
    """
    kept = list(dict.fromkeys(ids))[: store.elements]
    parameters = {"ids": kept, "types": vocabulary().drawn_types()}
    found = store.subgraph(statement("picture"), parameters)
    drawn = {**parameters, "ids": [name for name in kept if name not in without]}
    hidden = {row["id"]: row["count"] for row in store.table(statement("hidden"), drawn)}
    cut = found.cut or len(set(ids)) > len(kept)
    shown = on_day(store, Subgraph(found.nodes, found.ties, cut), day or today())
    return shown, hidden


def evidence(store: Store, ids: Collection[str]) -> dict[str, int | None]:
    """Return how many sources speak of each of ``ids``: None if none does, 0 if it is merely mentioned or set aside."""
    rows = store.table(statement("evidence"), {"ids": list(ids)}) if ids else ()
    return {row["id"]: None if row["bare"] else row["sources"] for row in rows}


def require(store: Store, entity: str) -> None:
    """Raise NotFoundError unless there is such an entity."""
    if not store.table(statement("exists"), {"ids": [entity]}).rows:
        raise NotFoundError(N_("There is no “%(id)s” in the graph."), id=entity)
