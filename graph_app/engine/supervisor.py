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
from dataclasses import asdict
from pathlib import Path

from graph_app.engine import failure, importing, jars, lease, server
from graph_app.engine.condition import FULL_DISK, full
from graph_app.engine.configuration import (
    USERNAME,
    Home,
    configure,
    ensure_password,
    write_class_path,
)
from graph_app.engine.logs import SupervisorLog
from graph_app.engine.memory import Memory
from graph_app.engine.watchdog import MOST, Pulse, Restarts
from graph_app.errors import N_, EngineError, PeyvandError, reason_of
from graph_app.private import write_private
from graph_app.settings import Settings

_POLL = 0.25
_LOOK = 1.0  # seconds between two looks whether there is room
_GRACE = 1.0  # seconds without a user before the engine is stopped
_HUNG = N_("Neo4j no longer answered and was stopped.")
_BROKEN = N_("Neo4j met an error that it does not get over, and was stopped: %(reason)s")
_AGAIN = N_("Neo4j is being started again; try once more in some seconds. (%(reason)s)")
_GAVE_UP = N_(
    "Neo4j failed %(count)s times within ten minutes and stays down; the next command of Peyvand starts it."
    " (%(reason)s)"
)
log = logging.getLogger("peyvand.supervisor")


def main() -> int:
    """Own the engine until nobody needs it; return the exit code."""
    os.umask(0o077)  # whatever Neo4j writes is its owner's alone
    settings = Settings.read()
    home = Home.of(settings)
    lock = lease.Lock(home.store_lock)
    if not lock.acquire(wait=False):
        return 0  # another supervisor was faster; whoever started us will find it
    lock.sign()
    home.runtime.unlink(missing_ok=True)  # of one that was killed
    logging.basicConfig(format="%(asctime)s %(message)s", handlers=[SupervisorLog(home.log)])
    log.setLevel(logging.INFO)
    try:
        Supervisor(home, settings, _stop_signal()).own()
    except PeyvandError as error:
        return _failed(home, error)
    except OSError as error:
        message = N_("The folder %(folder)s cannot be used: %(reason)s. Set PEYVAND_HOME to one that can.")
        return _failed(home, EngineError(message, folder=home.root, reason=reason_of(error)))
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
    failure.leave(home.failure, error)
    return 1


class Supervisor:
    """Owns one engine. A Neo4j that ran once and dies or hangs is started again, on the port that its users know.

    Parameters
    ----------
    home, settings
        Where the engine lives and how it is set.
    stop
        Set when somebody asks for the end.

    """

    def __init__(self, home: Home, settings: Settings, stop: threading.Event) -> None:
        self._home, self._settings, self._stop = home, settings, stop
        self._starts = 0  # that succeeded

    def own(self) -> None:
        """Run Neo4j until nobody needs it.

        Raises
        ------
        EngineError
            If it does not start at all, or fails again and again.

        """
        home, restarts = self._home, Restarts()
        server.refuse_foreign_owner(home)
        importing.take_up(home)
        port = server.free_port(self._settings)
        configure(home, self._settings, port)
        class_path = write_class_path(home.class_path, jars.paths(jars.provide(self._settings)))
        password = ensure_password(home, class_path)
        while error := self._run(port, password, class_path):
            if self._starts and full(home):
                if not self._wait_for_room(error):
                    return
                continue
            pause = restarts.failed()
            if not self._starts:
                raise error
            if pause is None:
                raise EngineError(_GAVE_UP, reason=error, count=MOST)
            log.warning("%s It is started again in %g s.", error, pause)
            failure.leave(home.failure, EngineError(_AGAIN, reason=error))
            if not self._wait(pause):
                return

    def _run(self, port: int, password: str, class_path: Path) -> EngineError | None:
        """Run Neo4j once; return why it failed, or None if it was no longer needed."""
        child = server.launch(self._home, self._settings, class_path)
        pulse = Pulse(port, USERNAME, password)
        log.info("Neo4j starts as process %s on port %s.", child.pid, port)
        try:
            if not server.ready(child, self._home, self._settings, port, password, self._stop):
                return None
            self._publish(child, port)
            return self._watch(child, pulse)
        except EngineError as error:
            return error
        finally:
            self._home.runtime.unlink(missing_ok=True)
            server.end(child)
            pulse.close()

    def _publish(self, child: subprocess.Popen[bytes], port: int) -> None:
        """Say where Neo4j is."""
        found = {"uri": f"bolt://127.0.0.1:{port}", "pid": child.pid, "supervisor": os.getpid()}
        found |= {"version": jars.version(jars.locked()), "restarts": self._starts, **asdict(Memory.of(self._settings))}
        self._starts += 1
        self._home.failure.unlink(missing_ok=True)
        write_private(self._home.runtime, json.dumps(found))
        log.info("Neo4j is ready.")

    def _watch(self, child: subprocess.Popen[bytes], pulse: Pulse) -> EngineError | None:
        """Wait until nobody has a lease or somebody asks for a stop; return why, if Neo4j ends by itself or hangs."""
        used_at = time.monotonic()
        while child.poll() is None:
            if self._stop.wait(_POLL):
                self._withdraw()
                return None
            if pulse.lost() and child.poll() is None:
                child.kill()  # a process that hangs would not hear SIGTERM
                return EngineError(_BROKEN, reason=pulse.broken) if pulse.broken else EngineError(_HUNG)
            if lease.holders(self._home.leases):
                used_at = time.monotonic()
            elif time.monotonic() - used_at >= _GRACE and self._left():
                return None
        return server.died(child, self._home, self._settings)

    def _wait(self, seconds: float) -> bool:
        """Wait before a start; return False if it is no longer needed."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self._stop.wait(_POLL) or (not lease.holders(self._home.leases) and self._left()):
                return False
        return True

    def _wait_for_room(self, error: EngineError) -> bool:
        """Wait until Neo4j can write again; return False if it is no longer needed. It is no failure of its own."""
        log.warning("%s There is no room on the disk.", error)
        failure.leave(self._home.failure, EngineError(FULL_DISK, folder=self._home.root))
        while full(self._home):
            if not self._wait(_LOOK):
                return False
        return True

    def _left(self) -> bool:
        """Take the address away unless somebody came; the gate keeps newcomers from joining a closing engine."""
        with lease.locked(self._home.gate):
            lease.clear(self._home.leases)
            if lease.holders(self._home.leases):
                return False
            self._home.runtime.unlink(missing_ok=True)
            return True

    def _withdraw(self) -> None:
        """Take the address away although there are users. One who is stuck in the gate must not keep us for long."""
        log.info("Asked to stop.")
        gate = lease.Lock(self._home.gate)
        gate.acquire(wait=False)
        self._home.runtime.unlink(missing_ok=True)
        gate.release()


if __name__ == "__main__":
    sys.exit(main())
