"""Leases on the engine: kernel locks on files, which the kernel takes back when their holder dies, however it dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

KEEP = "kept"


class Lock:
    """An exclusive lock on the file at ``path``, held until it is released or the process ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def acquire(self, *, wait: bool) -> bool:
        """Take the lock; return False if somebody else has it and ``wait`` is not asked for."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True

    def release(self) -> None:
        """Give the lock back."""
        os.close(self._file)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock on ``path`` for the time of a ``with``; wait for it if need be."""
    lock = Lock(path)
    try:
        lock.acquire(wait=True)
        yield
    finally:
        lock.release()


def take(folder: Path) -> Lock:
    """Return a new lease in ``folder``."""
    lease = Lock(folder / uuid4().hex)
    lease.acquire(wait=False)
    return lease


def give_back(lease: Lock) -> None:
    """End a lease."""
    lease.path.unlink(missing_ok=True)
    lease.release()


def holders(folder: Path) -> int:
    """Return how many living leases there are, and clear away those whose holder died."""
    return sum(_alive(path) for path in folder.iterdir())


def keep(folder: Path) -> None:
    """Leave a lease that no process holds; ``let_go`` ends it."""
    (folder / KEEP).touch(mode=0o600)


def let_go(folder: Path) -> None:
    """End the lease that ``keep`` left."""
    (folder / KEEP).unlink(missing_ok=True)


def held(path: Path) -> bool:
    """Return whether somebody holds the lock on ``path``."""
    lock = Lock(path)
    try:
        return not lock.acquire(wait=False)
    finally:
        lock.release()


def _alive(path: Path) -> bool:
    if path.name == KEEP:
        return True
    if held(path):
        return True
    path.unlink(missing_ok=True)
    return False
