"""A first load of much beside Neo4j's import tool alone and the bare driver, which write the same; then planned again.

It takes minutes, so it is measured once.
"""

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from bench import commands, same_graph, world
from bench.installation import Bench, connected
from bench.loading import unexpected
from bench.pair import Goal, Row, seconds
from bench.same_graph import Parts
from graph_app import engine
from graph_app.database import open_database
from graph_app.engine import importing
from graph_app.graph import schema
from graph_app.graph.store import Store
from graph_app.settings import Settings
from loaders.bulk import Place, perform_in_bulk
from loaders.ledger import Ledger
from loaders.mapping import MappingFile, shipped
from loaders.plan import Plan
from loaders.progress import Phase, Progress
from loaders.reading import NOTHING_SAID
from loaders.resyncing import staged

_PLANNING = "reading, validating, writing the files for the tool"
_STAGES: Mapping[Phase, str] = {
    "keep": "the tool, and meanwhile the ledger",
    "derive": "statuses and sister cities that need the graph",
    "verify": "checking what was written",
}
_SWAP = "the engine anew, and its indexes"


@dataclass
class _Loads:
    """Loads of the same files, each into an engine of its own, and what they and the tool alone took."""

    bench: Bench
    files: Sequence[Path]
    mapping: MappingFile
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    _alone: float = 0.0
    _waited: float = 0.0
    _count: int = 0

    def once(self, use: Callable[[Settings], None]) -> Plan:
        """Load, and have the tool do its part once more alone; then ``use`` what was loaded.

        The first start of the engine does not count.
        """
        self._count += 1
        own = _home(self.bench, f"bulk-{self._count}")
        database = open_database(own)
        with engine.hold(own) as address:
            store = connected(address)
            began = {_PLANNING: perf_counter()}

            def watch(step: Progress) -> None:
                if name := _STAGES.get(step.phase):
                    began.setdefault(name, perf_counter())

            @contextmanager
            def reopened() -> Iterator[Store]:
                began[_SWAP] = perf_counter()
                store.close()
                with connected(engine.swapped(own)) as filled:
                    yield filled

            folder = importing.folder(own)
            place = Place(folder / importing.FILES, lambda options: self._tool(own, folder, options), reopened)
            ledger = Ledger(database)
            (away := folder / "away").mkdir()
            place_of = away, folder / importing.FILES
            planned = staged(store, ledger, self.files, self.mapping, NOTHING_SAID, None, place_of)
            perform_in_bulk(store, ledger, planned, "bench", unexpected, place, watch=watch)
            self._told(began, perf_counter())
            use(own)
        engine.stop(own, force=True)
        database.close()
        shutil.rmtree(own.home)
        return planned.plan

    def _told(self, began: Mapping[str, float], end: float) -> None:
        """Keep what each stage took; while the tool ran alone, ours waited."""
        moments = [*sorted(began.values()), end]
        names = sorted(began, key=began.__getitem__)
        for name, (start, stop) in zip(names, pairwise(moments), strict=True):
            self.times[name].append(stop - start - (self._waited if name == _STAGES["keep"] else 0))
        self.times["whole"].append(end - began[_PLANNING] - self._waited)
        self.times["alone"].append(self._alone)

    def _tool(self, own: Settings, folder: Path, options: Sequence[str]) -> importing.Import:
        """Return the tool at work, after it did the same alone."""
        other = _home(self.bench, f"alone-{self._count}")
        begin = perf_counter()
        place = importing.folder(other)
        shutil.rmtree(place / importing.FILES)
        shutil.copytree(folder / importing.FILES, place / importing.FILES)

        def alone() -> None:
            with importing.Import(other, place, options) as tool:
                tool.wait()

        took = seconds(alone)
        shutil.rmtree(other.home)
        self._waited = perf_counter() - begin
        self._alone = took
        return importing.Import(own, folder, options)


def _home(bench: Bench, name: str) -> Settings:
    """Return the settings of an engine of its own."""
    return Settings.read({**bench.settings.values, "PEYVAND_HOME": str(bench.folder / name), "NEO4J_URI": ""})


def rows(bench: Bench) -> Iterator[Row]:
    """Measure; the graph of the bench is not touched."""
    folder = bench.folder / "entities"
    folder.mkdir()
    files = world.write_entities(folder, bench.bulk, bench.seed)
    loads = _Loads(bench, files, next(one for one in shipped() if one.mapping == "world"))
    again: list[commands.Taken] = []
    graphs: list[tuple[Parts, tuple[int, int]]] = []

    def use(own: Settings) -> None:
        again.extend(_planned_again(replace(bench, settings=own), folder))
        with engine.hold(own) as address, connected(address) as store:
            graphs.append((same_graph.parts(store), same_graph.entities_and_ties(store)))

    plan = loads.once(use)
    times = {name: tuple(found) for name, found in loads.times.items()}
    size = f"{plan.balance.read:,} rows, {len(plan.entities):,} entities, {len(plan.ties):,} claims"
    ours, peer = "peyvand load bulk, with ledger, validation, evidence, statuses and indexes", "the import tool alone"
    yield Row("bulk", ours, peer, size, times["whole"], times["alone"], (Goal("ratio", 2.0),))
    for stage in (_PLANNING, _STAGES["keep"], _SWAP, _STAGES["derive"], _STAGES["verify"]):
        yield Row("bulk, of it", stage, "the whole load in bulk", size, times[stage], times["whole"])
    yield from _again(bench, again, f"{plan.balance.read:,} rows", times["whole"])
    yield from _drivers(bench, *graphs[0], size, times["whole"])


def _drivers(
    bench: Bench, graph: Parts, expected: tuple[int, int], size: str, whole: tuple[float, ...]
) -> Iterator[Row]:
    """Measure the bare driver writing the same graph, on an engine of its own each time, whose schema is there."""
    ours = "peyvand load apply, which goes by the import tool, with ledger, validation, evidence, statuses and indexes"
    for name, write, most in (("CREATE", same_graph.create, 1.25), ("MERGE", same_graph.merge, 1.0)):
        own = _home(bench, name)
        with engine.hold(own) as address, connected(address) as store:
            schema.apply(store)
            took = seconds(partial(write, store, graph))
            if same_graph.entities_and_ties(store) != expected:
                raise AssertionError("a peer did not write the same graph")
        engine.stop(own, force=True)
        shutil.rmtree(own.home)
        peer = f"bare driver, {name}, the same graph"
        yield Row("first load of much", ours, peer, size, whole, (took,), (Goal("ratio", most),))


def _planned_again(bench: Bench, folder: Path) -> list[commands.Taken]:
    """Plan the files that were loaded, in a process of its own each time; the first time does not count."""
    return [commands.planned(bench, folder) for _ in range(bench.rounds + 1)][1:]


def _again(bench: Bench, again: Sequence[commands.Taken], size: str, whole: tuple[float, ...]) -> Iterator[Row]:
    name, ours, peer = "identical files again, the command", "peyvand load plan", "peyvand version"
    least = tuple(commands.version(bench).mebibytes for _ in again)
    seconds_, memory = tuple(one.seconds for one in again), tuple(one.mebibytes for one in again)
    yield Row(name, ours, "the load in bulk", size, seconds_, whole * len(again), (Goal("seconds", 1.5),))
    goals = (Goal("mebibytes", 80),)
    yield Row(name, f"memory of {ours}", f"memory of {peer}", size, memory, least, goals, "MiB")
