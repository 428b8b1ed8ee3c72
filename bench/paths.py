"""Paths and common ties: on the examples, and on a graph with hubs.

    python -m bench.paths [--leaves 100000]

It runs the managed engine in a folder of its own. First both examples are loaded and paths are sought between cities of
all parts of the list; then invented hubs are added, to each of which every one of the leaves is tied.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from typing import TypeVar

from graph_app import engine
from graph_app._layout import EXAMPLES
from graph_app.exploration.common import common
from graph_app.exploration.neighbourhood import expand, neighbours
from graph_app.exploration.paths import KINDS, find, leading_to
from graph_app.exploration.web import Filters
from graph_app.graph import schema
from graph_app.graph.store import Store, connect
from graph_app.graph.writer import Writer
from graph_app.settings import Settings
from loaders.applying import apply
from loaders.mapping import shipped
from loaders.planning import plan

T = TypeVar("T")
PAIRS = 40
_LEAVES = "UNWIND $rows AS row CREATE (e:Entity:Place {id: row.id, name_en: row.id})"
_TIES = (
    "UNWIND $rows AS row MATCH (a:Entity {id: row.start}), (b:Entity {id: row.end}) "
    "CREATE (a)-[:SERVES {id: row.start + '-' + row.end, certainty: 'stated'}]->(b)"
)
_CITIES = "MATCH (c:City) WHERE EXISTS { (c)-[:TWINNED_WITH]-() } RETURN c.id ORDER BY c.id"
_DEGREES = (
    "MATCH (e:Entity) WHERE NOT e:Source WITH e, COUNT { (e)--() } - "
    "COUNT { (e)-[:EVIDENCED_BY|HAD_STATUS|SET_ASIDE]-() } AS ties RETURN e.id, ties ORDER BY ties DESC LIMIT 12"
)


def load(store: Store) -> None:
    """Load both examples."""
    for name in ("founding", "world"):
        mapping = next(one for one in shipped() if one.mapping == name)
        apply(store, plan(store, [EXAMPLES / name / table.file for table in mapping.tables], mapping))


def pairs(store: Store) -> list[tuple[str, str]]:
    """Return pairs of cities from all over the list."""
    cities = [row[0] for row in store.table(_CITIES, rows=10_000).rows]
    spread = cities[:: max(1, len(cities) // (PAIRS + 1))]
    return list(pairwise(spread))[:PAIRS]


def seek(store: Store) -> Iterator[tuple[str, list[float], str]]:
    """Yield of each way to seek paths its name, the milliseconds it took, and what was found."""
    chosen = pairs(store)
    for hubs in (False, True):
        for kind in KINDS:
            times, lengths, cut = [], [], 0
            for start, end in chosen:
                took, found = _timed(partial(find, store, start, end, kind=kind, steps=8, filters=Filters(hubs=hubs)))
                times.append(took)
                lengths += [len(found.paths[0].steps)] if found.paths else []
                cut += bool(found.cut)
            told = f"{len(lengths)} of {len(chosen)} connected, in {statistics.mean(lengths):.1f} steps; {cut} cut"
            yield f"{kind}{', through hubs' if hubs else ''}", times, told
    for steps in (1, 2, 3):
        times = [_timed(partial(leading_to, store, start, steps=steps))[0] for start, _ in chosen]
        yield f"to here, {steps} steps", times, ""
    yield "common ties of two", [_timed(partial(common, store, pair))[0] for pair in chosen], ""


def add_hubs(store: Store, leaves: int) -> None:
    """Add three hubs in a row of which each is tied to all ``leaves``, and a long way around them."""
    writer = Writer(store)
    names = [*(f"place:hub-{one}" for one in range(3)), *(f"place:leaf-{one}" for one in range(leaves))]
    writer.rows(_LEAVES, [{"id": name} for name in names])
    ends = ((hub, leaf) for hub in names[:3] for leaf in names[3:])
    writer.rows(_TIES, ({"start": leaf, "end": hub} for hub, leaf in ends))
    around = [f"place:leaf-{one}" for one in (0, leaves // 3, leaves // 2, leaves - 1)]
    writer.rows(_TIES, [{"start": one, "end": two} for one, two in pairwise(around)])


def on_hubs(store: Store, leaves: int) -> Iterator[tuple[str, list[float], str]]:
    """Yield the same for what goes through, around, from and to hubs."""
    first, last = "place:leaf-0", f"place:leaf-{leaves - 1}"
    hub, other = "place:hub-0", "place:hub-1"
    ways: dict[str, Callable[[], object]] = {
        "leaf to leaf, around the hubs": partial(find, store, first, last, kind="alternatives", steps=8),
        "leaf to leaf, through hubs": partial(
            find, store, first, last, kind="alternatives", steps=8, filters=Filters(hubs=True)
        ),
        "leaf to hub": partial(find, store, first, hub, kind="all"),
        "hub to hub": partial(find, store, hub, other, kind="all"),
        "hub to hub, alternatives": partial(find, store, hub, other, kind="alternatives", filters=Filters(hubs=True)),
        "to a hub, 3 steps": partial(leading_to, store, hub, steps=3),
        "common ties of two hubs": partial(common, store, [hub, other]),
        "neighbours of a hub, counted": partial(neighbours, store, hub),
        "neighbours of a hub, 25 of them": partial(expand, store, hub, "SERVES", "in"),
    }
    for name, work in ways.items():
        runs = [_timed(work) for _ in range(4)]
        found = runs[0][1]
        paths = getattr(found, "paths", None)
        told = f"{len(paths)} paths; cut: {getattr(found, 'cut', '') or 'no'}" if paths is not None else ""
        yield name, [took for took, _ in runs[1:]], told


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    found = work()
    return 1000 * (time.perf_counter() - start), found


def report(rows: Iterator[tuple[str, list[float], str]]) -> None:
    """Print rows as a table."""
    print("| what | p50 ms | most ms | found |\n|---|---:|---:|---|")
    for name, times, told in rows:
        print(f"| {name} | {statistics.median(times):.0f} | {max(times):.0f} | {told} |", flush=True)


def main() -> None:
    """Fill an engine of its own and print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leaves", type=int, default=100_000)
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as home,
        engine.hold(Settings.read({"PEYVAND_HOME": home})) as lease,
        Store(connect(lease.uri, lease.username, lease.password), "neo4j", seconds=30) as store,
    ):
        schema.apply(store)
        load(store)
        print([f"{id_}: {ties}" for id_, ties in store.table(_DEGREES).rows])
        report(seek(store))
        add_hubs(store, given.leaves)
        report(on_hubs(store, given.leaves))


if __name__ == "__main__":
    main()
