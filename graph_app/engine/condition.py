"""How the managed engine does: whether it runs, who uses it, its memory, its disk, its logs."""

import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil

from graph_app.engine import client, failure, jars, lease
from graph_app.engine.configuration import Home
from graph_app.engine.memory import GIB
from graph_app.errors import N_
from graph_app.language import gettext
from graph_app.settings import Settings

FULL_DISK = N_("The disk of %(folder)s is full. Neo4j starts again as soon as there is room for it.")
LOW_DISK = N_("Less than 1 GB is free on the disk of %(folder)s. Make room: Neo4j cannot write when it is full.")
_NEEDED = 16 << 20  # bytes that a start needs


@dataclass(frozen=True)
class User:
    """A process that uses the engine: its number and its command."""

    pid: int
    command: str


@dataclass(frozen=True)
class Status:
    """How the engine does. Sizes are in bytes; what cannot be known is None.

    Parameters
    ----------
    since
        When this Neo4j started, in UTC, to the second.
    restarts
        How often it had to be started again since its first user came.
    memory, heap, pagecache
        What is resident now; the largest heap; the page cache.
    holders, users
        How many leases there are; ``start`` leaves one that no process holds, so users may be fewer.
    disk, free, low
        What the store takes; what is free on its disk; whether that is too little.
    failure
        Why the engine failed when it last ran, in the language of the command line; None if it did not.

    """

    running: bool
    uri: str | None
    pid: int | None
    version: str
    since: str | None
    restarts: int
    memory: int | None
    heap: int | None
    pagecache: int | None
    holders: int
    users: tuple[User, ...]
    home: Path
    disk: int
    free: int
    low: bool
    logs: tuple[Path, ...]
    failure: str | None = None


def status(settings: Settings) -> Status:
    """Return how the engine does, without starting it."""
    home = Home.of(settings)
    found = client.runtime(home) if lease.held(home.store_lock) else {}
    pid, why = found.get("pid"), failure.told(home.failure)
    return Status(
        running=bool(found),
        uri=found.get("uri"),
        pid=pid,
        version=found.get("version") or jars.version(jars.locked()),
        since=_since(pid),
        restarts=found.get("restarts", 0),
        memory=_resident(pid),
        heap=found.get("heap"),
        pagecache=found.get("pagecache"),
        holders=lease.holders(home.leases),
        users=tuple(User(user, _command(user)) for user in lease.pids(home.leases)),
        home=home.root,
        disk=_size(home.neo4j / "data"),
        free=_free(home),
        low=low(home),
        logs=tuple(path for path in home.logs.values() if path.exists()),
        failure=why.translated(gettext) if why and not found else None,
    )


def low(home: Home) -> bool:
    """Return whether too little is free on the disk of the store: a large load writes some hundred megabytes."""
    return _free(home) < GIB


def full(home: Home) -> bool:
    """Return whether so little is free that Neo4j cannot even start: it recovers, and writes its logs."""
    return _free(home) < _NEEDED


def _free(home: Home) -> int:
    return shutil.disk_usage(home.root).free


def _since(pid: int | None) -> str | None:
    with suppress(psutil.Error):
        if pid:
            return datetime.fromtimestamp(psutil.Process(pid).create_time(), UTC).isoformat(timespec="seconds")
    return None


def _resident(pid: int | None) -> int | None:
    with suppress(psutil.Error):
        if pid:
            return int(psutil.Process(pid).memory_info().rss)
    return None


def _command(pid: int) -> str:
    with suppress(psutil.Error):
        return " ".join(psutil.Process(pid).cmdline()[:4])
    return "–"


def _size(folder: Path) -> int:
    """Return how many bytes ``folder`` takes on its disk, where a file may have holes."""
    total = 0
    for path in folder.rglob("*"):
        with suppress(OSError):  # Neo4j makes and removes files all the time
            found = path.stat()
            total += getattr(found, "st_blocks", 0) * 512
    return total
