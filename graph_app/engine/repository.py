"""The Maven repository that the engine's jars come from: fetched in parallel, continued where they stopped, verified.

A file grows under the name ``.<jar>.part`` and gets its own only after its SHA-256 was checked. What a dead process or
a cut connection left is continued with a range request; a repository that does not know ranges sends the whole again.

pooch was weighed and left out: it knows no size, so that a file without end would fill the disk before its hash is
looked at; it continues nothing; it draws one bar a file; and what would remain of it is a request with retries.
"""

import errno
import hashlib
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPException
from io import BufferedIOBase
from pathlib import Path
from typing import BinaryIO
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from graph_app.engine.jar import Jar
from graph_app.errors import N_, EngineError
from graph_app.language import gettext

_AT_ONCE = 8
_TRIES = 3  # in a row that brought nothing
_SECONDS = 60
_CHUNK = 1 << 16
_LOCAL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EFBIG}  # our disk, not the network
_WORTH_ANOTHER_TRY = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS}
_OTHER = N_("%(name)s from %(address)s is not the file that the lock names. Nothing was kept.")

Report = Callable[[str, int], None]  # name of the file, how many bytes of it are here


class _SpoiledError(Exception):
    """What was continued is not the file: its beginning was spoiled, or its end belongs to another."""


class Repository:
    """A Maven repository at a base address, which may hold a user name and a password.

    Parameters
    ----------
    base
        Of ``https``, ``http`` or ``file``; a path before the jars is fine, and so is a slash at its end.

    Raises
    ------
    EngineError
        If ``base`` is not such an address.

    """

    def __init__(self, base: str) -> None:
        parts = _split(base)
        self.base = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
        self._opener = urllib.request.build_opener(*_signs_on(parts, self.base))

    def fetch(self, place: Path, jars: Sequence[Jar]) -> None:
        """Fetch ``jars`` into the folder ``place``.

        Raises
        ------
        EngineError
            If one cannot be fetched or kept, or is not the one of the lock.

        """
        with _progress(jars) as report, ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="jars") as pool:
            jobs = [pool.submit(self._fetch, place, jar, report) for jar in jars]
            try:
                for job in as_completed(jobs):
                    job.result()
            except BaseException:  # Ctrl+C too: what runs may end, what waits is not begun
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def _fetch(self, place: Path, jar: Jar, report: Report) -> None:
        """Try until the jar is whole, or until some tries in a row brought nothing that was not here before."""
        part, misses = place / f".{jar.name}.part", 0
        most = _size(part)
        while True:
            try:
                self._continue(part, jar, report)
                part.replace(place / jar.name)
            except _SpoiledError as error:
                part.unlink(missing_ok=True)
                misses += 1
                if misses == _TRIES:
                    raise EngineError(_OTHER, name=jar.name, address=self.base) from error
            except (OSError, HTTPException) as error:
                misses = 1 if _size(part) > most else misses + 1
                most = max(most, _size(part))
                self._give_up(error, jar, place, last=misses == _TRIES)
                time.sleep(misses / 2)
            else:
                return

    def _give_up(self, error: Exception, jar: Jar, place: Path, *, last: bool) -> None:
        """Raise the sentence for people unless another try may help."""
        if not isinstance(error, urllib.error.URLError) and getattr(error, "errno", None) in _LOCAL:
            raise unwritable(place, error) from error
        if last or _is_refusal(error):
            message = N_(
                "%(name)s cannot be fetched from %(address)s: %(reason)s. Another repository is set with"
                " PEYVAND_ENGINE_REPOSITORY; without a network, set PEYVAND_ENGINE_JARS."
            )
            raise EngineError(message, name=jar.name, address=self.base, reason=_reason(error)) from error

    def _continue(self, part: Path, jar: Jar, report: Report) -> None:
        """Bring ``part`` to its full size and check it; what is not the file is thrown away."""
        begun = _size(part)
        if begun < jar.size:
            with self._open(jar, begun) as answer:
                begun = _place(answer, begun, jar.size)
                with part.open("r+b" if begun else "wb") as stream:
                    stream.seek(begun)
                    _copy(answer, stream, jar.size, lambda done: report(jar.name, done))
        if _size(part) < jar.size:
            raise ConnectionError(errno.ECONNRESET, "the connection ended early")
        if _size(part) > jar.size or _digest(part) != jar.sha256:
            part.unlink()
            if begun:
                raise _SpoiledError
            raise EngineError(_OTHER, name=jar.name, address=self.base)

    @contextmanager
    def _open(self, jar: Jar, begun: int) -> Iterator[BufferedIOBase]:
        request = urllib.request.Request(f"{self.base}/{jar.path}")  # noqa: S310 - scheme checked in _split
        if begun:
            request.add_header("Range", f"bytes={begun}-")
        try:
            with self._opener.open(request, timeout=_SECONDS) as answer:
                yield answer
        except urllib.error.HTTPError as error:
            error.close()
            if error.code != HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                raise
            raise _SpoiledError from error


