"""The managed Neo4j: one per ``PEYVAND_HOME``, started by whoever needs it first, stopped after the last.

A user holds a lease, which is a lock of the kernel: it ends with its holder, whatever ends the holder.
"""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from graph_app.engine import client, jars, lease
from graph_app.engine.configuration import USERNAME, Home, check, tail
from graph_app.errors import N_, EngineError
from graph_app.language import gettext
from graph_app.settings import Settings

Say = Callable[[str], None]


@dataclass(frozen=True)
class Address:
    """Where the engine is reached, and with what."""

    uri: str
    username: str
    password: str = field(repr=False)  # a repr ends up in tracebacks and logs


@dataclass(frozen=True)
class Status:
    """How the engine does.

    Parameters
    ----------
    memory
        What is resident, in bytes; None where that cannot be known.
    holders
        How many leases there are; ``start`` leaves one that no process holds.
    failure
        Why the engine failed when it last ran, in the language of the command line; None if it did not.

    """

    running: bool
    uri: str | None
    pid: int | None
    version: str
    memory: int | None
    holders: int
    home: Path
    failure: str | None = None


@contextmanager
def hold(settings: Settings, *, say: Say | None = None) -> Iterator[Address]:
    """Hold a lease on the engine and give its address; start the engine if it does not run.

    Parameters
    ----------
    settings
        Where the engine lives, its port and its memory.
    say
        Is told what takes long.

    Raises
    ------
    EngineError
        If the engine cannot be installed or started; the sentence says why.

    """
    check(settings)
    home = Home.of(settings)
    with lease.locked(home.gate):
        mine = lease.take(home.leases)
        try:
            found = client.join(home, settings, say or (lambda _message: None))
            address = Address(found["uri"], USERNAME, home.password.read_text(encoding="utf-8").strip())
        except BaseException:
            lease.give_back(mine)
            raise
    try:
        yield address
    finally:
        lease.give_back(mine)


def start(settings: Settings, *, say: Say | None = None) -> Status:
    """Start the engine and keep it running until ``stop``. Errors as for ``hold``."""
    with hold(settings, say=say):
        lease.keep(Home.of(settings).leases)
    return status(settings)


def stop(settings: Settings, *, force: bool = False) -> bool:
    """End what ``start`` began; return whether an engine ran.

    Raises
    ------
    EngineError
        If others still use the engine and ``force`` is not asked for.

    """
    home = Home.of(settings)
    with lease.locked(home.gate):
        others = lease.users(home.leases)
        running = lease.held(home.store_lock)
        if running and others and not force:
            message = N_("The engine is still used by %(count)s other processes. End them first, or use --force.")
            raise EngineError(message, count=others)
        lease.let_go(home.leases)
        supervisor = client.runtime(home).get("supervisor")
        if running and force and supervisor:  # its lock is held and its address stands, so the number is its own
            os.kill(supervisor, signal.SIGTERM)
    client.await_end(home, supervisor)
    return running


def status(settings: Settings) -> Status:
    """Return how the engine does, without starting it."""
    home = Home.of(settings)
    found = client.runtime(home) if lease.held(home.store_lock) else {}
    pid, why = found.get("pid"), ended(settings)
    return Status(
        running=bool(found),
        uri=found.get("uri"),
        pid=pid,
        version=found.get("version") or jars.version(jars.locked()),
        memory=_memory(pid) if pid else None,
        holders=lease.holders(home.leases),
        home=home.root,
        failure=why.translated(gettext) if why and not found else None,
    )


def ended(settings: Settings) -> EngineError | None:
    """Return why the engine failed when it last ran; None if it did not fail. For who finds that it is gone."""
    return client.told(Home.of(settings))


def install(settings: Settings) -> Path:
    """Fetch the engine's files if they are not there; return their folder. Errors as for ``jars.provide``."""
    return jars.provide(settings)


def log_lines(settings: Settings, count: int) -> dict[str, list[str]]:
    """Return the last ``count`` lines of each log, by the name of its file."""
    home = Home.of(settings)
    return {str(path): tail(path, count) for path in (home.log, home.neo4j_log)}


def _memory(pid: int) -> int | None:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return None
    return pages * os.sysconf("SC_PAGE_SIZE")
