"""A first load in bulk beside Neo4j's import tool alone, which gets the files that ours gives it."""

import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from bench import world
from bench.installation import Bench, connected
from bench.loading import unexpected
from bench.pair import Goal, Row, seconds
from graph_app import engine
from graph_app.database import open_database
from graph_app.engine import importing
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

    def once(self) -> Plan:
        """Load, and have the tool do its part once more alone; the first start of the engine does not count."""
        self._count += 1
        own = self._home(f"bulk-{self._count}")
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
        other = self._home(f"alone-{self._count}")
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

    def _home(self, name: str) -> Settings:
        return Settings.read({**self.bench.settings.values, "PEYVAND_HOME": str(self.bench.folder / name)})


def rows(bench: Bench) -> Iterator[Row]:
    """Measure; the graph of the bench is not touched."""
    folder = bench.folder / "entities"
    folder.mkdir()
    files = world.write_entities(folder, bench.bulk, bench.seed)
    loads = _Loads(bench, files, next(one for one in shipped() if one.mapping == "world"))
    plan = loads.once()
    loads.times.clear()
    for _ in range(bench.few):
        loads.once()
    times = {name: tuple(found) for name, found in loads.times.items()}
    size = f"{plan.balance.read:,} rows, {len(plan.entities):,} entities, {len(plan.ties):,} claims"
    ours, peer = "peyvand load bulk, with ledger, validation, evidence, statuses and indexes", "the import tool alone"
    yield Row("bulk", ours, peer, size, times["whole"], times["alone"], (Goal("ratio", 2.0),))
    for stage in (_PLANNING, _STAGES["keep"], _SWAP, _STAGES["derive"], _STAGES["verify"]):
        yield Row("bulk, of it", stage, "the whole load in bulk", size, times[stage], times["whole"])
