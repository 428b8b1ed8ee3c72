"""Leases on the engine: kernel locks on files, which the kernel takes back when their holder dies, however it dies.

The locks are ``flock``: they belong to the open file, so a forked child of a holder shares its lease, while a program
that is started does not (the files are not inheritable).
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

KEEP = "kept"
_TRIES = 25
_POLL = 0.02  # seconds


class Lock:
    """An exclusive lock on the file at ``path``, held until it is released or the process ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def acquire(self, *, wait: bool = True) -> bool:
        """Take the lock; without ``wait``, return False if somebody else keeps it.

        Who asks whether a lock is held has it for a moment; so "keeps" means that some tries in a row failed.
        """
        for _ in range(1 if wait else _TRIES):
            if _flock(self._file, wait=wait):
                return True
            time.sleep(_POLL)
        return False

    def sign(self) -> None:
        """Write our process number into the file, for ``signed``."""
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, str(os.getpid()).encode(), 0)

    def release(self) -> None:
        """Give the lock back, at once: a program that is just being started may still have our open files."""
        _flock(self._file, wait=False, release=True)
        os.close(self._file)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock on ``path`` for the time of a ``with``; wait for it if need be."""
    lock = Lock(path)
    try:
        lock.acquire()
        yield
    finally:
        lock.release()


def take(folder: Path) -> Lock:
    """Return a new lease in ``folder``. The caller holds the gate, or it might be cleared away before it is locked."""
    lease = Lock(folder / uuid4().hex)
    lease.acquire()
    lease.sign()
    return lease


def give_back(lease: Lock) -> None:
    """End a lease."""
    lease.path.unlink(missing_ok=True)
    lease.release()


def holders(folder: Path) -> int:
    """Return how many living leases there are, what ``keep`` left included."""
    return sum(path.name == KEEP or held(path) for path in folder.iterdir())


def users(folder: Path) -> int:
    """Return how many living processes have a lease."""
    return sum(path.name != KEEP and held(path) for path in folder.iterdir())


def pids(folder: Path) -> list[int]:
    """Return the numbers of the living processes that have a lease."""
    living = (path for path in folder.iterdir() if path.name != KEEP and held(path))
    return sorted(pid for path in living if (pid := signed(path)))


def signed(path: Path) -> int | None:
    """Return the number of the process that signed the lock on ``path``; whether it still holds it, ``held`` says."""
    try:
        return int(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def clear(folder: Path) -> None:
    """Remove the leases of the dead. The caller holds the gate."""
    for path in folder.iterdir():
        if path.name != KEEP and not held(path):
            path.unlink(missing_ok=True)


def keep(folder: Path) -> None:
    """Leave a lease that no process holds; ``let_go`` ends it."""
    (folder / KEEP).touch(mode=0o600)


def let_go(folder: Path) -> None:
    """End the lease that ``keep`` left, and clear away those of the dead. The caller holds the gate."""
    (folder / KEEP).unlink(missing_ok=True)
    clear(folder)


def held(path: Path) -> bool:
    """Return whether somebody holds the lock on ``path``. Those who ask do not disturb each other."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        return not _flock(file, wait=False, shared=True)
    finally:
        os.close(file)


def _flock(file: int, *, wait: bool, shared: bool = False, release: bool = False) -> bool:
    import fcntl  # noqa: PLC0415 - not on every system; `Home.of` refuses the others with a sentence

    kind = fcntl.LOCK_UN if release else fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        fcntl.flock(file, kind | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True
