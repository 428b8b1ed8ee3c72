"""A drop folder: what was put there and is quiet, what waits for somebody, what is done and what failed.

A set is all files that lie in the folder itself, or all files of one folder in it. It is quiet when none of them
changed for some seconds while we looked: many programs keep a file's old date while they still copy it. A quiet set is
moved to a folder of its own, ``waiting/<moment>``, and from there to ``done`` or ``failed``, with a report beside it.
Where a set lies says how far it is, so that nothing is forgotten when we are stopped.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from graph_app.errors import N_, LoadError, reason_of
from loaders.reading import SUFFIXES

End = Literal["done", "failed"]
Seen = tuple[int, int]  # size and time of the last change

WAITING, DONE, FAILED = "waiting", "done", "failed"
PLAN, REPORT, REJECTS = "plan.json.gz", "report.txt", "rejected-rows.csv"
_OURS = frozenset({WAITING, DONE, FAILED})


def readable(path: Path) -> bool:
    """Return whether the loader reads such a file; Excel's lock files begin with ~$, and hidden ones with a dot."""
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(("~$", ".")) and path.is_file()


def exports_in(folder: Path) -> list[Path]:
    """Return the files in ``folder`` that the loader reads."""
    return sorted(path for path in folder.iterdir() if readable(path) and path.name != REJECTS)


@dataclass
class DropFolder:
    """The folder at ``root``, whose sets are taken when they were quiet for ``quiet`` seconds.

    Raises
    ------
    LoadError
        If the folder is not there, or nothing can be written to it.

    """

    root: Path
    quiet: float
    _seen: dict[Path, tuple[Seen, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        try:
            for name in sorted(_OURS):
                (self.root / name).mkdir(exist_ok=True)
        except OSError as error:
            message = N_("%(file)s cannot be written: %(reason)s")
            raise LoadError(message, file=self.root, reason=reason_of(error)) from error

    def ready(self) -> list[list[Path]]:
        """Return the sets of files that are quiet."""
        now = time.monotonic()
        sets = [files for folder in self._folders() if (files := exports_in(folder))]
        self._look([path for files in sets for path in files], now)
        return [files for files in sets if all(self._quiet(path, now) for path in files)]

    def take(self, files: Sequence[Path]) -> Path:
        """Move ``files`` to a folder of their own and return it; if one of them is held by a program, none is moved."""
        folder = self._new(f"{datetime.now():%Y-%m-%d_%H-%M-%S}")  # noqa: DTZ005 - as the clock on the wall says
        parent = files[0].parent
        try:
            for path in files:
                path.rename(folder / path.name)
        except OSError:
            for path in list(folder.iterdir()):
                path.rename(parent / path.name)
            folder.rmdir()
            raise
        if parent != self.root and not any(parent.iterdir()):
            parent.rmdir()
        return folder

    def waiting(self) -> list[Path]:
        """Return the folders of the sets that were taken and are neither done nor failed."""
        return sorted(path for path in (self.root / WAITING).iterdir() if path.is_dir() and exports_in(path))

    def finish(self, folder: Path, end: End, report: str) -> Path:
        """Move the set in ``folder`` to where it ends, with ``report`` beside its files, and return where."""
        (folder / REPORT).write_text(report, encoding="utf-8")
        target = _free(self.root / end / folder.name)
        folder.rename(target)
        return target

    def _folders(self) -> Iterator[Path]:
        yield self.root
        own = (path for path in self.root.iterdir() if path.is_dir() and path.name not in _OURS)
        yield from sorted(path for path in own if not path.name.startswith("."))

    def _look(self, paths: Sequence[Path], now: float) -> None:
        """Note when each file was first seen as it is now."""
        seen = {path: found for path in paths if (found := _looks(path))}
        kept = {path: self._seen.get(path) for path in seen}
        self._seen = {
            path: before if (before := kept[path]) and before[0] == found else (found, now)
            for path, found in seen.items()
        }

    def _quiet(self, path: Path, now: float) -> bool:
        return path in self._seen and now - self._seen[path][1] >= self.quiet

    def _new(self, name: str) -> Path:
        folder = _free(self.root / WAITING / name)
        folder.mkdir()
        return folder


def _looks(path: Path) -> Seen | None:
    try:
        found = path.stat()
    except OSError:  # taken away again
        return None
    return found.st_size, found.st_mtime_ns


def _free(path: Path) -> Path:
    """Return ``path``, or the next of its names that is not taken."""
    names = (path if number == 1 else path.with_name(f"{path.name}-{number}") for number in range(1, 10_000))
    return next(name for name in names if not name.exists())
