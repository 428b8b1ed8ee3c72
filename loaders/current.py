"""What the graph holds now of the things that a load speaks of."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph_app.graph.results import Node
from graph_app.graph.store import Store
from graph_app.graph.writer import BATCH, batched
from graph_app.keys import KEYS
from loaders.aliases import FROM, OWN_LABELS
from loaders.facts import SET_ASIDE, unmarked
from loaders.folding import Claim
from loaders.statements import statement

_SECONDS = 60.0
_OWN = frozenset({"id", *KEYS})


@dataclass(frozen=True)
class Present:
    """One entity of the graph: its labels and properties, the claims behind it, and its evidence ties by id."""

    labels: frozenset[str]
    properties: Mapping[str, Any] = field(hash=False)
    claims: tuple[Claim, ...]
    evidence: Mapping[str, Mapping[str, Any]] = field(hash=False)


def entities(store: Store, ids: Iterable[str]) -> dict[str, Present]:
    """Return those of ``ids`` that the graph holds."""
    return {row["entity"].id: _present(row["entity"], row["claims"]) for row in _rows(store, "entities", ids)}


def ties(store: Store, type_: str, ids: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """Return the properties of those ties of ``type_`` among ``ids`` that the graph holds, set aside or not."""
    wanted = list(ids)
    standing = {row["id"]: unmarked(row["properties"]) for row in _rows(store, "ties", wanted, type_)}
    return standing | {row["id"]: _claimed(row["properties"]) for row in _rows(store, "ties", wanted, SET_ASIDE)}


def ends(store: Store, type_: str, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return where those ties of ``type_`` among ``ids`` lead that the graph holds, set aside or not."""
    wanted = list(ids)
    rows = [row for place in (type_, SET_ASIDE) for row in _rows(store, "standing", wanted, place)]
    return {row["id"]: (row["start"], row["end"]) for row in rows}


def publication_days(store: Store, ids: Iterable[str]) -> dict[str, date]:
    """Return the day on which each source among ``ids`` was published, where the graph knows it."""
    return {row["id"]: row["reported_on"] for row in _rows(store, "sources", ids) if row["reported_on"]}


def _rows(store: Store, name: str, ids: Iterable[str], type_: str | None = None) -> Iterator[dict[str, Any]]:
    for batch in batched(ids):
        yield from store.table(statement(name, type_), {"ids": list(batch)}, rows=BATCH, seconds=_SECONDS)


def _claimed(properties: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a claim says of itself; one that was set aside also has the type under which it would stand."""
    return {name: item for name, item in unmarked(properties).items() if name != "type"}


def _present(node: Node, claims: Sequence[tuple[str, Mapping[str, Any]]]) -> Present:
    labels, shown = frozenset(node.labels), unmarked(node.properties)
    told = [(source, _claimed(properties)) for source, properties in claims]
    evidence = {str(properties["id"]): properties for _, properties in told}
    return Present(labels, shown, tuple(claim(shown, labels, *one) for one in told), evidence)


def claim(entity: Mapping[str, Any], labels: frozenset[str], source: str, tie: Mapping[str, Any]) -> Claim:
    """Return the claim behind an evidence tie of ``source``: the entity's value unless the tie keeps another one.

    ``entity`` are the properties of the entity, which has ``labels``.
    """
    names = [name for name in tie["properties"] if name not in _OWN]
    claimed = {name: tie.get(name, entity.get(name)) for name in names}
    own = {"id", "run", "properties", "differs", "reported_on", FROM, OWN_LABELS, *claimed}
    evidence = {name: item for name, item in tie.items() if name not in own}
    labels = frozenset(tie.get(OWN_LABELS, labels))
    return Claim(source, str(tie["mapping"]), labels, claimed, evidence, tie.get("reported_on"), tie.get(FROM))
