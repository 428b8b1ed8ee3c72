"""Loading: the first time beside the bare driver that writes the same graph, and identical files again."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bench import bare, commands, load_csv, world
from bench.installation import Bench
from bench.pair import Goal, Row, seconds
from bench.unhardened import unhardened
from graph_app.graph import schema
from graph_app.graph.store import Store
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
        times["first"].append(_fresh(store, load))
        times["again"].append(seconds(planned))

    twice()
    graph, expected = _graph(bench), _counts(store)
    peers = {
        "create": _step(store, times["create"], lambda: _write(bench, graph, create=True), expected),
        "merge": _step(store, times["merge"], lambda: _write(bench, graph), expected),
    }
    peers["create"]()  # whatever is written first is slower, and does not count
    with unhardened(bench, files) as other:
        peers["load_csv"] = _step(other, times["load_csv"], lambda: load_csv.write(other, BATCH), expected)
        peers["load_csv"]()
        for counted in times.values():
            counted.clear()
        for number in range(bench.rounds):
            steps: list[Callable[[], None]] = [twice, *peers.values()]
            turn = number % len(steps)
            for step in steps[turn:] + steps[:turn]:
                step()
    size = f"{bench.size:,} rows, {expected[0]:,} entities, {expected[1]:,} ties"
    yield from _in_process(size, {name: tuple(found) for name, found in times.items()})
    yield from _as_commands(bench, size)


def _in_process(size: str, times: Mapping[str, tuple[float, ...]]) -> Iterator[Row]:
    first, ours = times["first"], "plan and apply, with validation, evidence and statuses"
    create, merge, reading = times["create"], times["merge"], times["load_csv"]
    yield Row("first load", ours, "bare driver, CREATE", size, first, create, (Goal("ratio", 1.25),))
    yield Row("first load", ours, "bare driver, MERGE", size, first, merge, (Goal("ratio", 1.0),))
    yield Row("first load", ours, "LOAD CSV, cells as they stand", size, first, reading)
    yield Row(
        "identical files again", "planning", "own first load", size, times["again"], first, (Goal("ratio", 0.05),)
    )


def _as_commands(bench: Bench, size: str) -> Iterator[Row]:
    """Measure the commands in processes of their own; afterwards graph and ledger hold the made-up world."""
    _emptied(bench.store)
    first = commands.load(bench, bench.folder)
    commands.planned(bench, bench.folder)
    again = [commands.planned(bench, bench.folder) for _ in range(bench.rounds)]
    name, ours, peer = "identical files again, the command", "peyvand load plan", "peyvand load apply, the first time"
    seconds_, memory = tuple(one.seconds for one in again), tuple(one.mebibytes for one in again)
    yield Row(name, ours, peer, size, seconds_, (first.seconds,) * len(again), (Goal("seconds", 1.5),))
    goals = (Goal("mebibytes", 80),)
    yield Row(
        name, f"memory of {ours}", f"memory of {peer}", size, memory, (first.mebibytes,) * len(again), goals, "MiB"
    )


def _step(store: Store, times: list[float], write: Callable[[], None], expected: tuple[int, int]) -> Callable[[], None]:
    def step() -> None:
        times.append(_fresh(store, write))
        if (found := _counts(store)) != expected:
            raise AssertionError(f"a peer wrote {found}, not {expected}: not the same graph")

    return step


def _fresh(store: Store, load: Callable[[], None]) -> float:
    """Return how long ``load`` takes on an empty graph with its schema; emptying does not count."""
    _emptied(store)
    return seconds(load)


def _emptied(store: Store) -> None:
    Writer(store).run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS")
    schema.apply(store)


def _counts(store: Store) -> tuple[int, int]:
    """Return how many entities and ties among them there are; what we derive of statuses is ours alone."""
    nodes = store.table("MATCH (n:Entity) RETURN count(n) AS count").rows[0][0]
    return nodes, store.table("MATCH (:Entity)-[r]->(:Entity) RETURN count(r) AS count").rows[0][0]


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
