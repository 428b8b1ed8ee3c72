"""The managed Neo4j: one per ``PEYVAND_HOME``, started by whoever needs it first, stopped after the last.

A user holds a lease, which is a lock of the kernel: it ends with its holder, whatever ends the holder.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph_app.engine import jars, lease
from graph_app.engine.configuration import USERNAME, Home, tail
from graph_app.errors import N_, EngineError
from graph_app.language import gettext
from graph_app.settings import Settings

Say = Callable[[str], None]
_START_WITHIN = 180.0  # seconds; the supervisor itself gives up after 90
_POLL = 0.1


@dataclass(frozen=True)
class Address:
    """Where the engine is reached, and with what."""

    uri: str
    username: str
    password: str


@dataclass(frozen=True)
class Status:
    """How the engine does. ``memory`` is what is resident, in bytes; None where that cannot be known."""

    running: bool
    uri: str | None
    pid: int | None
    version: str
    memory: int | None
    holders: int
    home: Path


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
    home = Home.of(settings)
    with lease.locked(home.gate):
        mine = lease.take(home.leases)
        try:
            address = _join(home, settings, say or (lambda _message: None))
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
    lease.let_go(home.leases)
    if not lease.held(home.store_lock):
        return False
    users = lease.holders(home.leases)
    if users and not force:
        message = N_("The engine is still used by %(count)s other processes. End them first, or use --force.")
        raise EngineError(message, count=users)
    if force:
        _end_supervisor(home)
    deadline = time.monotonic() + 30
    while lease.held(home.store_lock) and time.monotonic() < deadline:
        time.sleep(_POLL)
    return True


def status(settings: Settings) -> Status:
    """Return how the engine does, without starting it."""
    home = Home.of(settings)
    found = _runtime(home) if lease.held(home.store_lock) else {}
    pid = found.get("pid")
    version = jars.version(jars.locked())
    memory = _memory(pid) if pid else None
    return Status(bool(found), found.get("uri"), pid, version, memory, lease.holders(home.leases), home.root)


def install(settings: Settings) -> Path:
    """Fetch the engine's files if they are not there; return their folder. Errors as for ``jars.provide``."""
    return jars.provide(settings)


def log_lines(settings: Settings, count: int) -> dict[str, list[str]]:
    """Return the last ``count`` lines of each log, by the name of its file."""
    home = Home.of(settings)
    return {str(path): tail(path, count) for path in (home.log, home.neo4j_log)}


def _join(home: Home, settings: Settings, say: Say) -> Address:
    """Return the address of the running engine; the caller holds the gate, so nobody else starts or stops one."""
    if not _running(home):
        say(gettext(N_("Starting Neo4j …")))
        jars.provide(settings)  # here and not in the supervisor, so that the progress bar is seen
        home.failure.unlink(missing_ok=True)
        home.runtime.unlink(missing_ok=True)
        _await(home, _spawn(home, settings))
    return Address(_runtime(home)["uri"], USERNAME, home.password.read_text(encoding="utf-8").strip())


def _spawn(home: Home, settings: Settings) -> subprocess.Popen[bytes]:
    descriptor = os.open(home.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        return subprocess.Popen(
            [sys.executable, "-m", "graph_app.engine.supervisor"],
            stdin=subprocess.DEVNULL,
            stdout=descriptor,
            stderr=descriptor,
            cwd="/",
            start_new_session=True,
            env={**os.environ, **settings.values, "PEYVAND_HOME": str(settings.home.resolve())},
        )
    finally:
        os.close(descriptor)


def _running(home: Home) -> bool:
    """Return whether an engine runs, after waiting for one that is on its way up or down."""
    while lease.held(home.store_lock):
        if _runtime(home):
            return True
        time.sleep(_POLL)
    return False


def _await(home: Home, supervisor: subprocess.Popen[bytes]) -> None:
    """Wait until the engine's address is known; raise the supervisor's own sentence if it gave up."""
    deadline = time.monotonic() + _START_WITHIN
    while not _runtime(home):
        if supervisor.poll() is not None:
            raise _failure(home)
        if time.monotonic() > deadline:
            supervisor.terminate()
            raise EngineError(N_("The engine did not start within %(seconds)s seconds."), seconds=int(_START_WITHIN))
        time.sleep(_POLL)
    supervisor.returncode = 0  # it is on its own from here; Python would warn that nobody waits for it


def _failure(home: Home) -> EngineError:
    try:
        told = json.loads(home.failure.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        message = N_("The engine's supervisor ended without a word; its log is %(file)s.")
        return EngineError(message, file=home.log)
    return EngineError(told["message"], **told["values"])


def _runtime(home: Home) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(home.runtime.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def _end_supervisor(home: Home) -> None:
    supervisor = _runtime(home).get("supervisor")
    if supervisor:
        os.kill(supervisor, signal.SIGTERM)


def _memory(pid: int) -> int | None:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return None
    return pages * os.sysconf("SC_PAGE_SIZE")
