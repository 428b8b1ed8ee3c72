"""The engine's jars: named in a committed lock file, fetched once, verified, kept in the user's cache.

pooch was weighed and left out: it knows no size, so that a file without end would fill the disk before its hash is
looked at; it draws one bar a file; and what would remain of it is a request with retries.
"""

import errno
import hashlib
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO

import platformdirs
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from graph_app.errors import N_, EngineError
from graph_app.language import gettext
from graph_app.settings import Settings

LOCK = Path(__file__).with_name("neo4j.lock")
_AT_ONCE = 8
_TRIES = 3
_SECONDS = 60
_CHUNK = 1 << 18
_LOCAL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EFBIG}  # our disk, not the network


@dataclass(frozen=True)
class Jar:
    """One line of the lock file: Maven path, SHA-256 in hexadecimal, size in bytes."""

    path: str
    sha256: str
    size: int

    @property
    def name(self) -> str:
        """Name of the file."""
        return self.path.rpartition("/")[2]


def locked(lock: Path = LOCK) -> list[Jar]:
    """Return the jars of the lock file."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    fields = (line.split() for line in lines if line and not line.startswith("#"))
    return [Jar(path, digest, int(size)) for path, digest, size in fields]


def version(jars: Sequence[Jar]) -> str:
    """Return the version of the server that the lock file names."""
    return next(jar.path.split("/")[-2] for jar in jars if jar.name.startswith("neo4j-server-"))


def folder(settings: Settings, jars: Sequence[Jar]) -> Path:
    """Return where the jars are kept: the folder of the setting, or the user's cache, by version."""
    offline = settings.text("PEYVAND_ENGINE_JARS")
    if offline:
        return Path(offline).expanduser().resolve()
    return Path(platformdirs.user_cache_dir("peyvand", appauthor=False)) / "engine" / version(jars)


def paths(place: Path) -> list[Path]:
    """Return the locked jars in the folder ``place``, for Java's class path."""
    return [place / jar.name for jar in locked()]


def provide(settings: Settings) -> Path:
    """Return the folder that holds all jars of the lock, after fetching those that are missing.

    Every jar is checked against the lock before it gets its name; a folder that was checked once is marked, so that
    the next start only compares names and sizes.

    Raises
    ------
    EngineError
        If a jar is missing from an offline folder, cannot be fetched, or is not the one that the lock names.

    """
    jars = locked()
    place = folder(settings, jars)
    marker = place / f".verified-{hashlib.sha256(LOCK.read_bytes()).hexdigest()[:16]}"
    missing = [jar for jar in jars if not _has_size(place / jar.name, jar.size)]
    if settings.text("PEYVAND_ENGINE_JARS"):
        _refuse_missing(place, missing)
    elif missing:
        _fetch(_repository(settings), place, missing)
    if not marker.exists():
        _verify(place, jars)
        _mark(marker)
    return place


def _refuse_missing(place: Path, missing: Sequence[Jar]) -> None:
    if missing:
        message = N_("%(folder)s lacks %(count)s of the engine's files, such as %(name)s.")
        raise EngineError(message, folder=place, count=len(missing), name=missing[0].name)


def _repository(settings: Settings) -> str:
    """Return the base address; the public one is a constant of a resolver library, so that no host is named here."""
    from jgo.constants import MAVEN_CENTRAL_URL  # noqa: PLC0415 - half a second to import, and seldom needed

    base = (settings.text("PEYVAND_ENGINE_REPOSITORY") or str(MAVEN_CENTRAL_URL)).rstrip("/")
    if not base.startswith(("https://", "http://", "file://")):
        raise EngineError(N_("PEYVAND_ENGINE_REPOSITORY “%(address)s” is not an address."), address=base)
    return base


def _has_size(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except OSError:
        return False


def _verify(place: Path, jars: Sequence[Jar]) -> None:
    for jar in jars:
        with (place / jar.name).open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != jar.sha256:
                message = N_("%(file)s is not the file that the lock names. Delete it and try again.")
                raise EngineError(message, file=place / jar.name)


def _mark(marker: Path) -> None:
    """Remember the check; a folder that cannot be written is simply checked each time."""
    try:
        marker.touch()
    except OSError:
        return


def _fetch(base: str, place: Path, jars: Sequence[Jar]) -> None:
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(place, error) from error
    with _progress(jars) as advance, ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="jars") as pool:
        jobs = {pool.submit(_fetch_one, base, place, jar): jar for jar in jars}
        try:
            for job in as_completed(jobs):
                job.result()
                advance(jobs[job].size)
        except BaseException:  # Ctrl+C too: what runs may end, what waits is not begun
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _fetch_one(base: str, place: Path, jar: Jar) -> None:
    for attempt in range(1, _TRIES + 1):
        try:
            _download(f"{base}/{jar.path}", place, jar)
        except (OSError, HTTPException) as error:
            if not isinstance(error, urllib.error.URLError) and getattr(error, "errno", None) in _LOCAL:
                raise _unwritable(place, error) from error
            if attempt == _TRIES:
                message = N_("%(name)s cannot be fetched: %(reason)s. Without a network, set PEYVAND_ENGINE_JARS.")
                raise EngineError(message, name=jar.name, reason=getattr(error, "reason", error)) from error
            time.sleep(attempt / 2)
        else:
            return


def _unwritable(place: Path, error: Exception) -> EngineError:
    message = N_("The engine's files cannot be kept in %(folder)s: %(reason)s.")
    return EngineError(message, folder=place, reason=getattr(error, "strerror", error))


def _download(address: str, place: Path, jar: Jar) -> None:
    """Fetch into a file of another name, which gets its own name only after it was verified, in one step."""
    descriptor, name = mkstemp(dir=place, prefix=f".{jar.name}.", suffix=".part")
    part = Path(name)
    try:
        with open(descriptor, "wb") as stream, urllib.request.urlopen(address, timeout=_SECONDS) as answer:  # noqa: S310, PTH123 - scheme checked in _repository; a descriptor has no Path
            size, digest = _copy(answer, stream, jar.size)
        if size < jar.size:
            raise ConnectionError(errno.ECONNRESET, "the connection ended early")
        if (size, digest) != (jar.size, jar.sha256):
            message = N_("%(name)s, as fetched, is not the file that the lock names. Nothing was kept.")
            raise EngineError(message, name=jar.name)
        part.replace(place / jar.name)
    finally:
        part.unlink(missing_ok=True)


def _copy(answer: BinaryIO, stream: BinaryIO, size: int) -> tuple[int, str]:
    """Copy until the end, or until there is more than ``size``; return how many bytes there were, and their SHA-256."""
    digest, done = hashlib.sha256(), 0
    while done <= size and (chunk := answer.read(_CHUNK)):
        stream.write(chunk)
        digest.update(chunk)
        done += len(chunk)
    return done, digest.hexdigest()


@contextmanager
def _progress(jars: Sequence[Jar]) -> Iterator[Callable[[int], None]]:
    """Give a function that moves the bar on by some bytes; without a terminal, one line says what is going on."""
    total, console = sum(jar.size for jar in jars), Console(stderr=True)
    text = gettext(N_("Fetching Neo4j: %(count)s files, %(size)s MB")) % {"count": len(jars), "size": total // 10**6}
    if not console.is_terminal:
        console.print(text, markup=False, highlight=False)
        yield lambda _amount: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(text, total=total)
        yield lambda amount: bar.advance(task, amount)
