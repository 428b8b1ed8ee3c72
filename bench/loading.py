"""Loading: the first time beside the bare driver that writes the same graph, and identical files again."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bench import bare, world
from bench.installation import Bench
from bench.pair import Goal, Row, seconds
from graph_app.graph import schema
from graph_app.graph.writer import BATCH, Writer, _writable, batched
from loaders.applying import apply
from loaders.mapping import shipped
from loaders.plan import Plan
from loaders.planning import plan
from loaders.statements import statement

_CREATE_ENTITIES = "UNWIND $rows AS row CREATE (e:Entity) SET e = row.properties SET e:$(row.labels)"
_CREATE_TIES = (
    "UNWIND $rows AS row MATCH (a:Entity {id: row.start}) MATCH (b:Entity {id: row.end})"
    " CREATE (a)-[r:TYPE]->(b) SET r = row.properties"
)
_MAPPING = "world"
Batches = list[list[Mapping[str, Any]]]
Graph = dict[str, Batches]  # by type; "" has the entities


def rows(bench: Bench) -> Iterator[Row]:
    """Measure loading; afterwards the graph holds the made-up world."""
    files = world.write(bench.folder, bench.size, bench.seed)
    mapping = next(one for one in shipped() if one.mapping == _MAPPING)
    store, times = bench.store, defaultdict[str, list[float]](list)

    def planned() -> Plan:
        return plan(store, files, mapping)

    def load() -> None:
        apply(store, planned())

    def twice() -> None:
        times["first"].append(_fresh(bench, load))
        times["again"].append(seconds(planned))

    twice()
    graph, expected = _graph(bench), _counts(bench)
    times.clear()
    for number in range(bench.rounds):
        peers = (("create", lambda: _write(bench, graph, create=True)), ("merge", lambda: _write(bench, graph)))
        steps: list[Callable[[], None]] = [twice, *(_step(bench, times, *peer, expected) for peer in peers)]
        for step in steps[number % 3 :] + steps[: number % 3]:
            step()
    _fresh(bench, load)
    size = f"{bench.size:,} rows, {expected[0]:,} entities, {expected[1]:,} ties"
    first, again = tuple(times["first"]), tuple(times["again"])
    ours = "plan and apply, with validation, evidence and statuses"
    yield Row("first load", ours, "bare driver, CREATE", size, first, tuple(times["create"]), (Goal("ratio", 1.25),))
    yield Row("first load", ours, "bare driver, MERGE", size, first, tuple(times["merge"]), (Goal("ratio", 1.0),))
    yield Row("identical files again", "planning", "own first load", size, again, first, (Goal("ratio", 0.05),))


def _step(
    bench: Bench, times: Mapping[str, list[float]], name: str, write: Callable[[], None], expected: tuple[int, int]
) -> Callable[[], None]:
    def step() -> None:
        times[name].append(_fresh(bench, write))
        if _counts(bench) != expected:
            raise AssertionError(f"{name} wrote {_counts(bench)}, not {expected}: not the same graph")

    return step


def _fresh(bench: Bench, load: Callable[[], None]) -> float:
    """Return how long ``load`` takes on an empty graph with its schema; emptying does not count."""
    Writer(bench.store).run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS")
    schema.apply(bench.store)
    return seconds(load)


def _counts(bench: Bench) -> tuple[int, int]:
    """Return how many entities and ties among them there are; what we derive of statuses is ours alone."""
    nodes = bench.store.table("MATCH (n:Entity) RETURN count(n) AS count").rows[0][0]
    return nodes, bench.store.table("MATCH (:Entity)-[r]->(:Entity) RETURN count(r) AS count").rows[0][0]


def _graph(bench: Bench) -> Graph:
    """Return the graph that is there as rows to be written, in batches of the loader's size."""
    entities = "MATCH (e:Entity) RETURN e.id AS id, properties(e) AS properties, labels(e) AS labels ORDER BY id"
    ties = (
        "MATCH (a:Entity)-[r]->(b:Entity) RETURN type(r) AS type, a.id AS start, b.id AS end, r.id AS id,"
        " properties(r) AS properties ORDER BY type, start, end, id"
    )
    by_type: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    found = bench.store.table(entities, rows=10**7, seconds=300)
    by_type[""] = [{**row, "lost": []} for row in found]
    for row in bench.store.table(ties, rows=10**7, seconds=300):
        by_type[row["type"]].append(row)
    return {name: list(batched([_writable(row) for row in rows], BATCH)) for name, rows in by_type.items()}


def _write(bench: Bench, graph: Graph, *, create: bool = False) -> None:
    for name, batches in graph.items():
        if create:
            text = _CREATE_TIES.replace("TYPE", name) if name else _CREATE_ENTITIES
        else:
            text = statement("write_ties", name) if name else statement("write_entities")
        bare.write(bench.store, text, batches)
