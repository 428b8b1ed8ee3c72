"""The process that owns the engine: starts Neo4j as its child, watches who uses it, and stops it after the last.

Run as ``python -m graph_app.engine.supervisor`` by the first user of the engine, in a session of its own. On Linux the
kernel kills Neo4j when the supervisor dies (parent-death signal); elsewhere a stop or the next start clears up.
"""

import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import neo4j
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from graph_app.engine import jars, lease
from graph_app.engine.configuration import (
    USERNAME,
    Home,
    configure,
    ensure_password,
    server_command,
    tail,
    write_private,
)
from graph_app.errors import N_, EngineError
from graph_app.settings import Settings

_READY_WITHIN = 90.0  # seconds; a cold start takes 5 to 15
_STOP_WITHIN = 20.0
_POLL = 0.25
_GRACE = 1.0  # seconds without a user before the engine is stopped
_PR_SET_PDEATHSIG = 1


class _StopRequestedError(Exception):
    """Somebody sent SIGTERM."""


def main() -> int:
    """Own the engine until nobody needs it; return the exit code."""
    settings = Settings.read()
    home = Home.of(settings)
    lock = lease.Lock(home.store_lock)
    if not lock.acquire(wait=False):
        return 0  # another supervisor was faster; whoever started us will find it
    signal.signal(signal.SIGTERM, _raise_stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return _own(home, settings)
    except _StopRequestedError:
        return 0
    except EngineError as error:
        write_private(home.failure, json.dumps({"message": error.message, "values": error.values}, default=str))
        return 1
    finally:
        home.runtime.unlink(missing_ok=True)


def _raise_stop(_signal: int, _frame: FrameType | None) -> None:
    raise _StopRequestedError


def _own(home: Home, settings: Settings) -> int:
    _refuse_foreign_owner(home)
    port = _port(settings)
    folder = jars.provide(settings)
    configure(home, settings, port)
    password = ensure_password(home, folder)
    child = _start(home, settings, folder)
    try:
        _await_ready(child, home, port, password)
        runtime = {"uri": f"bolt://127.0.0.1:{port}", "pid": child.pid, "supervisor": os.getpid()}
        write_private(home.runtime, json.dumps(runtime))
        return _watch(child, home)
    finally:
        home.runtime.unlink(missing_ok=True)
        _stop(child)


def _refuse_foreign_owner(home: Home) -> None:
    """Refuse a store that a Neo4j holds which is not ours: ours dies with its supervisor, whose lock we have."""
    path = home.neo4j / "data" / "databases" / "store_lock"
    deadline = time.monotonic() + 5  # a dying engine of ours may need a moment to let go
    while path.exists() and _posix_locked(path):
        if time.monotonic() > deadline:
            message = N_("The store in %(folder)s is held by another Neo4j. Stop that one first.")
            raise EngineError(message, folder=home.neo4j)
        time.sleep(_POLL)


def _posix_locked(path: Path) -> bool:
    """Return whether a process has a POSIX record lock on ``path``, as Java takes it (not the same as ``flock``)."""
    import fcntl  # noqa: PLC0415 - not on every system

    with path.open("r+b") as stream:
        try:
            fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


def _port(settings: Settings) -> int:
    """Return the port to listen on: the one that is set, if it is free, or any free one."""
    wanted = settings.number("PEYVAND_ENGINE_PORT")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except (OSError, OverflowError) as error:
            message = N_("Port %(port)s is in use by another program. Set PEYVAND_ENGINE_PORT to another, or to 0.")
            raise EngineError(message, port=wanted) from error
        return int(probe.getsockname()[1])


def _start(home: Home, settings: Settings, folder: Path) -> subprocess.Popen[bytes]:
    home.neo4j_log.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(home.neo4j_log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        return subprocess.Popen(
            server_command(home, settings, folder),
            stdin=subprocess.DEVNULL,
            stdout=descriptor,
            stderr=subprocess.STDOUT,
            env={name: value for name, value in os.environ.items() if not name.startswith("NEO4J_")},
            preexec_fn=_die_with_parent(),  # noqa: PLW1509 - this process has no threads yet
        )
    finally:
        os.close(descriptor)


def _die_with_parent() -> Callable[[], None] | None:
    """Return what the child runs before Java: ask the kernel to be killed when this process dies."""
    if sys.platform != "linux":
        return None
    kernel, parent = ctypes.CDLL(None, use_errno=True), os.getpid()

    def arm() -> None:
        kernel.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # the parent died between fork and prctl
            os._exit(1)

    return arm


def _await_ready(child: subprocess.Popen[bytes], home: Home, port: int, password: str) -> None:
    """Wait until Neo4j takes our password: proof that it is ours and that it answers."""
    deadline = time.monotonic() + _READY_WITHIN
    while time.monotonic() < deadline:
        if child.poll() is not None:
            raise EngineError(N_("Neo4j stopped while starting: %(reason)s"), reason=_reason(home))
        if _listening(port) and _answers(port, password):
            return
        time.sleep(_POLL)
    message = N_("Neo4j did not answer within %(seconds)s seconds: %(reason)s")
    raise EngineError(message, seconds=int(_READY_WITHIN), reason=_reason(home))


def _listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _answers(port: int, password: str) -> bool:
    try:
        with neo4j.GraphDatabase.driver(
            f"bolt://127.0.0.1:{port}", auth=(USERNAME, password), connection_timeout=5, telemetry_disabled=True
        ) as driver:
            driver.execute_query("RETURN 1", database_="neo4j")
    except AuthError as error:
        message = N_("Neo4j does not accept the password kept beside it: the store is from another installation.")
        raise EngineError(message) from error
    except (DriverError, Neo4jError):
        return False
    return True


def _reason(home: Home) -> str:
    """Return the last line of Neo4j's output that tells of an error."""
    lines = tail(home.neo4j_log, 200)
    telling = [line for line in lines if "ERROR" in line or "Exception" in line or "Caused by" in line]
    return (telling or lines or ["–"])[-1].strip()


def _watch(child: subprocess.Popen[bytes], home: Home) -> int:
    """Wait until nobody has a lease, or Neo4j ends by itself. The gate keeps newcomers out of a closing engine."""
    unused_since: float | None = None
    while child.poll() is None:
        if lease.holders(home.leases):
            unused_since = None
        else:
            unused_since = unused_since or time.monotonic()
            if time.monotonic() - unused_since >= _GRACE:
                with lease.locked(home.gate):
                    if not lease.holders(home.leases):
                        home.runtime.unlink(missing_ok=True)
                        _stop(child)
                        return 0
        time.sleep(_POLL)
    raise EngineError(N_("Neo4j ended by itself: %(reason)s"), reason=_reason(home))


def _stop(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(_STOP_WITHIN)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


if __name__ == "__main__":
    sys.exit(main())
