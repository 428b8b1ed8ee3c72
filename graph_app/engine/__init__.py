"""The managed Neo4j: one per ``PEYVAND_HOME``, started by whoever needs it first, stopped after the last.

A user holds a lease, which is a lock of the kernel: it ends with its holder, whatever ends the holder.
"""

import os
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import graph_app.graph  # noqa: F401 - first: it imports the driver without what none of us uses
from graph_app.engine import client, failure, importing, jars, lease
from graph_app.engine.condition import FULL_DISK, LOW_DISK, Status, full, low, status
from graph_app.engine.configuration import USERNAME, Home, refuse_system
from graph_app.engine.memory import Memory
from graph_app.errors import N_, EngineError
from graph_app.language import gettext
from graph_app.settings import Settings

__all__ = [
    "Address",
    "Status",
    "alone",
    "ended",
    "hold",
    "install",
    "log_files",
    "refuse_others",
    "start",
    "status",
    "stop",
    "swapped",
]

Say = Callable[[str], None]


@dataclass(frozen=True)
class Address:
    """Where the engine is reached, and with what."""

    uri: str
    username: str
    password: str = field(repr=False)  # a repr ends up in tracebacks and logs


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
    Memory.of(settings)  # refused before anything is made
    settings.number("PEYVAND_ENGINE_PORT")
    home = Home.of(settings)
    with lease.locked(home.gate):
        mine = lease.take(home.leases)
        try:
            say = say or (lambda _message: None)
            found = client.join(home, settings, say)
            if low(home):
                say(gettext(LOW_DISK) % {"folder": home.root})
            address = _address(home, found)
        except BaseException:
            lease.give_back(mine)
            raise
    try:
        yield address
    finally:
        lease.give_back(mine)


def swapped(settings: Settings, *, say: Say | None = None) -> Address:
    """Let the engine have the store that was built in ``importing.folder``, and give its new address.

    The caller holds the engine by ``hold`` and nobody else does. Errors as for ``hold``, and if others use the engine.
    """
    return _address(Home.of(settings), importing.swap(settings, say or (lambda _message: None)))


def refuse_others(settings: Settings) -> None:
    """Refuse to go on, by an EngineError, if other processes use the engine."""
    home = Home.of(settings)
    with lease.locked(home.gate):
        importing.refuse_others(home)


def alone(settings: Settings) -> bool:
    """Return whether no other process uses the engine now."""
    home = Home.of(settings)
    with lease.locked(home.gate):
        return not importing.others(home)


def _address(home: Home, found: Mapping[str, Any]) -> Address:
    return Address(found["uri"], USERNAME, home.password.read_text(encoding="utf-8").strip())


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
        supervisor = lease.signed(home.store_lock)
        if running and force and supervisor:  # its lock is held, so the number is its own
            os.kill(supervisor, signal.SIGTERM)
    client.await_end(home, supervisor)
    return running


def ended(settings: Settings) -> EngineError | None:
    """Return why the engine failed when it last ran; None if it did not fail. For who finds that it is gone."""
    home = Home.of(settings)
    if full(home):  # then the reason may have found no place
        return EngineError(FULL_DISK, folder=home.root)
    return failure.told(home.failure)


def install(settings: Settings, target: Path | None = None) -> Path:
    """Fetch the engine's files if they are not there; return their folder. Errors as for ``jars.provide``.

    With ``target``, put them there too, to be carried to a machine without a network, and return that folder.
    """
    refuse_system()
    return jars.copy(settings, target) if target else jars.provide(settings)


def log_files(settings: Settings) -> dict[str, Path]:
    """Return the files of the engine's logs, by the name that people type."""
    return Home.of(settings).logs
