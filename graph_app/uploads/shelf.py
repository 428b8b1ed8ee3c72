"""The private folder of uploads: every content once, under its SHA-256, and folders that hold it by name."""

import hashlib
import os
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from graph_app.errors import N_, LoadError, reason_of

_CHUNK = 1 << 20
_NAME = 16  # hexadecimal digits that name a folder


@dataclass(frozen=True)
class Kept:
    """One content on the shelf."""

    path: Path
    sha256: str
    size: int


class Shelf:
    """Contents and named folders below ``folder``, which only its owner can enter.

    ``look`` is given the file of each content and its name for people before it is kept; what it raises refuses it.
    """

    def __init__(self, folder: Path, look: Callable[[Path, str], None] | None = None) -> None:
        self._look = look or (lambda _path, _name: None)
        self.contents, self.folders = folder / "contents", folder / "folders"

    def keep(self, stream: IO[bytes], name: str, most: int) -> Kept:
        """Read ``stream`` to its end, piece by piece, and keep what it holds.

        Raises
        ------
        LoadError
            If it holds more than ``most`` bytes, is refused or cannot be kept; ``name`` tells people which file it was.

        """
        with _keeping(name):
            _private(self.contents)
            target = NamedTemporaryFile(dir=self.contents, prefix=".", delete=False)  # noqa: SIM115 - readable by us only
            try:
                with target:
                    sha256, size = _copied(stream, target, name, most)
                self._look(Path(target.name), name)
                path = self.contents / sha256
                Path(target.name).replace(path)
            except BaseException:
                Path(target.name).unlink()
                raise
        return Kept(path, sha256, size)

    def folder(self, title: str, files: Mapping[str, Kept]) -> Path:
        """Return a folder called ``title`` that holds ``files`` by name; the same files make the same folder.

        Raises
        ------
        LoadError
            If it cannot be made.

        """
        told = "\n".join(f"{name}\t{kept.sha256}" for name, kept in sorted(files.items()))
        found = self.folders / hashlib.sha256(f"{title}\n{told}".encode()).hexdigest()[:_NAME] / title
        with _keeping(title):
            _private(found)
            os.utime(found)  # it is of use again
            for name, kept in files.items():
                with suppress(FileExistsError):
                    _linked(kept.path, found / name)
        return found

    def sweep(self, before: float, kept: Collection[Path]) -> None:
        """Remove the folders that nobody asked for since ``before``, in seconds since 1970, and what none then holds.

        A folder that holds one of the files ``kept`` stays.
        """
        held = {path.resolve() for path in kept}
        for folder in self.folders.glob("*"):
            if _last(folder) < before and not any(path.resolve() in held for path in folder.rglob("*")):
                shutil.rmtree(folder, ignore_errors=True)
        for content in self.contents.glob("*"):
            with suppress(OSError):
                if (found := content.stat()).st_mtime < before and found.st_nlink == 1:
                    content.unlink()


@contextmanager
def _keeping(name: str) -> Iterator[None]:
    """Say of an error of the system that ``name`` cannot be kept."""
    try:
        yield
    except OSError as error:
        message = N_("%(file)s cannot be kept: %(reason)s")
        raise LoadError(message, file=name, reason=reason_of(error)) from error


def _last(folder: Path) -> float:
    """Return when ``folder``, or a folder in it, was asked for last; a moment to come if it is gone."""
    with suppress(OSError):
        return max(path.stat().st_mtime for path in (folder, *filter(Path.is_dir, folder.iterdir())))
    return float("inf")


def _copied(stream: IO[bytes], target: IO[bytes], name: str, most: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while piece := stream.read(_CHUNK):
        size += len(piece)
        if size > most:
            raise too_large(name, most)
        digest.update(piece)
        target.write(piece)
    return digest.hexdigest(), size


def too_large(name: str, most: int) -> LoadError:
    """Return the refusal of a file that has more than ``most`` bytes."""
    message = N_("%(file)s is larger than %(most)s MB. Send less at once, or load it from the command line.")
    return LoadError(message, file=name, most=most // 1_000_000)


def _private(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _linked(content: Path, place: Path) -> None:
    try:
        os.link(content, place)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        try:
            shutil.copyfile(content, place)
        except OSError:
            place.unlink(missing_ok=True)  # a part would be taken for the whole
            raise
