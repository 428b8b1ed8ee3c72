"""What is measured on: a throw-away engine, and the facts about this machine that the table names."""

import platform
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from graph_app import __version__, engine
from graph_app.cli.bench import processor
from graph_app.engine.memory import GIB, machine
from graph_app.graph.store import Store, connect
from graph_app.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
HEAP, PAGECACHE = "1g", "256m"
_LIBRARIES = ("neo4j", "flask", "waitress", "networkx", "pyvis")


@dataclass(frozen=True)
class Bench:
    """One run: the store, its settings, a folder for files, and how much is measured how often.

    ``size`` rows are loaded, and ``bulk`` entities in bulk.
    """

    store: Store
    settings: Settings
    folder: Path
    size: int
    rounds: int
    seed: int = 20_260_923
    bulk: int = 50_000

    @property
    def few(self) -> int:
        """How often what takes minutes, or differs by factors, is measured: it need not be more often than twice."""
        return min(self.rounds, 2)


@contextmanager
def installation(size: int, rounds: int, bulk: int) -> Iterator[Bench]:
    """Give a bench on an engine of its own, which is gone afterwards."""
    with TemporaryDirectory(prefix="peyvand-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        values = {"PEYVAND_HOME": str(folder / "home"), "PEYVAND_ENGINE_HEAP": HEAP}
        settings = Settings.read(values | {"PEYVAND_ENGINE_PAGECACHE": PAGECACHE, "PEYVAND_ELEMENTS": "499"})
        with engine.hold(settings) as address, connected(address, elements=499) as store:
            yield Bench(store, settings, folder, size, rounds, bulk=bulk)
        engine.stop(settings, force=True)


def connected(address: engine.Address, elements: int = 300) -> Store:
    """Return the store of an engine that is held, with pictures of at most so many ``elements``."""
    return Store(connect(address.uri, address.username, address.password), "neo4j", elements=elements)


def facts(store: Store) -> dict[str, str]:
    """Return what the numbers depend on."""
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "peyvand": f"{__version__} ({_commit()})",
        "neo4j": f"{store.version} Community, heap {HEAP}, page cache {PAGECACHE}",
        "python": platform.python_version(),
        "libraries": ", ".join(f"{name} {version(name)}" for name in _LIBRARIES),
        "machine": f"{psutil.cpu_count()} × {processor()}, {machine() / GIB:.0f} GB, {platform.system()}",
        "load": f"{psutil.getloadavg()[0]:.1f} on average in the last minute of the run",
    }


def _commit() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or "no commit"
