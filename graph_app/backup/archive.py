"""The file of a backup: a ZIP archive, written under another name until it is whole, and read without trust."""

import hashlib
import json
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from pydantic import ValidationError

from graph_app.backup.manifest import FORMAT, Manifest, Member
from graph_app.errors import N_, BackupError

MANIFEST = "manifest.json"
GRAPH, MARKS, SETTINGS = "graph/entities.jsonl", "graph/marks.jsonl", "settings.env"
_CHUNK = 1 << 20
_MOST_ENTRIES = 200_000
_MOST_MANIFEST = 64 << 20  # bytes
_LONGEST = 256 << 20  # bytes of one line: an entity with all its ties
_HARMLESS, _RATIO = 10_000_000, 400  # below this many bytes no ratio matters; tables pack up to some forty times
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError)
_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_PART = r"(?!\.)[^/\\:\x00-\x1f\x7f]{1,200}"  # of a path: nothing hidden, no way up, no drive
_NAMES = re.compile(
    rf"graph/(?:entities|marks)\.jsonl|tables/[a-z_]{{1,60}}\.jsonl|settings\.env|documents/[0-9a-f]{{64}}"
    rf"|(?:mappings|queries)(?:/{_PART}){{1,8}}"
)


def safe(name: str) -> bool:
    """Return whether a backup may hold a member of this name."""
    return bool(_NAMES.fullmatch(name))


