"""Neo4j as a child process: its port, its start, the proof that it is ready, why it is gone, its end."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from errno import EADDRINUSE
from pathlib import Path

import neo4j
import psutil
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from graph_app.engine import java
from graph_app.engine.configuration import USERNAME, Home, server_command
from graph_app.engine.logs import tail, turn
from graph_app.engine.memory import Memory, written
from graph_app.errors import N_, EngineError
from graph_app.settings import Settings

READY_WITHIN = 150.0  # seconds; a start takes 5 to 10, and took 80 on two cores with twelve times their work
_STOP_WITHIN = 20.0
_FREE_WITHIN = 5.0  # a dying engine of ours may need a moment to let go of the store
_POLL = 0.1
_PR_SET_PDEATHSIG = 1
_PORT_TAKEN = N_("Port %(port)s is in use by another program. Set PEYVAND_ENGINE_PORT to another, or to 0.")
_STORE_TAKEN = N_("The store in %(folder)s is held by another Neo4j. Stop that one first.")


def refuse_foreign_owner(home: Home) -> None:
    """Refuse a store that a Neo4j holds which is not ours: ours dies with its supervisor, whose lock we have.

    Raises
    ------
    EngineError
        If the store is still held after some seconds.

    """
    path = home.neo4j / "data" / "databases" / "store_lock"
    deadline = time.monotonic() + _FREE_WITHIN
    while path.exists() and _posix_locked(path):
        if time.monotonic() > deadline:
            raise EngineError(_STORE_TAKEN, folder=home.neo4j)
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


def free_port(settings: Settings) -> int:
    """Return the port to listen on: the one that is set, if it is free, or any free one.

    Raises
    ------
    EngineError
        If the port that is set is in use, or is none that a user may have.

    """
    wanted = settings.number("PEYVAND_ENGINE_PORT")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except (OSError, OverflowError) as error:
            if getattr(error, "errno", None) == EADDRINUSE:
                raise EngineError(_PORT_TAKEN, port=wanted) from error
            message = N_("Port %(port)s cannot be used: %(reason)s. Set PEYVAND_ENGINE_PORT to another, or to 0.")
            raise EngineError(message, port=wanted, reason=getattr(error, "strerror", error)) from error
        return int(probe.getsockname()[1])


def launch(home: Home, settings: Settings, class_path: Path) -> subprocess.Popen[bytes]:
    """Start Neo4j. On Linux the kernel kills it when this process dies, however it dies."""
    for log in (home.java_log, home.neo4j_log):
        turn(log)  # what is read there later is of this start
    descriptor = os.open(home.java_log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        return subprocess.Popen(
            server_command(home, settings, class_path),
            stdin=subprocess.DEVNULL,
            stdout=descriptor,
            stderr=subprocess.STDOUT,
            env=java.environment(),
            preexec_fn=die_with_parent(),  # noqa: PLW1509 - the watchdog's thread is ended before a start
        )
    finally:
        os.close(descriptor)


def die_with_parent() -> Callable[[], None] | None:
    """Return what the child runs before Java: ask the kernel to be killed when this process dies."""
    if sys.platform != "linux":
        return None
    kernel, parent = ctypes.CDLL(None, use_errno=True), os.getpid()

    def arm() -> None:
        kernel.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # the parent died between fork and prctl
            os._exit(1)

    return arm


def ready(
    child: subprocess.Popen[bytes], home: Home, settings: Settings, port: int, password: str, stop: threading.Event
) -> bool:
    """Wait until Neo4j takes our password; return False if ``stop`` was set meanwhile.

    Raises
    ------
    EngineError
        If Neo4j ends, refuses the password, or does not answer in time; the sentence has the reason from its log.

    """
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        if stop.wait(_POLL):
            return False
        if child.poll() is not None:
            raise _explained(home, settings, port)
        if _listens(child, port) and _accepts(port, password):
            return True
    message = N_("Neo4j did not answer within %(seconds)s seconds: %(reason)s")
    raise EngineError(message, seconds=int(READY_WITHIN), reason=reason(home))


def _listens(child: subprocess.Popen[bytes], port: int) -> bool:
    """Return whether the port is Neo4j's own; before that, the password might be sent to somebody else."""
    try:
        found = psutil.Process(child.pid).net_connections("tcp")
    except psutil.Error:
        return False
    return any(one.status == psutil.CONN_LISTEN and one.laddr.port == port for one in found)


def _accepts(port: int, password: str) -> bool:
    try:
        with neo4j.GraphDatabase.driver(
            f"bolt://127.0.0.1:{port}", auth=(USERNAME, password), connection_timeout=5, telemetry_disabled=True
        ) as driver:
            driver.execute_query("RETURN 1", database_="neo4j")
    except AuthError as error:  # never tried twice: some failures later, Neo4j locks the user out
        message = N_("Neo4j does not accept the password kept beside it: the store is from another installation.")
        raise EngineError(message) from error
    except (DriverError, Neo4jError):
        return False
    return True


def _explained(home: Home, settings: Settings, port: int) -> EngineError:
    """Return why Neo4j did not start, in our words where we know the reason."""
    text = "\n".join(_printed(home))
    if "Address already in use" in text:
        return EngineError(_PORT_TAKEN, port=port)
    if "Lock file has been locked by another process" in text:
        return EngineError(_STORE_TAKEN, folder=home.neo4j)
    return _out_of_memory(home, settings) or EngineError(
        N_("Neo4j stopped while starting: %(reason)s"), reason=reason(home)
    )


def died(child: subprocess.Popen[bytes], home: Home, settings: Settings) -> EngineError:
    """Return why a Neo4j that ran is gone, in our words where we know the reason."""
    if child.returncode == -signal.SIGKILL:
        return EngineError(N_("Neo4j was killed by somebody, or by the system because the machine had no memory left."))
    return _out_of_memory(home, settings) or EngineError(N_("Neo4j ended by itself: %(reason)s"), reason=reason(home))


def _out_of_memory(home: Home, settings: Settings) -> EngineError | None:
    """Return the sentence for a Java that ended because its heap was full; None if that is not the reason."""
    if not any("OutOfMemoryError" in line for line in tail(home.java_log, 200)):
        return None
    message = N_("Neo4j ran out of memory: its heap of %(heap)s was full. Set PEYVAND_ENGINE_HEAP to more.")
    return EngineError(message, heap=written(Memory.of(settings).heap))


def _printed(home: Home) -> list[str]:
    found = [*tail(home.neo4j_log, 200), *tail(home.java_log, 200)]
    return [line.strip() for line in found if line.strip()]


def reason(home: Home) -> str:
    """Return the line of Neo4j's output that most likely tells what is wrong."""
    lines = _printed(home)
    telling = [line for line in lines if any(word in line for word in ("ERROR", "Error", "Exception", "Caused by"))]
    return (telling or lines or ["–"])[-1]


def end(child: subprocess.Popen[bytes]) -> None:
    """Stop Neo4j: ask, wait for some seconds, then kill."""
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(_STOP_WITHIN)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
