"""All files of one form, as one folder that the loader reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import IO

from graph_app.errors import N_, LoadError
from graph_app.uploads import archives
from graph_app.uploads.limits import Limits
from graph_app.uploads.naming import safe_name
from graph_app.uploads.shelf import Kept, Shelf, too_large
from loaders.reading import SUFFIXES

_ARCHIVE = ".zip"
_WORKBOOKS = frozenset({".xlsx", ".xlsm"})
_OTHERS = {  # first bytes of what is sometimes called .csv
    b"PK\x03\x04": N_("a ZIP archive or a workbook"),
    b"\xd0\xcf\x11\xe0": N_("a workbook of an old Excel"),
    b"%PDF": N_("a PDF document"),
    b"\x1f\x8b": N_("a packed file"),
    b"\x7fELF": N_("a program"),
    b"MZ\x90\x00": N_("a program"),
}
_TITLE = "upload"  # of files that come in no folder and no archive


@dataclass(frozen=True)
class Received:
    """What was sent: the exports, by name, in a folder of their own, and the names of other files, not kept."""

    folder: Path
    files: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def paths(self) -> list[Path]:
        """Where the exports are."""
        return [self.folder / name for name in self.files]


def receive(sent: Iterable[tuple[str, IO[bytes]]], shelf: Shelf, limits: Limits) -> Received:
    """Keep the exports among the files that were ``sent``, each with its name and content.

    Raises
    ------
    LoadError
        If there is none, one is too large or not what its name says, or two have one name.

    """
    taken = _Taken(shelf, limits)
    for name, stream in sent:
        taken.take(name, stream)
    if not taken.files:
        message = N_("No file to load was sent. Choose CSV, TSV or XLSX files, or one ZIP archive that holds them.")
        raise LoadError(message)
    folder = shelf.folder(taken.title or _TITLE, taken.files)
    return Received(folder, tuple(sorted(taken.files)), tuple(sorted(taken.others)))


class _Taken:
    """What was taken so far."""

    def __init__(self, shelf: Shelf, limits: Limits) -> None:
        self.shelf, self.limits = shelf, limits
        self.files: dict[str, Kept] = {}
        self.others: list[str] = []
        self.title = ""
        self.room = limits.size

    def take(self, sent: str, stream: IO[bytes]) -> None:
        name = safe_name(sent)
        suffix = PurePath(name).suffix.lower()
        if suffix == _ARCHIVE:
            self.title = PurePath(name).stem
            found, others = archives.unpack(stream, name, self.limits, self.shelf, _is_export)
            self.others += others
            self._add(found)
        elif _is_export(name):
            self.title = self.title or _folder_of(sent)
            kept = self.shelf.keep(stream, name, self.room)
            self.room -= kept.size
            self._add({name: kept})
        else:
            self.others.append(name)

    def _add(self, found: dict[str, Kept]) -> None:
        for name, kept in found.items():
            if name in self.files:
                raise LoadError(N_("Two files are called %(file)s; send one."), file=name)
            _check(kept, name, self.limits)
            self.files[name] = kept
        if len(self.files) > self.limits.files:
            message = N_("%(count)s files were sent; at most %(most)s are taken at once.")
            raise LoadError(message, count=len(self.files), most=self.limits.files)


def _is_export(name: str) -> bool:
    """Whether the loader reads such a file; Excel's lock files begin with ~$."""
    return PurePath(name).suffix.lower() in SUFFIXES and not name.startswith("~$")


def _folder_of(sent: str) -> str:
    """Return the folder out of which a file was sent, if the browser tells it."""
    parts = [part for part in sent.replace("\\", "/").split("/")[:-1] if part.strip(" .")]
    return safe_name(parts[0]) if parts and ":" not in parts[0] else ""


def _check(kept: Kept, name: str, limits: Limits) -> None:
    """Refuse a file that is not what its name says, or would fill the memory when it is read."""
    with kept.path.open("rb") as stream:
        head = stream.read(4)
        if PurePath(name).suffix.lower() in _WORKBOOKS:
            archives.check(stream, name, limits)
            return
    for mark, kind in _OTHERS.items():
        if head == mark[: len(head)] and head:
            message = N_("%(file)s is no text file but %(kind)s. Export the table as CSV or XLSX.")
            raise LoadError(message, file=name, kind=LoadError(kind))
    if kept.size > limits.size:
        raise too_large(name, limits.size)
