"""Kill Neo4j (SIGKILL) at random moments while it is loaded and edited: ``python tests/engine_kills.py 200``.

One thread loads, edits and takes back without end, as a person would: what breaks off is tried again. Whatever a load
has reported as done must stand in the graph and in the ledger after each kill; every twenty kills, and at the end, a
whole load must give the graph that one without any kill gives, by its digest.
"""

import logging
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

from graph_app.database import open_database
from graph_app.engine import jars, server
from graph_app.engine.configuration import USERNAME, Home, configure, ensure_password, write_class_path
from graph_app.graph.store import Store, connect
from graph_app.graph.writer import Writer
from graph_app.settings import Settings
from loaders.digest import digest
from loaders.ledger import Ledger
from tests.busy import EDITED, NAME, Work, at_work

LOOK_EVERY = 20  # kills
_LONGEST = 8.0  # seconds between a start and the next kill
_QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # halves the work of a start; nothing of this is about speed


class Neo4j:
    """A managed Neo4j that is started again at once; the supervisor would wait longer after each failure."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._home = settings, Home.of(settings)
        self._port = server.free_port(settings)
        configure(self._home, settings, self._port)
        self._class_path = write_class_path(self._home.class_path, jars.paths(jars.provide(settings)))
        self._password = ensure_password(self._home, self._class_path)
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._child = server.launch(self._home, self._settings, self._class_path)
        server.ready(self._child, self._home, self._settings, self._port, self._password, Event())

    def kill(self) -> None:
        """End it as a power cut would, but for what the system has not written yet."""
        if self._child:
            self._child.kill()
            self._child.wait()

    def store(self) -> Store:
        """Open a store on it."""
        return Store(connect(f"bolt://127.0.0.1:{self._port}", USERNAME, self._password), "neo4j")


def killed(neo4j: Neo4j, work: Work, after: float) -> None:
    """Kill Neo4j after some seconds, start it again, and look whether what was reported as done is there."""
    time.sleep(after)
    neo4j.kill()
    time.sleep(0.1)  # what the server has answered is heard
    reported, runs = work.done, list(work.runs)
    neo4j.start()
    [(name,)] = work.store.table(EDITED, seconds=60).rows
    stands = int(name.removeprefix(NAME) or reported + 1)  # a whole load writes the name without a number
    if stands < reported:
        raise AssertionError(f"edit {reported} was reported as done, and the graph has {stands}")
    lost = [run for run in runs if work.ledger.load(run).state not in {"done", "undone"}]
    if lost:
        raise AssertionError(f"runs that were reported as done are not: {lost}")


def whole(work: Work) -> str:
    """Load everything anew and return the digest of the graph."""
    work.whole()
    return digest(work.store).digest


def reference(store: Store, folder: Path) -> str:
    """Return the digest of the example, loaded without any kill."""
    database = open_database(Settings.read({"PEYVAND_HOME": str(folder / "reference")}))
    work = Work(store, Ledger(database), folder)
    found = whole(work)
    database.close()
    Writer(store).run("MATCH (n) DETACH DELETE n")
    return found


def main() -> int:
    """Return 0, or raise what was found to be wrong."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 20_261_126)  # noqa: S311 - no secret
    begin = time.monotonic()
    os.environ["JDK_JAVA_OPTIONS"] = _QUICK
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)  # which tells of every connection that is gone
    with TemporaryDirectory(prefix="engine-kills-", ignore_cleanup_errors=True) as home:
        settings = Settings.read({**os.environ, "PEYVAND_HOME": home, "PEYVAND_ENGINE_HEAP": "512m"})
        neo4j = Neo4j(settings)
        neo4j.start()
        database = open_database(settings)
        try:
            with neo4j.store() as store:
                wanted = reference(store, Path(home))
                work = Work(store, Ledger(database), Path(home))
                work.whole()
                for number in range(0, count, LOOK_EVERY):
                    with at_work(work):
                        for one in range(number, min(number + LOOK_EVERY, count)):
                            killed(neo4j, work, chance.uniform(0.0, _LONGEST))
                            print(f"{one + 1}: {work.done} edits and {len(work.runs)} runs done", flush=True)
                    if whole(work) != wanted:
                        raise AssertionError(f"another graph after {number + LOOK_EVERY} kills")
        finally:
            database.close()
            neo4j.kill()
            shutil.rmtree(home, ignore_errors=True)
    print(
        f"{count} kills of Neo4j in {time.monotonic() - begin:.0f} s: {work.done} edits, {len(work.runs)} runs done,"
        f" {work.again} times tried again; nothing lost, digests equal"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
