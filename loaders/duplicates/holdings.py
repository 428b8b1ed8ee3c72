"""The entities of the graph as the matcher sees them, and what was decided about pairs of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graph_app.errors import N_, LoadError, NotFoundError
from graph_app.graph.results import Node
from graph_app.graph.store import Store
from graph_app.vocabulary import vocabulary
from loaders.duplicates.entity import Entity
from loaders.statements import statement

MATCHED = ("Agreement", "Event", "Institution", "Person", "Place", "Topic")
UNDECIDED = "undecided"

_BATCH = 5000
_SECONDS = 60.0
_CODES = ("geonameid",)
_DAY = {"Agreement": "signed_on", "Event": "date"}


@dataclass(frozen=True)
class Stated:
    """What a source or a person says of a pair: ``undecided``, or what was decided, and why."""

    decision: str
    reason: str


def entities(store: Store) -> Iterator[Entity]:
    """Yield all entities of the labels in ``MATCHED``, in batches, in the order of their ids."""
    after = ""
    while True:
        rows = store.table(
            statement("named_entities"),
            {"after": after, "labels": list(MATCHED), "rows": _BATCH},
            rows=_BATCH,
            seconds=_SECONDS,
        )
        batch = [_entity(row) for row in rows]
        yield from batch
        if len(batch) < _BATCH:
            return
        after = batch[-1].id


def some(store: Store, ids: Iterable[str]) -> list[Entity]:
    """Return those of ``ids`` that the graph holds and that have one of the labels in ``MATCHED``, by id."""
    parameters = {"ids": sorted({*ids}), "labels": list(MATCHED)}
    return [_entity(row) for row in store.table(statement("named_some"), parameters, rows=_BATCH, seconds=_SECONDS)]


def both(known: list[Entity], first: str, second: str) -> tuple[Entity, Entity]:
    """Return the entities ``first`` and ``second`` among ``known``.

    Raises
    ------
    NotFoundError
        If one of them is not there.
    LoadError
        If they are one already, or of two kinds.

    """
    if first == second:
        raise LoadError(N_("That is one entity already: %(id)s."), id=first)
    found = {entity.id: entity for entity in known if entity.id in {first, second}}
    for id_ in (first, second):
        if id_ not in found:
            message = N_("There is no entity “%(id)s” in the graph that can have duplicates (%(labels)s).")
            raise NotFoundError(message, id=id_, labels=", ".join(MATCHED))
    one, other = found[first], found[second]
    if one.label != other.label:
        message = N_("%(first)s and %(second)s are of two kinds; they cannot be one.")
        raise LoadError(message, first=first, second=second)
    return one, other


def decisions(store: Store) -> dict[frozenset[str], Stated]:
    """Return what is stated about pairs of entities; a decision wins over "undecided"."""
    found: dict[frozenset[str], Stated] = {}
    for row in store.table(statement("same_as"), rows=_BATCH * 20, seconds=_SECONDS):
        pair = frozenset((row["first"], row["second"]))
        if pair not in found or found[pair].decision == UNDECIDED:
            found[pair] = Stated(row["decision"] or UNDECIDED, row["reason"] or "")
    return found


def _entity(row: Mapping[str, Any]) -> Entity:
    node: Node = row["entity"]
    properties = node.properties
    words = vocabulary()
    known = [label for label in node.labels if label in words.labels]
    label = next(words.base(label) for label in known)
    day = _DAY.get(label, "")
    return Entity(
        node.id,
        label,
        frozenset(label for label in known if words.labels[label].of),
        properties.get("name_fa", ""),
        properties.get("name_en", ""),
        tuple(properties.get("aliases", ())),
        properties.get("kind", ""),
        row["country"] or "",
        frozenset(id_ for id_, _, _ in row["places"]),
        frozenset(id_ for id_, _, _ in row["hosts"]),
        tuple((name, str(properties[name])) for name in _CODES if name in properties),
        properties.get(f"{day}_earliest"),
        properties.get(f"{day}_latest"),
        {id_: (fa or "", en or "") for id_, fa, en in (*row["places"], *row["hosts"])},
    )