def unwritable(place: Path, error: Exception) -> EngineError:
    """Return the sentence for a folder in which nothing can be kept."""
    message = N_("The engine's files cannot be kept in %(folder)s: %(reason)s.")
    return EngineError(message, folder=place, reason=getattr(error, "strerror", error))


def _split(base: str) -> SplitResult:
    try:
        parts = urlsplit(base.rstrip("/"))
        right = parts.scheme == "file" or (
            parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
        )
    except ValueError:
        right = False
    if not right or parts.query or parts.fragment or " " in base:
        shown = base.partition("//")[0] + "//" + base.rpartition("@")[2] if "@" in base else base
        message = N_("PEYVAND_ENGINE_REPOSITORY “%(address)s” is not an address.")
        raise EngineError(message, address=shown)
    return parts


def _signs_on(parts: SplitResult, base: str) -> Iterator[urllib.request.BaseHandler]:
    """Yield what signs on with the name and password of the address: at once, and nowhere but under ``base``."""
    if parts.username is not None:
        known = urllib.request.HTTPPasswordMgrWithPriorAuth()
        name, password = unquote(parts.username), unquote(parts.password or "")
        known.add_password(None, base, name, password, is_authenticated=True)
        yield urllib.request.HTTPBasicAuthHandler(known)


def _place(answer: BufferedIOBase, begun: int, size: int) -> int:
    """Return where in the file ``answer`` goes: behind what is there, or at its beginning if it is the whole."""
    if getattr(answer, "status", None) != HTTPStatus.PARTIAL_CONTENT:
        return 0
    if answer.headers.get("Content-Range") != f"bytes {begun}-{size - 1}/{size}":  # type: ignore[attr-defined]
        raise _SpoiledError
    return begun


def _is_refusal(error: Exception) -> bool:
    """Return whether the repository has answered, and will not answer otherwise if asked again."""
    if not isinstance(error, urllib.error.HTTPError) or error.code in _WORTH_ANOTHER_TRY:
        return False
    return error.code < HTTPStatus.INTERNAL_SERVER_ERROR


def _reason(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return f"HTTP {error.code} {error.reason}"
    cause = getattr(error, "reason", error)
    return str(getattr(cause, "strerror", None) or cause or type(error).__name__)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _copy(answer: BufferedIOBase, stream: BinaryIO, size: int, report: Callable[[int], None]) -> None:
    """Copy until the end, or until the file has more than ``size`` bytes."""
    while stream.tell() <= size and (chunk := answer.read1(_CHUNK)):
        stream.write(chunk)
        stream.flush()  # a kill loses nothing of it
        report(stream.tell())


@contextmanager
def _progress(jars: Sequence[Jar]) -> Iterator[Report]:
    """Give a function that moves the bar; without a terminal, one line says what is going on."""
    from rich.console import Console  # noqa: PLC0415 - only the first start fetches anything
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TransferSpeedColumn,
    )

    total, console = sum(jar.size for jar in jars), Console(stderr=True)
    text = gettext(N_("Fetching Neo4j: %(count)s files, %(size)s MB")) % {"count": len(jars), "size": total // 10**6}
    if not console.is_terminal:
        console.print(text, markup=False, highlight=False)
        yield lambda _name, _done: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    done: dict[str, int] = dict.fromkeys((jar.name for jar in jars), 0)
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(text, total=total)

        def report(name: str, size: int) -> None:
            done[name] = size
            bar.update(task, completed=sum(done.values()))

        yield report
