"""The engine's logs: what is at their end, what comes next, and how they are kept from growing for ever."""

import os
import time
from collections import deque
from collections.abc import Iterator, Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path

_LARGEST = 1 << 20  # bytes of the supervisor's log, about 10,000 lines
_KEPT = 3
_POLL = 0.3  # seconds


class SupervisorLog(RotatingFileHandler):
    """The supervisor's log, turned over when it is large; what Python itself prints goes into the newest file too."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8")

    def doRollover(self) -> None:  # noqa: N802 - the name of the library
        """Turn over, and take standard output and error along."""
        super().doRollover()
        self.take_output()

    def take_output(self) -> None:
        """Send standard output and error to the newest file."""
        stream = self.stream or self._open()
        for descriptor in (1, 2):
            os.dup2(stream.fileno(), descriptor)


def turn(path: Path) -> None:
    """Make room for a new file at ``path``; what is there becomes ``path``.1, and so on; the oldest goes."""
    for number in range(_KEPT, 0, -1):
        older = path.with_name(f"{path.name}.{number - 1}") if number > 1 else path
        if older.exists():
            older.replace(path.with_name(f"{path.name}.{number}"))


def tail(path: Path, count: int) -> list[str]:
    """Return the last ``count`` lines of the file at ``path``; none if it is not there."""
    try:
        with path.open(encoding="utf-8", errors="replace") as stream:
            return [line.rstrip("\n") for line in deque(stream, maxlen=count)]
    except OSError:
        return []


def follow(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Yield (file, line) for every line that comes from now on, for ever; files may be turned over meanwhile."""
    return _coming({path: _end(path) for path in paths})


def _coming(places: dict[Path, tuple[int, int]]) -> Iterator[tuple[Path, str]]:
    while True:
        for path in list(places):
            lines, places[path] = _news(path, *places[path])
            yield from ((path, line) for line in lines)
        time.sleep(_POLL)


def _end(path: Path) -> tuple[int, int]:
    """Return which file (inode) is at ``path``, and its size."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_ino, found.st_size


def _news(path: Path, file: int, read: int) -> tuple[list[str], tuple[int, int]]:
    """Return the whole lines after ``read`` bytes of that ``file``, or all if another is there now."""
    now, size = _end(path)
    begin = read if now == file and size >= read else 0
    if size == begin:
        return [], (now, begin)
    with path.open("rb") as stream:
        stream.seek(begin)
        whole, _, _ = stream.read().rpartition(b"\n")
    if not whole:
        return [], (now, begin)
    return whole.decode("utf-8", errors="replace").split("\n"), (now, begin + len(whole) + 1)
