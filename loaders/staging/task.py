"""What each of the processes that stage a load is told, and how they are set to work."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Protocol, TypeVar

from loaders.mapping import MappingFile
from loaders.reading import Guidance

_PART = 3 << 20  # bytes of exports of which the claims are folded together
_MOST_PARTS = 512
_SMALL = 8 << 20  # bytes for which it does not pay to start a process
_MOST_PROCESSES = 4
_PR_SET_PDEATHSIG = 1
_Of = TypeVar("_Of")
_To = TypeVar("_To")


class EachOf(Protocol):
    """Calls a function with each of some arguments."""

    def __call__(self, work: Callable[[_Of], _To], given: list[_Of], /) -> list[_To]:
        """Return what ``work`` returns for each of what is ``given``."""


@dataclass(frozen=True)
class Task:
    """The exports and how they are read, where things are put away, in how many parts, by how many processes."""

    files: tuple[Path, ...]
    mapping: MappingFile
    said: Guidance
    folder: Path
    parts: int
    shares: int

    @classmethod
    def of(cls, files: tuple[Path, ...], mapping: MappingFile, said: Guidance, folder: Path) -> "Task":
        """Return the task for ``files``, cut so that a part fits into little memory."""
        size = sum(path.stat().st_size for path in files)
        shares = 1 if size < _SMALL else max(1, min(os.cpu_count() or 1, _MOST_PROCESSES))
        return cls(files, mapping, said, folder, max(1, min(size // _PART, _MOST_PARTS)), shares)

    def parts_of(self, share: int) -> range:
        """Return the parts that the process with the number ``share`` folds."""
        return range(share, self.parts, self.shares)


@contextmanager
def at_work(task: Task) -> Iterator[EachOf]:
    """Give what calls a function with each of some arguments: in processes of their own, or here if there is little."""
    if task.shares == 1:
        yield here
        return
    with ProcessPoolExecutor(task.shares, get_context("spawn"), die_with, (os.getpid(),)) as pool:

        def there(work: Callable[[_Of], _To], given: list[_Of]) -> list[_To]:
            return list(pool.map(work, given))

        yield there


def die_with(parent: int) -> None:
    """Ask the kernel, in a process that was just started, to be killed when its ``parent`` dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def here(work: Callable[[_Of], _To], given: list[_Of]) -> list[_To]:
    """Return what ``work`` returns for each of what is ``given``, without another process."""
    return list(map(work, given))
