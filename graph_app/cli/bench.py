"""``peyvand bench``: how fast it is on this machine, on a throw-away engine and the world example."""

import platform
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import click
import psutil

from graph_app import __version__, engine
from graph_app._layout import EXAMPLES
from graph_app.cli.context import connected, open_ledger, say
from graph_app.cli.tables import print_table
from graph_app.engine.memory import GIB, Memory, machine
from graph_app.errors import N_
from graph_app.exploration import neighbourhood
from graph_app.exploration.search import search
from graph_app.graph.store import Store
from graph_app.language import gettext
from graph_app.settings import Settings
from loaders.ledger import Ledger
from loaders.mapping import shipped
from loaders.resyncing import resync
from loaders.running import perform

T = TypeVar("T")
_EXAMPLE = "world"
_CITIES = (
    "MATCH (c:City)-[t:TWINNED_WITH]-() RETURN c.id AS id, c.name_en AS name, count(t) AS ties ORDER BY ties DESC, id"
)
_NOTHING = "RETURN 1 AS one"
_ASKED, _HUBS = 40, 10  # cities, and of them those with the most ties
_LETTERS = range(2, 6)  # of a name, as somebody types it
_ONE_WAY = ("PEYVAND_ENGINE_JARS", "PEYVAND_ENGINE_HEAP", "PEYVAND_ENGINE_PAGECACHE", "PEYVAND_ENGINE_TRANSACTION")


@dataclass(frozen=True)
class Measured:
    """One row: what was done, on how much, and the seconds that each time took."""

    name: str
    size: int
    seconds: Sequence[float]

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """The row as text: the median, and the time within which 95 of 100 came to their end."""
        ordered = sorted(self.seconds)
        late = ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]
        return gettext(self.name), f"{self.size:,}", _told(statistics.median(ordered)), _told(late)


@click.command()
def bench() -> None:
    """Measure on this machine, in about two minutes, with an engine and data of its own; yours are not touched."""
    given = Settings.read()
    with TemporaryDirectory(prefix="peyvand-bench-", ignore_cleanup_errors=True) as folder:
        kept = {name: given.text(name) for name in _ONE_WAY if given.text(name)}
        settings = Settings.read({**kept, "PEYVAND_HOME": folder, "NEO4J_URI": ""})
        found = []
        for row in _rows(settings):
            say(row.cells[0])
            found.append(row.cells)
        facts = list(_facts(settings))
    print_table((gettext(N_("This machine")), ""), facts)
    click.echo()
    heads = (N_("what"), N_("of how many"), N_("median"), N_("95 of 100 within"))
    print_table(map(gettext, heads), found)


def _rows(settings: Settings) -> Iterator[Measured]:
    engine.install(settings)  # to fetch it is no matter of this machine
    begin = time.perf_counter()
    with engine.hold(settings) as address:
        yield Measured(N_("The engine starts"), 1, [time.perf_counter() - begin])
        with connected(settings, address) as store, open_ledger(settings) as ledger:
            yield from _loading(store, ledger)
            yield from _asking(store)
    engine.stop(settings, force=True)


def _loading(store: Store, ledger: Ledger) -> Iterator[Measured]:
    mapping = next(one for one in shipped() if one.mapping == _EXAMPLE)
    files = [path for path in sorted((EXAMPLES / _EXAMPLE).glob("*.csv")) if mapping.tables_in(path)]
    begin = time.perf_counter()
    work = resync(store, ledger, files, mapping)
    planned = time.perf_counter() - begin
    yield Measured(N_("Planning the sister cities of the world, rows"), work.plan.balance.read, [planned])
    begin = time.perf_counter()
    perform(store, ledger, work, "bench", lambda note: say(note.translated(gettext)))
    yield Measured(
        N_("Writing what was planned, entities and ties"), len(work.plan.steps()), [time.perf_counter() - begin]
    )
    again = [_seconds(lambda: resync(store, ledger, files, mapping)) for _ in range(5)]
    yield Measured(N_("Planning the same files again, rows"), work.plan.balance.read, again)


def _asking(store: Store) -> Iterator[Measured]:
    cities = store.table(_CITIES, rows=10_000).rows
    step = max(1, len(cities) // (_ASKED - _HUBS))
    chosen = [*cities[:_HUBS], *cities[_HUBS::step]][:_ASKED]
    typed = [name[:count] for _, name, _ in chosen for count in _LETTERS]
    yield _each(N_("Asking the server for nothing, to compare"), chosen, lambda _city: store.table(_NOTHING))
    yield _each(N_("Searching as one types, texts"), typed, lambda text: search(store, text))
    yield _each(
        N_("Opening the sister cities of a city, cities"),
        [city for city, _, _ in chosen],
        lambda city: neighbourhood.expand(store, city, "TWINNED_WITH", "both", limit=25),
    )


def _each(name: str, things: Sequence[T], ask: Callable[[T], object]) -> Measured:
    """Measure each thing, after a first round that does not count: it finds nothing prepared."""
    for thing in things:
        ask(thing)
    return Measured(name, len(things), [_seconds(partial(ask, thing)) for thing in things])


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _facts(settings: Settings) -> Iterator[tuple[str, str]]:
    memory = Memory.of(settings)
    yield "Peyvand", __version__
    yield "Neo4j", engine.status(settings).version
    yield "Python", platform.python_version()
    yield gettext(N_("System")), f"{platform.system()} {platform.machine()}"
    yield gettext(N_("Processors")), f"{psutil.cpu_count()} × {processor()}"
    yield gettext(N_("Memory")), f"{machine() / GIB:.0f} GB"
    sizes = {name: f"{getattr(memory, name) / GIB:.1f} GB" for name in ("heap", "pagecache")}
    yield gettext(N_("Memory of the engine")), gettext(N_("heap %(heap)s, page cache %(pagecache)s")) % sizes
    yield gettext(N_("Other work, on average in the last minute")), f"{psutil.getloadavg()[0]:.1f}"


def processor() -> str:
    """Return the name of the processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.processor())


def _told(seconds: float) -> str:
    return f"{seconds * 1000:,.1f} ms" if seconds < 1 else f"{seconds:,.1f} s"
