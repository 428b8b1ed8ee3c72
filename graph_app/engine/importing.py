"""A store that Neo4j's own import tool makes from files, and that takes the place of the engine's at its next start.

The tool works in a folder beside the engine. Giving that folder its last name is the one step that counts: before it,
nothing has happened; after it, whoever starts the engine next puts the store in its place, however often that is cut
off.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Self

from graph_app.engine import client, jars, java, lease, server
from graph_app.engine.configuration import Home, write_class_path
from graph_app.engine.memory import GIB, Memory, written
from graph_app.errors import N_, EngineError
from graph_app.settings import Settings

FILES = "files"  # where in its folder the tool finds what it imports
_DATABASE = "neo4j"
_PARTS = ("transactions", "databases")
_CONFIGURATION = "db.tx_log.preallocate=false\ndbms.usage_report.enabled=false\n"
_OWN = ("--bad-tolerance=0", "--normalize-types=false", "--report-file=report", "--verbose")


class Import:
    """The import tool at work in ``folder``; it dies with us."""

    def __init__(self, settings: Settings, folder: Path, options: Sequence[str]) -> None:
        self._folder = folder
        memory = Memory.of(settings)
        arguments = folder / "import.args"
        arguments.write_text("\n".join(map(java.quoted, (*_OWN, *_limits(memory), *options))), encoding="utf-8")
        tool = ["org.neo4j.cli.AdminTool", "database", "import", "full", _DATABASE]  # before what takes several files
        command = [java.executable(), f"-Xmx{written(memory.heap)}", f"@{_class_path(settings, folder)}", *tool]
        with (folder / "log").open("wb") as log:
            self._tool = subprocess.Popen(
                [*command, f"@{arguments}"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=folder / FILES,
                env=java.environment(NEO4J_HOME=str(folder), NEO4J_CONF=str(folder / "conf")),
                preexec_fn=server.die_with_parent(),  # noqa: PLW1509 - it only calls the kernel
            )

    def wait(self) -> None:
        """Wait until the store is made.

        Raises
        ------
        EngineError
            If the tool failed; the sentence has its reason.

        """
        if self._tool.wait() != 0:
            lines = (self._folder / "log").read_text(encoding="utf-8", errors="replace").splitlines()
            raise EngineError(N_("The import tool of Neo4j failed: %(reason)s"), reason=_reason(lines))
        shutil.rmtree(self._folder / FILES)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._tool.poll() is None:
            self._tool.kill()
        self._tool.wait()


def folder(settings: Settings) -> Path:
    """Return an empty folder for the tool, on the disk of the store; what an earlier one left there is gone."""
    home = Home.of(settings)
    shutil.rmtree(home.building, ignore_errors=True)
    (home.building / FILES).mkdir(mode=0o700, parents=True)
    return home.building


def swap(settings: Settings, say: Callable[[str], None]) -> dict[str, object]:
    """Stop the engine, let it have the store that was built, start it; return what it says of itself then.

    The caller has the only lease, which keeps the new one running.

    Raises
    ------
    EngineError
        If others use the engine too, or it cannot be stopped or started.

    """
    home = Home.of(settings)
    with lease.locked(home.gate):  # nobody starts the old store meanwhile
        refuse_others(home)
        supervisor = lease.signed(home.store_lock)
        if lease.held(home.store_lock) and supervisor:
            os.kill(supervisor, signal.SIGTERM)
            client.await_end(home, supervisor)
        home.building.rename(home.staged)
        return client.join(home, settings, say)


def refuse_others(home: Home) -> None:
    """Refuse to take the store away from other processes.

    Raises
    ------
    EngineError
        If there are any.

    """
    if count := others(home):
        message = N_("The engine is still used by %(count)s other processes. End them first, then load in bulk.")
        raise EngineError(message, count=count)


def others(home: Home) -> int:
    """Return how many other processes use the engine. The caller holds the gate."""
    lease.clear(home.leases)
    return sum(pid != os.getpid() for pid in lease.pids(home.leases))


def take_up(home: Home) -> None:
    """Put a store that is ready in the place of the present one. Who does it again after a death goes on where it was.

    The caller owns the store, and no Neo4j runs. What was left of a store that never became ready is cleared away.
    """
    shutil.rmtree(home.building, ignore_errors=True)
    for part in _PARTS:
        made, there = home.staged / "data" / part / _DATABASE, home.neo4j / "data" / part / _DATABASE
        if made.exists():
            shutil.rmtree(there, ignore_errors=True)
            there.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            made.rename(there)
    shutil.rmtree(home.staged, ignore_errors=True)


def _class_path(settings: Settings, folder_: Path) -> Path:
    place = folder_ / "conf"
    place.mkdir(mode=0o700, exist_ok=True)
    (place / "neo4j.conf").write_text(_CONFIGURATION, encoding="utf-8")
    return write_class_path(place / "class-path.args", jars.paths(jars.provide(settings)))


def _limits(memory: Memory) -> tuple[str, ...]:
    return (f"--max-off-heap-memory={written(max(memory.heap + memory.pagecache, GIB))}",)


def _reason(lines: Sequence[str]) -> str:
    told = [line.strip() for line in lines if line.strip()]
    causes = [line for line in told if line.startswith("Caused by")]
    return (causes or [line for line in told if "Exception" in line] or told or ["–"])[-1]
