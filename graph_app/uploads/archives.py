"""ZIP archives, and workbooks, which are ZIP archives too: looked through before anything is unpacked.

An archive says itself how large its entries are. That is checked first, and counted again while it is unpacked,
because it may lie.
"""

import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import IO

from graph_app.errors import N_, LoadError
from graph_app.uploads.limits import Limits
from graph_app.uploads.naming import safe_name
from graph_app.uploads.shelf import Kept, Shelf

_PACKED = frozenset({".zip", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".7z", ".rar", ".tar", ".jar"})
_HARMLESS = 1_000_000  # bytes below which no ratio matters
_DIRECTORY = 4_000_000  # bytes of the list of entries, which is read into memory as a whole
_TAIL = 65_557 + 20  # the end of the list with the longest comment, and what stands before it in large archives
_END, _END_OF_LARGE = b"PK\x05\x06", b"PK\x06\x07"
_ENCRYPTED = 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, struct.error)

Wanted = Callable[[str], bool]


def check(stream: IO[bytes], name: str, limits: Limits) -> None:
    """Refuse a workbook that would unpack to too much.

    Raises
    ------
    LoadError
        If it would, or is broken.

    """
    with _opened(stream, name) as archive:
        _sound(archive, name, limits, most=limits.files * 50)


def unpack(
    stream: IO[bytes], name: str, limits: Limits, shelf: Shelf, wanted: Wanted
) -> tuple[dict[str, Kept], list[str]]:
    """Keep the entries of an archive that are ``wanted``, by their last name, and return them and the others' names.

    Raises
    ------
    LoadError
        If an entry leads out of the archive, is a link, encrypted or an archive itself, two have one name, or all
        together are too large; nothing of it is used then.

    """
    kept: dict[str, Kept] = {}
    others: list[str] = []
    with _opened(stream, name) as archive:
        _sound(archive, name, limits, most=limits.files)
        room = limits.unpacked
        for entry, last in _entries(archive, name):
            if not wanted(last):
                others.append(last)
                continue
            if last in kept:
                message = N_("%(file)s holds two files called %(entry)s; keep one.")
                raise LoadError(message, file=name, entry=last)
            with archive.open(entry) as content:
                kept[last] = shelf.keep(content, f"{name} › {last}", room)
            room -= kept[last].size
    return kept, others


@contextmanager
def _opened(stream: IO[bytes], name: str) -> Iterator[zipfile.ZipFile]:
    try:
        _check_directory(stream, name)
        with zipfile.ZipFile(stream) as archive:
            yield archive
    except _BROKEN as error:
        message = N_("%(file)s cannot be unpacked: %(reason)s")
        raise LoadError(message, file=name, reason=error) from error


def _check_directory(stream: IO[bytes], name: str) -> None:
    """Refuse a list of entries that would fill the memory by itself."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _TAIL))
    tail = stream.read(_TAIL)
    at = tail.rfind(_END)
    if at < 0:
        raise zipfile.BadZipFile("no end of the list of entries")
    length = struct.unpack_from("<I", tail, at + 12)[0]
    if length > _DIRECTORY or tail.rfind(_END_OF_LARGE, 0, at) >= 0:
        raise LoadError(N_("%(file)s holds more entries than an export has."), file=name)
    stream.seek(0)


def _sound(archive: zipfile.ZipFile, name: str, limits: Limits, most: int) -> None:
    entries = archive.infolist()
    if len(entries) > most:
        message = N_("%(file)s holds %(count)s entries; at most %(most)s are taken.")
        raise LoadError(message, file=name, count=len(entries), most=most)
    if sum(entry.file_size for entry in entries) > limits.unpacked:
        message = N_("%(file)s unpacks to more than %(most)s MB. Send less at once.")
        raise LoadError(message, file=name, most=limits.unpacked // 1_000_000)
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            message = N_("%(file)s: %(entry)s is encrypted. Pack it without a password.")
            raise LoadError(message, file=name, entry=entry.filename)
        if entry.file_size > max(_HARMLESS, limits.ratio * entry.compress_size):
            message = N_("%(file)s: %(entry)s is packed so tightly that it is no table. It is not unpacked.")
            raise LoadError(message, file=name, entry=entry.filename)


def _entries(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[zipfile.ZipInfo, str]]:
    """Yield the files of an archive with their last names, without what systems add for themselves."""
    for entry in archive.infolist():
        written = _spelled(entry)
        parts = PurePosixPath(written.replace("\\", "/")).parts
        if (
            written.startswith(("/", "\\"))
            or ".." in parts
            or ":" in written
            or stat.S_ISLNK(entry.external_attr >> 16)
        ):
            message = N_("%(file)s: the entry “%(entry)s” leads out of the archive. Nothing of it is taken.")
            raise LoadError(message, file=name, entry=written)
        if entry.is_dir() or not parts or "__MACOSX" in parts or parts[-1].startswith("."):
            continue
        if PurePosixPath(written).suffix.lower() in _PACKED:
            message = N_("%(file)s holds another archive, %(entry)s. Unpack that first.")
            raise LoadError(message, file=name, entry=written)
        yield entry, safe_name(written)


def _spelled(entry: zipfile.ZipInfo) -> str:
    """Return the name of an entry; one that is not marked as UTF-8 often is so all the same."""
    try:
        return entry.filename if entry.flag_bits & 0x800 else entry.filename.encode("cp437").decode()
    except UnicodeError:
        return entry.filename
