"""How a user of the engine deals with its supervisor: finds it, starts it, waits for it, asks it to stop."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from graph_app.engine import failure, jars, lease
from graph_app.engine.configuration import Home
from graph_app.errors import N_, EngineError
from graph_app.language import gettext
from graph_app.settings import Settings

_START_WITHIN = 180.0  # seconds; the supervisor itself gives up much earlier, and says why
_STOP_WITHIN = 30.0
_POLL = 0.1
_LATE = N_("The engine did not start within %(seconds)s seconds.")


def join(home: Home, settings: Settings, say: Callable[[str], None]) -> dict[str, Any]:
    """Return what the running engine says of itself; start it if need be.

    The caller holds the gate, so that nobody else starts or stops one meanwhile.

    Raises
    ------
    EngineError
        If the engine cannot be installed or started; the sentence says why.

    """
    lease.clear(home.leases)
    if found := _running(home):
        return found
    say(gettext(N_("Starting Neo4j …")))
    jars.provide(settings)  # here and not in the supervisor, so that the progress bar is seen
    home.failure.unlink(missing_ok=True)
    home.runtime.unlink(missing_ok=True)
    return _await(home, _spawn(home, settings))


def _spawn(home: Home, settings: Settings) -> subprocess.Popen[bytes]:
    descriptor = os.open(home.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        supervisor = subprocess.Popen(
            [sys.executable, "-m", "graph_app.engine.supervisor"],
            stdin=subprocess.DEVNULL,
            stdout=descriptor,
            stderr=descriptor,
            cwd="/",
            start_new_session=True,
            env=_environment(home, settings),
        )
    finally:
        os.close(descriptor)
    threading.Thread(target=supervisor.wait, name="engine", daemon=True).start()  # leaves no zombie if we outlive it
    return supervisor


def _environment(home: Home, settings: Settings) -> dict[str, str]:
    """Return our own environment with the settings as they were given, but whole paths, since the folder changes.

    What belongs to the user's own Neo4j, its password too, is no business of the supervisor.
    """
    both = {**os.environ, **settings.values, "PEYVAND_HOME": str(home.root.parent)}
    if settings.text("PEYVAND_ENGINE_JARS"):
        both["PEYVAND_ENGINE_JARS"] = str(jars.folder(settings, jars.locked()))
    return {name: value for name, value in both.items() if not name.startswith("NEO4J_")}


def _running(home: Home) -> dict[str, Any]:
    """Return what the running engine says of itself, after waiting for one that is on its way up or down."""
    deadline = time.monotonic() + _START_WITHIN
    while lease.held(home.store_lock):
        if found := runtime(home):
            return found
        if time.monotonic() > deadline:
            raise EngineError(_LATE, seconds=int(_START_WITHIN))
        time.sleep(_POLL)
    return {}


def _await(home: Home, supervisor: subprocess.Popen[bytes]) -> dict[str, Any]:
    """Wait until the engine says where it is; raise the supervisor's own sentence if it gave up.

    Ours may also have found that another was faster, started by somebody who died before he saw it: then we wait for
    that one.
    """
    deadline = time.monotonic() + _START_WITHIN
    while not (found := runtime(home)):
        if supervisor.poll() is not None and not lease.held(home.store_lock):
            message = N_("The engine's supervisor ended without a word; its log is %(file)s.")
            raise failure.told(home.failure) or EngineError(message, file=home.log)
        if time.monotonic() > deadline:
            supervisor.terminate()
            raise EngineError(_LATE, seconds=int(_START_WITHIN))
        time.sleep(_POLL)
    return found


def await_end(home: Home, supervisor: int | None) -> None:
    """Wait until ``supervisor`` is gone; somebody may start the next one meanwhile.

    Raises
    ------
    EngineError
        If it is still there after half a minute.

    """
    deadline = time.monotonic() + _STOP_WITHIN
    while lease.held(home.store_lock) and lease.signed(home.store_lock) == supervisor:
        if time.monotonic() > deadline:
            raise EngineError(N_("The engine did not stop within %(seconds)s seconds."), seconds=int(_STOP_WITHIN))
        time.sleep(_POLL)


def runtime(home: Home) -> dict[str, Any]:
    """Return what the supervisor published of the running Neo4j; empty before it is ready, and while it is away."""
    try:
        found: dict[str, Any] = json.loads(home.runtime.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found
