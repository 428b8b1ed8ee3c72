"""The graph that a load leaves, written once more by the bare driver: all nodes and ties, with all their properties."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from bench import bare
from graph_app.graph.store import Store
from graph_app.graph.writer import BATCH, _writable, batched
from loaders.digest import digest
from loaders.statements import statement

Batches = list[list[Mapping[str, Any]]]
Parts = dict[str, Batches]  # by type of tie; "" has the entities, "Status" the nodes that periods lead to

_ENTITIES = "MATCH (e:Entity) RETURN e.id AS id, properties(e) AS properties, labels(e) AS labels ORDER BY id"
_STATUSES = "MATCH (s:Status) RETURN s.id AS id ORDER BY id"
_TIES = (
    "MATCH (a:Entity)-[r]->(b) RETURN type(r) AS type, a.id AS start, b.id AS end, r.id AS id,"
    " properties(r) AS properties ORDER BY type, start, end, id"
)
_CREATE_ENTITIES = "UNWIND $rows AS row CREATE (e:Entity) SET e = row.properties SET e:$(row.labels)"
_CREATE_STATUSES = "UNWIND $rows AS row CREATE (s:Status {id: row.id})"
_CREATE_TIES = (
    "UNWIND $rows AS row MATCH (a:Entity {id: row.start}) MATCH (b:END {id: row.end})"
    " CREATE (a)-[r:TYPE]->(b) SET r = row.properties"
)
_AMOUNTS = (
    "MATCH (n) WHERE n:Entity OR n:Status RETURN count(n) AS nodes, sum(size(keys(n))) AS properties",
    "MATCH ()-[r]->() RETURN type(r) AS type, count(r) AS ties, sum(size(keys(r))) AS properties ORDER BY type",
)
_PERIODS = "HAD_STATUS"
_ALL = 10**7
_SECONDS = 300.0


def parts(store: Store) -> Parts:
    """Return the graph that is there as rows to be written, in batches of the loader's size."""
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    found[""] = [{**row, "lost": []} for row in _table(store, _ENTITIES)]
    found["Status"] = list(_table(store, _STATUSES))
    for row in _table(store, _TIES):
        found[row["type"]].append(row)
    return {name: list(batched(map(_writable, rows), BATCH)) for name, rows in found.items()}


def create(store: Store, graph: Parts) -> None:
    """Write ``graph`` on an empty one by ``CREATE``."""
    for name, batches in graph.items():
        bare.write(store, _creating(name), batches)


def merge(store: Store, graph: Parts) -> None:
    """Write ``graph`` by ``MERGE``, as who does not know what is there has to."""
    for name, batches in graph.items():
        bare.write(store, _merging(name), batches)


def entities_and_ties(store: Store) -> tuple[int, int]:
    """Return how many entities and ties among them there are; statuses, which we derive, are not among them."""
    return _count(store, "MATCH (n:Entity)"), _count(store, "MATCH (:Entity)-[n]->(:Entity)")


def everything(store: Store) -> tuple[object, ...]:
    """Return what is equal for two graphs that hold the same facts, and as many things and properties of each sort."""
    return digest(store), *(tuple(map(tuple, _table(store, text).rows)) for text in _AMOUNTS)


def _creating(name: str) -> str:
    if name in {"", "Status"}:
        return _CREATE_STATUSES if name else _CREATE_ENTITIES
    return _CREATE_TIES.replace("TYPE", name).replace("END", "Status" if name == _PERIODS else "Entity")


def _merging(name: str) -> str:
    if name == "Status":
        return statement("status_nodes")
    if name == _PERIODS:
        return statement("write_periods")
    return statement("write_ties", name) if name else statement("write_entities")


def _table(store: Store, text: str) -> Any:  # noqa: ANN401 - rows of any columns
    return store.table(text, rows=_ALL, seconds=_SECONDS)


def _count(store: Store, pattern: str) -> int:
    count: int = store.table(f"{pattern} RETURN count(n) AS count").rows[0][0]
    return count
