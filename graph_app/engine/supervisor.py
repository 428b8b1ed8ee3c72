"""The process that owns the engine: starts Neo4j as its child, watches who uses it, and stops it after the last.

Run as ``python -m graph_app.engine.supervisor`` by the first user of the engine, in a session of its own. On Linux the
kernel kills Neo4j when the supervisor dies (parent-death signal). Other systems have nothing like it: there, a Neo4j
whose supervisor was killed keeps its store, and the next start says so.
"""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time

from graph_app.engine import jars, lease, server
from graph_app.engine.configuration import Home, configure, ensure_password, write_class_path, write_private
from graph_app.errors import N_, EngineError, PeyvandError
from graph_app.settings import Settings

_POLL = 0.25
_GRACE = 1.0  # seconds without a user before the engine is stopped
_LOOK_EVERY = 5.0
_MISSES = 3
log = logging.getLogger("peyvand.supervisor")


def main() -> int:
    """Own the engine until nobody needs it; return the exit code."""
    os.umask(0o077)  # whatever Neo4j writes is its owner's alone
    settings = Settings.read()
    home = Home.of(settings)
    lock = lease.Lock(home.store_lock)
    if not lock.acquire(wait=False):
        return 0  # another supervisor was faster; whoever started us will find it
    home.runtime.unlink(missing_ok=True)  # of one that was killed
    logging.basicConfig(format="%(asctime)s %(message)s", stream=sys.stdout)
    log.setLevel(logging.INFO)
    try:
        _own(home, settings, _stop_signal())
    except PeyvandError as error:
        return _failed(home, error)
    except OSError as error:
        message = N_("The folder %(folder)s cannot be used: %(reason)s. Set PEYVAND_HOME to one that can.")
        return _failed(home, EngineError(message, folder=home.root, reason=error.strerror))
    log.info("Stopped.")
    return 0


def _stop_signal() -> threading.Event:
    """Return what SIGTERM sets. SIGINT is for those in the terminal that we were started from."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda _signal, _frame: stop.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return stop


def _failed(home: Home, error: PeyvandError) -> int:
    """Tell the log, and leave the sentence for whoever waits or asks next."""
    log.error("%s", error)
    write_private(home.failure, json.dumps({"message": error.message, "values": error.values}, default=str))
    return 1


def _own(home: Home, settings: Settings, stop: threading.Event) -> None:
    server.refuse_foreign_owner(home)
    port = server.free_port(settings)
    configure(home, settings, port)
    class_path = write_class_path(home, jars.paths(jars.provide(settings)))
    password = ensure_password(home, class_path)
    child = server.launch(home, settings, class_path)
    log.info("Neo4j starts as process %s on port %s.", child.pid, port)
    try:
        if server.ready(child, home, port, password, stop):
            runtime = {"uri": f"bolt://127.0.0.1:{port}", "pid": child.pid, "supervisor": os.getpid()}
            write_private(home.runtime, json.dumps(runtime | {"version": jars.version(jars.locked())}))
            log.info("Neo4j is ready.")
            _watch(child, home, port, stop)
    finally:
        home.runtime.unlink(missing_ok=True)
        server.end(child)


def _watch(child: subprocess.Popen[bytes], home: Home, port: int, stop: threading.Event) -> None:
    """Wait until nobody has a lease, somebody asks for a stop, or Neo4j ends by itself or hangs."""
    health, used_at = _Health(port), time.monotonic()
    while child.poll() is None:
        if stop.wait(_POLL):
            return _withdraw(home)
        health.look(child)
        if lease.holders(home.leases):
            used_at = time.monotonic()
        elif time.monotonic() - used_at >= _GRACE and _left(home):
            return None
    raise EngineError(N_("Neo4j ended by itself: %(reason)s"), reason=server.reason(home))


def _left(home: Home) -> bool:
    """Take the address away unless somebody came; the gate keeps newcomers from joining a closing engine."""
    with lease.locked(home.gate):
        lease.clear(home.leases)
        if lease.holders(home.leases):
            return False
        home.runtime.unlink(missing_ok=True)
        return True


def _withdraw(home: Home) -> None:
    """Take the address away although there are users. One who is stuck in the gate must not keep us for long."""
    log.info("Asked to stop.")
    gate = lease.Lock(home.gate)
    gate.acquire(wait=False)
    home.runtime.unlink(missing_ok=True)
    gate.release()


class _Health:
    """Greets Neo4j now and then; ends it when it has not responded some times in a row."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._misses = 0
        self._next = time.monotonic() + _LOOK_EVERY

    def look(self, child: subprocess.Popen[bytes]) -> None:
        """Raise EngineError, after killing Neo4j, if it hangs."""
        if time.monotonic() < self._next:
            return
        self._misses = 0 if server.responds(self._port) else self._misses + 1
        self._next = time.monotonic() + _LOOK_EVERY
        if self._misses >= _MISSES and child.poll() is None:
            child.kill()  # a process that hangs would not hear SIGTERM
            raise EngineError(N_("Neo4j no longer responded and was stopped. The next command starts it again."))


if __name__ == "__main__":
    sys.exit(main())