class Pack:
    """A backup that is being written to ``path``. It is there, whole and on the disk, at the end of the ``with``."""

    def __init__(self, path: Path) -> None:
        self.path, self._partial = path, path.with_name(f".{path.name}.partial")
        self.members: dict[str, Member] = {}

    def __enter__(self) -> Self:
        self._partial.unlink(missing_ok=True)  # of one that was cut off
        self._stream = os.fdopen(os.open(self._partial, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")
        self._zip = zipfile.ZipFile(self._stream, "w", zipfile.ZIP_DEFLATED, compresslevel=3)
        return self

    def __exit__(self, kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        try:
            if kind is None:
                self._zip.close()
                self._stream.flush()
                os.fsync(self._stream.fileno())
                os.link(self._partial, self.path)  # never in the place of another
                _keep_names(self.path.parent)
            else:
                with suppress(OSError, ValueError):  # it is thrown away
                    self._zip.close()
        finally:
            with suppress(OSError):  # what it could not write on a full disk; the rest was kept before
                self._stream.close()
            self._partial.unlink(missing_ok=True)

    def lines(self, name: str, lines: Iterable[str]) -> None:
        """Write ``lines`` as the member ``name``."""
        self.pieces(name, (f"{line}\n".encode() for line in lines))

    def pieces(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write ``pieces`` one behind the other as the member ``name``."""
        digest, size = hashlib.sha256(), 0
        with self._zip.open(_entry(name), "w", force_zip64=True) as target:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                target.write(piece)
        self.members[name] = Member(size=size, sha256=digest.hexdigest())

    def manifest(self, manifest: Manifest) -> None:
        """Write what the backup says of itself, last."""
        with self._zip.open(_entry(MANIFEST), "w") as target:
            target.write(manifest.model_dump_json(indent=1).encode())


class Archive:
    """A backup that is read. Nothing in it is believed: names, sizes and contents are checked before they are used."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self.path, self._zip = path, archive
        entries = archive.infolist()
        if len(entries) > _MOST_ENTRIES:
            raise self.broken("too many entries")
        for entry in entries:
            self._check(entry)
        self.manifest = self._manifest()
        names = [entry.filename for entry in entries if entry.filename != MANIFEST]
        if len(names) != len(set(names)) or set(names) != self.manifest.members.keys():
            raise self.broken("its list of contents is another one")
        if not {GRAPH, MARKS, SETTINGS, *(f"tables/{name}.jsonl" for name in self.manifest.tables)} <= set(names):
            raise self.broken("a part is missing")

    @property
    def size(self) -> int:
        """Bytes of all that it holds, unpacked."""
        return sum(member.size for member in self.manifest.members.values())

    def names(self, folder: str) -> list[str]:
        """Return the names of the members in ``folder``."""
        return sorted(name for name in self.manifest.members if name.startswith(f"{folder}/"))

    def lines(self, name: str) -> Iterator[str]:
        """Yield the lines of the member ``name``; at the end they are known to be those that were written."""
        member, digest, size = self.manifest.members[name], hashlib.sha256(), 0
        with self._reading(), self._zip.open(name) as stream:
            while line := stream.readline(_LONGEST):
                size += len(line)
                if size > member.size or not line.endswith(b"\n"):
                    raise self.broken(name)
                digest.update(line)
                yield line[:-1].decode()
        if (size, digest.hexdigest()) != (member.size, member.sha256):
            raise self.broken(name)

    def copy(self, name: str, target: IO[bytes] | None = None) -> None:
        """Write the member ``name`` to ``target``, or nowhere; an error if it is not what was written."""
        member, digest, size = self.manifest.members[name], hashlib.sha256(), 0
        with self._reading(), self._zip.open(name) as stream:
            while piece := stream.read(_CHUNK):
                size += len(piece)
                if size > member.size:
                    raise self.broken(name)
                digest.update(piece)
                if target:
                    target.write(piece)
        if (size, digest.hexdigest()) != (member.size, member.sha256):
            raise self.broken(name)

    def broken(self, where: object) -> BackupError:
        """Return the refusal of this file, because of what is wrong at ``where``."""
        return _broken(self.path, where)

    def _check(self, entry: zipfile.ZipInfo) -> None:
        name, mode = entry.filename, entry.external_attr >> 16
        regular = not stat.S_IFMT(mode) or stat.S_ISREG(mode)
        if (
            (name != MANIFEST and not safe(name))
            or not regular
            or entry.flag_bits & 0x1
            or entry.compress_type not in _PACKED
        ):
            raise self.broken(name)
        if entry.file_size > max(_HARMLESS, _RATIO * entry.compress_size):
            raise self.broken(name)

    def _manifest(self) -> Manifest:
        with self._reading():
            try:
                entry = self._zip.getinfo(MANIFEST)
                if entry.file_size > _MOST_MANIFEST:
                    raise self.broken(MANIFEST)
                with self._zip.open(entry) as stream:
                    said = json.loads(stream.read(_MOST_MANIFEST))
                if isinstance(said, dict) and isinstance(said.get("format"), int) and said["format"] > FORMAT:
                    message = N_(
                        "%(file)s is a backup of a newer version of Peyvand (%(version)s). Install that version."
                    )
                    raise BackupError(message, file=self.path, version=str(said.get("peyvand"))[:40])
                return Manifest.model_validate(said)
            except (KeyError, ValueError, ValidationError, RecursionError) as error:
                raise self.broken(MANIFEST) from error

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except (*_BROKEN, OSError) as error:
            raise self.broken(error) from error


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Give the backup at ``path``.

    Raises
    ------
    BackupError
        If it is no backup, is not whole, or is of a newer version.

    """
    try:
        archive = zipfile.ZipFile(path)
    except _BROKEN as error:
        raise _broken(path, error) from error
    except OSError as error:
        message = N_("The backup %(file)s cannot be read: %(reason)s.")
        raise BackupError(message, file=path, reason=error.strerror or error) from error
    with archive:
        yield Archive(path, archive)


def _broken(path: Path, where: object) -> BackupError:
    message = N_("%(file)s is no whole backup of Peyvand (%(where)s). Nothing was changed.")
    return BackupError(message, file=path, where=str(where))


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, (stat.S_IFREG | 0o600) << 16
    entry._compresslevel = 3  # type: ignore[attr-defined] # noqa: SLF001 - public only from Python 3.13
    return entry


def _keep_names(folder: Path) -> None:
    """Have the disk keep the name of a new file in ``folder``, too."""
    opened_folder = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened_folder)
    finally:
        os.close(opened_folder)
