"""Loading: the first time beside the bare driver that writes the same graph, and identical files again."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from bench import load_csv, same_graph, world
from bench.installation import Bench
from bench.pair import Goal, Row, seconds
from bench.unhardened import unhardened
from graph_app.database import open_database
from graph_app.graph import schema
from graph_app.graph.store import Store
from graph_app.graph.writer import BATCH, Writer
from graph_app.settings import Settings
from loaders.ledger import Ledger
from loaders.mapping import MappingFile, shipped
from loaders.progress import Phase, Progress
from loaders.resyncing import resync
from loaders.running import perform

_MAPPING = "world"
_STAGES: Mapping[Phase, str] = {  # what is told at the beginning of each
    "keep": "keeping the run in the ledger; meanwhile the server writes the first changes",
    "entities": "writing entities, claims and ties",
    "derive": "statuses and sister cities",
    "verify": "checking what was written",
}
_PLANNING = "reading, validating, comparing"


@dataclass
class Loads:
    """Loads of the same files on an empty graph, each with an empty ledger of its own, and what they took."""

    bench: Bench
    files: list[Path]
    mapping: MappingFile
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    _count: int = 0

    def twice(self) -> None:
        """Load for the first time, then plan for the same files again; to empty graph and ledger does not count."""
        self._count += 1
        values = {"PEYVAND_HOME": str(self.bench.folder / f"ledger-{self._count}")}
        database = open_database(Settings.read(values))
        ledger = Ledger(database)
        _emptied(self.bench.store)
        began: dict[str, float] = {_PLANNING: perf_counter()}

        def watch(step: Progress) -> None:
            if name := _STAGES.get(step.phase):
                began.setdefault(name, perf_counter())

        planned = resync(self.bench.store, ledger, self.files, self.mapping)
        began["beginning"] = perf_counter()
        perform(self.bench.store, ledger, planned, "bench", unexpected, watch=watch)
        end = perf_counter()
        self.times["first"].append(end - began[_PLANNING])
        moments = [*began.values(), end]
        for name, (start, stop) in zip(began, pairwise(moments), strict=True):
            self.times[name].append(stop - start)
        self.times["again"].append(seconds(lambda: resync(self.bench.store, ledger, self.files, self.mapping)))
        database.close()


def rows(bench: Bench) -> Iterator[Row]:
    """Measure loading; afterwards the graph holds the made-up world, as our own load left it."""
    files = world.write(bench.folder, bench.size, bench.seed)
    mapping, store = next(one for one in shipped() if one.mapping == _MAPPING), bench.store
    loads = Loads(bench, files, mapping)
    times = loads.times
    loads.twice()
    graph, expected = same_graph.parts(store), same_graph.entities_and_ties(store)
    wanted = same_graph.everything(store)
    peers = {
        "create": _step(store, times["create"], lambda: same_graph.create(store, graph), expected),
        "merge": _step(store, times["merge"], lambda: same_graph.merge(store, graph), expected),
    }
    for write in peers.values():  # whatever is written first is slower, and does not count
        write()
        if same_graph.everything(store) != wanted:
            raise AssertionError("a peer did not write the same graph")
    with unhardened(bench, files) as other:
        peers["load_csv"] = _step(other, times["load_csv"], lambda: load_csv.write(other, BATCH), expected)
        peers["load_csv"]()
        for counted in times.values():
            counted.clear()
        for number in range(bench.few):
            steps: list[Callable[[], None]] = [loads.twice, *peers.values()]
            turn = (bench.few - number) % len(steps)  # the last begins with the second, so it ends with ours
            for step in steps[turn:] + steps[:turn]:
                step()
    size = f"{bench.size:,} rows, {expected[0]:,} entities, {expected[1]:,} ties"
    yield from _in_process(size, {name: tuple(found) for name, found in times.items()})


def _in_process(size: str, times: Mapping[str, tuple[float, ...]]) -> Iterator[Row]:
    first, ours = times["first"], "plan and apply, with ledger, validation, evidence and statuses"
    create, merge, reading = times["create"], times["merge"], times["load_csv"]
    yield Row("first load", ours, "bare driver, CREATE, the same graph", size, first, create, (Goal("ratio", 1.25),))
    yield Row("first load", ours, "bare driver, MERGE, the same graph", size, first, merge, (Goal("ratio", 1.0),))
    yield Row("first load", ours, "LOAD CSV, cells as they stand, no statuses", size, first, reading)
    for stage in (_PLANNING, *_STAGES.values()):
        yield Row("first load, of it", stage, "the whole first load", size, times[stage], first)
    yield Row(
        "identical files again", "planning", "own first load", size, times["again"], first, (Goal("ratio", 0.05),)
    )


def unexpected(error: Exception) -> None:
    """Break off: on a graph of its own a load has nothing to tell."""
    raise error


def _step(store: Store, times: list[float], write: Callable[[], None], expected: tuple[int, int]) -> Callable[[], None]:
    def step() -> None:
        times.append(_fresh(store, write))
        if (found := same_graph.entities_and_ties(store)) != expected:
            raise AssertionError(f"a peer wrote {found}, not {expected}: not the same graph")

    return step


def _fresh(store: Store, load: Callable[[], None]) -> float:
    """Return how long ``load`` takes on an empty graph with its schema; emptying does not count."""
    _emptied(store)
    return seconds(load)


def _emptied(store: Store) -> None:
    Writer(store).run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS")
    schema.apply(store)
